/*
 * planner_scan.h
 *		Estimates how many rows of a table a query reads without an index
 *		condition of this extension.
 */
#ifndef PROVIDER_CODES_PLANNER_SCAN_H
#define PROVIDER_CODES_PLANNER_SCAN_H

#include "compat.h"

#include "nodes/pathnodes.h"

#pragma GCC visibility push(hidden)

/*
 * Returns an estimate of the number of rows of a table that the query finds by
 * the best of the table's indexes: by conditions on the table alone, such as
 * id = 5, or by a join with a few rows of another table.  Returns infinity if
 * there is no such index.
 *
 * "rel" is a table of the query or a partition.  Can be called from when the
 * planner has collected the tables of the query; considers joins only after
 * it has merged the equivalence classes.
 */
extern double planner_rows_by_index(PlannerInfo *root, RelOptInfo *rel);

#pragma GCC visibility pop

#endif							/* PROVIDER_CODES_PLANNER_SCAN_H */
