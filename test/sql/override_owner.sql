--
-- override_owner.sql: whatever the owner does to the table of overrides, others get the right result or a clear error,
-- and none of the owner's code runs in their sessions
--
-- In a database of its own, which the owner owns.
--
\set tests :DBNAME
CREATE ROLE regress_provider_codes_owner;
CREATE ROLE regress_provider_codes_reader;
CREATE ROLE regress_provider_codes_friend;
GRANT regress_provider_codes_friend TO regress_provider_codes_owner;
CREATE DATABASE regress_provider_codes OWNER regress_provider_codes_owner TEMPLATE template0;
\c regress_provider_codes
CREATE SCHEMA owned AUTHORIZATION regress_provider_codes_owner;
GRANT USAGE ON SCHEMA owned TO PUBLIC;
GRANT CREATE ON SCHEMA owned, public TO regress_provider_codes_friend;
GRANT CREATE ON SCHEMA public TO regress_provider_codes_owner;
CREATE SCHEMA helpers;
GRANT USAGE ON SCHEMA helpers TO PUBLIC;
SET search_path = owned, helpers;

SET SESSION AUTHORIZATION regress_provider_codes_owner;
CREATE EXTENSION provider_codes SCHEMA owned;
-- Fails with P0BAD in a session of anyone else. It is falsely declared IMMUTABLE.
CREATE FUNCTION owned.harmful(anything text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    IF current_user <> 'regress_provider_codes_owner' THEN
        RAISE SQLSTATE 'P0BAD' USING MESSAGE = 'the owner''s code was run';
    END IF;
    RETURN anything;
END
$$;
CREATE FUNCTION owned.harmful_trigger() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM harmful('x');
    RETURN NULL;
END
$$;
RESET SESSION AUTHORIZATION;
GRANT SELECT ON ALL TABLES IN SCHEMA owned TO regress_provider_codes_reader;
CREATE TABLE helpers.jobs (status status_code);
INSERT INTO helpers.jobs SELECT status_code('a', i % 900) FROM generate_series(1, 3000) AS i;
CREATE INDEX ON helpers.jobs (status);
ANALYZE helpers.jobs;
GRANT SELECT ON helpers.jobs TO PUBLIC;

-- The owner makes each of these changes to a table with few rows, and to one with so many that they are looked up one by
-- one. Changes that this server release does not support are left out.
CREATE TABLE helpers.deeds (n integer GENERATED ALWAYS AS IDENTITY, deed text, command text);
INSERT INTO helpers.deeds (deed, command) VALUES
    ('nothing', ''),
    ('expression index', 'CREATE INDEX ON o ((harmful(name)))'),
    ('partial index', 'CREATE UNIQUE INDEX ON o (status) WHERE harmful(name) <> '''''),
    ('check', 'ALTER TABLE o ADD CHECK (harmful(''x'') = ''x'')'),
    ('policy', 'ALTER TABLE o ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
        CREATE POLICY p ON o USING (harmful(name) = '''')'),
    ('triggers', 'CREATE TRIGGER t1 BEFORE UPDATE OR INSERT OR DELETE ON o FOR EACH ROW EXECUTE FUNCTION harmful_trigger();
        CREATE TRIGGER t2 AFTER TRUNCATE ON o FOR EACH STATEMENT EXECUTE FUNCTION harmful_trigger();
        ALTER TABLE o ENABLE ALWAYS TRIGGER t1'),
    ('rule', 'CREATE RULE r AS ON INSERT TO o DO ALSO SELECT harmful(''x'')'),
    ('domain', 'CREATE DOMAIN owned.d AS text CHECK (harmful(VALUE) <> ''''); ALTER TABLE o ALTER name TYPE d'),
    ('domain over a code', 'CREATE DOMAIN owned.d AS status_code CHECK (harmful(VALUE::text) <> ''''); ALTER TABLE o ALTER status TYPE d'),
    ('generated column', 'ALTER TABLE o RENAME title TO t; ALTER TABLE o ADD title text GENERATED ALWAYS AS (harmful(name)) STORED'),
    ('virtual column', 'ALTER TABLE o DROP CONSTRAINT status_code_overrides_not_empty, DROP name CASCADE;
        ALTER TABLE o ADD name text GENERATED ALWAYS AS (''overridden'') VIRTUAL'),
    ('default', 'ALTER TABLE o ALTER note SET DEFAULT harmful(''x'')'),
    ('column dropped and added', 'ALTER TABLE o DROP title CASCADE; ALTER TABLE o ADD title text DEFAULT ''added'''),
    ('column dropped', 'ALTER TABLE o DROP title CASCADE'),
    ('status dropped', 'ALTER TABLE o DROP status CASCADE'),
    ('column of another type', 'ALTER TABLE o ALTER retryable TYPE text'),
    ('columns renamed in a circle', 'ALTER TABLE o RENAME title TO t; ALTER TABLE o RENAME note TO title; ALTER TABLE o RENAME t TO note'),
    ('child', 'CREATE TABLE child () INHERITS (o); INSERT INTO child (status, name) VALUES (''a:1'', ''by a child'')'),
    ('parent', 'CREATE TABLE parent (status status_code NOT NULL, name text); ALTER TABLE o INHERIT parent'),
    ('partition', 'CREATE TABLE parent (LIKE o) PARTITION BY LIST (status); ALTER TABLE parent ATTACH PARTITION o DEFAULT'),
    ('unlogged', 'ALTER TABLE o SET UNLOGGED'),
    ('renamed', 'ALTER TABLE o RENAME TO corrections'),
    ('renamed, and another one in its place', 'ALTER TABLE o RENAME TO corrections; CREATE TABLE o (LIKE corrections INCLUDING ALL)'),
    ('in another schema', 'ALTER TABLE o SET SCHEMA public'),
    ('no primary key', 'ALTER TABLE o DROP CONSTRAINT status_code_overrides_pkey'),
    ('and a row about nothing', 'ALTER TABLE o DROP CONSTRAINT status_code_overrides_pkey; ALTER TABLE o ALTER status DROP NOT NULL;
        INSERT INTO o (name) VALUES (''of nothing'')'),
    ('index that isn''t unique', 'ALTER TABLE o DROP CONSTRAINT status_code_overrides_pkey; CREATE INDEX ON o (status)'),
    ('index in descending order', 'ALTER TABLE o DROP CONSTRAINT status_code_overrides_pkey; CREATE UNIQUE INDEX ON o (status DESC NULLS LAST)'),
    ('index with another column', 'ALTER TABLE o DROP CONSTRAINT status_code_overrides_pkey; CREATE UNIQUE INDEX ON o (status) INCLUDE (name);
        CREATE UNIQUE INDEX ON o (name, status); CREATE UNIQUE INDEX ON o (status, name)'),
    ('partial indexes alone', 'ALTER TABLE o DROP CONSTRAINT status_code_overrides_pkey;
        CREATE UNIQUE INDEX ON o (status) WHERE name <> ''overridden''; CREATE UNIQUE INDEX ON o (status) WHERE harmful(''x'') = ''y'''),
    ('expression index alone', 'ALTER TABLE o DROP CONSTRAINT status_code_overrides_pkey; CREATE UNIQUE INDEX ON o ((harmful(status::text)))'),
    ('hash index alone', 'ALTER TABLE o DROP CONSTRAINT status_code_overrides_pkey; CREATE INDEX ON o USING hash (status)'),
    ('constraint that waits', 'ALTER TABLE o DROP CONSTRAINT status_code_overrides_pkey;
        ALTER TABLE o ADD UNIQUE (status) DEFERRABLE INITIALLY DEFERRED'),
    ('many indexes', 'CREATE INDEX ON o (name); CREATE INDEX ON o (status) WHERE false; CREATE INDEX ON o USING brin (updated_at)'),
    ('clustered', 'CLUSTER o USING status_code_overrides_pkey'),
    ('indexes made anew', 'REINDEX TABLE o'),
    ('taken out of the extension', 'ALTER EXTENSION provider_codes DROP TABLE o'),
    ('taken out and dropped', 'ALTER EXTENSION provider_codes DROP TABLE o; DROP TABLE o'),
    ('given to another one', 'ALTER TABLE o OWNER TO regress_provider_codes_friend');
UPDATE helpers.deeds SET command = regexp_replace(command, '\mo\M', 'status_code_overrides', 'g');

-- The queries of others, with their results.
CREATE TABLE helpers.questions (question text, answer text);
INSERT INTO helpers.questions VALUES
    ('SELECT code_name(''a:1'')', 'overridden'),
    ('SELECT concat_ws('' '', code_name(''a:2''), is_known_code(''a:2''), code_category(''a:2''))', 'f'),
    ('SELECT code_name(''basiq:invalid-credentials/locked-account'')', 'base'),
    ('SELECT concat_ws('' '', is_retryable(''a:1''), code_retry_after(''a:1''))', 't @ 1 min'),
    ('SELECT count(*) FROM jobs WHERE is_retryable(status)', '4'),
    ('SELECT name FROM status_codes WHERE status = ''a:1''', 'overridden'),
    ('SELECT count(*) FROM status_code_override_review WHERE status = ''a:1''', '3'),
    ('SELECT provider_codes_checksum() = current_setting(''helpers.checksum'')', 'true'),
    -- the control: a query that calls no function of the extension may run the owner's code
    ('SELECT name FROM status_code_overrides WHERE status = ''a:1''', NULL);

CREATE FUNCTION helpers.answer(question text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    answer text;
BEGIN
    EXECUTE question INTO answer;
    RETURN answer;
EXCEPTION WHEN OTHERS THEN
    RETURN SQLSTATE;
END
$$;

CREATE FUNCTION helpers.try_deed(command text, rows integer)
RETURNS TABLE (question text, answer text, expected text) LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('client_min_messages', 'error', true);
    INSERT INTO status_code_overrides (status, name, retryable, retry_after) VALUES ('a:1', 'overridden', true, '1 min');
    INSERT INTO status_code_overrides (status, name) VALUES ('basiq:invalid-credentials', 'base');
    INSERT INTO status_code_overrides (status, name) SELECT status_code('filler', i), 'filler' FROM generate_series(1, rows) AS i;
    PERFORM set_config('helpers.checksum', provider_codes_checksum(), true);
    SET LOCAL ROLE regress_provider_codes_owner;
    BEGIN
        EXECUTE command;
    EXCEPTION WHEN OTHERS THEN
        question := 'left out';
        answer := SQLSTATE;
        RETURN NEXT;
        RAISE SQLSTATE 'P0DON';
    END;
    SET LOCAL ROLE regress_provider_codes_reader;
    FOR question, expected IN SELECT q.question, q.answer FROM questions AS q LOOP
        answer := answer(question);
        RETURN NEXT;
    END LOOP;
    RESET ROLE;
    RAISE SQLSTATE 'P0DON';
EXCEPTION WHEN SQLSTATE 'P0DON' THEN
    RETURN;
END
$$;
GRANT SELECT ON helpers.questions TO PUBLIC;
CREATE TABLE helpers.results AS
SELECT d.deed, r.rows, t.*
FROM deeds AS d CROSS JOIN (VALUES (0), (900)) AS r (rows) CROSS JOIN LATERAL try_deed(d.command, r.rows) AS t
ORDER BY d.n, r.rows;

-- Results are right, or 55000 (the table has changed) or 42P01 (it is gone); where the owner changed titles, the
-- checksum and the review differ. No rows.
SELECT deed, rows, question, answer, expected FROM results
WHERE expected IS NOT NULL AND answer IS DISTINCT FROM expected AND answer NOT IN ('55000', '42P01')
    AND NOT (question ~ 'checksum|review' AND deed IN ('generated column', 'column dropped and added', 'columns renamed in a circle'));
-- The changes that led to errors. (A session that has used the table goes on to read it after it was removed from the
-- extension.)
SELECT deed, rows, string_agg(DISTINCT answer, ' ') AS answers FROM results
WHERE expected IS NOT NULL AND answer IN ('55000', '42P01')
    AND deed NOT IN ('virtual column', 'taken out of the extension')
GROUP BY deed, rows ORDER BY deed, rows;
-- A virtual generated column must lead to one, where the server supports it. No rows.
SELECT rows, question, answer FROM results WHERE deed = 'virtual column' AND expected IS NOT NULL AND answer <> '55000';
-- All changes were made, apart from the virtual generated column before 18.
SELECT deed, answer FROM results WHERE question = 'left out' AND deed <> 'virtual column';
-- The owner's code does run in a query of the table itself.
SELECT DISTINCT deed FROM results
WHERE expected IS NULL AND answer = 'P0BAD'
ORDER BY deed;

--
-- An index expression that the planner evaluates by constant folding, in the session that plans a query
--
INSERT INTO status_code_overrides (status, name, retryable, retry_after) VALUES ('a:1', 'overridden', true, '1 min');
INSERT INTO status_code_overrides (status, name) VALUES ('basiq:invalid-credentials', 'base');
INSERT INTO status_code_overrides (status, name) SELECT status_code('filler', i), 'filler' FROM generate_series(1, 900) AS i;
SET SESSION AUTHORIZATION regress_provider_codes_owner;
CREATE INDEX ON status_code_overrides ((harmful('x') || name));
RESET SESSION AUTHORIZATION;
\c
SET search_path = owned, helpers;
SET helpers.checksum = 'unknown';
SET ROLE regress_provider_codes_reader;
SELECT question, answer(question) FROM questions WHERE question !~ 'checksum' AND answer IS DISTINCT FROM answer(question);
RESET ROLE;

--
-- A table made into a view, where the server does that: before 16, and only after a VACUUM
--
SET SESSION AUTHORIZATION regress_provider_codes_owner;
ALTER TABLE status_code_overrides DROP CONSTRAINT status_code_overrides_pkey;
DROP INDEX status_code_overrides_expr_idx;
DROP TRIGGER status_code_overrides_stamp ON status_code_overrides;
TRUNCATE status_code_overrides;
VACUUM status_code_overrides;
DO $$
BEGIN
    CREATE RULE "_RETURN" AS ON SELECT TO status_code_overrides DO INSTEAD
    SELECT 'a:1'::status_code AS status, harmful('x') AS name, ''::text AS title, ''::text AS description,
        'mfa'::status_category AS category, 'wait'::status_action AS action, true AS retryable,
        interval '1 s' AS retry_after, true AS terminal, true AS deprecated, '{"es": "x"}'::jsonb AS user_messages,
        ''::text AS note, now() AS updated_at, ''::text AS updated_by,
        ''::text AS catalog_version;
EXCEPTION WHEN object_not_in_prerequisite_state OR wrong_object_type OR invalid_object_definition THEN
    NULL;
END
$$;
SELECT relkind = CASE WHEN current_setting('server_version_num')::integer < 160000 THEN 'v' ELSE 'r' END AS as_expected
FROM pg_class WHERE relname = 'status_code_overrides';
RESET SESSION AUTHORIZATION;
\c
SET search_path = owned, helpers;
SET helpers.checksum = 'unknown';
SET ROLE regress_provider_codes_reader;
SELECT count(*) AS asked,
    count(*) FILTER (WHERE answer(question) = '55000')
        = CASE WHEN current_setting('server_version_num')::integer < 160000 THEN count(*) ELSE 0 END AS as_expected
FROM questions WHERE answer IS NOT NULL;
RESET ROLE;
SELECT builtin_code_name('syncfy:401');

\c :tests
DROP DATABASE regress_provider_codes;
DROP ROLE regress_provider_codes_owner, regress_provider_codes_reader, regress_provider_codes_friend;

-- An owner may have any name.
CREATE ROLE "regress_provider_codes_o'br""ien $1 \";
CREATE DATABASE regress_provider_codes OWNER "regress_provider_codes_o'br""ien $1 \" TEMPLATE template0;
\c regress_provider_codes
CREATE SCHEMA owned;
GRANT CREATE ON SCHEMA owned TO PUBLIC;
SET SESSION AUTHORIZATION "regress_provider_codes_o'br""ien $1 \";
CREATE EXTENSION provider_codes SCHEMA owned;
RESET SESSION AUTHORIZATION;
SELECT tableowner FROM pg_tables WHERE tablename = 'status_code_overrides';
\c :tests
DROP DATABASE regress_provider_codes;
DROP ROLE "regress_provider_codes_o'br""ien $1 \";
