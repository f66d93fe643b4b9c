/*
 * overrides_table.c
 *		Finds, checks and reads the table status_code_overrides.
 *
 * Reading the table runs no code of its owner's, who may be any user: neither
 * SPI nor rules, row-level security, views, expressions or operators.  It is a
 * scan of a heap whose columns have exactly our types, or of a B-tree over the
 * status alone whose comparison is exactly ours.  A table that is something
 * else is an error; without such an index the heap is read.  Rows are used
 * regardless of the caller's privileges, as if the functions were SECURITY
 * DEFINER.  Rows of a table that inherits from ours are not read.
 */
#include "overrides_table.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/nbtree.h"
#include "access/relation.h"
#include "access/table.h"
#include "access/tableam.h"
#include "access/xlog.h"
#include "catalog/pg_am.h"
#include "catalog/pg_extension.h"
#include "catalog/pg_type.h"
#include "fmgr_identity.h"
#include "status_label.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/memutils.h"
#include "utils/rel.h"
#include "utils/syscache.h"
#include "utils/timestamp.h"

#define EXTENSION_NAME "provider_codes"
#define TABLE_NAME "status_code_overrides"

/*
 * The columns that are read: the status, one for each attribute, and
 * catalog_version, which only a view shows.
 */
typedef enum Column
{
	Column_status,
#define ATTRIBUTE(name, kind, function) Column_##name,
#include "attribute_list.h"
	Column_catalog_version,
	NCOLUMNS
} Column;

/*
 * The type of an attribute's column, by kind: its name, and its OID or its
 * input function.
 */
#define TYPE_TEXT "text", TEXTOID, NULL
#define TYPE_MESSAGES "jsonb", JSONBOID, NULL
#define TYPE_INTERVAL "interval", INTERVALOID, NULL
#define TYPE_CATEGORY "status_category", InvalidOid, status_category_in
#define TYPE_ACTION "status_action", InvalidOid, status_action_in
#define TYPE_BOOLEAN "boolean", BOOLOID, NULL
#define TYPE_MARK TYPE_BOOLEAN

typedef struct ColumnInfo
{
	const char *name;
	const char *type;
	Oid			type_oid;		/* InvalidOid for a type of this extension */
	PGFunction	input;			/* its input function, if so */
} ColumnInfo;

static const ColumnInfo columns[NCOLUMNS] = {
	[Column_status] = {"status", "status_code", InvalidOid, status_code_in},
#define ATTRIBUTE(name, kind, function) [Column_##name] = {#name, TYPE_##kind},
#include "attribute_list.h"
	[Column_catalog_version] = {"catalog_version", TYPE_TEXT},
};

/* The table in the database, until an invalidation. */
typedef struct KnownTable
{
	bool		invalid;
	Oid			relid;
	AttrNumber	attnums[NCOLUMNS];
	Oid			index;			/* finds rows by status; may be InvalidOid */
	FmgrInfo	equal;			/* the equality operator of the index */
} KnownTable;

static KnownTable known = {.invalid = true};

bool
overrides_table_invalidate(Oid relid)
{
	if (relid != known.relid && relid != known.index && relid != InvalidOid)
		return false;
	known.invalid = true;
	return true;
}

