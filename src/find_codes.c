/*
 * find_codes.c
 *		SQL function that finds codes by what a person types.
 *
 * That is taken as words: words.h says what these are.  It is compared with
 * the fields of each known code: its text form, the code in that (with the
 * variant, where there is one), the variant alone, name, title, description
 * and user messages.  The score is the best of those that hold:
 *
 *	1.0		the text form, code or name is what was typed
 *	0.9		the title or variant is
 *	0.8		the text form, code or name begins with it
 *	0.7		the title or variant does
 *	0.6		one of these five has it further on, from a word's beginning
 *	0.5		the description or a user message has it, from a word's beginning
 *	0.4		each word typed begins a word of some field
 *	0.3		one of these five, but not the text form, was typed and misspelled
 *	0.2		each word typed begins a word of some field, or is one misspelled
 *
 * The last two are lessened by the share of wrong letters, which is a quarter
 * at most, so that the nearest come first.  A code for which nothing holds
 * isn't found.
 *
 * A provider's name beside other words narrows the search: of codes whose text
 * form has it, the other words alone are looked for as well, and of other
 * codes only a field that has all that was typed counts.
 *
 * Whoever types "error 501" means 501: beside other words, those that only say
 * that it is a code (FILLERS) need not be found.
 */
#include "code_sets.h"

#include "access/htup_details.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "nodes/pg_list.h"
#include "row_type.h"
#include "user_messages.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "words.h"

PG_FUNCTION_INFO_V1(find_status_codes);

/*
 * So that the work has a bound: a longer search finds nothing, and a longer
 * text of an override is searched up to here.  In bytes.
 */
#define LONGEST_SEARCH 1000
#define LONGEST_FIELD 10000

/* Words that say no more than that it is a code; in lower case, as words_of() gives them. */
#define FILLERS "code", "error", "status"

/* Scores are computed in thousandths: they are the same on every machine. */
#define FULL_SCORE 1000
#define SCORE_ALL_WORDS 400
#define SCORE_MISSPELLED 300
#define SCORE_MISSPELLED_WORDS 200

/* The score where a field is what was typed, begins with it, or has it further on. */
typedef struct FieldKind
{
	int			whole;
	int			beginning;
	int			part;
	bool		spelled;		/* what was typed may be all of it, misspelled */
} FieldKind;

static const FieldKind text_form_kind = {FULL_SCORE, 800, 600, false};
static const FieldKind identifier_kind = {FULL_SCORE, 800, 600, true};
static const FieldKind headline_kind = {900, 700, 600, true};
static const FieldKind prose_kind = {500, 500, 500, false};

/* Something about a code that is searched. */
typedef struct Field
{
	Words		words;
	const FieldKind *kind;
} Field;

/* What was typed. */
typedef struct Search
{
	Words		all;
	List	   *providers;		/* the Words of each provider whose name is among them */
	Words		others;			/* those of them that are in no provider's name */
	Words		telling;		/* those of these that are no fillers */
} Search;

/* A code that was found. */
typedef struct Found
{
	const StatusCode *code;
	int			score;
	HeapTuple	row;
} Found;

static List *
add_field(List *fields, const FieldKind *kind, const char *text, int len)
{
	Field	   *field = palloc(sizeof(Field));

	if (len > LONGEST_FIELD)
		len = pg_mbcliplen(text, len, LONGEST_FIELD);
	field->words = words_of(text, len);
	field->kind = kind;
	return lappend(fields, field);
}

static List *
add_text(List *fields, const FieldKind *kind, const text *value)
{
	if (value == NULL)
		return fields;
	return add_field(fields, kind, VARDATA_ANY(value), VARSIZE_ANY_EXHDR(value));
}

/* What is searched of a code, its text form first. */
static List *
list_fields(const StatusCode *code, const StatusMeaning *meaning)
{
	char		buffer[STATUS_CODE_MAX_LENGTH];
	int			len;
	const char *text = status_code_text(code, buffer, &len);
	StatusCodeParts parts = status_code_split(text, len);
	List	   *fields = NIL;

	fields = add_field(fields, &text_form_kind, text, len);
	fields = add_field(fields, &identifier_kind, parts.code, text + len - parts.code);
	if (parts.variant)
		fields = add_field(fields, &headline_kind, parts.variant, parts.variant_len);
	fields = add_text(fields, &identifier_kind, meaning->name);
	fields = add_text(fields, &headline_kind, meaning->title);
	fields = add_text(fields, &prose_kind, meaning->description);
	fields = add_text(fields, &prose_kind, user_message(meaning, LANGUAGE_EN));
	fields = add_text(fields, &prose_kind, user_message(meaning, LANGUAGE_ES));
	return fields;
}

