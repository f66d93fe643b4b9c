-- Jobs by their key: codes of the catalog, of which some have a row among the overrides, and codes that only rows describe.
CREATE TABLE point (id integer PRIMARY KEY, status status_code);
INSERT INTO point
SELECT id, CASE WHEN id % 10 = 0 THEN status_code('acme', id) ELSE (array_agg(c.status::status_code) OVER ())[1 + id % count(*) OVER ()] END
FROM generate_series(1, 1000) AS id LEFT JOIN (SELECT status, row_number() OVER (ORDER BY status) AS number FROM status_codes) AS c ON c.number = id;
