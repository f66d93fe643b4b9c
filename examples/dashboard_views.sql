-- Views for Metabase, Grafana, Evidence or any other tool that draws tables and charts from SQL. Their columns are of types
-- that every such tool shows: text, boolean, integer, bigint and timestamptz. Paste them into the database that holds your
-- jobs; names and columns are yours to change. They read this table:
--
--   CREATE TABLE sync_jobs (
--       id bigint PRIMARY KEY,
--       connection text NOT NULL,                        -- whose account at which bank
--       status status_code NOT NULL,                     -- how the newest attempt ended, or how far it is
--       attempt integer NOT NULL DEFAULT 1,
--       started_at timestamptz NOT NULL DEFAULT now(),
--       ended_at timestamptz                             -- NULL while the job goes on
--   );
--
-- All of them are made, or none. To remove them again:
--
--   DROP VIEW dashboard_jobs_by_day, dashboard_failing_codes, dashboard_retries, dashboard_waiting_for_people, dashboard_unknown_codes;

BEGIN;

-- How many jobs ended how on each day of UTC. Where nothing is known of a code, its category is "unknown".
CREATE VIEW dashboard_jobs_by_day AS
SELECT date_trunc('day', started_at, 'UTC') AS day,
       code_provider(status) AS provider,
       coalesce(code_category(status)::text, 'unknown') AS category,
       count(*) AS jobs,
       count(*) FILTER (WHERE is_error(status)) AS failed
FROM sync_jobs
GROUP BY 1, 2, 3;

-- Which codes jobs have failed with, what they mean, and what to do.
CREATE VIEW dashboard_failing_codes AS
SELECT status::text AS status,
       code_provider(status) AS provider,
       code_category(status)::text AS category,
       code_description(status) AS description,
       code_action(status)::text AS action,
       is_retryable(status) AS is_retryable,
       count(*) AS jobs,
       min(started_at) AS first_seen,
       max(started_at) AS last_seen
FROM sync_jobs
WHERE is_error(status)
GROUP BY sync_jobs.status;

-- Which jobs can succeed if they are sent again with nobody acting, and when to try next.
CREATE VIEW dashboard_retries AS
SELECT id,
       connection,
       status::text AS status,
       code_provider(status) AS provider,
       code_description(status) AS description,
       attempt,
       ended_at AS failed_at,
       next_retry_at(status, attempt, ended_at) AS next_try_at
FROM sync_jobs
WHERE is_retryable(status);

-- Which connections wait for somebody: those whose newest job says that a person must act.
CREATE VIEW dashboard_waiting_for_people AS
SELECT connection,
       status::text AS status,
       code_provider(status) AS provider,
       code_action(status)::text AS action,
       code_description(status) AS description,
       coalesce(ended_at, started_at) AS waiting_since
FROM (SELECT DISTINCT ON (connection) * FROM sync_jobs ORDER BY connection, started_at DESC, id DESC) AS newest
WHERE code_action(status) IN ('ask_user', 'renew_token', 'fix_request', 'contact_provider');

-- Codes that neither the catalog nor the overrides know: one INSERT into status_code_overrides describes each.
CREATE VIEW dashboard_unknown_codes AS
SELECT status::text AS status,
       code_provider(status) AS provider,
       code_category(status)::text AS category, -- that of its hundreds, where it is a number
       count(*) AS jobs,
       min(started_at) AS first_seen,
       max(started_at) AS last_seen
FROM sync_jobs
WHERE NOT is_known_code(status)
GROUP BY sync_jobs.status;

COMMIT;
