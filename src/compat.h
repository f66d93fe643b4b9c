/*
 * compat.h
 *		Differences between the server's versions.
 *
 * The only file of this extension that asks for the server's version.
 */
#ifndef PROVIDER_CODES_COMPAT_H
#define PROVIDER_CODES_COMPAT_H

#include "postgres.h"

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

/* From 18 on, a library can say its name and version. */
#if PG_VERSION_NUM >= 180000
#define PROVIDER_CODES_MAGIC \
	PG_MODULE_MAGIC_EXT(.name = "provider_codes", .version = PROVIDER_CODES_VERSION)
#else
#define PROVIDER_CODES_MAGIC PG_MODULE_MAGIC
#endif

#endif							/* PROVIDER_CODES_COMPAT_H */
