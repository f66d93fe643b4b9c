-- Fills the tables of the publisher, and makes the publications. Arrays are apart: a server takes those in binary only where the type of the
-- elements has the same OID.
CREATE VIEW all_codes AS
SELECT row_number() OVER (ORDER BY status)::integer AS i, status
FROM (SELECT status::status_code FROM status_codes UNION SELECT status_code('acme', repeat('x', i)) FROM generate_series(1, 100) AS i
	UNION SELECT status_code('syncfy', i) FROM generate_series(0, 2000) AS i) AS c;
INSERT INTO jobs SELECT i, status, builtin_code_category(status), builtin_code_action(status), status_code('acme', i) FROM all_codes;
INSERT INTO codes SELECT status, builtin_code_category(status), i FROM all_codes;
INSERT INTO every_column SELECT status, builtin_code_category(status), builtin_code_action(status) FROM all_codes;
INSERT INTO keyed SELECT 'acme:1', status, 'note' FROM all_codes;
INSERT INTO parts SELECT status, i FROM all_codes;
INSERT INTO histories SELECT i, ARRAY[status, NULL, 'acme:1'], ARRAY[builtin_code_category(status), NULL] FROM all_codes;
INSERT INTO status_code_overrides (status, name, category, user_messages)
SELECT status, 'name ' || i, 'auth', '{"es": "uno"}' FROM all_codes WHERE i % 50 = 0;
CREATE PUBLICATION scalars FOR TABLE jobs, codes, every_column, keyed, parts, status_code_overrides;
CREATE PUBLICATION arrays FOR TABLE histories;
