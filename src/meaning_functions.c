/*
 * meaning_functions.c
 *		SQL functions that say what a code means.
 *
 * Each exists twice.  code_category(status) and its like consult the overrides
 * and are STABLE; builtin_code_category(status) and its like read the
 * compiled-in catalog alone and are IMMUTABLE. All are STRICT and PARALLEL
 * SAFE, and give NULL for what is not known.  All are LEAKPROOF: what they
 * raise (a table of overrides that is missing or was altered) doesn't depend
 * on the argument.
 */
#include "label.h"
#include "overrides.h"
#include "utils/timestamp.h"

/* What an argument means, and whether that stays after the next look-up. */
typedef struct Answer
{
	const StatusMeaning *meaning;
	bool		passing;		/* what it points to must be copied */
} Answer;

static inline Answer
builtin_answer(const StatusCode *code)
{
	Answer		answer = {status_code_builtin_meaning(code), false};

	return answer;
}

/* Forced inline: a call would cost as much as what it does. */
static pg_attribute_always_inline Answer
current_answer(const StatusCode *code)
{
	Answer		answer = {overrides_find(code), true};

	return answer.meaning ? answer : builtin_answer(code);
}

/*
 * The following give the function's result.  Texts of the catalog are returned
 * where they lie, in read-only memory: nothing may write to a function's
 * result.
 */
static inline Datum
return_text(FunctionCallInfo fcinfo, Answer answer, const text *value)
{
	text	   *copy;

	if (value == NULL)
		PG_RETURN_NULL();
	if (!answer.passing)
		return PointerGetDatum(value);
	copy = palloc(VARSIZE_ANY(value));
	memcpy(copy, value, VARSIZE_ANY(value));
	PG_RETURN_TEXT_P(copy);
}

static inline Datum
return_interval(FunctionCallInfo fcinfo, const Interval *value)
{
	Interval   *copy;

	if (value == NULL)
		PG_RETURN_NULL();
	copy = palloc(sizeof(Interval));
	*copy = *value;
	PG_RETURN_INTERVAL_P(copy);
}

static inline Datum
return_label(FunctionCallInfo fcinfo, uint8 label)
{
	if (label == 0)
		PG_RETURN_NULL();
	return LabelGetDatum(label);
}

static inline Datum
return_tri(FunctionCallInfo fcinfo, int value)
{
	if (value == TRI_UNKNOWN)
		PG_RETURN_NULL();
	PG_RETURN_BOOL(value == TRI_TRUE);
}

/* A pair of functions: "answer" is what is known of the argument, and RESULT what to make of it. */
#define MEANING_FUNCTION(name, source, RESULT) \
	PG_FUNCTION_INFO_V1(name); \
	Datum \
	name(PG_FUNCTION_ARGS) \
	{ \
		Answer		answer = source(PG_GETARG_STATUS_CODE(0)); \
		const StatusMeaning *meaning = answer.meaning; \
		return RESULT; \
	} \
	extern Datum name(PG_FUNCTION_ARGS)

#define MEANING_FUNCTIONS(name, RESULT) \
	MEANING_FUNCTION(name, current_answer, RESULT); \
	MEANING_FUNCTION(builtin_##name, builtin_answer, RESULT)

MEANING_FUNCTIONS(code_name, return_text(fcinfo, answer, meaning->name));
MEANING_FUNCTIONS(code_title, return_text(fcinfo, answer, meaning->title));
MEANING_FUNCTIONS(code_description, return_text(fcinfo, answer, meaning->description));
MEANING_FUNCTIONS(code_category, return_label(fcinfo, meaning->category));
MEANING_FUNCTIONS(code_action, return_label(fcinfo, meaning->action));
MEANING_FUNCTIONS(code_retry_after, return_interval(fcinfo, meaning->retry_after));
MEANING_FUNCTIONS(is_retryable, return_tri(fcinfo, meaning->retryable));
MEANING_FUNCTIONS(is_terminal, return_tri(fcinfo, meaning->terminal));
MEANING_FUNCTIONS(is_success, return_tri(fcinfo, meaning_is_success(meaning)));
MEANING_FUNCTIONS(is_error, return_tri(fcinfo, meaning_is_error(meaning)));
MEANING_FUNCTIONS(is_known_code, return_tri(fcinfo, meaning->known));
MEANING_FUNCTIONS(is_deprecated_code, return_tri(fcinfo, meaning_is_deprecated(meaning)));

/* in_category(status_code, status_category) -> boolean, has_action(status_code, status_action) -> boolean */
MEANING_FUNCTIONS(in_category,
				  return_tri(fcinfo, meaning_has_category(meaning, DatumGetLabel(PG_GETARG_DATUM(1)))));
MEANING_FUNCTIONS(has_action,
				  return_tri(fcinfo, meaning_has_action(meaning, DatumGetLabel(PG_GETARG_DATUM(1)))));
