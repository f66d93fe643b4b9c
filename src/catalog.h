/*
 * catalog.h
 *		Lookups in the compiled-in catalog.
 *
 * The catalog is generated from the text files under catalog/ and does not
 * change while the server runs.  Every function here depends on its arguments
 * only: it reads no table, setting or snapshot, and raises no error.  Pointers
 * that it returns are valid as long as the process lives.
 */
#ifndef PROVIDER_CODES_CATALOG_H
#define PROVIDER_CODES_CATALOG_H

#include "compat.h"
#include "catalog_data.h"
#include "meaning.h"

#pragma GCC visibility push(hidden)

#define CATALOG_NO_CODE_ID (-1)

/* A code of the catalog, or a variant of one. */
typedef struct CatalogCode
{
	uint32		text_offset;	/* for catalog_code_text() */
	uint16		direct;			/* for catalog_code_direct() */
	uint16		meaning;		/* for catalog_code_meaning() */
	uint8		text_len;
	bool		undocumented;	/* no source document lists it */
	uint16		variants;		/* number of variants, which follow it */
	int16		code_id;		/* or CATALOG_NO_CODE_ID */
} CatalogCode;

/* A built-in provider. */
typedef struct CatalogProvider
{
	char		name[CATALOG_PROVIDER_SIZE];	/* terminated */
	uint8		name_len;		/* 0 if no provider has this id */
	bool		numeric;		/* codes are numbers; those to 999 are their
								 * own code ids */
} CatalogProvider;

/* A date as YYYY-MM-DD, or an empty string. */
typedef char CatalogDate[sizeof("YYYY-MM-DD")];

/* Where the codes of a provider come from. */
typedef struct CatalogSource
{
	TextRef		provider;
	TextRef		source;
	CatalogDate as_of;
	bool		complete;		/* nothing that the provider was known to send
								 * is missing */
	uint16		codes;			/* how many, without variants */
} CatalogSource;

/* A source document. */
typedef struct CatalogDocument
{
	TextRef		name;
	CatalogDate published;
} CatalogDocument;

/* A row of a source document, word for word. */
typedef struct CatalogDocumentRow
{
	uint16		document;		/* for catalog_document() */
	uint16		code;			/* for catalog_code() */
	TextRef		section;		/* each text may be null */
	TextRef		name;
	TextRef		title;
	TextRef		description;
} CatalogDocumentRow;

/*
 * Returns the provider id, 1 to CATALOG_MAX_PROVIDER_ID, of the built-in
 * provider with this name, which must be well-formed, or 0 if there is none.
 */
extern int	catalog_provider_id(const char *name, int len);

/*
 * Returns the built-in provider with this id, which can be any number, or NULL
 * if there is none.
 */
extern const CatalogProvider *catalog_provider(int provider_id);

/* Returns the entry with exactly this text form, or NULL if there is none. */
extern const CatalogCode *catalog_find(const char *str, int len);

/*
 * Returns a provider's entry with this code id, or NULL if there is none.
 * provider_id must not be negative; code_id must be from 0 to
 * CATALOG_CODE_IDS - 1.
 */
extern const CatalogCode *catalog_code_with_id(int provider_id, int code_id);

/* All meanings of the catalog; the first one has no known attribute. */
extern const StatusMeaning catalog_meanings[CATALOG_MEANINGS];

/* How many pairs of a provider id, from 0 on, and a code id there are. */
#define CATALOG_IDS ((CATALOG_MAX_PROVIDER_ID + 1) * CATALOG_CODE_IDS)

/* The meaning of each such pair: see catalog_id(). */
extern const uint16 catalog_meaning_numbers[CATALOG_IDS];

#define CATALOG_NO_MEANING (&catalog_meanings[0])

/* The text forms of all codes, each terminated. */
extern const char catalog_texts[];

/* Returns the text form of an entry. */
static inline const char *
catalog_code_text(const CatalogCode *code)
{
	return &catalog_texts[code->text_offset];
}

/* Returns what the catalog says of an entry alone. */
static inline const StatusMeaning *
catalog_code_direct(const CatalogCode *code)
{
	return &catalog_meanings[code->direct];
}

/* Returns the same, completed from the base. */
static inline const StatusMeaning *
catalog_code_meaning(const CatalogCode *code)
{
	return &catalog_meanings[code->meaning];
}

/*
 * Returns whether a meaning belongs to the catalog, so that it and its texts
 * are valid as long as the process lives.
 */
static inline bool
catalog_has_meaning(const StatusMeaning *meaning)
{
	return meaning >= catalog_meanings &&
		meaning < catalog_meanings + CATALOG_MEANINGS;
}

/*
 * Returns the meaning of the entry with exactly this text form, or
 * CATALOG_NO_MEANING if there is none.
 */
extern const StatusMeaning *catalog_find_meaning(const char *str, int len);

/*
 * Returns the index of a provider's code id in a table by such ids.  Written
 * so that the compiler finds it to be the compact form that both were taken
 * from.
 */
static inline int
catalog_id(int provider_id, int code_id)
{
	return provider_id * CATALOG_CODE_IDS | code_id;
}

/*
 * Returns the meaning of a provider's code id.  For a number that the catalog
 * does not list, this is the meaning of its class of hundreds, or
 * CATALOG_NO_MEANING.  The arguments are as for catalog_code_with_id().
 *
 * Inline, because every lookup of a compact value ends here.
 */
static inline const StatusMeaning *
catalog_meaning_at(int provider_id, int code_id)
{
	int			id = catalog_id(provider_id, code_id);

	if (unlikely(id >= CATALOG_IDS))
		return CATALOG_NO_MEANING;
	return &catalog_meanings[catalog_meaning_numbers[id]];
}

/*
 * The severity of an error by the action that it calls for; higher is worse.
 * The index is the action's label, or 0 for an unknown action.
 */
extern const uint8 catalog_action_severities[CATALOG_ACTIONS + 1];

/*
 * Returns the severity of an action.  A label that this release does not have
 * counts as unknown.
 */
static inline int
catalog_action_severity(uint8 action)
{
	return catalog_action_severities[action <= CATALOG_ACTIONS ? action : 0];
}

/*
 * Returns an entry by its position, 0 to CATALOG_CODES - 1.  The entries are
 * in the order of their values (status_code_compare()).
 */
extern const CatalogCode *catalog_code(int position);

/*
 * Returns the source of a provider's codes by the provider's position in the
 * order of names, counted from 0; NULL after the last one.
 */
extern const CatalogSource *catalog_source(int position);

/*
 * Returns a row of the source documents by its position, counted from 0; NULL
 * after the last row.
 */
extern const CatalogDocumentRow *catalog_document_row(int position);

/* Returns a source document by its number in CatalogDocumentRow. */
extern const CatalogDocument *catalog_document(int number);

#pragma GCC visibility pop

#endif							/* PROVIDER_CODES_CATALOG_H */
