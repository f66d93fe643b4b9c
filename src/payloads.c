/*
 * payloads.c
 *		SQL functions that find the status code in what a provider sends.
 *
 * All are IMMUTABLE, STRICT and PARALLEL SAFE, so that a generated column can
 * call them: they read the catalog alone.  What has no code gives NULL.  A
 * provider whose payloads are not known is 22023, a code that is malformed or
 * no code at all is 22P02.
 *
 * A payload comes down to a list of items: the elements of an array, the
 * entries of a list of errors or, mostly, the payload itself.  Nothing here
 * recurses: an item that holds others is a job with its steps, and that is
 * as deep as it goes.
 */
#include "status_code.h"

#include "funcapi.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/jsonb.h"
#include "utils/numeric.h"
#include "variant_match.h"

PG_FUNCTION_INFO_V1(status_code_from_json);
PG_FUNCTION_INFO_V1(status_codes_from_json);

typedef struct Payload Payload;
typedef struct PayloadShape PayloadShape;

/* The code of an item, or NULL. */
typedef StatusCode *(*ItemCode) (const PayloadShape *shape, const JsonbValue *item);

/* What a provider's payloads look like.  Missing keys are NULL. */
struct PayloadShape
{
	const char *provider;
	const char *code_keys[2];	/* of an object, what holds its code */
	const char *title_key;		/* and what the words that tell a variant */
	const char *detail_keys[2];
	ItemCode	item_code;
	ItemCode	step_code;		/* of a step of a job; NULL where jobs have no steps */
	void		(*open) (Payload *payload); /* finds the items; NULL: there is only one */
	bool		last_counts;	/* of several items the last is the current one, not the first */
};

/* A payload taken apart.  All lies in the payload itself. */
struct Payload
{
	const PayloadShape *shape;
	JsonbContainer *array;		/* the items, or NULL */
	JsonbValue	item;			/* without an array, the one item */
	ItemCode	item_code;		/* how to read an item */
	JsonbContainer *envelope;	/* has an HTTP status for want of a code, or NULL */
};

static StatusCode *plain_item_code(const PayloadShape *shape, const JsonbValue *item);
static StatusCode *basiq_item_code(const PayloadShape *shape, const JsonbValue *item);
static StatusCode *basiq_step_code(const PayloadShape *shape, const JsonbValue *step);
static void open_basiq(Payload *payload);
static void open_syncfy(Payload *payload);

/* In the order in which an error message lists them. */
static const PayloadShape shapes[] = {
	{
		.provider = "basiq",
		.code_keys = {"code"},
		.title_key = "title",
		.detail_keys = {"detail", "details"},
		.item_code = basiq_item_code,
		.step_code = basiq_step_code,
		.open = open_basiq
	},
	{
		.provider = "foundry",
		.code_keys = {"statusCode"},
		.title_key = "statusMessage",
		.item_code = plain_item_code
	},
	{
		.provider = "http",
		.code_keys = {"status", "code"},
		.title_key = "title",
		.detail_keys = {"detail"},
		.item_code = plain_item_code
	},
	{
		.provider = "syncfy",
		.code_keys = {"code"},
		.item_code = plain_item_code,
		.open = open_syncfy,
		.last_counts = true
	},
};

/* A hint of all providers whose payloads are known. */
static int
errhint_providers(void)
{
	StringInfoData list;

	initStringInfo(&list);
	for (int i = 0; i < (int) lengthof(shapes); i++)
		appendStringInfo(&list, "%s\"%s\"", i > 0 ? ", " : "", shapes[i].provider);
	return errhint("The providers whose payloads are known are %s. Make the codes of others with status_code(provider, code).",
				   list.data);
}

static const PayloadShape *
find_shape(const char *provider, int len)
{
	int			shown = status_code_shown_length(provider, len);

	for (int i = 0; i < (int) lengthof(shapes); i++)
	{
		if ((int) strlen(shapes[i].provider) == len &&
			memcmp(shapes[i].provider, provider, len) == 0)
			return &shapes[i];
	}
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("payloads of provider \"%.*s%s\" are not known",
					shown, provider, shown < len ? "..." : ""),
			 errhint_providers()));
}

static JsonbContainer *
as_object(const JsonbValue *value)
{
	if (value->type == jbvBinary && JsonContainerIsObject(value->val.binary.data))
		return value->val.binary.data;
	return NULL;
}

static JsonbContainer *
as_array(const JsonbValue *value)
{
	if (value->type == jbvBinary && JsonContainerIsArray(value->val.binary.data))
		return value->val.binary.data;
	return NULL;
}

