/*
 * planner_rights.h
 *		Whether a plan may call one function in the place of another one.
 *
 * A rewritten query must need the same rights as the query that was written, be
 * as volatile, and run in the same places.  So this is asked of each function
 * that a rewriting adds, and of each that it takes away.
 *
 * The plan that is being made comes to depend on the function: it is made anew
 * when the function's rights change and, where not everybody may call it, when
 * another user runs it.  An expression that is planned alone, for which there
 * is no PlannerInfo, cannot depend on who runs it: in it, only functions that
 * everybody may call take the place of others.
 */
#ifndef PROVIDER_CODES_PLANNER_RIGHTS_H
#define PROVIDER_CODES_PLANNER_RIGHTS_H

#include "compat.h"
#include "nodes/pathnodes.h"

#pragma GCC visibility push(hidden)

/* Returns whether the current user may execute a function. */
extern bool planner_may_execute(PlannerInfo *root, Oid function);

/*
 * Returns whether a plan may call a function where the query has "written": the
 * user may execute it, and it is not volatile and no less parallel-safe.
 */
extern bool planner_may_call(PlannerInfo *root, Oid function, Oid written);

/*
 * The same for an operator that an index is searched by, which may be
 * InvalidOid.  It sees rows that a policy hides, so it must be LEAKPROOF where
 * "written" is.
 */
extern bool planner_may_search(PlannerInfo *root, Oid operator, Oid written);

#pragma GCC visibility pop

#endif							/* PROVIDER_CODES_PLANNER_RIGHTS_H */
