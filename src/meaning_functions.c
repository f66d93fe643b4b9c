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

static inline Datum
return_messages(FunctionCallInfo fcinfo, const UserMessages *const *messages)
{
	Jsonb	   *object = user_messages_to_jsonb(messages);

	if (object == NULL)
		PG_RETURN_NULL();
	PG_RETURN_JSONB_P(object);
}

/* What the functions of an attribute return, by its kind. */
#define RETURN_TEXT(name) return_text(fcinfo, answer, meaning->name)
#define RETURN_MESSAGES(name) return_messages(fcinfo, meaning->name)
#define RETURN_INTERVAL(name) return_interval(fcinfo, meaning->name)
#define RETURN_CATEGORY(name) return_label(fcinfo, meaning->name)
#define RETURN_ACTION(name) return_label(fcinfo, meaning->name)
#define RETURN_BOOLEAN(name) return_tri(fcinfo, meaning->name)
#define RETURN_MARK(name) return_tri(fcinfo, meaning_is_marked(meaning, meaning->name))

/* code_name(status_code) -> text, and so on */
#define ATTRIBUTE(name, kind, function) ANSWER_FUNCTIONS(function, RETURN_##kind(name));
#include "attributelist.h"

ANSWER_FUNCTIONS(is_success, return_tri(fcinfo, meaning_is_success(meaning)));
ANSWER_FUNCTIONS(is_error, return_tri(fcinfo, meaning_is_error(meaning)));
ANSWER_FUNCTIONS(is_known_code, return_tri(fcinfo, meaning_is_known(meaning)));

/* in_category(status_code, status_category) -> boolean, has_action(status_code, status_action) -> boolean */
ANSWER_FUNCTIONS(in_category,
				 return_tri(fcinfo, meaning_has_category(meaning, DatumGetLabel(PG_GETARG_DATUM(1)))));
ANSWER_FUNCTIONS(has_action,
				 return_tri(fcinfo, meaning_has_action(meaning, DatumGetLabel(PG_GETARG_DATUM(1)))));

/*
 * code_user_message(status_code, language text) -> text, and its twin: not
 * STRICT, since a NULL language asks for English
 */
PG_FUNCTION_INFO_V1(code_user_message);
PG_FUNCTION_INFO_V1(builtin_code_user_message);

static Datum
return_message(FunctionCallInfo fcinfo, Answer answer, const text *language)
{
	return return_text(fcinfo, answer, user_messages_find(answer.meaning->user_messages, language));
}

static const text *
get_language(FunctionCallInfo fcinfo)
{
	return PG_ARGISNULL(1) ? NULL : PG_GETARG_TEXT_PP(1);
}

Datum
code_user_message(PG_FUNCTION_ARGS)
{
	const text *language = get_language(fcinfo);

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	return return_message(fcinfo, current_answer(PG_GETARG_STATUS_CODE(0)), language);
}

Datum
builtin_code_user_message(PG_FUNCTION_ARGS)
{
	const text *language = get_language(fcinfo);

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	return return_message(fcinfo, builtin_answer(PG_GETARG_STATUS_CODE(0)), language);
}

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
