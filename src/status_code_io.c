/*
 * status_code_io.c
 *		SQL functions that make and show values: input and output, casts, constructors.
 *
 * All are IMMUTABLE and PARALLEL SAFE: none reads a table or a setting, or
 * dump and restore, logical replication and a hostile search_path would break
 * the type.  Malformed input is 22P02.
 */
#include "status_code_hint.h"

#include "libpq/pqformat.h"
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

static int
errdetail_problem(StatusCodeProblem problem, const StatusCodeParts *parts)
{
	switch (problem)
	{
		case PROBLEM_NONE:
			break;
		case PROBLEM_LENGTH:
			return errdetail("A status code has at most %d bytes.", STATUS_CODE_MAX_LENGTH);
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

static int
errhint_nearest(StatusCodeProblem problem, const char *str, int len)
{
	const StatusCode *nearest = problem == PROBLEM_LENGTH ? NULL : nearest_code(str, len);

	if (nearest)
	{
		char		buffer[STATUS_CODE_MAX_LENGTH];
		int			nearest_len;
		const char *nearest_text = status_code_text(nearest, buffer, &nearest_len);

		return errhint("Perhaps you meant \"%.*s\".", nearest_len, nearest_text);
	}
	return errhint("Write it as provider:code or provider:code/variant, for example \"syncfy:401\".");
}

/* Reports a malformed text; returns only if escontext takes the error. */
static void
report_problem(StatusCodeProblem problem, const StatusCodeParts *parts, const char *str, int len,
			   Node *escontext)
{
	int			shown = status_code_shown_length(str, len);

	ereturn(escontext,,
			(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
			 errmsg("invalid input syntax for type %s: \"%.*s%s\"", "status_code",
					shown, str, shown < len ? "..." : ""),
			 errdetail_problem(problem, parts),
			 errhint_nearest(problem, str, len)));
}

/*
 * Returns the value with this text form.  If the text is malformed, raises 22P02
 * or reports it to escontext (an ErrorSaveContext, or NULL) and returns NULL.
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
	report_problem(status_code_check(&parts, &provider_id), &parts, str, len, escontext);
	return NULL;
}

/* The same from parts.  Of parts that are too long, the message shows the beginnings. */
static StatusCode *
make_or_report(const StatusCodeParts *parts, Node *escontext)
{
	StatusCode *result = status_code_make(parts);
	char	   *str;
	int			provider_id;

	if (result)
		return result;
	str = psprintf("%.*s:%.*s%s%.*s",
				   status_code_shown_length(parts->provider, parts->provider_len),
				   parts->provider,
				   status_code_shown_length(parts->code, parts->code_len), parts->code,
				   parts->variant ? "/" : "",
				   status_code_shown_length(parts->variant, parts->variant_len),
				   parts->variant ? parts->variant : "");
	report_problem(status_code_check(parts, &provider_id), parts, str, strlen(str), escontext);
	return NULL;
}

/* Returns a parsed value as the function's result; NULL if there is none. */
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

	RETURN_PARSED(parse_or_report(str, strlen(str), fcinfo->context));
}

/* status_code_out(status_code) -> cstring */
Datum
status_code_out(PG_FUNCTION_ARGS)
{
	char		buffer[STATUS_CODE_MAX_LENGTH];
	int			len;
	const char *text = status_code_text(PG_GETARG_STATUS_CODE(0), buffer, &len);
	char	   *result = palloc(len + 1);

	/* pnstrdup() would look for the text's end first. */
	memcpy(result, text, len);
	result[len] = '\0';
	PG_RETURN_CSTRING(result);
}

/* status_code_recv(internal) -> status_code; the text form is what goes over the wire */
Datum
status_code_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	int			len;
	char	   *text = pq_getmsgtext(buf, buf->len - buf->cursor, &len);

	RETURN_PARSED(parse_or_report(text, len, fcinfo->context));
}

/* status_code_send(status_code) -> bytea */
Datum
status_code_send(PG_FUNCTION_ARGS)
{
	char		buffer[STATUS_CODE_MAX_LENGTH];
	int			len;
	const char *text = status_code_text(PG_GETARG_STATUS_CODE(0), buffer, &len);
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendtext(&buf, text, len);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/* status_code(text) -> status_code: the cast */
Datum
status_code_from_text(PG_FUNCTION_ARGS)
{
	text	   *arg = PG_GETARG_TEXT_PP(0);

	RETURN_PARSED(parse_or_report(VARDATA_ANY(arg), VARSIZE_ANY_EXHDR(arg), fcinfo->context));
}

/* status_code(character) -> status_code: the cast; the blanks that pad it are no part of it */
Datum
status_code_from_bpchar(PG_FUNCTION_ARGS)
{
	BpChar	   *arg = PG_GETARG_BPCHAR_PP(0);
	char	   *text = VARDATA_ANY(arg);

	RETURN_PARSED(parse_or_report(text, bpchartruelen(text, VARSIZE_ANY_EXHDR(arg)),
									fcinfo->context));
}

/* text(status_code) -> text: the cast */
Datum
status_code_to_text(PG_FUNCTION_ARGS)
{
	char		buffer[STATUS_CODE_MAX_LENGTH];
	int			len;
	const char *text = status_code_text(PG_GETARG_STATUS_CODE(0), buffer, &len);

	PG_RETURN_TEXT_P(cstring_to_text_with_len(text, len));
}

/*
 * Takes the parts (provider text, code text, variant text) from a function's
 * arguments; a NULL variant is none.  Returns false where provider or code is
 * NULL.
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

/* try_status_code(text) -> status_code: NULL where it is malformed */
Datum
status_code_try_from_text(PG_FUNCTION_ARGS)
{
	text	   *arg = PG_GETARG_TEXT_PP(0);

	RETURN_PARSED(status_code_parse(VARDATA_ANY(arg), VARSIZE_ANY_EXHDR(arg)));
}

/*
 * try_status_code(provider text, code text, variant text) -> status_code: NULL
 * where a part is malformed
 */
Datum
status_code_try_from_parts(PG_FUNCTION_ARGS)
{
	StatusCodeParts parts;

	if (!get_parts(fcinfo, &parts))
		PG_RETURN_NULL();
	RETURN_PARSED(status_code_make(&parts));
}
