-- Changes a set with two statements. Between them the transaction itself, and nobody else, sees two generations.
\set set random(1, 3)
\set g random(1, 1000000)
-- include lock
-- include begin
SELECT stress.update_set(:set, :g, 0);
SELECT stale, torn, g1, g2, g3 FROM stress.findings \gset a_
\if :a_stale > 0
SELECT stress.report(:a_stale, 0, 0);
\endif
SELECT stress.update_set(:set, :g, 1);
-- include ask
COMMIT;
SELECT pg_advisory_unlock_all();
