/*
 * compat.h
 *		Differences between the server's versions.
 *
 * The only file of this extension that asks for the server's version.
 */
#ifndef PROVIDER_CODES_COMPAT_H
#define PROVIDER_CODES_COMPAT_H

#include "postgres.h"

/* From 20 on, this has another name. */
#if PG_VERSION_NUM >= 200000
#define pg_attribute_always_inline pg_always_inline
#endif

/* The accessors of variable-length values have a header of their own from 16 on. */
#if PG_VERSION_NUM >= 160000
#include "varatt.h"
#endif

/*
 * Soft errors came with 16: there, an input function reports bad input into
 * the context it was called with, where the caller asked for that.  Before, it
 * raises it.
 */
#if PG_VERSION_NUM >= 160000
#include "nodes/miscnodes.h"
#else
#define ereturn(context, dummy_value, ...) \
	do { \
		(void) (context); \
		ereport(ERROR, __VA_ARGS__); \
	} while (0)
#endif

/*
 * From 14 on, a conversion between encodings can stop at the first character
 * that the other encoding lacks; it returns how many bytes it has converted.
 * Before, it raises an error.  Here the error is caught, and nothing counts as
 * converted.  That needs no subtransaction, since a conversion function only
 * computes.
 */
#if PG_VERSION_NUM < 140000
#include "fmgr.h"

static inline int
pg_do_encoding_conversion_buf(Oid proc, int src_encoding, int dest_encoding,
							  unsigned char *src, int srclen,
							  unsigned char *dest, int destlen, bool noError)
{
	MemoryContext context = CurrentMemoryContext;
	volatile int converted = srclen;
	FmgrInfo	function;

	Assert(noError && destlen > srclen);
	(void) destlen;
	(void) noError;
	fmgr_info(proc, &function);
	PG_TRY();
	{
		(void) FunctionCall5(&function, Int32GetDatum(src_encoding),
							 Int32GetDatum(dest_encoding), CStringGetDatum(src),
							 CStringGetDatum(dest), Int32GetDatum(srclen));
	}
	PG_CATCH();
	{
		ErrorData  *error;

		MemoryContextSwitchTo(context);
		error = CopyErrorData();
		if (error->sqlerrcode != ERRCODE_UNTRANSLATABLE_CHARACTER)
			PG_RE_THROW();
		FlushErrorState();
		FreeErrorData(error);
		converted = 0;
	}
	PG_END_TRY();
	return converted;
}
#endif

/* A scan of a whole table; table_beginscan() takes flags from 19 on. */
#if PG_VERSION_NUM >= 190000
#define table_beginscan_all(rel, snapshot) table_beginscan(rel, snapshot, 0, NULL, 0)
#else
#define table_beginscan_all(rel, snapshot) table_beginscan(rel, snapshot, 0, NULL)
#endif

/* From 18 on, the values of a generated column need not be stored. */
#if PG_VERSION_NUM >= 180000
#define is_stored(attribute) ((attribute)->attgenerated != ATTRIBUTE_GENERATED_VIRTUAL)
#else
#define is_stored(attribute) true
#endif

/* From 14 on, this takes the planner's state. */
#if PG_VERSION_NUM >= 140000
#define is_pseudo_constant_for_index_of(root, expr, index) \
	is_pseudo_constant_for_index(root, expr, index)
#else
#define is_pseudo_constant_for_index_of(root, expr, index) \
	is_pseudo_constant_for_index(expr, index)
#endif

/* May the current user call a function?  An AclResult. */
#if PG_VERSION_NUM >= 160000
#define function_aclcheck(function) \
	object_aclcheck(ProcedureRelationId, function, GetUserId(), ACL_EXECUTE)
#else
#define function_aclcheck(function) pg_proc_aclcheck(function, GetUserId(), ACL_EXECUTE)
#endif

/*
 * May an index condition that a support function derives be column = ANY
 * (array), for a column at this place in the index, counted from 0?  Before
 * 17, a B-tree returns rows out of order where such a condition is on a column
 * behind the first, and build_index_paths() knows of it only where the clause
 * is written so.
 */
#if PG_VERSION_NUM >= 170000
#define DERIVED_ARRAY_KEEPS_ORDER(indexcol) true
#else
#define DERIVED_ARRAY_KEEPS_ORDER(indexcol) ((indexcol) == 0)
#endif

/* From 18 on, a library can say its name and version. */
#if PG_VERSION_NUM >= 180000
#define PROVIDER_CODES_MAGIC \
	PG_MODULE_MAGIC_EXT(.name = "provider_codes", .version = PROVIDER_CODES_VERSION)
#else
#define PROVIDER_CODES_MAGIC PG_MODULE_MAGIC
#endif

#endif							/* PROVIDER_CODES_COMPAT_H */
