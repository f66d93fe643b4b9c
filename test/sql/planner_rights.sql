--
-- planner_rights.sql: a query needs the same rights with an index and without
--
-- EXECUTE on each function in turn is revoked from a user, who then runs every predicate on a table without an index and on one with an index, in plain and in
-- prepared statements. Both must return the same rows or raise the same error.
--
CREATE SCHEMA planner_rights;
SET search_path = planner_rights, public;
SET jit = off;
SET max_parallel_workers_per_gather = 0;
SET client_min_messages = warning;

CREATE TABLE without (id integer, status status_code) WITH (autovacuum_enabled = off);
INSERT INTO without SELECT n, (c.codes)[1 + n % array_length(c.codes, 1)]
FROM generate_series(1, 200) n, (SELECT array_agg(s) || NULL::status_code AS codes FROM builtin_status_codes() s) AS c;
CREATE TABLE indexed (LIKE without) WITH (autovacuum_enabled = off);
INSERT INTO indexed SELECT * FROM without;
CREATE INDEX ON indexed (status);
CREATE TABLE label (category status_category, action status_action, provider text);
INSERT INTO label VALUES ('mfa', 'wait', 'syncfy');
ANALYZE without, indexed, label;
-- Searching the index must pay. So the planner is to take the table for one of 10 million rows of which 15 in 16 have no code.
UPDATE pg_class SET reltuples = 1e7 WHERE oid = 'indexed'::regclass;
UPDATE pg_statistic SET stanullfrac = 1 - (1 - stanullfrac) / 16,
    stanumbers1 = ARRAY(SELECT n / 16 FROM unnest(stanumbers1) n)::real[], stanumbers2 = ARRAY(SELECT n / 16 FROM unnest(stanumbers2) n)::real[]
WHERE starelid = 'indexed'::regclass AND staattnum = 2;

-- The predicate of a partial index belongs to no query. While everybody may execute the functions, it is simplified as a query's condition is: the index is used.
CREATE TABLE partial (LIKE without) WITH (autovacuum_enabled = off);
CREATE INDEX ON partial (id) WHERE status = 'syncfy:401'::text;
-- A privilege that was revoked and granted again leaves an entry.
REVOKE EXECUTE ON FUNCTION status_code_eq(status_code, status_code) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION status_code_eq(status_code, status_code) TO PUBLIC;
SET enable_seqscan = off;
SET enable_bitmapscan = off;
EXPLAIN (COSTS OFF) SELECT id FROM partial WHERE status = 'syncfy:401'::text ORDER BY id;
RESET enable_seqscan;
RESET enable_bitmapscan;

-- The queries; one with a parameter is run with a generic plan.
CREATE TABLE query (n serial, condition text, type text, value text);
INSERT INTO query (condition, type, value)
SELECT format('%s%s', prefix, condition), NULL, NULL
FROM unnest('{"",builtin_}'::text[]) prefix,
    unnest('{is_retryable(status),is_terminal(status),is_success(status),is_error(status),is_known_code(status),"in_category(status, ''mfa'')","has_action(status, ''wait'')"}'::text[]) condition
UNION ALL
VALUES ('code_category(status) = ''mfa''', NULL, NULL), ('''mfa'' = code_category(status)', NULL, NULL), ('code_category(status) <> ''mfa''', NULL, NULL), ('NOT code_action(status) <> ''wait''', NULL, NULL),
    ('code_action(status) = ''wait''', NULL, NULL), ('from_provider(status, ''syncfy'')', NULL, NULL), ('from_provider(status, (SELECT ''syncfy''))', NULL, NULL),
    ('code_category(status) = ''mfa'' OR is_retryable(status)', NULL, NULL),
    ('in_category(status, $1)', 'status_category', '''mfa'''), ('code_category(status) = $1', 'status_category', '''mfa'''), ('builtin_in_category(status, $1)', 'status_category', '''mfa'''),
    ('has_action(status, $1)', 'status_action', '''wait'''), ('$1 = code_action(status)', 'status_action', '''wait'''), ('from_provider(status, $1)', 'text', '''syncfy'''),
    ('in_category(status, $1)', 'text', '''mfa'''), ('code_category(status) = $1', 'varchar', '''mfa'''), ('builtin_has_action(status, $1)', 'varchar', '''wait'''), ('$1 = code_action(status)', 'text', '''wait'''),
    ('id = (SELECT max(x.id) FROM planner_rights.label l, LATERAL (SELECT id FROM planner_rights.%1$I t WHERE in_category(t.status, l.category) OFFSET 0) AS x)', NULL, NULL),
    ('id = (SELECT max(x.id) FROM planner_rights.label l, LATERAL (SELECT id FROM planner_rights.%1$I t WHERE from_provider(t.status, l.provider) OFFSET 0) AS x)', NULL, NULL);

-- Every function that a query above calls, or that it may be rewritten to call.
CREATE TABLE function AS
SELECT oid::regprocedure AS function
FROM pg_proc
WHERE oid IN (SELECT objid FROM pg_depend WHERE deptype = 'e' AND classid = 'pg_proc'::regclass AND refclassid = 'pg_extension'::regclass
              AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'provider_codes'))
    AND (prosupport <> 0 OR proname ~ '^(builtin_)?code_(category|action)$' OR oid IN (SELECT amproc FROM pg_amproc) OR oid IN (SELECT oprcode FROM pg_operator JOIN pg_amop ON amopopr = pg_operator.oid))
    AND NOT 'internal'::regtype = ANY (proargtypes::oid[])
