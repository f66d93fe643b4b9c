/*
 * overrides_trigger.c
 *		The trigger that notes who changed a row of status_code_overrides,
 *		when, and under which version of the catalog.
 *
 * It fires before UPDATE only: an INSERT has the columns' defaults, and a row
 * that is restored or replicated keeps its values.  No other function depends
 * on these columns, or on whether the trigger fires.
 */
#include "compat.h"

#include "access/htup_details.h"
#include "access/xact.h"
#include "catalog/pg_type.h"
#include "commands/trigger.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/rel.h"
#include "utils/timestamp.h"

PG_FUNCTION_INFO_V1(status_code_overrides_stamp);

/* The columns that the trigger sets. */
typedef struct StampColumn
{
	const char *name;
	Oid			type;
} StampColumn;

static const StampColumn columns[] = {
	{"updated_at", TIMESTAMPTZOID},
	{"updated_by", TEXTOID},
	{"catalog_version", TEXTOID},
};

/* Returns whether a call is that of a trigger BEFORE UPDATE FOR EACH ROW. */
static bool
is_called_before_update(FunctionCallInfo fcinfo)
{
	TriggerEvent event;

	if (!CALLED_AS_TRIGGER(fcinfo))
		return false;
	event = ((TriggerData *) fcinfo->context)->tg_event;
	return TRIGGER_FIRED_BEFORE(event) && TRIGGER_FIRED_FOR_ROW(event) &&
		TRIGGER_FIRED_BY_UPDATE(event);
}

/* Returns the number of a column; raises 55000 if the table lacks it. */
static int
get_attnum(Relation table, const StampColumn *column)
{
	TupleDesc	desc = RelationGetDescr(table);
	int			attnum = SPI_fnumber(desc, column->name);

	if (attnum <= 0 || SPI_gettypeid(desc, attnum) != column->type)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("table \"%s\" has no column \"%s\" of type %s",
						RelationGetRelationName(table), column->name,
						format_type_be(column->type))));
	return attnum;
}

/*
 * status_code_overrides_stamp() -> trigger
 *
 * Returns the new row with the three columns set.
 */
Datum
status_code_overrides_stamp(PG_FUNCTION_ARGS)
{
	TriggerData *trigger = (TriggerData *) fcinfo->context;
	int			attnums[lengthof(columns)];
	Datum		values[lengthof(columns)];
	bool		nulls[lengthof(columns)] = {false};
	HeapTuple	row;

	if (!is_called_before_update(fcinfo))
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("function \"%s\" must be called as a BEFORE UPDATE trigger for each row",
						"status_code_overrides_stamp")));

	for (int i = 0; i < (int) lengthof(columns); i++)
		attnums[i] = get_attnum(trigger->tg_relation, &columns[i]);
	values[0] = TimestampTzGetDatum(GetCurrentTransactionStartTimestamp());
	values[1] = CStringGetTextDatum(GetUserNameFromId(GetUserId(), false));
	values[2] = CStringGetTextDatum(PROVIDER_CODES_VERSION);
	row = heap_modify_tuple_by_cols(trigger->tg_newtuple,
									RelationGetDescr(trigger->tg_relation),
									lengthof(columns), attnums, values, nulls);
	PG_RETURN_POINTER(row);
}
