/*
 * status_code_match.c
 *		Finds the code that a text written by people or other programs denotes.
 */
#include "status_code_match.h"

#include "text_match.h"
#include "utils/builtins.h"

/* The characters that can separate a provider from its code, besides ":". */
#define PROVIDER_ENDS " \t-_;,./=|"

/* A longer number denotes a code only if the catalog lists it. */
#define MAX_UNLISTED_DIGITS 3

PG_FUNCTION_INFO_V1(status_code_match);
PG_FUNCTION_INFO_V1(status_code_match_text);

/* Returns the id of the built-in provider that a text names, or 0. */
static int
match_provider(const char *str, int len)
{
	NormalizedText normalized;

	text_normalize(&normalized, str, len);
	for (int id = 1; id <= CATALOG_MAX_PROVIDER_ID; id++)
	{
		const CatalogProvider *provider = catalog_provider(id);

		if (provider &&
			text_matches(&normalized, provider->name, provider->name_len))
			return id;
	}
	return 0;
}

/*
 * Does the same as code_match_provider_of(), for one provider: returns whether
 * the text begins with its name, in upper or lower case, and a separator.
 */
static bool
begins_with_provider(const char *str, int len, const CatalogProvider *provider,
					 const char **rest, int *rest_len)
{
	int			name_len = provider->name_len;

	if (!text_begins_with(str, len, provider->name, name_len) ||
		len <= name_len + 1 ||
		strchr(PROVIDER_ENDS ":", str[name_len]) == NULL)
		return false;
	*rest = str + name_len + 1;
	*rest_len = len - name_len - 1;

	/* Skip a separate colon, as in "syncfy : 401". */
	text_trim(rest, rest_len);
	if (*rest_len > 0 && (*rest)[0] == ':' && str[name_len] != ':')
	{
		*rest += 1;
		*rest_len -= 1;
	}
	return true;
}

int
code_match_provider_of(const char *str, int len,
					   const char **rest, int *rest_len)
{
	const char *colon;

	if (len > TEXT_MATCH_MAX_LENGTH)
		return 0;
	for (int id = 1; id <= CATALOG_MAX_PROVIDER_ID; id++)
	{
		const CatalogProvider *provider = catalog_provider(id);

		if (provider &&
			begins_with_provider(str, len, provider, rest, rest_len))
			return id;
	}

	/* The spelling can differ in more than case: "Salt Edge: 401". */
	colon = memchr(str, ':', len);
	if (colon == NULL)
		return 0;
	*rest = colon + 1;
	*rest_len = str + len - *rest;
	return match_provider(str, colon - str);
}

/*
 * Returns the value of a provider's code or code/variant, or NULL if it is
 * malformed.
 */
static StatusCode *
make_code(const CatalogProvider *provider, const char *code, int len)
{
	char	   *str = psprintf("%s:%.*s", provider->name, len, code);

	return status_code_parse(str, strlen(str));
}

/*
 * Matches a number, for a provider whose codes are numbers.  The number can
 * have leading zeros, and "." or ".0" at its end.  Returns false if the value
 * is not a number.  Otherwise sets "result" to the code, or to NULL if the
 * number is not a code.
 */
static bool
match_number(const CatalogProvider *provider, const char *value, int len,
			 StatusCode **result)
{
	int			digits = 0;
	int			end;

	while (digits < len && value[digits] >= '0' && value[digits] <= '9')
		digits++;
	end = digits;
	if (digits > 0 && end < len && value[end] == '.')
	{
		end++;
		while (end < len && value[end] == '0')
			end++;
	}
	if (digits == 0 || end < len)
		return false;
	while (digits > 1 && *value == '0')
	{
		value++;
		digits--;
	}
	*result = make_code(provider, value, digits);
	if (*result && digits > MAX_UNLISTED_DIGITS &&
		!status_code_catalog_entry(*result))
		*result = NULL;
	return true;
}

/*
 * Returns whether the rest of a value, from "start" on, matches a text of the
 * catalog, which can be NULL.  Returns false if "start" is negative.
 */
static bool
rest_matches(const NormalizedText *value, int start, const text *candidate)
{
	return candidate && start >= 0 &&
		text_match_at(value, start, VARDATA_ANY(candidate),
					  VARSIZE_ANY_EXHDR(candidate)) == value->len - start;
}

/* Returns whether a value is the code of an entry, including its variant. */
static bool
is_code_of(const NormalizedText *value, const CatalogCode *entry)
{
	StatusCodeParts parts = status_code_split(catalog_code_text(entry),
											  entry->text_len);
	int			len = entry->text_len - parts.provider_len - 1;

	return text_matches(value, parts.code, len);
}

