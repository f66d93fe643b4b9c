/*
 * status_code.h
 *		The value of type status_code: its stored form, comparison and hash.
 *
 * A value is a varlena.  Its data is either the text form, which has at least
 * three bytes (status_code_syntax.h has the grammar), or a compact form of
 * exactly two bytes, the most significant byte first:
 *
 *		  15         10 9                  0
 *		+--------------+--------------------+
 *		|  provider id |       code id      |
 *		+--------------+--------------------+
 *
 * provider id	the id of a built-in provider in its catalog file; never 0
 * code id		if the provider's codes are numbers, the number, 0 to 999;
 *				for other codes, larger numbers and variants of numbers, the
 *				id of the code in the catalog file
 *
 * The set of texts with a compact form is frozen as of release 1.0.  So every
 * text has exactly one stored form, values are equal if their bytes are equal,
 * and an index can deduplicate.
 */
#ifndef PROVIDER_CODES_STATUS_CODE_H
#define PROVIDER_CODES_STATUS_CODE_H

#include "compat.h"
#include "catalog.h"
#include "fmgr.h"
#include "status_code_syntax.h"

#pragma GCC visibility push(hidden)

/* A stored value; the varlena header has one or four bytes. */
typedef struct varlena StatusCode;

#define STATUS_CODE_ID_BITS 10
#define STATUS_CODE_COMPACT_SIZE 2

/*
 * Returns the value in a Datum.  The value is almost always used in place: a
 * stored value has a short header, a constant or array element can have a long
 * one.  Only in a very wide row can the server have compressed it or moved it
 * out of line; then the result is palloc'd.
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
 * Returns the value with this text form, palloc'd, or NULL if the text is
 * malformed.  The input functions in status_code_io.c raise an error instead.
 */
extern StatusCode *status_code_parse(const char *str, int len);

/* Does the same from parts; see status_code_check(). */
extern StatusCode *status_code_make(const StatusCodeParts *parts);

/* Returns the value of an entry of the catalog, palloc'd. */
extern StatusCode *status_code_of_catalog(const CatalogCode *code);

/*
 * Returns the value of a number, 0 to 999, palloc'd.  The codes of the
 * built-in provider must be numbers.
 */
extern StatusCode *status_code_of_number(int provider_id, int number);

/*
 * Returns the value without its variant: the argument itself if it has none,
 * otherwise a palloc'd value.  Raises an error for corrupted data.
 */
extern const StatusCode *status_code_without_variant(const StatusCode *code);

/*
 * Returns the text form, not terminated.  The result points into the value,
 * into the catalog or into the caller's buffer of STATUS_CODE_MAX_LENGTH
 * bytes.  It is not longer than that buffer, and only corrupted data can be a
 * text that is not a text form.
 *
 * Raises an error for a compact form that this release does not know, and for
 * a text that is too long.  Functions that call this can be LEAKPROOF
 * nevertheless: no function makes such a value, and no release withdraws an id,
 * so only corrupted data or data from a later release can raise the error.
 */
extern const char *status_code_text(const StatusCode *code, char *buffer,
									int *len);

/*
 * Returns whether the provider of a value has this name, which can be any
 * text.
 */
extern bool status_code_is_from(const StatusCode *code, const char *provider,
								int len);

/* Returns the catalog entry for the value, or NULL if there is none. */
extern const CatalogCode *status_code_catalog_entry(const StatusCode *code);

/*
 * Returns whether a value, which need not be detoasted, has the compact form
 * and a short header, as almost every value has.  This is one comparison of
 * its first byte with a constant.
 */
static inline bool
status_code_is_short_compact(const StatusCode *code)
{
	uint8		header;

	SET_VARSIZE_SHORT(&header, VARHDRSZ_SHORT + STATUS_CODE_COMPACT_SIZE);
	return *(const uint8 *) code == header;
}

/* Sets what the two bytes of a compact form say. */
static inline void
status_code_read_compact(const char *bytes, int *provider_id, int *code_id)
{
	int			id = (unsigned char) bytes[0] << 8 | (unsigned char) bytes[1];

	*provider_id = id >> STATUS_CODE_ID_BITS;
	*code_id = id & ((1 << STATUS_CODE_ID_BITS) - 1);
}

/*
 * Reads a compact form.  Returns false, and sets nothing, if the value is
 * stored as text.
 */
static inline bool
status_code_get_compact(const StatusCode *code, int *provider_id, int *code_id)
{
	if (likely(status_code_is_short_compact(code)))
		status_code_read_compact(VARDATA_1B(code), provider_id, code_id);
	else if (VARSIZE_ANY_EXHDR(code) == STATUS_CODE_COMPACT_SIZE)
		status_code_read_compact(VARDATA_ANY(code), provider_id, code_id);
	else
		return false;
	return true;
}

/*
 * Returns the catalog's meaning of the value or of its class of numbers, or
 * CATALOG_NO_MEANING if there is none.
 */
static inline const StatusMeaning *
status_code_builtin_meaning(const StatusCode *code)
{
	int			provider_id;
	int			code_id;

	if (likely(status_code_get_compact(code, &provider_id, &code_id)))
		return catalog_meaning_at(provider_id, code_id);
	return catalog_find_meaning(VARDATA_ANY(code), VARSIZE_ANY_EXHDR(code));
}

/*
 * Return a number less than, equal to or greater than 0.
 *
 * Values are ordered by provider; then numbers by value before words by their
 * bytes; then the code without a variant before its variants by their bytes.
 * The order does not depend on collation, and it can never change, because
 * indexes depend on it.  The second function compares texts, including
 * malformed ones, in the same order.
 */
extern int	status_code_compare(const StatusCode *a, const StatusCode *b);
extern int	status_code_compare_texts(const char *a, int alen,
									  const char *b, int blen);

/* Return the hash of a value, which is the hash of its bytes. */
extern uint32 status_code_hash(const StatusCode *code);
extern uint64 status_code_hash_extended(const StatusCode *code, uint64 seed);

/*
 * Return the hash of the value with this text form, so that a text and a value
 * which are equal have equal hashes.  For a malformed text, return a hash of
 * its bytes.  Raise no error, but can be cancelled in a long text.
 */
extern uint32 status_code_hash_text(const char *str, int len);
extern uint64 status_code_hash_text_extended(const char *str, int len,
											 uint64 seed);

#pragma GCC visibility pop

#endif							/* PROVIDER_CODES_STATUS_CODE_H */
