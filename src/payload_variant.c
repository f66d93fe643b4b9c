/*
 * payload_variant.c
 *		Recognizes a code's variant by the words that a provider sends with the code.
 */
#include "payload_variant.h"

#include "parser/scansup.h"

/*
 * Words that tell a variant.  generate.pl writes them as next_byte() returns
 * those of a payload: in lower case, with single blanks between words and no
 * full stop at the end.
 */
typedef struct VariantWords
{
	uint16		code;			/* places in the catalog */
	uint16		variant;
	VariantWordsKind kind;
	const char *words;
} VariantWords;

#define VARIANT_TABLES
#include "catalog_data.h"

/* A text that is being read. */
typedef struct Words
{
	const char *next;
	const char *end;
} Words;

static void
trim_end(Words *words)
{
	while (words->end > words->next && scanner_isspace(words->end[-1]))
		words->end--;
}

static void
skip_space(Words *words)
{
	while (words->next < words->end && scanner_isspace(*words->next))
		words->next++;
}

/* Starts to read a text, without the white space around it and a full stop at its end. */
static Words
read_words(const char *text, int len)
{
	Words		words = {text, text + len};

	skip_space(&words);
	trim_end(&words);
	if (words.end > words.next && words.end[-1] == '.')
	{
		words.end--;
		trim_end(&words);
	}
	return words;
}

/* Returns the next byte, in lower case and with one blank for any white space; -1 at the end. */
static int
next_byte(Words *words)
{
	if (words->next >= words->end)
		return -1;
	if (scanner_isspace(*words->next))
	{
		skip_space(words);
		return ' ';
	}
	return pg_ascii_tolower((unsigned char) *words->next++);
}

static bool
same_words(Words words, const char *documented)
{
	for (; *documented; documented++)
	{
		if (next_byte(&words) != (unsigned char) *documented)
			return false;
	}
	return next_byte(&words) == -1;
}

const CatalogCode *
variant_by_words(const CatalogCode *code, VariantWordsKind kind, const char *text, int len)
{
	Words		words = read_words(text, len);

	for (int i = 0; i < (int) lengthof(variant_words); i++)
	{
		const VariantWords *row = &variant_words[i];

		if (row->kind == kind && catalog_code(row->code) == code && same_words(words, row->words))
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

		/* The text form of a variant is that of its code, a slash and the name. */
		if (variant->text_len == code->text_len + 1 + len &&
			memcmp(variant->text + code->text_len + 1, name, len) == 0)
			return variant;
	}
	return NULL;
}

bool
variant_words_are_blank(const char *text, int len)
{
	Words		words = {text, text + len};

	skip_space(&words);
	return words.next == words.end;
}
