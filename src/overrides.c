/*
 * overrides.c
 *		What the table status_code_overrides says of a value, under the active snapshot.
 *
 * The functions that consult the table must answer as a join with it would, in
 * the same statement: no sooner, no later, and without a call to reset
 * anything.  This file keeps the table's rows in the backend's memory together
 * with the key of the snapshot that they were read under, and reads them again
 * when a function runs under a snapshot with another key.  No trigger tells it
 * of changes.
 *
 * Why the key identifies what a snapshot sees.  Of other transactions' rows,
 * visible are those that committed before xmax and weren't running then.
 * While xmax stays the same, no transaction with an id from xmax on has ended.
 * So what two snapshots with the same xmax can differ in is which of the ids
 * before it still ran:
 *
 * - On a primary those are xip, and xip is compared as a whole.  Its length
 *   alone would not do: an id may stand in it twice while its transaction is
 *   being prepared, and a parallel worker lists its leader's id in a snapshot
 *   of its own but not in the one that it was given, so that one id can take
 *   the place of another.  Subtransactions need no comparison: none of another
 *   session becomes visible before its top transaction ends.
 * - In recovery xip is empty, and subxip holds all ids that are known to run,
 *   once each.  It grows by ids from xmax on alone, which count for nothing,
 *   and those aren't copied; so among snapshots of the same xmax it can only
 *   have shrunk, and is the same when subxcnt is.
 *
 * Of our own transaction's rows, visible are those of commands before curcid.
 * The other members of the key follow from these; they cost nothing.
 *
 * What the key doesn't tell must forget the rows:
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
 * Two ways to read.  A table of a few rows is read whole.  Of a larger one,
 * values are looked up one by one in its primary key, under the same snapshot,
 * and each answer is remembered, also that there is no row.  Whatever forgets
 * the rows forgets these too.  So a statement pays for the values that it asks
 * about, and not for the size of the table.  Once a snapshot has looked up so
 * many values that reading the table would have cost no more, the table is read
 * whole after all: neither the time nor the memory that a statement takes grows
 * beyond a multiple of that.  In a SERIALIZABLE transaction the scan of the
 * index leaves predicate locks where a row is or would be; a remembered answer
 * needs no other, since it is forgotten no later than the locks are.
 *
 * Reading the table runs no code of its owner's, who may be any user: neither
 * SPI nor rules, row-level security, views, expressions or operators.  It is a
 * scan of a heap, whose columns have exactly our types, or of a B-tree over the
 * status alone, whose comparison is exactly ours.  A table that is something
 * else is an error; without such an index the heap is read.  Rows are used
 * regardless of the caller's privileges, as if the functions were SECURITY
 * DEFINER.  Rows of a table that inherits from ours don't count.
 *
 * What is lost with parallel query.  A query locks its tables in the leader,
 * to the end of the transaction.  A function can only lock in the process that
 * runs it, and a worker's locks end with the worker.  So if workers alone call
 * the functions (parallel_leader_participation is off, or the whole query runs
 * in a worker), nothing of ours keeps another session from TRUNCATE or ALTER
 * TABLE between two statements of a transaction.  TRUNCATE takes rows away from
 * older snapshots as well, so that the second statement of a REPEATABLE READ
 * transaction can find none, where a join would have made the TRUNCATE wait.
 * No sound way around was found: the leader runs nothing of ours, a worker
 * can't lock for it, and the planner, which could, doesn't see the executions
 * of a cached plan.  Within a statement, and for every change but those two,
 * the answers are the same in workers.  A predicate lock isn't affected: it
 * belongs to the transaction.
 */
#include "overrides.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/nbtree.h"
#include "access/relation.h"
#include "access/table.h"
#include "access/tableam.h"
#include "access/xact.h"
#include "byte_key.h"
#include "catalog/indexing.h"
#include "catalog/pg_am.h"
#include "catalog/pg_extension.h"
#include "fmgr_identity.h"
#include "status_label.h"
#include "storage/bufmgr.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/inval.h"
#include "utils/memutils.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"
#include "utils/syscache.h"
#include "utils/timestamp.h"

#define EXTENSION_NAME "provider_codes"

/* A table of one block with so many rows, dead ones too, is read in the time that a look-up takes. */
#define ROWS_PER_LOOKUP 20

/* So many values are looked up in the time that reading a full block takes. */
#define LOOKUPS_PER_BLOCK 6

