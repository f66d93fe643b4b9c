-- Changes a set with one statement, and asks before and after the end.
\set set random(1, 3)
\set g random(1, 1000000)
-- include lock
-- include begin
SELECT stress.update_set(:set, :g);
-- include ask
-- include end
SELECT pg_advisory_unlock_all();
-- include ask
