--
-- classes.sql: the types, operators, operator classes and casts fit together as the server expects
--
-- The server relies on the declared properties of an operator, and returns wrong results if one is wrong.
-- Most of the checks are taken from the server's tests type_sanity and opr_sanity. They return no rows
-- unless a comment says otherwise.
--

-- The operator classes themselves; amvalidate() reports problems as INFO. The B-tree family of status
-- codes has no equality of two texts, on purpose: with one, the server would accept a foreign key from a
-- text to a status code.
SELECT am.amname, c.opcname, amvalidate(c.oid)
FROM pg_opclass AS c
JOIN pg_am AS am ON c.opcmethod = am.oid
JOIN pg_depend AS d ON d.classid = 'pg_opclass'::regclass AND d.objid = c.oid AND d.deptype = 'e'
JOIN pg_extension AS e ON d.refobjid = e.oid AND e.extname = 'provider_codes'
ORDER BY 1, 2;

CREATE TEMP VIEW members AS
SELECT d.classid, d.objid
FROM pg_depend AS d JOIN pg_extension AS e ON d.refobjid = e.oid
WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e'
    AND e.extname = 'provider_codes';

CREATE TEMP VIEW operators AS
SELECT o.* FROM members AS m JOIN pg_operator AS o ON m.objid = o.oid
WHERE m.classid = 'pg_operator'::regclass;

CREATE TEMP VIEW families AS
SELECT f.*, am.amname
FROM members AS m
JOIN pg_opfamily AS f ON m.objid = f.oid
JOIN pg_am AS am ON f.opfmethod = am.oid
WHERE m.classid = 'pg_opfamily'::regclass;

-- The operators of the families, with the names of their strategies.
CREATE TEMP VIEW family_operators AS
SELECT f.amname, f.opfname, f.oid AS family, a.amopstrategy, o.*
FROM families AS f
JOIN pg_amop AS a ON a.amopfamily = f.oid
JOIN pg_operator AS o ON a.amopopr = o.oid;

CREATE TEMP VIEW family_functions AS
SELECT f.amname, f.opfname, f.oid AS family, a.amproclefttype, a.amprocrighttype, a.amprocnum, p.*
FROM families AS f
JOIN pg_amproc AS a ON a.amprocfamily = f.oid
JOIN pg_proc AS p ON a.amproc = p.oid;

--
-- Types
--

-- How they are stored, which may never change; this check shows its rows. (The server requires an alignment
-- for a type of variable length, but stores short values unaligned.)
SELECT typname, typlen, typbyval, typalign, typstorage, typtype, typcategory, typispreferred,
    typdelim, typcollation, typmodin, typanalyze
FROM pg_type
WHERE oid IN ('status_code'::regtype, 'status_category'::regtype, 'status_action'::regtype,
    'status_category_parameter'::regtype, 'status_action_parameter'::regtype, 'known_status_code'::regtype)
ORDER BY 1;

-- Each can be read and written, also in binary form, and has an array type.
SELECT t.oid::regtype
FROM members AS m JOIN pg_type AS t ON m.objid = t.oid
WHERE m.classid = 'pg_type'::regclass AND t.typtype = 'b' AND t.typcategory <> 'A'
    AND NOT (t.typinput::text = t.typname || '_in' AND t.typoutput::text = t.typname || '_out'
        AND t.typreceive::text = t.typname || '_recv' AND t.typsend::text = t.typname || '_send'
        AND t.typarray <> 0);

-- Each has a default operator class for B-trees and hashes, and status_code one for BRIN.
SELECT t.type, am.amname
FROM unnest('{status_code,status_category,status_action}'::regtype[]) AS t (type)
CROSS JOIN pg_am AS am
LEFT JOIN pg_opclass AS c ON c.opcmethod = am.oid AND c.opcintype = t.type AND c.opcdefault
WHERE c.oid IS NULL
    AND (am.amname IN ('btree', 'hash') OR am.amname = 'brin' AND t.type = 'status_code'::regtype);

--
-- Casts
--

