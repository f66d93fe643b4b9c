/*
 * status_code.c
 *		The value: what a status_code is, how it is written, and how it sorts.
 *
 * All ways to make a value end in make_value(), which decides the image.
 */
#include "status_code.h"

#include "common/hashfn.h"
#include "mb/pg_wchar.h"
#include "nearest_code.h"
#include "utils/builtins.h"

#define LARGEST_COMPACT_NUMBER 999

/* What generate.pl checks the catalog against. */
StaticAssertDecl(CATALOG_MAX_TEXT == STATUS_CODE_MAX_LENGTH,
				 "the longest text form differs from generate.pl's");
StaticAssertDecl(STATUS_CODE_MAX_LENGTH <= VARATT_SHORT_MAX - VARHDRSZ_SHORT,
				 "a text form must fit a short varlena");
StaticAssertDecl(CATALOG_SLOTS == 1 << STATUS_CODE_SLOT_BITS,
				 "the number of slots differs from generate.pl's");
StaticAssertDecl(CATALOG_MAX_PROVIDERS ==
				 (1 << (8 * STATUS_CODE_COMPACT_SIZE - STATUS_CODE_SLOT_BITS)) - 1,
				 "the number of providers differs from generate.pl's");
StaticAssertDecl(CATALOG_NUMBERS == LARGEST_COMPACT_NUMBER + 1,
				 "the number of compact numbers differs from generate.pl's");
StaticAssertDecl(CATALOG_NUMBERS <= CATALOG_SLOTS, "a compact number must be a slot");

/* How much of an offending text an error message repeats, in bytes. */
#define SHOWN_LENGTH 160

/* What may stand where. */
#define PROVIDER_FIRST 0x01
#define PROVIDER_NEXT 0x02
#define CODE_FIRST 0x04
#define CODE_NEXT 0x08
#define DIGIT 0x10

static const uint8 char_class[256] = {
	['a' ... 'z'] = PROVIDER_FIRST | PROVIDER_NEXT | CODE_FIRST | CODE_NEXT,
	['A' ... 'Z'] = CODE_FIRST | CODE_NEXT,
	['0' ... '9'] = PROVIDER_NEXT | CODE_FIRST | CODE_NEXT | DIGIT,
	['-'] = PROVIDER_NEXT | CODE_NEXT,
	['_'] = PROVIDER_NEXT | CODE_NEXT,
	['.'] = CODE_NEXT,
};

/* What is wrong with a text, in the order in which it is looked for. */
typedef enum Problem
{
	PROBLEM_NONE,
	PROBLEM_LENGTH,
	PROBLEM_SEPARATOR,
	PROBLEM_PROVIDER,
	PROBLEM_CODE,
	PROBLEM_NUMBER,
	PROBLEM_VARIANT
} Problem;

static StatusCode *make_value(const StatusCodeParts *parts, int block, const char *text, int len);

/* Writes the two bytes of a compact image. */
static void
write_compact(char *data, int block, int slot)
{
	data[0] = (block << STATUS_CODE_SLOT_BITS | slot) >> 8;
	data[1] = slot & 0xff;
}

static StatusCode *
make_compact(int block, int slot)
{
	StatusCode *result = palloc(VARHDRSZ_SHORT + STATUS_CODE_COMPACT_SIZE);

	SET_VARSIZE_SHORT(result, VARHDRSZ_SHORT + STATUS_CODE_COMPACT_SIZE);
	write_compact(VARDATA_SHORT(result), block, slot);
	return result;
}

static StatusCode *
make_text(const char *text, int len)
{
	StatusCode *result = palloc(VARHDRSZ_SHORT + len);

	SET_VARSIZE_SHORT(result, VARHDRSZ_SHORT + len);
	memcpy(VARDATA_SHORT(result), text, len);
	return result;
}

/* The number that a code of digits stands for, or -1 where it is not one from 0 to 999. */
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

