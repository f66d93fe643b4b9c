/*
 * byte_key.h
 *		A byte string as the key of a hash table (lib/simplehash.h).
 */
#ifndef PROVIDER_CODES_BYTE_KEY_H
#define PROVIDER_CODES_BYTE_KEY_H

#include "compat.h"
#include "common/hashfn.h"

/* The bytes are not copied; they must live as long as the table's entry. */
typedef struct ByteKey
{
	const char *data;
	int			len;
} ByteKey;

static inline uint32
byte_key_hash(ByteKey key)
{
	return hash_bytes((const unsigned char *) key.data, key.len);
}

static inline bool
byte_key_equal(ByteKey a, ByteKey b)
{
	return a.len == b.len && memcmp(a.data, b.data, a.len) == 0;
}

#endif							/* PROVIDER_CODES_BYTE_KEY_H */
