--
-- planner.sql: which queries use an index on a status code, row estimates, and functions with unexpected properties
--
SET jit = off;
SET enable_seqscan = off;
SET enable_bitmapscan = off;
SET max_parallel_workers_per_gather = 0;
-- What other tests have deleted still takes space, which the planner sees.
TRUNCATE status_code_overrides;

-- A plan, reduced to what all versions of the server print in the same way.
CREATE FUNCTION pg_temp.nodes(query text, OUT node text, OUT relation text, OUT condition text, OUT filter text, OUT rows float8)
RETURNS SETOF record LANGUAGE plpgsql AS $$
DECLARE
    explained json;
BEGIN
    EXECUTE 'EXPLAIN (FORMAT JSON) ' || query INTO explained;
    RETURN QUERY
        WITH RECURSIVE n (n) AS (
            SELECT explained #> '{0,Plan}' UNION ALL SELECT child FROM n, json_array_elements(n -> 'Plans') child
        )
        SELECT n ->> 'Node Type', n ->> 'Relation Name', replace(n ->> 'Index Cond', E'\x01', '\x01'), replace(n ->> 'Filter', E'\x01', '\x01'), (n ->> 'Plan Rows')::float8
        FROM n;
END $$;
-- The conditions with which indexes are searched, and what is left to be tested of each row.
CREATE FUNCTION pg_temp.index_condition(query text) RETURNS text LANGUAGE sql AS $$
    SELECT COALESCE(string_agg(condition, ' | ' ORDER BY condition COLLATE "C"), 'none')
        || COALESCE(', then ' || min(filter) FILTER (WHERE node LIKE 'Index%Scan'), '')
    FROM pg_temp.nodes(query)
$$;

CREATE TABLE planner_test (id integer, status status_code, domain_status known_status_code, note text, label status_category) WITH (autovacuum_enabled = off);
INSERT INTO planner_test
SELECT row_number() OVER (), status, status, status, builtin_code_category(status)
FROM unnest('{basiq:access-denied,basiq:access-denied/connections-not-enabled,basiq:access-denied/token-expired,
    basiq:account-not-accessible-requires-user-action,basiq:bank-statement-not-supported,basiq:bank-statement-parsing-error,
    basiq:forbidden-access,basiq:internal-server-error,basiq:invalid-authorization-token,basiq:invalid-credentials,
    basiq:invalid-credentials/invalid-username-or-password,basiq:invalid-credentials/locked-account,
    basiq:invalid-credentials/multi-factor-authentication,basiq:maintenance-error,basiq:request-not-valid,
    basiq:request-not-valid/request-too-long,basiq:request-not-valid/too-many-requests,basiq:resource-not-found,basiq:service-unavailable,
    basiq:too-many-requests,basiq:unauthorized-access,foundry:200,foundry:400,foundry:401,foundry:403,foundry:404,foundry:500,syncfy:100,
    syncfy:101,syncfy:102,syncfy:103,syncfy:200,syncfy:201,syncfy:401,syncfy:403,syncfy:405,syncfy:408,syncfy:410,syncfy:411,syncfy:413,
    syncfy:449,syncfy:500,syncfy:501,syncfy:504,syncfy:509}'::status_code[]) status,
    generate_series(1, 20);
CREATE INDEX planner_test_status ON planner_test (status);
CREATE INDEX planner_test_domain ON planner_test (domain_status);
CREATE INDEX planner_test_note ON planner_test ((status_code(note)));
ANALYZE planner_test;

-- Searching an index must pay: in a large table, by a predicate that is true of few rows. So that small tables do, this makes the planner take one, with all that inherit
-- from it, for 10 million rows of which 15 in 16 have no code.
CREATE FUNCTION pg_temp.pass_for_large(relation regclass) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    tables oid[] := ARRAY(WITH RECURSIVE r (oid) AS (SELECT relation::oid UNION SELECT inhrelid FROM pg_inherits, r WHERE inhparent = r.oid) SELECT oid FROM r);
    indexes oid[] := ARRAY(SELECT indexrelid FROM pg_index WHERE indrelid = ANY (tables));
BEGIN
    UPDATE pg_class SET reltuples = 1e7 WHERE oid = ANY (tables) AND relkind = 'r';
    UPDATE pg_statistic SET stanullfrac = 1 - (1 - stanullfrac) / 16,
        stanumbers1 = ARRAY(SELECT n / 16 FROM unnest(stanumbers1) n)::real[], stanumbers2 = ARRAY(SELECT n / 16 FROM unnest(stanumbers2) n)::real[]
    WHERE starelid = ANY (tables || indexes) AND stanullfrac < 0.9;
END $$;
SELECT pg_temp.pass_for_large('planner_test');

--
-- The forms
--
-- "found": the index finds the rows; they are the same without it.
CREATE TABLE planner_form (n serial, form text);
INSERT INTO planner_form (form) VALUES
    -- each predicate and its twin
    ('is_retryable(status)'), ('is_terminal(status)'), ('is_success(status)'), ('is_error(status)'), ('is_known_code(status)'),
    ('in_category(status, ''mfa'')'), ('has_action(status, ''wait'')'), ('from_provider(status, ''syncfy'')'),
    ('builtin_is_retryable(status)'), ('builtin_is_terminal(status)'), ('builtin_is_success(status)'), ('builtin_is_error(status)'), ('builtin_is_known_code(status)'),
    ('builtin_in_category(status, ''mfa'')'), ('builtin_has_action(status, ''wait'')'),
    -- what amounts to one of them
    ('code_category(status) = ''mfa'''), ('''mfa'' = code_category(status)'), ('code_action(status) = ''wait'''), ('''wait'' = code_action(status)'),
    ('code_category(status) IN (''mfa'')'), ('NOT code_category(status) <> ''mfa'''), ('status_category_eq(code_category(status), ''mfa'')'),
    ('is_retryable(status) = true'), ('true = is_retryable(status)'), ('is_retryable(status) <> false'), ('NOT NOT is_retryable(status)'), ('is_retryable(status) IN (true)'),
    ('(code_category(status) = ''mfa'') = true'), ('is_retryable(status) AND id > 0'), ('CASE WHEN true THEN is_retryable(status) END'),
    -- arguments that are known when the query runs, or never
    ('in_category(status, (SELECT ''mfa''::status_category))'), ('code_category(status) = (SELECT ''mfa''::status_category)'),
    ('has_action(status, current_setting(''x.action'')::status_action)'), ('from_provider(status, (SELECT ''syncfy''))'), ('from_provider(status, lower(''SYNCFY''))'),
    ('from_provider(status, ''basiq:x'')'), ('from_provider(status, '''')'), ('from_provider(status, NULL)'), ('in_category(status, NULL)'), ('code_action(status) = NULL'),
    -- several
    ('from_provider(status, ''syncfy'') AND is_error(status)'), ('status > ''syncfy:4'' AND is_error(status)'),
    -- another column: of the domain, and a text with an index on what it is as a code
    ('is_retryable(domain_status)'), ('code_category(domain_status) = ''mfa'''), ('from_provider(domain_status, ''syncfy'')'), ('builtin_is_error(domain_status)'),
    ('is_retryable(note::status_code)'), ('code_category(status_code(note)) = ''mfa'''), ('from_provider(note::status_code, ''syncfy'')'),
    -- none of these
    ('NOT is_retryable(status)'), ('is_retryable(status) = false'), ('is_retryable(status) IS TRUE'), ('is_retryable(status) IS NOT TRUE'), ('is_retryable(status) IS FALSE'),
    ('is_retryable(status) IS NULL'), ('code_category(status) <> ''mfa'''), ('''mfa'' <> code_category(status)'), ('NOT code_action(status) = ''wait'''),
    ('code_category(status) IN (''mfa'', ''auth'')'), ('code_category(status) NOT IN (''mfa'', ''auth'')'), ('code_category(status) = ANY (''{mfa}'')'), ('code_category(status) > ''mfa'''),
    ('code_category(status)::text = ''mfa'''), ('code_category(status) IS NOT DISTINCT FROM ''mfa'''), ('COALESCE(is_retryable(status), false)'),
    ('code_category(status) = label'), ('in_category(status, label)'), ('in_category(status, (ARRAY[''mfa'', ''auth'']::status_category[])[1 + (random() * 0)::integer])'),
    ('builtin_code_category(status) = ''mfa'''), ('code_provider(status) = ''syncfy'''), ('is_deprecated_code(status)');
