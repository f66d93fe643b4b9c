/*
 * status_code_hint.h
 *		Guesses the code that a malformed text was meant to be, for a HINT.
 */
#ifndef PROVIDER_CODES_STATUS_CODE_HINT_H
#define PROVIDER_CODES_STATUS_CODE_HINT_H

#include "status_code.h"

#pragma GCC visibility push(hidden)

/*
 * Returns the code that a text denotes (see status_code_match.h); if it
 * denotes none, the code of the catalog that it misspells.  The result is
 * palloc'd.  Returns NULL if there is no such code, or if several are equally
 * likely.
 *
 * The text is in the database's encoding and need not be malformed.  Overrides
 * are not consulted, because input functions read no table.
 */
extern StatusCode *nearest_code(const char *text, int len);

#pragma GCC visibility pop

#endif							/* PROVIDER_CODES_STATUS_CODE_HINT_H */
