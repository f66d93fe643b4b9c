/*
 * attribute_list.h
 *		The attributes of a status code.
 *
 * A file that includes this one defines what to make of each attribute, as
 * ATTRIBUTE and, where it needs these too, CATALOG_ATTRIBUTE.  It may be
 * included many times, so there is no #ifndef around it.
 *
 * From this list come the members of StatusMeaning (meaning.h); how a value
 * takes from its base what it lacks (meaning.c); which columns of the table of
 * overrides are read, how, and what of them the checksum covers (overrides.c);
 * the SQL functions (status_code_meaning.c); and the keywords of the catalog's
 * files with the tables made from these (catalog/generate.pl, which reads the
 * list as text).  So a new attribute of a kind that is there needs a line here,
 * its column and functions in the SQL script, and its documentation.
 *
 * ATTRIBUTE(name, kind, function)
 *		may be given by a row of overrides, in a column of this name; "function"
 *		is the SQL function that returns it, with its builtin_ twin
 * CATALOG_ATTRIBUTE(name, kind)
 *		is given by the catalog alone, and has no function of its own
 *
 * The kinds:
 *
 * TEXT			a text
 * MESSAGES		texts by language
 * INTERVAL		an interval
 * CATEGORY		a status_category; several, where a code has several meanings
 * ACTION		a status_action
 * BOOLEAN		true, false, or unknown
 * MARK			true for what is marked; false for all else that is known
 * MINUTES		a number of minutes, 0 for none
 * STAGE		STAGE(...), 0 for none
 */
#ifndef CATALOG_ATTRIBUTE
#define CATALOG_ATTRIBUTE(name, kind)
#endif

ATTRIBUTE(name, TEXT, code_name)
ATTRIBUTE(title, TEXT, code_title)
ATTRIBUTE(description, TEXT, code_description)
ATTRIBUTE(user_messages, MESSAGES, code_user_messages)

/* the wait that the provider's document names */
ATTRIBUTE(retry_after, INTERVAL, code_retry_after)

ATTRIBUTE(category, CATEGORY, code_category)
ATTRIBUTE(action, ACTION, code_action)
ATTRIBUTE(retryable, BOOLEAN, is_retryable)
ATTRIBUTE(terminal, BOOLEAN, is_terminal)
ATTRIBUTE(deprecated, MARK, is_deprecated_code)

/* the wait that the vendor advises elsewhere */
CATALOG_ATTRIBUTE(delay, MINUTES)

/* how far a job has got that goes on */
CATALOG_ATTRIBUTE(stage, STAGE)

#undef ATTRIBUTE
#undef CATALOG_ATTRIBUTE
