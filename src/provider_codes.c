/*
 * provider_codes.c
 *		Module magic and initialization of the library.
 */
#include "compat.h"

#include "fmgr.h"
#include "overrides.h"

PROVIDER_CODES_MAGIC;

extern PGDLLEXPORT void _PG_init(void);

/* Called by the server when it loads the library. */
void
_PG_init(void)
{
	overrides_init();
}