-- There is no implicit cast but from text and varchar to the parameter types. This check shows its rows.
SELECT c.castsource::regtype, c.casttarget::regtype, c.castcontext
FROM members AS m JOIN pg_cast AS c ON m.objid = c.oid
WHERE m.classid = 'pg_cast'::regclass
ORDER BY 3, 1, 2;

-- A type to which a text converts implicitly has no B-tree class: if it were a key, the server would accept a
-- foreign key from a text to it.
SELECT c.castsource::regtype, o.opcname
FROM members AS m
JOIN pg_cast AS c ON m.objid = c.oid AND c.castcontext = 'i'
JOIN pg_opclass AS o ON o.opcintype = c.casttarget
JOIN pg_am AS am ON o.opcmethod = am.oid AND am.amname <> 'hash'
WHERE m.classid = 'pg_cast'::regclass;

-- Each type has a cast from text and from varchar. (Those to text and varchar need no entry.)
SELECT s.source, t.target
FROM unnest('{text,varchar}'::regtype[]) AS s (source)
CROSS JOIN unnest('{status_code,status_category,status_action}'::regtype[]) AS t (target)
WHERE NOT EXISTS (SELECT FROM pg_cast WHERE castsource = s.source AND casttarget = t.target);

-- A cast's function has the cast's types. Varchar may stand for text.
SELECT c.castsource::regtype, c.casttarget::regtype, p.oid::regprocedure
FROM members AS m
JOIN pg_cast AS c ON m.objid = c.oid
JOIN pg_proc AS p ON c.castfunc = p.oid
WHERE m.classid = 'pg_cast'::regclass
    AND (p.provolatile <> 'i' OR p.prorettype <> c.casttarget OR p.pronargs <> 1
        OR p.proargtypes[0] NOT IN (c.castsource,
            CASE c.castsource WHEN 'varchar'::regtype THEN 'text'::regtype END));

--
-- Operators
--

-- Each compares two values by a function of the same types that is immutable, strict and leakproof. LIKE and
-- ILIKE are not leakproof: whether a malformed pattern raises an error depends on the value.
SELECT o.oid::regoperator, o.oprcode
FROM operators AS o JOIN pg_proc AS p ON o.oprcode = p.oid
WHERE o.oprresult <> 'boolean'::regtype OR p.prorettype <> 'boolean'::regtype
    OR o.oprkind <> 'b'
    OR p.proargtypes[0] <> o.oprleft OR p.proargtypes[1] <> o.oprright
    OR p.provolatile <> 'i' OR NOT p.proisstrict OR p.proleakproof <> (o.oprname !~ '~~') OR p.proretset
    OR p.proparallel <> 's';

-- Each has a commutator with the types exchanged, whose commutator it is. LIKE has none.
SELECT o.oid::regoperator, c.oid::regoperator
FROM operators AS o LEFT JOIN pg_operator AS c ON o.oprcom = c.oid
WHERE o.oprname !~ '~~' AND (c.oid IS NULL OR c.oprcom <> o.oid OR c.oprleft <> o.oprright OR c.oprright <> o.oprleft)
    OR o.oprname ~ '~~' AND o.oprcom <> 0;

-- Each has a negator with the same types, whose negator it is.
SELECT o.oid::regoperator, n.oid::regoperator
FROM operators AS o LEFT JOIN pg_operator AS n ON o.oprnegate = n.oid
WHERE n.oid IS NULL OR n.oid = o.oid OR n.oprnegate <> o.oid
    OR n.oprleft <> o.oprleft OR n.oprright <> o.oprright;

-- Commutators and negators are the right ones, by what the operators' strategies mean: < > commute and
-- so do <= >=; < >= negate each other and so do <= >; that of = is in no family.
SELECT o.oid::regoperator, c.amopstrategy, n.amopstrategy
FROM family_operators AS o
LEFT JOIN family_operators AS c ON c.family = o.family AND c.oid = o.oprcom
LEFT JOIN family_operators AS n ON n.family = o.family AND n.oid = o.oprnegate
WHERE o.amname = 'btree'
    AND (c.amopstrategy IS DISTINCT FROM 6 - o.amopstrategy
        OR n.amopstrategy IS DISTINCT FROM (ARRAY[4, 5, NULL, 1, 2])[o.amopstrategy]);

