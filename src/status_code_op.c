/*
 * status_code_op.c
 *		SQL functions that compare values: operators, support functions of the
 *		operator classes, and the transition functions of min() and max().
 *
 * All are IMMUTABLE, STRICT, PARALLEL SAFE and LEAKPROOF: they raise no error
 * that depends on a value, except for corrupted data (see status_code_text()).
 *
 * A value can be compared with a text, so that a driver's text parameter can
 * use an index.  A text has the hash of the value that it is equal to, so that
 * the types can be joined.  A text that is not a status code is equal to none,
 * but has a position in the same order: see status_code.h.
 */
#include "status_code.h"

#include "long_text.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/lsyscache.h"
#include "utils/sortsupport.h"

PG_FUNCTION_INFO_V1(status_code_sortsupport);
PG_FUNCTION_INFO_V1(status_code_hash_32);
PG_FUNCTION_INFO_V1(status_code_hash_64);
PG_FUNCTION_INFO_V1(status_code_text_hash_32);
PG_FUNCTION_INFO_V1(status_code_text_hash_64);
PG_FUNCTION_INFO_V1(status_code_minmax_opcinfo);
PG_FUNCTION_INFO_V1(status_code_smaller);
PG_FUNCTION_INFO_V1(status_code_larger);

/*
 * An argument of a comparison, as its text form.
 *
 * "copy" is the detoasted argument, for free_if_copy().  Comparisons run in
 * memory contexts that live as long as a whole sort or index build, so they
 * must free it.
 */
typedef struct Operand
{
	const char *text;
	int			len;
	const void *copy;
	char		buffer[STATUS_CODE_MAX_LENGTH];
} Operand;

/* Frees a detoasted argument if it is a copy; like PG_FREE_IF_COPY(). */
static inline void
free_if_copy(const void *value, Datum argument)
{
	if (unlikely(value != DatumGetPointer(argument)))
		pfree((void *) value);
}

static int
compare_values(Datum a, Datum b)
{
	const StatusCode *acode = DatumGetStatusCode(a);
	const StatusCode *bcode = DatumGetStatusCode(b);
	int			result = status_code_compare(acode, bcode);

	free_if_copy(acode, a);
	free_if_copy(bcode, b);
	return result;
}

/* Reads an argument of type status_code. */
static void
get_value(Datum argument, Operand *operand)
{
	const StatusCode *code = DatumGetStatusCode(argument);

	operand->text = status_code_text(code, operand->buffer, &operand->len);
	operand->copy = code;
}

/* Reads an argument of type text. */
static void
get_text(Datum argument, Operand *operand)
{
	const text *value = DatumGetTextPP(argument);

	operand->text = VARDATA_ANY(value);
	operand->len = VARSIZE_ANY_EXHDR(value);
	operand->copy = value;
}

typedef void (*GetOperand) (Datum argument, Operand *operand);

static int
compare_operands(FunctionCallInfo fcinfo, GetOperand get_left,
				 GetOperand get_right)
{
	Operand		left;
	Operand		right;
	int			result;

	get_left(PG_GETARG_DATUM(0), &left);
	get_right(PG_GETARG_DATUM(1), &right);
	result = status_code_compare_texts(left.text, left.len,
									   right.text, right.len);
	free_if_copy(left.copy, PG_GETARG_DATUM(0));
	free_if_copy(right.copy, PG_GETARG_DATUM(1));
	return result;
}

/* Values are equal if their stored forms are. */
static bool
equal_values(Datum a, Datum b)
{
	const StatusCode *acode = DatumGetStatusCode(a);
	const StatusCode *bcode = DatumGetStatusCode(b);
	Size		len = VARSIZE_ANY_EXHDR(acode);
	bool		result;

	result = len == VARSIZE_ANY_EXHDR(bcode) &&
		memcmp(VARDATA_ANY(acode), VARDATA_ANY(bcode), len) == 0;
	free_if_copy(acode, a);
	free_if_copy(bcode, b);
	return result;
}

/*
 * Only identical texts are equal in the order of status_code_compare_texts().
 */
