/*
 * status_code_syntax.h
 *		The grammar of a status code's text form.
 *
 * A text form is provider:code or provider:code/variant.
 *
 *		provider		[a-z][a-z0-9_-]*
 *		code, variant	[A-Za-z0-9][A-Za-z0-9._-]*
 *
 * It has at most STATUS_CODE_MAX_LENGTH bytes as a whole, so that a value always
 * fits a short varlena.  The codes of a built-in provider of numbers are
 * decimal digits without leading zeros.  Any text of this form is a value,
 * known or not.
 */
#ifndef PROVIDER_CODES_STATUS_CODE_SYNTAX_H
#define PROVIDER_CODES_STATUS_CODE_SYNTAX_H

#include "compat.h"

#pragma GCC visibility push(hidden)

#define STATUS_CODE_MAX_LENGTH 126

/*
 * A text taken apart.  The parts point into the text and are not terminated; a
 * part that is missing is NULL.
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

/* What is wrong with the parts of a text, in the order in which it is looked for. */
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

/* Takes any text, well-formed or not, apart at its first ':' and the first '/' after that. */
extern StatusCodeParts status_code_split(const char *str, int len);

/*
 * Returns what is wrong with the parts.  If nothing is, sets provider_id to that
 * of the built-in provider, or to 0.
 *
 * The parts are checked one by one, not as the text that they make together: a
 * provider "a:b" or a code "x/y" is refused.
 */
extern StatusCodeProblem status_code_check(const StatusCodeParts *parts, int *provider_id);

/* Returns whether a text is well-formed. */
extern bool status_code_is_valid(const char *str, int len);

/* Returns whether a text can be the name of a provider. */
extern bool status_code_is_provider(const char *str, int len);

/* Returns whether a text consists of digits, of which there is at least one. */
extern bool status_code_is_number(const char *str, int len);

/* Returns whether a code or variant can contain a character.  Those of providers' names are among them. */
extern bool status_code_is_code_character(char character);

/*
 * Returns how many bytes of a text an error message repeats: whole characters
 * in the database's encoding, whatever the text is about.
 */
extern int	status_code_shown_length(const char *str, int len);

#pragma GCC visibility pop

#endif							/* PROVIDER_CODES_STATUS_CODE_SYNTAX_H */
