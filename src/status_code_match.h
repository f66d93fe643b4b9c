/*
 * status_code_match.h
 *		Finds the code that a text written by people or other programs denotes.
 */
#ifndef PROVIDER_CODES_STATUS_CODE_MATCH_H
#define PROVIDER_CODES_STATUS_CODE_MATCH_H

#include "status_code.h"

#pragma GCC visibility push(hidden)

/*
 * Returns the status code of a built-in provider that a value denotes,
 * palloc'd, or NULL if it denotes none or several.  Both texts can be
 * malformed, have any length and any spelling that text_match.h normalizes.
 * The value can begin with the provider; if the text of the provider is blank,
 * it must.
 *
 * A value denotes a code if it is, in this order,
 *
 *	- for a provider whose codes are numbers, a number from 0 to 999 or one
 *	  that the catalog lists, optionally followed by ".0";
 *	- the code, including its variant if it has one;
 *	- the name, the title, the variant, code and name, or code and title.
 *
 * Consults the catalog only, and raises no error.
 */
extern StatusCode *code_match(const char *provider, int provider_len,
							  const char *value, int value_len);

/*
 * Returns the id of the built-in provider whose name a text begins with, in
 * any spelling, and sets "rest" to the text after the character that follows
 * the name.  Returns 0 if the text does not begin with such a name; "rest" is
 * then undefined.
 */
extern int	code_match_provider_of(const char *str, int len,
								   const char **rest, int *rest_len);

/* Returns whether an entry of the catalog belongs to a provider. */
static inline bool
code_match_is_of(const CatalogCode *entry, const CatalogProvider *provider)
{
	return status_code_text_is_from(catalog_code_text(entry), entry->text_len,
									provider->name, provider->name_len);
}

#pragma GCC visibility pop

#endif							/* PROVIDER_CODES_STATUS_CODE_MATCH_H */
