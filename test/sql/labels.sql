--
-- labels.sql: the types status_category and status_action
--

-- The labels in the order in which they are listed and sort.
CREATE TEMP TABLE label (type text, n integer, t text);
INSERT INTO label
SELECT 'status_category', n, t
FROM unnest('{progress,success,user_action,mfa,connection,server,rate_limit,auth,request}'::text[]) WITH ORDINALITY AS u (t, n);
INSERT INTO label
SELECT 'status_action', n, t
FROM unnest('{none,wait,retry,ask_user,renew_token,fix_request,contact_provider,stop}'::text[]) WITH ORDINALITY AS u (t, n);

-- both are one byte, passed by value, and come with an array type
SELECT typname, typlen, typbyval, typalign, typstorage, typarray::regtype AS array
FROM pg_type
WHERE oid IN ('status_category'::regtype, 'status_action'::regtype)
ORDER BY typname;

-- in and out: no rows
CREATE TEMP TABLE category AS SELECT n, t, t::status_category AS v FROM label WHERE type = 'status_category';
CREATE TEMP TABLE action AS SELECT n, t, t::status_action AS v FROM label WHERE type = 'status_action';
SELECT t, v FROM category WHERE v::text <> t OR t::varchar::status_category <> v OR format('%s', v) <> t OR to_jsonb(v) <> to_jsonb(t);
SELECT t, v FROM action WHERE v::text <> t OR t::varchar::status_action <> v OR format('%s', v) <> t OR to_jsonb(v) <> to_jsonb(t);
SELECT status_category 'mfa' AS category, 'contact_provider'::status_action AS action;
COPY (SELECT c.v, a.v FROM category c FULL JOIN action a USING (n) ORDER BY n) TO stdout;

-- every operator uses the order of the list: no rows
SELECT a.t, b.t FROM category a, category b
WHERE (a.v < b.v, a.v <= b.v, a.v = b.v, a.v <> b.v, a.v >= b.v, a.v > b.v)
        IS DISTINCT FROM (a.n < b.n, a.n <= b.n, a.n = b.n, a.n <> b.n, a.n >= b.n, a.n > b.n)
    OR sign(status_category_cmp(a.v, b.v)) <> sign(a.n - b.n)
    OR (status_category_hash(a.v) = status_category_hash(b.v)) <> (a.n = b.n)
    OR (status_category_hash(a.v, 42) = status_category_hash(b.v, 42)) <> (a.n = b.n);
SELECT a.t, b.t FROM action a, action b
WHERE (a.v < b.v, a.v <= b.v, a.v = b.v, a.v <> b.v, a.v >= b.v, a.v > b.v)
        IS DISTINCT FROM (a.n < b.n, a.n <= b.n, a.n = b.n, a.n <> b.n, a.n >= b.n, a.n > b.n)
    OR sign(status_action_cmp(a.v, b.v)) <> sign(a.n - b.n)
    OR (status_action_hash(a.v) = status_action_hash(b.v)) <> (a.n = b.n)
    OR (status_action_hash(a.v, 42) = status_action_hash(b.v, 42)) <> (a.n = b.n);
SELECT string_agg(t, ' ' ORDER BY v) AS categories, string_agg(t, ' ' ORDER BY v DESC) AS backwards FROM category;
SELECT string_agg(t, ' ' ORDER BY v) AS actions, string_agg(t, ' ' ORDER BY v DESC) AS backwards FROM action;

-- the two types do not compare with each other
CREATE FUNCTION pg_temp.sqlstate_of(statement text) RETURNS text
LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE statement;
    RETURN '00000';
EXCEPTION WHEN OTHERS THEN
    RETURN SQLSTATE;
END $$;
-- what a boolean expression says, and whether a condition finds an index for a parameter of a type, and the rows it finds
CREATE FUNCTION pg_temp.answer_of(expression text) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
    result boolean;
BEGIN
    EXECUTE 'SELECT ' || expression INTO result;
    RETURN result;
EXCEPTION WHEN OTHERS THEN
    RETURN NULL;
