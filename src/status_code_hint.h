/*
 * status_code_hint.h
 *		Guesses which code a text was meant to be, for the hint of an error message.
 */
#ifndef PROVIDER_CODES_STATUS_CODE_HINT_H
#define PROVIDER_CODES_STATUS_CODE_HINT_H

#include "status_code.h"

#pragma GCC visibility push(hidden)

/*
 * Returns the code that a text stands for (see status_code_match.h), else the code of
 * the catalog that it misspells, in palloc'd memory; NULL where there is none,
 * or several are equally likely.  The text is in the database's encoding, and
 * may be well-formed or not.  No override is looked at: input reads no table.
 */
extern StatusCode *nearest_code(const char *text, int len);

#pragma GCC visibility pop

#endif							/* PROVIDER_CODES_STATUS_CODE_HINT_H */
