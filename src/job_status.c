/*
 * job_status.c
 *		SQL functions about the several codes that one job reports.
 */
#include "lookup.h"

PG_FUNCTION_INFO_V1(provider_codes_status_can_follow);
PG_FUNCTION_INFO_V1(provider_codes_builtin_status_can_follow);
PG_FUNCTION_INFO_V1(provider_codes_worse_status);
PG_FUNCTION_INFO_V1(provider_codes_builtin_worse_status);

/* Returns whether two codes have the same provider. */
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
 * Returns whether a job that has reported one code can report another one
 * later: TRI_...  The result is TRI_FALSE if the second report is out of
 * order, because the job has ended or was in a later stage.  It is TRI_UNKNOWN
 * if the documents do not say.  That includes numbers of which only the class
 * is known, since a 4xx can also mean that the job waits for the user.
 */
static int
can_follow(const StatusCode *old_code, const StatusMeaning *before,
		   const StatusCode *new_code, const StatusMeaning *after)
{
	if (!before->known || before->terminal == TRI_UNKNOWN)
		return TRI_UNKNOWN;
	if (before->terminal == TRI_TRUE)
		return TRI_FALSE;
	if (!after->known || !same_provider(old_code, new_code))
		return TRI_UNKNOWN;
	if (after->terminal == TRI_TRUE ||
		status_code_compare(old_code, new_code) == 0)
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
 * Severity of a step's code within its job; higher is worse.  A code whose
 * meaning is unknown ranks as worse than all that are not errors.
 */
enum
{
	RANK_SUCCESS,
	RANK_PROGRESS,
	RANK_WAITING,				/* the job goes on after someone has acted */
	RANK_UNKNOWN,
	RANK_ERROR					/* plus the severity of its action */
};

/* Returns the rank of a code with this meaning. */
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

/*
 * Two codes and their meanings, which are copied because the second lookup can
 * free the result of the first.  What their references refer to is not copied.
 */
typedef struct CodePair
{
	const StatusCode *first;
	const StatusCode *second;
	StatusMeaning first_meaning;
	StatusMeaning second_meaning;
} CodePair;

/* Returns the first two arguments of a function, and their meanings. */
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

/*
 * Returns the worse of two codes.  Of equally bad ones it returns the one that
 * sorts first, so that the order of the arguments has no effect.
 */
static Datum
return_worse(FunctionCallInfo fcinfo, MeaningSource source)
{
	CodePair	pair = get_pair(fcinfo, source);
	int			difference = get_rank(&pair.first_meaning);

	difference -= get_rank(&pair.second_meaning);
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
 * builtin_worse_status(status_code, status_code) -> status_code: the same for
 * builtin_worst_status(status_code)
 */
Datum
provider_codes_builtin_worse_status(PG_FUNCTION_ARGS)
{
	return return_worse(fcinfo, SOURCE_BUILTIN);
}
