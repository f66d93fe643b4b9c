/*
 * overrides.h
 *		What the table status_code_overrides says of a value, under the active snapshot.
 */
#ifndef PROVIDER_CODES_OVERRIDES_H
#define PROVIDER_CODES_OVERRIDES_H

#include "status_code.h"
#include "utils/snapmgr.h"

#pragma GCC visibility push(hidden)

/* Called once, when the library is loaded. */
extern void overrides_init(void);

/*
 * What identifies, together with xip, what a snapshot sees; all of it stands in
 * the snapshot.
 */
typedef struct SnapshotKey
{
	TransactionId xmin;
	TransactionId xmax;
	uint32		xcnt;
	int32		subxcnt;
	CommandId	curcid;
	bool		suboverflowed;
	bool		takenDuringRecovery;
} SnapshotKey;

/* The rows that overrides.c keeps in memory: those that a snapshot with this key sees. */
typedef struct OverridesState
{
	bool		valid;
	bool		any;			/* is there any row? */
	SnapshotKey key;
	TransactionId *xip;			/* as many as key.xcnt */
	uint64		loads;			/* counts how often they were read */
} OverridesState;

extern OverridesState overrides_state;

/* Makes the rows those that the active snapshot sees. */
extern void overrides_load(void);

/*
 * The meaning of a value that the rows bear on, or NULL: of one with a compact
 * image, and of any other.
 */
extern const StatusMeaning *overrides_by_slot[CATALOG_MAX_BLOCK + 1][CATALOG_SLOTS];
extern const StatusMeaning *overrides_lookup(const StatusCode *code);

/*
 * Are the rows those that a snapshot sees?  This runs once per call of a
 * function and nearly always finds all members equal, so that one test of all
 * differences is cheaper than one of each.
 */
static pg_attribute_always_inline bool
overrides_are_current(Snapshot snapshot)
{
	const SnapshotKey *key = &overrides_state.key;

	return overrides_state.valid &&
		((key->xmax ^ snapshot->xmax) |
		 (key->xmin ^ snapshot->xmin) |
		 (key->xcnt ^ snapshot->xcnt) |
		 (key->subxcnt ^ snapshot->subxcnt) |
		 (key->curcid ^ snapshot->curcid) |
		 (key->suboverflowed ^ snapshot->suboverflowed) |
		 (key->takenDuringRecovery ^ snapshot->takenDuringRecovery)) == 0 &&
		(likely(key->xcnt == 0) ||
		 memcmp(overrides_state.xip, snapshot->xip,
				key->xcnt * sizeof(TransactionId)) == 0);
}

static pg_attribute_always_inline void
overrides_make_current(void)
{
	if (unlikely(!ActiveSnapshotSet() || !overrides_are_current(GetActiveSnapshot())))
		overrides_load();
}

/*
 * The meaning of a value that the table changes: completed from the catalog
 * and from its base, as of the active snapshot (of the transaction's, where
 * none is active).  NULL where the table doesn't bear on the value, and so the
 * catalog alone answers.
 *
 * The result and what it points to may be gone with the next call: copy what
 * is to outlive it. Raises an error where the table is missing or no longer
 * has its columns.
 */
static pg_attribute_always_inline const StatusMeaning *
overrides_find(const StatusCode *code)
{
	int			block;
	int			slot;

	overrides_make_current();
	if (likely(!overrides_state.any))
		return NULL;
	if (likely(status_code_get_compact(code, &block, &slot)))
		return block <= CATALOG_MAX_BLOCK ? overrides_by_slot[block][slot] : NULL;
	return overrides_lookup(code);
}

/* The values of all rows as of the same snapshot, palloc'd, in no order. */
extern StatusCode **overrides_codes(int *count);

/*
 * A number that depends on all rows that answers depend on, in no order, as of
 * the same snapshot. Equal contents give equal numbers on every server with
 * the same encoding.
 */
extern uint64 overrides_digest(void);

#pragma GCC visibility pop

#endif							/* PROVIDER_CODES_OVERRIDES_H */
