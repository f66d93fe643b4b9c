/*
 * text_match.c
 *		Compares codes, names and titles regardless of their spelling.
 */
#include "text_match.h"

#include "miscadmin.h"

/* Reads the bytes of a text after normalization. */
typedef struct TextReader
{
	const char *next;
	const char *end;
	char		last;			/* last byte read, or 0 */
} TextReader;

static inline bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Does not use scanner_isspace(), which accepts '\v' only since 16. */
static inline bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/*
 * Converts an ASCII letter to lower case.  Does not use pg_tolower(), nor
 * pg_strncasecmp(), which convert other bytes as the database's locale says.
 */
static inline char
fold_case(char c)
{
	return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

static inline bool
is_separator(char c)
{
	return c == '-' || c == '_' || is_space(c);
}

/*
 * Returns whether a byte separates two parts.  0 represents the beginning and
 * the end of the text.
 */
static inline bool
is_boundary(char c)
{
	return c == '\0' || c == ':' || c == '/';
}

void
text_trim(const char **str, int *len)
{
	while (*len > 0 && is_space((*str)[0]))
	{
		CHECK_FOR_INTERRUPTS();
		*str += 1;
		*len -= 1;
	}
	while (*len > 0 && is_space((*str)[*len - 1]))
	{
		CHECK_FOR_INTERRUPTS();
		*len -= 1;
	}
}

bool
text_begins_with(const char *str, int len, const char *prefix, int prefix_len)
{
	if (len < prefix_len)
		return false;
	for (int i = 0; i < prefix_len; i++)
	{
		if (fold_case(str[i]) != fold_case(prefix[i]))
			return false;
	}
	return true;
}

static TextReader
start_reading(const char *str, int len)
{
	TextReader	reader = {0};

	text_trim(&str, &len);
	if (len > 0 && str[len - 1] == '.')
	{
		len--;
		text_trim(&str, &len);
	}
	reader.next = str;
	reader.end = str + len;
	return reader;
}

/* Skips separators.  Returns whether one "-" remains in their place. */
static bool
read_separators(TextReader *reader)
{
	bool		dash = false;
	char		after;

	while (reader->next < reader->end && is_separator(*reader->next))
	{
		CHECK_FOR_INTERRUPTS();
		dash |= !is_space(*reader->next);
		reader->next++;
	}
	after = reader->next < reader->end ? *reader->next : '\0';
	return (is_digit(reader->last) && is_digit(after)) ||
		(dash && (is_boundary(reader->last) || is_boundary(after)));
}

/* Returns the next byte of the normalized text, or -1 at its end. */
static inline int
read_byte(TextReader *reader)
{
	while (reader->next < reader->end)
	{
		char		c = *reader->next;

		if (is_separator(c))
		{
			if (!read_separators(reader))
				continue;
			c = '-';
		}
		else
		{
			reader->next++;
			if (c == '0' && is_boundary(reader->last) &&
				reader->next < reader->end && is_digit(*reader->next))
			{
				CHECK_FOR_INTERRUPTS();
				continue;
			}
			c = fold_case(c);
		}
		reader->last = c;
		return (unsigned char) c;
	}
	return -1;
}

void
text_normalize(NormalizedText *result, const char *str, int len)
{
	TextReader	reader = start_reading(str, len);
	int			byte;

	result->len = 0;
	if (reader.end - reader.next > TEXT_MATCH_MAX_LENGTH)
		return;
	while ((byte = read_byte(&reader)) != -1)
		result->data[result->len++] = byte;
}

int
text_match_at(const NormalizedText *normalized, int start,
			  const char *str, int len)
{
	TextReader	reader = start_reading(str, len);
	int			at = start;
	int			byte;

	while ((byte = read_byte(&reader)) != -1)
	{
		if (at >= normalized->len ||
			(unsigned char) normalized->data[at] != byte)
			return -1;
		at++;
	}
	return at - start;
}

bool
texts_match(const char *a, int alen, const char *b, int blen)
{
	TextReader	areader = start_reading(a, alen);
	TextReader	breader = start_reading(b, blen);
	int			byte;

	do
	{
		byte = read_byte(&areader);
		if (byte != read_byte(&breader))
			return false;
	} while (byte != -1);
	return true;
}

/*
 * Computes the optimal string alignment distance, row by row.  Only cells
 * within "limit" of the diagonal can contribute to a distance within the
 * limit; the other cells hold limit + 1.
 */
int
text_distance(const NormalizedText *a, const NormalizedText *b, int limit)
{
	int			rows[3][TEXT_MATCH_MAX_LENGTH + 2];
	const int	beyond = limit + 1;

	if (abs(a->len - b->len) > limit)
		return beyond;
	for (int j = 0; j <= b->len; j++)
		rows[0][j] = Min(j, beyond);
	for (int i = 1; i <= a->len; i++)
	{
		int		   *row = rows[i % 3];
		const int  *above = rows[(i - 1) % 3];
		const int  *before = rows[(i + 1) % 3]; /* two rows above */
		int			first = Max(1, i - limit);
		int			last = Min(b->len, i + limit);
		int			nearest;

		nearest = row[first - 1] = first == 1 ? Min(i, beyond) : beyond;
		for (int j = first; j <= last; j++)
		{
			bool		same = a->data[i - 1] == b->data[j - 1];
			int			cost = above[j - 1] + (same ? 0 : 1);

			cost = Min(cost, row[j - 1] + 1);
			cost = Min(cost, above[j] + 1);
			if (i > 1 && j > 1 && a->data[i - 1] == b->data[j - 2] &&
				a->data[i - 2] == b->data[j - 1])
				cost = Min(cost, before[j - 2] + 1);
			row[j] = Min(cost, beyond);
			nearest = Min(nearest, row[j]);
		}
		/* The next row also reads the cell after the last one. */
		row[last + 1] = beyond;
		if (nearest > limit)
			return beyond;
	}
	return rows[a->len % 3][b->len];
}
