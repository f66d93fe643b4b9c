/*
 * payload.c
 *		SQL functions that find the status code in what a provider sends.
 *
 * Both are IMMUTABLE, STRICT and PARALLEL SAFE, so that a generated column can
 * call them: they read the catalog alone.  No payload raises an error.  What
 * has no code, or has something else where a code might be, gives NULL.  Only
 * a provider whose payloads are not known is an error (22023).
 *
 * What the payloads of a provider look like is declared in its catalog file;
 * catalog/README.md describes the declarations, and generate.pl turns them
 * into the tables that are included below.  This file has the machine that
 * follows them, and the one rule that no declaration can say: what the code of
 * a job of Basiq is (job_code).
 *
 * A payload may be large and hostile.  Nothing here recurses without a bound:
 * a path has a fixed number of steps, and generate.pl refuses jobs within
 * jobs.  The work is proportional to the size of the payload.
 */
#include "status_code.h"

#include "funcapi.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/jsonb.h"
#include "utils/numeric.h"
#include "payload_variant.h"

PG_FUNCTION_INFO_V1(status_code_from_json);
PG_FUNCTION_INFO_V1(provider_codes_status_codes_from_json);

/*
 * The declarations.  Each table is flat: what consists of several rows of
 * another table has them as a range.
 */
typedef struct ShapeRange
{
	uint16		first;
	uint16		count;
} ShapeRange;

/* A step of a path: a member, its elements, or the elements of the value itself. */
typedef struct ShapeStep
{
	const char *member;			/* NULL: the value itself */
	bool		elements;
	bool		or_itself;		/* what is no array is its own only element */
	ShapeRange	test;			/* which of the elements: all, or those that pass the one test */
} ShapeStep;

typedef enum ShapeTestKind
{
	TEST_PRESENT,
	TEST_WORD,
	TEST_TYPE
} ShapeTestKind;

typedef enum JsonType
{
	JSON_STRING,
	JSON_NUMBER,
	JSON_BOOLEAN,
	JSON_OBJECT,
	JSON_ARRAY
} JsonType;

/* A condition on a value. */
typedef struct ShapeTest
{
	ShapeRange	path;			/* steps without elements */
	ShapeTestKind kind;
	bool		negated;
	JsonType	type;
	const char *word;
} ShapeTest;

/* Where in a payload the items are, and which of them is the current one. */
typedef enum ItemsKind
{
	ITEMS_FIRST,
	ITEMS_LAST,
	ITEMS_JOB					/* none: job_code() tells */
} ItemsKind;

typedef struct ShapeItems
{
	ShapeRange	path;
	ItemsKind	kind;
} ShapeItems;

/* Where in an item a code is. */
typedef struct ShapeLine
{
	ShapeRange	path;
	ShapeRange	tests;			/* all must hold for the item */
	uint16		provider;		/* whose code it is, as a place in payload_providers */
	const char *variant;		/* the variant that standing there tells; NULL: none */
	bool		alternative;	/* only where the lines before found none */
	bool		known;			/* only what the catalog lists is a code */
	bool		job;			/* the array there holds the steps of a job */
} ShapeLine;

typedef struct Shape
{
	ShapeRange	whens;			/* what marks a payload as of this shape */
	ShapeRange	items;			/* the first path that the payload has counts */
	ShapeRange	lines;
	ShapeRange	otherwise;		/* lines for the payload itself, where no item has a code */
} Shape;

/* Another word for a code; a '*' in it stands for any text. */
typedef struct ShapeAlias
{
	const char *word;
	uint16		code;			/* its place in the catalog */
} ShapeAlias;

/* What tells a variant. */
typedef enum ToldBy
{
	TOLD_BY_NAME,
	TOLD_BY_TITLE,
	TOLD_BY_DETAIL,
	NTOLD_BY
} ToldBy;

typedef struct PayloadProvider
{
	const char *name;
	bool		numeric;
	int16		least;			/* the numbers that a payload can report; -1: all */
	int16		most;
	ShapeRange	shapes;			/* none: its payloads are not known */
	ShapeRange	step_lines;		/* those for the steps of its jobs */
	ShapeRange	told_by[NTOLD_BY];	/* members beside a code */
	ShapeRange	aliases;
} PayloadProvider;

