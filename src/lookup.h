/*
 * lookup.h
 *		Looks up the meaning of a status code, and defines SQL functions that
 *		return parts of it.
 *
 * Functions about a code come in pairs.  Functions such as
 * code_category(status) consult the overrides and are STABLE.  Their twins,
 * such as builtin_code_category(status), read the compiled-in catalog only and
 * are IMMUTABLE.  All are STRICT and PARALLEL SAFE, and return NULL if the
 * result is not known.
 *
 * Errors raised by a lookup do not depend on the argument (the table of
 * overrides does not exist, or was altered), so functions that raise no other
 * errors can be LEAKPROOF.
 */
#ifndef PROVIDER_CODES_LOOKUP_H
#define PROVIDER_CODES_LOOKUP_H

#include "compat.h"
#include "overrides.h"

/* The source of meanings. */
typedef enum MeaningSource
{
	SOURCE_CURRENT,				/* the overrides, then the catalog */
	SOURCE_BUILTIN				/* the catalog alone */
} MeaningSource;

/*
 * Returns the meaning of a value; never NULL.  With SOURCE_CURRENT, the result
 * and what it points to are valid only until the next lookup, unless
 * catalog_has_meaning() returns true for the result.
 *
 * Forced inline, because a function call would cost as much as the lookup.
 */
static pg_attribute_always_inline const StatusMeaning *
lookup_meaning(const StatusCode *code, MeaningSource source)
{
	int			provider_id = 0;
	int			code_id = 0;
	bool		compact;

	compact = status_code_get_compact(code, &provider_id, &code_id);
	if (source == SOURCE_CURRENT)
	{
		const StatusMeaning *meaning;

		meaning = overrides_find(code, compact, provider_id, code_id);
		if (meaning)
			return meaning;
	}
	if (likely(compact))
		return catalog_meaning_at(provider_id, code_id);
	return catalog_find_meaning(VARDATA_ANY(code), VARSIZE_ANY_EXHDR(code));
}

/*
 * Returns a text of a meaning as the result of a function; NULL if "value" is
 * NULL.  A text of the catalog is returned in place, in read-only memory,
 * because callers do not write to the result of a function.  Any other text is
 * copied.
 */
static inline Datum
return_text(FunctionCallInfo fcinfo, const StatusMeaning *meaning,
			const text *value)
{
	text	   *copy;

	if (value == NULL)
		PG_RETURN_NULL();
	if (catalog_has_meaning(meaning))
		return PointerGetDatum(value);
	copy = palloc(VARSIZE_ANY(value));
	memcpy(copy, value, VARSIZE_ANY(value));
	PG_RETURN_TEXT_P(copy);
}

/* Returns TRI_... as the result of a function. */
static inline Datum
return_tri(FunctionCallInfo fcinfo, int value)
{
	if (value == TRI_UNKNOWN)
		PG_RETURN_NULL();
	PG_RETURN_BOOL(value == TRI_TRUE);
}

/*
 * Defines the C function provider_codes_NAME of an SQL function whose first
 * argument is a status code.  "result" is called with the FunctionCallInfo and
 * the meaning of the code, and returns the result of the function.
 */
#define LOOKUP_FUNCTION(name, source, result) \
	PG_FUNCTION_INFO_V1(provider_codes_##name); \
	Datum \
	provider_codes_##name(PG_FUNCTION_ARGS) \
	{ \
		return result(fcinfo, \
					  lookup_meaning(PG_GETARG_STATUS_CODE(0), source)); \
	} \
	extern Datum provider_codes_##name(PG_FUNCTION_ARGS)

/* Defines the functions NAME and builtin_NAME. */
#define LOOKUP_FUNCTIONS(name, result) \
	LOOKUP_FUNCTION(name, SOURCE_CURRENT, result); \
	LOOKUP_FUNCTION(builtin_##name, SOURCE_BUILTIN, result)

#endif							/* PROVIDER_CODES_LOOKUP_H */
