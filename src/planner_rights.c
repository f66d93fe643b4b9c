/*
 * planner_rights.c
 *		Checks whether a plan may call one function in place of another.
 */
#include "planner_rights.h"

#include "access/htup_details.h"
#include "catalog/pg_proc.h"
#include "miscadmin.h"
#include "nodes/plannodes.h"
#include "utils/acl.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

/*
 * Makes the plan depend on a function, which the plan may not contain.
 *
 * record_plan_function_dependency() does not do this for the server's own
 * functions, such as textcat().
 */
static void
depend_on_function(PlannerGlobal *glob, Oid function)
{
	uint32		hash = GetSysCacheHashValue1(PROCOID,
											 ObjectIdGetDatum(function));
	PlanInvalItem *item;
	ListCell   *lc;

	foreach(lc, glob->invalItems)
	{
		item = lfirst_node(PlanInvalItem, lc);
		if (item->cacheId == PROCOID && item->hashValue == hash)
			return;
	}

	item = makeNode(PlanInvalItem);
	item->cacheId = PROCOID;
	item->hashValue = hash;
	glob->invalItems = lappend(glob->invalItems, item);
}

bool
planner_may_execute(PlannerInfo *root, Oid function)
{
	HeapTuple	tuple = SearchSysCache1(PROCOID, ObjectIdGetDatum(function));
	bool		everybody;

	if (!HeapTupleIsValid(tuple))
		return false;
	everybody = heap_attisnull(tuple, Anum_pg_proc_proacl, NULL);
	ReleaseSysCache(tuple);
	/* A GRANT after a REVOKE leaves an entry for PUBLIC. */
	everybody = everybody ||
		function_aclcheck(function, ACL_ID_PUBLIC) == ACLCHECK_OK;

	if (root == NULL)
		return everybody;
	depend_on_function(root->glob, function);
	if (everybody)
		return true;
	root->glob->dependsOnRole = true;
	return function_aclcheck(function, GetUserId()) == ACLCHECK_OK;
}

bool
planner_may_call(PlannerInfo *root, Oid function, Oid written)
{
	char		parallel = func_parallel(function);

	return planner_may_execute(root, function) &&
		func_volatile(function) != PROVOLATILE_VOLATILE &&
		(parallel == PROPARALLEL_SAFE || parallel == func_parallel(written));
}

bool
planner_may_search(PlannerInfo *root, Oid operator, Oid written)
{
	Oid			function;

	if (!OidIsValid(operator))
		return false;
	function = get_opcode(operator);
	return planner_may_call(root, function, written) &&
		(get_func_leakproof(function) || !get_func_leakproof(written));
}