#define PAYLOAD_TABLES
#include "catalog_data.h"

/* All values at the end of a path, one after the other. */
typedef struct PathScan
{
	ShapeRange	path;
	JsonbValue	root;
	JsonbValue	holder;			/* the object of which the value is a member; jbvNull: of none */
	bool		started;
	bool		backwards;
	struct
	{
		JsonbContainer *array;	/* NULL: not a step with elements, or none are left */
		uint32		left;
	}			elements[CATALOG_MAX_STEPS];
} PathScan;

/* All codes of an item, one after the other. */
typedef struct ItemScan
{
	JsonbValue	item;
	ShapeRange	lines;
	int			line;			/* how many lines have been begun */
	bool		in_line;
	bool		found;
	PathScan	path;
} ItemScan;

/* A payload and its shape. */
typedef struct Payload
{
	const PayloadProvider *provider;
	const Shape *shape;			/* NULL: of none */
	const ShapeItems *items;	/* NULL: it has no items */
	JsonbValue	root;
	MemoryContext context;		/* lasts as long as this */
	Numeric		too_large;		/* no code has as many digits; NULL: not made yet */
} Payload;

static StatusCode *job_code(Payload *payload, JsonbContainer *steps);

/*
 * Providers
 */

/* A hint of all providers whose payloads are known. */
static int
errhint_providers(void)
{
	StringInfoData list;

	initStringInfo(&list);
	for (int i = 0; i < (int) lengthof(payload_providers); i++)
	{
		if (payload_providers[i].shapes.count > 0)
			appendStringInfo(&list, "%s\"%s\"", list.len > 0 ? ", " : "",
							 payload_providers[i].name);
	}
	return errhint("The providers whose payloads are known are %s. Make the codes of others with status_code(provider, code).",
				   list.data);
}

/* Returns the provider of a payload; raises 22023 if its payloads are not known. */
static const PayloadProvider *
get_payload_provider(const text *name)
{
	int			len = VARSIZE_ANY_EXHDR(name);
	int			shown = status_code_shown_length(VARDATA_ANY(name), len);

	for (int i = 0; i < (int) lengthof(payload_providers); i++)
	{
		const PayloadProvider *provider = &payload_providers[i];

		if ((int) strlen(provider->name) == len &&
			memcmp(provider->name, VARDATA_ANY(name), len) == 0 && provider->shapes.count > 0)
			return provider;
	}
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("payloads of provider \"%.*s%s\" are not known",
					shown, VARDATA_ANY(name), shown < len ? "..." : ""),
			 errhint_providers()));
}

/*
 * Values of JSON
 */

static JsonbContainer *
as_object(const JsonbValue *value)
{
	if (value->type == jbvBinary && JsonContainerIsObject(value->val.binary.data))
		return value->val.binary.data;
	return NULL;
}

static JsonbContainer *
as_array(const JsonbValue *value)
{
	if (value->type == jbvBinary && JsonContainerIsArray(value->val.binary.data))
		return value->val.binary.data;
	return NULL;
}

/* Looks up a member of an object, which may be null; false if there is none. */
static bool
get_member(const JsonbValue *object, const char *name, JsonbValue *member)
{
	JsonbContainer *container = as_object(object);

	return container &&
		getKeyJsonValueFromContainer(container, name, strlen(name), member) != NULL;
}

/*
 * An element of an array; any place below its size may be given.  The server
 * walks at most JB_OFFSET_STRIDE entries to find it, wherever it is.
 */
static void
get_element(JsonbContainer *array, uint32 place, JsonbValue *value)
{
	JsonbValue *element = getIthJsonbValueFromContainer(array, place);

	*value = *element;
	pfree(element);
}

static bool
is_word(const JsonbValue *value, const char *word)
{
	return value->type == jbvString && value->val.string.len == (int) strlen(word) &&
		memcmp(value->val.string.val, word, value->val.string.len) == 0;
}

