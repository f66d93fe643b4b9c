/*
 * answer.h
 *		What SQL functions answer with: a pair of functions for each question about a code.
 *
 * Each question has two functions.  code_category(status) and its like consult
 * the overrides and are STABLE; builtin_code_category(status) and its like
 * read the compiled-in catalog alone and are IMMUTABLE.  All are STRICT and
 * PARALLEL SAFE, and give NULL for what is not known.
 *
 * What a look-up raises (a table of overrides that is missing or was altered)
 * doesn't depend on the argument, so that a function is LEAKPROOF which raises
 * nothing else.
 */
#ifndef PROVIDER_CODES_ANSWER_H
#define PROVIDER_CODES_ANSWER_H

#include "compat.h"
#include "overrides.h"

#pragma GCC visibility push(hidden)

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
return_tri(FunctionCallInfo fcinfo, int value)
{
	if (value == TRI_UNKNOWN)
		PG_RETURN_NULL();
	PG_RETURN_BOOL(value == TRI_TRUE);
}

/*
 * A pair of functions about the status code that is their first argument:
 * "answer" is what is known of it, and RESULT what to make of that.
 */
#define ANSWER_FUNCTION(name, source, RESULT) \
	PG_FUNCTION_INFO_V1(name); \
	Datum \
	name(PG_FUNCTION_ARGS) \
	{ \
		Answer		answer = source(PG_GETARG_STATUS_CODE(0)); \
		const StatusMeaning *meaning pg_attribute_unused() = answer.meaning; \
		return RESULT; \
	} \
	extern Datum name(PG_FUNCTION_ARGS)

#define ANSWER_FUNCTIONS(name, RESULT) \
	ANSWER_FUNCTION(name, current_answer, RESULT); \
	ANSWER_FUNCTION(builtin_##name, builtin_answer, RESULT)

#pragma GCC visibility pop

#endif							/* PROVIDER_CODES_ANSWER_H */
