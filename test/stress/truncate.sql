-- Empties the table and writes all sets anew.
\set g random(1, 1000000)
SELECT pg_advisory_unlock_all();
SELECT pg_advisory_lock(1);
SELECT pg_advisory_lock(2);
SELECT pg_advisory_lock(3);
\set level random(1, 3)
\if :level = 1
BEGIN ISOLATION LEVEL READ COMMITTED;
\elif :level = 2
BEGIN ISOLATION LEVEL REPEATABLE READ;
\else
BEGIN ISOLATION LEVEL SERIALIZABLE;
\endif
TRUNCATE public.status_code_overrides;
SELECT stale, torn, g1, g2, g3 FROM stress.findings \gset a_
\if :a_stale + :a_torn > 0
SELECT stress.report(:a_stale, :a_torn, 0);
\endif
SELECT stress.insert_set(set, :g) FROM generate_series(1, 3) AS set;
SELECT stale, torn, g1, g2, g3 FROM stress.findings \gset a_
\if :a_stale + :a_torn > 0
SELECT stress.report(:a_stale, :a_torn, 0);
\endif
\set rollback random(0, 2)
\if :rollback = 0
ROLLBACK;
\else
COMMIT;
\endif
SELECT pg_advisory_unlock_all();
