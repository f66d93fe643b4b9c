/*
 * overrides_rows.c
 *		Functions over all rows of status_code_overrides: for the views, the
 *		planner's sets of values, and the checksum.
 *
 * The views belong to the role that installed the extension, in a trusted
 * installation to a superuser, and can be read by everyone; the table belongs
 * to the extension's owner.  A view over the table itself would plan and run
 * what the owner made of it: an expression index, a rule that makes it a view,
 * a policy.  So the views read it the way the functions do: see
 * overrides_table.c.
 */
#include "overrides.h"

#include "access/htup_details.h"
#include "lib/stringinfo.h"
#include "long_text.h"
#include "miscadmin.h"
#include "status_label.h"
#include "row_type.h"
#include "user_message.h"
#include "utils/timestamp.h"

PG_FUNCTION_INFO_V1(status_code_override_rows);

/* How to set the column of an attribute, by its kind. */
#define SET_TEXT(name) set_pointer(&columns, REF_GET(given->name));
#define SET_MESSAGES(name) \
	set_pointer(&columns, user_messages_to_jsonb(given->name));
#define SET_INTERVAL(name) set_pointer(&columns, REF_GET(given->name));
#define SET_CATEGORY(name) set_label(&columns, given->name);
#define SET_ACTION(name) set_label(&columns, given->name);
#define SET_BOOLEAN(name) set_tri(&columns, given->name);
#define SET_MARK(name) set_tri(&columns, given->name);

/* The columns: status, one for each attribute, and catalog_version. */
enum
{
#define ATTRIBUTE(name, kind, function) ATTRIBUTE_##name,
#include "attribute_list.h"
	NATTRIBUTES,
	NCOLUMNS = NATTRIBUTES + 2
};

/* The columns of a row that have been set so far. */
typedef struct Columns
{
	Datum		values[NCOLUMNS];
	bool		nulls[NCOLUMNS];
	int			count;
} Columns;

/* Sets the next column. */
static void
set_column(Columns *columns, Datum value, bool isnull)
{
	columns->values[columns->count] = value;
	columns->nulls[columns->count++] = isnull;
}

/* Sets the next column to a value by reference; a null pointer is NULL. */
static void
set_pointer(Columns *columns, const void *value)
{
	set_column(columns, PointerGetDatum(value), value == NULL);
}

/* Sets the next column to a label; 0 is NULL. */
static void
set_label(Columns *columns, uint8 label)
{
	set_column(columns, LabelGetDatum(label), label == 0);
}

/* Sets the next column to a boolean, given as TRI_... */
static void
set_tri(Columns *columns, int value)
{
	set_column(columns, BoolGetDatum(value == TRI_TRUE),
			   value == TRI_UNKNOWN);
}

/* Returns a row as a tuple, palloc'd. */
static HeapTuple
form_row(TupleDesc desc, const OverrideRow *row)
{
	const StatusMeaning *given = &row->given;
	Columns		columns = {.count = 0};

	set_pointer(&columns, row->code);
#define ATTRIBUTE(name, kind, function) SET_##kind(name)
#include "attribute_list.h"
	set_pointer(&columns, row->catalog_version);
	Assert(columns.count == NCOLUMNS);
	return heap_form_tuple(desc, columns.values, columns.nulls);
}

/*
 * status_code_override_rows() -> setof (status status_code, name text, ...):
 * STABLE, PARALLEL SAFE
 *
 * Returns each row's value, its attributes in the order of attribute_list.h,
 * and its catalog_version.
 */
