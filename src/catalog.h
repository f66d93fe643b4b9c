/*
 * catalog.h
 *		Look-ups over the compiled-in catalog.
 *
 * The catalog is made from the text files under catalog/ and never changes
 * while the server runs. Everything here is a pure function of its arguments:
 * no table, no setting and no snapshot is read, nothing raises an error, and
 * what is returned lives as long as the process.
 */
#ifndef PROVIDER_CODES_CATALOG_H
#define PROVIDER_CODES_CATALOG_H

#include "compat.h"
#include "catalog_data.h"
#include "meaning.h"

#pragma GCC visibility push(hidden)

#define CATALOG_NO_CODE_ID (-1)

/* One code or variant of the catalog. */
typedef struct CatalogCode
{
	const char *text;			/* its text form */
	const StatusMeaning *own;	/* what is said of it alone */
	const StatusMeaning *meaning;	/* the same, completed from its base */
	uint8		text_len;
	bool		vendor;			/* in no document: its texts are our own */
	uint16		variants;		/* how many variants follow it in the catalog */
	int16		code_id;			/* its place in the provider's provider_id, or CATALOG_NO_CODE_ID */
} CatalogCode;

/* One of the built-in providers. */
typedef struct CatalogProvider
{
	const char *name;
	uint8		name_len;
	bool		numeric;		/* its codes are numbers, and code_id n, to 999, is number n */
} CatalogProvider;

/* Where the codes of a provider come from. */
typedef struct CatalogSource
{
	const text *provider;
	const text *source;
	const char *as_of;			/* YYYY-MM-DD, or NULL */
	bool		complete;		/* nothing that the provider is known to send is missing */
	uint16		codes;			/* how many, without variants */
} CatalogSource;

/* One source document. */
typedef struct CatalogDocument
{
	const text *name;
	const char *published;		/* YYYY-MM-DD, or NULL */
} CatalogDocument;

/* One row of a source document, word for word. */
typedef struct CatalogDocumentRow
{
	uint16		document;
	uint16		code;
	const text *section;
	const text *name;
	const text *title;
	const text *description;
} CatalogDocumentRow;

/*
 * The provider_id of the built-in provider with this name, or 0.  Blocks are from 1
 * to CATALOG_MAX_PROVIDER_ID.
 */
extern int	catalog_provider_id(const char *name, int len);

/* The built-in provider with this provider_id, or NULL; any number may be given. */
extern const CatalogProvider *catalog_provider(int provider_id);

/* The code with exactly this text form, or NULL. */
extern const CatalogCode *catalog_find(const char *text, int len);

/* The code in a provider's code_id, or NULL; any provider_id and a code_id below CATALOG_CODE_IDS may be given. */
extern const CatalogCode *catalog_code_with_id(int provider_id, int code_id);

/* The first says that nothing is known. */
extern const StatusMeaning catalog_meanings[CATALOG_MEANINGS];
extern const uint16 catalog_meaning_numbers[CATALOG_MAX_PROVIDER_ID + 1][CATALOG_CODE_IDS];

#define CATALOG_NO_MEANING (&catalog_meanings[0])

/* Returns whether a meaning is one of the catalog's, which live as long as the process. */
static inline bool
catalog_has_meaning(const StatusMeaning *meaning)
{
	return meaning >= catalog_meanings && meaning < catalog_meanings + CATALOG_MEANINGS;
}

/* What the code with exactly this text form means; CATALOG_NO_MEANING where there is none. */
extern const StatusMeaning *catalog_find_meaning(const char *text, int len);

/*
 * What the code in a provider's code_id means: where the code_id is that of a number
 * that the catalog doesn't list, what its class of hundreds means.  Inline,
 * since every look-up of a value ends here.
 */
static inline const StatusMeaning *
catalog_meaning_at(int provider_id, int code_id)
{
	if (unlikely(provider_id > CATALOG_MAX_PROVIDER_ID))
		return CATALOG_NO_MEANING;
	return &catalog_meanings[catalog_meaning_numbers[provider_id][code_id]];
}

/*
 * The severity of each action by its label, and at 0 that of an unknown one:
 * how bad an error is that calls for it.  The larger, the worse.
 */
extern const uint8 catalog_action_severities[CATALOG_ACTIONS + 1];

/* Returns an action's severity; a label that this release lacks counts as unknown. */
static inline int
catalog_action_severity(uint8 action)
{
	return catalog_action_severities[action <= CATALOG_ACTIONS ? action : 0];
}

/* The codes in the order in which they sort, from 0 to CATALOG_CODES - 1. */
extern const CatalogCode *catalog_code(int position);

/* The providers' sources in the order of their names, from 0 on; NULL after the last. */
extern const CatalogSource *catalog_source(int position);

/* The rows of the documents, from 0 on; NULL after the last. */
extern const CatalogDocumentRow *catalog_document_row(int position);
extern const CatalogDocument *catalog_document(int number);

#pragma GCC visibility pop

#endif							/* PROVIDER_CODES_CATALOG_H */
