/*
 * status_code_meaning.c
 *		SQL functions that say what a code means, in pairs: see lookup.h.  All are LEAKPROOF.
 */
#include "lookup.h"
#include "status_label.h"
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

static inline Datum
return_messages(FunctionCallInfo fcinfo, const UserMessages *const *messages)
{
	Jsonb	   *object = user_messages_to_jsonb(messages);

	if (object == NULL)
		PG_RETURN_NULL();
	PG_RETURN_JSONB_P(object);
}

/* What the functions of an attribute return, by its kind. */
#define RETURN_TEXT(name) return_text(fcinfo, meaning, meaning->name)
#define RETURN_MESSAGES(name) return_messages(fcinfo, meaning->name)
#define RETURN_INTERVAL(name) return_interval(fcinfo, meaning->name)
#define RETURN_CATEGORY(name) return_label(fcinfo, meaning->name)
#define RETURN_ACTION(name) return_label(fcinfo, meaning->name)
#define RETURN_BOOLEAN(name) return_tri(fcinfo, meaning->name)
#define RETURN_MARK(name) return_tri(fcinfo, meaning_is_marked(meaning, meaning->name))

/* code_name(status_code) -> text, and so on: one pair of functions for each attribute */
#define ATTRIBUTE(name, kind, function) \
	static inline Datum \
	return_##name(FunctionCallInfo fcinfo, const StatusMeaning *meaning) \
	{ \
		return RETURN_##kind(name); \
	} \
	LOOKUP_FUNCTIONS(function, return_##name);
#include "attribute_list.h"

static inline Datum
return_is_success(FunctionCallInfo fcinfo, const StatusMeaning *meaning)
{
	return return_tri(fcinfo, meaning_is_success(meaning));
}

static inline Datum
return_is_error(FunctionCallInfo fcinfo, const StatusMeaning *meaning)
{
	return return_tri(fcinfo, meaning_is_error(meaning));
}

static inline Datum
return_is_known(FunctionCallInfo fcinfo, const StatusMeaning *meaning)
{
	return return_tri(fcinfo, meaning_is_known(meaning));
}

static inline Datum
return_in_category(FunctionCallInfo fcinfo, const StatusMeaning *meaning)
{
	return return_tri(fcinfo, meaning_has_category(meaning, DatumGetLabel(PG_GETARG_DATUM(1))));
}

static inline Datum
return_has_action(FunctionCallInfo fcinfo, const StatusMeaning *meaning)
{
	return return_tri(fcinfo, meaning_has_action(meaning, DatumGetLabel(PG_GETARG_DATUM(1))));
}

/*
 * is_success(status_code) -> boolean
 * is_error(status_code) -> boolean
 * is_known_code(status_code) -> boolean, never NULL
 * in_category(status_code, status_category) -> boolean
 * has_action(status_code, status_action) -> boolean
 */
LOOKUP_FUNCTIONS(is_success, return_is_success);
LOOKUP_FUNCTIONS(is_error, return_is_error);
LOOKUP_FUNCTIONS(is_known_code, return_is_known);
LOOKUP_FUNCTIONS(in_category, return_in_category);
LOOKUP_FUNCTIONS(has_action, return_has_action);

/*
 * code_user_message(status_code, language text) -> text, and its twin: not
 * STRICT, since a NULL language asks for English
 */
PG_FUNCTION_INFO_V1(provider_codes_code_user_message);
PG_FUNCTION_INFO_V1(provider_codes_builtin_code_user_message);

static Datum
return_message(FunctionCallInfo fcinfo, MeaningSource source)
{
	const text *language = PG_ARGISNULL(1) ? NULL : PG_GETARG_TEXT_PP(1);
	const StatusMeaning *meaning;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	meaning = lookup_meaning(PG_GETARG_STATUS_CODE(0), source);
	return return_text(fcinfo, meaning, user_messages_find(meaning->user_messages, language));
}

Datum
provider_codes_code_user_message(PG_FUNCTION_ARGS)
{
	return return_message(fcinfo, SOURCE_CURRENT);
}

Datum
provider_codes_builtin_code_user_message(PG_FUNCTION_ARGS)
{
	return return_message(fcinfo, SOURCE_BUILTIN);
}

PG_FUNCTION_INFO_V1(provider_codes_builtin_code_source);

/*
 * builtin_code_source(status_code) -> text: document, where a provider's
 * document lists the code; vendor, where the catalog knows it from elsewhere;
 * else NULL
 */
Datum
provider_codes_builtin_code_source(PG_FUNCTION_ARGS)
{
	const CatalogCode *entry = status_code_catalog_entry(PG_GETARG_STATUS_CODE(0));

	if (entry == NULL)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(entry->vendor ? "vendor" : "document"));
}
