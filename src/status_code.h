/*
 * status_code.h
 *		The value of type status_code: its stored form, comparison and hash.
 *
 * A value is a varlena.  Its data is either the text form, three bytes at the
 * least (status_code_syntax.h has the grammar), or a compact form of exactly
 * two bytes, the more significant first:
 *
 *		  15         10 9                  0
 *		+--------------+--------------------+
 *		|  provider id |       code id      |
 *		+--------------+--------------------+
 *
 * provider id	the number of a built-in provider in its catalog file; 0 is never written
 * code id		if the provider's codes are numbers the number, 0 to 999, otherwise, and for
 *				a larger number or a variant of a number, the code's id in the catalog file
 *
 * The set of texts with a compact form is frozen as of release 1.0.  So every
 * text has exactly one stored form, equality is equality of bytes, and an index
 * may deduplicate.
 */
#ifndef PROVIDER_CODES_STATUS_CODE_H
#define PROVIDER_CODES_STATUS_CODE_H

#include "compat.h"
#include "catalog.h"
#include "fmgr.h"
#include "status_code_syntax.h"

#pragma GCC visibility push(hidden)

/* A value as it is stored. */
typedef struct varlena StatusCode;

#define STATUS_CODE_ID_BITS 10
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
 * Returns the value with this text form, palloc'd, or NULL if the text is
 * malformed.  Raises no error: see status_code_io.c for input that does.
 */
extern StatusCode *status_code_parse(const char *str, int len);

/* The same from parts, each of which is checked for itself. */
extern StatusCode *status_code_make(const StatusCodeParts *parts);

/* Returns the value of a code of the catalog, palloc'd. */
extern StatusCode *status_code_of_catalog(const CatalogCode *code);

/* Returns the value of a number, 0 to 999, of a built-in provider, palloc'd. */
extern StatusCode *status_code_of_number(int provider_id, int number);

/* Returns the value without its variant: the same pointer if it has none, otherwise palloc'd. */
extern const StatusCode *status_code_without_variant(const StatusCode *code);

/*
 * Returns the text form, not terminated.  It lies in the value, in the catalog or in
 * the caller's buffer of STATUS_CODE_MAX_LENGTH bytes.
 */
extern const char *status_code_text(const StatusCode *code, char *buffer, int *len);

/* Returns whether a value's provider has this name, which may be any text. */
extern bool status_code_is_from(const StatusCode *code, const char *provider, int len);

/* Returns the catalog entry for the value, or NULL if there is none. */
extern const CatalogCode *status_code_catalog_entry(const StatusCode *code);

/* Reads a compact form; returns false if the value is stored as text. */
static inline bool
status_code_get_compact(const StatusCode *code, int *provider_id, int *code_id)
{
	const unsigned char *data = (const unsigned char *) VARDATA_ANY(code);
	int			id;

	if (unlikely(VARSIZE_ANY_EXHDR(code) != STATUS_CODE_COMPACT_SIZE))
		return false;
	id = data[0] << 8 | data[1];
	*provider_id = id >> STATUS_CODE_ID_BITS;
	*code_id = id & ((1 << STATUS_CODE_ID_BITS) - 1);
	return true;
}

/* Returns what the catalog says of the value or of its class of numbers, or CATALOG_NO_MEANING. */
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
 * Order: by provider; numbers by number, before words by their bytes; no
 * variant before variants, by their bytes.  It depends on no collation, and
 * stays as it is for ever: indexes rest on it.  The second function orders
 * texts in the same way, malformed ones among them.
 */
extern int	status_code_compare(const StatusCode *a, const StatusCode *b);
extern int	status_code_compare_texts(const char *a, int alen, const char *b, int blen);

/* Equal values have equal bytes; the hash is that of the bytes. */
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
