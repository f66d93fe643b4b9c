/*
 * variant_match.c
 *		Recognizes a code's variant by the words that a provider sends with the code.
 *
 * The words are those of the catalog; there is no second copy of them.
 */
#include "variant_match.h"

#include "parser/scansup.h"

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

/* The next byte, in lower case and with one blank for any white space; -1 at the end. */
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
same_words(const text *a, const char *b, int blen)
{
	Words		awords = read_words(VARDATA_ANY(a), VARSIZE_ANY_EXHDR(a));
	Words		bwords = read_words(b, blen);
	int			byte;

	do
	{
		byte = next_byte(&awords);
		if (byte != next_byte(&bwords))
			return false;
	} while (byte != -1);
	return true;
}

static const text *
title_of(const CatalogCode *variant)
{
	return variant->own->title;
}

static const text *
description_of(const CatalogCode *variant)
{
	return variant->own->description;
}

/* The one variant of which "text_of" gives the text. */
static const CatalogCode *
find_variant(const CatalogCode *code, const text *(*text_of) (const CatalogCode *),
			 const char *text_sent, int len)
{
	const CatalogCode *match = NULL;

	for (int i = 1; i <= code->variants; i++)
	{
		const text *documented = text_of(&code[i]);

		if (documented == NULL || !same_words(documented, text_sent, len))
			continue;
		if (match)
			return NULL;
		match = &code[i];
	}
	return match;
}

const CatalogCode *
variant_by_description(const CatalogCode *code, const char *text, int len)
{
	return find_variant(code, description_of, text, len);
}

const CatalogCode *
variant_by_title(const CatalogCode *code, const char *text, int len)
{
	return find_variant(code, title_of, text, len);
}
