/*
 * status_code_io.c
 *		SQL functions that make and show values: I/O, casts and constructors.
 *
 * All are IMMUTABLE and PARALLEL SAFE.  None reads a table or a setting;
 * otherwise dump and restore, logical replication or a hostile search_path
 * could break the type.  Malformed input raises 22P02.
 */
#include "status_code_hint.h"

#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "utils/builtins.h"

PG_FUNCTION_INFO_V1(status_code_in);
PG_FUNCTION_INFO_V1(status_code_out);
PG_FUNCTION_INFO_V1(status_code_recv);
PG_FUNCTION_INFO_V1(status_code_send);
PG_FUNCTION_INFO_V1(status_code_from_text);
PG_FUNCTION_INFO_V1(status_code_from_bpchar);
PG_FUNCTION_INFO_V1(status_code_to_text);
PG_FUNCTION_INFO_V1(status_code_from_parts);
PG_FUNCTION_INFO_V1(status_code_from_number);
PG_FUNCTION_INFO_V1(status_code_try_from_text);
PG_FUNCTION_INFO_V1(status_code_try_from_parts);

/* Adds the DETAIL of a malformed text to an error report. */
static int
errdetail_problem(StatusCodeProblem problem, const StatusCodeParts *parts)
{
	if (problem == PROBLEM_PROVIDER && parts->provider_len == 0)
		return errdetail("There is no provider before the \":\".");
	if ((problem == PROBLEM_CODE || problem == PROBLEM_NUMBER) &&
		parts->code_len == 0)
		return errdetail("There is no code after the \":\".");
	if (problem == PROBLEM_VARIANT && parts->variant_len == 0)
		return errdetail("There is no variant after the \"/\".");
	switch (problem)
	{
		case PROBLEM_NONE:
			break;
		case PROBLEM_LENGTH:
			return errdetail("A status code has at most %d bytes.",
							 STATUS_CODE_MAX_LENGTH);
		case PROBLEM_SEPARATOR:
			return errdetail("There is no \":\" between provider and code.");
		case PROBLEM_PROVIDER:
			return errdetail("A provider is a lower-case letter, followed by lower-case letters, digits, \"_\" or \"-\".");
		case PROBLEM_CODE:
			return errdetail("A code is a letter or digit, followed by letters, digits, \".\", \"_\" or \"-\".");
		case PROBLEM_NUMBER:
			return errdetail("The codes of provider \"%.*s\" are numbers without leading zeros.",
							 parts->provider_len, parts->provider);
		case PROBLEM_VARIANT:
			return errdetail("A variant is a letter or digit, followed by letters, digits, \".\", \"_\" or \"-\".");
	}
	return 0;
}

/*
 * Adds a HINT to an error report: the nearest code, or else the grammar.  A
 * text without a ":" is often not meant as a status code, but is the other
 * argument of COALESCE, CASE or UNION.
 */
static int
errhint_nearest(StatusCodeProblem problem, const char *str, int len)
{
	const StatusCode *nearest = NULL;

	if (problem != PROBLEM_LENGTH)
		nearest = nearest_code(str, len);
	if (nearest)
	{
		char		buffer[STATUS_CODE_MAX_LENGTH];
		int			nearest_len;
		const char *nearest_str;

		nearest_str = status_code_text(nearest, buffer, &nearest_len);
		return errhint("Perhaps you meant \"%.*s\".",
					   nearest_len, nearest_str);
	}
	if (problem == PROBLEM_SEPARATOR)
		return errhint("Write it as provider:code, for example \"syncfy:401\", or as status_code(provider, code). If it is not meant as a status code, cast the status code to text.");
	return errhint("Write it as provider:code or provider:code/variant, for example \"syncfy:401\".");
}

/*
 * Reports a malformed text.  Returns only if escontext is an ErrorSaveContext,
 * which the error is saved in.
 */