/* The columns that answers depend on: the value's, and one for each attribute; and one that only a view shows. */
typedef enum Column
{
	Column_status,
#define ATTRIBUTE(name, kind, function) Column_##name,
#include "attribute_list.h"
	Column_catalog_version,
	NCOLUMNS
} Column;

/* The type of an attribute's column and its input function, by the attribute's kind. */
#define TYPE_TEXT "text", textin
#define TYPE_MESSAGES "jsonb", jsonb_in
#define TYPE_INTERVAL "interval", interval_in
#define TYPE_CATEGORY "status_category", status_category_in
#define TYPE_ACTION "status_action", status_action_in
#define TYPE_BOOLEAN "boolean", boolin
#define TYPE_MARK "boolean", boolin

static const struct
{
	const char *name;
	const char *type;
	PGFunction	input;			/* the type's input function */
} columns[NCOLUMNS] = {
	[Column_status] = {"status", "status_code", status_code_in},
#define ATTRIBUTE(name, kind, function) [Column_##name] = {#name, TYPE_##kind},
#include "attribute_list.h"
	[Column_catalog_version] = {"catalog_version", "text", textin},
};

/* A value about which something was found out. */
typedef struct Override
{
	ByteKey		key;			/* the value's payload */
	const StatusMeaning *own;	/* what its row says; NULL if it has none */
	const StatusMeaning *meaning;	/* what it therefore means; NULL if the catalog alone answers */
	bool		settled;		/* whether the meaning has been worked out */
	char		status;
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

static struct
{
	/* The rows that overrides_state speaks of. */
	OverrideRow *rows;			/* all of them, if "whole" */
	override_table_hash *table; /* NULL as long as nothing is in it */
	bool		whole;			/* the table was read whole; otherwise values are looked up */
	uint64		lookups;		/* how many were */
	uint64		max_lookups;
	MemoryContext context;		/* holds all of this */
	uint32		xip_size;		/* for how many ids overrides_state.xip has room */

	/* The table in the database, until an invalidation. */
	bool		invalidated;
	Oid			relid;
	AttrNumber	attnums[NCOLUMNS];
	Oid			index;			/* to look values up in; InvalidOid if none is known */
	FmgrInfo	equal;			/* its operator */
} cache = {.invalidated = true};

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

/* A relid of InvalidOid stands for all relations. */
static void
forget_at_invalidation(Datum arg, Oid relid)
{
	(void) arg;
	if (relid == cache.relid || relid == cache.index || relid == InvalidOid)
	{
		overrides_state.valid = false;
		cache.invalidated = true;
	}
}

void
overrides_init(void)
{
	cache.context = AllocSetContextCreate(TopMemoryContext, "provider_codes overrides",
										  ALLOCSET_DEFAULT_SIZES);
	RegisterXactCallback(forget_at_transaction_end, NULL);
	RegisterSubXactCallback(forget_at_subtransaction_abort, NULL);
	CacheRegisterRelcacheCallback(forget_at_invalidation, (Datum) 0);
}

/* Returns how many of our columns, by name, a relation has. */
static int
count_columns(Oid relid)
{
	int			count = 0;

	for (int column = 0; column < NCOLUMNS; column++)
	{
		if (SearchSysCacheExistsAttName(relid, columns[column].name))
			count++;
	}
	return count;
}

/*
 * Returns which of the extension's configuration tables is ours, or InvalidOid:
 * the one that has most of our columns, and of equal ones the first, which the
 * extension has had for longest.
 */
static Oid
choose_table(const ArrayType *tables)
{
	const Oid  *oids = (const Oid *) ARR_DATA_PTR(tables);
	Oid			relid = InvalidOid;
	int			most = 0;

	for (int i = 0; i < ArrayGetNItems(ARR_NDIM(tables), ARR_DIMS(tables)); i++)
	{
		int			count = count_columns(oids[i]);

		if (count > most)
		{
			most = count;
			relid = oids[i];
		}
	}
	return relid;
}

/*
 * Returns the table's OID as the extension itself records it, or InvalidOid if
 * the extension does not exist, or no longer has it.  Neither search_path nor
 * a schema's or table's new name matters.
 */
static Oid
find_table(void)
{
	Relation	extensions = table_open(ExtensionRelationId, AccessShareLock);
	Oid			relid = InvalidOid;
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;

	ScanKeyInit(&key, Anum_pg_extension_extname, BTEqualStrategyNumber, F_NAMEEQ,
				CStringGetDatum(EXTENSION_NAME));
	scan = systable_beginscan(extensions, ExtensionNameIndexId, true, NULL, 1, &key);
	tuple = systable_getnext(scan);
	if (HeapTupleIsValid(tuple))
	{
		bool		isnull;
		Datum		config = heap_getattr(tuple, Anum_pg_extension_extconfig,
										  RelationGetDescr(extensions), &isnull);

		if (!isnull)
			relid = choose_table(DatumGetArrayTypeP(config));
	}
	systable_endscan(scan);
	table_close(extensions, AccessShareLock);
	return relid;
}

/*
 * Raises an error unless the relation is a table whose rows are in a heap, and
 * which may be read now.
 */
static void
check_table(Relation table)
{
	if (table->rd_rel->relkind != RELKIND_RELATION || table->rd_rel->relam != HEAP_TABLE_AM_OID)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("\"%s\" of extension \"%s\" is not an ordinary table",
						RelationGetRelationName(table), EXTENSION_NAME),
				 errdetail("The functions that consult it read nothing but a table of access method \"heap\"."),
				 errhint("Undo what was changed in the table's definition.")));
	if (table->rd_rel->relpersistence != RELPERSISTENCE_PERMANENT && RecoveryInProgress())
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("cannot access temporary or unlogged relations during recovery")));
}

