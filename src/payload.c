/*
 * payload.c
 *		SQL functions that find the status codes in what a provider sends.
 *
 * The functions read only the catalog, and are IMMUTABLE, STRICT and PARALLEL
 * SAFE, so that a generated column can call them.  No payload raises an error:
 * one that has no code, or has something else where a code could be, gives
 * NULL.  Only a provider whose payloads are not supported is an error (22023).
 *
 * The shapes of a provider's payloads are declared in its catalog file.
 * catalog/README.md describes the declarations, and generate.pl turns them
 * into the tables that are included below.  This file has the interpreter of
 * these tables, and the one rule that cannot be declared: how the steps of a
 * Basiq job make its code (job_code).
 *
 * A payload may be large and hostile.  All recursion is bounded: a path has a
 * fixed number of steps, and generate.pl rejects jobs within jobs.  The work
 * is proportional to the size of the payload.
 */
#include "status_code.h"

#include "funcapi.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "payload_variant.h"
#include "text_match.h"
#include "utils/builtins.h"
#include "utils/jsonb.h"
#include "utils/numeric.h"

PG_FUNCTION_INFO_V1(status_code_from_json);
PG_FUNCTION_INFO_V1(provider_codes_status_codes_from_json);

/*
 * The declarations.  Each table is flat: a declaration that consists of others
 * refers to a range of rows of another table.  A string is an offset in
 * shape_strings, for string_at(), and 0 if there is none: see ref.h for the
 * reason.
 */
typedef struct ShapeRange
{
	uint16		first;
	uint16		count;
} ShapeRange;

/*
 * A step of a path.  It leads from a value to one of its members, to the
 * elements of a member, or to the elements of the value itself.
 */
typedef struct ShapeStep
{
	uint16		member;			/* none for the value itself */
	bool		elements;
	bool		or_itself;		/* a value that is no array is its own only
								 * element */
	ShapeRange	test;			/* at most one; elements that fail it are
								 * skipped */
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

/* A condition on the value at the end of a path. */
typedef struct ShapeTest
{
	ShapeRange	path;			/* steps without elements */
	ShapeTestKind kind;
	bool		negated;
	JsonType	type;			/* for TEST_TYPE */
	uint16		word;			/* for TEST_WORD */
} ShapeTest;

/* Where in a payload the items are, and which of them has the current code. */
typedef enum ItemsKind
{
	ITEMS_FIRST,				/* the first that has a code */
	ITEMS_LAST,					/* the last that has a code */
	ITEMS_JOB					/* the items are steps: see job_code() */
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
	ShapeRange	tests;			/* the line applies to items that pass all */
	uint16		provider;		/* of the code; index into payload_providers */
	uint16		variant;		/* of the code, if it has this one */
	bool		alternative;	/* only if the lines before found no code */
	bool		known;			/* only codes of the catalog are codes */
	bool		job;			/* the path leads to the steps of a job */
} ShapeLine;

typedef struct Shape
{
	ShapeRange	whens;			/* alternative sets of tests, one of which a
								 * payload of this shape passes */
	ShapeRange	items;			/* the first that the payload has is used */
	ShapeRange	lines;			/* for each item */
	ShapeRange	otherwise;		/* lines for the payload itself if no item has
								 * a code */
} Shape;

/* Another word for a code; a '*' in it matches any text. */
typedef struct ShapeAlias
{
	uint16		word;
	uint16		code;			/* position in the catalog */
} ShapeAlias;

/* Kinds of members beside a code that identify its variant. */
typedef enum VariantMember
{
	VARIANT_NAME,
	VARIANT_TITLE,
	VARIANT_DETAIL,
	NVARIANT_MEMBERS
} VariantMember;

typedef struct PayloadProvider
{
	uint16		name;
	bool		numeric;		/* its codes are numbers */
	int16		least;			/* the least number that payloads report; -1
								 * if they report all codes */
	int16		most;			/* the greatest */
	ShapeRange	shapes;			/* none if its payloads are not supported */
	ShapeRange	step_lines;		/* lines for the steps of its jobs */
	ShapeRange	variant_members[NVARIANT_MEMBERS];
	ShapeRange	aliases;
} PayloadProvider;

#define PAYLOAD_TABLES
#include "catalog_data.h"

StaticAssertDecl(sizeof(shape_strings) <= PG_UINT16_MAX,
				 "too many strings for uint16");

/* Returns a string of a declaration, which must have one. */
static inline const char *
string_at(uint16 offset)
{
	return &shape_strings[offset];
}

/* The elements of an array that a scan has not returned yet. */
typedef struct ElementScan
{
	JsonbContainer *array;		/* NULL if none are left, or if the step has
								 * no elements */
	uint32		left;
} ElementScan;

/* A scan over all values at the end of a path. */
typedef struct PathScan
{
	ShapeRange	path;
	JsonbValue	root;
	JsonbValue	holder;			/* the object that has the current value as a
								 * member; jbvNull if there is none */
	bool		started;
	bool		backwards;
	ElementScan elements[CATALOG_MAX_STEPS];
} PathScan;

/* A scan over all codes of an item. */
typedef struct ItemScan
{
	JsonbValue	item;
	ShapeRange	lines;
	int			line;			/* how many lines have been started */
	bool		in_line;		/* whether the last of them is not finished */
	bool		found;			/* whether a code has been found */
	PathScan	path;
} ItemScan;

/* A payload and its shape. */
typedef struct Payload
{
	const PayloadProvider *provider;
	const Shape *shape;			/* NULL if it has no declared shape */
	const ShapeItems *items;	/* NULL if it has no items */
	JsonbValue	root;
	MemoryContext context;		/* lives as long as this struct */
	Numeric		too_large;		/* limit of can_be_code(), or NULL */
} Payload;

static StatusCode *job_code(Payload *payload, JsonbContainer *steps);

/*
 * Providers
 */

/*
 * Adds a HINT to an error report: all providers whose payloads are supported.
 */
static int
errhint_providers(void)
{
	StringInfoData list;

	initStringInfo(&list);
	for (int i = 0; i < (int) lengthof(payload_providers); i++)
	{
		if (payload_providers[i].shapes.count > 0)
			appendStringInfo(&list, "%s\"%s\"", list.len > 0 ? ", " : "",
							 string_at(payload_providers[i].name));
	}
	return errhint("Payloads of %s are supported. For another provider, use status_code(provider, code).",
				   list.data);
}

/*
 * Returns the provider with this name; raises 22023 if its payloads are not
 * supported.
 */
static const PayloadProvider *
get_payload_provider(const text *name)
{
	const char *data = VARDATA_ANY(name);
	int			len = VARSIZE_ANY_EXHDR(name);

	for (int i = 0; i < (int) lengthof(payload_providers); i++)
	{
		const PayloadProvider *provider = &payload_providers[i];
		const char *provider_name = string_at(provider->name);

		if (provider->shapes.count > 0 &&
			(int) strlen(provider_name) == len &&
			memcmp(provider_name, data, len) == 0)
			return provider;
	}
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("payloads of provider \"%s\" are not supported",
					status_code_excerpt(data, len)),
			 errhint_providers()));
}