/* Is a part made of a first and further characters of these classes? */
static bool
well_formed(const char *part, int len, uint8 first, uint8 next)
{
	if (len == 0 || !(char_class[(unsigned char) part[0]] & first))
		return false;
	for (int i = 1; i < len; i++)
	{
		if (!(char_class[(unsigned char) part[i]] & next))
			return false;
	}
	return true;
}

bool
status_code_is_from(const StatusCode *code, const char *provider, int len)
{
	char		buffer[STATUS_CODE_MAX_LENGTH];
	int			text_len;
	const char *text = status_code_text(code, buffer, &text_len);
	StatusCodeParts parts = status_code_split(text, text_len);

	return parts.provider_len == len && memcmp(parts.provider, provider, len) == 0;
}

bool
status_code_is_number(const char *code, int len)
{
	return well_formed(code, len, DIGIT, DIGIT);
}

bool
status_code_is_provider(const char *provider, int len)
{
	return well_formed(provider, len, PROVIDER_FIRST, PROVIDER_NEXT);
}

/* Looks for what is wrong with the parts; gives the provider's block as well. */
static Problem
check_parts(const StatusCodeParts *parts, int *block)
{
	/* Each by itself first: parts of a gigabyte would overflow the sum. */
	if (parts->provider_len > STATUS_CODE_MAX_LENGTH ||
		parts->code_len > STATUS_CODE_MAX_LENGTH ||
		parts->variant_len > STATUS_CODE_MAX_LENGTH ||
		parts->provider_len + (parts->code ? 1 + parts->code_len : 0) +
		(parts->variant ? 1 + parts->variant_len : 0) > STATUS_CODE_MAX_LENGTH)
		return PROBLEM_LENGTH;
	if (parts->code == NULL)
		return PROBLEM_SEPARATOR;
	if (!status_code_is_provider(parts->provider, parts->provider_len))
		return PROBLEM_PROVIDER;
	*block = catalog_block(parts->provider, parts->provider_len);
	if (*block != 0 && catalog_provider(*block)->numeric)
	{
		if (!status_code_is_number(parts->code, parts->code_len) ||
			(parts->code[0] == '0' && parts->code_len > 1))
			return PROBLEM_NUMBER;
	}
	else if (!well_formed(parts->code, parts->code_len, CODE_FIRST, CODE_NEXT))
		return PROBLEM_CODE;
	if (parts->variant &&
		!well_formed(parts->variant, parts->variant_len, CODE_FIRST, CODE_NEXT))
		return PROBLEM_VARIANT;
	return PROBLEM_NONE;
}

bool
status_code_is_valid(const char *text, int len)
{
	StatusCodeParts parts = status_code_split(text, len);
	int			block;

	return check_parts(&parts, &block) == PROBLEM_NONE;
}

bool
status_code_is_code_character(char character)
{
	return (char_class[(unsigned char) character] & CODE_NEXT) != 0;
}

/*
 * In a database of encoding SQL_ASCII, pg_mbcliplen() counts bytes. What is
 * there may be UTF-8 all the same, and a client whose encoding is UTF-8 must
 * not be sent a part of a character: the server would raise 22021 in place of
 * the message.
 */
int
status_code_shown_length(const char *text, int len)
{
	int			shown;

	if (len <= SHOWN_LENGTH)
		return len;
	shown = pg_mbcliplen(text, len, SHOWN_LENGTH);
	if (GetDatabaseEncoding() == PG_SQL_ASCII)
	{
		int			start = shown;

		/* "start" moves to the first byte of the character that the cut may go through. */
		while (start > 0 && shown - start < MAX_MULTIBYTE_CHAR_LEN &&
			   ((unsigned char) text[start] & 0xC0) == 0x80)
			start--;
		if (((unsigned char) text[start] & 0xC0) == 0xC0)
			shown = start;
	}
	return shown;
}

