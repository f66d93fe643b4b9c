/*
 * status_code_meaning.c
 *		SQL functions that return the meaning of a code.
 *
 * They come in pairs: see lookup.h.  All are LEAKPROOF.
 */
#include "lookup.h"
#include "status_label.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"

/* Returns an interval, which may be null, as the result of a function. */
static inline Datum
return_interval(FunctionCallInfo fcinfo, IntervalRef value)
{
	Interval   *copy;

	if (REF_IS_NULL(value))
		PG_RETURN_NULL();
	copy = palloc(sizeof(Interval));
	*copy = *REF_GET(value);
	PG_RETURN_INTERVAL_P(copy);
}

/* Returns a label, which may be 0, as the result of a function. */
static inline Datum
return_label(FunctionCallInfo fcinfo, uint8 label)
{
	if (label == 0)
		PG_RETURN_NULL();
	return LabelGetDatum(label);
}

/* Returns the messages in all languages as the result of a function. */
static inline Datum
return_messages(FunctionCallInfo fcinfo, const UserMessagesRef *messages)
{
	Jsonb	   *object = user_messages_to_jsonb(messages);

	if (object == NULL)
		PG_RETURN_NULL();
	PG_RETURN_JSONB_P(object);
}

/* The result of the functions of an attribute, by its kind. */
#define RETURN_TEXT(name) return_text(fcinfo, meaning->name)
#define RETURN_MESSAGES(name) return_messages(fcinfo, meaning->name)
#define RETURN_INTERVAL(name) return_interval(fcinfo, meaning->name)
#define RETURN_CATEGORY(name) return_label(fcinfo, meaning->name)
#define RETURN_ACTION(name) return_label(fcinfo, meaning->name)
#define RETURN_BOOLEAN(name) return_tri(fcinfo, meaning->name)
#define RETURN_MARK(name) \
	return_tri(fcinfo, meaning_is_marked(meaning, meaning->name))

/*
 * code_name(status_code) -> text, and so on: a pair of functions for each
 * attribute.  Their names are in attribute_list.h.
 */
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
	uint8		category = DatumGetLabel(PG_GETARG_DATUM(1));

	return return_tri(fcinfo, meaning_has_category(meaning, category));
}

static inline Datum
return_has_action(FunctionCallInfo fcinfo, const StatusMeaning *meaning)
{
	uint8		action = DatumGetLabel(PG_GETARG_DATUM(1));

	return return_tri(fcinfo, meaning_has_action(meaning, action));
}

/*
 * is_success(status_code) -> boolean
 * is_error(status_code) -> boolean
 * is_known_code(status_code) -> boolean, never NULL
 * in_category(status_code, status_category) -> boolean
 * has_action(status_code, status_action) -> boolean
 *
 * and builtin_is_success(), builtin_is_error(), builtin_is_known_code(),
 * builtin_in_category() and builtin_has_action()
 */
LOOKUP_FUNCTIONS(is_success, return_is_success);
LOOKUP_FUNCTIONS(is_error, return_is_error);
LOOKUP_FUNCTIONS(is_known_code, return_is_known);
LOOKUP_FUNCTIONS(in_category, return_in_category);
LOOKUP_FUNCTIONS(has_action, return_has_action);

/*
 * code_user_message(status_code, language text) -> text
 * builtin_code_user_message(status_code, language text) -> text
 *
 * These are not STRICT: if the language is NULL, they return the English text.
 */
PG_FUNCTION_INFO_V1(provider_codes_code_user_message);
PG_FUNCTION_INFO_V1(provider_codes_builtin_code_user_message);

static Datum
return_message(FunctionCallInfo fcinfo, MeaningSource source)
{
	const text *language = PG_ARGISNULL(1) ? NULL : PG_GETARG_TEXT_PP(1);
	const StatusMeaning *meaning;
	const text *message;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	meaning = lookup_argument(fcinfo, source);
	message = user_messages_find(meaning->user_messages, language);
	if (message == NULL)
		PG_RETURN_NULL();

	/* The next lookup can free a message of an override. */
	if (!catalog_has_meaning(meaning))
		message = copy_text(message);
	return PointerGetDatum(message);
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
 * builtin_code_source(status_code) -> text
 *
 * Returns "document" if a source document lists the code, "vendor" if the
 * catalog has it from another publication of the vendor, and NULL if the
 * catalog does not have it.
 */
Datum
provider_codes_builtin_code_source(PG_FUNCTION_ARGS)
{
	const StatusCode *code = PG_GETARG_STATUS_CODE(0);
	const CatalogCode *entry = status_code_catalog_entry(code);

	if (entry == NULL)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(entry->undocumented ? "vendor" :
									 "document"));
}
