/*
 * planner_operators.c
 *		What the planner is told of operators between a status code and a text.
 *
 * - status = 'syncfy:401'::text is status = 'syncfy:401'.  The planner then
 *   knows that the rows of an index on (status, id) come in the order of id,
 *   and what else it knows of the equality of a type: it goes by B-tree
 *   families for that, and = of a status code and a text is no equality there
 *   (see the script of the extension).
 *
 * - status LIKE 'basiq:invalid%' is a range of an index, and a pattern without
 *   wildcards is an equality.
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
 * A character that follows all of the grammar's.  Text forms that begin with a
 * text precede that text with this character behind it.
 */
#define AFTER_ALL "~"

/* A text that is known and not NULL, or NULL. */
static text *
known_text(Node *node)
{
	if (!IsA(node, Const) || ((Const *) node)->consttype != TEXTOID ||
		((Const *) node)->constisnull)
		return NULL;
	return DatumGetTextPP(((Const *) node)->constvalue);
}

static Const *
make_text_const(const char *text, int len)
{
	return makeConst(TEXTOID, -1, DEFAULT_COLLATION_OID, -1,
					 PointerGetDatum(cstring_to_text_with_len(text, len)), false, false);
}

static bool
is_status_code(Node *node)
{
	return has_input(exprType(node), status_code_in);
}

/*
 * code = 'syncfy:401'::text as an equality of status codes; NULL where the text
 * is not known or no status code, or where other rights would be needed.
 */
static Node *
equal_code(PlannerInfo *root, Oid function, Node *code, Node *other)
{
	text	   *value = known_text(other);
	StatusCode *constant;
	Oid			type = exprType(code);
	Oid			operator;

	if (value == NULL || !status_code_is_valid(VARDATA_ANY(value), VARSIZE_ANY_EXHDR(value)))
		return NULL;
	operator = lookup_type_cache(type, TYPECACHE_EQ_OPR)->eq_opr;
	if (!planner_may_search(root, operator, function) || !planner_may_execute(root, function))
		return NULL;
	constant = status_code_parse(VARDATA_ANY(value), VARSIZE_ANY_EXHDR(value));
	return (Node *) make_opclause(operator, BOOLOID, false, (Expr *) code,
								  (Expr *) makeConst(type, -1, InvalidOid, -1,
													 StatusCodeGetDatum(constant), false, false),
								  InvalidOid, InvalidOid);
}

/*
 * The same comparison, by the text's bytes; NULL where it says so already.
 *
 * A status code equals a text byte for byte, whatever the text's collation.
 * But the server's Memoize node takes texts for the same key that their own
 * collation takes for equal, and would answer for the one what is right for
 * the other.
 */
static Node *
compare_bytewise(Oid collation, List *args, int text_place)
{
	Node	   *value = list_nth(args, text_place);
	Oid			family;
	Oid			operator;
	List	   *new_args;

	if (!OidIsValid(collation) || get_collation_isdeterministic(collation))
		return NULL;
	family = lookup_type_cache(exprType(list_nth(args, 1 - text_place)),
							   TYPECACHE_HASH_OPFAMILY)->hash_opf;
	operator = get_opfamily_member(family, exprType(linitial(args)), exprType(lsecond(args)),
								   HTEqualStrategyNumber);
	if (!OidIsValid(operator))
		return NULL;
	value = (Node *) makeRelabelType((Expr *) value, TEXTOID, -1, C_COLLATION_OID,
									 COERCE_IMPLICIT_CAST);
	new_args = list_copy(args);
	lfirst(list_nth_cell(new_args, text_place)) = value;
	return (Node *) make_opclause(operator, BOOLOID, false, linitial(new_args),
								  lsecond(new_args), InvalidOid, C_COLLATION_OID);
}

/*
 * status_code_text_eq_support(internal) -> internal
 *
 * For = of a status code and a text, either way about.
 */
Datum
status_code_text_eq_support(PG_FUNCTION_ARGS)
{
	SupportRequestSimplify *request = (SupportRequestSimplify *) PG_GETARG_POINTER(0);
	List	   *args;
	int			text_place;
	Node	   *result;

	if (!IsA(request, SupportRequestSimplify) || list_length(request->fcall->args) != 2)
		PG_RETURN_POINTER(NULL);
	args = request->fcall->args;
	text_place = is_status_code(linitial(args)) ? 1 : 0;
	if (!is_status_code(list_nth(args, 1 - text_place)) ||
		exprType(list_nth(args, text_place)) != TEXTOID)
		PG_RETURN_POINTER(NULL);

	result = equal_code(request->root, request->fcall->funcid, list_nth(args, 1 - text_place),
						list_nth(args, text_place));
	if (result == NULL)
		result = compare_bytewise(request->fcall->inputcollid, args, text_place);
	PG_RETURN_POINTER(result);
}

