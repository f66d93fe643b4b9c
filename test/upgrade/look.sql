--
-- look.sql: what a database made by schema.sql contains, and whether its parts agree. As a superuser.
--
-- The answers are the same in every database that holds the same, on any version. Variable: searched.
--
\set ON_ERROR_STOP on
SET search_path = :searched;
SET TimeZone = 'UTC';
SET client_min_messages = warning;

CREATE FUNCTION pg_temp.contents(relation regclass, OUT rows bigint, OUT checksum text) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('SELECT count(*), md5(string_agg(t::text, E''\n'' ORDER BY t::text COLLATE "C")) FROM %s AS t', relation)
    INTO rows, checksum;
END
$$;

-- The rows that meet the condition of a line of table indexes: by its index, and without.
CREATE FUNCTION pg_temp.by_index(i indexes, OUT used boolean, OUT same boolean, OUT rows bigint) LANGUAGE plpgsql AS $$
DECLARE
    query text := format('SELECT count(*), md5(string_agg(id::text, '','' ORDER BY id)) FROM with_%s WHERE %s', i.name, i.condition);
    line text;
    found text;
    expected text;
    total bigint;
BEGIN
    PERFORM set_config('enable_indexscan', 'off', true), set_config('enable_indexonlyscan', 'off', true),
        set_config('enable_bitmapscan', 'off', true), set_config('enable_seqscan', 'on', true);
    EXECUTE query INTO total, expected;
    PERFORM set_config('enable_indexscan', 'on', true), set_config('enable_indexonlyscan', 'on', true),
        set_config('enable_bitmapscan', 'on', true), set_config('enable_seqscan', 'off', true);
    used := false;
    FOR line IN EXECUTE 'EXPLAIN (COSTS off) ' || query LOOP
        used := used OR line ~ ('(on|using) index_' || i.name || '\M');
    END LOOP;
    EXECUTE query INTO rows, found;
    same := rows = total AND found IS NOT DISTINCT FROM expected;
END
$$;

-- Rows that break a CHECK constraint or lie in the wrong partition.
CREATE FUNCTION pg_temp.misplaced(OUT conditions bigint, OUT rows bigint) LANGUAGE plpgsql AS $$
DECLARE
    c record;
    n bigint;
BEGIN
    conditions := 0;
    rows := 0;
    FOR c IN
        SELECT conrelid::regclass AS relation, pg_get_expr(conbin, conrelid) AS condition
        FROM pg_constraint WHERE contype = 'c' AND conrelid <> 0 AND connamespace::regnamespace::text !~ '^(pg_|information_)'
        UNION ALL
        SELECT oid::regclass, pg_get_partition_constraintdef(oid) FROM pg_class WHERE relispartition AND relkind IN ('r', 'p')
    LOOP
        EXECUTE format('SELECT count(*) FROM %s WHERE NOT (%s)', c.relation, c.condition) INTO n;
        conditions := conditions + 1;
        rows := rows + n;
    END LOOP;
END
$$;

\echo == tables and views
SELECT c.relname, c.relkind, t.*
FROM pg_class AS c CROSS JOIN LATERAL pg_temp.contents(c.oid) AS t
WHERE c.relkind IN ('r', 'p', 'v', 'm') AND c.relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname = ANY (current_schemas(false)))
    AND c.relname <> 'spans'
ORDER BY c.relname COLLATE "C";

\echo == golden values: text, hash, order and bytes
SELECT count(*) AS values,
    count(*) FILTER (WHERE status::text <> value) AS other_text,
    count(*) FILTER (WHERE status_code_hash(status) <> hash OR status_code_hash(status, 0) <> hash_0
                     OR status_code_hash(status, 42) <> hash_42) AS other_hash,
    count(*) FILTER (WHERE line <> n) AS other_place
FROM (SELECT *, row_number() OVER (ORDER BY status) AS n FROM golden) AS g;
BEGIN;
CREATE EXTENSION pageinspect;
SELECT count(*) AS images, count(*) FILTER (WHERE encode(i.t_attrs[7], 'hex') <> g.image) AS other_bytes
FROM generate_series(0, pg_relation_size('golden') / current_setting('block_size')::integer - 1) AS b
CROSS JOIN LATERAL heap_page_item_attrs(get_raw_page('golden', b::integer), 'golden') AS i
JOIN golden AS g ON g.ctid = i.t_ctid;
ROLLBACK;

\echo == indexes
SET enable_sort = off;
SET enable_seqscan = off;
SELECT count(*) AS values, count(*) FILTER (WHERE line <> n) AS out_of_order
FROM (SELECT line, row_number() OVER (ORDER BY status) AS n FROM golden) AS g;
RESET enable_sort;
RESET enable_seqscan;
SELECT i.name, b.* FROM indexes AS i CROSS JOIN LATERAL pg_temp.by_index(i) AS b ORDER BY i.name COLLATE "C";
SELECT count(*) > 40 AS indexes, count(*) FILTER (WHERE NOT indisvalid OR NOT indisready) AS invalid FROM pg_index;

