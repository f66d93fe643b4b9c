--
-- providers: traps in the codes of single providers
--
-- Each has misled a client, or would mislead one that decides by the name of a code, by the HTTP status that comes with
-- it or by what another provider means by the same word. Checks without a heading of their own return no rows.
--
CREATE FUNCTION pg_temp.meaning(status status_code) RETURNS text LANGUAGE sql AS $$
    SELECT concat_ws(' ', code_category(status), COALESCE(code_action(status)::text, '?'),
        CASE WHEN is_retryable(status) THEN 'retryable' WHEN is_retryable(status) IS NULL THEN '?' END,
        CASE WHEN NOT is_terminal(status) THEN 'goes on' WHEN is_terminal(status) IS NULL THEN '?' END)
$$;

--
-- One code, several meanings: the variant says which
--
SELECT status, pg_temp.meaning(status) AS meaning, code_title(status) AS title
FROM builtin_status_codes() AS c (status)
WHERE code_provider(status) NOT IN ('basiq', 'foundry', 'http', 'syncfy')
    AND code_base(status) IN (SELECT code_base(v) FROM builtin_status_codes() AS v WHERE code_variant(v) IS NOT NULL)
ORDER BY status;

-- a variant that nobody knows is no variant that somebody knows
SELECT status FROM unnest('{plaid:PRODUCT_NOT_READY/ITEM_ERROR,plaid:ITEM_LOGIN_REQUIRED/x,saltedge:ProviderError/fetch,iso20022:AC14/status}'::status_code[]) AS status
WHERE is_known_code(status);

--
-- Names that mislead
--
CREATE TEMP TABLE trap (status status_code, meaning text);
INSERT INTO trap VALUES
    ('mx:UPDATED', 'progress wait goes on'),                    -- the credentials are; the data are yet to come
    ('mx:IMPORTED', 'user_action ask_user'),                    -- without credentials
    ('mx:CONNECTED', 'success none'),
    ('mx:CREATED', 'progress wait goes on'),
    ('gocardless:LN', 'success none'),
    ('saltedge:finish', 'success none'),                        -- of an attempt that has no fail_error_class
    ('saltedge:disconnect', 'progress wait goes on'),           -- a stage of every attempt
    ('pluggy:USER_AUTHORIZATION_PENDING', 'mfa ask_user'),      -- comes with the event item/error, and ends this update
    ('pluggy:OUTDATED', 'connection retry retryable'),
    ('plaid:INITIAL_UPDATE_COMPLETE', 'progress wait goes on'), -- of the initial data, not of all
    ('plaid:PRODUCT_NOT_READY', 'progress wait retryable goes on'), -- comes as an error
    ('plaid:LOGIN_REPAIRED', 'success none'),                   -- takes an ITEM_LOGIN_REQUIRED back
    ('belvo:token_required', 'mfa ask_user goes on'),           -- HTTP 428, and no failure
    ('ach:C01', 'success fix_request'),                         -- paid
    ('ach:R11', 'request fix_request'),                         -- another meaning since 2020
    ('iso20022:ACSP', 'progress wait goes on'),                 -- accepted is not yet paid
    ('iso20022:ACCP', 'progress wait goes on'),
    ('truelayer:authorized', 'progress wait goes on'),
    ('truelayer:executed', 'success none');
SELECT status, meaning AS wanted, pg_temp.meaning(status) AS meaning FROM trap WHERE meaning <> pg_temp.meaning(status);

--
-- Digits that are no HTTP statuses, and HTTP statuses that say nothing of the code
--
SELECT status, pg_temp.meaning(status) AS meaning, pg_temp.meaning(status_code('http', code_number(status))) AS "http's"
FROM builtin_status_codes() AS c (status)
WHERE code_provider(status) IN ('yodlee', 'mx', 'finicity') AND builtin_is_known_code(status_code('http', code_number(status)))
ORDER BY status;
-- a number that these providers don't have has no class, unlike one of Syncfy, Foundry and HTTP
SELECT status FROM unnest('{yodlee:499,yodlee:599,mx:500,finicity:200,finicity:404,finicity:500,pluggy:401,plaid:429,belvo:428}'::status_code[]) AS status
WHERE num_nonnulls(code_category(status), is_terminal(status), is_success(status)) > 0 OR is_known_code(status);

