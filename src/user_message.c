/*
 * user_message.c
 *		What the end user of an application is told of a code, in several languages.
 */
#include "user_message.h"

#include "catalog/pg_conversion.h"
#include "catalog/pg_namespace.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"

#define ENGLISH "en"

/* Long enough for any tag in use; BCP 47 asks for 35 characters at least. */
#define TAG_SIZE 64
#define SUBTAG_MAX_LENGTH 8

static bool
is_ascii_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/*
 * Writes a tag as BCP 47 recommends: lower case and "-", with two letters in
 * upper case and four with a capital, unless they come first or after a single
 * letter.  Returns false where it is no tag.
 */
static bool
normalize_tag(const char *tag, int len, char *result)
{
	int			start = 0;
	bool		after_single = false;

	if (len >= TAG_SIZE)
		return false;
	while (start <= len)
	{
		int			end = start;
		int			length;

		for (; end < len && tag[end] != '-' && tag[end] != '_'; end++)
		{
			bool		is_digit = tag[end] >= '0' && tag[end] <= '9';

			if (!is_ascii_letter(tag[end]) && (start == 0 || !is_digit))
				return false;
			result[end] = pg_ascii_tolower((unsigned char) tag[end]);
		}
		length = end - start;
		if (length < (start == 0 ? 2 : 1) || length > SUBTAG_MAX_LENGTH)
			return false;
		if (start > 0 && !after_single && (length == 2 || length == 4))
		{
			for (int i = start; i < (length == 2 ? end : start + 1); i++)
				result[i] = pg_ascii_toupper((unsigned char) result[i]);
		}
		if (length == 1)
			after_single = true;
		result[end] = end < len ? '-' : '\0';
		start = end + 1;
	}
	return true;
}

/* Converts a text to the database's encoding; returns NULL if that can't write it. */
static const text *
from_utf8(const text *message)
{
	static bool conversion_found = false;
	static Oid	conversion;		/* the server's own, whatever search_path says */
	const char *data = VARDATA_ANY(message);
	int			len = VARSIZE_ANY_EXHDR(message);
	int			size = len * MAX_CONVERSION_GROWTH + 1;
	int			ascii_len = 0;
	text	   *result;

	while (ascii_len < len && !IS_HIGHBIT_SET(data[ascii_len]))
		ascii_len++;
	if (ascii_len == len)
		return message;
	if (!conversion_found)
	{
		conversion = FindDefaultConversion(PG_CATALOG_NAMESPACE, PG_UTF8,
										   GetDatabaseEncoding());
		conversion_found = true;
	}
	if (!OidIsValid(conversion))
		return NULL;
	result = palloc(VARHDRSZ + size);
	if (pg_do_encoding_conversion_buf(conversion, PG_UTF8, GetDatabaseEncoding(),
									  (unsigned char *) data, len,
									  (unsigned char *) VARDATA(result), size, true) < len)
		return NULL;
	SET_VARSIZE(result, VARHDRSZ + strlen(VARDATA(result)));
	return result;
}

/*
 * Returns a message in the database's encoding, or NULL.  SQL_ASCII takes any
 * bytes, and so has UTF-8.
 */
static const text *
get_message(const UserMessages *source, int number)
{
	const text *message = source->messages[number].message;
	int			encoding = GetDatabaseEncoding();

	if (!source->in_utf8 || encoding == PG_UTF8 || encoding == PG_SQL_ASCII)
		return message;
	return from_utf8(message);
}

/* Returns the message with exactly this tag, or NULL. */
static const text *
find_tag(const UserMessages *const *sources, const char *tag)
{
	for (int i = 0; i < USER_MESSAGE_SOURCES && sources[i] != NULL; i++)
	{
		for (int j = 0; j < sources[i]->count; j++)
		{
			const text *message;

			if (strcmp(sources[i]->messages[j].tag, tag) != 0)
				continue;
			message = get_message(sources[i], j);
			if (message)
				return message;
		}
	}
	return NULL;
}

