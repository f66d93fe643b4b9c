/*
 * overrides.c
 *		What the table status_code_overrides says of a value, under the active
 *		snapshot.
 *
 * The functions that consult the table must return what a join with it would,
 * in the same statement: no sooner, no later, and without a call to reset
 * anything.  This file keeps the table's rows in the backend's memory together
 * with the key of the snapshot that they were read under, and reads them again
 * when a function runs under a snapshot with another key.  No trigger tells it
 * of changes.  overrides_table.c does the reading.
 *
 * Why the key identifies what a snapshot sees.  Of other transactions' rows,
 * those are visible that committed before xmax and weren't running then.
 * While xmax stays the same, no transaction with an id from xmax on has ended.
 * So what two snapshots with the same xmax can differ in is which of the ids
 * before it still ran:
 *
 * - On a primary those are xip, and xip is compared as a whole.  Its length
 *   alone would not do: an id may be in it twice while its transaction is
 *   being prepared, and a parallel worker lists its leader's id in a snapshot
 *   of its own but not in the one that it was given, so that one id can take
 *   the place of another.  Subtransactions need no comparison: none of another
 *   session becomes visible before its top transaction ends.
 * - In recovery xip is empty, and subxip holds all ids that are known to run,
 *   once each.  It grows by ids from xmax on alone, which count for nothing,
 *   and those aren't copied; so among snapshots of the same xmax it can only
 *   have shrunk, and is the same when subxcnt is.
 *
 * Of our own transaction's rows, those of commands before curcid are visible.
 * The other members of the key follow from these; they cost nothing.
 *
 * The rows must be forgotten at events that the key cannot detect:
 *
 * - the abort of a subtransaction: its rows are gone, though no counter moves;
 * - the end of every transaction, also of one that only read: a SERIALIZABLE
 *   one must read the table itself, to hold the predicate lock that lets the
 *   server see a conflict; and an aborted one may leave the same counters
 *   behind;
 * - a relcache invalidation of the table, which TRUNCATE, ALTER TABLE and DROP
 *   EXTENSION send, as well as the loss of such messages.
 *
 * The callback for the last only sets a flag: it may run while the rows are
 * being read.  It can't make that reading wrong, since the lock on the table
 * is held from before the flag is cleared to the end of the transaction, as by
 * a query; the next call merely reads again.
 *
 * Two ways to read.  A table of a few rows is read whole.  In a larger one,
 * values are looked up one by one by its primary key, under the same snapshot,
 * and each result is remembered, also that there is no row.  Whatever forgets
 * the rows forgets these too.  So a statement pays for the values that it asks
 * about, and not for the size of the table.  Once so many values have been
 * looked up under a snapshot that reading the table would have cost no more,
 * the table is read whole after all: neither the time nor the memory that a
 * statement takes grows beyond a multiple of that.  In a SERIALIZABLE
 * transaction the scan of the index leaves predicate locks where a row is or
 * would be; a remembered result needs no other, since it is forgotten no later
 * than the locks are.
 *
 * What is lost with parallel query.  A query locks its tables in the leader,
 * to the end of the transaction.  A function can only lock in the process that
 * runs it, and a worker's locks end with the worker.  So if workers alone call
 * the functions (parallel_leader_participation is off, or the whole query runs
 * in a worker), nothing of ours keeps another session from TRUNCATE or ALTER
 * TABLE between two statements of a transaction.  TRUNCATE takes rows away
 * from older snapshots as well, so that the second statement of a REPEATABLE
 * READ transaction can find none, where a join would have made the TRUNCATE
 * wait.  No sound way around was found: the leader runs nothing of ours, a
 * worker can't lock for it, and the planner, which could, doesn't see the
 * executions of a cached plan.  Within a statement, and for every change but
 * those two, the results are the same in workers.  A predicate lock isn't
 * affected: it belongs to the transaction.
 */
#include "overrides.h"

#include "access/relation.h"
#include "access/xact.h"
#include "byte_key.h"
#include "miscadmin.h"
#include "storage/bufmgr.h"
#include "utils/inval.h"
#include "utils/memutils.h"
#include "utils/rel.h"

/*
 * Reading a table of one block with this many rows, dead ones included, takes
 * as long as looking one value up.
 */
