/*
 * predicate.h
 *		Predicates over status codes, and the values for which each is true.
 *
 * A predicate is decided by a value's meaning, and only values that the
 * catalog, the overrides or a class of numbers speaks of have one.  So the
 * values for which a predicate is true can be listed, and the planner can look
 * for them in an index on the column: see planner.c.
 */
#ifndef PROVIDER_CODES_PREDICATE_H
#define PROVIDER_CODES_PREDICATE_H

#include "lookup.h"
#include "utils/array.h"

#pragma GCC visibility push(hidden)

typedef enum PredicateKind
{
	PREDICATE_PLAIN,			/* asks for no label */
	PREDICATE_CATEGORY,
	PREDICATE_ACTION
} PredicateKind;

/* A predicate and the SQL functions that have it. */
typedef struct PredicateFunction
{
	const char *name;
	PGFunction	current;
	PGFunction	builtin;
	PredicateKind kind;
	int			(*is_true_of) (const StatusMeaning *meaning);	/* of a plain one */
	int			(*has_label) (const StatusMeaning *meaning, uint8 label);	/* of the others */
} PredicateFunction;

/* TRI_...; "label" is the category or action that is asked for, where one is. */
static inline int
predicate_answer(const PredicateFunction *function, const StatusMeaning *meaning, uint8 label)
{
	return function->is_true_of ? function->is_true_of(meaning) :
		function->has_label(meaning, label);
}

/* The predicate of a function, and where that looks; NULL where it has none. */
extern const PredicateFunction *find_predicate(PGFunction function, MeaningSource *source);

/* The predicate without a label that a function of this name has, or NULL. */
extern const PredicateFunction *find_plain_predicate(const text *name);

/* The one that asks for a category, or for an action. */
extern const PredicateFunction *predicate_of_kind(PredicateKind kind);

/*
 * All values for which a predicate is true.  The array belongs to the cache and
 * may be gone with the next call; "type" is status_code's OID.
 */
extern const ArrayType *code_set(const PredicateFunction *function, uint8 label,
								 MeaningSource source, Oid type);

/* How many they are. */
extern int	code_set_size(const PredicateFunction *function, uint8 label, MeaningSource source,
						  Oid type);

/*
 * Of how many of the catalog's codes a predicate is true, as a fraction.  Found
 * once: planning must not go through the catalog for every table.
 */
extern double catalog_fraction(const PredicateFunction *function, uint8 label);

#pragma GCC visibility pop

#endif							/* PROVIDER_CODES_PREDICATE_H */
