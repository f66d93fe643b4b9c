/*
 * override_rows.c
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
#include "label.h"
#include "row_type.h"
#include "utils/timestamp.h"

PG_FUNCTION_INFO_V1(status_code_override_rows);

static HeapTuple
form_row(TupleDesc desc, const OverrideRow *row)
{
	const StatusMeaning *own = &row->own;
	Datum		values[13];
	bool		nulls[13];
	int			n = 0;

#define ADD(value, isnull) (nulls[n] = (isnull), values[n++] = (isnull) ? (Datum) 0 : (value))
#define ADD_POINTER(value) ADD(PointerGetDatum(value), (value) == NULL)
#define ADD_LABEL(value) ADD(LabelGetDatum(value), (value) == 0)
#define ADD_TRI(value) ADD(BoolGetDatum((value) == TRI_TRUE), (value) == TRI_UNKNOWN)
	ADD_POINTER(row->code);
	ADD_POINTER(own->name);
	ADD_POINTER(own->title);
	ADD_POINTER(own->description);
	ADD_LABEL(own->category);
	ADD_LABEL(own->action);
	ADD_TRI(own->retryable);
	ADD_POINTER(own->retry_after);
	ADD_TRI(own->terminal);
	ADD_TRI(own->deprecated);
	for (int language = 0; language < NLANGUAGES; language++)
		ADD_POINTER(own->user_messages[language]);
	ADD_POINTER(row->catalog_version);
	Assert(n == lengthof(values) && n == desc->natts);
	return heap_form_tuple(desc, values, nulls);
}

/*
 * status_code_override_rows() -> setof (status status_code, name text, ...):
 * STABLE, PARALLEL SAFE; the columns that answers depend on, and
 * catalog_version
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
		funcctx->tuple_desc = result_row_type(fcinfo);

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
