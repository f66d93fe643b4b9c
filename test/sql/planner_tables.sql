--
-- planner_tables.sql: predicates over partitioned and inherited tables, behind policies and views, in joins, functions and cursors
--
CREATE SCHEMA planner_tables;
SET search_path = planner_tables, public;
SET jit = off;
SET enable_seqscan = off;
SET enable_bitmapscan = off;
SET max_parallel_workers_per_gather = 0;

-- The conditions with which indexes are searched, each with the number of tables where they are.
CREATE FUNCTION indexes(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    explained json;
BEGIN
    EXECUTE 'EXPLAIN (COSTS OFF, FORMAT JSON) ' || query INTO explained;
    RETURN (
        WITH RECURSIVE n (n) AS (
            SELECT explained #> '{0,Plan}' UNION ALL SELECT child FROM n, json_array_elements(n -> 'Plans') child
        )
        SELECT COALESCE(string_agg(x.found, ' | ' ORDER BY x.found COLLATE "C"), 'nothing is read')
        FROM (SELECT count(*) || ' x ' || COALESCE(replace(n ->> 'Index Cond', E'\x01', '\x01'), 'all') AS found
              FROM n WHERE n ->> 'Node Type' LIKE '%Scan' AND n ->> 'Relation Name' IS NOT NULL
              GROUP BY n ->> 'Index Cond') AS x);
END $$;
CREATE FUNCTION result(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    r text;
BEGIN
    EXECUTE query INTO r;
    RETURN r;
END $$;
-- Do a table's rows for which a condition holds look the same in a copy of the answers?
CREATE FUNCTION same(relation text, condition text) RETURNS boolean LANGUAGE sql AS $$
    SELECT result(format('SELECT concat(count(*), '' '', sum(id)) FROM %s WHERE %s', relation, condition))
        = result(format('SELECT concat(count(*), '' '', sum(id)) FROM (SELECT id, (%s) AS holds FROM (SELECT * FROM %s OFFSET 0) AS x OFFSET 0) AS y WHERE holds', condition, relation))
$$;

CREATE TABLE source AS
SELECT row_number() OVER (ORDER BY n, status) AS id, status
FROM (SELECT unnest('{basiq:access-denied,basiq:access-denied/connections-not-enabled,basiq:access-denied/token-expired,
    basiq:account-not-accessible-requires-user-action,basiq:bank-statement-not-supported,basiq:bank-statement-parsing-error,
    basiq:forbidden-access,basiq:internal-server-error,basiq:invalid-authorization-token,basiq:invalid-credentials,
    basiq:invalid-credentials/invalid-username-or-password,basiq:invalid-credentials/locked-account,
    basiq:invalid-credentials/multi-factor-authentication,basiq:maintenance-error,basiq:request-not-valid,
    basiq:request-not-valid/request-too-long,basiq:request-not-valid/too-many-requests,basiq:resource-not-found,basiq:service-unavailable,
    basiq:too-many-requests,basiq:unauthorized-access,foundry:200,foundry:400,foundry:401,foundry:403,foundry:404,foundry:500,syncfy:100,
    syncfy:101,syncfy:102,syncfy:103,syncfy:200,syncfy:201,syncfy:401,syncfy:403,syncfy:405,syncfy:408,syncfy:410,syncfy:411,syncfy:413,
    syncfy:449,syncfy:500,syncfy:501,syncfy:504,syncfy:509}'::status_code[]) AS status
      UNION ALL
      SELECT unnest('{http:404,http:503,http:1000,syncfy:299,syncfy:450,syncfy:600,foundry:777,basiq:new,basiq:invalid-credentials/x,basiq2:a,basi:a,quovo:ERROR,quovo:ERROR/a,acme:1}'::status_code[])
      UNION ALL SELECT NULL) AS s,
    generate_series(1, 10) n;
CREATE TABLE condition AS
SELECT unnest(ARRAY['is_retryable(status)', 'is_error(status)', 'is_known_code(status)', 'code_category(status) = ''mfa''', 'code_category(status) <> ''mfa''', 'NOT is_terminal(status)',
    'code_action(status) = ''contact_provider''', 'builtin_is_success(status)', 'from_provider(status, ''basiq'')', 'from_provider(status, ''quovo'')', 'from_provider(status, ''nobody'')',
    'is_retryable(status) IS NOT TRUE', 'code_category(status) IN (''auth'', ''server'')', 'is_error(status) AND from_provider(status, ''http'')']) AS condition;
-- Searching an index must pay: in a large table, by a predicate that is true of few rows. So that small tables do, this makes the planner take one, with all that inherit
-- from it, for 10 million rows of which 15 in 16 have no code.
CREATE FUNCTION pass_for_large(relation regclass) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    tables oid[] := ARRAY(WITH RECURSIVE r (oid) AS (SELECT relation::oid UNION SELECT inhrelid FROM pg_inherits, r WHERE inhparent = r.oid) SELECT oid FROM r);
    indexes oid[] := ARRAY(SELECT indexrelid FROM pg_index WHERE indrelid = ANY (tables));
BEGIN
    UPDATE pg_class SET reltuples = 1e7 WHERE oid = ANY (tables) AND relkind = 'r';
    UPDATE pg_statistic SET stanullfrac = 1 - (1 - stanullfrac) / 16,
        stanumbers1 = ARRAY(SELECT n / 16 FROM unnest(stanumbers1) n)::real[], stanumbers2 = ARRAY(SELECT n / 16 FROM unnest(stanumbers2) n)::real[]
    WHERE starelid = ANY (tables || indexes) AND stanullfrac < 0.9;
END $$;
CREATE FUNCTION fill(relation regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('INSERT INTO %s (id, status) SELECT id, status FROM source', relation);
    EXECUTE format('CREATE INDEX ON %s (status)', relation);
    EXECUTE format('ANALYZE %s', relation);
    PERFORM pass_for_large(relation);
END $$;


--
-- Partitions: by list, by range and by hash of the code, and by what the catalog says of it
--
CREATE TABLE by_list (id integer, status status_code) PARTITION BY LIST (status);
CREATE TABLE by_list_1 PARTITION OF by_list FOR VALUES IN ('syncfy:501', 'syncfy:500', 'http:503');
CREATE TABLE by_list_2 PARTITION OF by_list FOR VALUES IN ('syncfy:410', 'syncfy:411', 'syncfy:413', 'basiq:invalid-credentials/multi-factor-authentication');
CREATE TABLE by_list_3 PARTITION OF by_list FOR VALUES IN (NULL, 'quovo:ERROR');
CREATE TABLE by_list_rest PARTITION OF by_list DEFAULT;
CREATE TABLE by_range (id integer, status status_code) PARTITION BY RANGE (status);
CREATE TABLE by_range_1 PARTITION OF by_range FOR VALUES FROM (MINVALUE) TO ('basiq:0');
CREATE TABLE by_range_2 PARTITION OF by_range FOR VALUES FROM ('basiq:0') TO ('foundry:0');
CREATE TABLE by_range_3 PARTITION OF by_range FOR VALUES FROM ('foundry:0') TO ('syncfy:400');
CREATE TABLE by_range_4 PARTITION OF by_range FOR VALUES FROM ('syncfy:400') TO (MAXVALUE);
CREATE TABLE by_range_rest PARTITION OF by_range DEFAULT;
CREATE TABLE by_hash (id integer, status status_code) PARTITION BY HASH (status);
CREATE TABLE by_hash_0 PARTITION OF by_hash FOR VALUES WITH (MODULUS 3, REMAINDER 0);
CREATE TABLE by_hash_1 PARTITION OF by_hash FOR VALUES WITH (MODULUS 3, REMAINDER 1);
CREATE TABLE by_hash_2 PARTITION OF by_hash FOR VALUES WITH (MODULUS 3, REMAINDER 2);
CREATE TABLE by_category (id integer, status status_code) PARTITION BY LIST (builtin_code_category(status));
CREATE TABLE by_category_mfa PARTITION OF by_category FOR VALUES IN ('mfa');
CREATE TABLE by_category_errors PARTITION OF by_category FOR VALUES IN ('user_action', 'connection', 'server', 'rate_limit', 'auth', 'request');
CREATE TABLE by_category_rest PARTITION OF by_category DEFAULT;
CREATE TABLE parent (id integer, status status_code);
CREATE TABLE child (more text) INHERITS (parent);
CREATE TABLE grandchild () INHERITS (child);
SELECT fill(r) FROM unnest('{by_list,by_range,by_hash,by_category,child}'::regclass[]) r;
INSERT INTO parent SELECT id, status FROM source WHERE id % 4 = 0;
INSERT INTO grandchild SELECT id, status FROM source WHERE id % 4 = 1;
CREATE INDEX ON parent (status);
CREATE INDEX ON grandchild (status);
ANALYZE parent, child, grandchild;
SELECT pass_for_large('parent');

-- the rows, without and with overrides: none wrong
SELECT relation, condition FROM unnest('{by_list,by_range,by_hash,by_category,parent}'::text[]) relation, condition WHERE NOT same(relation, condition);
INSERT INTO status_code_overrides (status, category, action, retryable, terminal) VALUES
    ('quovo:ERROR', 'mfa', 'contact_provider', true, true), ('syncfy:410', 'auth', NULL, true, NULL), ('basiq:invalid-credentials', 'mfa', NULL, true, NULL),
    ('http:404', 'mfa', 'contact_provider', true, false), ('syncfy:600', 'server', 'retry', true, true);
SELECT relation, condition FROM unnest('{by_list,by_range,by_hash,by_category,parent}'::text[]) relation, condition WHERE NOT same(relation, condition);

-- The predicates find the indexes of all partitions. They prune none: what they are true for is known when the query runs. A code, a list of codes, and a provider's
-- range do.
SELECT relation, q.condition, indexes(format('SELECT id FROM %s WHERE %s', relation, q.condition))
FROM unnest('{by_list,by_range,by_hash,by_category,parent}'::text[]) relation,
    (VALUES (1, 'is_retryable(status)'), (2, 'code_category(status) = ''mfa'''), (3, 'from_provider(status, ''basiq'')'), (4, 'status = ''syncfy:410'''),
            (5, 'status IN (''syncfy:410'', ''syncfy:411'')'), (6, 'status = ''syncfy:410''::text'), (7, 'status >= ''basiq:0'' AND status < ''basir:0''')) AS q (n, condition)
ORDER BY relation, n;
-- the catalog's answer, where the table is divided by it
SELECT indexes('SELECT id FROM by_category WHERE builtin_code_category(status) = ''mfa'''), indexes('SELECT id FROM by_category WHERE builtin_code_category(status) = ''mfa'' AND is_retryable(status)');
SELECT same('by_category', 'builtin_code_category(status) = ''mfa'''), same('by_category', 'builtin_code_category(status) = ''mfa'' AND is_retryable(status)'),
    same('by_category', 'builtin_in_category(status, ''mfa'')');
-- joins and groups, partition by partition
SET enable_partitionwise_join = on;
SET enable_partitionwise_aggregate = on;
CREATE TABLE by_hash_too (LIKE by_hash) PARTITION BY HASH (status);
CREATE TABLE by_hash_too_0 PARTITION OF by_hash_too FOR VALUES WITH (MODULUS 3, REMAINDER 0);
CREATE TABLE by_hash_too_1 PARTITION OF by_hash_too FOR VALUES WITH (MODULUS 3, REMAINDER 1);
CREATE TABLE by_hash_too_2 PARTITION OF by_hash_too FOR VALUES WITH (MODULUS 3, REMAINDER 2);
SELECT fill('by_hash_too');
SELECT result('SELECT concat(count(*), '' '', sum(a.id * b.id)) FROM by_hash a JOIN by_hash_too b USING (status) WHERE is_retryable(status)')
    = result('SELECT concat(count(*), '' '', sum(a.id * b.id)) FROM source a JOIN source b USING (status) WHERE is_retryable(a.status) IS TRUE') AS same;
SELECT category, n, n = (SELECT count(*) FROM source WHERE code_category(status)::text = category::text) AS right
FROM (SELECT code_category(status) AS category, count(*) AS n FROM by_hash WHERE code_category(status) <> 'progress' GROUP BY 1 HAVING code_category(status) <> 'server' ORDER BY 1) AS x;
RESET enable_partitionwise_join;
RESET enable_partitionwise_aggregate;
-- rows move as their code's partition does
UPDATE by_list SET status = 'syncfy:410' WHERE is_retryable(status) AND from_provider(status, 'http');
SELECT tableoid::regclass, count(*) FROM by_list WHERE code_category(status) = 'auth' AND from_provider(status, 'syncfy') GROUP BY 1;
DELETE FROM by_list WHERE has_action(status, 'contact_provider');
SELECT count(*) FROM by_list WHERE code_action(status) = 'contact_provider';


--
-- Row-level security, and views that are barriers
--
CREATE TABLE guarded (id integer, status status_code, owner text);
INSERT INTO guarded SELECT id, status, CASE WHEN id % 2 = 0 THEN 'planner_clerk' ELSE 'someone' END FROM source;
CREATE INDEX ON guarded (status);
ANALYZE guarded;
SELECT pass_for_large('guarded');
CREATE ROLE planner_clerk;
GRANT USAGE ON SCHEMA planner_tables TO planner_clerk;
GRANT SELECT, UPDATE ON guarded TO planner_clerk;
ALTER TABLE guarded ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON guarded USING (owner = current_user AND is_error(status)) WITH CHECK (NOT is_success(status));
CREATE VIEW barrier WITH (security_barrier) AS SELECT id, status, owner FROM guarded WHERE owner = 'planner_clerk';
CREATE VIEW barrier_by_code WITH (security_barrier) AS SELECT id, status FROM guarded WHERE code_category(status) <> 'success';
GRANT SELECT ON barrier, barrier_by_code TO planner_clerk;
CREATE FUNCTION peek(status_code) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS $$ BEGIN RAISE NOTICE 'sees %', $1; RETURN true; END $$;
SET ROLE planner_clerk;
-- both the policy's and the query's condition may search the index, whichever it is
SELECT condition, indexes('SELECT * FROM guarded WHERE ' || condition) LIKE '1 x %codes_%' OR indexes('SELECT * FROM guarded WHERE ' || condition) LIKE '1 x %basiq%' AS found
FROM unnest(ARRAY['true', 'is_retryable(status)', 'code_category(status) = ''mfa''', 'from_provider(status, ''basiq'')']) condition;
SELECT relation, condition, indexes(format('SELECT * FROM %s WHERE %s', relation, condition)) AS found
FROM unnest('{barrier,barrier_by_code}'::text[]) relation, unnest(ARRAY['is_retryable(status)', 'code_category(status) = ''mfa''', 'from_provider(status, ''basiq'')']) condition;
RESET ROLE;
-- without the functions' own truth
CREATE TABLE told AS SELECT g.*, is_error(status) AS error, is_retryable(status) AS retryable, code_category(status)::text AS category FROM guarded g;
GRANT SELECT ON told TO planner_clerk;
SET ROLE planner_clerk;
SELECT (SELECT array_agg(id ORDER BY id) FROM guarded WHERE is_retryable(status)) = (SELECT array_agg(id ORDER BY id) FROM told WHERE owner = 'planner_clerk' AND error AND retryable) AS guarded,
    (SELECT array_agg(id ORDER BY id) FROM guarded WHERE code_category(status) = 'mfa') = (SELECT array_agg(id ORDER BY id) FROM told WHERE owner = 'planner_clerk' AND error AND category = 'mfa') AS guarded,
    (SELECT array_agg(id ORDER BY id) FROM barrier WHERE is_retryable(status)) = (SELECT array_agg(id ORDER BY id) FROM told WHERE owner = 'planner_clerk' AND retryable) AS barrier,
    (SELECT array_agg(id ORDER BY id) FROM barrier_by_code WHERE code_category(status) = 'mfa') = (SELECT array_agg(id ORDER BY id) FROM told WHERE category = 'mfa') AS barrier_by_code;
-- what spies sees no row that isn't the user's
SELECT count(*) FROM guarded WHERE peek(status) AND from_provider(status, 'quovo');
UPDATE guarded SET status = 'syncfy:200' WHERE is_retryable(status);
RESET ROLE;
-- a user without any right to the table
REVOKE ALL ON guarded FROM planner_clerk;
SET ROLE planner_clerk;
SELECT count(*) FROM guarded WHERE is_retryable(status);
SELECT count(*) > 0 AS some FROM barrier WHERE is_retryable(status);
RESET ROLE;


--
-- Joins
--
CREATE TABLE a AS SELECT id, status, builtin_code_category(status) AS category, builtin_code_action(status) AS action, code_provider(status) AS provider FROM source WHERE id <= 80;
CREATE TABLE b AS SELECT id, status FROM source WHERE id % 4 > 0;
CREATE INDEX ON a (status);
CREATE INDEX ON b (status);
ANALYZE a, b;
SELECT pass_for_large('b');
CREATE TABLE told_b AS SELECT id, status, is_retryable(status) AS retryable, code_category(status)::text AS category, code_action(status)::text AS action, split_part(status::text, ':', 1) AS provider FROM b;
CREATE TABLE joins (n integer, query text, truth text);
INSERT INTO joins VALUES
    (1, 'FROM a JOIN b ON in_category(b.status, a.category)', 'FROM a JOIN told_b b ON b.category = a.category::text'),
    (2, 'FROM a LEFT JOIN b ON in_category(b.status, a.category) AND is_retryable(b.status)', 'FROM a LEFT JOIN told_b b ON b.category = a.category::text AND b.retryable'),
    (3, 'FROM a JOIN b ON has_action(b.status, a.action)', 'FROM a JOIN told_b b ON b.action = a.action::text'),
    (4, 'FROM a JOIN b ON from_provider(b.status, a.provider)', 'FROM a JOIN told_b b ON b.provider = a.provider'),
    (5, 'FROM a JOIN b ON from_provider(b.status, a.status::text)', 'FROM a JOIN told_b b ON b.provider = a.status::text'),
    (6, 'FROM a JOIN b USING (status) WHERE is_retryable(status)', 'FROM a JOIN told_b b USING (status) WHERE retryable'),
    (7, 'FROM a JOIN b ON a.status = b.status AND code_category(a.status) = ''mfa'' AND code_category(b.status) <> ''auth''',
        'FROM a JOIN told_b b ON a.status = b.status AND b.category = ''mfa'' AND b.category <> ''auth'''),
    (8, 'FROM a JOIN b ON code_category(a.status) = code_category(b.status)', 'FROM (SELECT a.id, code_category(status)::text AS category FROM a OFFSET 0) a JOIN told_b b USING (category)'),
    (9, 'FROM a JOIN b ON code_category(b.status) = a.category', 'FROM a JOIN told_b b ON b.category = a.category::text'),
    (10, 'FROM (SELECT * FROM a WHERE is_retryable(status)) AS a JOIN LATERAL (SELECT * FROM b WHERE in_category(b.status, code_category(a.status)) LIMIT 100) AS b ON true',
         'FROM (SELECT a.* FROM a JOIN (SELECT DISTINCT status FROM told_b WHERE retryable) AS r USING (status)) a JOIN told_b b ON b.category = (SELECT min(category) FROM told_b t WHERE t.status = a.status)'),
    (11, 'FROM a FULL JOIN b ON a.id = b.id WHERE is_retryable(b.status)', 'FROM a FULL JOIN told_b b ON a.id = b.id WHERE b.retryable'),
    (12, 'FROM a CROSS JOIN (SELECT id FROM b WHERE in_category(b.status, (SELECT category FROM a WHERE id = 1))) AS b', 'FROM a CROSS JOIN (SELECT id FROM told_b WHERE category = (SELECT category::text FROM a WHERE id = 1)) AS b');
CREATE FUNCTION try_joins(setting text, OUT n integer, OUT how text) RETURNS SETOF record LANGUAGE plpgsql AS $$
DECLARE
    j joins;
BEGIN
    FOR j IN SELECT * FROM joins LOOP
        IF result('SELECT concat(count(*), '' '', sum(a.id * 7919 + b.id)) ' || j.query) <> result('SELECT concat(count(*), '' '', sum(a.id * 7919 + b.id)) ' || j.truth) THEN
            n := j.n;
            how := setting;
            RETURN NEXT;
        END IF;
    END LOOP;
END $$;
-- none is wrong, neither by nested loops over the index nor otherwise
SET enable_hashjoin = off;
SET enable_mergejoin = off;
SET enable_material = off;
SELECT * FROM try_joins('nested loops');
SELECT n, indexes('SELECT a.id, b.id ' || query) LIKE '%status = ANY (codes_in_category(a.category))%' OR indexes('SELECT a.id, b.id ' || query) LIKE '%status = ANY (codes_with_action(a.action))%'
    OR indexes('SELECT a.id, b.id ' || query) LIKE '%status >= a.provider) AND (status < textcat(a.provider, %' AS inner_index
FROM joins WHERE n <= 4;
RESET enable_hashjoin;
RESET enable_mergejoin;
RESET enable_material;
SET enable_seqscan = on;
SELECT * FROM try_joins('as it comes');
SET enable_nestloop = off;
SELECT * FROM try_joins('hashed and merged');
RESET enable_nestloop;
SET enable_seqscan = off;


--
-- Other columns and indexes
--
CREATE TABLE known (id integer, status known_status_code, statuses status_code[]);
INSERT INTO known SELECT id, status, ARRAY[status] FROM source WHERE builtin_is_known_code(status);
CREATE INDEX ON known (status);
CREATE INDEX known_category ON known (builtin_code_category(status)) INCLUDE (id);
CREATE INDEX known_open ON known (id) WHERE NOT builtin_is_terminal(status);
CREATE INDEX known_retryable ON known (id) WHERE builtin_is_retryable(status);
ANALYZE known;
SELECT pass_for_large('known');
SELECT condition, same('known', condition), indexes('SELECT * FROM known WHERE ' || condition)
FROM unnest(ARRAY['is_retryable(status)', 'code_category(status) = ''mfa''', 'from_provider(status, ''syncfy'')', 'status = ''syncfy:410''',
    'builtin_code_category(status) = ''mfa''', '''mfa'' = builtin_code_category(status)', 'builtin_code_category(status) IN (''mfa'', ''auth'')', 'is_retryable(statuses[1])']) condition;
CREATE FUNCTION uses(query text, index text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    explained text;
BEGIN
    EXECUTE 'EXPLAIN (COSTS OFF, FORMAT JSON) ' || query INTO explained;
    RETURN explained LIKE '%"Index Name": "' || index || '"%';
END $$;
SELECT uses('SELECT * FROM known WHERE id = 5 AND NOT builtin_is_terminal(status)', 'known_open') AS open, uses('SELECT * FROM known WHERE id = 5 AND builtin_is_retryable(status)', 'known_retryable') AS retryable,
    uses('SELECT id FROM known WHERE builtin_is_retryable(status) ORDER BY id', 'known_retryable') AS ordered, uses('SELECT * FROM known WHERE id = 5 AND is_retryable(status)', 'known_retryable') AS by_another;
-- an order and a limit
CREATE INDEX known_order ON known (status, id);
SELECT (SELECT array_agg(id) FROM (SELECT id FROM known WHERE is_retryable(status) ORDER BY status DESC, id DESC LIMIT 20) AS x)
    = (SELECT array_agg(id) FROM (SELECT id FROM (SELECT *, is_retryable(status) AS r FROM known OFFSET 0) AS y WHERE r ORDER BY status DESC, id DESC LIMIT 20) AS x) AS same;


--
-- Functions, and plans that are kept
--
CREATE FUNCTION count_static(label status_category) RETURNS bigint LANGUAGE plpgsql STABLE AS $$ BEGIN RETURN (SELECT count(*) FROM b WHERE code_category(status) = label); END $$;
CREATE FUNCTION count_retryable() RETURNS bigint LANGUAGE plpgsql STABLE AS $$ BEGIN RETURN (SELECT count(*) FROM b WHERE is_retryable(status)); END $$;
CREATE FUNCTION count_provider(name text) RETURNS bigint LANGUAGE plpgsql AS $$ BEGIN RETURN (SELECT count(*) FROM b WHERE from_provider(status, name)); END $$;
CREATE FUNCTION rows_sql(label status_category) RETURNS SETOF b LANGUAGE sql STABLE AS 'SELECT * FROM b WHERE in_category(status, label)';
CREATE FUNCTION count_sql(label status_category) RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM b WHERE code_category(status) = label';
CREATE FUNCTION is_mfa(s status_code) RETURNS boolean LANGUAGE sql STABLE AS $$ SELECT code_category(s) = 'mfa' $$;
CREATE FUNCTION if_mfa(s status_code) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN IF code_category(s) = 'mfa' THEN RETURN true; END IF; RETURN code_category(s) <> 'mfa' IS NOT TRUE; END $$;
CREATE PROCEDURE change_and_count(INOUT a bigint, INOUT b bigint) LANGUAGE plpgsql AS $$
BEGIN
    a := (SELECT count(*) FROM planner_tables.b WHERE is_retryable(status));
    UPDATE status_code_overrides SET retryable = false;
    b := (SELECT count(*) FROM planner_tables.b WHERE is_retryable(status));
    ROLLBACK;
END $$;
CREATE VIEW counts AS
SELECT count_static('mfa') AS static, count_retryable() AS retryable, count_provider('syncfy') AS provider, count_sql('mfa') AS in_sql, (SELECT count(*) FROM rows_sql('mfa')) AS inlined,
    (SELECT count(*) FROM b WHERE is_mfa(status)) AS wrapped, count(*) FILTER (WHERE code_category(status)::text = 'mfa') AS truly_mfa, count(*) FILTER (WHERE is_retryable(status)) AS truly_retryable,
    count(*) FILTER (WHERE if_mfa(status) AND status IS NOT NULL AND code_category(status) IS NOT NULL) AS tested
FROM b;
SELECT indexes('SELECT * FROM rows_sql(''mfa'')'), indexes('SELECT * FROM b WHERE is_mfa(status)');
SET plan_cache_mode = force_generic_plan;
SELECT * FROM counts;
UPDATE status_code_overrides SET category = 'auth', retryable = NULL, terminal = false WHERE status IN ('quovo:ERROR', 'http:404');
SELECT * FROM counts;
BEGIN;
DELETE FROM status_code_overrides;
SELECT * FROM counts;
SAVEPOINT s;
INSERT INTO status_code_overrides (status, category, retryable) SELECT DISTINCT status, 'mfa'::status_category, true FROM b WHERE from_provider(status, 'basiq');
SELECT * FROM counts;
ROLLBACK TO s;
SELECT * FROM counts;
ROLLBACK;
SELECT * FROM counts;
CALL change_and_count(NULL, NULL);
SELECT * FROM counts;
-- within one statement nothing changes, in an index scan neither
WITH change AS (UPDATE status_code_overrides SET retryable = true, category = 'mfa' RETURNING status)
SELECT (SELECT count(*) FROM change) > 0 AS changed, (SELECT count(*) FROM b WHERE is_retryable(status)) AS retryable, (SELECT count(*) FROM b WHERE code_category(status) = 'mfa') AS mfa;
SELECT * FROM counts;
RESET plan_cache_mode;

-- Cursors answer as of their opening, also by an index that is searched later.
BEGIN;
DECLARE held CURSOR FOR SELECT count(*) FROM b WHERE is_retryable(status);
DECLARE scrolled SCROLL CURSOR FOR SELECT id FROM b WHERE code_category(status) = 'mfa' ORDER BY id;
DECLARE joined CURSOR FOR SELECT count(*) FROM a JOIN b ON in_category(b.status, a.category);
MOVE 2 IN scrolled;
SELECT count(*) AS retryable, (SELECT count(*) FROM a JOIN told_b t ON t.category = a.category::text) > 0 AS joined FROM b WHERE is_retryable(status);
CREATE TABLE before AS SELECT count(*) AS n FROM a JOIN b ON in_category(b.status, a.category);
DELETE FROM status_code_overrides;
SELECT count(*) AS retryable FROM b WHERE is_retryable(status);
FETCH held;
FETCH ABSOLUTE 1 FROM scrolled;
MOVE ALL IN scrolled;
FETCH RELATIVE 0 FROM scrolled;
FETCH LAST FROM scrolled;
SELECT max(id) AS last_now FROM b WHERE code_category(status) = 'mfa';
SELECT n > 0 AS some FROM before;
FETCH joined \gset joined_
SELECT n = :joined_count AS as_before, n <> (SELECT count(*) FROM a JOIN b ON in_category(b.status, a.category)) AS not_as_now FROM before;
COMMIT;
-- a statement that fails in the middle, and one that runs after it
BEGIN;
INSERT INTO status_code_overrides (status, retryable) VALUES ('quovo:ERROR', true);
SAVEPOINT s;
\set VERBOSITY terse
SELECT 1 / (count(*) - count(*)) FROM b WHERE is_retryable(status);
\set VERBOSITY default
ROLLBACK TO s;
SELECT same('b', 'is_retryable(status)');
COMMIT;

--
-- Planning with many overrides
--
-- How often a statement scans a table or an index, with nothing in memory from before.
CREATE FUNCTION scans(scanned regclass, query text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    before bigint;
BEGIN
    BEGIN
        RAISE SQLSTATE 'ZZ001';
    EXCEPTION WHEN SQLSTATE 'ZZ001' THEN
    END;
    before := pg_stat_get_xact_numscans(scanned);
    EXECUTE query;
    RETURN pg_stat_get_xact_numscans(scanned) - before;
END $$;
-- how often it reads all overrides
CREATE FUNCTION whole_reads(query text) RETURNS bigint LANGUAGE sql AS $$
    SELECT scans('status_code_overrides', query)
$$;
RESET enable_seqscan;
RESET enable_bitmapscan;
TRUNCATE status_code_overrides;
INSERT INTO status_code_overrides (status, retryable, category, action) SELECT status_code('acme', n), n % 2 = 0, 'server', 'retry' FROM generate_series(1, 1000) n;
CREATE TABLE keyed (id integer PRIMARY KEY, other integer NOT NULL, status status_code NOT NULL, name text);
INSERT INTO keyed SELECT n, n, CASE WHEN n % 10 = 0 THEN status_code('acme', n % 1000) ELSE status_code('syncfy', n % 600) END, 'name ' || n FROM generate_series(1, 10000) n;
CREATE INDEX ON keyed (status);
CREATE INDEX ON keyed (other, status);
CREATE TABLE batch (batch integer, job integer);
INSERT INTO batch SELECT n / 5, 10001 - n FROM generate_series(1, 1000) n;
CREATE INDEX ON batch (batch);
CREATE TABLE keyed_by_range (LIKE keyed, PRIMARY KEY (id)) PARTITION BY RANGE (id);
CREATE TABLE keyed_by_range_1 PARTITION OF keyed_by_range FOR VALUES FROM (1) TO (5000);
CREATE TABLE keyed_by_range_2 PARTITION OF keyed_by_range FOR VALUES FROM (5000) TO (20000);
CREATE INDEX ON keyed_by_range (status);
INSERT INTO keyed_by_range SELECT * FROM keyed;
ANALYZE keyed, batch, keyed_by_range;
CREATE TABLE few_rows AS
SELECT row_number() OVER () AS n, replace(start, 'PREDICATE', condition) || condition AS query
FROM unnest(ARRAY['is_retryable(status)', 'is_error(status)', 'is_known_code(status)', 'NOT is_terminal(status)', 'is_retryable(status) IS NOT TRUE', 'code_category(status) = ''mfa''',
        'code_category(status) <> ''server''', 'has_action(status, ''retry'')', 'from_provider(status, ''acme'')', 'status LIKE ''acme:%''', 'is_retryable(status) AND is_error(status)']) AS condition,
    unnest(ARRAY['SELECT code_description(status) FROM keyed WHERE id = 30 AND ', 'SELECT FROM keyed WHERE id IN (10, 20, 31) AND ', 'SELECT FROM keyed WHERE id BETWEEN 10 AND 15 AND ',
        'SELECT FROM keyed WHERE other = 30 AND ', 'UPDATE keyed SET name = ''x'' WHERE id = 30 AND ', 'DELETE FROM keyed WHERE id = 30 AND ', 'SELECT FROM keyed_by_range WHERE id = 30 AND ',
        'SELECT FROM keyed JOIN keyed_by_range USING (id, status) WHERE id = 30 AND ', 'SELECT FROM batch JOIN keyed ON id = job WHERE batch = 6 AND ',
        'SELECT FROM batch LEFT JOIN keyed ON id = job AND PREDICATE WHERE batch = 6 AND ',
        'SELECT FROM batch LEFT JOIN keyed ON job = id AND PREDICATE WHERE batch = 6 AND ', 'SELECT FROM keyed WHERE id IN (SELECT job FROM batch WHERE batch = 6) AND ',
        'SELECT FROM (SELECT * FROM batch OFFSET 0) AS subquery JOIN keyed ON id = job WHERE batch = 6 AND ']) AS start;
-- none, neither to plan them nor to execute them
BEGIN;
SELECT query FROM few_rows WHERE whole_reads('EXPLAIN ' || query) > 0 ORDER BY n;
SELECT query FROM few_rows WHERE whole_reads(query) > 0 ORDER BY n;
-- nor does planning look up any
SELECT query FROM few_rows WHERE scans('status_code_overrides_pkey', 'EXPLAIN ' || query) > 0 ORDER BY n;
ROLLBACK;
-- a parameter, by plans made for its value and by one plan for all
BEGIN;
PREPARE by_key (integer, status_category) AS SELECT code_description(status) FROM keyed WHERE id = $1 AND is_error(status) AND in_category(status, $2);
SET LOCAL plan_cache_mode = force_custom_plan;
SELECT whole_reads('EXECUTE by_key (30, ''server'')');
SET LOCAL plan_cache_mode = force_generic_plan;
SELECT whole_reads('EXECUTE by_key (30, ''server'')');
ROLLBACK;
DEALLOCATE by_key;
-- Searching the index must save more than reading the overrides.
CREATE FUNCTION finds(query text) RETURNS boolean LANGUAGE sql AS $$ SELECT indexes(query) ~ 'status = ANY \((builtin_)?codes_' $$;
SET enable_seqscan = off;
SET enable_bitmapscan = off;
INSERT INTO status_code_overrides (status, retryable) SELECT status_code('acme', n), true FROM generate_series(1001, 4000) n;
SELECT finds('SELECT FROM keyed WHERE in_category(status, ''mfa'')') AS not_large_enough, finds('SELECT FROM keyed WHERE builtin_in_category(status, ''mfa'')') AS without_overrides;
RESET enable_seqscan;
RESET enable_bitmapscan;
UPDATE pg_class SET reltuples = 1e7 WHERE oid = 'keyed'::regclass;
TRUNCATE status_code_overrides;
INSERT INTO status_code_overrides (status, name) SELECT status_code('acme', n), 'name' FROM generate_series(1, 1000) n;
SELECT query, finds(query) FROM unnest(ARRAY['SELECT FROM keyed WHERE is_retryable(status)', 'SELECT FROM keyed WHERE name = ''name 30'' AND is_retryable(status)',
    'SELECT FROM keyed WHERE is_retryable(status) AND from_provider(status, ''syncfy'')', 'SELECT FROM keyed WHERE id > 30 AND is_retryable(status)', 'SELECT FROM keyed WHERE id = 30 AND is_retryable(status)',
    'SELECT FROM batch JOIN keyed ON id = job WHERE is_retryable(status)', 'SELECT FROM batch JOIN keyed ON id = job WHERE batch = 6 AND is_retryable(status)']) AS query;
-- The key can be a text, on either side and in an array, but in the index's collation, and a value that is the same for all rows. What is no such condition finds no rows.
BEGIN;
CREATE INDEX ON keyed (name);
CREATE TABLE arrays AS SELECT ARRAY[job] AS jobs FROM batch;
ANALYZE arrays;
UPDATE pg_class SET reltuples = 1e7 WHERE oid = 'keyed'::regclass;
SELECT condition, finds('SELECT FROM keyed WHERE is_retryable(status) AND ' || condition)
FROM unnest(ARRAY['name = ''name 30''', '''name 30'' = name', 'name = ANY (''{name 30,name 40}'')', 'name = current_setting(''search_path'')',
    'name = ''name 30'' COLLATE "POSIX"', '''name 30'' COLLATE "POSIX" = name', 'name = ANY (''{name 30,name 40}'' COLLATE "POSIX")', 'name <> ALL (''{name 30,name 40}'')',
    '''name 30'' LIKE name', 'id = other', 'id = floor(random() * 5)', '?| lseg(point(id, 0), point(id, 1))']) AS condition;
SELECT tables, finds('SELECT FROM ' || tables || ' WHERE is_retryable(status)')
FROM unnest(ARRAY['(VALUES (30), (31)) AS v (job) JOIN keyed ON id = job', 'keyed JOIN (VALUES (30), (31)) AS v (job) ON id = job', 'generate_series(1, 3) AS job JOIN keyed ON id = job',
    '(SELECT DISTINCT job FROM batch WHERE batch = 6) AS b LEFT JOIN keyed ON job = id AND is_retryable(status)', '(SELECT job FROM batch OFFSET 0) AS b JOIN keyed ON id = job',
    'arrays JOIN keyed ON id = ANY (jobs)', 'batch LEFT JOIN (batch AS more JOIN keyed ON id = more.job) ON batch.batch = more.batch']) AS tables;
ROLLBACK;
-- Behind a policy, an operator that is not LEAKPROOF searches no index, so the join finds no rows without reading the table.
BEGIN;
CREATE UNIQUE INDEX ON keyed ((id::numeric));
UPDATE pg_class SET reltuples = 1e7 WHERE oid = 'keyed'::regclass;
CREATE POLICY named ON keyed USING (name IS NOT NULL);
ALTER TABLE keyed ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON keyed, batch TO planner_clerk;
SELECT finds('SELECT FROM batch JOIN keyed ON id::numeric = job::numeric WHERE batch = 6 AND is_retryable(status)') AS without_policy;
SET LOCAL ROLE planner_clerk;
SELECT finds('SELECT FROM batch JOIN keyed ON id::numeric = job::numeric WHERE batch = 6 AND is_retryable(status)') AS behind_policy;
ROLLBACK;
-- Estimates look up some values. Those of the others that only overrides know are taken for true as often.
TRUNCATE status_code_overrides;
INSERT INTO status_code_overrides (status, retryable) SELECT status_code('acme', n), n % 3 > 0 FROM generate_series(1, 5000) n;
CREATE TABLE estimated AS SELECT CASE WHEN n % 4 > 0 THEN status_code('acme', n % 90) ELSE 'syncfy:200' END AS status FROM generate_series(1, 4500) n;
CREATE TABLE estimated_wide AS SELECT CASE WHEN n % 4 > 0 THEN status_code('acme', n % 1900) ELSE status_code('syncfy', n % 900) END AS status FROM generate_series(1, 4500) n;
ANALYZE estimated, estimated_wide;
CREATE FUNCTION estimated_rows(query text) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE
    explained json;
BEGIN
    EXECUTE 'EXPLAIN (FORMAT JSON) ' || query INTO explained;
    RETURN explained #>> '{0,Plan,Plan Rows}';
END $$;
BEGIN;
SELECT relation, whole_reads('EXPLAIN ' || query) AS whole_reads, estimated_rows(query) / result(replace(query, '*', 'count(*)'))::bigint BETWEEN 0.8 AND 1.25 AS near
FROM unnest('{estimated,estimated_wide}'::text[]) AS relation, format('SELECT * FROM %s WHERE is_retryable(status)', relation) AS query;
ROLLBACK;
-- An estimate looks up at most 100 values, even if more are common; 13 does not count scans within a transaction.
CREATE TABLE estimated_common AS SELECT status_code('acme', n % 300) AS status FROM generate_series(1, 30000) AS n;
ALTER TABLE estimated_common ALTER status SET STATISTICS 1000;
ANALYZE estimated_common;
BEGIN;
SELECT scans('status_code_overrides_pkey', 'EXPLAIN SELECT * FROM estimated_common WHERE is_retryable(status)')
    = CASE WHEN current_setting('server_version_num')::integer < 140000 THEN 0 ELSE 100 END AS a_hundred;
ROLLBACK;

-- Several predicates over one code. Before 17, the server would search for each combination of values from their sets, so only the most selective one is searched for.
TRUNCATE status_code_overrides;
CREATE TABLE several (id integer, status status_code) WITH (autovacuum_enabled = off);
INSERT INTO several SELECT n, CASE WHEN n % 16 = 0 THEN status_code('syncfy', 400 + n / 16 % 120) END FROM generate_series(1, 4800) AS n;
CREATE INDEX ON several (status);
VACUUM ANALYZE several;
UPDATE pg_class SET reltuples = 1e7 WHERE oid = 'several'::regclass;
SET enable_seqscan = off;
SET enable_bitmapscan = off;
SET statement_timeout = '30s'; -- all combinations take minutes
CREATE FUNCTION sets(query text) RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
    explained text;
BEGIN
    EXECUTE 'EXPLAIN (FORMAT JSON) ' || query INTO explained;
    RETURN ARRAY(SELECT m[1] FROM regexp_matches(substring(explained FROM '"Index Cond": "[^"]*'), 'codes_\w+\(\''(\w+)', 'g') AS m ORDER BY 1);
END $$;
SELECT CASE WHEN current_setting('server_version_num')::integer < 170000 THEN '{is_retryable}' ELSE '{is_error,is_known_code,is_retryable,is_terminal}' END
    = sets('SELECT FROM several WHERE is_terminal(status) AND is_known_code(status) AND is_error(status) AND is_retryable(status)')::text AS searched;
SELECT CASE WHEN current_setting('server_version_num')::integer < 170000 THEN '{is_retryable}' ELSE '{is_retryable,is_retryable}' END
    = sets('SELECT FROM several WHERE is_retryable(status) AND builtin_is_retryable(status)')::text AS searched;
-- a range, a predicate over another code, and one that is not worth a search are no competitors
SELECT condition, sets('SELECT FROM several WHERE is_retryable(status) AND ' || condition)
FROM unnest('{"from_provider(status, ''syncfy'')",is_error(code_base(status)),"in_category(status, NULL)",NOT is_terminal(status)}'::text[]) AS condition;
SELECT sum(id) FROM several WHERE is_terminal(status) AND is_known_code(status) AND is_error(status) AND is_retryable(status);
SELECT sum(id) FROM several WHERE is_terminal(status) AND is_known_code(status) AND is_error(status) AND in_category(status, (SELECT 'connection'::status_category));
SELECT sum(t.id) FROM unnest('{connection,user_action}'::status_category[]) AS label JOIN several AS t ON in_category(t.status, label)
WHERE is_terminal(t.status) AND is_error(t.status) AND is_known_code(t.status);
SET enable_seqscan = on;
SET enable_indexscan = off;
SET enable_indexonlyscan = off;
SELECT sum(id) FROM several WHERE is_terminal(status) AND is_known_code(status) AND is_error(status) AND is_retryable(status);
SELECT sum(id) FROM several WHERE is_terminal(status) AND is_known_code(status) AND is_error(status) AND in_category(status, (SELECT 'connection'::status_category));
SELECT sum(t.id) FROM unnest('{connection,user_action}'::status_category[]) AS label JOIN several AS t ON in_category(t.status, label)
WHERE is_terminal(t.status) AND is_error(t.status) AND is_known_code(t.status);
RESET enable_seqscan;
RESET enable_indexscan;
RESET enable_indexonlyscan;
RESET enable_bitmapscan;
RESET statement_timeout;

TRUNCATE status_code_overrides;
SET client_min_messages = warning;
DROP SCHEMA planner_tables CASCADE;
DROP ROLE planner_clerk;
RESET ALL;