#define ROWS_PER_LOOKUP 20

/* Looking this many values up takes as long as reading a full block. */
#define LOOKUPS_PER_BLOCK 6

/* A value about which something is known. */
typedef struct Override
{
	ByteKey		key;			/* the value's stored bytes */
	const StatusMeaning *given; /* what its row gives; NULL if it has none */
	const StatusMeaning *meaning;	/* what overrides_find() returns */
	bool		resolved;		/* whether the meaning has been worked out */
	char		status;			/* for simplehash.h */
} Override;

#define SH_PREFIX override_table
#define SH_ELEMENT_TYPE Override
#define SH_KEY_TYPE ByteKey
#define SH_KEY key
#define SH_HASH_KEY(tb, key) byte_key_hash(key)
#define SH_EQUAL(tb, a, b) byte_key_equal(a, b)
#define SH_SCOPE static inline
#define SH_DECLARE
#define SH_DEFINE
#include "lib/simplehash.h"

OverridesState overrides_state;
RecentOverride overrides_recent[OVERRIDES_RECENT];

/* The rows that overrides_state describes. */
typedef struct OverridesCache
{
	MemoryContext context;		/* holds the rows and the hash table */
	OverrideRow *rows;			/* all rows, if "whole" */
	override_table_hash *table; /* NULL while it would be empty */
	bool		whole;			/* whether the whole table was read */
	BlockNumber blocks;			/* of the table; 0 if it is small */
	uint64		lookups;		/* how many values were looked up instead */
	uint64		max_lookups;
	uint32		xip_size;		/* allocated elements of overrides_state.xip */
} OverridesCache;

static OverridesCache cache;

static void
forget_at_transaction_end(XactEvent event, void *arg)
{
	(void) arg;
	switch (event)
	{
		case XACT_EVENT_COMMIT:
		case XACT_EVENT_PARALLEL_COMMIT:
		case XACT_EVENT_ABORT:
		case XACT_EVENT_PARALLEL_ABORT:
		case XACT_EVENT_PREPARE:
			overrides_state.valid = false;
			break;
		default:
			break;
	}
}

static void
forget_at_subtransaction_abort(SubXactEvent event, SubTransactionId mySubid,
							   SubTransactionId parentSubid, void *arg)
{
	(void) mySubid;
	(void) parentSubid;
	(void) arg;
	if (event == SUBXACT_EVENT_ABORT_SUB)
		overrides_state.valid = false;
}

static void
forget_at_invalidation(Datum arg, Oid relid)
{
	(void) arg;
	if (overrides_table_invalidate(relid))
		overrides_state.valid = false;
}

void
overrides_init(void)
{
	cache.context = AllocSetContextCreate(TopMemoryContext,
										  "provider_codes overrides",
										  ALLOCSET_DEFAULT_SIZES);
	RegisterXactCallback(forget_at_transaction_end, NULL);
	RegisterSubXactCallback(forget_at_subtransaction_abort, NULL);
	CacheRegisterRelcacheCallback(forget_at_invalidation, (Datum) 0);
}

/* Returns the key of a value in the hash table. */
static ByteKey
key_of(const StatusCode *code)
{
	ByteKey		key = {VARDATA_ANY(code), VARSIZE_ANY_EXHDR(code)};

	return key;
}

/*
 * Remembers what the row of a value gives, or NULL if the value has no row.
 * Both arguments must be in the cache's context.
 */
static Override *
remember(const StatusCode *code, const StatusMeaning *given)
{
	Override   *override;
	bool		found;

	if (cache.table == NULL)
		cache.table = override_table_create(cache.context, 16, NULL);
	override = override_table_insert(cache.table, key_of(code), &found);
	override->given = given;
	override->meaning = NULL;
	override->resolved = false;
	return override;
}

/* Returns what is remembered about a value, or NULL. */
static Override *
find_remembered(const StatusCode *code)
{
	if (cache.table == NULL)
		return NULL;
	return override_table_lookup(cache.table, key_of(code));
}

/* Frees all rows, and what earlier lookups have returned. */
static void
forget_rows(void)
{
	overrides_state.valid = false;
	overrides_state.any = false;
	overrides_state.generation++;
	MemoryContextReset(cache.context);
	cache.rows = NULL;
	cache.table = NULL;
	cache.whole = false;
	cache.lookups = 0;
}

