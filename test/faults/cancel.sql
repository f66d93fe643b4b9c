-- What cancel.pl asks about: the extension's functions as the catalogs list them, and inputs as large as can be.
CREATE SCHEMA faults;

CREATE VIEW faults.functions AS
SELECT p.oid::regproc::text AS name, array_to_string(p.proargtypes::regtype[], ',') AS types, p.prokind AS kind
FROM pg_depend AS d
JOIN pg_extension AS e ON e.oid = d.refobjid AND e.extname = 'provider_codes'
JOIN pg_proc AS p ON p.oid = d.objid
WHERE d.refclassid = 'pg_extension'::regclass AND d.classid = 'pg_proc'::regclass AND d.deptype = 'e'
	AND p.prorettype <> 'trigger'::regtype AND 'internal'::regtype <> ALL (p.proargtypes);

CREATE VIEW faults.views AS
SELECT d.objid::regclass::text AS name
FROM pg_depend AS d
JOIN pg_extension AS e ON e.oid = d.refobjid AND e.extname = 'provider_codes'
JOIN pg_class AS c ON c.oid = d.objid AND c.relkind = 'v'
WHERE d.refclassid = 'pg_extension'::regclass AND d.classid = 'pg_class'::regclass AND d.deptype = 'e';

-- The milliseconds of processor time that this session has used: unlike the clock, they do not depend on what else runs.
CREATE FUNCTION faults.cpu() RETURNS bigint LANGUAGE sql VOLATILE AS $$
	SELECT 10 * (f[12]::bigint + f[13]::bigint)
	FROM string_to_array(regexp_replace(pg_read_file('/proc/self/stat'), '^.*\) ', ''), ' ') AS f
$$;

CREATE TABLE faults.calls (call text, input text, cpu bigint, state text);

-- What holds a processor and does not look whether it is to end.
CREATE FUNCTION faults.stubborn(value text) RETURNS bytea LANGUAGE sql IMMUTABLE
AS 'SELECT sha512(convert_to(value, ''UTF8'')) || sha512(convert_to(''x'' || value, ''UTF8''))';

CREATE TABLE faults.payloads (number serial, provider text, shape text, payload jsonb, answer text, answers text);

-- The paths to the strings and arrays in a value.
CREATE FUNCTION faults.paths(value jsonb) RETURNS TABLE (path text[], type text) LANGUAGE sql IMMUTABLE AS $$
	WITH RECURSIVE parts (path, part) AS (
		SELECT '{}'::text[], value
		UNION ALL
		SELECT path || key, member
		FROM parts, LATERAL (
			SELECT key, value FROM jsonb_each(CASE jsonb_typeof(part) WHEN 'object' THEN part END)
			UNION ALL
			SELECT (i - 1)::text, element
			FROM jsonb_array_elements(CASE jsonb_typeof(part) WHEN 'array' THEN part END) WITH ORDINALITY AS a (element, i)
		) AS m (key, member)
	)
	SELECT path, jsonb_typeof(part) FROM parts WHERE jsonb_typeof(part) IN ('string', 'array')
$$;

-- A value in which the part at a path is another.
CREATE FUNCTION faults.replaced(value jsonb, path text[], part jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
	SELECT CASE cardinality(path) WHEN 0 THEN part ELSE jsonb_set(value, path, part) END
$$;

-- An array with the elements of another, over and over.
CREATE FUNCTION faults.repeated(value jsonb, times integer) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
	SELECT jsonb_agg(e) FROM generate_series(1, times), jsonb_array_elements(value) AS e
$$;