static void
report_problem(StatusCodeProblem problem, const StatusCodeParts *parts,
			   const char *str, int len, Node *escontext)
{
	ereturn(escontext,,
			(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
			 errmsg("invalid input syntax for type %s: \"%s\"", "status_code",
					status_code_excerpt(str, len)),
			 errdetail_problem(problem, parts),
			 errhint_nearest(problem, str, len)));
}

/*
 * Returns the value with this text form, palloc'd.  If the text is malformed,
 * raises 22P02, or saves the error in escontext (an ErrorSaveContext, or NULL)
 * and returns NULL.
 */
static StatusCode *
parse_or_report(const char *str, int len, Node *escontext)
{
	StatusCode *result = status_code_parse(str, len);
	StatusCodeParts parts;
	int			provider_id;

	if (result)
		return result;
	parts = status_code_split(str, len);
	report_problem(status_code_check(&parts, &provider_id), &parts, str, len,
				   escontext);
	return NULL;
}

/*
 * Does the same with parts.  The error message quotes the beginning of each
 * part that is too long.
 */
static StatusCode *
make_or_report(const StatusCodeParts *parts, Node *escontext)
{
	StatusCode *result = status_code_make(parts);
	char	   *str;
	int			provider_id;

	if (result)
		return result;
	str = psprintf("%.*s:%.*s%s%.*s",
				   status_code_shown_length(parts->provider,
											parts->provider_len),
				   parts->provider,
				   status_code_shown_length(parts->code, parts->code_len),
				   parts->code,
				   parts->variant ? "/" : "",
				   status_code_shown_length(parts->variant,
											parts->variant_len),
				   parts->variant ? parts->variant : "");
	report_problem(status_code_check(parts, &provider_id), parts,
				   str, strlen(str), escontext);
	return NULL;
}

/* Returns a value, or NULL, as the result of a function. */
#define RETURN_PARSED(value) \
	do { \
		StatusCode *result_ = (value); \
		if (result_ == NULL) \
			PG_RETURN_NULL(); \
		PG_RETURN_STATUS_CODE(result_); \
	} while (0)

/* status_code_in(cstring) -> status_code */
Datum
status_code_in(PG_FUNCTION_ARGS)
{
	char	   *str = PG_GETARG_CSTRING(0);

	RETURN_PARSED(parse_or_report(str, status_code_measure(str), fcinfo->context));
}

/* status_code_out(status_code) -> cstring */
Datum
status_code_out(PG_FUNCTION_ARGS)
{
	char		buffer[STATUS_CODE_MAX_LENGTH];
	int			len;
	const char *str = status_code_text(PG_GETARG_STATUS_CODE(0), buffer, &len);
	char	   *result = palloc(len + 1);

	/* Faster than pnstrdup(), which searches for a terminator first. */
	memcpy(result, str, len);
	result[len] = '\0';
	PG_RETURN_CSTRING(result);
}

/*
 * status_code_recv(internal) -> status_code
 *
 * The binary format is the text form.
 */
Datum
status_code_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	int			len;
	char	   *str = pq_getmsgtext(buf, buf->len - buf->cursor, &len);

	RETURN_PARSED(parse_or_report(str, len, fcinfo->context));
}

