/*
 * version.c
 *		SQL functions that say what answers: the library's version, and a checksum over all meanings.
 */
#include "overrides.h"

#include "utils/builtins.h"

PG_FUNCTION_INFO_V1(provider_codes_version);
PG_FUNCTION_INFO_V1(provider_codes_checksum);

/* provider_codes_version() -> text: the loaded library's version; IMMUTABLE */
Datum
provider_codes_version(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text(PROVIDER_CODES_VERSION));
}

/*
 * provider_codes_checksum() -> text: STABLE
 *
 * 16 hexadecimal digits that depend on the catalog and on the table of
 * overrides, so that several servers can be seen to give the same answers.
 */
Datum
provider_codes_checksum(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text(psprintf("%016llx",
											  (unsigned long long) overrides_digest())));
}