static bool
is_of_type(const JsonbValue *value, JsonType type)
{
	switch (type)
	{
		case JSON_STRING:
			return value->type == jbvString;
		case JSON_NUMBER:
			return value->type == jbvNumeric;
		case JSON_BOOLEAN:
			return value->type == jbvBool;
		case JSON_OBJECT:
			return as_object(value) != NULL;
		case JSON_ARRAY:
			return as_array(value) != NULL;
	}
	return false;
}

/*
 * Conditions and paths
 */

static bool
passes(const ShapeTest *test, const JsonbValue *value)
{
	JsonbValue	at = *value;
	bool		present = true;
	bool		holds;

	for (int i = 0; i < test->path.count && present; i++)
	{
		JsonbValue	object = at;

		present = get_member(&object, shape_steps[test->path.first + i].member, &at);
	}
	switch (test->kind)
	{
		case TEST_WORD:
			holds = present && is_word(&at, test->word);
			break;
		case TEST_TYPE:
			holds = present && is_of_type(&at, test->type);
			break;
		default:
			holds = present;
			break;
	}
	return holds != test->negated;
}

static bool
passes_all(ShapeRange tests, const JsonbValue *value)
{
	for (int i = 0; i < tests.count; i++)
	{
		if (!passes(&shape_tests[tests.first + i], value))
			return false;
	}
	return true;
}

/* Begins to follow a path. */
static void
begin_path(PathScan *scan, ShapeRange path, const JsonbValue *root, bool backwards)
{
	scan->path = path;
	scan->root = *root;
	scan->started = false;
	scan->backwards = backwards;
}

/* Takes the next element that passes at a step; false if none is left. */
static bool
next_element(PathScan *scan, int step, JsonbValue *value)
{
	JsonbContainer *array = scan->elements[step].array;

	while (array && scan->elements[step].left > 0)
	{
		uint32		left = scan->elements[step].left--;

		CHECK_FOR_INTERRUPTS();
		get_element(array, scan->backwards ? left - 1 : JsonContainerSize(array) - left, value);
		if (passes_all(shape_steps[scan->path.first + step].test, value))
			return true;
	}
	scan->elements[step].array = NULL;
	return false;
}

/* Takes one step from a value; false if that leads nowhere. */
static bool
take_step(PathScan *scan, int step, JsonbValue *value)
{
	const ShapeStep *at = &shape_steps[scan->path.first + step];

	scan->elements[step].array = NULL;
	if (at->member)
	{
		scan->holder = *value;
		if (!get_member(&scan->holder, at->member, value) || value->type == jbvNull)
			return false;
	}
	if (!at->elements)
		return true;
	scan->elements[step].array = as_array(value);
	if (scan->elements[step].array == NULL)
		return at->or_itself;
	scan->holder.type = jbvNull;
	scan->elements[step].left = JsonContainerSize(scan->elements[step].array);
	return next_element(scan, step, value);
}

/* Goes back to the last step that has an element left, and takes that; returns the step, or -1. */
static int
take_back(PathScan *scan, int step, JsonbValue *value)
{
	while (--step >= 0)
	{
		if (next_element(scan, step, value))
			break;
	}
	return step;
}

/* The next value at the end of a path; false after the last. */
static bool
next_value(PathScan *scan, JsonbValue *value)
{
	int			step = 0;

	if (scan->started)
	{
		scan->holder.type = jbvNull;
		step = take_back(scan, scan->path.count, value) + 1;
		if (step == 0)
			return false;
	}
	else
	{
		scan->started = true;
		scan->holder.type = jbvNull;
		*value = scan->root;
	}
	while (step < scan->path.count)
	{
		if (take_step(scan, step, value))
			step++;
		else
		{
			step = take_back(scan, step, value) + 1;
			if (step == 0)
				return false;
		}
	}
	return true;
}

/* Does the payload have what the path leads to?  An array counts, also an empty one. */
static bool
has_path(const JsonbValue *root, ShapeRange path)
{
	JsonbValue	at = *root;

	for (int i = 0; i < path.count; i++)
	{
		const ShapeStep *step = &shape_steps[path.first + i];
		JsonbValue	object = at;

		if (step->member && (!get_member(&object, step->member, &at) || at.type == jbvNull))
			return false;
		if (step->elements && (as_array(&at) || !step->or_itself))
			return as_array(&at) != NULL;
	}
	return true;
}

