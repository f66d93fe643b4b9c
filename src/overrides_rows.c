/*
 * overrides_rows.c
 *		The rows of status_code_overrides, for the views.
 *
 * The views belong to whoever installed the extension, in a trusted
 * installation to a superuser, and are read by anyone; the table belongs to
 * the extension's owner.  A view over the table itself would plan and run what
 * the owner made of it: an expression index, a rule that makes it a view, a
 * policy.  So the views read it the way the functions do: see overrides.c.
 */
#include "overrides.h"

#include "access/htup_details.h"
#include "status_label.h"
#include "row_type.h"
#include "user_message.h"
#include "utils/timestamp.h"

PG_FUNCTION_INFO_V1(status_code_override_rows);

/* A column's value and whether it is NULL, by the kind of its attribute. */
#define POINTER_COLUMN(value) set_column(&columns, PointerGetDatum(value), (value) == NULL);
#define LABEL_COLUMN(value) set_column(&columns, LabelGetDatum(value), (value) == 0);
#define TRI_COLUMN(value) \
	set_column(&columns, BoolGetDatum((value) == TRI_TRUE), (value) == TRI_UNKNOWN);

#define COLUMN_TEXT(name) POINTER_COLUMN(own->name)
#define COLUMN_MESSAGES(name) POINTER_COLUMN(user_messages_to_jsonb(own->name))
#define COLUMN_INTERVAL(name) POINTER_COLUMN(own->name)
#define COLUMN_CATEGORY(name) LABEL_COLUMN(own->name)
#define COLUMN_ACTION(name) LABEL_COLUMN(own->name)
#define COLUMN_BOOLEAN(name) TRI_COLUMN(own->name)
#define COLUMN_MARK(name) TRI_COLUMN(own->name)

/* The columns: status, one for each attribute, and catalog_version. */
enum
{
#define ATTRIBUTE(name, kind, function) ATTRIBUTE_##name,
#include "attribute_list.h"
	NATTRIBUTES,
	NCOLUMNS = NATTRIBUTES + 2
};

typedef struct Columns
{
	Datum		values[NCOLUMNS];
	bool		nulls[NCOLUMNS];
	int			count;
} Columns;

static void
set_column(Columns *columns, Datum value, bool isnull)
{
	columns->values[columns->count] = value;
	columns->nulls[columns->count++] = isnull;
}

static HeapTuple
form_row(TupleDesc desc, const OverrideRow *row)
{
	const StatusMeaning *own = &row->own;
	Columns		columns = {.count = 0};

	POINTER_COLUMN(row->code);
#define ATTRIBUTE(name, kind, function) COLUMN_##kind(name)
#include "attribute_list.h"
	POINTER_COLUMN(row->catalog_version);
	Assert(columns.count == NCOLUMNS);
	return heap_form_tuple(desc, columns.values, columns.nulls);
}

/*
 * status_code_override_rows() -> setof (status status_code, name text, ...):
 * STABLE, PARALLEL SAFE; the value, its attributes in the order of
 * attribute_list.h, and catalog_version
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

		/* The rows may be gone with the next call. */
		rows = overrides_rows();
		for (const OverrideRow *row = rows; row != NULL; row = row->next)
			count++;
		tuples = MemoryContextAllocHuge(CurrentMemoryContext, count * sizeof(HeapTuple));
		for (const OverrideRow *row = rows; row != NULL; row = row->next)
			tuples[funcctx->max_calls++] = form_row(funcctx->tuple_desc, row);
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
