/*
 * hints.c
 *		Linked into the extension (ld --wrap): leaves out the search for the hint of an error message.
 *
 * The search takes a hundred times as long as all else that is done with a
 * malformed text, and most of a fuzzer's texts are malformed.
 */
#include "compat.h"

extern PGDLLEXPORT bool fuzz_hints;
extern void *__real_nearest_code(const char *text, int len);
extern void *__wrap_nearest_code(const char *text, int len);

/* Set where the search is what is tested. */
bool		fuzz_hints = false;

void	   *
__wrap_nearest_code(const char *text, int len)
{
	return fuzz_hints ? __real_nearest_code(text, len) : NULL;
}