static bool
equal_operands(FunctionCallInfo fcinfo, GetOperand get_left,
			   GetOperand get_right)
{
	Operand		left;
	Operand		right;
	bool		result;

	get_left(PG_GETARG_DATUM(0), &left);
	get_right(PG_GETARG_DATUM(1), &right);
	result = left.len == right.len &&
		long_text_compare(left.text, right.text, left.len) == 0;
	free_if_copy(left.copy, PG_GETARG_DATUM(0));
	free_if_copy(right.copy, PG_GETARG_DATUM(1));
	return result;
}

/* Defines a comparison function; "result" is a return statement. */
#define COMPARISON(name, result) \
	PG_FUNCTION_INFO_V1(name); \
	Datum \
	name(PG_FUNCTION_ARGS) \
	{ \
		result; \
	} \
	extern Datum name(PG_FUNCTION_ARGS)

/* (status_code, status_code) */
#define EQUAL equal_values(PG_GETARG_DATUM(0), PG_GETARG_DATUM(1))
#define COMPARE compare_values(PG_GETARG_DATUM(0), PG_GETARG_DATUM(1))
COMPARISON(status_code_eq, PG_RETURN_BOOL(EQUAL));
COMPARISON(status_code_ne, PG_RETURN_BOOL(!EQUAL));
COMPARISON(status_code_lt, PG_RETURN_BOOL(COMPARE < 0));
COMPARISON(status_code_le, PG_RETURN_BOOL(COMPARE <= 0));
COMPARISON(status_code_gt, PG_RETURN_BOOL(COMPARE > 0));
COMPARISON(status_code_ge, PG_RETURN_BOOL(COMPARE >= 0));
COMPARISON(status_code_cmp, PG_RETURN_INT32(COMPARE));
#undef EQUAL
#undef COMPARE

/* (status_code, text) */
#define EQUAL equal_operands(fcinfo, get_value, get_text)
#define COMPARE compare_operands(fcinfo, get_value, get_text)
COMPARISON(status_code_text_eq, PG_RETURN_BOOL(EQUAL));
COMPARISON(status_code_text_ne, PG_RETURN_BOOL(!EQUAL));
COMPARISON(status_code_text_lt, PG_RETURN_BOOL(COMPARE < 0));
COMPARISON(status_code_text_le, PG_RETURN_BOOL(COMPARE <= 0));
COMPARISON(status_code_text_gt, PG_RETURN_BOOL(COMPARE > 0));
COMPARISON(status_code_text_ge, PG_RETURN_BOOL(COMPARE >= 0));
COMPARISON(status_code_text_cmp, PG_RETURN_INT32(COMPARE));
#undef EQUAL
#undef COMPARE

/* (text, status_code) */
#define EQUAL equal_operands(fcinfo, get_text, get_value)
#define COMPARE compare_operands(fcinfo, get_text, get_value)
COMPARISON(provider_codes_text_status_code_eq, PG_RETURN_BOOL(EQUAL));
COMPARISON(provider_codes_text_status_code_ne, PG_RETURN_BOOL(!EQUAL));
COMPARISON(provider_codes_text_status_code_lt, PG_RETURN_BOOL(COMPARE < 0));
COMPARISON(provider_codes_text_status_code_le, PG_RETURN_BOOL(COMPARE <= 0));
COMPARISON(provider_codes_text_status_code_gt, PG_RETURN_BOOL(COMPARE > 0));
COMPARISON(provider_codes_text_status_code_ge, PG_RETURN_BOOL(COMPARE >= 0));
COMPARISON(provider_codes_text_status_code_cmp, PG_RETURN_INT32(COMPARE));
#undef EQUAL
#undef COMPARE

/* (text, text), in the order of status codes */
#define EQUAL equal_operands(fcinfo, get_text, get_text)
#define COMPARE compare_operands(fcinfo, get_text, get_text)
COMPARISON(status_code_text_text_eq, PG_RETURN_BOOL(EQUAL));
COMPARISON(status_code_text_text_ne, PG_RETURN_BOOL(!EQUAL));
COMPARISON(status_code_text_text_lt, PG_RETURN_BOOL(COMPARE < 0));
COMPARISON(status_code_text_text_le, PG_RETURN_BOOL(COMPARE <= 0));
COMPARISON(status_code_text_text_gt, PG_RETURN_BOOL(COMPARE > 0));
COMPARISON(status_code_text_text_ge, PG_RETURN_BOOL(COMPARE >= 0));
COMPARISON(status_code_text_text_cmp, PG_RETURN_INT32(COMPARE));
#undef EQUAL
#undef COMPARE

