--
-- install.sql: what CREATE EXTENSION creates; moving, dropping and creating it again
--
-- The later tests use the extension that this one leaves.
--
CREATE EXTENSION provider_codes;

-- The objects of the extension, for the checks below: its members, and what belongs to a member. Without
-- row types, array types, TOAST tables and NOT NULL constraints, which the server creates by itself.
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

-- The checks below look at objects of every kind: no rows.
SELECT kind
FROM unnest(ARRAY['pg_type', 'pg_proc', 'pg_operator', 'pg_opclass', 'pg_opfamily', 'pg_cast',
                  'pg_class', 'pg_constraint', 'pg_trigger']::regclass[]) AS kind
WHERE kind NOT IN (SELECT classid FROM objects);

-- Every object has a comment, and so has the extension: no rows.
CREATE TEMP VIEW comments AS
SELECT classid, objid, objsubid, pg_describe_object(classid, objid, objsubid) AS object,
    CASE WHEN objsubid > 0 THEN col_description(objid, objsubid)
         ELSE obj_description(objid, classid::regclass::name) END AS comment
FROM (SELECT * FROM objects
      UNION ALL SELECT 'pg_extension'::regclass, oid, 0 FROM pg_extension WHERE extname = 'provider_codes') AS o;
SELECT object AS "without a comment" FROM comments WHERE COALESCE(comment, '') = '' ORDER BY 1;

-- Every comment is a phrase, in the style of the server's own: no question, no sentence. No rows.
SELECT object, comment FROM comments
WHERE comment ~ '[?]|[.]$|^[[:upper:]]|^[[:space:]]|[[:space:]]$|\n|[.] '
        AND NOT (comment = 'I/O' AND classid = 'pg_proc'::regclass)
    OR comment ~* '^(is|are|was|has|have|had|can|could|may|must|do|did|will|what|which|who|whose|when|where|why|how)\M'
ORDER BY 1;

-- The functions, with their comments and what each is for. "internal" means: only for the server, and for the
-- views and constraints of the extension.
CREATE TEMP VIEW purposes AS
SELECT f.*, c.comment, c.comment ~ '^internal: ' AS is_internal,
    f.oid IN (SELECT unnest(ARRAY[t.typinput, t.typoutput, t.typreceive, t.typsend])
              FROM pg_type AS t JOIN members AS m ON m.classid = 'pg_type'::regclass AND m.objid = t.oid) AS is_io,
    (SELECT min(o.oprname) FROM pg_operator AS o WHERE o.oprcode = f.oid) AS implements,
    f.oid IN (SELECT unnest(ARRAY[a.aggtransfn, a.aggcombinefn]) FROM pg_aggregate AS a)
        OR f.oid IN (SELECT a.amproc FROM pg_amproc AS a)
        OR f.oid IN (SELECT p.prosupport FROM pg_proc AS p)
        OR f.oid IN (SELECT unnest(ARRAY[o.oprrest, o.oprjoin]) FROM pg_operator AS o)
        OR f.prorettype IN ('internal'::regtype, 'trigger'::regtype)
        OR 'internal'::regtype = ANY (f.proargtypes)
        OR f.prosupport::text ~ 'status_code_set_support$' AS is_support
FROM functions AS f
JOIN comments AS c ON c.classid = 'pg_proc'::regclass AND c.objid = f.oid;
-- each purpose is that of some function
SELECT bool_or(is_io) AS io, bool_or(implements IS NOT NULL) AS operator, bool_or(is_support) AS support FROM purposes;

-- A comment says which it is: no rows.
SELECT oid::regprocedure, comment FROM purposes
WHERE CASE
    WHEN is_io THEN comment <> 'I/O'
    WHEN implements IS NOT NULL THEN comment <> 'implementation of ' || implements || ' operator'
    ELSE is_support AND NOT is_internal OR comment ~ '^(I/O|implementation of)' END
ORDER BY 1;

