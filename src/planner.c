/*
 * planner.c
 *		Planner support for the predicates over status codes.
 *
 * The SQL functions carry support functions, which tell the planner three
 * things:
 *
 * - A predicate that is true for finitely many values, is_retryable(status),
 *   is the index condition status = ANY (codes_where('is_retryable')).  The
 *   array is a call of a STABLE function and not a constant: the executor
 *   evaluates it at the start of each scan under the scan's own snapshot, and
 *   so a plan stays right when the overrides change.  The planner evaluates it
 *   for its estimates alone.  from_provider(status, 'basiq') is a range.  A
 *   condition is made only if it can pay: see search_pays() and
 *   reading_overrides_pays().
 *
 * - The selectivity of a predicate: the sum over the column's most common
 *   values, and an estimate for the others.
 *
 * - code_category(status) = 'mfa' is in_category(status, 'mfa'), and likewise
 *   for <> and for actions, so that the first two apply to it.
 *
 * Functions and types are identified by their C functions: see
 * fmgr_identity.h.
 *
 * The planner derives properties of a scan from the clause as written, so the
 * derived condition must have the same properties:
 *
 * - Order.  Before 17, build_index_paths() considers an index scan ordered
 *   unless a clause is written as = ANY on a column after the first.  There,
 *   DERIVED_ARRAY_KEEPS_ORDER limits sets to the first column.  A B-tree scan
 *   returns the values of that column in index order, forwards and backwards,
 *   and from 17 on those of any column.  A range keeps the order on every
 *   column.
 * - The relations that it needs, for parameterized paths, and the columns, for
 *   index-only scans: the condition is on the same column and has the same
 *   argument.
 * - Cost.  Before 17, several arrays on one column multiply, so there is only
 *   one for the restrictions of a table: see DERIVED_ARRAYS_ARE_MERGED.
 * - Exactness: a scan that is not marked lossy does not recheck the clause.  A
 *   set contains exactly the values for which the predicate is true;
 *   range_condition() says when a range does.
 * - LEAKPROOF, volatility and parallel safety, all of which ALTER FUNCTION can
 *   change: see planner_rights.h.
 * - Privileges: see planner_rights.h.
 *
 * The planner derives nothing else from the clause.  A call of a boolean
 * function proves no uniqueness, is no merge or hash clause, is in no
 * equivalence class and so in no sort order, is no key of a Memoize node, and
 * prunes no partition; a bitmap scan rechecks the rows of a lossy page with
 * the clause as written.  min() and max() are planned as ORDER BY with LIMIT.
 */
#include "compat.h"

#include "access/htup_details.h"
#include "access/stratnum.h"
#include "catalog/pg_am.h"
#include "catalog/pg_collation.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_statistic.h"
#include "catalog/pg_type.h"
#include "fmgr_identity.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "nodes/supportnodes.h"
#include "optimizer/cost.h"
#include "optimizer/optimizer.h"
#include "planner_rights.h"
#include "planner_scan.h"
#include "predicate.h"
#include "status_label.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"
#include "utils/selfuncs.h"
#include "utils/syscache.h"

PG_FUNCTION_INFO_V1(status_code_predicate_support);
PG_FUNCTION_INFO_V1(provider_codes_status_label_support);
PG_FUNCTION_INFO_V1(status_code_set_support);