TRUNCATE trap;
INSERT INTO trap VALUES
    ('plaid:INSTITUTION_DOWN', 'connection retry retryable'),           -- HTTP 400
    ('plaid:CREDITS_EXHAUSTED', 'auth contact_provider'),               -- HTTP 429, and no wait helps
    ('teller:enrollment.disconnected', 'user_action ask_user'),         -- HTTP 404
    ('truelayer:invalid_grant', 'user_action ask_user'),                -- HTTP 400
    ('enablebanking:EXPIRED_SESSION', 'user_action ask_user'),          -- HTTP 401, as a wrong key
    ('finicity:103', 'user_action ask_user'),                           -- HTTP 500
    ('finicity:102', 'connection retry retryable'),                     -- HTTP 500 as well
    ('finicity:0', 'success none'), ('yodlee:0', 'success none');       -- a reader that takes 0 for false loses them
SELECT status, meaning AS wanted, pg_temp.meaning(status) AS meaning FROM trap WHERE meaning <> pg_temp.meaning(status);
-- an error_type of Plaid's is no code
SELECT status FROM unnest('{plaid:RATE_LIMIT_EXCEEDED,plaid:ITEM_ERROR,plaid:INSTITUTION_ERROR,plaid:API_ERROR,plaid:INVALID_INPUT}'::status_code[]) AS status
WHERE is_known_code(status);

--
-- Retries that do harm
--
-- These lock an account, suspend it, or fail each time: nobody sends them again unasked.
SELECT status, pg_temp.meaning(status)
FROM unnest('{plaid:INVALID_CREDENTIALS,plaid:ITEM_LOCKED,plaid:TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION,plaid:INVALID_FIELD,
    gocardless:SUSPENDED,gocardless:SU,mx:DENIED,mx:LOCKED,yodlee:INCORRECT_CREDENTIALS,yodlee:ACCOUNT_LOCKED,pluggy:INVALID_CREDENTIALS,
    saltedge:InvalidCredentials,finicity:103,belvo:login_error,tink:AUTHENTICATION_ERROR,fintoc:institution_credentials_invalid,
    teller:enrollment.disconnected.credentials_invalid,truelayer:access_denied,enablebanking:EXPIRED_SESSION}'::status_code[]) AS status
WHERE is_retryable(status) IS DISTINCT FROM false OR retry_delay(status, 1) IS NOT NULL OR NOT is_known_code(status);
-- Of the ACH network two may be sent again as they were, and no others; of payments by ISO 20022, what an outage or the clock has stopped.
SELECT string_agg(status::text, ' ' ORDER BY status) AS retryable
FROM builtin_status_codes() AS c (status)
WHERE code_provider(status) IN ('ach', 'iso20022') AND is_retryable(status)
GROUP BY code_provider(status) ORDER BY code_provider(status);
-- Whether a payment was made is open: nobody sends it again unasked. Where the same code also ends the fetching of data, the bare code doesn't say.
SELECT status, is_retryable(status) AS retryable, code_user_message(status) AS message
FROM unnest('{saltedge:ExecutionTimeout,saltedge:ProviderError,saltedge:ConnectionFailed,saltedge:ConnectionLost,saltedge:InternalServerError}'::status_code[]) AS base,
    unnest(ARRAY[base, status_code('saltedge', code_value(base), 'fetching'), status_code('saltedge', code_value(base), 'payment')]) AS status;
SELECT status, code_user_message(status) FROM builtin_status_codes() AS c (status)
WHERE is_retryable(status) IS DISTINCT FROM false
    AND code_user_message(status) = code_user_message('saltedge:PaymentInitiationTimeout');
