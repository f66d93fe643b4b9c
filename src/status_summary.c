/*
 * status_summary.c
 *		The aggregate status_summary(status_code) -> jsonb.
 *
 * It counts by category, action and retryable; so partial states add up, and
 * the final function can be called after every row.
 */
#include "answer.h"
#include "label.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "utils/builtins.h"
#include "utils/jsonb.h"

/* Counts by label; 0 stands for what isn't known. */
typedef int64 LabelCounts[CATALOG_MAX_LABEL + 1];

typedef struct Summary
{
	int64		total;
	LabelCounts categories;
	LabelCounts actions;
	int64		retryable[3];		/* by TRI_..., from TRI_UNKNOWN on */
} Summary;

/* Every member is one of these. */
#define SUMMARY_COUNTS (sizeof(Summary) / sizeof(int64))

PG_FUNCTION_INFO_V1(status_summary_transition);
PG_FUNCTION_INFO_V1(status_summary_combine);
PG_FUNCTION_INFO_V1(status_summary_serialize);
PG_FUNCTION_INFO_V1(status_summary_deserialize);
PG_FUNCTION_INFO_V1(status_summary_final);

static Summary *
get_state(FunctionCallInfo fcinfo, int argument)
{
	return PG_ARGISNULL(argument) ? NULL : (Summary *) PG_GETARG_POINTER(argument);
}

static Summary *
make_state(FunctionCallInfo fcinfo)
{
	MemoryContext context;

	if (!AggCheckCallContext(fcinfo, &context))
		elog(ERROR, "aggregate function called in non-aggregate context");
	return MemoryContextAllocZero(context, sizeof(Summary));
}

/* A damaged label, which no list has, must not count outside of the array. */
static void
count_label(LabelCounts counts, uint8 label)
{
	counts[label <= CATALOG_MAX_LABEL ? label : 0]++;
}

/* status_summary_transition(internal, status_code) -> internal: a NULL counts for nothing */
Datum
status_summary_transition(PG_FUNCTION_ARGS)
{
	Summary    *state = get_state(fcinfo, 0);
	const StatusMeaning *meaning;

	if (state == NULL)
		state = make_state(fcinfo);
	if (!PG_ARGISNULL(1))
	{
		meaning = current_answer(PG_GETARG_STATUS_CODE(1)).meaning;
		state->total++;
		count_label(state->categories, meaning->category);
		count_label(state->actions, meaning->action);
		state->retryable[meaning->retryable - TRI_UNKNOWN]++;
	}
	PG_RETURN_POINTER(state);
}

/* status_summary_combine(internal, internal) -> internal */
Datum
status_summary_combine(PG_FUNCTION_ARGS)
{
	Summary    *state = get_state(fcinfo, 0);
	const int64 *counts = (const int64 *) get_state(fcinfo, 1);

	if (state == NULL)
		state = make_state(fcinfo);
	for (size_t i = 0; counts != NULL && i < SUMMARY_COUNTS; i++)
		((int64 *) state)[i] += counts[i];
	PG_RETURN_POINTER(state);
}

/* status_summary_serialize(internal) -> bytea */
Datum
status_summary_serialize(PG_FUNCTION_ARGS)
{
	const int64 *counts = (const int64 *) PG_GETARG_POINTER(0);
	StringInfoData buf;

	pq_begintypsend(&buf);
	for (size_t i = 0; i < SUMMARY_COUNTS; i++)
		pq_sendint64(&buf, counts[i]);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/* status_summary_deserialize(bytea, internal) -> internal: lives until it was combined with another */
Datum
status_summary_deserialize(PG_FUNCTION_ARGS)
{
	bytea	   *bytes = PG_GETARG_BYTEA_PP(0);
	int64	   *counts = palloc(sizeof(Summary));
	StringInfoData buf;

	initStringInfo(&buf);
	appendBinaryStringInfo(&buf, VARDATA_ANY(bytes), VARSIZE_ANY_EXHDR(bytes));
	for (size_t i = 0; i < SUMMARY_COUNTS; i++)
		counts[i] = pq_getmsgint64(&buf);
	pq_getmsgend(&buf);
	PG_RETURN_POINTER(counts);
}

/* Appends a member whose value is an object of the counts that aren't 0. */
static void
append_counts(StringInfo buf, const char *name, const int64 *counts,
			  const char *const *labels, int nlabels)
{
	const char *separator = "";

	appendStringInfo(buf, ", \"%s\": {", name);
	for (int i = 0; i < nlabels; i++)
	{
		if (counts[i] == 0)
			continue;
		appendStringInfo(buf, "%s\"%s\": " INT64_FORMAT, separator, labels[i], counts[i]);
		separator = ", ";
	}
	appendStringInfoChar(buf, '}');
}

/* status_summary_final(internal) -> jsonb: of no rows, too, since counts are then 0 */
Datum
status_summary_final(PG_FUNCTION_ARGS)
{
	static const char *const categories[] = {"unknown", CATEGORY_LABELS};
	static const char *const actions[] = {"unknown", ACTION_LABELS};
	static const char *const retryable[] = {"unknown", "false", "true"};
	static const Summary nothing = {0};
	const Summary *state = get_state(fcinfo, 0);
	StringInfoData buf;

	if (state == NULL)
		state = &nothing;
	initStringInfo(&buf);
	appendStringInfo(&buf, "{\"total\": " INT64_FORMAT, state->total);
	append_counts(&buf, "category", state->categories, categories, lengthof(categories));
	append_counts(&buf, "action", state->actions, actions, lengthof(actions));
	append_counts(&buf, "retryable", state->retryable, retryable, lengthof(retryable));
	appendStringInfoChar(&buf, '}');
	return DirectFunctionCall1(jsonb_in, CStringGetDatum(buf.data));
}
