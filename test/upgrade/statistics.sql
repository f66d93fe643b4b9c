-- statistics.sql: what the planner knows of columns with status codes. From 18 on pg_upgrade takes it along. Variable: searched.
\set ON_ERROR_STOP on
SET search_path = :searched;
SELECT tablename, attname, null_frac, n_distinct, md5(most_common_vals::text), md5(histogram_bounds::text), correlation
FROM pg_stats
WHERE schemaname = ANY (current_schemas(false)) AND tablename IN ('golden', 'jobs', 'listed_others', 'by_category_others')
ORDER BY tablename COLLATE "C", attname COLLATE "C";
