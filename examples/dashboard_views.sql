-- Views for Metabase, Grafana, Evidence or any other tool that draws tables and charts from SQL. Their columns have types
-- that every such tool can show: text, boolean, integer, bigint, numeric and timestamptz. Paste them into the database that
-- has your jobs, and change names, columns and words as you like. They read this table:
--
--   CREATE TABLE sync_jobs (
--       id bigint PRIMARY KEY,
--       connection text NOT NULL,                        -- whose account at which bank
--       status status_code NOT NULL,                     -- result or progress of the newest attempt
--       attempt integer NOT NULL DEFAULT 1,
--       started_at timestamptz NOT NULL DEFAULT now(),
--       ended_at timestamptz                             -- NULL while the job is under way
--   );
--
-- One transaction creates all of them. To remove them:
--
--   DROP VIEW dashboard_period, dashboard_words, dashboard_jobs_by_day, dashboard_providers, dashboard_failing_codes, dashboard_incidents, dashboard_retries, dashboard_waiting_for_people, dashboard_unknown_codes;

BEGIN;

-- The newest time in the table, up to which the views count; the four weeks that end with its day, and the four before them.
-- Days are days of UTC.
CREATE VIEW dashboard_period AS
SELECT as_of,
       last_day - interval '648 hours' AS first_day, -- 27 days, also where clocks change
       last_day,
       last_day - interval '1320 hours' AS first_day_before,
       last_day - interval '672 hours' AS last_day_before
FROM (SELECT max(greatest(started_at, ended_at)) AS as_of FROM sync_jobs) AS newest,
     LATERAL (SELECT date_trunc('day', as_of, 'UTC') AS last_day) AS d;

-- The words that the other views show for categories, actions and providers. What has none is shown as it is.
CREATE VIEW dashboard_words (kind, label, words) AS
VALUES
    ('category', 'progress', 'Under way'), ('category', 'success', 'Succeeded'), ('category', 'user_action', 'Customer must act'),
    ('category', 'mfa', 'Second factor'), ('category', 'connection', 'Bank unreachable'), ('category', 'server', 'Provider failed'),
    ('category', 'rate_limit', 'Too many requests'), ('category', 'auth', 'Our access refused'),
    ('category', 'request', 'Our request refused'), ('category', 'unknown', 'Unknown code'),
    ('action', 'none', 'Nothing'), ('action', 'wait', 'Wait'), ('action', 'retry', 'Try again later'),
    ('action', 'ask_user', 'Ask the customer'), ('action', 'renew_token', 'Renew our token'),
    ('action', 'fix_request', 'Correct our request'), ('action', 'contact_provider', 'Ask the provider'),
    ('action', 'stop', 'Give up'), ('action', 'unknown', 'Find out'),
    ('provider', 'ach', 'ACH'), ('provider', 'basiq', 'Basiq'), ('provider', 'belvo', 'Belvo'),
    ('provider', 'enablebanking', 'Enable Banking'), ('provider', 'finicity', 'Finicity'), ('provider', 'fintoc', 'Fintoc'),
    ('provider', 'foundry', 'Foundry'), ('provider', 'gocardless', 'GoCardless'), ('provider', 'http', 'HTTP'),
    ('provider', 'iso20022', 'ISO 20022'), ('provider', 'mx', 'MX'), ('provider', 'plaid', 'Plaid'),
    ('provider', 'pluggy', 'Pluggy'), ('provider', 'saltedge', 'Salt Edge'), ('provider', 'syncfy', 'Syncfy'),
    ('provider', 'teller', 'Teller'), ('provider', 'tink', 'Tink'), ('provider', 'truelayer', 'TrueLayer'),
    ('provider', 'yodlee', 'Yodlee');

