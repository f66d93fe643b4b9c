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

/* What overrides.c keeps in memory: rows that a snapshot with this key sees. */
typedef struct OverridesState
{
	bool		valid;
	bool		any;			/* false: there is no row */
	SnapshotKey key;
	TransactionId *xip;			/* as many as key.xcnt */
	uint64		loads;			/* grows whenever the rows may have changed */
	uint64		generation;		/* and whenever a pointer to a meaning may have ended */
} OverridesState;

extern OverridesState overrides_state;

/* Makes the rows those that the active snapshot sees. */
extern void overrides_load(void);

/*
 * What was last found out of values with a compact image, each at the place
 * that its image leads to: the meaning that overrides_find() returns.  It counts
 * if the tag is that of the value and of the current generation, so that
 * nothing needs to be cleared, and the array needn't grow with the catalog.
 */
#define OVERRIDES_RECENT 1024

typedef struct RecentOverride
{
	uint64		tag;
	const StatusMeaning *meaning;
} RecentOverride;

extern RecentOverride overrides_recent[OVERRIDES_RECENT];

static inline uint64
overrides_recent_tag(int provider_id, int code_id)
{
	return overrides_state.generation << 16 | provider_id << STATUS_CODE_ID_BITS | code_id;
}

/* The same number of different providers is at places that lie apart. */
static inline RecentOverride *
overrides_recent_place(int provider_id, int code_id)
{
	return &overrides_recent[(code_id + provider_id * 379) % OVERRIDES_RECENT];
}

/* The meaning of any value that the rows bear on, or NULL. */
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
 * what it was made as.
 */
static pg_attribute_always_inline const StatusMeaning *
overrides_find(const StatusCode *code, bool compact, int provider_id, int code_id)
{
	overrides_make_current();
	if (likely(!overrides_state.any))
		return NULL;
	if (likely(compact))
	{
		const RecentOverride *recent = overrides_recent_place(provider_id, code_id);

		if (likely(recent->tag == overrides_recent_tag(provider_id, code_id)))
			return recent->meaning;
	}
	return overrides_lookup(code);
}

/* A row of the table. */
typedef struct OverrideRow
{
	struct OverrideRow *next;
	const StatusCode *code;
	StatusMeaning own;			/* what it says */
	const text *catalog_version;	/* NULL if the table has no such column any more */
} OverrideRow;

/* All rows as of the same snapshot, in no order; like a meaning, they may be gone with the next call. */
extern const OverrideRow *overrides_rows(void);

/* Their values, palloc'd. */
extern StatusCode **overrides_codes(int *count);

/*
 * A number that depends on the catalog and on all that answers depend on in the
 * rows, in no order, as of the same snapshot.  Equal contents give equal numbers
 * on every server with the same encoding.
 */
extern uint64 overrides_digest(void);

#pragma GCC visibility pop

#endif							/* PROVIDER_CODES_OVERRIDES_H */
