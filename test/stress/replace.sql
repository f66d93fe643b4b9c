-- Deletes a set and writes it anew, in either way.
\set set random(1, 3)
\set g random(1, 1000000)
-- include lock
-- include begin
SELECT stress.delete_set(:set);
-- include ask
\set upsert random(0, 1)
\if :upsert
SELECT stress.upsert_set(:set, :g);
\else
SELECT stress.insert_set(:set, :g);
\endif
-- include ask
-- include end
SELECT pg_advisory_unlock_all();
