/*
 * ref.h
 *		References: pointers that need no relocation.
 *
 * A pointer in a constant must be set when the library is loaded.  Thousands
 * of them would take a large part of a session's first call, and a private
 * copy of every page that has one.  A reference to a constant of the catalog
 * is a distance instead, so that the tables of the catalog are read-only and
 * all sessions share them.
 *
 * A reference holds either the address of allocated memory, which is even and
 * set as the member "address", or the offset of a constant within
 * catalog_constants, shifted to the left, and 1 in the lowest bit.
 */
#ifndef PROVIDER_CODES_REF_H
#define PROVIDER_CODES_REF_H

#include "compat.h"
#include "datatype/timestamp.h"

#pragma GCC visibility push(hidden)

/* The constants that references refer to, made by generate.pl. */
extern const struct CatalogConstants catalog_constants;

/* Declares references to a type; one that refers to nothing is all zeros. */
#define REF_DECLARE(type, name) \
	typedef union name \
	{ \
		const type *address; \
		uintptr_t	bits; \
	} name

/* Declares a text of "len" bytes as a member of catalog_constants. */
#define TEXT_MEMBER(name, len) \
	struct \
	{ \
		uint32		header; \
		char		data[(len) + 1]; \
	}			name

/* Initializes a reference to a member of catalog_constants. */
#define REF_TO_CONSTANT(member) \
	{.bits = offsetof(struct CatalogConstants, member) << 1 | 1}

#define REF_IS_CONSTANT(ref) (((ref).bits & 1) != 0)
#define REF_IS_NULL(ref) ((ref).bits == 0)

/* Returns a reference as a pointer; NULL if it refers to nothing. */
#define REF_GET(ref) \
	(REF_IS_CONSTANT(ref) ? \
	 (__typeof__((ref).address)) ((const char *) &catalog_constants + \
								  ((ref).bits >> 1)) : \
	 (ref).address)

REF_DECLARE(text, TextRef);
REF_DECLARE(char, StringRef);	/* a terminated string */
REF_DECLARE(Interval, IntervalRef);

/*
 * A message to the end user in one language: see user_message.h.  This type and
 * the next are defined here because catalog_constants has members of them.
 */
typedef struct UserMessage
{
	StringRef	tag;
	TextRef		message;
} UserMessage;

REF_DECLARE(UserMessage, UserMessageRef);

/* The messages of one entry of the catalog, or of one row of overrides. */
typedef struct UserMessages
{
	UserMessageRef messages;	/* an array with each tag once */
	int			count;
	bool		in_utf8;		/* if not, in the database's encoding */
} UserMessages;

REF_DECLARE(UserMessages, UserMessagesRef);

#pragma GCC visibility pop

#endif							/* PROVIDER_CODES_REF_H */