/*
 * Returns whether an attribute has the type of one of our columns, no domain
 * over it, and holds its values in the row.
 */
static bool
is_column(Form_pg_attribute attribute, Column column)
{
	return has_input(attribute->atttypid, columns[column].input) && is_stored(attribute);
}

/* Notes where the columns are; the owner may have changed the table. */
static void
find_columns(Relation table)
{
	TupleDesc	desc = RelationGetDescr(table);

	for (int column = 0; column < NCOLUMNS; column++)
	{
		cache.attnums[column] = InvalidAttrNumber;
		for (int i = 0; i < desc->natts; i++)
		{
			Form_pg_attribute attribute = TupleDescAttr(desc, i);

			if (!attribute->attisdropped &&
				strcmp(NameStr(attribute->attname), columns[column].name) == 0 &&
				is_column(attribute, column))
				cache.attnums[column] = attribute->attnum;
		}
		if (cache.attnums[column] == InvalidAttrNumber && column != Column_catalog_version)
			ereport(ERROR,
					(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
					 errmsg("table \"%s\" of extension \"%s\" has no column \"%s\" of type %s",
							RelationGetRelationName(table), EXTENSION_NAME,
							columns[column].name, columns[column].type),
					 errhint("Undo what was changed in the table's definition.")));
	}
}

/*
 * Returns whether the index finds any row by its status, at once and with
 * nothing but our own comparison.
 */
static bool
is_usable_index(Relation index)
{
	Form_pg_index form = index->rd_index;
	Oid			operator;

	if (index->rd_rel->relam != BTREE_AM_OID ||
		!form->indisvalid || !form->indisready || !form->indislive ||
		!form->indisunique || !form->indimmediate || form->indcheckxmin ||
		form->indnatts != 1 || form->indkey.values[0] != cache.attnums[Column_status] ||
		!heap_attisnull(index->rd_indextuple, Anum_pg_index_indpred, NULL) ||
		OidIsValid(index->rd_indcollation[0]) ||
		index_getprocinfo(index, 1, BTORDER_PROC)->fn_addr != status_code_cmp)
		return false;
	operator = get_opfamily_member(index->rd_opfamily[0], index->rd_opcintype[0],
								   index->rd_opcintype[0], BTEqualStrategyNumber);
	if (!OidIsValid(operator) || c_function(get_opcode(operator)) != status_code_eq)
		return false;
	fmgr_info_cxt(get_opcode(operator), &cache.equal, TopMemoryContext);
	return true;
}

/*
 * Finds an index to look values up in; returns whether there is one.  It stays
 * as it is until an invalidation: whoever drops an index, or replaces it, waits
 * for our lock on the table first.
 */
