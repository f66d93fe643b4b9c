/*
 * long_text.h
 *		Search, comparison and hash of texts of any length.
 *
 * An argument can be much longer than a status code, up to 1 GB.  It is looked
 * at in pieces, so that the query can be cancelled.
 */
#ifndef PROVIDER_CODES_LONG_TEXT_H
#define PROVIDER_CODES_LONG_TEXT_H

#include "compat.h"
#include "common/hashfn.h"
#include "miscadmin.h"

/* The length of a piece, in bytes. */
#define LONG_TEXT_PIECE 65536

/* Returns the first place of a byte in a text, or NULL; like memchr(). */
static inline const char *
long_text_find(const char *str, char byte, int len)
{
	for (; len > LONG_TEXT_PIECE; len -= LONG_TEXT_PIECE)
	{
		const char *found = memchr(str, byte, LONG_TEXT_PIECE);

		if (found)
			return found;
		CHECK_FOR_INTERRUPTS();
		str += LONG_TEXT_PIECE;
	}
	return memchr(str, byte, len);
}

/* Compares the first bytes of two texts; like memcmp(). */
static inline int
long_text_compare(const char *a, const char *b, int len)
{
	for (; len > LONG_TEXT_PIECE; len -= LONG_TEXT_PIECE)
	{
		int			result = memcmp(a, b, LONG_TEXT_PIECE);

		if (result != 0)
			return result;
		CHECK_FOR_INTERRUPTS();
		a += LONG_TEXT_PIECE;
		b += LONG_TEXT_PIECE;
	}
	return memcmp(a, b, len);
}

/*
 * Returns a hash of a text: that of its last piece, with the hash of those
 * before it as the seed.
 */
static inline uint64
long_text_hash(const char *str, int len, uint64 seed)
{
	for (; len > LONG_TEXT_PIECE; len -= LONG_TEXT_PIECE)
	{
		CHECK_FOR_INTERRUPTS();
		seed = hash_bytes_extended((const unsigned char *) str,
								   LONG_TEXT_PIECE, seed);
		str += LONG_TEXT_PIECE;
	}
	return hash_bytes_extended((const unsigned char *) str, len, seed);
}

#endif							/* PROVIDER_CODES_LONG_TEXT_H */
