/*
 * meaning.c
 *		The meaning of a status code: inheritance of attributes.
 */
#include "meaning.h"

/*
 * Takes a member from the other meaning if this one has the value "missing".
 */
#define COMPLETE(member, missing) \
	if (meaning->member == (missing)) \
		meaning->member = from->member;

#define COMPLETE_REF(name) \
	if (REF_IS_NULL(meaning->name)) \
		meaning->name = from->name;

#define COMPLETE_TEXT(name) COMPLETE_REF(name)
#define COMPLETE_MESSAGES(name) \
	user_messages_append(meaning->name, from->name);
#define COMPLETE_INTERVAL(name) COMPLETE_REF(name)
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