/*
 * Codes
 */

/* Is a text an alias, in which a '*' stands for any text? */
static bool
matches_alias(const char *alias, const char *text, int len)
{
	const char *star = strchr(alias, '*');
	int			before = star ? star - alias : (int) strlen(alias);
	int			after = star ? strlen(star + 1) : 0;

	if (star ? len < before + after : len != before)
		return false;
	return memcmp(alias, text, before) == 0 &&
		(star == NULL || memcmp(star + 1, text + len - after, after) == 0);
}

/* The code of which a text is an alias, or NULL. */
static const CatalogCode *
find_alias(const PayloadProvider *provider, const char *text, int len)
{
	for (int i = 0; i < provider->aliases.count; i++)
	{
		const ShapeAlias *alias = &shape_aliases[provider->aliases.first + i];

		if (matches_alias(alias->word, text, len))
			return catalog_code(alias->code);
	}
	return NULL;
}

/* Can a payload report the number? */
static bool
is_reported(const PayloadProvider *provider, const char *digits, int len)
{
	int			number = 0;

	if (provider->least < 0)
		return true;
	if (len > 4)
		return false;
	for (int i = 0; i < len; i++)
		number = number * 10 + (digits[i] - '0');
	return number >= provider->least && number <= provider->most;
}

/* The value of a text; NULL if it is no code. */
static StatusCode *
code_of_text(const PayloadProvider *provider, const char *text, int len, bool known)
{
	StatusCodeParts parts = {
		.provider = provider->name,
		.provider_len = strlen(provider->name),
		.code = text,
		.code_len = len
	};
	const CatalogCode *alias = find_alias(provider, text, len);
	StatusCode *code;

	if (alias)
		return status_code_of_catalog(alias);
	code = status_code_make(&parts);
	if (code &&
		((known && status_code_catalog_entry(code) == NULL) || !is_reported(provider, text, len)))
	{
		/* A payload may have millions of them. */
		pfree(code);
		return NULL;
	}
	return code;
}

/* Is a number whole and short?  Its digits are written out only then. */
static bool
can_be_code(Payload *payload, Numeric number)
{
	Datum		size = DirectFunctionCall1(numeric_abs, NumericGetDatum(number));
	bool		result = false;

	if (payload->too_large == NULL)
	{
		MemoryContext oldcontext = MemoryContextSwitchTo(payload->context);
		char	   *limit = psprintf("1e%d", STATUS_CODE_MAX_LENGTH);

		payload->too_large = DatumGetNumeric(DirectFunctionCall3(numeric_in,
																 CStringGetDatum(limit),
																 ObjectIdGetDatum(InvalidOid),
																 Int32GetDatum(-1)));
		pfree(limit);
		MemoryContextSwitchTo(oldcontext);
	}
	if (DatumGetBool(DirectFunctionCall2(numeric_lt, size, NumericGetDatum(payload->too_large))))
	{
		Datum		whole = DirectFunctionCall2(numeric_trunc, size, Int32GetDatum(0));

		result = DatumGetBool(DirectFunctionCall2(numeric_eq, size, whole));
		pfree(DatumGetPointer(whole));
	}
	pfree(DatumGetPointer(size));
	return result;
}

/*
 * The value of what stands where a code might be, without its variant; NULL if
 * it is none.  401.0 and 4.01e2 are the number 401.  Where a provider's codes
 * are words, a number is one only if the catalog lists it.
 */
static StatusCode *
code_of_value(Payload *payload, const PayloadProvider *provider, const JsonbValue *value,
			  bool known)
{
	StatusCode *code;
	char	   *digits;

	if (value->type == jbvString)
		return code_of_text(provider, value->val.string.val, value->val.string.len, known);
	if (value->type != jbvNumeric || !can_be_code(payload, value->val.numeric))
		return NULL;
	digits = numeric_normalize(value->val.numeric);
	code = code_of_text(provider, digits, strlen(digits), known || !provider->numeric);
	pfree(digits);
	return code;
}

