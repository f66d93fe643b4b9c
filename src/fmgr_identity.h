/*
 * fmgr_identity.h
 *		Identifies SQL functions and types by their C functions.
 *
 * An SQL name can be changed or imitated, and OIDs differ between databases;
 * the address of a C function of this library can be neither.
 */
#ifndef PROVIDER_CODES_FMGR_IDENTITY_H
#define PROVIDER_CODES_FMGR_IDENTITY_H

#include "compat.h"
#include "fmgr.h"
#include "utils/lsyscache.h"

/* Functions of this library, declared for their addresses. */
extern PGDLLEXPORT Datum status_code_in(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum status_code_eq(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum status_code_cmp(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum status_category_in(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum status_action_in(PG_FUNCTION_ARGS);

/*
 * Returns the C function that implements an SQL function; raises an error if
 * the SQL function does not exist.
 */
static inline PGFunction
c_function(Oid function)
{
	FmgrInfo	info;

	fmgr_info(function, &info);
	return info.fn_addr;
}

/*
 * Returns whether a type has this input function; raises an error if the type
 * does not exist.  Returns false for a domain over such a type.
 */
static inline bool
has_input(Oid type, PGFunction input)
{
	Oid			function;
	Oid			parameter;

	getTypeInputInfo(type, &function, &parameter);
	return c_function(function) == input;
}

#endif							/* PROVIDER_CODES_FMGR_IDENTITY_H */
