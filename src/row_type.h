/*
 * row_type.h
 *		The row type of a function that returns rows with several columns.
 */
#ifndef PROVIDER_CODES_ROW_TYPE_H
#define PROVIDER_CODES_ROW_TYPE_H

#include "compat.h"
#include "funcapi.h"

/*
 * Returns the row type that the caller of the function expects, allocated in
 * the current memory context.  Raises an error if the caller expects no row
 * type, or if the type does not have "ncolumns" columns: the SQL definition of
 * the function may belong to another version of the extension than the
 * library.
 */
static inline TupleDesc
result_row_type(FunctionCallInfo fcinfo, int ncolumns)
{
	TupleDesc	desc;

	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("function returning record called in context that cannot accept type record")));
	if (desc->natts != ncolumns)
		elog(ERROR, "incorrect number of output arguments");
	return BlessTupleDesc(desc);
}

#endif							/* PROVIDER_CODES_ROW_TYPE_H */
