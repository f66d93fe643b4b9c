--
-- planner_property.sql: every plan returns the same rows
--
-- Every predicate, over every kind of value, with every shape of overrides, by every kind of plan. The truth is a copy of the
-- table in which the functions' answers stand as plain columns, of plain types: no plan can know what they mean.
--
-- 235 predicates, in 1,626 forms with =, NOT, IS TRUE and the like; some 1,390 values and NULL, three times each; 19 plans; 14 states of the overrides. Not all plans run all forms,
-- nor in all states: that makes some 32,000 answers over all values, or 44 million decisions about a form, a value, a plan and a state.
--
CREATE SCHEMA planner_property;
SET search_path = planner_property, public;
SET jit = off;
SET client_min_messages = warning;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET min_parallel_index_scan_size = 0;
SET parallel_leader_participation = off;
SET plan_cache_mode = force_generic_plan;

-- The values: the whole catalog; of each provider of numbers the ends of each class and what lies without; numbers as words
-- and beyond the compact ones; words and variants that nobody knows; other providers, named nearly like those of the catalog.
CREATE TABLE value AS
SELECT builtin_status_codes() AS status
UNION
SELECT status_code(p, n) FROM unnest('{finicity,foundry,http,syncfy}'::text[]) p,
    unnest('{0,1,99,100,104,199,200,299,300,301,399,400,404,450,499,500,503,599,600,777,999,1000,4040,999999}'::integer[]) n
UNION
SELECT unnest('{syncfy:401/x,syncfy:450/x,syncfy:600/x,syncfy:1000/x,foundry:403/x,http:404/x,http:99999999999999999999,
    basiq:401,basiq:999,basiq:0401,basiq:no-such-slug,basiq:no-such-slug/a,basiq:No-Such-Slug,basiq:Invalid-Credentials,
    basiq:invalid-credentials/unknown,basiq:invalid-credentials/Locked-Account,basiq:access-denied/unknown,basiq:request-not-valid/unknown,
    basiq:empty-file/unknown,basiq:a,basiq:Z.9_-,basiq2:a,basiq2:401,basiq-x:a,basiq_x:a,basiq-:a,basiqa:a,basiqz:a,basi:a,basi:999,bas:a,b:a,basiq0:0,
    a:a,z:z,http2:404,http-:404,htt:404,https:404,foundry2:403,foundr:403,syncfy2:401,syncfy-:1,syncf:401,syncfyz:401,
    quovo:ERROR,quovo:ERROR/a,quovo:ERROR/b,quovo:401,quovo:0401,quovo:401/a,acme:1,acme:1/x,acme:1000,acme:ok,acme:ok/1}'::status_code[])
UNION ALL
SELECT NULL;

-- Each three times, in the tables that the plans below read. The numbers are nobody's: equal counts and sums of them are equal rows.
CREATE TABLE plain WITH (autovacuum_enabled = off) AS
SELECT status, other, ('x' || substr(md5(concat(status::text, ' ', other)), 1, 7))::bit(28)::integer AS id
FROM value, generate_series(0, 2) AS other
ORDER BY id;
CREATE TABLE covered WITH (autovacuum_enabled = off) AS SELECT * FROM plain;
CREATE TABLE first WITH (autovacuum_enabled = off) AS SELECT * FROM plain;
CREATE TABLE second WITH (autovacuum_enabled = off) AS SELECT * FROM plain;
CREATE TABLE part WITH (autovacuum_enabled = off) AS SELECT * FROM plain;
CREATE TABLE descending WITH (autovacuum_enabled = off) AS SELECT * FROM plain;
CREATE INDEX ON plain (status);
CREATE INDEX ON covered (status) INCLUDE (id);
CREATE INDEX ON first (status, other);
CREATE INDEX ON second (other, status);
CREATE INDEX ON part (status) WHERE other < 2;
CREATE INDEX ON descending (other DESC, status DESC NULLS FIRST, id DESC);
VACUUM ANALYZE plain, covered, first, second, part, descending; -- for index-only scans
-- Searching an index must pay. So the planner is to take each table for one of 10 million rows of which 15 in 16 have no code.
UPDATE pg_class SET reltuples = 1e7 WHERE oid = ANY ('{plain,covered,first,second,part,descending}'::regclass[]);
UPDATE pg_statistic SET stanullfrac = 1 - (1 - stanullfrac) / 16,
    stanumbers1 = ARRAY(SELECT n / 16 FROM unnest(stanumbers1) n)::real[], stanumbers2 = ARRAY(SELECT n / 16 FROM unnest(stanumbers2) n)::real[]