/* Looks up a member of an object; false where there is none, or it is null. */
static bool
get_member(JsonbContainer *object, const char *key, JsonbValue *value)
{
	return getKeyJsonValueFromContainer(object, key, strlen(key), value) != NULL &&
		value->type != jbvNull;
}

/* The same of a member that is a string. */
static bool
get_string(JsonbContainer *object, const char *key, JsonbValue *value)
{
	return get_member(object, key, value) && value->type == jbvString;
}

/* The member that is an array, or NULL. */
static JsonbContainer *
array_member(JsonbContainer *object, const char *key)
{
	JsonbValue	value;

	return get_member(object, key, &value) ? as_array(&value) : NULL;
}

/*
 * An element of an array; any place below its size may be given.  The server
 * walks at most JB_OFFSET_STRIDE entries to find it, wherever it is.
 */
static void
get_element(JsonbContainer *array, uint32 place, JsonbValue *value)
{
	JsonbValue *element = getIthJsonbValueFromContainer(array, place);

	*value = *element;
	pfree(element);
}

/* Are the provider's codes numbers? */
static bool
has_numbers(const PayloadShape *shape)
{
	return catalog_provider(catalog_block(shape->provider, strlen(shape->provider)))->numeric;
}

/* Is it a number, or a string of digits? */
static bool
is_number(const JsonbValue *value)
{
	if (value->type == jbvString)
		return status_code_is_number(value->val.string.val, value->val.string.len);
	return value->type == jbvNumeric;
}

/* A detail of what was found in place of a code. */
static int
errdetail_found(const JsonbValue *value)
{
	switch (value->type)
	{
		case jbvBool:
			return errdetail("It is the boolean %s.", value->val.boolean ? "true" : "false");
		case jbvNumeric:
			{
				char	   *number = numeric_normalize(value->val.numeric);
				int			len = strlen(number);
				int			shown = status_code_shown_length(number, len);

				return errdetail("It is the number %.*s%s.", shown, number,
								 shown < len ? "..." : "");
			}
		default:
			return errdetail("It is an %s.", as_array(value) ? "array" : "object");
	}
}

/* The value of a code of the provider's; raises 22P02 where it is malformed. */
static StatusCode *
make_value(const PayloadShape *shape, const char *code, int len)
{
	StatusCodeParts parts = {
		.provider = shape->provider,
		.provider_len = strlen(shape->provider),
		.code = code,
		.code_len = len
	};

	return status_code_make(&parts, NULL);
}

/*
 * The value of what stands where a code is expected, without its variant.
 * Raises 22P02 where that is nothing of which the provider's codes are made.
 */
static StatusCode *
make_code(const PayloadShape *shape, const JsonbValue *value)
{
	bool		numbers = has_numbers(shape);

	if (value->type == jbvString)
		return make_value(shape, value->val.string.val, value->val.string.len);
	if (value->type == jbvNumeric && numbers)
	{
		/* 401.0 and 4.01e2 are 401; what is no whole number is malformed. */
		char	   *code = numeric_normalize(value->val.numeric);

		return make_value(shape, code, strlen(code));
	}
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
			 numbers ?
			 errmsg("code of provider \"%s\" is neither a number nor a string", shape->provider) :
			 errmsg("code of provider \"%s\" is not a string", shape->provider),
			 errdetail_found(value),
			 value->type == jbvNumeric ?
			 errhint("HTTP statuses are codes of provider \"http\".") : 0));
}

/*
 * The variant of a code that the words of the same object tell, or else the
 * code.  The detail counts before the title, which variants may share.
 */
static StatusCode *
refine_code(const PayloadShape *shape, JsonbContainer *object, StatusCode *code)
{
	const CatalogCode *entry = status_code_catalog_entry(code);
	const CatalogCode *variant = NULL;
	JsonbValue	words;

	if (entry == NULL || entry->variants == 0)
		return code;
	for (int i = 0; i < (int) lengthof(shape->detail_keys) && shape->detail_keys[i] && !variant; i++)
	{
		if (get_string(object, shape->detail_keys[i], &words))
			variant = variant_by_description(entry, words.val.string.val, words.val.string.len);
	}
	if (!variant && shape->title_key && get_string(object, shape->title_key, &words))
		variant = variant_by_title(entry, words.val.string.val, words.val.string.len);
	return variant ? status_code_of_catalog(variant) : code;
}

/*
 * The code of an object by its members, or NULL.  It is under the first key
 * unless only what is under the second is a number: HTTP's problem details
 * have a number "status" and may have a "code" of the application's own, but
 * others write {"status": "error", "code": 404}.
 */
