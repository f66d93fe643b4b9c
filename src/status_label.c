/*
 * status_label.c
 *		The types status_category and status_action: labels from a fixed list.
 *
 * The types differ only in their list.
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

/* Returns the labels of a type, separated by commas; palloc'd. */
static char *
join_labels(const LabelType *type)
{
	StringInfoData buf;

	initStringInfo(&buf);
	for (int i = 0; i < type->nlabels; i++)
		appendStringInfo(&buf, "%s%s", i > 0 ? ", " : "", type->labels[i]);
	return buf.data;
}

/*
 * Returns the value of a label.  If the type has no such label, raises 22P02
 * or saves it in escontext (an ErrorSaveContext, or NULL) and returns 0.
 */
static Datum
label_parse(const LabelType *type, const char *label, Node *escontext)
{
	for (int i = 0; i < type->nlabels; i++)
	{
		if (strcmp(label, type->labels[i]) == 0)
			return LabelGetDatum(i + 1);
	}
	ereturn(escontext, (Datum) 0,
			(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
			 errmsg("invalid input value for type %s: \"%s\"", type->name,
					status_code_excerpt(label, status_code_measure(label))),
			 errhint("Valid values are: %s.", join_labels(type))));
}

/*
 * Returns the label of a value, a constant.  Raises an error for a value that
 * no input function returns.
 */
static const char *
label_name(const LabelType *type, uint8 label)
{
	if (label < 1 || label > type->nlabels)
		ereport(ERROR,
				(errcode(ERRCODE_DATA_CORRUPTED),
				 errmsg("unrecognized label %d in a value of type %s",
						label, type->name),
				 errdetail("The value is damaged, or was written by a later release of provider_codes.")));
	return type->labels[label - 1];
}

/* The binary format is the label as text. */
static Datum
label_receive(const LabelType *type, StringInfo buf, Node *escontext)
{
	int			len;
	char	   *label = pq_getmsgtext(buf, buf->len - buf->cursor, &len);

	return label_parse(type, label, escontext);
}

static Datum
label_send(const LabelType *type, uint8 label)
{
	const char *name = label_name(type, label);
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendtext(&buf, name, strlen(name));
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/*
 * Defines an I/O function of a type.  All are IMMUTABLE, STRICT, PARALLEL
 * SAFE.
 */
#define LABEL_FUNCTION(name, result) \
	PG_FUNCTION_INFO_V1(name); \
	Datum \
	name(PG_FUNCTION_ARGS) \
	{ \
		return result; \
	} \
	extern Datum name(PG_FUNCTION_ARGS)

#define PARSE(type) \
	label_parse(&type, PG_GETARG_CSTRING(0), fcinfo->context)
#define NAME(type) \
	CStringGetDatum(pstrdup(label_name(&type, \
									   DatumGetLabel(PG_GETARG_DATUM(0)))))
#define RECEIVE(type) \
	label_receive(&type, (StringInfo) PG_GETARG_POINTER(0), fcinfo->context)
#define SEND(type) \
	label_send(&type, DatumGetLabel(PG_GETARG_DATUM(0)))

/*
 * status_category_in(cstring) -> status_category, and so on
 *
 * They also serve status_category_parameter: status_category_parameter_in(),
 * status_category_parameter_out(), status_category_parameter_recv() and
 * status_category_parameter_send().
 */
LABEL_FUNCTION(status_category_in, PARSE(category_type));
LABEL_FUNCTION(status_category_out, NAME(category_type));
LABEL_FUNCTION(status_category_recv, RECEIVE(category_type));
LABEL_FUNCTION(status_category_send, SEND(category_type));

/*
 * The same for actions, and for status_action_parameter:
 * status_action_parameter_in(), status_action_parameter_out(),
 * status_action_parameter_recv() and status_action_parameter_send().
 */
LABEL_FUNCTION(status_action_in, PARSE(action_type));
LABEL_FUNCTION(status_action_out, NAME(action_type));
LABEL_FUNCTION(status_action_recv, RECEIVE(action_type));
LABEL_FUNCTION(status_action_send, SEND(action_type));
