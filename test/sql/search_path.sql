--
-- search_path.sql: no object in the schema or on the path is used in place of what the extension refers to
--
-- In a database of its own, with an owner who is not a superuser, and an attacker who may create objects in the
-- schema of the extension. What the attacker plants raises a warning when it runs.
--
\set tests :DBNAME
CREATE ROLE regress_provider_codes_owner;
CREATE ROLE regress_provider_codes_attacker;
CREATE DATABASE regress_provider_codes OWNER regress_provider_codes_owner TEMPLATE template0;
\c regress_provider_codes

CREATE SCHEMA helpers;
GRANT USAGE ON SCHEMA helpers TO PUBLIC;
CREATE SCHEMA shared AUTHORIZATION regress_provider_codes_owner;
CREATE SCHEMA hostile AUTHORIZATION regress_provider_codes_attacker;
GRANT USAGE ON SCHEMA hostile, shared TO PUBLIC;
GRANT CREATE ON SCHEMA shared TO regress_provider_codes_attacker;

-- Creates a plant: a function that raises a warning and returns NULL.
CREATE FUNCTION helpers.plant_function(schema text, signature text, result text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE FUNCTION %I.%s RETURNS %s LANGUAGE plpgsql AS %L', schema, signature, result,
                   format('BEGIN RAISE WARNING %L; RETURN NULL; END', 'ran ' || schema || '.' || signature));
