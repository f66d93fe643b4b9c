/*
 * status_code_op.c
 *		SQL functions that compare values: operators, B-tree and hash support, min and max.
 *
 * All are IMMUTABLE, STRICT, PARALLEL SAFE and LEAKPROOF: they raise no error
 * that depends on a value.
 *
 * A value also compares with a text, so that a driver's text parameter finds
 * the index, and hashes as the text that equals it, so that the two join.  A
 * text that is no status code equals none, and has its place in the same
 * order: see status_code.h.
 */
#include "status_code.h"

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
 * An argument of a comparison: its text form, and what was allocated to get
 * it.  Comparisons run in contexts that live as long as a whole sort or index
 * build, so that is freed.
 */
typedef struct Operand
{
	const char *text;
	int			len;
	const void *copy;
	char		buffer[STATUS_CODE_MAX_LENGTH];
} Operand;

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

static void
get_value(Datum argument, Operand *operand)
{
	const StatusCode *code = DatumGetStatusCode(argument);

	operand->text = status_code_text(code, operand->buffer, &operand->len);
	operand->copy = code;
}

static void
get_text(Datum argument, Operand *operand)
{
	const text *value = DatumGetTextPP(argument);

	operand->text = VARDATA_ANY(value);
	operand->len = VARSIZE_ANY_EXHDR(value);
	operand->copy = value;
}

static int
compare_operands(FunctionCallInfo fcinfo,
				 void (*get_left) (Datum, Operand *), void (*get_right) (Datum, Operand *))
{
	Operand		left;
	Operand		right;
	int			result;

	get_left(PG_GETARG_DATUM(0), &left);
	get_right(PG_GETARG_DATUM(1), &right);
	result = status_code_compare_texts(left.text, left.len, right.text, right.len);
	free_if_copy(left.copy, PG_GETARG_DATUM(0));
	free_if_copy(right.copy, PG_GETARG_DATUM(1));
	return result;
}

/* Equal values have equal images. */
static bool
equal_values(Datum a, Datum b)
{
	const StatusCode *acode = DatumGetStatusCode(a);
	const StatusCode *bcode = DatumGetStatusCode(b);
	bool		result;

	result = VARSIZE_ANY_EXHDR(acode) == VARSIZE_ANY_EXHDR(bcode) &&
		memcmp(VARDATA_ANY(acode), VARDATA_ANY(bcode), VARSIZE_ANY_EXHDR(acode)) == 0;
	free_if_copy(acode, a);
	free_if_copy(bcode, b);
	return result;
}

/* Only equal texts are equal in the order. */
static bool
equal_operands(FunctionCallInfo fcinfo,
			   void (*get_left) (Datum, Operand *), void (*get_right) (Datum, Operand *))
{
	Operand		left;
	Operand		right;
	bool		result;

	get_left(PG_GETARG_DATUM(0), &left);
	get_right(PG_GETARG_DATUM(1), &right);
	result = left.len == right.len && memcmp(left.text, right.text, left.len) == 0;
	free_if_copy(left.copy, PG_GETARG_DATUM(0));
	free_if_copy(right.copy, PG_GETARG_DATUM(1));
	return result;
}

/* Which types a function compares is the middle of its name. */
#define COMPARE_status_code compare_values(PG_GETARG_DATUM(0), PG_GETARG_DATUM(1))
#define COMPARE_status_code_text compare_operands(fcinfo, get_value, get_text)
#define COMPARE_provider_codes_text_status_code compare_operands(fcinfo, get_text, get_value)
#define COMPARE_status_code_text_text compare_operands(fcinfo, get_text, get_text)

#define EQUAL_status_code equal_values(PG_GETARG_DATUM(0), PG_GETARG_DATUM(1))
#define EQUAL_status_code_text equal_operands(fcinfo, get_value, get_text)
#define EQUAL_provider_codes_text_status_code equal_operands(fcinfo, get_text, get_value)
#define EQUAL_status_code_text_text equal_operands(fcinfo, get_text, get_text)

#define COMPARISON(types, name, RESULT) \
	PG_FUNCTION_INFO_V1(types##_##name); \
	Datum \
	types##_##name(PG_FUNCTION_ARGS) \
	{ \
		RESULT; \
	} \
	extern Datum types##_##name(PG_FUNCTION_ARGS)

#define COMPARISONS(types) \
	COMPARISON(types, eq, PG_RETURN_BOOL(EQUAL_##types)); \
	COMPARISON(types, ne, PG_RETURN_BOOL(!EQUAL_##types)); \
	COMPARISON(types, lt, PG_RETURN_BOOL(COMPARE_##types < 0)); \
	COMPARISON(types, le, PG_RETURN_BOOL(COMPARE_##types <= 0)); \
	COMPARISON(types, gt, PG_RETURN_BOOL(COMPARE_##types > 0)); \
	COMPARISON(types, ge, PG_RETURN_BOOL(COMPARE_##types >= 0)); \
	COMPARISON(types, cmp, PG_RETURN_INT32(COMPARE_##types))

COMPARISONS(status_code);
COMPARISONS(status_code_text);
COMPARISONS(provider_codes_text_status_code);
COMPARISONS(status_code_text_text);

static int
compare_for_sort(Datum a, Datum b, SortSupport ssup)
{
	(void) ssup;
	return compare_values(a, b);
}

/*
 * status_code_sortsupport(internal)
 *
 * No abbreviated keys: status columns are nearly all ties, which abbreviation
 * makes slower.
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

/* status_code_hash(text) -> integer: equal to that of the status code which the text equals */
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
	hash = status_code_hash_text_extended(operand.text, operand.len, PG_GETARG_INT64(1));
	free_if_copy(operand.copy, PG_GETARG_DATUM(0));
	PG_RETURN_UINT64(hash);
}

/*
 * status_code_minmax_opcinfo(internal) -> internal
 *
 * As of the server's minmax classes, but refuses a column of a domain, when the
 * index is created: the server looks for the operators of the column's very
 * type, finds none for a domain, and every later INSERT would fail.
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

/* status_code_smaller(status_code, status_code) -> status_code: the transition of min() */
Datum
status_code_smaller(PG_FUNCTION_ARGS)
{
	Datum		a = PG_GETARG_DATUM(0);
	Datum		b = PG_GETARG_DATUM(1);

	PG_RETURN_DATUM(compare_values(a, b) <= 0 ? a : b);
}

/* status_code_larger(status_code, status_code) -> status_code: the transition of max() */
Datum
status_code_larger(PG_FUNCTION_ARGS)
{
	Datum		a = PG_GETARG_DATUM(0);
	Datum		b = PG_GETARG_DATUM(1);

	PG_RETURN_DATUM(compare_values(a, b) >= 0 ? a : b);
}
