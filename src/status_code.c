/*
 * status_code.c
 *		The value of type status_code: its stored form, comparison and hash.
 */
#include "status_code.h"

#include "common/hashfn.h"
#include "long_text.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#define LARGEST_COMPACT_NUMBER 999

#define PROVIDER_ID_BITS (8 * STATUS_CODE_COMPACT_SIZE - STATUS_CODE_ID_BITS)

/* The limits that catalog/generate.pl enforces. */
StaticAssertDecl(STATUS_CODE_MAX_LENGTH <= VARATT_SHORT_MAX - VARHDRSZ_SHORT,
				 "a text form must fit a short varlena");
StaticAssertDecl(CATALOG_CODE_IDS == 1 << STATUS_CODE_ID_BITS,
				 "the number of code ids differs from generate.pl's");
StaticAssertDecl(CATALOG_MAX_PROVIDERS == (1 << PROVIDER_ID_BITS) - 1,
				 "the number of providers differs from generate.pl's");
StaticAssertDecl(CATALOG_NUMBERS == LARGEST_COMPACT_NUMBER + 1,
				 "the number of compact numbers differs from generate.pl's");
StaticAssertDecl(CATALOG_NUMBERS <= CATALOG_CODE_IDS,
				 "a compact number must be a code id");

/* Writes the two bytes of a compact form. */
static void
write_compact(char *data, int provider_id, int code_id)
{
	data[0] = (provider_id << STATUS_CODE_ID_BITS | code_id) >> 8;
	data[1] = code_id & 0xff;
}

static StatusCode *
make_compact(int provider_id, int code_id)
{
	StatusCode *result = palloc(VARHDRSZ_SHORT + STATUS_CODE_COMPACT_SIZE);

	SET_VARSIZE_SHORT(result, VARHDRSZ_SHORT + STATUS_CODE_COMPACT_SIZE);
	write_compact(VARDATA_SHORT(result), provider_id, code_id);
	return result;
}

static StatusCode *
make_text(const char *str, int len)
{
	StatusCode *result = palloc(VARHDRSZ_SHORT + len);

	SET_VARSIZE_SHORT(result, VARHDRSZ_SHORT + len);
	memcpy(VARDATA_SHORT(result), str, len);
	return result;
}

/*
 * Returns the number that decimal digits denote, or -1 if it has more than
 * three digits.
 */
static int
compact_number(const char *code, int len)
{
	int			number = 0;

	if (len > 3)
		return -1;
	for (int i = 0; i < len; i++)
		number = number * 10 + (code[i] - '0');
	return number;
}

/*
 * Decides the stored form of a well-formed text.  If it is compact, sets
 * code_id and returns true; if it is the text itself, returns false.  This
 * decision is frozen: see the head of status_code.h.
 */
static bool
find_code_id(const StatusCodeParts *parts, int provider_id,
			 const char *str, int len, int *code_id)
{
	const CatalogCode *code;

	if (provider_id == 0)
		return false;
	if (catalog_provider(provider_id)->numeric && parts->variant == NULL)
	{
		*code_id = compact_number(parts->code, parts->code_len);
		if (*code_id >= 0)
			return true;
	}
	code = catalog_find(str, len);
	if (code == NULL || code->code_id == CATALOG_NO_CODE_ID)
		return false;
	*code_id = code->code_id;
	return true;
}

/*
 * Returns the value of a well-formed text, palloc'd.  All functions that make
 * a value call this one, except for status_code_of_number().
 */
static StatusCode *
make_value(const StatusCodeParts *parts, int provider_id,
		   const char *str, int len)
{
	int			code_id;

	if (find_code_id(parts, provider_id, str, len, &code_id))
		return make_compact(provider_id, code_id);
	return make_text(str, len);
}

StatusCode *
status_code_parse(const char *str, int len)
{
	StatusCodeParts parts;
	int			provider_id;

	if (len > STATUS_CODE_MAX_LENGTH)
		return NULL;
	parts = status_code_split(str, len);
	if (status_code_check(&parts, &provider_id) != PROBLEM_NONE)
		return NULL;
	return make_value(&parts, provider_id, str, len);
}

StatusCode *
status_code_make(const StatusCodeParts *parts)
{
	char		str[STATUS_CODE_MAX_LENGTH + 1];
	int			provider_id;
	int			len;

	if (status_code_check(parts, &provider_id) != PROBLEM_NONE)
		return NULL;
	len = snprintf(str, sizeof(str), "%.*s:%.*s%s%.*s",
				   parts->provider_len, parts->provider,
				   parts->code_len, parts->code,
				   parts->variant ? "/" : "",
				   parts->variant_len, parts->variant ? parts->variant : "");
	return make_value(parts, provider_id, str, len);
}

StatusCode *
status_code_of_catalog(const CatalogCode *code)
{
	return status_code_parse(catalog_code_text(code), code->text_len);
}

