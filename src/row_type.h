/*
 * row_type.h
 *		The row type of a function that returns rows of several columns.
 */
#ifndef PROVIDER_CODES_ROW_TYPE_H
#define PROVIDER_CODES_ROW_TYPE_H

#include "compat.h"
#include "funcapi.h"

/*
 * Returns the type of the rows that the caller of a function expects, in the
 * current memory context.  Raises an error if it does not have so many columns,
 * which is so where the extension was not updated along with the library.
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
