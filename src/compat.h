/*
 * compat.h
 *		Differences between PostgreSQL versions.
 *
 * This is the only file of the extension that tests PG_VERSION_NUM.  Every
 * other file includes it first, directly or through a header.
 *
 * Headers hide what they declare with "#pragma GCC visibility": before
 * PostgreSQL 16, the server builds modules with default visibility, and all
 * functions of this library that are not static would be exported.  SQL
 * functions are exported in every version, because PG_FUNCTION_INFO_V1()
 * declares them PGDLLEXPORT.
 */
#ifndef PROVIDER_CODES_COMPAT_H
#define PROVIDER_CODES_COMPAT_H

#include "postgres.h"

/* PostgreSQL 20 renames this attribute. */
#if PG_VERSION_NUM >= 200000
#define pg_attribute_always_inline pg_always_inline
#endif

/* Since 16, the accessors of varlena values have a header of their own. */
#if PG_VERSION_NUM >= 160000
#include "varatt.h"
#endif

/*
 * Since 16, an input function saves an error in the context that it was called
 * with if the caller asks for this (a "soft" error).  Before, ereturn() raises
 * the error.
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
 * Since 14, an encoding conversion can stop at the first character that the
 * destination encoding lacks, and returns the number of bytes that it has
 * converted.  Before, it raises an error.  This version catches that error and
 * returns 0.  It needs no subtransaction, because a conversion function only
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
		(void) FunctionCall5(&function,
							 Int32GetDatum(src_encoding),
							 Int32GetDatum(dest_encoding),
							 CStringGetDatum(src),
							 CStringGetDatum(dest),
							 Int32GetDatum(srclen));
	}
	PG_CATCH();
	{
		ErrorData  *edata;

		MemoryContextSwitchTo(context);
		edata = CopyErrorData();
		if (edata->sqlerrcode != ERRCODE_UNTRANSLATABLE_CHARACTER)
			PG_RE_THROW();
		FlushErrorState();
		FreeErrorData(edata);
		converted = 0;
	}
	PG_END_TRY();
	return converted;
}
#endif

/* Begins a scan of a whole table.  Since 19, table_beginscan() takes flags. */
#if PG_VERSION_NUM >= 190000
#define table_beginscan_all(rel, snapshot) \
	table_beginscan(rel, snapshot, 0, NULL, 0)
#else
#define table_beginscan_all(rel, snapshot) \
	table_beginscan(rel, snapshot, 0, NULL)
#endif

/*
 * Tells whether the values of an attribute are stored in the table.  Since 18,
 * a generated column can be virtual.
 */
#if PG_VERSION_NUM >= 180000
#define is_stored(attribute) \
	((attribute)->attgenerated != ATTRIBUTE_GENERATED_VIRTUAL)
#else
#define is_stored(attribute) true
#endif

/* Since 14, is_pseudo_constant_for_index() takes the PlannerInfo. */
#if PG_VERSION_NUM >= 140000
#define is_pseudo_constant_for_index_of(root, expr, index) \
	is_pseudo_constant_for_index(root, expr, index)
#else
#define is_pseudo_constant_for_index_of(root, expr, index) \
	((void) (root), is_pseudo_constant_for_index(expr, index))
#endif

/* Checks whether a role, or ACL_ID_PUBLIC, may execute a function: an AclResult. */
#if PG_VERSION_NUM >= 160000
#define function_aclcheck(function, role) \
	object_aclcheck(ProcedureRelationId, function, role, ACL_EXECUTE)
#else
#define function_aclcheck(function, role) \
	pg_proc_aclcheck(function, role, ACL_EXECUTE)
#endif

/*
 * Tells whether a support function may derive the index condition column = ANY
 * (array) for the index column "indexcol", counted from 0.  Before 17, a
 * B-tree scan with such a condition on a column after the first does not
 * return rows in index order, and build_index_paths() takes account of this
 * only if the query itself contains the ScalarArrayOpExpr.
 */
#if PG_VERSION_NUM >= 170000
#define DERIVED_ARRAY_KEEPS_ORDER(indexcol) true
#else
#define DERIVED_ARRAY_KEEPS_ORDER(indexcol) ((indexcol) == 0)
#endif

/*
 * Tells whether a B-tree scan with several conditions column = ANY (array) on
 * one column searches only for the values that all of the arrays contain.
 * Before 17, it tries each combination of a value from each array: a billion
 * combinations for three arrays of a thousand values.
 */
#if PG_VERSION_NUM >= 170000
#define DERIVED_ARRAYS_ARE_MERGED true
#else
#define DERIVED_ARRAYS_ARE_MERGED false
#endif

/* Since 18, the magic block can contain the library's name and version. */
#if PG_VERSION_NUM >= 180000
#define PROVIDER_CODES_MAGIC \
	PG_MODULE_MAGIC_EXT(.name = "provider_codes", \
						.version = PROVIDER_CODES_VERSION)
#else
#define PROVIDER_CODES_MAGIC PG_MODULE_MAGIC
#endif

#endif							/* PROVIDER_CODES_COMPAT_H */
