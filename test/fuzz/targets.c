/*
 * targets.c
 *		What is done with an input of the fuzzer, and what must then hold.
 *
 * The extension is called through its SQL functions alone, as listed in
 * functions.h from the install script, so that whatever is added to the script
 * is called as well.  A target is a function that takes the lines of an input.
 * The first line begins with two bytes of options: the database's encoding,
 * and how values are stored.
 *
 * Every palloc() has memory of its own, of exactly the size asked for, between
 * bytes that must not be touched, so that the address sanitizer sees an access
 * beyond it; its bytes differ from call to call, so that one that is used
 * before it is set makes a difference.
 */
#include "postgres.h"

#include <ctype.h>
#include <dlfcn.h>

#include "catalog/pg_collation.h"
#include "common/pg_lzcompress.h"
#include "executor/executor.h"
#include "fmgr.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/fmgrprotos.h"
#include "nodes/execnodes.h"
#include "nodes/memnodes.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/jsonb.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"

extern PGDLLEXPORT void fuzz_prepare(const char *target, void *extension);
extern PGDLLEXPORT void fuzz_run_input(const uint8 *data, size_t size);

#define MAX_ARGUMENTS 3
#define MAX_LINES 3
#define MAX_CODES 4096

/* A text and a value of each line, and one of these values stored in another way. */
#define MAX_OPERANDS (2 * MAX_LINES + 1)

static void violation(const char *format,...) pg_attribute_printf(1, 2) pg_attribute_noreturn();

/* The input violates what the message says: libFuzzer keeps it and ends. */
static void
violation(const char *format,...)
{
	va_list		args;

	fputs("violation: ", stderr);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	abort();
}

/*
 * The memory context
 */

/* Before each chunk.  The last member is where the server looks for it. */
typedef struct ChunkHeader
{
	struct ChunkHeader *previous;
	struct ChunkHeader *next;
	Size		size;
	MemoryContext context;
} ChunkHeader;

typedef struct ChunkContext
{
	MemoryContextData header;
	ChunkHeader *chunks;		/* those of malloc() */
	bool		is_short;		/* lasts for one input */
} ChunkContext;

extern void __asan_poison_memory_region(void const volatile *address, size_t size);
extern void __asan_unpoison_memory_region(void const volatile *address, size_t size);

#define UNCHECKED __attribute__((no_sanitize("address")))
#define HEADER(pointer) ((ChunkHeader *) (pointer) - 1)

/*
 * What an input needs is taken from here, one chunk behind the other, each
 * between bytes that must not be touched; the beginning of the next header is
 * at least REDZONE bytes behind its end.  A chunk that was freed is not used
 * again before the next input.  This is five times as fast as the sanitizer's
 * malloc() and finds the same.
 */
#define ARENA_SIZE (1024 * 1024)
#define REDZONE 16

static char arena[ARENA_SIZE] __attribute__((aligned(16)));
static Size arena_used = 0;

static bool
is_in_arena(const void *pointer)
{
	return (const char *) pointer >= arena && (const char *) pointer < arena + ARENA_SIZE;
}

UNCHECKED static void *
arena_alloc(MemoryContext context, Size size)
{
	ChunkHeader *chunk = (ChunkHeader *) (arena + arena_used);

	arena_used += TYPEALIGN(16, sizeof(ChunkHeader) + size + REDZONE);
	chunk->size = size;
	chunk->context = context;
	__asan_unpoison_memory_region(chunk + 1, size);
	return chunk + 1;
}

UNCHECKED static void *
malloc_alloc(ChunkContext *owner, Size size)
{
	ChunkHeader *chunk = malloc(sizeof(ChunkHeader) + size);

	if (chunk == NULL)
		return NULL;
	chunk->previous = NULL;
	chunk->next = owner->chunks;
	chunk->size = size;
	chunk->context = &owner->header;
	if (owner->chunks)
		owner->chunks->previous = chunk;
	owner->chunks = chunk;
	__asan_poison_memory_region(chunk, sizeof(ChunkHeader));
	return chunk + 1;
}

UNCHECKED static void *
chunk_alloc(MemoryContext context, Size size)
{
	static uint8 filler = 1;
	ChunkContext *owner = (ChunkContext *) context;
	void	   *result;

	if (owner->is_short && size + sizeof(ChunkHeader) + 2 * REDZONE < ARENA_SIZE - arena_used)
		result = arena_alloc(context, size);
	else
		result = malloc_alloc(owner, size);
	if (result)
		memset(result, filler++, Min(size, 4096));
	return result;
}

UNCHECKED static void
chunk_free(MemoryContext context, void *pointer)
{
	ChunkContext *owner = (ChunkContext *) context;
	ChunkHeader *chunk = HEADER(pointer);

	if (is_in_arena(pointer))
	{
		__asan_poison_memory_region(pointer, chunk->size);
		chunk->context = NULL;	/* so that the server stumbles where it is freed again */
		return;
	}
	if (chunk->next)
		chunk->next->previous = chunk->previous;
	if (chunk->previous)
		chunk->previous->next = chunk->next;
	else
		owner->chunks = chunk->next;
	__asan_unpoison_memory_region(chunk, sizeof(ChunkHeader));
	free(chunk);
}

static void *
chunk_realloc(MemoryContext context, void *pointer, Size size)
{
	void	   *result = chunk_alloc(context, size);

	if (result == NULL)
		return NULL;
	memcpy(result, pointer, Min(size, HEADER(pointer)->size));
	chunk_free(context, pointer);
	return result;
}

static void
chunk_reset(MemoryContext context)
{
	ChunkContext *owner = (ChunkContext *) context;

	while (owner->chunks)
		chunk_free(context, owner->chunks + 1);
	if (owner->is_short)
	{
		__asan_poison_memory_region(arena, arena_used);
		arena_used = 0;
	}
}

UNCHECKED static Size
chunk_space(MemoryContext context, void *pointer)
{
	(void) context;
	return HEADER(pointer)->size;
}

static bool
chunk_is_empty(MemoryContext context)
{
	ChunkContext *owner = (ChunkContext *) context;

	return owner->chunks == NULL && !(owner->is_short && arena_used > 0);
}

static const MemoryContextMethods chunk_methods = {
	.alloc = chunk_alloc,
	.free_p = chunk_free,
	.realloc = chunk_realloc,
	.reset = chunk_reset,
	.get_chunk_space = chunk_space,
	.is_empty = chunk_is_empty
};

static MemoryContext
create_context(const char *name, bool is_short)
{
	ChunkContext *context = calloc(1, sizeof(ChunkContext));

	context->is_short = is_short;

	/* The tag of a type that the server knows; it goes by the methods alone. */
	MemoryContextCreate((MemoryContext) context, T_AllocSetContext, &chunk_methods, NULL, name);
	return (MemoryContext) context;
}

/*
 * Calls
 */

typedef enum Type
{
	CSTRING,
	TEXT,
	INTEGER,
	BIGINT,
	JSONB,
	TIMESTAMP,
	STATUS_CODE,
	STATUS_CATEGORY,
	STATUS_ACTION,
	BOOLEAN,
	OTHER
} Type;

/* An SQL function. */
typedef struct Function
{
	const char *symbol;
	bool		set;
	bool		strict;
	bool		leakproof;
	Type		result;
	int			nargs;
	Type		args[MAX_ARGUMENTS];
	PGFunction	address;
} Function;

static Function functions[] = {
#include "functions.h"
};

/* A provider whose payloads are read, and what they are made of.  Lists end with NULL. */
typedef struct Provider
{
	const char *name;
	const char *members[257];
	const char *words[257];
} Provider;

static const Provider providers[] = {
#include "words.h"
};

/* The codes of the catalog. */
static Datum catalog_values[MAX_CODES];
static uint32 catalog_count;

/* What a call gave. */
typedef struct Outcome
{
	int			error;			/* an SQLSTATE, or 0 */
	bool		isnull;
	Datum		value;
} Outcome;

static const Outcome null_outcome = {.isnull = true};

static MemoryContext input_context;

/* Where the error itself is looked at, it is kept. */
static bool keep_errors;
static ErrorData *last_error;