/*
 * JSON values
 */

/* Returns a value as an object, or NULL if it is none. */
static JsonbContainer *
as_object(const JsonbValue *value)
{
	if (value->type == jbvBinary &&
		JsonContainerIsObject(value->val.binary.data))
		return value->val.binary.data;
	return NULL;
}

/* Returns a value as an array, or NULL if it is none. */
static JsonbContainer *
as_array(const JsonbValue *value)
{
	if (value->type == jbvBinary &&
		JsonContainerIsArray(value->val.binary.data))
		return value->val.binary.data;
	return NULL;
}

/*
 * Gets the member of an object with this name, which may be a JSON null.
 * Returns false if there is none, or the value is not an object.
 */
static bool
get_member(const JsonbValue *object, const char *name, JsonbValue *member)
{
	JsonbContainer *container = as_object(object);

	if (container == NULL)
		return false;
	return getKeyJsonValueFromContainer(container, name, strlen(name),
										member) != NULL;
}

/*
 * Gets the element of an array with this index, which must be less than the
 * array's size.  The server finds it in at most JB_OFFSET_STRIDE steps.
 */
static void
get_element(JsonbContainer *array, uint32 index, JsonbValue *value)
{
	JsonbValue *element = getIthJsonbValueFromContainer(array, index);

	*value = *element;
	pfree(element);
}

/* Returns whether a value is exactly this string. */
static bool
is_word(const JsonbValue *value, const char *word)
{
	return value->type == jbvString &&
		value->val.string.len == (int) strlen(word) &&
		memcmp(value->val.string.val, word, value->val.string.len) == 0;
}

/*
 * Returns whether a value is the truth value that a word denotes, "true" or
 * "false".
 */
static bool
is_truth_value(const JsonbValue *value, const char *word)
{
	return value->type == jbvBool &&
		strcmp(word, value->val.boolean ? "true" : "false") == 0;
}

