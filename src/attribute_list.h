/*
 * attribute_list.h
 *		The attributes of a status code.
 *
 * A file that includes this one defines ATTRIBUTE and, if it needs the
 * attributes of the catalog too, CATALOG_ATTRIBUTE.  The file can be included
 * several times, so it has no include guard.
 *
 * The list generates
 *
 *	- the members of StatusMeaning (meaning.h);
 *	- the rule by which a value inherits them from its base (meaning.c);
 *	- the columns that are read from the table of overrides
 *	  (overrides_table.c);
 *	- the columns that the views get from this table, and what the checksum
 *	  covers (overrides_rows.c);
 *	- the SQL functions (status_code_meaning.c);
 *	- the keywords of the catalog files, and the tables made from these
 *	  (catalog/generate.pl, which reads this list as text).
 *
 * A new attribute of an existing kind therefore needs a line here, a column
 * and functions in the SQL script, and documentation.
 *
 * ATTRIBUTE(name, kind, function)
 *		An attribute that a row of overrides can set, in the column "name".
 *		The SQL functions "function" and builtin_"function" return it.
 *
 * CATALOG_ATTRIBUTE(name, kind)
 *		An attribute that only the catalog sets.  No SQL function returns it.
 *
 * The kinds:
 *
 * TEXT			a text
 * MESSAGES		texts by language
 * INTERVAL		an interval
 * CATEGORY		a status_category; several if the code has several meanings
 * ACTION		a status_action
 * BOOLEAN		true, false or unknown
 * MARK			true if the code is marked, false for any other known code
 * MINUTES		a number of minutes; 0 if there is none
 * STAGE		STAGE(stage, step), see meaning.h; 0 if there is none
 */
#ifndef CATALOG_ATTRIBUTE
#define CATALOG_ATTRIBUTE(name, kind)
#endif

ATTRIBUTE(name, TEXT, code_name)
ATTRIBUTE(title, TEXT, code_title)
ATTRIBUTE(description, TEXT, code_description)
ATTRIBUTE(user_messages, MESSAGES, code_user_messages)

/* the wait before a retry that the provider's source document names */
ATTRIBUTE(retry_after, INTERVAL, code_retry_after)

ATTRIBUTE(category, CATEGORY, code_category)
ATTRIBUTE(action, ACTION, code_action)
ATTRIBUTE(retryable, BOOLEAN, is_retryable)
ATTRIBUTE(terminal, BOOLEAN, is_terminal)
ATTRIBUTE(deprecated, MARK, is_deprecated_code)

/*
 * the wait before a retry that the vendor advises outside its source document
 */
CATALOG_ATTRIBUTE(delay, MINUTES)

/* the progress of a job that reports this code and has not ended */
CATALOG_ATTRIBUTE(stage, STAGE)

#undef ATTRIBUTE
#undef CATALOG_ATTRIBUTE
