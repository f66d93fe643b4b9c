/*
 * words.c
 *		Texts as the words in them, to be compared as a person means them.
 */
#include "words.h"

#include "mb/pg_wchar.h"
#include "utils/varlena.h"

/* A misspelled text has one error in every so many characters at most. */
#define CHARACTERS_PER_ERROR 4

/*
 * What is longer, in bytes, isn't compared letter by letter.  The server's own
 * limit is the same number of characters.
 */
#define LONGEST_SPELLED 255

static bool
is_small(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool
is_capital(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* In every encoding of a database, the bytes of a character are ASCII or all have the high bit. */
static bool
belongs_to_word(char c)
{
	return is_small(c) || is_capital(c) || is_digit(c) || IS_HIGHBIT_SET(c);
}

Words
words_of(const char *text, int len)
{
	Words		words = {
		.data = palloc(len),
		.starts = palloc((len / 2 + 2) * sizeof(int)),
	};
	char	   *end = words.data;

	for (int i = 0; i < len; i++)
	{
		if (!belongs_to_word(text[i]))
			continue;
		if (i == 0 || !belongs_to_word(text[i - 1]) ||
			(is_small(text[i - 1]) && is_capital(text[i])))
			words.starts[words.count++] = end - words.data;
		*end++ = pg_ascii_tolower((unsigned char) text[i]);
	}
	words.starts[words.count] = end - words.data;
	return words;
}

bool
word_equal(Word a, Word b)
{
	return a.len == b.len && memcmp(a.data, b.data, a.len) == 0;
}

static bool
has_digit(Word word)
{
	for (int i = 0; i < word.len; i++)
	{
		if (is_digit(word.data[i]))
			return true;
	}
	return false;
}

bool
word_stands_for(Word typed, Word other)
{
	if (typed.len > other.len || memcmp(typed.data, other.data, typed.len) != 0)
		return false;
	return typed.len == other.len || !has_digit(typed);
}

int
word_characters(Word word)
{
	return pg_mbstrlen_with_len(word.data, word.len);
}

/* Do two words of the same length differ in two neighbours that changed places, and in nothing else? */
static bool
is_swapped(Word a, Word b)
{
	int			i = 0;

	while (i < a.len && a.data[i] == b.data[i])
		i++;
	return i + 1 < a.len && a.data[i] == b.data[i + 1] && a.data[i + 1] == b.data[i] &&
		memcmp(a.data + i + 2, b.data + i + 2, a.len - i - 2) == 0;
}

int
word_misspelling(Word typed, Word other)
{
	int			characters;
	int			limit;
	int			errors;

	if (typed.len > LONGEST_SPELLED || has_digit(typed))
		return WORD_NOT_MISSPELLED;
	characters = word_characters(typed);
	limit = characters / CHARACTERS_PER_ERROR;

	/* Most words are too short already by their bytes, which are no fewer than their characters. */
	if (limit == 0 || other.len < characters - limit)
		return WORD_NOT_MISSPELLED;

	/* A slip as common as any other, for which the server counts two errors. */
	if (typed.len == other.len && is_swapped(typed, other))
		return 1;
	errors = varstr_levenshtein_less_equal(typed.data, typed.len, other.data, other.len,
										   1, 1, 1, limit, true);
	return errors <= limit ? errors : WORD_NOT_MISSPELLED;
}

/* Where the other's bytes end in a text whose word "first" they begin with, or -1. */
static int
end_of_equal_bytes(const Words *text, int first, const Words *other)
{
	int			start = text->starts[first];
	int			len = other->starts[other->count];

	if (len > text->starts[text->count] - start ||
		memcmp(text->data + start, other->data, len) != 0)
		return -1;
	return start + len;
}

/* The first word of a text, from "word" on, that begins at a place or behind it. */
static int
word_from(const Words *text, int word, int place)
{
	while (text->starts[word] < place)
		word++;
	return word;
}

int
words_equal_at(const Words *text, int first, const Words *other)
{
	int			end = end_of_equal_bytes(text, first, other);
	int			next;

	if (end < 0)
		return 0;
	next = word_from(text, first, end);
	return text->starts[next] == end ? next - first : 0;
}

/*
 * Words may be joined or taken apart, "login" for "log in", but only whole
 * ones: or "note" would stand in "not enabled".
 */
static bool
stands_at(const Words *text, int word, const Words *phrase)
{
	int			end = end_of_equal_bytes(text, word, phrase);
	int			last;

	if (end < 0)
		return false;
	if (words_equal_at(text, word, phrase) > 0)
		return true;

	/* The last word is cut short: it begins where one of the text's does, and ends within that. */
	last = text->starts[word] + phrase->starts[phrase->count - 1];
	word = word_from(text, word, last);
	return text->starts[word] == last && end < text->starts[word + 1];
}

int
words_find(const Words *text, const Words *phrase)
{
	for (int word = 0; word < text->count; word++)
	{
		if (stands_at(text, word, phrase))
			return word;
	}
	return -1;
}
