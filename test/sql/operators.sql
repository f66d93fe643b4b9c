--
-- operators.sql: comparison, and what the server does with it: sorting, joins, indexes, partitions
--
-- The expected results are computed in SQL from the text forms, never by the operators themselves.
--

SET jit = off; -- it takes its time, and there is nothing in it for us

-- The order of any texts, in SQL. The provider ends before the first ":", and the code before the first "/"
-- after that. The order is: by the bytes of the provider; a text without ":" before others of that provider;
-- codes of digits, by number, before other codes, by their bytes; no variant before variants, by their
-- bytes.
CREATE TYPE sort_key AS (
    provider text COLLATE "C", has_code boolean, is_word boolean, number numeric, code text COLLATE "C",
    has_variant boolean, variant text COLLATE "C"
);
CREATE FUNCTION sort_key(value text) RETURNS sort_key IMMUTABLE LANGUAGE sql AS $$
    SELECT ROW(m[1], m[2] IS NOT NULL, m[3] !~ '^[0-9]+$',
               CASE WHEN m[3] ~ '^[0-9]+$' THEN m[3]::numeric ELSE 0 END,
               COALESCE(m[3], ''), m[4] IS NOT NULL, COALESCE(m[5], ''))::sort_key
    FROM regexp_match(value, '^([^:]*)(:([^/]*)(/(.*))?)?$') AS m
$$;

-- Some 350 texts: 200 status codes, every ninth of the golden ones, and texts that resemble one.
CREATE TABLE golden (line serial, value text, image text, hash integer, hash_0 bigint, hash_42 bigint);
\copy golden (value, image, hash, hash_0, hash_42) FROM 'test/golden/values.tsv'

CREATE TABLE texts (value text NOT NULL, status status_code, key sort_key, place integer);
INSERT INTO texts (value, status) SELECT value, value::status_code FROM golden WHERE line % 9 = 0;
INSERT INTO texts (value)
SELECT DISTINCT value FROM (
    SELECT overlay(value PLACING e.edit FROM p.place FOR 1)
    FROM golden, (VALUES (1), (5), (7), (11)) AS p (place),
        (VALUES (''), (':'), ('/'), ('0'), (' '), ('Z'), ('~'), (E'\x01')) AS e (edit)
    WHERE line % 90 = 7
    UNION ALL
    SELECT unnest(ARRAY['', ':', '/', '::', ':/', '/:', '//', 'a', 'a:', 'a:/', 'a:/b', 'a:1/', 'a:1//', 'a:1/b/',
        'a:1/b/c', 'a:b:c', 'a:1:2', 'A:1', '1:1', 'a/b:c', 'syncfy', 'syncfy:', 'syncfy:0401', 'syncfy:00',
        'syncfy:401 ', ' syncfy:401', 'SYNCFY:401', 'syncfy:-1', 'syncfy:+1', 'syncfy:401/', 'syncfy:1e2',
        'basiq:', 'basiq:invalid credentials', 'basiq:invalid-credentials/', 'zzz', '~', E'syncfy:401\n',
        repeat('a', 127), 'a:' || repeat('1', 125), 'a:' || repeat('b', 200), 'syncfy:' || repeat('4', 1000)])
) AS t (value)
WHERE value !~ '^[a-z][a-z0-9_-]*:[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)?$'
    OR value ~ '^(syncfy|foundry|http):(0[0-9]|[0-9]*[^0-9/])' OR length(value) > 126;
UPDATE texts SET key = sort_key(value);
-- from here on, the position is a number
UPDATE texts SET place = r.place
FROM (SELECT value, dense_rank() OVER (ORDER BY key) AS place FROM texts) AS r
WHERE texts.value = r.value;
ANALYZE texts;
SELECT count(*) > 300 AS texts, count(status) > 190 AS statuses,
    count(*) - count(status) > 100 AS malformed, count(*) - count(DISTINCT value) AS duplicates
FROM texts;

--
-- Operators and functions against that order, for all pairs: no rows
--
CREATE FUNCTION answers(lt boolean, le boolean, eq boolean, ne boolean, ge boolean, gt boolean)
RETURNS integer IMMUTABLE LANGUAGE sql AS $$
    -- the order that the six results express, NULL if they contradict each other
    SELECT CASE ARRAY[lt, le, eq, ne, ge, gt]
        WHEN '{t,t,f,t,f,f}' THEN -1 WHEN '{f,t,t,f,t,f}' THEN 0 WHEN '{f,f,f,t,t,t}' THEN 1 END
$$;

-- a status code and a status code
SELECT a.value, b.value
FROM texts AS a, texts AS b
WHERE a.status IS NOT NULL AND b.status IS NOT NULL
    AND (sign(a.place - b.place) IS DISTINCT FROM answers(
            a.status < b.status, a.status <= b.status, a.status = b.status, a.status <> b.status,
            a.status >= b.status, a.status > b.status)
        OR sign(a.place - b.place) <> sign(status_code_cmp(a.status, b.status)))
ORDER BY 1, 2 LIMIT 10;

