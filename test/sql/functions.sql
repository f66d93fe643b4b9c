--
-- functions.sql: the two families in use
--

-- The functions of one status code that say what it means, and their twins.
CREATE TEMP TABLE function AS
SELECT f.oid::regproc AS current, b.oid::regproc AS builtin, f.prorettype::regtype AS type
FROM pg_proc f JOIN pg_proc b ON b.pronamespace = f.pronamespace AND b.proname = 'builtin_' || f.proname
WHERE f.proargtypes[0] = 'status_code'::regtype AND f.pronargs = 1 AND f.proargtypes = b.proargtypes AND f.prokind = 'f';
SELECT * FROM function ORDER BY current::text COLLATE "C";

-- their declared properties: no rows
SELECT oid::regproc, provolatile, proisstrict, proparallel, proleakproof
FROM pg_proc, function
WHERE oid IN (current, builtin)
    AND (provolatile, proisstrict, proparallel, proleakproof, proretset, prosecdef)
        IS DISTINCT FROM (CASE oid WHEN current THEN 's' ELSE 'i' END::"char", true, 's'::"char", true, false, false);

-- every function of a status code gives NULL for NULL: no rows
CREATE FUNCTION pg_temp.run(statement text, OUT result text, OUT state text)
LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE statement INTO result;
    state := '00000';
EXCEPTION WHEN OTHERS THEN
    state := SQLSTATE;
END $$;
SELECT oid::regprocedure, r.*
FROM pg_proc
    CROSS JOIN LATERAL pg_temp.run(format('SELECT %s(NULL::status_code) IS NULL', oid::regproc)) r
WHERE pronargs = 1 AND proargtypes[0] = 'status_code'::regtype AND prokind = 'f'
    AND (r.result, r.state) IS DISTINCT FROM ('true', '00000');
SELECT count(*) >= 24 + 5 AS enough
FROM pg_proc
WHERE pronargs = 1 AND proargtypes[0] = 'status_code'::regtype AND prokind = 'f';
-- and the parameter of each is named status: no rows
SELECT current, builtin FROM function
WHERE (pg_temp.run(format('SELECT %s(status => ''syncfy:401'') IS NULL AND %s(status => ''syncfy:401'') IS NULL', current, builtin))).state <> '00000';


--
-- The builtin_ family, where the server wants immutable functions
--
CREATE TEMP TABLE job (
    id integer PRIMARY KEY,
    status status_code NOT NULL CHECK (builtin_is_known_code(status)),
    category status_category GENERATED ALWAYS AS (builtin_code_category(status)) STORED,
    title text GENERATED ALWAYS AS (coalesce(builtin_code_title(status), builtin_code_name(status))) STORED,
    wait interval GENERATED ALWAYS AS (builtin_code_retry_after(status)) STORED
);
CREATE INDEX job_action ON job (builtin_code_action(status));
CREATE INDEX job_description ON job (builtin_code_description(status));
CREATE INDEX job_retryable ON job (id) WHERE builtin_is_retryable(status);
CREATE UNIQUE INDEX job_open ON job ((id / 1000)) WHERE NOT builtin_is_terminal(status);
INSERT INTO job (id, status)
SELECT n * 1000, status FROM builtin_status_codes() WITH ORDINALITY AS c (status, n);
INSERT INTO job (id, status) VALUES (1, 'syncfy:501'), (2, 'basiq:invalid-credentials/locked-account'), (3, 'syncfy:100');
\set VERBOSITY terse
-- the CHECK, and the unique index over what goes on
INSERT INTO job (id, status) VALUES (5, 'syncfy:450');
INSERT INTO job (id, status) VALUES (4, 'syncfy:410');
UPDATE job SET status = 'syncfy:410' WHERE id = 1;
UPDATE job SET status = 'syncfy:410' WHERE id = 3;
\set VERBOSITY default
SELECT * FROM job WHERE id < 1000 ORDER BY id;
-- what is stored is what the function gives: no rows
SELECT id FROM job
WHERE (category, title, wait) IS DISTINCT FROM (builtin_code_category(status),
    coalesce(builtin_code_title(status), builtin_code_name(status)), builtin_code_retry_after(status));

