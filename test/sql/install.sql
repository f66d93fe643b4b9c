--
-- install.sql: what CREATE EXTENSION makes; that it can be moved, dropped and made again
--
-- The tests after this one use the extension that it leaves behind.
--
CREATE EXTENSION provider_codes;

-- The objects of the extension, for the checks below: the members, and what belongs to a member.
-- Row types, array types, TOAST tables and NOT NULL constraints come by themselves and are left out.
CREATE TEMP VIEW members AS
SELECT d.classid, d.objid
FROM pg_depend AS d
JOIN pg_extension AS e ON d.refobjid = e.oid
LEFT JOIN pg_type AS t ON d.classid = 'pg_type'::regclass AND d.objid = t.oid
WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e'
    AND e.extname = 'provider_codes'
    AND (t.oid IS NULL OR (t.typtype <> 'c' AND t.typcategory <> 'A'));

CREATE TEMP VIEW objects AS
SELECT classid, objid, 0 AS objsubid FROM members
UNION ALL
SELECT m.classid, m.objid, a.attnum
FROM members AS m JOIN pg_attribute AS a ON m.objid = a.attrelid
WHERE m.classid = 'pg_class'::regclass AND a.attnum > 0 AND NOT a.attisdropped
UNION ALL
SELECT 'pg_constraint'::regclass, c.oid, 0
FROM members AS m
JOIN pg_constraint AS c ON m.objid = CASE m.classid
    WHEN 'pg_class'::regclass THEN c.conrelid WHEN 'pg_type'::regclass THEN c.contypid END
WHERE c.contype <> 'n'
UNION ALL
SELECT 'pg_class'::regclass, i.indexrelid, 0
FROM members AS m JOIN pg_index AS i ON m.objid = i.indrelid
WHERE m.classid = 'pg_class'::regclass
UNION ALL
SELECT 'pg_trigger'::regclass, t.oid, 0
FROM members AS m JOIN pg_trigger AS t ON m.objid = t.tgrelid
WHERE m.classid = 'pg_class'::regclass AND NOT t.tgisinternal;

CREATE TEMP VIEW functions AS
SELECT p.*, l.lanname
FROM members AS m
JOIN pg_proc AS p ON m.objid = p.oid
JOIN pg_language AS l ON p.prolang = l.oid
WHERE m.classid = 'pg_proc'::regclass;

-- The checks would find nothing wrong if they looked at nothing: every kind of object is there.
SELECT kind
FROM unnest(ARRAY['pg_type', 'pg_proc', 'pg_operator', 'pg_opclass', 'pg_opfamily', 'pg_cast',
                  'pg_class', 'pg_constraint', 'pg_trigger']::regclass[]) AS kind
WHERE kind NOT IN (SELECT classid FROM objects);

-- Every object has a comment: no rows.
SELECT pg_describe_object(classid, objid, objsubid) AS "without a comment"
FROM objects
WHERE COALESCE(CASE WHEN objsubid > 0 THEN col_description(objid, objsubid)
                    ELSE obj_description(objid, classid::regclass::name) END, '') = ''
ORDER BY 1;

-- All is in the schema that the user named: the extension can be moved.
SELECT pg_describe_object(m.classid, m.objid, 0) AS "elsewhere"
FROM members AS m
CROSS JOIN LATERAL pg_identify_object(m.classid, m.objid, 0) AS i
WHERE i.schema <> 'public'
    OR i.schema IS NULL AND m.classid <> 'pg_cast'::regclass;

-- The functions are C, or the server's own: none of SQL or PL/pgSQL, whose body would be read under
-- the caller's search_path.
SELECT oid::regprocedure, lanname FROM functions
WHERE lanname NOT IN ('c', 'internal')
ORDER BY 1;

-- None runs with its owner's rights, and none changes a setting.
SELECT oid::regprocedure FROM functions WHERE prosecdef OR proconfig IS NOT NULL ORDER BY 1;

-- All but the trigger's are PARALLEL SAFE.
SELECT oid::regprocedure, proparallel FROM functions
WHERE proparallel <> 's' AND prorettype <> 'trigger'::regtype
ORDER BY 1;