-- a status code and a text
SELECT a.value, b.value
FROM texts AS a, texts AS b
WHERE a.status IS NOT NULL
    AND (sign(a.place - b.place) IS DISTINCT FROM answers(
            a.status < b.value, a.status <= b.value, a.status = b.value, a.status <> b.value,
            a.status >= b.value, a.status > b.value)
        OR sign(a.place - b.place) <> sign(status_code_text_cmp(a.status, b.value)))
ORDER BY 1, 2 LIMIT 10;

-- a text and a status code
SELECT a.value, b.value
FROM texts AS a, texts AS b
WHERE b.status IS NOT NULL
    AND (sign(a.place - b.place) IS DISTINCT FROM answers(
            a.value < b.status, a.value <= b.status, a.value = b.status, a.value <> b.status,
            a.value >= b.status, a.value > b.status)
        OR sign(a.place - b.place) <> sign(text_status_code_cmp(a.value, b.status)))
ORDER BY 1, 2 LIMIT 10;

-- a text and a text
SELECT a.value, b.value
FROM texts AS a, texts AS b
WHERE sign(a.place - b.place) IS DISTINCT FROM answers(
        a.value *< b.value, a.value *<= b.value, a.value *= b.value, a.value *<> b.value,
        a.value *>= b.value, a.value *> b.value)
    OR sign(a.place - b.place) <> sign(status_code_text_text_cmp(a.value, b.value))
ORDER BY 1, 2 LIMIT 10;

-- smaller and larger
SELECT a.value, b.value
FROM texts AS a, texts AS b
WHERE a.status IS NOT NULL AND b.status IS NOT NULL
    AND (status_code_smaller(a.status, b.status)::text <> CASE WHEN a.place < b.place THEN a.value ELSE b.value END
        OR status_code_larger(a.status, b.status)::text <> CASE WHEN a.place > b.place THEN a.value ELSE b.value END)
LIMIT 10;

-- A text equals exactly the status code whose text form it is: a malformed one equals nothing.
SELECT a.value, b.value
FROM texts AS a, texts AS b
WHERE (a.status = b.value) <> (a.value = b.value COLLATE "C")
    OR (b.value = a.status) <> (a.value = b.value COLLATE "C")
LIMIT 10;

-- Trichotomy and transitivity over triples, with every mixture of types, by the operators alone.
CREATE TABLE few AS
SELECT row_number() OVER (ORDER BY md5(value)) AS n, value, status FROM texts
WHERE length(value) < 130 ORDER BY md5(value) LIMIT 60;
CREATE TABLE pairs AS -- as status codes where both are, else as a text and a status code, or texts
SELECT a.n AS a, b.n AS b,
    CASE WHEN a.status IS NULL AND b.status IS NULL THEN a.value *< b.value
         WHEN a.status IS NULL THEN a.value < b.status
         WHEN b.status IS NULL THEN a.status < b.value
         ELSE a.status < b.status END AS lt,
    CASE WHEN a.status IS NULL AND b.status IS NULL THEN a.value *= b.value
         WHEN a.status IS NULL THEN a.value = b.status
         WHEN b.status IS NULL THEN a.status = b.value
         ELSE a.status = b.status END AS eq
FROM few AS a, few AS b;
SELECT count(*) FROM pairs AS p JOIN pairs AS q ON p.a = q.b AND p.b = q.a
WHERE p.lt::integer + q.lt::integer + p.eq::integer <> 1 OR p.eq <> q.eq OR p.eq <> (p.a = p.b);
SELECT count(*) FROM pairs AS p JOIN pairs AS q ON p.b = q.a JOIN pairs AS r ON r.a = p.a AND r.b = q.b
WHERE p.lt AND q.lt AND NOT r.lt;

-- Long texts, as the server stores them out of the row or compressed.
CREATE TABLE long_texts AS
SELECT v.value, sign(v.place)
FROM (VALUES ('syncfy:' || repeat('4', 100000), 1), (repeat('a', 100000), -1),
             ('syncfy:402' || repeat(' ', 100000), 1)) AS v (value, place);
SELECT left(value, 10) FROM long_texts
WHERE sign <> sign(text_status_code_cmp(value, 'syncfy:401')) OR value = 'syncfy:401'::status_code
    OR value *<> value OR sign = 1 AND 'syncfy:401'::status_code > value;
DROP TABLE long_texts;

-- NULL compares as NULL.
SELECT 'syncfy:401'::status_code = NULL::status_code AS a, NULL::text < 'syncfy:401'::status_code AS b,
    'syncfy:401'::status_code >= NULL::text AS c, NULL::text *= 'syncfy:401' AS d;

-- A literal of unknown type is a status code and must be well-formed; a text need not be.
SELECT 'syncfy:401'::status_code = 'syncfy:401' AS literal,
    'syncfy:401'::status_code = 'Syncfy:401'::text AS text,
    'syncfy:401'::status_code = 'syncfy:401'::varchar AS varchar,
    'syncfy:401'::varchar = 'syncfy:401'::status_code AS varchar_left,
    'syncfy:401'::status_code <> 'x'::text AS malformed;
