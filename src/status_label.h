/*
 * status_label.h
 *		The types status_category and status_action: a label each, out of a fixed list.
 *
 * A value is passed in a Datum and stored in one byte: the label's position in
 * catalog/labels.txt, counted from 1.  Types of our own, and not enums, so
 * that their operators can carry planner support; they compare as "char" does,
 * by functions of the server's.
 */
#ifndef PROVIDER_CODES_STATUS_LABEL_H
#define PROVIDER_CODES_STATUS_LABEL_H

#include "compat.h"

/* 0, which stands for an unknown label elsewhere, is no value: SQL shows NULL. */
#define LabelGetDatum(label) UInt8GetDatum(label)
#define DatumGetLabel(datum) DatumGetUInt8(datum)

#endif							/* PROVIDER_CODES_STATUS_LABEL_H */