static bool
find_index(Relation table)
{
	List	   *indexes;
	ListCell   *cell;

	if (OidIsValid(cache.index))
		return true;
	indexes = RelationGetIndexList(table);
	foreach(cell, indexes)
	{
		Relation	index = index_open(lfirst_oid(cell), AccessShareLock);
		bool		usable = is_usable_index(index);

		index_close(index, AccessShareLock);
		if (usable)
		{
			cache.index = lfirst_oid(cell);
			break;
		}
	}
	list_free(indexes);
	return OidIsValid(cache.index);
}

/*
 * Opens and locks the table.  The lock is kept to the end of the transaction,
 * as a query's is.
 */
static Relation
open_table(void)
{
	Oid			previous = InvalidOid;

	for (;;)
	{
		Relation	table;

		if (cache.invalidated)
			cache.relid = find_table();
		if (!OidIsValid(cache.relid) || cache.relid == previous)
			break;
		table = try_relation_open(cache.relid, AccessShareLock);
		if (table)
		{
			/* From here on, with the lock held, no invalidation can be one of our columns. */
			if (cache.invalidated)
			{
				cache.index = InvalidOid;
				check_table(table);
				find_columns(table);
				cache.invalidated = false;
			}
			return table;
		}

		/* It was dropped before we had the lock; there may be another one by now. */
		previous = cache.relid;
		cache.invalidated = true;
	}
	cache.relid = InvalidOid;
	ereport(ERROR,
			(errcode(ERRCODE_UNDEFINED_TABLE),
			 errmsg("table of overrides not found"),
			 errdetail("Extension \"%s\" is not installed in this database, or its table was taken out of it.",
					   EXTENSION_NAME),
			 errhint("Functions whose names begin with \"builtin_\" don't need the table.")));
}

/* A row taken apart. */
typedef struct RowValues
{
	const Datum *values;
	const bool *nulls;
} RowValues;

/* Returns a column of a row, copied into the current memory context; NULL if it is NULL. */
static void *
copy_varlena(RowValues row, Column column)
{
	int			i = cache.attnums[column] - 1;

	if (row.nulls[i])
		return NULL;
	return PG_DETOAST_DATUM_COPY(row.values[i]);
}

static Interval *
copy_interval(RowValues row, Column column)
{
	int			i = cache.attnums[column] - 1;
	Interval   *result;

	if (row.nulls[i])
		return NULL;
	result = palloc(sizeof(Interval));
	*result = *DatumGetIntervalP(row.values[i]);
	return result;
}

/*
 * Reads user messages, palloc'd.  What is none is left out: only an
 * owner who dropped the constraint can have it in the table.
 */
static const UserMessages *
read_messages(RowValues row, Column column)
{
	int			i = cache.attnums[column] - 1;
	const UserMessages *result;
	Jsonb	   *object;
	bool		valid;

	if (row.nulls[i])
		return NULL;
	object = DatumGetJsonbP(row.values[i]);
	result = user_messages_from_jsonb(object, &valid);
	if ((Pointer) object != DatumGetPointer(row.values[i]))
		pfree(object);
	return result;
}

static uint8
get_label(RowValues row, Column column)
{
	int			i = cache.attnums[column] - 1;

	uint8		label = row.nulls[i] ? 0 : DatumGetLabel(row.values[i]);

	return label > CATALOG_MAX_LABEL ? 0 : label;	/* a damaged one is none */
}

static int8
get_tri(RowValues row, Column column)
{
	int			i = cache.attnums[column] - 1;

	if (row.nulls[i])
		return TRI_UNKNOWN;
	return DatumGetBool(row.values[i]) ? TRI_TRUE : TRI_FALSE;
}

static ByteKey
payload(const StatusCode *code)
{
	ByteKey		key = {VARDATA_ANY(code), VARSIZE_ANY_EXHDR(code)};

	return key;
}

