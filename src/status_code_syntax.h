/*
 * status_code_syntax.h
 *		The grammar of the text form of a status code.
 *
 * A text form is provider:code or provider:code/variant.
 *
 *		provider		[a-z][a-z0-9_-]*
 *		code, variant	[A-Za-z0-9][A-Za-z0-9._-]*
 *
 * The whole text has at most STATUS_CODE_MAX_LENGTH bytes, so that a value
 * always fits into a short varlena.  The codes of a built-in provider whose
 * codes are numbers are decimal digits without leading zeros.  Every text of
 * this form is a value, whether the code is known or not.
 */
#ifndef PROVIDER_CODES_STATUS_CODE_SYNTAX_H
#define PROVIDER_CODES_STATUS_CODE_SYNTAX_H

#include "compat.h"

#pragma GCC visibility push(hidden)

#define STATUS_CODE_MAX_LENGTH 126

/*
 * The parts of a text.  They point into the text and are not terminated; a
 * missing part is NULL, with length 0.
 */
typedef struct StatusCodeParts
{
	const char *provider;
	const char *code;
	const char *variant;
	int			provider_len;
	int			code_len;
	int			variant_len;
} StatusCodeParts;

/* The faults that a text can have, in the order of the checks. */
typedef enum StatusCodeProblem
{
	PROBLEM_NONE,
	PROBLEM_LENGTH,
	PROBLEM_SEPARATOR,
	PROBLEM_PROVIDER,
	PROBLEM_CODE,
	PROBLEM_NUMBER,
	PROBLEM_VARIANT
} StatusCodeProblem;

/*
 * Splits a text, well-formed or not, at its first ":" and at the first "/"
 * after that.  A text without ":" consists of a provider only.
 */
extern StatusCodeParts status_code_split(const char *str, int len);

/*
 * Returns the first fault of the parts.  If this is PROBLEM_NONE, sets
 * provider_id to the id of the built-in provider, or to 0.
 *
 * Each part is checked by itself, so that parts which were given separately
 * are rejected if they contain a separator: a provider "a:b" or a code "x/y".
 */
extern StatusCodeProblem status_code_check(const StatusCodeParts *parts,
										   int *provider_id);

/*
 * Returns whether a text is well-formed as the name of a provider, and no longer
 * than a status code.
 */
extern bool status_code_is_provider(const char *str, int len);

/* Returns whether a text consists of one or more decimal digits. */
extern bool status_code_is_number(const char *str, int len);

/*
 * Returns whether a code or variant can contain a character.  This includes
 * all characters that a provider's name can contain.
 */
extern bool status_code_is_code_character(char character);

/*
 * Returns whether the provider of a well-formed text form has this name, which
 * can be any text.
 */
static inline bool
status_code_text_is_from(const char *str, int len,
						 const char *provider, int provider_len)
{
	return len > provider_len && str[provider_len] == ':' &&
		memcmp(str, provider, provider_len) == 0;
}

/*
 * Returns the length of a terminated text, in bytes.  It counts no further than
 * an error message quotes, which is longer than any status code, so that it
 * takes no time for a text of 1 GB.
 */
extern int	status_code_measure(const char *str);

/*
 * Returns the number of bytes of a text that an error message quotes.  A long
 * text is cut between two characters of the database's encoding.
 */
extern int	status_code_shown_length(const char *str, int len);

/*
 * Returns a text as an error message quotes it, palloc'd and terminated: the
 * whole text, or its beginning and "...".
 */
extern char *status_code_excerpt(const char *str, int len);

#pragma GCC visibility pop

#endif							/* PROVIDER_CODES_STATUS_CODE_SYNTAX_H */
