/*
 * planner.c
 *		What the planner is told of the predicates over status codes.
 *
 * Three things, through support functions that the SQL functions carry:
 *
 * - A predicate that is true for finitely many values, is_retryable(status),
 *   is the index condition status = ANY (codes_where('is_retryable')).  The
 *   array is a call of a STABLE function and not a constant: the executor
 *   evaluates it at the start of each scan under the scan's own snapshot, and
 *   so a plan stays right when the overrides change.  The planner evaluates it
 *   for its estimates alone.  from_provider(status, 'basiq') is a range.  There
 *   is no condition where it can't pay: see pays().
 *
 * - How many rows a predicate lets through: the sum over the column's most
 *   common values, and an estimate for the others.
 *
 * - code_category(status) = 'mfa' is in_category(status, 'mfa'), and likewise
 *   for <> and for actions, so that the first two apply to it.
 *
 * Functions and types are recognized by their C functions: see fmgr_identity.h.
 *
 * The planner goes on to take properties from the clause as it is written, and
 * so the derived condition must have them as well:
 *
 * - Order.  Before 17, build_index_paths() takes an index scan for ordered
 *   unless a clause is written as = ANY on a column behind the first.  There,
 *   sets are sought in the first column alone, by DERIVED_ARRAY_KEEPS_ORDER.
 *   A B-tree goes through the values of that in its own order, forwards and
 *   backwards, and from 17 on through those of any column.  A range keeps the
 *   order wherever it stands.
 * - Which relations it needs, for parameterized paths, and which columns, for
 *   index-only scans: the condition is on the same column and has the same
 *   argument.
 * - Exactness: a scan that isn't marked lossy is not followed by a test of the
 *   clause.  A set holds all values for which the predicate is true and no
 *   others; range_condition() says when a range does.
 * - LEAKPROOF, volatility and parallel safety, all of which ALTER FUNCTION can
 *   change: see planner_rights.h.
 * - Rights: see planner_rights.h.
 *
 * Nothing else is taken from it.  A call of a boolean function proves no
 * uniqueness, is no merge or hash clause, has no part in equivalence classes,
 * and so in no order, keys no Memoize node, and prunes no partition; a bitmap
 * scan tests the rows of a lossy page by the clause as it is written.  min()
 * and max() are planned as ORDER BY with LIMIT.
 */
#include "compat.h"

#include "access/htup_details.h"
#include "access/stratnum.h"
#include "catalog/pg_am.h"
#include "catalog/pg_collation.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_statistic.h"
#include "catalog/pg_type.h"
#include "predicate.h"
#include "fmgr_identity.h"
#include "status_label.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "nodes/supportnodes.h"
#include "optimizer/cost.h"
#include "optimizer/optimizer.h"
#include "planner_rights.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"
#include "utils/selfuncs.h"
#include "utils/syscache.h"

PG_FUNCTION_INFO_V1(status_code_predicate_support);
PG_FUNCTION_INFO_V1(provider_codes_status_label_support);
PG_FUNCTION_INFO_V1(status_code_set_support);