-- The comment of a builtin_ function ends in "(built-in)" and is otherwise that of its twin: no rows.
SELECT b.oid::regprocedure, b.comment, f.comment AS "twin's"
FROM purposes AS b LEFT JOIN purposes AS f ON b.proname = 'builtin_' || f.proname
WHERE b.proname ~ '^builtin_'
    AND (b.comment !~ ' \(built-in\)$' OR b.comment <> f.comment || ' (built-in)');

-- The rest is the interface that a release freezes, with the names of the parameters. Twins are left out.
SELECT proname AS name, pg_get_function_result(oid) AS result, pg_get_function_arguments(oid) AS arguments, comment
FROM purposes
WHERE NOT is_internal AND NOT is_io AND implements IS NULL
    AND NOT (proname ~ '^builtin_' AND replace(proname, 'builtin_', '') IN (SELECT proname FROM functions))
ORDER BY proname COLLATE "C", pronargs, pg_get_function_arguments(oid) COLLATE "C";

-- Each parameter has a name, apart from those of min and max, which are named as the server's own: no rows.
SELECT oid::regprocedure FROM purposes
WHERE NOT is_internal AND NOT is_io AND implements IS NULL AND pronargs > 0 AND proname NOT IN ('min', 'max')
    AND (proargnames IS NULL OR '' = ANY (proargnames));

-- These comments list labels, and lack none that some code has.
SELECT c.object, string_agg(l.label, ' ') FILTER (WHERE c.comment !~ ('\m' || l.label || '\M')) AS lacks
FROM comments AS c
JOIN (SELECT DISTINCT 'category', category FROM status_codes
      UNION SELECT DISTINCT 'action', action FROM status_codes) AS l (kind, label)
    ON c.object ~ ('^(type status_|column )' || l.kind || '( of view status_codes)?$')
GROUP BY c.object
ORDER BY c.object COLLATE "C";

-- Every object is in the schema that the user named, so that the extension can be moved.
SELECT pg_describe_object(m.classid, m.objid, 0) AS "elsewhere"
FROM members AS m
CROSS JOIN LATERAL pg_identify_object(m.classid, m.objid, 0) AS i
WHERE i.schema <> 'public'
    OR i.schema IS NULL AND m.classid <> 'pg_cast'::regclass;

-- The functions are of C, or the server's own. The body of one in SQL or PL/pgSQL would be parsed under the
-- caller's search_path.
SELECT oid::regprocedure, lanname FROM functions
WHERE lanname NOT IN ('c', 'internal')
ORDER BY 1;

-- None runs with its owner's rights, and none changes a setting.
SELECT oid::regprocedure FROM functions WHERE prosecdef OR proconfig IS NOT NULL ORDER BY 1;

-- All but the trigger's are PARALLEL SAFE.
SELECT oid::regprocedure, proparallel FROM functions
WHERE proparallel <> 's' AND prorettype <> 'trigger'::regtype
ORDER BY 1;

-- The functions that read the overrides and have no builtin_ twin: they are not functions of a code.
CREATE TEMP TABLE without_twin (proname name);
INSERT INTO without_twin VALUES ('provider_codes_checksum'), ('status_code_override_rows');
-- and what reads statistics
INSERT INTO without_twin VALUES ('status_code_nlikesel');

-- A function that reads the overrides is STABLE: each that has a builtin_ twin, and those above. All others
-- are IMMUTABLE; the server takes every aggregate for that, whatever its transition function is.
SELECT f.oid::regprocedure, f.provolatile FROM functions AS f
WHERE f.prokind = 'f' AND f.prorettype <> 'trigger'::regtype
    AND f.provolatile <> CASE
        WHEN f.proname IN (SELECT proname FROM without_twin)
            OR 'builtin_' || f.proname IN (SELECT proname FROM functions) THEN 's'
        ELSE 'i' END
ORDER BY 1;

-- All are STRICT but for these: a NULL variant is no variant, a NULL language is English, and an aggregate
-- is not marked.
SELECT f.oid::regprocedure FROM functions AS f
WHERE NOT f.proisstrict AND f.prokind = 'f' AND f.prorettype <> 'trigger'::regtype
    AND f.oid <> ALL ('{status_code(text\,text\,text),try_status_code(text\,text\,text)}'::regprocedure[])
    AND f.proname NOT IN ('code_user_message', 'builtin_code_user_message')