FROM pg_attribute
WHERE attrelid = starelid AND attnum = staattnum AND attname = 'status' AND starelid = ANY ('{plain,covered,first,second,part,descending}'::regclass[]);
SELECT count(DISTINCT status) > 1300 AS enough, count(*) = 3 * (count(DISTINCT status) + 1) AS each, count(*) = count(DISTINCT id) AS distinct FROM plain;

-- The predicates: as a query writes them, as the columns of the truth express them, and whether they should use the index.
CREATE TABLE predicate (query text, truth text, finds boolean);
INSERT INTO predicate
SELECT format('%s(status)', f), format('%I', f), true
FROM unnest('{"",builtin_}'::text[]) prefix, unnest('{is_retryable,is_terminal,is_success,is_error,is_known_code}'::text[]) name, concat(prefix, name) f
UNION ALL
SELECT format(q.query, label), format('%I %s %L', q.prefix || 'code_' || kind, q.operator, label), q.finds
FROM (SELECT 'category', unnest('{progress,success,user_action,mfa,connection,server,rate_limit,auth,request}'::text[])
      UNION ALL
      SELECT 'action', unnest('{none,wait,retry,ask_user,renew_token,fix_request,contact_provider,stop}'::text[])) AS l (kind, label)
    CROSS JOIN LATERAL (VALUES
        ('', CASE kind WHEN 'category' THEN 'in_category(status, %L)' ELSE 'has_action(status, %L)' END, '=', true),
        ('builtin_', CASE kind WHEN 'category' THEN 'builtin_in_category(status, %L)' ELSE 'builtin_has_action(status, %L)' END, '=', true),
        ('', format('code_%s(status) = %%L', kind), '=', true),
        ('', format('%%L = code_%s(status)', kind), '=', true),
        ('', format('code_%s(status) IN (%%L)', kind), '=', true),
        ('', format('code_%s(status) <> %%L', kind), '<>', false),
        ('', format('%%L <> code_%s(status)', kind), '<>', false),
        ('builtin_', format('builtin_code_%s(status) = %%L', kind), '=', false),
        ('builtin_', format('%%L <> builtin_code_%s(status)', kind), '<>', false)) AS q (prefix, query, operator, finds)
UNION ALL
SELECT format('from_provider(status, %L)', name), format('provider = %L', name), name IS NOT NULL
FROM unnest('{basiq,foundry,http,syncfy,plaid,finicity,quovo,acme,basi,bas,b,basiq2,basiq-,basiq-x,basiq_x,basiqa,basiqz,a,z,nobody,basiq:,basiq:a,basiq:invalid-credentials,
    basiq/,"",BASIQ,Basiq,basiq ," basiq",:,basiq.,syncfy:401,ähm,NULL}'::text[]) name
UNION ALL
SELECT format('from_provider(status, %L)', name), format('provider = %L', name), true
FROM unnest(ARRAY[E'basiq\x01', E'basiq\x01x', E'\x01', 'basiq' || repeat('x', 200), repeat('x', 20000)]) name
UNION ALL
SELECT replace(q, 'f(status)', f || '(status)'), replace(q, 'f(status)', f), false
FROM (VALUES ('code_category', 'f(status) IN (''mfa'', ''server'', ''auth'')'), ('code_category', 'f(status) NOT IN (''mfa'', ''server'', ''auth'')'),
      ('code_category', 'f(status) IS NULL'), ('code_category', 'f(status) IS DISTINCT FROM ''mfa'''), ('code_category', 'f(status) IS NOT DISTINCT FROM ''mfa'''),
      ('code_action', 'f(status) IN (''retry'', ''wait'')'), ('code_action', 'f(status) NOT IN (''retry'', ''wait'')'),
      ('code_action', 'f(status) IS NULL'), ('code_action', 'f(status) IS DISTINCT FROM ''retry'''), ('code_action', 'f(status) IS NOT DISTINCT FROM ''retry'''),
      ('is_retryable', 'f(status) IS NULL'), ('is_error', 'f(status) IS NOT NULL')) AS w (function, q),
    unnest(ARRAY['', 'builtin_']) AS prefix, concat(prefix, w.function) f
