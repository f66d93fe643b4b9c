/*
 * user_messages.h
 *		What is shown to the end user of an application.
 */
#ifndef PROVIDER_CODES_USER_MESSAGES_H
#define PROVIDER_CODES_USER_MESSAGES_H

#include "meaning.h"

#pragma GCC visibility push(hidden)

/*
 * What a meaning has to say in a language, in the database's encoding: where
 * it lies, or a copy where it had to be converted.  NULL where there is nothing,
 * or the encoding can't write it.  English is ASCII, the same in all of them.
 */
extern const text *user_message(const StatusMeaning *meaning, UserLanguage language);

#pragma GCC visibility pop

#endif							/* PROVIDER_CODES_USER_MESSAGES_H */
