/*
 * catalog.c
 *		Lookups in the compiled-in catalog.
 */
#include "catalog.h"

#include "byte_key.h"
#include "utils/memutils.h"

/*
 * The header of a varlena as a constant expression.  It allows texts to be
 * read-only data of the library, which functions return in place.
 */
#ifdef WORDS_BIGENDIAN
#define STATIC_HEADER(len) (len)
#else
#define STATIC_HEADER(len) ((len) << 2)
#endif

#define STATIC_TEXT(name, str) \
	static const struct \
	{ \
		uint32		header; \
		char		data[sizeof(str)]; \
	} name = {STATIC_HEADER(VARHDRSZ + sizeof(str) - 1), str}

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
 * A hash table of the codes by their text form.  An entry repeats the meaning
 * of its code and stores the hash of its key, so that a lookup reads neither
 * the code nor the text of a colliding entry.
 */
typedef struct CodeEntry
{
	ByteKey		key;			/* the text form */
	const CatalogCode *code;
	const StatusMeaning *meaning;	/* code->meaning */
	uint32		hash;
	char		status;			/* used by simplehash.h */
} CodeEntry;

#define SH_PREFIX code_table
#define SH_ELEMENT_TYPE CodeEntry
#define SH_KEY_TYPE ByteKey
#define SH_KEY key
#define SH_HASH_KEY(tb, key) byte_key_hash(key)
#define SH_EQUAL(tb, a, b) byte_key_equal(a, b)
#define SH_STORE_HASH
#define SH_GET_HASH(tb, entry) (entry)->hash
#define SH_SCOPE static inline
#define SH_DECLARE
#define SH_DEFINE
#include "lib/simplehash.h"

static code_table_hash * code_table;

void
catalog_init(void)
{
	code_table = code_table_create(TopMemoryContext, CATALOG_CODES, NULL);
	for (int i = 0; i < CATALOG_CODES; i++)
	{
		const CatalogCode *code = &catalog_codes[i];
		ByteKey		key = {code->text, code->text_len};
		bool		found;
		CodeEntry  *entry = code_table_insert(code_table, key, &found);

		Assert(!found);
		entry->code = code;
		entry->meaning = code->meaning;
	}
}

int
catalog_provider_id(const char *name, int len)
{
	for (int id = 1; id <= CATALOG_MAX_PROVIDER_ID; id++)
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
		catalog_providers[provider_id].name == NULL)
		return NULL;
	return &catalog_providers[provider_id];
}

const CatalogCode *
catalog_find(const char *str, int len)
{
	ByteKey		key = {str, len};
	CodeEntry  *entry = code_table_lookup(code_table, key);

	return entry ? entry->code : NULL;
}

const StatusMeaning *
catalog_find_meaning(const char *str, int len)
{
	ByteKey		key = {str, len};
	CodeEntry  *entry = code_table_lookup(code_table, key);

	return entry ? entry->meaning : CATALOG_NO_MEANING;
}

const CatalogCode *
catalog_code_with_id(int provider_id, int code_id)
{
	int			position;

	if (provider_id > CATALOG_MAX_PROVIDER_ID)
		return NULL;

	/* Positions in this table are counted from 1; 0 means no code. */
	position = catalog_positions[provider_id][code_id];
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
