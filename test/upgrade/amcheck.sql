-- amcheck.sql: checks every B-tree index of a database, heaps from 14 on, and GIN indexes from 18 on. As a superuser. One answer,
-- the same on any version; an error is a finding.
\set ON_ERROR_STOP on
BEGIN;
CREATE EXTENSION amcheck;
SELECT current_setting('server_version_num')::integer >= 140000 AS heaps,
    current_setting('server_version_num')::integer >= 180000 AS gin \gset
SELECT count(bt_index_parent_check(i.indexrelid, true, true)) > 100 AS indexes
FROM pg_index AS i
JOIN pg_class AS c ON c.oid = i.indexrelid AND c.relkind = 'i' AND c.relpersistence <> 't'
JOIN pg_am AS a ON a.oid = c.relam AND a.amname = 'btree';
\if :heaps
DO $$
DECLARE
    found text;
BEGIN
    SELECT string_agg(format('%s, block %s, line %s: %s', c.oid::regclass, v.blkno, v.offnum, v.msg), E'\n') INTO found
    FROM pg_class AS c CROSS JOIN LATERAL verify_heapam(c.oid) AS v
    WHERE c.relkind IN ('r', 'm', 't') AND c.relpersistence <> 't';
    IF found IS NOT NULL THEN
        RAISE '%', found;
    END IF;
END
$$;
\endif
\if :gin
SELECT count(gin_index_check(i.indexrelid)) AS gin
FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid JOIN pg_am AS a ON a.oid = c.relam AND a.amname = 'gin' \gset found_
\endif
ROLLBACK;
