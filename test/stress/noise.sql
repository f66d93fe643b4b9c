-- Another transaction that runs for a while, with subtransactions, and ends in either way.
\set level random(1, 3)
\if :level = 1
BEGIN ISOLATION LEVEL READ COMMITTED;
\elif :level = 2
BEGIN ISOLATION LEVEL REPEATABLE READ;
\else
BEGIN ISOLATION LEVEL SERIALIZABLE;
\endif
INSERT INTO stress.noise VALUES (:client_id);
SELECT stale, torn, g1, g2, g3 FROM stress.findings \gset a_
\if :a_stale + :a_torn > 0
SELECT stress.report(:a_stale, :a_torn, 0);
\endif
SAVEPOINT s;
\set many random(0, 9)
\if :many = 0
SELECT stress.subtransactions(70);
\elif :many < 5
SELECT stress.subtransactions(3);
\endif
\set wait random(0, 10)
\sleep :wait ms
\if :many % 2 = 0
ROLLBACK TO s;
\endif
DELETE FROM stress.noise WHERE client = :client_id;
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