UNION ALL
VALUES ('in_category(status, NULL)', 'code_category = NULL', NULL), ('code_action(status) = NULL', 'code_action = NULL', NULL),
    ('code_category(status) = ''mfa'' AND is_retryable(status)', 'code_category = ''mfa'' AND is_retryable', true),
    ('is_error(status) AND from_provider(status, ''basiq'')', 'is_error AND provider = ''basiq''', true),
    ('from_provider(status, ''basiq'') AND from_provider(status, ''http'')', 'provider = ''basiq'' AND provider = ''http''', true),
    ('is_terminal(status) AND status > ''http:450''', 'is_terminal AND beyond', true),
    ('code_category(status) = ''mfa'' OR is_retryable(status)', 'code_category = ''mfa'' OR is_retryable', NULL),
    ('is_success(status) AND NOT builtin_is_success(status)', 'is_success AND NOT builtin_is_success', true),
    ('is_retryable(status) IS DISTINCT FROM builtin_is_retryable(status)', 'is_retryable IS DISTINCT FROM builtin_is_retryable', false);
UPDATE predicate SET finds = NULL WHERE finds AND query ~ 'NULL';

-- The same in other forms.
CREATE TABLE form AS
SELECT row_number() OVER (ORDER BY wrapping, predicate.query)::integer AS k,
    format(wrapping, predicate.query) AS query, format(wrapping, predicate.truth) AS truth,
    wrapping, CASE WHEN wrapping IN ('%s', '(%s) = true', 'NOT NOT (%s)') THEN finds ELSE false END AS finds
FROM predicate, unnest('{%s,(%s) = true,NOT NOT (%s),NOT (%s),(%s) IS TRUE,(%s) IS NOT TRUE,(%s) IS FALSE,(%s) IS NOT FALSE,(%s) IS NULL}'::text[]) wrapping
WHERE wrapping NOT IN ('(%s) IS NULL', 'NOT NOT (%s)', '(%s) IS NOT FALSE') OR predicate.query ~ '^(builtin_)?is_|mfa|retry|basiq';
CREATE UNIQUE INDEX ON form (k);

-- The plans: a table with its index, what else the query says, and the kinds of scans that the server is left with. Where the rows are to come in an order, the answer
-- depends on it, and the server is not left with sorting all of them. Behind the first column, an index is searched for a set from version 17 on.
CREATE TABLE plan (plan text, relation text, others integer[], condition text, scans text[], node text, forms text, long boolean, parallel boolean, sorting text, behind boolean);
INSERT INTO plan VALUES
    ('sequential', 'plain', '{0,1,2}', '', '{seqscan}', 'Seq Scan', 'plain', false, false, NULL, false),
    ('index', 'plain', '{0,1,2}', '', '{indexscan}', 'Index Scan', 'plain', false, false, 'status, other', false),
    ('index, planned anew', 'plain', '{0,1,2}', '', '{indexscan}', 'Index Scan', 'finding', false, false, 'status DESC, id', false),
    ('bitmap', 'plain', '{0,1,2}', '', '{bitmapscan}', 'Bitmap Index Scan', 'finding', false, false, NULL, false),
    ('index-only', 'covered', '{0,1,2}', '', '{indexscan,indexonlyscan}', 'Index Only Scan', 'plain', false, false, 'status, id', false),
    ('first column', 'first', '{0,2}', 'AND other IN (0, 2)', '{indexscan}', 'Index Scan', 'finding', false, false, 'status, other', false),
    ('second column', 'second', '{2}', 'AND other = 2', '{indexscan}', 'Index Scan', 'finding', false, false, 'other, status', true),
    ('second column, bitmap', 'second', '{0,1}', 'AND other IN (0, 1)', '{bitmapscan}', 'Bitmap Index Scan', 'finding', false, false, NULL, true),
    ('second column alone', 'second', '{0,1,2}', '', '{indexscan}', 'Index Scan', 'some finding', false, false, 'other DESC, status DESC', true),
    ('partial', 'part', '{0,1}', 'AND other < 2', '{indexscan}', 'Index Scan', 'finding', false, false, 'status DESC, other', false),
    ('descending', 'descending', '{1,2}', 'AND other IN (1, 2)', '{indexscan,indexonlyscan}', 'Index Only Scan', 'finding', false, false, 'other DESC, status DESC, id DESC', true),
    ('sequential, wrapped', 'plain', '{0,1,2}', '', '{seqscan}', 'Seq Scan', 'wrapped', true, false, NULL, false),
    ('index, wrapped', 'plain', '{0,1,2}', '', '{indexscan}', 'Index Scan', 'wrapped finding', true, false, 'status, other', false),
    ('bitmap, wrapped', 'plain', '{0,1,2}', '', '{bitmapscan}', 'Bitmap Index Scan', 'wrapped finding', true, false, NULL, false),
    ('index-only, wrapped', 'covered', '{0,1,2}', '', '{indexscan,indexonlyscan}', 'Index Only Scan', 'some wrapped', true, false, NULL, false),
    ('parallel sequential', 'plain', '{0,1,2}', '', '{seqscan}', 'Seq Scan', 'plain', true, true, NULL, false),
    ('parallel index', 'plain', '{0,1,2}', '', '{indexscan}', 'Index Scan', 'finding', true, true, NULL, false),
    ('parallel bitmap', 'plain', '{0,1,2}', '', '{bitmapscan}', 'Bitmap Index Scan', 'finding', true, true, NULL, false);
