--
-- objects.sql: all that the catalogs know of the extension's objects, one line for each object and aspect
--
-- Two installations of the extension in one schema, by one role and on one version are equal if and only if the answers are. No
-- answer has an OID. An object of a kind that is not described here is named with the aspect "not described".
--
SET search_path = pg_catalog;

CREATE TEMP TABLE of_extension AS
WITH RECURSIVE members (classid, objid) AS (
    SELECT 'pg_extension'::regclass, oid FROM pg_extension WHERE extname = 'provider_codes'
    UNION
    SELECT d.classid::regclass, d.objid
    FROM members AS m
    JOIN pg_depend AS d ON d.refclassid = m.classid AND d.refobjid = m.objid
        AND (d.deptype IN ('e', 'i')
             OR d.deptype = 'a' AND m.classid IN ('pg_class'::regclass, 'pg_type'::regclass, 'pg_opfamily'::regclass, 'pg_opclass'::regclass))
)
-- A TOAST table has its owner's OID in its name, and is a consequence of the owner's columns.
SELECT m.classid, m.objid, o.type AS kind, o.identity
FROM members AS m CROSS JOIN LATERAL pg_identify_object(m.classid, m.objid, 0) AS o
WHERE o.identity !~ '^pg_toast\.';

CREATE TEMP VIEW aspects AS

-- What all kinds have: comments, labels, privileges at the installation, dependencies.
SELECT o.kind, o.identity, 'member' AS aspect, NULL AS value FROM of_extension AS o
UNION ALL
SELECT o.kind, (pg_identify_object(d.classoid, d.objoid, d.objsubid)).identity, 'comment', d.description
FROM of_extension AS o JOIN pg_description AS d ON d.classoid = o.classid AND d.objoid = o.objid
UNION ALL
SELECT o.kind, (pg_identify_object(l.classoid, l.objoid, l.objsubid)).identity, 'label of ' || l.provider, l.label
FROM of_extension AS o JOIN pg_seclabel AS l ON l.classoid = o.classid AND l.objoid = o.objid
UNION ALL
SELECT o.kind, (pg_identify_object(i.classoid, i.objoid, i.objsubid)).identity, 'initial privileges ' || i.privtype::text,
    (SELECT string_agg(a::text, ', ' ORDER BY a::text COLLATE "C") FROM unnest(i.initprivs) AS a)
FROM of_extension AS o JOIN pg_init_privs AS i ON i.classoid = o.classid AND i.objoid = o.objid
UNION ALL
SELECT o.kind, (pg_identify_object(d.classid, d.objid, d.objsubid)).identity, 'depends ' || d.deptype::text,
    (pg_identify_object(d.refclassid, d.refobjid, d.refobjsubid)).type || ' '
    || (pg_identify_object(d.refclassid, d.refobjid, d.refobjsubid)).identity
FROM of_extension AS o JOIN pg_depend AS d ON d.classid = o.classid AND d.objid = o.objid

UNION ALL
SELECT o.kind, o.identity, a.*
FROM of_extension AS o JOIN pg_extension AS e ON e.oid = o.objid AND o.classid = 'pg_extension'::regclass
CROSS JOIN LATERAL (VALUES
    ('version', e.extversion), ('relocatable', e.extrelocatable::text), ('schema', e.extnamespace::regnamespace::text),
    ('dumped tables', e.extconfig::regclass[]::text), ('dumped rows', e.extcondition::text)) AS a (aspect, value)

UNION ALL
SELECT o.kind, o.identity, a.*
FROM of_extension AS o JOIN pg_proc AS p ON p.oid = o.objid AND o.classid = 'pg_proc'::regclass
CROSS JOIN LATERAL (VALUES
    ('definition', CASE WHEN p.prokind <> 'a' THEN pg_get_functiondef(p.oid) END),
    ('arguments', pg_get_function_arguments(p.oid)), ('result', pg_get_function_result(p.oid)), ('kind', p.prokind::text),
    ('volatility', p.provolatile::text), ('strict', p.proisstrict::text), ('leakproof', p.proleakproof::text), ('parallel', p.proparallel::text),
    ('cost', p.procost::text), ('rows', p.prorows::text), ('support', p.prosupport::text), ('settings', p.proconfig::text),
    ('security', p.prosecdef::text), ('source', p.prosrc), ('library', p.probin), ('owner', p.proowner::regrole::text),
    ('privileges', p.proacl::text)) AS a (aspect, value)
