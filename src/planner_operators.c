/*
 * planner_operators.c
 *		Planner support for operators between a status code and a text.
 *
 * - status = 'syncfy:401'::text is simplified to status = 'syncfy:401'.  Only
 *   the latter makes an equivalence class, from which the planner knows, for
 *   example, that an index on (status, id) returns the matching rows in the
 *   order of id.  The = of a status code and a text makes none, because it is
 *   not a MERGES operator (the extension's script says why).
 *
 * - status LIKE 'basiq:invalid%' becomes a range in an index, and a pattern
 *   without wildcards becomes an equality.
 */
#include "status_code.h"

#include "access/stratnum.h"
#include "catalog/pg_am.h"
#include "catalog/pg_collation.h"
#include "catalog/pg_type.h"
#include "fmgr_identity.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "nodes/supportnodes.h"
#include "planner_rights.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/typcache.h"

PG_FUNCTION_INFO_V1(status_code_text_eq_support);
PG_FUNCTION_INFO_V1(status_code_like_support);

/*
 * A character that sorts after every character of the grammar.  All text forms
 * that begin with a prefix precede the prefix with this character appended.
 */
#define PREFIX_END_SUFFIX "~"

/*
 * Returns the value of a text constant; NULL if the node is no constant or
 * NULL.
 */
static text *
constant_text(Node *node)
{
	if (!IsA(node, Const) || ((Const *) node)->consttype != TEXTOID ||
		((Const *) node)->constisnull)
		return NULL;
	return DatumGetTextPP(((Const *) node)->constvalue);
}

static Expr *
make_text_const(const char *str, int len)
{
	text	   *value = cstring_to_text_with_len(str, len);

	return (Expr *) makeConst(TEXTOID, -1, DEFAULT_COLLATION_OID, -1,
							  PointerGetDatum(value), false, false);
}

static bool
is_status_code(Node *node)
{
	return has_input(exprType(node), status_code_in);
}

/*
 * Returns code = 'syncfy:401'::text as a comparison of two status codes.
 * Returns NULL if "other" is no constant text form of a status code, or if the
 * user's privileges do not allow the rewriting (planner_rights.h).
 */
static Node *
compare_as_code(PlannerInfo *root, Oid function, Node *code, Node *other)
{
	text	   *value = constant_text(other);
	StatusCode *constant;
	Oid			type = exprType(code);
	Oid			operator;
	Const	   *new_other;

	if (value == NULL)
		return NULL;
	constant = status_code_parse(VARDATA_ANY(value), VARSIZE_ANY_EXHDR(value));
	if (constant == NULL)
		return NULL;
	operator = lookup_type_cache(type, TYPECACHE_EQ_OPR)->eq_opr;
	if (!planner_may_search(root, operator, function) ||
		!planner_may_execute(root, function))
		return NULL;
	new_other = makeConst(type, -1, InvalidOid, -1,
						  StatusCodeGetDatum(constant), false, false);
	return (Node *) make_opclause(operator, BOOLOID, false, (Expr *) code,
								  (Expr *) new_other, InvalidOid, InvalidOid);
}

/*
 * Returns the same comparison with the text in collation "C".  Returns NULL if
 * the collation is deterministic, so that this changes nothing.
 *
 * A status code equals a text byte for byte, whatever collation the text has.
 * But a Memoize node considers two texts the same key if they are equal by
 * their own collation, and would return rows for one text that match the
 * other.
 */
static Node *
compare_bytewise(Oid collation, List *args, int text_arg)
{
	Node	   *value = list_nth(args, text_arg);
	Oid			family;
	Oid			operator;
	List	   *new_args;

	if (!OidIsValid(collation) || get_collation_isdeterministic(collation))
		return NULL;
	family = lookup_type_cache(exprType(list_nth(args, 1 - text_arg)),
							   TYPECACHE_HASH_OPFAMILY)->hash_opf;
	operator = get_opfamily_member(family, exprType(linitial(args)),
								   exprType(lsecond(args)),
								   HTEqualStrategyNumber);
	if (!OidIsValid(operator))
		return NULL;
	value = (Node *) makeRelabelType((Expr *) value, TEXTOID, -1,
									 C_COLLATION_OID, COERCE_IMPLICIT_CAST);
	new_args = list_copy(args);
	lfirst(list_nth_cell(new_args, text_arg)) = value;
	return (Node *) make_opclause(operator, BOOLOID, false, linitial(new_args),
								  lsecond(new_args), InvalidOid,
								  C_COLLATION_OID);
}

