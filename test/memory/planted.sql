-- What reaches the faults that are planted. Ends with an error where an answer is wrong.
CREATE EXTENSION provider_codes;

-- Values of both stored forms, written, read and compared.
CREATE TABLE written (status status_code);
INSERT INTO written VALUES ('syncfy:401'), ('acme:unknown'), ('plaid:ITEM_LOGIN_REQUIRED/x');
SELECT 1 / (string_agg(status::text, ' ' ORDER BY status) =
	'acme:unknown plaid:ITEM_LOGIN_REQUIRED/x syncfy:401')::integer FROM written;

-- A code in the last element of an array.
SELECT 1 / (status_code_from_json('basiq', '{"type": "list", "data": [{"code": "invalid-credentials"}]}') IS NOT NULL)::integer;

-- Overrides, of which each query reads the table anew, also in a worker.
INSERT INTO status_code_overrides (status, name) VALUES ('syncfy:401', 'planted');
SELECT 1 / count(*) FROM written WHERE code_name(status) = 'planted';
UPDATE status_code_overrides SET name = 'changed';
SELECT 1 / count(*) FROM written WHERE code_name(status) = 'changed';

-- A condition that the planner looks for in an index.
CREATE INDEX ON written (status);
SELECT 1 / count(*) FROM written WHERE status LIKE 'syncfy:%';
