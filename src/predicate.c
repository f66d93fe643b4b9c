/*
 * predicate.c
 *		Predicates over status codes, and the values for which each is true.
 *
 * The SQL functions in this file are STRICT and PARALLEL SAFE.  Those that
 * consult the overrides are STABLE, their builtin_ twins IMMUTABLE.
 */
#include "predicate.h"

#include "catalog/pg_type.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "status_label.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"

/* A function and its builtin_ twin, defined in status_code_meaning.c. */
#define DECLARE_PREDICATE(name) \
	extern PGDLLEXPORT Datum provider_codes_##name(PG_FUNCTION_ARGS); \
	extern PGDLLEXPORT Datum provider_codes_builtin_##name(PG_FUNCTION_ARGS)

DECLARE_PREDICATE(is_retryable);
DECLARE_PREDICATE(is_terminal);
DECLARE_PREDICATE(is_success);
DECLARE_PREDICATE(is_error);
DECLARE_PREDICATE(is_known_code);
DECLARE_PREDICATE(in_category);
DECLARE_PREDICATE(has_action);

#define PLAIN_PREDICATE(name, value) \
	{#name, provider_codes_##name, provider_codes_builtin_##name, \
	PREDICATE_PLAIN, value, NULL}
#define LABEL_PREDICATE(name, value, kind) \
	{#name, provider_codes_##name, provider_codes_builtin_##name, \
	kind, NULL, value}

static const PredicateFunction predicates[] = {
	PLAIN_PREDICATE(is_retryable, meaning_is_retryable),
	PLAIN_PREDICATE(is_terminal, meaning_is_terminal),
	PLAIN_PREDICATE(is_success, meaning_is_success),
	PLAIN_PREDICATE(is_error, meaning_is_error),
	PLAIN_PREDICATE(is_known_code, meaning_is_known),
	LABEL_PREDICATE(in_category, meaning_has_category, PREDICATE_CATEGORY),
	LABEL_PREDICATE(has_action, meaning_has_action, PREDICATE_ACTION),
};

const PredicateFunction *
find_predicate(PGFunction function, MeaningSource *source)
{
	for (int i = 0; i < (int) lengthof(predicates); i++)
	{
		if (function == predicates[i].current)
		{
			*source = SOURCE_CURRENT;
			return &predicates[i];
		}
		if (function == predicates[i].builtin)
		{
			*source = SOURCE_BUILTIN;
			return &predicates[i];
		}
	}
	return NULL;
}

/* The values of an array that is being made. */
typedef struct CodeList
{
	Datum	   *values;
	int			count;
	int			size;
} CodeList;

static void
append_code(CodeList *list, const StatusCode *code)
{
	if (list->count == list->size)
	{
		list->size *= 2;
		list->values = repalloc(list->values, list->size * sizeof(Datum));
	}
	list->values[list->count++] = StatusCodeGetDatum(code);
}

/*
 * Returns the codes that a source knows, palloc'd: those of the catalog in
 * order, then those that only rows of overrides describe, in no order.
 */
static StatusCode **
known_codes(MeaningSource source, int *count)
{
	int			nrows = 0;
	StatusCode **rows = NULL;
	StatusCode **result;

	if (source == SOURCE_CURRENT)
		rows = overrides_codes(&nrows);
	result = palloc((CATALOG_CODES + nrows) * sizeof(StatusCode *));
	for (int i = 0; i < CATALOG_CODES; i++)
		result[i] = status_code_of_catalog(catalog_code(i));
	*count = CATALOG_CODES;
	for (int i = 0; i < nrows; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (status_code_catalog_entry(rows[i]) == NULL)
			result[(*count)++] = rows[i];
	}
	return result;
}

/* Appends the known codes for which a predicate is true. */
static void
append_known_codes(CodeList *list, const PredicateFunction *function,
				   uint8 label, MeaningSource source)
{
	int			count;
	StatusCode **codes = known_codes(source, &count);

	for (int i = 0; i < count; i++)
	{
		const StatusMeaning *meaning;

		CHECK_FOR_INTERRUPTS();
		meaning = lookup_meaning(codes[i], source);
		if (predicate_value(function, meaning, label) == TRI_TRUE)
			append_code(list, codes[i]);
	}
}