/* Returns whether a value is a string that is not only white space. */
static bool
has_words(const JsonbValue *value)
{
	const char *words;
	int			len;

	if (value->type != jbvString)
		return false;
	words = value->val.string.val;
	len = value->val.string.len;
	text_trim(&words, &len);
	return len > 0;
}

/* Returns whether a value has this type. */
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

/* Returns whether a value passes a test. */
static bool
passes(const ShapeTest *test, const JsonbValue *value)
{
	JsonbValue	at = *value;
	bool		present = true;
	bool		holds;

	for (int i = 0; i < test->path.count && present; i++)
	{
		const ShapeStep *step = &shape_steps[test->path.first + i];
		JsonbValue	object = at;

		present = get_member(&object, string_at(step->member), &at);
	}
	switch (test->kind)
	{
		case TEST_WORD:
			holds = present && (is_word(&at, string_at(test->word)) ||
								is_truth_value(&at, string_at(test->word)));
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

/* Returns whether a value passes all tests of a range. */
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

/*
 * Starts a scan over the values at the end of a path from "root".  With
 * "backwards", arrays are scanned from their ends.
 */
static void
begin_path(PathScan *scan, ShapeRange path, const JsonbValue *root,
		   bool backwards)
{
	scan->path = path;
	scan->root = *root;
	scan->started = false;
	scan->backwards = backwards;
}

/*
 * Gets the next element at a step that passes the step's test.  Returns false
 * if none is left.
 */
static bool
next_element(PathScan *scan, int step, JsonbValue *value)
{
	ShapeRange	test = shape_steps[scan->path.first + step].test;
	ElementScan *elements = &scan->elements[step];

	while (elements->array && elements->left > 0)
	{
		uint32		index = elements->left - 1;

		if (!scan->backwards)
			index = JsonContainerSize(elements->array) - elements->left;
		CHECK_FOR_INTERRUPTS();
		elements->left--;
		get_element(elements->array, index, value);
		if (passes_all(test, value))
			return true;
	}
	elements->array = NULL;
	return false;
}

/*
 * Takes one step from a value, which is replaced.  Returns false if the step
 * leads to no value.
 */
static bool
take_step(PathScan *scan, int step, JsonbValue *value)
{
	const ShapeStep *at = &shape_steps[scan->path.first + step];
	ElementScan *elements = &scan->elements[step];

	elements->array = NULL;
	if (at->member != 0)
	{
		scan->holder = *value;
		if (!get_member(&scan->holder, string_at(at->member), value) ||
			value->type == jbvNull)
			return false;
	}
	if (!at->elements)
		return true;
	elements->array = as_array(value);
	if (elements->array == NULL)
		return at->or_itself;
	scan->holder.type = jbvNull;
	elements->left = JsonContainerSize(elements->array);
	return next_element(scan, step, value);
}

/*
 * Gets the next element at the last step before "step" that has one left.
 * Returns that step, or -1 if there is none.
 */
static int
step_back(PathScan *scan, int step, JsonbValue *value)
{
	while (--step >= 0)
	{
		if (next_element(scan, step, value))
			break;
	}
	return step;
}

/* Gets the next value at the end of a path.  Returns false after the last. */
static bool
next_value(PathScan *scan, JsonbValue *value)
{
	int			step = 0;

	if (scan->started)
	{
		scan->holder.type = jbvNull;
		step = step_back(scan, scan->path.count, value) + 1;
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
			step = step_back(scan, step, value) + 1;
			if (step == 0)
				return false;
		}
	}
	return true;
}

/*
 * Returns whether a path leads to a value.  Where the path has elements, any
 * array will do, also an empty one.
 */
static bool
has_path(const JsonbValue *root, ShapeRange path)
{
	JsonbValue	at = *root;

	for (int i = 0; i < path.count; i++)
	{
		const ShapeStep *step = &shape_steps[path.first + i];
		JsonbValue	object = at;

		if (step->member != 0 &&
			(!get_member(&object, string_at(step->member), &at) ||
			 at.type == jbvNull))
			return false;
		if (step->elements && (as_array(&at) || !step->or_itself))
			return as_array(&at) != NULL;
	}
	return true;
}

/*
 * Codes
 */

/* Returns whether a word matches an alias, in which a '*' matches any text. */
static bool
matches_alias(const char *alias, const char *word, int len)
{
	const char *star = strchr(alias, '*');
	int			before = star ? star - alias : (int) strlen(alias);
	int			after = star ? strlen(star + 1) : 0;

	if (star ? len < before + after : len != before)
		return false;
	return memcmp(alias, word, before) == 0 &&
		(star == NULL || memcmp(star + 1, word + len - after, after) == 0);
}

/* Returns the code that has a word as an alias, or NULL. */
static const CatalogCode *
find_alias(const PayloadProvider *provider, const char *word, int len)
{
	for (int i = 0; i < provider->aliases.count; i++)
	{
		const ShapeAlias *alias = &shape_aliases[provider->aliases.first + i];

		if (matches_alias(string_at(alias->word), word, len))
			return catalog_code(alias->code);
	}
	return NULL;
}

/* Returns whether payloads report a code, which is a number or any word. */
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

/*
 * Returns the value of a provider's code, palloc'd; NULL if the word is not a
 * code that payloads report or, with "known", not one of the catalog.
 */
static StatusCode *
code_of_word(const PayloadProvider *provider, const char *word, int len,
			 bool known)
{
	StatusCodeParts parts = {
		.provider = string_at(provider->name),
		.provider_len = strlen(string_at(provider->name)),
		.code = word,
		.code_len = len
	};
	const CatalogCode *alias = find_alias(provider, word, len);
	StatusCode *code;

	if (alias)
		return status_code_of_catalog(alias);
	code = status_code_make(&parts);
	if (code &&
		((known && status_code_catalog_entry(code) == NULL) ||
		 !is_reported(provider, word, len)))
	{
		/* A payload can have millions of such words. */
		pfree(code);
		return NULL;
	}
	return code;
}

/*
 * Returns the least power of ten that has more digits than a code can have.
 * It is made once per payload.
 */
static Datum
get_limit(Payload *payload)
{
	if (payload->too_large == NULL)
	{
		MemoryContext oldcontext = MemoryContextSwitchTo(payload->context);
		char	   *limit = psprintf("1e%d", STATUS_CODE_MAX_LENGTH);
		Datum		number = DirectFunctionCall3(numeric_in,
												 CStringGetDatum(limit),
												 ObjectIdGetDatum(InvalidOid),
												 Int32GetDatum(-1));

		payload->too_large = DatumGetNumeric(number);
		pfree(limit);
		MemoryContextSwitchTo(oldcontext);
	}
	return NumericGetDatum(payload->too_large);
}

/*
 * Returns whether a number is whole and has few enough digits for a code.  It
 * is converted to text only then.
 */
static bool
can_be_code(Payload *payload, Numeric number)
{
	Datum		size = DirectFunctionCall1(numeric_abs,
										   NumericGetDatum(number));
	Datum		limit = get_limit(payload);
	bool		result = false;

	if (DatumGetBool(DirectFunctionCall2(numeric_lt, size, limit)))
	{
		Datum		whole = DirectFunctionCall2(numeric_trunc, size,
												Int32GetDatum(0));

		result = DatumGetBool(DirectFunctionCall2(numeric_eq, size, whole));
		pfree(DatumGetPointer(whole));
	}
	pfree(DatumGetPointer(size));
	return result;
}

/*
 * Returns the code that a JSON value denotes, without its variant, palloc'd;
 * NULL if it denotes none.  401.0 and 4.01e2 are the number 401.  If the
 * provider's codes are words, a number is a code only if the catalog has it.
 */
static StatusCode *
code_of_value(Payload *payload, const PayloadProvider *provider,
			  const JsonbValue *value, bool known)
{
	StatusCode *code;
	char	   *digits;

	if (value->type == jbvString)
		return code_of_word(provider, value->val.string.val,
							value->val.string.len, known);
	if (value->type != jbvNumeric || !can_be_code(payload, value->val.numeric))
		return NULL;
	digits = numeric_normalize(value->val.numeric);
	code = code_of_word(provider, digits, strlen(digits),
						known || !provider->numeric);
	pfree(digits);
	return code;
}

/*
 * Returns the variant of a code that an object's members of one kind identify,
 * or NULL.  Sets *present to whether any of these members has words.
 */
static const CatalogCode *
find_variant(const PayloadProvider *provider, VariantMember kind,
			 const CatalogCode *code, const JsonbValue *object, bool *present)
{
	ShapeRange	members = provider->variant_members[kind];

	*present = false;
	for (int i = 0; i < members.count; i++)
	{
		const char *member = string_at(shape_members[members.first + i]);
		const CatalogCode *variant;
		JsonbValue	value;
		const char *words;
		int			len;

		if (!get_member(object, member, &value) || !has_words(&value))
			continue;
		*present = true;
		words = value.val.string.val;
		len = value.val.string.len;
		if (kind == VARIANT_NAME)
			variant = variant_by_name(code, words, len);
		else if (kind == VARIANT_TITLE)
			variant = variant_by_words(code, WORDS_TITLE, words, len);
		else
			variant = variant_by_words(code, WORDS_DETAIL, words, len);
		if (variant)
			return variant;
	}
	return NULL;
}

/*
 * Returns the variant of a code that the line or the object with the code
 * identifies, or the code itself.  A title is used only if there is no detail:
 * a detail that is documented for no variant means that the code is none of
 * them.
 */
static StatusCode *
refine_code(Payload *payload, const ShapeLine *line, const JsonbValue *object,
			StatusCode *code)
{
	const PayloadProvider *provider = payload->provider;
	const CatalogCode *entry = status_code_catalog_entry(code);
	const CatalogCode *variant = NULL;
	bool		present = false;

	if (entry == NULL || entry->variants == 0)
		return code;
	if (line->variant != 0)
	{
		const char *name = string_at(line->variant);

		variant = variant_by_name(entry, name, strlen(name));
	}
	if (variant == NULL && as_object(object) == NULL)
		return code;
	if (variant == NULL)
		variant = find_variant(provider, VARIANT_NAME, entry, object,
							   &present);
	if (variant == NULL)
		variant = find_variant(provider, VARIANT_DETAIL, entry, object,
							   &present);
	if (variant == NULL && !present)
		variant = find_variant(provider, VARIANT_TITLE, entry, object,
							   &present);
	return variant ? status_code_of_catalog(variant) : code;
}

/*
 * Returns the code that a line finds in a value, palloc'd, or NULL.  "holder"
 * is the object that has the value as a member, or a JSON null.
 */
static StatusCode *
code_at(Payload *payload, const ShapeLine *line, const JsonbValue *value,
		const JsonbValue *holder)
{
	const PayloadProvider *provider = &payload_providers[line->provider];
	StatusCode *code;

	if (line->job)
		return as_array(value) ? job_code(payload, as_array(value)) : NULL;
	code = code_of_value(payload, provider, value, line->known);
	return code ? refine_code(payload, line, holder, code) : NULL;
}

/* Starts a scan over the codes of an item. */
static void
begin_item(ItemScan *scan, const JsonbValue *item, ShapeRange lines)
{
	scan->item = *item;
	scan->lines = lines;
	scan->line = 0;
	scan->in_line = false;
	scan->found = false;
}

/*
 * Starts the next line that applies to the item.  Returns false after the
 * last.
 */
static bool
begin_line(ItemScan *scan)
{
	while (scan->line < scan->lines.count)
	{
		const ShapeLine *line = &shape_lines[scan->lines.first + scan->line++];

		if ((line->alternative && scan->found) ||
			!passes_all(line->tests, &scan->item))
			continue;
		begin_path(&scan->path, line->path, &scan->item, false);
		return true;
	}
	return false;
}

/* Returns the next code of an item, palloc'd; NULL after the last. */
static StatusCode *
next_item_code(Payload *payload, ItemScan *scan)
{
	for (;;)
	{
		const ShapeLine *line;
		JsonbValue	value;

		if (!scan->in_line && !begin_line(scan))
			return NULL;
		scan->in_line = true;
		line = &shape_lines[scan->lines.first + scan->line - 1];
		while (next_value(&scan->path, &value))
		{
			StatusCode *code = code_at(payload, line, &value,
									   &scan->path.holder);

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

/* Returns the first code of an item, palloc'd, or NULL. */
static StatusCode *
first_item_code(Payload *payload, const JsonbValue *item, ShapeRange lines)
{
	ItemScan	scan;

	begin_item(&scan, item, lines);
	return next_item_code(payload, &scan);
}

/* Returns whether a job with this code waits for someone to act. */
static bool
is_waiting(const StatusCode *code)
{
	const StatusMeaning *meaning = status_code_builtin_meaning(code);

	return meaning->terminal == TRI_FALSE &&
		meaning->category != CATEGORY_PROGRESS;
}

/*
 * Returns the code of a job with these steps, palloc'd; NULL if none of them
 * has a status.  It is
 *
 *	- the code of the first failed step;
 *	- else the code of the first step in progress that waits for someone;
 *	- else "success" or "pending", if that is the status of all steps;
 *	- else "in-progress".
 */
static StatusCode *
job_code(Payload *payload, JsonbContainer *steps)
{
	const PayloadProvider *provider = payload->provider;
	uint32		size = JsonContainerSize(steps);
	uint32		with_status = 0;
	uint32		successful = 0;
	uint32		pending = 0;
	StatusCode *waiting = NULL;
	const char *word;

	for (uint32 i = 0; i < size; i++)
	{
		ShapeRange	lines = provider->step_lines;
		JsonbValue	step;
		JsonbValue	status;

		CHECK_FOR_INTERRUPTS();
		get_element(steps, i, &step);
		if (!get_member(&step, "status", &status) || status.type != jbvString)
			continue;
		if (is_word(&status, "failed"))
		{
			StatusCode *code = first_item_code(payload, &step, lines);

			if (code == NULL)
				code = code_of_value(payload, provider, &status, false);
			return code;
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
	if (successful == size)
		word = "success";
	else if (pending == size)
		word = "pending";
	else
		word = "in-progress";
	return code_of_word(provider, word, strlen(word), false);
}

/*
 * Payloads
 */

/*
 * Returns whether a payload passes one of a shape's sets of tests.  A shape
 * without any accepts all payloads that have its items.
 */
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

/* Returns the items of a shape that a payload has, or NULL. */
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

/*
 * Sets up a payload and finds its shape.  "jsonb" must live as long as the
 * current memory context.
 */
static void
open_payload(Payload *payload, const text *provider_name, Jsonb *jsonb)
{
	ShapeRange	shapes;

	payload->provider = get_payload_provider(provider_name);
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
	shapes = payload->provider->shapes;
	for (int i = 0; i < shapes.count && !payload->shape; i++)
	{
		const Shape *shape = &shape_shapes[shapes.first + i];

		if (!has_marks(shape, &payload->root))
			continue;
		payload->items = find_items(shape, &payload->root);
		if (payload->items || shape->whens.count > 0)
			payload->shape = shape;
	}
}

/*
 * Returns the code of the first item, or of the last, that has one, palloc'd;
 * NULL if none has.
 */
static StatusCode *
current_code(Payload *payload)
{
	const ShapeItems *items = payload->items;
	StatusCode *code = NULL;
	PathScan	scan;
	JsonbValue	item;

	begin_path(&scan, items->path, &payload->root,
			   items->kind == ITEMS_LAST);
	while (code == NULL && next_value(&scan, &item))
	{
		CHECK_FOR_INTERRUPTS();
		code = first_item_code(payload, &item, payload->shape->lines);
	}
	return code;
}

/*
 * Returns the array whose elements a path leads to.  The payload must have the
 * path, and only its last step has elements.
 */
static JsonbContainer *
array_at(const Payload *payload, ShapeRange path)
{
	JsonbValue	at = payload->root;

	for (int i = 0; i < path.count; i++)
	{
		const ShapeStep *step = &shape_steps[path.first + i];
		JsonbValue	object = at;

		if (step->member != 0)
			get_member(&object, string_at(step->member), &at);
	}
	return as_array(&at);
}

/*
 * status_code_from_json(provider text, payload jsonb) -> status_code
 *
 * Returns the code that a payload reports as the current one; NULL if it has
 * none.
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
		code = first_item_code(&payload, &payload.root,
							   payload.shape->otherwise);
	if (code == NULL)
		PG_RETURN_NULL();
	PG_RETURN_STATUS_CODE(code);
}

/* A scan over all codes of a payload. */
typedef struct PayloadScan
{
	Payload		payload;
	PathScan	items;
	ItemScan	item;
	bool		in_item;
	bool		otherwise;		/* no item has a code: the scan is over the
								 * payload itself */
} PayloadScan;

/* Starts a scan over the codes of a payload that has been set up. */
static void
begin_payload(PayloadScan *scan)
{
	Payload    *payload = &scan->payload;

	if (payload->shape && payload->items)
		begin_path(&scan->items, payload->items->path, &payload->root, false);
}

/*
 * Returns the next code of a payload that has a shape, palloc'd; NULL after
 * the last.  "is_first" says that none has been returned before.
 */
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
 * Returns the codes of all items, in the order of the payload.
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

		/* A detoasted copy of the payload must live as long as the scan. */
		oldcontext = MemoryContextSwitchTo(funcctx->multi_call_memory_ctx);
		scan = palloc0(sizeof(PayloadScan));
		open_payload(&scan->payload, PG_GETARG_TEXT_PP(0),
					 PG_GETARG_JSONB_P(1));
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