StatusCode *
status_code_of_number(int provider_id, int number)
{
	return make_compact(provider_id, number);
}

/* Raises the error for a stored text that is not a text form. */
static void
report_malformed(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_DATA_CORRUPTED),
			 errmsg("malformed value of type %s", "status_code"),
			 errdetail("The value is damaged, or was written by a later release of provider_codes.")));
}

const StatusCode *
status_code_without_variant(const StatusCode *code)
{
	const StatusCode *base;
	char		buffer[STATUS_CODE_MAX_LENGTH];
	int			len;
	const char *str = status_code_text(code, buffer, &len);
	StatusCodeParts parts = status_code_split(str, len);

	if (parts.variant == NULL)
		return code;
	base = status_code_parse(str, parts.variant - 1 - str);
	if (base == NULL)
		report_malformed();
	return base;
}

const char *
status_code_text(const StatusCode *code, char *buffer, int *len)
{
	const CatalogCode *entry;
	const CatalogProvider *provider;
	int			provider_id;
	int			code_id;

	if (!status_code_get_compact(code, &provider_id, &code_id))
	{
		/* Callers rely on the limit.  The grammar is not checked again. */
		*len = VARSIZE_ANY_EXHDR(code);
		if (unlikely(*len > STATUS_CODE_MAX_LENGTH))
			report_malformed();
		return VARDATA_ANY(code);
	}

	entry = catalog_code_with_id(provider_id, code_id);
	if (likely(entry))
	{
		*len = entry->text_len;
		return catalog_code_text(entry);
	}

	/* Other numbers need no entry; anything else is damage: see the header. */
	provider = catalog_provider(provider_id);
	if (provider == NULL || !provider->numeric ||
		code_id > LARGEST_COMPACT_NUMBER)
		ereport(ERROR,
				(errcode(ERRCODE_DATA_CORRUPTED),
				 errmsg("unrecognized code %d of provider %d in a value of type %s",
						code_id, provider_id, "status_code"),
				 errdetail("The value is damaged, or was written by a later release of provider_codes.")));
	memcpy(buffer, provider->name, provider->name_len);
	buffer[provider->name_len] = ':';
	*len = provider->name_len + 1;
	*len += pg_ultoa_n(code_id, buffer + *len);
	return buffer;
}

bool
status_code_is_from(const StatusCode *code, const char *provider, int len)
{
	char		buffer[STATUS_CODE_MAX_LENGTH];
	int			text_len;
	const char *str = status_code_text(code, buffer, &text_len);

	return status_code_text_is_from(str, text_len, provider, len);
}

const CatalogCode *
status_code_catalog_entry(const StatusCode *code)
{
	int			provider_id;
	int			code_id;

	if (status_code_get_compact(code, &provider_id, &code_id))
		return catalog_code_with_id(provider_id, code_id);
	return catalog_find(VARDATA_ANY(code), VARSIZE_ANY_EXHDR(code));
}

/* Compares two parts by their bytes; a missing part is less than any other. */
static int
compare_bytes(const char *a, int alen, const char *b, int blen)
{
	int			result;

	if (a == NULL || b == NULL)
		return (a != NULL) - (b != NULL);
	result = long_text_compare(a, b, Min(alen, blen));
	return result != 0 ? result : alen - blen;
}

/* Returns whether a code is a number. */
static bool
is_number(const char *code, int len)
{
	for (; len > LONG_TEXT_PIECE; len -= LONG_TEXT_PIECE)
	{
		CHECK_FOR_INTERRUPTS();
		if (!status_code_is_number(code, LONG_TEXT_PIECE))
			return false;
		code += LONG_TEXT_PIECE;
	}
	return status_code_is_number(code, len);
}

/* Returns how many zeros a number begins with. */
static int
count_zeros(const char *number, int len)
{
	int			zeros = 0;

	while (zeros < len && number[zeros] == '0')
	{
		CHECK_FOR_INTERRUPTS();
		zeros++;
	}
	return zeros;
}

/*
 * Compares two codes.  A number can have leading zeros, unless the provider is
 * a built-in one whose codes are numbers.  Equal numbers are ordered by their
 * bytes.
 */
static int
compare_codes(const char *a, int alen, const char *b, int blen)
{
	bool		anumber = a && is_number(a, alen);
	bool		bnumber = b && is_number(b, blen);

	if (a && b && anumber != bnumber)
		return anumber ? -1 : 1;
	if (anumber && bnumber)
	{
		int			azeros = count_zeros(a, alen);
		int			bzeros = count_zeros(b, blen);
		int			result;

		if (alen - azeros != blen - bzeros)
			return (alen - azeros) - (blen - bzeros);
		result = long_text_compare(a + azeros, b + bzeros, alen - azeros);
		if (result != 0)
			return result;
	}
	return compare_bytes(a, alen, b, blen);
}

