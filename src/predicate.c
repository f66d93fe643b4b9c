/*
 * predicate.c
 *		Predicates over status codes, and the values for which each is true.
 *
 * The SQL functions here are STRICT and PARALLEL SAFE; those that consult the
 * overrides are STABLE, their builtin_ twins IMMUTABLE.
 */
#include "predicate.h"

#include "catalog/pg_type.h"
#include "status_label.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"

/* Each with its twin; defined in status_code_meaning.c. */
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

#define PLAIN_PREDICATE(name, test) \
	{#name, provider_codes_##name, provider_codes_builtin_##name, PREDICATE_PLAIN, .is_true_of = test}
#define LABEL_PREDICATE(name, test, kind) \
	{#name, provider_codes_##name, provider_codes_builtin_##name, kind, .has_label = test}

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
		if (function == predicates[i].current || function == predicates[i].builtin)
		{
			*source = function == predicates[i].current ? SOURCE_CURRENT : SOURCE_BUILTIN;
			return &predicates[i];
		}
	}
	return NULL;
}

/* A growing list of values, for an array. */
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
 * The values that are known by a source: the codes of the catalog in order, and
 * then those that only rows of overrides have, in none.  Palloc'd.
 */
static StatusCode **
known_codes(MeaningSource source, int *count)
{
	int			nrows = 0;
	StatusCode **rows = source == SOURCE_CURRENT ? overrides_codes(&nrows) : NULL;
	StatusCode **result = palloc((CATALOG_CODES + nrows) * sizeof(StatusCode *));

	for (int i = 0; i < CATALOG_CODES; i++)
		result[i] = status_code_of_catalog(catalog_code(i));
	*count = CATALOG_CODES;
	for (int i = 0; i < nrows; i++)
	{
		if (status_code_catalog_entry(rows[i]) == NULL)
			result[(*count)++] = rows[i];
	}
	return result;
}

/*
 * Makes the array of all values for which a predicate is true.  They are
 * enumerated in two disjoint parts: the known codes, and the numbers of a
 * class that aren't among these.
 */
static ArrayType *
make_code_set(const PredicateFunction *function, uint8 label, MeaningSource source, Oid type)
{
	CodeList	list = {.values = palloc(64 * sizeof(Datum)), .size = 64};
	int			nknown;
	StatusCode **known = known_codes(source, &nknown);

	for (int i = 0; i < nknown; i++)
	{
		if (predicate_answer(function, lookup_meaning(known[i], source), label) == TRI_TRUE)
			append_code(&list, known[i]);
	}
	for (int provider_id = 1; provider_id <= CATALOG_MAX_PROVIDER_ID; provider_id++)
	{
		for (int code_id = 0; code_id < CATALOG_CODE_IDS; code_id++)
		{
			const StatusMeaning *meaning = catalog_meaning_at(provider_id, code_id);
			StatusCode *code;

			if (meaning->known || predicate_answer(function, meaning, label) != TRI_TRUE)
				continue;
			code = status_code_of_number(provider_id, code_id);
			if (lookup_meaning(code, source) == meaning)
				append_code(&list, code);
		}
	}
	return construct_array(list.values, list.count, type, -1, false, TYPALIGN_INT);
}

/*
 * The sets made so far.  The planner asks for one several times per query, and
 * a nested loop's inner index scan once per outer row.  A set of the catalog
 * alone stays good; one with overrides until these are read again.
 */
typedef struct CodeSet
{
	ArrayType  *array;
	uint64		load;
} CodeSet;

static CodeSet code_sets[2][lengthof(predicates)][CATALOG_MAX_LABEL + 1];

const ArrayType *
code_set(const PredicateFunction *function, uint8 label, MeaningSource source, Oid type)
{
	static MemoryContext scratch = NULL;
	CodeSet    *set;

	if (source == SOURCE_CURRENT)
	{
		overrides_make_current();
		if (!overrides_state.any)
			source = SOURCE_BUILTIN;
	}
	if (label > CATALOG_MAX_LABEL)
		label = 0;				/* a damaged value, which no code has */
	set = &code_sets[source][function - predicates][label];

	/* A new status_code has another OID, after DROP and CREATE EXTENSION. */
	if (set->array == NULL || ARR_ELEMTYPE(set->array) != type ||
		(source == SOURCE_CURRENT && set->load != overrides_state.loads))
	{
		MemoryContext oldcontext;
		ArrayType  *array;
		uint64		load = overrides_state.loads;

		if (scratch == NULL)
			scratch = AllocSetContextCreate(TopMemoryContext, "provider_codes code sets",
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
	return set->array;
}

int
code_set_size(const PredicateFunction *function, uint8 label, MeaningSource source, Oid type)
{
	const ArrayType *set = code_set(function, label, source, type);

	return ArrayGetNItems(ARR_NDIM(set), ARR_DIMS(set));
}

double
catalog_fraction(const PredicateFunction *function, uint8 label)
{
	/* What was found so far; one more than the number of codes, so that 0 is no answer. */
	static int	found[lengthof(predicates)][CATALOG_MAX_LABEL + 1];
	int		   *count;

	if (label > CATALOG_MAX_LABEL)
		label = 0;
	count = &found[function - predicates][label];
	if (*count == 0)
	{
		*count = 1;
		for (int i = 0; i < CATALOG_CODES; i++)
		{
			if (predicate_answer(function, catalog_code(i)->meaning, label) == TRI_TRUE)
				(*count)++;
		}
	}
	return (double) (*count - 1) / CATALOG_CODES;
}

/* The set as a function's result: a copy, since a scan holds on to it. */
static Datum
return_code_set(FunctionCallInfo fcinfo, const PredicateFunction *function, uint8 label,
				MeaningSource source)
{
	Oid			type = get_element_type(get_func_rettype(fcinfo->flinfo->fn_oid));
	const ArrayType *set = code_set(function, label, source, type);

	PG_RETURN_ARRAYTYPE_P(memcpy(palloc(VARSIZE(set)), set, VARSIZE(set)));
}

const PredicateFunction *
find_plain_predicate(const text *name)
{
	for (int i = 0; i < (int) lengthof(predicates); i++)
	{
		if (predicates[i].kind == PREDICATE_PLAIN &&
			strlen(predicates[i].name) == VARSIZE_ANY_EXHDR(name) &&
			memcmp(predicates[i].name, VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name)) == 0)
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
			appendStringInfo(&names, "%s%s", names.len > 0 ? ", " : "", predicates[i].name);
	}
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("unknown predicate over status codes: \"%s\"", text_to_cstring(name)),
			 errhint("Valid values are: %s.", names.data)));
}

/*
 * codes_where(predicate text) -> status_code[]
 * codes_in_category(category status_category) -> status_code[]
 * codes_with_action(action status_action) -> status_code[]
 *
 * and their builtin_ twins: the values for which the predicate is true, in no
 * order.
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
CODE_SET_FUNCTIONS(codes_in_category, predicate_of_kind(PREDICATE_CATEGORY),
				   DatumGetLabel(PG_GETARG_DATUM(0)));
CODE_SET_FUNCTIONS(codes_with_action, predicate_of_kind(PREDICATE_ACTION),
				   DatumGetLabel(PG_GETARG_DATUM(0)));