-- A quota of a day or of a few hours isn't asked again within minutes.
SELECT status, retry_delay(status, 1) FROM unnest('{gocardless:RateLimitError,truelayer:unattended_calls_limit_exceeded,
    saltedge:BackgroundFetchLimitExceeded,enablebanking:ASPSP_RATE_LIMIT_EXCEEDED,basiq:daily-limit-reached}'::status_code[]) AS status
WHERE retry_delay(status, 1) < '6 hours' OR retry_delay(status, 1) IS NULL;

--
-- The same situation has the same answer, whoever reports it
--
SELECT situation, array_agg(DISTINCT pg_temp.meaning(status)) AS meaning, count(*) AS codes, bool_and(is_known_code(status)) AS known
FROM (VALUES
    ('account details are wrong', '{plaid:TRANSACTION_IBAN_INVALID,plaid:TRANSACTION_BACS_INVALID,plaid:PAYMENT_INVALID_RECIPIENT,fintoc:invalid_clabe,
        iso20022:AC01,iso20022:AC02,iso20022:AC03,iso20022:RC01,iso20022:RC03,iso20022:RC04,iso20022:RC07,ach:R03,ach:R04,ach:R28,ach:R82}'::status_code[]),
    ('the bank refused the payment', '{plaid:PAYMENT_REJECTED,pluggy:PAYMENT_REJECTED,iso20022:RJCT,iso20022:MS03,iso20022:NARR,basiq:refer_to_customer}'),
    ('the payer cancelled', '{plaid:PAYMENT_CANCELLED,pluggy:CANCELED,iso20022:CANC,iso20022:CUST}'),
    ('banks could not settle', '{ach:R32,ach:R83,iso20022:ED05}'),
    ('the payment was sent twice', '{fintoc:invalid_duplicated_transfer,iso20022:AM05,iso20022:DUPL,iso20022:DU03,ach:R24}'),
    ('the bank has locked the account', '{syncfy:405,basiq:locked-account,plaid:ITEM_LOCKED,mx:LOCKED,yodlee:ACCOUNT_LOCKED,pluggy:ACCOUNT_LOCKED,
        teller:enrollment.disconnected.account_locked}'),
    ('the password is wrong', '{syncfy:401,basiq:invalid-username-or-password,plaid:INVALID_CREDENTIALS,mx:DENIED,yodlee:INCORRECT_CREDENTIALS,
        pluggy:INVALID_CREDENTIALS,saltedge:InvalidCredentials,finicity:103,belvo:login_error,fintoc:institution_credentials_invalid,
        teller:enrollment.disconnected.credentials_invalid,tink:AUTHENTICATION_ERROR}'),
    ('the consent has run out', '{plaid:ITEM_LOGIN_REQUIRED/OAUTH_CONSENT_EXPIRED,gocardless:EX,enablebanking:EXPIRED_SESSION,truelayer:invalid_grant,
        saltedge:AispConsentExpired,finicity:947}')
) AS s (situation, codes), unnest(codes) AS status
GROUP BY situation ORDER BY situation;

--
-- Leading zeros
--
SELECT status, code_number(status) AS number, is_known_code(status) AS known
FROM unnest('{pluggy:001,pluggy:1,pluggy:01,iso20022:0080,iso20022:80,yodlee:0,yodlee:00,mx:1000,mx:01000}'::status_code[]) AS status;
SELECT a.status, b.status
FROM unnest('{pluggy:001,pluggy:01,pluggy:1,iso20022:0080,iso20022:80}'::status_code[]) WITH ORDINALITY AS a (status, n),
    unnest('{pluggy:001,pluggy:01,pluggy:1,iso20022:0080,iso20022:80}'::status_code[]) WITH ORDINALITY AS b (status, n)