static int
errdetail_problem(Problem problem, const StatusCodeParts *parts)
{
	switch (problem)
	{
		case PROBLEM_NONE:
			break;
		case PROBLEM_LENGTH:
			return errdetail("A status code has at most %d bytes.", STATUS_CODE_MAX_LENGTH);
		case PROBLEM_SEPARATOR:
			return errdetail("There is no \":\" between provider and code.");
		case PROBLEM_PROVIDER:
			return errdetail("A provider is a lower-case letter, followed by lower-case letters, digits, \"_\" or \"-\".");
		case PROBLEM_CODE:
			return errdetail("A code is a letter or digit, followed by letters, digits, \".\", \"_\" or \"-\".");
		case PROBLEM_NUMBER:
			return errdetail("The codes of provider \"%.*s\" are numbers without leading zeros.",
							 parts->provider_len, parts->provider);
		case PROBLEM_VARIANT:
			return errdetail("A variant is a letter or digit, followed by letters, digits, \".\", \"_\" or \"-\".");
	}
	return 0;
}

static int
errhint_nearest(Problem problem, const char *text, int len)
{
	const StatusCode *nearest = problem == PROBLEM_LENGTH ? NULL : nearest_code(text, len);

	if (nearest)
	{
		char		buffer[STATUS_CODE_MAX_LENGTH];
		int			nearest_len;
		const char *nearest_text = status_code_text(nearest, buffer, &nearest_len);

		return errhint("Perhaps you meant \"%.*s\".", nearest_len, nearest_text);
	}
	return errhint("Write it as provider:code or provider:code/variant, for example \"syncfy:401\".");
}

/* Reports a malformed text; returns only where escontext takes the error. */
static void
report_problem(Problem problem, const StatusCodeParts *parts, const char *text, int len,
			   Node *escontext)
{
	int			shown = status_code_shown_length(text, len);

	ereturn(escontext,,
			(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
			 errmsg("invalid input syntax for type %s: \"%.*s%s\"", "status_code",
					shown, text, shown < len ? "..." : ""),
			 errdetail_problem(problem, parts),
			 errhint_nearest(problem, text, len)));
}

StatusCodeParts
status_code_split(const char *text, int len)
{
	StatusCodeParts parts = {.provider = text, .provider_len = len};
	const char *colon = memchr(text, ':', len);
	const char *slash;

	if (colon == NULL)
		return parts;
	parts.provider_len = colon - text;
	parts.code = colon + 1;
	parts.code_len = text + len - parts.code;
	slash = memchr(parts.code, '/', parts.code_len);
	if (slash)
	{
		parts.code_len = slash - parts.code;
		parts.variant = slash + 1;
		parts.variant_len = text + len - parts.variant;
	}
	return parts;
}

StatusCode *
status_code_parse(const char *text, int len, Node *escontext)
{
	StatusCodeParts parts = status_code_split(text, len);
	int			block;
	Problem		problem = check_parts(&parts, &block);

	if (problem != PROBLEM_NONE)
	{
		report_problem(problem, &parts, text, len, escontext);
		return NULL;
	}
	return make_value(&parts, block, text, len);
}

StatusCode *
status_code_try_parse(const char *text, int len)
{
	StatusCodeParts parts = status_code_split(text, len);
	int			block;

	if (check_parts(&parts, &block) != PROBLEM_NONE)
		return NULL;
	return make_value(&parts, block, text, len);
}

/*
 * The text that parts make together.  Of parts that are too long, it has no
 * more than a message shows.
 */
static char *
join_parts(const StatusCodeParts *parts)
{
	return psprintf("%.*s:%.*s%s%.*s",
					status_code_shown_length(parts->provider, parts->provider_len),
					parts->provider,
					status_code_shown_length(parts->code, parts->code_len), parts->code,
					parts->variant ? "/" : "",
					status_code_shown_length(parts->variant, parts->variant_len),
					parts->variant ? parts->variant : "");
}

/*
 * The parts are checked one by one, not as the text that they make together: a
 * provider "a:b" or a code "x/y" is refused.
 */
StatusCode *
status_code_make(const StatusCodeParts *parts, Node *escontext)
{
	int			block;
	Problem		problem = check_parts(parts, &block);
	char	   *text = join_parts(parts);
	int			len = strlen(text);
	StatusCode *result;

	if (problem != PROBLEM_NONE)
	{
		report_problem(problem, parts, text, len, escontext);
		return NULL;
	}
	result = make_value(parts, block, text, len);
	pfree(text);
	return result;
}