\echo == constraints
SELECT * FROM pg_temp.misplaced();
SELECT count(*) > 20 AS constraints, count(*) FILTER (WHERE NOT convalidated) AS not_validated FROM pg_constraint;
SELECT count(*) FILTER (WHERE s.status IS NULL) AS jobs_without, count(e.status) AS events, count(e.status) FILTER (WHERE r.status IS NULL) AS events_without
FROM jobs AS j LEFT JOIN statuses AS s ON s.status = j.status LEFT JOIN events AS e ON e.job = j.id LEFT JOIN ranged AS r ON r.status = e.status;
SELECT count(*) AS of_generated, count(*) FILTER (WHERE category IS DISTINCT FROM builtin_code_category(status)
    OR action IS DISTINCT FROM builtin_code_action(status) OR reported IS DISTINCT FROM status_code_from_json('syncfy', payload)) AS others
FROM jobs;
SELECT tableoid::regclass, count(*) FROM hashed GROUP BY tableoid ORDER BY tableoid::regclass::text COLLATE "C";

\echo == meanings
SELECT provider_codes_checksum(), provider_codes_version();
SELECT * FROM status_code_overrides ORDER BY status;
SELECT code_name(s), code_description(s), code_category(s), code_action(s), is_retryable(s), code_retry_after(s), code_user_messages(s)
FROM unnest('{syncfy:401,acme:1,http:503/variant,http:503}'::status_code[]) AS u (s);
SELECT status, verdict, column_name, warning FROM status_code_override_review ORDER BY status, column_name, language;

\echo == definitions
CREATE TEMP VIEW ours AS
SELECT c.*, n.nspname FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace WHERE n.nspname = ANY (current_schemas(false)) AND c.relname !~ '^spans';
SELECT o.relname, a.attname, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull, a.attgenerated, a.attstorage, pg_get_expr(d.adbin, d.adrelid) AS expression
FROM ours AS o JOIN pg_attribute AS a ON a.attrelid = o.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_attrdef AS d ON d.adrelid = o.oid AND d.adnum = a.attnum
WHERE o.relname !~ '^with_' AND o.relkind <> 'i'
ORDER BY o.relname COLLATE "C", a.attnum;
-- but for the number that some minor versions keep there
SELECT o.relname, a.attname, u.option
FROM ours AS o JOIN pg_attribute AS a ON a.attrelid = o.oid AND NOT a.attisdropped CROSS JOIN LATERAL unnest(a.attoptions) AS u (option)
WHERE u.option !~ '^pg_attver=' ORDER BY o.relname COLLATE "C", a.attnum, u.option COLLATE "C";
SELECT pg_get_indexdef(oid) FROM ours WHERE relkind IN ('i', 'I') ORDER BY relname COLLATE "C";
SELECT o.relname, r.conname, pg_get_constraintdef(r.oid)
FROM ours AS o JOIN pg_constraint AS r ON r.conrelid = o.oid AND r.contype NOT IN ('n', 't') AND r.conparentid = 0 ORDER BY o.relname COLLATE "C", r.conname COLLATE "C";
SELECT contypid::regtype, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE contypid <> 0 AND contype = 'c' AND connamespace::regnamespace::text !~ '^information_' ORDER BY conname COLLATE "C";
SELECT relname, relkind, pg_get_partkeydef(oid) AS key, pg_get_expr(relpartbound, oid) AS bound, relrowsecurity, relpersistence, relowner::regrole AS owner
FROM ours WHERE relkind IN ('r', 'p', 'v', 'm') AND relname !~ '^with_' ORDER BY relname COLLATE "C";
SELECT pg_get_triggerdef(t.oid) FROM ours AS o JOIN pg_trigger AS t ON t.tgrelid = o.oid AND NOT t.tgisinternal ORDER BY o.relname COLLATE "C", t.tgname COLLATE "C";
SELECT polname, pg_get_expr(polqual, polrelid) FROM pg_policy ORDER BY polname COLLATE "C";
SELECT pg_get_statisticsobjdef(oid) FROM pg_statistic_ext ORDER BY stxname COLLATE "C";
SELECT pg_get_functiondef(p.oid) FROM pg_proc AS p WHERE p.proname IN ('last_code', 'count_change') ORDER BY p.proname COLLATE "C";

\echo == privileges
SELECT o.relname, NULL AS attname, p.grantee::regrole, p.privilege_type FROM ours AS o CROSS JOIN LATERAL aclexplode(o.relacl) AS p
WHERE p.privilege_type <> 'MAINTAIN'
UNION ALL
SELECT o.relname, a.attname, p.grantee::regrole, p.privilege_type
FROM ours AS o JOIN pg_attribute AS a ON a.attrelid = o.oid CROSS JOIN LATERAL aclexplode(a.attacl) AS p
ORDER BY 1, 2, 3, 4;
