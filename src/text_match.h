/*
 * text_match.h
 *		Compares codes, names and titles regardless of their spelling.
 *
 * Two texts match if they are equal after normalization.  Normalization
 *
 *	- removes white space at both ends, and then one full stop at the end;
 *	- converts ASCII letters to lower case, and leaves other bytes unchanged;
 *	- removes white space, "-" and "_" within the text, so that "Invalid
 *	  Credentials", "INVALID_CREDENTIALS" and "InvalidCredentials" match.  One
 *	  "-" remains between two digits, and in place of a "-" or "_" that begins
 *	  or ends a part, because "-401" is not 401;
 *	- removes leading zeros of a number that begins a part.
 *
 * Parts are separated by ":" and "/".
 *
 * The functions raise no error, but can be cancelled while they skip what may
 * be any number of bytes.
 */
#ifndef PROVIDER_CODES_TEXT_MATCH_H
#define PROVIDER_CODES_TEXT_MATCH_H

#include "compat.h"

#pragma GCC visibility push(hidden)

/*
 * The maximum length, in bytes, of a code, name or title.  A longer text
 * cannot be normalized.
 */
#define TEXT_MATCH_MAX_LENGTH 255

/* A normalized text. */
typedef struct NormalizedText
{
	int			len;			/* 0 if the text is blank or too long */
	char		data[TEXT_MATCH_MAX_LENGTH];	/* not terminated */
} NormalizedText;

/* Removes white space at both ends of a text, by changing its limits. */
extern void text_trim(const char **str, int *len);

/*
 * Returns whether a text begins with a prefix, except that ASCII letters match
 * in upper and lower case.
 */
extern bool text_begins_with(const char *str, int len,
							 const char *prefix, int prefix_len);

/* Normalizes a text. */
extern void text_normalize(NormalizedText *result, const char *str, int len);

/*
 * Compares a text with a normalized text from byte "start" on.  Returns the
 * number of bytes of the normalized text that it matches, or -1 if they
 * differ.
 */
extern int	text_match_at(const NormalizedText *normalized, int start,
						  const char *str, int len);

/* Returns whether a text matches a normalized text that is not empty. */
static inline bool
text_matches(const NormalizedText *normalized, const char *str, int len)
{
	return normalized->len > 0 &&
		text_match_at(normalized, 0, str, len) == normalized->len;
}

/* Returns whether two texts match.  They can have any length. */
extern bool texts_match(const char *a, int alen, const char *b, int blen);

/*
 * Returns the number of bytes of "a" that must be inserted, removed, replaced
 * or swapped with the next byte to get "b", or limit + 1 if this number
 * exceeds "limit".
 */
extern int	text_distance(const NormalizedText *a, const NormalizedText *b,
						  int limit);

#pragma GCC visibility pop

#endif							/* PROVIDER_CODES_TEXT_MATCH_H */
