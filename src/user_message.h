/*
 * user_message.h
 *		What the end user of an application is told of a code, in several languages.
 *
 * Languages are data: the catalog has those of catalog/messages.txt, and a row
 * of overrides has any that it gives.  A language is known by its tag, written
 * as BCP 47 recommends: "es", "pt-BR", "zh-Hant".
 */
#ifndef PROVIDER_CODES_USER_MESSAGE_H
#define PROVIDER_CODES_USER_MESSAGE_H

#include "compat.h"
#include "utils/jsonb.h"

#pragma GCC visibility push(hidden)

typedef struct UserMessage
{
	const char *tag;
	const text *message;
} UserMessage;

/* The messages of one entry of the catalog, or of one row of overrides. */
typedef struct UserMessages
{
	const UserMessage *messages;	/* each tag once */
	int			count;
	bool		in_utf8;		/* else in the database's encoding */
} UserMessages;

/*
 * A code's messages come from several places, each of which may have other
 * languages: the row and the catalog's entry of the code, and those of its
 * base.  For each language the first place counts that has it.  Places that
 * aren't there are NULL, behind the others.
 */
#define USER_MESSAGE_SOURCES 4

/* Appends the places of another meaning. */
static inline void
user_messages_append(const UserMessages **sources, const UserMessages *const *more)
{
	int			count = 0;

	while (count < USER_MESSAGE_SOURCES && sources[count] != NULL)
		count++;
	for (int i = 0; i < USER_MESSAGE_SOURCES && more[i] != NULL; i++)
	{
		Assert(count < USER_MESSAGE_SOURCES);
		if (count < USER_MESSAGE_SOURCES)
			sources[count++] = more[i];
	}
}

/*
 * Returns the message for a language as a caller names it, such as "es",
 * "pt-BR" or "es_MX.UTF-8"; NULL asks for English.  Where there is no message
 * in exactly that language, the tag is shortened from its end; in the last
 * place comes English.  Returns NULL where there is no English either.
 *
 * The result is in the database's encoding, where it lies or palloc'd.  A
 * message that the encoding can't write counts as missing.
 */
extern const text *user_messages_find(const UserMessages *const *sources, const text *language);

/* Returns all messages as a jsonb object from tag to text, or NULL where there are none. */
extern Jsonb *user_messages_to_jsonb(const UserMessages *const *sources);

/*
 * Reads such an object into palloc'd memory.  What is no message of a language
 * is left out and makes *valid false; returns NULL where nothing remains.
 */
extern const UserMessages *user_messages_from_jsonb(Jsonb *object, bool *valid);

#pragma GCC visibility pop

#endif							/* PROVIDER_CODES_USER_MESSAGE_H */