CREATE FUNCTION pg_temp.count(query text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    n bigint;
BEGIN
    EXECUTE query INTO n;
    RETURN n;
END $$;
SET x.action = 'wait';
SELECT form, regexp_replace(pg_temp.index_condition('SELECT * FROM planner_test WHERE ' || form), '\(InitPlan \w+\).col1|\$0', '(SELECT ...)', 'g') AS found
FROM planner_form ORDER BY n;
SELECT form
FROM planner_form
WHERE pg_temp.count('SELECT sum(id) FROM planner_test WHERE ' || form)
    IS DISTINCT FROM pg_temp.count('SELECT sum(id) FROM (SELECT *, (' || form || ') AS holds FROM planner_test OFFSET 0) AS x WHERE holds');

-- one or another: a bitmap of both
SET enable_bitmapscan = on;
SELECT pg_temp.index_condition('SELECT * FROM planner_test WHERE code_category(status) = ''mfa'' OR code_category(status) = ''auth''');
SELECT pg_temp.index_condition('SELECT * FROM planner_test WHERE is_retryable(status) OR status = ''syncfy:401''');
SET enable_bitmapscan = off;

-- joins: the index on the inner side
SET enable_hashjoin = off;
SET enable_mergejoin = off;
SET enable_material = off;
SELECT pg_temp.index_condition('SELECT * FROM planner_test a JOIN planner_test b ON in_category(b.status, a.label) WHERE a.id = 1');
SELECT pg_temp.index_condition('SELECT * FROM planner_test a JOIN planner_test b ON from_provider(b.status, a.note) WHERE a.id = 1');
SELECT pg_temp.index_condition('SELECT * FROM planner_test a CROSS JOIN LATERAL (SELECT id FROM planner_test b WHERE has_action(b.status, code_action(a.status)) OFFSET 0) b WHERE a.id = 1');
SELECT pg_temp.index_condition('SELECT * FROM planner_test a LEFT JOIN planner_test b ON b.id = a.id AND code_category(b.status) = ''mfa'' WHERE is_retryable(a.status)');
SELECT pg_temp.index_condition('SELECT * FROM planner_test a WHERE a.id = 1 AND EXISTS (SELECT FROM planner_test b WHERE in_category(b.status, a.label) OFFSET 0)') LIKE '%codes_in_category(%';
-- a join by the label stays one
SELECT pg_temp.index_condition('SELECT * FROM planner_test a JOIN planner_test b ON code_category(b.status) = a.label');
RESET enable_hashjoin;
SELECT node FROM pg_temp.nodes('SELECT * FROM planner_test a JOIN planner_test b ON code_category(b.status) = a.label') WHERE node LIKE '%Join';
RESET enable_mergejoin;
RESET enable_material;

-- other statements
SELECT pg_temp.index_condition('UPDATE planner_test SET note = note WHERE is_retryable(status)');
SELECT pg_temp.index_condition('DELETE FROM planner_test WHERE code_category(status) = ''mfa''');
SELECT pg_temp.index_condition('SELECT * FROM planner_test WHERE is_retryable(status) FOR UPDATE');
SELECT pg_temp.index_condition('WITH a AS (SELECT * FROM planner_test) SELECT count(*) FROM a WHERE from_provider(status, ''syncfy'')');
SELECT node, condition FROM pg_temp.nodes('SELECT count(*) FROM planner_test WHERE is_retryable(status)') WHERE node LIKE 'Index%';

-- A search path that doesn't matter, names that others gave, and the extension elsewhere.
CREATE SCHEMA "Planner test";
CREATE FUNCTION "Planner test".codes_where(text) RETURNS status_code[] LANGUAGE sql STABLE AS 'SELECT ''{}''::public.status_code[]';
CREATE FUNCTION "Planner test".code_category(status_code) RETURNS status_category LANGUAGE plpgsql STABLE AS $$ BEGIN RETURN 'mfa'; END $$;
CREATE FUNCTION "Planner test".code_category(integer) RETURNS status_category LANGUAGE plpgsql STABLE AS $$ BEGIN RETURN 'mfa'; END $$;
SET search_path = "Planner test", public;
SELECT pg_temp.index_condition('SELECT * FROM planner_test WHERE is_retryable(status)'), pg_temp.index_condition('SELECT * FROM planner_test WHERE public.code_category(status) = ''mfa''');
SELECT pg_temp.index_condition('SELECT * FROM planner_test WHERE "Planner test".code_category(status) = ''mfa''');
SELECT count(*) = (SELECT count(*) FROM public.planner_test) AS all FROM planner_test WHERE "Planner test".code_category(status) = 'mfa' AND "Planner test".code_category(1) = 'mfa';
SET search_path = '';
SELECT pg_temp.index_condition('SELECT * FROM public.planner_test WHERE public.is_retryable(status)');
RESET search_path;
DROP FUNCTION "Planner test".codes_where(text), "Planner test".code_category(status_code), "Planner test".code_category(integer);
BEGIN;
ALTER EXTENSION provider_codes SET SCHEMA "Planner test";
SELECT pg_temp.index_condition('SELECT * FROM planner_test WHERE "Planner test".is_retryable(status)'),
    pg_temp.index_condition('SELECT * FROM planner_test WHERE "Planner test".code_category(status) OPERATOR("Planner test".=) ''mfa''');
ROLLBACK;

-- other access methods get no condition, and return the same rows
BEGIN;
DROP INDEX planner_test_status;
CREATE INDEX ON planner_test USING hash (status);
CREATE INDEX ON planner_test USING brin (status);
SELECT pg_temp.pass_for_large('planner_test');
SET LOCAL enable_bitmapscan = on;
SELECT form, pg_temp.index_condition('SELECT * FROM planner_test WHERE ' || form),
    pg_temp.count('SELECT sum(id) FROM planner_test WHERE ' || form) = pg_temp.count('SELECT sum(id) FROM (SELECT *, (' || form || ') AS holds FROM planner_test OFFSET 0) AS x WHERE holds') AS same
FROM unnest('{is_retryable(status),"from_provider(status, ''syncfy'')","code_category(status) = ''mfa''"}'::text[]) form;
ROLLBACK;
-- nor does an index with another order
BEGIN;
CREATE FUNCTION pg_temp.backwards(status_code, status_code) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT public.status_code_cmp($2, $1)';
CREATE OPERATOR CLASS backwards FOR TYPE status_code USING btree AS OPERATOR 1 >, OPERATOR 2 >=, OPERATOR 3 =, OPERATOR 4 <=, OPERATOR 5 <,
    FUNCTION 1 pg_temp.backwards(status_code, status_code);
DROP INDEX planner_test_status;
CREATE INDEX ON planner_test (status backwards);
SELECT pg_temp.pass_for_large('planner_test');
SELECT form, pg_temp.index_condition('SELECT * FROM planner_test WHERE ' || form),
    pg_temp.count('SELECT sum(id) FROM planner_test WHERE ' || form) = pg_temp.count('SELECT sum(id) FROM (SELECT *, (' || form || ') AS holds FROM planner_test OFFSET 0) AS x WHERE holds') AS same
FROM unnest('{is_retryable(status),"from_provider(status, ''syncfy'')","code_category(status) = ''mfa''"}'::text[]) form;
ROLLBACK;


--
-- When searching an index pays
--
-- (a CREATE INDEX has counted the rows anew, for good, though it was rolled back)
SELECT pg_temp.pass_for_large('planner_test');
-- One page, of which the planner believes that it holds more and more rows; a predicate is true of 9 in 100.
CREATE TABLE planner_size (id integer, status status_code) WITH (autovacuum_enabled = off);
INSERT INTO planner_size SELECT n, CASE WHEN n <= 9 THEN 'syncfy:501' WHEN n <= 30 THEN 'basiq:new' END::status_code FROM generate_series(1, 100) n;
CREATE INDEX ON planner_size (status);
VACUUM ANALYZE planner_size;
CREATE FUNCTION pg_temp.found(predicate text, rows float8) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    UPDATE pg_class SET reltuples = rows WHERE oid = 'planner_size'::regclass;
    RETURN pg_temp.index_condition('SELECT * FROM planner_size WHERE ' || predicate) ~ '^\(';
END $$;
-- As many rows as are needed: 100 for each value, a page of them being there already, but not fewer than for 10; of more than 300 values, 4000 for each; if the
-- overrides have to be read, 1000 for each of their blocks.
CREATE FUNCTION pg_temp.needed(n integer, blocks integer) RETURNS integer LANGUAGE sql AS 'SELECT GREATEST((GREATEST(n, 10, 10 * blocks) - 1) * 100, CASE WHEN n > 300 THEN 4000 * n END)';
CREATE FUNCTION pg_temp.limits(OUT predicate text, OUT n integer, OUT rows integer, OUT below boolean, OUT from_there_on boolean) RETURNS SETOF record LANGUAGE plpgsql AS $$
BEGIN
    FOR predicate, n IN
        SELECT format('%s(status)', f), cardinality(codes_where(f)) FROM unnest('{is_retryable,is_terminal,is_success,is_error,is_known_code}'::text[]) f
        UNION ALL SELECT format('builtin_%s(status)', f), cardinality(builtin_codes_where(f)) FROM unnest('{is_retryable,is_terminal,is_success,is_error,is_known_code}'::text[]) f
        UNION ALL SELECT format('in_category(status, %L)', c), cardinality(codes_in_category(c)) FROM unnest('{mfa,connection,server,rate_limit,auth,request}'::status_category[]) c
        UNION ALL SELECT format('builtin_has_action(status, %L)', a), cardinality(builtin_codes_with_action(a)) FROM unnest('{none,wait,retry,stop}'::status_action[]) a
        UNION ALL VALUES ('from_provider(status, ''syncfy'')', 1), ('from_provider(status, (SELECT ''syncfy''))', 1), ('in_category(status, (SELECT ''request''::status_category))', 10)
    LOOP
        rows := pg_temp.needed(n, CASE WHEN predicate ~ '^(builtin_|from_)' THEN 0 ELSE (pg_relation_size('status_code_overrides') / current_setting('block_size')::integer)::integer END);
        below := pg_temp.found(predicate, rows - 1);
        from_there_on := pg_temp.found(predicate, rows);
        RETURN NEXT;
    END LOOP;
END $$;
SELECT predicate FROM pg_temp.limits() WHERE below OR NOT from_there_on;
SELECT count(*) > 20 AS predicates, count(*) FILTER (WHERE n > 300) > 2 AS large, count(*) FILTER (WHERE n BETWEEN 11 AND 300) > 5 AS small, count(*) FILTER (WHERE n <= 10) > 2 AS smallest
FROM pg_temp.limits();
-- overrides make a set larger, and smaller
SELECT pg_temp.found('is_retryable(status)', 100000) AS before;
INSERT INTO status_code_overrides (status, retryable) SELECT status_code('acme', n), true FROM generate_series(1, 1000) n;
SELECT pg_temp.found('is_retryable(status)', 100000) AS too_large, pg_temp.found('builtin_is_retryable(status)', 100000) AS as_before;
SELECT predicate FROM pg_temp.limits() WHERE below OR NOT from_there_on;
DELETE FROM status_code_overrides;
SELECT pg_temp.found('is_retryable(status)', 100000) AS again;
-- not where an index finds few rows by another condition, whichever side its column is on: the set is not even made a condition on the index's next column
CREATE INDEX planner_size_both ON planner_size (id, status);
SELECT pg_temp.found('is_retryable(status)', 1e7) AS alone, pg_temp.index_condition('SELECT * FROM planner_size WHERE ' || condition || ' AND is_retryable(status)')
FROM unnest('{id = 5,5 = id}'::text[]) condition;
SELECT pg_temp.count('SELECT count(*) FROM planner_size t, planner_size a, planner_size b WHERE t.id = a.id - b.id AND a.id < 4 AND b.id < 3 AND is_retryable(t.status)');
DROP INDEX planner_size_both;
-- of a quarter of the table, not of more
UPDATE planner_size SET status = CASE WHEN id <= 25 THEN 'syncfy:501' END::status_code;
VACUUM ANALYZE planner_size;
SELECT pg_temp.found('is_retryable(status)', 1e7) AS set, pg_temp.found('from_provider(status, ''syncfy'')', 1e7) AS range, pg_temp.found('in_category(status, (SELECT ''mfa''::status_category))', 1e7) AS unknown;
UPDATE planner_size SET status = 'syncfy:501' WHERE id = 26;
VACUUM ANALYZE planner_size;
SELECT pg_temp.found('is_retryable(status)', 1e7) AS set, pg_temp.found('from_provider(status, ''syncfy'')', 1e7) AS range, pg_temp.found('is_success(status)', 1e7) AS another,
    pg_temp.found('in_category(status, (SELECT ''mfa''::status_category))', 1e7) AS unknown;
-- wide rows take pages, and those count
CREATE TABLE planner_wide (id integer, status status_code, padding text) WITH (autovacuum_enabled = off);
ALTER TABLE planner_wide ALTER padding SET STORAGE PLAIN;
INSERT INTO planner_wide SELECT n, CASE WHEN n % 20 = 0 THEN 'syncfy:501' END::status_code, repeat('x', 7000) FROM generate_series(1, 200) n;
CREATE INDEX ON planner_wide (status);
ANALYZE planner_wide;
SELECT pg_temp.index_condition('SELECT * FROM planner_wide WHERE is_retryable(status)');
-- the partial index to make instead
CREATE INDEX planner_size_errors ON planner_size (id) WHERE builtin_is_error(status);
SELECT node, condition, filter FROM pg_temp.nodes('SELECT * FROM planner_size WHERE builtin_is_error(status) AND id > 50');
DROP TABLE planner_size, planner_wide;


--
-- Labels and providers that turn out to be NULL
--
-- in plans for their values, where they are known to the planner alone, and in plans for any
CREATE FUNCTION pg_temp.nothing(argument text, OUT plan text, OUT thought float8, OUT counted bigint) RETURNS SETOF record LANGUAGE plpgsql AS $$
BEGIN
    FOR plan IN SELECT format(p, argument) FROM unnest(ARRAY['in_category(status, %s::status_category)', 'code_category(status) = %s::status_category', 'builtin_in_category(status, %s::status_category)',
            'has_action(status, %s::status_action)', 'code_action(status) = %s::status_action', 'from_provider(status, %s::text)']) p LOOP
        thought := (SELECT max(rows) FROM pg_temp.nodes('SELECT * FROM planner_test WHERE ' || plan) WHERE relation = 'planner_test');
        counted := pg_temp.count('SELECT count(*) FROM planner_test WHERE ' || plan);
        RETURN NEXT;
    END LOOP;
END $$;
SELECT * FROM pg_temp.nothing('current_setting(''x.unset'', true)');
SELECT * FROM pg_temp.nothing('(SELECT current_setting(''x.unset'', true))') WHERE counted > 0;
PREPARE nulls (status_category, status_action, text) AS
SELECT (SELECT count(*) FROM planner_test WHERE in_category(status, $1)), (SELECT count(*) FROM planner_test WHERE code_category(status) = $1), (SELECT count(*) FROM planner_test WHERE has_action(status, $2)),
    (SELECT count(*) FROM planner_test WHERE from_provider(status, $3));
SET plan_cache_mode = force_custom_plan;
EXECUTE nulls (NULL, NULL, NULL);
EXECUTE nulls ('mfa', 'wait', 'basiq');
SET plan_cache_mode = force_generic_plan;
EXECUTE nulls (NULL, NULL, NULL);
EXECUTE nulls ('mfa', 'wait', 'basiq');
RESET plan_cache_mode;
DEALLOCATE nulls;
-- and of a function that isn't STRICT, where NULL stays in the query: planned only
BEGIN;
ALTER FUNCTION in_category(status_code, status_category) CALLED ON NULL INPUT;
ALTER FUNCTION from_provider(status_code, text) CALLED ON NULL INPUT;
SELECT pg_temp.index_condition('SELECT * FROM planner_test WHERE in_category(status, NULL)'), pg_temp.index_condition('SELECT * FROM planner_test WHERE from_provider(status, NULL)');
ROLLBACK;

-- ALTER FUNCTION can change the functions that a condition calls: these must be as stable and as parallel-safe as what was written.
BEGIN;
ALTER FUNCTION codes_where(text) VOLATILE;
SELECT pg_temp.index_condition('SELECT * FROM planner_test WHERE is_retryable(status)'), pg_temp.index_condition('SELECT * FROM planner_test WHERE code_category(status) = ''mfa''');
ROLLBACK;
BEGIN;
ALTER FUNCTION codes_where(text) PARALLEL RESTRICTED;
SELECT pg_temp.index_condition('SELECT * FROM planner_test WHERE is_retryable(status)'), pg_temp.index_condition('SELECT * FROM planner_test WHERE code_category(status) = ''mfa''');
ALTER FUNCTION is_retryable(status_code) PARALLEL RESTRICTED;
SELECT pg_temp.index_condition('SELECT * FROM planner_test WHERE is_retryable(status)');
ROLLBACK;
BEGIN;
ALTER FUNCTION status_code_eq(status_code, status_code) NOT LEAKPROOF;
SELECT pg_temp.index_condition('SELECT * FROM planner_test WHERE is_retryable(status)'), pg_temp.index_condition('SELECT * FROM planner_test WHERE from_provider(status, ''basiq'')');
ALTER FUNCTION is_retryable(status_code) NOT LEAKPROOF;
SELECT pg_temp.index_condition('SELECT * FROM planner_test WHERE is_retryable(status)');
ROLLBACK;
BEGIN;
ALTER FUNCTION in_category(status_code, status_category) VOLATILE;
SELECT pg_temp.index_condition('SELECT * FROM planner_test WHERE code_category(status) = ''mfa''');
ROLLBACK;
-- or they are gone, and others have their names
BEGIN;
ALTER FUNCTION codes_where(text) RENAME TO former_codes;
ALTER FUNCTION in_category(status_code, status_category) RENAME TO former_category;
SELECT pg_temp.index_condition('SELECT * FROM planner_test WHERE is_retryable(status)'), pg_temp.index_condition('SELECT * FROM planner_test WHERE code_category(status) = ''mfa''');
CREATE FUNCTION codes_where(text) RETURNS status_code[] LANGUAGE plpgsql STABLE PARALLEL SAFE AS 'BEGIN RETURN NULL; END';
CREATE FUNCTION in_category(status_code, status_category) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE AS 'BEGIN RETURN false; END';
SELECT pg_temp.index_condition('SELECT * FROM planner_test WHERE is_retryable(status)'), pg_temp.index_condition('SELECT * FROM planner_test WHERE code_category(status) = ''mfa''');
ROLLBACK;
-- An operator that somebody else has made of a predicate searches no index.
BEGIN;
CREATE OPERATOR *** (FUNCTION = in_category, LEFTARG = status_code, RIGHTARG = status_category);
SELECT pg_temp.index_condition('SELECT * FROM planner_test WHERE status *** ''mfa''::status_category'),
    pg_temp.count('SELECT count(*) FROM planner_test WHERE status *** ''mfa''::status_category') = pg_temp.count('SELECT count(*) FROM planner_test WHERE in_category(status, ''mfa'')') AS same;
ROLLBACK;
-- A label that may differ from row to row is compared with each.
SELECT pg_temp.index_condition('SELECT * FROM planner_test WHERE code_category(status) = CASE WHEN random() < 2 THEN ''mfa''::status_category END'),
    pg_temp.count('SELECT count(*) FROM planner_test WHERE code_category(status) = CASE WHEN random() < 2 THEN ''mfa''::status_category END')
        = pg_temp.count('SELECT count(*) FROM planner_test WHERE code_category(status) = ''mfa''') AS same;


--
-- = and <> of labels
--
-- The result is that of the comparison wherever it stands, also where there is no index.
SELECT id, code_category(status) = 'mfa' AS eq, code_category(status) <> 'mfa' AS ne, 'mfa' = code_category(status) AS qe, 'mfa' <> code_category(status) AS en,
    code_category(status) = NULL AS eq_null, NOT code_action(status) = 'retry' AS not_eq, code_action(status) <> 'retry' AS ne
FROM (VALUES (1, 'syncfy:410'::status_code), (2, 'syncfy:401'), (3, 'quovo:x'), (4, NULL), (5, 'syncfy:413'), (6, 'http:499')) AS v (id, status)
ORDER BY id;
SELECT filter FROM pg_temp.nodes('SELECT * FROM planner_test WHERE code_category(status) <> ''mfa''') WHERE filter IS NOT NULL;
-- Groups: an answer goes with its group, and the rows of totals have none.
CREATE FUNCTION pg_temp.groups(by text, OUT category status_category, OUT id integer, OUT is_mfa boolean, OUT is_no_request boolean, OUT rows bigint) RETURNS SETOF record
LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY EXECUTE 'SELECT code_category(status), min(id), code_category(status) = ''mfa'', ''request'' <> code_category(status), count(*)
        FROM planner_test WHERE code_category(status) >= ''server'' GROUP BY ' || by;
END $$;
SELECT category, is_mfa, is_no_request, rows FROM pg_temp.groups('code_category(status)') ORDER BY 1, 2;
SELECT category, is_mfa, is_no_request, rows FROM pg_temp.groups('ROLLUP (code_category(status))') ORDER BY 1, 2;
SET enable_hashagg = off;
SELECT category, is_mfa, is_no_request, rows FROM pg_temp.groups('ROLLUP (code_category(status))') ORDER BY 1, 2;
SELECT category, is_mfa, is_no_request, rows FROM pg_temp.groups('GROUPING SETS ((code_category(status)), (id % 2), ())') ORDER BY 1, 2, 4;
SELECT code_category(status), count(*) FROM planner_test WHERE code_category(status) >= 'server' GROUP BY ROLLUP (1)
HAVING code_category(status) = 'request' OR count(*) > 100000;
SELECT code_category(status), count(*) FROM planner_test WHERE code_category(status) >= 'server' GROUP BY ROLLUP (1)
HAVING code_category(status) <> 'auth' ORDER BY 1;
SELECT * FROM (SELECT code_category(status) AS category, count(*) FROM planner_test GROUP BY ROLLUP (1)) AS x WHERE category = 'request';
RESET enable_hashagg;


--
-- Estimates
--
RESET enable_seqscan;
CREATE TABLE planner_rows (id integer, few status_code, many status_code, mostly_null status_code, never status_code, label status_category);
-- few: all values are among the common ones, every tenth is NULL; many: only the numbers of http are
INSERT INTO planner_rows
SELECT n, CASE WHEN n % 10 > 0 THEN f.codes[1 + (n * n) % 60 * (n % 7) / 6] END, CASE WHEN n % 2 = 0 THEN status_code('http', 200 + n % 80 * 5) ELSE status_code('acme', n) END,
    CASE WHEN n % 50 = 0 THEN f.codes[1 + n / 50 % 60] END, NULL, 'mfa'
FROM generate_series(1, 10000) n,
    (SELECT array_agg(status ORDER BY status) FROM (
        SELECT DISTINCT status FROM planner_test
        UNION ALL SELECT unnest('{http:404,http:503,http:100,syncfy:299,syncfy:450,foundry:777,http:1000,quovo:ERROR,quovo:a,quovo:a/b,basiq:new,basiq:new/x,basiq2:new,basi:a,acme:1}'::status_code[])) AS x (status)
    ) AS f (codes);
ANALYZE planner_rows;
CREATE TABLE planner_predicate AS
SELECT format('%s%s(%%1$I)', prefix, name) AS predicate FROM unnest('{"",builtin_}'::text[]) prefix, unnest('{is_retryable,is_terminal,is_success,is_error,is_known_code}'::text[]) name
UNION ALL SELECT format('%sin_category(%%1$I, %L)', prefix, label) FROM unnest('{"",builtin_}'::text[]) prefix, unnest('{progress,success,user_action,mfa,connection,server,rate_limit,auth,request}'::text[]) label
UNION ALL SELECT format('%shas_action(%%1$I, %L)', prefix, label) FROM unnest('{"",builtin_}'::text[]) prefix, unnest('{none,wait,retry,ask_user,renew_token,fix_request,contact_provider,stop}'::text[]) label
UNION ALL SELECT format('from_provider(%%1$I, %L)', name) FROM unnest('{basiq,syncfy,http,quovo,acme,basi,nobody,""}'::text[]) name
UNION ALL VALUES ('code_category(%1$I) = ''user_action'''), ('''retry'' = code_action(%1$I)'), ('is_error(%1$I) = true'), ('is_retryable(%1$I) IS TRUE'), ('is_retryable(%1$I) IS NOT TRUE'),
    ('in_category(%1$I, NULL)');
-- The factor by which each estimate is off; where there are no rows, the estimate is one.
CREATE FUNCTION pg_temp.factors(what text, OUT predicate text, OUT thought float8, OUT counted bigint, OUT factor numeric) RETURNS SETOF record LANGUAGE plpgsql AS $$
BEGIN
    FOR predicate IN SELECT format(p.predicate, what) FROM planner_predicate p LOOP
        thought := (SELECT rows FROM pg_temp.nodes('SELECT * FROM planner_rows WHERE ' || predicate) WHERE relation = 'planner_rows');
        counted := pg_temp.count('SELECT count(*) FROM planner_rows WHERE ' || predicate);
        factor := round((COALESCE(thought, 1) / GREATEST(counted, 1))::numeric, 2);
        RETURN NEXT;
    END LOOP;
END $$;
CREATE FUNCTION pg_temp.off(what text, OUT predicate text, OUT thought float8, OUT counted bigint, OUT factor numeric) RETURNS SETOF record LANGUAGE sql AS $$
    SELECT * FROM pg_temp.factors(what) AS f WHERE f.factor NOT BETWEEN 0.8 AND 1.25
$$;
SELECT count(*) AS predicates, count(*) FILTER (WHERE counted > 10) > 30 AS of_many_rows FROM pg_temp.factors('few');
SELECT * FROM pg_temp.off('few');
SELECT * FROM pg_temp.off('mostly_null');
SELECT * FROM pg_temp.off('never');
-- half of the values in a histogram: it knows of no rare ones, of which any code of a set may be one
SELECT * FROM pg_temp.off('many') WHERE GREATEST(thought, counted) > 200;
-- with overrides, and no new statistics
INSERT INTO status_code_overrides (status, category, action, retryable, terminal)
SELECT DISTINCT few, 'server'::status_category, 'wait'::status_action, true, false FROM planner_rows WHERE few IS NOT NULL AND length(few::text) % 2 = 0;
SELECT count(*) > 1000 AS changed FROM planner_rows WHERE code_category(few) IS DISTINCT FROM builtin_code_category(few);
SELECT * FROM pg_temp.off('few');
SELECT * FROM pg_temp.off('mostly_null');
SELECT * FROM pg_temp.off('many') WHERE GREATEST(thought, counted) > 200;
-- as a transaction sees them
BEGIN;
DELETE FROM status_code_overrides;
SELECT * FROM pg_temp.off('few');
ROLLBACK;
SELECT * FROM pg_temp.off('few');
-- with a histogram and no common values, with an index's statistics, through a view and a subquery
ALTER TABLE planner_rows ALTER many SET STATISTICS 1000, ADD COLUMN wide status_code;
UPDATE planner_rows SET wide = CASE id % 3 WHEN 0 THEN status_code('acme', id) WHEN 1 THEN status_code('http', id) ELSE status_code('basiq', 'a' || id) END;
CREATE INDEX planner_rows_expression ON planner_rows ((code_base(few)));
ANALYZE planner_rows;
SELECT * FROM pg_temp.off('wide') WHERE GREATEST(thought, counted) > 200;
SELECT * FROM (SELECT predicate, round(((SELECT rows FROM pg_temp.nodes('SELECT * FROM planner_rows WHERE ' || replace(predicate, 'few', 'code_base(few)')) WHERE relation = 'planner_rows')
    / GREATEST(1, pg_temp.count('SELECT count(*) FROM planner_rows WHERE ' || replace(predicate, 'few', 'code_base(few)'))))::numeric, 2) AS factor
    FROM pg_temp.factors('few') WHERE predicate !~ 'NULL') AS x WHERE factor NOT BETWEEN 0.8 AND 1.25;
CREATE VIEW planner_view WITH (security_barrier) AS SELECT few FROM planner_rows WHERE id > 0;
SELECT rows BETWEEN 0.8 * counted AND 1.25 * counted AS near
FROM (SELECT pg_temp.count('SELECT count(*) FROM planner_view WHERE is_error(few)') AS counted) AS c, pg_temp.nodes('SELECT * FROM planner_view WHERE is_error(few)')
WHERE relation = 'planner_rows';

-- The cost of a set is that of 100 operators for each of its values, or for ten values if the argument is not known: no rows.
CREATE FUNCTION pg_temp.cost(query text) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE
    explained json;
BEGIN
    EXECUTE 'EXPLAIN (FORMAT JSON) ' || query INTO explained;
    RETURN explained #>> '{0,Plan,Total Cost}';
END $$;
SELECT call, n, pg_temp.cost('SELECT ' || call)
FROM (SELECT format('codes_where(%L)', f), cardinality(codes_where(f)) FROM unnest('{is_retryable,is_terminal,is_success,is_error,is_known_code}'::text[]) AS f
    UNION ALL SELECT format('codes_in_category(%L)', c), cardinality(codes_in_category(c)) FROM unnest('{mfa,connection,server,rate_limit,auth,request}'::status_category[]) AS c
    UNION ALL SELECT format('codes_with_action(%L)', a), cardinality(codes_with_action(a)) FROM unnest('{none,wait,retry,stop}'::status_action[]) AS a
    UNION ALL VALUES ('codes_where(''is_retryabel'')', 10), ('codes_where(now()::text)', 10)) AS c (call, n)
WHERE abs(pg_temp.cost('SELECT ' || call) - (pg_temp.cost('SELECT now()') + n * 100 * current_setting('cpu_operator_cost')::float8)) > 0.02;
-- without statistics, a predicate is true for as large a part of the rows as of the catalog's codes: no rows
CREATE TABLE planner_unseen (status status_code) WITH (autovacuum_enabled = off);
INSERT INTO planner_unseen VALUES (NULL);
VACUUM planner_unseen;
UPDATE pg_class SET reltuples = 1e7 WHERE oid = 'planner_unseen'::regclass;
CREATE FUNCTION pg_temp.parts(OUT predicate text, OUT thought float8, OUT part float8) RETURNS SETOF record LANGUAGE plpgsql AS $$
BEGIN
    FOR predicate IN
        SELECT format(p.predicate, 'status') FROM planner_predicate AS p WHERE p.predicate ~ '^builtin_'
        UNION SELECT DISTINCT format('from_provider(status, %L)', code_provider(c.status)) FROM builtin_status_codes() AS c (status)
    LOOP
        thought := (SELECT rows FROM pg_temp.nodes('SELECT * FROM planner_unseen WHERE ' || predicate) LIMIT 1);
        EXECUTE format('SELECT avg(COALESCE(%s, false)::integer) FROM builtin_status_codes() AS c (status)', predicate) INTO part;
        RETURN NEXT;
    END LOOP;
END $$;
SELECT predicate, thought, part FROM pg_temp.parts() WHERE abs(thought - 1e7 * part) > 1;
SELECT count(*) > 40 AS predicates FROM pg_temp.parts() WHERE part > 0;

-- without statistics, and of arguments that nobody knows yet
CREATE TABLE planner_new AS SELECT * FROM planner_rows;
ALTER TABLE planner_new SET (autovacuum_enabled = off);
CREATE FUNCTION pg_temp.unreasonable(relation text, OUT predicate text, OUT thought float8, OUT of float8) RETURNS SETOF record LANGUAGE plpgsql AS $$
BEGIN
    of := (SELECT rows FROM pg_temp.nodes('SELECT * FROM ' || relation) LIMIT 1);
    FOR predicate IN SELECT format(p.predicate, 'few') FROM planner_predicate p LOOP
        thought := (SELECT rows FROM pg_temp.nodes(format('SELECT * FROM %s WHERE %s', relation, predicate)) LIMIT 1);
        IF (thought BETWEEN 0 AND of) IS NOT TRUE OR predicate ~ '^is_(retryable|error)' AND (thought BETWEEN of / 20 AND of * 0.95) IS NOT TRUE THEN
            RETURN NEXT;
        END IF;
    END LOOP;
END $$;
SELECT * FROM pg_temp.unreasonable('planner_new');
SELECT * FROM pg_temp.unreasonable('(SELECT few FROM planner_rows OFFSET 0) AS x');
SET plan_cache_mode = force_generic_plan;
PREPARE category(status_category) AS SELECT * FROM planner_rows WHERE in_category(few, $1);
PREPARE action(status_action) AS SELECT * FROM planner_rows WHERE code_action(few) = $1;
PREPARE provider(text) AS SELECT * FROM planner_rows WHERE from_provider(few, $1);
SELECT q, rows BETWEEN 500 AND 2000 AS some
FROM unnest('{"EXECUTE category(''mfa'')","EXECUTE action(''wait'')","EXECUTE provider(''basiq'')","EXECUTE provider(NULL)"}'::text[]) q, pg_temp.nodes(q) WHERE relation = 'planner_rows';
RESET plan_cache_mode;
DEALLOCATE ALL;
-- of a column that has another type, and so other statistics
BEGIN;
CREATE CAST (bytea AS status_code) WITHOUT FUNCTION;
CREATE CAST (status_code AS bytea) WITHOUT FUNCTION;
CREATE TABLE planner_bytes AS SELECT status::bytea AS common, set_byte(status::bytea, 1, n) AS spread
FROM CAST('syncfy:401' AS status_code) AS status, generate_series(0, 255) AS n, generate_series(1, 4);
ANALYZE planner_bytes;
SELECT predicate, bytes, rows BETWEEN 1 AND 1024 AS some
FROM unnest('{is_retryable,is_error,builtin_is_error}'::text[]) AS predicate, unnest('{common,spread}'::text[]) AS bytes,
    pg_temp.nodes(format('SELECT * FROM planner_bytes WHERE %s(%s::status_code)', predicate, bytes)) AS n;
ROLLBACK;
-- a join
SELECT rows BETWEEN 1 AND 1e8 AS some FROM pg_temp.nodes('SELECT * FROM planner_rows a JOIN planner_rows b ON in_category(b.few, a.label)') LIMIT 1;
SELECT rows BETWEEN 1 AND 1e8 AS some FROM pg_temp.nodes('SELECT * FROM planner_rows a LEFT JOIN planner_rows b ON from_provider(b.few, a.id::text) OR is_error(a.few)') LIMIT 1;


--
-- What an estimate may disclose
--
-- The planner applies only LEAKPROOF functions to statistics that the user may not read. These functions are LEAKPROOF: no error of theirs depends on a value. With a function
-- that is not, the estimate for a user who sees some of the rows does not depend on the other rows.
CREATE ROLE planner_reader;
CREATE TABLE planner_secret (id integer, status status_code, owner text);
INSERT INTO planner_secret SELECT n, CASE WHEN n % 10 > 0 THEN 'syncfy:501' ELSE 'syncfy:401' END::status_code, CASE WHEN n % 2 = 0 THEN 'planner_reader' END FROM generate_series(1, 1000) n;
CREATE TABLE planner_blank (LIKE planner_secret);
INSERT INTO planner_blank SELECT n, NULL, CASE WHEN n % 2 = 0 THEN 'planner_reader' END FROM generate_series(1, 1000) n;
ANALYZE planner_secret, planner_blank;
UPDATE pg_statistic SET stanullfrac = 0 WHERE starelid = 'planner_blank'::regclass AND staattnum = 2;
ALTER TABLE planner_secret ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON planner_secret USING (owner = current_user);
GRANT SELECT ON planner_secret, planner_blank TO planner_reader;
CREATE FUNCTION planner_estimate(query text) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE
    explained json;
BEGIN
    EXECUTE 'EXPLAIN (FORMAT JSON) ' || query INTO explained;
    RETURN explained #>> '{0,Plan,"Plan Rows"}';
END $$;
SET ROLE planner_reader;
SELECT planner_estimate('SELECT * FROM planner_secret WHERE is_retryable(status)') BETWEEN 400 AND 500 AS known;
RESET ROLE;
BEGIN;
ALTER FUNCTION is_retryable(status_code) NOT LEAKPROOF;
ALTER FUNCTION from_provider(status_code, text) NOT LEAKPROOF;
SET LOCAL ROLE planner_reader;
-- the same, whether the table holds them or not
SELECT planner_estimate('SELECT * FROM planner_secret WHERE is_retryable(status)') = planner_estimate('SELECT * FROM planner_blank WHERE owner = current_user AND is_retryable(status)') AS unknown,
    planner_estimate('SELECT * FROM planner_secret WHERE from_provider(status, ''syncfy'')') BETWEEN 5 AND 30 AS unknown;
ROLLBACK;
DROP TABLE planner_secret, planner_blank;
DROP FUNCTION planner_estimate(text);
DROP ROLE planner_reader;
-- the declared properties: no rows
SELECT oid::regprocedure, proleakproof, prosupport
FROM pg_proc
WHERE oid::regprocedure::text ~ '^(builtin_)?(is_retryable|is_terminal|is_success|is_error|is_known_code|in_category|has_action|from_provider)\('
    AND (NOT proleakproof OR prosupport <> 'status_code_predicate_support'::regproc OR proparallel <> 's' OR NOT proisstrict
         OR provolatile <> CASE WHEN proname ~ '^builtin_|^from_provider' THEN 'i' ELSE 's' END)
UNION ALL
SELECT oid::regprocedure, proleakproof, prosupport
FROM pg_proc
WHERE oid::regprocedure::text ~ '^(builtin_)?codes_(where|in_category|with_action)\('
    AND (proparallel <> 's' OR NOT proisstrict OR provolatile <> CASE WHEN proname ~ '^builtin_' THEN 'i' ELSE 's' END);


--
-- Functions of others with the same support functions
--
CREATE SCHEMA planner_other;
CREATE TYPE planner_other.status_code AS ENUM ('syncfy:501', 'b'); -- by value, a number
CREATE TYPE planner_other.status_category AS (a integer, b text);
CREATE DOMAIN planner_other.status_action AS text;
CREATE TABLE planner_other.t AS
SELECT n % 5 AS i, (n % 5)::text AS t, 'syncfy:501'::planner_other.status_code AS e, 'syncfy:501'::public.status_code AS s, ROW(n % 5, 'x')::planner_other.status_category AS c,
    'x'::planner_other.status_action AS a, ARRAY['syncfy:501']::public.status_code[] AS l, 'server'::public.status_category AS k
FROM generate_series(1, 1000) n;
CREATE INDEX ON planner_other.t (i);
CREATE INDEX ON planner_other.t (t);
CREATE INDEX ON planner_other.t (e);
CREATE INDEX ON planner_other.t (s);
CREATE INDEX ON planner_other.t (a);
ANALYZE planner_other.t;
DO $$
DECLARE
    f text;
BEGIN
    FOREACH f IN ARRAY ARRAY['is_retryable()', 'is_retryable(integer)', 'is_retryable(text)', 'is_retryable(public.status_code)', 'is_retryable(planner_other.status_code)',
        'is_retryable(public.status_code, integer)', 'is_retryable(public.status_code[])', 'is_error(planner_other.status_category)', 'builtin_is_error(planner_other.status_code)',
        'in_category(planner_other.status_code, planner_other.status_category)', 'in_category(public.status_code, public.status_category)', 'in_category(text, text)', 'in_category(integer)',
        'has_action(planner_other.status_code, planner_other.status_action)', 'from_provider(planner_other.status_code, text)', 'from_provider(text, text)',
        'from_provider(public.status_code, integer)', 'from_provider(integer)', 'another(public.status_code)', 'builtin_(public.status_code)', 'builtin_from_provider(public.status_code, text)'] LOOP
        EXECUTE format('CREATE FUNCTION planner_other.%s RETURNS boolean LANGUAGE plpgsql IMMUTABLE STRICT LEAKPROOF SUPPORT public.status_code_predicate_support AS ''BEGIN RETURN true; END''', f);
    END LOOP;
END $$;
SET enable_seqscan = off;
-- no index is searched, and all rows are found
SELECT call, pg_temp.index_condition('SELECT * FROM planner_other.t WHERE planner_other.' || call) AS found, pg_temp.count('SELECT count(*) FROM planner_other.t WHERE planner_other.' || call)
FROM unnest(ARRAY['is_retryable()', 'is_retryable(i)', 'is_retryable(t)', 'is_retryable(s)', 'is_retryable(e)', 'is_retryable(s, 1)', 'is_retryable(l)', 'is_error(c)', 'builtin_is_error(e)',
    'in_category(e, c)', 'in_category(s, ''server'')', 'in_category(t, ''mfa'')', 'in_category(i)', 'has_action(e, a)', 'from_provider(e, ''syncfy'')', 'from_provider(t, ''1'')', 'from_provider(s, 1)',
    'from_provider(i)', 'another(s)', 'builtin_(s)', 'builtin_from_provider(s, ''b'')']) call;
-- nor of this library's own functions, declared with types that aren't theirs: they are planned only, who runs them is lost
DO $$
DECLARE
    f text;
    library text := (SELECT probin FROM pg_proc WHERE oid = 'is_retryable(status_code)'::regprocedure);
BEGIN
    FOREACH f IN ARRAY ARRAY['is_retryable(planner_other.status_code)', 'is_error(integer)', 'in_category(public.status_code, integer)', 'in_category(planner_other.status_code, public.status_category)',
        'has_action(public.status_code, public.status_category)', 'from_provider(planner_other.status_code, text)', 'from_provider(public.status_code, integer)', 'is_success(public.status_code, integer)'] LOOP
        EXECUTE format('CREATE FUNCTION planner_other.c_%s RETURNS boolean LANGUAGE c IMMUTABLE STRICT LEAKPROOF SUPPORT public.status_code_predicate_support AS %L, %L', f, library, 'provider_codes_' || split_part(f, '(', 1));
    END LOOP;
END $$;
SELECT call, pg_temp.index_condition('SELECT * FROM planner_other.t WHERE planner_other.c_' || call) AS found
FROM unnest(ARRAY['is_retryable(e)', 'is_error(i)', 'in_category(s, i)', 'in_category(e, k)', 'has_action(s, k)', 'from_provider(e, t)', 'from_provider(s, i)', 'is_success(s, i)']) call;
-- nor is another's comparison what it isn't
CREATE FUNCTION planner_other.code_category(integer) RETURNS integer LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN $1; END';
CREATE FUNCTION planner_other.code_action(integer) RETURNS integer LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN $1; END';
CREATE FUNCTION planner_other.in_category(integer, integer) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN 'a text'; END $$;
CREATE FUNCTION planner_other.has_action(integer, integer) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN true; END';
CREATE FUNCTION planner_other.status_category_eq(integer, integer) RETURNS boolean LANGUAGE plpgsql IMMUTABLE SUPPORT public.status_label_support AS 'BEGIN RETURN $1 = $2; END';
CREATE FUNCTION planner_other.greater(integer, integer) RETURNS boolean LANGUAGE plpgsql IMMUTABLE SUPPORT public.status_label_support AS 'BEGIN RETURN $1 > $2; END';
SELECT count(*) FROM planner_other.t WHERE planner_other.status_category_eq(planner_other.code_category(i), 3);
SELECT count(*) FROM planner_other.t WHERE planner_other.greater(planner_other.code_action(i), 3);
SELECT planner_other.status_category_eq(planner_other.code_category(i), 3) AS eq, count(*) FROM planner_other.t GROUP BY 1 ORDER BY 1;
-- nor another's set, comparison or pattern one of ours
CREATE FUNCTION planner_other.codes_where(text) RETURNS public.status_code[] LANGUAGE plpgsql IMMUTABLE SUPPORT public.status_code_set_support AS 'BEGIN RETURN NULL; END';
CREATE FUNCTION planner_other.codes_where(integer) RETURNS integer LANGUAGE plpgsql IMMUTABLE SUPPORT public.status_code_set_support AS 'BEGIN RETURN NULL; END';
CREATE FUNCTION planner_other.codes_where(text, integer) RETURNS public.status_code[] LANGUAGE plpgsql IMMUTABLE SUPPORT public.status_code_set_support AS 'BEGIN RETURN NULL; END';
CREATE FUNCTION planner_other.eq(integer, integer) RETURNS boolean LANGUAGE plpgsql IMMUTABLE SUPPORT public.status_code_text_eq_support AS 'BEGIN RETURN $1 > $2; END';
CREATE FUNCTION planner_other.eq(text, integer, integer) RETURNS boolean LANGUAGE plpgsql IMMUTABLE SUPPORT public.status_code_text_eq_support AS 'BEGIN RETURN $2 > $3; END';
CREATE FUNCTION planner_other.alike(text, text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE SUPPORT public.status_code_like_support AS 'BEGIN RETURN $1 > $2; END';
CREATE FUNCTION planner_other.alike(public.status_code, text, text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE SUPPORT public.status_code_like_support AS 'BEGIN RETURN $2 > $3; END';
SELECT call, pg_temp.index_condition('SELECT * FROM planner_other.t WHERE planner_other.' || call) AS found, pg_temp.count('SELECT count(*) FROM planner_other.t WHERE planner_other.' || call)
FROM unnest(ARRAY['codes_where(t) IS NULL', 'codes_where(''is_retryable'') IS NULL', 'codes_where(i) IS NULL', 'codes_where(t, i) IS NULL', 'eq(i, 2)', 'eq(t, i, 2)', 'alike(t, ''2%'')', 'alike(s, t, ''2%'')']) call;
-- nor functions with other arguments than ours
CREATE FUNCTION planner_other.codes_where(bigint) RETURNS integer[] LANGUAGE plpgsql IMMUTABLE SUPPORT public.status_code_set_support AS 'BEGIN RETURN NULL; END';
CREATE FUNCTION planner_other.eq(public.status_code, integer) RETURNS boolean LANGUAGE plpgsql IMMUTABLE SUPPORT public.status_code_text_eq_support AS 'BEGIN RETURN $2 > 2; END';
CREATE FUNCTION planner_other.alike(public.status_code, integer) RETURNS boolean LANGUAGE plpgsql IMMUTABLE SUPPORT public.status_code_like_support AS 'BEGIN RETURN $2 > 2; END';
CREATE FUNCTION planner_other.same(public.status_category) RETURNS boolean LANGUAGE plpgsql IMMUTABLE SUPPORT public.status_label_support AS 'BEGIN RETURN $1 = ''server''; END';
CREATE FUNCTION planner_other.code_category(public.status_code, integer) RETURNS public.status_category LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN ''server''; END';
CREATE OPERATOR planner_other.*** (FUNCTION = public.codes_where, RIGHTARG = text);
SELECT call, pg_temp.index_condition('SELECT * FROM planner_other.t WHERE ' || call) AS found, pg_temp.count('SELECT count(*) FROM planner_other.t WHERE ' || call)
FROM unnest(ARRAY['planner_other.codes_where(i::bigint) IS NULL', 'planner_other.eq(s, 3)', 'planner_other.alike(s, 3)', 'planner_other.same(k)',
    'planner_other.code_category(s, i) = ''server''', 's = ANY (OPERATOR(planner_other.***) ''is_retryable'')']) call;
-- nor an order of labels their equality
BEGIN;
ALTER FUNCTION status_category_lt(status_category, status_category) SUPPORT status_label_support;
SELECT count(*) = 0 AS none FROM planner_test WHERE code_category(status) < 'progress';
SELECT count(*) > 0 AS some FROM planner_test WHERE code_category(status) < 'server';
ROLLBACK;

-- The fractions of values that are equally common can add up to more than 1, since each is rounded.
CREATE TABLE planner_thirds AS SELECT (ARRAY['syncfy:401', 'http:404', 'basiq:maintenance']::status_code[])[1 + n % 3] AS status FROM generate_series(1, 3000) n;
ANALYZE planner_thirds;
SELECT relation, rows FROM pg_temp.nodes('SELECT * FROM planner_thirds WHERE is_known_code(status)');

DELETE FROM status_code_overrides;
SET client_min_messages = warning;
DROP SCHEMA planner_other, "Planner test" CASCADE;
DROP VIEW planner_view;
DROP TABLE planner_test, planner_form, planner_rows, planner_predicate, planner_new, planner_thirds, planner_unseen;
RESET ALL;
