-- Deletes a set and writes it anew, in either way.
\set set random(1, 3)
\set g random(1, 1000000)
-- One writer per set, also where a failure ended this client's last transaction early.
SELECT pg_advisory_unlock_all();
SELECT pg_advisory_lock(:set);
\set level random(1, 3)
\if :level = 1
BEGIN ISOLATION LEVEL READ COMMITTED;
\elif :level = 2
BEGIN ISOLATION LEVEL REPEATABLE READ;
\else
BEGIN ISOLATION LEVEL SERIALIZABLE;
\endif
SELECT stress.delete_set(:set);
SELECT stale, torn, g1, g2, g3 FROM stress.findings \gset a_
\if :a_stale + :a_torn > 0
SELECT stress.report(:a_stale, :a_torn, 0);
\endif
\set upsert random(0, 1)
\if :upsert
SELECT stress.upsert_set(:set, :g);
\else
SELECT stress.insert_set(:set, :g);
\endif
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