/* The variant that the members of one kind tell; *told is set if they say anything. */
static const CatalogCode *
variant_told_by(const PayloadProvider *provider, ToldBy kind, const CatalogCode *code,
				const JsonbValue *object, bool *told)
{
	ShapeRange	members = provider->told_by[kind];

	*told = false;
	for (int i = 0; i < members.count; i++)
	{
		const CatalogCode *variant;
		JsonbValue	words;

		if (!get_member(object, shape_members[members.first + i], &words) ||
			words.type != jbvString ||
			variant_words_are_blank(words.val.string.val, words.val.string.len))
			continue;
		*told = true;
		if (kind == TOLD_BY_NAME)
			variant = variant_by_name(code, words.val.string.val, words.val.string.len);
		else
			variant = variant_by_words(code, kind == TOLD_BY_TITLE ? WORDS_TITLE : WORDS_DETAIL,
									   words.val.string.val, words.val.string.len);
		if (variant)
			return variant;
	}
	return NULL;
}

/*
 * The variant of a code that its place, or else the object with the code,
 * tells; or else the code.  A title counts only beside no detail: a detail that
 * is documented for no variant says that it is none of them.
 */
static StatusCode *
refine_code(Payload *payload, const ShapeLine *line, const JsonbValue *object, StatusCode *code)
{
	const CatalogCode *entry = status_code_catalog_entry(code);
	const CatalogCode *variant = NULL;
	bool		told = false;

	if (entry == NULL || entry->variants == 0)
		return code;
	if (line->variant)
		variant = variant_by_name(entry, line->variant, strlen(line->variant));
	if (variant == NULL && as_object(object) == NULL)
		return code;
	if (variant == NULL)
		variant = variant_told_by(payload->provider, TOLD_BY_NAME, entry, object, &told);
	if (variant == NULL)
		variant = variant_told_by(payload->provider, TOLD_BY_DETAIL, entry, object, &told);
	if (variant == NULL && !told)
		variant = variant_told_by(payload->provider, TOLD_BY_TITLE, entry, object, &told);
	return variant ? status_code_of_catalog(variant) : code;
}

static StatusCode *
code_at(Payload *payload, const ShapeLine *line, const JsonbValue *value,
		const JsonbValue *holder)
{
	StatusCode *code;

	if (line->job)
		return as_array(value) ? job_code(payload, as_array(value)) : NULL;
	code = code_of_value(payload, &payload_providers[line->provider], value, line->known);
	return code ? refine_code(payload, line, holder, code) : NULL;
}

static void
begin_item(ItemScan *scan, const JsonbValue *item, ShapeRange lines)
{
	scan->item = *item;
	scan->lines = lines;
	scan->line = 0;
	scan->in_line = false;
	scan->found = false;
}

/* Begins the next line that applies to the item; false after the last. */
static bool
begin_line(ItemScan *scan)
{
	while (scan->line < scan->lines.count)
	{
		const ShapeLine *line = &shape_lines[scan->lines.first + scan->line++];

		if ((line->alternative && scan->found) || !passes_all(line->tests, &scan->item))
			continue;
		begin_path(&scan->path, line->path, &scan->item, false);
		return true;
	}
	return false;
}

/* The next code of an item; NULL after the last. */
static StatusCode *
next_item_code(Payload *payload, ItemScan *scan)
{
	for (;;)
	{
		JsonbValue	value;

		if (!scan->in_line && !begin_line(scan))
			return NULL;
		scan->in_line = true;
		while (next_value(&scan->path, &value))
		{
			StatusCode *code = code_at(payload, &shape_lines[scan->lines.first + scan->line - 1],
									   &value, &scan->path.holder);

			CHECK_FOR_INTERRUPTS();
			if (code)
			{
				scan->found = true;
				return code;
			}
		}
		scan->in_line = false;
	}
}