/* Those that are called by name. */
static struct
{
	const Function *status_code_in;
	const Function *status_code_out;
	const Function *status_code_send;
	const Function *status_code_to_text;
	const Function *status_code_from_bpchar;
	const Function *status_code_try_from_text;
	const Function *status_code_from_parts;
	const Function *status_code_from_number;
	const Function *code_provider;
	const Function *code_value;
	const Function *code_variant;
	const Function *code_number;
	const Function *code_base;
	const Function *builtin_is_known_code;
	const Function *builtin_status_codes;
	const Function *builtin_code_source;
	const Function *builtin_is_retryable;
	const Function *builtin_retry_delay;
	const Function *builtin_next_retry_at;
	const Function *builtin_code_user_message;
	const Function *builtin_code_user_messages;
	const Function *status_code_like;
	const Function *status_code_nlike;
	const Function *status_code_iclike;
	const Function *status_code_icnlike;
	const Function *status_code_match;
	const Function *status_code_match_text;
	const Function *status_code_nearest;
	const Function *status_code_from_json;
	const Function *status_codes_from_json;
	const Function *user_messages_valid;
	const Function *status_category_in;
	const Function *status_category_out;
	const Function *status_category_send;
	const Function *status_action_in;
	const Function *status_action_out;
	const Function *status_action_send;
}			named;

static PGFunction status_code_recv;
static PGFunction status_category_recv;
static PGFunction status_action_recv;

/* What makes a value of a text. */
typedef struct Way
{
	const char *symbol;
	bool		gives_null;		/* in place of an error */
	const Function *function;	/* NULL for receiving it */
} Way;

static Way	ways[] = {
	{.symbol = "status_code_recv"},
	{.symbol = "status_code_from_text"},
	{.symbol = "status_code_from_bpchar"},
	{.symbol = "status_code_try_from_text", .gives_null = true},
};

/* The functions of a text that guess. */
static const char *const guesses[] = {"status_code_match_text", "status_code_nearest"};

static const Function *
find_function(const char *symbol)
{
	for (int i = 0; i < (int) lengthof(functions); i++)
	{
		if (strcmp(functions[i].symbol, symbol) == 0)
			return &functions[i];
	}
	violation("no function \"%s\"", symbol);
}

/* The value of a call that must succeed, without the cost of catching an error. */
static Datum
call_safe(const Function *function, Datum arg1, Datum arg2)
{
	LOCAL_FCINFO(fcinfo, 2);
	FmgrInfo	info = {0};
	Datum		result;

	info.fn_addr = function->address;
	info.fn_nargs = function->nargs;
	info.fn_strict = function->strict;
	info.fn_mcxt = input_context;
	InitFunctionCallInfoData(*fcinfo, &info, function->nargs, C_COLLATION_OID, NULL, NULL);
	fcinfo->args[0].value = arg1;
	fcinfo->args[0].isnull = false;
	fcinfo->args[1].value = arg2;
	fcinfo->args[1].isnull = false;
	result = function->address(fcinfo);
	if (fcinfo->isnull)
		violation("%s() gave NULL", function->symbol);
	return result;
}

/*
 * Calls a function; of a set, until its end.  There is an Outcome for each
 * argument.  As in SQL, a strict function is not called with a NULL.
 */
static Outcome
call_address(PGFunction address, bool set, bool strict, int nargs, const Outcome *args)
{
	LOCAL_FCINFO(fcinfo, MAX_ARGUMENTS);
	FmgrInfo	info = {0};
	ReturnSetInfo rows = {.type = T_ReturnSetInfo};
	Outcome		outcome = {0};

	info.fn_addr = address;
	info.fn_nargs = nargs;
	info.fn_strict = strict;
	info.fn_retset = set;
	info.fn_mcxt = input_context;
	rows.allowedModes = SFRM_ValuePerCall;
	rows.returnMode = SFRM_ValuePerCall;
	InitFunctionCallInfoData(*fcinfo, &info, nargs, C_COLLATION_OID, NULL, NULL);
	for (int i = 0; i < nargs; i++)
	{
		fcinfo->args[i].value = args[i].value;
		fcinfo->args[i].isnull = args[i].isnull;
		if (strict && args[i].isnull)
			return null_outcome;
	}
	PG_TRY();
	{
		if (set)
		{
			fcinfo->resultinfo = (fmNodePtr) &rows;
			rows.econtext = CreateStandaloneExprContext();
		}
		do
		{
			rows.isDone = ExprSingleResult;
			fcinfo->isnull = false;
			outcome.value = address(fcinfo);
			outcome.isnull = fcinfo->isnull;
		} while (rows.isDone == ExprMultipleResult);
		if (set)
			FreeExprContext(rows.econtext, true);
	}
	PG_CATCH();
	{
		MemoryContextSwitchTo(input_context);
		outcome.error = geterrcode();
		outcome.isnull = true;
		if (keep_errors)
			last_error = CopyErrorData();
		FlushErrorState();
	}
	PG_END_TRY();
	return outcome;
}

static Outcome
call_function(const Function *function, const Outcome *args)
{
	return call_address(function->address, function->set, function->strict, function->nargs, args);
}

static Outcome
call1(const Function *function, Datum arg)
{
	Outcome		argument = {.value = arg};

	return call_function(function, &argument);
}

/* The value of a call that must succeed. */
static Datum
must(const Function *function, Outcome outcome)
{
	if (outcome.error || outcome.isnull)
		violation("%s() gave %s", function->symbol,
				  outcome.error ? unpack_sql_state(outcome.error) : "NULL");
	return outcome.value;
}

/* What bad input may raise. */
static bool
is_allowed(int error)
{
	switch (error)
	{
		case 0:
		case ERRCODE_INVALID_TEXT_REPRESENTATION:
		case ERRCODE_INVALID_BINARY_REPRESENTATION:
		case ERRCODE_CHARACTER_NOT_IN_REPERTOIRE:
		case ERRCODE_INVALID_PARAMETER_VALUE:
		case ERRCODE_INVALID_ESCAPE_SEQUENCE:	/* of a pattern of LIKE */
		case ERRCODE_PROGRAM_LIMIT_EXCEEDED:
		case ERRCODE_PROTOCOL_VIOLATION:
			return true;
		default:
			return false;
	}
}

/*
 * Inputs
 */

/* The lines of an input, in memory of exactly their size. */
typedef struct Lines
{
	int			count;
	char	   *text[MAX_LINES];	/* terminated, which is not counted */
	int			len[MAX_LINES];
	int			form;			/* one of forms[] */
	int			choice;			/* picks what is tried */
	const uint8 *data;			/* all of them, not cut */
	int			size;
} Lines;

/* How values are stored: see store().  What takes long comes seldom. */
static const int forms[] = {0, 0, 1, 1, 2, 2, 3, 4};

/* A value with a header of four bytes. */
static struct varlena *
store_plainly(const char *data, int len)
{
	struct varlena *value = palloc(VARHDRSZ + len);

	SET_VARSIZE(value, VARHDRSZ + len);
	memcpy(VARDATA(value), data, len);
	return value;
}

/* How the server may hand over a value. */
static Datum
store(const char *data, int len, int form)
{
	if (form < 2 && len + VARHDRSZ_SHORT <= VARATT_SHORT_MAX)
	{
		/* With a short header, as in a row: at an even address or an odd one. */
		char	   *value = (char *) palloc(VARHDRSZ_SHORT + len + form) + form;

		SET_VARSIZE_SHORT(value, VARHDRSZ_SHORT + len);
		memcpy(VARDATA_SHORT(value), data, len);
		return PointerGetDatum(value);
	}
	if (form == 3)
	{
		/* Compressed, as in a very wide row. */
		struct varlena *value = palloc(VARHDRSZ_COMPRESSED + PGLZ_MAX_OUTPUT(len));
		int			size = pglz_compress(data, len, (char *) value + VARHDRSZ_COMPRESSED,
										 PGLZ_strategy_always);

		if (size >= 0)
		{
			SET_VARSIZE_COMPRESSED(value, VARHDRSZ_COMPRESSED + size);
			((varattrib_4b *) value)->va_compressed.va_tcinfo = len;
			return PointerGetDatum(value);
		}
	}
	if (form == 4)
	{
		/* Elsewhere in memory. */
		struct varatt_indirect pointer = {store_plainly(data, len)};
		char	   *value = palloc(VARHDRSZ_EXTERNAL + sizeof(pointer));

		SET_VARTAG_EXTERNAL(value, VARTAG_INDIRECT);
		memcpy(VARDATA_EXTERNAL(value), &pointer, sizeof(pointer));
		return PointerGetDatum(value);
	}
	return PointerGetDatum(store_plainly(data, len));
}

