--
-- errors.sql: the messages for mistakes of users
--
\set VERBOSITY default
\set SHOW_CONTEXT never

--
-- Malformed codes: the text, the rule of the grammar that it breaks, and the nearest known code
--
SELECT status_code 'syncfy:Locked';
SELECT status_code 'basiq:invalid credentials';
SELECT status_code 'Syncfy:401';
SELECT status_code 'syncfy:0401';
SELECT status_code 'TwofaTimeout';
SELECT status_code '401';
SELECT status_code '';

-- each part that can be wrong
SELECT status_code ':401';
SELECT status_code 'my provider:401';
SELECT status_code 'basiq:';
SELECT status_code 'syncfy:';
SELECT status_code 'basiq:invalid_credentials!';
SELECT status_code 'basiq:invalid-credentials/';
SELECT status_code 'basiq:invalid-credentials/locked account';
SELECT status_code 'quovo:a/b/c';
SELECT status_code 'foundry:Forbidden';
SELECT status_code 'http:Not-Found';
SELECT status_code('basiq:invalid-credentials', 'locked-account');
SELECT status_code('basiq', 'invalid-credentials/locked-account');
SELECT status_code('basiq', 'invalid-credentials', '');
SELECT status_code('syncfy', -1);

-- a text that is too long is shown in part, and has no nearest code
SELECT status_code(repeat('syncfy:401', 13));
SELECT status_code('syncfy:' || repeat('0', 200));
SELECT status_code('a:' || repeat('x', 100000));

-- other ways of input raise the same errors
SELECT 'syncfy:Locked'::text::status_code;
SELECT status_code('syncfy', 'Locked');
SELECT '{syncfy:401,syncfy:Locked}'::status_code[];
SELECT known_status_code 'syncfy:Locked';
CREATE TEMP TABLE jobs (id integer, status status_code);
\set SHOW_CONTEXT errors
COPY jobs FROM stdin;
1	syncfy:401
2	syncfy:Locked
\.
\set SHOW_CONTEXT never

-- These are well-formed, though hardly intended, and are stored: input does not check whether a code is known.
INSERT INTO jobs VALUES (1, 'sycnfy:401'), (2, 'basiq:invalid-credential'), (3, 'syncfy:450');
SELECT id, status, is_known_code(status) FROM jobs ORDER BY id;
SELECT known_status_code 'basiq:invalid-credential';

-- What an error says, to be checked by queries.
CREATE FUNCTION pg_temp.problem(statement text, OUT state text, OUT message text, OUT detail text, OUT hint text)
LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE statement;
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT,
        detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
END $$;

-- the nearest code
SELECT t AS text, (pg_temp.problem(format('SELECT status_code %L', t))).hint
FROM (VALUES
    ('Locked'),                                 -- several providers have it
    ('TwofaTimeout'),                           -- the name says enough
    ('item login required'),                    -- or the code
    (' syncfy:401 '),
    ('SYNCFY:UNAUTHORIZED'),
    ('syncfy:Unauthorised'),
    ('syncfy: 401'),
    ('syncfy:00000401'),
    ('syncfy:Pending'),                         -- of the two, the one that is in use
    ('syncfy:Penidng'),                         -- also where both are misspelled
    ('syncfy:undergoing maintenance'),
    ('syncfy:UndergoingMaintenance'),
    ('syncfy:Error'),
    ('foundry:Unauthorized'),
    ('foundry:bad request'),
    ('Invalid Credentials'),
    ('invalid_credentials'),
    ('invalid-credentials'),
    ('basiq:Invalid Credential'),
    ('Basiq:invalid-credentials/locked-account'),
    ('basiq:invalid credentials/locked account'),
    ('basiq:access denied/token expired'),
    ('basiq:account not accessible requires user actions'),
    ('Basiq:account_not_accessible_requires_user_actions'),
    ('Basiq:to-many-request'),
    ('http 404'), ('HTTP/404'), ('HTTP 404 Not Found'), ('http:not_found'), ('Http-429'),
    ('Sincfy:401'),                             -- a provider that is near, and its very code
    ('sycnfy:Locked!'), ('sincfy: Lockd'), ('Basic:invalid-credentials'),
    ('basiq:invalid credentials/locked'),       -- cut short
    ('syncfy:undergoing maint.!'),
    ('Syncfy:450'),                             -- no known code, but well-formed
    ('Unauthorized'),                           -- of two providers: no guess
    ('Syncfy:Not Found'),
    ('Plaid:ITEM_LOGIN_REQUIRED'), ('PLAID:ITEM_LOGIN_REQUIERD'),
    ('finicity:01008'), ('finicity:Unexpected login error, log in again'), ('Mx:imported'),
    ('Acme:ITEM_LOGIN_REQUIRED'),               -- nothing is near
    ('401'),
    (''),
    (' '),
    (':')) AS v (t);

