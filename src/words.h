/*
 * words.h
 *		Texts as the words in them, to be compared as a person means them.
 *
 * A word is a run of letters and digits; every byte that isn't ASCII counts as
 * a letter.  A capital behind a small letter begins a word, too: "UserAction",
 * "user-action" and "User action" are the same two words.  Case is ignored in
 * ASCII alone.
 *
 * Whoever says "log in" means "login" as well.  So the words of a text lie one
 * behind the other, with nothing between them; where each begins is kept
 * apart, and a comparison asks for it where it matters.
 */
#ifndef PROVIDER_CODES_WORDS_H
#define PROVIDER_CODES_WORDS_H

#include "compat.h"

#pragma GCC visibility push(hidden)

typedef struct Words
{
	char	   *data;			/* in lower case, not terminated */
	int		   *starts;			/* where each word begins; one more: where the last ends */
	int			count;
} Words;

/* One word, or several without regard to where each begins. */
typedef struct Word
{
	const char *data;
	int			len;
} Word;

/* The words of a text of whole characters in the database's encoding, palloc'd. */
extern Words words_of(const char *text, int len);

static inline Word
words_get(const Words *words, int i)
{
	Word		word = {words->data + words->starts[i], words->starts[i + 1] - words->starts[i]};

	return word;
}

static inline Word
words_joined(const Words *words)
{
	Word		word = {words->data, words->starts[words->count]};

	return word;
}

extern bool word_equal(Word a, Word b);

/*
 * May a word that somebody typed stand for another?  It may be the beginning
 * of it; with a digit in it, a word stands for itself alone: 15 is not 150.
 */
extern bool word_stands_for(Word typed, Word other);

/*
 * How many errors make what somebody typed out of something else: a letter too
 * many, one that is missing, a wrong one, or two neighbours that changed
 * places, if that is all.  WORD_NOT_MISSPELLED where these are more than a
 * quarter of what was typed, or where that has a digit.
 */
#define WORD_NOT_MISSPELLED PG_INT32_MAX

extern int	word_misspelling(Word typed, Word other);

/* How many characters it has. */
extern int	word_characters(Word word);

/* How many words of a text, from one of them on, are the whole of another; 0 where they differ. */
extern int	words_equal_at(const Words *text, int first, const Words *other);

/*
 * The first word of a text at which a phrase stands, or -1.  The phrase's last
 * word may be the beginning of one.
 */
extern int	words_find(const Words *text, const Words *phrase);

#pragma GCC visibility pop

#endif							/* PROVIDER_CODES_WORDS_H */