-- What reads the overrides and has no builtin_ twin: it isn't asked in a constraint, index or generated column.
CREATE TEMP TABLE without_twin (proname name);
INSERT INTO without_twin VALUES ('provider_codes_checksum'), ('status_code_override_rows');
-- and what reads statistics
INSERT INTO without_twin VALUES ('status_code_nlikesel');

-- STABLE is what reads the overrides: every function with a builtin_ twin, and those above. All others
-- are IMMUTABLE, and so is every aggregate to the server, whatever its transition function is.
SELECT f.oid::regprocedure, f.provolatile FROM functions AS f
WHERE f.prokind = 'f' AND f.prorettype <> 'trigger'::regtype
    AND f.provolatile <> CASE
        WHEN f.proname IN (SELECT proname FROM without_twin)
            OR 'builtin_' || f.proname IN (SELECT proname FROM functions) THEN 's'
        ELSE 'i' END
ORDER BY 1;

-- All are STRICT; but a constructor takes a NULL variant for none, a NULL language asks for English, and
-- an aggregate has no such mark.
SELECT f.oid::regprocedure FROM functions AS f
WHERE NOT f.proisstrict AND f.prokind = 'f' AND f.prorettype <> 'trigger'::regtype
    AND f.oid <> ALL ('{status_code(text\,text\,text),try_status_code(text\,text\,text)}'::regprocedure[])
    AND f.proname NOT IN ('code_user_message', 'builtin_code_user_message')
ORDER BY 1;

-- What a query may filter with is LEAKPROOF, or row-level security would keep it from the index:
-- the operators, and every question about a code. Input functions aren't: they repeat what they got.
-- Nor are LIKE and its kin: a malformed pattern raises an error for some values.
SELECT f.oid::regprocedure, f.proleakproof FROM functions AS f
WHERE f.prokind = 'f'
    AND f.proleakproof <> (f.oid IN (SELECT o.oprcode FROM pg_operator AS o WHERE o.oprname !~ '~~')
        OR f.proname ~ '^(builtin_)?(code|is|in|has)_'
        OR f.proname = 'from_provider'
        OR f.proname ~ '_(cmp|hash|smaller|larger)$')
ORDER BY 1;

-- Every question has its twin in the other family, with the same arguments and result.
SELECT COALESCE(o.oid, b.oid)::regprocedure
FROM (SELECT * FROM functions
      WHERE (provolatile = 's' OR proname = 'worst_status') AND proname NOT IN (SELECT proname FROM without_twin)) AS o
FULL JOIN (SELECT * FROM functions
           WHERE proname ~ '^builtin_' AND proname !~ '^builtin_(status_codes|status_code_(documents|sources)|code_source)$') AS b
    ON 'builtin_' || o.proname = b.proname AND o.proargtypes = b.proargtypes
    AND o.prorettype = b.prorettype AND o.proargnames IS NOT DISTINCT FROM b.proargnames
WHERE o.oid IS NULL OR b.oid IS NULL
ORDER BY 1;

-- The C symbols are all there: the server looks them up when a function is created.  What it can't
-- know is that two functions share one by mistake.
SELECT prosrc, count(*) FROM functions WHERE lanname = 'c'
GROUP BY prosrc HAVING count(*) > 1;

