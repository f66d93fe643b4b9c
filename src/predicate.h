/*
 * predicate.h
 *		Predicates over status codes, and the values for which each is true.
 *
 * A predicate depends on the meaning of a value, and it is true only for
 * values that the catalog, the overrides or a class of numbers describes.  So
 * the set of values for which it is true is finite, and the planner can search
 * an index for them: see planner.c.
 */
#ifndef PROVIDER_CODES_PREDICATE_H
#define PROVIDER_CODES_PREDICATE_H

#include "lookup.h"
#include "utils/array.h"

#pragma GCC visibility push(hidden)

typedef enum PredicateKind
{
	PREDICATE_PLAIN,			/* has no argument besides the status code */
	PREDICATE_CATEGORY,			/* has a status_category as an argument */
	PREDICATE_ACTION			/* has a status_action as an argument */
} PredicateKind;

/* A predicate and its two SQL functions. */
typedef struct PredicateFunction
{
	const char *name;			/* of the function that consults overrides */
	PGFunction	current;
	PGFunction	builtin;
	PredicateKind kind;

	/* Return TRI_...; the first is set if the kind is PREDICATE_PLAIN. */
	int			(*plain_value) (const StatusMeaning *meaning);
	int			(*label_value) (const StatusMeaning *meaning, uint8 label);
} PredicateFunction;

/*
 * Returns the value of a predicate, TRI_...  "label" is its category or
 * action; it is ignored if the predicate is plain.
 */
static inline int
predicate_value(const PredicateFunction *function,
				const StatusMeaning *meaning, uint8 label)
{
	return function->plain_value ? function->plain_value(meaning) :
		function->label_value(meaning, label);
}

/*
 * Returns the predicate of an SQL function and sets "source" to the source of
 * its meanings; returns NULL if the function is not a predicate.
 */
extern const PredicateFunction *find_predicate(PGFunction function,
											   MeaningSource *source);

/* Returns the plain predicate with this name, or NULL if there is none. */
extern const PredicateFunction *find_plain_predicate(const text *name);

/* Returns the predicate of a kind other than PREDICATE_PLAIN. */
extern const PredicateFunction *predicate_of_kind(PredicateKind kind);

/*
 * Returns the set of a predicate: an array of all values for which it is true,
 * in no particular order.  "type" is the OID of status_code.  The array
 * belongs to a cache and is valid until the next call.  With SOURCE_CURRENT,
 * this reads all overrides.
 */
extern const ArrayType *code_set(const PredicateFunction *function,
								 uint8 label, MeaningSource source, Oid type);

/* Returns the number of values in the set. */
extern int	code_set_size(const PredicateFunction *function, uint8 label,
						  MeaningSource source, Oid type);

/*
 * Returns the fraction of the catalog's codes for which a predicate is true.
 * The result is cached, because planning must not read the whole catalog for
 * every table.
 */
extern double catalog_fraction(const PredicateFunction *function, uint8 label);

#pragma GCC visibility pop

#endif							/* PROVIDER_CODES_PREDICATE_H */