ORDER BY 1;

-- What a query may filter with is LEAKPROOF, or row-level security would keep it from the index:
-- operators, and functions of one code. Input functions are not, since their errors contain the input.
-- Nor is LIKE: whether a malformed pattern raises an error depends on the value.
SELECT f.oid::regprocedure, f.proleakproof FROM functions AS f
WHERE f.prokind = 'f'
    AND f.proleakproof <> (f.oid IN (SELECT o.oprcode FROM pg_operator AS o WHERE o.oprname !~ '~~')
        OR f.proname ~ '^(builtin_)?(code|is|in|has)_'
        OR f.proname = 'from_provider'
        OR f.proname ~ '_(cmp|hash|smaller|larger)$')
ORDER BY 1;

-- Each function, and each aggregate, that reads the overrides has a twin that does not, with the same
-- arguments and result; and every other builtin_ function is internal. No rows.
SELECT COALESCE(o.oid, b.oid)::regprocedure
FROM (SELECT f.* FROM functions AS f
      LEFT JOIN pg_aggregate AS a ON f.oid = a.aggfnoid
      LEFT JOIN pg_proc AS t ON a.aggtransfn = t.oid
      WHERE 's' IN (f.provolatile, t.provolatile) AND f.proname NOT IN (SELECT proname FROM without_twin)) AS o
FULL JOIN (SELECT * FROM purposes WHERE proname ~ '^builtin_') AS b
    ON 'builtin_' || o.proname = b.proname AND o.proargtypes = b.proargtypes
    AND o.prorettype = b.prorettype AND o.proargnames IS NOT DISTINCT FROM b.proargnames
WHERE o.oid IS NULL AND NOT b.is_internal OR b.oid IS NULL
ORDER BY 1;

-- No two functions share a C symbol, but for those of a label type and its parameter type. (That each symbol
-- exists, the server checks itself.)
SELECT prosrc, count(*) FROM functions WHERE lanname = 'c'
GROUP BY prosrc HAVING count(DISTINCT replace(oid::regprocedure::text, '_parameter', '')) > 1;

-- As the control file says, the extension can be moved, and a user without superuser rights can install it.
-- (Debian's servers do not list extensions of an extension_destdir; the test privileges installs it so.)
SELECT extrelocatable, extversion FROM pg_extension WHERE extname = 'provider_codes' AND NOT extrelocatable;
SELECT superuser, trusted, relocatable, schema, requires
FROM pg_available_extension_versions AS v
JOIN pg_extension AS e ON v.name = e.extname AND v.version = e.extversion
WHERE v.name = 'provider_codes'
    AND NOT (superuser AND trusted AND relocatable AND schema IS NULL AND requires IS NULL);

-- The loaded library has the version of the extension.
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
-- Dropped and created again in one session: nothing of the old table is remembered
--
PREPARE name_of_401 AS SELECT code_name('syncfy:401');
EXECUTE name_of_401;
SELECT 'syncfy:504' = ANY (codes_where('is_retryable')) AS current, 'syncfy:504' = ANY (builtin_codes_where('is_retryable')) AS built_in;
DROP EXTENSION provider_codes;
\set VERBOSITY terse
EXECUTE name_of_401;
\set VERBOSITY default
CREATE EXTENSION provider_codes;
EXECUTE name_of_401;
INSERT INTO status_code_overrides (status, name) VALUES ('syncfy:401', 'new table');
EXECUTE name_of_401;
-- arrays of the new type, not of the old one
SELECT 'syncfy:504' = ANY (codes_where('is_retryable')) AS current, 'syncfy:504' = ANY (builtin_codes_where('is_retryable')) AS built_in;

-- The same in a transaction, which sees its own table; after the rollback, the first one is back.
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

-- Dropped in a transaction that is rolled back.
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
DROP VIEW purposes, comments, functions, objects, members;