CREATE TABLE plan_form AS
SELECT plan, k
FROM plan, form
WHERE CASE WHEN forms ~ 'wrapped' THEN wrapping <> '%s' ELSE wrapping = '%s' END AND (forms !~ 'finding' OR finds) AND (forms !~ 'some' OR k % 5 = 0);

-- One statement runs all forms of a plan, and gives the sum of the rows' numbers for each; where they are ordered, each number times its row's place.
CREATE FUNCTION statement(plan) RETURNS text LANGUAGE sql AS $$
    SELECT CASE WHEN $1.sorting IS NOT NULL
        THEN string_agg(format('SELECT %s, sum(id * n) FROM (SELECT id, row_number() OVER () AS n FROM (SELECT id FROM %I WHERE (%s) %s ORDER BY %s) AS x) AS y',
                               k, $1.relation, query, $1.condition, $1.sorting), ' UNION ALL ' ORDER BY k)
        WHEN $1.parallel
        THEN 'SELECT k, sum(id) FROM ('
            || string_agg(format('SELECT %s AS k, id FROM %I WHERE (%s) %s', k, $1.relation, query, $1.condition), ' UNION ALL ' ORDER BY k)
            || ') AS x GROUP BY k'
        ELSE string_agg(format('SELECT %s, sum(id) FROM %I WHERE (%s) %s', k, $1.relation, query, $1.condition), ' UNION ALL ' ORDER BY k)
        END
    FROM form JOIN plan_form USING (k)
    WHERE plan_form.plan = $1.plan
$$;
CREATE FUNCTION leave_scans(scans text[], parallel boolean, sort boolean DEFAULT true) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('enable_sort', sort::text, false);
    PERFORM set_config('enable_' || scan, (scan = ANY (scans))::text, false) FROM unnest('{seqscan,indexscan,bitmapscan,indexonlyscan}'::text[]) scan;
    PERFORM set_config('max_parallel_workers_per_gather', CASE WHEN parallel THEN '2' ELSE '0' END, false);
END $$;

-- Prepares the statements. Which of the forms that are to find the index don't, by a scan of the kind that is meant?
CREATE FUNCTION prepare(OUT plan text, OUT parallel boolean, OUT sorted boolean, OUT missed bigint, OUT example text) RETURNS SETOF record
LANGUAGE plpgsql AS $$
DECLARE
    p plan;
    explained json;