-- A placeholder for a missing status, or a word that any provider may use, has no nearest code: no rows.
SELECT t, p.hint
FROM unnest('{none,None,NONE,unknown,Unknown,ok,OK,error,Error,errors,done,n/a,N/A,NA,"null","NULL",test,pending,Pending,PENDING,success,
              failed,failure,active,running,waiting,finished,new,true,false,0,1,200,401,-1,yes,no,x,-,--,?,status,code,fail,
              unknown error,undefined,invalid,not available,no status,bone,gonx,one,lock,http,syncfy,basiq,foundry,plaid,mx,ach,
              connected,Disconnected,updated,UPDATING,imported,rejected,resumed,delayed,disabled,closed,accepted,authorized,executed,settled,
              scheduled,refunded,suspended,deleted,created,ready,expired,revoked,outdated,available,unavailable,Locked,Unauthorized,
              Invalid Credentials,internal server error,rate limit exceeded,account locked}'::text[]) t
    CROSS JOIN LATERAL pg_temp.problem(format('SELECT status_code %L', t)) p
WHERE p.state IS DISTINCT FROM '22P02' OR p.hint !~ '^Write it as';
-- The nearest code shares with the text its beginning, all digits, and four of five characters: no rows.
SELECT t, p.hint
FROM unnest('{http:none,http:Done,syncfy:none,syncfy:-,syncfy:ok,foundry:Bound,syncfy:402!,syncfy:4O1,syncfy:40l,syncfy:+401,syncfy:-401,
              http:4004x,http:Found!!!,"http:not fuond here",basiq:unknown!,basiq:!,"basiq:no such thing","acme: 401",ht:404!,
              "Bank:invalid-credentials",Acme:Locked,"syncfy:bad luck",syncfy:Racked,"basiq: wrong password"}'::text[]) t
    CROSS JOIN LATERAL pg_temp.problem(format('SELECT status_code %L', t)) p
WHERE p.state IS DISTINCT FROM '22P02' OR p.hint !~ '^Write it as';

-- a text of exactly the maximum length is not reported as too long: no rows
SELECT t, p.detail
FROM (VALUES (repeat('x', 126)), (repeat('X', 124) || ':b'), ('a:' || repeat('-', 124)), ('syncfy:' || repeat('x', 119)),
             ('a:b/' || repeat('-', 122))) AS v (t)
    CROSS JOIN LATERAL pg_temp.problem(format('SELECT status_code %L', t)) p
WHERE p.state IS DISTINCT FROM '22P02' OR p.detail ~ 'at most';

-- A long text is cut between characters, of whatever length, and the part before the cut is shown unchanged: no
-- rows
SELECT c, n, p.message
FROM unnest(ARRAY[33, 233, 8364, 128512]) c, generate_series(0, 3) n
    CROSS JOIN LATERAL (SELECT repeat('x', n) || repeat(chr(c), 200)) AS v (t)
    CROSS JOIN LATERAL pg_temp.problem(format('SELECT status_code %L', t)) p
    CROSS JOIN LATERAL (SELECT substring(p.message from '^invalid input syntax for type status_code: "(.*)\.\.\."$')) AS s (shown)
WHERE (c < 128 OR getdatabaseencoding() = 'UTF8')
    AND (p.state <> '22P02' OR shown IS NULL OR left(t, length(shown)) <> shown
         OR octet_length(shown) NOT BETWEEN 157 AND 160);

