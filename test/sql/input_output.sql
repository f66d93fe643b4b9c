--
-- input_output.sql: the text form of a status code, in and out
--

-- The grammar, written a second time in SQL.
CREATE FUNCTION pg_temp.well_formed(t text) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
    SELECT octet_length(t) <= 126
        AND t COLLATE "C" ~ '^[a-z][a-z0-9_-]*:[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)?$'
        AND (t COLLATE "C" !~ '^(syncfy|foundry|http):'
             OR t COLLATE "C" ~ '^[a-z]*:(0|[1-9][0-9]*)(/.*)?$')
$$;

-- The SQLSTATE that a statement ends with.
CREATE FUNCTION pg_temp.sqlstate_of(statement text) RETURNS text
LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE statement;
    RETURN '00000';
EXCEPTION WHEN OTHERS THEN
    RETURN SQLSTATE;
END $$;

CREATE TEMP TABLE valid (t text);
COPY valid FROM stdin;
syncfy:401
syncfy:0
syncfy:9
syncfy:10
syncfy:99
syncfy:999
syncfy:1000
syncfy:65536
syncfy:4294967296
syncfy:18446744073709551616
syncfy:401/x
syncfy:401/401
syncfy:401/007
syncfy:450/Some.Variant_1-a
foundry:403
foundry:100000
http:200
http:0
basiq:invalid-credentials
basiq:invalid-credentials/locked-account
basiq:invalid-credentials/no-such-variant
basiq:invalid-credentials/LOCKED-ACCOUNT
basiq:Invalid-Credentials
basiq:access-denied
basiq:access-denied/token-expired
basiq:refer_to_customer
basiq:401
basiq:007
basiq:0
a:b
a:B
a:0
a:00
a:007
a:0/0
a-:1
a_:1
a9:1
a-_9:A.b_c-d/0._-
quovo:ITEM_LOGIN_REQUIRED
quovo:item.login.required/v2.1
quovo:9-
quovo:9.
quovo:9_
sync:Locked
syncf:0401
syncfyx:0401
syncfy2:Locked
syncfy-:Locked
https:not-found
sycnfy:401
basiq:invalid-credential
null:null
nan:NaN
t:t
\.
-- as long as a value may be, in each part
INSERT INTO valid VALUES
    ('a:' || repeat('x', 124)), (repeat('p', 124) || ':1'), ('a:b/' || repeat('v', 122)),
    ('syncfy:' || repeat('9', 119)), ('syncfy:401/' || repeat('v', 115)),
    (repeat('p', 41) || ':' || repeat('C', 42) || '/' || repeat('0', 41));

-- the table agrees with the rule: no rows
SELECT t FROM valid WHERE NOT pg_temp.well_formed(t);
SELECT max(octet_length(t)) AS longest FROM valid;

-- casts give the text back byte for byte: no rows
SELECT t FROM valid WHERE t::status_code::text::bytea <> t::bytea;
SELECT t FROM valid WHERE t::varchar::status_code::varchar <> t;
SELECT t FROM valid WHERE CAST(CAST(t AS status_code) AS text) <> t;
SELECT t FROM valid WHERE text(status_code(t)) <> t;

-- and so do literals, quoted values, arrays, rows and JSON: no rows
CREATE FUNCTION pg_temp.through_literal(t text) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
    result text;
BEGIN
    EXECUTE format('SELECT status_code %L', t) INTO result;
    RETURN result;
END $$;
SELECT t FROM valid WHERE pg_temp.through_literal(t) <> t;
SELECT t FROM valid WHERE quote_literal(t::status_code) <> '''' || t || '''';
SELECT t FROM valid WHERE format('%s', t::status_code) <> t;
SELECT t FROM valid WHERE ARRAY[t::status_code, NULL, t::status_code]::text <> '{' || t || ',NULL,' || t || '}';
SELECT t FROM valid WHERE (ARRAY[t::status_code, NULL]::text::status_code[])[1]::text <> t;
SELECT t FROM valid WHERE ROW(t::status_code, 1)::text <> '(' || t || ',1)';
SELECT t FROM valid WHERE to_json(t::status_code)::text <> to_json(t)::text;
SELECT t FROM valid WHERE to_jsonb(t::status_code) <> to_jsonb(t);