StatusCode *
status_code_try_make(const StatusCodeParts *parts)
{
	int			block;

	return check_parts(parts, &block) == PROBLEM_NONE ? status_code_make(parts, NULL) : NULL;
}

/*
 * Decides the image of a well-formed text: gives the slot of a compact image,
 * or returns false where the image is the text itself.  Frozen: see the head
 * of status_code.h.
 */
static bool
find_slot(const StatusCodeParts *parts, int block, const char *text, int len, int *slot)
{
	if (block != 0 && catalog_provider(block)->numeric)
	{
		*slot = compact_number(parts->code, parts->code_len);
		return parts->variant == NULL && *slot >= 0;
	}
	if (block != 0)
	{
		const CatalogCode *code = catalog_find(text, len);

		if (code && code->slot != CATALOG_NO_SLOT)
		{
			*slot = code->slot;
			return true;
		}
	}
	return false;
}

static StatusCode *
make_value(const StatusCodeParts *parts, int block, const char *text, int len)
{
	int			slot;

	if (find_slot(parts, block, text, len, &slot))
		return make_compact(block, slot);
	return make_text(text, len);
}

StatusCode *
status_code_of_catalog(const CatalogCode *code)
{
	return status_code_parse(code->text, code->text_len, NULL);
}

StatusCode *
status_code_of_number(int block, int number)
{
	return make_compact(block, number);
}

const StatusCode *
status_code_base(const StatusCode *code)
{
	char		buffer[STATUS_CODE_MAX_LENGTH];
	int			len;
	const char *text = status_code_text(code, buffer, &len);
	StatusCodeParts parts = status_code_split(text, len);

	if (parts.variant == NULL)
		return code;
	return status_code_parse(text, parts.variant - 1 - text, NULL);
}

const char *
status_code_text(const StatusCode *code, char *buffer, int *len)
{
	const CatalogProvider *provider;
	int			block;
	int			slot;

	if (!status_code_get_compact(code, &block, &slot))
	{
		*len = VARSIZE_ANY_EXHDR(code);
		return VARDATA_ANY(code);
	}

	provider = catalog_provider(block);
	if (provider && provider->numeric && slot <= LARGEST_COMPACT_NUMBER)
	{
		memcpy(buffer, provider->name, provider->name_len);
		buffer[provider->name_len] = ':';
		*len = provider->name_len + 1;
		*len += pg_ultoa_n(slot, buffer + *len);
		return buffer;
	}
	else
	{
		const CatalogCode *entry = catalog_at(block, slot);

		/* No release writes such an image, and none takes back one that it wrote. */
		if (entry == NULL)
			ereport(ERROR,
					(errcode(ERRCODE_DATA_CORRUPTED),
					 errmsg("unknown image %d of block %d in a value of type %s",
							slot, block, "status_code"),
					 errdetail("The value is damaged, or was written by a later release of provider_codes.")));
		*len = entry->text_len;
		return entry->text;
	}
}

const CatalogCode *
status_code_catalog_entry(const StatusCode *code)
{
	int			block;
	int			slot;

	if (status_code_get_compact(code, &block, &slot))
		return catalog_at(block, slot);
	return catalog_find(VARDATA_ANY(code), VARSIZE_ANY_EXHDR(code));
}

/* Compares two parts by their bytes; a part that is missing comes first. */
static int
compare_bytes(const char *a, int alen, const char *b, int blen)
{
	int			result;

	if (a == NULL || b == NULL)
		return (a != NULL) - (b != NULL);
	result = memcmp(a, b, Min(alen, blen));
	return result != 0 ? result : alen - blen;
}

/*
 * Compares two codes.  In a provider that isn't built in, a number may have
 * leading zeros: numbers of the same size then follow their bytes.
 */
