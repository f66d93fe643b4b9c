/*
 * job_status.c
 *		SQL functions about the several codes that one job reports.
 */
#include "lookup.h"

PG_FUNCTION_INFO_V1(provider_codes_status_can_follow);
PG_FUNCTION_INFO_V1(provider_codes_builtin_status_can_follow);
PG_FUNCTION_INFO_V1(provider_codes_worse_status);
PG_FUNCTION_INFO_V1(provider_codes_builtin_worse_status);

/* Are both codes the same provider's? */
static bool
same_provider(const StatusCode *a, const StatusCode *b)
{
	char		a_buffer[STATUS_CODE_MAX_LENGTH];
	char		b_buffer[STATUS_CODE_MAX_LENGTH];
	int			a_len;
	int			b_len;
	const char *a_text = status_code_text(a, a_buffer, &a_len);
	const char *b_text = status_code_text(b, b_buffer, &b_len);
	int			provider_len = status_code_split(a_text, a_len).provider_len;

	return provider_len == status_code_split(b_text, b_len).provider_len &&
		memcmp(a_text, b_text, provider_len) == 0;
}

/*
 * Can a job that reported one code report another one later?  TRI_FALSE where
 * the report is out of order: what comes after a job's end, or belongs to an
 * earlier stage.  TRI_UNKNOWN where the documents don't say: the class of a
 * number that nobody has described is too little to drop a report for, since
 * a 4xx may as well wait for the user.
 */
static int
can_follow(const StatusCode *old, const StatusMeaning *before,
		   const StatusCode *new, const StatusMeaning *after)
{
	if (!before->known || before->terminal == TRI_UNKNOWN)
		return TRI_UNKNOWN;
	if (before->terminal == TRI_TRUE)
		return TRI_FALSE;
	if (!after->known || !same_provider(old, new))
		return TRI_UNKNOWN;
	if (after->terminal == TRI_TRUE || status_code_compare(old, new) == 0)
		return TRI_TRUE;
	if (before->stage == 0 || after->stage == 0)
		return TRI_UNKNOWN;
	if (STAGE_OF(before->stage) != STAGE_OF(after->stage))
		return before->stage < after->stage ? TRI_TRUE : TRI_FALSE;
	if (STEP_OF(before->stage) == 0 || before->stage >= after->stage)
		return TRI_UNKNOWN;
	return TRI_TRUE;
}

/*
 * How bad a code is for a job of which it is one step's.  The larger, the
 * worse; what isn't known is never taken for better than it may be.
 */
enum
{
	RANK_SUCCESS,
	RANK_PROGRESS,
	RANK_WAITING,				/* the job goes on once somebody has acted */
	RANK_UNKNOWN,
	RANK_ERROR					/* plus the severity of its action */
};

static int
get_rank(const StatusMeaning *meaning)
{
	int			is_error = meaning_is_error(meaning);

	if (is_error == TRI_TRUE)
		return RANK_ERROR + catalog_action_severity(meaning->action);
	if (meaning_is_success(meaning) == TRI_TRUE)
		return RANK_SUCCESS;
	if (meaning->categories == CATEGORY_BIT(CATEGORY_PROGRESS))
		return RANK_PROGRESS;
	if (is_error == TRI_FALSE && meaning->categories != 0)
		return RANK_WAITING;
	return RANK_UNKNOWN;
}

/* Two codes, and copies of what they mean: the second lookup may end the result of the first. */
typedef struct CodePair
{
	const StatusCode *first;
	const StatusCode *second;
	StatusMeaning first_meaning;
	StatusMeaning second_meaning;
} CodePair;

static CodePair
get_pair(FunctionCallInfo fcinfo, MeaningSource source)
{
	CodePair	pair = {
		.first = PG_GETARG_STATUS_CODE(0),
		.second = PG_GETARG_STATUS_CODE(1)
	};

	pair.first_meaning = *lookup_meaning(pair.first, source);
	pair.second_meaning = *lookup_meaning(pair.second, source);
	return pair;
}

static Datum
return_can_follow(FunctionCallInfo fcinfo, MeaningSource source)
{
	CodePair	pair = get_pair(fcinfo, source);

	return return_tri(fcinfo, can_follow(pair.first, &pair.first_meaning,
										 pair.second, &pair.second_meaning));
}

/* Returns the worse of two codes; of equals the one that sorts first, so that their order has no effect. */
static Datum
return_worse(FunctionCallInfo fcinfo, MeaningSource source)
{
	CodePair	pair = get_pair(fcinfo, source);
	int			difference = get_rank(&pair.first_meaning) - get_rank(&pair.second_meaning);

	if (difference == 0)
		difference = status_code_compare(pair.second, pair.first);
	PG_RETURN_STATUS_CODE(difference >= 0 ? pair.first : pair.second);
}

/* status_can_follow(old status_code, new status_code) -> boolean */
Datum
provider_codes_status_can_follow(PG_FUNCTION_ARGS)
{
	return return_can_follow(fcinfo, SOURCE_CURRENT);
}

/* builtin_status_can_follow(old status_code, new status_code) -> boolean */
Datum
provider_codes_builtin_status_can_follow(PG_FUNCTION_ARGS)
{
	return return_can_follow(fcinfo, SOURCE_BUILTIN);
}

/*
 * worse_status(status_code, status_code) -> status_code: the transition and
 * combine function of the aggregate worst_status(status_code)
 */
Datum
provider_codes_worse_status(PG_FUNCTION_ARGS)
{
	return return_worse(fcinfo, SOURCE_CURRENT);
}

/*
 * builtin_worse_status(status_code, status_code) -> status_code: the same of
 * builtin_worst_status(status_code)
 */
Datum
provider_codes_builtin_worse_status(PG_FUNCTION_ARGS)
{
	return return_worse(fcinfo, SOURCE_BUILTIN);
}