static StatusCode *
object_code(const PayloadShape *shape, JsonbContainer *object)
{
	JsonbValue	found;
	JsonbValue	value;
	bool		any = false;

	for (int i = 0; i < (int) lengthof(shape->code_keys) && shape->code_keys[i]; i++)
	{
		if (get_member(object, shape->code_keys[i], &value) &&
			(!any || (is_number(&value) && !is_number(&found))))
		{
			found = value;
			any = true;
		}
	}
	return any ? refine_code(shape, object, make_code(shape, &found)) : NULL;
}

/* The code of a number, a string, or an object that has one; NULL of anything else. */
static StatusCode *
plain_item_code(const PayloadShape *shape, const JsonbValue *item)
{
	JsonbContainer *object = as_object(item);

	if (object)
		return object_code(shape, object);
	if (item->type == jbvNumeric || item->type == jbvString)
		return make_code(shape, item);
	return NULL;
}

/*
 * Syncfy
 */

/* What every answer of the API has, and no job and no credential. */
static bool
is_envelope(JsonbContainer *object)
{
	static const char *const keys[] = {"rid", "errors", "response"};
	JsonbValue	value;

	for (int i = 0; i < (int) lengthof(keys); i++)
	{
		if (getKeyJsonValueFromContainer(object, keys[i], strlen(keys[i]), &value))
			return true;
	}
	return false;
}

/*
 * An array is the history of a job.  An answer of the API has the payload in
 * its "response", which may as well be a message.
 */
static void
open_syncfy(Payload *payload)
{
	JsonbContainer *object = as_object(&payload->item);

	if (object && is_envelope(object))
	{
		payload->envelope = object;
		if (!get_member(object, "response", &payload->item) ||
			(payload->item.type == jbvString && !is_number(&payload->item)))
			payload->item.type = jbvNull;
	}
	payload->array = as_array(&payload->item);
}

/* The HTTP status of an answer, or NULL: the same numbers as a job's, with other meanings. */
static StatusCode *
envelope_code(JsonbContainer *envelope)
{
	JsonbValue	value;

	if (!get_member(envelope, "code", &value))
		return NULL;
	return make_code(find_shape("http", strlen("http")), &value);
}

/*
 * Basiq
 */

/* The steps of a job, or NULL where an object is none. */
static JsonbContainer *
job_steps(JsonbContainer *object)
{
	JsonbValue	code;

	return get_member(object, "code", &code) ? NULL : array_member(object, "steps");
}

/* The object of a step, and its status; NULL where an item is no step. */
static JsonbContainer *
step_object(const JsonbValue *step, JsonbValue *status)
{
	JsonbContainer *object = as_object(step);

	return object && get_string(object, "status", status) ? object : NULL;
}

static bool
is_status(const JsonbValue *status, const char *word)
{
	return status->val.string.len == (int) strlen(word) &&
		memcmp(status->val.string.val, word, status->val.string.len) == 0;
}

/* The code of a step's result or, where that has none, the step's status. */
static StatusCode *
basiq_step_code(const PayloadShape *shape, const JsonbValue *step)
{
	JsonbValue	status;
	JsonbValue	result;
	JsonbContainer *object = step_object(step, &status);
	JsonbContainer *result_object;
	StatusCode *code = NULL;

	if (object == NULL)
		return NULL;
	result_object = get_member(object, "result", &result) ? as_object(&result) : NULL;
	if (result_object)
		code = object_code(shape, result_object);
	return code ? code : make_code(shape, &status);
}

/*
 * The code of a job: of its first failed step; without one, the status that
 * all steps have, if that is "success" or "pending", and else "in-progress".
 * NULL where there are no steps.
 */
static StatusCode *
basiq_job_code(const PayloadShape *shape, JsonbContainer *steps)
{
	uint32		size = JsonContainerSize(steps);
	uint32		with_status = 0;
	uint32		successful = 0;
	uint32		pending = 0;
	const char *word;

	for (uint32 i = 0; i < size; i++)
	{
		JsonbValue	step;
		JsonbValue	status;

		CHECK_FOR_INTERRUPTS();
		get_element(steps, i, &step);
		if (step_object(&step, &status) == NULL)
			continue;
		if (is_status(&status, "failed"))
			return basiq_step_code(shape, &step);
		with_status++;
		successful += is_status(&status, "success");
		pending += is_status(&status, "pending");
	}
	if (with_status == 0)
		return NULL;
	word = successful == size ? "success" : pending == size ? "pending" : "in-progress";
	return make_value(shape, word, strlen(word));
}

