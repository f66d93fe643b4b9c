/*
 * retry.c
 *		SQL functions that say when to try again, in pairs: see lookup.h.
 *
 * The wait after the first attempt that failed is the one that the provider's
 * document names (or an override), else what the vendor advises elsewhere, else
 * FIRST_DELAY.  It doubles with every further attempt, up to LONGEST_DELAY or
 * the first wait, whichever is longer.
 */
#include "lookup.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"

#define FIRST_DELAY (1 * USECS_PER_MINUTE)
#define LONGEST_DELAY (24 * USECS_PER_HOUR)

/*
 * About how long an interval is, in microseconds: a month counts as 30 days,
 * as where intervals are compared.  Parts that nearly cancel each other out
 * lose their small difference.
 */
static double
interval_length(const Interval *interval)
{
	return interval->time +
		(interval->day + (double) interval->month * DAYS_PER_MONTH) * USECS_PER_DAY;
}

/*
 * The wait before the next attempt, palloc'd; NULL where a retry can't help or
 * may not.  Raises 22023 for an attempt below 1.
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
	if (meaning->retry_after == NULL)
		delay->time = meaning->delay ? meaning->delay * USECS_PER_MINUTE : FIRST_DELAY;
	else if (interval_length(meaning->retry_after) < LONGEST_DELAY)
		delay->time = (TimeOffset) Max(interval_length(meaning->retry_after), 1.0);
	else
	{
		*delay = *meaning->retry_after;
		return delay;
	}

	/* Ends soon at any attempt: no wait is shorter than a microsecond. */
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
 * Raises 22008 where the result is no timestamp.  Only an override's wait of
 * days or months depends on the time zone.
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

/* next_retry_at(status_code, attempt integer, failed_at timestamptz) -> timestamptz */
LOOKUP_FUNCTIONS(next_retry_at, return_next_retry);
