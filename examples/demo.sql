-- From what providers send to meanings, retries and a dashboard. Run it in any database that has the extension, as the
-- extension's owner: psql -f examples/demo.sql
--
-- Its tables are temporary, and everything is in one transaction that is rolled back. With -v keep=1 the tables are
-- ordinary ones in the first schema of the search_path, and the transaction is committed.
\if :{?keep}
	\set kind ''
\else
	\set kind TEMPORARY
\endif
\set quiet_before :QUIET
\set QUIET on
\set echo_before :ECHO
\set stop_before :ON_ERROR_STOP
\pset pager off
\pset format wrapped
\pset null '-'

BEGIN;

-- What the providers sent is stored unchanged; the status is generated from it. The other columns are those that
-- dashboard_views.sql reads.
CREATE :kind TABLE sync_jobs (
	id         bigint PRIMARY KEY,
	connection text NOT NULL,
	provider   text NOT NULL,
	payload    jsonb NOT NULL,
	status     status_code GENERATED ALWAYS AS (status_code_from_json(provider, payload)) STORED,
	attempt    integer NOT NULL DEFAULT 1,
	started_at timestamptz NOT NULL,
	ended_at   timestamptz
);
INSERT INTO sync_jobs (id, connection, provider, payload, attempt, started_at, ended_at) VALUES
	( 1, 'ana, checking', 'syncfy', '[{"code":100},{"code":101},{"code":102},{"code":200}]', 1, '2025-09-01 08:00Z', '2025-09-01 08:02Z'),
	( 2, 'ben, checking', 'syncfy', '[{"code":100},{"code":101},{"code":102}]', 1, '2025-09-01 08:01Z', NULL),
	( 3, 'ben, cards', 'syncfy', '[{"code":100},{"code":101},{"code":401}]', 1, '2025-09-01 08:01Z', '2025-09-01 08:02Z'),
	( 4, 'cho, savings', 'syncfy', '{"id_credential":"57c4","code":405,"is_locked":1,"ready_in":0}', 1, '2025-09-01 08:03Z', '2025-09-01 08:04Z'),
	( 5, 'dia, checking', 'syncfy', '[{"code":100},{"code":101},{"code":410,"twofa":[{"name":"token"}]}]', 1, '2025-09-01 08:05Z', NULL),
	( 6, 'eli, checking', 'syncfy', '{"code":501}', 1, '2025-09-01 08:05Z', '2025-09-01 08:06Z'),
	( 7, 'eli, cards', 'syncfy', '{"code":501}', 3, '2025-09-01 08:05Z', '2025-09-01 08:06Z'),
	( 8, 'gus, checking', 'syncfy', '{"rid":"e1","code":401,"errors":null,"status":false,"message":"Unauthorized","response":null}', 1, '2025-09-01 08:07Z', '2025-09-01 08:09Z'),
	( 9, 'hal, checking', 'syncfy', '[{"code":100},{"code":450}]', 1, '2025-09-01 08:08Z', '2025-09-01 08:09Z'),
	(10, 'ivy, checking', 'basiq', '{"type":"job","id":"j1","steps":[{"title":"verify-credentials","status":"failed","result":{"code":"invalid-credentials",
		"title":"Cannot login to target institution: this account is locked.",
		"detail":"Cannot login to target institution: this account is locked. Please contact institution directly."}}]}', 1, '2025-09-01 08:10Z', '2025-09-01 08:11Z'),
	(11, 'jon, checking', 'basiq', '{"type":"job","id":"j2","steps":[{"title":"verify-credentials","status":"success","result":null},
		{"title":"retrieve-accounts","status":"in-progress","result":null}]}', 1, '2025-09-01 08:10Z', NULL),
	(12, 'kim, checking', 'basiq', '{"type":"list","data":[{"type":"error","code":"service-unavailable","title":"Service Unavailable",
		"detail":"Service is currently unavailable. Please try again later."}]}', 1, '2025-09-01 08:12Z', '2025-09-01 08:12Z'),
	(13, 'kim, savings', 'basiq', '{"type":"list","data":[{"type":"error","code":"access-denied","title":"Access denied","detail":"Token has expired"}]}', 1, '2025-09-01 08:12Z', '2025-09-01 08:12Z'),
	(14, 'lea, shares', 'basiq', '{"type":"list","data":[{"type":"error","code":"some-new-code"}]}', 1, '2025-09-01 08:13Z', '2025-09-01 08:14Z'),
	(15, 'treasury, ledger', 'foundry', '{"statusCode":200,"statusMessage":"OK","payload":{"idToken":"x"}}', 1, '2025-09-01 08:20Z', '2025-09-01 08:20Z'),
	(16, 'treasury, orders', 'foundry', '{"statusCode":401,"statusMessage":"Unauthorized"}', 1, '2025-09-01 08:21Z', '2025-09-01 08:21Z'),
	(17, 'treasury, topup', 'foundry', '{"statusCode":500,"statusMessage":"Internal Server Error"}', 2, '2025-09-01 08:22Z', '2025-09-01 08:22Z'),
	(18, 'max, checking', 'plaid', '{"webhook_type":"ITEM","webhook_code":"ERROR","item_id":"wz66",
		"error":{"error_type":"ITEM_ERROR","error_code":"ITEM_LOGIN_REQUIRED","error_code_reason":"OAUTH_CONSENT_EXPIRED","status":400}}', 1, '2025-09-01 08:30Z', '2025-09-01 08:31Z'),
	(19, 'max, cards', 'plaid', '{"error_type":"INSTITUTION_ERROR","error_code":"INSTITUTION_DOWN","error_message":"This institution is not responding.","request_id":"q1"}',
		2, '2025-09-01 08:30Z', '2025-09-01 08:31Z'),
	(20, 'max, rent', 'plaid', '{"transfer":{"id":"460c","network":"ach","status":"returned","failure_reason":{"failure_code":"R01","ach_return_code":"R01"}}}',
		1, '2025-09-01 08:32Z', '2025-09-01 08:32Z'),
	(21, 'nia, checking', 'mx', '{"member":{"guid":"MBR-7","connection_status":"CHALLENGED","is_being_aggregated":true,"error":null}}', 1, '2025-09-01 08:33Z', NULL),
	(22, 'oli, checking', 'belvo', '[{"code":"login_error","message":"Invalid credentials provided to login to the institution","request_id":"9e7b"}]',
		1, '2025-09-01 08:34Z', '2025-09-01 08:35Z'),
	(23, 'pam, savings', 'finicity', '{"id":"5011648377","status":"active","aggregationStatusCode":102,"aggregationAttemptDate":1756715700}', 1, '2025-09-01 08:35Z', '2025-09-01 08:36Z'),
	(24, 'rui, checking', 'pluggy', '{"id":"a5c7","status":"OUTDATED","executionStatus":"SITE_NOT_AVAILABLE","error":{"code":"SITE_NOT_AVAILABLE"}}',
		1, '2025-09-01 08:36Z', '2025-09-01 08:37Z'),
	(25, 'sue, checking', 'saltedge', '{"data":{"connection_id":"1","customer_id":"2","error_class":"InteractiveTimeout"},"meta":{"version":"5"}}',
		1, '2025-09-01 08:38Z', '2025-09-01 08:40Z'),
	(26, 'tom, checking', 'truelayer', '{"error":"invalid_grant","error_description":"The refresh token has expired."}', 1, '2025-09-01 08:41Z', '2025-09-01 08:41Z');

