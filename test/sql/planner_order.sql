--
-- planner_order.sql: the order of rows is right, wherever the status code is in the index
--
-- Every predicate, in every kind of query that takes the order of its rows from an index, with every kind of index. The truth is the same query without index scans.
--
CREATE SCHEMA planner_order;
SET search_path = planner_order, public;
SET jit = off;
SET max_parallel_workers_per_gather = 0;
SET client_min_messages = warning;

-- The rows, one table of them and one in partitions: an own number each, numbers that several have, and codes of all kinds.
CREATE TABLE jobs (id integer, a integer, status status_code) WITH (autovacuum_enabled = off);
INSERT INTO jobs
SELECT n * 37 % 401, nullif(n * n % 7, 4), (c.codes)[1 + (n * n + n / 9) % array_length(c.codes, 1)]
FROM generate_series(1, 400) n,
    (SELECT '{syncfy:100,syncfy:102,syncfy:200,syncfy:401,syncfy:405,syncfy:410,syncfy:411,syncfy:413,syncfy:450,syncfy:501,syncfy:509,syncfy:504,foundry:200,foundry:401,foundry:500,
        http:299,http:404,http:429,http:503,http:1000,basiq:invalid-credentials,basiq:invalid-credentials/locked-account,basiq:service-unavailable,basiq:maintenance-error,
        basiq:no-such-slug,basiq2:a,basi:a,quovo:ERROR,acme:1,NULL,NULL}'::status_code[] AS codes) AS c;
CREATE TABLE parts (LIKE jobs) PARTITION BY RANGE (id);
CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (0) TO (150) WITH (autovacuum_enabled = off);
CREATE TABLE parts_2 PARTITION OF parts FOR VALUES FROM (150) TO (300) WITH (autovacuum_enabled = off);
CREATE TABLE parts_3 PARTITION OF parts FOR VALUES FROM (300) TO (450) WITH (autovacuum_enabled = off);
INSERT INTO parts SELECT * FROM jobs;
CREATE TABLE other (id integer, a integer, category status_category) WITH (autovacuum_enabled = off);
INSERT INTO other SELECT id, a, builtin_code_category(status) FROM jobs WHERE id % 3 = 0;
CREATE INDEX ON other (id);
VACUUM ANALYZE jobs, parts, other;

-- Searching an index must pay. So the planner is to take each table for one of 10 million rows of which 15 in 16 have no code.
UPDATE pg_statistic SET stanullfrac = 1 - (1 - stanullfrac) / 16,
    stanumbers1 = ARRAY(SELECT n / 16 FROM unnest(stanumbers1) n)::real[], stanumbers2 = ARRAY(SELECT n / 16 FROM unnest(stanumbers2) n)::real[]
FROM pg_attribute
WHERE attrelid = starelid AND attnum = staattnum AND attname = 'status' AND starelid = ANY ('{jobs,parts,parts_1,parts_2,parts_3}'::regclass[]);

CREATE TABLE predicate (predicate text, range boolean);
INSERT INTO predicate
SELECT format('%s%s', prefix, predicate), false
FROM unnest('{"",builtin_}'::text[]) prefix,
    unnest('{is_retryable(t.status),is_terminal(t.status),is_success(t.status),is_error(t.status),is_known_code(t.status),
        "in_category(t.status, ''server'')","has_action(t.status, ''ask_user'')"}'::text[]) predicate
