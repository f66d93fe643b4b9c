/*
 * status_code_io.c
 *		SQL functions that make and show values: input and output, casts, constructors.
 *
 * All are IMMUTABLE and PARALLEL SAFE: none reads a table or a setting, or
 * dump and restore, logical replication and a hostile search_path would break
 * the type.  Malformed input is 22P02.
 */
#include "status_code.h"

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

/* A parsed value as the function's result; NULL where it is malformed. */
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
	char	   *text = PG_GETARG_CSTRING(0);

	RETURN_PARSED(status_code_parse(text, strlen(text), fcinfo->context));
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

	RETURN_PARSED(status_code_parse(text, len, fcinfo->context));
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

	RETURN_PARSED(status_code_parse(VARDATA_ANY(arg), VARSIZE_ANY_EXHDR(arg), fcinfo->context));
}

/* status_code(character) -> status_code: the cast; the blanks that pad it are no part of it */
Datum
status_code_from_bpchar(PG_FUNCTION_ARGS)
{
	BpChar	   *arg = PG_GETARG_BPCHAR_PP(0);
	char	   *text = VARDATA_ANY(arg);

	RETURN_PARSED(status_code_parse(text, bpchartruelen(text, VARSIZE_ANY_EXHDR(arg)),
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
	RETURN_PARSED(status_code_make(&parts, fcinfo->context));
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
	RETURN_PARSED(status_code_make(&parts, fcinfo->context));
}

/* try_status_code(text) -> status_code: NULL where it is malformed */
Datum
status_code_try_from_text(PG_FUNCTION_ARGS)
{
	text	   *arg = PG_GETARG_TEXT_PP(0);

	RETURN_PARSED(status_code_try_parse(VARDATA_ANY(arg), VARSIZE_ANY_EXHDR(arg)));
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
	RETURN_PARSED(status_code_try_make(&parts));
}
