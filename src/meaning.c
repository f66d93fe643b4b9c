/*
 * meaning.c
 *		What is known of a code, wherever that comes from.
 */
#include "meaning.h"

void
meaning_complete(StatusMeaning *meaning, const StatusMeaning *from)
{
	if (meaning->name == NULL)
		meaning->name = from->name;
	if (meaning->title == NULL)
		meaning->title = from->title;
	if (meaning->description == NULL)
		meaning->description = from->description;
	user_messages_append(meaning->user_messages, from->user_messages);
	if (meaning->retry_after == NULL)
		meaning->retry_after = from->retry_after;
	if (meaning->delay == 0)
		meaning->delay = from->delay;
	if (meaning->categories == 0)
	{
		meaning->categories = from->categories;
		meaning->category = from->category;
	}
	if (meaning->action == 0)
		meaning->action = from->action;
	if (meaning->retryable == TRI_UNKNOWN)
		meaning->retryable = from->retryable;
	if (meaning->terminal == TRI_UNKNOWN)
		meaning->terminal = from->terminal;
	if (meaning->deprecated == TRI_UNKNOWN)
		meaning->deprecated = from->deprecated;
	if (meaning->stage == 0)
		meaning->stage = from->stage;
}
