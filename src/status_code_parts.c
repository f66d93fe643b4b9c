/*
 * status_code_parts.c
 *		SQL functions that take a value apart.
 *
 * All are IMMUTABLE, STRICT, PARALLEL SAFE and LEAKPROOF; they consult no
 * catalog and no table.
 */
#include "status_code.h"

#include "utils/builtins.h"

PG_FUNCTION_INFO_V1(provider_codes_code_provider);
PG_FUNCTION_INFO_V1(provider_codes_code_value);
PG_FUNCTION_INFO_V1(provider_codes_code_variant);
PG_FUNCTION_INFO_V1(provider_codes_code_number);
PG_FUNCTION_INFO_V1(provider_codes_code_base);
PG_FUNCTION_INFO_V1(provider_codes_from_provider);

static StatusCodeParts
get_parts(FunctionCallInfo fcinfo, char *buffer)
{
	int			len;
	const char *text = status_code_text(PG_GETARG_STATUS_CODE(0), buffer, &len);

	return status_code_split(text, len);
}

/* code_provider(status_code) -> text */
Datum
provider_codes_code_provider(PG_FUNCTION_ARGS)
{
	char		buffer[STATUS_CODE_MAX_LENGTH];
	StatusCodeParts parts = get_parts(fcinfo, buffer);

	PG_RETURN_TEXT_P(cstring_to_text_with_len(parts.provider, parts.provider_len));
}

/* code_value(status_code) -> text: the code alone, without provider and variant */
Datum
provider_codes_code_value(PG_FUNCTION_ARGS)
{
	char		buffer[STATUS_CODE_MAX_LENGTH];
	StatusCodeParts parts = get_parts(fcinfo, buffer);

	PG_RETURN_TEXT_P(cstring_to_text_with_len(parts.code, parts.code_len));
}

/* code_variant(status_code) -> text: NULL where there is none */
Datum
provider_codes_code_variant(PG_FUNCTION_ARGS)
{
	char		buffer[STATUS_CODE_MAX_LENGTH];
	StatusCodeParts parts = get_parts(fcinfo, buffer);

	if (parts.variant == NULL)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text_with_len(parts.variant, parts.variant_len));
}

/* code_number(status_code) -> integer: NULL for a word, or a number larger than an integer */
Datum
provider_codes_code_number(PG_FUNCTION_ARGS)
{
	char		buffer[STATUS_CODE_MAX_LENGTH];
	StatusCodeParts parts = get_parts(fcinfo, buffer);
	int64		number = 0;

	if (!status_code_is_number(parts.code, parts.code_len))
		PG_RETURN_NULL();
	for (int i = 0; i < parts.code_len; i++)
	{
		number = number * 10 + (parts.code[i] - '0');
		if (number > PG_INT32_MAX)
			PG_RETURN_NULL();
	}
	PG_RETURN_INT32((int32) number);
}

/* code_base(status_code) -> status_code: the value without its variant */
Datum
provider_codes_code_base(PG_FUNCTION_ARGS)
{
	PG_RETURN_STATUS_CODE(status_code_without_variant(PG_GETARG_STATUS_CODE(0)));
}

/* from_provider(status_code, provider text) -> boolean: a text that is no provider's name has no codes */
Datum
provider_codes_from_provider(PG_FUNCTION_ARGS)
{
	text	   *provider = PG_GETARG_TEXT_PP(1);

	PG_RETURN_BOOL(status_code_is_from(PG_GETARG_STATUS_CODE(0), VARDATA_ANY(provider),
									   VARSIZE_ANY_EXHDR(provider)));
}
