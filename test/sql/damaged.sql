--
-- damaged.sql: stored bytes that no function of the type has made, as a failing disk leaves them
--
-- Each use of such a value gives an answer or raises an error; none may end the server.
--
BEGIN;
CREATE CAST (bytea AS status_code) WITHOUT FUNCTION;
CREATE CAST (status_code AS bytea) WITHOUT FUNCTION;

-- What each function and operator of one value, or of a value and a text, says of it: an answer, or which error.
CREATE FUNCTION uses(damaged bytea) RETURNS TABLE (outcome text) LANGUAGE plpgsql AS $$
DECLARE
	statement text;
BEGIN
	CREATE TEMPORARY TABLE outcomes (outcome text) ON COMMIT DROP;
	FOR statement IN
		SELECT format('SELECT (%s.%I(%s))::text', p.pronamespace::regnamespace, p.proname,
			(SELECT string_agg(CASE t
					WHEN 'status_code'::regtype THEN format('%L::bytea::status_code', damaged)
					WHEN 'text'::regtype THEN quote_literal('syncfy:401') || '::text'
					WHEN 'integer'::regtype THEN '1'
					WHEN 'bigint'::regtype THEN '1::bigint'
					WHEN 'timestamptz'::regtype THEN quote_literal('epoch') || '::timestamptz'
					WHEN 'status_category'::regtype THEN quote_literal('auth') || '::status_category'
					WHEN 'status_action'::regtype THEN quote_literal('wait') || '::status_action'
					WHEN 'status_category_parameter'::regtype THEN quote_literal('auth') || '::status_category_parameter'
					WHEN 'status_action_parameter'::regtype THEN quote_literal('wait') || '::status_action_parameter' END,
					', ' ORDER BY n)
				FROM unnest(p.proargtypes) WITH ORDINALITY AS a (t, n)))
		FROM pg_depend AS d
		JOIN pg_extension AS e ON e.oid = d.refobjid AND e.extname = 'provider_codes'
		JOIN pg_proc AS p ON p.oid = d.objid
		WHERE d.classid = 'pg_proc'::regclass AND d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e'
			AND p.prokind = 'f' AND 'status_code'::regtype = ANY (p.proargtypes) AND 'internal'::regtype <> ALL (p.proargtypes)
		ORDER BY p.oid
	LOOP
		BEGIN
			EXECUTE statement;
			INSERT INTO outcomes VALUES ('answer');
		EXCEPTION WHEN data_corrupted THEN
			INSERT INTO outcomes VALUES (SQLERRM);
		END;
	END LOOP;
	RETURN QUERY SELECT DISTINCT o.outcome FROM outcomes AS o ORDER BY o.outcome;
	DROP TABLE outcomes;
END
$$;

-- A variant of nothing: the value without it is none.
SELECT * FROM uses(':/d2');

-- A text that is longer than any.
SELECT * FROM uses(convert_to('syncfy:' || repeat('4', 300), 'UTF8'));
SELECT * FROM uses(convert_to('syncfy:' || repeat('4', 100000), 'UTF8'));

-- Neither long enough for a text nor a pair of ids; ids that nothing has.
SELECT * FROM uses('');
SELECT * FROM uses('x');
SELECT * FROM uses('\x0000');
SELECT * FROM uses('\xffff');
SELECT * FROM uses('\xff00ff');
-- ids that nothing has, of providers whose codes are words and numbers
SELECT * FROM uses('\x07fe');
SELECT * FROM uses((SELECT set_byte(b, 0, get_byte(b, 0) | 3) FROM CAST('syncfy:255'::status_code AS bytea) AS b));

-- Where the table of overrides has rows.
INSERT INTO status_code_overrides (status, name) VALUES ('syncfy:401', 'Refused');
SELECT * FROM uses(':/d2');
SELECT * FROM uses(convert_to('syncfy:401/' || repeat('4', 300), 'UTF8'));
SELECT * FROM uses('\xffff');
ROLLBACK;

-- A label that the type does not have: it has no text, and no code has it, with and without overrides.
BEGIN;
CREATE CAST ("char" AS status_category) WITHOUT FUNCTION;
CREATE CAST ("char" AS status_action) WITHOUT FUNCTION;
CREATE FUNCTION outcome(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	EXECUTE statement INTO result;
	RETURN result;
EXCEPTION WHEN data_corrupted THEN
	RETURN SQLERRM;
END
$$;
CREATE TABLE statuses AS SELECT s AS status FROM builtin_status_codes() s, generate_series(1, 20);
CREATE INDEX ON statuses (status);
CREATE FUNCTION outcomes() RETURNS TABLE (expression text, outcome text) LANGUAGE sql AS $$
	SELECT e, outcome('SELECT ' || format(e, quote_literal(label) || '::"char"'))
	FROM unnest('{x,~,""}'::text[]) label,
		unnest(ARRAY['%s::status_category', '%s::status_action', 'status_category_send(%s::status_category)', '%s::status_category < ''auth''',
			'codes_in_category(%s::status_category)', 'builtin_codes_with_action(%s::status_action)', 'in_category(''syncfy:401'', %s::status_category)',
			'count(*) FROM statuses WHERE in_category(status, %s::status_category)', 'count(*) FROM statuses WHERE builtin_has_action(status, %s::status_action)',
			'count(*) FROM statuses WHERE code_category(status) = %s::status_category']) e
$$;
SELECT * FROM outcomes();
ANALYZE statuses;
INSERT INTO status_code_overrides (status, name, category) VALUES ('syncfy:401', 'Refused', 'auth');
SELECT * FROM outcomes();

-- In a row of overrides, such a label is none, or that of no code.
INSERT INTO status_code_overrides (status, category, action)
VALUES ('acme:1', 'x'::"char"::status_category, 'x'::"char"::status_action), ('acme:2', 'server', 14::"char"::status_action);
SELECT status, code_category(status), outcome(format('SELECT code_action(%L)', status)) AS action, is_error(status),
	outcome(format('SELECT worst_status(s) FROM unnest(''{syncfy:401,%s}''::status_code[]) AS s', status)) AS worst, status = ANY (codes_in_category('server')) AS of_server
FROM unnest('{acme:1,acme:2,syncfy:401}'::status_code[]) AS status ORDER BY status;

-- Compared with others, a damaged value has a place, or raises an error.
CREATE CAST (bytea AS status_code) WITHOUT FUNCTION;
SELECT a, b, outcome(format('SELECT sign(status_code_cmp(%s, %s))', a, b)) AS a_b, outcome(format('SELECT sign(status_code_cmp(%s, %s))', b, a)) AS b_a
FROM unnest(ARRAY[$$'\x07fe'::bytea::status_code$$, $$'\xfffe'::bytea::status_code$$]) AS a,
	unnest(ARRAY[$$'ach:R01'::status_code$$, $$'syncfy:401'::status_code$$, $$'acme:1'::status_code$$, $$'\x07fd'::bytea::status_code$$, $$'\x07fe'::bytea::status_code$$]) AS b;
ROLLBACK;
