--
-- privileges.sql: who may do what, with the extension installed by a superuser and by a user who owns the
-- database
--
-- In a database of its own, since the second is not the tests' own.
--
\set tests :DBNAME
CREATE ROLE regress_provider_codes_owner;
CREATE ROLE regress_provider_codes_heir;
CREATE ROLE regress_provider_codes_writer;
CREATE ROLE regress_provider_codes_reader;
CREATE ROLE regress_provider_codes_friend;
CREATE DATABASE regress_provider_codes OWNER regress_provider_codes_owner TEMPLATE template0;
\c regress_provider_codes

CREATE SCHEMA helpers;
CREATE SCHEMA workplace;
CREATE SCHEMA "Needs Quoting" AUTHORIZATION regress_provider_codes_owner;
GRANT USAGE ON SCHEMA helpers, "Needs Quoting" TO PUBLIC;
GRANT USAGE, CREATE ON SCHEMA workplace TO PUBLIC;
SET search_path = helpers, "Needs Quoting";

-- Runs a command as a role, rolls it back, and returns "done" or the SQLSTATE of the error.
CREATE FUNCTION attempt(who text, command text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('client_min_messages', 'error', true);
    EXECUTE format('SET LOCAL ROLE %I', who);
    EXECUTE command;
    RAISE SQLSTATE 'P0DON';
EXCEPTION
    WHEN SQLSTATE 'P0DON' THEN RETURN 'done';
    WHEN OTHERS THEN RETURN SQLSTATE;
END
$$;

-- Actions, and what each needs: privileges on the table of overrides; ownership of it; ownership of the other
-- objects of the extension; nothing; or what no role has.
CREATE TABLE actions (action text, needs text, command text);
INSERT INTO actions VALUES
    ('read', 'SELECT', 'SELECT FROM status_code_overrides'),
    ('lock', 'UPDATE', 'SELECT FROM status_code_overrides FOR UPDATE'),
    ('insert', 'INSERT', 'INSERT INTO status_code_overrides (status, name) VALUES (''a:2'', ''x'')'),
    ('update', 'UPDATE', 'UPDATE status_code_overrides SET name = ''y'''),
    ('upsert', 'INSERT,UPDATE', 'INSERT INTO status_code_overrides (status, name) VALUES (''a:1'', ''x'')
        ON CONFLICT (status) DO UPDATE SET name = excluded.name'),
    ('delete', 'DELETE', 'DELETE FROM status_code_overrides WHERE status = ''a:1'''),
    ('truncate', 'TRUNCATE', 'TRUNCATE status_code_overrides'),
    ('grant', 'GRANT', 'DO $_$ BEGIN
        GRANT INSERT, UPDATE, DELETE, TRUNCATE ON status_code_overrides TO regress_provider_codes_friend;
        IF NOT has_table_privilege(''regress_provider_codes_friend'', ''status_code_overrides'', ''TRUNCATE'')
        THEN RAISE insufficient_privilege; END IF; END $_$'),
    ('refer to', 'REFERENCES', 'CREATE TABLE workplace.r (status status_code REFERENCES status_code_overrides)'),
    ('trigger', 'TRIGGER', 'CREATE TRIGGER t BEFORE UPDATE ON status_code_overrides
        FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()'),
    ('rule', 'OWNER', 'CREATE RULE r AS ON INSERT TO status_code_overrides DO INSTEAD NOTHING'),
    ('policy', 'OWNER', 'CREATE POLICY p ON status_code_overrides USING (false)'),
    ('row security', 'OWNER', 'ALTER TABLE status_code_overrides ENABLE ROW LEVEL SECURITY'),
    ('disable trigger', 'OWNER', 'ALTER TABLE status_code_overrides DISABLE TRIGGER status_code_overrides_stamp'),
    ('drop trigger', 'OWNER', 'DROP TRIGGER status_code_overrides_stamp ON status_code_overrides'),
    ('add column', 'OWNER', 'ALTER TABLE status_code_overrides ADD COLUMN c integer'),
    ('set default', 'OWNER', 'ALTER TABLE status_code_overrides ALTER note SET DEFAULT current_query()'),
    ('add check', 'OWNER', 'ALTER TABLE status_code_overrides ADD CHECK (name <> '''')'),
    ('drop check', 'OWNER', 'ALTER TABLE status_code_overrides DROP CONSTRAINT status_code_overrides_not_empty'),
    ('rename', 'OWNER', 'ALTER TABLE status_code_overrides RENAME TO o'),
    ('index', 'OWNER', 'CREATE INDEX ON status_code_overrides ((name || ''x''))'),
    ('statistics', 'OWNER', 'CREATE STATISTICS workplace.s ON name, title FROM status_code_overrides'),
    ('inherit', 'OWNER', 'CREATE TABLE workplace.child () INHERITS (status_code_overrides)'),
    ('comment', 'OWNER', 'COMMENT ON TABLE status_code_overrides IS ''mine'''),
    ('take over', 'OWNER', 'ALTER TABLE status_code_overrides OWNER TO CURRENT_USER'),
    ('replace function', 'OBJECTS', 'CREATE OR REPLACE FUNCTION is_retryable(status status_code) RETURNS boolean
        LANGUAGE plpgsql AS ''BEGIN RETURN true; END'''),
    ('alter function', 'OBJECTS', 'ALTER FUNCTION is_retryable(status_code) SECURITY DEFINER'),
    ('replace view', 'OBJECTS', 'DO $_$ BEGIN EXECUTE ''CREATE OR REPLACE VIEW status_code_documents AS ''
        || pg_get_viewdef(''status_code_documents''::regclass); END $_$'),
    ('alter type', 'OBJECTS', 'ALTER TYPE status_code OWNER TO CURRENT_USER'),
    ('alter domain', 'OBJECTS', 'ALTER DOMAIN known_status_code DROP CONSTRAINT known_status_code_check'),
    ('alter operator', 'OBJECTS', 'ALTER OPERATOR = (status_code, status_code) SET (RESTRICT = NONE)'),
    ('drop from extension', 'OWNER', 'ALTER EXTENSION provider_codes DROP TABLE status_code_overrides'),
    ('drop table', 'NOBODY', 'DROP TABLE status_code_overrides'),
    ('write codes', 'NOBODY', 'INSERT INTO status_codes (status, name) VALUES (''a:3'', ''x'')'),
    ('write documents', 'NOBODY', 'DELETE FROM status_code_documents'),
    ('view codes', 'NOTHING', 'SELECT FROM status_codes'),
    ('view documents', 'NOTHING', 'SELECT FROM status_code_documents'),
    ('view sources', 'NOTHING', 'SELECT FROM status_code_sources'),
    ('view review', 'NOTHING', 'SELECT FROM status_code_override_review'),
    ('ask', 'NOTHING', 'SELECT code_name(''a:1''), is_retryable(''syncfy:501''), builtin_code_title(''foundry:401'')'),
    ('compare', 'NOTHING', 'SELECT provider_codes_checksum(), provider_codes_version()'),
    ('have columns', 'NOTHING', 'CREATE TABLE workplace.t (s status_code PRIMARY KEY, k known_status_code,
        c status_category, a status_action CHECK (builtin_is_retryable(s)))');

-- The actions whose outcome is not the one that follows from the role's privileges. An action that they do not
-- allow fails with 42501. (What no role can do may fail for other reasons.)
CREATE FUNCTION wrong_answers(who text, rights text[])
RETURNS TABLE (role text, action text, needs text, answer text) LANGUAGE sql AS $$
    SELECT who, a.action, a.needs, t.answer
    FROM helpers.actions AS a
    CROSS JOIN LATERAL helpers.attempt(who, a.command) AS t (answer)
    WHERE CASE
        WHEN a.needs = 'NOTHING' OR string_to_array(a.needs, ',') <@ rights THEN t.answer <> 'done'
        WHEN a.needs = 'NOBODY' THEN t.answer NOT IN ('42501', '55000', '2BP01')
        ELSE t.answer <> '42501' END
    ORDER BY a.action COLLATE "C"
$$;

-- The privileges on the table and on all of its columns, apart from the owner's; * marks a grant option.
CREATE VIEW grants AS
SELECT CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END AS grantee,
    string_agg(a.privilege_type || CASE WHEN a.is_grantable THEN '*' ELSE '' END || a.columns, ' '
               ORDER BY a.privilege_type COLLATE "C") AS rights
FROM pg_class AS c
CROSS JOIN LATERAL (
    SELECT *, '' FROM aclexplode(c.relacl)
    UNION ALL
    SELECT x.*, ' of columns'
    FROM pg_attribute AS t CROSS JOIN LATERAL aclexplode(t.attacl) AS x
    WHERE t.attrelid = c.oid AND t.attnum > 0 AND NOT t.attisdropped
    GROUP BY x.grantor, x.grantee, x.privilege_type, x.is_grantable
    HAVING count(*) = c.relnatts
) AS a (grantor, grantee, privilege_type, is_grantable, columns)
WHERE c.relname = 'status_code_overrides' AND a.grantee <> c.relowner
GROUP BY 1
ORDER BY 1;

-- Functions and types of the extension that not everyone may use, and relations with a column that not everyone may
-- read, or with any other privilege. It knows the columns from pg_attribute, so that none can be forgotten.
CREATE VIEW withheld AS
SELECT pg_describe_object(d.classid, d.objid, 0)
FROM pg_depend AS d
JOIN pg_extension AS e ON d.refobjid = e.oid AND d.deptype = 'e' AND e.extname = 'provider_codes'
WHERE d.classid = 'pg_proc'::regclass
        AND NOT has_function_privilege('regress_provider_codes_reader', d.objid, 'EXECUTE')
    OR d.classid = 'pg_type'::regclass
        AND NOT has_type_privilege('regress_provider_codes_reader', d.objid, 'USAGE')
    OR d.classid = 'pg_class'::regclass AND EXISTS (
        SELECT FROM pg_class AS c JOIN pg_attribute AS t ON t.attrelid = c.oid
        WHERE c.oid = d.objid AND c.relkind IN ('r', 'v') AND t.attnum > 0
            AND (c.relacl IS NOT NULL
                OR (SELECT array_agg(ROW(a.grantee, a.privilege_type, a.is_grantable)::text) FROM aclexplode(t.attacl) AS a)
                    IS DISTINCT FROM '{"(0,SELECT,f)"}'));

--
-- Installed by a superuser
--
CREATE EXTENSION provider_codes SCHEMA "Needs Quoting";
INSERT INTO status_code_overrides (status, name) VALUES ('a:1', 'overridden');
TABLE grants;
TABLE withheld;

-- A superuser can do everything, so the commands are right.
SELECT * FROM wrong_answers(current_user, '{SELECT,INSERT,UPDATE,DELETE,TRUNCATE,GRANT,REFERENCES,TRIGGER,OWNER,OBJECTS}')
WHERE needs <> 'NOBODY';
-- Everyone reads, nobody writes.
SELECT * FROM wrong_answers('regress_provider_codes_reader', '{SELECT}');
SELECT * FROM wrong_answers('regress_provider_codes_owner', '{SELECT}');
-- A role that is granted writing can write, and no more.
GRANT INSERT, UPDATE, DELETE ON status_code_overrides TO regress_provider_codes_writer;
SELECT * FROM wrong_answers('regress_provider_codes_writer', '{SELECT,INSERT,UPDATE,DELETE}');

-- The row records who wrote it; an update cannot name another role.
SET ROLE regress_provider_codes_writer;
INSERT INTO status_code_overrides (status, name) VALUES ('a:2', 'by a writer');
UPDATE status_code_overrides SET name = 'by a writer', updated_by = 'somebody' WHERE status = 'a:1';
SELECT status, name, updated_by FROM status_code_overrides ORDER BY status;
RESET ROLE;

-- Functions and views read the overrides for everyone, even for a role that cannot read the table.
REVOKE SELECT ON status_code_overrides FROM PUBLIC;
SELECT * FROM wrong_answers('regress_provider_codes_reader', '{}');
SET ROLE regress_provider_codes_reader;
SELECT code_name('a:1'), is_known_code('a:1');
SELECT name, overridden FROM status_codes WHERE status = 'a:1';
RESET ROLE;
GRANT SELECT ON status_code_overrides TO PUBLIC;

-- The same holds where the table has a policy.
ALTER TABLE status_code_overrides ENABLE ROW LEVEL SECURITY;
SET ROLE regress_provider_codes_reader;
SELECT count(*) FROM status_code_overrides;
SELECT code_name('a:1'), is_known_code('a:1');
RESET ROLE;

-- Comparisons are LEAKPROOF, and so can use an index although the table has a policy.
CREATE TABLE guarded (id integer, status status_code, who text);
CREATE INDEX ON guarded (status);
INSERT INTO guarded
SELECT n, status_code('syncfy', n % 1000), 'regress_provider_codes_reader' FROM generate_series(1, 5000) AS n;
ANALYZE guarded;
ALTER TABLE guarded ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON guarded USING (who = current_user);
GRANT SELECT ON guarded TO regress_provider_codes_reader;
CREATE FUNCTION uses_index(query text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    line text;
BEGIN
    FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || query LOOP
        IF line ~ 'Index Cond' THEN
            RETURN true;
        END IF;
    END LOOP;
    RETURN false;
END
$$;
SET ROLE regress_provider_codes_reader;
SELECT uses_index('SELECT id FROM guarded WHERE status = ''syncfy:401''') AS status,
    uses_index('SELECT id FROM guarded WHERE status = ''syncfy:401''::text') AS text,
    uses_index('SELECT id FROM guarded WHERE status > ''syncfy:998''') AS range;
RESET ROLE;
DROP TABLE guarded;
DROP EXTENSION provider_codes;

--
-- Installed by a user who owns the database, in a schema of his own
--
-- A user without privileges cannot.
SELECT attempt('regress_provider_codes_reader', 'CREATE EXTENSION provider_codes SCHEMA workplace');

SET SESSION AUTHORIZATION regress_provider_codes_owner;
CREATE EXTENSION provider_codes SCHEMA "Needs Quoting";
INSERT INTO status_code_overrides (status, name) VALUES ('a:1', 'overridden');
SELECT code_name('a:1');
RESET SESSION AUTHORIZATION;

-- The user owns the extension and, of its objects, the table.
SELECT extowner::regrole, extnamespace::regnamespace FROM pg_extension WHERE extname = 'provider_codes';
SELECT pg_describe_object(s.classid, s.objid, 0)
FROM pg_shdepend AS s
JOIN pg_depend AS d ON d.classid = s.classid AND d.objid = s.objid AND d.deptype = 'e'
WHERE s.deptype = 'o' AND s.refobjid = 'regress_provider_codes_owner'::regrole
    AND s.dbid = (SELECT oid FROM pg_database WHERE datname = current_database());

TABLE grants;
TABLE withheld;

-- The owner can do everything with the table, and nothing with the other objects.
SELECT * FROM wrong_answers('regress_provider_codes_owner',
    '{SELECT,INSERT,UPDATE,DELETE,TRUNCATE,GRANT,REFERENCES,TRIGGER,OWNER}');
SELECT * FROM wrong_answers('regress_provider_codes_reader', '{SELECT}');
SET SESSION AUTHORIZATION regress_provider_codes_owner;
GRANT INSERT, UPDATE ON status_code_overrides TO regress_provider_codes_writer WITH GRANT OPTION;
RESET SESSION AUTHORIZATION;
SELECT * FROM wrong_answers('regress_provider_codes_writer', '{SELECT,INSERT,UPDATE}');
SET SESSION AUTHORIZATION regress_provider_codes_writer;
GRANT INSERT ON status_code_overrides TO regress_provider_codes_friend;
RESET SESSION AUTHORIZATION;
SELECT * FROM wrong_answers('regress_provider_codes_friend', '{SELECT,INSERT}');
SET SESSION AUTHORIZATION regress_provider_codes_owner;
REVOKE INSERT, UPDATE ON status_code_overrides FROM regress_provider_codes_writer CASCADE;
RESET SESSION AUTHORIZATION;
TABLE grants;

-- The owner can revoke reading from everyone; the functions still read the table for everyone.
SET SESSION AUTHORIZATION regress_provider_codes_owner;
REVOKE SELECT ON status_code_overrides FROM PUBLIC;
RESET SESSION AUTHORIZATION;
TABLE grants;
SELECT * FROM wrong_answers('regress_provider_codes_reader', '{}');
SET ROLE regress_provider_codes_reader;
SELECT code_name('a:1');
SELECT name, overridden FROM status_codes WHERE status = 'a:1';
RESET ROLE;

-- The owner is dropped. The table belongs to the next owner, and the grants on it stay.
SET SESSION AUTHORIZATION regress_provider_codes_owner;
GRANT SELECT, INSERT ON status_code_overrides TO regress_provider_codes_writer;
RESET SESSION AUTHORIZATION;
ALTER DATABASE regress_provider_codes OWNER TO regress_provider_codes_heir;
REASSIGN OWNED BY regress_provider_codes_owner TO regress_provider_codes_heir;
DROP OWNED BY regress_provider_codes_owner;
DROP ROLE regress_provider_codes_owner;
TABLE grants;
SELECT * FROM wrong_answers('regress_provider_codes_heir',
    '{SELECT,INSERT,UPDATE,DELETE,TRUNCATE,GRANT,REFERENCES,TRIGGER,OWNER}');
SELECT * FROM wrong_answers('regress_provider_codes_writer', '{SELECT,INSERT}');
-- The initial privileges, whose roles appear in dumps, name no role that can be dropped: no rows.
SELECT DISTINCT i.classoid::regclass, a.grantor, a.grantee
FROM pg_init_privs AS i CROSS JOIN LATERAL aclexplode(i.initprivs) AS a
JOIN pg_depend AS d ON d.classid = i.classoid AND d.objid = i.objoid AND d.deptype = 'e'
JOIN pg_extension AS e ON d.refobjid = e.oid AND e.extname = 'provider_codes'
WHERE a.grantor >= 16384 OR a.grantee >= 16384;

-- Others can't touch the extension itself.
SELECT attempt('regress_provider_codes_reader', 'DROP EXTENSION provider_codes'),
    attempt('regress_provider_codes_reader', 'ALTER EXTENSION provider_codes SET SCHEMA workplace'),
    attempt('regress_provider_codes_writer', 'COMMENT ON EXTENSION provider_codes IS ''mine''');
-- Its owner drops it and creates it again. (Moving it requires the owner of all its objects.)
SELECT attempt('regress_provider_codes_heir', 'ALTER EXTENSION provider_codes SET SCHEMA workplace');
SET SESSION AUTHORIZATION regress_provider_codes_heir;
DROP EXTENSION provider_codes;
CREATE EXTENSION provider_codes SCHEMA "Needs Quoting";
SELECT code_name('a:1');
DROP EXTENSION provider_codes;
RESET SESSION AUTHORIZATION;

-- No object refers to the roles any more.
\c :tests
DROP DATABASE regress_provider_codes;
DROP ROLE regress_provider_codes_heir, regress_provider_codes_writer, regress_provider_codes_reader,
    regress_provider_codes_friend;
