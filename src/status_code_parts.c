/*
 * status_code_parts.c
 *		SQL functions that return parts of a value.
 *
 * All are IMMUTABLE, STRICT, PARALLEL SAFE and LEAKPROOF.  They depend on the
 * text form only.
 */
#include "status_code.h"

#include "utils/builtins.h"

PG_FUNCTION_INFO_V1(provider_codes_code_provider);
PG_FUNCTION_INFO_V1(provider_codes_code_value);
PG_FUNCTION_INFO_V1(provider_codes_code_variant);
PG_FUNCTION_INFO_V1(provider_codes_code_number);
PG_FUNCTION_INFO_V1(provider_codes_code_base);
PG_FUNCTION_INFO_V1(provider_codes_from_provider);

/*
 * Returns the parts of the first argument.  They can point into the caller's
 * buffer of STATUS_CODE_MAX_LENGTH bytes.
 */
static StatusCodeParts
get_parts(FunctionCallInfo fcinfo, char *buffer)
{
	int			len;
	const char *str = status_code_text(PG_GETARG_STATUS_CODE(0), buffer, &len);

	return status_code_split(str, len);
}

/* code_provider(status_code) -> text */
Datum
provider_codes_code_provider(PG_FUNCTION_ARGS)
{
	char		buffer[STATUS_CODE_MAX_LENGTH];
	StatusCodeParts parts = get_parts(fcinfo, buffer);

	PG_RETURN_TEXT_P(cstring_to_text_with_len(parts.provider,
											  parts.provider_len));
}

/* code_value(status_code) -> text: the code without provider and variant */
Datum
provider_codes_code_value(PG_FUNCTION_ARGS)
{
	char		buffer[STATUS_CODE_MAX_LENGTH];
	StatusCodeParts parts = get_parts(fcinfo, buffer);

	PG_RETURN_TEXT_P(cstring_to_text_with_len(parts.code, parts.code_len));
}

/* code_variant(status_code) -> text: NULL if there is none */
Datum
provider_codes_code_variant(PG_FUNCTION_ARGS)
{
	char		buffer[STATUS_CODE_MAX_LENGTH];
	StatusCodeParts parts = get_parts(fcinfo, buffer);

	if (parts.variant == NULL)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text_with_len(parts.variant,
											  parts.variant_len));
}

/*
 * code_number(status_code) -> integer
 *
 * Returns NULL if the code is not a number, or does not fit into an integer.
 */
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
	const StatusCode *code = PG_GETARG_STATUS_CODE(0);

	PG_RETURN_STATUS_CODE(status_code_without_variant(code));
}

/*
 * from_provider(status_code, provider text) -> boolean
 *
 * Returns false for a text that is not the name of any provider.
 */
Datum
provider_codes_from_provider(PG_FUNCTION_ARGS)
{
	text	   *provider = PG_GETARG_TEXT_PP(1);

	PG_RETURN_BOOL(status_code_is_from(PG_GETARG_STATUS_CODE(0),
									   VARDATA_ANY(provider),
									   VARSIZE_ANY_EXHDR(provider)));
}