/*
 * Returns whether a value is the name, title or variant of an entry, or its
 * code and name or title, as in "404 Not Found".
 */
static bool
is_name_of(const NormalizedText *value, const CatalogCode *entry)
{
	StatusCodeParts parts = status_code_split(catalog_code_text(entry),
											  entry->text_len);
	int			code_len = text_match_at(value, 0, parts.code, parts.code_len);
	const StatusMeaning *direct = catalog_code_direct(entry);
	const text *name = REF_GET(direct->name);
	const text *title = REF_GET(direct->title);

	return rest_matches(value, 0, name) ||
		rest_matches(value, 0, title) ||
		(parts.variant &&
		 text_matches(value, parts.variant, parts.variant_len)) ||
		rest_matches(value, code_len, name) ||
		rest_matches(value, code_len, title);
}

/*
 * Returns the last entry of a provider that matches, or NULL, and sets "count"
 * to the number of entries that match.  If a base matches, its variants are
 * ignored, because they can have the same name.
 */
static const CatalogCode *
find_entry(const CatalogProvider *provider, const NormalizedText *value,
		   bool (*matches) (const NormalizedText *, const CatalogCode *),
		   int *count)
{
	const CatalogCode *match = NULL;

	*count = 0;
	for (int i = 0; i < CATALOG_CODES; i++)
	{
		const CatalogCode *entry = catalog_code(i);

		if (match && entry <= match + match->variants)
			continue;
		if (code_match_is_of(entry, provider) && matches(value, entry))
		{
			match = entry;
			(*count)++;
		}
	}
	return match;
}

/*
 * Returns the code of a provider that a value denotes, or NULL.  The value
 * does not begin with the provider.
 */
static StatusCode *
match_value(const CatalogProvider *provider, const char *value, int len)
{
	const CatalogCode *entry;
	StatusCode *result;
	NormalizedText normalized;
	int			count;

	text_trim(&value, &len);
	if (len == 0 || len > TEXT_MATCH_MAX_LENGTH)
		return NULL;
	if (provider->numeric && match_number(provider, value, len, &result))
		return result;

	/*
	 * Try the exact spelling first.  It is by far the most frequent, and two
	 * codes can differ only in case.
	 */
	result = make_code(provider, value, len);
	if (result && status_code_catalog_entry(result))
		return result;

	text_normalize(&normalized, value, len);
	entry = find_entry(provider, &normalized, is_code_of, &count);
	if (count == 0)
		entry = find_entry(provider, &normalized, is_name_of, &count);
	return count == 1 ? status_code_of_catalog(entry) : NULL;
}

StatusCode *
code_match(const char *provider, int provider_len,
		   const char *value, int value_len)
{
	int			provider_id = 0;
	int			value_provider_id;
	const char *rest;
	int			rest_len;

	text_trim(&provider, &provider_len);
	text_trim(&value, &value_len);
	if (provider_len > 0)
	{
		StatusCode *result;

		provider_id = match_provider(provider, provider_len);
		if (provider_id == 0)
			return NULL;

		/* A name can begin with a provider: "HTTP Version Not Supported". */
		result = match_value(catalog_provider(provider_id), value, value_len);
		if (result)
			return result;
	}
	value_provider_id = code_match_provider_of(value, value_len,
											   &rest, &rest_len);
	if (value_provider_id == 0 ||
		(provider_id != 0 && provider_id != value_provider_id))
		return NULL;
	return match_value(catalog_provider(value_provider_id), rest, rest_len);
}

/* status_code_match(provider text, value text) -> status_code */
Datum
status_code_match(PG_FUNCTION_ARGS)
{
	text	   *provider = PG_GETARG_TEXT_PP(0);
	text	   *value = PG_GETARG_TEXT_PP(1);
	StatusCode *result = code_match(VARDATA_ANY(provider),
									VARSIZE_ANY_EXHDR(provider),
									VARDATA_ANY(value),
									VARSIZE_ANY_EXHDR(value));

	if (result == NULL)
		PG_RETURN_NULL();
	PG_RETURN_STATUS_CODE(result);
}

/*
 * status_code_match(value text) -> status_code
 *
 * The value must begin with the provider.
 */
Datum
status_code_match_text(PG_FUNCTION_ARGS)
{
	text	   *value = PG_GETARG_TEXT_PP(0);
	StatusCode *result = code_match("", 0, VARDATA_ANY(value),
									VARSIZE_ANY_EXHDR(value));

	if (result == NULL)
		PG_RETURN_NULL();
	PG_RETURN_STATUS_CODE(result);
}