\set ECHO queries
\echo
\echo 'NULL is shown as "-".'
\echo
\echo '=== From payloads to statuses: the last report of a job, its failed step, a webhook, an error in an array, a returned payment'

SELECT id, connection, left(payload::text, 40) || '...' AS payload, status, code_category(status) AS category
FROM sync_jobs
ORDER BY id;

\echo '=== What a status means: in the words of the provider if a document of ours has them, otherwise in our own'

\pset expanded on
SELECT connection, status, code_description(status) AS description
FROM sync_jobs
WHERE id IN (3, 10, 13, 18, 20)
ORDER BY id;
\pset expanded off

\echo '=== What to tell the end user, in English, Spanish and Portuguese'

SELECT connection, code_user_message(status) AS message, code_user_message(status, 'es') AS mensaje, code_user_message(status, 'pt') AS mensagem
FROM sync_jobs
WHERE id IN (3, 5, 10, 20, 22)
ORDER BY id;

\echo '=== Jobs to retry automatically, and when: each failed attempt doubles the wait'

SELECT id, connection, status, attempt, retry_delay(status, attempt) AS wait,
       next_retry_at(status, attempt, ended_at) AS run_again_at
FROM sync_jobs
WHERE is_retryable(status)
ORDER BY run_again_at, id;

