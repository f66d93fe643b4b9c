/*
 * meaning_functions.c
 *		SQL functions that say what a code means, in pairs: see answer.h.  All are LEAKPROOF.
 */
#include "answer.h"
#include "label.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"

static inline Datum
return_interval(FunctionCallInfo fcinfo, const Interval *value)
{
	Interval   *copy;

	if (value == NULL)
		PG_RETURN_NULL();
	copy = palloc(sizeof(Interval));
	*copy = *value;
	PG_RETURN_INTERVAL_P(copy);
}

static inline Datum
return_label(FunctionCallInfo fcinfo, uint8 label)
{
	if (label == 0)
		PG_RETURN_NULL();
	return LabelGetDatum(label);
}

ANSWER_FUNCTIONS(code_name, return_text(fcinfo, answer, meaning->name));
ANSWER_FUNCTIONS(code_title, return_text(fcinfo, answer, meaning->title));
ANSWER_FUNCTIONS(code_description, return_text(fcinfo, answer, meaning->description));
ANSWER_FUNCTIONS(code_category, return_label(fcinfo, meaning->category));
ANSWER_FUNCTIONS(code_action, return_label(fcinfo, meaning->action));
ANSWER_FUNCTIONS(code_retry_after, return_interval(fcinfo, meaning->retry_after));
ANSWER_FUNCTIONS(is_retryable, return_tri(fcinfo, meaning_is_retryable(meaning)));
ANSWER_FUNCTIONS(is_terminal, return_tri(fcinfo, meaning_is_terminal(meaning)));
ANSWER_FUNCTIONS(is_success, return_tri(fcinfo, meaning_is_success(meaning)));
ANSWER_FUNCTIONS(is_error, return_tri(fcinfo, meaning_is_error(meaning)));
ANSWER_FUNCTIONS(is_known_code, return_tri(fcinfo, meaning_is_known(meaning)));
ANSWER_FUNCTIONS(is_deprecated_code, return_tri(fcinfo, meaning_is_deprecated(meaning)));

/* in_category(status_code, status_category) -> boolean, has_action(status_code, status_action) -> boolean */
ANSWER_FUNCTIONS(in_category,
				 return_tri(fcinfo, meaning_has_category(meaning, DatumGetLabel(PG_GETARG_DATUM(1)))));
ANSWER_FUNCTIONS(has_action,
				 return_tri(fcinfo, meaning_has_action(meaning, DatumGetLabel(PG_GETARG_DATUM(1)))));

PG_FUNCTION_INFO_V1(builtin_code_source);

/*
 * builtin_code_source(status_code) -> text: document, where a provider's
 * document lists the code; vendor, where the catalog knows it from elsewhere;
 * else NULL
 */
Datum
builtin_code_source(PG_FUNCTION_ARGS)
{
	const CatalogCode *entry = status_code_catalog_entry(PG_GETARG_STATUS_CODE(0));

	if (entry == NULL)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(entry->vendor ? "vendor" : "document"));
}