-- different texts are different values, and a value is the same however it was made: no rows
SELECT a.t, b.t FROM valid a, valid b WHERE (a.t::status_code = b.t::status_code) <> (a.t = b.t);
SELECT t FROM valid
WHERE pg_column_size(t::status_code) <> pg_column_size(pg_temp.through_literal(t)::status_code)
    OR t::status_code <> pg_temp.through_literal(t)::status_code;

-- text COPY, in and out
CREATE TEMP TABLE copied (n integer, status status_code);
COPY copied FROM stdin;
1	syncfy:401
2	basiq:invalid-credentials/locked-account
3	\N
4	quovo:ITEM_LOGIN_REQUIRED
5	syncfy:1000
\.
COPY copied TO stdout;
COPY copied TO stdout (FORMAT csv, FORCE_QUOTE *, NULL 'none');
COPY copied FROM stdin (FORMAT csv);
6,"foundry:403"
7,http:0
8,
\.
SELECT * FROM copied WHERE n > 5 ORDER BY n;

CREATE TEMP TABLE malformed (t text);
COPY malformed FROM stdin;

 
:
::
/
:/
a
a:
:a
:401
a:/
a:/b
a:b/
a:b//
a:b//c
a:b/c/
a:b/c/d
a/b
a/b:c
a:b:c
a:b/c:d
a::b
a b
a: b
a :b
 a:b
a:b 
a:b\t
a:b\n
\na:b
a:b/ c
a:b /c
a:b c
A:b
aB:c
9:b
9a:b
-a:b
_a:b
a.b:c
a:-b
a:.b
a:_b
a:b/-c
a:b/.c
a:b/_c
a:b+c
a:b*c
a:b\\c
a:'b'
a:"b"
"a:b"
'a:b'
a:b,c
a:{b}
a:b;
a:b?
a:%41
a:b@c
a:b$
a:$b
a:b#
Syncfy:401
SYNCFY:401
basiQ:access-denied
syncfy:
syncfy:/x
syncfy:Locked
syncfy:401x
syncfy:x401
syncfy:0401
syncfy:00
syncfy:01
syncfy:007/x
syncfy:-1
syncfy:+1
syncfy:-0
syncfy:1.0
syncfy:1.
syncfy:1e3
syncfy:0x10
syncfy:1_000
syncfy: 401
syncfy:401 
 syncfy:401
syncfy:4 01
syncfy:401/
syncfy:401//
syncfy:401/-
foundry:OK
foundry:0403
foundry:
http:Not-Found
http:0200
http:
basiq:invalid credentials
basiq:invalid-credentials/
basiq:invalid-credentials/locked account
basiq:-
basiq:
401
Locked
locked-account
invalid-credentials
syncfy 401
syncfy-401
syncfy.401
syncfy;401
http://example.org
\.
-- control characters, and letters, digits, signs and blanks beyond ASCII
INSERT INTO malformed
SELECT replace(f, '?', chr(c))
FROM unnest(ARRAY['?:b', 'a?:b', 'a:?', 'a:b?', 'a:b/?', 'a:b/c?', 'syncfy:4?1', 'basiq:invalid?credentials']) f,
    unnest(ARRAY[1, 9, 10, 13, 27, 127, x'e9'::integer, x'430'::integer, x'661'::integer, x'ff11'::integer,
        x'ff1a'::integer, x'2044'::integer, x'a0'::integer, x'200b'::integer, x'1f600'::integer]) c
WHERE c < 128 OR getdatabaseencoding() = 'UTF8';
-- one byte too many, in each part, and many more
INSERT INTO malformed VALUES
    ('a:' || repeat('x', 125)), (repeat('p', 125) || ':1'), ('a:b/' || repeat('v', 123)),
    ('syncfy:' || repeat('9', 120)), ('syncfy:401/' || repeat('v', 116)),
    ('a:' || repeat('x', 126)), ('a:' || repeat('x', 254)), ('a:' || repeat('x', 65536)),
    (repeat('x', 126)), (repeat('x', 1000)), (repeat(':', 1000)), (repeat('/', 1000)),
    (repeat('a/b', 1000));
INSERT INTO malformed
SELECT repeat(chr(c), n) FROM unnest(ARRAY[233, 8364]) c, unnest(ARRAY[42, 63, 1000]) n WHERE getdatabaseencoding() = 'UTF8';

-- the table agrees with the rule: no rows
SELECT t FROM malformed WHERE pg_temp.well_formed(t);

