-- Empties the table and writes one to all sets anew, alone or among many other rows.
\set g random(1, 1000000)
SELECT pg_advisory_unlock_all();
SELECT pg_advisory_lock(1);
SELECT pg_advisory_lock(2);
SELECT pg_advisory_lock(3);
-- include begin
TRUNCATE public.status_code_overrides;
-- include ask
\set sets random(1, 3)
SELECT stress.insert_set(set, :g) FROM generate_series(1, :sets) AS set;
\set fill random(0, 1)
\if :fill
SELECT stress.fill();
\endif
-- include ask
-- include end
SELECT pg_advisory_unlock_all();
