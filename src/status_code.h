/*
 * status_code.h
 *		The value: what a status_code is, how it is written, and how it sorts.
 *
 * A text form is provider:code or provider:code/variant.
 *
 *		provider		[a-z][a-z0-9_-]*
 *		code, variant	[A-Za-z0-9][A-Za-z0-9._-]*
 *
 * and at most STATUS_CODE_MAX_LENGTH bytes as a whole, so that a value always
 * fits a short varlena. The codes of a built-in provider of numbers are
 * decimal digits without leading zeros.  Any text of this form is a value,
 * known or not.
 *
 * A value is a varlena.  Its payload is either the text form, three bytes at
 * the least, or a compact image of exactly two bytes, the more significant
 * first:
 *
 *		  15       10 9                  0
 *		+------------+--------------------+
 *		|   block    |        slot        |
 *		+------------+--------------------+
 *
 * block	the built-in provider, as numbered in its catalog file; 0 is never written
 * slot		for a provider of numbers the number, 0 to 999; else the code's image in the catalog file
 *
 * Whether a text has a compact image was settled with release 1.0 for ever.
 * So every text has exactly one image, equality is equality of bytes, and an
 * index may deduplicate.  Only this file and status_code.c know of it.
 */
#ifndef PROVIDER_CODES_STATUS_CODE_H
#define PROVIDER_CODES_STATUS_CODE_H

#include "compat.h"
#include "catalog.h"
#include "fmgr.h"
#include "nodes/nodes.h"

#pragma GCC visibility push(hidden)

#define STATUS_CODE_MAX_LENGTH 126

/* A value as it is stored. */
typedef struct varlena StatusCode;

#define STATUS_CODE_SLOT_BITS 10
#define STATUS_CODE_COMPACT_SIZE 2

/*
 * A value from a Datum.  Almost every one is used where it lies: a stored one
 * with its short header, a constant or an element of an array with a long
 * one.  In a very wide row the server may have compressed it.
 */
static inline const StatusCode *
DatumGetStatusCode(Datum datum)
{
	struct varlena *value = (struct varlena *) DatumGetPointer(datum);

	if (likely(!VARATT_IS_COMPRESSED(value) && !VARATT_IS_EXTERNAL(value)))
		return value;
	return pg_detoast_datum_packed(value);
}

#define StatusCodeGetDatum(code) PointerGetDatum(code)
#define PG_GETARG_STATUS_CODE(n) DatumGetStatusCode(PG_GETARG_DATUM(n))
#define PG_RETURN_STATUS_CODE(code) return StatusCodeGetDatum(code)

/*
 * A text taken apart.  The parts point into the text and aren't terminated; a
 * part that is missing is NULL.
 */
typedef struct StatusCodeParts
{
	const char *provider;
	const char *code;
	const char *variant;
	int			provider_len;
	int			code_len;
	int			variant_len;
} StatusCodeParts;

/*
 * The value with this text form, in palloc'd memory.  Where the text is
 * malformed, raises 22P02 or reports it to escontext (an ErrorSaveContext, or
 * NULL) and returns NULL.
 */
extern StatusCode *status_code_parse(const char *text, int len, Node *escontext);

/* The same from parts, each of which is checked for itself. */
extern StatusCode *status_code_make(const StatusCodeParts *parts, Node *escontext);

/* The same two; NULL where the text or a part is malformed, and no error of any kind. */
extern StatusCode *status_code_try_parse(const char *text, int len);
extern StatusCode *status_code_try_make(const StatusCodeParts *parts);

/* The value of a code of the catalog, in palloc'd memory. */
extern StatusCode *status_code_of_catalog(const CatalogCode *code);

/* The value of a number of a built-in provider, 0 to 999, in palloc'd memory. */
extern StatusCode *status_code_of_number(int block, int number);

/* The value without its variant: the value itself, where it has none. */
extern const StatusCode *status_code_base(const StatusCode *code);

/*
 * The text form, not terminated.  It lies in the value, in the catalog or in
 * the caller's buffer of STATUS_CODE_MAX_LENGTH bytes.
 */
extern const char *status_code_text(const StatusCode *code, char *buffer, int *len);

/* Takes any text apart at its first ':' and the first '/' behind that, well-formed or not. */
extern StatusCodeParts status_code_split(const char *text, int len);

/* Is a text well-formed? */
extern bool status_code_is_valid(const char *text, int len);

/* Can a code or variant have this character?  Those of providers' names are among them. */
extern bool status_code_is_code_character(char character);

/* Can it be the name of a provider? */
extern bool status_code_is_provider(const char *provider, int len);

/* Is a value's provider the one with this name?  None has a text that is no provider's name. */
extern bool status_code_is_from(const StatusCode *code, const char *provider, int len);

/* Is it a code of digits alone? */
extern bool status_code_is_number(const char *code, int len);

/* How much of a text an error message repeats, in bytes: whole characters. */
extern int	status_code_shown_length(const char *text, int len);

/* Does the catalog know the value?  Its entry, or NULL. */
extern const CatalogCode *status_code_catalog_entry(const StatusCode *code);

/* Reads a compact image; false where the payload is a text. */
static inline bool
status_code_get_compact(const StatusCode *code, int *block, int *slot)
{
	const unsigned char *data = (const unsigned char *) VARDATA_ANY(code);
	int			image;

	if (unlikely(VARSIZE_ANY_EXHDR(code) != STATUS_CODE_COMPACT_SIZE))
		return false;
	image = data[0] << 8 | data[1];
	*block = image >> STATUS_CODE_SLOT_BITS;
	*slot = image & ((1 << STATUS_CODE_SLOT_BITS) - 1);
	return true;
}

/* What the catalog says of the value, or of its class of numbers; CATALOG_NO_MEANING where nothing. */
static inline const StatusMeaning *
status_code_builtin_meaning(const StatusCode *code)
{
	int			block;
	int			slot;

	if (likely(status_code_get_compact(code, &block, &slot)))
		return catalog_meaning_at(block, slot);
	return catalog_find_meaning(VARDATA_ANY(code), VARSIZE_ANY_EXHDR(code));
}

/*
 * Order: by provider; numbers by number, before words by their bytes; no
 * variant before variants, by their bytes.  It depends on no collation, and
 * stays as it is for ever: indexes rest on it.  The second function orders
 * texts in the same way, malformed ones among them.
 */
extern int	status_code_compare(const StatusCode *a, const StatusCode *b);
extern int	status_code_compare_texts(const char *a, int alen, const char *b, int blen);

/* Equal values have equal bytes, and the hash is that of the bytes. */
extern uint32 status_code_hash(const StatusCode *code);
extern uint64 status_code_hash_extended(const StatusCode *code, uint64 seed);

/*
 * The hash of the value that a text denotes, so that a text and a value that
 * are equal have equal hashes; of a malformed text, any.  Raises no error.
 */
extern uint32 status_code_hash_text(const char *text, int len);
extern uint64 status_code_hash_text_extended(const char *text, int len, uint64 seed);

#pragma GCC visibility pop

#endif							/* PROVIDER_CODES_STATUS_CODE_H */