-- the indexes are used, and give what the table gives
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
CREATE TEMP TABLE plain AS SELECT id, status FROM job;
INSERT INTO plain SELECT -1000 - n, 'syncfy:200' FROM generate_series(1, 5000) n;
INSERT INTO job (id, status) SELECT id, status FROM plain WHERE id < 0;
ANALYZE job;
SELECT pg_temp.uses($$SELECT id FROM job WHERE builtin_code_action(status) = 'contact_provider'$$, 'job_action') AS action,
    pg_temp.uses($$SELECT id FROM job WHERE builtin_code_description(status) = 'Token has expired'$$, 'job_description') AS description,
    pg_temp.uses($$SELECT id FROM job WHERE builtin_is_retryable(status) ORDER BY id$$, 'job_retryable') AS retryable;
SELECT (SELECT array_agg(id ORDER BY id) FROM job WHERE builtin_code_action(status) = 'contact_provider')
        = (SELECT array_agg(id ORDER BY id) FROM plain WHERE builtin_code_action(status) = 'contact_provider') AS action,
    (SELECT array_agg(status) FROM job WHERE builtin_code_description(status) = 'Token has expired') AS description,
    (SELECT array_agg(id ORDER BY id) FROM job WHERE builtin_is_retryable(status))
        = (SELECT array_agg(id ORDER BY id) FROM plain WHERE builtin_is_retryable(status)) AS retryable;

-- partitions by what a code means
CREATE TEMP TABLE log (status status_code) PARTITION BY LIST (builtin_code_category(status));
CREATE TEMP TABLE log_user PARTITION OF log FOR VALUES IN ('user_action', 'mfa');
CREATE TEMP TABLE log_unknown PARTITION OF log FOR VALUES IN (NULL);
CREATE TEMP TABLE log_other PARTITION OF log DEFAULT PARTITION BY RANGE (builtin_code_description(status));
CREATE TEMP TABLE log_other_a PARTITION OF log_other FOR VALUES FROM (MINVALUE) TO ('J');
CREATE TEMP TABLE log_other_j PARTITION OF log_other FOR VALUES FROM ('J') TO (MAXVALUE);
CREATE TEMP TABLE log_other_none PARTITION OF log_other DEFAULT;
INSERT INTO log SELECT builtin_status_codes() UNION ALL SELECT 'quovo:ERROR';
-- no rows
SELECT status, tableoid::regclass FROM log
WHERE tableoid::regclass::text IS DISTINCT FROM CASE
    WHEN builtin_code_category(status) IS NULL THEN 'log_unknown'
    WHEN builtin_code_category(status) IN ('user_action', 'mfa') THEN 'log_user'
    WHEN builtin_code_description(status) IS NULL THEN 'log_other_none'
    WHEN builtin_code_description(status) < 'J' THEN 'log_other_a'
    ELSE 'log_other_j' END;
SELECT count(*), count(DISTINCT tableoid) AS partitions FROM log;

-- the same for each function: the builtin_ one is accepted, the other refused with 42P17; a CHECK accepts both
CREATE TABLE pg_temp.made (status status_code);
CREATE FUNCTION pg_temp.state_of(statement text) RETURNS text
LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE statement;
    RAISE EXCEPTION SQLSTATE '99999';
EXCEPTION
    WHEN SQLSTATE '99999' THEN RETURN '00000';
    WHEN OTHERS THEN RETURN SQLSTATE;
END $$;
-- no rows
SELECT f.name, f.volatile, use.statement, pg_temp.state_of(format(use.statement, f.name))
FROM (SELECT current AS name, true AS volatile, type FROM function UNION ALL SELECT builtin, false, type FROM function) f
    CROSS JOIN LATERAL (VALUES
        (true, 'CREATE INDEX ON made (%s(status))'),
        (true, 'CREATE INDEX ON made (status) WHERE %s(status) IS NOT NULL'),
        (true, format('ALTER TABLE made ADD g %s GENERATED ALWAYS AS (%%s(status)) STORED', type)),
        (true, 'CREATE TABLE pg_temp.parted (status status_code) PARTITION BY RANGE (%s(status))'),
        (true, 'CREATE TABLE pg_temp.parted (status status_code) PARTITION BY HASH (%s(status))'),
        (false, 'ALTER TABLE made ADD CHECK (%s(status) IS NULL)')) AS use (wants_immutable, statement)
