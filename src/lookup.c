/*
 * lookup.c
 *		Looks up the meaning of a status code.
 */
#include "lookup.h"

/*
 * Does the same as lookup_meaning(), except that with SOURCE_CURRENT the caller
 * has called overrides_make_current().
 */
static inline const StatusMeaning *
find_meaning(const StatusCode *code, MeaningSource source)
{
	int			provider_id = 0;
	int			code_id = 0;
	bool		compact;

	compact = status_code_get_compact(code, &provider_id, &code_id);
	if (source == SOURCE_CURRENT)
	{
		const StatusMeaning *meaning;

		meaning = overrides_find(code, compact, provider_id, code_id);
		if (meaning)
			return meaning;
	}
	if (likely(compact))
		return catalog_meaning_at(provider_id, code_id);
	return catalog_find_meaning(VARDATA_ANY(code), VARSIZE_ANY_EXHDR(code));
}

const StatusMeaning *
lookup_meaning(const StatusCode *code, MeaningSource source)
{
	if (source == SOURCE_CURRENT)
		overrides_make_current();
	return find_meaning(code, source);
}

const StatusMeaning *
lookup_datum(Datum value, MeaningSource source)
{
	return find_meaning(DatumGetStatusCode(value), source);
}
