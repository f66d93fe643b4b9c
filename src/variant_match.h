/*
 * variant_match.h
 *		Recognizes a code's variant by the words that a provider sends with the code.
 */
#ifndef PROVIDER_CODES_VARIANT_MATCH_H
#define PROVIDER_CODES_VARIANT_MATCH_H

#include "catalog.h"

#pragma GCC visibility push(hidden)

/*
 * The one variant of a code of the catalog that has this description, or this
 * title, in its own right; NULL where none has it or several have.  Neither
 * the case of ASCII letters, nor how much white space stands between words,
 * nor a full stop at the end makes a difference.  The text is in the
 * database's encoding and need not be terminated.
 */
extern const CatalogCode *variant_by_description(const CatalogCode *code, const char *text,
												 int len);
extern const CatalogCode *variant_by_title(const CatalogCode *code, const char *text, int len);

#pragma GCC visibility pop

#endif							/* PROVIDER_CODES_VARIANT_MATCH_H */