-- Every operator is in a B-tree family or is the negator of one that is, apart from LIKE and ILIKE.
SELECT o.oid::regoperator FROM operators AS o
WHERE o.oprname !~ '~~' AND NOT EXISTS (SELECT FROM family_operators AS f
                  WHERE f.amname = 'btree' AND o.oid IN (f.oid, f.oprnegate));

-- Each is named for what it does, and has the estimators that belong to it.
SELECT o.oid::regoperator, o.oprrest, o.oprjoin
FROM operators AS o
LEFT JOIN (VALUES ('<', 'scalarltsel', 'scalarltjoinsel'), ('<=', 'scalarlesel', 'scalarlejoinsel'),
                  ('=', 'eqsel', 'eqjoinsel'), ('>=', 'scalargesel', 'scalargejoinsel'),
                  ('>', 'scalargtsel', 'scalargtjoinsel'), ('<>', 'neqsel', 'neqjoinsel'),
                  ('~~', 'matchingsel', 'matchingjoinsel'), ('~~*', 'matchingsel', 'matchingjoinsel'),
                  ('!~~', 'status_code_nlikesel', 'nlikejoinsel'), ('!~~*', 'status_code_nlikesel', 'icnlikejoinsel'))
    AS e (name, restriction, of_join) ON ltrim(o.oprname, '*') = e.name
WHERE o.oprrest::text IS DISTINCT FROM e.restriction OR o.oprjoin::text IS DISTINCT FROM e.of_join;

SELECT o.oid::regoperator, o.amopstrategy FROM family_operators AS o
WHERE o.amname <> 'hash'
    AND ltrim(o.oprname, '*') <> (ARRAY['<', '<=', '=', '>=', '>'])[o.amopstrategy];

-- Operators on texts alone must not take the place of those that texts have.
SELECT oid::regoperator FROM operators
WHERE oprleft = 'text'::regtype AND oprright = 'text'::regtype AND oprname !~ '^\*';

-- No two operators have the same function.
SELECT oprcode, count(*) FROM operators GROUP BY oprcode HAVING count(*) > 1;

--
-- Families
--

-- MERGES: exactly the equalities of B-tree families that also have one for two values of each type, which
-- the planner uses for conclusions across types. HASHES: exactly the equalities of hash families.
SELECT o.oid::regoperator, o.oprcanmerge, o.oprcanhash FROM operators AS o
WHERE o.oprcanmerge <> EXISTS (
        SELECT FROM family_operators AS f
        WHERE f.oid = o.oid AND f.amname = 'btree' AND f.amopstrategy = 3
            AND NOT EXISTS (
                SELECT FROM unnest(ARRAY[f.oprleft, f.oprright]) AS t (type)
                WHERE NOT EXISTS (
                    SELECT FROM family_operators AS e
                    WHERE e.family = f.family AND e.amopstrategy = 3 AND e.oprleft = t.type AND e.oprright = t.type)))
    OR o.oprcanhash <> EXISTS (
        SELECT FROM family_operators AS f
        WHERE f.oid = o.oid AND f.amname = 'hash' AND f.amopstrategy = 1);

-- Every B-tree family has, for any two of its types, all five operators and the comparison function, since
-- the planner assumes transitivity across types. The exception is the equality of two texts in that of
-- status codes, as said above.
SELECT f.opfname, l.type, r.type
FROM families AS f
CROSS JOIN LATERAL (SELECT DISTINCT oprleft::regtype FROM family_operators WHERE family = f.oid) AS l (type)
CROSS JOIN LATERAL (SELECT DISTINCT oprright::regtype FROM family_operators WHERE family = f.oid) AS r (type)
WHERE f.amname = 'btree'
    AND ((SELECT array_agg(o.amopstrategy ORDER BY o.amopstrategy) FROM family_operators AS o
          WHERE o.family = f.oid AND o.oprleft = l.type AND o.oprright = r.type)
            IS DISTINCT FROM CASE WHEN f.opfname = 'status_code_ops' AND l.type = 'text'::regtype AND r.type = 'text'::regtype
                THEN '{1,2,4,5}'::smallint[] ELSE '{1,2,3,4,5}' END
        OR NOT EXISTS (
            SELECT FROM family_functions AS p
            WHERE p.family = f.oid AND p.amprocnum = 1
                AND p.amproclefttype = l.type AND p.amprocrighttype = r.type
                AND p.proargtypes[0] = l.type AND p.proargtypes[1] = r.type));