/* A value stored in another way. */
static Datum
store_again(Datum value, int form)
{
	return store(VARDATA_ANY(DatumGetPointer(value)), VARSIZE_ANY_EXHDR(DatumGetPointer(value)), form);
}

static Datum
make_text(const Lines *lines, int i)
{
	return store(lines->text[i], lines->len[i], lines->form);
}

/* Are all lines texts that a database with this encoding can hold? */
static bool
are_texts(const Lines *lines, int encoding)
{
	for (int i = 0; i < lines->count; i++)
	{
		if (memchr(lines->text[i], '\0', lines->len[i]) ||
			!pg_verify_mbstr(encoding, lines->text[i], lines->len[i], true))
			return false;
	}
	return true;
}

static void
set_encoding(int encoding)
{
	SetDatabaseEncoding(encoding);
	SetClientEncoding(encoding);
}

/* A copy in which not even a byte beyond the end can be read. */
static char *
copy_exactly(const uint8 *data, size_t size)
{
	char	   *copy = palloc(size);

	memcpy(copy, data, size);
	return copy;
}

/*
 * Target "value": texts as values
 */

/* The result of a receive function. */
static Outcome
receive(PGFunction function, const char *data, int len)
{
	StringInfoData message;
	Outcome		argument = {0};

	message.data = copy_exactly((const uint8 *) data, len);
	message.len = message.maxlen = len;
	message.cursor = 0;
	argument.value = PointerGetDatum(&message);
	return call_address(function, false, true, 1, &argument);
}

static bool
same_bytes(Datum a, Datum b)
{
	char	   *pa = DatumGetPointer(a);
	char	   *pb = DatumGetPointer(b);

	return VARSIZE_ANY_EXHDR(pa) == VARSIZE_ANY_EXHDR(pb) &&
		memcmp(VARDATA_ANY(pa), VARDATA_ANY(pb), VARSIZE_ANY_EXHDR(pa)) == 0;
}

static void
check_text(const char *what, const char *got, int got_len, const char *text, int len)
{
	if (got_len != len || memcmp(got, text, len) != 0)
		violation("%s: \"%.*s\" came back as \"%.*s\"", what, len, text, got_len, got);
}

/* A value of character(n) is that of the text without its trailing blanks. */
static void
check_blanks(Datum value, const char *text, int len)
{
	Datum		stored = call_safe(named.status_code_to_text, value, (Datum) 0);

	while (len > 0 && text[len - 1] == ' ')
		len--;
	check_text("character", VARDATA_ANY(DatumGetPointer(stored)),
			   VARSIZE_ANY_EXHDR(DatumGetPointer(stored)), text, len);
}

/*
 * All ways in give one value, all ways out give the text.  A malformed text is
 * mostly left at what the way without an error says of it, since an error
 * costs more than all else.
 */
static Outcome
check_ways(const Lines *lines, int i)
{
	const char *text = lines->text[i];
	int			len = lines->len[i];
	const Function *out = named.status_code_out;
	const Function *send = named.status_code_send;
	const Function *to_text = named.status_code_to_text;
	bool		is_valid = !call1(named.status_code_try_from_text, make_text(lines, i)).isnull;
	Outcome		value;
	const char *string;
	Datum		stored;
	Datum		result;

	if (!is_valid && lines->choice % 8 != 0)
		return (Outcome) {.isnull = true, .error = ERRCODE_INVALID_TEXT_REPRESENTATION};
	value = call1(named.status_code_in, CStringGetDatum(text));
	if (value.error != (is_valid ? 0 : ERRCODE_INVALID_TEXT_REPRESENTATION))
		violation("\"%s\": input %s", text, unpack_sql_state(value.error));

	for (int way = 0; way < (int) lengthof(ways); way++)
	{
		const Function *function = ways[way].function;
		Outcome		other;

		if (!is_valid && lines->form % (int) lengthof(ways) != way)
			continue;
		other = function ? call1(function, make_text(lines, i)) : receive(status_code_recv, text, len);
		if (function == named.status_code_from_bpchar && !is_valid && !other.error)
			check_blanks(other.value, text, len);
		else if (other.error != (ways[way].gives_null ? 0 : value.error) || other.isnull != !is_valid)
			violation("\"%s\": input %s, %s() %s", text, unpack_sql_state(value.error),
					  ways[way].symbol, other.error ? "failed" : "succeeded");
		if (is_valid && !same_bytes(value.value, other.value))
			violation("\"%s\" has several stored forms", text);
	}
	if (value.error)
		return value;

	stored = store_again(value.value, lines->form);
	string = DatumGetCString(must(out, call1(out, stored)));
	check_text("output", string, strlen(string), text, len);
	result = must(send, call1(send, stored));
	check_text("send", VARDATA_ANY(DatumGetPointer(result)),
			   VARSIZE_ANY_EXHDR(DatumGetPointer(result)), text, len);
	result = must(to_text, call1(to_text, stored));
	check_text("cast", VARDATA_ANY(DatumGetPointer(result)),
			   VARSIZE_ANY_EXHDR(DatumGetPointer(result)), text, len);
	return value;
}

/* The value is what its constructor makes of its parts. */
static void
check_parts(const Lines *lines, Datum value)
{
	const Function *const takers[] = {named.code_provider, named.code_value, named.code_variant};
	Outcome		parts[lengthof(takers)];
	Datum		stored = store_again(value, lines->form);
	const Function *make = named.status_code_from_parts;
	const Function *number = named.code_number;
	const Function *base = named.code_base;
	Datum		base_value;
	Datum		stored_base;
	Outcome		outcome;

	for (int i = 0; i < (int) lengthof(takers); i++)
	{
		parts[i] = call1(takers[i], stored);
		if (parts[i].error || (parts[i].isnull && i < 2))
			violation("%s() gave nothing", takers[i]->symbol);
	}
	if (!same_bytes(must(make, call_function(make, parts)), value))
		violation("parts make another value");

	parts[2].isnull = true;
	base_value = must(make, call_function(make, parts));
	stored_base = must(base, call1(base, store_again(value, lines->form % 3)));
	if (!same_bytes(base_value, stored_base))
		violation("provider and code make another value than the base");

	outcome = call1(number, stored);
	if (outcome.error)
		violation("code_number() raised %s", unpack_sql_state(outcome.error));
	if (!outcome.isnull)
	{
		const Function *from_number = named.status_code_from_number;
		Datum		code = parts[1].value;
		char		digits[12];

		pg_ltoa(DatumGetInt32(outcome.value), digits);
		parts[1] = outcome;
		/* Where a code may have leading zeros, they are lost. */
		if (strlen(digits) == VARSIZE_ANY_EXHDR(DatumGetPointer(code)) &&
			!same_bytes(must(from_number, call_function(from_number, parts)), base_value))
			violation("provider and number make another value than the base");
	}
}

/* The text of a code that a function gave, which must be stored as input would. */
static char *
code_text(const Function *function, Datum code)
{
	char	   *text = DatumGetCString(call_safe(named.status_code_out, code, (Datum) 0));
	Outcome		again = call1(named.status_code_in, CStringGetDatum(text));

	if (again.error || !same_bytes(again.value, code))
		violation("%s() gave \"%s\", which is not stored as it should be", function->symbol, text);
	return text;
}

/* What is compared: a value, or a text, which need not be one's. */
typedef struct Operand
{
	Type		type;
	int			line;			/* which one it is of */
	Datum		datum;
} Operand;

/* The comparisons, by the ends of their names, and what they give where the first is less, equal, greater. */
#define NCOMPARISONS 6

static const struct
{
	const char *suffix;
	bool		expected[3];
}			comparisons[NCOMPARISONS] = {
	{"_lt", {true, false, false}},
	{"_le", {true, true, false}},
	{"_eq", {false, true, false}},
	{"_ne", {true, false, true}},
	{"_ge", {false, true, true}},
	{"_gt", {false, false, true}},
};

/* Those of two types, which are 0 for a text and 1 for a value; NULL where there are none. */
static const Function *orders[2][2];
static const Function *comparison_functions[2][2][NCOMPARISONS];

/* The hash functions of a type, without a seed and with one; NULL where there are none. */
static const Function *hash_functions[2][2];

#define TYPE_INDEX(type) ((type) == STATUS_CODE)
#define IS_OPERAND(type) ((type) == STATUS_CODE || (type) == TEXT)

