--
-- names.sql: the names of all SQL objects of the extension
--
-- test/golden/names.txt has a line for each name that users' SQL, views and dumps may rest on: functions with their arguments
-- and results, types, casts, operators, operator classes and families, tables and views with their columns, constraints and
-- triggers. A new object adds its lines, from the list of what the file lacks below; a release allows no other change.
--
CREATE TEMP TABLE golden (name text);
\copy golden FROM 'test/golden/names.txt'

-- Without row types and array types, and without NOT NULL constraints, which are none in some versions.
CREATE TEMP VIEW members AS
SELECT d.classid, d.objid AS oid
FROM pg_depend AS d JOIN pg_extension AS e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid
WHERE e.extname = 'provider_codes' AND d.deptype = 'e';

CREATE TEMP VIEW names AS
SELECT CASE p.prokind WHEN 'a' THEN 'aggregate ' ELSE 'function ' END || p.proname || '('
    || COALESCE((SELECT string_agg(concat_ws(' ', NULLIF(p.proargnames[a.n], ''), a.type::regtype,
                                    'DEFAULT ' || pg_get_function_arg_default(p.oid, a.n::integer)), ', ' ORDER BY a.n)
        FROM unnest(p.proargtypes) WITH ORDINALITY AS a (type, n)), '')
    || ') ' || pg_get_function_result(p.oid) AS name
FROM members AS m JOIN pg_proc AS p ON m.classid = 'pg_proc'::regclass AND m.oid = p.oid
UNION ALL
SELECT concat('result ', p.proname, '.', a.name, ' ', a.type::regtype)
FROM members AS m JOIN pg_proc AS p ON m.classid = 'pg_proc'::regclass AND m.oid = p.oid
CROSS JOIN LATERAL unnest(p.proallargtypes, p.proargmodes, p.proargnames) AS a (type, mode, name)
WHERE a.mode <> 'i'
UNION ALL
SELECT CASE t.typtype WHEN 'd' THEN 'domain ' ELSE 'type ' END || t.typname || COALESCE(' over ' || NULLIF(t.typbasetype, 0)::regtype, '')
FROM members AS m JOIN pg_type AS t ON m.classid = 'pg_type'::regclass AND m.oid = t.oid
WHERE t.typtype <> 'c' AND t.typcategory <> 'A'
UNION ALL
SELECT concat('cast (', c.castsource::regtype, ' AS ', c.casttarget::regtype, ')',
    CASE c.castcontext WHEN 'i' THEN ' implicit' WHEN 'a' THEN ' in assignments' END)
FROM members AS m JOIN pg_cast AS c ON m.classid = 'pg_cast'::regclass AND m.oid = c.oid
UNION ALL
SELECT concat('operator ', o.oprname, ' (', NULLIF(o.oprleft, 0)::regtype, ', ', o.oprright::regtype, ') ', o.oprresult::regtype)
FROM members AS m JOIN pg_operator AS o ON m.classid = 'pg_operator'::regclass AND m.oid = o.oid
UNION ALL
SELECT concat(CASE WHEN c.opcdefault THEN 'default ' END, 'operator class ', c.opcname, ' using ', a.amname, ' for ', c.opcintype::regtype)
FROM members AS m JOIN pg_opclass AS c ON m.classid = 'pg_opclass'::regclass AND m.oid = c.oid JOIN pg_am AS a ON a.oid = c.opcmethod
UNION ALL
SELECT concat('operator family ', f.opfname, ' using ', a.amname)
FROM members AS m JOIN pg_opfamily AS f ON m.classid = 'pg_opfamily'::regclass AND m.oid = f.oid JOIN pg_am AS a ON a.oid = f.opfmethod
UNION ALL
SELECT CASE r.relkind WHEN 'r' THEN 'table ' WHEN 'v' THEN 'view ' ELSE 'relation ' END || r.relname
FROM members AS m JOIN pg_class AS r ON m.classid = 'pg_class'::regclass AND m.oid = r.oid
UNION ALL
SELECT concat('column ', a.attrelid::regclass, '.', a.attname, ' ', format_type(a.atttypid, a.atttypmod))
FROM members AS m JOIN pg_attribute AS a ON m.classid = 'pg_class'::regclass AND m.oid = a.attrelid
WHERE a.attnum > 0 AND NOT a.attisdropped
UNION ALL
SELECT concat('constraint ', c.conname, ' of ', CASE WHEN c.conrelid <> 0 THEN c.conrelid::regclass::text ELSE c.contypid::regtype::text END)
FROM members AS m JOIN pg_constraint AS c ON m.oid = CASE m.classid
    WHEN 'pg_class'::regclass THEN c.conrelid WHEN 'pg_type'::regclass THEN c.contypid END
WHERE c.contype <> 'n'
UNION ALL
SELECT concat('trigger ', t.tgname, ' of ', t.tgrelid::regclass)
FROM members AS m JOIN pg_trigger AS t ON m.classid = 'pg_class'::regclass AND m.oid = t.tgrelid
WHERE NOT t.tgisinternal
UNION ALL
SELECT concat('no name for ', pg_describe_object(m.classid, m.oid, 0))
FROM members AS m
WHERE m.classid <> ALL ('{pg_proc,pg_type,pg_cast,pg_operator,pg_opclass,pg_opfamily,pg_class}'::regclass[]);

-- What the extension has and the file has not ("+"), and what the file has and the extension no longer has ("-").
CREATE TEMP VIEW difference AS
SELECT change, name
FROM (SELECT '+' AS change, name FROM (SELECT name FROM names EXCEPT ALL SELECT name FROM golden) AS added
      UNION ALL
      SELECT '-', name FROM (SELECT name FROM golden EXCEPT ALL SELECT name FROM names) AS removed) AS d
ORDER BY name COLLATE "C", change;

-- No rows, and hundreds of names.
SELECT * FROM difference;
SELECT count(*) > 350 AS many FROM golden;

-- A change of each kind is found.
BEGIN;
ALTER FUNCTION code_name(status_code) RENAME TO code_names;
CREATE FUNCTION more() RETURNS integer LANGUAGE sql AS 'SELECT 1';
ALTER EXTENSION provider_codes ADD FUNCTION more();
ALTER EXTENSION provider_codes DROP FUNCTION codes_where(text);
ALTER EXTENSION provider_codes DROP CAST (character AS status_code);
ALTER EXTENSION provider_codes DROP OPERATOR ~~* (status_code, text);
ALTER OPERATOR CLASS status_code_minmax_ops USING brin RENAME TO status_code_brin_ops;
ALTER OPERATOR FAMILY status_code_ops USING hash RENAME TO status_code_hash_ops;
ALTER DOMAIN known_status_code RENAME TO known_code;
ALTER TABLE status_code_overrides RENAME COLUMN title TO heading;
ALTER TABLE status_code_overrides ADD COLUMN docs_url text;
ALTER TABLE status_code_overrides RENAME CONSTRAINT status_code_overrides_not_empty TO not_empty;
ALTER TRIGGER status_code_overrides_stamp ON status_code_overrides RENAME TO stamp;
ALTER VIEW status_codes RENAME COLUMN category TO kind;
ALTER VIEW status_code_documents RENAME TO documents;
ALTER EXTENSION provider_codes ADD SCHEMA information_schema;
SELECT * FROM difference;
ROLLBACK;

DROP VIEW difference, names, members;
DROP TABLE golden;
