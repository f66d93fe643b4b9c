/*
 * status_label.h
 *		The types status_category and status_action: labels from a fixed list.
 *
 * A value is passed by value and stored in one byte: the label's position in
 * catalog/labels.txt, counted from 1.  The types are not enums because their
 * operators carry planner support (planner.c).  The operators compare these
 * bytes with the server's functions for "char", in the order of the list.
 *
 * Each type has a parameter type, status_category_parameter or
 * status_action_parameter, with the same values and C functions.  A text
 * converts to it implicitly.  Functions of SQL that take a label exist for both
 * types, and do not distinguish them.  The extension's script has the reasons.
 */
#ifndef PROVIDER_CODES_STATUS_LABEL_H
#define PROVIDER_CODES_STATUS_LABEL_H

#include "compat.h"

/*
 * 0 is not a value: in StatusMeaning it means unknown, which SQL has as NULL.
 */
#define LabelGetDatum(label) UInt8GetDatum(label)
#define DatumGetLabel(datum) DatumGetUInt8(datum)

#endif							/* PROVIDER_CODES_STATUS_LABEL_H */