UNION ALL
VALUES ('code_category(t.status) = ''mfa''', false), ('''retry'' = code_action(t.status)', false), ('from_provider(t.status, ''syncfy'')', true), ('from_provider(t.status, ''basiq'')', true),
    ('in_category(t.status, (SELECT ''user_action''::status_category))', false), ('from_provider(t.status, (SELECT ''http''))', true);

-- What stands in the index, and at which place the code does; 0: not where it could be searched for.
CREATE TABLE index (n serial, definition text, place integer);
INSERT INTO index (definition, place) VALUES
    ('(status)', 1), ('(status, id)', 1), ('(status DESC, id)', 1), ('(status NULLS FIRST, id DESC)', 1), ('(status DESC NULLS LAST, a, id)', 1), ('(status) INCLUDE (id, a)', 1),
    ('(id, status)', 2), ('(a, status)', 2), ('(a, status, id)', 2), ('(id DESC, status)', 2), ('(a DESC NULLS LAST, status DESC, id)', 2), ('(a NULLS FIRST, status NULLS FIRST) INCLUDE (id)', 2),
    ('(id, status) INCLUDE (a)', 2), ('(a, id, status)', 3), ('(id, a, status)', 3), ('(a DESC, id DESC, status DESC)', 3), ('(a, id, status) WHERE id > -1', 3),
    ('(a, id)', 0), ('(id) INCLUDE (a, status)', 0);

-- Each has exactly one right result: the sort key is unique, or is all that is selected.
CREATE TABLE shape (n serial, shape text);
INSERT INTO shape (shape) VALUES
    ('SELECT id FROM %1$s t WHERE id > -1 AND %2$s ORDER BY id LIMIT 5'), ('SELECT id FROM %1$s t WHERE id > -1 AND %2$s ORDER BY id DESC LIMIT 5'),
    ('SELECT id FROM %1$s t WHERE id > -1 AND %2$s ORDER BY id'), ('SELECT id FROM %1$s t WHERE id > 20 AND id < 300 AND %2$s ORDER BY id DESC'),
    ('SELECT a, id FROM %1$s t WHERE id > -1 AND %2$s ORDER BY a, id'), ('SELECT a, id FROM %1$s t WHERE id > -1 AND %2$s ORDER BY a DESC, id DESC'),
    ('SELECT a, id FROM %1$s t WHERE id > -1 AND %2$s ORDER BY a NULLS FIRST, id LIMIT 9'), ('SELECT a, id FROM %1$s t WHERE id > -1 AND %2$s ORDER BY a DESC NULLS LAST, id LIMIT 9'),
    ('SELECT id, status FROM %1$s t WHERE id > -1 AND %2$s ORDER BY status, id'), ('SELECT id, status FROM %1$s t WHERE id > -1 AND %2$s ORDER BY status DESC, id DESC LIMIT 20'),
    ('SELECT id, status FROM %1$s t WHERE id > -1 AND %2$s ORDER BY a, status, id'), ('SELECT id, status FROM %1$s t WHERE id > -1 AND %2$s ORDER BY a DESC, status DESC, id LIMIT 30'),
    ('SELECT id, status FROM %1$s t WHERE id > -1 AND %2$s ORDER BY id, status, a LIMIT 30'),
    ('SELECT a, id FROM %1$s t WHERE id > -1 AND a = 2 AND %2$s ORDER BY id LIMIT 3'), ('SELECT a, id FROM %1$s t WHERE id > -1 AND a IN (1, 2) AND %2$s ORDER BY a, id'),
    ('SELECT a, id FROM %1$s t WHERE id > -1 AND a >= 1 AND %2$s ORDER BY a, status, id'), ('SELECT id FROM %1$s t WHERE id > -1 AND a = 2 AND %2$s ORDER BY status, id LIMIT 3'),
    ('SELECT min(id) FROM %1$s t WHERE id > -1 AND %2$s'), ('SELECT max(id) FROM %1$s t WHERE id > -1 AND %2$s'), ('SELECT min(a) FROM %1$s t WHERE id > -1 AND %2$s'),
    ('SELECT max(a) FROM %1$s t WHERE id > -1 AND %2$s'), ('SELECT min(status) FROM %1$s t WHERE id > -1 AND %2$s'), ('SELECT max(status) FROM %1$s t WHERE id > -1 AND %2$s'),
    ('SELECT id, count(*) FROM %1$s t WHERE id > -1 AND %2$s GROUP BY id ORDER BY id LIMIT 5'), ('SELECT a, count(*) FROM %1$s t WHERE id > -1 AND %2$s GROUP BY a ORDER BY a LIMIT 4'),
    ('SELECT a, status, count(*) FROM %1$s t WHERE id > -1 AND %2$s GROUP BY a, status ORDER BY a, status'), ('SELECT status, max(id) FROM %1$s t WHERE id > -1 AND %2$s GROUP BY status ORDER BY status LIMIT 4'),
    ('SELECT DISTINCT a FROM %1$s t WHERE id > -1 AND %2$s ORDER BY a'), ('SELECT DISTINCT ON (a) a, id FROM %1$s t WHERE id > -1 AND %2$s ORDER BY a, id'),
    ('SELECT DISTINCT ON (a) a, status, id FROM %1$s t WHERE id > -1 AND %2$s ORDER BY a, status, id'), ('SELECT DISTINCT ON (status) status, id FROM %1$s t WHERE id > -1 AND %2$s ORDER BY status, id DESC'),
    ('SELECT id, row_number() OVER (ORDER BY id) FROM %1$s t WHERE id > -1 AND %2$s ORDER BY id LIMIT 10'),
    ('SELECT * FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM %1$s t WHERE id > -1 AND %2$s) AS w WHERE n <= 4'),
    ('SELECT a, id, lag(id) OVER (PARTITION BY a ORDER BY id) FROM %1$s t WHERE id > -1 AND %2$s ORDER BY a, id'),
    ('SELECT t.id, other.a FROM %1$s t JOIN other ON other.id = t.id WHERE t.id > -1 AND %2$s ORDER BY t.id'), ('SELECT t.id, other.a FROM %1$s t LEFT JOIN other ON other.id = t.id WHERE t.id > -1 AND %2$s ORDER BY t.id LIMIT 12'),
    ('SELECT t.id FROM %1$s t WHERE t.id > -1 AND %2$s AND EXISTS (SELECT FROM other WHERE other.id = t.id) ORDER BY t.id'),
    ('SELECT t.id, u.id FROM %1$s t JOIN %1$s u USING (id, a) WHERE t.id > -1 AND u.id > -1 AND %2$s ORDER BY t.id'),
    ('(SELECT id FROM %1$s t WHERE id > -1 AND %2$s) UNION ALL (SELECT id FROM other) ORDER BY id LIMIT 20'),
    ('SELECT o.id, x.id FROM other o CROSS JOIN LATERAL (SELECT id FROM %1$s t WHERE t.id > -1 AND t.a = o.a AND %2$s ORDER BY t.id LIMIT 2) AS x WHERE o.id < 9 ORDER BY o.id, x.id'),
    ('SELECT o.id, x.id FROM other o CROSS JOIN LATERAL (SELECT id FROM %1$s t WHERE t.id > o.id AND in_category(t.status, o.category) AND %2$s ORDER BY t.id LIMIT 2) AS x WHERE o.id < 9 ORDER BY o.id, x.id'),
    ('SELECT id, (SELECT max(u.id) FROM %1$s u WHERE u.id <= t.id AND u.id > -1 AND is_success(u.status)) FROM %1$s t WHERE id > -1 AND %2$s ORDER BY id LIMIT 6');

-- An answer with its order, and whether the plan searches an index for the predicate, and sorts.
CREATE FUNCTION answer(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    answer text;
BEGIN
    EXECUTE format('SELECT string_agg(x::text, '' '') FROM (%s) AS x', query) INTO answer;
    RETURN answer;
EXCEPTION WHEN OTHERS THEN
    RETURN SQLERRM; -- of a merge join whose input is out of order
END $$;
CREATE FUNCTION plan(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    line text;
    plan text;
BEGIN
    FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || query LOOP
        plan := concat(plan, line, E'\n');
    END LOOP;
    RETURN plan;
END $$;
CREATE FUNCTION leave(indexes boolean) RETURNS void LANGUAGE sql AS $$
    SELECT set_config(setting, CASE WHEN setting ~ 'index' = indexes THEN 'on' ELSE 'off' END, false)
    FROM unnest('{enable_indexscan,enable_indexonlyscan,enable_seqscan,enable_bitmapscan,enable_sort,enable_hashagg,enable_hashjoin,enable_nestloop}'::text[]) setting
$$;

SELECT leave(indexes => false);
CREATE TABLE truth AS
SELECT relation, s.n AS shape, predicate, range, format(shape, relation, predicate) AS query, answer(format(shape, relation, predicate))
FROM unnest('{jobs,parts}'::text[]) relation, shape s, predicate;
CREATE TABLE result (definition text, place integer, relation text, shape integer, predicate text, range boolean, plan text, answer text);
CREATE FUNCTION try_indexes() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    i index;
BEGIN
    PERFORM leave(indexes => true);
    FOR i IN SELECT * FROM index ORDER BY n LOOP
        EXECUTE format('CREATE INDEX jobs_index ON jobs %s', i.definition);
        EXECUTE format('CREATE INDEX parts_index ON parts %s', i.definition);
        UPDATE pg_class SET reltuples = 1e7 WHERE oid = ANY ('{jobs,parts_1,parts_2,parts_3}'::regclass[]);
        INSERT INTO result
        SELECT i.definition, i.place, t.relation, t.shape, t.predicate, t.range, plan(t.query), answer(t.query)
        FROM truth t
        -- the largest sets take longest
        WHERE CASE t.relation WHEN 'jobs' THEN i.n % 4 = 0 OR t.predicate !~ 'builtin_|is_terminal|is_error' ELSE i.n % 3 = 1 AND t.predicate !~ 'builtin_|is_terminal' END;
        DROP INDEX jobs_index, parts_index;
    END LOOP;
END $$;
SELECT try_indexes();
SELECT leave(indexes => false);

-- no answer is another
SELECT r.definition, t.query, t.answer AS right, r.answer AS wrong
FROM result r JOIN truth t USING (relation, shape, predicate)
WHERE r.answer IS DISTINCT FROM t.answer
ORDER BY r.place, r.definition, t.query LIMIT 10;

-- The plans do use the index wherever they can: for a range at every place, for a set at the first, and from version 17 on at every place.
CREATE FUNCTION searched(r result) RETURNS boolean LANGUAGE sql AS $$ SELECT r.plan ~ 'Index Cond: [^\n]*status (= ANY \((builtin_)?codes_|>= )' $$;
SELECT definition, relation, predicate, searched(r), plan
FROM result r
WHERE searched(r) IS DISTINCT FROM (place = 1 OR place > 1 AND (range OR current_setting('server_version_num')::integer >= 170000)) AND shape IN (SELECT n FROM shape WHERE shape !~ 'LATERAL')
ORDER BY definition, relation, predicate, shape LIMIT 3;
-- and on each table, with each index, some plan takes the order from the index: it sorts nothing, or only within groups
SELECT definition, bool_and(n > 20) AS often
FROM (SELECT definition, relation, count(*) FILTER (WHERE plan !~ '(^|[^l]) Sort\M') AS n FROM result WHERE plan ~ 'Index' GROUP BY definition, relation) AS c
GROUP BY definition ORDER BY definition COLLATE "C";
SELECT node, bool_or(plan ~ node) AS seen
FROM (SELECT DISTINCT shape, plan FROM result WHERE predicate = 'is_retryable(t.status)') AS r, unnest('{Limit,GroupAggregate,Unique,WindowAgg,Merge Join,Merge Left Join,Merge Append,Incremental Sort,Index Only Scan,Index Scan Backward,InitPlan}'::text[]) node
GROUP BY node ORDER BY node COLLATE "C";
SELECT count(*) AS answers FROM result;

DROP SCHEMA planner_order CASCADE;
RESET ALL;
