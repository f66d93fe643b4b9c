-- Jobs that are looked up by their key: codes of the catalog, and one in ten of a provider that only overrides describe.

CREATE TABLE point (id integer PRIMARY KEY, status status_code NOT NULL);
INSERT INTO point
SELECT id, CASE WHEN id % 10 = 0 THEN status_code('acme', id) ELSE codes[1 + id % array_length(codes, 1)] END
FROM generate_series(1, 100000) AS id, (SELECT array_agg(status::status_code ORDER BY status) FROM status_codes) AS c (codes);
CREATE INDEX ON point (status);
VACUUM (FREEZE, ANALYZE) point;