UNION
SELECT 'textcat(text, text)'::regprocedure;
SELECT count(*) > 50 AS enough FROM function;

CREATE ROLE planner_user;
CREATE ROLE planner_other;
GRANT USAGE ON SCHEMA planner_rights TO planner_user, planner_other;
GRANT SELECT ON without, indexed, label TO planner_user, planner_other;

-- The rows, or the error, of a statement, and of one that was prepared before. None of these helpers calls a function that is revoked.
CREATE FUNCTION outcome(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    ids text;
BEGIN
    EXECUTE statement INTO ids;
    RETURN ids;
EXCEPTION WHEN insufficient_privilege THEN
    RETURN SQLERRM;
END $$;
CREATE FUNCTION statement(relation text, condition text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT format(concat('SELECT string_agg(id::text, '' '' ORDER BY id) FROM planner_rights.%1$I WHERE ', condition), relation)
$$;
CREATE FUNCTION prepare(prefix text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    q query;
    relation text;
BEGIN
    FOR q IN SELECT * FROM query LOOP
        FOREACH relation IN ARRAY '{without,indexed}'::text[] LOOP
            EXECUTE format('PREPARE %I%s AS %s', concat(prefix, relation, q.n), CASE WHEN q.type <> '' THEN format('(%s)', q.type) END, statement(relation, q.condition));
        END LOOP;
    END LOOP;
END $$;
CREATE FUNCTION execute(prefix text, relation text, q query) RETURNS text LANGUAGE sql AS $$
    SELECT outcome(format('EXECUTE %I%s', concat(prefix, relation, q.n), CASE WHEN q.value <> '' THEN format('(%s)', q.value) END))
$$;
CREATE FUNCTION plans(OUT n integer, OUT plan text) RETURNS SETOF record LANGUAGE plpgsql AS $$
DECLARE
    line text;
BEGIN
    FOR n IN SELECT query.n FROM query LOOP
        plan := '';
        FOR line IN EXECUTE format('EXPLAIN (COSTS OFF) EXECUTE %I%s', concat('kept indexed', n), (SELECT '(' || value || ')' FROM query q WHERE q.n = plans.n)) LOOP
            plan := concat(plan, line, E'\n');
        END LOOP;
        RETURN NEXT;
    END LOOP;
END $$;
GRANT SELECT ON query TO planner_user, planner_other;
SET plan_cache_mode = force_generic_plan;
SET enable_seqscan = off;
SELECT prepare('kept ');
-- with all rights the index is searched by all but a few
SELECT query.condition FROM plans() JOIN query USING (n) WHERE plan !~ 'Index Cond: .*(codes_|>= )' ORDER BY n;

-- Which of the outcomes differ? The plans that are kept were made with all rights, by another user, before the rights were taken away.
CREATE TABLE differing (function text, how text, condition text, without text, indexed text);
CREATE TABLE errors (function text, condition text);
GRANT INSERT ON differing, errors TO planner_user, planner_other;
CREATE FUNCTION compare(function text, how text, kinds text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO differing
    SELECT compare.function, concat(compare.how, ', ', kind), o.condition, w, i
    FROM unnest(kinds) kind, query o
        CROSS JOIN LATERAL (SELECT
            CASE WHEN kind <> 'plain' THEN execute(kind, 'without', o) ELSE outcome(statement('without', replace(o.condition, '$1', concat(o.value, '::', o.type)))) END,
            CASE WHEN kind <> 'plain' THEN execute(kind, 'indexed', o) ELSE outcome(statement('indexed', replace(o.condition, '$1', concat(o.value, '::', o.type)))) END) AS x (w, i)
    WHERE w IS DISTINCT FROM i;
    INSERT INTO errors SELECT compare.function, o.condition FROM query o WHERE execute('own ', 'indexed', o) ~ 'permission denied';
END $$;
CREATE PROCEDURE try_all() LANGUAGE plpgsql AS $$
DECLARE
    f regprocedure;
BEGIN
    FOR f IN SELECT function FROM function LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', f);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO planner_other', f);
        SET LOCAL ROLE planner_user;
        PERFORM compare(f::text, 'after REVOKE', '{plain,"kept ","own "}');
        SET LOCAL ROLE planner_other;
        PERFORM compare(f::text, 'by another', '{"kept "}');
        SET LOCAL ROLE planner_user;
        PERFORM compare(f::text, 'back again', '{"kept "}');
        RESET ROLE;
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO PUBLIC', f);
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM planner_other', f);
        SET LOCAL ROLE planner_user;
        PERFORM compare(f::text, 'after GRANT', '{"kept ","own "}');
        RESET ROLE;
    END LOOP;
END $$;
SET ROLE planner_user;
SELECT prepare('own ');
SELECT compare('none', 'before', '{plain,"kept ","own "}');
RESET ROLE;
CALL try_all();
-- none
SELECT * FROM differing ORDER BY function, how, condition LIMIT 10;
-- without a function, exactly the queries that call it raise an error
SELECT condition, string_agg(DISTINCT function, ', ' ORDER BY function) AS functions FROM errors GROUP BY condition ORDER BY condition COLLATE "C";
-- and with all privileges again, the index is used by all but these
SELECT query.condition FROM plans() JOIN query USING (n) WHERE plan !~ 'Index Cond: .*(codes_|>= )' ORDER BY n;

DEALLOCATE ALL;
DROP SCHEMA planner_rights CASCADE;
DROP ROLE planner_user, planner_other;
RESET ALL;
