/*
 * status_label.c
 *		The types status_category and status_action: a label each, out of a fixed list.
 *
 * Both share everything here; they differ in their list.
 */
#include "status_label.h"

#include "catalog_data.h"
#include "fmgr.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "status_code_syntax.h"
#include "utils/builtins.h"

typedef struct LabelType
{
	const char *name;
	const char *const *labels;
	int			nlabels;
} LabelType;

static const char *const category_labels[] = {CATEGORY_LABELS};
static const char *const action_labels[] = {ACTION_LABELS};

static const LabelType category_type = {
	"status_category", category_labels, lengthof(category_labels)
};
static const LabelType action_type = {
	"status_action", action_labels, lengthof(action_labels)
};

static char *
join_labels(const LabelType *type)
{
	StringInfoData buf;

	initStringInfo(&buf);
	for (int i = 0; i < type->nlabels; i++)
		appendStringInfo(&buf, "%s%s", i > 0 ? ", " : "", type->labels[i]);
	return buf.data;
}

/* label -> value; anything else is 22P02, raised or reported to escontext */
static Datum
label_parse(const LabelType *type, const char *label, FunctionCallInfo fcinfo)
{
	int			len = strlen(label);
	int			shown;

	for (int i = 0; i < type->nlabels; i++)
	{
		if (strcmp(label, type->labels[i]) == 0)
			return LabelGetDatum(i + 1);
	}
	shown = status_code_shown_length(label, len);
	ereturn(fcinfo->context, (Datum) 0,
			(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
			 errmsg("invalid input value for type %s: \"%.*s%s\"", type->name,
					shown, label, shown < len ? "..." : ""),
			 errhint("Valid values are: %s.", join_labels(type))));
}

static const char *
label_text(const LabelType *type, uint8 label)
{
	if (label < 1 || label > type->nlabels)
		ereport(ERROR,
				(errcode(ERRCODE_DATA_CORRUPTED),
				 errmsg("unknown label %d in a value of type %s", label, type->name),
				 errdetail("The value is damaged, or was written by a later release of provider_codes.")));
	return type->labels[label - 1];
}

static Datum
label_receive(const LabelType *type, FunctionCallInfo fcinfo)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	int			len;
	char	   *label = pq_getmsgtext(buf, buf->len - buf->cursor, &len);

	return label_parse(type, label, fcinfo);
}

static Datum
label_send(const LabelType *type, uint8 label)
{
	const char *text = label_text(type, label);
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendtext(&buf, text, strlen(text));
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/* TYPE_in(cstring) -> TYPE, and so on: IMMUTABLE, STRICT, PARALLEL SAFE; text on the wire. */
#define LABEL_TYPE_IO(name, type) \
	PG_FUNCTION_INFO_V1(name##_in); \
	Datum \
	name##_in(PG_FUNCTION_ARGS) \
	{ \
		return label_parse(&type, PG_GETARG_CSTRING(0), fcinfo); \
	} \
	PG_FUNCTION_INFO_V1(name##_out); \
	Datum \
	name##_out(PG_FUNCTION_ARGS) \
	{ \
		PG_RETURN_CSTRING(pstrdup(label_text(&type, DatumGetLabel(PG_GETARG_DATUM(0))))); \
	} \
	PG_FUNCTION_INFO_V1(name##_recv); \
	Datum \
	name##_recv(PG_FUNCTION_ARGS) \
	{ \
		return label_receive(&type, fcinfo); \
	} \
	PG_FUNCTION_INFO_V1(name##_send); \
	Datum \
	name##_send(PG_FUNCTION_ARGS) \
	{ \
		return label_send(&type, DatumGetLabel(PG_GETARG_DATUM(0))); \
	} \
	extern Datum name##_send(PG_FUNCTION_ARGS)

LABEL_TYPE_IO(status_category, category_type);
LABEL_TYPE_IO(status_action, action_type);
