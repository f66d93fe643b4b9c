-- Changes a set in vain after a savepoint, then for good.
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
SELECT stress.update_set(:set, :g);
SAVEPOINT s;
SELECT stress.update_set(:set, :g + 1);
SELECT stale, torn, g1, g2, g3 FROM stress.findings \gset a_
\if :a_stale + :a_torn > 0
SELECT stress.report(:a_stale, :a_torn, 0);
\endif
ROLLBACK TO s;
SELECT stale, torn, g1, g2, g3 FROM stress.findings \gset a_
\if :a_stale + :a_torn > 0
SELECT stress.report(:a_stale, :a_torn, 0);
\endif
SAVEPOINT t;
SELECT stress.delete_set(:set);
SELECT stale, torn, g1, g2, g3 FROM stress.findings \gset a_
\if :a_stale + :a_torn > 0
SELECT stress.report(:a_stale, :a_torn, 0);
\endif
ROLLBACK TO t;
SAVEPOINT u;
SELECT stress.update_set(:set, :g + 2);
RELEASE u;
SELECT stale, torn, g1, g2, g3 FROM stress.findings \gset a_
\if :a_stale + :a_torn > 0
SELECT stress.report(:a_stale, :a_torn, 0);
\endif
COMMIT;
SELECT pg_advisory_unlock_all();
