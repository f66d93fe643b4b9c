--
-- retries.sql: when to try again
--

-- The wait after each attempt. The first one is what the document or the vendor says, or else a minute; each further one
-- is twice as long, up to a day.
SELECT status, code_retry_after(status) AS documented,
    (SELECT array_agg(retry_delay(status, attempt) ORDER BY attempt) FROM unnest('{1,2,3,4,7,8,11,12,100}'::integer[]) attempt) AS delays
FROM unnest('{syncfy:500,syncfy:501,basiq:internal-server-error,basiq:service-unavailable,basiq:request-not-valid/too-many-requests,http:503}'::status_code[]) status;

-- codes that are not known to be retryable, that are not retryable, and that are no errors
SELECT status, retry_delay(status, 1), next_retry_at(status, 1, '2025-09-01Z')
FROM unnest('{syncfy:200,syncfy:102,syncfy:401,syncfy:410,syncfy:450,syncfy:599,basiq:access-denied,basiq:request-not-valid,
              basiq:never-seen,quovo:ERROR,http:404}'::status_code[]) status;
SELECT retry_delay(NULL, 1) IS NULL AS no_status, retry_delay('syncfy:501', NULL) IS NULL AS no_attempt,
    next_retry_at('syncfy:501', 1, NULL) IS NULL AS no_time;

CREATE TEMP TABLE attempts AS
SELECT generate_series(1, 70) AS attempt UNION ALL SELECT unnest('{1000,65536,1000000,2147483646,2147483647}'::integer[]);

-- First waits that vendors advise although the code's description names none; all other codes have a minute.
CREATE TEMP TABLE advised (wait interval, codes status_code[]);
INSERT INTO advised VALUES
    ('1 minutes', '{plaid:ACCOUNTS_LIMIT,plaid:ACCOUNTS_BALANCE_GET_LIMIT,plaid:AUTH_LIMIT,plaid:BALANCE_LIMIT,
        plaid:IDENTITY_LIMIT,plaid:INSTITUTIONS_GET_LIMIT,plaid:INSTITUTIONS_GET_BY_ID_LIMIT,
        plaid:INVESTMENT_HOLDINGS_GET_LIMIT,plaid:INVESTMENT_TRANSACTIONS_LIMIT,plaid:ITEM_GET_LIMIT,
        plaid:TRANSACTIONS_LIMIT,plaid:TRANSACTIONS_REFRESH_LIMIT,plaid:TRANSACTIONS_SYNC_LIMIT,
        plaid:TRANSACTION_EXECUTION_FAILED}'),
    ('5 minutes', '{basiq:internal-server-error,basiq:request-not-valid/too-many-requests}'),
    ('10 minutes', '{basiq:service-unavailable}'),
    ('15 minutes', '{yodlee:DATA_RETRIEVAL_FAILED,yodlee:BETA_SITE_DEV_IN_PROGRESS,yodlee:REQUEST_TIME_OUT,
        yodlee:SITE_BLOCKING_ERROR,yodlee:UNEXPECTED_SITE_ERROR,yodlee:SITE_UNAVAILABLE,yodlee:TECH_ERROR,
        yodlee:SITE_SESSION_INVALIDATED,yodlee:NEVER_INITIATED,yodlee:TEMP_ERROR,yodlee:400,yodlee:401,yodlee:403,
        yodlee:404,yodlee:408,yodlee:409,yodlee:412,yodlee:413,yodlee:415,yodlee:416,yodlee:418,yodlee:419,yodlee:424,
        yodlee:425,yodlee:426,yodlee:431,yodlee:432,yodlee:504,yodlee:507,yodlee:508,yodlee:517,yodlee:525,yodlee:709}'),
    ('1 hours', '{pluggy:OUTDATED,pluggy:ALREADY_LOGGED_IN,pluggy:SITE_NOT_AVAILABLE,pluggy:CONNECTION_ERROR,
        pluggy:UNEXPECTED_ERROR,pluggy:MERGE_ERROR,pluggy:CREATE_ERROR,pluggy:ERROR/execution,pluggy:CLIENT_IS_UPDATING_BEFORE_ALLOWED_FREQUENCY,
        saltedge:ExecutionTimeout/fetching,saltedge:FetchingTimeout,saltedge:ProviderError/fetching,
        saltedge:ProviderUnavailable,saltedge:ConnectionFailed/fetching,saltedge:ConnectionLost/fetching,
        saltedge:ConnectionFetchingStopped,saltedge:ConnectionCannotBeRefreshed}'),
    ('3 hours', '{plaid:INSTITUTION_DOWN,plaid:INSTITUTION_NOT_RESPONDING,plaid:INSTITUTION_NOT_AVAILABLE,
        plaid:institution-poor-health-error}'),
    ('6 hours', '{enablebanking:ASPSP_ERROR,enablebanking:ASPSP_TIMEOUT}'),
    ('12 hours', '{iso20022:TM01}'),
    ('24 hours', '{ach:R01,ach:R09,basiq:daily-limit-reached,finicity:900,finicity:901,finicity:903,finicity:904,
        finicity:910,finicity:915,finicity:916,gocardless:ERROR,gocardless:RateLimitError,mx:DELAYED,
        plaid:DATA_QUALITY_CHECK_FAILED,plaid:DATA_QUALITY_CHECK_FAILED/CHECK_REPORT_ERROR,
        saltedge:BackgroundFetchLimitExceeded,saltedge:CategorizationLimitReached,
        truelayer:unattended_calls_limit_exceeded}');