bool
overrides_table_is_invalid(void)
{
	return known.invalid;
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
 * Returns which of the extension's configuration tables is ours, or
 * InvalidOid: the one that has most of our columns, and among equal ones the
 * first, which has belonged to the extension for longest.
 */
static Oid
choose_table(const ArrayType *tables)
{
	const Oid  *oids = (const Oid *) ARR_DATA_PTR(tables);
	int			ntables = ArrayGetNItems(ARR_NDIM(tables), ARR_DIMS(tables));
	Oid			relid = InvalidOid;
	int			most = 0;

	/* An only table needs no comparison; find_columns() checks it. */
	if (ntables == 1)
		return oids[0];

	for (int i = 0; i < ntables; i++)
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
 * the extension does not exist or no longer has the table.  search_path and
 * the names of the table and its schema do not matter.
 */
static Oid
find_table(void)
{
	Relation	extensions = table_open(ExtensionRelationId, AccessShareLock);
	Oid			relid = InvalidOid;
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;

	ScanKeyInit(&key, Anum_pg_extension_extname, BTEqualStrategyNumber,
				F_NAMEEQ, CStringGetDatum(EXTENSION_NAME));

	/*
	 * There are few extensions, so reading all of them takes less time than
	 * opening the index, which a session seldom uses for anything else.
	 */
	scan = systable_beginscan(extensions, InvalidOid, false, NULL, 1, &key);
	tuple = systable_getnext(scan);
	if (HeapTupleIsValid(tuple))
	{
		bool		isnull;
		Datum		config = heap_getattr(tuple, Anum_pg_extension_extconfig,
										  RelationGetDescr(extensions),
										  &isnull);

		if (!isnull)
			relid = choose_table(DatumGetArrayTypeP(config));
	}
	systable_endscan(scan);
	table_close(extensions, AccessShareLock);
	return relid;
}

/*
 * Raises an error unless the relation is a table whose rows are in a heap and
 * can be read now.
 */
static void
check_table(Relation table)
{
	if (table->rd_rel->relkind != RELKIND_RELATION ||
		table->rd_rel->relam != HEAP_TABLE_AM_OID)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("\"%s\" of extension \"%s\" is not an ordinary table",
						RelationGetRelationName(table), EXTENSION_NAME),
				 errdetail("Overrides can be read only from a table with access method \"heap\"."),
				 errhint("Undo what was changed in the table's definition.")));
	if (table->rd_rel->relpersistence != RELPERSISTENCE_PERMANENT &&
		RecoveryInProgress())
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("cannot access temporary or unlogged relations during recovery")));
}

/*
 * Returns whether an attribute has exactly the type of one of our columns, not
 * a domain over it, and its values are stored in the row.
 */
static bool
is_column(Form_pg_attribute attribute, Column column)
{
	Oid			type = columns[column].type_oid;
	bool		same_type;

	/* Looking up an input function slows the first call of a session. */
	if (OidIsValid(type))
		same_type = attribute->atttypid == type;
	else
		same_type = has_input(attribute->atttypid, columns[column].input);
	return same_type && is_stored(attribute);
}

/*
 * Returns the number of the attribute that is one of our columns, or
 * InvalidAttrNumber.
 */
static AttrNumber
find_column(TupleDesc desc, Column column)
{
	for (int i = 0; i < desc->natts; i++)
	{
		Form_pg_attribute attribute = TupleDescAttr(desc, i);

		if (!attribute->attisdropped &&
			strcmp(NameStr(attribute->attname), columns[column].name) == 0 &&
			is_column(attribute, column))
			return attribute->attnum;
	}
	return InvalidAttrNumber;
}

/*
 * Notes where the columns are, since the owner may have changed the table.
 * Raises an error if one is missing, except for catalog_version.
 */
static void
find_columns(Relation table)
{
	for (int column = 0; column < NCOLUMNS; column++)
	{
		known.attnums[column] = find_column(RelationGetDescr(table), column);
		if (known.attnums[column] == InvalidAttrNumber &&
			column != Column_catalog_version)
			ereport(ERROR,
					(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
					 errmsg("table \"%s\" of extension \"%s\" has no column \"%s\" of type %s",
							RelationGetRelationName(table), EXTENSION_NAME,
							columns[column].name, columns[column].type),
					 errhint("Undo what was changed in the table's definition.")));
	}
}

Relation
overrides_table_open(void)
{
	Oid			previous = InvalidOid;

	for (;;)
	{
		Relation	table;

		if (known.invalid)
			known.relid = find_table();
		if (!OidIsValid(known.relid) || known.relid == previous)
			break;
		table = try_relation_open(known.relid, AccessShareLock);
		if (table)
		{
			/*
			 * The lock is held, so from here on no invalidation can mean that
			 * the columns have changed.
			 */
			if (known.invalid)
			{
				known.index = InvalidOid;
				check_table(table);
				find_columns(table);
				known.invalid = false;
			}
			return table;
		}

		/* It was dropped before we had the lock; there may be a new one. */
		previous = known.relid;
		known.invalid = true;
	}
	known.relid = InvalidOid;
	ereport(ERROR,
			(errcode(ERRCODE_UNDEFINED_TABLE),
			 errmsg("table \"%s\" does not exist", TABLE_NAME),
			 errdetail("Extension \"%s\" is not installed in this database, or its table was taken out of it.",
					   EXTENSION_NAME),
			 errhint("Functions whose names begin with \"builtin_\" do not need the table.")));
}

