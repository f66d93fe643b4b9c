--
-- dumps.sql: which expressions over status codes a dump brings back
--
-- pg_dump restores with an empty search path, and writes operators with their schema. Some forms of SQL name no operator, and so have no
-- place for it: they can't be restored for any type whose operators are elsewhere than in pg_catalog. What is written instead can.
--
CREATE FUNCTION restored(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    definition text;
    state text := 'restored';
BEGIN
    PERFORM set_config('search_path', 'public', true);
    EXECUTE 'CREATE VIEW dumped AS ' || query;
    PERFORM set_config('search_path', '', true);
    definition := pg_get_viewdef('public.dumped');
    BEGIN
        EXECUTE 'CREATE VIEW public.once_more AS ' || definition;
        IF pg_get_viewdef('public.once_more') <> definition THEN
            state := 'changed';
        END IF;
        DROP VIEW public.once_more;
    EXCEPTION WHEN OTHERS THEN
        state := SQLSTATE;
    END;
    DROP VIEW public.dumped;
    PERFORM set_config('search_path', 'public', true);
    RETURN state;
END
$$;
CREATE TABLE x (id integer, s status_code, t text, k status_category, p status_code[]);
CREATE TABLE y (id integer, s status_code, t text, k status_category);

SELECT restored('SELECT ' || e || ' AS e FROM x') AS becomes, e AS expression
FROM unnest(ARRAY[
    's IS DISTINCT FROM ''syncfy:401''', 's IS NOT DISTINCT FROM ''syncfy:401''', 's IS DISTINCT FROM t', 'k IS DISTINCT FROM ''mfa''', 'NULLIF(s, ''syncfy:401'')',
    'CASE s WHEN ''syncfy:401'' THEN 1 END', 'CASE k WHEN ''mfa'' THEN 1 END', '(s, id) = (''syncfy:401'', 1)', '(s, id) < (''syncfy:401'', 1)', '(id, s) < (1, ''syncfy:401'')',
    '(s, id) IN (SELECT s, id FROM y)', '(s, id) NOT IN (SELECT s, id FROM y)']) WITH ORDINALITY AS u (e, n)
ORDER BY n;
SELECT restored(q) AS becomes, q AS query
FROM unnest(ARRAY['SELECT x.id FROM x JOIN y USING (s)', 'SELECT x.id FROM x NATURAL JOIN y']) WITH ORDINALITY AS u (q, n)
ORDER BY n;

-- instead
SELECT restored('SELECT ' || e || ' AS e FROM x') AS becomes, e AS expression
FROM unnest(ARRAY[
    's = ''syncfy:401''', 's <> ''syncfy:401'' OR s IS NULL', 'COALESCE(s <> t, s IS NOT NULL OR t IS NOT NULL)', 's::text IS DISTINCT FROM ''syncfy:401''', 'k::text IS DISTINCT FROM ''mfa''',
    'CASE WHEN s = ''syncfy:401'' THEN NULL ELSE s END', 'CASE WHEN s = ''syncfy:401'' THEN 1 END', 'CASE s::text WHEN ''syncfy:401'' THEN 1 END', 'CASE WHEN k = ''mfa'' THEN 1 END',
    's = ''syncfy:401'' AND id = 1', 's < ''syncfy:401'' OR s = ''syncfy:401'' AND id < 1', '(s::text, id) IN (SELECT s::text, id FROM y)', 'EXISTS (SELECT FROM y WHERE y.s = x.s AND y.id = x.id)',
    's = t', 's = ''syncfy:401''::text', 's IN (''syncfy:401'', ''http:404'')', 's = ANY (p)', 's NOT IN (''syncfy:401'', ''http:404'')', 's IN (SELECT s FROM y)', 's NOT IN (SELECT t FROM y)',
    's BETWEEN ''syncfy:401'' AND ''syncfy:405''', 's LIKE ''syncfy:4%''', 's NOT ILIKE ''%x''', 'GREATEST(s, ''http:404'')', 'COALESCE(s, ''http:404'')', 'p @> ARRAY[s]', 'p = ARRAY[s]', 'ARRAY[s] && p',
    'max(s) OVER (ORDER BY s)', 'code_category(s) = ''mfa''', 'in_category(s, t)', 'k = t', 's::text', 't::status_code', 'is_retryable(s) IS DISTINCT FROM true', 'x IS DISTINCT FROM NULL']) WITH ORDINALITY AS u (e, n)
ORDER BY n;
SELECT restored(q) AS becomes, q AS query
FROM unnest(ARRAY['SELECT x.id FROM x JOIN y ON x.s = y.s', 'SELECT x.id FROM x FULL JOIN y ON x.s = y.t', 'SELECT s, count(*) FROM x GROUP BY s ORDER BY s DESC', 'SELECT DISTINCT ON (s) s, id FROM x ORDER BY s, id',
    'SELECT s FROM x UNION SELECT s FROM y', 'SELECT worst_status(s) FROM x', 'SELECT min(s) FROM x', 'SELECT t FROM x ORDER BY t USING *<']) WITH ORDINALITY AS u (q, n)
ORDER BY n;

-- The same in a trigger's condition and a policy; a CHECK constraint and a generated column are written in the same way.
CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE FUNCTION restored_trigger(condition text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    definition text;
    state text := 'restored';
BEGIN
    EXECUTE format('CREATE TRIGGER dumped AFTER UPDATE ON x FOR EACH ROW WHEN (%s) EXECUTE FUNCTION nothing()', condition);
    PERFORM set_config('search_path', '', true);
    SELECT pg_get_triggerdef(oid) INTO definition FROM pg_trigger WHERE tgname = 'dumped';
    DROP TRIGGER dumped ON public.x;
    BEGIN
        EXECUTE definition;
        DROP TRIGGER dumped ON public.x;
    EXCEPTION WHEN OTHERS THEN
        state := SQLSTATE;
    END;
    PERFORM set_config('search_path', 'public', true);
    RETURN state;
END
$$;
SELECT restored_trigger(c) AS becomes, c AS condition
FROM unnest(ARRAY['OLD.s IS DISTINCT FROM NEW.s', 'NULLIF(OLD.s, NEW.s) IS NULL', 'OLD.* IS DISTINCT FROM NEW.*', 'OLD.s <> NEW.s', 'OLD.s::text IS DISTINCT FROM NEW.s::text']) WITH ORDINALITY AS u (c, n)
ORDER BY n;

-- Nothing of the extension's own is written so: no rows. What a view or a condition is, is stored as a tree of nodes.
CREATE TEMP VIEW trees AS
SELECT pg_describe_object(d.classid, d.objid, 0) AS object, t.tree
FROM pg_depend AS d
JOIN pg_extension AS e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid AND d.deptype = 'e' AND e.extname = 'provider_codes'
CROSS JOIN LATERAL (
    SELECT ev_action::text FROM pg_rewrite WHERE d.classid = 'pg_class'::regclass AND ev_class = d.objid
    UNION ALL SELECT ev_qual::text FROM pg_rewrite WHERE d.classid = 'pg_class'::regclass AND ev_class = d.objid
    UNION ALL SELECT tgqual::text FROM pg_trigger WHERE d.classid = 'pg_class'::regclass AND tgrelid = d.objid
    UNION ALL SELECT conbin::text FROM pg_constraint WHERE d.classid = 'pg_class'::regclass AND conrelid = d.objid OR d.classid = 'pg_type'::regclass AND contypid = d.objid
    UNION ALL SELECT adbin::text FROM pg_attrdef WHERE d.classid = 'pg_class'::regclass AND adrelid = d.objid
    UNION ALL SELECT indpred::text FROM pg_index WHERE d.classid = 'pg_class'::regclass AND indrelid = d.objid
    UNION ALL SELECT indexprs::text FROM pg_index WHERE d.classid = 'pg_class'::regclass AND indrelid = d.objid) AS t (tree)
WHERE t.tree IS NOT NULL AND t.tree <> '<>';
SELECT count(*) > 5 AS trees FROM trees;
CREATE TEMP VIEW without_schema AS
SELECT object, m[1] AS node FROM trees, regexp_matches(tree, '\{(DISTINCTEXPR|NULLIFEXPR|ROWCOMPARE\w*|CASETESTEXPR|SUBLINK)|:usingClause (?!<>)|:isNatural true|:join_using_alias (?!<>)', 'g') AS m;
SELECT object, node FROM without_schema;
-- A tree with such a node is found.
CREATE VIEW found AS SELECT x.s IS DISTINCT FROM y.s AS a, NULLIF(x.s, y.s) AS b, (x.s, 1) < (y.s, 2) AS c, CASE x.s WHEN y.s THEN 1 END AS d FROM x JOIN y USING (s);
ALTER EXTENSION provider_codes ADD VIEW found;
SELECT count(DISTINCT node), count(*) > count(node) AS joined FROM without_schema;
ALTER EXTENSION provider_codes DROP VIEW found;
DROP VIEW found;
-- and the functions are all C, with none of SQL or PL/pgSQL
SELECT p.oid::regprocedure FROM pg_depend AS d
JOIN pg_extension AS e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid AND d.deptype = 'e' AND e.extname = 'provider_codes'
JOIN pg_proc AS p ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid
JOIN pg_language AS l ON p.prolang = l.oid
WHERE l.lanname NOT IN ('c', 'internal') AND p.prosrc ~* '(distinct from|nullif|case +[^w]|using *\()';

DROP VIEW without_schema, trees;
DROP TABLE x, y;
DROP FUNCTION restored, restored_trigger, nothing;
RESET search_path;
