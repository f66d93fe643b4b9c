/*
 * meaning.h
 *		What is known of a code, wherever that comes from.
 */
#ifndef PROVIDER_CODES_MEANING_H
#define PROVIDER_CODES_MEANING_H

#include "compat.h"
#include "catalog_data.h"
#include "datatype/timestamp.h"
#include "user_message.h"

#pragma GCC visibility push(hidden)

/* A boolean that may be unknown; SQL shows TRI_UNKNOWN as NULL. */
#define TRI_UNKNOWN (-1)
#define TRI_FALSE 0
#define TRI_TRUE 1

/*
 * How far a job has got while it goes on.  A job passes the stages in their
 * order; within a stage, a later step may follow an earlier one.
 */
#define STAGE(stage, step) ((stage) << 4 | (step))
#define STAGE_OF(place) ((place) >> 4)
#define STEP_OF(place) ((place) & 0xF)	/* 0: nothing is said of its place within the stage */

/* The members of StatusMeaning for an attribute, by its kind. */
#define MEMBERS_TEXT(name) const text *name;
#define MEMBERS_MESSAGES(name) const UserMessages *name[USER_MESSAGE_SOURCES];
#define MEMBERS_INTERVAL(name) const Interval *name;
#define MEMBERS_CATEGORY(name) \
	uint16		categories;		/* bit CATEGORY_... of each that its meanings have */ \
	uint8		name;			/* CATEGORY_..., where it is one */
#define MEMBERS_ACTION(name) uint8 name;	/* ACTION_... */
#define MEMBERS_BOOLEAN(name) int8 name;	/* TRI_... */
#define MEMBERS_MARK(name) int8 name;	/* TRI_... */
#define MEMBERS_MINUTES(name) uint16 name;
#define MEMBERS_STAGE(name) uint8 name; /* STAGE(...) */

/*
 * What is known of a code: the attributes of attribute_list.h.  Pointers are
 * NULL, labels and numbers 0 and the rest TRI_UNKNOWN where nothing is.
 *
 * The catalog's texts are in ASCII, but for user messages, which are in UTF-8.
 */
typedef struct StatusMeaning
{
#define ATTRIBUTE(name, kind, function) MEMBERS_##kind(name)
#define CATALOG_ATTRIBUTE(name, kind) MEMBERS_##kind(name)
#include "attribute_list.h"
	bool		known;			/* said of this very value, not of a class of numbers */
} StatusMeaning;

/* Fills each attribute that a meaning lacks from another; whether it is known stays as it is. */
extern void meaning_complete(StatusMeaning *meaning, const StatusMeaning *from);

#define CATEGORY_BIT(category) (1 << (category))

/*
 * What follows from a meaning: TRI_...  The SQL functions and the planner's
 * predicates both ask these.
 *
 * A code of several meanings may have several categories; what all of them
 * agree on is its answer.
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
	if (meaning->categories == CATEGORY_BIT(CATEGORY_SUCCESS))
		return TRI_TRUE;
	if (meaning->categories == 0 || (meaning->categories & CATEGORY_BIT(CATEGORY_SUCCESS)))
		return TRI_UNKNOWN;
	return TRI_FALSE;
}

/* It neither went well nor still goes on: waiting for the user's token is no error. */
static inline int
meaning_is_error(const StatusMeaning *meaning)
{
	const int	no_errors = CATEGORY_BIT(CATEGORY_SUCCESS) | CATEGORY_BIT(CATEGORY_PROGRESS);

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

/* Of a known code, what nothing marks is not so: one that isn't deprecated is in use. */
static inline int
meaning_is_marked(const StatusMeaning *meaning, int mark)
{
	if (!meaning->known)
		return TRI_UNKNOWN;
	return mark == TRI_TRUE ? TRI_TRUE : TRI_FALSE;
}

#pragma GCC visibility pop

#endif							/* PROVIDER_CODES_MEANING_H */