/* How a LIKE pattern begins. */
typedef struct Prefix
{
	char	   *text;			/* what a match begins with, without escapes */
	int			len;
	bool		whole;			/* there are no wildcards: it is all of a match */
	bool		exact;			/* what begins with it matches */
} Prefix;

/*
 * Reads a pattern up to its first wildcard; false where it is malformed.  In
 * the encodings of databases, no byte of a longer character is an ASCII one.
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

	/* A malformed rest shall raise its error, or none, with an index as without. */
	for (; p < end; p++)
	{
		if (*p == '\\' && ++p == end)
			return false;
	}
	return true;
}

/*
 * Cuts a prefix before the first character that no status code has, for which
 * the order of texts would have to be looked at more closely.
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
 * status >= prefix AND status < prefix || '~'
 *
 * In the order of texts among status codes, provider, code and variant follow
 * their bytes each, so that those that begin with a prefix are next to each
 * other.  There are two exceptions.  Numbers follow their values: those that
 * begin with 4 follow the number 4 and precede the word "4~", as do others,
 * 5 for one.  And an empty code counts as a word, behind the numbers: so the
 * codes of a provider follow its name without the colon.
 */
static List *
prefix_condition(const Prefix *prefix, Oid from_operator, Oid to_operator, Node *code,
				 bool *lossy)
{
	StatusCodeParts parts = status_code_split(prefix->text, prefix->len);
	bool		no_code = parts.code && parts.code_len == 0 && parts.variant == NULL;
	char	   *after = psprintf("%.*s%s", prefix->len, prefix->text, AFTER_ALL);

	*lossy = !prefix->exact ||
		(parts.code && parts.variant == NULL &&
		 status_code_is_number(parts.code, parts.code_len));
	return list_make2(make_opclause(from_operator, BOOLOID, false, copyObject((Expr *) code),
									(Expr *) make_text_const(prefix->text,
															 prefix->len - (no_code ? 1 : 0)),
									InvalidOid, DEFAULT_COLLATION_OID),
					  make_opclause(to_operator, BOOLOID, false, copyObject((Expr *) code),
									(Expr *) make_text_const(after, strlen(after)),
									InvalidOid, DEFAULT_COLLATION_OID));
}

/* The operator of a status code and a text in the index's family, if the user may use it. */
static Oid
index_operator(const SupportRequestIndexCondition *request, Node *code, StrategyNumber strategy)
{
	Oid			operator = get_opfamily_member(request->opfamily, exprType(code), TEXTOID, strategy);

	return planner_may_search(request->root, operator, request->funcid) ? operator : InvalidOid;
}

static List *
like_condition(SupportRequestIndexCondition *request, Node *code, const text *pattern)
{
	bool		is_btree = request->index->relam == BTREE_AM_OID;
	Prefix		prefix;
	Oid			operator;
	Oid			to_operator;

	/* The strategies of other access methods mean something else. */
	if ((!is_btree && request->index->relam != HASH_AM_OID) || !read_pattern(pattern, &prefix))
		return NIL;

	if (prefix.whole)
	{
		operator = index_operator(request, code,
								  is_btree ? BTEqualStrategyNumber : HTEqualStrategyNumber);
		if (!OidIsValid(operator))
			return NIL;
		request->lossy = false;
		return list_make1(make_opclause(operator, BOOLOID, false, copyObject((Expr *) code),
										(Expr *) make_text_const(prefix.text, prefix.len),
										InvalidOid, DEFAULT_COLLATION_OID));
	}

	cut_prefix(&prefix);
	if (!is_btree || prefix.len == 0)
		return NIL;
	operator = index_operator(request, code, BTGreaterEqualStrategyNumber);
	to_operator = index_operator(request, code, BTLessStrategyNumber);
	if (!OidIsValid(operator) || !OidIsValid(to_operator))
		return NIL;
	return prefix_condition(&prefix, operator, to_operator, code, &request->lossy);
}

/*
 * status_code_like_support(internal) -> internal
 *
 * For LIKE of a status code and a pattern.  ILIKE has none.
 */
Datum
status_code_like_support(PG_FUNCTION_ARGS)
{
	SupportRequestIndexCondition *request = (SupportRequestIndexCondition *) PG_GETARG_POINTER(0);
	List	   *args;
	text	   *pattern;

	if (!IsA(request, SupportRequestIndexCondition) || request->indexarg != 0)
		PG_RETURN_POINTER(NULL);
	if (is_opclause(request->node))
		args = ((OpExpr *) request->node)->args;
	else if (is_funcclause(request->node))
		args = ((FuncExpr *) request->node)->args;
	else
		PG_RETURN_POINTER(NULL);
	if (list_length(args) != 2 || !is_status_code(linitial(args)))
		PG_RETURN_POINTER(NULL);
	pattern = known_text(lsecond(args));
	if (pattern == NULL || !planner_may_execute(request->root, request->funcid))
		PG_RETURN_POINTER(NULL);
	PG_RETURN_POINTER(like_condition(request, linitial(args), pattern));
}
