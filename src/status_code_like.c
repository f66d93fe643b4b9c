/*
 * status_code_like.c
 *		LIKE and ILIKE of a status code and a pattern.
 *
 * The patterns are the server's, matched by its own functions.  The collation
 * is always "C": a status code is ASCII, and nothing about it depends on a
 * collation.
 *
 * None is LEAKPROOF: whether a malformed pattern raises an error depends on
 * how far a value matches it.
 */
#include "status_code.h"

#include "catalog/pg_collation.h"
#include "utils/fmgrprotos.h"
#include "utils/selfuncs.h"

PG_FUNCTION_INFO_V1(status_code_like);
PG_FUNCTION_INFO_V1(status_code_nlike);
PG_FUNCTION_INFO_V1(status_code_iclike);
PG_FUNCTION_INFO_V1(status_code_icnlike);
PG_FUNCTION_INFO_V1(status_code_nlikesel);

/* Does a function of the server's, of a text and a pattern, say so of the value's text form? */
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
	const char *text = status_code_text(PG_GETARG_STATUS_CODE(0), buffer, &len);

	SET_VARSIZE(value.data, VARHDRSZ + len);
	memcpy(value.data + VARHDRSZ, text, len);
	return DatumGetBool(DirectFunctionCall2Coll(function, C_COLLATION_OID,
												PointerGetDatum(value.data), PG_GETARG_DATUM(1)));
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
 * The estimate for !~~ and !~~*: what the server's matchingsel() does for ~~,
 * with the opposite default for a pattern that is not known yet.
 */
Datum
status_code_nlikesel(PG_FUNCTION_ARGS)
{
	PlannerInfo *root = (PlannerInfo *) PG_GETARG_POINTER(0);
	Oid			operator = PG_GETARG_OID(1);
	List	   *args = (List *) PG_GETARG_POINTER(2);
	int			varRelid = PG_GETARG_INT32(3);

	PG_RETURN_FLOAT8(generic_restriction_selectivity(root, operator, PG_GET_COLLATION(), args,
													 varRelid, 1.0 - DEFAULT_MATCHING_SEL));
}
