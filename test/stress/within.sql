-- Changes a set in the middle of a statement, which goes on to see it as it was.
\set set random(1, 3)
\set g random(1, 1000000)
-- include lock
-- include begin
SELECT count(*) FILTER (WHERE stale OR torn OR within > 0)::integer AS stale
FROM (SELECT stale, torn, stress.change_within(:set, :g) AS within FROM stress.answers WHERE set = :set OFFSET 0) AS a
\gset a_
\if :a_stale > 0
SELECT stress.report(:a_stale, 0, 0);
\endif
-- include ask
COMMIT;
SELECT pg_advisory_unlock_all();
