-- What reading the overrides takes, once per snapshot that differs.

CALL bench.rebuild('reading no override', turns => 20000);
INSERT INTO status_code_overrides (status, description) SELECT status::status_code, description FROM corrections;
VACUUM ANALYZE status_code_overrides;
CALL bench.rebuild('reading 50 overrides', at_most => 10, turns => 20000);
TRUNCATE status_code_overrides;
INSERT INTO status_code_overrides (status, description)
SELECT ('acme:' || number)::status_code, 'Introduced: ' || number FROM generate_series(1, 10000) AS number;
VACUUM ANALYZE status_code_overrides;
CALL bench.rebuild('reading 10,000 overrides', turns => 100);
TRUNCATE status_code_overrides;