static bool
ends_with(const char *symbol, const char *suffix)
{
	size_t		len = strlen(symbol);

	return len > strlen(suffix) && strcmp(symbol + len - strlen(suffix), suffix) == 0;
}

static void
find_operators(void)
{
	int			count = 0;

	for (int i = 0; i < (int) lengthof(functions); i++)
	{
		const Function *function = &functions[i];
		int			first = TYPE_INDEX(function->args[0]);
		int			second = TYPE_INDEX(function->args[1]);

		if (function->nargs < 1 || !IS_OPERAND(function->args[0]))
			continue;
		if (strstr(function->symbol, "hash"))
			hash_functions[first][function->nargs - 1] = function;
		if (function->nargs != 2 || !IS_OPERAND(function->args[1]))
			continue;
		if (ends_with(function->symbol, "_cmp"))
			orders[first][second] = function;
		for (int j = 0; j < NCOMPARISONS; j++)
		{
			if (ends_with(function->symbol, comparisons[j].suffix))
			{
				comparison_functions[first][second][j] = function;
				count++;
			}
		}
	}
	/* Of values, and of a value and a text on either side. */
	if (count < 3 * NCOMPARISONS || !orders[1][1] || !orders[0][1] || !orders[1][0] ||
		!hash_functions[1][0] || !hash_functions[1][1])
		violation("comparisons or hash functions are missing: %d were found", count);
}

/*
 * The sign that the order gives, or 2 where these types have none.  One of the
 * comparisons must agree with it: all would take most of the time.
 */
static int
compare(const Operand *a, const Operand *b, int choice)
{
	int			first = TYPE_INDEX(a->type);
	int			second = TYPE_INDEX(b->type);
	const Function *function = comparison_functions[first][second][choice % NCOMPARISONS];
	int			result;
	int			sign;

	if (orders[first][second] == NULL)
		return 2;
	result = DatumGetInt32(call_safe(orders[first][second], a->datum, b->datum));
	sign = (result > 0) - (result < 0);
	if (function && DatumGetBool(call_safe(function, a->datum, b->datum)) !=
		comparisons[choice % NCOMPARISONS].expected[sign + 1])
		violation("%s() disagrees with an order of %d", function->symbol, sign);
	return sign;
}

/* Equal operands have equal hashes. */
static void
check_hashes(const Operand *a, const Operand *b, int64 seed)
{
	for (int seeded = 0; seeded < 2; seeded++)
	{
		const Function *first = hash_functions[TYPE_INDEX(a->type)][seeded];
		const Function *second = hash_functions[TYPE_INDEX(b->type)][seeded];

		if (first && second && call_safe(first, a->datum, Int64GetDatum(seed)) !=
			call_safe(second, b->datum, Int64GetDatum(seed)))
			violation("%s() and %s() of equal operands differ", first->symbol, second->symbol);
	}
}

/* All pairs and triples of operands are in one total order, in which only those of equal texts are equal. */
static void
check_order(const Operand *operands, int count, const Lines *lines, int64 seed)
{
	int			signs[MAX_OPERANDS][MAX_OPERANDS];

	for (int a = 0; a < count; a++)
	{
		for (int b = 0; b < count; b++)
		{
			int			i = operands[a].line;
			int			j = operands[b].line;
			bool		same = lines->len[i] == lines->len[j] &&
			memcmp(lines->text[i], lines->text[j], lines->len[i]) == 0;

			signs[a][b] = compare(&operands[a], &operands[b], lines->choice + 5 * a + b);
			if (signs[a][b] == 2)
				continue;
			if ((signs[a][b] == 0) != same)
				violation("\"%s\" and \"%s\" compare as %d", lines->text[i], lines->text[j],
						  signs[a][b]);
			if (same && a < b)
				check_hashes(&operands[a], &operands[b], seed);
		}
	}
	for (int a = 0; a < count; a++)
	{
		for (int b = 0; b < count; b++)
		{
			if (signs[a][b] == 2)
				continue;
			if (signs[b][a] != 2 && signs[a][b] != -signs[b][a])
				violation("order is not antisymmetric");
			for (int c = 0; c < count; c++)
			{
				if (signs[b][c] != 2 && signs[a][c] != 2 && signs[a][b] <= 0 &&
					signs[b][c] <= 0 && signs[a][c] != Min(signs[a][b], signs[b][c]))
					violation("order is not transitive");
			}
		}
	}
}

static void
target_value(const Lines *lines)
{
	Operand		operands[MAX_OPERANDS];
	int			count = 0;
	int64		seed = 0;

	/* What is no text of the database is only received, and that seldom, since it costs an error. */
	if (!are_texts(lines, GetDatabaseEncoding()))
	{
		if (lines->choice % 4 != 0)
			return;
		for (int i = 0; i < lines->count; i++)
		{
			Outcome		outcome = receive(status_code_recv, lines->text[i], lines->len[i]);

			if (!is_allowed(outcome.error))
				violation("receive raised %s", unpack_sql_state(outcome.error));
		}
		return;
	}

	for (int i = 0; i < lines->count; i++)
	{
		Outcome		value = check_ways(lines, i);

		operands[count].type = TEXT;
		operands[count].line = i;
		operands[count++].datum = make_text(lines, i);
		if (value.error)
			continue;
		check_parts(lines, value.value);
		operands[count].type = STATUS_CODE;
		operands[count].line = i;
		operands[count++].datum = store_again(value.value, lines->form);
		if (i == 0)
		{
			operands[count] = operands[count - 1];
			operands[count++].datum = value.value;
		}
		seed = seed * 31 + lines->len[i];
	}
	check_order(operands, count, lines, seed);
}

/* Whether the catalog has a code, not its class of numbers alone. */
static bool
has_entry(Datum code)
{
	return !call1(named.builtin_code_source, code).isnull;
}

/* Checks what was found for a text; "function" finds it again for its text. */
static void
check_found(const Function *finder, Outcome outcome, const Function *function)
{
	char	   *text;
	Outcome		again;

	if (outcome.error)
		violation("%s() raised %s", finder->symbol, unpack_sql_state(outcome.error));
	if (outcome.isnull)
		return;
	text = code_text(finder, outcome.value);
	if (function == NULL)
		return;
	again = call1(function, store(text, strlen(text), 2));
	if (again.isnull || !same_bytes(again.value, outcome.value))
		violation("%s() gave \"%s\", and for that another", finder->symbol, text);
}

/*
 * Target "hint": the hint on a malformed text is a known code, or a number
 */
static void
target_hint(const Lines *lines)
{
	static const char before[] = "Perhaps you meant \"";
	const Function *in = named.status_code_in;
	const Function *known = named.builtin_is_known_code;

	if (!are_texts(lines, GetDatabaseEncoding()))
		set_encoding(PG_SQL_ASCII);
	keep_errors = true;
	for (int i = 0; i < lines->count; i++)
	{
		char	   *hint;
		char	   *end;
		Datum		code;
		Outcome		outcome = call1(in, CStringGetDatum(lines->text[i]));

		if (!outcome.error)
			continue;
		if (last_error->hint == NULL || last_error->detail == NULL)
			violation("no hint or detail");
		if (!pg_verify_mbstr(GetDatabaseEncoding(), last_error->message,
							 strlen(last_error->message), true))
			violation("broken message");
		if (strncmp(last_error->hint, before, strlen(before)) != 0)
			continue;
		hint = last_error->hint + strlen(before);
		end = strchr(hint, '"');
		if (end == NULL)
			violation("broken hint");
		*end = '\0';
		code = must(in, call1(in, CStringGetDatum(hint)));
		if (!DatumGetBool(must(known, call1(known, code))) &&
			call1(named.code_number, code).isnull)
			violation("hint \"%s\" is not known", hint);
	}
	keep_errors = false;
}

/*
 * Targets "call" and "damaged": every function with arguments cut from the input
 */

