/*
 * provider_codes.c
 *		The library's entry.
 */
#include "compat.h"

#include "fmgr.h"
#include "overrides.h"

PROVIDER_CODES_MAGIC;

extern PGDLLEXPORT void _PG_init(void);

void
_PG_init(void)
{
	overrides_init();
}
