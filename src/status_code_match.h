/*
 * status_code_match.h
 *		Finds the code that a text written by people or other programs stands for.
 */
#ifndef PROVIDER_CODES_STATUS_CODE_MATCH_H
#define PROVIDER_CODES_STATUS_CODE_MATCH_H

#include "status_code.h"

#pragma GCC visibility push(hidden)

/*
 * Returns the one status code of a built-in provider that a value stands for,
 * in palloc'd memory; NULL where it stands for none or for several.  Both
 * texts may be malformed, of any length and in any spelling that text_match.h
 * normalizes; the value may begin with the provider.  Where the provider's
 * text is blank, the value must.
 *
 * A value stands for a code if it is
 *
 *	- a number from 0 to 999, of a provider of numbers, or one that the catalog
 *	  lists; ".0" behind it is ignored;
 *	- else, the code with its variant, if any;
 *	- else, the name, the title or the variant, or code and name, or code and title.
 *
 * The catalog alone is consulted.  No error is raised.
 */
extern StatusCode *code_match(const char *provider, int provider_len,
							  const char *value, int value_len);

/*
 * Splits a text that begins with the name of a built-in provider, in whatever
 * spelling, behind the character that follows the name.  Returns the
 * provider's block, or 0 if the text begins with none.
 */
extern int	code_match_provider_of(const char *text, int len, const char **rest, int *rest_len);

/* Is an entry of the catalog one of this provider's? */
static inline bool
code_match_is_of(const CatalogCode *entry, const CatalogProvider *provider)
{
	return entry->text_len > provider->name_len && entry->text[provider->name_len] == ':' &&
		memcmp(entry->text, provider->name, provider->name_len) == 0;
}

#pragma GCC visibility pop

#endif							/* PROVIDER_CODES_STATUS_CODE_MATCH_H */
