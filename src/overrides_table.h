/*
 * overrides_table.h
 *		Finds, checks and reads the table status_code_overrides.
 *
 * Remembered here is only where the table, its columns and its index are.
 * overrides.c keeps the rows.
 */
#ifndef PROVIDER_CODES_OVERRIDES_TABLE_H
#define PROVIDER_CODES_OVERRIDES_TABLE_H

#include "status_code.h"
#include "utils/relcache.h"
#include "utils/snapshot.h"

#pragma GCC visibility push(hidden)

/* A row of the table. */
typedef struct OverrideRow
{
	struct OverrideRow *next;	/* NULL at the end of a list */
	const StatusCode *code;
	StatusMeaning given;		/* the attributes that the row gives */
	const text *catalog_version;	/* NULL also if the column is missing */
} OverrideRow;

/*
 * Opens the table and takes an AccessShareLock on it, which the caller keeps
 * to the end of the transaction, as a query does.  Raises 42P01 if the table
 * does not exist, and 55000 if it is no longer what the extension created.
 */
extern Relation overrides_table_open(void);

/*
 * Returns whether the open table has an index that
 * overrides_table_find_row() can use.
 */
extern bool overrides_table_has_index(Relation table);

/*
 * Returns all rows that a snapshot sees, as a list in no particular order;
 * NULL if there are none.  The rows are allocated in the given context.
 */
extern OverrideRow *overrides_table_read(Relation table, Snapshot snapshot,
										 MemoryContext context);

/*
 * Returns the row of a value that a snapshot sees, allocated in the given
 * context, or NULL if there is none.  The caller has opened the table in this
 * transaction and found that it has an index.
 */
extern OverrideRow *overrides_table_find_row(const StatusCode *code,
											 Snapshot snapshot,
											 MemoryContext context);

/*
 * Takes note of a relcache invalidation; InvalidOid stands for all relations.
 * Returns whether it concerns the table.  Accesses no catalog, so that a
 * relcache callback may call it at any time.
 */
extern bool overrides_table_invalidate(Oid relid);

/*
 * Returns whether the table may have changed since it was last opened, except
 * for its rows.
 */
extern bool overrides_table_is_invalid(void);

#pragma GCC visibility pop

#endif							/* PROVIDER_CODES_OVERRIDES_TABLE_H */
