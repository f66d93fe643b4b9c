/*
 * nearest_code.c
 *		Guesses which code a malformed text was meant to be, for the hint of an error message.
 */
#include "nearest_code.h"

#include "lib/stringinfo.h"
#include "parser/scansup.h"
#include "status_code.h"
#include "utils/builtins.h"
#include "utils/varlena.h"

/* No text much longer than a code is near to one. */
#define LONGEST_GUESS (STATUS_CODE_MAX_LENGTH + 32)

/* A guess may differ from the text in every so many characters, and in no more than this. */
#define CHARACTERS_PER_ERROR 4
#define MOST_ERRORS 5

/*
 * Appends a text in the spelling in which texts are compared: in lower case,
 * with "-" for a blank or "_", and a code without leading zeros.
 */
static void
append_normalized(StringInfo buf, const char *text, int len)
{
	for (int i = 0; i < len; i++)
	{
		char		c = text[i];
		bool		first_of_code = i == 0 || text[i - 1] == ':';

		if (c == ' ' || c == '_')
			c = '-';
		while (c == '0' && first_of_code && i + 1 < len && status_code_is_number(&text[i + 1], 1))
			c = text[++i];
		appendStringInfoChar(buf, pg_ascii_tolower((unsigned char) c));
	}
}

/*
 * Is there a provider?  Where another character stands for the ":" behind the
 * name of a built-in one, puts the ":" there.
 */
static bool
restore_separator(StringInfo text)
{
	if (memchr(text->data, ':', text->len))
		return true;
	for (int block = 1; block <= CATALOG_MAX_BLOCK; block++)
	{
		const CatalogProvider *provider = catalog_provider(block);

		if (provider && text->len > provider->name_len + 1 &&
			memcmp(text->data, provider->name, provider->name_len) == 0 &&
			strchr(" -;,./=|", text->data[provider->name_len]) != NULL)
		{
			text->data[provider->name_len] = ':';
			return true;
		}
	}
	return false;
}

/* The distance of two texts, or limit + 1 where it is larger. */
static int
distance(const StringInfoData *text, const StringInfoData *candidate, int limit)
{
	return varstr_levenshtein_less_equal(text->data, text->len, candidate->data, candidate->len,
										 1, 1, 1, limit, true);
}

/*
 * Of two codes that are equally near, the likelier is meant: one in use, and
 * one that a document lists.  Where that doesn't tell, it's a base before its
 * variants, which stand behind it in the catalog; else nobody guesses.
 */
static int
likelihood(const CatalogCode *code)
{
	return (code->meaning->deprecated == TRI_TRUE ? 0 : 2) + (code->vendor ? 0 : 1);
}

const CatalogCode *
nearest_code(const char *input, int len)
{
	StringInfoData wanted;
	StringInfoData candidate;
	const CatalogCode *best = NULL;
	int			best_distance;
	bool		tie = false;
	bool		with_provider;

	/* Blanks around a code are no part of the guess. */
	while (len > 0 && scanner_isspace(input[0]))
		input++, len--;
	while (len > 0 && scanner_isspace(input[len - 1]))
		len--;
	if (len == 0 || len > LONGEST_GUESS)
		return NULL;

	initStringInfo(&wanted);
	initStringInfo(&candidate);
	append_normalized(&wanted, input, len);
	with_provider = restore_separator(&wanted);

	/* A number alone may be any provider's. */
	if (!with_provider && status_code_is_number(wanted.data, wanted.len))
		return NULL;
	best_distance = Min(wanted.len / CHARACTERS_PER_ERROR, MOST_ERRORS) + 1;

	for (int i = 0; i < CATALOG_CODES; i++)
	{
		const CatalogCode *code = catalog_code(i);
		const text *name = code->meaning->name;
		StatusCodeParts parts = status_code_split(code->text, code->text_len);
		int			nearest = best_distance + 1;

		/* Once by the code, and once by the name that the provider gives it. */
		for (int by_name = 0; by_name <= (name ? 1 : 0); by_name++)
		{
			resetStringInfo(&candidate);
			if (with_provider)
				appendStringInfo(&candidate, "%.*s:", parts.provider_len, parts.provider);
			if (by_name)
				append_normalized(&candidate, VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name));
			else
				append_normalized(&candidate, parts.code, code->text + code->text_len - parts.code);
			nearest = Min(nearest, distance(&wanted, &candidate, best_distance));
		}

		if (nearest < best_distance ||
			(best && nearest == best_distance && likelihood(code) > likelihood(best)))
		{
			best = code;
			best_distance = nearest;
			tie = false;
		}
		else if (best && nearest == best_distance && likelihood(code) == likelihood(best) &&
				 code > best + best->variants)
			tie = true;
	}
	pfree(wanted.data);
	pfree(candidate.data);
	return tie ? NULL : best;
}