static StatusCode *
first_item_code(Payload *payload, const JsonbValue *item, ShapeRange lines)
{
	ItemScan	scan;

	begin_item(&scan, item, lines);
	return next_item_code(payload, &scan);
}

/* Does a job go on after the code, once somebody has acted? */
static bool
is_waiting(const StatusCode *code)
{
	const StatusMeaning *meaning = status_code_builtin_meaning(code);

	return meaning->terminal == TRI_FALSE && meaning->category != CATEGORY_PROGRESS;
}

/*
 * The code of a job by its steps: that of its first failed step; without one,
 * what a step that is in progress waits for; else the status that all steps
 * have, if that is "success" or "pending", and else "in-progress".  NULL if
 * there are no steps.
 */
static StatusCode *
job_code(Payload *payload, JsonbContainer *steps)
{
	uint32		size = JsonContainerSize(steps);
	uint32		with_status = 0;
	uint32		successful = 0;
	uint32		pending = 0;
	StatusCode *waiting = NULL;
	const char *word;

	for (uint32 i = 0; i < size; i++)
	{
		ShapeRange	lines = payload->provider->step_lines;
		JsonbValue	step;
		JsonbValue	status;

		CHECK_FOR_INTERRUPTS();
		get_element(steps, i, &step);
		if (!get_member(&step, "status", &status) || status.type != jbvString)
			continue;
		if (is_word(&status, "failed"))
		{
			StatusCode *code = first_item_code(payload, &step, lines);

			return code ? code : code_of_value(payload, payload->provider, &status, false);
		}
		with_status++;
		successful += is_word(&status, "success");
		pending += is_word(&status, "pending");
		if (waiting == NULL && is_word(&status, "in-progress"))
		{
			waiting = first_item_code(payload, &step, lines);
			if (waiting && !is_waiting(waiting))
			{
				pfree(waiting);
				waiting = NULL;
			}
		}
	}
	if (with_status == 0)
		return NULL;
	if (waiting)
		return waiting;
	word = successful == size ? "success" : pending == size ? "pending" : "in-progress";
	return code_of_text(payload->provider, word, strlen(word), false);
}

/*
 * Payloads
 */

/* Is a payload marked as of a shape?  A shape without marks takes any that has its items. */
static bool
has_marks(const Shape *shape, const JsonbValue *root)
{
	for (int i = 0; i < shape->whens.count; i++)
	{
		if (passes_all(shape_whens[shape->whens.first + i], root))
			return true;
	}
	return shape->whens.count == 0;
}

static const ShapeItems *
find_items(const Shape *shape, const JsonbValue *root)
{
	for (int i = 0; i < shape->items.count; i++)
	{
		const ShapeItems *items = &shape_items[shape->items.first + i];

		if (has_path(root, items->path))
			return items;
	}
	return NULL;
}

/* Takes a payload, which must last as long as the current memory context, and finds its shape. */
static void
open_payload(Payload *payload, const text *provider, Jsonb *jsonb)
{
	payload->provider = get_payload_provider(provider);
	payload->shape = NULL;
	payload->items = NULL;
	payload->context = CurrentMemoryContext;
	payload->too_large = NULL;
	if (!JsonbExtractScalar(&jsonb->root, &payload->root))
	{
		payload->root.type = jbvBinary;
		payload->root.val.binary.data = &jsonb->root;
		payload->root.val.binary.len = VARSIZE(jsonb) - VARHDRSZ;
	}
	for (int i = 0; i < payload->provider->shapes.count && !payload->shape; i++)
	{
		const Shape *shape = &shape_shapes[payload->provider->shapes.first + i];

		if (!has_marks(shape, &payload->root))
			continue;
		payload->items = find_items(shape, &payload->root);
		if (payload->items || shape->whens.count > 0)
			payload->shape = shape;
	}
}

/* The code of the current item, or NULL. */
static StatusCode *
current_code(Payload *payload)
{
	const ShapeItems *items = payload->items;
	StatusCode *code = NULL;
	PathScan	scan;
	JsonbValue	item;

	begin_path(&scan, items->path, &payload->root, items->kind == ITEMS_LAST);
	while (code == NULL && next_value(&scan, &item))
	{
		CHECK_FOR_INTERRUPTS();
		code = first_item_code(payload, &item, payload->shape->lines);
	}
	return code;
}

