--
-- dashboard_views.sql: the page of views that examples/dashboard_views.sql offers to BI tools
--

CREATE SCHEMA dashboard;
SET search_path = dashboard, public;
SET timezone = 'UTC';

-- the table that they read, and one job of each kind
CREATE TABLE sync_jobs (
    id bigint PRIMARY KEY,
    connection text NOT NULL,
    status status_code NOT NULL,
    attempt integer NOT NULL DEFAULT 1,
    started_at timestamptz NOT NULL,
    ended_at timestamptz
);
INSERT INTO sync_jobs VALUES
    (1, 'ana', 'syncfy:200', 1, '2025-09-01 08:00Z', '2025-09-01 08:02Z'),
    (2, 'ben', 'syncfy:401', 1, '2025-09-01 08:05Z', '2025-09-01 08:06Z'), -- which ben has put right since
    (3, 'cho', 'basiq:invalid-credentials/locked-account', 1, '2025-09-01 23:59:30Z', '2025-09-02 00:01Z'),
    (4, 'dia', 'syncfy:501', 2, '2025-09-02 00:00Z', '2025-09-02 00:10Z'),
    (5, 'eli', 'basiq:too-many-requests', 1, '2025-09-02 09:00Z', '2025-09-02 09:00:20Z'),
    (6, 'fay', 'syncfy:450', 1, '2025-09-02 10:00Z', '2025-09-02 10:01Z'),
    (7, 'gus', 'basiq:consent-lapsed', 1, '2025-09-02 10:00Z', '2025-09-02 10:01Z'),
    (8, 'ben', 'syncfy:202', 1, '2025-09-02 11:00Z', '2025-09-02 11:01Z'),
    (9, 'hal', 'syncfy:410', 1, '2025-09-02 11:30Z', NULL), -- has not ended, and waits for its user
    (10, 'ivy', 'syncfy:102', 1, '2025-09-02 11:40Z', NULL),
    (11, 'jon', 'foundry:401', 1, '2025-09-02 11:45Z', '2025-09-02 11:45:10Z'),
    (12, 'kim', 'syncfy:401', 1, '2025-09-02 11:50Z', '2025-09-02 11:51Z'),
    (13, 'gus', 'basiq:consent-lapsed', 1, '2025-09-02 12:00Z', '2025-09-02 12:01Z'),
    (14, 'lea', 'basiq:access-denied/token-expired', 1, '2025-09-02 12:00Z', '2025-09-02 12:01Z'),
    (15, 'lea', 'basiq:access-denied/token-expired', 2, '2025-09-02 12:00Z', '2025-09-02 12:05Z'),
    (16, 'mia', 'foundry:403', 1, '2025-09-02 12:30Z', '2025-09-02 12:30Z'), -- nobody can help
    (17, 'ned', 'basiq:bank-statement-new-product', 1, '2025-09-02 12:40Z', '2025-09-02 12:41Z'),
    (18, 'oli', 'plaid:ITEM_LOGIN_REQUIRED/OAUTH_CONSENT_EXPIRED', 1, '2025-09-02 12:50Z', '2025-09-02 12:51Z'),
    (19, 'pam', 'plaid:INSTITUTION_DOWN', 3, '2025-09-02 12:50Z', '2025-09-02 12:52Z'),
    (20, 'pam', 'ach:R01', 1, '2025-09-02 12:55Z', '2025-09-02 12:55Z'), -- a transfer at plaid
    (21, 'rui', 'mx:CONNECTED/aggregating', 1, '2025-09-02 13:00Z', NULL), -- goes on
    (22, 'sue', 'finicity:103', 1, '2025-09-02 13:00Z', '2025-09-02 13:01Z'),
    (23, 'tom', 'finicity:110039', 1, '2025-09-02 13:00Z', '2025-09-02 13:01Z'), -- a number of a provider without classes
    (24, 'uma', 'saltedge:ProviderError', 1, '2025-09-02 13:10Z', '2025-09-02 13:11Z'), -- whether to retry is not known
    -- vic waits since the first of these that needs him: not since 26, which succeeded, nor before
    (25, 'vic', 'syncfy:401', 1, '2025-08-27 08:00Z', '2025-08-27 08:01Z'),
    (26, 'vic', 'syncfy:202', 1, '2025-08-28 08:00Z', '2025-08-28 08:01Z'),
    (27, 'vic', 'syncfy:501', 1, '2025-08-29 08:00Z', '2025-08-29 08:01Z'),
    (28, 'vic', 'syncfy:401', 1, '2025-08-30 08:00Z', '2025-08-30 08:01Z'),
    (29, 'vic', 'basiq:service-unavailable', 10, '2025-08-31 08:00Z', '2025-08-31 09:00Z'),
    (30, 'vic', 'syncfy:405', 1, '2025-09-01 08:00Z', '2025-09-01 08:01Z'),
    -- given up, and superseded: neither is retried
    (31, 'wes', 'syncfy:501', 10, '2025-09-02 08:00Z', '2025-09-02 08:01Z'),
    (32, 'xia', 'syncfy:501', 9, '2025-09-02 08:00Z', '2025-09-02 08:01Z'),
    (33, 'yan', 'syncfy:501', 1, '2025-09-01 08:00Z', '2025-09-01 08:01Z'),
    (34, 'yan', 'syncfy:202', 4, '2025-09-02 08:00Z', '2025-09-02 08:01Z'), -- at the fourth attempt
    -- the first day of the four weeks, the last of those before, their first, and what is older
    (35, 'zoe', 'plaid:RATE_LIMIT', 1, '2025-08-06 00:00Z', '2025-08-06 00:01Z'),
    (36, 'zoe', 'plaid:RATE_LIMIT', 1, '2025-08-05 23:59:59Z', '2025-08-06 00:01Z'),
    (37, 'zoe', 'plaid:RATE_LIMIT', 1, '2025-07-09 00:00Z', '2025-07-09 00:01Z'),
    (38, 'zoe', 'plaid:RATE_LIMIT', 1, '2025-07-08 23:59:59Z', '2025-07-09 00:01Z'),
    (39, 'zoe', 'plaid:NO_ACCOUNTS', 1, '2025-07-20 08:00Z', '2025-07-20 08:01Z'), -- and no more since
    (40, 'zoe', 'acme:new', 1, '2025-08-05 08:00Z', '2025-08-05 08:01Z'); -- a provider that nobody knows