END
$$;
-- And an operator with such a function.
CREATE FUNCTION helpers.plant_operator(schema text, name text, left_type text, right_type text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    function text := 'op_' || left(md5(name || left_type || right_type), 8);
BEGIN
    PERFORM helpers.plant_function(schema, format('%I(%s, %s)', function, left_type, right_type), 'boolean');
    EXECUTE format('CREATE OPERATOR %I.%s (LEFTARG = %s, RIGHTARG = %s, FUNCTION = %I.%I)',
                   schema, name, left_type, right_type, schema, function);
END
$$;

-- Plants for all that the script calls or defines, with the same and with other argument types; some match the
-- calls in the script better, some do not. In both schemas.
CREATE FUNCTION helpers.plant_all(schema text) RETURNS void LANGUAGE sql AS $$
    SELECT helpers.plant_function(schema, s, r)
    FROM (VALUES
        ('num_nonnulls(text, text, text, anyelement, anycompatible, boolean, interval, boolean, boolean)', 'integer'),
        ('num_nonnulls(VARIADIC anyarray)', 'integer'),
        ('date_part(text, interval)', 'double precision'), ('date_part(text, anyelement)', 'double precision'),
        ('ceil(double precision)', 'double precision'), ('ceil(anyelement)', 'double precision'),
        ('now()', 'timestamptz'), ('text(anyelement)', 'text'), ('int4(double precision)', 'integer'),
        ('pg_extension_config_dump(text, text)', 'integer'), ('pg_extension_config_dump(regclass, text)', 'integer'),
        ('btequalimage(oid)', 'boolean'), ('"current_user"()', 'name'),
        ('interval(text)', 'interval'), ('epoch(interval)', 'integer'),
        ('status_code(anyelement)', 'text'), ('status_code(anyelement, anyelement, anyelement)', 'text'),
        ('status_code(text, smallint)', 'text'),
        ('min(anyelement)', 'text'), ('max(anyelement)', 'text'),
        ('status_code_cmp(anyelement, anyelement)', 'integer'), ('status_code_hash(anyelement)', 'integer'),
        ('status_code_hash(anyelement, bigint)', 'bigint'), ('status_code_smaller(anyelement, anyelement)', 'text'),
        ('code_provider(anyelement)', 'text'), ('code_value(anyelement)', 'text'),
        ('code_variant(anyelement)', 'text'), ('code_name(anyelement)', 'text'),
        ('code_category(anyelement)', 'text'), ('code_retry_after(anyelement)', 'interval'),
        ('is_retryable(anyelement)', 'boolean'), ('is_known_code(anyelement)', 'boolean'),
        ('builtin_is_known_code(anyelement)', 'boolean'), ('builtin_status_codes(integer)', 'text'),
        ('status_code_overrides_stamp(integer)', 'text')) AS v (s, r);
    SELECT helpers.plant_operator(schema, o, l, r)
    FROM unnest('{<,<=,=,<>,>=,>}'::text[]) AS o,
        (VALUES ('anyelement', 'anyelement'), ('interval', 'interval'), ('integer', 'integer'), ('anyarray', 'text'),
                ('double precision', 'integer')) AS v (l, r);
    SELECT helpers.plant_operator(schema, o, 'anyelement', 'anyelement')
    FROM unnest('{*<,*<=,*=,*<>,*>=,*>}'::text[]) AS o
$$;
GRANT CREATE ON SCHEMA helpers TO PUBLIC;
SET SESSION AUTHORIZATION regress_provider_codes_attacker;
SELECT helpers.plant_all(s) FROM unnest('{shared,hostile}'::text[]) AS s;
-- types with the names of the server's
CREATE DOMAIN shared.text AS pg_catalog.int4;
CREATE DOMAIN shared.timestamptz AS pg_catalog.int4;
CREATE DOMAIN hostile.text AS pg_catalog.int4;
CREATE DOMAIN hostile.interval AS pg_catalog.int4;
-- a catalog and a table of overrides
CREATE TABLE hostile.pg_extension AS SELECT * FROM pg_extension LIMIT 0;
CREATE TABLE hostile.status_code_overrides (status pg_catalog.text, name pg_catalog.text);
INSERT INTO hostile.status_code_overrides VALUES ('syncfy:401', 'planted');
CREATE VIEW hostile.status_codes AS SELECT 'planted'::pg_catalog.text AS status;
CREATE TYPE hostile.status_code AS ENUM ('planted');
CREATE FUNCTION hostile.code_name(hostile.status_code) RETURNS pg_catalog.text LANGUAGE sql
AS 'SELECT ''planted''::pg_catalog.text';
RESET SESSION AUTHORIZATION;

-- The plants exist, and raise their warnings.
SELECT count(*) > 100 AS planted FROM pg_proc WHERE proowner = 'regress_provider_codes_attacker'::regrole;
SELECT shared.code_name(1);
SELECT 1 OPERATOR(hostile.=) 1;

--
-- The install
--
SET search_path = hostile, shared, pg_catalog;
SET SESSION AUTHORIZATION regress_provider_codes_owner;
CREATE EXTENSION provider_codes SCHEMA shared;
RESET SESSION AUTHORIZATION;
RESET search_path;

-- No plant has become a member.
CREATE VIEW helpers.members AS
SELECT d.classid, d.objid FROM pg_depend AS d JOIN pg_extension AS e ON d.refobjid = e.oid
WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e' AND e.extname = 'provider_codes';
CREATE VIEW helpers.plants AS
SELECT classid, objid FROM pg_shdepend
WHERE refclassid = 'pg_authid'::regclass AND deptype = 'o'
    AND refobjid = (SELECT oid FROM pg_roles WHERE rolname = 'regress_provider_codes_attacker')
    AND dbid = (SELECT oid FROM pg_database WHERE datname = current_database());
SELECT count(*) > 100 AS members FROM helpers.members;
SELECT pg_describe_object(classid, objid, 0) FROM helpers.members
INTERSECT
SELECT pg_describe_object(classid, objid, 0) FROM helpers.plants;

-- The objects of the extension, and their parts, refer only to each other and to objects of the server: no rows.
CREATE VIEW helpers.parts AS
WITH relations AS (SELECT objid FROM helpers.members WHERE classid = 'pg_class'::regclass),
    types AS (SELECT objid FROM helpers.members WHERE classid = 'pg_type'::regclass),
    families AS (SELECT objid FROM helpers.members WHERE classid = 'pg_opfamily'::regclass)
SELECT classid, objid FROM helpers.members
UNION ALL SELECT 'pg_rewrite'::regclass, oid FROM pg_rewrite WHERE ev_class IN (TABLE relations)
UNION ALL SELECT 'pg_constraint'::regclass, oid FROM pg_constraint
    WHERE conrelid IN (TABLE relations) OR contypid IN (TABLE types)
UNION ALL SELECT 'pg_attrdef'::regclass, oid FROM pg_attrdef WHERE adrelid IN (TABLE relations)
UNION ALL SELECT 'pg_trigger'::regclass, oid FROM pg_trigger WHERE tgrelid IN (TABLE relations)
UNION ALL SELECT 'pg_type'::regclass, oid FROM pg_type WHERE typelem IN (TABLE types) OR typrelid IN (TABLE relations)
UNION ALL SELECT 'pg_amop'::regclass, oid FROM pg_amop WHERE amopfamily IN (TABLE families)
UNION ALL SELECT 'pg_amproc'::regclass, oid FROM pg_amproc WHERE amprocfamily IN (TABLE families);
SELECT classid::regclass AS "looked at none of"
FROM unnest('{pg_rewrite,pg_constraint,pg_attrdef,pg_trigger,pg_amop,pg_amproc}'::regclass[]) AS c (classid)
WHERE classid NOT IN (SELECT classid FROM helpers.parts);
SELECT pg_describe_object(d.classid, d.objid, d.objsubid), pg_describe_object(d.refclassid, d.refobjid, d.refobjsubid)
FROM pg_depend AS d JOIN helpers.parts AS p USING (classid, objid)
CROSS JOIN LATERAL pg_identify_object(d.refclassid, d.refobjid, d.refobjsubid) AS i
WHERE (d.refclassid, d.refobjid) NOT IN (SELECT classid, objid FROM helpers.parts)
    AND d.refclassid NOT IN ('pg_namespace'::regclass, 'pg_extension'::regclass)
    AND i.schema IS DISTINCT FROM 'pg_catalog';
-- and the C functions are in its library: no rows
SELECT p.oid::regprocedure, p.probin, p.prosrc
FROM pg_proc AS p JOIN helpers.members AS m ON m.classid = 'pg_proc'::regclass AND m.objid = p.oid
WHERE p.probin <> '$libdir/provider_codes';

--
-- A plant with the name of an object of the script: the installation fails, and does not adopt it
--
CREATE FUNCTION helpers.install_beside(plant text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    DROP EXTENSION provider_codes;
    SET LOCAL ROLE regress_provider_codes_attacker;
    EXECUTE plant;
    SET LOCAL ROLE regress_provider_codes_owner;
    CREATE EXTENSION provider_codes SCHEMA shared;
    RAISE SQLSTATE 'P0DON';
EXCEPTION
    WHEN SQLSTATE 'P0DON' THEN RETURN 'installed';
    WHEN OTHERS THEN RETURN SQLSTATE;
END
$$;
CREATE TABLE helpers.plantings (state text, plant text);
INSERT INTO helpers.plantings VALUES
    ('installed', 'CREATE TABLE shared.nothing_special (a integer)'),
    ('42710', 'CREATE TYPE shared.status_code AS ENUM ()'),
    ('42710', 'CREATE DOMAIN shared.known_status_code AS integer'),
    ('42710', 'CREATE TYPE shared.status_category AS (a integer)'),
    ('42P07', 'CREATE TABLE shared.status_code_overrides (a integer)'),
    ('42P07', 'CREATE SEQUENCE shared.status_code_overrides_pkey'),
    ('42P07', 'CREATE VIEW shared.status_codes AS SELECT 1 AS a'),
    ('42P07', 'CREATE VIEW shared.status_code_documents AS SELECT ''''::pg_catalog.text AS document,
        NULL::pg_catalog.date AS published, ''''::pg_catalog.text AS status, ''''::pg_catalog.text AS section,
        ''''::pg_catalog.text AS name, ''''::pg_catalog.text AS title, ''''::pg_catalog.text AS description'),
    ('42723', 'CREATE FUNCTION shared.status_code(pg_catalog.text) RETURNS integer LANGUAGE sql AS ''SELECT 1'''),
    ('42723', 'CREATE FUNCTION shared.provider_codes_version() RETURNS pg_catalog.text LANGUAGE sql AS ''SELECT NULL::pg_catalog.text'''),
    ('42723', 'CREATE FUNCTION shared.builtin_status_codes() RETURNS integer LANGUAGE sql AS ''SELECT 1'''),
    ('42723', 'CREATE FUNCTION shared.status_code_text_text_cmp(pg_catalog.text, pg_catalog.text) RETURNS integer LANGUAGE sql AS ''SELECT 1'''),
    ('42723', 'CREATE FUNCTION shared.status_code_overrides_stamp() RETURNS trigger LANGUAGE plpgsql AS ''BEGIN RETURN new; END'''),
    ('42723', 'CREATE OPERATOR shared.*< (LEFTARG = pg_catalog.text, RIGHTARG = pg_catalog.text, FUNCTION = texteq)'),
    -- shell operators, which another one names as its commutator or negator and the script would complete (the
    -- error code depends on the release)
    ('42501|55000', 'CREATE OPERATOR shared.*!! (LEFTARG = pg_catalog.text, RIGHTARG = pg_catalog.text, FUNCTION = texteq,
        COMMUTATOR = OPERATOR(shared.*<))'),
    ('42501|55000', 'CREATE OPERATOR shared.*!! (LEFTARG = pg_catalog.text, RIGHTARG = pg_catalog.text, FUNCTION = texteq,
        NEGATOR = OPERATOR(shared.*=))');
SELECT plant, state, got
FROM helpers.plantings CROSS JOIN LATERAL helpers.install_beside(plant) AS got
WHERE got !~ state;

--
-- Use
--
-- The results of all functions and views under a path; the calls are schema-qualified.
CREATE FUNCTION helpers.answers(path text) RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
    questions text;
    answers text[];
    before text := current_setting('search_path');
BEGIN
    SELECT string_agg(format('SELECT %L || pg_catalog.concat(%s)', q || ': ', q), ' UNION ALL ')
    INTO questions
    FROM (
        SELECT format('shared.%I(%L::shared.status_code)', p.proname, value)
        FROM pg_proc AS p
        JOIN helpers.members AS m ON m.classid = 'pg_proc'::regclass AND m.objid = p.oid,
            unnest('{syncfy:401,syncfy:250,basiq:access-denied,basiq:access-denied/token-expired,quovo:X,quovo:X/y}'::text[]) AS value
        WHERE p.pronargs = 1 AND p.proargtypes[0] = 'shared.status_code'::regtype AND p.prokind = 'f'
            AND p.prorettype <> 'cstring'::regtype
        UNION ALL
        SELECT format('(SELECT pg_catalog.string_agg(v::pg_catalog.text, '','') FROM shared.%I AS v)', c.relname)
        FROM pg_class AS c
        JOIN helpers.members AS m ON m.classid = 'pg_class'::regclass AND m.objid = c.oid
        WHERE c.relkind = 'v'
        UNION ALL
        SELECT unnest(ARRAY[
            'shared.provider_codes_checksum()', 'shared.provider_codes_version()',
            'shared.status_code(''syncfy'', 401)', 'shared.status_code(''basiq'', ''x'', ''y'')',
            '(SELECT c FROM shared.status_codes AS c WHERE status OPERATOR(pg_catalog.=) ''quovo:X'')',
            '(SELECT shared.min(c) FROM shared.builtin_status_codes() AS c)',
            '(SELECT pg_catalog.array_agg(c ORDER BY c DESC) FROM shared.builtin_status_codes() AS c)',
            '(SELECT pg_catalog.count(DISTINCT c) FROM shared.builtin_status_codes() AS c)',
            '''syncfy:401''::shared.status_code OPERATOR(shared.=) ''syncfy:401''::pg_catalog.text',
            '''mfa''::shared.status_category OPERATOR(shared.<) ''auth''::shared.status_category',
            '''syncfy:401''::shared.known_status_code',
            '''syncfy:401''::shared.status_code::pg_catalog.text'])
    ) AS v (q);
    questions := 'SELECT pg_catalog.array_agg(q) FROM (' || questions || ') AS q (q)';
    PERFORM pg_catalog.set_config('search_path', path, true);
    EXECUTE questions INTO answers;
    PERFORM pg_catalog.set_config('search_path', before, true);
    RETURN answers;
END
$$;
INSERT INTO shared.status_code_overrides (status, name, category, retry_after)
VALUES ('quovo:X', 'overridden', 'mfa', '2 min 1.5 s'), ('basiq:access-denied', 'overridden', NULL, NULL);

CREATE TABLE helpers.truth AS
SELECT answer, n FROM unnest(helpers.answers('shared')) WITH ORDINALITY AS a (answer, n);
SELECT count(*) > 100 AS questions, count(*) FILTER (WHERE answer ~ 'overridden') > 3 AS overridden,
    count(*) FILTER (WHERE answer ~ 'planted') AS planted
FROM helpers.truth;

-- No path changes a result, or runs a plant: no rows.
SELECT p.path, a.answer AS got, t.answer AS truth
FROM unnest(ARRAY['', 'pg_catalog', '"$user", public', 'hostile', 'hostile, pg_catalog, shared', 'hostile, shared, pg_catalog',
                  'pg_temp, hostile, pg_catalog', 'no_such_schema']) AS p (path)
CROSS JOIN LATERAL unnest(helpers.answers(p.path)) WITH ORDINALITY AS a (answer, n)
FULL JOIN helpers.truth AS t USING (n)
WHERE a.answer IS DISTINCT FROM t.answer;

-- The table keeps its constraints and its trigger under a hostile path.
SET search_path = hostile, shared, pg_catalog;
INSERT INTO shared.status_code_overrides (status, name) VALUES ('quovo:Y', 'Y');
UPDATE shared.status_code_overrides SET title = 'Y', updated_by = 'nobody' WHERE name OPERATOR(pg_catalog.=) 'Y';
\set VERBOSITY sqlstate
INSERT INTO shared.status_code_overrides (status) VALUES ('quovo:Z');
INSERT INTO shared.status_code_overrides (status, retry_after) VALUES ('quovo:Z', '-1 s');
INSERT INTO shared.status_code_overrides (status, name) VALUES ('quovo:Y', 'Y');
\set VERBOSITY default
RESET search_path;
SELECT status, name, title, updated_by = current_user AS updated_by, updated_at IS NOT NULL AS updated_at
FROM shared.status_code_overrides WHERE status::text = 'quovo:Y';

--
-- As pg_dump does it: an empty path, and every name in full
--
SELECT pg_catalog.set_config('search_path', '', false);
CREATE TABLE shared.jobs (
    id bigint NOT NULL,
    status shared.status_code NOT NULL,
    known shared.known_status_code DEFAULT 'syncfy:401'::shared.status_code,
    history shared.status_code[],
    category shared.status_category GENERATED ALWAYS AS (shared.builtin_code_category(status)) STORED,
    action shared.status_action DEFAULT 'none'::shared.status_action,
    title pg_catalog.text GENERATED ALWAYS AS (shared.builtin_code_title(status)) STORED,
    CONSTRAINT jobs_known CHECK (shared.builtin_is_known_code(status)),
    CONSTRAINT jobs_status CHECK ((status OPERATOR(shared.>=) 'a:0'::shared.status_code)),
    CONSTRAINT jobs_text CHECK ((status OPERATOR(shared.<>) 'a:0'::pg_catalog.text))
);
COPY shared.jobs (id, status, known, history, action) FROM stdin;
1	syncfy:501	syncfy:501	{syncfy:100,syncfy:501}	retry
2	basiq:invalid-credentials/locked-account	\N	{}	ask_user
3	foundry:401	foundry:401	\N	stop
\.
ALTER TABLE ONLY shared.jobs ADD CONSTRAINT jobs_pkey PRIMARY KEY (id);
CREATE INDEX jobs_status ON shared.jobs USING btree (status);
CREATE INDEX jobs_status_hash ON shared.jobs USING hash (status);
CREATE INDEX jobs_category ON shared.jobs USING btree (category, shared.builtin_code_action(status));
CREATE INDEX jobs_retryable ON shared.jobs USING btree (id) WHERE shared.builtin_is_retryable(status);
CREATE TABLE shared.parted (status shared.status_code) PARTITION BY RANGE (status);
CREATE TABLE shared.parted_1 PARTITION OF shared.parted FOR VALUES FROM ('a:0') TO ('foundry:0');
CREATE TABLE shared.parted_2 PARTITION OF shared.parted FOR VALUES FROM ('foundry:0') TO ('z:0');
INSERT INTO shared.parted SELECT status FROM shared.jobs;
CREATE VIEW shared.named AS SELECT id, shared.code_name(status) AS name FROM shared.jobs;
CREATE MATERIALIZED VIEW shared.counted AS
SELECT shared.code_category(status) AS category, pg_catalog.count(*) FROM shared.jobs GROUP BY 1;
\set VERBOSITY sqlstate
INSERT INTO shared.jobs VALUES (4, 'quovo:X');
\set VERBOSITY default
-- maintenance commands with such a path
REINDEX TABLE shared.jobs;
CLUSTER shared.jobs USING jobs_status;
ANALYZE shared.jobs;
VACUUM shared.jobs;
REFRESH MATERIALIZED VIEW shared.counted;
SELECT id, status, category, action, title FROM shared.jobs ORDER BY status;
SELECT * FROM shared.named ORDER BY id;
SELECT * FROM shared.counted ORDER BY category;
SELECT tableoid::pg_catalog.regclass, status FROM shared.parted ORDER BY status;

-- Definitions, as the server prints them for a dump, mean the same when they are read again.
DO $$
DECLARE
    v text;
    other boolean;
BEGIN
    FOR v IN SELECT relname FROM pg_class AS c
             JOIN helpers.members AS m ON m.classid = 'pg_class'::regclass AND m.objid = c.oid WHERE c.relkind = 'v' LOOP
        EXECUTE format('CREATE VIEW helpers.%I AS %s', v, pg_get_viewdef(format('shared.%I', v)::regclass));
        EXECUTE format('SELECT EXISTS (TABLE helpers.%I EXCEPT TABLE shared.%I)', v, v) INTO other;
        IF other THEN
            RAISE WARNING 'view % read again is another one', v;
        END IF;
    END LOOP;
    EXECUTE 'CREATE TABLE shared.overrides_again (LIKE shared.status_code_overrides INCLUDING DEFAULTS)';
    FOR v IN SELECT pg_get_constraintdef(oid) FROM pg_constraint
             WHERE conrelid = 'shared.status_code_overrides'::regclass AND contype = 'c' LOOP
        EXECUTE 'ALTER TABLE shared.overrides_again ADD ' || v;
    END LOOP;
END
$$;
\set VERBOSITY sqlstate
INSERT INTO shared.overrides_again (status, retry_after) VALUES ('a:1', '-1 s');
INSERT INTO shared.overrides_again (status) VALUES ('a:1');
\set VERBOSITY default

\c :tests
DROP DATABASE regress_provider_codes;
DROP ROLE regress_provider_codes_owner, regress_provider_codes_attacker;