/* Reads the whole table. */
static void
read_rows(Relation table, BlockNumber blocks, Snapshot snapshot)
{
	/* An empty table is scanned only for the predicate lock. */
	if (blocks > 0 || IsolationIsSerializable())
		cache.rows = overrides_table_read(table, snapshot, cache.context);
	for (OverrideRow *row = cache.rows; row != NULL; row = row->next)
	{
		CHECK_FOR_INTERRUPTS();
		remember(row->code, &row->given);
	}
	cache.whole = true;
	overrides_state.any = cache.rows != NULL;
}

/* Returns whether reading the table takes no longer than one lookup. */
static bool
is_small(Relation table, BlockNumber blocks)
{
	Buffer		buffer;
	bool		result;

	if (blocks != 1)
		return blocks == 0;
	buffer = ReadBuffer(table, 0);
	LockBuffer(buffer, BUFFER_LOCK_SHARE);
	result = PageGetMaxOffsetNumber(BufferGetPage(buffer)) <= ROWS_PER_LOOKUP;
	UnlockReleaseBuffer(buffer);
	return result;
}

/* Sets the key, and the copy of xip, to those of a snapshot. */
static void
set_key(Snapshot snapshot)
{
	SnapshotKey key = {
		.xmin = snapshot->xmin,
		.xmax = snapshot->xmax,
		.xcnt = snapshot->xcnt,
		.subxcnt = snapshot->subxcnt,
		.curcid = snapshot->curcid,
		.suboverflowed = snapshot->suboverflowed,
		.takenDuringRecovery = snapshot->takenDuringRecovery
	};
	Size		size = snapshot->xcnt * sizeof(TransactionId);

	overrides_state.key = key;
	if (snapshot->xcnt > cache.xip_size)
	{
		if (overrides_state.xip)
			pfree(overrides_state.xip);
		overrides_state.xip = NULL;
		cache.xip_size = 0;
		overrides_state.xip = MemoryContextAlloc(TopMemoryContext, size);
		cache.xip_size = snapshot->xcnt;
	}
	if (snapshot->xcnt > 0)
		memcpy(overrides_state.xip, snapshot->xip, size);
}

/*
 * Starts anew under a snapshot.  Reads the whole table if it is small, if it
 * has no usable index or if all rows are wanted, and otherwise nothing yet.
 */
static void
load(Snapshot snapshot, bool all)
{
	Relation	table;
	BlockNumber blocks;
	bool		small;

	/* Nothing is valid until all is done, since an error may end it early. */
	overrides_state.valid = false;
	table = overrides_table_open();
	forget_rows();
	set_key(snapshot);
	blocks = RelationGetNumberOfBlocks(table);
	small = is_small(table, blocks);
	cache.blocks = small ? 0 : blocks;
	if (all || small || !overrides_table_has_index(table))
		read_rows(table, blocks, snapshot);
	else
	{
		cache.max_lookups = (uint64) blocks * LOOKUPS_PER_BLOCK;
		overrides_state.any = true;
	}
	relation_close(table, NoLock);
	overrides_state.valid = !overrides_table_is_invalid();
}

/*
 * Starts anew under a snapshot unless the rows are those that it sees.  Reads
 * the whole table if all rows are wanted.
 */
static void
make_current(Snapshot snapshot, bool all)
{
	if (!overrides_are_current(snapshot))
	{
		load(snapshot, all);
		overrides_state.loads++;
	}
	else if (all && !cache.whole)
		load(snapshot, all);
}

/*
 * If no snapshot is active, makes the transaction's active.  Returns whether
 * it did.
 */
static bool
push_snapshot(void)
{
	if (ActiveSnapshotSet())
		return false;
	PushActiveSnapshot(GetTransactionSnapshot());
	return true;
}

static void
pop_snapshot(bool pushed)
{
	if (pushed)
		PopActiveSnapshot();
}

void
overrides_load(void)
{
	bool		pushed = push_snapshot();

	make_current(GetActiveSnapshot(), false);
	pop_snapshot(pushed);
}

bool
overrides_are_in_memory(void)
{
	overrides_make_current();
	return cache.whole;
}

