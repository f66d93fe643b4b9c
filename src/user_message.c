/*
 * user_message.c
 *		Messages to end users about a code, in several languages.
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

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/*
 * Gets a subtag of a tag in lower case, into the same place of "result".  The
 * first subtag has no digits.  Returns its length; 0 if it is malformed.
 */
static int
get_subtag(const char *tag, int len, int start, char *result)
{
	int			min_length = start == 0 ? 2 : 1;
	int			end = start;

	for (; end < len && tag[end] != '-' && tag[end] != '_'; end++)
	{
		if (!is_ascii_letter(tag[end]) && (start == 0 || !is_digit(tag[end])))
			return 0;
		result[end] = pg_ascii_tolower((unsigned char) tag[end]);
	}
	if (end - start < min_length || end - start > SUBTAG_MAX_LENGTH)
		return 0;
	return end - start;
}

/*
 * Writes a tag as BCP 47 recommends, terminated, into a buffer of TAG_SIZE
 * bytes: subtags in lower case, separated by "-".  A subtag of two letters is
 * in upper case and one of four letters has an initial capital, unless it is
 * the first or follows a subtag of one letter.  Returns false if the text is
 * not a tag.
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
		int			length = get_subtag(tag, len, start, result);
		int			end = start + length;
		int			capitals = 0;

		if (length == 0)
			return false;
		if (start > 0 && !after_single)
		{
			if (length == 2)
				capitals = 2;
			else if (length == 4)
				capitals = 1;
		}
		for (int i = start; i < start + capitals; i++)
			result[i] = pg_ascii_toupper((unsigned char) result[i]);
		if (length == 1)
			after_single = true;
		result[end] = end < len ? '-' : '\0';
		start = end + 1;
	}
	return true;
}

/*
 * Returns a message converted from UTF-8 to the database's encoding, palloc'd,
 * or the message itself if it is ASCII.  Returns NULL if the encoding lacks a
 * character, or if there is no conversion.
 */
static const text *
from_utf8(const text *message)
{
	static bool conversion_found = false;
	static Oid	conversion;		/* in pg_catalog; ignores search_path */
	const char *data = VARDATA_ANY(message);
	int			len = VARSIZE_ANY_EXHDR(message);
	int			size = len * MAX_CONVERSION_GROWTH + 1;
	int			ascii_len = 0;
	int			converted;
	text	   *result;
	unsigned char *buffer;

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
	buffer = (unsigned char *) VARDATA(result);
	converted = pg_do_encoding_conversion_buf(conversion,
											  PG_UTF8, GetDatabaseEncoding(),
											  (unsigned char *) data, len,
											  buffer, size, true);
	if (converted < len)
		return NULL;
	SET_VARSIZE(result, VARHDRSZ + strlen(VARDATA(result)));
	return result;
}

/*
 * Returns a message in the database's encoding; NULL if it cannot be
 * converted.  In SQL_ASCII, which accepts any bytes, it is in UTF-8.
 */
static const text *
get_message(const UserMessages *source, int number)
{
	const text *message = REF_GET(REF_GET(source->messages)[number].message);
	int			encoding = GetDatabaseEncoding();

	if (!source->in_utf8 || encoding == PG_UTF8 || encoding == PG_SQL_ASCII)
		return message;
	return from_utf8(message);
}

/* Returns the tag of a message. */
static const char *
get_tag(const UserMessages *source, int number)
{
	return REF_GET(REF_GET(source->messages)[number].tag);
}

/* Returns the first message with exactly this tag, or NULL. */
static const text *
find_tag(const UserMessagesRef *sources, const char *tag)
{
	for (int i = 0; i < USER_MESSAGE_SOURCES && !REF_IS_NULL(sources[i]); i++)
	{
		const UserMessages *source = REF_GET(sources[i]);

		for (int j = 0; j < source->count; j++)
		{
			const text *message;

			CHECK_FOR_INTERRUPTS();
			if (strcmp(get_tag(source, j), tag) != 0)
				continue;
			message = get_message(source, j);
			if (message)
				return message;
		}
	}
	return NULL;
}

/*
 * Returns the first message with this tag or, if there is none, with the tag
 * shortened from its end, subtag by subtag; NULL if there is none either.
 * Changes the tag.
 */
