/*
 * status_code_syntax.c
 *		The grammar of the text form of a status code.
 */
#include "status_code_syntax.h"

#include "catalog.h"
#include "long_text.h"
#include "mb/pg_wchar.h"

StaticAssertDecl(CATALOG_MAX_TEXT == STATUS_CODE_MAX_LENGTH,
				 "the longest text form differs from generate.pl's");

/* The number of bytes of an offending text that an error message quotes. */
#define SHOWN_LENGTH 160

StaticAssertDecl(SHOWN_LENGTH > STATUS_CODE_MAX_LENGTH,
				 "status_code_measure() must find a text too long");

/* The positions that a character is allowed in, and whether it is a digit. */
#define PROVIDER_FIRST 0x01
#define PROVIDER_NEXT 0x02
#define CODE_FIRST 0x04
#define CODE_NEXT 0x08
#define DIGIT 0x10

/* Returns the classes of a character, from the bits above. */
static int
char_classes(char character)
{
	if (character >= 'a' && character <= 'z')
		return PROVIDER_FIRST | PROVIDER_NEXT | CODE_FIRST | CODE_NEXT;
	if (character >= 'A' && character <= 'Z')
		return CODE_FIRST | CODE_NEXT;
	if (character >= '0' && character <= '9')
		return PROVIDER_NEXT | CODE_FIRST | CODE_NEXT | DIGIT;
	if (character == '-' || character == '_')
		return PROVIDER_NEXT | CODE_NEXT;
	return character == '.' ? CODE_NEXT : 0;
}

StatusCodeParts
status_code_split(const char *str, int len)
{
	StatusCodeParts parts = {0};
	const char *colon = long_text_find(str, ':', len);
	const char *slash;

	parts.provider = str;
	parts.provider_len = len;
	if (colon == NULL)
		return parts;
	parts.provider_len = colon - str;
	parts.code = colon + 1;
	parts.code_len = str + len - parts.code;
	slash = long_text_find(parts.code, '/', parts.code_len);
	if (slash)
	{
		parts.code_len = slash - parts.code;
		parts.variant = slash + 1;
		parts.variant_len = str + len - parts.variant;
	}
	return parts;
}

/*
 * Returns whether a part is not empty, its first character has the class
 * "first", and each other character has the class "next".
 */
static bool
well_formed(const char *part, int len, uint8 first, uint8 next)
{
	if (len == 0 || !(char_classes(part[0]) & first))
		return false;
	for (int i = 1; i < len; i++)
	{
		if (!(char_classes(part[i]) & next))
			return false;
	}
	return true;
}

bool
status_code_is_number(const char *str, int len)
{
	return well_formed(str, len, DIGIT, DIGIT);
}

bool
status_code_is_provider(const char *str, int len)
{
	return len <= STATUS_CODE_MAX_LENGTH &&
		well_formed(str, len, PROVIDER_FIRST, PROVIDER_NEXT);
}

StatusCodeProblem
status_code_check(const StatusCodeParts *parts, int *provider_id)
{
	/* Check each length first, because the sum could overflow. */
	if (parts->provider_len > STATUS_CODE_MAX_LENGTH ||
		parts->code_len > STATUS_CODE_MAX_LENGTH ||
		parts->variant_len > STATUS_CODE_MAX_LENGTH ||
		parts->provider_len + (parts->code ? 1 + parts->code_len : 0) +
		(parts->variant ? 1 + parts->variant_len : 0) > STATUS_CODE_MAX_LENGTH)
		return PROBLEM_LENGTH;
	if (parts->code == NULL)
		return PROBLEM_SEPARATOR;
	if (!status_code_is_provider(parts->provider, parts->provider_len))
		return PROBLEM_PROVIDER;
	*provider_id = catalog_provider_id(parts->provider, parts->provider_len);
	if (*provider_id != 0 && catalog_provider(*provider_id)->numeric)
	{
		if (!status_code_is_number(parts->code, parts->code_len) ||
			(parts->code[0] == '0' && parts->code_len > 1))
			return PROBLEM_NUMBER;
	}
	else if (!well_formed(parts->code, parts->code_len, CODE_FIRST, CODE_NEXT))
		return PROBLEM_CODE;
	if (parts->variant &&
		!well_formed(parts->variant, parts->variant_len,
					 CODE_FIRST, CODE_NEXT))
		return PROBLEM_VARIANT;
	return PROBLEM_NONE;
}

bool
status_code_is_code_character(char character)
{
	return (char_classes(character) & CODE_NEXT) != 0;
}

int
status_code_measure(const char *str)
{
	/* As many bytes more as the character at the cut can have. */
	return strnlen(str, SHOWN_LENGTH + MAX_MULTIBYTE_CHAR_LEN);
}

/*
 * In a database with encoding SQL_ASCII, pg_mbcliplen() counts bytes.  The
 * text can still be UTF-8.  If the client's encoding is UTF-8 and the message
 * contained part of a character, the server would raise 22021 instead of
 * sending the message.  So there the text is cut before an incomplete UTF-8
 * character.
 */
int
status_code_shown_length(const char *str, int len)
{
	int			shown;

	if (len <= SHOWN_LENGTH)
		return len;
	shown = pg_mbcliplen(str, len, SHOWN_LENGTH);
	if (GetDatabaseEncoding() == PG_SQL_ASCII)
	{
		int			start = shown;	/* of the character at the cut */

		while (start > 0 && shown - start < MAX_MULTIBYTE_CHAR_LEN &&
			   ((unsigned char) str[start] & 0xC0) == 0x80)
			start--;
		if (((unsigned char) str[start] & 0xC0) == 0xC0)
			shown = start;
	}
	return shown;
}

char *
status_code_excerpt(const char *str, int len)
{
	int			shown = status_code_shown_length(str, len);

	return psprintf("%.*s%s", shown, str, shown < len ? "..." : "");
}
