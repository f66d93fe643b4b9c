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
 * Reading the table runs no code that a user could have planted: neither SPI
 * nor rules, row-level security, views or operators, only a scan of the heap.
 * Rows count whoever may read them, as if every function were a security
 * definer.  Rows of a table that inherits from ours don't count.
 */
#include "overrides.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/relation.h"
#include "access/table.h"
#include "access/tableam.h"
#include "access/xact.h"
#include "byte_key.h"
#include "catalog/indexing.h"
#include "catalog/pg_extension.h"
#include "identity.h"
#include "label.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/fmgrprotos.h"
#include "utils/inval.h"
#include "utils/memutils.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"
#include "utils/timestamp.h"

#define EXTENSION_NAME "provider_codes"

/* The columns that answers depend on: the value's, and one for each attribute. */
typedef enum Column
{
	Column_status,
#define ATTRIBUTE(name, kind, function) Column_##name,
#include "attributelist.h"
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
#include "attributelist.h"
};

/* A row of the table: what it says, and what its value therefore means. */
typedef struct OverrideRow
{
	struct OverrideRow *next;
	const StatusCode *code;
	StatusMeaning own;
	StatusMeaning meaning;
} OverrideRow;

/* A value that the table bears on: that of a row, or a variant of one. */
typedef struct Override
{
	ByteKey		key;			/* the value's payload */
	const StatusMeaning *own;	/* what its row says; NULL where it has none */
	const StatusMeaning *meaning;
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
const StatusMeaning *overrides_by_slot[CATALOG_MAX_BLOCK + 1][CATALOG_SLOTS];

static struct
{
	/* The rows that overrides_state speaks of. */
	OverrideRow *rows;
	override_table_hash *table; /* NULL where there are no rows */
	MemoryContext context;		/* holds all of them */

	/* The table in the database, until an invalidation. */
	bool		invalidated;
	Oid			relid;
	AttrNumber	attnums[NCOLUMNS];
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
	if (relid == cache.relid || relid == InvalidOid)
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

/*
 * The table's OID as the extension itself records it: the first of its
 * configuration tables. InvalidOid where the extension is not there, or no
 * longer has it.  Neither search_path nor a schema's or table's new name
 * matters.
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
		{
			ArrayType  *tables = DatumGetArrayTypeP(config);

			if (ArrayGetNItems(ARR_NDIM(tables), ARR_DIMS(tables)) > 0)
				relid = *(Oid *) ARR_DATA_PTR(tables);
		}
	}
	systable_endscan(scan);
	table_close(extensions, AccessShareLock);
	return relid;
}

/* Notes where the columns are; an administrator may have changed the table. */
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
				has_input(attribute->atttypid, columns[column].input))
				cache.attnums[column] = attribute->attnum;
		}
		if (cache.attnums[column] == InvalidAttrNumber)
			ereport(ERROR,
					(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
					 errmsg("table \"%s\" of extension \"%s\" has no column \"%s\" of type %s",
							RelationGetRelationName(table), EXTENSION_NAME,
							columns[column].name, columns[column].type),
					 errhint("Undo what was changed in the table's definition.")));
	}
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

/* A column of the row in a slot, copied into the current memory context; NULL where it is NULL. */
static void *
copy_varlena(TupleTableSlot *slot, Column column)
{
	int			i = cache.attnums[column] - 1;

	if (slot->tts_isnull[i])
		return NULL;
	return PG_DETOAST_DATUM_COPY(slot->tts_values[i]);
}

static Interval *
copy_interval(TupleTableSlot *slot, Column column)
{
	int			i = cache.attnums[column] - 1;
	Interval   *result;

	if (slot->tts_isnull[i])
		return NULL;
	result = palloc(sizeof(Interval));
	*result = *DatumGetIntervalP(slot->tts_values[i]);
	return result;
}

/*
 * Reads user messages, palloc'd.  What is none is left out: only an
 * administrator who dropped the constraint can have it in the table.
 */
static const UserMessages *
read_messages(TupleTableSlot *slot, Column column)
{
	int			i = cache.attnums[column] - 1;
	const UserMessages *result;
	Jsonb	   *object;
	bool		valid;

	if (slot->tts_isnull[i])
		return NULL;
	object = DatumGetJsonbP(slot->tts_values[i]);
	result = user_messages_from_jsonb(object, &valid);
	if ((Pointer) object != DatumGetPointer(slot->tts_values[i]))
		pfree(object);
	return result;
}