\set VERBOSITY sqlstate
SELECT 'syncfy:401'::status_code = 'Syncfy:401';
\set VERBOSITY default

-- Collations have no effect.
SELECT a.value, b.value
FROM few AS a, few AS b
WHERE (a.status < b.value) IS DISTINCT FROM (a.status < b.value COLLATE "POSIX")
    OR (a.value *< b.value) IS DISTINCT FROM (a.value COLLATE "POSIX" *< b.value);

--
-- Sorting, grouping, joining: the same rows by each kind of plan
--
CREATE TABLE jobs (id integer, status status_code, status_text text COLLATE "C");
INSERT INTO jobs
SELECT row_number() OVER (), status, value FROM texts, generate_series(1, 5) AS copies
WHERE status IS NOT NULL;
INSERT INTO jobs VALUES (0, NULL, NULL);
CREATE TABLE codes AS SELECT status, value AS status_text FROM texts WHERE value ~ '^[b-s]';
ANALYZE jobs, codes;

-- The plan of a query, in one line.
CREATE FUNCTION plan_of(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    line text;
    plan text := '';
BEGIN
    FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || query LOOP
        plan := plan || line || E'\n';
    END LOOP;
    RETURN plan;
END
$$;

-- Returns the result of a query as one text; the plan must contain a given word.
CREATE FUNCTION result_of(query text, node text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    result text;
BEGIN
    IF plan_of(query) !~ node THEN
        RAISE WARNING 'no %', node USING DETAIL = plan_of(query);
    END IF;
    EXECUTE format('SELECT md5(string_agg(r::text, chr(10) ORDER BY r::text COLLATE "C")) FROM (%s) AS r', query)
        INTO result;
    RETURN result;
END
$$;

-- min, max
SELECT min(status)::text <> (SELECT value FROM texts WHERE status IS NOT NULL ORDER BY place LIMIT 1) AS min,
    max(status)::text <> (SELECT value FROM texts WHERE status IS NOT NULL ORDER BY place DESC LIMIT 1) AS max,
    (min(status) FILTER (WHERE false)) IS NULL AS none
FROM jobs;

-- ORDER BY, with NULL last
SELECT n.status
FROM (SELECT status, row_number() OVER (ORDER BY status, id) AS n FROM jobs) AS n
JOIN (SELECT status_text, row_number() OVER (ORDER BY sort_key(status_text), id) AS n
      FROM jobs WHERE status IS NOT NULL) AS t USING (n)
WHERE n.status::text IS DISTINCT FROM t.status_text;

-- DISTINCT, GROUP BY and UNION, by hashing and by sorting
SET enable_sort = off;
SELECT result_of('SELECT status, count(*) FROM jobs GROUP BY status', 'HashAggregate')
    = (SELECT result_of('SELECT status_text, count(*) FROM jobs GROUP BY status_text', 'Aggregate')) AS hashed;
SELECT count(*) FROM (SELECT DISTINCT status FROM jobs) AS d
WHERE status::text NOT IN (SELECT value FROM texts);
RESET enable_sort;
SET enable_hashagg = off;
SELECT result_of('SELECT status, count(*) FROM jobs GROUP BY status', 'GroupAggregate')
    = result_of('SELECT status_text, count(*) FROM jobs GROUP BY status_text', 'GroupAggregate') AS sorted;
SELECT result_of('SELECT status FROM jobs UNION SELECT status FROM codes', 'Unique')
    = result_of('SELECT status_text FROM jobs UNION SELECT status_text FROM codes WHERE status IS NOT NULL',
                'Unique') AS distinct;
RESET enable_hashagg;

-- Joins of status codes, in each of the three ways
CREATE TABLE truth AS
SELECT md5(string_agg(r::text, chr(10) ORDER BY r::text COLLATE "C"))
FROM (SELECT j.id, c.status_text FROM jobs AS j, codes AS c WHERE j.status_text = c.status_text) AS r;
SET enable_mergejoin = off;
SET enable_nestloop = off;
SELECT result_of('SELECT j.id, c.status_text FROM jobs AS j JOIN codes AS c ON j.status = c.status', 'Hash Join')
    = (TABLE truth) AS hash_join;
-- and with texts, malformed ones among them, on either side
SELECT result_of('SELECT j.id, c.status_text FROM jobs AS j JOIN codes AS c ON j.status = c.status_text', 'Hash Join')
    = (TABLE truth) AS hash_join_text;
SELECT result_of('SELECT j.id, c.status_text FROM jobs AS j JOIN codes AS c ON c.status_text = j.status', 'Hash Join')
    = (TABLE truth) AS hash_join_text_left;
SELECT result_of('SELECT j.id, c.status_text FROM jobs AS j JOIN codes AS c ON j.status_text *= c.status_text', 'Hash Join')
    = (TABLE truth) AS hash_join_texts;
SELECT result_of('SELECT j.id, c.status_text FROM jobs AS j FULL JOIN codes AS c ON j.status = c.status_text', 'Hash Full Join')
    = result_of('SELECT j.id, c.status_text FROM jobs AS j FULL JOIN codes AS c ON j.status_text = c.status_text', 'Full Join')
    AS hash_full_join;
SET enable_hashjoin = off;
SET enable_mergejoin = on;
SELECT result_of('SELECT j.id, c.status_text FROM jobs AS j JOIN codes AS c ON j.status = c.status', 'Merge Join')
    = (TABLE truth) AS merge_join;
SELECT result_of('SELECT j.id, c.status_text FROM jobs AS j JOIN codes AS c ON j.status_text *= c.status_text', 'Merge Join')
    = (TABLE truth) AS merge_join_texts;
SET enable_mergejoin = off;
SET enable_nestloop = on;
SELECT result_of('SELECT j.id, c.status_text FROM jobs AS j JOIN codes AS c ON j.status = c.status_text', 'Nested Loop')
    = (TABLE truth) AS nested_loop_text;
RESET enable_mergejoin;
RESET enable_hashjoin;
RESET enable_nestloop;
-- and three tables, where the planner could draw conclusions across the types
SELECT result_of('SELECT j.id, c.status_text FROM jobs AS j, codes AS c, texts AS t
                  WHERE j.status = c.status_text AND c.status_text *= t.value', 'Join|Nested Loop')
    = (TABLE truth) AS three_tables;

-- IN and NOT IN, by a hashed subplan or not
SELECT count(*) FROM jobs
WHERE (status IN (SELECT status FROM codes WHERE status IS NOT NULL))
    <> (status_text IN (SELECT status_text FROM codes WHERE status IS NOT NULL));
SELECT count(*) FROM jobs
WHERE (status NOT IN (SELECT status_text FROM codes))
    <> (status_text NOT IN (SELECT status_text FROM codes));

--
-- Arrays
--
SELECT count(*) FROM jobs
WHERE (status = ANY ('{syncfy:401,http:0,basiq:too-many-requests}'))
        <> (status_text IN ('syncfy:401', 'http:0', 'basiq:too-many-requests'))
    OR (status = ANY ((SELECT array_agg(status) FROM codes WHERE status IS NOT NULL)::status_code[]))
        <> (status_text IN (SELECT status_text FROM codes WHERE status IS NOT NULL))
    OR (status = ANY ((SELECT array_agg(status_text) FROM codes)::text[]))
        <> (status_text IN (SELECT status_text FROM codes))
    OR (status <> ALL ('{syncfy:401,Syncfy:401,""}'::text[])) <> (status_text <> 'syncfy:401')
    OR (status >= ALL ('{a:1,syncfy:0}'::status_code[])) <> (sort_key(status_text) >= sort_key('syncfy:0'));
SELECT ARRAY['http:404', 'basiq:x', NULL]::status_code[] AS of_literals,
    ARRAY['http:404'::status_code, 'basiq:x'] AS of_values,
    '{http:404,basiq:a.b/c-d_e}'::status_code[] AS of_a_literal,
    array_length(array_agg(status), 1) = 5 * (SELECT count(status) FROM texts) + 1 AS array_agg
FROM jobs;
SELECT '{a:2,a:10}'::status_code[] < '{a:10,a:2}' AS lt, '{a:2}'::status_code[] = '{a:2}' AS eq,
    '{a:2,b:1,c:1}'::status_code[] @> '{c:1}' AS contains, '{a:2}'::status_code[] && '{b:1}' AS overlaps,
    array_position('{a:2,b:1,c:1}'::status_code[], 'c:1') AS position;
SELECT string_agg(a::text, ' ' ORDER BY a) AS arrays
FROM (VALUES ('{b:1}'::status_code[]), ('{a:10}'), ('{a:2,z:1}'), ('{}'), ('{a:2}')) AS v (a);

--
-- Indexes
--
CREATE TABLE indexed (id integer, status status_code NOT NULL, status_text text COLLATE "C");
INSERT INTO indexed
SELECT n, status, value
FROM (SELECT row_number() OVER (ORDER BY md5(value || copy)) AS n, status, value
      FROM texts, generate_series(1, 30) AS copy WHERE status IS NOT NULL) AS s;
CREATE INDEX indexed_btree ON indexed (status);
ANALYZE indexed;

-- A parameter of any of the types finds the index, in a plan for its value and in one for any.
PREPARE by_status (status_code) AS SELECT id, status_text FROM indexed WHERE status = $1;
PREPARE by_text (text) AS SELECT id, status_text FROM indexed WHERE status = $1;
PREPARE by_varchar (varchar) AS SELECT id, status_text FROM indexed WHERE status = $1;
PREPARE by_text_left (text) AS SELECT id, status_text FROM indexed WHERE $1 = status;
PREPARE by_texts (text[]) AS SELECT id, status_text FROM indexed WHERE status = ANY ($1);
PREPARE by_statuses (status_code[]) AS SELECT id, status_text FROM indexed WHERE status = ANY ($1);
PREPARE by_range (text, text) AS SELECT id, status_text FROM indexed WHERE status >= $1 AND status < $2;
CREATE FUNCTION without_index(call text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
    mode text;
BEGIN
    FOREACH mode IN ARRAY '{force_custom_plan,force_generic_plan}'::text[] LOOP
        PERFORM set_config('plan_cache_mode', mode, true);
        IF plan_of('EXECUTE ' || call) !~ 'Index Cond: \(.*status' THEN
            RETURN NEXT mode || ': ' || call;
        END IF;
    END LOOP;
END
$$;
SET enable_seqscan = off; -- the table is small
SELECT w.*
FROM unnest(ARRAY['by_status(''syncfy:401'')', 'by_text(''syncfy:401'')', 'by_varchar(''syncfy:401'')',
                  'by_text_left(''syncfy:401'')', 'by_texts(''{syncfy:401,x}'')',
                  'by_statuses(''{syncfy:401}'')', 'by_range(''syncfy:'', ''syncfz'')']) AS call
CROSS JOIN LATERAL without_index(call) AS w;

-- They find the same rows as a sequential scan of the texts.
CREATE FUNCTION compare_scans() RETURNS TABLE (value text, way text) LANGUAGE plpgsql AS $$
DECLARE
    t text;
    condition text;
    found bigint;
    right_answer bigint;
BEGIN
    FOR t IN SELECT f.value FROM few AS f LOOP
        FOREACH condition IN ARRAY ARRAY['status = %L::text', 'status = ANY (ARRAY[%L, ''http:0''])', '%L::text = status',
                'status < %L::text', 'status <= %L::text', 'status >= %L::text', 'status > %L::text', '%L::text < status',
                '%L::text >= status', 'status > %L::text AND status < ''http:500'''] LOOP
            EXECUTE 'SELECT sum(id) FROM indexed WHERE ' || format(condition, t) INTO found;
            EXECUTE 'SELECT sum(id) FROM keyed WHERE '
                || replace(replace(replace(replace(format(condition, t), 'status', 'key'), '''http:500''', 'sort_key(''http:500'')'),
                           quote_literal(t) || '::text', 'sort_key(' || quote_literal(t) || ')'),
                           'ARRAY[' || quote_literal(t) || ', ''http:0'']',
                           'ARRAY[sort_key(' || quote_literal(t) || '), sort_key(''http:0'')]')
                INTO right_answer;
            IF found IS DISTINCT FROM right_answer THEN
                value := t;
                way := condition;
                RETURN NEXT;
            END IF;
        END LOOP;
    END LOOP;
END
$$;
CREATE TABLE keyed AS SELECT id, sort_key(status_text) AS key FROM indexed;
SELECT * FROM compare_scans();

-- Order and extremes come from the index.
SET enable_sort = off;
SELECT plan_of('SELECT status FROM indexed ORDER BY status') !~ 'Sort' AS forward,
    plan_of('SELECT status FROM indexed ORDER BY status DESC') !~ 'Sort' AS backward,
    plan_of('SELECT max(status) FROM indexed') ~ 'Limit' AS max;
SELECT max(status)::text <> (SELECT value FROM texts WHERE status IS NOT NULL ORDER BY place DESC LIMIT 1) AS wrong_max,
    min(status)::text <> (SELECT value FROM texts WHERE status IS NOT NULL ORDER BY place LIMIT 1) AS wrong_min
FROM indexed;
RESET enable_sort;

-- Deduplication: equal values share an entry.
CREATE EXTENSION pageinspect;
SELECT allequalimage FROM bt_metap('indexed_btree');
DROP EXTENSION pageinspect;
CREATE TABLE many AS
SELECT status_code('syncfy', n % 7) AS status FROM generate_series(1, 20000) AS n;
CREATE INDEX many_deduplicated ON many (status);
CREATE INDEX many_not_deduplicated ON many (status) WITH (deduplicate_items = off);
SELECT pg_relation_size('many_deduplicated') * 2 < pg_relation_size('many_not_deduplicated') AS smaller;
SET enable_indexonlyscan = off;
SELECT count(*) FROM many WHERE status = 'syncfy:3'::text;
RESET enable_indexonlyscan;

-- A hash index
DROP INDEX indexed_btree;
CREATE INDEX indexed_hash ON indexed USING hash (status);
SELECT plan_of('SELECT id FROM indexed WHERE status = ''syncfy:401''') ~ 'Index Cond' AS used;
SELECT o.value FROM texts AS o
WHERE status IS NOT NULL
    AND (SELECT count(*) FROM indexed AS i WHERE i.status = o.status) <> 30;
DROP INDEX indexed_hash;

-- BRIN, with ranges of one page
CREATE TABLE in_order AS SELECT status, status_text, id FROM indexed ORDER BY sort_key(status_text);
CREATE INDEX in_order_brin ON in_order USING brin (status) WITH (pages_per_range = 1);
ANALYZE in_order;
SELECT plan_of('SELECT id FROM in_order WHERE status = ''syncfy:401''') ~ 'Index Cond' AS used;
SELECT o.value FROM texts AS o
WHERE status IS NOT NULL
    AND ((SELECT count(*) FROM in_order AS i WHERE i.status = o.status) <> 30
        OR (SELECT count(*) FROM in_order AS i WHERE i.status < o.status)
            <> (SELECT 30 * count(*) FROM texts AS t WHERE t.status IS NOT NULL AND t.place < o.place)
        OR (SELECT count(*) FROM in_order AS i WHERE i.status >= o.status)
            <> (SELECT 30 * count(*) FROM texts AS t WHERE t.status IS NOT NULL AND t.place >= o.place));
-- also for rows that come later, and after they are summarized
INSERT INTO in_order VALUES ('a:0', 'a:0', -1), ('zzz:z/z', 'zzz:z/z', -2);
SELECT id FROM in_order WHERE status = 'zzz:z/z';
SELECT brin_summarize_new_values('in_order_brin') >= 0 AS summarized;
SELECT id FROM in_order WHERE status > 'zzz:a' OR status < 'a:00';
-- A column of a domain is refused, since later inserts would fail; as an expression of the base type it is taken, and found.
CREATE TABLE of_domain AS SELECT status::known_status_code FROM in_order WHERE builtin_is_known_code(status);
CREATE INDEX of_domain_brin ON of_domain USING brin (status);
CREATE INDEX of_domain_brin ON of_domain USING brin ((status::status_code)) WITH (pages_per_range = 1);
INSERT INTO of_domain VALUES ('syncfy:401');
INSERT INTO of_domain VALUES ('syncfy:401'), ('http:404');
SELECT plan_of('SELECT * FROM of_domain WHERE status = ''syncfy:401''') ~ 'Index Cond' AS used;
SELECT (SELECT count(*) FROM of_domain WHERE status = 'syncfy:401')
    = (SELECT count(*) FROM of_domain WHERE status::text = 'syncfy:401') AS found;
CREATE TABLE becomes_domain AS SELECT status::status_code FROM of_domain LIMIT 10;
CREATE INDEX ON becomes_domain USING brin (status);
CREATE TABLE parts (status known_status_code) PARTITION BY LIST (status);
CREATE INDEX ON parts USING brin (status);
\set VERBOSITY sqlstate
ALTER TABLE becomes_domain ALTER status TYPE known_status_code;
CREATE TABLE parts_1 PARTITION OF parts DEFAULT;
\set VERBOSITY default
DROP TABLE of_domain, becomes_domain, parts;
RESET enable_seqscan;

-- A unique index
CREATE TABLE uniquely (status status_code UNIQUE, n integer);
INSERT INTO uniquely SELECT status, 1 FROM texts WHERE status IS NOT NULL;
INSERT INTO uniquely SELECT status, 2 FROM texts WHERE status IS NOT NULL
ON CONFLICT (status) DO UPDATE SET n = uniquely.n + 1;
SELECT n, count(*) = (SELECT count(status) FROM texts) AS all_of_them FROM uniquely GROUP BY n;
\set VERBOSITY sqlstate
INSERT INTO uniquely VALUES ('syncfy:401'), ('syncfy:401');
\set VERBOSITY default

--
-- Partitions
--
CREATE TABLE by_list (status status_code) PARTITION BY LIST (status);
CREATE TABLE by_list_a PARTITION OF by_list FOR VALUES IN ('syncfy:401', 'basiq:invalid-credentials');
CREATE TABLE by_list_b PARTITION OF by_list FOR VALUES IN ('basiq:no-such-code', NULL);
CREATE TABLE by_list_rest PARTITION OF by_list DEFAULT;
INSERT INTO by_list
VALUES ('syncfy:401'), ('basiq:invalid-credentials'), ('basiq:no-such-code'), (NULL), ('syncfy:402');
SELECT tableoid::regclass, status FROM by_list ORDER BY 1, 2;

CREATE TABLE by_range (status status_code) PARTITION BY RANGE (status);
CREATE TABLE by_range_low PARTITION OF by_range FOR VALUES FROM (MINVALUE) TO ('http:0');
CREATE TABLE by_range_http PARTITION OF by_range FOR VALUES FROM ('http:0') TO ('http:500');
CREATE TABLE by_range_high PARTITION OF by_range FOR VALUES FROM ('http:500') TO (MAXVALUE);
INSERT INTO by_range SELECT status FROM jobs WHERE status IS NOT NULL;
SELECT tableoid::regclass, status FROM by_range
WHERE tableoid::regclass::text <> CASE
    WHEN sort_key(status::text) < sort_key('http:0') THEN 'by_range_low'
    WHEN sort_key(status::text) < sort_key('http:500') THEN 'by_range_http'
    ELSE 'by_range_high' END;

CREATE TABLE by_hash (status status_code) PARTITION BY HASH (status);
CREATE TABLE by_hash_0 PARTITION OF by_hash FOR VALUES WITH (MODULUS 3, REMAINDER 0);
CREATE TABLE by_hash_1 PARTITION OF by_hash FOR VALUES WITH (MODULUS 3, REMAINDER 1);
CREATE TABLE by_hash_2 PARTITION OF by_hash FOR VALUES WITH (MODULUS 3, REMAINDER 2);
INSERT INTO by_hash SELECT status FROM jobs WHERE status IS NOT NULL;
SELECT count(*) FROM by_hash WHERE NOT satisfies_hash_partition('by_hash'::regclass, 3,
    right(tableoid::regclass::text, 1)::integer, status);
-- and the partition of a value never changes
SELECT tableoid::regclass, count(*) > 250 AS rows FROM by_hash GROUP BY 1 ORDER BY 1;
INSERT INTO by_hash VALUES ('syncfy:0/where'), ('basiq:no-product/where'), ('plaid:where/where');
SELECT tableoid::regclass, status FROM by_hash WHERE status::text ~ 'where' ORDER BY status;

-- Only the partitions that can have the rows are read, also for a text.
SELECT plan_of('SELECT * FROM by_list WHERE status = ''syncfy:401''') ~ 'by_list_b|by_list_rest' AS list,
    plan_of('SELECT * FROM by_list WHERE status = ''syncfy:401''::text') ~ 'by_list_b|by_list_rest' AS list_text,
    plan_of('SELECT * FROM by_range WHERE status = ''http:404''') ~ 'by_range_low|by_range_high' AS range,
    plan_of('SELECT * FROM by_range WHERE status >= ''http:1''::text AND status < ''http:x''::text')
        ~ 'by_range_low' AS range_text,
    plan_of('SELECT * FROM by_hash WHERE status = ''syncfy:401''') ~ 'by_hash_\d.*by_hash_\d' AS hash;
SELECT o.value FROM texts AS o
WHERE status IS NOT NULL
    AND ((SELECT count(*) FROM by_range AS p WHERE p.status = o.status) <> 5
        OR (SELECT count(*) FROM by_hash AS p WHERE p.status = o.status) <> 5
        OR (SELECT count(*) FROM by_range AS p WHERE p.status = o.value) <> 5
        OR (SELECT count(*) FROM by_hash AS p WHERE p.status = o.value) <> 5);
SET enable_partitionwise_join = on;
SELECT count(*) = 25 * (SELECT count(status) FROM texts) AS partitionwise
FROM by_hash AS a JOIN by_hash AS b USING (status) WHERE a.status::text !~ 'where';
RESET enable_partitionwise_join;

--
-- Values that the server compressed, or moved out of the row
--
-- A status code has 126 bytes at most, but in a very wide row the server does that to any column.
--
DO $$
BEGIN
    EXECUTE (SELECT format('CREATE TABLE wide (n integer, status status_code, %s)',
                           string_agg(format('c%s bigint NOT NULL DEFAULT 0', c), ', '))
             FROM generate_series(1, 250) AS c);
    EXECUTE (SELECT format('CREATE TABLE widest (n integer, status status_code, s2 status_code, s3 status_code, %s)',
                           string_agg(format('c%s bigint NOT NULL DEFAULT 0', c), ', '))
             FROM generate_series(1, 992) AS c);
END
$$;
CREATE TABLE narrow (n integer, status status_code, status_text text);
INSERT INTO narrow
SELECT n, t::status_code, t
FROM (SELECT n, 'p' || n || ':' || repeat('ab', 50) FROM generate_series(1, 9) AS n
      UNION ALL SELECT n, 'quovo:' || repeat('Z', 100) || '/' || n FROM generate_series(10, 19) AS n
      UNION ALL SELECT n, 'syncfy:401/' || repeat('u', 100) || n FROM generate_series(20, 29) AS n
      UNION ALL SELECT n, 'syncfy:' || n FROM generate_series(30, 35) AS n) AS v (n, t);
INSERT INTO wide (n, status) SELECT n, status FROM narrow;
INSERT INTO widest (n, status, s2, s3)
SELECT n, status,
    status_code('a', rpad(md5(n::text), 120, md5((n + 100)::text) || md5((n + 200)::text) || md5((n + 300)::text))),
    status_code('b', rpad(md5(n::text), 120, md5((n + 400)::text) || md5((n + 500)::text) || md5((n + 600)::text)))
FROM narrow;
CREATE TABLE widest_truth AS SELECT n, s2::text AS s2, s3::text AS s3 FROM widest;
INSERT INTO narrow SELECT 1000 + n, s2::status_code, s2 FROM widest_truth;

-- The values are compressed and moved.
SELECT count(*) FILTER (WHERE pg_column_size(status) < octet_length(status::text)) AS compressed FROM wide
WHERE n < 30;
SELECT pg_relation_size(reltoastrelid) > 0 AS moved_out FROM pg_class WHERE oid = 'widest'::regclass;

-- All statuses in one list, with their texts.
CREATE VIEW squeezed AS
SELECT w.n, w.status, s.status_text FROM wide AS w JOIN narrow AS s USING (n)
UNION ALL SELECT w.n, w.status, s.status_text FROM widest AS w JOIN narrow AS s USING (n)
UNION ALL SELECT 1000 + w.n, w.s2, t.s2 FROM widest AS w JOIN widest_truth AS t USING (n);
SELECT n, status FROM squeezed
WHERE status::text <> status_text
    OR status <> status_text
    OR status_code_hash(status) <> status_code_hash(status_text::status_code)
    OR status_code_hash(status, 42) <> status_code_hash(status_text::status_code, 42)
    OR code_provider(status) <> split_part(status_text, ':', 1)
    OR code_value(status) <> split_part(split_part(status_text, ':', 2), '/', 1)
    OR COALESCE(code_variant(status), '') <> split_part(status_text, '/', 2)
    OR code_base(status)::text <> split_part(status_text, '/', 1)
    OR is_known_code(status) IS DISTINCT FROM is_known_code(status_text::status_code)
    OR builtin_is_known_code(status) IS DISTINCT FROM builtin_is_known_code(status_text::status_code)
    OR code_name(status) IS DISTINCT FROM code_name(status_text::status_code)
    OR (ARRAY[status])[1]::text <> status_text
    OR format('%s', status) <> status_text
    OR status_code_send(status) <> convert_to(status_text, 'UTF8');
CREATE TABLE place AS
SELECT status_text, dense_rank() OVER (ORDER BY sort_key(status_text))::integer AS place
FROM (SELECT DISTINCT status_text FROM narrow) AS t;
SELECT a.status_text, b.status_text
FROM (SELECT * FROM squeezed JOIN place USING (status_text)) AS a,
    (SELECT * FROM narrow JOIN place USING (status_text)) AS b
WHERE sign(a.place - b.place) IS DISTINCT FROM answers(
        a.status < b.status, a.status <= b.status, a.status = b.status, a.status <> b.status,
        a.status >= b.status, a.status > b.status)
    OR sign(b.place - a.place) <> sign(status_code_cmp(b.status, a.status))
    OR sign(a.place - b.place) <> sign(status_code_text_cmp(a.status, b.status_text))
    OR sign(b.place - a.place) <> sign(text_status_code_cmp(b.status_text, a.status));
SELECT count(*), count(DISTINCT status), min(status) = min(status_text::status_code) AS min,
    max(status) = max(status_text::status_code) AS max,
    array_agg(status ORDER BY status)::text = array_agg(status_text::status_code ORDER BY sort_key(status_text))::text AS sorted
FROM squeezed;
-- overrides find them
INSERT INTO status_code_overrides (status, name) SELECT DISTINCT status, 'squeezed' FROM wide WHERE n < 30;
SELECT n, code_name(status) FROM wide WHERE code_name(status) <> 'squeezed' AND n < 30;
SELECT count(*) FROM wide JOIN status_code_overrides AS o USING (status) WHERE o.name = 'squeezed';
DELETE FROM status_code_overrides;
-- in keys and partitions
CREATE TABLE squeezed_keys (status status_code PRIMARY KEY);
INSERT INTO squeezed_keys SELECT status FROM squeezed ON CONFLICT DO NOTHING;
INSERT INTO squeezed_keys SELECT status FROM narrow ON CONFLICT DO NOTHING;
SELECT count(*) = (SELECT count(DISTINCT status_text) FROM narrow) AS once FROM squeezed_keys;
INSERT INTO by_hash SELECT status FROM squeezed;
INSERT INTO by_hash SELECT status FROM narrow;
SELECT status::text FROM by_hash GROUP BY status::text HAVING count(DISTINCT tableoid) > 1;

--
-- The indexes are sound, and have every row: amcheck has nothing to say
--
CREATE EXTENSION amcheck;
CREATE INDEX wide_status ON wide (status);
CREATE INDEX widest_status ON widest (status, s2);
INSERT INTO wide (n, status) SELECT n, status FROM narrow;
INSERT INTO widest (n, status) SELECT n, status FROM narrow;
CREATE INDEX indexed_again ON indexed (status DESC NULLS FIRST);
DELETE FROM indexed WHERE id % 3 = 0;
VACUUM indexed;
INSERT INTO indexed SELECT row_number() OVER (), status, value FROM texts WHERE status IS NOT NULL;
SELECT bt_index_parent_check(i, true)
FROM unnest('{wide_status,widest_status,indexed_again,many_deduplicated,many_not_deduplicated,
    uniquely_status_key,squeezed_keys_pkey,status_code_overrides_pkey}'::regclass[]) AS i;
DROP EXTENSION amcheck;

DEALLOCATE ALL;
DROP VIEW squeezed;
DROP TABLE golden, texts, few, pairs, jobs, codes, truth, indexed, keyed, many, in_order, uniquely, by_list, by_range,
    by_hash, wide, widest, widest_truth, narrow, place, squeezed_keys;
DROP FUNCTION compare_scans, without_index, result_of, plan_of, answers, sort_key;
DROP TYPE sort_key;
