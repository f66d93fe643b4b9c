/*
 * payload_variant.c
 *		Recognizes a code's variant by what a payload says beside the code.
 */
#include "payload_variant.h"

#include "text_match.h"

/*
 * Words that identify a variant.  generate.pl writes them as the source has
 * them, and sees to it that no two rows of one code and kind match.
 */
typedef struct VariantWords
{
	uint16		code;			/* positions in the catalog */
	uint16		variant;
	VariantWordsKind kind;
	uint16		words;			/* offset in variant_strings */
} VariantWords;

#define VARIANT_TABLES
#include "catalog_data.h"

StaticAssertDecl(sizeof(variant_strings) <= PG_UINT16_MAX,
				 "too many strings for uint16");

const CatalogCode *
variant_by_words(const CatalogCode *code, VariantWordsKind kind,
				 const char *words, int len)
{
	for (int i = 0; i < (int) lengthof(variant_words); i++)
	{
		const VariantWords *row = &variant_words[i];
		const char *row_words = &variant_strings[row->words];

		if (row->kind == kind && catalog_code(row->code) == code &&
			texts_match(row_words, strlen(row_words), words, len))
			return catalog_code(row->variant);
	}
	return NULL;
}

const CatalogCode *
variant_by_name(const CatalogCode *code, const char *name, int len)
{
	for (int i = 1; i <= code->variants; i++)
	{
		const CatalogCode *variant = &code[i];

		/* A variant's text form is that of its code, a slash and its name. */
		if (variant->text_len == code->text_len + 1 + len &&
			memcmp(catalog_code_text(variant) + code->text_len + 1,
				   name, len) == 0)
			return variant;
	}
	return NULL;
}