const text *
user_messages_find(const UserMessages *const *sources, const text *language)
{
	if (language)
	{
		const char *name = VARDATA_ANY(language);
		int			name_len = VARSIZE_ANY_EXHDR(language);
		int			len = 0;
		char		tag[TAG_SIZE];

		/* The name of a locale may go on with an encoding or a modifier. */
		while (len < name_len && name[len] != '.' && name[len] != '@')
			len++;
		if (normalize_tag(name, len, tag))
		{
			for (;;)
			{
				const text *message = find_tag(sources, tag);
				char	   *end = strrchr(tag, '-');

				if (message)
					return message;
				if (end == NULL)
					break;
				*end = '\0';
			}
		}
	}
	return find_tag(sources, ENGLISH);
}

static Datum
make_text_array(Datum *texts, int count)
{
	return PointerGetDatum(construct_array(texts, count, TEXTOID, -1, false, TYPALIGN_INT));
}

Jsonb *
user_messages_to_jsonb(const UserMessages *const *sources)
{
	Datum	   *tags;
	Datum	   *messages;
	int			count = 0;
	int			size = 0;

	for (int i = 0; i < USER_MESSAGE_SOURCES && sources[i] != NULL; i++)
		size += sources[i]->count;
	tags = palloc(size * sizeof(Datum));
	messages = palloc(size * sizeof(Datum));

	/* Backwards: of members with the same name, jsonb keeps the last. */
	for (int i = USER_MESSAGE_SOURCES - 1; i >= 0; i--)
	{
		for (int j = sources[i] ? sources[i]->count - 1 : -1; j >= 0; j--)
		{
			const text *message = get_message(sources[i], j);

			if (message == NULL)
				continue;
			tags[count] = CStringGetTextDatum(sources[i]->messages[j].tag);
			messages[count++] = PointerGetDatum(message);
		}
	}
	if (count == 0)
		return NULL;
	return DatumGetJsonbP(DirectFunctionCall2(jsonb_object_two_arg,
											  make_text_array(tags, count),
											  make_text_array(messages, count)));
}


const UserMessages *
user_messages_from_jsonb(Jsonb *object, bool *valid)
{
	UserMessages *result;
	UserMessage *messages;
	JsonbIterator *iterator;
	JsonbValue	key;
	JsonbValue	value;

	*valid = JB_ROOT_IS_OBJECT(object) && JB_ROOT_COUNT(object) > 0;
	if (!*valid)
		return NULL;
	result = palloc0(sizeof(UserMessages));
	result->messages = messages = palloc(JB_ROOT_COUNT(object) * sizeof(UserMessage));
	iterator = JsonbIteratorInit(&object->root);
	(void) JsonbIteratorNext(&iterator, &value, true);	/* WJB_BEGIN_OBJECT */
	while (JsonbIteratorNext(&iterator, &key, true) == WJB_KEY)
	{
		const char *name = key.val.string.val;
		int			len = key.val.string.len;
		char		tag[TAG_SIZE];

		(void) JsonbIteratorNext(&iterator, &value, true);
		if (value.type != jbvString || !normalize_tag(name, len, tag))
		{
			*valid = false;
			continue;
		}
		if (memcmp(name, tag, len) != 0)
			*valid = false;
		messages[result->count].tag = pstrdup(tag);
		messages[result->count++].message =
			cstring_to_text_with_len(value.val.string.val, value.val.string.len);
	}
	return result->count > 0 ? result : NULL;
}

PG_FUNCTION_INFO_V1(status_code_user_messages_valid);

/*
 * status_code_user_messages_valid(user_messages jsonb) -> boolean: IMMUTABLE,
 * STRICT, PARALLEL SAFE
 *
 * True for an object that has at least one member, and whose members are texts
 * named by the tags of languages, written as BCP 47 recommends.  So no two of
 * them name the same language.
 */
Datum
status_code_user_messages_valid(PG_FUNCTION_ARGS)
{
	bool		valid;

	(void) user_messages_from_jsonb(PG_GETARG_JSONB_P(0), &valid);
	PG_RETURN_BOOL(valid);
}