/*
 * status_code_text_eq_support(internal) -> internal
 *
 * Support function of = between a status code and a text, in either order.
 */
Datum
status_code_text_eq_support(PG_FUNCTION_ARGS)
{
	SupportRequestSimplify *req = (void *) PG_GETARG_POINTER(0);
	List	   *args;
	int			text_arg;
	Node	   *code;
	Node	   *other;
	Node	   *result;

	if (!IsA(req, SupportRequestSimplify) ||
		list_length(req->fcall->args) != 2)
		PG_RETURN_POINTER(NULL);
	args = req->fcall->args;
	text_arg = is_status_code(linitial(args)) ? 1 : 0;
	code = list_nth(args, 1 - text_arg);
	other = list_nth(args, text_arg);
	if (!is_status_code(code) || exprType(other) != TEXTOID)
		PG_RETURN_POINTER(NULL);

	result = compare_as_code(req->root, req->fcall->funcid, code, other);
	if (result == NULL)
		result = compare_bytewise(req->fcall->inputcollid, args, text_arg);
	PG_RETURN_POINTER(result);
}

/*
 * A longer LIKE pattern uses no index, because planning cannot be cancelled
 * while it reads the pattern.
 */
#define LONGEST_INDEXED_PATTERN 1024

/* The part of a LIKE pattern before its first wildcard. */
typedef struct Prefix
{
	char	   *text;			/* without escapes; not terminated */
	int			len;
	bool		whole;			/* the pattern has no wildcards */
	bool		exact;			/* every text with this prefix matches */
} Prefix;

/*
 * Reads the prefix of a pattern.  Returns false if the pattern is malformed.
 *
 * This goes by bytes, because in the encodings of databases no byte of a
 * multibyte character is an ASCII character.
 */
static bool
read_pattern(const text *pattern, Prefix *prefix)
{
	const char *p = VARDATA_ANY(pattern);
	const char *end = p + VARSIZE_ANY_EXHDR(pattern);

	prefix->text = palloc(end - p);
	prefix->len = 0;
	for (; p < end && *p != '%' && *p != '_'; p++)
	{
		if (*p == '\\' && ++p == end)
			return false;
		prefix->text[prefix->len++] = *p;
	}
	prefix->whole = p == end;
	while (p < end && *p == '%')
		p++;
	prefix->exact = p == end;

	/*
	 * Use no index for a malformed rest, so that it raises the same error as
	 * without an index, or none.
	 */
	for (; p < end; p++)
	{
		if (*p == '\\' && ++p == end)
			return false;
	}
	return true;
}

/*
 * Cuts a prefix before the first character that no status code contains.  So
 * prefix_condition() need not consider where such a character sorts.
 */
static void
cut_prefix(Prefix *prefix)
{
	for (int i = 0; i < prefix->len; i++)
	{
		if (prefix->text[i] != ':' && prefix->text[i] != '/' &&
			!status_code_is_code_character(prefix->text[i]))
		{
			prefix->len = i;
			prefix->exact = false;
			return;
		}
	}
}

/*
 * Returns status >= prefix AND status < prefix || '~'.
 *
 * Status codes and texts are ordered by provider, code and variant, and each
 * of these by its bytes, so the codes that begin with a prefix are adjacent.
 * There are two exceptions:
 *
 * - Numbers are ordered by value.  The numbers that begin with 4 lie between
 *   the number 4 and the word "4~", but so do others, for example 5.  So if
 *   the prefix ends within a number, the condition is lossy.
 *
 * - An empty code counts as a word, and words follow numbers.  So if the
 *   prefix ends with the colon, the lower bound is the provider without the
 *   colon, which precedes all codes of the provider.
 */
