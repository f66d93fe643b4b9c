--
-- families.sql: a status code with a text, wherever the server uses operator families
--
-- Both types are in the families of status_code_ops, and each feature of the server that looks there must either work or be refused.
-- The result for a status code and a text is compared with that for the two texts. Checks without a heading of
-- their own return no rows.
--
SET jit = off;

-- 400 rows that are status codes, known and unknown, 200 that are not, and NULL; each text twice, some in only one of the tables.
CREATE TABLE base AS
SELECT status::text AS txt, status AS code
FROM unnest((SELECT array_agg(s ORDER BY md5('x' || s::text)) FROM builtin_status_codes() AS s)) WITH ORDINALITY AS u (status, n) WHERE n <= 80
UNION SELECT t, t::status_code FROM unnest('{syncfy:450,syncfy:1000,syncfy:401/x,basiq:zzz,basiq:0401,basiq:invalid-credentials/zz,acme:1,acme:01,acme:x/y,http:0}'::text[]) AS t
UNION SELECT t, NULL FROM unnest('{"",:,syncfy,syncfy:,syncfy:0401,SYNCFY:401,syncfy:Locked," syncfy:401","syncfy:401 ",basiq:a/b/c,basiq:é,/,~}'::text[]) AS t
UNION SELECT t || '!', NULL FROM (SELECT s::text FROM builtin_status_codes() AS s ORDER BY md5('x' || s::text) LIMIT 30) AS s (t);
CREATE TABLE a AS SELECT row_number() OVER (ORDER BY md5(txt || copy)) AS id, txt, code FROM base, generate_series(1, 2) AS copy WHERE md5(txt) > '1';
CREATE TABLE b AS SELECT 1000 + row_number() OVER (ORDER BY md5(copy || txt)) AS id, txt, code FROM base, generate_series(1, 2) AS copy WHERE md5(txt) < 'e';
CREATE TABLE c AS SELECT 2000 + id AS id, txt, code FROM a WHERE id % 3 = 0;
INSERT INTO a VALUES (0, NULL, NULL), (-1, 'null', NULL);
INSERT INTO c VALUES (2000, NULL, NULL);
CREATE INDEX a_code ON a (code);
CREATE INDEX b_code ON b (code, id);
CREATE INDEX b_txt ON b (txt);
ANALYZE a, b, c;
SELECT count(*) > 200 AS rows, count(code) > 150 AS codes, count(txt) - count(code) > 50 AS malformed FROM a;

