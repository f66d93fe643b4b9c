/*
 * nearest_code.h
 *		Guesses which code a malformed text was meant to be, for the hint of an error message.
 */
#ifndef PROVIDER_CODES_NEAREST_CODE_H
#define PROVIDER_CODES_NEAREST_CODE_H

#include "catalog.h"

#pragma GCC visibility push(hidden)

/*
 * The code of the built-in catalog that comes nearest to a text in the
 * database's encoding, by its text form or by its name; NULL where none is
 * near or several are equally so.  No override is looked at: input reads no
 * table.
 */
extern const CatalogCode *nearest_code(const char *text, int len);

#pragma GCC visibility pop

#endif							/* PROVIDER_CODES_NEAREST_CODE_H */
