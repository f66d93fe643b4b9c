/*
 * user_messages.c
 *		SQL functions that give what to show to the end user of an application.
 */
#include "user_messages.h"

#include "answer.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"

/*
 * The language that a tag such as "es", "es-MX" or "es_MX.UTF-8" names.
 * Every other one is answered in English.
 */
static UserLanguage
get_language(const text *tag)
{
	const char *name = VARDATA_ANY(tag);
	int			len = VARSIZE_ANY_EXHDR(tag);

	if (len >= 2 && pg_strncasecmp(name, "es", 2) == 0 &&
		(len == 2 || strchr("-_.@", name[2]) != NULL))
		return LANGUAGE_ES;
	return LANGUAGE_EN;
}

/*
 * Can the database's encoding write what generate.pl lets into a Spanish
 * message?  SQL_ASCII takes any bytes, and so has the message in UTF-8.
 */
static bool
encoding_has_spanish(void)
{
	switch (GetDatabaseEncoding())
	{
		case PG_UTF8:
		case PG_SQL_ASCII:
		case PG_LATIN1:
		case PG_LATIN5:
		case PG_LATIN9:
		case PG_WIN1252:
		case PG_WIN1254:
			return true;
		default:
			return false;
	}
}

const text *
user_message(const StatusMeaning *meaning, UserLanguage language)
{
	const text *message = meaning->user_messages[language];
	char	   *converted;

	if (message == NULL || language == LANGUAGE_EN || (meaning->server_encoded & (1 << language)))
		return message;
	if (!encoding_has_spanish())
		return NULL;
	converted = pg_any_to_server(VARDATA_ANY(message), VARSIZE_ANY_EXHDR(message), PG_UTF8);
	return converted == VARDATA_ANY(message) ? message : cstring_to_text(converted);
}

/* The message in a language, or in English where there is none in that. */
static Datum
return_message(FunctionCallInfo fcinfo, Answer answer, UserLanguage language)
{
	const text *message = user_message(answer.meaning, language);

	if (message == NULL)
		message = user_message(answer.meaning, LANGUAGE_EN);
	return return_text(fcinfo, answer, message);
}

/* The language that a function's second argument names; NULL names none. */
static UserLanguage
language_argument(FunctionCallInfo fcinfo)
{
	return PG_ARGISNULL(1) ? LANGUAGE_EN : get_language(PG_GETARG_TEXT_PP(1));
}

/*
 * code_user_message(status_code, language text) -> text
 *
 * Not STRICT: English is better than nothing for a user whose language is not
 * known.
 */
#define USER_MESSAGE_FUNCTION(name, source) \
	PG_FUNCTION_INFO_V1(name); \
	Datum \
	name(PG_FUNCTION_ARGS) \
	{ \
		if (PG_ARGISNULL(0)) \
			PG_RETURN_NULL(); \
		return return_message(fcinfo, source(PG_GETARG_STATUS_CODE(0)), \
							  language_argument(fcinfo)); \
	} \
	extern Datum name(PG_FUNCTION_ARGS)

USER_MESSAGE_FUNCTION(code_user_message, current_answer);
USER_MESSAGE_FUNCTION(builtin_code_user_message, builtin_answer);