static int
compare_codes(const char *a, int alen, const char *b, int blen)
{
	bool		anumber = a && status_code_is_number(a, alen);
	bool		bnumber = b && status_code_is_number(b, blen);

	if (a && b && anumber != bnumber)
		return anumber ? -1 : 1;
	if (anumber && bnumber)
	{
		int			azeros = 0;
		int			bzeros = 0;
		int			result;

		while (azeros < alen && a[azeros] == '0')
			azeros++;
		while (bzeros < blen && b[bzeros] == '0')
			bzeros++;
		if (alen - azeros != blen - bzeros)
			return (alen - azeros) - (blen - bzeros);
		result = memcmp(a + azeros, b + bzeros, alen - azeros);
		if (result != 0)
			return result;
	}
	return compare_bytes(a, alen, b, blen);
}

/*
 * Texts are ordered by the parts that status_code_split() finds in them, each
 * of which has a total order, and a text can be put together from its parts
 * again: so this is a total order over all texts, in which only equal texts
 * are equal.
 */
int
status_code_compare_texts(const char *a, int alen, const char *b, int blen)
{
	StatusCodeParts pa = status_code_split(a, alen);
	StatusCodeParts pb = status_code_split(b, blen);
	int			result;

	result = compare_bytes(pa.provider, pa.provider_len, pb.provider, pb.provider_len);
	if (result == 0)
		result = compare_codes(pa.code, pa.code_len, pb.code, pb.code_len);
	if (result == 0)
		result = compare_bytes(pa.variant, pa.variant_len, pb.variant, pb.variant_len);
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
	int			ablock;
	int			bblock;
	int			aslot;
	int			bslot;

	if (status_code_get_compact(a, &ablock, &aslot) && status_code_get_compact(b, &bblock, &bslot))
	{
		const CatalogProvider *provider;
		const CatalogCode *acode;
		const CatalogCode *bcode;

		/* Blocks are numbered in the order of the providers' names. */
		if (ablock != bblock)
			return ablock - bblock;
		if (aslot == bslot)
			return 0;
		provider = catalog_provider(ablock);
		if (provider && provider->numeric)
			return aslot - bslot;

		/* Images are in no order, but the catalog is. */
		acode = catalog_at(ablock, aslot);
		bcode = catalog_at(bblock, bslot);
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
	return hash_bytes((const unsigned char *) VARDATA_ANY(code), VARSIZE_ANY_EXHDR(code));
}

uint64
status_code_hash_extended(const StatusCode *code, uint64 seed)
{
	return hash_bytes_extended((const unsigned char *) VARDATA_ANY(code),
							   VARSIZE_ANY_EXHDR(code), seed);
}

/*
 * Finds the compact image of the value that a text denotes, if it has one.  A
 * code of the catalog needn't be taken apart and checked for that.
 */
static bool
find_compact(const char *text, int len, int *block, int *slot)
{
	const CatalogCode *code = catalog_find(text, len);
	StatusCodeParts parts;

	if (code)
	{
		*block = catalog_block(text, (const char *) memchr(text, ':', len) - text);
		*slot = code->slot;
		return *slot != CATALOG_NO_SLOT;
	}
	parts = status_code_split(text, len);
	return check_parts(&parts, block) == PROBLEM_NONE &&
		find_slot(&parts, *block, text, len, slot);
}

/*
 * The image of the value that a text denotes: the text itself, or two bytes in
 * "compact".  A malformed text denotes no value and stands for itself.
 */
static const char *
image_of_text(const char *text, int *len, char *compact)
{
	int			block;
	int			slot;

	if (*len > STATUS_CODE_MAX_LENGTH || !find_compact(text, *len, &block, &slot))
		return text;
	write_compact(compact, block, slot);
	*len = STATUS_CODE_COMPACT_SIZE;
	return compact;
}

uint32
status_code_hash_text(const char *text, int len)
{
	char		compact[STATUS_CODE_COMPACT_SIZE];
	const char *image = image_of_text(text, &len, compact);

	return hash_bytes((const unsigned char *) image, len);
}

uint64
status_code_hash_text_extended(const char *text, int len, uint64 seed)
{
	char		compact[STATUS_CODE_COMPACT_SIZE];
	const char *image = image_of_text(text, &len, compact);

	return hash_bytes_extended((const unsigned char *) image, len, seed);
}