-- Every hash family has an equality for any two of its types, and both hash functions for each type: a
-- hashed subplan compares values of the same side with each other.
SELECT f.opfname, l.type, r.type
FROM families AS f
CROSS JOIN LATERAL (SELECT DISTINCT oprleft::regtype FROM family_operators WHERE family = f.oid) AS l (type)
CROSS JOIN LATERAL (SELECT DISTINCT oprright::regtype FROM family_operators WHERE family = f.oid) AS r (type)
WHERE f.amname = 'hash'
    AND (NOT EXISTS (
            SELECT FROM family_operators AS o
            WHERE o.family = f.oid AND o.oprleft = l.type AND o.oprright = r.type AND o.amopstrategy = 1)
        OR (SELECT array_agg(p.amprocnum ORDER BY p.amprocnum) FROM family_functions AS p
            WHERE p.family = f.oid AND p.amproclefttype = l.type AND p.amprocrighttype = l.type)
            IS DISTINCT FROM '{1,2}'::smallint[]);

-- To find the equality that belongs to the order of texts, the server takes the family with the lowest OID
-- that has this order. It must be the one with the equality. pg_upgrade creates families in order of name.
SELECT o.oid::regoperator, o.opfname
FROM family_operators AS o
WHERE o.amname = 'btree' AND o.oprname = '*<'
    AND (NOT EXISTS (SELECT FROM family_operators AS e
                     WHERE e.oprname = '*=' AND e.amopstrategy = 3
                         AND e.family = (SELECT min(l.family) FROM family_operators AS l
                                         WHERE l.amname = 'btree' AND l.oprname = '*<'))
        OR (SELECT min(l.opfname::text COLLATE "C") FROM family_operators AS l WHERE l.amname = 'btree' AND l.oprname = '*<')
            <> 'status_code_as_text_ops');

-- Every function that a family uses is immutable, strict and parallel safe.
SELECT f.opfname, f.oid::regprocedure FROM family_functions AS f
WHERE f.provolatile <> 'i' OR NOT f.proisstrict OR f.proparallel <> 's';

-- Every B-tree class has equalimage: equal values are the same bytes and may share an index entry.
SELECT c.opcname
FROM families AS f JOIN pg_opclass AS c ON c.opcfamily = f.oid
WHERE f.amname = 'btree'
    AND NOT EXISTS (
        SELECT FROM family_functions AS p
        WHERE p.family = f.oid AND p.amprocnum = 4 AND p.proname = 'btequalimage'
            AND p.amproclefttype = c.opcintype AND p.amprocrighttype = c.opcintype);

-- Every hash family has the function with a 64-bit seed, which PARTITION BY HASH wants.
SELECT f.opfname FROM families AS f
WHERE f.amname = 'hash'
    AND NOT EXISTS (SELECT FROM family_functions AS p WHERE p.family = f.oid AND p.amprocnum = 2);

-- That of status codes has sort support.
SELECT 'no sort support' AS missing
WHERE NOT EXISTS (
    SELECT FROM family_functions
    WHERE opfname = 'status_code_ops' AND amname = 'btree' AND amprocnum = 2
        AND amproclefttype = 'status_code'::regtype AND proname = 'status_code_sortsupport');

-- min() and max() have the sort operators of the B-tree class, so that they can use an index.
SELECT a.aggfnoid
FROM members AS m
JOIN pg_aggregate AS a ON m.objid = a.aggfnoid
JOIN pg_proc AS p ON m.objid = p.oid
LEFT JOIN family_operators AS o ON a.aggsortop = o.oid AND o.amname = 'btree'
WHERE m.classid = 'pg_proc'::regclass
    AND (o.amopstrategy IS DISTINCT FROM
            CASE p.proname WHEN 'min' THEN 1 WHEN 'max' THEN 5 END
        OR a.aggcombinefn = 0);

DROP VIEW family_functions, family_operators, families, operators, members;
