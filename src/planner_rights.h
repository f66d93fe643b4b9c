/*
 * planner_rights.h
 *		Checks whether a plan may call one function in place of another.
 *
 * A rewritten query must need the same privileges as the query as written,
 * have the same volatility, and be allowed to run in the same processes.  So
 * the checks apply to each function that a rewriting adds or removes.
 *
 * The checks make the plan that is being made depend on the function: the plan
 * is made again if the function's privileges change and, if not everybody may
 * execute the function, if another user runs it.  An expression that is
 * planned without a query has no PlannerInfo, and so cannot depend on the
 * user.  There, only functions that everybody may execute can replace others.
 */
#ifndef PROVIDER_CODES_PLANNER_RIGHTS_H
#define PROVIDER_CODES_PLANNER_RIGHTS_H

#include "compat.h"
#include "nodes/pathnodes.h"

#pragma GCC visibility push(hidden)

/*
 * Returns whether the current user may execute a function.  "root" is NULL for
 * an expression that is planned without a query.
 */
extern bool planner_may_execute(PlannerInfo *root, Oid function);

/*
 * Returns whether a plan may call a function in place of "written", the
 * function in the query: the user may execute it, it is not volatile, and it
 * is not less parallel-safe.
 */
extern bool planner_may_call(PlannerInfo *root, Oid function, Oid written);

/*
 * Does the same for an operator that an index is searched with; returns false
 * for InvalidOid.  An index search compares rows that a row-level security
 * policy hides, so the operator must be LEAKPROOF if "written" is.
 */
extern bool planner_may_search(PlannerInfo *root, Oid operator, Oid written);

#pragma GCC visibility pop

#endif							/* PROVIDER_CODES_PLANNER_RIGHTS_H */