-- every malformed text is refused with 22P02, by every way in: no rows
SELECT t, way.statement, pg_temp.sqlstate_of(way.statement)
FROM malformed
    CROSS JOIN LATERAL (VALUES
        (format('SELECT status_code %L', t)),
        (format('SELECT %L::text::status_code', t)),
        (format('SELECT %L::varchar::status_code', t)),
        (format('SELECT status_code(%L::text)', t)),
        (format('SELECT status_code_in(%L)', t)),
        (format('SELECT (ARRAY[%L]::text[])::status_code[]', t)),
        (format('SELECT %L::status_code[]', ARRAY[t]::text)),
        (format('SELECT %L::known_status_code', t)),
        (format('INSERT INTO copied (status) VALUES (%L)', t)),
        (format('INSERT INTO copied (status) SELECT %L::text', t)),
        (format('SELECT jsonb_populate_record(NULL::copied, %L)', jsonb_build_object('status', t)))
    ) way (statement)
WHERE pg_temp.sqlstate_of(way.statement) <> '22P02';

-- every character, put before and in place of each character of four texts: a text is accepted
-- where the rule accepts it, then comes back as it is, and else ends with 22P02: no rows
CREATE TEMP TABLE tried AS
SELECT DISTINCT left(base, i - 1) || chr(c) || substr(base, i + skip) AS t
FROM unnest(ARRAY['b9:c1/v1', 'syncfy:40/v1', 'basiq:empty-file', 'http:0']) base,
    generate_series(1, 127) c, generate_series(1, 17) i, generate_series(0, 1) skip
WHERE i <= length(base) + 1;
SELECT count(*) > 5000 AS enough, count(*) FILTER (WHERE pg_temp.well_formed(t)) > 1000 AS enough_valid FROM tried;
SELECT t, pg_temp.sqlstate_of(format('SELECT status_code %L', t))
FROM tried
WHERE pg_temp.sqlstate_of(format('SELECT status_code %L', t))
    <> CASE WHEN pg_temp.well_formed(t) THEN '00000' ELSE '22P02' END;
SELECT t FROM tried WHERE CASE WHEN pg_temp.well_formed(t) THEN t::status_code::text <> t END;

