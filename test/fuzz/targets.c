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
 * Every palloc() has a malloc() of its own, of exactly the size asked for, so
 * that the address sanitizer sees an access beyond it; its bytes differ from
 * call to call, so that one that is used before it is set makes a difference.
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
	ChunkHeader *chunks;
} ChunkContext;

extern void __asan_poison_memory_region(void const volatile *address, size_t size);
extern void __asan_unpoison_memory_region(void const volatile *address, size_t size);

#define UNCHECKED __attribute__((no_sanitize("address")))
#define HEADER(pointer) ((ChunkHeader *) (pointer) - 1)

UNCHECKED static void *
chunk_alloc(MemoryContext context, Size size)
{
	static uint8 filler = 1;
	ChunkContext *owner = (ChunkContext *) context;
	ChunkHeader *chunk = malloc(sizeof(ChunkHeader) + size);

	if (chunk == NULL)
		return NULL;
	chunk->previous = NULL;
	chunk->next = owner->chunks;
	chunk->size = size;
	chunk->context = context;
	if (owner->chunks)
		owner->chunks->previous = chunk;
	owner->chunks = chunk;
	memset(chunk + 1, filler++, Min(size, 4096));
	__asan_poison_memory_region(chunk, sizeof(ChunkHeader));
	return chunk + 1;
}

UNCHECKED static void
chunk_free(MemoryContext context, void *pointer)
{
	ChunkContext *owner = (ChunkContext *) context;
	ChunkHeader *chunk = HEADER(pointer);

	if (chunk->next)
		chunk->next->previous = chunk->previous;
	if (chunk->previous)
		chunk->previous->next = chunk->next;
	else
		owner->chunks = chunk->next;
	__asan_unpoison_memory_region(chunk, sizeof(ChunkHeader));
	free(chunk);
}

UNCHECKED static void *
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
	return ((ChunkContext *) context)->chunks == NULL;
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
create_context(const char *name)
{
	ChunkContext *context = calloc(1, sizeof(ChunkContext));

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
	const Function *status_code_from_parts;
	const Function *status_code_from_number;
	const Function *code_provider;
	const Function *code_value;
	const Function *code_variant;
	const Function *code_number;
	const Function *code_base;
	const Function *builtin_is_known_code;
	const Function *status_category_in;
	const Function *status_category_out;
	const Function *status_category_send;
	const Function *status_action_in;
	const Function *status_action_out;
	const Function *status_action_send;
}			named;

static PGFunction status_code_recv;

/* The functions that make a value of a text that is one; NULL stands for receiving it. */
static const Function *ways[8];
static int	nways;

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
	int			choice;			/* picks the comparisons that are tried */
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