/*
 * Texts are compared by the parts that status_code_split() returns.  Each part
 * has a total order, and a text can be assembled from its parts again.  So
 * this is a total order over all texts, in which only identical texts are
 * equal.
 */
int
status_code_compare_texts(const char *a, int alen, const char *b, int blen)
{
	StatusCodeParts pa = status_code_split(a, alen);
	StatusCodeParts pb = status_code_split(b, blen);
	int			result;

	result = compare_bytes(pa.provider, pa.provider_len,
						   pb.provider, pb.provider_len);
	if (result == 0)
		result = compare_codes(pa.code, pa.code_len, pb.code, pb.code_len);
	if (result == 0)
		result = compare_bytes(pa.variant, pa.variant_len,
							   pb.variant, pb.variant_len);
	return result;
}

int
status_code_compare(const StatusCode *a, const StatusCode *b)
{
	char		abuffer[STATUS_CODE_MAX_LENGTH];
	char		bbuffer[STATUS_CODE_MAX_LENGTH];
	const char *atext;
	const char *btext;
	int			alen;
	int			blen;
	int			aprovider_id;
	int			bprovider_id;
	int			acode_id;
	int			bcode_id;

	if (status_code_get_compact(a, &aprovider_id, &acode_id) &&
		status_code_get_compact(b, &bprovider_id, &bcode_id))
	{
		const CatalogProvider *provider;
		const CatalogCode *acode;
		const CatalogCode *bcode;

		/* Providers are numbered in the order of their names. */
		if (aprovider_id != bprovider_id)
			return aprovider_id - bprovider_id;
		if (acode_id == bcode_id)
			return 0;
		provider = catalog_provider(aprovider_id);
		if (provider && provider->numeric &&
			Max(acode_id, bcode_id) <= LARGEST_COMPACT_NUMBER)
			return acode_id - bcode_id;

		/* Other code ids have no order, but the entries of the catalog do. */
		acode = catalog_code_with_id(aprovider_id, acode_id);
		bcode = catalog_code_with_id(bprovider_id, bcode_id);
		if (acode && bcode)
			return acode < bcode ? -1 : 1;
	}
	atext = status_code_text(a, abuffer, &alen);
	btext = status_code_text(b, bbuffer, &blen);
	return status_code_compare_texts(atext, alen, btext, blen);
}

uint32
status_code_hash(const StatusCode *code)
{
	return hash_bytes((const unsigned char *) VARDATA_ANY(code),
					  VARSIZE_ANY_EXHDR(code));
}

uint64
status_code_hash_extended(const StatusCode *code, uint64 seed)
{
	return hash_bytes_extended((const unsigned char *) VARDATA_ANY(code),
							   VARSIZE_ANY_EXHDR(code), seed);
}

/*
 * Finds the compact form of the value with this text form.  Returns false if
 * the text has none or is malformed.
 *
 * A hash join calls this for each row, so a code of the catalog is not split
 * and checked.
 */
static bool
find_compact(const char *str, int len, int *provider_id, int *code_id)
{
	const CatalogCode *code = catalog_find(str, len);
	StatusCodeParts parts;

	if (code)
	{
		const char *colon = memchr(str, ':', len);

		*provider_id = catalog_provider_id(str, colon - str);
		*code_id = code->code_id;
		return *code_id != CATALOG_NO_CODE_ID;
	}
	parts = status_code_split(str, len);
	return status_code_check(&parts, provider_id) == PROBLEM_NONE &&
		find_code_id(&parts, *provider_id, str, len, code_id);
}

/*
 * Returns the stored form of the value with this text form, and sets *len to
 * its length: the text itself, or "compact", a buffer of
 * STATUS_CODE_COMPACT_SIZE bytes.  For a malformed text, this is the text
 * itself.
 */
static const char *
stored_form(const char *str, int *len, char *compact)
{
	int			provider_id;
	int			code_id;

	if (*len > STATUS_CODE_MAX_LENGTH ||
		!find_compact(str, *len, &provider_id, &code_id))
		return str;
	write_compact(compact, provider_id, code_id);
	*len = STATUS_CODE_COMPACT_SIZE;
	return compact;
}

/*
 * A text that is too long for a status code is equal to none, so that any hash
 * will do.
 */
uint64
status_code_hash_text_extended(const char *str, int len, uint64 seed)
{
	char		compact[STATUS_CODE_COMPACT_SIZE];
	const char *data = stored_form(str, &len, compact);

	return long_text_hash(data, len, seed);
}

uint32
status_code_hash_text(const char *str, int len)
{
	char		compact[STATUS_CODE_COMPACT_SIZE];
	const char *data;

	if (len > LONG_TEXT_PIECE)
		return (uint32) status_code_hash_text_extended(str, len, 0);
	data = stored_form(str, &len, compact);
	return hash_bytes((const unsigned char *) data, len);
}
