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
    (24, 'uma', 'saltedge:ProviderError', 1, '2025-09-02 13:10Z', '2025-09-02 13:11Z'); -- whether to retry is not known

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

SELECT * FROM dashboard_jobs_by_day ORDER BY day, provider COLLATE "C", category COLLATE "C";
-- every job is counted once
SELECT sum(jobs) AS jobs, sum(failed) AS failed FROM dashboard_jobs_by_day;
-- a day is a day of UTC, wherever the reader is
SET timezone = 'America/Mexico_City';
SELECT day AT TIME ZONE 'UTC' AS day, sum(jobs) AS jobs FROM dashboard_jobs_by_day GROUP BY day ORDER BY day;
SET timezone = 'UTC';

\x on
SELECT * FROM dashboard_failing_codes ORDER BY jobs DESC, status COLLATE "C";
SELECT * FROM dashboard_retries ORDER BY next_try_at, id;
SELECT * FROM dashboard_waiting_for_people ORDER BY waiting_since, connection COLLATE "C";
SELECT * FROM dashboard_unknown_codes ORDER BY jobs DESC, status COLLATE "C";
\x off

-- one INSERT describes a code, and the views follow
INSERT INTO status_code_overrides (status, description, category, action, retryable, terminal) VALUES
    ('basiq:consent-lapsed', 'The user has to consent again.', 'user_action', 'ask_user', false, true);
SELECT status FROM dashboard_unknown_codes;
SELECT status, jobs, action, description FROM dashboard_failing_codes WHERE status = 'basiq:consent-lapsed';
SELECT connection, action, waiting_since FROM dashboard_waiting_for_people WHERE status = 'basiq:consent-lapsed';
SELECT day, jobs, failed FROM dashboard_jobs_by_day WHERE provider = 'basiq' AND category = 'user_action' ORDER BY day;
DELETE FROM status_code_overrides;

-- a filter on the outside finds the index on status, of a table that the planner takes for a large one
CREATE INDEX ON sync_jobs (status);
UPDATE pg_class SET reltuples = 1e6 WHERE oid = 'sync_jobs'::regclass;
SET enable_seqscan = off;
EXPLAIN (COSTS OFF) SELECT id FROM dashboard_retries;
RESET enable_seqscan;

RESET search_path;
RESET timezone;
SET client_min_messages = warning;
DROP SCHEMA dashboard CASCADE;