BEGIN
    FOR p IN SELECT * FROM plan LOOP
        PERFORM leave_scans(p.scans, p.parallel, p.sorting IS NULL);
        EXECUTE format('PREPARE %I AS %s', p.plan, statement(p));
        EXECUTE format('EXPLAIN (VERBOSE, COSTS OFF, FORMAT JSON) EXECUTE %I', p.plan) INTO explained;
        RETURN QUERY
            -- Each form's part of the plan begins where a node's first output is its number.
            WITH RECURSIVE node (n, k) AS (
                SELECT explained #> '{0,Plan}', NULL::integer
                UNION ALL
                SELECT child, COALESCE(k, CASE WHEN child #>> '{Output,0}' ~ '^[0-9]+$' THEN (child #>> '{Output,0}')::integer END)
                FROM node, json_array_elements(n -> 'Plans') child
            ), missing AS (
                SELECT query
                FROM plan_form f JOIN form USING (k)
                WHERE f.plan = p.plan AND finds AND (NOT p.behind OR query ~ 'from_provider' OR current_setting('server_version_num')::integer >= 170000) AND NOT k = ANY (ARRAY(
                    SELECT k FROM node
                    WHERE n ->> 'Node Type' = p.node AND (p.node = 'Seq Scan' OR n ->> 'Index Cond' ~ 'status (= ANY \((builtin_)?codes_|>= )')))
            )
            SELECT p.plan, EXISTS (SELECT FROM node WHERE n ->> 'Node Type' ~ 'Gather'), p.sorting IS NOT NULL AND EXISTS (SELECT FROM node WHERE n ->> 'Node Type' = 'Sort' AND n #>> '{Plans,0,Node Type}' ~ 'Scan'),
                (SELECT count(*) FROM missing), (SELECT min(query) FROM missing);
    END LOOP;
END $$;
SELECT * FROM prepare();

-- Forms with a literal, prepared once with a parameter instead.
CREATE TABLE parameter AS
SELECT k, replace(query, literal, '$1') AS form, literal, CASE WHEN query ~ 'category' THEN 'status_category' WHEN query ~ 'action' THEN 'status_action' ELSE 'text' END AS type
FROM (SELECT k, query, substring(query FROM '''[^'']*''|NULL') AS literal FROM form WHERE wrapping = '%s' AND query !~ '''.*''.*''' AND query !~ ' IS ') AS f
WHERE literal IS NOT NULL;
DO $$
DECLARE
    p parameter;
BEGIN
    PERFORM leave_scans('{indexscan}', false);
    FOR p IN SELECT DISTINCT ON (form) * FROM parameter LOOP
        EXECUTE format('PREPARE %I (%s) AS SELECT sum(id) FROM plain WHERE %s', p.form, p.type, p.form);
    END LOOP;
END $$;
SELECT form, count(*) > 1 AS several FROM parameter GROUP BY form ORDER BY form COLLATE "C";

-- The truth: all forms in one scan of the copy, once for each value of the other column.
CREATE TABLE meaning (id integer, other integer, status status_code, beyond boolean, provider text COLLATE "C",
    is_retryable boolean, is_terminal boolean, is_success boolean, is_error boolean, is_known_code boolean, code_category text, code_action text,
    builtin_is_retryable boolean, builtin_is_terminal boolean, builtin_is_success boolean, builtin_is_error boolean, builtin_is_known_code boolean,
    builtin_code_category text, builtin_code_action text);
DO $$
BEGIN
    EXECUTE (SELECT format('PREPARE truth AS SELECT other, ARRAY[%s] FROM meaning GROUP BY other', string_agg(format('sum(id) FILTER (WHERE %s)', f.truth), ', ' ORDER BY k))
             FROM form f);
END $$;
-- and in the order of each plan that has one
CREATE FUNCTION prepare_ordered_truth() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    p plan;
BEGIN
    FOR p IN SELECT * FROM plan WHERE sorting IS NOT NULL LOOP
        EXECUTE (SELECT format('PREPARE %I AS ', 'truth of ' || p.plan)
                     || string_agg(format('SELECT %s, sum(id * n) FROM (SELECT id, row_number() OVER (ORDER BY %s) AS n FROM meaning WHERE (%s) AND other = ANY (%L)) AS x',
                                          k, p.sorting, truth, p.others), ' UNION ALL ' ORDER BY k)
                 FROM form JOIN plan_form f USING (k)
                 WHERE f.plan = p.plan);
    END LOOP;
END $$;
SELECT prepare_ordered_truth();
CREATE TABLE truth (k integer, other integer, sum bigint);
CREATE INDEX ON truth (k);
CREATE FUNCTION answers_of(statement text) RETURNS SETOF record LANGUAGE plpgsql AS $$
DECLARE
    r record;
BEGIN
    FOR r IN EXECUTE format('EXECUTE %I', statement) LOOP
        RETURN NEXT r;
    END LOOP;
END $$;
CREATE FUNCTION find_truth() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM leave_scans('{seqscan}', false);
    DELETE FROM meaning;
    INSERT INTO meaning
    SELECT id, other, status, status > 'http:450', split_part(status::text, ':', 1),
        is_retryable(status), is_terminal(status), is_success(status), is_error(status), is_known_code(status), code_category(status), code_action(status),
        builtin_is_retryable(status), builtin_is_terminal(status), builtin_is_success(status), builtin_is_error(status), builtin_is_known_code(status),
        builtin_code_category(status), builtin_code_action(status)
    FROM plain;
    TRUNCATE truth;
    INSERT INTO truth SELECT k, other, s FROM answers_of('truth') AS t (other integer, sums bigint[]) CROSS JOIN LATERAL unnest(sums) WITH ORDINALITY AS u (s, k);
END $$;
SELECT find_truth();
CREATE TABLE truth_without_overrides AS SELECT * FROM truth;

-- Runs the plans: how many answers are wrong, and do the overrides change many of them?
CREATE SEQUENCE answers;
CREATE FUNCTION run(long boolean, OUT changed boolean, OUT wrong bigint, OUT example text)
LANGUAGE plpgsql AS $$
DECLARE
    p plan;
    q parameter;
    n bigint;
    wrong_of_plan bigint;
    example_of_plan text;
BEGIN
    PERFORM find_truth();
    changed := (SELECT count(*) > 20 FROM (SELECT * FROM truth EXCEPT SELECT * FROM truth_without_overrides) AS x);
    wrong := 0;
    FOR p IN SELECT * FROM plan WHERE run.long OR NOT plan.long LOOP
        CREATE TEMP TABLE right_sum (k integer, sum numeric);
        IF p.sorting IS NULL THEN
            INSERT INTO right_sum SELECT k, sum(truth.sum) FROM truth WHERE other = ANY (p.others) GROUP BY k;
        ELSE
            INSERT INTO right_sum SELECT * FROM answers_of('truth of ' || p.plan) AS (k integer, sum numeric);
        END IF;
        PERFORM leave_scans(p.scans, p.parallel, p.sorting IS NULL);
        IF p.plan = 'index, planned anew' THEN
            EXECUTE format('DEALLOCATE %I', p.plan);
            EXECUTE format('PREPARE %I AS %s', p.plan, statement(p));
        END IF;
        IF p.sorting IS NULL THEN
            CREATE TEMP TABLE got AS SELECT * FROM answers_of(p.plan) AS (k integer, sum bigint);
        ELSE
            CREATE TEMP TABLE got AS SELECT * FROM answers_of(p.plan) AS (k integer, sum numeric);
        END IF;
        SELECT count(*), count(*) FILTER (WHERE differs), min(p.plan || ': ' || query) FILTER (WHERE differs)
        INTO n, wrong_of_plan, example_of_plan
        FROM (SELECT query, got.sum IS DISTINCT FROM t.sum AS differs
              FROM plan_form f JOIN form USING (k) LEFT JOIN got USING (k) LEFT JOIN right_sum t USING (k)
              WHERE f.plan = p.plan) AS x;
        DROP TABLE got, right_sum;
        PERFORM setval('answers', nextval('answers') - 1 + n);
        wrong := wrong + wrong_of_plan;
        example := COALESCE(example, example_of_plan);
    END LOOP;
    FOR q IN SELECT * FROM parameter LOOP
        EXECUTE format('EXECUTE %I(%s)', q.form, q.literal) INTO n;
        IF n IS DISTINCT FROM (SELECT sum(truth.sum) FROM truth WHERE k = q.k) THEN
            wrong := wrong + 1;
            example := COALESCE(example, 'parameter: ' || q.form || ' ' || q.literal);
        END IF;
        PERFORM nextval('answers');
    END LOOP;
END $$;
SELECT * FROM run(false);

-- The functions that list the values for which a predicate is true: each value once, and no others.
CREATE VIEW wrong_sets AS
WITH universe AS MATERIALIZED (
    SELECT status,
        ARRAY[is_retryable(status), is_terminal(status), is_success(status), is_error(status), is_known_code(status)] AS plain,
        code_category(status) AS category, code_action(status) AS action,
        ARRAY[builtin_is_retryable(status), builtin_is_terminal(status), builtin_is_success(status), builtin_is_error(status),
              builtin_is_known_code(status)] AS builtin_plain,
        builtin_code_category(status) AS builtin_category, builtin_code_action(status) AS builtin_action
    FROM (SELECT status_code(provider, number) AS status FROM unnest('{basiq,foundry,http,syncfy,quovo}'::text[]) provider, generate_series(0, 1023) number
          UNION SELECT status FROM value WHERE status IS NOT NULL
          UNION SELECT status FROM status_code_overrides) AS u
), predicate (plain, i) AS (
    SELECT * FROM unnest('{is_retryable,is_terminal,is_success,is_error,is_known_code}'::text[]) WITH ORDINALITY
), category (category) AS (
    SELECT unnest('{progress,success,user_action,mfa,connection,server,rate_limit,auth,request}'::status_category[])
), action (action) AS (
    SELECT unnest('{none,wait,retry,ask_user,renew_token,fix_request,contact_provider,stop}'::status_action[])
), listed AS (
    SELECT plain AS set, unnest(codes_where(plain)) AS status FROM predicate
    UNION ALL SELECT 'builtin ' || plain, unnest(builtin_codes_where(plain)) FROM predicate
    UNION ALL SELECT category::text, unnest(codes_in_category(category)) FROM category
    UNION ALL SELECT 'builtin ' || category::text, unnest(builtin_codes_in_category(category)) FROM category
    UNION ALL SELECT action::text, unnest(codes_with_action(action)) FROM action
    UNION ALL SELECT 'builtin ' || action::text, unnest(builtin_codes_with_action(action)) FROM action
), true_of AS (
    SELECT p.plain AS set, status FROM universe u JOIN predicate p ON u.plain[i]
    UNION ALL SELECT 'builtin ' || p.plain, status FROM universe u JOIN predicate p ON u.builtin_plain[i]
    UNION ALL SELECT category::text, status FROM universe WHERE category IS NOT NULL
    UNION ALL SELECT 'builtin ' || builtin_category::text, status FROM universe WHERE builtin_category IS NOT NULL
    UNION ALL SELECT action::text, status FROM universe WHERE action IS NOT NULL
    UNION ALL SELECT 'builtin ' || builtin_action::text, status FROM universe WHERE builtin_action IS NOT NULL
)
(SELECT 'wanting' AS what, * FROM true_of EXCEPT ALL SELECT 'wanting', * FROM listed)
UNION ALL
(SELECT 'listed', * FROM listed EXCEPT ALL SELECT 'listed', * FROM true_of);
SELECT * FROM wrong_sets LIMIT 10;
-- nothing for no label
SELECT codes_where(NULL), codes_in_category(NULL), codes_with_action(NULL), builtin_codes_where(NULL), builtin_codes_in_category(NULL), builtin_codes_with_action(NULL);
\set VERBOSITY terse
SELECT codes_where('is_deprecated_code');
SELECT builtin_codes_where('');
SELECT codes_where('builtin_is_error');
SELECT codes_where('in_category');
SELECT codes_where('is_retryabel');
SELECT codes_where(repeat('x', 1000));
\set VERBOSITY default


--
-- The shapes of overrides
--
CREATE FUNCTION next(status_category) RETURNS status_category LANGUAGE sql AS $$
    SELECT (l.labels)[1 + COALESCE(array_position(l.labels, $1), 4) % 9]
    FROM (SELECT '{progress,success,user_action,mfa,connection,server,rate_limit,auth,request}'::status_category[]) AS l (labels)
$$;
CREATE FUNCTION next(status_action) RETURNS status_action LANGUAGE sql AS $$
    SELECT (l.labels)[1 + COALESCE(array_position(l.labels, $1), 4) % 8]
    FROM (SELECT '{none,wait,retry,ask_user,renew_token,fix_request,contact_provider,stop}'::status_action[]) AS l (labels)
$$;

-- codes of the catalog: each attribute
INSERT INTO status_code_overrides (status, category) SELECT status, next(builtin_code_category(status)) FROM builtin_status_codes() status;
SELECT * FROM run(false);
SELECT * FROM wrong_sets LIMIT 10;
DELETE FROM status_code_overrides;
INSERT INTO status_code_overrides (status, action) SELECT status, next(builtin_code_action(status)) FROM builtin_status_codes() status;
SELECT * FROM run(false);
DELETE FROM status_code_overrides;
INSERT INTO status_code_overrides (status, retryable, terminal)
SELECT status, builtin_is_retryable(status) IS NOT TRUE, builtin_is_terminal(status) IS NOT TRUE FROM builtin_status_codes() status;
SELECT * FROM run(false);
DELETE FROM status_code_overrides;

-- bases of variants, and base codes that nobody knows
INSERT INTO status_code_overrides (status, category, action, retryable, terminal) VALUES
    ('basiq:invalid-credentials', 'rate_limit', 'wait', true, false), ('basiq:access-denied', 'success', 'stop', true, NULL),
    ('basiq:request-not-valid', 'mfa', 'retry', true, false), ('basiq:no-such-slug', 'server', 'retry', true, true),
    ('basiq:empty-file', 'success', 'none', NULL, NULL), ('syncfy:401', 'progress', NULL, true, false), ('syncfy:450', 'auth', NULL, true, NULL);
SELECT * FROM run(false);
SELECT * FROM wrong_sets LIMIT 10;
-- and variants, of all kinds of base codes; the first two rows take the rest from their bases' rows
INSERT INTO status_code_overrides (status, name) VALUES ('basiq:invalid-credentials/unknown', 'a'), ('basiq:no-such-slug/a', 'b');
INSERT INTO status_code_overrides (status, category, retryable)
SELECT status, next(builtin_code_category(status)), true FROM value WHERE code_variant(status) IS NOT NULL
ON CONFLICT (status) DO UPDATE SET action = 'wait';
SELECT * FROM run(false);
SELECT * FROM wrong_sets LIMIT 10;
DELETE FROM status_code_overrides;

-- unknown numbers: the first row leaves all to the class, the others parts of it
INSERT INTO status_code_overrides (status, name, category, action, retryable, terminal)
SELECT status_code(p, n), CASE n % 4 WHEN 0 THEN 'x' END, CASE n % 4 WHEN 1 THEN 'rate_limit'::status_category END, CASE WHEN n % 4 >= 2 THEN 'stop'::status_action END,
    CASE n % 4 WHEN 3 THEN true END, CASE WHEN n % 3 = 1 THEN false END
FROM unnest('{foundry,http,syncfy}'::text[]) p, unnest('{0,1,99,104,150,199,299,300,301,302,450,499,503,599,600,999,1000,4040}'::integer[]) n
WHERE NOT builtin_is_known_code(status_code(p, n));
SELECT * FROM run(false);
SELECT * FROM wrong_sets LIMIT 10;
DELETE FROM status_code_overrides;

-- words and providers that the catalog lacks
INSERT INTO status_code_overrides (status, category, action, retryable, terminal)
SELECT status, next(CASE length(status::text) % 3 WHEN 0 THEN 'progress' WHEN 1 THEN 'user_action' END::status_category), 'retry', true, code_variant(status) IS NULL
FROM value WHERE NOT builtin_is_known_code(status) AND code_provider(status) NOT IN ('foundry', 'http', 'syncfy');
SELECT * FROM run(false);
DELETE FROM status_code_overrides;

-- some of everything
CREATE FUNCTION mixture(seed text) RETURNS void LANGUAGE sql AS $$
    INSERT INTO status_code_overrides (status, name, category, action, retryable, terminal)
    SELECT status, 'x',
        CASE WHEN bits & 1 > 0 THEN ('{progress,success,user_action,mfa,connection,server,rate_limit,auth,request}'::status_category[])[1 + bits % 9] END,
        CASE WHEN bits & 2 > 0 THEN ('{none,wait,retry,ask_user,renew_token,fix_request,contact_provider,stop}'::status_action[])[1 + bits / 8 % 8] END,
        CASE WHEN bits & 4 > 0 THEN bits & 64 > 0 END, CASE WHEN bits & 8 > 0 THEN bits & 128 > 0 END
    FROM (SELECT status, ('x' || substr(md5(seed || status::text), 1, 4))::bit(16)::integer AS bits
          FROM (SELECT status FROM value WHERE status IS NOT NULL
                UNION SELECT status_code('acme', 2 * n) FROM generate_series(1, 100) n
                UNION SELECT status_code('http', 3 * n) FROM generate_series(1, 100) n) AS v) AS b
    WHERE bits % 5 < 3
$$;
SELECT mixture('first');
SELECT count(*) > 200 AS many FROM status_code_overrides;
SELECT * FROM run(true);
SELECT * FROM wrong_sets LIMIT 10;


--
-- Within a transaction, as changes come and go
--
BEGIN;
TRUNCATE status_code_overrides;
SELECT mixture('second');
SELECT * FROM run(true);
SAVEPOINT a;
DELETE FROM status_code_overrides WHERE category IS NULL;
UPDATE status_code_overrides SET category = next(category), retryable = NOT COALESCE(retryable, false);
SELECT * FROM run(false);
ROLLBACK TO a;
SELECT * FROM run(false);
SELECT * FROM wrong_sets LIMIT 10;
ROLLBACK;
SELECT * FROM run(false);
TRUNCATE status_code_overrides;
SELECT * FROM run(false);

-- how much that was
SELECT (SELECT count(*) FROM predicate) AS predicates, (SELECT count(*) FROM form) AS forms, (SELECT count(*) FROM form WHERE finds) AS that_find_the_index,
    (SELECT count(*) FROM plan) AS plans, (SELECT last_value FROM answers) AS answers;

DEALLOCATE ALL;
DROP SCHEMA planner_property CASCADE;
RESET ALL;