\echo '=== What the other jobs need'

SELECT code_action(status) AS action, count(*) AS jobs, array_agg(DISTINCT status) AS codes
FROM sync_jobs
WHERE is_retryable(status) IS NOT TRUE
GROUP BY action
ORDER BY action;

\echo '=== A late report: the job has already ended'

SELECT status_can_follow('syncfy:102', 'syncfy:200') AS in_time, status_can_follow('syncfy:200', 'syncfy:102') AS too_late;

\echo '=== A dashboard: one vocabulary for all providers'

SELECT provider, code_category(status) AS category, count(*) AS jobs,
       count(*) FILTER (WHERE is_error(status)) AS errors,
       count(*) FILTER (WHERE is_retryable(status)) AS retryable
FROM sync_jobs
GROUP BY provider, category
ORDER BY provider, category;

SELECT provider, worst_status(status) AS worst FROM sync_jobs GROUP BY provider ORDER BY provider;

\echo '=== The same for tools that know only plain types: join the view status_codes'

SELECT j.status::text, c.label, c.category, c.action, c.first_retry_after, count(*) AS jobs
FROM sync_jobs AS j
LEFT JOIN status_codes AS c ON c.status = j.status::text -- LEFT: jobs with unknown codes count too
WHERE c.is_error IS NOT false
GROUP BY 1, 2, 3, 4, 5
ORDER BY jobs DESC, 1
LIMIT 6;

\echo '=== Unlisted codes are stored too; one INSERT describes a code, from the next statement on'

SELECT id, status, is_known_code(status) AS known, code_category(status) AS category, code_description(status) AS description
FROM sync_jobs
WHERE NOT is_known_code(status);

INSERT INTO status_code_overrides (status, description) VALUES
	('syncfy:450', 'The institution wants its new terms of use accepted.');

SELECT id, status, is_known_code(status) AS known, code_category(status) AS category, code_description(status) AS description
FROM sync_jobs
WHERE status = 'syncfy:450';

\echo '=== A column for known codes only: the CHECK reads the built-in catalog, so a dump can always be restored. It refuses the last row'

CREATE :kind TABLE strict_jobs (status status_code CHECK (builtin_is_known_code(status)));

INSERT INTO strict_jobs VALUES ('syncfy:401'), ('basiq:invalid-credentials/locked-account');

\set ECHO none
SAVEPOINT before_error;
\set ON_ERROR_STOP off
\set ECHO queries
INSERT INTO strict_jobs VALUES ('syncfy:450');

\set ECHO none
ROLLBACK TO SAVEPOINT before_error;
\set ON_ERROR_STOP :stop_before
\if :{?keep}
COMMIT;
\else
ROLLBACK;
\endif
\pset null ''
\pset format aligned
\pset pager on
\set ECHO :echo_before
\set QUIET :quiet_before
