/*
 * status_code_like.c
 *		LIKE and ILIKE between a status code and a pattern.
 *
 * The server's functions for text match the pattern.  The collation is always
 * "C", because a status code is ASCII and does not depend on collation.
 *
 * The functions are not LEAKPROOF: whether a malformed pattern raises an error
 * depends on how much of the pattern the value matches.
 */
#include "status_code.h"

#include "catalog/pg_collation.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/selfuncs.h"

PG_FUNCTION_INFO_V1(status_code_like);
PG_FUNCTION_INFO_V1(status_code_nlike);
PG_FUNCTION_INFO_V1(status_code_iclike);
PG_FUNCTION_INFO_V1(status_code_icnlike);
PG_FUNCTION_INFO_V1(status_code_nlikesel);

/* A longer pattern is shortened before it is matched. */
#define LONG_PATTERN 1024

/*
 * Returns a short pattern, palloc'd, that matches the same status codes as a
 * long one.  The server would read all of the long one, and ILIKE even copy
 * it, for each value, and could not be cancelled meanwhile.
 *
 * Adjacent "%" are the same as one.  Each other element matches one character
 * or, as a byte that is not ASCII, none.  So a pattern with more elements than
 * STATUS_CODE_MAX_LENGTH matches no status code, and no value gets as far as
 * the error for a pattern that ends with an escape there.  One element beyond
 * that length is kept, so that the short pattern does not match either.
 */
static text *
shorten_pattern(const text *pattern)
{
	const char *p = VARDATA_ANY(pattern);
	const char *end = p + VARSIZE_ANY_EXHDR(pattern);
	bool		after_percent = false;
	int			elements = 0;
	char		result[3 * (STATUS_CODE_MAX_LENGTH + 1)];
	int			len = 0;

	while (p < end && elements <= STATUS_CODE_MAX_LENGTH)
	{
		bool		percent = *p == '%';

		CHECK_FOR_INTERRUPTS();
		if (percent && after_percent)
		{
			p++;
			continue;
		}
		if (*p == '\\' && p + 1 < end)
			result[len++] = *p++;
		result[len++] = *p++;
		elements += !percent;
		after_percent = percent;
	}
	return cstring_to_text_with_len(result, len);
}

/*
 * Returns whether the text form of the first argument matches the pattern in
 * the second one, by a function of the server for a text and a pattern.
 */
static bool
matches(FunctionCallInfo fcinfo, PGFunction function)
{
	union
	{
		char		header[VARHDRSZ];
		int32		align;
		char		data[VARHDRSZ + STATUS_CODE_MAX_LENGTH];
	}			value;
	char		buffer[STATUS_CODE_MAX_LENGTH];
	int			len;
	const char *str = status_code_text(PG_GETARG_STATUS_CODE(0), buffer, &len);
	text	   *pattern = PG_GETARG_TEXT_PP(1);

	SET_VARSIZE(value.data, VARHDRSZ + len);
	memcpy(value.data + VARHDRSZ, str, len);
	if (VARSIZE_ANY_EXHDR(pattern) > LONG_PATTERN)
		pattern = shorten_pattern(pattern);
	return DatumGetBool(DirectFunctionCall2Coll(function, C_COLLATION_OID,
												PointerGetDatum(value.data),
												PointerGetDatum(pattern)));
}

/* status_code_like(status_code, text) -> boolean: ~~ */
Datum
status_code_like(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(matches(fcinfo, textlike));
}

/* status_code_nlike(status_code, text) -> boolean: !~~ */
Datum
status_code_nlike(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(!matches(fcinfo, textlike));
}

/* status_code_iclike(status_code, text) -> boolean: ~~* */
Datum
status_code_iclike(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(matches(fcinfo, texticlike));
}

/* status_code_icnlike(status_code, text) -> boolean: !~~* */
Datum
status_code_icnlike(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(!matches(fcinfo, texticlike));
}

/*
 * status_code_nlikesel(internal, oid, internal, integer) -> float8
 *
 * The selectivity of !~~ and !~~*.  It differs from the server's
 * matchingsel(), the estimator of ~~ and ~~*, in the default for an unknown
 * pattern.
 */
Datum
status_code_nlikesel(PG_FUNCTION_ARGS)
{
	PlannerInfo *root = (PlannerInfo *) PG_GETARG_POINTER(0);
	Oid			operator = PG_GETARG_OID(1);
	List	   *args = (List *) PG_GETARG_POINTER(2);
	int			varRelid = PG_GETARG_INT32(3);
	double		unknown = 1.0 - DEFAULT_MATCHING_SEL;

	PG_RETURN_FLOAT8(generic_restriction_selectivity(root, operator,
													 PG_GET_COLLATION(),
													 args, varRelid, unknown));
}
