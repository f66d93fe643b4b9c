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
 *   for its estimates alone.  from_provider(status, 'basiq') is a range.
 *
 * - How many rows a predicate lets through: the sum over the column's most
 *   common values, and an estimate for the others.
 *
 * - code_category(status) = 'mfa' is in_category(status, 'mfa'), and likewise
 *   for <> and for actions, so that the first two apply to it.
 *
 * Functions and types are recognized by their C functions: see identity.h.
 */
#include "compat.h"

#include "access/htup_details.h"
#include "access/stratnum.h"
#include "catalog/pg_am.h"
#include "catalog/pg_collation.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_statistic.h"
#include "catalog/pg_type.h"
#include "code_sets.h"
#include "identity.h"
#include "label.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "nodes/supportnodes.h"
#include "optimizer/cost.h"
#include "optimizer/optimizer.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"
#include "utils/selfuncs.h"
#include "utils/syscache.h"

PG_FUNCTION_INFO_V1(status_code_predicate_support);
PG_FUNCTION_INFO_V1(status_label_support);
PG_FUNCTION_INFO_V1(status_code_set_support);

/* Elsewhere in this library; what is asked for is their addresses. */
extern PGDLLEXPORT Datum code_category(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum code_action(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum in_category(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum has_action(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum from_provider(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum codes_where(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum codes_in_category(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum codes_with_action(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum builtin_codes_where(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum builtin_codes_in_category(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum builtin_codes_with_action(PG_FUNCTION_ARGS);

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
		[SOURCE_CURRENT] = {"codes_where", codes_where},
		[SOURCE_BUILTIN] = {"builtin_codes_where", builtin_codes_where}
	},
	[PREDICATE_CATEGORY] = {
		[SOURCE_CURRENT] = {"codes_in_category", codes_in_category},
		[SOURCE_BUILTIN] = {"builtin_codes_in_category", builtin_codes_in_category}
	},
	[PREDICATE_ACTION] = {
		[SOURCE_CURRENT] = {"codes_with_action", codes_with_action},
		[SOURCE_BUILTIN] = {"builtin_codes_with_action", builtin_codes_with_action}
	}
};

/*
 * A set of more values than this is no index condition, since the planner would
 * look at each of them.  Only thousands of overrides can make one so large.
 */
#define LARGEST_INDEXED_SET 2000

/* What a search for one value of a set costs, in units of cpu_operator_cost. */
#define COST_PER_VALUE 100

/* What the server assumes of an array that it doesn't know yet, and so do we. */
#define UNKNOWN_SET_SIZE 10

/* A call of one of our functions, recognized. */
typedef struct PredicateCall
{
	const PredicateFunction *function;	/* NULL for from_provider() */
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

	call->source = SOURCE_CURRENT;
	call->function = find_predicate(address, &call->source);
	if (call->function == NULL && address != from_provider)
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

/* The label that a constant argument is; 0 where it is NULL or there is none. */
static uint8
argument_label(Node *argument)
{
	if (argument == NULL || ((Const *) argument)->constisnull)
		return 0;
	return DatumGetLabel(((Const *) argument)->constvalue);
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

	if ((argument == NULL || IsA(argument, Const)) &&
		code_set_size(call->function, argument_label(argument), call->source,
					  call->code_type) > LARGEST_INDEXED_SET)
		return NIL;
	if (argument == NULL)
		argument = (Node *) makeConst(TEXTOID, -1, DEFAULT_COLLATION_OID, -1,
									  CStringGetTextDatum(call->function->name), false, false);
	argument_type = exprType(argument);
	function = find_function(set_functions[call->function->kind][call->source].name,
							 set_functions[call->function->kind][call->source].function,
							 &argument_type, 1, call->namespace);
	if (!OidIsValid(operator) || !OidIsValid(function))
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
	Node	   *after = (Node *) makeConst(TEXTOID, -1, DEFAULT_COLLATION_OID, -1,
										   CStringGetTextDatum(AFTER_PROVIDER), false, false);
	Expr	   *code = (Expr *) call->code;
	Expr	   *from = (Expr *) call->argument;
	Expr	   *to;

	if (!OidIsValid(from_operator) || !OidIsValid(to_operator))
		return NIL;

	to = (Expr *) makeFuncExpr(F_TEXTCAT, TEXTOID, list_make2(copyObject(from), after),
							   DEFAULT_COLLATION_OID, InvalidOid, COERCE_EXPLICIT_CALL);
	to = (Expr *) eval_const_expressions(req->root, (Node *) to);

	/* A text that is no provider's name may lie before codes of which it is no provider. */
	req->lossy = true;
	if (IsA(call->argument, Const) && !((Const *) call->argument)->constisnull)
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
		!recognize(req->funcid, ((FuncExpr *) req->node)->args, &call))
		return NIL;
	if (call.argument && !is_pseudo_constant_for_index_of(req->root, call.argument, req->index))
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
		char		buffer[STATUS_CODE_MAX_LENGTH];
		int			len;
		const char *text = status_code_text(code, buffer, &len);
		StatusCodeParts parts = status_code_split(text, len);

		return parts.provider_len == (int) VARSIZE_ANY_EXHDR(provider) &&
			memcmp(parts.provider, VARDATA_ANY(provider), parts.provider_len) == 0;
	}
	return call->function->predicate(meaning_by_source(code, call->source),
									 call->argument ? DatumGetLabel(argument) : 0) == TRI_TRUE;
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
	{
		int			matches = 0;

		for (int i = 0; i < CATALOG_CODES; i++)
			matches += is_true_for(&call, argument,
								   StatusCodeGetDatum(status_code_of_catalog(catalog_code(i))));
		true_others = (double) matches / CATALOG_CODES;
	}
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
simplify(Oid comparison, Node *value, Node *label)
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
	if (attribute == code_category)
		function = find_function("in_category", in_category, types, 2,
								 get_func_namespace(call->funcid));
	else if (attribute == code_action)
		function = find_function("has_action", has_action, types, 2,
								 get_func_namespace(call->funcid));
	else
		return NULL;

	/* A label that comes from a table makes a join, which shall stay one. */
	if (!OidIsValid(function) || contain_var_clause(label) || contain_volatile_functions(label))
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
status_label_support(PG_FUNCTION_ARGS)
{
	Node	   *request = (Node *) PG_GETARG_POINTER(0);
	PlannerInfo *root;
	FuncExpr   *comparison;
	Expr	   *result;

	if (!IsA(request, SupportRequestSimplify))
		PG_RETURN_POINTER(NULL);
	root = ((SupportRequestSimplify *) request)->root;
	comparison = ((SupportRequestSimplify *) request)->fcall;
	if (root == NULL || root->parse->groupingSets != NIL || list_length(comparison->args) != 2)
		PG_RETURN_POINTER(NULL);

	result = simplify(comparison->funcid, linitial(comparison->args), lsecond(comparison->args));
	if (result == NULL)
		result = simplify(comparison->funcid, lsecond(comparison->args),
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
								 function->kind == PREDICATE_PLAIN ? 0 : argument_label(argument),
								 source, type);
	}
	request->startup = 0;
	request->per_tuple = size * COST_PER_VALUE * cpu_operator_cost;
	PG_RETURN_POINTER(request);
}