END $$;
CREATE FUNCTION pg_temp.prepare_condition(condition text, type text) RETURNS text
LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM pg_prepared_statements WHERE name = 'condition') THEN
        DEALLOCATE condition;
    END IF;
    EXECUTE format('PREPARE condition (%s) AS SELECT id FROM work WHERE %s', CASE WHEN condition ~ '\$2' THEN type || '[]' ELSE type END,
        replace(condition, '$2', '$1'));
    RETURN format('EXECUTE condition (%L)', CASE WHEN condition ~ '\$2' THEN '{' ELSE '' END
        || CASE WHEN condition ~ 'action' THEN 'wait' ELSE 'mfa' END || CASE WHEN condition ~ '\$2' THEN '}' ELSE '' END);
END $$;
CREATE FUNCTION pg_temp.indexed(condition text, type text) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
    call text := pg_temp.prepare_condition(condition, type);
    line text;
BEGIN
    FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || call LOOP
        IF line ~ 'Index Cond' THEN
            RETURN regexp_replace(line, '.*Index Cond: ', '');
        END IF;
    END LOOP;
    RETURN NULL;
END $$;
CREATE FUNCTION pg_temp.rows_of(condition text, type text) RETURNS bigint[]
LANGUAGE plpgsql AS $$
DECLARE
    call text := pg_temp.prepare_condition(condition, type);
    result bigint[];
    id bigint;
BEGIN
    FOR id IN EXECUTE call LOOP
        result := result || id;
    END LOOP;
    RETURN (SELECT array_agg(i ORDER BY i) FROM unnest(result) AS i);
END $$;
SELECT statement, pg_temp.sqlstate_of(statement)
FROM (VALUES
    ($$SELECT status_category 'mfa' = status_action 'wait'$$),
    ($$SELECT upper(status_category 'mfa')$$),
    ($$SELECT (status_category 'mfa')::status_action$$),
    ($$SELECT (status_category 'mfa')::integer$$),
    ($$SELECT 1::status_category$$)) AS v (statement);

-- what is no label is 22P02, by every way in: no rows
SELECT t, statement, pg_temp.sqlstate_of(statement)
FROM unnest(ARRAY['', ' ', 'mf', 'mfaa', 'Mfa', 'MFA', ' mfa', 'mfa ', 'user-action', 'user action', 'useraction', '4', '0', 'null', 'NULL',
        'none,wait', repeat('mfa', 1000), E'mfa\n', 'waits', 'wai', 'WAIT', 'ask-user', 'progress wait']) t
    CROSS JOIN LATERAL unnest(ARRAY[
        format('SELECT status_category %L', t), format('SELECT status_action %L', t),
        format('SELECT %L::text::status_category', t), format('SELECT %L::varchar::status_action', t),
        format('SELECT %L::status_category[]', ARRAY[t]::text), format('SELECT %L::status_action[]', ARRAY[t]::text),
        format('SELECT status_category_in(%L)', t), format('SELECT status_action_in(%L)', t)]) statement
WHERE pg_temp.sqlstate_of(statement) <> '22P02';
-- and a label of one type is not a label of the other: no rows
SELECT type, t FROM label
WHERE pg_temp.sqlstate_of(format('SELECT %L::%s', t, CASE type WHEN 'status_action' THEN 'status_category' ELSE 'status_action' END))
    <> '22P02';
SELECT status_category 'multifactor';
SELECT 'ask'::text::status_action;
-- of a long text, the message shows the beginning
SELECT repeat('x', 161)::status_action;

-- texts are assigned
CREATE TEMP TABLE job (id integer, category status_category DEFAULT 'progress', action status_action);
INSERT INTO job VALUES (1, 'mfa'::text, 'wait'::text), (2, 'mfa'::varchar(10), 'wait'::varchar(10)), (3, lower('MFA'), 'w' || 'ait'),
    (4, NULL, NULL), (5, DEFAULT, NULL);
UPDATE job SET action = CASE WHEN id = 5 THEN 'wait' END::text WHERE id > 3;
SELECT * FROM job ORDER BY id;
CREATE TEMP TABLE plain (category text, action varchar);
INSERT INTO plain SELECT category, action FROM job WHERE id = 1;
SELECT * FROM plain;

