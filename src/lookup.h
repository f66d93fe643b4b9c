/*
 * lookup.h
 *		The meaning of a status code, and the SQL functions that return parts of it.
 *
 * Functions about a code come in pairs.  code_category(status) and its like
 * consult the overrides and are STABLE; builtin_code_category(status) and its
 * like read the compiled-in catalog alone and are IMMUTABLE.  All are STRICT
 * and PARALLEL SAFE, and return NULL for what is not known.
 *
 * Errors that a lookup raises (the table of overrides is missing or was
 * altered) do not depend on the argument, so that functions which raise no
 * other errors can be LEAKPROOF.
 */
#ifndef PROVIDER_CODES_LOOKUP_H
#define PROVIDER_CODES_LOOKUP_H

#include "compat.h"
#include "overrides.h"

/* Where meanings come from. */
typedef enum MeaningSource
{
	SOURCE_CURRENT,				/* the overrides, then the catalog */
	SOURCE_BUILTIN				/* the catalog alone */
} MeaningSource;

/*
 * Returns what a value means, never NULL.  With SOURCE_CURRENT, the result and
 * what it points to may be gone after the next lookup, unless
 * catalog_has_meaning() says that they are the catalog's.
 *
 * Forced inline: a call would cost as much as what it does.
 */
static pg_attribute_always_inline const StatusMeaning *
lookup_meaning(const StatusCode *code, MeaningSource source)
{
	int			provider_id = 0;
	int			code_id = 0;
	bool		compact = status_code_get_compact(code, &provider_id, &code_id);

	if (source == SOURCE_CURRENT)
	{
		const StatusMeaning *meaning = overrides_find(code, compact, provider_id, code_id);

		if (meaning)
			return meaning;
	}
	if (likely(compact))
		return catalog_meaning_at(provider_id, code_id);
	return catalog_find_meaning(VARDATA_ANY(code), VARSIZE_ANY_EXHDR(code));
}

/*
 * Returns a text of a meaning as a function's result.  Texts of the catalog are
 * returned where they lie, in read-only memory: nothing may write to a
 * function's result.
 */
static inline Datum
return_text(FunctionCallInfo fcinfo, const StatusMeaning *meaning, const text *value)
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

/* Returns TRI_... as a function's result. */
static inline Datum
return_tri(FunctionCallInfo fcinfo, int value)
{
	if (value == TRI_UNKNOWN)
		PG_RETURN_NULL();
	PG_RETURN_BOOL(value == TRI_TRUE);
}

/*
 * Defines an SQL function whose first argument is a status code.  "result" is
 * called with the FunctionCallInfo and the code's meaning, and returns the
 * function's result.
 */
#define LOOKUP_FUNCTION(name, source, result) \
	PG_FUNCTION_INFO_V1(provider_codes_##name); \
	Datum \
	provider_codes_##name(PG_FUNCTION_ARGS) \
	{ \
		return result(fcinfo, lookup_meaning(PG_GETARG_STATUS_CODE(0), source)); \
	} \
	extern Datum provider_codes_##name(PG_FUNCTION_ARGS)

/* Defines the function with this name, and its builtin_ twin. */
#define LOOKUP_FUNCTIONS(name, result) \
	LOOKUP_FUNCTION(name, SOURCE_CURRENT, result); \
	LOOKUP_FUNCTION(builtin_##name, SOURCE_BUILTIN, result)

#endif							/* PROVIDER_CODES_LOOKUP_H */
