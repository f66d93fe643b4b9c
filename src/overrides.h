/*
 * overrides.h
 *		What the table status_code_overrides says of a value, under the active
 *		snapshot.
 *
 * All functions here that read the table raise an error if it does not exist
 * or is no longer what the extension created (see overrides_table.h).  If no
 * snapshot is active, they read under the transaction's.
 */
#ifndef PROVIDER_CODES_OVERRIDES_H
#define PROVIDER_CODES_OVERRIDES_H

#include "overrides_table.h"
#include "status_code.h"
#include "storage/block.h"
#include "utils/snapmgr.h"

#pragma GCC visibility push(hidden)

/* Called once, when the library is loaded. */
extern void overrides_init(void);

/*
 * The members of a snapshot that, together with its xip, identify what it
 * sees.
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

/* Which rows overrides.c has in memory: those that this snapshot sees. */
typedef struct OverridesState
{
	bool		valid;
	bool		any;			/* false if there are no rows */
	SnapshotKey key;
	TransactionId *xip;			/* key.xcnt elements */
	uint64		loads;			/* increases whenever rows may have changed */
	uint64		generation;		/* increases whenever rows are freed */
} OverridesState;

extern OverridesState overrides_state;

/* Loads the rows that the active snapshot sees. */
extern void overrides_load(void);

/*
 * The last lookups of values with a compact form.  The provider id and the
 * code id of a value lead to one entry, which holds what overrides_find()
 * returns for the value if its tag is that of the value and the current
 * generation.  So nothing is cleared when rows are freed, and the array does
 * not grow with the catalog.
 */
#define OVERRIDES_RECENT 1024

typedef struct RecentOverride
{
	uint64		tag;
	const StatusMeaning *meaning;
} RecentOverride;

extern RecentOverride overrides_recent[OVERRIDES_RECENT];

/* Returns the tag of a value under the current generation. */
static inline uint64
overrides_recent_tag(int provider_id, int code_id)
{
	return overrides_state.generation << 16 |
		provider_id << STATUS_CODE_ID_BITS | code_id;
}

/*
 * Returns the entry for a value.  Because of the factor, the same number of
 * different providers leads to different entries.
 */
static inline RecentOverride *
overrides_recent_place(int provider_id, int code_id)
{
	return &overrides_recent[(code_id + provider_id * 379) % OVERRIDES_RECENT];
}

/*
 * Sets "meaning" to what overrides_find() last returned for a value with a
 * compact form.  Returns false if that is no longer known.
 */
static inline bool
overrides_recall(int provider_id, int code_id, const StatusMeaning **meaning)
{
	const RecentOverride *recent = overrides_recent_place(provider_id,
														  code_id);

	if (unlikely(recent->tag != overrides_recent_tag(provider_id, code_id)))
		return false;
	*meaning = recent->meaning;
	return true;
}

/* The part of overrides_find() that is not inline; any value may be given. */
extern const StatusMeaning *overrides_lookup(const StatusCode *code);

/*
 * The members that overrides_are_current() compares together are neighbours in
 * both structs.
 */
StaticAssertDecl(offsetof(SnapshotData, xmax) ==
				 offsetof(SnapshotData, xmin) + sizeof(TransactionId) &&
				 offsetof(SnapshotKey, xmax) ==
				 offsetof(SnapshotKey, xmin) + sizeof(TransactionId),
				 "xmin and xmax must be neighbours");
StaticAssertDecl(offsetof(SnapshotData, takenDuringRecovery) ==
				 offsetof(SnapshotData, suboverflowed) + sizeof(bool) &&
				 offsetof(SnapshotKey, takenDuringRecovery) ==
				 offsetof(SnapshotKey, suboverflowed) + sizeof(bool),
				 "suboverflowed and takenDuringRecovery must be neighbours");

/* Returns the bits of a transaction id and its neighbour. */
static inline uint64
two_xids(const TransactionId *xids)
{
	uint64		bits;

	StaticAssertStmt(sizeof(bits) == 2 * sizeof(TransactionId),
					 "unexpected size of TransactionId");
	memcpy(&bits, xids, sizeof(bits));
	return bits;
}

/* Returns the bits of a boolean and its neighbour. */
static inline uint16
two_bools(const bool *bools)
{
	uint16		bits;

	StaticAssertStmt(sizeof(bits) == 2 * sizeof(bool),
					 "unexpected size of bool");
	memcpy(&bits, bools, sizeof(bits));
	return bits;
}

/*
 * Returns whether the rows in memory are those that a snapshot sees.  This
 * runs once per function call and nearly always finds all members equal, so
 * one test of all differences is cheaper than one test of each, and so are
 * fewer differences.
 */
static pg_attribute_always_inline bool
overrides_are_current(Snapshot snapshot)
{
	const SnapshotKey *key = &overrides_state.key;

	return overrides_state.valid &&
		((two_xids(&key->xmin) ^ two_xids(&snapshot->xmin)) |
		 (key->xcnt ^ snapshot->xcnt) |
		 (key->subxcnt ^ snapshot->subxcnt) |
		 (key->curcid ^ snapshot->curcid) |
		 (two_bools(&key->suboverflowed) ^
		  two_bools(&snapshot->suboverflowed))) == 0 &&
		(likely(key->xcnt == 0) ||
		 memcmp(overrides_state.xip, snapshot->xip,
				key->xcnt * sizeof(TransactionId)) == 0);
}

/* Loads the rows unless those in memory are what the active snapshot sees. */
static pg_attribute_always_inline void
overrides_make_current(void)
{
	if (unlikely(!ActiveSnapshotSet() ||
				 !overrides_are_current(GetActiveSnapshot())))
		overrides_load();
}

/*
 * Returns what a value means if a row of the table applies to it, its own or
 * that of its base: what the row gives, completed from the catalog and from
 * the base.  Returns NULL if no row does, so that the meaning is the
 * catalog's.  The last three arguments are what status_code_get_compact()
 * returned and set.  overrides_make_current() must have been called under this
 * snapshot.
 *
 * The result and what it points to are valid only until the next call of a
 * function in this file: copy what has to last longer.
 */
static inline const StatusMeaning *
overrides_find(const StatusCode *code, bool compact, int provider_id,
			   int code_id)
{
	const StatusMeaning *meaning;

	if (!overrides_state.any)
		return NULL;
	if (compact && overrides_recall(provider_id, code_id, &meaning))
		return meaning;
	return overrides_lookup(code);
}

/*
 * Returns whether all rows that the active snapshot sees are in memory, so
 * that a lookup reads no row.
 */
extern bool overrides_are_in_memory(void);

/*
 * Returns how many blocks have to be read for all rows; 0 for a table that is
 * read whole anyway because it is small.
 */
extern BlockNumber overrides_blocks(void);

/*
 * Returns all rows as of the active snapshot, as a list in no particular
 * order; NULL if there are none.  They are valid only until the next call.
 */
extern const OverrideRow *overrides_rows(void);

/* in overrides_rows.c */

/* Returns the values of all rows, palloc'd, and sets their number. */
extern StatusCode **overrides_codes(int *count);

/*
 * Returns a number computed from the catalog and from all that the rows say of
 * values, whatever their order.  Equal contents give equal numbers on every
 * server with the same encoding.
 */
extern uint64 overrides_digest(void);

#pragma GCC visibility pop

#endif							/* PROVIDER_CODES_OVERRIDES_H */
