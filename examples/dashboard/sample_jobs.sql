-- Sample jobs for the dashboard: eight weeks of 240 connections of nine providers. They depend neither on random numbers nor
-- on the clock, so every run shows the same figures.

CREATE TABLE sync_jobs (
	id         bigint PRIMARY KEY,
	connection text NOT NULL,
	status     status_code NOT NULL,
	attempt    integer NOT NULL DEFAULT 1,
	started_at timestamptz NOT NULL,
	ended_at   timestamptz
);

SET timezone = 'UTC';

-- The connections of each provider, up to a number, and how its jobs end well.
CREATE TEMP TABLE providers (provider text, last_connection integer, success status_code);
INSERT INTO providers VALUES
	('plaid', 70, 'plaid:HISTORICAL_UPDATE_COMPLETE'), ('syncfy', 120, 'syncfy:200'), ('basiq', 155, 'basiq:success'),
	('mx', 175, 'mx:CONNECTED'), ('belvo', 190, 'belvo:valid'), ('finicity', 205, 'finicity:0'),
	('pluggy', 215, 'pluggy:SUCCESS'), ('saltedge', 225, 'saltedge:finish'), ('foundry', 240, 'foundry:200');

-- How many of 2,500 jobs of a provider get which code at first; the others succeed.
CREATE TEMP TABLE shares AS
SELECT code_provider(status) AS provider, status,
       sum(share) OVER (PARTITION BY code_provider(status) ORDER BY status) AS upto
FROM (VALUES
	('plaid:ITEM_LOGIN_REQUIRED'::status_code, 30), ('plaid:ITEM_LOGIN_REQUIRED/OAUTH_CONSENT_EXPIRED', 14),
	('plaid:INVALID_CREDENTIALS', 16), ('plaid:INVALID_MFA', 8), ('plaid:ITEM_LOCKED', 6), ('plaid:USER_SETUP_REQUIRED', 5),
	('plaid:NO_ACCOUNTS', 4), ('plaid:PRODUCT_NOT_READY', 12), ('plaid:INSTITUTION_DOWN', 22),
	('plaid:INSTITUTION_NOT_RESPONDING', 18), ('plaid:TRANSACTIONS_LIMIT', 9), ('plaid:INTERNAL_SERVER_ERROR', 10),
	('plaid:ITEM_NOT_FOUND', 4), ('plaid:SOME_NEW_ERROR', 3),
	('syncfy:202', 60), ('syncfy:203', 25), ('syncfy:401', 30), ('syncfy:403', 12), ('syncfy:405', 8), ('syncfy:406', 6),
	('syncfy:408', 7), ('syncfy:410', 10), ('syncfy:411', 14), ('syncfy:413', 9), ('syncfy:450', 3), ('syncfy:500', 8),
	('syncfy:501', 24), ('syncfy:504', 12), ('syncfy:509', 10),
	('basiq:invalid-credentials/invalid-username-or-password', 28), ('basiq:invalid-credentials/locked-account', 9),
	('basiq:invalid-credentials/multi-factor-authentication', 7), ('basiq:access-denied/token-expired', 10),
	('basiq:account-not-accessible-requires-user-action', 15), ('basiq:institution-not-supported', 6),
	('basiq:parameter-not-supplied', 5), ('basiq:too-many-requests', 14), ('basiq:service-unavailable', 20),
	('basiq:internal-server-error', 12), ('basiq:maintenance-error', 10), ('basiq:consent-lapsed', 5),
	('mx:DENIED', 24), ('mx:CHALLENGED', 12), ('mx:REJECTED', 8), ('mx:LOCKED', 5), ('mx:IMPEDED', 7), ('mx:DEGRADED', 15),
	('mx:FAILED', 12), ('mx:2003', 6), ('mx:3001', 10),
	('belvo:login_error', 30), ('belvo:token_required', 14), ('belvo:session_expired', 7), ('belvo:too_many_sessions', 9),
	('belvo:institution_down', 18), ('belvo:institution_unavailable', 12), ('belvo:unexpected_error', 10),
	('finicity:103', 26), ('finicity:109', 8), ('finicity:185', 14), ('finicity:102', 20), ('finicity:108', 9),
	('finicity:110039', 3),
	('pluggy:INVALID_CREDENTIALS', 22), ('pluggy:WAITING_USER_INPUT', 10), ('pluggy:ACCOUNT_LOCKED', 6),
	('pluggy:SITE_NOT_AVAILABLE', 20), ('pluggy:USER_AUTHORIZATION_REVOKED', 7), ('pluggy:UNEXPECTED_ERROR', 9),
	('saltedge:InvalidCredentials', 20), ('saltedge:InteractiveTimeout', 10), ('saltedge:AispConsentExpired', 12),
	('saltedge:ProviderError/fetching', 16), ('saltedge:ProviderUnavailable', 12), ('saltedge:BackgroundFetchLimitExceeded', 9),
	('foundry:400', 20), ('foundry:401', 15), ('foundry:403', 8), ('foundry:404', 15), ('foundry:423', 6), ('foundry:500', 30)
) AS c (status, share);

