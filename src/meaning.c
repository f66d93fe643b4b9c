/*
 * meaning.c
 *		What is known of a code, wherever that comes from.
 */
#include "meaning.h"

/* Takes a member from the other meaning where this one has nothing. */
#define COMPLETE(member, nothing) \
	if (meaning->member == (nothing)) \
		meaning->member = from->member;

#define COMPLETE_TEXT(name) COMPLETE(name, NULL)
#define COMPLETE_MESSAGES(name) user_messages_append(meaning->name, from->name);
#define COMPLETE_INTERVAL(name) COMPLETE(name, NULL)
#define COMPLETE_CATEGORY(name) \
	if (meaning->categories == 0) \
	{ \
		meaning->categories = from->categories; \
		meaning->name = from->name; \
	}
#define COMPLETE_ACTION(name) COMPLETE(name, 0)
#define COMPLETE_BOOLEAN(name) COMPLETE(name, TRI_UNKNOWN)
#define COMPLETE_MARK(name) COMPLETE(name, TRI_UNKNOWN)
#define COMPLETE_MINUTES(name) COMPLETE(name, 0)
#define COMPLETE_STAGE(name) COMPLETE(name, 0)

void
meaning_complete(StatusMeaning *meaning, const StatusMeaning *from)
{
#define ATTRIBUTE(name, kind, function) COMPLETE_##kind(name)
#define CATALOG_ATTRIBUTE(name, kind) COMPLETE_##kind(name)
#include "attribute_list.h"
}