BlockNumber
overrides_blocks(void)
{
	overrides_make_current();
	return cache.blocks;
}

const OverrideRow *
overrides_rows(void)
{
	bool		pushed = push_snapshot();

	make_current(GetActiveSnapshot(), true);
	pop_snapshot(pushed);
	return cache.rows;
}

/* Returns a copy of a value in the cache's context. */
static const StatusCode *
copy_code(const StatusCode *code)
{
	Size		size = VARSIZE_ANY(code);

	return memcpy(MemoryContextAlloc(cache.context, size), code, size);
}

/* Returns what the row of a value gives, or NULL if it has none. */
static const StatusMeaning *
find_given(const StatusCode *code, Snapshot snapshot)
{
	Override   *override = find_remembered(code);
	OverrideRow *row;

	if (override)
		return override->given;
	if (cache.whole)
		return NULL;

	/* The lock on the table is held since the last load. */
	row = overrides_table_find_row(code, snapshot, cache.context);
	cache.lookups++;
	if (row)
		return remember(row->code, &row->given)->given;
	return remember(copy_code(code), NULL)->given;
}

/*
 * Works out what a value means, attribute by attribute: from its row, the
 * catalog on it, the row of its base, and the catalog on the base, in this
 * order.  "entry" is the value's entry in the catalog, and "given" what its
 * row gives; each may be NULL.  A value that has neither takes nothing from
 * its base.
 *
 * Returns NULL if no row applies to the value.
 */
static const StatusMeaning *
resolve_meaning(const StatusCode *code, const CatalogCode *entry,
				const StatusMeaning *given, Snapshot snapshot)
{
	const StatusCode *base;
	const StatusMeaning *base_given = NULL;
	StatusMeaning *meaning = NULL;

	if (given == NULL && entry == NULL)
		return NULL;
	base = status_code_without_variant(code);
	if (base != code)
		base_given = find_given(base, snapshot);
	if (given || base_given)
	{
		const StatusMeaning *builtin;

		builtin = entry ? catalog_code_direct(entry) :
			status_code_builtin_meaning(code);
		meaning = MemoryContextAlloc(cache.context, sizeof(StatusMeaning));
		*meaning = given ? *given : *builtin;
		if (given)
			meaning_complete(meaning, builtin);
		if (base_given)
			meaning_complete(meaning, base_given);
		if (base != code)
			meaning_complete(meaning, status_code_builtin_meaning(base));
	}
	if (base != code)
		pfree((void *) base);
	return meaning;
}

/*
 * Returns what a value means, or NULL if no row applies to it, and remembers
 * that.
 */
static const StatusMeaning *
find_meaning(const StatusCode *code, Snapshot snapshot)
{
	Override   *override = find_remembered(code);
	const CatalogCode *entry;
	const StatusMeaning *given;
	const StatusMeaning *meaning;

	if (override && override->resolved)
		return override->meaning;
	if (!cache.whole && cache.lookups >= cache.max_lookups)
		load(snapshot, true);

	given = find_given(code, snapshot);
	entry = status_code_catalog_entry(code);
	meaning = resolve_meaning(code, entry, given, snapshot);

	/*
	 * Nothing is remembered about a value without a row if the whole table
	 * was read.  If the catalog has no entry either, the value is not worth
	 * the memory.
	 */
	override = find_remembered(code);
	if (override == NULL && entry)
		override = remember(copy_code(code), NULL);
	if (override)
	{
		override->meaning = meaning;
		override->resolved = true;
	}
	return meaning;
}

const StatusMeaning *
overrides_lookup(const StatusCode *code)
{
	bool		pushed = push_snapshot();
	Snapshot	snapshot = GetActiveSnapshot();
	const StatusMeaning *meaning = NULL;
	int			provider_id;
	int			code_id;

	make_current(snapshot, false);
	if (overrides_state.any)
		meaning = find_meaning(code, snapshot);
	if (status_code_get_compact(code, &provider_id, &code_id))
	{
		RecentOverride *recent = overrides_recent_place(provider_id, code_id);

		recent->tag = overrides_recent_tag(provider_id, code_id);
		recent->meaning = meaning;
	}
	pop_snapshot(pushed);
	return meaning;
}
