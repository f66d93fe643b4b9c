--
-- write.sql: a database made by schema.sql can be written, and the extension dropped. As a superuser.
--
-- The answers are the same on any version. Variable: searched.
--
\set ON_ERROR_STOP on
SET search_path = :searched;
SET TimeZone = 'UTC';
SET client_min_messages = error;

-- How a statement ends: the rows that it changed, or the SQLSTATE and the constraint.
CREATE FUNCTION pg_temp.try(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    n bigint;
    name text;
BEGIN
    EXECUTE statement;
    GET DIAGNOSTICS n = ROW_COUNT;
    RETURN n;
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS name = CONSTRAINT_NAME;
    RETURN SQLSTATE || ' ' || name;
END
$$;

\echo == rows
SELECT n, pg_temp.try(statement), statement
FROM unnest(ARRAY[
    'INSERT INTO golden (value, image, hash, hash_0, hash_42) VALUES (''acme:new'', '''', 0, 0, 0)',
    'INSERT INTO golden (value, image, hash, hash_0, hash_42) VALUES (''no code'', '''', 0, 0, 0)',
    'INSERT INTO statuses VALUES (''acme:new'')',
    'INSERT INTO statuses VALUES (''acme:new'')',
    'INSERT INTO jobs (id, status, history) VALUES (20001, ''acme:new'', ''{acme:new}'')',
    'INSERT INTO jobs (id, history) VALUES (20002, ''{syncfy:100}'')',
    'INSERT INTO jobs (id, status, history) VALUES (20003, ''acme:newer'', ''{acme:newer}'')',
    'INSERT INTO jobs (id, status, history) VALUES (20004, ''acme:new'', ''{syncfy:100}'')',
    'INSERT INTO jobs (id, status) VALUES (20005, ''nobody:1'')',
    'INSERT INTO jobs (id, status) VALUES (20006, ''acme:0'')',
    'INSERT INTO jobs (id, status, known) VALUES (20007, ''acme:new'', ''acme:new'')',
    'INSERT INTO jobs (id, status, mine) VALUES (20008, ''acme:new'', ''acme:0'')',
    'INSERT INTO jobs (id, status, codes) VALUES (20009, ''acme:new'', ''{}'')',
    'INSERT INTO jobs (id, status, payload) VALUES (20010, ''acme:new'', ''{"code": 401}'')',
    'UPDATE jobs SET status = ''syncfy:401'', history = ''{syncfy:401}'' WHERE id = 20002',
    'UPDATE statuses SET status = ''acme:newest'' WHERE status = ''acme:new''',
    'UPDATE jobs SET history = NULL WHERE status = ''acme:new''',
    'UPDATE statuses SET status = ''acme:newest'' WHERE status = ''acme:new''',
    'DELETE FROM statuses WHERE status = ''syncfy:401''',
    'DELETE FROM jobs WHERE id % 7 = 0',
    'DELETE FROM ranged WHERE status LIKE ''syncfy:4%''',
    'DELETE FROM pairs WHERE status LIKE ''http:40%''',
    'INSERT INTO listed SELECT 3, status FROM golden',
    'INSERT INTO hashed SELECT 3, ''acme:new''',
    'INSERT INTO hashed SELECT 3, ''acme:new''',
    'UPDATE ranged SET status = ''zzz:new'' WHERE id = 3',
    'UPDATE by_category SET category = ''mfa'' WHERE id % 11 = 0',
    'UPDATE by_action SET action = ''stop'' WHERE id % 11 = 0',
    'INSERT INTO by_meaning VALUES (1, ''syncfy:410'')',
    'UPDATE arrays SET codes = codes || codes',
    'UPDATE compressed SET codes[1] = ''acme:new''']) WITH ORDINALITY AS u (statement, n);
DO $$
DECLARE
    i indexes;
BEGIN
    FOR i IN TABLE indexes LOOP
        EXECUTE format('INSERT INTO with_%1$s SELECT * FROM with_%1$s WHERE id %% 3 = 0;
            UPDATE with_%1$s SET status = code_base(status), known = NULL, action = ''stop'', category = ''mfa'' WHERE id %% 5 = 0;
            DELETE FROM with_%1$s WHERE id %% 13 = 0', i.name);
    END LOOP;
END
$$;
REFRESH MATERIALIZED VIEW built_in;

\echo == overrides
SELECT n, pg_temp.try(statement), statement
FROM unnest(ARRAY[
    'INSERT INTO status_code_overrides (status, name) VALUES (''acme:new'', ''New'')',
    'INSERT INTO status_code_overrides (status, name) VALUES (''acme:new'', ''New'')',
    'INSERT INTO status_code_overrides (status) VALUES (''acme:newer'')',
    'INSERT INTO status_code_overrides (status, retry_after) VALUES (''acme:newer'', ''-1 s'')',
    'INSERT INTO status_code_overrides (status, user_messages) VALUES (''acme:newer'', ''{"no language": 1}'')',
    'UPDATE status_code_overrides SET description = ''mine'' WHERE status = ''acme:1''',
    'DELETE FROM status_code_overrides WHERE status = ''syncfy:401''']) WITH ORDINALITY AS u (statement, n);
SELECT status, code_name(status), code_description(status), is_retryable(status)
FROM unnest('{syncfy:401,acme:1,acme:new,http:503/variant}'::status_code[]) AS u (status);
SELECT updated_by = current_user AS mine, updated_at > '2026-01-01' AND updated_at < 'infinity' AS today
FROM status_code_overrides WHERE status = 'acme:1';

\echo == maintenance
ANALYZE;
VACUUM FULL golden;
CLUSTER statuses USING statuses_pkey;
REINDEX TABLE jobs;
SELECT count(*) > 10 AS statistics FROM pg_stats WHERE schemaname = ANY (current_schemas(false)) AND attname = 'status';

\echo == removal
SELECT pg_temp.try('DROP EXTENSION provider_codes');
BEGIN;
DROP EXTENSION provider_codes CASCADE;
SELECT c.relname, c.relkind, string_agg(a.attname, ', ' ORDER BY a.attnum) AS columns
FROM pg_class AS c LEFT JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relkind IN ('r', 'p', 'v', 'm') AND c.relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname = ANY (current_schemas(false)))
    AND c.relname <> 'spans'
GROUP BY c.relname, c.relkind ORDER BY c.relname COLLATE "C";
SELECT count(*) AS left_of_it FROM pg_proc WHERE prosrc ~ '^(status_|provider_codes_)';
ROLLBACK;
SELECT count(*) AS rows, max(status) AS greatest FROM jobs;
