/*
 * text_match.h
 *		Compares texts in whatever spelling: codes, names and titles as people write them.
 *
 * Two texts match if they are equal after normalization, which
 *
 *	- drops white space at both ends, and then one full stop at the end;
 *	- turns ASCII letters into lower case; all other bytes stay as they are;
 *	- drops white space, "-" and "_" within the text, so that "Invalid Credentials",
 *	  "INVALID_CREDENTIALS" and "InvalidCredentials" are the same.  Between two
 *	  digits one "-" remains, and so it does for a "-" or "_" that begins or ends
 *	  a part, since "-401" is not 401;
 *	- drops leading zeros of a number that begins a part.
 *
 * A part begins at the beginning of the text and after ":" and "/".
 *
 * No function here raises an error or looks at more of a text than it needs.
 */
#ifndef PROVIDER_CODES_TEXT_MATCH_H
#define PROVIDER_CODES_TEXT_MATCH_H

#include "compat.h"

#pragma GCC visibility push(hidden)

/*
 * The longest text, in bytes, that is taken for a code, a name or a title.
 * What is longer matches nothing.
 */
#define TEXT_MATCH_LONGEST 255

/* A text in its normalized form. */
typedef struct NormalizedText
{
	int			len;			/* 0 where there is nothing, or too much of it */
	char		data[TEXT_MATCH_LONGEST];	/* not terminated */
} NormalizedText;

/* Moves the ends of a text past white space. */
extern void text_trim(const char **text, int *len);

/* Normalizes a text. */
extern void text_normalize(NormalizedText *result, const char *text, int len);

/*
 * Returns how many bytes of a normalized text another text matches from
 * "start" on, or -1 if it does not match there.
 */
extern int	text_match_at(const NormalizedText *normalized, int start, const char *text, int len);

/* Returns whether a normalized text matches another one. */
static inline bool
text_matches(const NormalizedText *normalized, const char *text, int len)
{
	return normalized->len > 0 && text_match_at(normalized, 0, text, len) == normalized->len;
}

/* Returns whether two texts match; both may be of any length. */
extern bool texts_match(const char *a, int alen, const char *b, int blen);

/*
 * Returns how many bytes of "a" must be inserted, removed, replaced or swapped
 * with the next one to get "b", or limit + 1 if they are more than "limit".
 */
extern int	text_distance(const NormalizedText *a, const NormalizedText *b, int limit);

#pragma GCC visibility pop

#endif							/* PROVIDER_CODES_TEXT_MATCH_H */