static List *
prefix_condition(const Prefix *prefix, Oid from_operator, Oid to_operator,
				 Node *code, bool *lossy)
{
	StatusCodeParts parts = status_code_split(prefix->text, prefix->len);
	bool		code_only = parts.code && parts.variant == NULL;
	bool		empty_code = code_only && parts.code_len == 0;
	char	   *end = psprintf("%.*s%s", prefix->len, prefix->text,
							   PREFIX_END_SUFFIX);
	Expr	   *from = make_text_const(prefix->text,
									   prefix->len - (empty_code ? 1 : 0));
	Expr	   *to = make_text_const(end, strlen(end));

	*lossy = !prefix->exact ||
		(code_only && status_code_is_number(parts.code, parts.code_len));
	return list_make2(make_opclause(from_operator, BOOLOID, false,
									copyObject((Expr *) code), from,
									InvalidOid, DEFAULT_COLLATION_OID),
					  make_opclause(to_operator, BOOLOID, false,
									copyObject((Expr *) code), to,
									InvalidOid, DEFAULT_COLLATION_OID));
}

/*
 * Returns the operator between a status code and a text in the index's
 * operator family, or InvalidOid if there is none or planner_rights.h does not
 * allow it.
 */
static Oid
index_operator(const SupportRequestIndexCondition *req, Node *code,
			   StrategyNumber strategy)
{
	Oid			operator = get_opfamily_member(req->opfamily, exprType(code),
											   TEXTOID, strategy);

	if (!planner_may_search(req->root, operator, req->funcid))
		return InvalidOid;
	return operator;
}

/* Returns the index condition for code LIKE pattern, or NIL. */
static List *
like_condition(SupportRequestIndexCondition *req, Node *code,
			   const text *pattern)
{
	bool		is_btree = req->index->relam == BTREE_AM_OID;
	Prefix		prefix;
	Oid			operator;
	Oid			to_operator;

	/* The strategy numbers of other access methods have other meanings. */
	if (!is_btree && req->index->relam != HASH_AM_OID)
		return NIL;
	if (VARSIZE_ANY_EXHDR(pattern) > LONGEST_INDEXED_PATTERN ||
		!read_pattern(pattern, &prefix))
		return NIL;

	if (prefix.whole)
	{
		operator = index_operator(req, code,
								  is_btree ? BTEqualStrategyNumber :
								  HTEqualStrategyNumber);
		if (!OidIsValid(operator))
			return NIL;
		req->lossy = false;
		return list_make1(make_opclause(operator, BOOLOID, false,
										copyObject((Expr *) code),
										make_text_const(prefix.text,
														prefix.len),
										InvalidOid, DEFAULT_COLLATION_OID));
	}

	cut_prefix(&prefix);
	if (!is_btree || prefix.len == 0)
		return NIL;
	operator = index_operator(req, code, BTGreaterEqualStrategyNumber);
	to_operator = index_operator(req, code, BTLessStrategyNumber);
	if (!OidIsValid(operator) || !OidIsValid(to_operator))
		return NIL;
	return prefix_condition(&prefix, operator, to_operator, code, &req->lossy);
}

/*
 * status_code_like_support(internal) -> internal
 *
 * Support function of LIKE between a status code and a pattern.  ILIKE has
 * none.
 */
Datum
status_code_like_support(PG_FUNCTION_ARGS)
{
	SupportRequestIndexCondition *req = (void *) PG_GETARG_POINTER(0);
	List	   *args;
	text	   *pattern;

	if (!IsA(req, SupportRequestIndexCondition) || req->indexarg != 0)
		PG_RETURN_POINTER(NULL);
	if (is_opclause(req->node))
		args = ((OpExpr *) req->node)->args;
	else if (is_funcclause(req->node))
		args = ((FuncExpr *) req->node)->args;
	else
		PG_RETURN_POINTER(NULL);
	if (list_length(args) != 2 || !is_status_code(linitial(args)))
		PG_RETURN_POINTER(NULL);
	pattern = constant_text(lsecond(args));
	if (pattern == NULL || !planner_may_execute(req->root, req->funcid))
		PG_RETURN_POINTER(NULL);
	PG_RETURN_POINTER(like_condition(req, linitial(args), pattern));
}
