--
-- status_code_match.sql: what texts that were written without this type stand for: try_status_code(), status_code_match()
-- and status_code_nearest()
--

--
-- try_status_code(): NULL where the cast is an error, and else the same
--
SELECT try_status_code('syncfy:401'), try_status_code('syncfy:450') AS unknown, try_status_code('acme:x/y') AS other,
    try_status_code('syncfy:Locked') IS NULL AS word, try_status_code(' syncfy:401') IS NULL AS blank,
    try_status_code('') IS NULL AS empty, try_status_code(NULL) IS NULL AS nothing;
SELECT try_status_code('syncfy', '401'), try_status_code('basiq', 'invalid-credentials', 'locked-account') AS variant,
    try_status_code('basiq', 'x', NULL) AS no_variant, try_status_code('basiq', NULL) IS NULL AS no_code,
    try_status_code(NULL, '401') IS NULL AS no_provider, try_status_code('syncfy', '0401') IS NULL AS zero,
    try_status_code('basiq', 'x', '') IS NULL AS empty_variant, try_status_code('basiq', 'x/y') IS NULL AS slash;

CREATE FUNCTION pg_temp.cast_or_null(t text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    RETURN t::status_code::text;
EXCEPTION WHEN invalid_text_representation THEN
    RETURN NULL;
END $$;
CREATE FUNCTION pg_temp.make_or_null(p text, c text, v text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    RETURN status_code(p, c, v)::text;
EXCEPTION WHEN invalid_text_representation THEN
    RETURN NULL;
END $$;
-- random bytes, the same ones in every run; the catalog's codes, names and titles, as they are and misspelled; of a large
-- one every so many
CREATE TEMP TABLE dirty AS
SELECT string_agg(CASE WHEN i % 5 = 4 AND j % 3 = 0 AND getdatabaseencoding() = 'UTF8' THEN chr(128 + (i * 7919 + j * 104729) % 50000)
                       ELSE chr(greatest(get_byte(decode(md5(i::text), 'hex'), j) % CASE i % 3 WHEN 0 THEN 64 ELSE 128 END, 1)) END, '') AS t
FROM generate_series(1, 900) i, generate_series(0, 15) j
WHERE j <= i % 16
GROUP BY i;
INSERT INTO dirty
SELECT m.t
FROM (SELECT status FROM (SELECT status, row_number() OVER () AS n, count(*) OVER () AS codes FROM builtin_status_codes() AS c (status)) AS c
      WHERE n % greatest(codes / 180, 1) = 0) AS c,
    unnest(ARRAY[status::text, code_value(status), builtin_code_name(status), builtin_code_title(status),
                 code_provider(status) || ':' || builtin_code_name(status)]) s
    CROSS JOIN LATERAL (
        VALUES (s), (upper(s)), (reverse(s)), (s || ' '), (':' || s), (replace(s, '-', ' ')), (replace(s, ':', '/')),
            (overlay(s placing '?' from length(s) / 2 for 1)), (rpad(s, 126, '-')), (rpad(s, 126, 'x')), (rpad(s, 127, 'x')),
            (rpad(s, 254, '_')), (rpad(s, 255, 'x')), (rpad(s, 256, 'x')), (rpad(s, 2000, s)), (lpad(s, 2000))) AS m (t)
WHERE m.t IS NOT NULL;
SELECT count(DISTINCT t) > 2000 AS enough, count(try_status_code(t)) > 200 AS well_formed FROM dirty;
-- no rows
SELECT t FROM dirty WHERE try_status_code(t)::text IS DISTINCT FROM pg_temp.cast_or_null(t);
SELECT t FROM dirty
WHERE try_status_code('basiq', t)::text IS DISTINCT FROM pg_temp.make_or_null('basiq', t, NULL)
    OR try_status_code(t, '401', 'x')::text IS DISTINCT FROM pg_temp.make_or_null(t, '401', 'x')
    OR try_status_code('syncfy', t)::text IS DISTINCT FROM pg_temp.make_or_null('syncfy', t, NULL)
    OR try_status_code('a', 'b', t)::text IS DISTINCT FROM pg_temp.make_or_null('a', 'b', t);


--
-- status_code_match(): what a column of dirty data means
--
CREATE TEMP TABLE wanted (provider text, value text, status status_code);
INSERT INTO wanted VALUES
    -- blanks, and the provider's spelling
    ('syncfy', ' 401', 'syncfy:401'), ('syncfy', '401 ', 'syncfy:401'), ('syncfy', E'\t401\r\n', 'syncfy:401'),
    ('Syncfy', '401', 'syncfy:401'), (' SYNCFY ', '401', 'syncfy:401'), ('syn-cfy', '401', 'syncfy:401'),
    ('BASIQ', 'invalid-credentials', 'basiq:invalid-credentials'),
    -- numbers as other programs write them
    ('syncfy', '0401', 'syncfy:401'), ('syncfy', '401.', 'syncfy:401'), ('syncfy', '401.0', 'syncfy:401'),
    ('syncfy', '0401.000', 'syncfy:401'), ('syncfy', '450', 'syncfy:450'), ('syncfy', '0', 'syncfy:0'),
    ('syncfy', '000', 'syncfy:0'), ('syncfy', '7', 'syncfy:7'), ('syncfy', '999', 'syncfy:999'),
    ('syncfy', '401.5', NULL), ('syncfy', '401.01', NULL), ('syncfy', '401.0.0', NULL), ('syncfy', '.0', NULL),
    ('syncfy', '-401', NULL), ('syncfy', '+401', NULL), ('syncfy', '- 401', NULL), ('syncfy', '401-', NULL),
    ('syncfy', '4 01', NULL), ('syncfy', '4-01', NULL), ('syncfy', '1e3', NULL), ('syncfy', '0x191', NULL),
    ('syncfy', '1000', NULL), ('syncfy', '20250901', NULL), ('syncfy', '99999999999999999999', NULL),
    -- code and name
    ('http', '404 Not Found', 'http:404'), ('http', '404 - not found', 'http:404'), ('http', '404_NOT_FOUND', 'http:404'),
    ('foundry', '401 Unauthorized', 'foundry:401'), ('foundry', '401 invalid credentials', 'foundry:401'),
    ('http', '404 Forbidden', NULL), ('http', '404 Not', NULL), ('http', '404 Not Found here', NULL),
    -- a code in another spelling
    ('basiq', 'INVALID_CREDENTIALS', 'basiq:invalid-credentials'), ('basiq', 'Invalid Credentials', 'basiq:invalid-credentials'),
    ('basiq', 'InvalidCredentials', 'basiq:invalid-credentials'), ('basiq', 'invalid - credentials.', 'basiq:invalid-credentials'),
    ('basiq', 'access_denied', 'basiq:access-denied'), ('basiq', 'refer-to-customer', 'basiq:refer_to_customer'),
    ('basiq', 'invalid-credential', NULL), ('basiq', 'some-new-code', NULL), ('basiq', '-invalid-credentials', NULL),
    -- a variant
    ('basiq', 'invalid-credentials/locked-account', 'basiq:invalid-credentials/locked-account'),
    ('basiq', 'Invalid Credentials / Locked Account', 'basiq:invalid-credentials/locked-account'),
    ('basiq', 'LOCKED_ACCOUNT', 'basiq:locked-account'), ('basiq', 'MULTI_FACTOR_AUTHENTICATION', 'basiq:invalid-credentials/multi-factor-authentication'),
    ('basiq', 'token expired', 'basiq:access-denied/token-expired'),
    ('basiq', 'Cannot login to target institution:  this account is locked', 'basiq:invalid-credentials/locked-account'),
    ('foundry', 'api key INVALID', 'foundry:401/invalid-api-key'), ('basiq', 'invalid-credentials/locked', NULL),
    ('basiq', 'invalid-credentials/', NULL), ('basiq', '/locked-account', NULL),
    -- a name or title; none that two codes have
    ('syncfy', 'Locked', 'syncfy:405'), ('syncfy', 'LOCKED', 'syncfy:405'), ('syncfy', 'undergoing maintenance', 'syncfy:509'),
    ('syncfy', 'UNDERGOING_MAINTENANCE', 'syncfy:509'), ('syncfy', 'Twofa Timeout', 'syncfy:411'),
    ('foundry', 'Unauthorized', 'foundry:401'), ('foundry', 'Invalid Credentials', 'foundry:401'),
    ('foundry', 'endpoint not found', 'foundry:404'), ('http', 'HTTP Version Not Supported', 'http:505'),
    ('syncfy', 'Pending', NULL), ('basiq', 'Unauthorized', NULL), ('basiq', 'Invalid Attribute', NULL), ('http', '(Unused)', NULL),
    ('basiq', 'not accessible', NULL), ('syncfy', 'Lockd', NULL), ('syncfy', 'Forbidden', NULL),
    -- the whole text form, or what is meant to be one
    ('syncfy', 'syncfy:401', 'syncfy:401'), ('Syncfy', 'SYNCFY:0401', 'syncfy:401'), ('syncfy', 'syncfy 401', 'syncfy:401'),
    ('syncfy', 'syncfy: Locked', 'syncfy:405'), ('syncfy', 'syncfy : 401', 'syncfy:401'), ('syncfy', 'syncfy  : 401', 'syncfy:401'), ('http', 'HTTP 404', 'http:404'),
    ('http', 'HTTP/404', 'http:404'), ('basiq', 'basiq:invalid credentials/locked account', 'basiq:invalid-credentials/locked-account'),
    ('syncfy', 'foundry:401', NULL), ('foundry', 'syncfy 401', NULL), ('syncfy', 'syncfy', NULL), ('syncfy', 'syncfy:', NULL),
    ('syncfy', 'syncfy:syncfy:401', NULL), ('syncfy', 'syncfy::401', NULL), ('syncfy', 'syncfy401', NULL),
    ('', 'syncfy:401', 'syncfy:401'), (' ', 'http 404', 'http:404'), ('', 'Basiq:INVALID_CREDENTIALS', 'basiq:invalid-credentials'),
    ('', '401', NULL), ('', 'Locked', NULL), ('', 'invalid-credentials', NULL), ('', 'sincfy:401', NULL),
    -- nothing
    ('syncfy', '', NULL), ('syncfy', ' ', NULL), ('syncfy', '-', NULL), ('syncfy', '--', NULL), ('syncfy', '.', NULL), ('syncfy', ':', NULL),
    ('basiq', '/', NULL), ('syncfy', 'N/A', NULL), ('syncfy', 'NULL', NULL), ('basiq', 'none', NULL), ('basiq', 'n/a', NULL),
    ('syncfy', '{"code":401}', NULL), ('acme', '401', NULL), ('acme', 'acme:401', NULL), ('sincfy', '401', NULL), ('syncfy2', '401', NULL),
    ('-', '401', NULL), ('', '', NULL), (NULL, 'syncfy:401', NULL), ('syncfy', NULL, NULL);
-- no rows
SELECT w.*, status_code_match(w.provider, w.value) AS got
FROM wanted w WHERE status_code_match(w.provider, w.value) IS DISTINCT FROM w.status;
-- with one argument, the value begins with the provider: no rows
SELECT w.*, status_code_match(w.value) AS got
FROM wanted w WHERE btrim(w.provider) = '' AND status_code_match(w.value) IS DISTINCT FROM w.status;
SELECT status_code_match('syncfy 0401'), status_code_match('Pending') IS NULL AS no_provider, status_code_match(NULL) IS NULL AS nothing;

-- Every code and variant, in every spelling in which no other one of its provider is the same: no rows.
CREATE TEMP TABLE code AS
SELECT status, provider, value, builtin_code_name(status) AS name, builtin_code_title(status) AS title,
    CASE WHEN code_variant(status) IS NULL THEN code_number(status) END AS number,
    count(*) OVER (PARTITION BY provider, translate(lower(ltrim(value, '0')), '-_', '')) = 1 AS alone
FROM builtin_status_codes() AS c (status),
    LATERAL (SELECT code_provider(status), substr(status::text, length(code_provider(status)) + 2)) AS p (provider, value);
SELECT c.status, m.provider, m.value, status_code_match(m.provider, m.value)
FROM code c
    CROSS JOIN LATERAL (VALUES
        (provider, value), (upper(provider), value), (' ' || provider || ' ', '  ' || value || E'\n'),
        (provider, upper(value)), (provider, lower(value)), (provider, translate(value, '-', '_')), (provider, translate(value, '-_', '  ')),
        (provider, initcap(translate(value, '-_', '  '))), (provider, value || '.'), (provider, replace(value, '/', ' / ')),
        (provider, '00' || number), (provider, provider || ':' || value), ('', upper(provider) || ': ' || value),
        ('', provider || ' ' || value)) AS m (provider, value)
WHERE c.alone AND m.value IS NOT NULL AND status_code_match(m.provider, m.value) IS DISTINCT FROM c.status;
-- Every name and title that is its code's alone: no rows.
WITH words AS (
    SELECT status, code_base(status) AS base, provider, w.words, p.plain,
        min(code_base(status)) OVER same = max(code_base(status)) OVER same AS alone
    FROM code, LATERAL (VALUES (name), (title)) AS w (words),
        LATERAL (SELECT lower(regexp_replace(regexp_replace(w.words, '\.$', ''), '[-_ ]', '', 'g'))) AS p (plain)
    WHERE w.words IS NOT NULL
    WINDOW same AS (PARTITION BY provider, p.plain))
SELECT w.status, w.words, m.words, status_code_match(w.provider, m.words)
FROM words w CROSS JOIN LATERAL (VALUES (w.words), (upper(w.words)), (' ' || lower(w.words) || ' .'),
        (CASE WHEN w.words !~ ': | /' THEN replace(w.words, ' ', '_') END)) AS m (words) -- a part may not begin or end with "_"
WHERE w.alone AND code_variant(w.status) IS NULL AND m.words IS NOT NULL AND status_code_match(w.provider, m.words) IS DISTINCT FROM w.status
    AND (w.provider, w.plain) NOT IN (SELECT provider, translate(lower(value), '-_ ', '') FROM code);
-- Whatever is given, the answer is a code of that provider that is known, or a number, and matches itself: no rows.
SELECT p, t, m
FROM dirty, unnest('{syncfy,basiq,foundry,http,"",acme}'::text[]) p, LATERAL (SELECT status_code_match(p, t)) AS r (m)
WHERE m IS NOT NULL
    AND (p NOT IN ('', code_provider(m)) OR NOT builtin_is_known_code(m) AND code_number(m) IS NULL
         OR status_code_match(code_provider(m), m::text) IS DISTINCT FROM m);
SELECT count(status_code_match(t)) > 100 AS some, count(status_code_match('basiq', t)) > 100 AS of_basiq FROM dirty;
-- A huge value matches nothing, and costs little; white space around it is none of it.
SELECT status_code_match('basiq', repeat(v, 1000000)) IS NULL AS value, status_code_match(repeat(v, 1000000), '401') IS NULL AS provider,
    status_code_match(repeat(v, 1000000)) IS NULL AS both, status_code_nearest(repeat(v, 1000000)) IS NULL AS nearest,
    try_status_code(repeat(v, 1000000)) IS NULL AS try, try_status_code('a', repeat(v, 1000000)) IS NULL AS try_parts
FROM unnest('{x,-," ",0,:,/,basiq:,.}'::text[]) v;
-- A different number in a text is a different code.
SELECT t, status_code_nearest(t)
FROM unnest('{ach:Non-acceptance of R62 dishonored retrun,ach:Non-acceptance of R61 dishonored return,ach:Non-acceptance of R dishonored return,ach:Non-acceptance of R622 dishonored return}'::text[]) t;
-- a number of any length
SELECT n, length(status_code_match('syncfy', repeat('4', n))::text) AS digits, status_code_match('syncfy', repeat('0', n) || '401') AS zeros
FROM unnest('{3,4,118,119,120,123,130}'::integer[]) n;
SELECT status_code_match(repeat(' ', 1000000) || 'Basiq', repeat(' ', 1000000) || 'Maintenance' || repeat(E'\n', 1000000));

-- In ALTER TABLE, a generated column and an index: it is IMMUTABLE.
CREATE TEMP TABLE old_jobs (id integer, provider text, status text);
INSERT INTO old_jobs VALUES (1, 'Syncfy', ' 401'), (2, 'basiq', 'INVALID_CREDENTIALS'), (3, 'syncfy', NULL), (4, 'acme', 'boom'), (5, 'basiq', '?');
ALTER TABLE old_jobs ADD matched status_code GENERATED ALWAYS AS (status_code_match(provider, status)) STORED;
CREATE INDEX ON old_jobs (status_code_match(provider, status));
CREATE INDEX ON old_jobs (try_status_code(provider, status), status_code_nearest(status));
SELECT * FROM old_jobs ORDER BY id;
ALTER TABLE old_jobs DROP matched;
DROP INDEX old_jobs_status_code_match_idx, old_jobs_try_status_code_status_code_nearest_idx;
ALTER TABLE old_jobs ALTER status TYPE status_code USING coalesce(status_code_match(provider, status), try_status_code(provider, status));
SELECT * FROM old_jobs ORDER BY id;


--
-- status_code_nearest(): the known code that was meant
--
SELECT t, status_code_nearest(t)
FROM (VALUES
    ('sincfy:401'), ('sycnfy:401'), ('synfcy:401'), ('syncfy:401'), ('basic:invalid-credentials'), ('basiq:Invalid-Credentials'),
    ('basiq:invalid-credential'), ('basiq:invald-credentials'), ('basiq:invalid-credentials/locked'), ('basiq:invalid-credentials/lokced-account'),
    ('basiq:invalid-credentials/new'), ('syncfy:401/a'), ('sincfy:Lockd/some-longer-variant'), ('syncfy:402/a'), ('basiq:maintenence'), ('Basiq:Maintenance'), ('fuondry:401/invalid-api-key'), ('syncfy:Lockd'),
    ('basiq:institution-not-sup'), ('basiq:institution'),
    ('syncfy:450'), ('sincfy:450'), ('syncfy:402'), ('acme:boom'), ('acme:401'), ('basiq:some-new-code'), ('none'), ('')) AS v (t);
-- every known code is its own: no rows
SELECT status FROM code WHERE status_code_nearest(status::text) IS DISTINCT FROM status;
-- A known code with two neighbouring letters swapped, a letter too many, or one missing, is near to that code, unless
-- another one is as near.
SELECT count(*) > 100 AS enough, avg((r.near IS NOT NULL AND r.near = c.status)::integer) > 0.95 AS nearly_all, avg((r.near <> c.status)::integer) < 0.01 AS hardly_any
FROM (SELECT *, row_number() OVER () AS n, count(*) OVER () AS codes FROM code) c CROSS JOIN LATERAL (
    VALUES (provider || ':' || overlay(value placing reverse(substr(value, 4, 2)) from 4 for 2)),
        (provider || ':' || overlay(value placing 'q' from 5 for 0)), (provider || ':' || value || 's'), (provider || ':' || left(value, -1)),
        (overlay(provider placing reverse(substr(provider, 3, 2)) from 3 for 2) || ':' || value)) AS m (t)
    CROSS JOIN LATERAL (SELECT status_code_nearest(m.t)) AS r (near)
WHERE c.n % greatest(c.codes / 180, 1) = 0 AND value !~ '^[0-9]' AND length(value) >= 10 AND length(provider) >= 5 AND NOT builtin_is_known_code(m.t::status_code);
-- whatever is given, it is known, or nothing: no rows
SELECT t FROM dirty WHERE NOT builtin_is_known_code(status_code_nearest(t));

-- a beginning has six letters at least
SELECT t, status_code_nearest(t) FROM (VALUES ('syncfy:Underg'), ('syncfy:Under')) AS v (t);
-- a text can have five errors, however long it is
SELECT t, status_code_nearest(t)
FROM (VALUES ('pluggy:CLIENT_IS_UPDQTING_BEFQRE_ALLQWED_FRQQUENCQ'), ('pluggy:CLIENT_IS_QPDQTING_BEFQRE_ALLQWED_FRQQUENCQ')) AS v (t);

-- A value and its provider have up to 255 bytes: no rows.
SELECT n, status_code_match('basiq', v), status_code_match('basiq:' || v), status_code_nearest('basiq:' || v || 'x')
FROM generate_series(250, 260) n, LATERAL (SELECT rpad('invalid', n - 11) || 'credentials') AS s (v)
WHERE (status_code_match('basiq', v) IS NOT NULL) <> (n <= 255)
    OR (status_code_match('basiq:' || v) IS NOT NULL) <> (n <= 249)
    OR (status_code_nearest('basiq:' || v || 'x') IS NOT NULL) <> (n <= 248);
-- a provider of one letter is one
SELECT status_code_match('s', 'syncfy:401');

-- now, and not some time after the session has ended: later tests may drop the extension
DISCARD TEMP;