CREATE FUNCTION sqlstate_of(statement text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE statement;
    RETURN '00000';
EXCEPTION WHEN OTHERS THEN
    RETURN SQLSTATE;
END
$$;
CREATE FUNCTION plan_of(query text, options text DEFAULT 'COSTS OFF') RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    line text;
    plan text := '';
BEGIN
    FOR line IN EXECUTE format('EXPLAIN (%s) %s', options, query) LOOP
        plan := plan || line || E'\n';
    END LOOP;
    RETURN plan;
END
$$;

--
-- Hashes: a text has the hash of the status code that it equals, with every seed
--
CREATE TABLE golden (value text, image text, hash integer, hash_0 bigint, hash_42 bigint);
\copy golden FROM 'test/golden/values.tsv'
SELECT value FROM golden
WHERE status_code_hash(value) <> hash OR status_code_hash(value, 0) <> hash_0 OR status_code_hash(value, 42) <> hash_42
    OR status_code_hash(value::varchar) <> hash;
SELECT s FROM builtin_status_codes() AS s
WHERE status_code_hash(s) <> status_code_hash(text(s)) OR status_code_hash(s, -7) <> status_code_hash(text(s), -7);
SELECT n FROM generate_series(0, 1100) AS n, unnest('{syncfy,http,foundry,basiq,acme}'::text[]) AS p
WHERE status_code_hash(status_code(p, n)) <> status_code_hash(p || ':' || n);
-- Every text has a hash, and hashes are spread.
SELECT count(DISTINCT status_code_hash(t)) > 60 AS spread, count(DISTINCT status_code_hash(t, 1)) > 60 AS spread_with_a_seed
FROM (SELECT txt FROM base WHERE code IS NULL UNION SELECT repeat('x', n) FROM generate_series(120, 150) AS n
      UNION SELECT repeat('syncfy:401', 100000)) AS t (t);
-- texts that are looked at in pieces: a number with zeros in front, numbers, words
WITH texts (n, value) AS (
    VALUES (1, 'acme:' || repeat('0', 70000) || '1'), (2, 'acme:2'), (3, 'acme:' || repeat('1', 70000)), (4, 'acme:' || repeat('1', 69999) || '2'),
        (5, 'acme:' || repeat('0', 70000) || repeat('1', 69999) || '3'), (6, 'acme:' || repeat('1', 140000) || 'x'), (7, 'acme:' || repeat('1', 65536) || 'x'),
        (8, 'acme:' || repeat('1', 65535) || 'x'), (9, 'acme:x')
)
SELECT count(*) FILTER (WHERE sign(a.n - b.n) <> sign(status_code_text_text_cmp(a.value, b.value))) AS wrong_order,
    count(DISTINCT status_code_hash(a.value)) AS hashes, count(DISTINCT status_code_hash(a.value, 1)) AS hashes_with_a_seed,
    count(*) FILTER (WHERE status_code_hash(a.value) <> status_code_hash(overlay(a.value PLACING 'acme' FROM 1))) AS different
FROM texts AS a, texts AS b;
-- texts with a separator, or the first difference, about where a piece ends; 0 and - come before the separators
WITH parts AS (
    SELECT p COLLATE "C" AS p, c COLLATE "C" AS c, v COLLATE "C" AS v, concat(p, ':' || c, '/' || v) AS value
    FROM unnest('{65535,65536,65537,131072}'::integer[]) AS n,
        LATERAL (VALUES (repeat('a', n), NULL, NULL), (repeat('a', n), 'x', NULL), (repeat('a', n), 'x', 'y'), (repeat('a', n) || '0', 'x', 'y'),
            (repeat('a', n - 1) || 'b', 'x', 'y'),
            ('acme', repeat('x', n), NULL), ('acme', repeat('x', n), 'v'), ('acme', repeat('x', n), repeat('v', n)),
            ('acme', repeat('x', n) || '-', NULL), ('acme', repeat('x', n - 1) || 'y', NULL), ('acme', repeat('1', n - 1) || 'x', NULL)) AS s (p, c, v)
)
SELECT count(*) FILTER (WHERE sign(status_code_text_text_cmp(a.value, b.value)) <> CASE
        WHEN a.value = b.value THEN 0
        WHEN (a.p, coalesce(a.c, ''), coalesce(a.v, '')) < (b.p, coalesce(b.c, ''), coalesce(b.v, '')) THEN -1
        ELSE 1 END) AS wrong_order,
    count(*) FILTER (WHERE status_code_text_text_eq(a.value, b.value) <> (a.value = b.value)) AS wrong_equality, count(*)
FROM parts AS a, parts AS b;

--
-- Foreign keys between a text and a status code are refused at creation; all others work
--
CREATE DOMAIN any_text AS text;
CREATE DOMAIN any_code AS status_code;
CREATE TABLE keys (code status_code PRIMARY KEY, n integer UNIQUE, UNIQUE (code, n));
CREATE TABLE text_keys (txt text PRIMARY KEY, v varchar UNIQUE, c char(20) UNIQUE, d any_text UNIQUE);
CREATE TABLE domain_keys (code any_code PRIMARY KEY);
SELECT kind, key, sqlstate_of(format('CREATE TABLE refused (c %s REFERENCES %s)', kind, key)) AS created,
    sqlstate_of(format('CREATE TABLE later (c %s); ALTER TABLE later ADD FOREIGN KEY (c) REFERENCES %s', kind, key)) AS altered
FROM (SELECT kind, key FROM unnest('{text,varchar,varchar(30),char(20),any_text,name,"text COLLATE \"C\""}'::text[]) AS k (kind),
          unnest('{keys (code),domain_keys (code)}'::text[]) AS t (key)
      UNION ALL SELECT kind, key FROM unnest('{status_code,any_code,known_status_code}'::text[]) AS k (kind),
          unnest('{text_keys (txt),text_keys (v),text_keys (c),text_keys (d)}'::text[]) AS t (key)) AS v
ORDER BY kind COLLATE "C", key COLLATE "C";
SELECT sqlstate_of('CREATE TABLE refused (c text, n integer, FOREIGN KEY (c, n) REFERENCES keys (code, n))') AS two_columns,
    sqlstate_of('CREATE TABLE refused (c text REFERENCES keys) PARTITION BY LIST (c)') AS partitioned;
\set VERBOSITY terse
CREATE TABLE refused (c text REFERENCES keys);
\set VERBOSITY default
-- A column that refers to a key can't become a text, nor its key.
CREATE TABLE refers (id integer, code status_code REFERENCES keys);
SELECT sqlstate_of('ALTER TABLE refers ALTER code TYPE text') AS column, sqlstate_of('ALTER TABLE keys ALTER code TYPE text') AS key;
DROP TABLE refers;
-- Status codes and their domains refer to each other, with every action.
CREATE TABLE cascades (id integer, code status_code REFERENCES keys ON DELETE CASCADE ON UPDATE CASCADE);
CREATE TABLE nulls (id integer, code any_code REFERENCES keys ON DELETE SET NULL ON UPDATE SET NULL);
CREATE TABLE defaults (id integer, code known_status_code DEFAULT 'syncfy:200' REFERENCES keys ON DELETE SET DEFAULT ON UPDATE SET DEFAULT);
CREATE TABLE restricts (id integer, code status_code REFERENCES keys ON DELETE RESTRICT);
CREATE TABLE of_domain (id integer, code status_code REFERENCES domain_keys ON DELETE CASCADE ON UPDATE CASCADE);
INSERT INTO keys VALUES ('syncfy:200', 1), ('syncfy:401', 2), ('basiq:x', 3), ('syncfy:501', 4);
INSERT INTO domain_keys SELECT code FROM keys;
INSERT INTO cascades SELECT n, code FROM keys;
INSERT INTO nulls SELECT n, code FROM keys;
INSERT INTO defaults SELECT n, code FROM keys WHERE n <> 3;
INSERT INTO restricts SELECT n, code FROM keys WHERE n = 1;
INSERT INTO of_domain SELECT n, code FROM keys;
DELETE FROM keys WHERE code = 'syncfy:401'::text;
UPDATE keys SET code = 'basiq:y' WHERE code = 'basiq:x';
UPDATE domain_keys SET code = 'basiq:y' WHERE code = 'basiq:x'::text;
DELETE FROM domain_keys WHERE code = 'syncfy:401';
SELECT sqlstate_of('DELETE FROM keys WHERE n = 1') AS restricted, sqlstate_of('INSERT INTO cascades VALUES (9, ''basiq:none'')') AS missing;
SELECT 'cascades' AS of, id, code FROM cascades UNION ALL SELECT 'nulls', id, code FROM nulls UNION ALL SELECT 'defaults', id, code FROM defaults
UNION ALL SELECT 'of_domain', id, code FROM of_domain ORDER BY 1, 2;

--
-- Foreign keys between a text and a label, or between arrays, are refused at creation; those between labels work
--
CREATE DOMAIN any_varchar AS varchar(30);
CREATE DOMAIN any_category AS status_category;
CREATE DOMAIN any_action AS status_action;
-- Creates a table with a foreign key from a column of a type to a key of another, and does what checks the key or follows it.
-- Returns the SQLSTATE of the creation if that is refused, else that of each change, and what became of the rows.
CREATE FUNCTION foreign_key(kind text, key text, actions text, old text, new text, referencing text DEFAULT 'CREATE TABLE referencing (id integer, c %s REFERENCES referenced %s)')
RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    state text;
    states text := '';
    statement text;
    rows text;
BEGIN
    EXECUTE format('CREATE TABLE referenced (k %s PRIMARY KEY)', key);
    state := sqlstate_of(format(referencing, kind, actions));
    IF state = '00000' THEN
        FOREACH statement IN ARRAY ARRAY['INSERT INTO referenced VALUES (%1$L)', 'INSERT INTO referencing VALUES (1, %1$L), (2, NULL)', 'UPDATE referencing SET c = %1$L',
            'INSERT INTO referencing VALUES (3, %2$L)', 'UPDATE referenced SET k = %2$L', 'DELETE FROM referenced'] LOOP
            states := states || sqlstate_of(format(statement, old, new)) || ' ';
            SELECT string_agg(concat_ws(':', id, c), ' ' ORDER BY id) INTO rows FROM referencing;
            states := states || COALESCE(rows, 'none') || '; ';
        END LOOP;
        DROP TABLE referencing;
        state := states;
    END IF;
    DROP TABLE referenced;
    RETURN state;
END
$$;
CREATE TABLE foreign_keys AS
SELECT kind, key, actions, foreign_key(kind, key, actions, old, new) AS outcome
FROM (SELECT kind, key, old, new FROM unnest('{text,varchar,varchar(30),char(20),"text COLLATE \"C\"",name,any_text,any_varchar}'::text[]) AS kind,
          (VALUES ('status_category', 'mfa', 'auth'), ('any_category', 'mfa', 'auth'), ('status_action', 'wait', 'stop'), ('any_action', 'wait', 'stop')) AS k (key, old, new)
      UNION ALL SELECT kind, key, old, new FROM unnest('{text,varchar,char(20),any_text,any_varchar}'::text[]) AS key,
          (VALUES ('status_category', 'mfa', 'auth'), ('any_category', 'mfa', 'auth'), ('status_action', 'wait', 'stop'), ('any_action', 'wait', 'stop')) AS k (kind, old, new)
      UNION ALL VALUES ('text[]', 'status_category[]', '{mfa}', '{auth}'), ('varchar[]', 'status_action[]', '{wait}', '{stop}'), ('status_category[]', 'text[]', '{mfa}', '{auth}'),
          ('text[]', 'status_code[]', '{basiq:x}', '{basiq:y}'), ('status_code[]', 'varchar[]', '{basiq:x}', '{basiq:y}'),
          ('status_category', 'status_action', 'mfa', 'auth'), ('status_code', 'status_category', 'mfa', 'auth'), ('status_category', 'status_code', 'mfa', 'auth')) AS v,
    unnest('{"","ON DELETE CASCADE","ON UPDATE CASCADE","ON DELETE CASCADE ON UPDATE CASCADE","ON DELETE SET NULL ON UPDATE SET NULL","ON DELETE SET DEFAULT","ON DELETE RESTRICT"}'::text[]) AS actions;
SELECT count(*), outcome FROM foreign_keys GROUP BY outcome ORDER BY outcome;
SELECT kind, key, count(*), min(outcome) FROM foreign_keys WHERE outcome <> '42804' GROUP BY kind, key, outcome ORDER BY 1, 2, 4 LIMIT 20;
SELECT kind, key, actions, foreign_key(kind, key, actions, old, new)
FROM (VALUES ('status_category', 'status_category', 'mfa', 'auth'), ('any_category', 'status_category', 'mfa', 'auth'), ('status_category', 'any_category', 'mfa', 'auth'),
          ('status_action', 'status_action', 'wait', 'stop'), ('any_action', 'any_action', 'wait', 'stop'), ('status_category[]', 'status_category[]', '{mfa}', '{auth}')) AS v (kind, key, old, new),
    unnest('{"","ON DELETE CASCADE ON UPDATE CASCADE","ON DELETE SET NULL ON UPDATE SET NULL"}'::text[]) AS actions
ORDER BY kind, key, actions;
-- added later; of partitions; of a generated column; of two columns
SELECT foreign_key('text', 'status_category', '', 'mfa', 'auth', 'CREATE TABLE referencing (id integer, c %s); ALTER TABLE referencing ADD FOREIGN KEY (c) REFERENCES referenced %s') AS later,
    foreign_key('varchar', 'status_action', '', 'wait', 'stop', 'CREATE TABLE referencing (id integer, c %s); ALTER TABLE referencing ADD FOREIGN KEY (c) REFERENCES referenced %s NOT VALID') AS not_valid,
    foreign_key('status_action', 'status_action', '', 'wait', 'stop',
        'CREATE TABLE referencing (id integer, c %s REFERENCES referenced %s); ALTER TABLE referencing ALTER c TYPE text') AS column,
    foreign_key('status_action', 'status_action', '', 'wait', 'stop',
        'CREATE TABLE referencing (id integer, c %s REFERENCES referenced %s); ALTER TABLE referenced ALTER k TYPE text') AS key,
    foreign_key('text', 'status_category', '', 'mfa', 'auth', 'CREATE TABLE referencing (id integer, c %s REFERENCES referenced %s) PARTITION BY LIST (c)') AS partitioned,
    foreign_key('text', 'status_category', '', 'mfa', 'auth', 'CREATE TABLE referencing (id integer, c %s GENERATED ALWAYS AS (CASE id WHEN 1 THEN ''mfa'' ELSE ''auth'' END) STORED REFERENCES referenced %s)') AS generated,
    foreign_key('text', 'status_category', '', 'mfa', 'auth', 'CREATE TABLE two (k status_category, a status_action, PRIMARY KEY (a, k)); CREATE TABLE referencing (id integer, a status_action, c %s, FOREIGN KEY (a, c) REFERENCES two %s)') AS two_columns,
    foreign_key('text', 'status_category', '', 'mfa', 'auth', 'CREATE TABLE p (k status_category PRIMARY KEY) PARTITION BY LIST (k); CREATE TABLE referencing (id integer, c %s REFERENCES p %s)') AS to_partitioned;
\set VERBOSITY terse
CREATE TABLE key_of_labels (category status_category PRIMARY KEY);
CREATE TABLE refused (c text REFERENCES key_of_labels);
\set VERBOSITY default
-- No type of the extension to which a text converts implicitly can be a key, and so be referenced by a text.
SELECT t.oid::regtype, sqlstate_of(format('CREATE TABLE refused (k %s PRIMARY KEY)', t.oid::regtype)) AS key
FROM pg_cast AS c JOIN pg_depend AS d ON d.classid = 'pg_cast'::regclass AND d.objid = c.oid AND d.deptype = 'e' JOIN pg_type AS t ON t.oid = c.casttarget
WHERE c.castcontext = 'i' AND c.castsource IN ('text'::regtype, 'varchar'::regtype) GROUP BY t.oid ORDER BY t.oid::regtype::text COLLATE "C";
DROP TABLE foreign_keys, key_of_labels;
DROP FUNCTION foreign_key;
DROP DOMAIN any_varchar, any_category, any_action;

--
-- Joins, and what the planner makes a join: each kind, in both directions, by each method
--
-- {a} and {b} are the one's status code and the other's text, or the other way about.
CREATE TABLE joins (query text);
INSERT INTO joins VALUES
    ('SELECT a.id, b.id FROM a JOIN b ON {a} = {b}'),
    ('SELECT a.id, b.id FROM a JOIN b ON {b} = {a}'),
    ('SELECT a.id, b.id FROM a LEFT JOIN b ON {a} = {b}'),
    ('SELECT a.id, b.id FROM a RIGHT JOIN b ON {a} = {b}'),
    ('SELECT a.id, b.id FROM a FULL JOIN b ON {a} = {b}'),
    ('SELECT a.id, b.id FROM a FULL JOIN b ON {b} = {a}'),
    ('SELECT a.id, b.id FROM a LEFT JOIN b ON {a} = {b} AND b.id % 2 = 0'),
    ('SELECT a.id FROM a WHERE EXISTS (SELECT FROM b WHERE {a} = {b})'),
    ('SELECT a.id FROM a WHERE NOT EXISTS (SELECT FROM b WHERE {b} = {a})'),
    ('SELECT a.id FROM a WHERE {a} IN (SELECT {b} FROM b)'),
    ('SELECT a.id FROM a WHERE {a} IN (SELECT {b} FROM b WHERE b.id % 3 = 0)'),
    ('SELECT a.id FROM a WHERE {a} NOT IN (SELECT {b} FROM b)'),
    ('SELECT a.id FROM a WHERE {a} NOT IN (SELECT {b} FROM b WHERE {b} IS NOT NULL)'),
    ('SELECT a.id FROM a WHERE {a} NOT IN (SELECT {b} FROM b WHERE false)'),
    ('SELECT a.id, {a} NOT IN (SELECT {b} FROM b) FROM a'),
    ('SELECT a.id, {a} IN (SELECT {b} FROM b WHERE {b} IS NOT NULL) FROM a'),
    ('SELECT a.id, {a} = ANY (SELECT {b} FROM b) FROM a'),
    ('SELECT a.id, {a} <> ALL (SELECT {b} FROM b WHERE b.id % 2 = 0) FROM a'),
    ('SELECT a.id FROM a WHERE ({a}, a.id) IN (SELECT {b}, b.id - 1000 FROM b)'),
    ('SELECT a.id FROM a WHERE ({a}, 1) NOT IN (SELECT {b}, b.id % 2 FROM b WHERE {b} IS NOT NULL)'),
    ('SELECT a.id, b.id FROM a JOIN b ON ({a}, a.id % 2) = ({b}, b.id % 2)'),
    ('SELECT a.id, b.id FROM a, b WHERE {a} = {b} AND a.id % 7 = b.id % 7'),
    ('SELECT b.id, count(*) FROM b JOIN a ON {a} = {b} GROUP BY b.id'),
    ('SELECT {a}::text, count(*) FROM a JOIN b ON {a} = {b} GROUP BY {a}'),
    ('SELECT {b}::text, count(DISTINCT a.id) FROM a JOIN b ON {a} = {b} GROUP BY {b}'),
    ('SELECT DISTINCT {a}::text, {b}::text FROM a JOIN b ON {a} = {b}'),
    ('SELECT a.id, x.n FROM a CROSS JOIN LATERAL (SELECT count(*) AS n FROM b WHERE {b} = {a}) AS x'),
    ('SELECT a.id, x.id FROM a CROSS JOIN LATERAL (SELECT b.id FROM b WHERE {b} = {a} ORDER BY b.id LIMIT 1) AS x'),
    ('SELECT a.id, (SELECT min(b.id) FROM b WHERE {a} = {b}) FROM a'),
    ('SELECT a.id, b.id, c.id FROM a, b, c WHERE {a} = {b} AND {b} = {c}'),
    ('SELECT a.id, b.id, c.id FROM a, b, c WHERE {a} = {b} AND {b} = {c} AND {a} = {c}'),
    ('SELECT a.id, b.id, c.id FROM a LEFT JOIN b ON {a} = {b} LEFT JOIN c ON {b} = {c}'),
    ('SELECT a.id, b.id FROM a FULL JOIN b ON {a} = {b} FULL JOIN c ON {b} = {c}'),
    ('SELECT a.id, b.id FROM a, b WHERE {a} = {b} AND {b} = ''syncfy:401'''),
    ('SELECT a.id, b.id FROM a, b WHERE {a} = {b} AND {a} = ''http:0''::text'),
    ('SELECT a.id FROM a WHERE {a} = (SELECT min({b}) FROM b WHERE b.id % 5 = 0)'),
    ('SELECT id FROM c WHERE {c} IN (SELECT {b} FROM a JOIN b ON {a} = {b} WHERE a.id < 100)');

-- The rows of a query, in one text.
CREATE FUNCTION answer(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    result text;
BEGIN
    EXECUTE format('SELECT count(*) || '' '' || COALESCE(md5(string_agg(r::text, chr(10) ORDER BY r::text COLLATE "C")), '''') FROM (%s) AS r', query)
        INTO result;
    RETURN result;
END
$$;
CREATE FUNCTION filled(query text, x text, y text) RETURNS text LANGUAGE sql AS $$
    SELECT replace(replace(replace(query, '{a}', 'a.' || x), '{b}', 'b.' || y), '{c}', 'c.' || x)
$$;
CREATE FUNCTION differences(methods text[]) RETURNS TABLE (query text, way text) LANGUAGE plpgsql AS $$
DECLARE
    method text;
    setting text;
    types text[];
    truth text;
BEGIN
    FOREACH types SLICE 1 IN ARRAY '{{code,txt},{txt,code}}'::text[] LOOP
        FOR query IN SELECT j.query FROM joins AS j LOOP
            truth := answer(filled(query, types[1] || '::text COLLATE "C"', types[2] || '::text COLLATE "C"'));
            FOREACH method IN ARRAY methods LOOP
                FOREACH setting IN ARRAY string_to_array(method, ' ') LOOP
                    PERFORM set_config('enable_' || setting, 'off', false);
                END LOOP;
                IF answer(filled(query, types[1], types[2])) <> truth THEN
                    way := format('%s = %s, without %s', types[1], types[2], method);
                    RETURN NEXT;
                END IF;
                FOREACH setting IN ARRAY string_to_array(method, ' ') LOOP
                    PERFORM set_config('enable_' || setting, 'on', false);
                END LOOP;
            END LOOP;
        END LOOP;
    END LOOP;
END
$$;
SELECT * FROM differences(ARRAY['', 'mergejoin nestloop', 'hashjoin nestloop', 'hashjoin mergejoin', 'hashjoin mergejoin seqscan',
    'hashjoin mergejoin material', 'hashagg hashjoin', 'sort', 'hashagg nestloop seqscan']);
-- and by parallel workers
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SELECT * FROM differences(ARRAY['', 'hashjoin mergejoin seqscan']);
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET min_parallel_table_scan_size;

-- In both directions there are hash joins and hashed subplans, but no merge joins.
SET enable_nestloop = off;
SELECT query, x
FROM joins, unnest('{code,txt}'::text[]) AS x
WHERE query !~ '(<> ALL|LIMIT|LATERAL|min\(|min |IN \(SELECT .b., b.id - 1000|false|syncfy:401|http:0)'
    AND plan_of(filled(query, x, CASE x WHEN 'code' THEN 'txt' ELSE 'code' END), 'VERBOSE') !~ '(Hash.* Join|hashed SubPlan)';
SELECT query, x
FROM joins, unnest('{code,txt}'::text[]) AS x
WHERE plan_of(filled(query, x, CASE x WHEN 'code' THEN 'txt' ELSE 'code' END)) ~ '(Merge Cond: .*code = .*txt|Merge Cond: .*txt = .*code)';
RESET enable_nestloop;

-- 20,000 x 20,000 rows: 0.05 seconds by hashing, else 40 seconds
CREATE TABLE many AS SELECT 'many:' || n AS txt, ('many:' || n * 2)::status_code AS code FROM generate_series(1, 20000) AS n;
ANALYZE many;
SET statement_timeout = '20s';
SELECT count(*) FROM many WHERE txt NOT IN (SELECT code FROM many);
SELECT count(*) FROM many WHERE code NOT IN (SELECT txt FROM many);
SELECT count(*) FROM many AS x JOIN many AS y ON x.txt = y.code;
RESET statement_timeout;
DROP TABLE many;

-- A text need not have a collation.
CREATE TABLE uncollated (c text COLLATE "C", posix text COLLATE "POSIX");
INSERT INTO uncollated VALUES ('basiq:', 'zzz'), ('acme:', '1'), ('acme', '1');
SELECT c, posix, c || posix = status_code 'acme:1' AS eq, status_code 'acme:1' <> c || posix AS ne, status_code 'acme:1' < c || posix AS lt FROM uncollated ORDER BY c, posix;
SELECT c FROM uncollated WHERE status_code(c || posix) = c || posix AND c LIKE '%:' ORDER BY c;
DROP TABLE uncollated;

-- The collation of a text may treat different texts as equal, of which a status code equals only one. A Memoize
-- node must not return the rows of another text that is equal by collation.
DO $$
DECLARE
    x record;
    setting text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_collation WHERE collprovider = 'i') THEN
        RETURN; -- a server without ICU has no such collations
    END IF;
    EXECUTE 'CREATE COLLATION caseless (provider = icu, locale = ''und-u-ks-level2'', deterministic = false)';
    EXECUTE 'CREATE TABLE caseless AS SELECT u.t COLLATE caseless AS t, n
        FROM unnest(''{basiq:zzz,basiq:ZZZ,BASIQ:zzz,basiq:Zzz}''::text[]) AS u (t), generate_series(1, 500) AS n';
    EXECUTE 'CREATE TABLE cased AS SELECT t::status_code AS code FROM unnest(''{basiq:zzz,basiq:ZZZ,acme:1}''::text[]) AS t
        UNION ALL SELECT status_code(''many'', n) FROM generate_series(1, 20000) AS n';
    CREATE UNIQUE INDEX ON cased (code);
    ANALYZE caseless, cased;
    FOREACH setting IN ARRAY '{hashjoin,seqscan}'::text[] LOOP
        PERFORM set_config('enable_' || setting, 'off', true);
        PERFORM set_config('enable_mergejoin', 'off', true);
        FOR x IN SELECT code::text, t COLLATE "C" AS t, count(*) FROM caseless JOIN cased ON t = code GROUP BY 1, 2
                 UNION ALL SELECT code::text, t COLLATE "C", count(*) FROM caseless LEFT JOIN cased ON code = t GROUP BY 1, 2
        LOOP
            IF x.code <> x.t OR x.count <> 500 OR x.t IN ('basiq:zzz', 'basiq:ZZZ') <> (x.code IS NOT NULL) THEN
                RAISE WARNING '% and %: % times', x.t, x.code, x.count;
            END IF;
        END LOOP;
        IF (SELECT count(*) FROM caseless WHERE t IN (SELECT code FROM cased)) <> 1000
            OR (SELECT count(*) FROM caseless WHERE t NOT IN (SELECT code FROM cased)) <> 1000
            OR (SELECT count(*) FROM cased WHERE code IN (SELECT t FROM caseless)) <> 2
            OR (SELECT count(*) FROM cased WHERE code NOT IN (SELECT t FROM caseless)) <> 20001
            OR (SELECT count(*) FILTER (WHERE equal)
                FROM (SELECT t = code AS equal FROM caseless, cased WHERE code = 'basiq:zzz' OFFSET 0) AS c) <> 500
        THEN
            RAISE WARNING 'IN or = goes by the collation';
        END IF;
        PERFORM set_config('enable_' || setting, 'on', true);
    END LOOP;
    DROP TABLE caseless, cased;
    DROP COLLATION caseless;
END
$$;

--
-- Conditions on an index
--
-- Each with every text, by an index on the status code and without.
CREATE FUNCTION condition_differences() RETURNS TABLE (condition text, value text, mode text) LANGUAGE plpgsql AS $$
DECLARE
    truth text;
    plan text;
BEGIN
    FOR condition IN
        SELECT unnest(ARRAY['code = $1', '$1 = code', 'code = ANY (ARRAY[$1, ''http:0''])', 'code = ANY (ARRAY[$1, NULL, $1])',
            'code <> $1', 'code = $1 AND code = ''syncfy:401''::text', 'code = $1 AND code = ''syncfy:401''', 'code = $1 AND code = $1 || ''''',
            'code = ANY (ARRAY[$1, ''acme:1'']) AND code = ANY (''{syncfy:401,acme:1,acme:01}''::text[]) AND code >= ''acme:01''',
            '(code, id) = ($1, id)', 'NOT (code <> $1)', 'code IS NOT NULL AND (code = $1 OR code = ''acme:1'')'])
    LOOP
        EXECUTE 'PREPARE found (text) AS SELECT count(*), sum(id) FROM b WHERE ' || condition;
        FOR value IN SELECT txt FROM base ORDER BY md5(txt) LIMIT 30 LOOP
            truth := answer(format('SELECT count(*), sum(id) FROM b WHERE %s',
                replace(regexp_replace(condition, '\mcode\M', 'code::text COLLATE "C"', 'g'), '$1', quote_literal(value) || '::text')));
            FOREACH mode IN ARRAY '{force_custom_plan,force_generic_plan}'::text[] LOOP
                PERFORM set_config('plan_cache_mode', mode, true);
                IF executed('found', value) <> truth THEN
                    RETURN NEXT;
                END IF;
            END LOOP;
        END LOOP;
        DEALLOCATE found;
    END LOOP;
END
$$;
CREATE FUNCTION executed(statement text, value text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    n bigint;
    s numeric;
BEGIN
    EXECUTE format('EXECUTE %s (%L)', statement, value) INTO n, s;
    RETURN answer(format('SELECT %s::bigint, %L::numeric', n, s));
END
$$;
SET enable_seqscan = off;
SELECT * FROM condition_differences();
SET enable_bitmapscan = off;
SELECT * FROM condition_differences();
RESET enable_bitmapscan;
RESET enable_seqscan;
SET enable_indexscan = off;
SET enable_bitmapscan = off;
SET enable_indexonlyscan = off;
SELECT * FROM condition_differences();
RESET enable_indexscan;
RESET enable_bitmapscan;
RESET enable_indexonlyscan;

-- Ranges and arrays of texts, as the index sees them and as a filter does: the same rows.
CREATE FUNCTION ids(condition text) RETURNS bigint[] LANGUAGE plpgsql AS $$
DECLARE
    result bigint[];
BEGIN
    EXECUTE 'SELECT array_agg(id ORDER BY id) FROM b WHERE ' || condition INTO result;
    RETURN result;
END
$$;
CREATE TABLE conditions AS
SELECT format(condition, value) AS condition
FROM unnest(ARRAY['code < %L::text', 'code <= %L::text', 'code >= %L::text', 'code > %L::text', '%L::text > code', '%L::text <= code',
        'code > ANY (ARRAY[%L, ''http:0'', ''~''])', 'code >= ANY (ARRAY[%L, ''http:0'', NULL])', 'code < ANY (ARRAY[%L, ''http:0'', ''''])',
        'code <= ANY (ARRAY[%L, ''acme'', ''acme:1''])', 'code < ALL (ARRAY[%L, ''http:0''])', 'code >= ALL (ARRAY[%L, ''basiq''])',
        'code <> ALL (ARRAY[%L, ''http:0''])', 'code <> ANY (ARRAY[%L, ''http:0''])',
        'code > %L::text AND code > ''basiq:''::text', 'code >= %L::text AND code < ''syncfy:~''::text AND code < ''syncfy:401''',
        '(code, id) >= (%L::text, 1100)', '(code, id) < (%L::text, 1100)', '(code, id) > (''basiq''::text, 1001) AND (code, id) <= (%L::text, 9999)',
        'code = %L::text AND code > ''basiq''::text AND id > 1010',
        'code = ANY (ARRAY[%L, ''b'', ''c'', ''d'', ''e'', ''f'', ''g'', ''h'', ''i'', ''j'', ''acme:1''])',
        'code <> ALL (ARRAY[%L, ''b'', ''c'', ''d'', ''e'', ''f'', ''g'', ''h'', ''i'', ''j'', ''acme:1''])']) AS c (condition),
    (SELECT txt FROM base ORDER BY md5(txt) LIMIT 15) AS v (value);
SET enable_indexscan = off;
SET enable_bitmapscan = off;
SET enable_indexonlyscan = off;
CREATE TABLE truths AS SELECT condition, ids(condition) FROM conditions;
RESET enable_indexscan;
RESET enable_indexonlyscan;
SET enable_seqscan = off;
SELECT condition FROM truths WHERE ids(condition) IS DISTINCT FROM ids;
RESET enable_bitmapscan;
SET enable_indexscan = off;
SELECT condition FROM truths WHERE ids(condition) IS DISTINCT FROM ids;
RESET enable_indexscan;
SELECT count(*) > 300 AS conditions, count(ids) > 200 AS with_rows FROM truths;

-- What uses the index, and what does not.
CREATE INDEX a_code_hash ON a USING hash (code);
DROP INDEX a_code;
SELECT plan_of('SELECT id FROM b WHERE code = ''syncfy:401''::varchar') ~ 'Index Cond' AS equal,
    plan_of('SELECT id FROM b WHERE code = ANY (''{syncfy:401}''::varchar[])') ~ 'Index Cond' AS any,
    plan_of('SELECT id FROM b WHERE code > ANY (''{syncfy:401}''::text[])') ~ 'Index Cond' AS above,
    plan_of('SELECT id FROM b WHERE (code, id) > (''syncfy:401''::text, 1)') ~ 'Index Cond' AS row,
    plan_of('SELECT id FROM b WHERE code = ''syncfy:401''::char(30)') ~ 'Index Cond' AS char,
    plan_of('SELECT id FROM a WHERE code = ''syncfy:401''::text') ~ 'Index Cond' AS hash,
    plan_of('SELECT id FROM a WHERE code = ''x''::text') ~ 'Index Cond' AS hash_malformed;
SELECT txt FROM base WHERE (SELECT count(*) FROM a WHERE code = base.txt) <> (SELECT count(*) FROM a WHERE a.code::text = base.txt);
RESET enable_seqscan;

-- A text that is a status code becomes one, so that the index's order is known: no sort of all rows for the first few.
SET enable_sort = off;
SET enable_bitmapscan = off;
SELECT plan_of('SELECT id FROM b WHERE code = ''http:0''::varchar ORDER BY id LIMIT 3') ~ 'Sort' AS sorted,
    plan_of('SELECT id FROM b WHERE code = ''http:0''::text') ~ 'code = ''http:0''::status_code' AS of_one_type,
    plan_of('SELECT id FROM b WHERE ''http:0''::text = code') ~ 'code = ''http:0''::status_code|''http:0''::status_code = code' AS left,
    plan_of('SELECT id FROM b WHERE code = ''Http:0''::text') ~ 'code = ''Http:0''::text' AS malformed;
RESET enable_sort;
RESET enable_bitmapscan;

-- The query needs the same privileges as before.
CREATE ROLE regress_families;
GRANT SELECT ON a, b TO regress_families;
REVOKE EXECUTE ON FUNCTION status_code_eq(status_code, status_code) FROM PUBLIC;
SET ROLE regress_families;
SELECT count(*) FROM b WHERE code = 'acme:1'::text;
RESET ROLE;
GRANT EXECUTE ON FUNCTION status_code_eq(status_code, status_code) TO PUBLIC;
REVOKE EXECUTE ON FUNCTION status_code_text_eq(status_code, text) FROM PUBLIC;
SET ROLE regress_families;
SELECT count(*) FROM b WHERE code = 'acme:1'::text;
SELECT count(*) FROM b WHERE code = 'acme:1';
RESET ROLE;
GRANT EXECUTE ON FUNCTION status_code_text_eq(status_code, text) TO PUBLIC;
DROP OWNED BY regress_families;
DROP ROLE regress_families;

--
-- Partitions: those that can't have a text's rows are left out, when the query is planned and when it runs
--
CREATE TABLE by_list (code status_code, id bigint) PARTITION BY LIST (code);
CREATE TABLE by_list_1 PARTITION OF by_list FOR VALUES IN ('syncfy:401', 'acme:1', 'acme:01');
CREATE TABLE by_list_2 PARTITION OF by_list FOR VALUES IN ('basiq:zzz', NULL);
CREATE TABLE by_list_3 PARTITION OF by_list DEFAULT;
CREATE TABLE by_range (code status_code, id bigint) PARTITION BY RANGE (code);
CREATE TABLE by_range_1 PARTITION OF by_range FOR VALUES FROM (MINVALUE) TO ('basiq:invalid-credentials');
CREATE TABLE by_range_2 PARTITION OF by_range FOR VALUES FROM ('basiq:invalid-credentials') TO ('http:404');
CREATE TABLE by_range_3 PARTITION OF by_range DEFAULT;
CREATE TABLE by_hash (code status_code, id bigint) PARTITION BY HASH (code);
SELECT format('CREATE TABLE by_hash_%s PARTITION OF by_hash FOR VALUES WITH (MODULUS 5, REMAINDER %s)', n, n - 1) FROM generate_series(1, 5) AS n \gexec
INSERT INTO by_list SELECT code, id FROM b;
INSERT INTO by_range SELECT code, id FROM b;
INSERT INTO by_hash SELECT code, id FROM b;
ANALYZE by_list, by_range, by_hash;
CREATE FUNCTION partition_differences() RETURNS TABLE (parent text, condition text) LANGUAGE plpgsql AS $$
BEGIN
    FOR parent, condition IN
        SELECT p, t.condition FROM unnest('{by_list,by_range,by_hash}'::text[]) AS p, truths AS t
        WHERE answer(format('SELECT id FROM %I WHERE %s', p, t.condition)) <> answer(format('SELECT unnest(%L::bigint[])', t.ids))
    LOOP
        RETURN NEXT;
    END LOOP;
END
$$;
SELECT * FROM partition_differences();
SELECT p, m, txt
FROM unnest('{by_list,by_range,by_hash}'::text[]) AS p, unnest('{text,status_code}'::text[]) AS m,
    (SELECT txt, code FROM base ORDER BY md5(txt) LIMIT 70) AS t
WHERE (m = 'text' OR code IS NOT NULL)
    AND answer(format('SELECT id FROM %s WHERE code = %L::%s', p, txt, m)) <> answer(format('SELECT id FROM b WHERE code::text = %L', txt));

-- How many partitions a plan reads: of a text that is a status code, of one that isn't, of a parameter.
CREATE FUNCTION partitions_read(query text) RETURNS bigint LANGUAGE sql AS $$
    SELECT count(*) FROM regexp_matches(plan_of(query), ' (Scan|Scan using \S+) on by_', 'g')
$$;
PREPARE list (text) AS SELECT id FROM by_list WHERE code = $1;
PREPARE range (text) AS SELECT id FROM by_range WHERE code = $1;
PREPARE hash (text) AS SELECT id FROM by_hash WHERE code = $1;
PREPARE hash_any (text[]) AS SELECT id FROM by_hash WHERE code = ANY ($1);
PREPARE range_between (text, text) AS SELECT id FROM by_range WHERE code >= $1 AND code < $2;
SELECT mode, set_config('plan_cache_mode', mode, false) = mode AS set, p, value, partitions_read(format('EXECUTE %s (%s)', p, value)) AS read
FROM unnest('{force_custom_plan,force_generic_plan}'::text[]) AS mode,
    (VALUES ('list', '''acme:1'''), ('list', '''x'''), ('range', '''http:0'''), ('range', '''basiq'''), ('hash', '''http:0'''), ('hash', '''x'''),
        ('hash_any', '''{http:0,http:0,acme:1}'''), ('range_between', '''b'', ''basiq:a''')) AS v (p, value)
ORDER BY 1, 3, 4;
RESET plan_cache_mode;
-- while a join runs
SELECT p FROM unnest('{by_list,by_range,by_hash}'::text[]) AS p
WHERE answer(format('SELECT a.id, p.id FROM a JOIN %I AS p ON p.code = a.txt', p)) <> answer('SELECT a.id, b.id FROM a JOIN b ON b.code::text = a.txt')
    OR answer(format('SELECT a.id, p.id FROM a CROSS JOIN LATERAL (SELECT id FROM %I AS p WHERE p.code = a.txt OFFSET 0) AS p', p))
        <> answer('SELECT a.id, b.id FROM a JOIN b ON b.code::text = a.txt');
SET enable_partitionwise_join = on;
SELECT answer('SELECT x.id, y.id FROM by_hash AS x JOIN by_hash AS y USING (code) WHERE y.code = ''acme:1''::text')
    = answer('SELECT x.id, y.id FROM b AS x JOIN b AS y ON x.code::text = y.code::text WHERE y.code = ''acme:1''') AS partitionwise;
RESET enable_partitionwise_join;
-- A text can't be the key of a partition by these families: there is no class of it.
SELECT sqlstate_of('CREATE TABLE by_text (t text) PARTITION BY HASH (t status_code_ops)') AS hash,
    sqlstate_of('CREATE TABLE by_text (t text) PARTITION BY RANGE (t status_code_ops)') AS range,
    sqlstate_of('CREATE INDEX ON base (txt status_code_ops)') AS index;

--
-- Statistics
--
CREATE TABLE counted AS
SELECT status_code('syncfy', 400 + n % 10) AS code, ('syncfy:' || 400 + n % 10)::text AS txt, n % 10 AS n FROM generate_series(1, 10000) AS n;
CREATE STATISTICS counted_both (dependencies, mcv, ndistinct) ON code, n FROM counted;
ANALYZE counted;
CREATE FUNCTION estimate(query text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    plan json;
BEGIN
    EXECUTE 'EXPLAIN (FORMAT JSON) ' || query INTO plan;
    RETURN plan -> 0 -> 'Plan' ->> 'Plan Rows';
END
$$;
SELECT estimate('SELECT * FROM counted WHERE code = ''syncfy:401''::text') BETWEEN 900 AND 1100 AS one,
    estimate('SELECT * FROM counted WHERE code = ''syncfy:401''::text AND n = 1') BETWEEN 900 AND 1100 AS with_another,
    estimate('SELECT * FROM counted WHERE code = ANY (''{syncfy:401,syncfy:402}''::text[]) AND n = 1') BETWEEN 500 AND 1500 AS any,
    estimate('SELECT * FROM counted WHERE code = ''x''::text') < 20 AS malformed,
    estimate('SELECT * FROM counted WHERE code < ''syncfy:403''::text') BETWEEN 2700 AND 3300 AS below,
    estimate('SELECT * FROM counted AS x JOIN counted AS y ON x.code = y.txt') BETWEEN 8000000 AND 12000000 AS joined;
DROP TABLE counted;

--
-- Where both must have one type, the combination is refused
--
SELECT query, sqlstate_of(query)
FROM unnest(ARRAY['SELECT code FROM b UNION SELECT txt FROM a', 'SELECT txt FROM a INTERSECT SELECT code FROM b',
    'SELECT COALESCE(code, txt) FROM b', 'SELECT CASE WHEN true THEN code ELSE txt END FROM b', 'SELECT GREATEST(code, txt) FROM b',
    'SELECT ARRAY[code, txt] FROM b', 'SELECT NULLIF(code, txt) FROM b', 'SELECT code IS DISTINCT FROM txt FROM b',
    'SELECT txt FROM b ORDER BY txt USING *<',
    'SELECT code FROM b ORDER BY code USING *<', 'SELECT x.id FROM a AS x (id, k) JOIN b AS y (i, j, k) USING (k)']) AS query;
SELECT string_agg(txt, ' ' ORDER BY txt USING *<) FROM base WHERE txt ~ '^(acme|SYNCFY|syncfy:[0-9]{4}|basiq:[0-9])' OR length(txt) < 3;

DEALLOCATE ALL;
DROP TABLE base, a, b, c, golden, keys, text_keys, domain_keys, cascades, nulls, defaults, restricts, of_domain, joins, conditions, truths,
    by_list, by_range, by_hash CASCADE;
DROP FUNCTION sqlstate_of, plan_of, answer, filled, differences, condition_differences, executed, ids, partition_differences, partitions_read, estimate;
DROP DOMAIN any_text, any_code;
