/*
 * retry.c
 *		SQL functions that compute when to try again, in pairs: see lookup.h.
 *
 * The wait after the first failed attempt is the one that an override or the
 * provider's document gives, else the one that the vendor advises elsewhere,
 * else FIRST_DELAY.  It doubles with every further attempt, up to
 * LONGEST_DELAY or the first wait, whichever is longer.
 */
#include "lookup.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"

#define FIRST_DELAY (1 * USECS_PER_MINUTE)
#define LONGEST_DELAY (24 * USECS_PER_HOUR)

/*
 * Returns the approximate length of an interval in microseconds.  As in
 * comparisons of intervals, a month has 30 days.  If the parts nearly cancel
 * each other, the small difference is lost.
 */
static double
interval_length(const Interval *interval)
{
	double		days = (double) interval->month * DAYS_PER_MONTH;

	days += interval->day;
	return interval->time + days * USECS_PER_DAY;
}

/*
 * Returns the wait before the next attempt, palloc'd; NULL if the code is not
 * known to be retryable.  Raises 22023 if the attempt is less than 1.
 */
static Interval *
get_delay(const StatusMeaning *meaning, int32 attempt)
{
	Interval   *delay;

	if (meaning->retryable != TRI_TRUE)
		return NULL;
	if (attempt < 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("attempt must be greater than zero, not %d", attempt),
				 errhint("Count the attempts that have failed: after the first, it is 1.")));

	delay = palloc0(sizeof(Interval));
	if (!REF_IS_NULL(meaning->retry_after))
	{
		const Interval *retry_after = REF_GET(meaning->retry_after);
		double		length = interval_length(retry_after);

		if (length >= LONGEST_DELAY)
		{
			*delay = *retry_after;
			return delay;
		}
		delay->time = (TimeOffset) Max(length, 1.0);
	}
	else if (meaning->delay)
		delay->time = meaning->delay * USECS_PER_MINUTE;
	else
		delay->time = FIRST_DELAY;

	/* This ends soon for any attempt, since a wait has at least 1 us. */
	for (; attempt > 1 && delay->time < LONGEST_DELAY; attempt--)
		delay->time *= 2;
	delay->time = Min(delay->time, LONGEST_DELAY);
	return delay;
}

static Datum
return_delay(FunctionCallInfo fcinfo, const StatusMeaning *meaning)
{
	Interval   *delay = get_delay(meaning, PG_GETARG_INT32(1));

	if (delay == NULL)
		PG_RETURN_NULL();
	PG_RETURN_INTERVAL_P(delay);
}

/*
 * Raises 22008 if the result is out of range for a timestamp.  The result
 * depends on the time zone only if an override gives days or months.
 */
static Datum
return_next_retry(FunctionCallInfo fcinfo, const StatusMeaning *meaning)
{
	Interval   *delay = get_delay(meaning, PG_GETARG_INT32(1));

	if (delay == NULL)
		PG_RETURN_NULL();
	return DirectFunctionCall2(timestamptz_pl_interval, PG_GETARG_DATUM(2),
							   IntervalPGetDatum(delay));
}

/* retry_delay(status_code, attempt integer) -> interval */
LOOKUP_FUNCTIONS(retry_delay, return_delay);

/*
 * next_retry_at(status_code, attempt integer, failed_at timestamptz) ->
 * timestamptz
 */
LOOKUP_FUNCTIONS(next_retry_at, return_next_retry);
