/*
 * job_functions.c
 *		SQL functions about the several codes that one job reports.
 */
#include "answer.h"

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

/* The functions of two codes: for each, its meaning by a copy, since the second look-up may end the first's. */
#define PAIR_FUNCTION(name, source, RESULT) \
	PG_FUNCTION_INFO_V1(name); \
	Datum \
	name(PG_FUNCTION_ARGS) \
	{ \
		const StatusCode *first = PG_GETARG_STATUS_CODE(0); \
		const StatusCode *second = PG_GETARG_STATUS_CODE(1); \
		const StatusMeaning first_meaning = *source(first).meaning; \
		const StatusMeaning second_meaning = *source(second).meaning; \
		return RESULT; \
	} \
	extern Datum name(PG_FUNCTION_ARGS)

#define CAN_FOLLOW return_tri(fcinfo, can_follow(first, &first_meaning, second, &second_meaning))

/* status_can_follow(old status_code, new status_code) -> boolean */
PAIR_FUNCTION(status_can_follow, current_answer, CAN_FOLLOW);
PAIR_FUNCTION(builtin_status_can_follow, builtin_answer, CAN_FOLLOW);

/* The worse of two; of two that are equally bad, the one that sorts first, so that their order doesn't matter. */
static const StatusCode *
get_worse(const StatusCode *first, int first_rank, const StatusCode *second, int second_rank)
{
	if (first_rank != second_rank)
		return first_rank > second_rank ? first : second;
	return status_code_compare(first, second) <= 0 ? first : second;
}

/* worse_status(status_code, status_code) -> status_code: also what the aggregate worst_status(status_code) consists of */
PAIR_FUNCTION(worse_status, current_answer,
			  StatusCodeGetDatum(get_worse(first, get_rank(&first_meaning),
										   second, get_rank(&second_meaning))));
