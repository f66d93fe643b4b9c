-- Leaves so many overrides as :overrides says.

TRUNCATE status_code_overrides;
INSERT INTO status_code_overrides (status, description)
SELECT status_code('acme', number), 'Introduced: ' || number FROM generate_series(1, :overrides) AS number;
VACUUM (FREEZE, ANALYZE) status_code_overrides;