/* The result of status_code_recv(). */
static Outcome
receive(const char *data, int len)
{
	StringInfoData message;
	Outcome		argument = {0};

	message.data = copy_exactly((const uint8 *) data, len);
	message.len = message.maxlen = len;
	message.cursor = 0;
	argument.value = PointerGetDatum(&message);
	return call_address(status_code_recv, false, true, 1, &argument);
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

/* A function that gives NULL in place of an error: its C name says so. */
static bool
is_try(const Function *function)
{
	return strstr(function->symbol, "_try_") != NULL || strncmp(function->symbol, "try_", 4) == 0;
}

/* All ways in give one value, all ways out give the text. */
static Outcome
check_ways(const Lines *lines, int i)
{
	const char *text = lines->text[i];
	int			len = lines->len[i];
	const Function *out = named.status_code_out;
	const Function *send = named.status_code_send;
	const Function *to_text = named.status_code_to_text;
	Outcome		value = call1(named.status_code_in, CStringGetDatum(text));
	const char *string;
	Datum		stored;
	Datum		result;

	if (value.error != 0 && value.error != ERRCODE_INVALID_TEXT_REPRESENTATION)
		violation("input raised %s", unpack_sql_state(value.error));

	/* An error costs as much as all else: one of the other ways is tried. */
	for (int way = 0; way < nways; way++)
	{
		bool		try = ways[way] && is_try(ways[way]);
		Outcome		other;

		if (value.error && !try && lines->form % nways != way)
			continue;
		other = ways[way] ? call1(ways[way], make_text(lines, i)) : receive(text, len);
		if (other.error != (try ? 0 : value.error) || other.isnull != (value.error != 0))
			violation("\"%s\": input %s, %s() %s", text, unpack_sql_state(value.error),
					  ways[way] ? ways[way]->symbol : "receive",
					  other.error ? "failed" : "succeeded");
		if (!value.error && !same_bytes(value.value, other.value))
			violation("\"%s\" has several images", text);
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
			if (same)
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

	/* What is no text of the database is only received. */
	if (!are_texts(lines, GetDatabaseEncoding()))
	{
		for (int i = 0; i < lines->count; i++)
		{
			Outcome		outcome = receive(lines->text[i], lines->len[i]);

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

	/* The result can be read to its end. */
	if (!outcome.error && !outcome.isnull && !function->set &&
		(function->result == TEXT || function->result == STATUS_CODE))
	{
		struct varlena *value = pg_detoast_datum_packed((struct varlena *) DatumGetPointer(outcome.value));

		copy_exactly((uint8 *) VARDATA_ANY(value), VARSIZE_ANY_EXHDR(value));
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

/* Of a status code, the line is what is stored, and of a label, its first byte. */
static void
target_damaged(const Lines *lines)
{
	call_all(lines, true);
}

/*
 * Target "payload": nothing that a provider sends raises an error
 */
static void
target_payload(const Lines *lines)
{
	if (lines->count < 2)
		return;
	if (!are_texts(lines, GetDatabaseEncoding()))
		set_encoding(PG_SQL_ASCII);
	for (int i = 0; i < (int) lengthof(functions); i++)
	{
		const Function *function = &functions[i];
		Outcome		args[2];
		Outcome		outcome;

		if (function->nargs != 2 || function->args[0] != TEXT || function->args[1] != JSONB)
			continue;
		for (int j = 0; j < 2; j++)
		{
			args[j] = make_argument(lines, j, function->args[j], false);
			if (args[j].error)
				return;
		}
		outcome = call_function(function, args);
		if (outcome.error && outcome.error != ERRCODE_INVALID_PARAMETER_VALUE)
			violation("%s() raised %s", function->symbol, unpack_sql_state(outcome.error));
	}
}

/*
 * Target "label": categories and actions
 */
static void
target_label(const Lines *lines)
{
	const Function *const in[] = {named.status_category_in, named.status_action_in};
	const Function *const out[] = {named.status_category_out, named.status_action_out};
	const Function *const send[] = {named.status_category_send, named.status_action_send};

	if (!are_texts(lines, GetDatabaseEncoding()))
		set_encoding(PG_SQL_ASCII);
	for (int i = 0; i < 2 * lines->count; i++)
	{
		const char *text = lines->text[i / 2];
		Outcome		value = call1(in[i % 2], CStringGetDatum(text));
		Datum		result;
		const char *string;

		if (value.error && value.error != ERRCODE_INVALID_TEXT_REPRESENTATION)
			violation("%s() raised %s", in[i % 2]->symbol, unpack_sql_state(value.error));
		if (value.error)
			continue;
		string = DatumGetCString(must(out[i % 2], call1(out[i % 2], value.value)));
		check_text("output", string, strlen(string), text, strlen(text));
		result = must(send[i % 2], call1(send[i % 2], value.value));
		check_text("send", VARDATA_ANY(DatumGetPointer(result)),
				   VARSIZE_ANY_EXHDR(DatumGetPointer(result)), text, strlen(text));
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
};

static void (*run_target) (const Lines *lines);

/* Enough of a backend for functions that read no catalog. */
static void
prepare_server(void)
{
	MemoryContextInit();
	(void) set_stack_base();
	InitializeGUCOptions();
	set_encoding(PG_UTF8);
	InitializeClientEncoding();
	input_context = create_context("input");
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

static void
find_functions(void *extension)
{
#define FIND(name) named.name = find_function(#name)

	for (int i = 0; i < (int) lengthof(functions); i++)
		*(void **) &functions[i].address = find_symbol(extension, functions[i].symbol);
	*(void **) &status_code_recv = find_symbol(extension, "status_code_recv");
	FIND(status_code_in);
	FIND(status_code_out);
	FIND(status_code_send);
	FIND(status_code_to_text);
	FIND(status_code_from_parts);
	FIND(status_code_from_number);
	named.code_provider = find_function("provider_codes_code_provider");
	named.code_value = find_function("provider_codes_code_value");
	named.code_variant = find_function("provider_codes_code_variant");
	named.code_number = find_function("provider_codes_code_number");
	named.code_base = find_function("provider_codes_code_base");
	named.builtin_is_known_code = find_function("provider_codes_builtin_is_known_code");
	FIND(status_category_in);
	FIND(status_category_out);
	FIND(status_category_send);
	FIND(status_action_in);
	FIND(status_action_out);
	FIND(status_action_send);
	ways[nways++] = NULL;
	for (int i = 0; i < (int) lengthof(functions); i++)
	{
		const Function *function = &functions[i];

		if (function->nargs == 1 && function->args[0] == TEXT && function->result == STATUS_CODE &&
			!strstr(function->symbol, "bpchar") && nways < (int) lengthof(ways))
			ways[nways++] = function;
	}
	if (nways < 2)
		violation("no cast from text found");
	find_operators();
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

	/* What lasts is checked as well. */
	top = TopMemoryContext;
	TopMemoryContext = create_context("extension");
	init();
	TopMemoryContext = top;
}

void
fuzz_run_input(const uint8 *data, size_t size)
{
	static const int encodings[] = {PG_UTF8, PG_SQL_ASCII, PG_EUC_JP};
	Lines		lines = {0};
	const uint8 *end = data + size;
	int			encoding;

	if (size < 2)
		return;
	MemoryContextSwitchTo(input_context);
	encoding = encodings[data[0] % lengthof(encodings)];
	lines.form = forms[data[1] % lengthof(forms)];
	lines.choice = data[1] / lengthof(forms);
	if (GetDatabaseEncoding() != encoding)
		set_encoding(encoding);
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
}