/* An argument from a line.  It has an error where the line is no value of the type. */
static Outcome
make_argument(const Lines *lines, int i, Type type, bool damaged)
{
	const char *text = lines->text[i];
	int64		number = (int64) strtoull(text, NULL, 10);
	Outcome		result = {0};

	switch (type)
	{
		case CSTRING:
			result.value = CStringGetDatum(text);
			break;
		case TEXT:
			result.value = make_text(lines, i);
			break;
		case INTEGER:
			result.value = Int32GetDatum((int32) number);
			break;
		case BIGINT:
			result.value = Int64GetDatum(number);
			break;
		case TIMESTAMP:
			result.value = TimestampTzGetDatum(IS_VALID_TIMESTAMP(number) ? number : 0);
			break;
		case JSONB:
			result.value = CStringGetDatum(text);
			result = call_address(jsonb_in, false, true, 1, &result);
			if (!result.error)
				result.value = store_again(result.value, lines->form);
			break;
		case STATUS_CATEGORY:
		case STATUS_ACTION:
			if (damaged)
				result.value = UInt8GetDatum((uint8) text[0]);
			else
				result = call1(type == STATUS_ACTION ? named.status_action_in :
							   named.status_category_in, CStringGetDatum(text));
			break;
		case STATUS_CODE:
			if (damaged)
				result.value = store(text, lines->len[i], lines->form);
			else
			{
				result = call1(named.status_code_in, CStringGetDatum(text));
				if (!result.error)
					result.value = store_again(result.value, lines->form);
			}
			break;
		default:
			violation("an argument of an unexpected type");
	}
	return result;
}

/* What a call with arguments of the right types may raise. */
static bool
is_expected(const Function *function, int error, bool damaged)
{
	if (damaged && error == ERRCODE_DATA_CORRUPTED)
		return true;
	if (function->leakproof && !damaged)
		return error == 0;

	/* The time of the next attempt may be none. */
	if (error == ERRCODE_DATETIME_VALUE_OUT_OF_RANGE)
		return function->nargs == 3 && function->args[2] == TIMESTAMP;
	return is_allowed(error);
}

static void
call_with(const Function *function, const Lines *lines, bool damaged)
{
	Outcome		args[MAX_ARGUMENTS];
	Outcome		outcome;

	for (int i = 0; i < function->nargs; i++)
	{
		/* A line that is missing is NULL. */
		args[i] = i < lines->count ? make_argument(lines, i, function->args[i], damaged) :
			null_outcome;
		if (args[i].error)
			return;
	}
	outcome = call_function(function, args);
	if (!is_expected(function, outcome.error, damaged))
		violation("%s() raised %s", function->symbol, unpack_sql_state(outcome.error));

	if (outcome.error || outcome.isnull || function->set)
		return;

	/* The result can be read to its end, and is what input makes of its text. */
	if (function->result == TEXT || function->result == STATUS_CODE)
	{
		struct varlena *value = pg_detoast_datum_packed((struct varlena *) DatumGetPointer(outcome.value));

		copy_exactly((uint8 *) VARDATA_ANY(value), VARSIZE_ANY_EXHDR(value));
		if (function->result == STATUS_CODE && !damaged)
			(void) code_text(function, PointerGetDatum(value));
	}
}

static void
call_all(const Lines *lines, bool damaged)
{
	if (!are_texts(lines, GetDatabaseEncoding()))
	{
		set_encoding(PG_SQL_ASCII);
		if (!damaged && !are_texts(lines, PG_SQL_ASCII))
			return;
	}
	for (int i = 0; i < (int) lengthof(functions); i++)
		call_with(&functions[i], lines, damaged);
}

static void
target_call(const Lines *lines)
{
	call_all(lines, false);
}

/*
 * Two stored bytes are the ids of a provider and a code.  These are the first
 * id of each provider, among others.  Random bytes are hardly ever the id that
 * comes right after the end of the catalog's tables.
 */
static void
call_with_first_ids(void)
{
	for (int byte = 0; byte <= PG_UINT8_MAX; byte++)
	{
		char		id[] = {(char) byte, 0, '\0'};
		Lines		lines = {.count = 1, .text = {id}, .len = {2}};

		call_all(&lines, true);
	}
}

/* Of a status code, the line is what is stored, and of a label, its first byte. */
static void
target_damaged(const Lines *lines)
{
	static bool begun = false;

	if (!begun)
	{
		int			encoding = GetDatabaseEncoding();

		call_with_first_ids();
		set_encoding(encoding);
	}
	begun = true;
	call_all(lines, true);
}

/*
 * Target "match": what is found for a text is found again for the text of what was found
 */
static void
target_match(const Lines *lines)
{
	const Function *match = named.status_code_match;
	const Function *match_text = named.status_code_match_text;
	const Function *nearest = named.status_code_nearest;
	Outcome		args[2];
	Outcome		exact;

	if (lines->count < 2)
		return;
	if (!are_texts(lines, GetDatabaseEncoding()))
		set_encoding(PG_SQL_ASCII);
	args[0] = (Outcome) {.value = make_text(lines, 0)};
	args[1] = (Outcome) {.value = make_text(lines, 1)};
	check_found(match, call_function(match, args), NULL);
	check_found(match_text, call1(match_text, args[1].value), match_text);
	check_found(nearest, call1(nearest, args[1].value), nearest);

	/* A code of the catalog is what its text denotes. */
	exact = call1(named.status_code_try_from_text, args[1].value);
	if (!exact.isnull && DatumGetBool(call_safe(named.builtin_is_known_code, exact.value, (Datum) 0)))
	{
		if (!same_bytes(must(match_text, call1(match_text, args[1].value)), exact.value))
			violation("a code is taken for another");
		if (has_entry(exact.value) &&
			!same_bytes(must(nearest, call1(nearest, args[1].value)), exact.value))
			violation("a code is taken for the misspelling of another");
	}
}

/*
 * Target "distance": the distance of two texts is that of a simple implementation of the definition
 */

/* The longest texts that have a distance. */
#define MAX_DISTANCE_TEXT 255

static int	(*fuzz_distance) (const char *a, int alen, const char *b, int blen, int limit);