-- Every code and every attempt: exactly retryable codes have a wait, it follows the rule, and the builtin_ twin returns
-- the same: no rows
CREATE TEMP VIEW differing AS
SELECT status, attempt, retry_delay(status, attempt) AS delay, builtin_retry_delay(status, attempt) AS builtin_delay, wanted
FROM (SELECT status, attempt, first_delay,
             CASE WHEN first_delay >= '24 hours' THEN first_delay
                  WHEN first_delay < '24 hours' THEN least(extract(epoch FROM first_delay)::numeric * 2 ^ least(attempt - 1, 60)::numeric, 86400) * interval '1 second' END AS wanted
      FROM builtin_status_codes() AS c (status)
          CROSS JOIN attempts
          CROSS JOIN LATERAL (SELECT CASE WHEN is_retryable(status) THEN coalesce(code_retry_after(status),
              (SELECT a.wait FROM advised AS a WHERE c.status = ANY (a.codes)), '1 minute') END AS first_delay) AS f) AS rule;
SELECT * FROM differing WHERE delay IS DISTINCT FROM wanted OR builtin_delay IS DISTINCT FROM wanted;
SELECT count(DISTINCT status) AS codes, count(DISTINCT status) FILTER (WHERE delay IS NOT NULL) AS with_a_delay, max(delay) FROM differing;
-- the next attempt is due that long after the failure: no rows
SELECT status, attempt FROM builtin_status_codes() AS c (status), attempts
WHERE next_retry_at(status, attempt, '2025-09-01 12:00Z') IS DISTINCT FROM timestamptz '2025-09-01 12:00Z' + retry_delay(status, attempt)
    OR builtin_next_retry_at(status, attempt, '2025-09-01 12:00Z') IS DISTINCT FROM next_retry_at(status, attempt, '2025-09-01 12:00Z');

--
-- Numbers of attempts
--
SELECT retry_delay('syncfy:501', 0);
SELECT next_retry_at('syncfy:501', -1, now());
SELECT builtin_retry_delay('syncfy:501', -2147483648);
-- for codes that are not retryable, no number is an error
SELECT retry_delay('syncfy:200', 0) IS NULL AS nothing;

--
-- Overrides
--
BEGIN;
INSERT INTO status_code_overrides (status, retryable, retry_after) VALUES
    ('syncfy:401', true, NULL), ('syncfy:500', false, NULL), ('syncfy:501', NULL, '1 hour'), ('syncfy:504', NULL, '3 days'),
    ('syncfy:509', NULL, '1 microsecond'), ('syncfy:413', NULL, '1 day -1 hour'), ('basiq:service-unavailable', NULL, '2 minutes'),
    ('basiq:too-many-requests', NULL, '1 month'), ('quovo:TRY_LATER', true, NULL), ('quovo:WAIT', NULL, '5 minutes'),
    ('foundry:500', NULL, '2147483647 months'), ('foundry:503', NULL, '23:59:59.999999'),
    -- a month counts as 30 days; parts that cancel each other out leave a short wait
    ('foundry:502', NULL, '1 month -29 days -1 hour'),
    ('quovo:NEARLY_NOTHING', true, interval '-80000000 days' + make_interval(secs => 6912000000000) + interval '1 microsecond');
-- an override of another attribute leaves the vendor's wait unchanged
INSERT INTO status_code_overrides (status, note, name) VALUES ('basiq:internal-server-error', 'no wait', 'Ours');
SELECT o.status, o.retryable, o.retry_after,
    (SELECT array_agg(retry_delay(o.status, attempt) ORDER BY attempt) FROM unnest('{1,2,3,38,39,2147483647}'::integer[]) attempt) AS delays
FROM status_code_overrides o ORDER BY status;
SELECT builtin_retry_delay('syncfy:401', 1) AS none, builtin_retry_delay('syncfy:501', 1) AS documented, builtin_retry_delay('quovo:TRY_LATER', 1) AS unknown;
-- the rule still holds: no rows
SELECT status, attempt, delay, wanted FROM differing
WHERE delay IS DISTINCT FROM wanted;
-- a wait in days follows the calendar, as the override says
SET LOCAL timezone = 'America/Mexico_City';
INSERT INTO status_code_overrides (status, retry_after) VALUES ('http:503', '1 day'), ('http:502', '24 hours');
SET LOCAL timezone = 'Europe/Madrid';
SELECT next_retry_at('http:503', 1, '2025-10-25 12:00') AS day, next_retry_at('http:502', 1, '2025-10-25 12:00') AS hours;
ROLLBACK;

--
-- Timestamps out of range, and infinity
--
SELECT next_retry_at('syncfy:501', 5, 'infinity') AS infinity, next_retry_at('syncfy:501', 5, '-infinity') AS minus_infinity;
SELECT next_retry_at('syncfy:501', 1, '294276-12-31 23:50Z');
SELECT next_retry_at('syncfy:200', 1, '294276-12-31 23:50Z') IS NULL AS nothing;

-- in a generated column, by the built-in catalog
CREATE TEMP TABLE sync_jobs (
    status status_code, attempt integer, failed_at timestamptz,
    retry_at timestamptz GENERATED ALWAYS AS (builtin_next_retry_at(status, attempt, failed_at)) STORED
);
INSERT INTO sync_jobs VALUES ('syncfy:501', 2, '2025-09-01 08:00Z'), ('syncfy:401', 2, '2025-09-01 08:00Z');
SELECT status, retry_at FROM sync_jobs ORDER BY status;

-- now, and not some time after the session has ended: later tests may drop the extension
DISCARD TEMP;
