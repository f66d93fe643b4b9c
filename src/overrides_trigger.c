/*
 * overrides_trigger.c
 *		The trigger that notes who changed a row of status_code_overrides, when, and under which
 *		version of the catalog.
 *
 * A trigger before UPDATE only: an INSERT has its defaults, and a restored or
 * replicated row keeps what it says.  No answer depends on these columns, nor
 * on whether the trigger fires.
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

/* The columns that the trigger keeps. */
static const struct
{
	const char *name;
	Oid			type;
} columns[] = {
	{"updated_at", TIMESTAMPTZOID},
	{"updated_by", TEXTOID},
	{"catalog_version", TEXTOID},
};

/* status_code_overrides_stamp() -> trigger */
Datum
status_code_overrides_stamp(PG_FUNCTION_ARGS)
{
	TriggerData *trigger = (TriggerData *) fcinfo->context;
	TupleDesc	desc;
	int			attnums[lengthof(columns)];
	Datum		values[lengthof(columns)];
	bool		nulls[lengthof(columns)] = {false};

	if (!CALLED_AS_TRIGGER(fcinfo) || !TRIGGER_FIRED_BEFORE(trigger->tg_event) ||
		!TRIGGER_FIRED_FOR_ROW(trigger->tg_event) || !TRIGGER_FIRED_BY_UPDATE(trigger->tg_event))
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("function \"%s\" must be called as a trigger before the update of a row",
						"status_code_overrides_stamp")));

	desc = RelationGetDescr(trigger->tg_relation);
	for (int i = 0; i < (int) lengthof(columns); i++)
	{
		attnums[i] = SPI_fnumber(desc, columns[i].name);
		if (attnums[i] <= 0 || SPI_gettypeid(desc, attnums[i]) != columns[i].type)
			ereport(ERROR,
					(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
					 errmsg("table \"%s\" has no column \"%s\" of type %s",
							RelationGetRelationName(trigger->tg_relation), columns[i].name,
							format_type_be(columns[i].type))));
	}

	values[0] = TimestampTzGetDatum(GetCurrentTransactionStartTimestamp());
	values[1] = CStringGetTextDatum(GetUserNameFromId(GetUserId(), false));
	values[2] = CStringGetTextDatum(PROVIDER_CODES_VERSION);
	PG_RETURN_POINTER(heap_modify_tuple_by_cols(trigger->tg_newtuple, desc, lengthof(columns),
												attnums, values, nulls));
}