/*
 * Appends the numbers for which a predicate is true because of their class:
 * the catalog does not list them, and no row of overrides describes them.
 */
static void
append_class_numbers(CodeList *list, const PredicateFunction *function,
					 uint8 label, MeaningSource source)
{
	for (int provider = 1; provider <= CATALOG_MAX_PROVIDER_ID; provider++)
	{
		for (int number = 0; number < CATALOG_CODE_IDS; number++)
		{
			const StatusMeaning *meaning;
			StatusCode *code;

			meaning = catalog_meaning_at(provider, number);
			if (meaning->known ||
				predicate_value(function, meaning, label) != TRI_TRUE)
				continue;
			code = status_code_of_number(provider, number);
			if (lookup_meaning(code, source) == meaning)
				append_code(list, code);
		}
	}
}

/* Returns the set of a predicate as a new array. */
static ArrayType *
make_code_set(const PredicateFunction *function, uint8 label,
			  MeaningSource source, Oid type)
{
	CodeList	list;
	int16		typlen;
	bool		typbyval;
	char		typalign;

	list.count = 0;
	list.size = 64;
	list.values = palloc(list.size * sizeof(Datum));
	append_known_codes(&list, function, label, source);
	append_class_numbers(&list, function, label, source);
	get_typlenbyvalalign(type, &typlen, &typbyval, &typalign);
	return construct_array(list.values, list.count, type,
						   typlen, typbyval, typalign);
}

/*
 * The sets made so far.  The planner needs a set several times per query, and
 * the inner index scan of a nested loop once per outer row.  A set of the
 * catalog alone remains valid; a set with overrides is valid until these are
 * loaded again.
 */
typedef struct CodeSet
{
	ArrayType  *array;
	uint64		load;			/* overrides_state.loads when it was made */
} CodeSet;

static CodeSet code_sets[2][lengthof(predicates)][CATALOG_MAX_LABEL + 1];

/* Makes a set and stores it in the cache, in place of an older one. */
static void
store_code_set(CodeSet *set, const PredicateFunction *function, uint8 label,
			   MeaningSource source, Oid type)
{
	static MemoryContext scratch = NULL;
	MemoryContext oldcontext;
	ArrayType  *array;
	uint64		load = overrides_state.loads;

	if (scratch == NULL)
		scratch = AllocSetContextCreate(TopMemoryContext,
										"provider_codes code sets",
										ALLOCSET_DEFAULT_SIZES);
	oldcontext = MemoryContextSwitchTo(scratch);
	array = make_code_set(function, label, source, type);
	MemoryContextSwitchTo(TopMemoryContext);
	array = memcpy(palloc(VARSIZE(array)), array, VARSIZE(array));
	MemoryContextSwitchTo(oldcontext);
	MemoryContextReset(scratch);
	if (set->array)
		pfree(set->array);
	set->array = array;
	set->load = load;
}

const ArrayType *
code_set(const PredicateFunction *function, uint8 label, MeaningSource source,
		 Oid type)
{
	CodeSet    *set;

	if (source == SOURCE_CURRENT)
	{
		overrides_make_current();
		if (!overrides_state.any)
			source = SOURCE_BUILTIN;
	}
	if (label > CATALOG_MAX_LABEL)
		label = 0;				/* a damaged value; no code has this label */
	set = &code_sets[source][function - predicates][label];

	/* DROP EXTENSION and CREATE EXTENSION give status_code a new OID. */
	if (set->array == NULL || ARR_ELEMTYPE(set->array) != type ||
		(source == SOURCE_CURRENT && set->load != overrides_state.loads))
		store_code_set(set, function, label, source, type);
	return set->array;
}

int
code_set_size(const PredicateFunction *function, uint8 label,
			  MeaningSource source, Oid type)
{
	const ArrayType *set = code_set(function, label, source, type);

	return ArrayGetNItems(ARR_NDIM(set), ARR_DIMS(set));
}

