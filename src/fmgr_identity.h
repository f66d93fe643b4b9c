/*
 * fmgr_identity.h
 *		Recognizes functions and types by the C functions behind them.
 *
 * Names can be changed and imitated, and OIDs differ from database to
 * database.
 */
#ifndef PROVIDER_CODES_FMGR_IDENTITY_H
#define PROVIDER_CODES_FMGR_IDENTITY_H

#include "compat.h"
#include "fmgr.h"
#include "utils/lsyscache.h"

/* Of this library; declared here for their addresses. */
extern PGDLLEXPORT Datum status_code_in(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum status_code_eq(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum status_code_cmp(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum status_category_in(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum status_action_in(PG_FUNCTION_ARGS);

/* The C function behind a function that exists. */
static inline PGFunction
c_function(Oid function)
{
	FmgrInfo	info;

	fmgr_info(function, &info);
	return info.fn_addr;
}

/* Is a type that exists the one with this input function?  A domain is not. */
static inline bool
has_input(Oid type, PGFunction input)
{
	Oid			function;
	Oid			parameter;

	getTypeInputInfo(type, &function, &parameter);
	return c_function(function) == input;
}

#endif							/* PROVIDER_CODES_FMGR_IDENTITY_H */
