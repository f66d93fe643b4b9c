-- What the extension answers about a table of jobs. Runs in any database that has it: psql -f examples/demo.sql
\pset pager off
\pset format wrapped
\pset null '-'

CREATE TABLE sync_jobs (
	id         bigint PRIMARY KEY,
	connection text NOT NULL,
	status     status_code NOT NULL,
	started_at timestamptz NOT NULL,
	ended_at   timestamptz
);
INSERT INTO sync_jobs VALUES
	( 1, 'ana, checking',    'syncfy:200', '2025-09-01 08:00Z', '2025-09-01 08:02Z'),
	( 2, 'ben, checking',    'syncfy:102', '2025-09-01 08:01Z', NULL),
	( 3, 'ben, cards',       'syncfy:401', '2025-09-01 08:01Z', '2025-09-01 08:02Z'),
	( 4, 'cho, savings',     'syncfy:405', '2025-09-01 08:03Z', '2025-09-01 08:04Z'),
	( 5, 'dia, checking',    'syncfy:410', '2025-09-01 08:05Z', NULL),
	( 6, 'eli, checking',    'syncfy:501', '2025-09-01 08:05Z', '2025-09-01 08:06Z'),
	( 7, 'eli, cards',       'syncfy:501', '2025-09-01 08:05Z', '2025-09-01 08:06Z'),
	( 8, 'fay, pension',     'syncfy:509', '2025-09-01 08:07Z', '2025-09-01 08:07Z'),
	( 9, 'gus, checking',    'syncfy:202', '2025-09-01 08:07Z', '2025-09-01 08:09Z'),
	(10, 'hal, checking',    'syncfy:450', '2025-09-01 08:08Z', '2025-09-01 08:09Z'),
	(11, 'ivy, statements',  'basiq:invalid-credentials', '2025-09-01 08:10Z', '2025-09-01 08:11Z'),
	(12, 'jon, checking',    'basiq:invalid-credentials/locked-account', '2025-09-01 08:10Z', '2025-09-01 08:11Z'),
	(13, 'kim, checking',    'basiq:service-unavailable', '2025-09-01 08:12Z', '2025-09-01 08:12Z'),
	(14, 'kim, savings',     'basiq:too-many-requests', '2025-09-01 08:12Z', '2025-09-01 08:12Z'),
	(15, 'lea, checking',    'basiq:internal-server-error', '2025-09-01 08:13Z', '2025-09-01 08:14Z'),
	(16, 'lea, loans',       'basiq:parameter-not-supplied', '2025-09-01 08:13Z', '2025-09-01 08:13Z'),
	(17, 'lea, shares',      'basiq:some-new-code', '2025-09-01 08:13Z', '2025-09-01 08:14Z'),
	(18, 'treasury, ledger', 'foundry:200', '2025-09-01 08:20Z', '2025-09-01 08:20Z'),
	(19, 'treasury, orders', 'foundry:401', '2025-09-01 08:21Z', '2025-09-01 08:21Z'),
	(20, 'treasury, topup',  'foundry:500', '2025-09-01 08:22Z', '2025-09-01 08:22Z');

\set ECHO queries
\echo
\echo '=== What a status means, in the words of its provider'

\pset expanded on
SELECT connection, status, code_description(status) AS description
FROM sync_jobs
WHERE id IN (3, 8, 12, 14, 19)
ORDER BY id;
\pset expanded off

\echo '=== Which jobs to run again by themselves, and when: one minute after the end where the provider names no wait'

SELECT id, connection, status, code_retry_after(status) AS wait,
       ended_at + coalesce(code_retry_after(status), '1 minute') AS run_again_at
FROM sync_jobs
WHERE is_retryable(status)
ORDER BY run_again_at, id;

\echo '=== Who must act'

SELECT code_action(status) AS action, count(*) AS jobs, array_agg(DISTINCT status) AS codes
FROM sync_jobs
GROUP BY action
ORDER BY action;

\echo '=== A dashboard: one vocabulary for all three providers'

SELECT code_provider(status) AS provider, code_category(status) AS category, count(*) AS jobs,
       count(*) FILTER (WHERE is_error(status)) AS errors,
       count(*) FILTER (WHERE is_retryable(status)) AS retryable
FROM sync_jobs
GROUP BY provider, category
ORDER BY provider, category;

\echo '=== The same for a tool that knows plain types only: join the view status_codes'

SELECT c.status, c.category, c.action, c.is_retryable, c.retry_after_seconds, count(*) AS jobs
FROM sync_jobs AS j
JOIN status_codes AS c ON c.status = j.status
WHERE c.is_error
GROUP BY c.status, c.category, c.action, c.is_retryable, c.retry_after_seconds
ORDER BY jobs DESC, c.status
LIMIT 5;

\echo '=== A code that no document lists is stored all the same; its class tells a little'

SELECT id, status, is_known_code(status) AS known, code_category(status) AS category, code_description(status) AS description
FROM sync_jobs
WHERE status = 'syncfy:450';

\echo '=== One INSERT describes it, or corrects what is built in, from the next statement on'

INSERT INTO status_code_overrides (status, description) VALUES
	('syncfy:450', 'The institution wants its new terms of use accepted.'),
	('syncfy:501', 'The bank is away; we try again by ourselves.');

SELECT id, status, is_known_code(status) AS known, code_category(status) AS category, code_description(status) AS description
FROM sync_jobs
WHERE status IN ('syncfy:450', 'syncfy:501')
ORDER BY id;

\echo '=== A column that takes known codes only: this CHECK reads the built-in catalog, so a dump can always be restored'

CREATE TABLE strict_jobs (status status_code CHECK (builtin_is_known_code(status)));

INSERT INTO strict_jobs VALUES ('syncfy:401'), ('basiq:invalid-credentials/locked-account');

\set ON_ERROR_STOP off
INSERT INTO strict_jobs VALUES ('syncfy:450');
