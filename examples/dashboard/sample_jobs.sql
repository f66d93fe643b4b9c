-- Sample jobs for the dashboard: 30 days of 240 connections of three providers. They depend neither on random numbers nor on
-- the clock, so every run shows the same figures.

CREATE TABLE sync_jobs (
	id         bigint PRIMARY KEY,
	connection text NOT NULL,
	status     status_code NOT NULL,
	attempt    integer NOT NULL DEFAULT 1,
	started_at timestamptz NOT NULL,
	ended_at   timestamptz
);

SET timezone = 'UTC';

-- How many of 1,000 jobs of a provider get which code at first; the others succeed.
CREATE TEMP TABLE shares AS
SELECT provider, status_code(provider, code, variant) AS status,
       sum(share) OVER (PARTITION BY provider ORDER BY code, variant) AS upto
FROM (VALUES
	('syncfy', '202', NULL, 60), ('syncfy', '203', NULL, 25), ('syncfy', '401', NULL, 30), ('syncfy', '403', NULL, 12),
	('syncfy', '405', NULL, 8), ('syncfy', '406', NULL, 6), ('syncfy', '408', NULL, 7), ('syncfy', '410', NULL, 10),
	('syncfy', '411', NULL, 14), ('syncfy', '413', NULL, 9), ('syncfy', '450', NULL, 3), ('syncfy', '500', NULL, 8),
	('syncfy', '501', NULL, 24), ('syncfy', '504', NULL, 12), ('syncfy', '509', NULL, 10),
	('basiq', 'invalid-credentials', 'invalid-username-or-password', 28),
	('basiq', 'invalid-credentials', 'locked-account', 9),
	('basiq', 'invalid-credentials', 'multi-factor-authentication', 7),
	('basiq', 'access-denied', 'token-expired', 10),
	('basiq', 'account-not-accessible-requires-user-action', NULL, 15),
	('basiq', 'institution-not-supported', NULL, 6), ('basiq', 'parameter-not-supplied', NULL, 5),
	('basiq', 'too-many-requests', NULL, 14), ('basiq', 'service-unavailable', NULL, 20),
	('basiq', 'internal-server-error', NULL, 12), ('basiq', 'maintenance-error', NULL, 10),
	('basiq', 'consent-lapsed', NULL, 5),
	('foundry', '400', NULL, 20), ('foundry', '401', NULL, 15), ('foundry', '403', NULL, 8), ('foundry', '404', NULL, 15),
	('foundry', '423', NULL, 6), ('foundry', '500', NULL, 30)
) AS c (provider, code, variant, share);

-- Most connections run every day, fewer on Saturdays and Sundays. Each job has two numbers from 0 to 999.
CREATE TEMP TABLE planned AS
SELECT c AS connection,
       CASE WHEN c <= 110 THEN 'syncfy' WHEN c <= 200 THEN 'basiq' ELSE 'foundry' END AS provider,
       day + interval '6 hours' + one * interval '1 minute' AS started_at,
       one, two
FROM generate_series(1, 240) AS c,
     generate_series('2025-09-01', '2025-09-30', interval '1 day') AS day,
     LATERAL (SELECT md5(format('%s %s', c, day::date))) AS m (digits),
     LATERAL (
         SELECT ('x' || left(digits, 7))::bit(28)::integer % 1000, ('x' || right(digits, 7))::bit(28)::integer % 1000
     ) AS n (one, two)
WHERE CASE WHEN extract(isodow FROM day) >= 6 THEN one < 550 ELSE one < 960 END;

INSERT INTO sync_jobs
SELECT row_number() OVER (ORDER BY started_at, connection),
       'customer ' || to_char(connection, 'FM000'),
       latest.status,
       CASE WHEN done_since THEN 2 + one % 3 WHEN is_retryable(latest.status) THEN 1 + one % 2 ELSE 1 END,
       started_at,
       CASE WHEN is_terminal(latest.status) IS DISTINCT FROM false THEN started_at + (20 + two % 180) * interval '1 second' END
FROM planned
     CROSS JOIN LATERAL (
         SELECT CASE
             -- a bank asks for a second factor from the 10th to the 12th; another one is down on the last evening
             WHEN provider = 'basiq' AND started_at::date BETWEEN '2025-09-10' AND '2025-09-12' AND one % 4 = 0
                 THEN 'basiq:invalid-credentials/multi-factor-authentication'
             WHEN provider = 'syncfy' AND started_at >= '2025-09-30 21:20' THEN 'syncfy:102'
             WHEN provider = 'syncfy' AND started_at >= '2025-09-30 18:30' AND one % 4 <> 0 THEN 'syncfy:501'
             ELSE (SELECT status FROM shares WHERE shares.provider = planned.provider AND two < upto ORDER BY upto LIMIT 1)
         END
     ) AS first (status)
     -- What was under way or could be retried has ended well since, but for the last hours.
     CROSS JOIN LATERAL (
         SELECT started_at < '2025-09-30 16:00' AND (is_retryable(first.status) OR NOT is_terminal(first.status))
     ) AS d (done_since)
     CROSS JOIN LATERAL (
         SELECT CASE
             WHEN first.status IS NOT NULL AND done_since IS NOT TRUE THEN first.status
             WHEN provider = 'basiq' THEN 'basiq:success'
             ELSE status_code(provider, 200)
         END
     ) AS latest (status);
