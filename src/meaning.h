/*
 * meaning.h
 *		The meaning of a status code: its attributes, and properties that
 *		follow from them.
 */
#ifndef PROVIDER_CODES_MEANING_H
#define PROVIDER_CODES_MEANING_H

#include "compat.h"
#include "catalog_data.h"
#include "user_message.h"

#pragma GCC visibility push(hidden)

/* A boolean that can be unknown; SQL functions return TRI_UNKNOWN as NULL. */
#define TRI_UNKNOWN (-1)
#define TRI_FALSE 0
#define TRI_TRUE 1

/*
 * The progress of a job that has not ended, in one byte: its stage and the
 * step within that stage.  A job passes through the stages in ascending order;
 * within a stage, a higher step can follow a lower one.  Step 0 means that the
 * order within the stage is not known.
 */
#define STAGE(stage, step) ((stage) << 4 | (step))
#define STAGE_OF(progress) ((progress) >> 4)
#define STEP_OF(progress) ((progress) & 0xF)

/* The members of StatusMeaning for an attribute, by its kind. */
#define MEMBERS_TEXT(name) TextRef name;
#define MEMBERS_MESSAGES(name) UserMessagesRef name[USER_MESSAGE_SOURCES];
#define MEMBERS_INTERVAL(name) IntervalRef name;
/* "categories" has a CATEGORY_BIT for each; "name" is set if there is one */
#define MEMBERS_CATEGORY(name) uint16 categories; uint8 name;
#define MEMBERS_ACTION(name) uint8 name;	/* ACTION_... */
#define MEMBERS_BOOLEAN(name) int8 name;	/* TRI_... */
#define MEMBERS_MARK(name) int8 name;	/* TRI_... */
#define MEMBERS_MINUTES(name) uint16 name;
#define MEMBERS_STAGE(name) uint8 name; /* STAGE(...) */

/*
 * The attributes listed in attribute_list.h.  If an attribute is not known, a
 * reference is null, a label or number is 0, and any other member is
 * TRI_UNKNOWN.
 *
 * The catalog's texts are ASCII, except for its user messages, which are
 * UTF-8.
 */
typedef struct StatusMeaning
{
#define ATTRIBUTE(name, kind, function) MEMBERS_##kind(name)
#define CATALOG_ATTRIBUTE(name, kind) MEMBERS_##kind(name)
#include "attribute_list.h"
	bool		known;			/* describes the value itself, not its class */
} StatusMeaning;

/*
 * Sets each attribute that a meaning lacks to that of another meaning.  Does
 * not change "known".
 */
extern void meaning_complete(StatusMeaning *meaning,
							 const StatusMeaning *from);

#define CATEGORY_BIT(category) (1 << (category))

/*
 * The functions below return what follows from a meaning, as TRI_...  Both the
 * SQL functions and the planner's predicates call them, so an index scan and a
 * filter cannot disagree.
 *
 * A code with several meanings can have several categories; a property that
 * they do not share is unknown.
 */
static inline int
meaning_is_retryable(const StatusMeaning *meaning)
{
	return meaning->retryable;
}

static inline int
meaning_is_terminal(const StatusMeaning *meaning)
{
	return meaning->terminal;
}

static inline int
meaning_is_known(const StatusMeaning *meaning)
{
	return meaning->known ? TRI_TRUE : TRI_FALSE;
}

static inline int
meaning_is_success(const StatusMeaning *meaning)
{
	const int	success = CATEGORY_BIT(CATEGORY_SUCCESS);

	if (meaning->categories == success)
		return TRI_TRUE;
	if (meaning->categories == 0 || (meaning->categories & success))
		return TRI_UNKNOWN;
	return TRI_FALSE;
}

/*
 * An error is neither success nor progress.  A code that is not terminal is no
 * error either, for example a request for the user's token.
 */
static inline int
meaning_is_error(const StatusMeaning *meaning)
{
	const int	no_errors = CATEGORY_BIT(CATEGORY_SUCCESS) |
	CATEGORY_BIT(CATEGORY_PROGRESS);

	if (meaning->terminal == TRI_FALSE)
		return TRI_FALSE;
	if (meaning->categories == 0)
		return TRI_UNKNOWN;
	if ((meaning->categories & ~no_errors) == 0)
		return TRI_FALSE;
	return (meaning->categories & no_errors) ? TRI_UNKNOWN : TRI_TRUE;
}

static inline int
meaning_has_category(const StatusMeaning *meaning, uint8 category)
{
	if (meaning->category == 0)
		return TRI_UNKNOWN;
	return meaning->category == category ? TRI_TRUE : TRI_FALSE;
}

static inline int
meaning_has_action(const StatusMeaning *meaning, uint8 action)
{
	if (meaning->action == 0)
		return TRI_UNKNOWN;
	return meaning->action == action ? TRI_TRUE : TRI_FALSE;
}

/*
 * For an attribute of kind MARK: a known code that is not marked has the value
 * false.
 */
static inline int
meaning_is_marked(const StatusMeaning *meaning, int mark)
{
	if (!meaning->known)
		return TRI_UNKNOWN;
	return mark == TRI_TRUE ? TRI_TRUE : TRI_FALSE;
}

#pragma GCC visibility pop

#endif							/* PROVIDER_CODES_MEANING_H */