-- Most connections run every day, fewer on Saturdays and Sundays. Each job has two numbers, from 0 to 999 and to 2,499. The
-- first two weeks are planned only for what lasts beyond them.
CREATE TEMP TABLE planned AS
SELECT c AS connection,
       (SELECT provider FROM providers WHERE c <= last_connection ORDER BY last_connection LIMIT 1) AS provider,
       day + interval '6 hours' + one * interval '1 minute' AS started_at,
       one, two
FROM generate_series(1, 240) AS c,
     generate_series('2025-07-23', '2025-09-30', interval '1 day') AS day,
     LATERAL (SELECT md5(format('%s %s', c, day::date))) AS m (digits),
     LATERAL (
         SELECT ('x' || left(digits, 7))::bit(28)::integer % 1000, ('x' || right(digits, 7))::bit(28)::integer % 2500
     ) AS n (one, two)
WHERE CASE WHEN extract(isodow FROM day) >= 6 THEN one < 550 ELSE one < 960 END;

-- Banks that were down: which part of a provider's jobs failed with which code, from when to when. The last two still are.
CREATE TEMP TABLE outages (status status_code, share numeric, since timestamptz, until timestamptz);
INSERT INTO outages VALUES
	('basiq:service-unavailable', 0.5, '2025-08-19 13:00', '2025-08-20 04:00'),
	('syncfy:501', 0.6, '2025-09-18 06:00', '2025-09-20 05:00'),
	('syncfy:501', 0.6, '2025-09-30 15:30', 'infinity'), ('belvo:institution_down', 0.6, '2025-09-30 17:30', 'infinity');

-- What each job met first: an outage, or its share of the codes. NULL is success.
CREATE TEMP TABLE met AS
SELECT *, outage.status IS NOT NULL AS in_outage, coalesce(outage.status, CASE
           -- a bank asks for a second factor, and refuses it, from the 10th to the 12th
           WHEN provider = 'plaid' AND started_at::date BETWEEN '2025-09-10' AND '2025-09-12' AND one % 4 = 0 THEN 'plaid:INVALID_MFA'
           ELSE (SELECT status FROM shares WHERE shares.provider = planned.provider AND two < upto ORDER BY upto LIMIT 1)
       END) AS first
FROM planned
     LEFT JOIN LATERAL (
         SELECT status, until FROM outages
         WHERE code_provider(status) = provider AND started_at BETWEEN since AND until AND connection * 7 % 10 < share * 10
     ) AS outage ON true;

-- What the customer has to put right fails again every day until he does, after one to nine days. A second factor can be
-- right the next day.
CREATE TEMP TABLE lasting AS
SELECT connection, first AS status, started_at AS since, started_at::date + 1 + two % 3 * (one % 5) AS until
FROM met
WHERE code_action(first) = 'ask_user' AND code_category(first) = 'user_action' AND is_error(first);
CREATE INDEX ON lasting (connection);
ANALYZE lasting;

INSERT INTO sync_jobs
SELECT row_number() OVER (ORDER BY started_at, connection),
       'customer ' || to_char(connection, 'FM000'),
       latest.status,
       CASE WHEN recovered THEN 2 + one % 3 WHEN is_retryable(latest.status) THEN attempts ELSE 1 END,
       started_at,
       CASE WHEN is_terminal(latest.status) IS DISTINCT FROM false
            THEN started_at + CASE WHEN is_retryable(latest.status) THEN waits ELSE '0' END + (20 + two % 180) * interval '1 second' END
FROM met
     CROSS JOIN LATERAL (
         SELECT CASE
             WHEN in_outage THEN first
             -- the last jobs of two providers are under way
             WHEN provider = 'syncfy' AND started_at >= '2025-09-30 21:20' THEN 'syncfy:102'
             WHEN provider = 'mx' AND started_at >= '2025-09-30 21:20' THEN 'mx:CONNECTED/aggregating'
             ELSE coalesce(
                 (SELECT l.status FROM lasting AS l
                  WHERE l.connection = met.connection AND met.started_at >= l.since AND met.started_at < l.until
                  ORDER BY l.since LIMIT 1),
                 first)
         END
     ) AS m (status)
     -- How often an outage's job was tried, until the outage or the day ended. The next day's job takes its place.
     CROSS JOIN LATERAL (
         SELECT 1 + count(*)::integer, coalesce(max(waited), '0')
         FROM (
             SELECT sum(retry_delay(m.status, n)) OVER (ORDER BY n) AS waited FROM generate_series(1, 9) AS n
         ) AS w
         WHERE in_outage AND started_at + waited < least(until, started_at::date + interval '22 hours')
     ) AS t (attempts, waits)
     -- What another attempt came in time for has ended well since, as has what was under way.
     CROSS JOIN LATERAL (
         SELECT CASE
             WHEN in_outage THEN until < started_at::date + interval '22 hours'
             WHEN is_retryable(m.status) THEN started_at + retry_delay(m.status, 1) < '2025-09-30 22:00'
             ELSE NOT is_terminal(m.status) AND started_at < '2025-09-30 21:20'
         END
     ) AS d (recovered)
     CROSS JOIN LATERAL (
         SELECT CASE
             WHEN m.status IS NOT NULL AND recovered IS NOT TRUE THEN m.status
             ELSE (SELECT success FROM providers WHERE providers.provider = met.provider)
         END
     ) AS latest (status)
WHERE started_at >= '2025-08-06';