-- Jobs by day and code, with all that a chart or a table groups or filters by. A code is counted as neither succeeded nor
-- failed while the job is under way, and also where nothing is known of it; category and action are then "unknown".
CREATE VIEW dashboard_jobs_by_day AS
SELECT day,
       provider,
       coalesce(p.words, provider) AS provider_name,
       status,
       meaning,
       description,
       category,
       coalesce(c.words, category) AS cause,
       action,
       coalesce(a.words, action) AS what_to_do,
       is_retryable,
       is_known,
       jobs,
       CASE WHEN is_success THEN jobs ELSE 0 END AS succeeded,
       CASE WHEN is_success THEN after_retry ELSE 0 END AS succeeded_after_retry,
       CASE WHEN is_error THEN jobs ELSE 0 END AS failed,
       first_seen,
       last_seen
FROM (
    SELECT date_trunc('day', started_at, 'UTC') AS day,
           status::text AS status,
           code_provider(status) AS provider,
           coalesce(code_title(status), code_name(status), code_value(status)) AS meaning,
           code_description(status) AS description,
           coalesce(code_category(status)::text, 'unknown') AS category,
           coalesce(code_action(status)::text, 'unknown') AS action,
           is_retryable(status) AS is_retryable,
           is_known_code(status) AS is_known,
           is_success(status) AS is_success,
           is_error(status) AS is_error,
           count(*) AS jobs,
           count(*) FILTER (WHERE attempt > 1) AS after_retry,
           min(started_at) AS first_seen,
           max(started_at) AS last_seen
    FROM sync_jobs
    GROUP BY 1, sync_jobs.status
) AS counted
LEFT JOIN dashboard_words AS p ON p.kind = 'provider' AND p.label = provider
LEFT JOIN dashboard_words AS c ON c.kind = 'category' AND c.label = category
LEFT JOIN dashboard_words AS a ON a.kind = 'action' AND a.label = action;

-- How many jobs of each provider failed in the last four weeks, and in the four before.
CREATE VIEW dashboard_providers AS
SELECT provider,
       provider_name,
       jobs,
       failed,
       round(100.0 * failed / nullif(jobs, 0), 1) AS failed_percent,
       jobs_before,
       failed_before,
       round(100.0 * failed_before / nullif(jobs_before, 0), 1) AS failed_percent_before
FROM (
    SELECT provider,
           provider_name,
           coalesce(sum(jobs) FILTER (WHERE day >= first_day), 0)::bigint AS jobs,
           coalesce(sum(failed) FILTER (WHERE day >= first_day), 0)::bigint AS failed,
           coalesce(sum(jobs) FILTER (WHERE day < first_day), 0)::bigint AS jobs_before,
           coalesce(sum(failed) FILTER (WHERE day < first_day), 0)::bigint AS failed_before
    FROM dashboard_jobs_by_day, dashboard_period
    WHERE day BETWEEN first_day_before AND last_day
    GROUP BY 1, 2
) AS counted;

-- The codes that jobs of the last four weeks failed with, what they mean, what to do, and how often it was in the four before.
CREATE VIEW dashboard_failing_codes AS
SELECT status,
       provider,
       provider_name,
       meaning,
       description,
       category,
       cause,
       action,
       what_to_do,
       is_retryable,
       (sum(failed) FILTER (WHERE day >= first_day))::bigint AS jobs,
       coalesce(sum(failed) FILTER (WHERE day < first_day), 0)::bigint AS jobs_before,
       max(last_seen) AS last_seen
FROM dashboard_jobs_by_day, dashboard_period
WHERE failed > 0 AND day BETWEEN first_day_before AND last_day
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
HAVING max(day) >= min(first_day);