-- What the control file says: it can be moved, and a user without superuser rights may install it.  (Debian's
-- servers don't list what lies in an extension_destdir; test privileges has him do it.)
SELECT extrelocatable, extversion FROM pg_extension WHERE extname = 'provider_codes' AND NOT extrelocatable;
SELECT superuser, trusted, relocatable, schema, requires
FROM pg_available_extension_versions AS v
JOIN pg_extension AS e ON v.name = e.extname AND v.version = e.extversion
WHERE v.name = 'provider_codes'
    AND NOT (superuser AND trusted AND relocatable AND schema IS NULL AND requires IS NULL);

-- The library is of the version that the server believes to have installed.
SELECT extversion, provider_codes_version()
FROM pg_extension
WHERE extname = 'provider_codes' AND extversion IS DISTINCT FROM provider_codes_version();

-- pg_dump saves the rows of one table, all of them.
SELECT extconfig::regclass[], extcondition FROM pg_extension WHERE extname = 'provider_codes';

--
-- Moved to another schema, and back
--
CREATE SCHEMA "Needs Quoting";
CREATE TABLE move_jobs (
    status status_code CHECK (builtin_is_known_code(status)),
    known known_status_code,
    category status_category GENERATED ALWAYS AS (builtin_code_category(status)) STORED
);
CREATE INDEX ON move_jobs (status);
CREATE VIEW move_names AS SELECT code_name(status) AS name FROM move_jobs;
INSERT INTO move_jobs VALUES ('syncfy:401', 'syncfy:401');
INSERT INTO status_code_overrides (status, name) VALUES ('syncfy:401', 'overridden');
PREPARE name_of_401 AS SELECT name FROM move_names;
EXECUTE name_of_401;

ALTER EXTENSION provider_codes SET SCHEMA "Needs Quoting";

EXECUTE name_of_401;
SELECT name FROM move_names;
SELECT "Needs Quoting".code_name('syncfy:401');
SELECT name, overridden FROM "Needs Quoting".status_codes WHERE status = 'syncfy:401';
SELECT count(*) > 0 AS documents FROM "Needs Quoting".status_code_documents;
UPDATE "Needs Quoting".status_code_overrides SET name = 'moved';
SELECT name FROM move_names;
INSERT INTO move_jobs VALUES ('syncfy:501', 'syncfy:501');
SELECT * FROM move_jobs ORDER BY status USING OPERATOR("Needs Quoting".>);
-- nothing stayed behind
SELECT pg_describe_object(m.classid, m.objid, 0)
FROM members AS m
CROSS JOIN LATERAL pg_identify_object(m.classid, m.objid, 0) AS i
WHERE i.schema <> quote_ident('Needs Quoting');

ALTER EXTENSION provider_codes SET SCHEMA public;

EXECUTE name_of_401;
SELECT name, overridden FROM status_codes WHERE status = 'syncfy:401';
DEALLOCATE name_of_401;
DROP TABLE move_jobs CASCADE;

--
-- Dropped and made again in one session: no memory of the old table is left
--
PREPARE name_of_401 AS SELECT code_name('syncfy:401');
EXECUTE name_of_401;
DROP EXTENSION provider_codes;
\set VERBOSITY terse
EXECUTE name_of_401;
\set VERBOSITY default
CREATE EXTENSION provider_codes;
EXECUTE name_of_401;
INSERT INTO status_code_overrides (status, name) VALUES ('syncfy:401', 'new table');
EXECUTE name_of_401;

-- The same in a transaction: it sees its own table, and the first one is back after it.
BEGIN;
EXECUTE name_of_401;
DROP EXTENSION provider_codes;
CREATE EXTENSION provider_codes SCHEMA "Needs Quoting";
SELECT "Needs Quoting".code_name('syncfy:401');
INSERT INTO "Needs Quoting".status_code_overrides (status, name) VALUES ('syncfy:401', 'third table');
SELECT "Needs Quoting".code_name('syncfy:401');
SAVEPOINT before_drop;
DROP EXTENSION provider_codes;
CREATE EXTENSION provider_codes;
SELECT code_name('syncfy:401');
ROLLBACK TO before_drop;
SELECT "Needs Quoting".code_name('syncfy:401');
ROLLBACK;
EXECUTE name_of_401;

-- Dropped for good in a transaction that doesn't last.
BEGIN;
DROP EXTENSION provider_codes;
ROLLBACK;
EXECUTE name_of_401;

-- Left as the other tests want it.
DELETE FROM status_code_overrides;
EXECUTE name_of_401;
DEALLOCATE name_of_401;
DROP SCHEMA "Needs Quoting";
DROP TABLE without_twin;
DROP VIEW functions, objects, members;
