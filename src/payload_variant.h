/*
 * payload_variant.h
 *		Recognizes a code's variant by what a payload says beside the code.
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
 * Returns the variant of a code that a title or a detail identifies, or NULL.
 * A detail does if it is documented for that variant, and a title if no other
 * code or variant of the provider has it.  Texts are compared as text_match.h
 * describes.
 *
 * The words are in the database's encoding and need not be terminated.
 */
extern const CatalogCode *variant_by_words(const CatalogCode *code,
										   VariantWordsKind kind,
										   const char *words, int len);

/* Returns the variant of a code that has exactly this name, or NULL. */
extern const CatalogCode *variant_by_name(const CatalogCode *code,
										  const char *name, int len);

#pragma GCC visibility pop

#endif							/* PROVIDER_CODES_PAYLOAD_VARIANT_H */