/* status_code_send(status_code) -> bytea */
Datum
status_code_send(PG_FUNCTION_ARGS)
{
	char		buffer[STATUS_CODE_MAX_LENGTH];
	int			len;
	const char *str = status_code_text(PG_GETARG_STATUS_CODE(0), buffer, &len);
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendtext(&buf, str, len);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/* status_code(text) -> status_code: the cast from text and varchar */
Datum
status_code_from_text(PG_FUNCTION_ARGS)
{
	text	   *arg = PG_GETARG_TEXT_PP(0);

	RETURN_PARSED(parse_or_report(VARDATA_ANY(arg), VARSIZE_ANY_EXHDR(arg),
								  fcinfo->context));
}

/*
 * Returns the length of a character(n) without its trailing blanks.  Unlike
 * bpchartruelen(), it can be cancelled.
 */
static int
length_without_blanks(const char *str, int len)
{
	while (len > 0 && str[len - 1] == ' ')
	{
		CHECK_FOR_INTERRUPTS();
		len--;
	}
	return len;
}

/*
 * status_code(character) -> status_code: the cast from character(n)
 *
 * Ignores the trailing blanks.
 */
Datum
status_code_from_bpchar(PG_FUNCTION_ARGS)
{
	BpChar	   *arg = PG_GETARG_BPCHAR_PP(0);
	char	   *str = VARDATA_ANY(arg);
	int			len = length_without_blanks(str, VARSIZE_ANY_EXHDR(arg));

	RETURN_PARSED(parse_or_report(str, len, fcinfo->context));
}

/* text(status_code) -> text: the cast to text */
Datum
status_code_to_text(PG_FUNCTION_ARGS)
{
	char		buffer[STATUS_CODE_MAX_LENGTH];
	int			len;
	const char *str = status_code_text(PG_GETARG_STATUS_CODE(0), buffer, &len);

	PG_RETURN_TEXT_P(cstring_to_text_with_len(str, len));
}

/*
 * Fills "parts" from the arguments (provider text, code text, variant text) of
 * a function.  If the variant is NULL, there is none.  Returns false if the
 * provider or the code is NULL.
 */
static bool
get_parts(FunctionCallInfo fcinfo, StatusCodeParts *parts)
{
	text	   *arg;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		return false;
	memset(parts, 0, sizeof(StatusCodeParts));
	arg = PG_GETARG_TEXT_PP(0);
	parts->provider = VARDATA_ANY(arg);
	parts->provider_len = VARSIZE_ANY_EXHDR(arg);
	arg = PG_GETARG_TEXT_PP(1);
	parts->code = VARDATA_ANY(arg);
	parts->code_len = VARSIZE_ANY_EXHDR(arg);
	if (!PG_ARGISNULL(2))
	{
		arg = PG_GETARG_TEXT_PP(2);
		parts->variant = VARDATA_ANY(arg);
		parts->variant_len = VARSIZE_ANY_EXHDR(arg);
	}
	return true;
}

/* status_code(provider text, code text, variant text) -> status_code */
Datum
status_code_from_parts(PG_FUNCTION_ARGS)
{
	StatusCodeParts parts;

	if (!get_parts(fcinfo, &parts))
		PG_RETURN_NULL();
	RETURN_PARSED(make_or_report(&parts, fcinfo->context));
}

/* status_code(provider text, code bigint) -> status_code */
Datum
status_code_from_number(PG_FUNCTION_ARGS)
{
	text	   *provider = PG_GETARG_TEXT_PP(0);
	char		number[MAXINT8LEN + 1];
	StatusCodeParts parts = {
		.provider = VARDATA_ANY(provider),
		.provider_len = VARSIZE_ANY_EXHDR(provider),
		.code = number
	};

	pg_lltoa(PG_GETARG_INT64(1), number);
	parts.code_len = strlen(number);
	RETURN_PARSED(make_or_report(&parts, fcinfo->context));
}

/*
 * try_status_code(text) -> status_code
 *
 * Returns NULL if the text is malformed.
 */
Datum
status_code_try_from_text(PG_FUNCTION_ARGS)
{
	text	   *arg = PG_GETARG_TEXT_PP(0);

	RETURN_PARSED(status_code_parse(VARDATA_ANY(arg), VARSIZE_ANY_EXHDR(arg)));
}

/*
 * try_status_code(provider text, code text, variant text) -> status_code
 *
 * Returns NULL if a part is malformed.
 */
Datum
status_code_try_from_parts(PG_FUNCTION_ARGS)
{
	StatusCodeParts parts;

	if (!get_parts(fcinfo, &parts))
		PG_RETURN_NULL();
	RETURN_PARSED(status_code_make(&parts));
}
