-- Changes a set in vain after a savepoint, then for good.
\set set random(1, 3)
\set g random(1, 1000000)
-- include lock
-- include begin
SELECT stress.update_set(:set, :g);
SAVEPOINT s;
SELECT stress.update_set(:set, :g + 1);
-- include ask
ROLLBACK TO s;
-- include ask
SAVEPOINT t;
SELECT stress.delete_set(:set);
-- include ask
ROLLBACK TO t;
SAVEPOINT u;
SELECT stress.update_set(:set, :g + 2);
RELEASE u;
-- include ask
COMMIT;
SELECT pg_advisory_unlock_all();
