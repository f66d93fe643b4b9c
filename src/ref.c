/*
 * ref.c
 *		The constants of the catalog, which references refer to.
 */
#include "ref.h"

/*
 * The header of a varlena as a constant expression, so that texts can be
 * read-only data of the library, which functions return in place.
 */
#ifdef WORDS_BIGENDIAN
#define STATIC_HEADER(len) (len)
#else
#define STATIC_HEADER(len) ((len) << 2)
#endif

/* The value of a member that TEXT_MEMBER() declares. */
#define TEXT_VALUE(str) \
	{STATIC_HEADER(VARHDRSZ + sizeof(str) - 1), str}

#define CATALOG_CONSTANTS
#include "catalog_data.h"
