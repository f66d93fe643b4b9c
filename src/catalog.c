/*
 * catalog.c
 *		Look-ups over the compiled-in catalog.
 */
#include "catalog.h"

#include "byte_key.h"
#include "utils/memutils.h"

/*
 * The server's varlena header as a constant expression, so that the texts can
 * lie in the library's read-only data and functions can return them as they
 * are.
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

/* What the tables' columns hold. */
StaticAssertDecl(CATALOG_CODES < PG_UINT16_MAX, "too many codes for uint16");
StaticAssertDecl(lengthof(catalog_meanings) <= PG_UINT16_MAX, "too many meanings for uint16");
StaticAssertDecl(CATALOG_MAX_TEXT <= PG_UINT8_MAX, "text forms too long for uint8");
StaticAssertDecl(CATALOG_CODE_IDS <= PG_INT16_MAX, "too many code ids for int16");
StaticAssertDecl(CATALOG_MAX_LABEL < 8 * sizeof(((StatusMeaning *) NULL)->categories),
				 "too few bits for the categories");

/* The codes by their text form. */
typedef struct CodeEntry
{
	ByteKey		key;
	const CatalogCode *code;
	const StatusMeaning *meaning;	/* the code's, so that a look-up needn't touch the code */
	uint32		hash;			/* nor the text of another one in its place */
	char		status;
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

static code_table_hash *code_table;

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
	for (int provider_id = 1; provider_id <= CATALOG_MAX_PROVIDER_ID; provider_id++)
	{
		const CatalogProvider *provider = &catalog_providers[provider_id];

		if (provider->name_len == len && memcmp(provider->name, name, len) == 0)
			return provider_id;
	}
	return 0;
}

const CatalogProvider *
catalog_provider(int provider_id)
{
	if (provider_id < 1 || provider_id > CATALOG_MAX_PROVIDER_ID || catalog_providers[provider_id].name == NULL)
		return NULL;
	return &catalog_providers[provider_id];
}

const CatalogCode *
catalog_find(const char *text, int len)
{
	ByteKey		key = {text, len};
	CodeEntry  *entry = code_table_lookup(code_table, key);

	return entry ? entry->code : NULL;
}

const StatusMeaning *
catalog_find_meaning(const char *text, int len)
{
	ByteKey		key = {text, len};
	CodeEntry  *entry = code_table_lookup(code_table, key);

	return entry ? entry->meaning : CATALOG_NO_MEANING;
}

const CatalogCode *
catalog_code_with_id(int provider_id, int code_id)
{
	int			position = provider_id <= CATALOG_MAX_PROVIDER_ID ? catalog_positions[provider_id][code_id] : 0;

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