static const text *
find_shortened_tag(const UserMessagesRef *sources, char *tag)
{
	for (;;)
	{
		const text *message = find_tag(sources, tag);
		char	   *end = strrchr(tag, '-');

		if (message || end == NULL)
			return message;
		*end = '\0';
	}
}

const text *
user_messages_find(const UserMessagesRef *sources, const text *language)
{
	if (language)
	{
		const char *name = VARDATA_ANY(language);
		int			name_len = VARSIZE_ANY_EXHDR(language);
		int			len = 0;
		char		tag[TAG_SIZE];

		/* The name of a locale can have an encoding or a modifier after it. */
		while (len < Min(name_len, TAG_SIZE) &&
			   name[len] != '.' && name[len] != '@')
			len++;
		if (normalize_tag(name, len, tag))
		{
			const text *message = find_shortened_tag(sources, tag);

			if (message)
				return message;
		}
	}
	return find_tag(sources, ENGLISH);
}

static Datum
make_text_array(Datum *texts, int count)
{
	return PointerGetDatum(construct_array(texts, count, TEXTOID,
										   -1, false, TYPALIGN_INT));
}

Jsonb *
user_messages_to_jsonb(const UserMessagesRef *sources)
{
	Datum	   *tags;
	Datum	   *messages;
	Datum		object;
	int			count = 0;
	int			size = 0;

	for (int i = 0; i < USER_MESSAGE_SOURCES && !REF_IS_NULL(sources[i]); i++)
		size += REF_GET(sources[i])->count;
	tags = palloc(size * sizeof(Datum));
	messages = palloc(size * sizeof(Datum));

	/* In reverse: among members with the same name, jsonb keeps the last. */
	for (int i = USER_MESSAGE_SOURCES - 1; i >= 0; i--)
	{
		const UserMessages *source = REF_GET(sources[i]);

		for (int j = source ? source->count - 1 : -1; j >= 0; j--)
		{
			const text *message;

			CHECK_FOR_INTERRUPTS();
			message = get_message(source, j);
			if (message == NULL)
				continue;
			tags[count] = CStringGetTextDatum(get_tag(source, j));
			messages[count++] = PointerGetDatum(message);
		}
	}
	if (count == 0)
		return NULL;
	object = DirectFunctionCall2(jsonb_object_two_arg,
								 make_text_array(tags, count),
								 make_text_array(messages, count));
	return DatumGetJsonbP(object);
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
	messages = palloc(JB_ROOT_COUNT(object) * sizeof(UserMessage));
	result = palloc0(sizeof(UserMessages));
	result->messages.address = messages;
	iterator = JsonbIteratorInit(&object->root);
	(void) JsonbIteratorNext(&iterator, &value, true);	/* WJB_BEGIN_OBJECT */
	while (JsonbIteratorNext(&iterator, &key, true) == WJB_KEY)
	{
		const char *name = key.val.string.val;
		int			len = key.val.string.len;
		char		tag[TAG_SIZE];
		UserMessage *message;

		CHECK_FOR_INTERRUPTS();
		(void) JsonbIteratorNext(&iterator, &value, true);
		if (value.type != jbvString || !normalize_tag(name, len, tag))
		{
			*valid = false;
			continue;
		}
		if (memcmp(name, tag, len) != 0)
			*valid = false;
		message = &messages[result->count++];
		message->tag.address = pstrdup(tag);
		message->message.address =
			cstring_to_text_with_len(value.val.string.val,
									 value.val.string.len);
	}
	return result->count > 0 ? result : NULL;
}

PG_FUNCTION_INFO_V1(status_code_user_messages_valid);

/*
 * status_code_user_messages_valid(user_messages jsonb) -> boolean: IMMUTABLE,
 * STRICT, PARALLEL SAFE
 *
 * Returns true if the argument is an object with at least one member whose
 * members are all strings named by language tags, written as BCP 47
 * recommends.  Then no two members name the same language.
 */
Datum
status_code_user_messages_valid(PG_FUNCTION_ARGS)
{
	bool		valid;

	(void) user_messages_from_jsonb(PG_GETARG_JSONB_P(0), &valid);
	PG_RETURN_BOOL(valid);
}