WHERE pg_temp.state_of(format(use.statement, f.name)) <> CASE WHEN f.volatile AND use.wants_immutable THEN '42P17' ELSE '00000' END;
\set VERBOSITY sqlstate
CREATE INDEX ON pg_temp.made (code_category(status));
\set VERBOSITY default
DROP TABLE pg_temp.made;


--
-- Texts and intervals stay valid long after the call
--
CREATE TEMP TABLE many AS
SELECT i, (SELECT array_agg(c) FROM builtin_status_codes() c)[1 + i % c.codes] AS status
FROM generate_series(1, 5000) i, (SELECT count(*) AS codes FROM builtin_status_codes()) AS c;
-- With an override of one code, its texts come from the table, and those of the others from the catalog.
BEGIN;
INSERT INTO status_code_overrides (status, name, title, description, retry_after)
VALUES ('syncfy:500', 'ours', 'our title', repeat('our words ', 100), '1 month 2 days 3 seconds');
CREATE TEMP TABLE meaning AS
SELECT status, code_name(status) AS name, code_title(status) AS title, code_description(status) AS description,
    code_retry_after(status) AS wait, builtin_code_description(status) AS builtin_description
FROM builtin_status_codes() AS c (status);
SELECT name, title, md5(description) = md5(repeat('our words ', 100)) AS description, wait FROM meaning WHERE status = 'syncfy:500';

-- collected, concatenated, sorted, grouped and stored: no rows
SELECT i
FROM (SELECT array_agg(i ORDER BY i) AS number, array_agg(code_name(status) ORDER BY i) AS name, array_agg(code_title(status) ORDER BY i) AS title,
             array_agg(code_description(status) ORDER BY i) AS description, array_agg(code_retry_after(status) ORDER BY i) AS wait
      FROM many) a
    CROSS JOIN LATERAL unnest(a.number, a.name, a.title, a.description, a.wait) AS u (i, name, title, description, wait)
    JOIN many USING (i) JOIN meaning m USING (status)
WHERE (u.name, u.title, u.description, u.wait) IS DISTINCT FROM (m.name, m.title, m.description, m.wait);
SELECT s.status, s.d, m.description
FROM (SELECT status, code_description(status) || '; ' || code_title(status) AS d FROM many) s JOIN meaning m USING (status)
WHERE s.d IS DISTINCT FROM m.description || '; ' || m.title;
CREATE TEMP TABLE stored AS
SELECT i, status, code_description(status) AS description, builtin_code_description(status) AS builtin_description,
    code_retry_after(status) AS wait
FROM many;
SELECT i FROM stored JOIN meaning m USING (status)
WHERE (stored.description, stored.builtin_description, stored.wait)
    IS DISTINCT FROM (m.description, m.builtin_description, m.wait);
SELECT description, count(*) FROM (SELECT code_description(status) AS description, i FROM many) x GROUP BY description
EXCEPT
SELECT description, count(*) FROM many JOIN meaning USING (status) GROUP BY description;
SELECT DISTINCT code_title(status) FROM many
EXCEPT
SELECT title FROM meaning;

-- min, max and others that keep one of their arguments
SELECT min(code_description(status)) = (SELECT min(description) FROM meaning) AS min,
    max(code_description(status)) = (SELECT max(description) FROM meaning) AS max,
    max(code_name(status)) = (SELECT max(name) FROM meaning) AS max_name,
    min(builtin_code_title(status)) = (SELECT min(builtin_code_title(status)) FROM meaning) AS builtin,
    sum(code_retry_after(status)) = (SELECT sum(wait) FROM many JOIN meaning USING (status)) AS sum,
    max(code_retry_after(status)) AS max_wait,
    count(DISTINCT code_description(status)) = (SELECT count(DISTINCT description) FROM meaning) AS descriptions
