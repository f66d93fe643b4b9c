/*
 * planner_scan.c
 *		Estimates how many rows of a table a query reads without an index
 *		condition of this extension.
 *
 * The planner calls support functions before it has made any path, so the
 * indexes are considered here.  Only B-tree and hash indexes count, and only
 * conditions that compare an index column with a value by an operator or by
 * = ANY.  All else is ignored, so estimates are rather too high than too low.
 */
#include "planner_scan.h"

#include <math.h>

#include "access/stratnum.h"
#include "catalog/pg_am.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/cost.h"
#include "optimizer/optimizer.h"
#include "optimizer/paths.h"
#include "optimizer/restrictinfo.h"
#include "utils/lsyscache.h"

/* A column of an index. */
typedef struct IndexColumn
{
	IndexOptInfo *index;
	int			number;			/* counted from 0 */
} IndexColumn;

/* Returns whether the query can search an index for values of its columns. */
static bool
is_searchable(const IndexOptInfo *index)
{
	return (index->relam == BTREE_AM_OID || index->relam == HASH_AM_OID) &&
		(index->indpred == NIL || index->predOK);
}

/*
 * Returns whether an index column can be searched with an operator, for values
 * compared in this collation.
 */
static bool
can_search(IndexColumn column, Oid operator, Oid collation)
{
	Oid			index_collation = column.index->indexcollations[column.number];

	return OidIsValid(operator) &&
		op_in_opfamily(operator, column.index->opfamily[column.number]) &&
		(!OidIsValid(index_collation) || index_collation == collation);
}

/*
 * Returns what a clause compares an index column with, if the index can be
 * searched with the operator; otherwise NULL.
 */
static Node *
compared_with(IndexColumn column, Expr *clause)
{
	Oid			operator;
	Oid			collation;
	Node	   *left;
	Node	   *right;

	if (IsA(clause, ScalarArrayOpExpr))
	{
		ScalarArrayOpExpr *any = (ScalarArrayOpExpr *) clause;

		left = linitial(any->args);
		if (any->useOr &&
			can_search(column, any->opno, any->inputcollid) &&
			match_index_to_operand(left, column.number, column.index))
			return lsecond(any->args);
		return NULL;
	}
	if (!is_opclause(clause) || list_length(((OpExpr *) clause)->args) != 2)
		return NULL;
	operator = ((OpExpr *) clause)->opno;
	collation = ((OpExpr *) clause)->inputcollid;
	left = get_leftop(clause);
	right = get_rightop(clause);
	if (match_index_to_operand(left, column.number, column.index))
		return can_search(column, operator, collation) ? right : NULL;
	if (match_index_to_operand(right, column.number, column.index) &&
		can_search(column, get_commutator(operator), collation))
		return left;
	return NULL;
}

/*
 * Returns the value that an index column is searched for because of a clause,
 * or NULL.  If the clause is a join clause, other tables are in the value.
 */
static Node *
searched_value(PlannerInfo *root, IndexColumn column, RestrictInfo *rinfo)
{
	Node	   *value = compared_with(column, rinfo->clause);

	if (value == NULL ||
		!is_pseudo_constant_for_index_of(root, value, column.index) ||
		!restriction_is_securely_promotable(rinfo, column.index->rel))
		return NULL;
	return value;
}

/* Returns the conditions on the table alone that search an index column. */
static List *
find_conditions(PlannerInfo *root, IndexColumn column)
{
	List	   *result = NIL;
	ListCell   *lc;

	foreach(lc, column.index->rel->baserestrictinfo)
	{
		RestrictInfo *rinfo = lfirst_node(RestrictInfo, lc);

		if (searched_value(root, column, rinfo))
			result = lappend(result, rinfo);
	}
	return result;
}

/*
 * Returns the number of rows that the best index finds for the conditions on
 * the table alone; infinity if there is no such index.
 */