-- The rule is no looser than input: an empty text, and NULL, which is no text.
SELECT pg_temp.sqlstate_of('SELECT status_code ''''') AS empty, NULL::text::status_code IS NULL AS none;


--
-- Soft errors, where the server has them (16 and later)
--
DO $$
DECLARE
    x record;
    valid boolean;
BEGIN
    IF to_regproc('pg_catalog.pg_input_is_valid') IS NULL THEN
        RETURN;
    END IF;
    FOR x IN SELECT t FROM valid UNION SELECT t FROM malformed UNION SELECT t FROM tried LOOP
        EXECUTE 'SELECT pg_input_is_valid($1, ''status_code'')' INTO valid USING x.t;
        IF valid <> pg_temp.well_formed(x.t) THEN
            RAISE EXCEPTION 'pg_input_is_valid(%) is %', quote_literal(x.t), valid;
        END IF;
        EXECUTE 'SELECT pg_input_is_valid($1, ''status_code[]'')' INTO valid USING ARRAY[x.t]::text;
        IF valid <> pg_temp.well_formed(x.t) THEN
            RAISE EXCEPTION 'pg_input_is_valid(%) as an array is %', quote_literal(x.t), valid;
        END IF;
    END LOOP;
    FOR x IN SELECT t FROM malformed LOOP
        EXECUTE 'SELECT sql_error_code = ''22P02'' AND detail <> '''' AND hint <> '''' AND message ~ ''^invalid input syntax for type status_code: ''
                 FROM pg_input_error_info($1, ''status_code'')' INTO valid USING x.t;
        IF valid IS NOT TRUE THEN
            RAISE EXCEPTION 'pg_input_error_info(%)', quote_literal(x.t);
        END IF;
    END LOOP;
    FOR x IN SELECT * FROM (VALUES
        ('mfa', 'status_category', true), ('MFA', 'status_category', false), ('', 'status_category', false),
        ('wait', 'status_action', true), ('mfa', 'status_action', false), ('{wait,mfa}', 'status_action[]', false),
        ('syncfy:401', 'known_status_code', true), ('syncfy:450', 'known_status_code', false),
        ('syncfy:x', 'known_status_code', false)) AS v (t, type, expected)
    LOOP
        EXECUTE 'SELECT pg_input_is_valid($1, $2)' INTO valid USING x.t, x.type;
        IF valid <> x.expected THEN
            RAISE EXCEPTION 'pg_input_is_valid(%, %) is %', quote_literal(x.t), x.type, valid;
        END IF;
    END LOOP;
END $$;


--
-- Constructors
--
SELECT status_code('syncfy', '401') AS number, status_code('basiq', 'access-denied') AS slug,
    status_code('basiq', 'access-denied', 'token-expired') AS variant, status_code('syncfy', 401) AS "integer";
SELECT status_code(provider => 'basiq', code => 'access-denied', variant => 'token-expired') AS named,
    status_code(code => 401, provider => 'syncfy') AS number;

-- NULL where provider or code is NULL; a NULL variant is none
SELECT status_code(NULL, 'a') AS a, status_code('a', NULL::text) AS b, status_code(NULL::text, NULL::text, 'c') AS c,
    status_code('a', NULL::text, 'c') AS d, status_code('a', 'b', NULL) AS e,
    status_code(NULL, 401) AS f, status_code('syncfy', NULL::integer) AS g, status_code(NULL::text) AS h;

-- parts put together give what the text form gives: no rows
SELECT t FROM valid
WHERE status_code(code_provider(t::status_code), code_value(t::status_code), code_variant(t::status_code))
    IS DISTINCT FROM t::status_code;

-- Each part is checked by itself, so that none can contain another one: accepted if each is well-formed,
-- with the same value as the text form, and otherwise refused with 22P02: no rows
CREATE TEMP TABLE part AS
SELECT p FROM unnest(ARRAY['a', 'A', '007', '401', 'syncfy', 'access-denied', '', ' ', ':', '/', 'a:b', 'a/b', 'a:b/c',
    ':a', 'a:', '/a', 'a/', '-', 'a b', '+1', repeat('x', 122), repeat('x', 123), repeat('x', 124)]) p;
CREATE TEMP TABLE put_together AS
SELECT p.p AS provider, c.p AS code, v AS variant, p.p || ':' || c.p || coalesce('/' || v, '') AS t,
    (p.p || c.p || coalesce(v, '')) !~ '[:/]' AS clean
FROM part p, part c, unnest(ARRAY[NULL, 'b', 'B', '0', '', ':', '/', 'a:b', 'a/b', '-', repeat('x', 122)]) v;
SELECT provider, code, variant, state
FROM (SELECT *, pg_temp.sqlstate_of(format('SELECT status_code(%L, %L::text, %L)', provider, code, variant)) AS state
      FROM put_together) x
WHERE state <> CASE WHEN clean AND pg_temp.well_formed(t) THEN '00000' ELSE '22P02' END;
SELECT provider, code, variant
FROM put_together
WHERE CASE WHEN clean AND pg_temp.well_formed(t) THEN status_code(provider, code, variant) <> t::status_code END;
SELECT count(*) FILTER (WHERE clean AND pg_temp.well_formed(t)) AS valid,
    count(*) FILTER (WHERE NOT clean AND pg_temp.well_formed(t)) AS smuggled
FROM put_together;

-- numbers
SELECT status_code('syncfy', 0) AS a, status_code('syncfy', 999) AS b, status_code('syncfy', 1000) AS c,
    status_code('http', 2147483647) AS d, status_code('quovo', 2147483647) AS e, status_code('basiq', 7) AS f;
-- of any integer type; not of a numeric, which can be 401.5
SELECT status_code('syncfy', 401::smallint) AS "smallint", status_code('syncfy', 401::bigint) AS "bigint",
    status_code('quovo', 9223372036854775807) AS largest, status_code('quovo', 2147483648) AS beyond;
SELECT n, statement, pg_temp.sqlstate_of(statement)
FROM unnest(ARRAY['401::numeric', '401.0', '401::real', '-9223372036854775808', '9223372036854775808', 'NULL::bigint', 'true']) AS n,
    format('SELECT status_code(''syncfy'', %s)', n) AS statement;
SELECT n FROM generate_series(0, 1100) n
WHERE status_code('foundry', n) <> ('foundry:' || n)::status_code
    OR status_code('foundry', n) <> status_code('foundry', n::text)
    OR code_number(status_code('foundry', n)) <> n;
SELECT p, n, pg_temp.sqlstate_of(format('SELECT status_code(%L, (%s)::integer)', p, n))
FROM (VALUES ('syncfy', -1), ('quovo', -1), ('basiq', -2147483648), ('syncfy', -2147483648), ('Syncfy', 401),
             ('', 401), ('a:b', 401), (repeat('p', 123), 401)) AS v (p, n)
ORDER BY p COLLATE "C", n;


--
-- Casts: by assignment, and never implicit
--
INSERT INTO copied (n, status) VALUES (10, 'syncfy:405'::text), (11, 'syncfy:405'::varchar(20)), (12, 'syncfy:' || 405);
INSERT INTO copied (n, status) SELECT 13, code FROM (SELECT 'syncfy:405'::text) AS v (code);
UPDATE copied SET status = lower('SYNCFY:') || 405 WHERE n = 1;
SELECT n FROM copied WHERE status = 'syncfy:405' ORDER BY n;
CREATE TEMP TABLE plain (t text, v varchar, c varchar(30));
INSERT INTO plain SELECT status, status, status FROM copied WHERE n = 10;
SELECT * FROM plain;

-- A char(n) loses the blanks that pad it, and no others; it compares as the text without them.
CREATE TEMP TABLE padded (c char(30), d char(30), n integer);
INSERT INTO padded VALUES ('syncfy:405', 'x', 1), ('syncfy:405', 'syncfy:405', 2), (' syncfy:405', ' syncfy:405', 3), (NULL, NULL, 4), ('', '', 5);
INSERT INTO copied (n, status) SELECT 14, c FROM padded WHERE n = 1;
SELECT status, octet_length(status::text) FROM copied WHERE n = 14;
SELECT n, c::status_code AS cast, status_code(c) AS function FROM padded WHERE n IN (1, 4);
SELECT n, pg_temp.sqlstate_of(format('SELECT c::status_code FROM padded WHERE n = %s', n)) FROM generate_series(1, 5) AS n;
SELECT pg_temp.sqlstate_of('SELECT E''syncfy:405\\t''::char(30)::status_code') AS tab;
SELECT n, status_code 'syncfy:405' = c AS equal, c = status_code 'syncfy:405' AS left, status_code 'syncfy:405' <> c AS unequal, status_code 'syncfy:5' < c AS less,
    status_code 'syncfy:405' IN (c, d) AS in, status_code 'syncfy:405' = ANY (ARRAY[c]) AS any
FROM padded ORDER BY n;
SELECT count(*) FROM copied JOIN padded ON status = c;
ALTER TABLE padded ALTER c TYPE status_code USING CASE WHEN n < 3 THEN c::status_code END;
SELECT n, c FROM padded ORDER BY n;
CREATE TEMP TABLE padded_status (c char(30));
INSERT INTO padded_status VALUES ('syncfy:405'), ('basiq:x');
ALTER TABLE padded_status ALTER c TYPE status_code;
SELECT c, c = 'syncfy:405' AS equal FROM padded_status;

-- a function of a text does not accept a status code, nor one of a status code a text
SELECT statement, pg_temp.sqlstate_of(statement)
FROM (VALUES
    ($$SELECT upper(status_code 'syncfy:401')$$),
    ($$SELECT length(status_code 'syncfy:401')$$),
    ($$SELECT status_code 'syncfy:401' ~ 'syncfy'$$),
    ($$SELECT code_provider('syncfy:401'::text)$$),
    ($$SELECT is_known_code('syncfy:401'::varchar)$$),
    ($$SELECT status_code 'syncfy:401' = 401$$),
    ($$SELECT 401::status_code$$)) AS v (statement);

-- what the catalog says of the casts
SELECT castsource::regtype, casttarget::regtype, castcontext
FROM pg_cast
WHERE 'status_code'::regtype IN (castsource, casttarget)
ORDER BY castsource::regtype::text COLLATE "C";


--
-- Domain known_status_code, arrays and composite types
--
CREATE TEMP TABLE known (status known_status_code);
INSERT INTO known VALUES (NULL), ('syncfy:401'), ('basiq:access-denied/token-expired'), ('syncfy:205');
INSERT INTO known SELECT t FROM valid WHERE builtin_is_known_code(t::status_code);
SELECT count(*) > 8 AS enough, count(*) FILTER (WHERE status IS NULL) AS nulls FROM known;
-- what is well-formed and unknown is 23514, by every way in: no rows
SELECT t, way.statement, pg_temp.sqlstate_of(way.statement)
FROM valid
    CROSS JOIN LATERAL (VALUES
        (format('SELECT %L::known_status_code', t)),
        (format('SELECT %L::text::known_status_code', t)),
        (format('SELECT %L::status_code::known_status_code', t)),
        (format('INSERT INTO known VALUES (%L)', t)),
        (format('SELECT %L::known_status_code[]', '{' || t || '}'))) way (statement)
WHERE pg_temp.sqlstate_of(way.statement)
    <> CASE WHEN builtin_is_known_code(t::status_code) THEN '00000' ELSE '23514' END;
-- it is a status code: functions and operators take it
SELECT status, code_name(status), status = 'syncfy:401' AS equal FROM known WHERE status = 'syncfy:401'::status_code LIMIT 1;

CREATE TYPE pg_temp.job AS (id integer, status status_code, history status_code[]);
SELECT (1, 'syncfy:401', '{syncfy:100,NULL,basiq:access-denied/token-expired}')::pg_temp.job AS job;
SELECT j.status, j.history[3], code_variant(j.history[3]), array_length(j.history, 1), j.history[2] IS NULL AS "null"
FROM (SELECT ('(1,syncfy:401,"{syncfy:100,NULL,basiq:access-denied/token-expired}")'::pg_temp.job).*) j;
SELECT (jsonb_populate_record(NULL::pg_temp.job, '{"id": 2, "status": "syncfy:1000", "history": ["a:b", null]}')).*;
SELECT ARRAY[['a:1', 'a:2'], ['b:1', NULL]]::status_code[] AS matrix;
SELECT status_code 'syncfy:401' = ANY ('{a:b,syncfy:401}') AS yes, status_code 'syncfy:401' = ALL ('{a:b,syncfy:401}') AS no,
    ARRAY['syncfy:401', 'a:b']::status_code[] @> ARRAY['a:b']::status_code[] AS contains,
    array_position(ARRAY['syncfy:401', 'a:b']::status_code[], 'a:b') AS position;
-- an array holds any values: no rows
SELECT FROM (SELECT array_agg(t::status_code ORDER BY t COLLATE "C") a, array_agg(t ORDER BY t COLLATE "C") b FROM valid) v
WHERE a::text[] <> b OR b::status_code[] <> a OR (a::text::status_code[]) <> a;
SELECT u FROM (SELECT array_agg(t::status_code) a FROM valid) v, unnest(a) u
EXCEPT
SELECT t::status_code FROM valid;


--
-- The parts
--

-- as the text form says: no rows
SELECT t FROM valid
WHERE code_provider(t::status_code) IS DISTINCT FROM split_part(t, ':', 1)
    OR code_value(t::status_code) IS DISTINCT FROM split_part(substr(t, strpos(t, ':') + 1), '/', 1)
    OR code_variant(t::status_code) IS DISTINCT FROM nullif(split_part(t, '/', 2), '')
    OR code_base(t::status_code)::text IS DISTINCT FROM split_part(t, '/', 1)
    OR code_base(t::status_code) <> split_part(t, '/', 1)::status_code
    OR pg_column_size(code_base(t::status_code)) <> pg_column_size(split_part(t, '/', 1)::status_code)
    OR code_number(t::status_code) IS DISTINCT FROM
        CASE WHEN code_value(t::status_code) COLLATE "C" ~ '^[0-9]+$'
             THEN CASE WHEN code_value(t::status_code)::numeric <= 2147483647
                       THEN code_value(t::status_code)::numeric::integer END END;

-- numbers, large ones and those with leading zeros
SELECT t AS status, code_number(t::status_code)
FROM (VALUES ('syncfy:401'), ('syncfy:401/x'), ('quovo:000'), ('quovo:00000000000000000000000401'),
    ('quovo:2147483647'), ('quovo:2147483648'), ('quovo:4294967297'), ('quovo:18446744073709551617'),
    ('syncfy:2147483647'), ('syncfy:2147483648'), ('quovo:4o1'), ('quovo:401.0'), ('quovo:0x1'),
    ('basiq:access-denied')) AS v (t);

-- all are strict
SELECT code_provider(NULL), code_value(NULL), code_variant(NULL), code_number(NULL), code_base(NULL);

-- now, and not some time after the session has ended: later tests may drop the extension
DISCARD TEMP;