/* A score, less by the share of what was typed that is wrong. */
static int
lessened(int score, int errors, int characters)
{
	return score - score * errors / characters;
}

/* How well a field alone answers a search; 0: not at all. */
static int
score_field(const Field *field, const Words *search)
{
	Word		typed = words_joined(search);
	Word		whole = words_joined(&field->words);
	int			place;
	int			errors;

	if (word_equal(typed, whole))
		return field->kind->whole;
	place = words_find(&field->words, search);
	if (place >= 0)
		return place == 0 ? field->kind->beginning : field->kind->part;
	if (!field->kind->spelled)
		return 0;
	errors = word_misspelling(typed, whole);
	if (errors == WORD_NOT_MISSPELLED)
		return 0;
	return lessened(SCORE_MISSPELLED, errors, word_characters(typed));
}

/* The errors in a word typed for the word of the fields that is nearest: 0 where it begins one. */
static int
errors_in_word(Word typed, List *fields)
{
	int			errors = WORD_NOT_MISSPELLED;
	ListCell   *cell;

	foreach(cell, fields)
	{
		const Words *words = &((Field *) lfirst(cell))->words;

		for (int i = 0; i < words->count; i++)
		{
			if (word_stands_for(typed, words_get(words, i)))
				return 0;
		}
	}
	foreach(cell, fields)
	{
		const Words *words = &((Field *) lfirst(cell))->words;

		for (int i = 0; i < words->count; i++)
			errors = Min(errors, word_misspelling(typed, words_get(words, i)));
	}
	return errors;
}

/* How well the fields together answer a search, wherever each of its words is; 0: not at all. */
static int
score_words(List *fields, const Words *search)
{
	int			total = 0;

	for (int i = 0; i < search->count; i++)
	{
		int			errors = errors_in_word(words_get(search, i), fields);

		if (errors == WORD_NOT_MISSPELLED)
			return 0;
		total += errors;
	}
	if (total == 0)
		return SCORE_ALL_WORDS;
	return lessened(SCORE_MISSPELLED_WORDS, total, word_characters(words_joined(search)));
}

/* How well the best field alone answers a search; 0: none does. */
static int
score_best_field(List *fields, const Words *search)
{
	int			score = 0;
	ListCell   *cell;

	foreach(cell, fields)
		score = Max(score, score_field(lfirst(cell), search));
	return score;
}

/* Has a text form all names of providers that are in a search? */
static bool
has_providers(const Words *text_form, const Search *search)
{
	ListCell   *cell;

	foreach(cell, search->providers)
	{
		if (words_find(text_form, lfirst(cell)) < 0)
			return false;
	}
	return true;
}

/* How well a code answers a search; 0: not at all. */
static int
score_code(const StatusCode *code, const StatusMeaning *meaning, const Search *search)
{
	List	   *fields = list_fields(code, meaning);
	const Field *first = linitial(fields);
	int			score = score_best_field(fields, &search->all);

	if (!has_providers(&first->words, search))
		return score;
	if (search->providers != NIL)
		score = Max(score, score_best_field(fields, &search->others));
	if (search->telling.count < search->others.count)
		score = Max(score, score_best_field(fields, &search->telling));
	if (score < SCORE_ALL_WORDS)
		score = Max(score, score_words(fields, &search->telling));
	return score;
}

/*
 * Notes a provider where its name is among the words typed, and marks these.
 * Once for all its codes.
 */
static void
note_provider(Search *search, bool *marks, const char *name, int len)
{
	Words	   *provider = palloc(sizeof(Words));
	bool		typed = false;
	ListCell   *cell;

	*provider = words_of(name, len);
	foreach(cell, search->providers)
	{
		if (word_equal(words_joined(lfirst(cell)), words_joined(provider)))
			return;
	}
	for (int i = 0; i < search->all.count; i++)
	{
		int			n = words_equal_at(&search->all, i, provider);

		memset(&marks[i], true, n * sizeof(bool));
		typed |= n > 0;
	}
	if (typed)
		search->providers = lappend(search->providers, provider);
}

static bool
is_filler(Word word)
{
	static const char *const fillers[] = {FILLERS};

	for (int i = 0; i < (int) lengthof(fillers); i++)
	{
		if (word_equal(word, (Word) {fillers[i], strlen(fillers[i])}))
			return true;
	}
	return false;
}

/* Those of the words typed that have no mark. */
static Words
unmarked_words(const Words *typed, const bool *marks)
{
	StringInfoData unmarked;

	initStringInfo(&unmarked);
	for (int i = 0; i < typed->count; i++)
	{
		Word		word = words_get(typed, i);

		if (marks[i])
			continue;
		appendBinaryStringInfo(&unmarked, word.data, word.len);
		appendStringInfoChar(&unmarked, ' ');
	}
	return words_of(unmarked.data, unmarked.len);
}