/* The code of an error, a job, a step, or a string that is the code alone. */
static StatusCode *
basiq_item_code(const PayloadShape *shape, const JsonbValue *item)
{
	JsonbContainer *object = as_object(item);
	JsonbContainer *steps = object ? job_steps(object) : NULL;
	StatusCode *code;

	if (steps)
		return basiq_job_code(shape, steps);
	code = plain_item_code(shape, item);
	return code ? code : basiq_step_code(shape, item);
}

/* Errors of the API come as a list. */
static void
open_basiq(Payload *payload)
{
	JsonbContainer *object = as_object(&payload->item);

	if (object)
		payload->array = array_member(object, "data");
}

/*
 * All providers
 */

/* Takes a payload apart. */
static void
open_payload(Payload *payload, const text *provider, Jsonb *jsonb)
{
	payload->shape = find_shape(VARDATA_ANY(provider), VARSIZE_ANY_EXHDR(provider));
	payload->array = NULL;
	payload->item_code = payload->shape->item_code;
	payload->envelope = NULL;
	if (!JsonbExtractScalar(&jsonb->root, &payload->item))
	{
		payload->item.type = jbvBinary;
		payload->item.val.binary.data = &jsonb->root;
		payload->item.val.binary.len = VARSIZE(jsonb) - VARHDRSZ;
	}
	if (payload->shape->open)
		payload->shape->open(payload);
}

/* Makes items of the steps, where the one item is a job. */
static void
open_steps(Payload *payload)
{
	JsonbContainer *object = as_object(&payload->item);

	if (payload->shape->step_code == NULL || payload->array || object == NULL)
		return;
	payload->array = job_steps(object);
	if (payload->array)
		payload->item_code = payload->shape->step_code;
}

static uint32
item_count(const Payload *payload)
{
	return payload->array ? JsonContainerSize(payload->array) : 1;
}

/* The code of the item in a place below the count, or NULL. */
static StatusCode *
code_at(const Payload *payload, uint32 place)
{
	JsonbValue	item = payload->item;

	if (payload->array)
		get_element(payload->array, place, &item);
	return payload->item_code(payload->shape, &item);
}

/*
 * status_code_from_json(provider text, payload jsonb) -> status_code
 *
 * The code that a payload reports now; NULL where it has none.
 */
Datum
status_code_from_json(PG_FUNCTION_ARGS)
{
	Payload		payload;
	uint32		count;
	StatusCode *code = NULL;

	open_payload(&payload, PG_GETARG_TEXT_PP(0), PG_GETARG_JSONB_P(1));
	count = item_count(&payload);
	if (count > 0)
		code = code_at(&payload, payload.shape->last_counts ? count - 1 : 0);
	if (code == NULL && payload.envelope)
		code = envelope_code(payload.envelope);
	if (code == NULL)
		PG_RETURN_NULL();
	PG_RETURN_STATUS_CODE(code);
}

/* Where status_codes_from_json() has got to. */
typedef struct PayloadScan
{
	Payload		payload;
	uint32		next;
} PayloadScan;

/* The code of the next item that has one; NULL after the last. */
static StatusCode *
next_code(PayloadScan *scan)
{
	uint32		count = item_count(&scan->payload);

	while (scan->next < count)
	{
		StatusCode *code = code_at(&scan->payload, scan->next++);

		CHECK_FOR_INTERRUPTS();
		if (code)
			return code;
	}
	return NULL;
}

/*
 * status_codes_from_json(provider text, payload jsonb) -> setof status_code
 *
 * The codes of all items in their order, without those that have none.
 */
Datum
status_codes_from_json(PG_FUNCTION_ARGS)
{
	FuncCallContext *funcctx;
	PayloadScan *scan;
	StatusCode *code;

	if (SRF_IS_FIRSTCALL())
	{
		MemoryContext oldcontext;

		funcctx = SRF_FIRSTCALL_INIT();
		/* An unpacked copy of the payload must last as long as the scan. */
		oldcontext = MemoryContextSwitchTo(funcctx->multi_call_memory_ctx);
		scan = palloc0(sizeof(PayloadScan));
		open_payload(&scan->payload, PG_GETARG_TEXT_PP(0), PG_GETARG_JSONB_P(1));
		open_steps(&scan->payload);
		funcctx->user_fctx = scan;
		MemoryContextSwitchTo(oldcontext);
	}
	funcctx = SRF_PERCALL_SETUP();
	scan = funcctx->user_fctx;
	code = next_code(scan);
	if (code == NULL && scan->payload.envelope && funcctx->call_cntr == 0)
		code = envelope_code(scan->payload.envelope);
	if (code == NULL)
		SRF_RETURN_DONE(funcctx);
	SRF_RETURN_NEXT(funcctx, StatusCodeGetDatum(code));
}