UNION ALL
SELECT o.kind, o.identity, 'aggregate', (to_jsonb(g) - '{aggfnoid,aggtranstype,aggmtranstype,aggsortop}'::text[])::text
    || concat_ws(' ', g.aggtranstype::regtype, g.aggmtranstype::regtype, g.aggsortop::regoperator)
FROM of_extension AS o JOIN pg_aggregate AS g ON g.aggfnoid = o.objid AND o.classid = 'pg_proc'::regclass

UNION ALL
SELECT o.kind, o.identity, a.*
FROM of_extension AS o JOIN pg_type AS t ON t.oid = o.objid AND o.classid = 'pg_type'::regclass
CROSS JOIN LATERAL (VALUES
    ('type', (to_jsonb(t) - '{oid,typnamespace,typowner,typrelid,typelem,typarray,typbasetype,typcollation,typdefaultbin,typacl}'::text[])::text),
    ('type''s types', concat_ws(' ', t.typrelid::regclass, t.typelem::regtype, t.typarray::regtype, t.typbasetype::regtype, t.typcollation::regcollation)),
    ('owner', t.typowner::regrole::text), ('privileges', t.typacl::text)) AS a (aspect, value)

UNION ALL
SELECT o.kind, o.identity, 'operator', concat_ws(' ', p.oprkind, p.oprcanmerge, p.oprcanhash, p.oprleft::regtype, p.oprright::regtype,
    p.oprresult::regtype, p.oprcom::regoperator, p.oprnegate::regoperator, p.oprcode, p.oprrest, p.oprjoin, p.oprowner::regrole)
FROM of_extension AS o JOIN pg_operator AS p ON p.oid = o.objid AND o.classid = 'pg_operator'::regclass

-- Members of operator families are objects of their own.
UNION ALL
SELECT o.kind, o.identity, 'operator family', concat_ws(' ', f.opfowner::regrole)
FROM of_extension AS o JOIN pg_opfamily AS f ON f.oid = o.objid AND o.classid = 'pg_opfamily'::regclass
UNION ALL
SELECT o.kind, o.identity, 'operator class', concat_ws(' ', (pg_identify_object('pg_opfamily'::regclass, c.opcfamily, 0)).identity,
    c.opcintype::regtype, c.opcdefault, c.opckeytype::regtype, c.opcowner::regrole)
FROM of_extension AS o JOIN pg_opclass AS c ON c.oid = o.objid AND o.classid = 'pg_opclass'::regclass
UNION ALL
SELECT o.kind, o.identity, 'operator of family', concat_ws(' ', a.amoplefttype::regtype, a.amoprighttype::regtype, a.amopstrategy, a.amoppurpose,
    a.amopopr::regoperator, a.amopsortfamily)
FROM of_extension AS o JOIN pg_amop AS a ON a.oid = o.objid AND o.classid = 'pg_amop'::regclass
UNION ALL
SELECT o.kind, o.identity, 'function of family', concat_ws(' ', a.amproclefttype::regtype, a.amprocrighttype::regtype, a.amprocnum, a.amproc::regprocedure)
FROM of_extension AS o JOIN pg_amproc AS a ON a.oid = o.objid AND o.classid = 'pg_amproc'::regclass

UNION ALL
SELECT o.kind, o.identity, 'cast', concat_ws(' ', c.castsource::regtype, c.casttarget::regtype, c.castfunc::regprocedure, c.castcontext, c.castmethod)
FROM of_extension AS o JOIN pg_cast AS c ON c.oid = o.objid AND o.classid = 'pg_cast'::regclass