WHERE a.n <> b.n AND (a.status = b.status OR status_code_hash(a.status) = status_code_hash(b.status));
SELECT try_status_code('finicity:0103') IS NULL AS refused,
    status_code_match('finicity', '0103') AS matched, status_code_match('pluggy', '001') AS kept;

--
-- Numbers beyond 999
--
-- by number, whether the catalog lists them or not, and before their variants
SELECT array_agg(s ORDER BY s) AS ordered
FROM unnest('{finicity:10106/not-supported,finicity:10106,finicity:10107,finicity:10105,finicity:999,finicity:1008,finicity:1007,finicity:1009,finicity:1000,
    finicity:103,finicity:10106/a,finicity:10023,finicity:2040,finicity:3004,finicity:10106/invalid-account-type,finicity:10106/zz,finicity:0,
    foundry:401,foundry:401/invalid-api-key,foundry:403,foundry:401/zz,foundry:401/a,foundry:402}'::status_code[]) AS s;
-- an index finds each
CREATE TEMP TABLE large AS
SELECT status_code('finicity', n) AS status, n FROM generate_series(0, 11000) AS n
UNION ALL
SELECT unnest('{finicity:10106/not-supported,finicity:10106/invalid-account-type}'::status_code[]), NULL;
CREATE INDEX ON large (status);
CREATE INDEX ON large USING hash (status);
ANALYZE large;
SET enable_seqscan = off;
SELECT l.n FROM large AS l
WHERE n % 97 = 0 AND (SELECT count(*) FROM large AS o WHERE o.status = l.status) <> 1;
SELECT count(*) FROM large WHERE status BETWEEN 'finicity:1008' AND 'finicity:2040';
SELECT count(*) FROM large WHERE from_provider(status, 'finicity');
SELECT status FROM large WHERE is_known_code(status) AND (n > 999 OR n IS NULL) ORDER BY status;
SET enable_seqscan = on;
SET enable_indexscan = off;
SET enable_bitmapscan = off;
SELECT count(*) FROM large WHERE status BETWEEN 'finicity:1008' AND 'finicity:2040';
SELECT status FROM large WHERE is_known_code(status) AND (n > 999 OR n IS NULL) ORDER BY status;
SELECT n FROM (SELECT n, row_number() OVER (ORDER BY status) - 1 AS place FROM large WHERE n IS NOT NULL) AS o WHERE n <> place;
RESET enable_seqscan;
RESET enable_indexscan;
RESET enable_bitmapscan;

--
-- Case
--
-- The case of a code is its provider's: in another case it is not known.
SELECT c.status, o.other
FROM builtin_status_codes() AS c (status),
    LATERAL (SELECT code_provider(status) || ':' || t FROM unnest(ARRAY[upper(code_value(status)), lower(code_value(status)), initcap(code_value(status))]) AS t) AS o (other)
WHERE o.other <> code_base(c.status)::text AND builtin_is_known_code(o.other::status_code);
-- No two codes differ in case, or in "-" and "_", alone: what a person types still finds one.
SELECT a.status, b.status
FROM builtin_status_codes() AS a (status) JOIN builtin_status_codes() AS b (status)
    ON lower(translate(a.status::text, '_', '-')) = lower(translate(b.status::text, '_', '-')) AND a.status < b.status;

--
-- Sets are open: a code that a provider adds tomorrow is stored as it is
--
SELECT status, is_known_code(status) AS known, is_retryable(status) AS retryable
FROM unnest('{plaid:BRAND_NEW_LIMIT,mx:PAUSED,yodlee:NEW_STATUS,finicity:24303,belvo:brand_new,pluggy:BRAND_NEW,saltedge:BrandNew,gocardless:ID,gocardless:ER,
    teller:account.closed,ach:R99,iso20022:AC99,truelayer:brand_new,tink:BRAND_NEW,enablebanking:BRAND_NEW,fintoc:brand_new}'::status_code[]) AS status;

-- at once, and not some time after the session's end: later tests may drop the extension
DISCARD TEMP;