static uint8
get_label(TupleTableSlot *slot, Column column)
{
	int			i = cache.attnums[column] - 1;

	return slot->tts_isnull[i] ? 0 : DatumGetLabel(slot->tts_values[i]);
}

static int8
get_tri(TupleTableSlot *slot, Column column)
{
	int			i = cache.attnums[column] - 1;

	if (slot->tts_isnull[i])
		return TRI_UNKNOWN;
	return DatumGetBool(slot->tts_values[i]) ? TRI_TRUE : TRI_FALSE;
}

static ByteKey
payload(const StatusCode *code)
{
	ByteKey		key = {VARDATA_ANY(code), VARSIZE_ANY_EXHDR(code)};

	return key;
}

static void
add_override(const StatusCode *code, const StatusMeaning *own, const StatusMeaning *meaning)
{
	Override   *override;
	bool		found;
	int			block;
	int			slot;

	if (cache.table == NULL)
		cache.table = override_table_create(cache.context, 64, NULL);
	override = override_table_insert(cache.table, payload(code), &found);
	override->own = own;
	override->meaning = meaning;
	if (status_code_get_compact(code, &block, &slot) && block <= CATALOG_MAX_BLOCK)
		overrides_by_slot[block][slot] = meaning;
}

/* Reads an attribute of the row in a slot, by its kind. */
#define READ_TEXT(name) own->name = copy_varlena(slot, Column_##name);
#define READ_MESSAGES(name) own->name[0] = read_messages(slot, Column_##name);
#define READ_INTERVAL(name) own->name = copy_interval(slot, Column_##name);
#define READ_CATEGORY(name) \
	own->name = get_label(slot, Column_##name); \
	own->categories = own->name ? CATEGORY_BIT(own->name) : 0;
#define READ_ACTION(name) own->name = get_label(slot, Column_##name);
#define READ_BOOLEAN(name) own->name = get_tri(slot, Column_##name);
#define READ_MARK(name) own->name = get_tri(slot, Column_##name);

/* Reads what a row says of its value, into the current memory context. */
static void
read_attributes(TupleTableSlot *slot, StatusMeaning *own)
{
	*own = *CATALOG_NO_MEANING;
#define ATTRIBUTE(name, kind, function) READ_##kind(name)
#include "attributelist.h"
	own->known = true;
}

static void
read_row(TupleTableSlot *slot)
{
	OverrideRow *row = palloc0(sizeof(OverrideRow));

	slot_getallattrs(slot);

	/* Only an administrator who dropped the primary key can have such a row. */
	row->code = copy_varlena(slot, Column_status);
	if (row->code == NULL)
		return;
	read_attributes(slot, &row->own);
	row->next = cache.rows;
	cache.rows = row;
	add_override(row->code, &row->own, &row->meaning);
}

/*
 * Completes what is said of a value alone with what is said of its base: the
 * base's row, then the catalog.
 */
static void
complete_from_base(StatusMeaning *meaning, const StatusCode *base)
{
	Override   *override = override_table_lookup(cache.table, payload(base));

	if (override && override->own)
		meaning_complete(meaning, override->own);
	meaning_complete(meaning, status_code_builtin_meaning(base));
}

/* Settles what the value of a row means, and the variants of it that have no row. */
static void
settle_row(OverrideRow *row)
{
	const CatalogCode *entry = status_code_catalog_entry(row->code);
	const StatusCode *base = status_code_base(row->code);

	row->meaning = row->own;
	meaning_complete(&row->meaning, entry ? entry->own : status_code_builtin_meaning(row->code));
	if (base != row->code)
		complete_from_base(&row->meaning, base);
	else if (entry)
	{
		for (int i = 1; i <= entry->variants; i++)
		{
			const CatalogCode *variant = entry + i;
			const StatusCode *code = status_code_of_catalog(variant);
			StatusMeaning *meaning;

			if (override_table_lookup(cache.table, payload(code)))
				continue;
			meaning = palloc(sizeof(StatusMeaning));
			*meaning = *variant->own;
			complete_from_base(meaning, row->code);
			add_override(code, NULL, meaning);
		}
	}
}

/* Reads the whole table under a snapshot. */
static void
load(Snapshot snapshot)
{
	Relation	table;
	TupleTableSlot *slot;
	TableScanDesc scan;
	MemoryContext oldcontext;

	/* Until all is done nothing is valid: an error may leave us halfway. */
	overrides_state.valid = false;
	table = open_table();

	MemoryContextReset(cache.context);
	if (cache.table)
		memset(overrides_by_slot, 0, sizeof(overrides_by_slot));
	cache.rows = NULL;
	cache.table = NULL;
	slot = table_slot_create(table, NULL);
	scan = table_beginscan_all(table, snapshot);
	oldcontext = MemoryContextSwitchTo(cache.context);
	while (table_scan_getnextslot(scan, ForwardScanDirection, slot))
		read_row(slot);
	for (OverrideRow *row = cache.rows; row != NULL; row = row->next)
		settle_row(row);
	MemoryContextSwitchTo(oldcontext);
	table_endscan(scan);
	ExecDropSingleTupleTableSlot(slot);
	relation_close(table, NoLock);

	overrides_state.any = cache.table != NULL;
	overrides_state.key = (SnapshotKey) {
		.xmin = snapshot->xmin,
		.xmax = snapshot->xmax,
		.xcnt = snapshot->xcnt,
		.subxcnt = snapshot->subxcnt,
		.curcid = snapshot->curcid,
		.suboverflowed = snapshot->suboverflowed,
		.takenDuringRecovery = snapshot->takenDuringRecovery
	};
	if (snapshot->xcnt > 0)
	{
		overrides_state.xip = MemoryContextAlloc(cache.context,
												 snapshot->xcnt * sizeof(TransactionId));
		memcpy(overrides_state.xip, snapshot->xip, snapshot->xcnt * sizeof(TransactionId));
	}
	overrides_state.loads++;
	overrides_state.valid = !cache.invalidated;
}

void
overrides_load(void)
{
	bool		pushed = !ActiveSnapshotSet();

	if (pushed)
		PushActiveSnapshot(GetTransactionSnapshot());
	if (!overrides_are_current(GetActiveSnapshot()))
		load(GetActiveSnapshot());
	if (pushed)
		PopActiveSnapshot();
}

const StatusMeaning *
overrides_lookup(const StatusCode *code)
{
	Override   *override = override_table_lookup(cache.table, payload(code));

	return override ? override->meaning : NULL;
}

StatusCode **
overrides_codes(int *count)
{
	StatusCode **result;
	int			n = 0;

	overrides_make_current();
	for (OverrideRow *row = cache.rows; row != NULL; row = row->next)
		n++;
	result = palloc(n * sizeof(StatusCode *));
	*count = 0;
	for (OverrideRow *row = cache.rows; row != NULL; row = row->next)
	{
		StatusCode *copy = palloc(VARSIZE_ANY(row->code));

		memcpy(copy, row->code, VARSIZE_ANY(row->code));
		result[(*count)++] = copy;
	}
	return result;
}

static void
append_text(StringInfo buf, const text *value)
{
	if (value == NULL)
		appendStringInfoString(buf, "- ");
	else
	{
		appendStringInfo(buf, "%d ", (int) VARSIZE_ANY_EXHDR(value));
		appendBinaryStringInfo(buf, VARDATA_ANY(value), VARSIZE_ANY_EXHDR(value));
	}
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
#include "attributelist.h"
}

uint64
overrides_digest(void)
{
	uint64		digest = 0;
	StringInfoData buf;

	overrides_make_current();
	initStringInfo(&buf);
	for (OverrideRow *row = cache.rows; row != NULL; row = row->next)
	{
		char		buffer[STATUS_CODE_MAX_LENGTH];
		int			len;
		const char *code = status_code_text(row->code, buffer, &len);

		resetStringInfo(&buf);
		appendBinaryStringInfo(&buf, code, len);
		append_attributes(&buf, &row->own);
		digest += hash_bytes_extended((unsigned char *) buf.data, buf.len, CATALOG_DIGEST);
	}
	pfree(buf.data);
	return digest;
}
