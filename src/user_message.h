/*
 * user_message.h
 *		Messages to end users about a code, in several languages.
 *
 * Languages are data: the catalog has those of catalog/messages.txt, and a row
 * of overrides can have any.  A language is identified by its tag, written as
 * BCP 47 recommends: "es", "pt-BR", "zh-Hant".
 */
#ifndef PROVIDER_CODES_USER_MESSAGE_H
#define PROVIDER_CODES_USER_MESSAGE_H

#include "ref.h"
#include "utils/jsonb.h"

#pragma GCC visibility push(hidden)

/*
 * A code's messages come from up to four sources, each of which may have
 * different languages: the override and the catalog entry of the code, and
 * those of its base.  For each language, the first source that has it is used.
 *
 * An array of sources has this many elements; unused ones are null and come
 * last.
 */
#define USER_MESSAGE_SOURCES 4

/* Appends the sources of another meaning to those in "sources". */
static inline void
user_messages_append(UserMessagesRef *sources, const UserMessagesRef *more)
{
	int			count = 0;

	while (count < USER_MESSAGE_SOURCES && !REF_IS_NULL(sources[count]))
		count++;
	for (int i = 0; i < USER_MESSAGE_SOURCES && !REF_IS_NULL(more[i]); i++)
	{
		Assert(count < USER_MESSAGE_SOURCES);
		if (count < USER_MESSAGE_SOURCES)
			sources[count++] = more[i];
	}
}

/*
 * Returns the message in a language, which may be any text, such as "es",
 * "pt-BR" or "es_MX.UTF-8"; NULL means English.  If no message has exactly
 * that tag, the tag is shortened from its end, subtag by subtag, and English
 * is tried last.  Returns NULL if there is no English message either.
 *
 * The result is in the database's encoding.  It is either palloc'd or part of
 * a source.  A message that cannot be converted to that encoding is treated as
 * missing.
 */
extern const text *user_messages_find(const UserMessagesRef *sources,
									  const text *language);

/*
 * Returns all messages as a jsonb object from tag to text, palloc'd; NULL if
 * there are none.
 */
extern Jsonb *user_messages_to_jsonb(const UserMessagesRef *sources);

/*
 * Returns the messages in such an object, palloc'd; NULL if there are none.
 * Members that are not strings named by a language tag are left out.  Sets
 * *valid to whether there are messages, none was left out, and all tags are
 * written as BCP 47 recommends.
 */
extern const UserMessages *user_messages_from_jsonb(Jsonb *object,
													bool *valid);

#pragma GCC visibility pop

#endif							/* PROVIDER_CODES_USER_MESSAGE_H */