/* The array to which a path leads whose last step has elements. */
static JsonbContainer *
array_at(const Payload *payload, ShapeRange path)
{
	JsonbValue	at = payload->root;

	for (int i = 0; i < path.count; i++)
	{
		JsonbValue	object = at;

		if (shape_steps[path.first + i].member)
			get_member(&object, shape_steps[path.first + i].member, &at);
	}
	return as_array(&at);
}

/*
 * status_code_from_json(provider text, payload jsonb) -> status_code
 *
 * Returns the code that a payload reports now; NULL if it has none.
 */
Datum
status_code_from_json(PG_FUNCTION_ARGS)
{
	Payload		payload;
	StatusCode *code = NULL;

	open_payload(&payload, PG_GETARG_TEXT_PP(0), PG_GETARG_JSONB_P(1));
	if (payload.shape == NULL)
		PG_RETURN_NULL();
	if (payload.items && payload.items->kind == ITEMS_JOB)
		code = job_code(&payload, array_at(&payload, payload.items->path));
	else if (payload.items)
		code = current_code(&payload);
	if (code == NULL)
		code = first_item_code(&payload, &payload.root, payload.shape->otherwise);
	if (code == NULL)
		PG_RETURN_NULL();
	PG_RETURN_STATUS_CODE(code);
}

/* Where status_codes_from_json() has got to. */
typedef struct PayloadScan
{
	Payload		payload;
	PathScan	items;
	ItemScan	item;
	bool		in_item;
	bool		otherwise;		/* the items had no code, or there were none */
} PayloadScan;

static void
begin_payload(PayloadScan *scan)
{
	if (scan->payload.shape && scan->payload.items)
		begin_path(&scan->items, scan->payload.items->path, &scan->payload.root, false);
}

/* The code after those that were returned before; NULL after the last. */
static StatusCode *
next_code(PayloadScan *scan, bool is_first)
{
	Payload    *payload = &scan->payload;
	bool		has_items = payload->items != NULL && !scan->otherwise;
	StatusCode *code;
	JsonbValue	item;

	while (has_items && (scan->in_item || next_value(&scan->items, &item)))
	{
		CHECK_FOR_INTERRUPTS();
		if (!scan->in_item)
			begin_item(&scan->item, &item, payload->shape->lines);
		code = next_item_code(payload, &scan->item);
		scan->in_item = code != NULL;
		if (code)
			return code;
	}
	if (!scan->otherwise)
	{
		if (!is_first)
			return NULL;
		scan->otherwise = true;
		begin_item(&scan->item, &payload->root, payload->shape->otherwise);
	}
	return next_item_code(payload, &scan->item);
}

/*
 * status_codes_from_json(provider text, payload jsonb) -> setof status_code
 *
 * Returns the codes of all items in their order.
 */
Datum
provider_codes_status_codes_from_json(PG_FUNCTION_ARGS)
{
	FuncCallContext *funcctx;
	PayloadScan *scan;
	StatusCode *code = NULL;

	if (SRF_IS_FIRSTCALL())
	{
		MemoryContext oldcontext;

		funcctx = SRF_FIRSTCALL_INIT();
		/* An unpacked copy of the payload must last as long as the scan. */
		oldcontext = MemoryContextSwitchTo(funcctx->multi_call_memory_ctx);
		scan = palloc0(sizeof(PayloadScan));
		open_payload(&scan->payload, PG_GETARG_TEXT_PP(0), PG_GETARG_JSONB_P(1));
		begin_payload(scan);
		funcctx->user_fctx = scan;
		MemoryContextSwitchTo(oldcontext);
	}
	funcctx = SRF_PERCALL_SETUP();
	scan = funcctx->user_fctx;
	if (scan->payload.shape)
		code = next_code(scan, funcctx->call_cntr == 0);
	if (code == NULL)
		SRF_RETURN_DONE(funcctx);
	SRF_RETURN_NEXT(funcctx, StatusCodeGetDatum(code));
}