/* Elsewhere in this library; what is asked for is their addresses. */
extern PGDLLEXPORT Datum provider_codes_code_category(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum provider_codes_code_action(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum provider_codes_in_category(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum provider_codes_has_action(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum provider_codes_from_provider(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum provider_codes_codes_where(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum provider_codes_codes_in_category(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum provider_codes_codes_with_action(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum provider_codes_builtin_codes_where(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum provider_codes_builtin_codes_in_category(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum provider_codes_builtin_codes_with_action(PG_FUNCTION_ARGS);

/*
 * Behind a provider's name this makes a text that follows all codes of that
 * provider and precedes those of any whose name goes on: see range_condition().
 */
#define AFTER_PROVIDER "\x01"

/* For a category, action or provider that isn't known yet: there are some ten of each. */
#define UNKNOWN_ARGUMENT_SELECTIVITY 0.1

/* What lists the values of a predicate, by kind and source. */
static const struct
{
	const char *name;
	PGFunction	function;
}			set_functions[][2] = {
	[PREDICATE_PLAIN] = {
		[SOURCE_CURRENT] = {"codes_where", provider_codes_codes_where},
		[SOURCE_BUILTIN] = {"builtin_codes_where", provider_codes_builtin_codes_where}
	},
	[PREDICATE_CATEGORY] = {
		[SOURCE_CURRENT] = {"codes_in_category", provider_codes_codes_in_category},
		[SOURCE_BUILTIN] = {"builtin_codes_in_category", provider_codes_builtin_codes_in_category}
	},
	[PREDICATE_ACTION] = {
		[SOURCE_CURRENT] = {"codes_with_action", provider_codes_codes_with_action},
		[SOURCE_BUILTIN] = {"builtin_codes_with_action", provider_codes_builtin_codes_with_action}
	}
};

/*
 * When an index condition pays, see pays().  The planner prices a value of a
 * set in about a microsecond, for each index, and the executor finds it in
 * another; a scan reads hundreds of rows, or some pages, in that time.
 */
#define LEAST_SCAN 10			/* smaller tables need no index */
#define ROWS_PER_PAGE 100		/* as long as it takes to read a page */
#define LARGE_SET 300			/* from here on, planning takes long */
#define ROWS_PER_VALUE 4000		/* what a value of a large set needs */
#define MUCH_OF_THE_TABLE 0.25

/* What a search for one value of a set costs, in units of cpu_operator_cost. */
#define COST_PER_VALUE 100

/* What the server assumes of an array that it doesn't know yet, and so do we. */
#define UNKNOWN_SET_SIZE 10

/* A call of one of our functions, recognized. */
typedef struct PredicateCall
{
	const PredicateFunction *function;	/* NULL for from_provider() */
	Oid			oid;
	MeaningSource source;
	Oid			namespace;
	Oid			code_type;
	Node	   *code;			/* the first argument */
	Node	   *argument;		/* the second, or NULL */
} PredicateCall;

/*
 * The function of this name and C function that takes these types, in a
 * schema; InvalidOid where there is none.
 */
static Oid
find_function(const char *name, PGFunction function, const Oid *types, int ntypes, Oid namespace)
{
	Oid			found = GetSysCacheOid3(PROCNAMEARGSNSP, Anum_pg_proc_oid, CStringGetDatum(name),
										PointerGetDatum(buildoidvector(types, ntypes)),
										ObjectIdGetDatum(namespace));

	return OidIsValid(found) && c_function(found) == function ? found : InvalidOid;
}

/*
 * Recognizes a call by its function and arguments.  False where it is not what
 * it seems.
 */
static bool
recognize(Oid function, List *args, PredicateCall *call)
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
 * Does it pay to search an index for so many values?
 *
 * The number of values is at most what the scan of the table costs, in pages or
 * so many rows.  That keeps planning short where many small tables are
 * planned, as partitions are.  Beyond LARGE_SET, planning itself would take
 * long, and the table must be so large that this doesn't count.
 */
static bool
pays(const IndexOptInfo *index, double values)
{
	double		scan = index->rel->pages + index->rel->tuples / ROWS_PER_PAGE;

	return scan >= Max(values, LEAST_SCAN) &&
		(values <= LARGE_SET || values * ROWS_PER_VALUE <= index->rel->tuples);
}

/*
 * Does a condition of the table let through so much of it that no index pays?
 * Nobody knows of one that joins it with others.
 */
static bool
lets_much_through(const SupportRequestIndexCondition *req)
{
	ListCell   *lc;

	foreach(lc, req->index->indrestrictinfo)
	{
		RestrictInfo *rinfo = lfirst_node(RestrictInfo, lc);

		/* As a rule this has been estimated, for the table's size, and kept. */
		if ((Node *) rinfo->clause == req->node)
			return clause_selectivity(req->root, (Node *) rinfo, 0, JOIN_INNER, NULL) >
				MUCH_OF_THE_TABLE;
	}
	return false;
}

/* Does it pay to search for all values for which a predicate is true? */
static bool
set_pays(const PredicateCall *call, const SupportRequestIndexCondition *req)
{
	uint8		label = 0;

	if (call->argument)
	{
		/* A label that will be known when the query runs may have any set. */
		if (!IsA(call->argument, Const))
			return pays(req->index, UNKNOWN_SET_SIZE) && !lets_much_through(req);
		label = DatumGetLabel(((Const *) call->argument)->constvalue);
	}

	/* Only where all else holds are all overrides needed. */
	return pays(req->index, code_set_size(call->function, label, SOURCE_BUILTIN, call->code_type)) &&
		!lets_much_through(req) &&
		(call->source == SOURCE_BUILTIN ||
		 pays(req->index, code_set_size(call->function, label, SOURCE_CURRENT, call->code_type)));
}

/* status = ANY (the array of the values for which the predicate is true) */
static List *
set_condition(const PredicateCall *call, const SupportRequestIndexCondition *req)
{
	Oid			operator = get_opfamily_member(req->opfamily, call->code_type, call->code_type,
											   BTEqualStrategyNumber);
	Oid			array_type = get_array_type(call->code_type);
	Node	   *argument = call->argument;
	ScalarArrayOpExpr *condition;
	Oid			argument_type;
	Oid			function;

	if (!DERIVED_ARRAY_KEEPS_ORDER(req->indexcol) || !set_pays(call, req))
		return NIL;
	if (argument == NULL)
		argument = (Node *) makeConst(TEXTOID, -1, DEFAULT_COLLATION_OID, -1,
									  CStringGetTextDatum(call->function->name), false, false);
	argument_type = exprType(argument);
	function = find_function(set_functions[call->function->kind][call->source].name,
							 set_functions[call->function->kind][call->source].function,
							 &argument_type, 1, call->namespace);
	if (!OidIsValid(function) || !planner_may_call(req->root, function, call->oid) ||
		!planner_may_search(req->root, operator, call->oid))
		return NIL;

	condition = makeNode(ScalarArrayOpExpr);
	condition->opno = operator;
	condition->opfuncid = get_opcode(operator);
	condition->useOr = true;
	condition->args = list_make2(copyObject(call->code),
								 makeFuncExpr(function, array_type, list_make1(copyObject(argument)),
											  InvalidOid, InvalidOid, COERCE_EXPLICIT_CALL));
	condition->location = -1;
	return list_make1(condition);
}

/* The text that follows all codes of a provider. */
static Datum
text_after_provider(Datum provider)
{
	return DirectFunctionCall2(textcat, provider, CStringGetTextDatum(AFTER_PROVIDER));
}

/* The same of an argument that may not be known yet; NULL where the user may not ask for it. */
static Expr *
end_of_provider(const PredicateCall *call, PlannerInfo *root)
{
	Const	   *after = makeConst(TEXTOID, -1, DEFAULT_COLLATION_OID, -1,
								  CStringGetTextDatum(AFTER_PROVIDER), false, false);

	if (IsA(call->argument, Const))
	{
		after->constvalue = text_after_provider(((Const *) call->argument)->constvalue);
		return (Expr *) after;
	}
	if (!planner_may_call(root, F_TEXTCAT, call->oid))
		return NULL;
	return (Expr *) makeFuncExpr(F_TEXTCAT, TEXTOID, list_make2(copyObject(call->argument), after),
								 DEFAULT_COLLATION_OID, InvalidOid, COERCE_EXPLICIT_CALL);
}

/*
 * status >= 'basiq' AND status < E'basiq\x01'
 *
 * Neither text is a status code.  In the order of texts among codes, the first
 * comes before all codes of its provider, since it has none; the second
 * follows them, and precedes those of any provider whose name goes on.
 */
static List *
range_condition(const PredicateCall *call, SupportRequestIndexCondition *req)
{
	Oid			from_operator = get_opfamily_member(req->opfamily, call->code_type, TEXTOID,
													BTGreaterEqualStrategyNumber);
	Oid			to_operator = get_opfamily_member(req->opfamily, call->code_type, TEXTOID,
												  BTLessStrategyNumber);
	Expr	   *code = (Expr *) call->code;
	Expr	   *from = (Expr *) call->argument;
	Expr	   *to;

	if (lets_much_through(req) || !planner_may_search(req->root, from_operator, call->oid) ||
		!planner_may_search(req->root, to_operator, call->oid))
		return NIL;
	to = end_of_provider(call, req->root);
	if (to == NULL)
		return NIL;

	/* A text that is no provider's name may lie before codes of which it is no provider. */
	req->lossy = true;
	if (IsA(call->argument, Const))
	{
		text	   *provider = DatumGetTextPP(((Const *) call->argument)->constvalue);

		req->lossy = !status_code_is_provider(VARDATA_ANY(provider), VARSIZE_ANY_EXHDR(provider));
	}
	return list_make2(make_opclause(from_operator, BOOLOID, false, copyObject(code),
									copyObject(from), InvalidOid, InvalidOid),
					  make_opclause(to_operator, BOOLOID, false, copyObject(code), to,
									InvalidOid, InvalidOid));
}

static List *
index_condition(SupportRequestIndexCondition *req)
{
	PredicateCall call;

	/* Of the server's access methods, B-tree alone has these strategies and takes arrays. */
	if (!is_funcclause(req->node) || req->indexarg != 0 || req->index->relam != BTREE_AM_OID ||
		!pays(req->index, 1) || !recognize(req->funcid, ((FuncExpr *) req->node)->args, &call))
		return NIL;

	/* Of NULL a predicate isn't true, but only a function that isn't STRICT comes here with it. */
	if (call.argument &&
		(!is_pseudo_constant_for_index_of(req->root, call.argument, req->index) ||
		 (IsA(call.argument, Const) && ((Const *) call.argument)->constisnull)))
		return NIL;

	/* Of an exact condition, nothing is left of the predicate. */
	if (!planner_may_execute(req->root, call.oid))
		return NIL;
	req->lossy = false;
	return call.function ? set_condition(&call, req) : range_condition(&call, req);
}

/* Is the predicate true for a value?  "argument" is its second one's value. */
static bool
is_true_for(const PredicateCall *call, Datum argument, Datum value)
{
	const StatusCode *code = DatumGetStatusCode(value);

	if (call->function == NULL)
	{
		text	   *provider = DatumGetTextPP(argument);

		return status_code_is_from(code, VARDATA_ANY(provider), VARSIZE_ANY_EXHDR(provider));
	}
	return predicate_answer(call->function, lookup_meaning(code, call->source),
							call->argument ? DatumGetLabel(argument) : 0) == TRI_TRUE;
}

/* How many codes of the catalog sort before a text. */
static int
codes_before(const char *text, int len)
{
	int			low = 0;
	int			high = CATALOG_CODES;

	while (low < high)
	{
		int			middle = (low + high) / 2;
		const CatalogCode *code = catalog_code(middle);

		if (status_code_compare_texts(code->text, code->text_len, text, len) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/*
 * The fraction of the catalog's codes for which a predicate is true.  Overrides
 * don't count: that would take reading all of them.
 */
static double
fraction_of_catalog(const PredicateCall *call, Datum argument)
{
	text	   *provider;
	text	   *end;

	if (call->function)
		return catalog_fraction(call->function, call->argument ? DatumGetLabel(argument) : 0);

	provider = DatumGetTextPP(argument);
	if (!status_code_is_provider(VARDATA_ANY(provider), VARSIZE_ANY_EXHDR(provider)))
		return 0.0;
	end = DatumGetTextPP(text_after_provider(argument));
	return (double) (codes_before(VARDATA_ANY(end), VARSIZE_ANY_EXHDR(end)) -
					 codes_before(VARDATA_ANY(provider), VARSIZE_ANY_EXHDR(provider))) / CATALOG_CODES;
}

/*
 * Estimates the fraction of rows for which a predicate is true: exactly for
 * the column's most common values; for the others from its histogram, or,
 * where it has none, as among the codes of the catalog.
 */
static bool
selectivity(SupportRequestSelectivity *req)
{
	PredicateCall call;
	VariableStatData vardata;
	AttStatsSlot slot;
	Datum		argument = (Datum) 0;
	double		common = 0.0;
	double		true_common = 0.0;
	double		null_fraction = 0.0;
	double		true_others = -1.0;

	if (req->is_join || !recognize(req->funcid, req->args, &call))
		return false;
	if (call.argument)
	{
		Node	   *value = estimate_expression_value(req->root, call.argument);

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

	examine_variable(req->root, call.code, req->varRelid, &vardata);
	if (HeapTupleIsValid(vardata.statsTuple) && statistic_proc_security_check(&vardata, req->funcid))
	{
		null_fraction = ((Form_pg_statistic) GETSTRUCT(vardata.statsTuple))->stanullfrac;
		if (get_attstatsslot(&slot, vardata.statsTuple, STATISTIC_KIND_MCV, InvalidOid,
							 ATTSTATSSLOT_VALUES | ATTSTATSSLOT_NUMBERS))
		{
			if (getBaseType(slot.valuetype) == call.code_type)
			{
				for (int i = 0; i < slot.nvalues && i < slot.nnumbers; i++)
				{
					common += slot.numbers[i];
					if (is_true_for(&call, argument, slot.values[i]))
						true_common += slot.numbers[i];
				}
			}
			free_attstatsslot(&slot);
		}
		if (get_attstatsslot(&slot, vardata.statsTuple, STATISTIC_KIND_HISTOGRAM, InvalidOid,
							 ATTSTATSSLOT_VALUES))
		{
			if (getBaseType(slot.valuetype) == call.code_type && slot.nvalues > 0)
			{
				int			matches = 0;

				for (int i = 0; i < slot.nvalues; i++)
					matches += is_true_for(&call, argument, slot.values[i]);
				true_others = (double) matches / slot.nvalues;
			}
			free_attstatsslot(&slot);
		}
	}
	ReleaseVariableStats(vardata);

	if (true_others < 0.0)
		true_others = fraction_of_catalog(&call, argument);
	req->selectivity = true_common + Max(0.0, 1.0 - null_fraction - common) * true_others;
	CLAMP_PROBABILITY(req->selectivity);
	return true;
}

/*
 * status_code_predicate_support(internal) -> internal
 *
 * For is_retryable(), is_terminal(), is_success(), is_error(),
 * is_known_code(), in_category() and has_action(), for their builtin_ twins,
 * and for from_provider().
 */
Datum
status_code_predicate_support(PG_FUNCTION_ARGS)
{
	Node	   *request = (Node *) PG_GETARG_POINTER(0);

	if (IsA(request, SupportRequestIndexCondition))
		PG_RETURN_POINTER(index_condition((SupportRequestIndexCondition *) request));
	if (IsA(request, SupportRequestSelectivity) &&
		selectivity((SupportRequestSelectivity *) request))
		PG_RETURN_POINTER(request);
	PG_RETURN_POINTER(NULL);
}

/*
 * Turns code_category(status) = label into in_category(status, label), or the
 * same for an action; NULL where "comparison" is something else.
 */
static Expr *
simplify(PlannerInfo *root, Oid comparison, Node *value, Node *label)
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
		function = find_function("in_category", provider_codes_in_category, types, 2,
								 get_func_namespace(call->funcid));
	else if (attribute == provider_codes_code_action)
		function = find_function("has_action", provider_codes_has_action, types, 2,
								 get_func_namespace(call->funcid));
	else
		return NULL;

	/* A label that comes from a table makes a join, which shall stay one. */
	if (!OidIsValid(function) || contain_var_clause(label) || contain_volatile_functions(label))
		return NULL;

	if (!planner_may_execute(root, comparison) || !planner_may_execute(root, call->funcid) ||
		!planner_may_call(root, function, call->funcid))
		return NULL;

	result = (Expr *) makeFuncExpr(function, BOOLOID, list_make2(linitial(call->args), label),
								   InvalidOid, InvalidOid, COERCE_EXPLICIT_CALL);
	return operator == chareq ? result : makeBoolExpr(NOT_EXPR, list_make1(result), -1);
}

/*
 * status_label_support(internal) -> internal
 *
 * For = and <> of status_category and of status_action.  The builtin_ twins
 * stay as they are, since they may be what an index is on.  So does everything
 * in a query with grouping sets: what it groups by is NULL in some of its
 * rows, and must be found again in its other expressions.
 */
Datum
provider_codes_status_label_support(PG_FUNCTION_ARGS)
{
	Node	   *request = (Node *) PG_GETARG_POINTER(0);
	PlannerInfo *root;
	FuncExpr   *comparison;
	Expr	   *result;

	if (!IsA(request, SupportRequestSimplify))
		PG_RETURN_POINTER(NULL);
	root = ((SupportRequestSimplify *) request)->root;
	comparison = ((SupportRequestSimplify *) request)->fcall;

	/* An expression that is planned alone has no query, and can't depend on who runs it. */
	if (root == NULL || root->parse == NULL || root->parse->groupingSets != NIL ||
		list_length(comparison->args) != 2)
		PG_RETURN_POINTER(NULL);

	result = simplify(root, comparison->funcid, linitial(comparison->args),
					  lsecond(comparison->args));
	if (result == NULL)
		result = simplify(root, comparison->funcid, lsecond(comparison->args),
						  linitial(comparison->args));
	PG_RETURN_POINTER(result);
}

/*
 * status_code_set_support(internal) -> internal
 *
 * For codes_where(), codes_in_category(), codes_with_action() and their
 * builtin_ twins: tells the planner, which takes any function's array for a
 * short one, what an index search for all its values costs.
 */
Datum
status_code_set_support(PG_FUNCTION_ARGS)
{
	SupportRequestCost *request = (SupportRequestCost *) PG_GETARG_POINTER(0);
	const PredicateFunction *function = NULL;
	MeaningSource source = SOURCE_CURRENT;
	PGFunction	address;
	Node	   *argument;
	Oid			type;
	int			size = UNKNOWN_SET_SIZE;

	if (!IsA(request, SupportRequestCost) || request->node == NULL ||
		!IsA(request->node, FuncExpr) || list_length(((FuncExpr *) request->node)->args) != 1)
		PG_RETURN_POINTER(NULL);
	type = get_element_type(((FuncExpr *) request->node)->funcresulttype);
	argument = linitial(((FuncExpr *) request->node)->args);
	address = c_function(request->funcid);
	if (!OidIsValid(type) || !has_input(type, status_code_in))
		PG_RETURN_POINTER(NULL);

	if (IsA(argument, Const) && !((Const *) argument)->constisnull)
	{
		for (int kind = 0; kind < (int) lengthof(set_functions) && function == NULL; kind++)
		{
			for (int i = 0; i < (int) lengthof(set_functions[kind]); i++)
			{
				if (set_functions[kind][i].function != address)
					continue;
				source = i;
				function = kind == PREDICATE_PLAIN ?
					find_plain_predicate(DatumGetTextPP(((Const *) argument)->constvalue)) :
					predicate_of_kind(kind);
			}
		}
		if (function)
			size = code_set_size(function,
								 function->kind == PREDICATE_PLAIN ? 0 :
								 DatumGetLabel(((Const *) argument)->constvalue),
								 source, type);
	}
	request->startup = 0;
	request->per_tuple = size * COST_PER_VALUE * cpu_operator_cost;
	PG_RETURN_POINTER(request);
}
