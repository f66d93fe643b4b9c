-- Changes a set in the middle of a statement, which goes on to see it as it was.
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
SELECT count(*) FILTER (WHERE stale OR torn OR within > 0)::integer AS stale
FROM (SELECT stale, torn, stress.change_within(:set, :g) AS within FROM stress.answers WHERE set = :set OFFSET 0) AS a
\gset a_
\if :a_stale > 0
SELECT stress.report(:a_stale, 0, 0);
\endif
SELECT stale, torn, g1, g2, g3 FROM stress.findings \gset a_
\if :a_stale + :a_torn > 0
SELECT stress.report(:a_stale, :a_torn, 0);
\endif
COMMIT;
SELECT pg_advisory_unlock_all();