-- What went wrong beyond the usual: days on which five jobs failed with one code, and five more for each job that fails with
-- it on the median day. Days in a row are one incident.
CREATE VIEW dashboard_incidents AS
WITH by_day AS (
    SELECT day, provider, provider_name, status, meaning, category, cause, failed
    FROM dashboard_jobs_by_day
    WHERE failed > 0
), days AS (
    SELECT count(DISTINCT day) AS days FROM dashboard_jobs_by_day
), usual AS ( -- the median of all days, most of which have none of most codes
    SELECT status,
           CASE WHEN 2 * count(*) <= min(days) THEN 0
                ELSE (array_agg(failed ORDER BY failed DESC))[min(days) / 2 + 1]
           END AS usual_per_day
    FROM by_day, days
    GROUP BY status
), unusual AS (
    SELECT *, day - row_number() OVER (PARTITION BY status ORDER BY day) * interval '24 hours' AS run
    FROM by_day JOIN usual USING (status)
    WHERE failed >= 5 * (usual_per_day + 1)
)
SELECT provider,
       provider_name,
       status,
       meaning,
       category,
       cause,
       min(day) AS first_day,
       max(day) AS last_day,
       count(*)::integer AS days,
       sum(failed)::bigint AS jobs,
       usual_per_day
FROM unusual
GROUP BY 1, 2, 3, 4, 5, 6, usual_per_day, run;

-- The newest job of each connection, if it can be retried without anyone acting, and when to try next. A job that has
-- failed ten times is no longer retried: put the limit of your job runner here.
CREATE VIEW dashboard_retries AS
SELECT id,
       connection,
       status::text AS status,
       code_provider(status) AS provider,
       coalesce(words, code_provider(status)) AS provider_name,
       coalesce(code_title(status), code_name(status), code_value(status)) AS meaning,
       attempt,
       ended_at AS failed_at,
       next_retry_at(status, attempt, ended_at) AS next_try_at
FROM sync_jobs AS j
LEFT JOIN dashboard_words ON kind = 'provider' AND label = code_provider(status)
WHERE is_retryable(status)
    AND attempt < 10
    AND NOT EXISTS (
        SELECT FROM sync_jobs AS newer
        WHERE newer.connection = j.connection AND (newer.started_at, newer.id) > (j.started_at, j.id)
    );

-- The connections whose newest job needs a person to act, and for how long they have been waiting: since the first job
-- that needed one after the last that succeeded.
CREATE VIEW dashboard_waiting_for_people AS
SELECT connection,
       status::text AS status,
       code_provider(status) AS provider,
       coalesce(p.words, code_provider(status)) AS provider_name,
       coalesce(code_title(status), code_name(status), code_value(status)) AS meaning,
       code_description(status) AS description,
       code_action(status)::text AS action,
       coalesce(a.words, code_action(status)::text) AS what_to_do,
       waiting_since,
       floor(extract(epoch FROM as_of - waiting_since) / 3600)::integer AS waiting_hours
FROM (
    SELECT *,
           min(coalesce(ended_at, started_at)) FILTER (WHERE needs_person) OVER (PARTITION BY connection) AS waiting_since,
           row_number() OVER (PARTITION BY connection ORDER BY started_at DESC, id DESC) AS place
    FROM (
        SELECT *,
               code_action(status) IN ('ask_user', 'renew_token', 'fix_request', 'contact_provider') AS needs_person,
               count(*) FILTER (WHERE is_success(status)) OVER (PARTITION BY connection ORDER BY started_at DESC, id DESC) AS successes
        FROM sync_jobs
    ) AS j
    WHERE successes = 0
) AS since_success
CROSS JOIN dashboard_period
LEFT JOIN dashboard_words AS p ON p.kind = 'provider' AND p.label = code_provider(status)
LEFT JOIN dashboard_words AS a ON a.kind = 'action' AND a.label = code_action(status)::text
WHERE place = 1 AND needs_person;

-- The codes that neither the catalog nor an override describes. One INSERT into status_code_overrides describes a code.
CREATE VIEW dashboard_unknown_codes AS
SELECT status,
       provider,
       provider_name,
       category, -- of a number, that of its hundred
       cause,
       sum(jobs)::bigint AS jobs,
       min(first_seen) AS first_seen,
       max(last_seen) AS last_seen
FROM dashboard_jobs_by_day
WHERE NOT is_known
GROUP BY 1, 2, 3, 4, 5;

COMMIT;