-- every malformed text is repeated, explained and followed by a hint: no rows
SELECT t, p.*
FROM (VALUES ('a'), ('A:b'), ('a:'), ('a:b/'), ('syncfy:x'), ('a:%s %d %m'), ('%n'), ('"'), (''''), (E'a\nb')) AS v (t)
    CROSS JOIN LATERAL pg_temp.problem(format('SELECT status_code %L', t)) p
WHERE p.state IS DISTINCT FROM '22P02' OR p.detail = '' OR p.hint = ''
    OR p.message <> format('invalid input syntax for type status_code: "%s"', t);


--
-- Labels: the hint lists the valid ones
--
SELECT status_category 'multifactor';
SELECT status_action 'reply';
SELECT status_category 'MFA';
SELECT status_action ''::text;
SELECT code_category('syncfy:401') = 'user-action';
SELECT * FROM status_code_overrides WHERE action = 'renew';


--
-- Overrides (terse: the details hold the time)
--
\set VERBOSITY terse

-- a row gives at least one attribute
INSERT INTO status_code_overrides (status) VALUES ('syncfy:401');
INSERT INTO status_code_overrides (status, note) VALUES ('syncfy:401', 'only a note');
-- a wait is longer than zero
INSERT INTO status_code_overrides (status, retry_after) VALUES ('syncfy:401', '0');
INSERT INTO status_code_overrides (status, retry_after) VALUES ('syncfy:401', '-1 minute');
-- a row is about a code, and the only one about it
INSERT INTO status_code_overrides (name) VALUES ('Locked');
BEGIN;
INSERT INTO status_code_overrides (status, name) VALUES ('syncfy:401', 'a');
INSERT INTO status_code_overrides (status, name) VALUES ('syncfy:401'::text, 'b');
ROLLBACK;
-- its values are codes and labels
INSERT INTO status_code_overrides (status, category) VALUES ('syncfy:401', 'refused');
INSERT INTO status_code_overrides (status, action) VALUES ('syncfy:401', 'mfa'::text);
INSERT INTO status_code_overrides (status, name) VALUES ('syncfy:Locked', 'Locked');
-- an update leaves at least one attribute
INSERT INTO status_code_overrides (status, name) VALUES ('syncfy:401', 'a');
UPDATE status_code_overrides SET name = NULL;
-- an update cannot keep the columns that record it from being set
UPDATE status_code_overrides SET updated_by = NULL, updated_at = NULL;
SELECT updated_by = current_user AS by_me, updated_at > now() - interval '1 hour' AS just_now FROM status_code_overrides;
DELETE FROM status_code_overrides;

-- the trigger function raises an error elsewhere
SELECT status_code_overrides_stamp();
CREATE TEMP TABLE stamped (a integer);
CREATE TRIGGER stamp BEFORE UPDATE ON stamped FOR EACH ROW EXECUTE FUNCTION status_code_overrides_stamp();
INSERT INTO stamped VALUES (1);
UPDATE stamped SET a = 2;
DROP TRIGGER stamp ON stamped;
CREATE TRIGGER stamp BEFORE INSERT ON stamped FOR EACH ROW EXECUTE FUNCTION status_code_overrides_stamp();
INSERT INTO stamped VALUES (1);
DROP TRIGGER stamp ON stamped;
CREATE TRIGGER stamp AFTER UPDATE ON stamped FOR EACH ROW EXECUTE FUNCTION status_code_overrides_stamp();
UPDATE stamped SET a = 2;
DROP TRIGGER stamp ON stamped;
CREATE TRIGGER stamp BEFORE UPDATE ON stamped FOR EACH STATEMENT EXECUTE FUNCTION status_code_overrides_stamp();
UPDATE stamped SET a = 2;
\set VERBOSITY default


--
-- Nothing is an internal error
--
CREATE TEMP TABLE bad AS
-- random bytes, the same ones in every run
SELECT string_agg(chr(greatest(get_byte(decode(md5(i::text), 'hex'), j) % CASE i % 3 WHEN 0 THEN 64 ELSE 128 END, 1)), '') AS t
FROM generate_series(1, 600) i, generate_series(0, 15) j
WHERE j <= i % 16
GROUP BY i;
-- the catalog's codes, names and titles, as they are and misspelled; of a large one every so many
INSERT INTO bad
SELECT t
FROM (SELECT status FROM (SELECT status, row_number() OVER () AS n, count(*) OVER () AS codes FROM builtin_status_codes() AS c (status)) AS c
      WHERE n % greatest(codes / 180, 1) = 0) AS c,
    unnest(ARRAY[status::text, builtin_code_name(status), builtin_code_title(status),
                 code_provider(status) || ':' || builtin_code_name(status)]) s
    CROSS JOIN LATERAL (
        VALUES (s), (upper(s)), (reverse(s)), (s || ' '), (':' || s), (replace(s, '-', ' ')), (replace(s, ':', '/')),
            (overlay(s placing '?' from length(s) / 2 for 1)), (rpad(s, 126, '!')), (rpad(s, 200, s))
    ) AS m (t)
WHERE t IS NOT NULL;
INSERT INTO bad
SELECT m.t
FROM unnest(ARRAY['progress', 'success', 'user_action', 'mfa', 'connection', 'server', 'rate_limit', 'auth', 'request',
    'none', 'wait', 'retry', 'ask_user', 'renew_token', 'fix_request', 'contact_provider', 'stop']) s
    CROSS JOIN LATERAL (VALUES (s), (upper(s)), (s || ' '), (' ' || s), (left(s, -1)), (s || 's'), (rpad(s, 5000, s))) AS m (t);
INSERT INTO bad
SELECT replace(t, 'e', chr(233)) FROM bad WHERE t LIKE '%ed%' AND getdatabaseencoding() = 'UTF8';
SELECT count(DISTINCT t) > 1500 AS enough FROM bad;

-- by every way in: each succeeds, or ends with 22P02 (of the domain: 23514, where the code is unknown)
DO $$
DECLARE
    bad record;
    statement text;
    failed integer := 0;
BEGIN
    FOR bad IN SELECT DISTINCT t FROM bad LOOP
        FOREACH statement IN ARRAY ARRAY['SELECT known_status_code %L', 'SELECT %L::text::status_code',
            'SELECT status_code(%1$L, %1$L, %1$L)', 'SELECT status_code(%L, 401)', 'SELECT status_category %L',
            'SELECT %L::text::status_action']
        LOOP
            BEGIN
                EXECUTE format(statement, bad.t);
            EXCEPTION
                WHEN invalid_text_representation THEN
                    failed := failed + 1;
                WHEN check_violation THEN
                    IF statement NOT LIKE '%known%' THEN
                        RAISE;
                    END IF;
            END;
        END LOOP;
    END LOOP;
    IF failed < 5000 THEN
        RAISE EXCEPTION 'only % failed', failed;
    END IF;
END $$;

-- now, and not some time after the session has ended: later tests may drop the extension
DISCARD TEMP;

-- a text is never cut within a character
SELECT status_code(repeat(' ', 130) || repeat('x', 30) || chr(233), '');