double
catalog_fraction(const PredicateFunction *function, uint8 label)
{
	/* One more than the number of codes; 0 if they have not been counted. */
	static int	counts[lengthof(predicates)][CATALOG_MAX_LABEL + 1];
	int		   *count;

	if (label > CATALOG_MAX_LABEL)
		label = 0;
	count = &counts[function - predicates][label];
	if (*count == 0)
	{
		*count = 1;
		for (int i = 0; i < CATALOG_CODES; i++)
		{
			const StatusMeaning *meaning;

			meaning = catalog_code_meaning(catalog_code(i));
			if (predicate_value(function, meaning, label) == TRI_TRUE)
				*count += 1;
		}
	}
	return (double) (*count - 1) / CATALOG_CODES;
}

/*
 * Returns a set as the result of a function.  The result is a copy, because it
 * can be used after the next call of code_set().
 */
static Datum
return_code_set(FunctionCallInfo fcinfo, const PredicateFunction *function,
				uint8 label, MeaningSource source)
{
	Oid			array_type = get_func_rettype(fcinfo->flinfo->fn_oid);
	const ArrayType *set = code_set(function, label, source,
									get_element_type(array_type));

	PG_RETURN_ARRAYTYPE_P(memcpy(palloc(VARSIZE(set)), set, VARSIZE(set)));
}

const PredicateFunction *
find_plain_predicate(const text *name)
{
	size_t		len = VARSIZE_ANY_EXHDR(name);

	for (int i = 0; i < (int) lengthof(predicates); i++)
	{
		if (predicates[i].kind == PREDICATE_PLAIN &&
			strlen(predicates[i].name) == len &&
			memcmp(predicates[i].name, VARDATA_ANY(name), len) == 0)
			return &predicates[i];
	}
	return NULL;
}

const PredicateFunction *
predicate_of_kind(PredicateKind kind)
{
	int			i = 0;

	while (predicates[i].kind != kind)
		i++;
	return &predicates[i];
}

/*
 * Does the same as find_plain_predicate(), but raises an error for no match.
 */
static const PredicateFunction *
get_plain_predicate(const text *name)
{
	const PredicateFunction *found = find_plain_predicate(name);
	StringInfoData names;

	if (found)
		return found;

	initStringInfo(&names);
	for (int i = 0; i < (int) lengthof(predicates); i++)
	{
		if (predicates[i].kind == PREDICATE_PLAIN)
			appendStringInfo(&names, "%s%s", names.len > 0 ? ", " : "",
							 predicates[i].name);
	}
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("unrecognized predicate over status codes: \"%s\"",
					status_code_excerpt(VARDATA_ANY(name),
										VARSIZE_ANY_EXHDR(name))),
			 errhint("Valid values are: %s.", names.data)));
}

/*
 * codes_where(predicate text) -> status_code[]
 * codes_in_category(category status_category) -> status_code[]
 * codes_with_action(action status_action) -> status_code[]
 *
 * These and their twins builtin_codes_where(), builtin_codes_in_category() and
 * builtin_codes_with_action() return the set of a predicate.
 */
#define CODE_SET_FUNCTION(name, PREDICATE, LABEL, source) \
	PG_FUNCTION_INFO_V1(provider_codes_##name); \
	Datum \
	provider_codes_##name(PG_FUNCTION_ARGS) \
	{ \
		return return_code_set(fcinfo, PREDICATE, LABEL, source); \
	} \
	extern Datum provider_codes_##name(PG_FUNCTION_ARGS)

#define CODE_SET_FUNCTIONS(name, PREDICATE, LABEL) \
	CODE_SET_FUNCTION(name, PREDICATE, LABEL, SOURCE_CURRENT); \
	CODE_SET_FUNCTION(builtin_##name, PREDICATE, LABEL, SOURCE_BUILTIN)

CODE_SET_FUNCTIONS(codes_where, get_plain_predicate(PG_GETARG_TEXT_PP(0)), 0);
CODE_SET_FUNCTIONS(codes_in_category,
				   predicate_of_kind(PREDICATE_CATEGORY),
				   DatumGetLabel(PG_GETARG_DATUM(0)));
CODE_SET_FUNCTIONS(codes_with_action,
				   predicate_of_kind(PREDICATE_ACTION),
				   DatumGetLabel(PG_GETARG_DATUM(0)));