-- A text or varchar, as which drivers send strings, is converted to a label where one is compared or searched for. One
-- that is not a label is an error at execution.
SELECT p, pg_temp.sqlstate_of(format('SELECT %s', replace(e, '$1', p))) AS state, pg_temp.answer_of(replace(e, '$1', p)) AS answer, e
FROM unnest(ARRAY['''mfa''::text', '''mfa''::varchar', '''mfa''::varchar(10)', '''Mfa''::text', 'NULL::text', '''mfa''::char(10)']) WITH ORDINALITY AS p (p, n),
    unnest(ARRAY['status_category ''mfa'' = $1', '$1 = status_category ''mfa''', 'status_category ''auth'' > $1', 'status_category ''auth'' <> $1',
        'status_category ''auth'' IN ($1, ''auth'')', 'status_category ''auth'' = ANY (ARRAY[$1])', 'in_category(''syncfy:410'', $1)',
        'builtin_in_category(''syncfy:410'', $1)', 'codes_in_category($1) IS NULL', 'status_category ''mfa'' IS DISTINCT FROM $1',
        'status_category ''mfa'' BETWEEN $1 AND $1', 'NULLIF(status_category ''mfa'', $1) IS NULL', 'CASE status_category ''mfa'' WHEN $1 THEN true ELSE false END',
        '(status_category ''mfa'', 1) = ($1, 1)', 'status_category ''mfa'' IN (SELECT $1)', 'status_category ''auth'' NOT IN (VALUES ($1))']) WITH ORDINALITY AS e (e, m)
ORDER BY n, m;
-- With an index on the column, and on the status of jobs, in a generic plan, for a parameter of each type.
CREATE TEMP TABLE work (id integer, status status_code, category status_category, action status_action);
INSERT INTO work SELECT row_number() OVER (), s, builtin_code_category(s), builtin_code_action(s) FROM builtin_status_codes() AS s, generate_series(1, 20);
INSERT INTO work SELECT id + 100000, 'acme:1', 'progress', 'none' FROM work, generate_series(1, 5);
CREATE INDEX work_status ON work (status);
CREATE INDEX work_category ON work (category);
CREATE INDEX work_action ON work (action);
CREATE INDEX work_builtin ON work (builtin_code_action(status));
ANALYZE work;
SET enable_seqscan = off;
SET plan_cache_mode = force_generic_plan;
SELECT c, t, pg_temp.indexed(c, t) AS index
FROM unnest(ARRAY['category = $1', '$1 = category', 'category = ANY ($2)', 'category > $1', 'action = $1', 'action = ANY ($2)',
        'code_category(status) = $1', '$1 = code_category(status)', 'in_category(status, $1)', 'code_action(status) = $1', 'has_action(status, $1)',
        'builtin_in_category(status, $1)', 'builtin_has_action(status, $1)', 'builtin_code_action(status) = $1', 'builtin_code_action(status) = ANY ($2)']) WITH ORDINALITY AS c (c, n),
    unnest('{text,varchar}'::text[]) AS t
ORDER BY n, t COLLATE "C";
RESET enable_seqscan;
-- and with the rows of the label itself: no rows here
SELECT c, t FROM unnest(ARRAY['category = $1', 'category = ANY ($2)', 'code_category(status) = $1', 'in_category(status, $1)', 'code_category(status) <> $1',
        'code_category(status) = ANY ($2)']) AS c, unnest('{text,varchar}'::text[]) AS t
WHERE pg_temp.rows_of(c, t) IS DISTINCT FROM pg_temp.rows_of(c, 'status_category') OR pg_temp.rows_of(c, t) IS NULL;
RESET plan_cache_mode;
-- What has no type is a label, so that one that is wrong is found when the query is parsed.
PREPARE untyped AS SELECT in_category('syncfy:410', $1), builtin_has_action('syncfy:410', $2), codes_with_action($3), code_category('syncfy:410') = $4, $5 < code_action('syncfy:410'),
    code_category('syncfy:410') IN ($6, 'auth'), code_action('syncfy:410') = ANY ($7);
SELECT parameter_types FROM pg_prepared_statements WHERE name = 'untyped';
DEALLOCATE untyped;
SELECT in_category('syncfy:410', 'multifactor') OR 'x' = status_category 'mfa';
SELECT 'multifactor' = code_category('syncfy:410') OR in_category('syncfy:410', 'x');
-- Nothing else returns or takes the type of such parameters: no rows.
SELECT proname, pg_get_function_arguments(p.oid) FROM pg_proc AS p
WHERE prorettype IN ('status_category_parameter'::regtype, 'status_action_parameter'::regtype) AND proname !~ '_parameter_(in|recv)$'
    OR pg_get_function_arguments(p.oid) ~ '_parameter' AND proname !~ '^status_(category|action)_|^(builtin_)?(in_category|has_action|codes_in_category|codes_with_action)$';
-- A category and an action do not compare through it.
SELECT statement, pg_temp.sqlstate_of(statement)
FROM (VALUES ('SELECT status_category_parameter ''mfa'' = status_action_parameter ''wait'''), ('SELECT status_category ''mfa'' = status_action_parameter ''wait'''),
    ('SELECT (status_category ''mfa'')::status_category_parameter'), ('SELECT in_category(''syncfy:410'', status_action_parameter ''wait'')')) AS v (statement);
-- In every comparison, in both directions, the parameter counts as the label: no rows.
SELECT a.t, b.t FROM category AS a, category AS b
WHERE (a.v < b.t, a.v <= b.t, a.v = b.t, a.v <> b.t, a.v >= b.t, a.v > b.t) IS DISTINCT FROM (a.v < b.v, a.v <= b.v, a.v = b.v, a.v <> b.v, a.v >= b.v, a.v > b.v)
    OR (a.t < b.v, a.t <= b.v, a.t = b.v, a.t <> b.v, a.t >= b.v, a.t > b.v) IS DISTINCT FROM (a.v < b.v, a.v <= b.v, a.v = b.v, a.v <> b.v, a.v >= b.v, a.v > b.v)
    OR (SELECT (x < y, x <= y, x = y, x <> y, x >= y, x > y) FROM (SELECT a.t::status_category_parameter, b.t::status_category_parameter) AS p (x, y))
        IS DISTINCT FROM (a.v < b.v, a.v <= b.v, a.v = b.v, a.v <> b.v, a.v >= b.v, a.v > b.v)
    OR status_category_cmp(a.v, b.t) <> status_category_cmp(a.v, b.v) OR status_category_cmp(a.t, b.v) <> status_category_cmp(a.v, b.v) OR status_category_cmp(a.t, b.t) <> status_category_cmp(a.v, b.v)
    OR status_category_hash(a.t) <> status_category_hash(a.v) OR status_category_hash(a.t, 42) <> status_category_hash(a.v, 42)
    OR a.t::status_category_parameter::text <> a.t;
SELECT a.t, b.t FROM action AS a, action AS b
WHERE (a.v < b.t, a.v <= b.t, a.v = b.t, a.v <> b.t, a.v >= b.t, a.v > b.t) IS DISTINCT FROM (a.v < b.v, a.v <= b.v, a.v = b.v, a.v <> b.v, a.v >= b.v, a.v > b.v)
    OR (a.t < b.v, a.t <= b.v, a.t = b.v, a.t <> b.v, a.t >= b.v, a.t > b.v) IS DISTINCT FROM (a.v < b.v, a.v <= b.v, a.v = b.v, a.v <> b.v, a.v >= b.v, a.v > b.v)
    OR (SELECT (x < y, x <= y, x = y, x <> y, x >= y, x > y) FROM (SELECT a.t::status_action_parameter, b.t::status_action_parameter) AS p (x, y))
        IS DISTINCT FROM (a.v < b.v, a.v <= b.v, a.v = b.v, a.v <> b.v, a.v >= b.v, a.v > b.v)
    OR status_action_cmp(a.v, b.t) <> status_action_cmp(a.v, b.v) OR status_action_cmp(a.t, b.v) <> status_action_cmp(a.v, b.v) OR status_action_cmp(a.t, b.t) <> status_action_cmp(a.v, b.v)
    OR status_action_hash(a.t) <> status_action_hash(a.v) OR status_action_hash(a.t, 42) <> status_action_hash(a.v, 42)
    OR a.t::status_action_parameter::text <> a.t;
-- The casts change nothing else: where text and label must have one type, it is not resolved to a label; and functions and
-- operators of texts are found as before.
CREATE TEMP TABLE words (t text, v varchar, c status_category, a status_action);
INSERT INTO words VALUES ('mfa', 'mfa', 'mfa', 'wait'), ('wait', 'wait', 'auth', 'wait');
SELECT statement, pg_temp.sqlstate_of(statement) AS state
FROM unnest(ARRAY[
    'SELECT c || ''x'' FROM words', 'SELECT ''x'' || c FROM words', 'SELECT c || t FROM words', 'SELECT concat(c, a) FROM words',
    'SELECT c FROM words UNION SELECT t FROM words', 'SELECT COALESCE(c, t) FROM words', 'SELECT COALESCE(c, ''mfa'') FROM words', 'SELECT CASE WHEN true THEN c ELSE t END FROM words',
    'SELECT GREATEST(c, t) FROM words', 'SELECT ARRAY[c, t] FROM words', 'SELECT c = a FROM words', 'SELECT c::status_action FROM words', 'SELECT c LIKE ''m%'' FROM words', 'SELECT upper(c) FROM words',
    'SELECT t = ''no label'' FROM words', 'SELECT v = ''no label'' FROM words', 'SELECT t = v FROM words', 'SELECT v IN (''no label'', ''x'') FROM words', 'SELECT v = ANY (ARRAY[v, t]) FROM words',
    'SELECT v > t, v < ''x'', t >= v FROM words', 'SELECT v || ''x'', t || v FROM words', 'SELECT upper(v), length(t), v LIKE ''m%'' FROM words', 'SELECT t = c FROM words WHERE t = ''mfa''', 'SELECT c = t FROM words',
    'SELECT * FROM words AS x JOIN words AS y ON x.c = y.t', 'SELECT array_position(ARRAY[c], t) FROM words', 'SELECT ARRAY[c] @> ARRAY[t] FROM words', 'SELECT max(t), max(v) FROM words',
    'SELECT status_code(t) FROM words WHERE false', 'SELECT code_category(t) FROM words WHERE false', 'SELECT is_known_code(v) FROM words WHERE false', 'SELECT c = 1 FROM words']) AS statement;

-- many rows: grouping, sorting and joining, each in more than one way
INSERT INTO job SELECT 100 + i, c.v, a.v
FROM generate_series(1, 1800) i
    LEFT JOIN category c ON c.n = i % 10
    LEFT JOIN action a ON a.n = i % 9;
SET enable_sort = off;
SELECT category, count(*) FROM job GROUP BY category ORDER BY category NULLS FIRST;
SET enable_sort = on;
SET enable_hashagg = off;
SELECT action, count(*), count(DISTINCT category) AS categories FROM job GROUP BY action ORDER BY action DESC;
RESET enable_hashagg;
SET enable_nestloop = off;
SET enable_mergejoin = off;
SELECT count(*) AS hash FROM job JOIN action ON job.action = action.v;
SET enable_mergejoin = on;
SET enable_hashjoin = off;
SELECT count(*) AS merge FROM job JOIN action ON job.action = action.v;
RESET enable_nestloop;
RESET enable_mergejoin;
RESET enable_hashjoin;
-- The same where one side is a text: each method is possible, and finds the same.
CREATE FUNCTION pg_temp.join_methods(query text, OUT node text, OUT used boolean, OUT rows bigint) RETURNS SETOF record
LANGUAGE plpgsql AS $$
DECLARE
    setting text;
    line text;
BEGIN
    FOR setting, node IN VALUES ('hashjoin', 'Hash '), ('mergejoin', 'Merge '), ('nestloop', 'Nested Loop') LOOP
        PERFORM set_config('enable_' || s, CASE WHEN s = setting THEN 'on' ELSE 'off' END, false) FROM unnest('{hashjoin,mergejoin,nestloop}'::text[]) AS s;
        used := false;
        FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || query LOOP
            used := used OR line LIKE '%' || node || '%';
        END LOOP;
        EXECUTE query INTO rows;
        RETURN NEXT;
    END LOOP;
    PERFORM set_config('enable_' || s, 'on', false) FROM unnest('{hashjoin,mergejoin,nestloop}'::text[]) AS s;
END $$;
SELECT query, m.*
FROM unnest(ARRAY['SELECT count(*) FROM job JOIN action ON job.action = action.t', 'SELECT count(*) FROM job JOIN category ON category.t::varchar = job.category',
        'SELECT count(*) FROM job LEFT JOIN category ON category.t = job.category AND category.n > 3', 'SELECT count(*) FROM job WHERE job.action IN (SELECT t FROM action WHERE n > 3)',
        'SELECT count(*) FROM job WHERE EXISTS (SELECT FROM action WHERE t = job.action AND n > 3)', 'SELECT count(*) FROM category WHERE t IN (SELECT category FROM job WHERE action = ''wait'')',
        'SELECT count(*) FROM job JOIN category AS c ON job.category = c.t JOIN category AS d ON job.category = d.t::varchar',
        'SELECT count(*) FROM job JOIN category AS c ON job.category = c.t WHERE job.category = ''mfa''::text']) WITH ORDINALITY AS q (query, n)
    CROSS JOIN LATERAL pg_temp.join_methods(query) AS m
ORDER BY n, m.node;
SELECT count(*) AS full_join FROM job FULL JOIN category ON job.category = category.t AND category.t IS NOT NULL;
SELECT count(*) AS not_in FROM job WHERE category NOT IN (SELECT t FROM category WHERE n < 4);
SELECT DISTINCT category FROM job WHERE category > 'server' ORDER BY category;
SELECT count(*) FROM job WHERE action IN ('wait', 'stop');

-- indexes: the same with and without
CREATE FUNCTION pg_temp.uses(query text, node text) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
    line text;
BEGIN
    FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || query LOOP
        IF line LIKE '%' || node || '%' THEN
            RETURN true;
        END IF;
    END LOOP;
    RETURN false;
END $$;
CREATE INDEX job_category ON job (category);
CREATE INDEX job_action ON job USING hash (action);
ANALYZE job;
SET enable_seqscan = off;
SELECT pg_temp.uses($$SELECT count(*) FROM job WHERE category = 'mfa'$$, 'job_category') AS btree,
    pg_temp.uses($$SELECT count(*) FROM job WHERE category BETWEEN 'mfa' AND 'server'$$, 'job_category') AS range,
    pg_temp.uses($$SELECT count(*) FROM job WHERE action = 'stop'$$, 'job_action') AS hash;
SELECT count(*) FILTER (WHERE category = 'mfa') AS mfa, count(*) FILTER (WHERE category BETWEEN 'mfa' AND 'server') AS range,
    count(*) FILTER (WHERE action = 'stop') AS stop
FROM job;
SELECT (SELECT count(*) FROM job WHERE category = 'mfa') AS mfa,
    (SELECT count(*) FROM job WHERE category BETWEEN 'mfa' AND 'server') AS range,
    (SELECT count(*) FROM job WHERE action = 'stop') AS stop;
-- The order of an index serves, and row-level security does not keep a parameter from it.
CREATE TABLE secured (id integer, category status_category);
INSERT INTO secured SELECT id, category FROM job;
CREATE INDEX secured_index ON secured (category, id);
ALTER TABLE secured ENABLE ROW LEVEL SECURITY;
CREATE POLICY odd ON secured USING (id % 2 = 1);
ANALYZE secured;
CREATE ROLE label_reader;
GRANT SELECT ON secured TO label_reader;
SET ROLE label_reader;
SET enable_bitmapscan = off;
SET plan_cache_mode = force_generic_plan;
PREPARE one (text) AS SELECT id FROM secured WHERE category = $1 ORDER BY id LIMIT 2;
PREPARE above (varchar) AS SELECT id FROM secured WHERE category > $1 ORDER BY category, id LIMIT 2;
EXPLAIN (COSTS OFF) EXECUTE one ('mfa');
EXPLAIN (COSTS OFF) EXECUTE above ('server');
EXPLAIN (COSTS OFF) SELECT count(*) FROM secured WHERE category = ANY ('{mfa}'::varchar[]);
EXECUTE one ('mfa');
EXECUTE above ('server');
SELECT count(*) FROM secured WHERE category = ANY ('{mfa}'::varchar[]);
SELECT count(*) FROM secured WHERE category = ANY ('{mfa,MFA}'::varchar[]);
RESET plan_cache_mode;
RESET enable_bitmapscan;
RESET ROLE;
DEALLOCATE ALL;
DROP TABLE secured;
DROP ROLE label_reader;
RESET enable_seqscan;

-- partitions, by list, range and hash: each row is found where it was put
CREATE TEMP TABLE p (category status_category, action status_action) PARTITION BY LIST (category);
CREATE TEMP TABLE p1 PARTITION OF p FOR VALUES IN ('progress', 'success') PARTITION BY RANGE (action);
CREATE TEMP TABLE p1a PARTITION OF p1 FOR VALUES FROM ('none') TO ('retry');
CREATE TEMP TABLE p1b PARTITION OF p1 DEFAULT;
CREATE TEMP TABLE p2 PARTITION OF p DEFAULT PARTITION BY HASH (action);
CREATE TEMP TABLE p2a PARTITION OF p2 FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TEMP TABLE p2b PARTITION OF p2 FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO p SELECT category, action FROM job;
SELECT (SELECT count(*) FROM p) = (SELECT count(*) FROM job) AS complete,
    (SELECT count(*) FROM p2a) > 0 AND (SELECT count(*) FROM p2b) > 0 AS spread;
SELECT category, action FROM p1a WHERE category NOT IN ('progress', 'success') OR action >= 'retry';
SELECT (SELECT count(*) FROM p WHERE action = v) - (SELECT count(*) FROM job WHERE action = v) AS difference, v
FROM action WHERE (SELECT count(*) FROM p WHERE action = v) <> (SELECT count(*) FROM job WHERE action = v);

-- and is looked for in no other, for a text as for a label
CREATE FUNCTION pg_temp.partitions(condition text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    line text;
    result text := '';
BEGIN
    FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) SELECT * FROM p WHERE ' || condition LOOP
        result := result || COALESCE(substring(line FROM ' on (p\w+)') || ' ', '');
    END LOOP;
    RETURN result;
END $$;
SELECT condition, type, pg_temp.partitions(format(condition, type)) AS read
FROM unnest(ARRAY['category = ''success''::%s', '''mfa''::%s = category AND action = ''stop''', 'category < ''user_action'' AND action < ''retry''::%s', 'category = ANY (''{mfa,auth}''::%s[]) AND action = ''stop''::%1$s']) AS condition,
    unnest('{text,varchar,status_category,status_action}'::text[]) WITH ORDINALITY AS t (type, n)
WHERE pg_temp.sqlstate_of(format('SELECT FROM p WHERE ' || condition, type)) = '00000'
ORDER BY condition COLLATE "C", n;

-- arrays, rows and domains
SELECT '{mfa,NULL,auth}'::status_category[] AS categories, ARRAY['wait', 'stop']::status_action[] AS actions,
    array_agg(v ORDER BY v DESC) AS all_actions, status_action 'stop' = ANY ('{wait,stop}') AS any,
    array_position('{mfa,auth}'::status_category[], 'auth') AS position
FROM action;
SELECT ROW(status_category 'mfa', status_action 'stop') AS row,
    ROW(status_category 'mfa', 1) < ROW(status_category 'auth', 0) AS less,
    GREATEST(status_category 'mfa', 'auth', 'progress') AS greatest;
SELECT v FROM unnest('{auth,mfa,progress}'::status_category[]) v ORDER BY v;
SELECT (array_agg(v))::text::status_category[] = array_agg(v) AS same FROM category;
CREATE DOMAIN pg_temp.user_category AS status_category CHECK (VALUE IN ('user_action', 'mfa'));
SELECT 'mfa'::pg_temp.user_category;
SELECT 'auth'::pg_temp.user_category;
SELECT 'mfa'::pg_temp.user_category = 'mfa' AS literal, 'mfa'::pg_temp.user_category = 'mfa'::text AS text, 'mfa'::varchar = 'mfa'::pg_temp.user_category AS varchar,
    'mfa'::pg_temp.user_category IN ('auth'::text, 'mfa') AS list, 'mfa'::pg_temp.user_category = ANY ('{mfa}'::text[]) AS any, in_category('syncfy:410', 'mfa'::pg_temp.user_category) AS function;
CREATE TYPE pg_temp.advice AS (category status_category, action status_action);
SELECT '(mfa,ask_user)'::pg_temp.advice AS advice, ('(mfa,ask_user)'::pg_temp.advice).action;
SELECT status_category_in(NULL) IS NULL AND NULL::status_action IS NULL AND NULL::text::status_action IS NULL AS strict;

-- now, and not some time after the session has ended: later tests may drop the extension
DISCARD TEMP;
