/*
 * catalog.c
 *		Lookups in the compiled-in catalog.
 */
#include "catalog.h"

#include "port/pg_bswap.h"

#define CATALOG_TABLES
#include "catalog_data.h"

/* The ranges of the members of the generated tables. */
StaticAssertDecl(CATALOG_CODES < PG_UINT16_MAX, "too many codes for uint16");
StaticAssertDecl(lengthof(catalog_meanings) <= PG_UINT16_MAX,
				 "too many meanings for uint16");
StaticAssertDecl(CATALOG_MAX_TEXT <= PG_UINT8_MAX,
				 "text forms too long for uint8");
StaticAssertDecl(CATALOG_CODE_IDS <= PG_INT16_MAX,
				 "too many code ids for int16");
StaticAssertDecl(CATALOG_MAX_LABEL <
				 8 * sizeof(((StatusMeaning *) NULL)->categories),
				 "too few bits for the categories");

/*
 * catalog_buckets is a hash table of the codes by their text form, made by
 * generate.pl because a table made when the library is loaded would cost each
 * session time and memory.  A bucket has the position of a code, counted from
 * 1, or 0.  If it is taken by another code, the next one is tried.
 */
StaticAssertDecl((CATALOG_BUCKETS & (CATALOG_BUCKETS - 1)) == 0,
				 "the number of buckets must be a power of two");
StaticAssertDecl(CATALOG_BUCKETS >= 2 * CATALOG_CODES,
				 "at least half of the buckets must be empty");

static inline uint32
load_32(const char *data)
{
	uint32		word;

	memcpy(&word, data, sizeof(word));
#ifdef WORDS_BIGENDIAN
	word = pg_bswap32(word);
#endif
	return word;
}

/*
 * Returns the bucket at which the lookup of a text begins.  The hash covers the
 * length, and eight bytes at each end and in the middle.  first_bucket() in
 * generate.pl does the same.
 */
static inline uint32
first_bucket(const char *str, int len)
{
	char		padded[8] = {0};
	const char *middle;
	const char *end;
	uint32		hash = len * 0x9E3779B1;

	if (unlikely(len < (int) sizeof(padded)))
	{
		memcpy(padded, str, len);
		str = padded;
		len = sizeof(padded);
	}
	middle = str + (len - 8) / 2;
	end = str + len - 8;
	hash += load_32(str) * 0x85EBCA77;
	hash += load_32(str + 4) * 0xC2B2AE3D;
	hash += load_32(middle) * 0x27D4EB2F;
	hash += load_32(middle + 4) * 0x165667B1;
	hash += load_32(end) * 0x2545F491;
	hash += load_32(end + 4) * 0x9E3779B9;
	hash ^= hash >> 15;
	hash *= 0x85EBCA6B;
	return (hash ^ hash >> 13) & (CATALOG_BUCKETS - 1);
}

int
catalog_provider_id(const char *name, int len)
{
	int			letter = name[0] - 'a';
	int			end;

	/* Ids are in the order of the names. */
	Assert(letter >= 0 && letter < CATALOG_LETTERS);
	end = catalog_first_providers[letter + 1];
	for (int id = catalog_first_providers[letter]; id < end; id++)
	{
		const CatalogProvider *provider = &catalog_providers[id];

		if (provider->name_len == len &&
			memcmp(provider->name, name, len) == 0)
			return id;
	}
	return 0;
}

const CatalogProvider *
catalog_provider(int provider_id)
{
	if (provider_id < 1 || provider_id > CATALOG_MAX_PROVIDER_ID ||
		catalog_providers[provider_id].name_len == 0)
		return NULL;
	return &catalog_providers[provider_id];
}

const CatalogCode *
catalog_find(const char *str, int len)
{
	uint32		bucket = first_bucket(str, len);
	int			position;

	while ((position = catalog_buckets[bucket]) != 0)
	{
		const CatalogCode *code = &catalog_codes[position - 1];

		if (code->text_len == len &&
			memcmp(catalog_code_text(code), str, len) == 0)
			return code;
		bucket = (bucket + 1) & (CATALOG_BUCKETS - 1);
	}
	return NULL;
}

const StatusMeaning *
catalog_find_meaning(const char *str, int len)
{
	const CatalogCode *code = catalog_find(str, len);

	return code ? catalog_code_meaning(code) : CATALOG_NO_MEANING;
}

const CatalogCode *
catalog_code_with_id(int provider_id, int code_id)
{
	int			position;

	if (provider_id > CATALOG_MAX_PROVIDER_ID)
		return NULL;

	/* Positions in this table are counted from 1; 0 means no code. */
	position = catalog_positions[catalog_id(provider_id, code_id)];
	return position != 0 ? &catalog_codes[position - 1] : NULL;
}

const CatalogCode *
catalog_code(int position)
{
	Assert(position >= 0 && position < CATALOG_CODES);
	return &catalog_codes[position];
}

const CatalogSource *
catalog_source(int position)
{
	if (position >= (int) lengthof(catalog_sources))
		return NULL;
	return &catalog_sources[position];
}

const CatalogDocumentRow *
catalog_document_row(int position)
{
	if (position >= (int) lengthof(catalog_document_rows))
		return NULL;
	return &catalog_document_rows[position];
}

const CatalogDocument *
catalog_document(int number)
{
	Assert(number >= 0 && number < (int) lengthof(catalog_documents));
	return &catalog_documents[number];
}