UNION ALL
SELECT o.kind, o.identity, a.*
FROM of_extension AS o JOIN pg_class AS c ON c.oid = o.objid AND o.classid = 'pg_class'::regclass
CROSS JOIN LATERAL (VALUES
    ('relation', concat_ws(' ', c.relkind, c.relpersistence, c.relreplident, c.relrowsecurity, c.relforcerowsecurity, c.relhasindex, c.relhasrules,
        c.relhastriggers, c.relchecks, (SELECT amname FROM pg_am WHERE oid = c.relam))),
    ('options', c.reloptions::text), ('owner', c.relowner::regrole::text), ('privileges', c.relacl::text),
    ('view', CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END),
    ('index', CASE WHEN c.relkind = 'i' THEN pg_get_indexdef(c.oid) END)) AS a (aspect, value)
-- Columns by their place among those that are left. Some minor versions number the changes to a column in its options.
UNION ALL
SELECT 'table column', (pg_identify_object('pg_class'::regclass, c.attrelid, c.attnum)).identity, a.*
FROM (SELECT t.*, row_number() OVER (PARTITION BY attrelid ORDER BY attnum) AS place FROM pg_attribute AS t WHERE attnum > 0 AND NOT attisdropped) AS c
JOIN of_extension AS o ON c.attrelid = o.objid AND o.classid = 'pg_class'::regclass
CROSS JOIN LATERAL (VALUES
    ('column', concat_ws(' ', c.place, format_type(c.atttypid, c.atttypmod), c.attnotnull, c.attstorage, c.attidentity, c.attgenerated,
        c.attcollation::regcollation, c.attstattarget, c.attislocal, c.attinhcount)),
    ('options', array_to_string(ARRAY(SELECT u FROM unnest(c.attoptions) AS u WHERE u !~ '^pg_attver='), ', ')),
    ('privileges', c.attacl::text)) AS a (aspect, value)
UNION ALL
SELECT o.kind, o.identity, 'default', pg_get_expr(d.adbin, d.adrelid)
FROM of_extension AS o JOIN pg_attrdef AS d ON d.oid = o.objid AND o.classid = 'pg_attrdef'::regclass
UNION ALL
SELECT o.kind, o.identity, 'constraint', concat_ws(' ', c.contype, c.convalidated, c.connoinherit, pg_get_constraintdef(c.oid))
FROM of_extension AS o JOIN pg_constraint AS c ON c.oid = o.objid AND o.classid = 'pg_constraint'::regclass
UNION ALL
SELECT o.kind, o.identity, 'trigger', concat_ws(' ', t.tgenabled, pg_get_triggerdef(t.oid))
FROM of_extension AS o JOIN pg_trigger AS t ON t.oid = o.objid AND o.classid = 'pg_trigger'::regclass
UNION ALL
SELECT o.kind, o.identity, 'rule', concat_ws(' ', r.ev_enabled, pg_get_ruledef(r.oid))
FROM of_extension AS o JOIN pg_rewrite AS r ON r.oid = o.objid AND o.classid = 'pg_rewrite'::regclass

UNION ALL
SELECT o.kind, o.identity, 'not described', o.classid::text
FROM of_extension AS o
WHERE o.classid NOT IN ('pg_extension'::regclass, 'pg_proc'::regclass, 'pg_type'::regclass, 'pg_operator'::regclass, 'pg_opfamily'::regclass,
    'pg_opclass'::regclass, 'pg_amop'::regclass, 'pg_amproc'::regclass, 'pg_cast'::regclass, 'pg_class'::regclass, 'pg_attrdef'::regclass,
    'pg_constraint'::regclass, 'pg_trigger'::regclass, 'pg_rewrite'::regclass);

-- A line each, whatever characters the value has.
SELECT concat_ws(' ', kind, identity) AS object, aspect, to_jsonb(value) AS value
FROM aspects
WHERE value IS NOT NULL OR aspect = 'member'
ORDER BY kind COLLATE "C", identity COLLATE "C", aspect COLLATE "C", value COLLATE "C";
