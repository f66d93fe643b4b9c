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

#pragma GCC visibility push(hidden)

/*
 * Returns the meaning of a value; never NULL.  With SOURCE_CURRENT, the result
 * and what it points to are valid only until the next lookup, unless
 * catalog_has_meaning() returns true for the result.
 */
extern const StatusMeaning *lookup_meaning(const StatusCode *code,
										   MeaningSource source);

/*
 * The part of lookup_argument() that is not inline: does the same as
 * lookup_meaning() for a value that need not be detoasted.  With
 * SOURCE_CURRENT, the caller has called overrides_make_current().
 */
extern const StatusMeaning *lookup_datum(Datum value, MeaningSource source);

#pragma GCC visibility pop

/*
 * Does the same as lookup_meaning() for the first argument of a function.
 *
 * Forced inline, because a function call would cost as much as the lookup.
 * The snapshot is checked first, so that nothing else of the lookup has to be
 * kept across the calls into the server.
 */
static pg_attribute_always_inline const StatusMeaning *
lookup_argument(FunctionCallInfo fcinfo, MeaningSource source)
{
	const StatusCode *code;
	int			provider_id;
	int			code_id;

	if (source == SOURCE_CURRENT)
		overrides_make_current();
	code = (const StatusCode *) PG_GETARG_POINTER(0);
	if (unlikely(!status_code_is_short_compact(code)))
		return lookup_datum(PG_GETARG_DATUM(0), source);
	status_code_read_compact(VARDATA_1B(code), &provider_id, &code_id);
	if (source == SOURCE_CURRENT && overrides_state.any)
	{
		const StatusMeaning *meaning;

		if (!overrides_recall(provider_id, code_id, &meaning))
			return lookup_datum(PG_GETARG_DATUM(0), source);
		if (meaning)
			return meaning;
	}
	return catalog_meaning_at(provider_id, code_id);
}

/* Returns a palloc'd copy of a text. */
static inline const text *
copy_text(const text *value)
{
	Size		size = VARSIZE_ANY(value);

	return memcpy(palloc(size), value, size);
}

/*
 * Returns a text of a meaning as the result of a function; NULL if "value" is
 * null.  A text of the catalog is returned in place, in read-only memory,
 * because callers do not write to the result of a function.  Any other text is
 * copied.
 */
static inline Datum
return_text(FunctionCallInfo fcinfo, TextRef value)
{
	if (REF_IS_NULL(value))
		PG_RETURN_NULL();
	if (REF_IS_CONSTANT(value))
		return PointerGetDatum(REF_GET(value));
	return PointerGetDatum(copy_text(REF_GET(value)));
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
		return result(fcinfo, lookup_argument(fcinfo, source)); \
	} \
	extern Datum provider_codes_##name(PG_FUNCTION_ARGS)

/* Defines the functions NAME and builtin_NAME. */
#define LOOKUP_FUNCTIONS(name, result) \
	LOOKUP_FUNCTION(name, SOURCE_CURRENT, result); \
	LOOKUP_FUNCTION(builtin_##name, SOURCE_BUILTIN, result)

#endif							/* PROVIDER_CODES_LOOKUP_H */