-- and incidents: on the 5th and 6th days of August, and again on the 8th; not on the 7th, with four jobs
INSERT INTO sync_jobs
SELECT 100 * day + n, 'c' || n, 'mx:FAILED', 1, make_timestamptz(2025, 8, day, 10, n, 0, 'UTC'), make_timestamptz(2025, 8, day, 11, n, 0, 'UTC')
FROM (VALUES (5, 5), (6, 7), (7, 4), (8, 5)) AS d (day, jobs), generate_series(1, jobs) AS n;
-- a code of which one job fails on most days has no incident with nine of them, and one with ten
INSERT INTO sync_jobs
SELECT 10000 + 100 * day + n, 'd' || n, 'belvo:login_error', 1, make_timestamptz(2025, 8, day, 12, n, 0, 'UTC'), make_timestamptz(2025, 8, day, 12, n, 30, 'UTC')
FROM generate_series(5, 20) AS day, generate_series(1, CASE day WHEN 12 THEN 9 WHEN 14 THEN 10 ELSE 1 END) AS n;
-- all of whom are well since
INSERT INTO sync_jobs
SELECT 20000 + row_number() OVER (ORDER BY connection), connection, 'mx:CONNECTED', 1, '2025-08-25 12:00Z', '2025-08-25 12:01Z'
FROM sync_jobs WHERE connection ~ '^[cdz]' AND connection <> 'cho' AND connection <> 'dia' GROUP BY connection;

\set ECHO none
\i examples/dashboard_views.sql
\set ECHO all

-- columns that are not of a type that every tool shows: no rows
SELECT attrelid::regclass AS view, attname AS column, format_type(atttypid, atttypmod) AS type
FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
WHERE relnamespace = 'dashboard'::regnamespace AND relkind = 'v' AND attnum > 0
    AND atttypid <> ALL ('{text,boolean,integer,bigint,numeric,timestamptz}'::regtype[])
ORDER BY 1, attnum;
SELECT relname, count(*) AS columns
FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
WHERE relnamespace = 'dashboard'::regnamespace AND relkind = 'v' AND attnum > 0
GROUP BY relname ORDER BY relname COLLATE "C";

SELECT * FROM dashboard_period;
-- a word for each label and each provider; a label without one is shown as it is, as acme: no rows
SELECT c.kind, c.label, w.words
FROM (
    SELECT 'category', category FROM status_codes WHERE category IS NOT NULL UNION
    SELECT 'action', action FROM status_codes WHERE action IS NOT NULL UNION
    SELECT 'provider', provider FROM status_codes UNION
    VALUES ('category', 'unknown'), ('action', 'unknown')
) AS c (kind, label) FULL JOIN dashboard_words AS w USING (kind, label)
WHERE w.words IS NULL OR c.label IS NULL;
SELECT kind, count(*), count(DISTINCT words) AS words FROM dashboard_words GROUP BY kind ORDER BY kind;
SELECT kind, words FROM dashboard_words WHERE words ~ '_';