/* The optimal string alignment distance, of which all cells are computed. */
static int
whole_distance(const char *a, int alen, const char *b, int blen)
{
	static int	cells[MAX_DISTANCE_TEXT + 1][MAX_DISTANCE_TEXT + 1];

	for (int i = 0; i <= alen; i++)
	{
		for (int j = 0; j <= blen; j++)
		{
			int			cost;

			if (i == 0 || j == 0)
			{
				cells[i][j] = i + j;
				continue;
			}
			cost = cells[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
			cost = Min(cost, Min(cells[i - 1][j], cells[i][j - 1]) + 1);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				cost = Min(cost, cells[i - 2][j - 2] + 1);
			cells[i][j] = cost;
		}
	}
	return cells[alen][blen];
}

/* Compares the distance of two texts, with several limits, with what it is. */
static void
check_distance(const char *a, int alen, const char *b, int blen)
{
	int			whole = whole_distance(a, alen, b, blen);

	for (int limit = 0; limit < 8; limit++)
	{
		int			found = fuzz_distance(a, alen, b, blen, limit);

		if (found != Min(whole, limit + 1))
			violation("the distance of \"%.*s\" and \"%.*s\", %d, is %d with limit %d",
					  alen, a, blen, b, whole, found, limit);
	}
}

/* Checks all pairs of texts of up to four letters of three. */
static void
check_short_distances(void)
{
	char		texts[1 + 3 + 9 + 27 + 81][4];
	int			lens[lengthof(texts)];
	int			count = 0;

	for (int len = 0, of_length = 1; len <= 4; len++, of_length *= 3)
	{
		for (int n = 0; n < of_length; n++)
		{
			for (int i = 0, rest = n; i < len; i++, rest /= 3)
				texts[count][i] = 'a' + rest % 3;
			lens[count++] = len;
		}
	}
	for (int i = 0; i < count; i++)
	{
		for (int j = 0; j < count; j++)
			check_distance(texts[i], lens[i], texts[j], lens[j]);
	}
}

static void
target_distance(const Lines *lines)
{
	static bool begun = false;

	if (!begun)
		check_short_distances();
	begun = true;
	if (lines->count >= 2 &&
		lines->len[0] <= MAX_DISTANCE_TEXT && lines->len[1] <= MAX_DISTANCE_TEXT)
		check_distance(lines->text[0], lines->len[0], lines->text[1], lines->len[1]);
}

/*
 * Target "pattern": LIKE is that of the code's text
 */
static void
target_pattern(const Lines *lines)
{
	const struct
	{
		const Function *function;
		PGFunction	server;
		bool		negated;
	}			operators[] = {
		{named.status_code_like, textlike, false},
		{named.status_code_nlike, textlike, true},
		{named.status_code_iclike, texticlike, false},
		{named.status_code_icnlike, texticlike, true},
	};
	Outcome		args[2];
	Outcome		texts[2];

	if (lines->count < 2 || !are_texts(lines, GetDatabaseEncoding()))
		return;
	args[0] = make_argument(lines, 0, STATUS_CODE, false);
	if (args[0].error)
		args[0] = (Outcome) {.value = catalog_values[lines->choice * 7 % catalog_count]};
	args[1] = (Outcome) {.value = make_text(lines, 1)};
	texts[0] = (Outcome) {.value = call_safe(named.status_code_to_text, args[0].value, (Datum) 0)};
	texts[1] = args[1];
	for (int i = 0; i < (int) lengthof(operators); i++)
	{
		Outcome		outcome = call_function(operators[i].function, args);
		Outcome		expected = call_address(operators[i].server, false, true, 2, texts);

		if (outcome.error != expected.error || outcome.isnull != expected.isnull ||
			(!outcome.error && DatumGetBool(outcome.value) != (DatumGetBool(expected.value) != operators[i].negated)))
			violation("%s() is not that of the text", operators[i].function->symbol);
	}
}

/*
 * Target "meaning": messages in any language, and waits after any number of attempts, of every code of the catalog
 */

/* The message in a language, which has a tag of any bytes. */
static Outcome
get_message(Datum code, const char *tag, int len)
{
	Outcome		args[2] = {{.value = code}, {.value = store(tag, len, 2)}};
	Outcome		message = call_function(named.builtin_code_user_message, args);

	if (message.error)
		violation("a message raised %s", unpack_sql_state(message.error));
	if (!message.isnull &&
		!pg_verify_mbstr(GetDatabaseEncoding(), VARDATA_ANY(DatumGetPointer(message.value)),
						 VARSIZE_ANY_EXHDR(DatumGetPointer(message.value)), true))
		violation("broken message");
	return message;
}

/* A message is that of the tag in other letters, and one of all messages. */
static void
check_message(Datum code, const char *tag, int len)
{
	Outcome		message = get_message(code, tag, len);
	Outcome		all = call1(named.builtin_code_user_messages, code);
	char	   *other = copy_exactly((const uint8 *) tag, len);
	JsonbIterator *iterator;
	JsonbIteratorToken token;
	JsonbValue	value;
	Outcome		again;

	for (int i = 0; i < len; i++)
		other[i] = tag[i] == '-' ? '_' : pg_ascii_toupper((unsigned char) tag[i]);
	again = get_message(code, other, len);
	if (message.isnull != again.isnull || (!message.isnull && !same_bytes(message.value, again.value)))
		violation("the case of a tag makes a difference");
	if (all.error)
		violation("messages raised %s", unpack_sql_state(all.error));
	if (message.isnull)
		return;
	if (all.isnull)
		violation("a message is not among the messages");
	iterator = JsonbIteratorInit(&DatumGetJsonbP(all.value)->root);
	while ((token = JsonbIteratorNext(&iterator, &value, true)) != WJB_DONE)
	{
		if (token == WJB_VALUE && value.type == jbvString &&
			value.val.string.len == (int) VARSIZE_ANY_EXHDR(DatumGetPointer(message.value)) &&
			memcmp(value.val.string.val, VARDATA_ANY(DatumGetPointer(message.value)), value.val.string.len) == 0)
			return;
	}
	violation("a message is not among the messages");
}

/* The wait after an attempt, in microseconds, or -1 where there is none. */
static int64
get_delay(Datum code, int32 attempt)
{
	Outcome		args[2] = {{.value = code}, {.value = Int32GetDatum(attempt)}};
	Outcome		retryable = call1(named.builtin_is_retryable, code);
	Outcome		delay = call_function(named.builtin_retry_delay, args);
	Interval   *interval = (Interval *) DatumGetPointer(delay.value);
	bool		expected = !retryable.isnull && DatumGetBool(retryable.value);

	if (delay.error != (expected && attempt < 1 ? ERRCODE_INVALID_PARAMETER_VALUE : 0))
		violation("a wait raised %s", unpack_sql_state(delay.error));
	if (delay.isnull != (!expected || attempt < 1))
		violation("a wait where there is none to be, or none");
	if (delay.isnull)
		return -1;
	if (interval->month != 0 || interval->day < 0 || interval->time < 0)
		violation("a wait that is no time");
	return interval->time + interval->day * USECS_PER_DAY;
}

static void
check_delay(Datum code, int32 attempt, int64 failed_at)
{
	int64		delay = get_delay(code, attempt);
	Outcome		args[3] = {{.value = code}, {.value = Int32GetDatum(attempt)}};
	Outcome		next;

	if (delay < 0)
		return;
	if (attempt < PG_INT32_MAX && get_delay(code, attempt + 1) < delay)
		violation("a later wait is shorter");
	args[2].value = TimestampTzGetDatum(IS_VALID_TIMESTAMP(failed_at) ? failed_at : 0);
	next = call_function(named.builtin_next_retry_at, args);
	if (next.error && next.error != ERRCODE_DATETIME_VALUE_OUT_OF_RANGE)
		violation("a next attempt raised %s", unpack_sql_state(next.error));
	if (!next.error && DatumGetTimestampTz(next.value) != DatumGetTimestampTz(args[2].value) + delay)
		violation("the next attempt is not after the wait");
}

static void
target_meaning(const Lines *lines)
{
	Datum		code;
	int32		numbers[4] = {0};

	if (!are_texts(lines, GetDatabaseEncoding()))
		set_encoding(PG_SQL_ASCII);
	memcpy(numbers, lines->text[0], Min(lines->len[0], (int) sizeof(numbers)));
	code = store_again(catalog_values[(uint32) numbers[0] % catalog_count], lines->form);
	check_delay(code, numbers[1] >> (lines->choice), ((int64) numbers[2] << 32) + numbers[3]);
	for (int i = 1; i < lines->count; i++)
		check_message(code, lines->text[i], lines->len[i]);
}

/*
 * Targets "payload" and "tree": nothing that a provider sends raises an error
 */

static void
check_payload(const char *provider, Datum payload)
{
	Outcome		args[2];
	Outcome		code;

	args[0].value = store(provider, strlen(provider), 2);
	args[0].isnull = args[1].isnull = false;
	args[1].value = payload;
	code = call_function(named.status_code_from_json, args);
	if (code.error)
		violation("%s() raised %s", named.status_code_from_json->symbol, unpack_sql_state(code.error));
	if (!code.isnull)
		(void) code_text(named.status_code_from_json, code.value);
	code = call_function(named.status_codes_from_json, args);
	if (code.error)
		violation("%s() raised %s", named.status_codes_from_json->symbol, unpack_sql_state(code.error));
}

/* The first line names the provider; one that has no payloads must be refused. */
static void
target_payload(const Lines *lines)
{
	Outcome		args[2];
	Outcome		code;

	if (lines->count < 2)
		return;
	if (!are_texts(lines, GetDatabaseEncoding()))
		set_encoding(PG_SQL_ASCII);
	args[1] = make_argument(lines, 1, JSONB, false);
	if (args[1].error)
		return;
	for (int i = 0; i < (int) lengthof(providers); i++)
	{
		if (strcmp(providers[i].name, lines->text[0]) == 0)
		{
			check_payload(providers[i].name, args[1].value);
			return;
		}
	}
	check_payload(providers[lines->choice % lengthof(providers)].name, args[1].value);
	args[0] = (Outcome) {.value = make_text(lines, 0)};
	code = call_function(named.status_code_from_json, args);
	if (code.error != ERRCODE_INVALID_PARAMETER_VALUE)
		violation("a provider without payloads gave %s", unpack_sql_state(code.error));
}

/* The bytes that a tree is made of; 0 behind the last one. */
typedef struct TreeBytes
{
	const uint8 *next;
	const uint8 *end;
} TreeBytes;

static uint8
next_byte(TreeBytes *bytes)
{
	return bytes->next < bytes->end ? *bytes->next++ : 0;
}

static const char *
pick_word(const char *const *words, uint8 number)
{
	int			count = 0;

	while (words[count])
		count++;
	return words[number % count];
}

/* A string of the next bytes that the database can hold. */
static void
set_string(JsonbValue *value, TreeBytes *bytes)
{
	int			len = next_byte(bytes) % 160;

	len = Min(len, bytes->end - bytes->next);
	value->type = jbvString;
	value->val.string.val = copy_exactly(bytes->next, len);
	value->val.string.len = len;
	bytes->next += len;
	if (memchr(value->val.string.val, '\0', len) ||
		!pg_verify_mbstr(GetDatabaseEncoding(), value->val.string.val, len, true))
	{
		for (int i = 0; i < len; i++)
			value->val.string.val[i] = ' ' + (uint8) value->val.string.val[i] % 95;
	}
}

static void
set_word(JsonbValue *value, const char *word)
{
	value->type = jbvString;
	value->val.string.val = copy_exactly((const uint8 *) word, strlen(word));
	value->val.string.len = strlen(word);
}

static void
set_number(JsonbValue *value, TreeBytes *bytes)
{
	static const char *const formats[] = {"%d", "%d", "-%d", "%d.0", "%d.5", "%de1", "%de-1", "%de120", "%de126",
	"%de-130", "%d00000000000000000000", "%de100000", "0.%d"};
	char		digits[64];
	uint8		format = next_byte(bytes);
	int			number = next_byte(bytes);

	number = number << 8 | next_byte(bytes);
	snprintf(digits, sizeof(digits), formats[format % lengthof(formats)], number % (format < 128 ? 1000 : 65536));
	value->type = jbvNumeric;
	value->val.numeric = DatumGetNumeric(DirectFunctionCall3(numeric_in, CStringGetDatum(digits),
															 ObjectIdGetDatum(InvalidOid), Int32GetDatum(-1)));
}

#define MAX_DEPTH 9

/* Pushes the value that the next bytes make, with members and words of the provider's. */
static JsonbValue *
push_tree(JsonbParseState **state, JsonbIteratorToken token, const Provider *provider, TreeBytes *bytes, int depth)
{
	JsonbValue	value = {.type = jbvNull};
	uint8		kind = next_byte(bytes);
	int			count = kind / 16;

	switch (kind % 16)
	{
		case 0:
			break;
		case 1:
			value.type = jbvBool;
			value.val.boolean = count % 2;
			break;
		case 2:
		case 3:
			set_number(&value, bytes);
			break;
		case 4:
			set_string(&value, bytes);
			break;
		case 5:
		case 6:
		case 7:
			set_word(&value, pick_word(provider->words, next_byte(bytes)));
			break;
		case 8:
		case 9:
		case 10:
			if (depth == MAX_DEPTH)
				break;
			pushJsonbValue(state, WJB_BEGIN_ARRAY, NULL);
			for (int i = count % 5; i > 0; i--)
				push_tree(state, WJB_ELEM, provider, bytes, depth + 1);
			return pushJsonbValue(state, WJB_END_ARRAY, NULL);
		default:
			if (depth == MAX_DEPTH)
				break;
			pushJsonbValue(state, WJB_BEGIN_OBJECT, NULL);
			for (int i = count % 8; i > 0; i--)
			{
				JsonbValue	key;
				uint8		member = next_byte(bytes);

				if (member == 255)
					set_string(&key, bytes);
				else
					set_word(&key, pick_word(provider->members, member));
				pushJsonbValue(state, WJB_KEY, &key);
				push_tree(state, WJB_VALUE, provider, bytes, depth + 1);
			}
			return pushJsonbValue(state, WJB_END_OBJECT, NULL);
	}
	if (*state)
		return pushJsonbValue(state, token, &value);

	/* A scalar alone. */
	{
		JsonbValue	array = {.type = jbvArray};

		array.val.array.rawScalar = true;
		array.val.array.nElems = 1;
		pushJsonbValue(state, WJB_BEGIN_ARRAY, &array);
		pushJsonbValue(state, WJB_ELEM, &value);
		return pushJsonbValue(state, WJB_END_ARRAY, NULL);
	}
}

/* The bytes of all lines make a payload; the first one picks the provider. */
static void
target_tree(const Lines *lines)
{
	JsonbParseState *state = NULL;
	TreeBytes	bytes = {lines->data, lines->data + lines->size};
	const Provider *provider = &providers[next_byte(&bytes) % lengthof(providers)];
	JsonbValue *root = push_tree(&state, WJB_ELEM, provider, &bytes, 0);
	Datum		payload = JsonbPGetDatum(JsonbValueToJsonb(root));

	check_payload(provider->name, lines->form % 2 ? payload : store_again(payload, lines->form));
}

/*
 * Target "label": categories and actions
 */

/* Labels are compared and hashed by the server's functions for "char". */
static void
check_labels(Datum a, Datum b, bool same)
{
	int32		order = DatumGetInt32(DirectFunctionCall2(btcharcmp, a, b));

	if ((order == 0) != same || order != -DatumGetInt32(DirectFunctionCall2(btcharcmp, b, a)))
		violation("labels are in no order");
	if (same && DirectFunctionCall1(hashchar, a) != DirectFunctionCall1(hashchar, b))
		violation("equal labels differ in hash");
}

static void
target_label(const Lines *lines)
{
	const Function *const in[] = {named.status_category_in, named.status_action_in};
	const Function *const out[] = {named.status_category_out, named.status_action_out};
	const Function *const send[] = {named.status_category_send, named.status_action_send};
	const PGFunction recv[] = {status_category_recv, status_action_recv};

	if (!are_texts(lines, GetDatabaseEncoding()))
		set_encoding(PG_SQL_ASCII);
	for (int i = 0; i < 2 * lines->count; i++)
	{
		const char *text = lines->text[i / 2];
		int			len = lines->len[i / 2];
		Outcome		value = call1(in[i % 2], CStringGetDatum(text));
		Outcome		received = receive(recv[i % 2], text, len);
		Datum		result;
		const char *string;

		if (value.error && value.error != ERRCODE_INVALID_TEXT_REPRESENTATION)
			violation("%s() raised %s", in[i % 2]->symbol, unpack_sql_state(value.error));
		if (received.error != value.error &&
			!(received.error == ERRCODE_CHARACTER_NOT_IN_REPERTOIRE && !are_texts(lines, GetDatabaseEncoding())))
			violation("input and receive of a label differ");
		if (value.error)
			continue;
		if (!received.error && DatumGetUInt8(received.value) != DatumGetUInt8(value.value))
			violation("input and receive of a label differ");
		string = DatumGetCString(must(out[i % 2], call1(out[i % 2], value.value)));
		check_text("output", string, strlen(string), text, strlen(text));
		result = must(send[i % 2], call1(send[i % 2], value.value));
		check_text("send", VARDATA_ANY(DatumGetPointer(result)),
				   VARSIZE_ANY_EXHDR(DatumGetPointer(result)), text, strlen(text));
		for (int j = i % 2; j < i; j += 2)
		{
			Outcome		other = call1(in[i % 2], CStringGetDatum(lines->text[j / 2]));

			if (!other.error)
				check_labels(value.value, other.value, strcmp(text, lines->text[j / 2]) == 0);
		}
	}
}

/*
 * Running
 */

static const struct
{
	const char *name;
	void		(*run) (const Lines *lines);
}			targets[] = {
	{"value", target_value},
	{"hint", target_hint},
	{"call", target_call},
	{"damaged", target_damaged},
	{"payload", target_payload},
	{"label", target_label},
	{"match", target_match},
	{"distance", target_distance},
	{"pattern", target_pattern},
	{"meaning", target_meaning},
	{"tree", target_tree},
};

static void (*run_target) (const Lines *lines);

/* How many inputs have been run, with their variations. */
static uint64 runs = 0;

/* Enough of a backend for functions that read no catalog. */
static void
prepare_server(void)
{
	MemoryContextInit();
	(void) set_stack_base();
	InitializeGUCOptions();
	set_encoding(PG_UTF8);
	InitializeClientEncoding();
	input_context = create_context("input", true);
	__asan_poison_memory_region(arena, ARENA_SIZE);
}

/* An object of the extension that isn't hidden. */
static void *
find_symbol(void *extension, const char *symbol)
{
	void	   *found = dlsym(extension, symbol);

	if (found == NULL)
		violation("%s", dlerror());
	return found;
}

/* Whether a function that makes a code of a text is one of those above. */
static bool
is_classified(const char *symbol)
{
	for (int i = 0; i < (int) lengthof(ways); i++)
	{
		if (strcmp(ways[i].symbol, symbol) == 0)
			return true;
	}
	for (int i = 0; i < (int) lengthof(guesses); i++)
	{
		if (strcmp(guesses[i], symbol) == 0)
			return true;
	}
	return false;
}

static void
find_functions(void *extension)
{
#define FIND(name) named.name = find_function(#name)

	for (int i = 0; i < (int) lengthof(functions); i++)
		*(void **) &functions[i].address = find_symbol(extension, functions[i].symbol);
	*(void **) &fuzz_distance = find_symbol(extension, "fuzz_distance");
	*(void **) &status_code_recv = find_symbol(extension, "status_code_recv");
	*(void **) &status_category_recv = find_symbol(extension, "status_category_recv");
	*(void **) &status_action_recv = find_symbol(extension, "status_action_recv");
	FIND(status_code_in);
	FIND(status_code_out);
	FIND(status_code_send);
	FIND(status_code_to_text);
	FIND(status_code_from_bpchar);
	FIND(status_code_try_from_text);
	FIND(status_code_from_parts);
	FIND(status_code_from_number);
	named.code_provider = find_function("provider_codes_code_provider");
	named.code_value = find_function("provider_codes_code_value");
	named.code_variant = find_function("provider_codes_code_variant");
	named.code_number = find_function("provider_codes_code_number");
	named.code_base = find_function("provider_codes_code_base");
	named.builtin_is_known_code = find_function("provider_codes_builtin_is_known_code");
	FIND(status_code_like);
	FIND(status_code_nlike);
	FIND(status_code_iclike);
	FIND(status_code_icnlike);
	FIND(status_code_match);
	FIND(status_code_match_text);
	FIND(status_code_nearest);
	FIND(status_code_from_json);
	named.builtin_status_codes = find_function("provider_codes_builtin_status_codes");
	named.builtin_code_source = find_function("provider_codes_builtin_code_source");
	named.builtin_is_retryable = find_function("provider_codes_builtin_is_retryable");
	named.builtin_retry_delay = find_function("provider_codes_builtin_retry_delay");
	named.builtin_next_retry_at = find_function("provider_codes_builtin_next_retry_at");
	named.builtin_code_user_message = find_function("provider_codes_builtin_code_user_message");
	named.builtin_code_user_messages = find_function("provider_codes_builtin_code_user_messages");
	named.status_codes_from_json = find_function("provider_codes_status_codes_from_json");
	named.user_messages_valid = find_function("status_code_user_messages_valid");
	FIND(status_category_in);
	FIND(status_category_out);
	FIND(status_category_send);
	FIND(status_action_in);
	FIND(status_action_out);
	FIND(status_action_send);
	for (int i = 0; i < (int) lengthof(ways); i++)
	{
		if (strcmp(ways[i].symbol, "status_code_recv") != 0)
			ways[i].function = find_function(ways[i].symbol);
	}
	for (int i = 0; i < (int) lengthof(functions); i++)
	{
		const Function *function = &functions[i];

		if (function->nargs == 1 && function->args[0] == TEXT && function->result == STATUS_CODE &&
			!is_classified(function->symbol))
			violation("is %s() a constructor or a guess?", function->symbol);
	}
	find_operators();
}

static void
report_runs(void)
{
	fprintf(stderr, "%llu inputs\n", (unsigned long long) runs);
}

/* Gets the codes of the catalog. */
static void
read_catalog(void)
{
	LOCAL_FCINFO(fcinfo, 0);
	FmgrInfo	info = {.fn_retset = true, .fn_mcxt = CurrentMemoryContext};
	ReturnSetInfo rows = {.type = T_ReturnSetInfo};
	Datum		value;

	rows.allowedModes = rows.returnMode = SFRM_ValuePerCall;
	rows.econtext = CreateStandaloneExprContext();
	info.fn_addr = named.builtin_status_codes->address;
	InitFunctionCallInfoData(*fcinfo, &info, 0, InvalidOid, NULL, (fmNodePtr) &rows);
	for (;;)
	{
		fcinfo->isnull = false;
		value = info.fn_addr(fcinfo);
		if (rows.isDone != ExprMultipleResult)
			break;
		if (catalog_count == MAX_CODES)
			violation("the catalog has more than %d codes", MAX_CODES);
		catalog_values[catalog_count++] = store_again(value, 0);
	}
	FreeExprContext(rows.econtext, true);
	if (catalog_count == 0)
		violation("the catalog has no codes");
}

void
fuzz_prepare(const char *target, void *extension)
{
	void		(*init) (void);
	MemoryContext top;

	for (int i = 0; i < (int) lengthof(targets); i++)
	{
		if (target && strcmp(targets[i].name, target) == 0)
			run_target = targets[i].run;
	}
	if (run_target == NULL)
		violation("FUZZ_TARGET is none of the targets");

	prepare_server();
	find_functions(extension);
	*(void **) &init = find_symbol(extension, "_PG_init");
	*(bool *) find_symbol(extension, "fuzz_hints") = run_target == target_hint;
	atexit(report_runs);

	/* What lasts is checked as well. */
	top = TopMemoryContext;
	TopMemoryContext = create_context("extension", false);
	MemoryContextSwitchTo(TopMemoryContext);
	init();
	read_catalog();
	TopMemoryContext = top;
}

/* Cuts an input into its lines and hands them to the target. */
static void
run_once(const uint8 *data, size_t size)
{
	static const int encodings[] = {PG_UTF8, PG_SQL_ASCII, PG_EUC_JP, PG_LATIN1, PG_WIN1252};
	Lines		lines = {0};
	const uint8 *end = data + size;
	int			encoding;

	MemoryContextSwitchTo(input_context);
	encoding = encodings[data[0] % lengthof(encodings)];
	lines.form = forms[data[1] % lengthof(forms)];
	lines.choice = data[1] / lengthof(forms);
	if (GetDatabaseEncoding() != encoding)
		set_encoding(encoding);
	lines.data = (uint8 *) copy_exactly(data + 2, size - 2);
	lines.size = size - 2;
	for (data += 2; data <= end && lines.count < MAX_LINES; lines.count++)
	{
		const uint8 *newline = memchr(data, '\n', end - data);
		int			len = (newline ? newline : end) - data;
		char	   *line = palloc(len + 1);

		memcpy(line, data, len);
		line[len] = '\0';
		lines.text[lines.count] = line;
		lines.len[lines.count] = len;
		data += len + 1;
	}
	PG_TRY();
	{
		run_target(&lines);
	}
	PG_CATCH();
	{
		violation("a function that must not fail raised %s", unpack_sql_state(geterrcode()));
	}
	PG_END_TRY();
	MemoryContextReset(input_context);
	runs++;
}

static uint32
next_random(uint32 *state)
{
	*state = *state * 1664525 + 1013904223;
	return *state >> 8;
}

/* Changes an input in one place, or makes a line nearly another one, within "size" bytes. */
static int
vary(uint8 *input, int len, int size, uint32 *state)
{
	static const char characters[] = ":/\n-_.0019aAzZ :/\n\x00\x7f\x80\xc3\xff";
	int			at = 2 + next_random(state) % (len - 1);
	uint8		character = characters[next_random(state) % (sizeof(characters) - 1)];

	switch (next_random(state) % 4)
	{
		case 0:					/* another byte, or one more at the end */
			if (at == len && len < size)
				len++;
			if (at < len)
				input[at] = character;
			return len;
		case 1:					/* one more */
			if (len == size)
				return len;
			memmove(input + at + 1, input + at, len - at);
			input[at] = character;
			return len + 1;
		case 2:					/* one less */
			if (at == len)
				return len;
			memmove(input + at, input + at + 1, len - at - 1);
			return len - 1;
		default:				/* what precedes, once more */
			{
				int			count = Min(at - 2, size - len);

				memmove(input + at + count, input + at, len - at);
				memcpy(input + at, input + 2, count);
				return len + count;
			}
	}
}

/*
 * Where a target takes less time than libFuzzer itself, each input is run with
 * variations of it, which depend on its bytes alone.
 */
#define VARIATIONS 31

void
fuzz_run_input(const uint8 *data, size_t size)
{
	uint8		varied[512];
	uint32		state = size;

	if (size < 2)
		return;
	run_once(data, size);
	if (run_target != target_value || size > sizeof(varied))
		return;
	for (size_t i = 0; i < size; i++)
		state = state * 31 + data[i];
	for (int i = 0; i < VARIATIONS; i++)
	{
		int			len = size;

		memcpy(varied, data, size);
		varied[1] = next_random(&state);
		for (int j = i % 3; j >= 0; j--)
			len = vary(varied, len, sizeof(varied), &state);
		run_once(varied, len);
	}
}
