/*
 * status_code_match.c
 *		Finds the code that a text written by people or other programs stands for.
 */
#include "status_code_match.h"

#include "text_match.h"
#include "utils/builtins.h"

/* What may stand between a provider and its code, beside ":". */
#define PROVIDER_ENDS " \t-_;,./=|"

/* A number of so many digits may be one that the catalog does not list. */
#define MOST_UNLISTED_DIGITS 3

PG_FUNCTION_INFO_V1(status_code_match);
PG_FUNCTION_INFO_V1(status_code_match_text);

/* The provider_id of the built-in provider that a text names, or 0. */
static int
match_provider(const char *text, int len)
{
	NormalizedText normalized;

	text_normalize(&normalized, text, len);
	for (int provider_id = 1; provider_id <= CATALOG_MAX_PROVIDER_ID; provider_id++)
	{
		const CatalogProvider *provider = catalog_provider(provider_id);

		if (provider && text_matches(&normalized, provider->name, provider->name_len))
			return provider_id;
	}
	return 0;
}

int
code_match_provider_of(const char *text, int len, const char **rest, int *rest_len)
{
	const char *colon;

	if (len > TEXT_MATCH_LONGEST)
		return 0;
	for (int provider_id = 1; provider_id <= CATALOG_MAX_PROVIDER_ID; provider_id++)
	{
		const CatalogProvider *provider = catalog_provider(provider_id);

		if (provider && len > provider->name_len + 1 &&
			pg_strncasecmp(text, provider->name, provider->name_len) == 0 &&
			strchr(PROVIDER_ENDS ":", text[provider->name_len]) != NULL)
		{
			*rest = text + provider->name_len + 1;
			*rest_len = text + len - *rest;
			/* "syncfy : 401" */
			text_trim(rest, rest_len);
			if (*rest_len > 0 && (*rest)[0] == ':' && text[provider->name_len] != ':')
				(*rest)++, (*rest_len)--;
			return provider_id;
		}
	}

	/* The provider may be spelled in another way: "Salt Edge: 401". */
	colon = memchr(text, ':', len);
	if (colon == NULL)
		return 0;
	*rest = colon + 1;
	*rest_len = text + len - *rest;
	return match_provider(text, colon - text);
}

/* The value of a provider's code or code/variant, which is written without the provider. */
static StatusCode *
make_code(const CatalogProvider *provider, const char *code, int len)
{
	char	   *text = psprintf("%s:%.*s", provider->name, len, code);

	return status_code_parse(text, strlen(text));
}

/*
 * A number of a provider of numbers: with leading zeros, a full stop or ".0"
 * or without.  Returns false if the value is no number; else gives its code,
 * or NULL.
 */
static bool
match_number(const CatalogProvider *provider, const char *value, int len, StatusCode **result)
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
		value++, digits--;
	*result = make_code(provider, value, digits);
	if (*result && digits > MOST_UNLISTED_DIGITS && !status_code_catalog_entry(*result))
		*result = NULL;
	return true;
}

/* Does the value, from "start" on, match a text of the catalog, which may be NULL? */
static bool
rest_matches(const NormalizedText *value, int start, const text *candidate)
{
	return candidate && start >= 0 &&
		text_match_at(value, start, VARDATA_ANY(candidate),
					  VARSIZE_ANY_EXHDR(candidate)) == value->len - start;
}

/* Is the value the entry's code, with its variant? */
static bool
is_code_of(const NormalizedText *value, const CatalogCode *entry)
{
	const char *code = status_code_split(entry->text, entry->text_len).code;

	return text_matches(value, code, entry->text + entry->text_len - code);
}

/*
 * Is it a name, title or variant of the entry, or code and name, "404 Not
 * Found"?
 */
static bool
is_name_of(const NormalizedText *value, const CatalogCode *entry)
{
	StatusCodeParts parts = status_code_split(entry->text, entry->text_len);
	int			code_len = text_match_at(value, 0, parts.code, parts.code_len);

	return rest_matches(value, 0, entry->own->name) ||
		rest_matches(value, 0, entry->own->title) ||
		(parts.variant && text_matches(value, parts.variant, parts.variant_len)) ||
		rest_matches(value, code_len, entry->own->name) ||
		rest_matches(value, code_len, entry->own->title);
}

/*
 * The last of a provider's entries that match; "count" is how many do.  Where a
 * base matches, its variants do not count: they may have its name.
 */
static const CatalogCode *
find_entry(const CatalogProvider *provider, const NormalizedText *value,
		   bool (*matches) (const NormalizedText *, const CatalogCode *), int *count)
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

/* The code of a provider that a value without the provider stands for, or NULL. */
static StatusCode *
match_value(const CatalogProvider *provider, const char *value, int len)
{
	const CatalogCode *entry;
	StatusCode *result;
	NormalizedText normalized;
	int			count;

	text_trim(&value, &len);
	if (len == 0 || len > TEXT_MATCH_LONGEST)
		return NULL;
	if (provider->numeric && match_number(provider, value, len, &result))
		return result;

	/*
	 * First as it stands: it nearly always does, and two codes may differ in
	 * nothing but case.
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
code_match(const char *provider, int provider_len, const char *value, int value_len)
{
	int			provider_id = 0;
	int			value_block;
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
		/* A name may begin like the provider: "HTTP Version Not Supported". */
		result = match_value(catalog_provider(provider_id), value, value_len);
		if (result)
			return result;
	}
	value_block = code_match_provider_of(value, value_len, &rest, &rest_len);
	if (value_block == 0 || (provider_id != 0 && provider_id != value_block))
		return NULL;
	return match_value(catalog_provider(value_block), rest, rest_len);
}

/* status_code_match(provider text, value text) -> status_code */
Datum
status_code_match(PG_FUNCTION_ARGS)
{
	text	   *provider = PG_GETARG_TEXT_PP(0);
	text	   *value = PG_GETARG_TEXT_PP(1);
	StatusCode *result = code_match(VARDATA_ANY(provider), VARSIZE_ANY_EXHDR(provider),
									VARDATA_ANY(value), VARSIZE_ANY_EXHDR(value));

	if (result == NULL)
		PG_RETURN_NULL();
	PG_RETURN_STATUS_CODE(result);
}

/* status_code_match(value text) -> status_code: the value begins with the provider */
Datum
status_code_match_text(PG_FUNCTION_ARGS)
{
	text	   *value = PG_GETARG_TEXT_PP(0);
	StatusCode *result = code_match("", 0, VARDATA_ANY(value), VARSIZE_ANY_EXHDR(value));

	if (result == NULL)
		PG_RETURN_NULL();
	PG_RETURN_STATUS_CODE(result);
}