FROM many;
SELECT string_agg(code_name(status), ',' ORDER BY i) = (SELECT string_agg(name, ',' ORDER BY i) FROM many JOIN meaning USING (status)) AS joined
FROM many;
SELECT first_value(code_description(status)) OVER w = m.description AS first, lag(code_name(status)) OVER w = m.name AS lag
FROM many JOIN meaning m USING (status)
WHERE status = 'syncfy:500'
WINDOW w AS (PARTITION BY status ORDER BY i)
ORDER BY i DESC LIMIT 1;
SELECT greatest(code_name('syncfy:401'), code_name('syncfy:405')) AS greatest,
    coalesce(code_title('syncfy:401'), code_name('syncfy:401')) AS coalesce,
    nullif(code_name('syncfy:201'), code_name('syncfy:205')) IS NULL AS "nullif",
    CASE WHEN is_retryable('syncfy:501') THEN code_name('syncfy:501') END AS "case";

-- functions that take a text apart, and casts
SELECT upper(code_name('syncfy:401')) AS upper, length(code_description('syncfy:501')) AS length,
    octet_length(builtin_code_description('syncfy:501')) AS bytes, substr(code_description('syncfy:501'), 1, 15) AS substr,
    code_name('syncfy:401')::varchar(5) AS varchar, code_name('syncfy:401')::name AS name, code_name('syncfy:401')::char(3) AS char,
    reverse(code_name('syncfy:405')) AS reverse, to_json(code_name('syncfy:405')) AS json,
    code_name('syncfy:405') LIKE 'L%' AS "like", overlay(code_name('syncfy:405') PLACING 'l' FROM 1 FOR 1) AS overlay,
    code_name('syncfy:405')::bytea AS bytea;

-- in PL/pgSQL variables, that outlive the override they came from; in a cursor and a loop
DO $$
DECLARE
    name text := code_name('syncfy:500');
    builtin text := builtin_code_name('syncfy:500');
    title text;
    all_names text[];
    waits interval[];
    code status_code;
    c CURSOR FOR SELECT code_name(status) AS name, status FROM many ORDER BY i;
    n integer := 0;
BEGIN
    title := code_title('syncfy:500');
    FOR code IN SELECT status FROM many ORDER BY i LOOP
        all_names := all_names || code_name(code);
        waits := waits || code_retry_after(code);
    END LOOP;
    FOR r IN c LOOP
        n := n + 1;
        IF r.name IS DISTINCT FROM all_names[n] OR r.name IS DISTINCT FROM (SELECT m.name FROM meaning m WHERE m.status = r.status) THEN
            RAISE EXCEPTION '% % % %', n, r.status, r.name, all_names[n];
        END IF;
    END LOOP;
    DELETE FROM status_code_overrides;
    IF name IS DISTINCT FROM 'ours' OR title IS DISTINCT FROM 'our title' OR builtin IS DISTINCT FROM 'Error'
        OR code_name('syncfy:500') IS DISTINCT FROM 'Error' OR NOT 'ours' = ANY (all_names)
        OR NOT '1 month 2 days 3 seconds' = ANY (waits) OR n <> 5000
    THEN
        RAISE EXCEPTION '% % % %', name, title, builtin, n;
    END IF;
END $$;
ROLLBACK;
SELECT code_name('syncfy:500');

-- everything that is known of some codes
SELECT code_name(s) AS name, code_title(s) AS title, code_category(s) AS category, code_action(s) AS action, is_retryable(s) AS retryable,
    code_retry_after(s) AS retry_after, is_terminal(s) AS terminal, is_success(s) AS success, is_error(s) AS error,
    is_known_code(s) AS known, is_deprecated_code(s) AS deprecated
FROM unnest('{syncfy:501,basiq:invalid-credentials/locked-account,foundry:401,syncfy:205,quovo:ERROR}'::status_code[]) s;

-- the version is that of the extension
SELECT provider_codes_version() = extversion AS version FROM pg_extension WHERE extname = 'provider_codes';

-- now, and not some time after the session has ended: later tests may drop the extension
DISCARD TEMP;