/* Reads an attribute of a row, by its kind. */
#define READ_TEXT(name) own->name = copy_varlena(values, Column_##name);
#define READ_MESSAGES(name) own->name[0] = read_messages(values, Column_##name);
#define READ_INTERVAL(name) own->name = copy_interval(values, Column_##name);
#define READ_CATEGORY(name) \
	own->name = get_label(values, Column_##name); \
	own->categories = own->name ? CATEGORY_BIT(own->name) : 0;
#define READ_ACTION(name) own->name = get_label(values, Column_##name);
#define READ_BOOLEAN(name) own->name = get_tri(values, Column_##name);
#define READ_MARK(name) own->name = get_tri(values, Column_##name);

/* Reads what a row says of its value, into the current memory context. */
static void
read_attributes(RowValues values, StatusMeaning *own)
{
	*own = *CATALOG_NO_MEANING;
#define ATTRIBUTE(name, kind, function) READ_##kind(name)
#include "attribute_list.h"
	own->known = true;
}

/* Returns a copy of a row in the rows' memory; NULL if it is a row about nothing. */
static OverrideRow *
copy_row(RowValues values)
{
	MemoryContext oldcontext = MemoryContextSwitchTo(cache.context);
	OverrideRow *row = palloc0(sizeof(OverrideRow));

	/* Only an owner who dropped the primary key can have a row about nothing. */
	row->code = copy_varlena(values, Column_status);
	if (row->code != NULL)
	{
		read_attributes(values, &row->own);
		if (cache.attnums[Column_catalog_version] != InvalidAttrNumber)
			row->catalog_version = copy_varlena(values, Column_catalog_version);
	}
	MemoryContextSwitchTo(oldcontext);
	return row->code ? row : NULL;
}

/* Notes what the row of a value says, or that it has none; "code" is in the rows' memory. */
static void
remember_own(const StatusCode *code, const StatusMeaning *own)
{
	Override   *override;
	bool		found;

	if (cache.table == NULL)
		cache.table = override_table_create(cache.context, 16, NULL);
	override = override_table_insert(cache.table, payload(code), &found);
	override->own = own;
	override->meaning = NULL;
	override->settled = false;
}

static Override *
find_remembered(const StatusCode *code)
{
	return cache.table ? override_table_lookup(cache.table, payload(code)) : NULL;
}

/* Forgets all rows, and so every pointer that was given out. */
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

/*
 * Reads the whole table.  Nothing needs a scan of no blocks but the predicate
 * lock that it takes.
 */
static void
read_rows(Relation table, BlockNumber blocks, Snapshot snapshot)
{
	if (blocks > 0 || IsolationIsSerializable())
	{
		TupleTableSlot *slot = table_slot_create(table, NULL);
		TableScanDesc scan = table_beginscan_all(table, snapshot);

		while (table_scan_getnextslot(scan, ForwardScanDirection, slot))
		{
			OverrideRow *row;

			slot_getallattrs(slot);
			row = copy_row((RowValues) {slot->tts_values, slot->tts_isnull});
			if (row == NULL)
				continue;
			remember_own(row->code, &row->own);
			row->next = cache.rows;
			cache.rows = row;
		}
		table_endscan(scan);
		ExecDropSingleTupleTableSlot(slot);
	}
	cache.whole = true;
	overrides_state.any = cache.rows != NULL;
}

/* Returns whether to read the table is no more work than to look a value up. */
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

/* Notes what identifies a snapshot. */
static void
set_key(Snapshot snapshot)
{
	overrides_state.key = (SnapshotKey) {
		.xmin = snapshot->xmin,
		.xmax = snapshot->xmax,
		.xcnt = snapshot->xcnt,
		.subxcnt = snapshot->subxcnt,
		.curcid = snapshot->curcid,
		.suboverflowed = snapshot->suboverflowed,
		.takenDuringRecovery = snapshot->takenDuringRecovery
	};
	if (snapshot->xcnt > cache.xip_size)
	{
		if (overrides_state.xip)
			pfree(overrides_state.xip);
		overrides_state.xip = NULL;
		cache.xip_size = 0;
		overrides_state.xip = MemoryContextAlloc(TopMemoryContext,
												 snapshot->xcnt * sizeof(TransactionId));
		cache.xip_size = snapshot->xcnt;
	}
	if (snapshot->xcnt > 0)
		memcpy(overrides_state.xip, snapshot->xip, snapshot->xcnt * sizeof(TransactionId));
}

/*
 * Begins anew under a snapshot: reads the whole table if it is small or has no
 * index that can be used, or if all rows are wanted, and otherwise nothing yet.
 */
static void
load(Snapshot snapshot, bool all)
{
	Relation	table;
	BlockNumber blocks;

	/* Until all is done nothing is valid: an error may leave us halfway. */
	overrides_state.valid = false;
	table = open_table();
	forget_rows();
	set_key(snapshot);
	blocks = RelationGetNumberOfBlocks(table);
	if (all || is_small(table, blocks) || !find_index(table))
		read_rows(table, blocks, snapshot);
	else
	{
		cache.max_lookups = (uint64) blocks * LOOKUPS_PER_BLOCK;
		overrides_state.any = true;
	}
	relation_close(table, NoLock);
	overrides_state.valid = !cache.invalidated;
}

/* Makes the rows those that a snapshot sees, and all of them if these are wanted. */
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

/* Returns whether it made the transaction's snapshot the active one, for want of another. */
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

const OverrideRow *
overrides_rows(void)
{
	bool		pushed = push_snapshot();

	make_current(GetActiveSnapshot(), true);
	pop_snapshot(pushed);
	return cache.rows;
}

/*
 * Looks a value up in the table; returns a copy of its row, or NULL if it has
 * none.  The lock on the table is held since the last load.
 */
static OverrideRow *
look_up_row(const StatusCode *code, Snapshot snapshot)
{
	Relation	table = table_open(cache.relid, NoLock);
	TupleDesc	desc = RelationGetDescr(table);
	OverrideRow *row = NULL;
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;

	ScanKeyEntryInitializeWithInfo(&key, 0, cache.attnums[Column_status], BTEqualStrategyNumber,
								   InvalidOid, InvalidOid, &cache.equal, StatusCodeGetDatum(code));
	scan = systable_beginscan(table, cache.index, true, snapshot, 1, &key);
	tuple = systable_getnext(scan);
	if (HeapTupleIsValid(tuple))
	{
		Datum	   *values = palloc(desc->natts * sizeof(Datum));
		bool	   *nulls = palloc(desc->natts * sizeof(bool));

		heap_deform_tuple(tuple, desc, values, nulls);
		row = copy_row((RowValues) {values, nulls});
		pfree(values);
		pfree(nulls);
	}
	systable_endscan(scan);
	table_close(table, NoLock);
	return row;
}

/* Returns a copy of a value in the rows' memory. */
static const StatusCode *
copy_code(const StatusCode *code)
{
	return memcpy(MemoryContextAlloc(cache.context, VARSIZE_ANY(code)), code, VARSIZE_ANY(code));
}

/* Returns what the row of a value says, or NULL if it has none. */
static const StatusMeaning *
find_own(const StatusCode *code, Snapshot snapshot)
{
	Override   *override = find_remembered(code);
	OverrideRow *row;

	if (override)
		return override->own;
	if (cache.whole)
		return NULL;
	row = look_up_row(code, snapshot);
	cache.lookups++;
	remember_own(row ? row->code : copy_code(code), row ? &row->own : NULL);
	return row ? &row->own : NULL;
}

/*
 * Works out what a value means, attribute by attribute: its row, the catalog on
 * it, the row of its base, the catalog on that.  Returns NULL if no row bears
 * on it.  A value that neither a row nor the catalog knows takes nothing from
 * its base.
 */
static const StatusMeaning *
work_out_meaning(const StatusCode *code, const CatalogCode *entry, const StatusMeaning *own,
				 Snapshot snapshot)
{
	const StatusCode *base;
	const StatusMeaning *base_own = NULL;
	StatusMeaning *meaning = NULL;

	if (own == NULL && entry == NULL)
		return NULL;
	base = status_code_without_variant(code);
	if (base != code)
		base_own = find_own(base, snapshot);
	if (own || base_own)
	{
		const StatusMeaning *builtin = entry ? entry->own : status_code_builtin_meaning(code);

		meaning = MemoryContextAlloc(cache.context, sizeof(StatusMeaning));
		*meaning = own ? *own : *builtin;
		if (own)
			meaning_complete(meaning, builtin);
		if (base_own)
			meaning_complete(meaning, base_own);
		if (base != code)
			meaning_complete(meaning, status_code_builtin_meaning(base));
	}
	if (base != code)
		pfree((void *) base);
	return meaning;
}

/* Returns what a value means, or NULL if no row bears on it, and remembers that. */
static const StatusMeaning *
find_meaning(const StatusCode *code, Snapshot snapshot)
{
	Override   *override = find_remembered(code);
	const CatalogCode *entry;
	const StatusMeaning *own;
	const StatusMeaning *meaning;

	if (override && override->settled)
		return override->meaning;
	if (!cache.whole && cache.lookups >= cache.max_lookups)
		load(snapshot, true);

	own = find_own(code, snapshot);
	entry = status_code_catalog_entry(code);
	meaning = work_out_meaning(code, entry, own, snapshot);

	/* Of a table that was read whole, what nobody knows isn't worth the memory. */
	override = find_remembered(code);
	if (override == NULL && (own || entry))
	{
		remember_own(copy_code(code), own);
		override = find_remembered(code);
	}
	if (override)
	{
		override->meaning = meaning;
		override->settled = true;
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
		*overrides_recent_place(provider_id, code_id) = (RecentOverride) {
			.tag = overrides_recent_tag(provider_id, code_id),
			.meaning = meaning
		};
	pop_snapshot(pushed);
	return meaning;
}

StatusCode **
overrides_codes(int *count)
{
	const OverrideRow *rows = overrides_rows();
	StatusCode **result;
	int			n = 0;

	for (const OverrideRow *row = rows; row != NULL; row = row->next)
		n++;
	result = palloc(n * sizeof(StatusCode *));
	*count = 0;
	for (const OverrideRow *row = rows; row != NULL; row = row->next)
	{
		StatusCode *copy = palloc(VARSIZE_ANY(row->code));

		memcpy(copy, row->code, VARSIZE_ANY(row->code));
		result[(*count)++] = copy;
	}
	return result;
}

/* Appends bytes such that no others, nor none, could have been meant. */
static void
append_bytes(StringInfo buf, const char *data, int len)
{
	appendStringInfo(buf, "%d:", len);
	appendBinaryStringInfo(buf, data, len);
}

static void
append_text(StringInfo buf, const text *value)
{
	if (value == NULL)
		appendStringInfoChar(buf, '-');
	else
		append_bytes(buf, VARDATA_ANY(value), VARSIZE_ANY_EXHDR(value));
}

static void
append_messages(StringInfo buf, const UserMessages *messages)
{
	int			count = messages ? messages->count : 0;

	appendStringInfo(buf, "%d ", count);
	for (int i = 0; i < count; i++)
	{
		appendStringInfo(buf, "%s ", messages->messages[i].tag);
		append_text(buf, messages->messages[i].message);
	}
}

static void
append_interval(StringInfo buf, const Interval *value)
{
	if (value == NULL)
		appendStringInfoString(buf, "- ");
	else
		appendStringInfo(buf, "%d %d " INT64_FORMAT " ", value->month, value->day, value->time);
}

/* Appends an attribute for the checksum, by its kind, in a form that nothing can run into. */
#define APPEND_TEXT(name) append_text(buf, own->name);
#define APPEND_MESSAGES(name) append_messages(buf, own->name[0]);
#define APPEND_INTERVAL(name) append_interval(buf, own->name);
#define APPEND_NUMBER(name) appendStringInfo(buf, "%d ", own->name);
#define APPEND_CATEGORY(name) APPEND_NUMBER(name)
#define APPEND_ACTION(name) APPEND_NUMBER(name)
#define APPEND_BOOLEAN(name) APPEND_NUMBER(name)
#define APPEND_MARK(name) APPEND_NUMBER(name)

/* Appends what a row says of its value. */
static void
append_attributes(StringInfo buf, const StatusMeaning *own)
{
#define ATTRIBUTE(name, kind, function) APPEND_##kind(name)
#include "attribute_list.h"
}

/* Appends all that answers depend on in a row. */
static void
append_row(StringInfo buf, const OverrideRow *row)
{
	char		buffer[STATUS_CODE_MAX_LENGTH];
	int			len;
	const char *code = status_code_text(row->code, buffer, &len);

	append_bytes(buf, code, len);
	append_attributes(buf, &row->own);
}

/*
 * The rows' digests are added up, so that their order doesn't matter; unlike
 * with an exclusive or, equal ones don't cancel.
 */
uint64
overrides_digest(void)
{
	uint64		sum = 0;
	uint64		count = 0;
	StringInfoData buf;

	initStringInfo(&buf);
	for (const OverrideRow *row = overrides_rows(); row != NULL; row = row->next)
	{
		resetStringInfo(&buf);
		append_row(&buf, row);
		sum += hash_bytes_extended((unsigned char *) buf.data, buf.len, CATALOG_DIGEST);
		count++;
	}
	resetStringInfo(&buf);
	appendStringInfo(&buf, UINT64_FORMAT "," UINT64_FORMAT, count, sum);
	sum = hash_bytes_extended((unsigned char *) buf.data, buf.len, CATALOG_DIGEST);
	pfree(buf.data);
	return sum;
}
