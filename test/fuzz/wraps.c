/*
 * wraps.c
 *		Linked into the extension: stands between it and what takes too long, or needs a database (ld --wrap), and calls what
 *		targets.c cannot.
 *
 * Environment: FUZZ_LIBDIR holds the server's libraries of encoding conversions.
 */
#include "compat.h"

#include <dlfcn.h>

#include "access/transam.h"
#include "fmgr.h"
#include "mb/pg_wchar.h"
#include "text_match.h"

extern PGDLLEXPORT bool fuzz_hints;
extern PGDLLEXPORT int fuzz_distance(const char *a, int alen, const char *b, int blen, int limit);
extern void *__real_nearest_code(const char *text, int len);
extern void *__wrap_nearest_code(const char *text, int len);
extern Oid	__wrap_FindDefaultConversion(Oid name_space, int32 for_encoding, int32 to_encoding);
extern int	__wrap_pg_do_encoding_conversion_buf(Oid proc, int src_encoding, int dest_encoding,
												 unsigned char *src, int srclen,
												 unsigned char *dest, int destlen, bool noError);

/* Set where the search for the hint of an error message is what is tested. */
bool		fuzz_hints = false;

/*
 * The search takes a hundred times as long as all else that is done with a
 * malformed text, and most of a fuzzer's texts are malformed.
 */
void *
__wrap_nearest_code(const char *text, int len)
{
	return fuzz_hints ? __real_nearest_code(text, len) : NULL;
}

/* Calls text_distance(), which is hidden, for two texts as if they were normalized. */
int
fuzz_distance(const char *a, int alen, const char *b, int blen, int limit)
{
	NormalizedText texts[2] = {{.len = alen}, {.len = blen}};

	if (alen > TEXT_MATCH_MAX_LENGTH || blen > TEXT_MATCH_MAX_LENGTH)
		abort();
	memcpy(texts[0].data, a, alen);
	memcpy(texts[1].data, b, blen);
	return text_distance(&texts[0], &texts[1], limit);
}

/* Returns the server's function that converts UTF-8. */
static PGFunction
find_converter(int encoding)
{
	static const struct
	{
		int			encoding;
		const char *library;
		const char *symbol;
	}			known[] = {
		{PG_EUC_JP, "utf8_and_euc_jp.so", "utf8_to_euc_jp"},
		{PG_LATIN1, "utf8_and_iso8859_1.so", "utf8_to_iso8859_1"},
		{PG_WIN1252, "utf8_and_win.so", "utf8_to_win"},
	};
	static PGFunction found[lengthof(known)];

	for (int i = 0; i < (int) lengthof(known); i++)
	{
		if (known[i].encoding != encoding)
			continue;
		if (found[i] == NULL)
		{
			char		path[MAXPGPATH];
			const char *directory = getenv("FUZZ_LIBDIR");
			void	   *library;

			snprintf(path, sizeof(path), "%s/%s", directory ? directory : ".", known[i].library);
			library = dlopen(path, RTLD_NOW);
			if (library)
				*(void **) &found[i] = dlsym(library, known[i].symbol);
			if (found[i] == NULL)
				abort();
		}
		return found[i];
	}
	abort();
}

/* The server looks the conversion up in a database.  Here, its encoding tells which one it is. */
Oid
__wrap_FindDefaultConversion(Oid name_space, int32 for_encoding, int32 to_encoding)
{
	(void) name_space;
	(void) for_encoding;
	(void) to_encoding;
	return FirstNormalObjectId;
}

int
__wrap_pg_do_encoding_conversion_buf(Oid proc, int src_encoding, int dest_encoding,
									 unsigned char *src, int srclen,
									 unsigned char *dest, int destlen, bool noError)
{
	(void) proc;

	/* As the server does. */
	if ((Size) srclen >= (destlen - 1) / (Size) MAX_CONVERSION_GROWTH)
		srclen = (destlen - 1) / (Size) MAX_CONVERSION_GROWTH;
	return DatumGetInt32(DirectFunctionCall6(find_converter(dest_encoding),
											 Int32GetDatum(src_encoding),
											 Int32GetDatum(dest_encoding),
											 CStringGetDatum((char *) src),
											 CStringGetDatum((char *) dest),
											 Int32GetDatum(srclen),
											 BoolGetDatum(noError)));
}