static Search
make_search(const text *typed, StatusCode **codes, int ncodes)
{
	Search		search = {.all = words_of(VARDATA_ANY(typed), VARSIZE_ANY_EXHDR(typed))};
	bool	   *marks = palloc0(search.all.count * sizeof(bool));

	for (int i = 0; i < ncodes; i++)
	{
		char		buffer[STATUS_CODE_MAX_LENGTH];
		int			len;
		const char *text = status_code_text(codes[i], buffer, &len);

		note_provider(&search, marks, text, status_code_split(text, len).provider_len);
	}
	search.others = unmarked_words(&search.all, marks);

	/* A provider's name alone is a word as any other. */
	if (search.others.count == 0)
	{
		search.providers = NIL;
		search.others = search.all;
	}

	/* And so are fillers alone. */
	for (int i = 0; i < search.all.count; i++)
		marks[i] |= is_filler(words_get(&search.all, i));
	search.telling = unmarked_words(&search.all, marks);
	if (search.telling.count == 0)
		search.telling = search.others;
	return search;
}

/* Best first; what is equally good, in the order of the codes. */
static int
compare_found(const void *a, const void *b)
{
	const Found *fa = a;
	const Found *fb = b;

	if (fa->score != fb->score)
		return fb->score - fa->score;
	return status_code_compare(fa->code, fb->code);
}

/* The row of the result for a code. */
static HeapTuple
form_row(TupleDesc desc, const StatusCode *code, int score, const StatusMeaning *meaning)
{
	Datum		values[] = {
		StatusCodeGetDatum(code),
		Float4GetDatum((float4) score / FULL_SCORE),
		PointerGetDatum(meaning->name),
		PointerGetDatum(meaning->title),
		PointerGetDatum(meaning->description),
	};
	bool		nulls[] = {
		false,
		false,
		meaning->name == NULL,
		meaning->title == NULL,
		meaning->description == NULL,
	};

	return heap_form_tuple(desc, values, nulls);
}

/*
 * Finds all codes that answer a search, best first; all that is returned is in
 * the current memory context.
 */
static Found *
find_codes(const text *typed, TupleDesc desc, uint64 *count)
{
	MemoryContext context = CurrentMemoryContext;
	MemoryContext scratch;
	int			ncodes;
	StatusCode **codes = known_codes(SOURCE_CURRENT, &ncodes);
	Search		search = make_search(typed, codes, ncodes);
	Found	   *found = palloc(ncodes * sizeof(Found));

	*count = 0;
	if (search.all.count == 0)
		return found;
	scratch = AllocSetContextCreate(context, "provider_codes search", ALLOCSET_DEFAULT_SIZES);
	for (int i = 0; i < ncodes; i++)
	{
		/* It may be gone when the next code is looked up; the row has copies. */
		const StatusMeaning *meaning = meaning_by_source(codes[i], SOURCE_CURRENT);
		int			score;

		CHECK_FOR_INTERRUPTS();
		MemoryContextSwitchTo(scratch);
		score = score_code(codes[i], meaning, &search);
		MemoryContextSwitchTo(context);
		MemoryContextReset(scratch);
		if (score > 0)
			found[(*count)++] = (Found) {codes[i], score, form_row(desc, codes[i], score, meaning)};
	}
	MemoryContextDelete(scratch);
	qsort(found, *count, sizeof(Found), compare_found);
	return found;
}

/*
 * find_status_codes(search text) -> setof (status status_code, score real,
 * name text, title text, description text): the known codes that somebody may
 * mean who types this, best first; equally good ones in the order of the
 * codes.  STABLE, STRICT and PARALLEL SAFE.
 */
Datum
find_status_codes(PG_FUNCTION_ARGS)
{
	FuncCallContext *funcctx;
	const Found *found;

	if (SRF_IS_FIRSTCALL())
	{
		MemoryContext oldcontext;
		text	   *typed = PG_GETARG_TEXT_PP(0);

		funcctx = SRF_FIRSTCALL_INIT();
		oldcontext = MemoryContextSwitchTo(funcctx->multi_call_memory_ctx);
		if (VARSIZE_ANY_EXHDR(typed) <= LONGEST_SEARCH)
			funcctx->user_fctx = find_codes(typed, result_row_type(fcinfo), &funcctx->max_calls);
		MemoryContextSwitchTo(oldcontext);
	}
	funcctx = SRF_PERCALL_SETUP();
	if (funcctx->call_cntr >= funcctx->max_calls)
		SRF_RETURN_DONE(funcctx);

	/* Before SRF_RETURN_NEXT() counts the call. */
	found = (const Found *) funcctx->user_fctx + funcctx->call_cntr;
	SRF_RETURN_NEXT(funcctx, HeapTupleGetDatum(found->row));
}