/*
 * Returns whether an index has every row once by its status alone, is ready to
 * be used under any snapshot, and compares with nothing but our own function.
 */
static bool
is_usable_index(Relation index)
{
	Form_pg_index form = index->rd_index;
	Oid			type;
	Oid			operator;

	if (index->rd_rel->relam != BTREE_AM_OID ||
		!form->indisvalid || !form->indisready || !form->indislive ||
		!form->indisunique || !form->indimmediate || form->indcheckxmin ||
		form->indnatts != 1 ||
		form->indkey.values[0] != known.attnums[Column_status] ||
		!heap_attisnull(index->rd_indextuple, Anum_pg_index_indpred, NULL) ||
		OidIsValid(index->rd_indcollation[0]) ||
		index_getprocinfo(index, 1, BTORDER_PROC)->fn_addr != status_code_cmp)
		return false;
	type = index->rd_opcintype[0];
	operator = get_opfamily_member(index->rd_opfamily[0], type, type,
								   BTEqualStrategyNumber);
	if (!OidIsValid(operator) ||
		c_function(get_opcode(operator)) != status_code_eq)
		return false;
	fmgr_info_cxt(get_opcode(operator), &known.equal, TopMemoryContext);
	return true;
}

/*
 * An index that was found stays usable until an invalidation: dropping or
 * replacing it waits for our lock on the table.
 */
bool
overrides_table_has_index(Relation table)
{
	List	   *indexes;
	ListCell   *cell;

	if (OidIsValid(known.index))
		return true;
	indexes = RelationGetIndexList(table);
	foreach(cell, indexes)
	{
		Relation	index = index_open(lfirst_oid(cell), AccessShareLock);
		bool		usable = is_usable_index(index);

		index_close(index, AccessShareLock);
		if (usable)
		{
			known.index = lfirst_oid(cell);
			break;
		}
	}
	list_free(indexes);
	return OidIsValid(known.index);
}

/* A row taken apart. */
typedef struct RowValues
{
	const Datum *values;
	const bool *nulls;
} RowValues;

/*
 * Returns a variable-length value of a row, detoasted and palloc'd; NULL if it
 * is NULL.
 */
static void *
copy_varlena(const RowValues *row, Column column)
{
	int			i = known.attnums[column] - 1;

	if (row->nulls[i])
		return NULL;
	return PG_DETOAST_DATUM_COPY(row->values[i]);
}

/* Returns an interval of a row, palloc'd; NULL if it is NULL. */
static Interval *
copy_interval(const RowValues *row, Column column)
{
	int			i = known.attnums[column] - 1;
	Interval   *result;

	if (row->nulls[i])
		return NULL;
	result = palloc(sizeof(Interval));
	*result = *DatumGetIntervalP(row->values[i]);
	return result;
}

/*
 * Returns the user messages of a row, palloc'd; NULL if there are none.
 * Malformed ones are left out: the table has those only if its owner has
 * dropped the constraint.
 */
static const UserMessages *
read_messages(const RowValues *row, Column column)
{
	int			i = known.attnums[column] - 1;
	const UserMessages *result;
	Jsonb	   *object;
	bool		valid;

	if (row->nulls[i])
		return NULL;
	object = DatumGetJsonbP(row->values[i]);
	result = user_messages_from_jsonb(object, &valid);
	if ((Pointer) object != DatumGetPointer(row->values[i]))
		pfree(object);
	return result;
}

/* Returns a label of a row; 0 if it is NULL or damaged. */
static uint8
get_label(const RowValues *row, Column column)
{
	int			i = known.attnums[column] - 1;
	uint8		label = row->nulls[i] ? 0 : DatumGetLabel(row->values[i]);

	return label > CATALOG_MAX_LABEL ? 0 : label;
}