/* Defined in other files of this library; declared for their addresses. */
extern PGDLLEXPORT Datum provider_codes_code_category(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum provider_codes_code_action(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum provider_codes_in_category(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum provider_codes_has_action(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum provider_codes_from_provider(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum provider_codes_codes_where(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum provider_codes_codes_in_category(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum provider_codes_codes_with_action(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum provider_codes_builtin_codes_where(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum
			provider_codes_builtin_codes_in_category(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum
			provider_codes_builtin_codes_with_action(PG_FUNCTION_ARGS);

/*
 * Appended to a provider's name, this makes a text that follows all codes of
 * the provider and precedes those of every provider with a longer name: see
 * range_condition().
 */
#define PROVIDER_END_SUFFIX "\x01"

/*
 * For an unknown category, action or provider: there are about ten of each.
 */
#define UNKNOWN_ARGUMENT_SELECTIVITY 0.1

/* The functions that return the set of a predicate, by kind and source. */
static const struct
{
	const char *name;
	PGFunction	function;
}			set_functions[][2] = {

	[PREDICATE_PLAIN] = {
		[SOURCE_CURRENT] = {
			"codes_where", provider_codes_codes_where
		},
		[SOURCE_BUILTIN] = {
			"builtin_codes_where", provider_codes_builtin_codes_where
		}
	},
	[PREDICATE_CATEGORY] = {
		[SOURCE_CURRENT] = {
			"codes_in_category", provider_codes_codes_in_category
		},
		[SOURCE_BUILTIN] = {
			"builtin_codes_in_category",
			provider_codes_builtin_codes_in_category
		}
	},
	[PREDICATE_ACTION] = {
		[SOURCE_CURRENT] = {
			"codes_with_action", provider_codes_codes_with_action
		},
		[SOURCE_BUILTIN] = {
			"builtin_codes_with_action",
			provider_codes_builtin_codes_with_action
		}
	}
};

/*
 * Limits of search_pays().  The planner takes about a microsecond per value of
 * a set and index to estimate the cost of a search, and the executor as long
 * to search for the value; a sequential scan reads hundreds of rows, or a few
 * pages, in that time.
 */
#define MIN_SCAN_COST 10		/* smaller tables need no index */
#define ROWS_PER_PAGE 100		/* take as long as reading a page */
#define LARGE_SET 300			/* from this size on, planning takes long */
#define ROWS_PER_VALUE 4000		/* of the table, for a value of a large set */

/*
 * The planner and the executor each read all overrides for a set, and reading
 * one block of them takes as long as scanning several pages.
 */
#define SCAN_COST_PER_OVERRIDE_BLOCK 10

/*
 * An estimate looks up no more than this number of a column's most common
 * values in the overrides, and as many others.  By default the planner has no
 * more than 100 of each.
 */
#define MAX_LOOKUPS 100

/* A clause that selects a larger fraction of the table uses no index. */
#define MAX_INDEX_SELECTIVITY 0.25

/*
 * The cost of a search for one value of a set, in units of cpu_operator_cost.
 */
#define COST_PER_VALUE 100

/* The size that the server, and so this file, assumes of an unknown array. */
#define UNKNOWN_SET_SIZE 10

/* A call of a predicate. */
typedef struct PredicateCall
{
	const PredicateFunction *function;	/* NULL for from_provider() */
	Oid			oid;
	MeaningSource source;
	Oid			namespace;
	Oid			code_type;
	Node	   *code;			/* the first argument */
	Node	   *argument;		/* the second argument, or NULL */
} PredicateCall;

/*
 * Returns the function with this name and these argument types in a schema, if
 * this C function implements it; otherwise InvalidOid.
 */
static Oid
find_function(const char *name, PGFunction function,
			  const Oid *types, int ntypes, Oid namespace)
{
	oidvector  *vector = buildoidvector(types, ntypes);
	Oid			found = GetSysCacheOid3(PROCNAMEARGSNSP, Anum_pg_proc_oid,
										CStringGetDatum(name),
										PointerGetDatum(vector),
										ObjectIdGetDatum(namespace));

	if (!OidIsValid(found) || c_function(found) != function)
		return InvalidOid;
	return found;
}

/*
 * Fills "call" from a function and its arguments.  Returns false if this is
 * not the call of a predicate with arguments of the right types.  A label can
 * also be of the label type's parameter type: see status_label.h.
 */
static bool
match_predicate_call(Oid function, List *args, PredicateCall *call)
{
	PGFunction	address = c_function(function);
	int			nargs;

	call->oid = function;
	call->source = SOURCE_CURRENT;
	call->function = find_predicate(address, &call->source);
	if (call->function == NULL && address != provider_codes_from_provider)
		return false;
	nargs = call->function && call->function->kind == PREDICATE_PLAIN ? 1 : 2;
	if (list_length(args) != nargs)
		return false;

	call->namespace = get_func_namespace(function);
	call->code = linitial(args);
	call->code_type = exprType(call->code);
	if (!has_input(call->code_type, status_code_in))
		return false;
	call->argument = nargs > 1 ? lsecond(args) : NULL;
	if (call->function == NULL)
		return exprType(call->argument) == TEXTOID;
	switch (call->function->kind)
	{
		case PREDICATE_PLAIN:
			return true;
		case PREDICATE_CATEGORY:
			return has_input(exprType(call->argument), status_category_in);
		case PREDICATE_ACTION:
			return has_input(exprType(call->argument), status_action_in);
	}
	return false;
}

/*
 * Returns the cost of the best scan of a table without a derived condition: a
 * sequential scan, or a scan of another index.  The unit is the time to read a
 * page, and an index scan reads a page for each row.
 */
static double
scan_cost(PlannerInfo *root, RelOptInfo *rel)
{
	double		sequential = rel->pages + rel->tuples / ROWS_PER_PAGE;

	if (sequential < MIN_SCAN_COST)
		return sequential;
	return Min(sequential, planner_rows_by_index(root, rel));
}

/*
 * Returns whether it pays to search an index for this number of values.
 *
 * The number of values must not exceed the cost of the scan that the search
 * replaces.  This keeps planning short for many small tables, such as
 * partitions, and for queries that find a few rows by a key.  A set larger
 * than LARGE_SET takes long to plan, so the table must be so large that
 * planning time is negligible.
 */
static bool
search_pays(const RelOptInfo *rel, double scan, double values)
{
	return scan >= Max(values, MIN_SCAN_COST) &&
		(values <= LARGE_SET || values * ROWS_PER_VALUE <= rel->tuples);
}

/*
 * Returns whether a search replaces a scan that costs more than reading all
 * overrides, which the planner does for the set and the executor does again.
 */
static bool
reading_overrides_pays(double scan)
{
	return scan >= (double) overrides_blocks() * SCAN_COST_PER_OVERRIDE_BLOCK;
}

/*
 * Returns the restriction clause of an index's table with this expression, or
 * NULL if it is a join clause.
 */
static RestrictInfo *
find_restriction(const IndexOptInfo *index, const Node *clause)
{
	ListCell   *lc;

	foreach(lc, index->indrestrictinfo)
	{
		RestrictInfo *rinfo = lfirst_node(RestrictInfo, lc);

		if ((Node *) rinfo->clause == clause)
			return rinfo;
	}
	return NULL;
}

/* The planner has usually cached this estimate in the RestrictInfo. */
static Selectivity
restriction_selectivity(PlannerInfo *root, RestrictInfo *rinfo)
{
	return clause_selectivity(root, (Node *) rinfo, 0, JOIN_INNER, NULL);
}

/*
 * Returns whether the clause selects so much of the table that no index pays.
 * The selectivity of a join clause is not known here; returns false for it.
 */
static bool
is_unselective(PlannerInfo *root, const IndexOptInfo *index,
			   const Node *clause)
{
	RestrictInfo *rinfo = find_restriction(index, clause);

	return rinfo &&
		restriction_selectivity(root, rinfo) > MAX_INDEX_SELECTIVITY;
}

/*
 * Returns whether it pays to search for all values of a predicate's set;
 * "scan" is the result of scan_cost().
 */
static bool
set_pays(const PredicateCall *call, PlannerInfo *root,
		 const IndexOptInfo *index, const Node *clause, double scan)
{
	const RelOptInfo *rel = index->rel;
	int			values = UNKNOWN_SET_SIZE;
	uint8		label = 0;

	/* The set of a label that is not yet known can have any size. */
	if (call->argument == NULL || IsA(call->argument, Const))
	{
		if (call->argument)
			label = DatumGetLabel(((Const *) call->argument)->constvalue);
		values = code_set_size(call->function, label, SOURCE_BUILTIN,
							   call->code_type);
	}
	if (!search_pays(rel, scan, values) ||
		is_unselective(root, index, clause))
		return false;
	if (call->source == SOURCE_BUILTIN)
		return true;
	if (!reading_overrides_pays(scan))
		return false;
	if (call->argument && !IsA(call->argument, Const))
		return true;

	/* Check the current set last, because it needs all overrides. */
	return search_pays(rel, scan,
					   code_set_size(call->function, label, SOURCE_CURRENT,
									 call->code_type));
}

/*
 * Returns whether a clause is a call of a predicate that an index condition
 * can replace.
 */
static bool
match_clause(PlannerInfo *root, IndexOptInfo *index, Node *clause,
			 PredicateCall *call)
{
	FuncExpr   *expr = (FuncExpr *) clause;
	Node	   *argument;

	if (!is_funcclause(clause) ||
		!match_predicate_call(expr->funcid, expr->args, call))
		return false;
	argument = call->argument;
	if (argument && !is_pseudo_constant_for_index_of(root, argument, index))
		return false;

	/* A NULL constant gets here only if the function was made not STRICT. */
	if (argument && IsA(argument, Const) && ((Const *) argument)->constisnull)
		return false;

	/*
	 * An exact condition replaces the predicate, so the plan does not call
	 * it.
	 */
	return planner_may_execute(root, call->oid);
}

/*
 * Returns whether the query contains another predicate over the same code
 * whose set is the better one to search for: the more selective one.  The
 * selectivity of a join clause is not known here; returns false for it.
 */
static bool
another_set_is_better(const PredicateCall *call,
					  const SupportRequestIndexCondition *req, double scan)
{
	RestrictInfo *own = find_restriction(req->index, req->node);
	bool		is_before = true;
	ListCell   *lc;

	if (own == NULL)
		return false;
	foreach(lc, req->index->indrestrictinfo)
	{
		RestrictInfo *rinfo = lfirst_node(RestrictInfo, lc);
		Node	   *clause = (Node *) rinfo->clause;
		PredicateCall other;
		Selectivity selectivity;
		Selectivity own_selectivity;

		if (rinfo == own)
		{
			is_before = false;
			continue;
		}
		if (!match_clause(req->root, req->index, clause, &other) ||
			other.function == NULL || !equal(other.code, call->code) ||
			!set_pays(&other, req->root, req->index, clause, scan))
			continue;
		selectivity = restriction_selectivity(req->root, rinfo);
		own_selectivity = restriction_selectivity(req->root, own);
		if (selectivity < own_selectivity ||
			(selectivity == own_selectivity && is_before))
			return true;
	}
	return false;
}

static Const *
make_text_const(Datum value)
{
	return makeConst(TEXTOID, -1, DEFAULT_COLLATION_OID, -1, value,
					 false, false);
}

/*
 * Returns status = ANY (the set of the predicate), or NIL if that does not pay
 * or is not allowed.
 */
static List *
set_condition(const PredicateCall *call,
			  const SupportRequestIndexCondition *req, double scan)
{
	Oid			operator = get_opfamily_member(req->opfamily, call->code_type,
											   call->code_type,
											   BTEqualStrategyNumber);
	Oid			array_type = get_array_type(call->code_type);
	Node	   *argument = call->argument;
	ScalarArrayOpExpr *condition;
	Oid			argument_type;
	PredicateKind kind = call->function->kind;
	Oid			function;
	FuncExpr   *set;

	if (!DERIVED_ARRAY_KEEPS_ORDER(req->indexcol) ||
		!set_pays(call, req->root, req->index, req->node, scan) ||
		(!DERIVED_ARRAYS_ARE_MERGED && another_set_is_better(call, req, scan)))
		return NIL;
	if (argument == NULL)
		argument = (Node *)
			make_text_const(CStringGetTextDatum(call->function->name));
	argument_type = exprType(argument);
	function = find_function(set_functions[kind][call->source].name,
							 set_functions[kind][call->source].function,
							 &argument_type, 1, call->namespace);
	if (!OidIsValid(function) ||
		!planner_may_call(req->root, function, call->oid) ||
		!planner_may_search(req->root, operator, call->oid))
		return NIL;

	set = makeFuncExpr(function, array_type, list_make1(copyObject(argument)),
					   InvalidOid, InvalidOid, COERCE_EXPLICIT_CALL);
	condition = makeNode(ScalarArrayOpExpr);
	condition->opno = operator;
	condition->opfuncid = get_opcode(operator);
	condition->useOr = true;
	condition->args = list_make2(copyObject(call->code), set);
	condition->location = -1;
	return list_make1(condition);
}

/* Returns the text that follows all codes of a provider, palloc'd. */
static Datum
text_after_provider(Datum provider)
{
	return DirectFunctionCall2(textcat, provider,
							   CStringGetTextDatum(PROVIDER_END_SUFFIX));
}

/*
 * Returns the same as an expression, for an argument that may not be constant.
 * Returns NULL if planner_rights.h does not allow the expression.
 */
static Expr *
expr_after_provider(const PredicateCall *call, PlannerInfo *root)
{
	Const	   *suffix;

	if (IsA(call->argument, Const))
	{
		Datum		provider = ((Const *) call->argument)->constvalue;

		return (Expr *) make_text_const(text_after_provider(provider));
	}
	if (!planner_may_call(root, F_TEXTCAT, call->oid))
		return NULL;
	suffix = make_text_const(CStringGetTextDatum(PROVIDER_END_SUFFIX));
	return (Expr *) makeFuncExpr(F_TEXTCAT, TEXTOID,
								 list_make2(copyObject(call->argument),
											suffix),
								 DEFAULT_COLLATION_OID, InvalidOid,
								 COERCE_EXPLICIT_CALL);
}

/*
 * Returns status >= 'basiq' AND status < E'basiq\x01', or NIL if that does not
 * pay or is not allowed.
 *
 * Neither text is a status code.  In the common order of texts and codes, the
 * first text precedes all codes of its provider, because it has no code.  The
 * second text follows them, and precedes the codes of every provider whose
 * name begins with this one.
 */
static List *
range_condition(const PredicateCall *call, SupportRequestIndexCondition *req)
{
	Oid			from_operator;
	Oid			to_operator;
	Expr	   *code = (Expr *) call->code;
	Expr	   *from = (Expr *) call->argument;
	Expr	   *to;

	from_operator = get_opfamily_member(req->opfamily, call->code_type,
										TEXTOID, BTGreaterEqualStrategyNumber);
	to_operator = get_opfamily_member(req->opfamily, call->code_type,
									  TEXTOID, BTLessStrategyNumber);
	if (is_unselective(req->root, req->index, req->node) ||
		!planner_may_search(req->root, from_operator, call->oid) ||
		!planner_may_search(req->root, to_operator, call->oid))
		return NIL;
	to = expr_after_provider(call, req->root);
	if (to == NULL)
		return NIL;

	/*
	 * If the text is not a valid provider name, the range can include other
	 * providers' codes; recheck.
	 */
	req->lossy = true;
	if (IsA(call->argument, Const))
	{
		Datum		value = ((Const *) call->argument)->constvalue;
		text	   *provider = DatumGetTextPP(value);

		req->lossy = !status_code_is_provider(VARDATA_ANY(provider),
											  VARSIZE_ANY_EXHDR(provider));
	}
	return list_make2(make_opclause(from_operator, BOOLOID, false,
									copyObject(code), copyObject(from),
									InvalidOid, DEFAULT_COLLATION_OID),
					  make_opclause(to_operator, BOOLOID, false,
									copyObject(code), to,
									InvalidOid, DEFAULT_COLLATION_OID));
}

/*
 * Handles SupportRequestIndexCondition; returns a list of conditions, or NIL.
 */
static List *
support_index_condition(SupportRequestIndexCondition *req)
{
	PredicateCall call;
	double		scan;

	/*
	 * The strategy numbers are those of B-tree, the only built-in access
	 * method with these strategies that also searches for arrays.
	 */
	if (!is_funcclause(req->node) || req->indexarg != 0 ||
		req->index->relam != BTREE_AM_OID)
		return NIL;
	scan = scan_cost(req->root, req->index->rel);
	if (!search_pays(req->index->rel, scan, 1) ||
		!match_clause(req->root, req->index, req->node, &call))
		return NIL;
	req->lossy = false;
	return call.function ? set_condition(&call, req, scan) :
		range_condition(&call, req);
}

/*
 * Returns whether a predicate is true for a value, with the meaning that the
 * value has in "source"; "argument" is the value of the predicate's second
 * argument, if it has one.
 */
static bool
is_true_for(const PredicateCall *call, Datum argument, Datum value,
			MeaningSource source)
{
	const StatusCode *code = DatumGetStatusCode(value);

	if (call->function == NULL)
	{
		text	   *provider = DatumGetTextPP(argument);

		return status_code_is_from(code, VARDATA_ANY(provider),
								   VARSIZE_ANY_EXHDR(provider));
	}
	return predicate_value(call->function, lookup_meaning(code, source),
						   call->argument ? DatumGetLabel(argument) : 0) ==
		TRI_TRUE;
}

/* Returns how many codes of the catalog sort before a text. */
static int
codes_before(const char *str, int len)
{
	int			low = 0;
	int			high = CATALOG_CODES;

	while (low < high)
	{
		int			middle = (low + high) / 2;
		const CatalogCode *code = catalog_code(middle);

		if (status_code_compare_texts(catalog_code_text(code), code->text_len,
									  str, len) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/*
 * Returns the fraction of the catalog's codes for which a predicate is true.
 * Ignores overrides, because the planner would have to read all of them.
 */
static double
fraction_of_catalog(const PredicateCall *call, Datum argument)
{
	text	   *provider;
	text	   *end;
	int			first;
	int			next;

	if (call->function)
		return catalog_fraction(call->function,
								call->argument ? DatumGetLabel(argument) : 0);

	provider = DatumGetTextPP(argument);
	if (!status_code_is_provider(VARDATA_ANY(provider),
								 VARSIZE_ANY_EXHDR(provider)))
		return 0.0;
	end = DatumGetTextPP(text_after_provider(argument));
	first = codes_before(VARDATA_ANY(provider), VARSIZE_ANY_EXHDR(provider));
	next = codes_before(VARDATA_ANY(end), VARSIZE_ANY_EXHDR(end));
	return (double) (next - first) / CATALOG_CODES;
}

/*
 * The weights of a column's values, added up by whether a predicate is true.
 *
 * Unless all overrides are in memory, each lookup of a value reads the table
 * of overrides, so only the first "lookups" values are looked up.  For any
 * other value, the meaning in the catalog is used.  If the catalog does not
 * know the value, it is undecided.
 */
typedef struct ValueCount
{
	int			lookups;		/* that may still be made */
	double		total;
	double		true_values;
	double		undecided;		/* not in the catalog, and not looked up */
	double		unknown;		/* not in the catalog, but looked up */
	double		true_unknown;	/* those of them for which it is true */
} ValueCount;

/* Returns whether the catalog describes a value or its class of numbers. */
static bool
is_in_catalog(Datum value)
{
	const StatusCode *code = DatumGetStatusCode(value);

	return lookup_meaning(code, SOURCE_BUILTIN) != CATALOG_NO_MEANING;
}

/*
 * Adds a value to a count.  Reads the table of overrides only if "look_up" is
 * set.
 */
static void
count_value(ValueCount *count, const PredicateCall *call, Datum argument,
			Datum value, double weight, bool look_up)
{
	bool		consults = call->function && call->source == SOURCE_CURRENT;
	bool		in_catalog = !consults || is_in_catalog(value);
	MeaningSource source = SOURCE_BUILTIN;
	bool		result;

	count->total += weight;
	if (consults && count->lookups > 0)
	{
		if (overrides_are_in_memory())
			source = SOURCE_CURRENT;
		else if (look_up)
		{
			source = SOURCE_CURRENT;
			count->lookups--;
		}
	}
	if (source == SOURCE_BUILTIN && !in_catalog)
	{
		count->undecided += weight;
		return;
	}
	result = is_true_for(call, argument, value, source);
	if (result)
		count->true_values += weight;
	if (!in_catalog)
	{
		count->unknown += weight;
		if (result)
			count->true_unknown += weight;
	}
}

/*
 * Returns the weight of the values for which the predicate is true.  Assumes
 * that it is true for the same fraction of the undecided ones as of the unknown
 * ones that were looked up.
 */
static double
true_weight(const ValueCount *count)
{
	if (count->unknown <= 0)
		return count->true_values;
	return count->true_values +
		count->undecided * count->true_unknown / count->unknown;
}

/* Counts the column's most common values, with the fractions of their rows. */
static void
count_common(ValueCount *count, const PredicateCall *call, Datum argument,
			 HeapTuple stats)
{
	AttStatsSlot slot;

	if (!get_attstatsslot(&slot, stats, STATISTIC_KIND_MCV, InvalidOid,
						  ATTSTATSSLOT_VALUES | ATTSTATSSLOT_NUMBERS))
		return;
	if (getBaseType(slot.valuetype) == call->code_type)
	{
		for (int i = 0; i < slot.nvalues && i < slot.nnumbers; i++)
			count_value(count, call, argument, slot.values[i],
						slot.numbers[i], true);
	}
	free_attstatsslot(&slot);
}

/* Counts the values of the column's histogram, if it has one. */
static void
count_histogram(ValueCount *count, const PredicateCall *call, Datum argument,
				HeapTuple stats)
{
	AttStatsSlot slot;

	if (!get_attstatsslot(&slot, stats, STATISTIC_KIND_HISTOGRAM, InvalidOid,
						  ATTSTATSSLOT_VALUES))
		return;
	if (getBaseType(slot.valuetype) == call->code_type)
	{
		int			step = slot.nvalues / Max(count->lookups, 1) + 1;

		/* The histogram is in order, so spread the lookups over all of it. */
		for (int i = 0; i < slot.nvalues; i++)
			count_value(count, call, argument, slot.values[i], 1.0,
						i % step == 0);
	}
	free_attstatsslot(&slot);
}

/*
 * Returns how many values an estimate may look up in the overrides.  The number
 * grows with the cost of scanning the column's table.  It is 0 if another
 * condition finds a few rows, because then the estimate does not matter.
 */
static int
max_lookups(PlannerInfo *root, const Node *code)
{
	const Var  *column;
	RelOptInfo *rel;
	double		scan;

	while (IsA(code, RelabelType))
		code = (const Node *) ((const RelabelType *) code)->arg;
	column = (const Var *) code;
	if (!IsA(column, Var) || column->varlevelsup > 0 ||
		(int) column->varno <= 0 ||
		(int) column->varno >= root->simple_rel_array_size)
		return MAX_LOOKUPS;
	rel = root->simple_rel_array[column->varno];
	if (rel == NULL || !IS_SIMPLE_REL(rel))
		return MAX_LOOKUPS;
	scan = scan_cost(root, rel);
	if (scan < MIN_SCAN_COST)
		return 0;
	return Min(scan, MAX_LOOKUPS);
}

/*
 * Returns the fraction of rows for which a predicate is true: exact for the
 * column's most common values; for other values, the fraction of its histogram
 * or, if it has none, of the catalog's codes.
 *
 * With many overrides, this can hold for some of the values only: see
 * ValueCount.
 */
static double
predicate_selectivity(const SupportRequestSelectivity *req,
					  const PredicateCall *call, Datum argument)
{
	int			lookups = max_lookups(req->root, call->code);
	VariableStatData vardata;
	ValueCount	common = {.lookups = lookups};
	ValueCount	others = {.lookups = lookups};
	double		null_fraction = 0.0;
	double		true_others;
	double		result;

	examine_variable(req->root, call->code, req->varRelid, &vardata);
	if (HeapTupleIsValid(vardata.statsTuple) &&
		statistic_proc_security_check(&vardata, req->funcid))
	{
		HeapTuple	stats = vardata.statsTuple;

		null_fraction = ((Form_pg_statistic) GETSTRUCT(stats))->stanullfrac;
		count_common(&common, call, argument, stats);
		count_histogram(&others, call, argument, stats);
	}
	ReleaseVariableStats(vardata);

	true_others = others.total > 0 ? true_weight(&others) / others.total :
		fraction_of_catalog(call, argument);
	result = true_weight(&common) +
		Max(0.0, 1.0 - null_fraction - common.total) * true_others;
	CLAMP_PROBABILITY(result);
	return result;
}

/* Handles SupportRequestSelectivity; returns false if it makes no estimate. */
static bool
support_selectivity(SupportRequestSelectivity *req)
{
	PredicateCall call;
	Datum		argument = (Datum) 0;

	if (req->is_join || !match_predicate_call(req->funcid, req->args, &call))
		return false;
	if (call.argument)
	{
		Node	   *value;

		value = estimate_expression_value(req->root, call.argument);
		if (!IsA(value, Const))
		{
			req->selectivity = UNKNOWN_ARGUMENT_SELECTIVITY;
			return true;
		}
		if (((Const *) value)->constisnull)
		{
			req->selectivity = 0.0;
			return true;
		}
		argument = ((Const *) value)->constvalue;
	}
	req->selectivity = predicate_selectivity(req, &call, argument);
	return true;
}

/*
 * status_code_predicate_support(internal) -> internal
 *
 * Support function of is_retryable(), is_terminal(), is_success(), is_error(),
 * is_known_code(), in_category() and has_action(), of their builtin_ twins,
 * and of from_provider().
 */
Datum
status_code_predicate_support(PG_FUNCTION_ARGS)
{
	void	   *req = PG_GETARG_POINTER(0);

	if (IsA(req, SupportRequestIndexCondition))
		PG_RETURN_POINTER(support_index_condition(req));
	if (IsA(req, SupportRequestSelectivity) && support_selectivity(req))
		PG_RETURN_POINTER(req);
	PG_RETURN_POINTER(NULL);
}

/*
 * Returns code_category(status) = label as in_category(status, label), and the
 * same for actions and for <>.  Returns NULL if "value" is not such a call or
 * the rewriting is not allowed.
 */
static Expr *
simplify_comparison(PlannerInfo *root, Oid comparison,
					Node *value, Node *label)
{
	FuncExpr   *call = (FuncExpr *) value;
	PGFunction	operator = c_function(comparison);
	PGFunction	attribute;
	Oid			types[2];
	Oid			function;
	Expr	   *result;

	if (!IsA(value, FuncExpr) || list_length(call->args) != 1 ||
		(operator != chareq && operator != charne))
		return NULL;
	attribute = c_function(call->funcid);
	types[0] = exprType(linitial(call->args));
	types[1] = exprType(label);
	if (attribute == provider_codes_code_category)
		function = find_function("in_category", provider_codes_in_category,
								 types, 2, get_func_namespace(call->funcid));
	else if (attribute == provider_codes_code_action)
		function = find_function("has_action", provider_codes_has_action,
								 types, 2, get_func_namespace(call->funcid));
	else
		return NULL;

	/* A label from a table makes the comparison a join clause; keep it. */
	if (!OidIsValid(function) || contain_var_clause(label) ||
		contain_volatile_functions(label))
		return NULL;

	if (!planner_may_execute(root, comparison) ||
		!planner_may_execute(root, call->funcid) ||
		!planner_may_call(root, function, call->funcid))
		return NULL;

	result = (Expr *) makeFuncExpr(function, BOOLOID,
								   list_make2(linitial(call->args), label),
								   InvalidOid, InvalidOid,
								   COERCE_EXPLICIT_CALL);
	return operator == chareq ? result :
		makeBoolExpr(NOT_EXPR, list_make1(result), -1);
}

/* Handles SupportRequestSimplify; returns an expression, or NULL. */
static Expr *
support_simplify(SupportRequestSimplify *req)
{
	PlannerInfo *root = req->root;
	FuncExpr   *comparison = req->fcall;
	Node	   *left;
	Node	   *right;
	Expr	   *result;

	/*
	 * An expression that is planned without a query cannot depend on the user
	 * that runs it.
	 */
	if (root == NULL || root->parse == NULL ||
		root->parse->groupingSets != NIL || list_length(comparison->args) != 2)
		return NULL;

	left = linitial(comparison->args);
	right = lsecond(comparison->args);
	result = simplify_comparison(root, comparison->funcid, left, right);
	if (result == NULL)
		result = simplify_comparison(root, comparison->funcid, right, left);
	return result;
}

/*
 * status_label_support(internal) -> internal
 *
 * Support function of = and <> of status_category, with itself or with
 * status_category_parameter, and likewise of status_action.
 *
 * It does not simplify comparisons of the builtin_ twins, because there may be
 * an index on these expressions.  Nor does it simplify anything in a query
 * with grouping sets: an expression that the query groups by is NULL in some
 * of the groups, and the server must find it again in other expressions.
 */
Datum
provider_codes_status_label_support(PG_FUNCTION_ARGS)
{
	void	   *req = PG_GETARG_POINTER(0);

	if (!IsA(req, SupportRequestSimplify))
		PG_RETURN_POINTER(NULL);
	PG_RETURN_POINTER(support_simplify(req));
}

/*
 * Returns the size of the set that a call of one of set_functions[] returns;
 * UNKNOWN_SET_SIZE if its argument is not known.  "type" is status_code's OID.
 */
static int
estimate_set_size(PGFunction address, Node *argument, Oid type)
{
	Datum		value;

	if (!IsA(argument, Const) || ((Const *) argument)->constisnull)
		return UNKNOWN_SET_SIZE;
	value = ((Const *) argument)->constvalue;
	for (int kind = PREDICATE_PLAIN; kind <= PREDICATE_ACTION; kind++)
	{
		for (int source = SOURCE_CURRENT; source <= SOURCE_BUILTIN; source++)
		{
			const PredicateFunction *function;
			uint8		label = 0;

			if (set_functions[kind][source].function != address)
				continue;
			if (kind == PREDICATE_PLAIN)
				function = find_plain_predicate(DatumGetTextPP(value));
			else
			{
				function = predicate_of_kind(kind);
				label = DatumGetLabel(value);
			}
			if (function)
				return code_set_size(function, label, source, type);
		}
	}
	return UNKNOWN_SET_SIZE;
}

/* Handles SupportRequestCost; returns false if it makes no estimate. */
static bool
support_cost(SupportRequestCost *req)
{
	FuncExpr   *call = (FuncExpr *) req->node;
	Oid			type;
	int			size;

	if (call == NULL || !IsA(call, FuncExpr) || list_length(call->args) != 1)
		return false;
	type = get_element_type(call->funcresulttype);
	if (!OidIsValid(type) || !has_input(type, status_code_in))
		return false;
	size = estimate_set_size(c_function(req->funcid), linitial(call->args),
							 type);
	req->startup = 0;
	req->per_tuple = size * COST_PER_VALUE * cpu_operator_cost;
	return true;
}

/*
 * status_code_set_support(internal) -> internal
 *
 * Support function of codes_where(), codes_in_category(), codes_with_action()
 * and their builtin_ twins.  The planner assumes that the array which a
 * function returns is short, so the cost of the function includes that of an
 * index search for all values.
 */
Datum
status_code_set_support(PG_FUNCTION_ARGS)
{
	void	   *req = PG_GETARG_POINTER(0);

	if (IsA(req, SupportRequestCost) && support_cost(req))
		PG_RETURN_POINTER(req);
	PG_RETURN_POINTER(NULL);
}