SELECT day, status, category, cause, is_known, jobs, succeeded, succeeded_after_retry, failed, first_seen, last_seen
FROM dashboard_jobs_by_day WHERE day >= '2025-09-01' ORDER BY day, status COLLATE "C";
\x on
SELECT * FROM dashboard_jobs_by_day WHERE status IN ('syncfy:401', 'syncfy:450', 'acme:new') ORDER BY day, status COLLATE "C";
\x off
-- every job is counted once
SELECT sum(jobs) AS jobs, sum(succeeded) AS succeeded, sum(failed) AS failed FROM dashboard_jobs_by_day;
SELECT count(*) AS jobs, count(*) FILTER (WHERE is_success(status)) AS succeeded, count(*) FILTER (WHERE is_error(status)) AS failed FROM sync_jobs;
-- a day is a day of UTC, wherever the reader is, also where clocks change
SET timezone = 'America/Mexico_City';
SELECT day AT TIME ZONE 'UTC' AS day, sum(jobs) AS jobs FROM dashboard_jobs_by_day WHERE day >= '2025-08-31' GROUP BY day ORDER BY day;
SET timezone = 'Australia/Sydney';
SELECT as_of AT TIME ZONE 'UTC' AS as_of, first_day AT TIME ZONE 'UTC' AS first_day, last_day AT TIME ZONE 'UTC' AS last_day,
    first_day_before AT TIME ZONE 'UTC' AS first_day_before, last_day_before AT TIME ZONE 'UTC' AS last_day_before
FROM dashboard_period;
BEGIN;
INSERT INTO sync_jobs VALUES (50000, 'sam', 'syncfy:200', 1, '2025-10-08 01:00Z', NULL); -- clocks there changed on 4 October, UTC
SELECT last_day AT TIME ZONE 'UTC' AS last_day, first_day AT TIME ZONE 'UTC' AS first_day, first_day_before AT TIME ZONE 'UTC' AS first_day_before FROM dashboard_period;
ROLLBACK;
SET timezone = 'UTC';

SELECT * FROM dashboard_providers ORDER BY provider COLLATE "C";
\x on
SELECT * FROM dashboard_failing_codes ORDER BY jobs DESC, status COLLATE "C" LIMIT 5;
\x off
SELECT status, jobs, jobs_before, last_seen FROM dashboard_failing_codes WHERE provider = 'plaid' ORDER BY status COLLATE "C";
SELECT * FROM dashboard_incidents ORDER BY first_day, status COLLATE "C";
SELECT * FROM dashboard_retries ORDER BY next_try_at, id;
\x on
SELECT * FROM dashboard_waiting_for_people WHERE connection IN ('vic', 'hal', 'lea') ORDER BY connection;
\x off
SELECT connection, status, what_to_do, waiting_since, waiting_hours FROM dashboard_waiting_for_people ORDER BY waiting_since, connection COLLATE "C";
SELECT * FROM dashboard_unknown_codes ORDER BY jobs DESC, status COLLATE "C";

-- an empty table: no rows, and no error
BEGIN;
DELETE FROM sync_jobs;
SELECT * FROM dashboard_period;
SELECT (SELECT count(*) FROM dashboard_jobs_by_day) + (SELECT count(*) FROM dashboard_providers) + (SELECT count(*) FROM dashboard_failing_codes)
    + (SELECT count(*) FROM dashboard_incidents) + (SELECT count(*) FROM dashboard_retries) + (SELECT count(*) FROM dashboard_waiting_for_people)
    + (SELECT count(*) FROM dashboard_unknown_codes) AS rows;
ROLLBACK;

-- one INSERT describes a code, and the views follow
INSERT INTO status_code_overrides (status, description, category, action, retryable, terminal) VALUES
    ('basiq:consent-lapsed', 'The user has to consent again.', 'user_action', 'ask_user', false, true);
SELECT status FROM dashboard_unknown_codes ORDER BY status COLLATE "C";
SELECT status, jobs, action, description FROM dashboard_failing_codes WHERE status = 'basiq:consent-lapsed';
SELECT connection, action, waiting_since FROM dashboard_waiting_for_people WHERE status = 'basiq:consent-lapsed';
SELECT day, jobs, failed FROM dashboard_jobs_by_day WHERE status = 'basiq:consent-lapsed' ORDER BY day;
DELETE FROM status_code_overrides;

-- a filter on the outside finds the index on status, of a table that the planner takes for a large one
CREATE INDEX ON sync_jobs (status);
UPDATE pg_class SET reltuples = 1e6 WHERE oid = 'sync_jobs'::regclass;
SET enable_seqscan = off;
CREATE FUNCTION index_lines(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
    line text;
BEGIN
    FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || query LOOP
        IF line ~ 'Index' THEN
            RETURN NEXT trim(line, ' ->');
        END IF;
    END LOOP;
END $$;
SELECT index_lines('SELECT id FROM dashboard_retries') AS plan;
RESET enable_seqscan;

RESET search_path;
RESET timezone;
SET client_min_messages = warning;
DROP SCHEMA dashboard CASCADE;