/* Returns a boolean of a row as TRI_...; TRI_UNKNOWN if it is NULL. */
static int8
get_tri(const RowValues *row, Column column)
{
	int			i = known.attnums[column] - 1;

	if (row->nulls[i])
		return TRI_UNKNOWN;
	return DatumGetBool(row->values[i]) ? TRI_TRUE : TRI_FALSE;
}

/* How to read an attribute of a row, by its kind. */
#define READ_TEXT(name) \
	given->name.address = copy_varlena(row, Column_##name);
#define READ_MESSAGES(name) \
	given->name[0].address = read_messages(row, Column_##name);
#define READ_INTERVAL(name) \
	given->name.address = copy_interval(row, Column_##name);
#define READ_CATEGORY(name) \
	given->name = get_label(row, Column_##name); \
	given->categories = given->name ? CATEGORY_BIT(given->name) : 0;
#define READ_ACTION(name) given->name = get_label(row, Column_##name);
#define READ_BOOLEAN(name) given->name = get_tri(row, Column_##name);
#define READ_MARK(name) given->name = get_tri(row, Column_##name);

/* Reads the attributes that a row gives. */
static void
read_attributes(const RowValues *row, StatusMeaning *given)
{
	*given = *CATALOG_NO_MEANING;
#define ATTRIBUTE(name, kind, function) READ_##kind(name)
#include "attribute_list.h"
	given->known = true;
}

/*
 * Returns a copy of a row in the given context.  Returns NULL if its status is
 * NULL, which it can be only if the owner has dropped the primary key.
 */
static OverrideRow *
copy_row(const Datum *values, const bool *nulls, MemoryContext context)
{
	RowValues	row = {values, nulls};
	MemoryContext oldcontext = MemoryContextSwitchTo(context);
	OverrideRow *result = NULL;
	const StatusCode *code = copy_varlena(&row, Column_status);

	if (code != NULL)
	{
		result = palloc0(sizeof(OverrideRow));
		result->code = code;
		read_attributes(&row, &result->given);
		if (known.attnums[Column_catalog_version] != InvalidAttrNumber)
			result->catalog_version = copy_varlena(&row,
												   Column_catalog_version);
	}
	MemoryContextSwitchTo(oldcontext);
	return result;
}

OverrideRow *
overrides_table_read(Relation table, Snapshot snapshot, MemoryContext context)
{
	TupleTableSlot *slot = table_slot_create(table, NULL);
	TableScanDesc scan = table_beginscan_all(table, snapshot);
	OverrideRow *rows = NULL;

	while (table_scan_getnextslot(scan, ForwardScanDirection, slot))
	{
		OverrideRow *row;

		slot_getallattrs(slot);
		row = copy_row(slot->tts_values, slot->tts_isnull, context);
		if (row == NULL)
			continue;
		row->next = rows;
		rows = row;
	}
	table_endscan(scan);
	ExecDropSingleTupleTableSlot(slot);
	return rows;
}

OverrideRow *
overrides_table_find_row(const StatusCode *code, Snapshot snapshot,
						 MemoryContext context)
{
	Relation	table = table_open(known.relid, NoLock);
	TupleDesc	desc = RelationGetDescr(table);
	OverrideRow *row = NULL;
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;

	ScanKeyEntryInitializeWithInfo(&key, 0, known.attnums[Column_status],
								   BTEqualStrategyNumber,
								   InvalidOid, InvalidOid, &known.equal,
								   StatusCodeGetDatum(code));
	scan = systable_beginscan(table, known.index, true, snapshot, 1, &key);
	tuple = systable_getnext(scan);
	if (HeapTupleIsValid(tuple))
	{
		Datum	   *values = palloc(desc->natts * sizeof(Datum));
		bool	   *nulls = palloc(desc->natts * sizeof(bool));

		heap_deform_tuple(tuple, desc, values, nulls);
		row = copy_row(values, nulls, context);
		pfree(values);
		pfree(nulls);
	}
	systable_endscan(scan);
	table_close(table, NoLock);
	return row;
}
