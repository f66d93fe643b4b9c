/*
 * payload_variant.h
 *		Recognizes a code's variant by the words that a provider sends with the code.
 */
#ifndef PROVIDER_CODES_PAYLOAD_VARIANT_H
#define PROVIDER_CODES_PAYLOAD_VARIANT_H

#include "catalog.h"

#pragma GCC visibility push(hidden)

typedef enum VariantWordsKind
{
	WORDS_TITLE,
	WORDS_DETAIL
} VariantWordsKind;

/*
 * Returns the variant that these words tell of a code of the catalog, or NULL.
 * A detail is one that is documented for the variant; a title tells a variant
 * only if it is that variant's alone.  Case of ASCII letters, the amount of
 * white space and a full stop at the end are ignored.  The text is in the
 * database's encoding and need not be terminated.
 */
extern const CatalogCode *variant_by_words(const CatalogCode *code, VariantWordsKind kind,
										   const char *text, int len);

/* Returns the variant with exactly this name, or NULL. */
extern const CatalogCode *variant_by_name(const CatalogCode *code, const char *name, int len);

/* Returns true if a text has no words at all. */
extern bool variant_words_are_blank(const char *text, int len);

#pragma GCC visibility pop

#endif							/* PROVIDER_CODES_PAYLOAD_VARIANT_H */