Datum
status_code_override_rows(PG_FUNCTION_ARGS)
{
	FuncCallContext *funcctx;
	HeapTuple  *tuples;
	Datum		result;

	if (SRF_IS_FIRSTCALL())
	{
		MemoryContext oldcontext;
		const OverrideRow *rows;
		uint64		count = 0;

		funcctx = SRF_FIRSTCALL_INIT();
		oldcontext = MemoryContextSwitchTo(funcctx->multi_call_memory_ctx);
		funcctx->tuple_desc = result_row_type(fcinfo, NCOLUMNS);

		/* Copy the rows, because another function's call can free them. */
		rows = overrides_rows();
		for (const OverrideRow *row = rows; row != NULL; row = row->next)
			count++;
		tuples = MemoryContextAllocHuge(CurrentMemoryContext,
										count * sizeof(HeapTuple));
		for (const OverrideRow *row = rows; row != NULL; row = row->next)
		{
			CHECK_FOR_INTERRUPTS();
			tuples[funcctx->max_calls++] = form_row(funcctx->tuple_desc, row);
		}
		funcctx->user_fctx = tuples;
		MemoryContextSwitchTo(oldcontext);
	}
	funcctx = SRF_PERCALL_SETUP();
	tuples = funcctx->user_fctx;
	if (funcctx->call_cntr >= funcctx->max_calls)
		SRF_RETURN_DONE(funcctx);
	result = HeapTupleGetDatum(tuples[funcctx->call_cntr]);
	SRF_RETURN_NEXT(funcctx, result);
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
		StatusCode *copy;

		CHECK_FOR_INTERRUPTS();
		copy = palloc(VARSIZE_ANY(row->code));
		memcpy(copy, row->code, VARSIZE_ANY(row->code));
		result[(*count)++] = copy;
	}
	return result;
}

/*
 * The functions below append to the text that the digest is computed from.
 * Each part of the text shows where it ends, so that different contents never
 * give the same text.
 */

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
		const UserMessage *message = &REF_GET(messages->messages)[i];

		appendStringInfo(buf, "%s ", REF_GET(message->tag));
		append_text(buf, REF_GET(message->message));
	}
}

static void
append_interval(StringInfo buf, const Interval *value)
{
	if (value == NULL)
		appendStringInfoString(buf, "- ");
	else
		appendStringInfo(buf, "%d %d " INT64_FORMAT " ",
						 value->month, value->day, value->time);
}

/* How to append an attribute, by its kind. */
#define APPEND_TEXT(name) append_text(buf, REF_GET(given->name));
#define APPEND_MESSAGES(name) append_messages(buf, REF_GET(given->name[0]));
#define APPEND_INTERVAL(name) append_interval(buf, REF_GET(given->name));
#define APPEND_NUMBER(name) appendStringInfo(buf, "%d ", given->name);
#define APPEND_CATEGORY(name) APPEND_NUMBER(name)
#define APPEND_ACTION(name) APPEND_NUMBER(name)
#define APPEND_BOOLEAN(name) APPEND_NUMBER(name)
#define APPEND_MARK(name) APPEND_NUMBER(name)

/* Appends a row's value and the attributes that the row gives. */
static void
append_row(StringInfo buf, const OverrideRow *row)
{
	const StatusMeaning *given = &row->given;
	char		buffer[STATUS_CODE_MAX_LENGTH];
	int			len;
	const char *code = status_code_text(row->code, buffer, &len);

	append_bytes(buf, code, len);
#define ATTRIBUTE(name, kind, function) APPEND_##kind(name)
#include "attribute_list.h"
}

static uint64
hash_text(const StringInfoData *buf)
{
	return long_text_hash(buf->data, buf->len, CATALOG_DIGEST);
}

/*
 * The rows' digests are added up, so that the order of the rows has no effect;
 * with exclusive or, two equal digests would cancel each other.
 */
uint64
overrides_digest(void)
{
	uint64		sum = 0;
	uint64		count = 0;
	const OverrideRow *rows = overrides_rows();
	StringInfoData buf;

	initStringInfo(&buf);
	for (const OverrideRow *row = rows; row != NULL; row = row->next)
	{
		CHECK_FOR_INTERRUPTS();
		resetStringInfo(&buf);
		append_row(&buf, row);
		sum += hash_text(&buf);
		count++;
	}
	resetStringInfo(&buf);
	appendStringInfo(&buf, UINT64_FORMAT "," UINT64_FORMAT, count, sum);
	sum = hash_text(&buf);
	pfree(buf.data);
	return sum;
}