static int
compare_for_sort(Datum a, Datum b, SortSupport ssup)
{
	(void) ssup;
	return compare_values(a, b);
}

/*
 * status_code_sortsupport(internal)
 *
 * There are no abbreviated keys: in a status column nearly all comparisons are
 * ties, which abbreviation makes slower.
 */
Datum
status_code_sortsupport(PG_FUNCTION_ARGS)
{
	SortSupport ssup = (SortSupport) PG_GETARG_POINTER(0);

	ssup->comparator = compare_for_sort;
	PG_RETURN_VOID();
}

/* status_code_hash_32(status_code) -> integer */
Datum
status_code_hash_32(PG_FUNCTION_ARGS)
{
	const StatusCode *code = PG_GETARG_STATUS_CODE(0);
	uint32		hash = status_code_hash(code);

	free_if_copy(code, PG_GETARG_DATUM(0));
	PG_RETURN_UINT32(hash);
}

/* status_code_hash_64(status_code, seed bigint) -> bigint */
Datum
status_code_hash_64(PG_FUNCTION_ARGS)
{
	const StatusCode *code = PG_GETARG_STATUS_CODE(0);
	uint64		hash = status_code_hash_extended(code, PG_GETARG_INT64(1));

	free_if_copy(code, PG_GETARG_DATUM(0));
	PG_RETURN_UINT64(hash);
}

/*
 * status_code_hash(text) -> integer
 *
 * Returns the hash of the status code that the text is equal to.
 */
Datum
status_code_text_hash_32(PG_FUNCTION_ARGS)
{
	Operand		operand;
	uint32		hash;

	get_text(PG_GETARG_DATUM(0), &operand);
	hash = status_code_hash_text(operand.text, operand.len);
	free_if_copy(operand.copy, PG_GETARG_DATUM(0));
	PG_RETURN_UINT32(hash);
}

/* status_code_hash(text, seed bigint) -> bigint */
Datum
status_code_text_hash_64(PG_FUNCTION_ARGS)
{
	Operand		operand;
	uint64		hash;

	get_text(PG_GETARG_DATUM(0), &operand);
	hash = status_code_hash_text_extended(operand.text, operand.len,
										  PG_GETARG_INT64(1));
	free_if_copy(operand.copy, PG_GETARG_DATUM(0));
	PG_RETURN_UINT64(hash);
}

/*
 * status_code_minmax_opcinfo(internal) -> internal
 *
 * Does the same as the server's brin_minmax_opcinfo(), but raises an error for
 * a column of a domain type, when the index is created.  The server would
 * search for operators of the domain itself and find none, and every later
 * INSERT would fail.
 */
Datum
status_code_minmax_opcinfo(PG_FUNCTION_ARGS)
{
	Oid			type = PG_GETARG_OID(0);

	if (getBaseType(type) != type)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("BRIN indexes on columns of domain %s are not supported",
						format_type_be_qualified(type)),
				 errhint("Index the base type, as an expression: USING brin ((column::%s)).",
						 format_type_be_qualified(getBaseType(type)))));
	return brin_minmax_opcinfo(fcinfo);
}

/*
 * status_code_smaller(status_code, status_code) -> status_code
 *
 * The transition function of min().
 */
Datum
status_code_smaller(PG_FUNCTION_ARGS)
{
	Datum		a = PG_GETARG_DATUM(0);
	Datum		b = PG_GETARG_DATUM(1);

	PG_RETURN_DATUM(compare_values(a, b) <= 0 ? a : b);
}

/*
 * status_code_larger(status_code, status_code) -> status_code
 *
 * The transition function of max().
 */
Datum
status_code_larger(PG_FUNCTION_ARGS)
{
	Datum		a = PG_GETARG_DATUM(0);
	Datum		b = PG_GETARG_DATUM(1);

	PG_RETURN_DATUM(compare_values(a, b) >= 0 ? a : b);
}