static double
rows_by_conditions(PlannerInfo *root, RelOptInfo *rel)
{
	double		fewest = HUGE_VAL;
	ListCell   *lc;

	foreach(lc, rel->indexlist)
	{
		IndexColumn column = {lfirst_node(IndexOptInfo, lc), 0};
		List	   *conditions = NIL;

		if (!is_searchable(column.index))
			continue;

		/* Columns after one without a condition do not shorten the scan. */
		for (; column.number < column.index->nkeycolumns; column.number++)
		{
			List	   *found = find_conditions(root, column);

			if (found == NIL)
				break;
			conditions = list_concat(conditions, found);
		}
		if (conditions)
			fewest = Min(fewest, rel->tuples *
						 clauselist_selectivity(root, conditions, 0,
												JOIN_INNER, NULL));
	}
	return fewest;
}

/*
 * Returns the number of rows of another table that are joined; infinity if it
 * is not known.  The planner may not have estimated it yet.
 */
static double
rows_of_other(PlannerInfo *root, RelOptInfo *other)
{
	if (other->rtekind == RTE_RELATION && other->tuples > 0)
		return Min(other->tuples, rows_by_conditions(root, other));
	return other->rows > 0 ? other->rows : HUGE_VAL;
}

/*
 * Returns the number of rows that a nested loop finds in total if it searches
 * an index column, by a join clause, for each row of the other table.  Returns
 * infinity if it cannot, or if the number is not known.
 */
static double
rows_by_join(PlannerInfo *root, IndexColumn column, RestrictInfo *rinfo)
{
	RelOptInfo *rel = column.index->rel;
	Node	   *value = searched_value(root, column, rinfo);
	Relids		others;
	int			relid;
	RelOptInfo *other;
	double		searches;

	if (value == NULL || !is_opclause(rinfo->clause))
		return HUGE_VAL;
	others = value == get_leftop(rinfo->clause) ? rinfo->left_relids :
		rinfo->right_relids;
	if (!bms_get_singleton_member(others, &relid) ||
		relid >= root->simple_rel_array_size)
		return HUGE_VAL;
	other = root->simple_rel_array[relid];
	if (other == NULL || other == rel || !IS_SIMPLE_REL(other))
		return HUGE_VAL;

	/* Infinity times an empty table would not be a number. */
	searches = rows_of_other(root, other);
	if (isinf(searches))
		return HUGE_VAL;
	return searches * rel->tuples *
		clause_selectivity(root, (Node *) rinfo, rel->relid,
						   JOIN_INNER, NULL);
}

/*
 * Callback of generate_implied_equalities_for_column(): returns whether a
 * member of an equivalence class is the index column in "arg".
 */
static bool
is_column(PlannerInfo *root, RelOptInfo *rel, EquivalenceClass *ec,
		  EquivalenceMember *em, void *arg)
{
	const IndexColumn *column = arg;

	(void) root;
	(void) rel;
	(void) ec;
	return match_index_to_operand((Node *) em->em_expr, column->number,
								  column->index);
}

/*
 * Returns the number of rows that the best index finds in a join with another
 * table; infinity if there is no such index.  Considers the first column of
 * each index only.
 */
static double
rows_by_joins(PlannerInfo *root, RelOptInfo *rel)
{
	Relids		referencers = rel->lateral_referencers;
	double		fewest = HUGE_VAL;
	ListCell   *lc;
	ListCell   *lc2;

	foreach(lc, rel->indexlist)
	{
		IndexColumn column = {lfirst_node(IndexOptInfo, lc), 0};
		List	   *equalities;

		if (!is_searchable(column.index))
			continue;
		foreach(lc2, rel->joininfo)
		{
			RestrictInfo *rinfo = lfirst_node(RestrictInfo, lc2);

			if (join_clause_is_movable_to(rinfo, rel))
				fewest = Min(fewest, rows_by_join(root, column, rinfo));
		}
		if (!rel->has_eclass_joins)
			continue;
		equalities = generate_implied_equalities_for_column(root, rel,
															is_column, &column,
															referencers);
		foreach(lc2, equalities)
			fewest = Min(fewest,
						 rows_by_join(root, column,
									  lfirst_node(RestrictInfo, lc2)));
	}
	return fewest;
}

double
planner_rows_by_index(PlannerInfo *root, RelOptInfo *rel)
{
	double		by_conditions = rows_by_conditions(root, rel);

	if (!enable_nestloop || !root->ec_merging_done)
		return by_conditions;
	return Min(by_conditions, rows_by_joins(root, rel));
}
