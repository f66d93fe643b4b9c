-- Another transaction that runs for a while, with subtransactions, and ends in either way.
-- include begin
INSERT INTO stress.noise VALUES (:client_id);
-- include ask
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
-- include ask
-- include end
