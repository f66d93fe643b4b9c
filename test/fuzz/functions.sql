-- What functions.pl installs beside the extension: makers of random arguments, and the procedure that calls with them.
CREATE SCHEMA fuzz;

-- Texts to begin with, and well-formed codes, each by a number from 1 on.
CREATE TABLE fuzz.words (number serial PRIMARY KEY, word text);
INSERT INTO fuzz.words (word)
SELECT DISTINCT word
FROM status_codes, LATERAL (VALUES (status::text), (name), (title), (description), (provider), (code), (category), (action))
	AS w (word)
WHERE word IS NOT NULL
UNION
SELECT unnest('{"",en,es-MX,is_retryable,a:b/c,syncfy:0401,other:007,%,basiq:inv%,_," syncfy:401 ",:,/}'::text[]);
CREATE TABLE fuzz.codes (number serial PRIMARY KEY, code text);
INSERT INTO fuzz.codes (code) SELECT status::text FROM status_codes;
CREATE TABLE fuzz.labels AS
SELECT array_agg(DISTINCT category) FILTER (WHERE category IS NOT NULL) AS categories,
	array_agg(DISTINCT action) FILTER (WHERE action IS NOT NULL) AS actions
FROM status_codes;

CREATE FUNCTION fuzz.pick(anyarray) RETURNS anyelement LANGUAGE sql VOLATILE
AS 'SELECT $1[1 + floor(random() * cardinality($1))::integer]';

CREATE FUNCTION fuzz.pick_word() RETURNS text LANGUAGE plpgsql VOLATILE AS $$
DECLARE
	picked CONSTANT integer := 1 + floor(random() * (SELECT last_value FROM fuzz.words_number_seq));
BEGIN
	RETURN (SELECT word FROM fuzz.words WHERE number = picked);
END
$$;

CREATE FUNCTION fuzz.pick_code() RETURNS text LANGUAGE plpgsql VOLATILE AS $$
DECLARE
	picked CONSTANT integer := 1 + floor(random() * (SELECT last_value FROM fuzz.codes_number_seq));
BEGIN
	RETURN (SELECT code FROM fuzz.codes WHERE number = picked);
END
$$;

-- A character of the database's encoding, of as many bytes as it may have.
CREATE FUNCTION fuzz.character() RETURNS text LANGUAGE plpgsql VOLATILE AS $$
DECLARE
	bytes bytea := decode(lpad(to_hex(1 + floor(random() * 255)::integer), 2, '0'), 'hex');
BEGIN
	IF random() < 0.6 THEN
		RETURN chr(32 + floor(random() * 95)::integer);
	END IF;
	FOR i IN 0..floor(random() * 4)::integer LOOP
		bytes := bytes || decode(lpad(to_hex(128 + floor(random() * 128)::integer), 2, '0'), 'hex');
	END LOOP;
	RETURN convert_from(bytes, getdatabaseencoding());
EXCEPTION WHEN character_not_in_repertoire THEN
	RETURN fuzz.pick('{:,/,0,A,-,_,.," "}'::text[]);
END
$$;

CREATE FUNCTION fuzz.word() RETURNS text LANGUAGE plpgsql VOLATILE AS $$
DECLARE
	word text := fuzz.pick_word();
	at integer;
BEGIN
	IF random() < 0.1 THEN
		word := left(repeat(word || fuzz.character(), floor(random() * 60)::integer), 20000);
	END IF;
	IF random() < 0.1 THEN
		word := word || ':' || fuzz.pick_word();
	END IF;
	FOR i IN 1..floor(random() * 5)::integer LOOP
		at := 1 + floor(random() * length(word))::integer;
		word := overlay(word PLACING fuzz.pick(ARRAY['', fuzz.character(), upper(substr(word, at, 1)), fuzz.character() || fuzz.character()])
			FROM at FOR fuzz.pick('{0,1,1,2}'::integer[]));
	END LOOP;
	RETURN word;
END
$$;

CREATE FUNCTION fuzz.code() RETURNS text LANGUAGE sql VOLATILE AS $$
	SELECT fuzz.pick(ARRAY[
		fuzz.pick_code(),
		fuzz.pick('{syncfy,http,foundry,finicity}'::text[]) || ':' || floor(random() * 1100)::text,
		'other-' || floor(random() * 9)::text || ':' || floor(random() * 1e12)::bigint || fuzz.pick('{"",/v.1,/0}'::text[]),
		'x:' || repeat('Y', 1 + floor(random() * 120)::integer)
	])
$$;

CREATE FUNCTION fuzz.json(depth integer) RETURNS jsonb LANGUAGE plpgsql VOLATILE AS $$
BEGIN
	RETURN CASE floor(random() * CASE WHEN depth > 0 THEN 8 ELSE 5 END)::integer
		WHEN 0 THEN to_jsonb(fuzz.word())
		WHEN 1 THEN to_jsonb(split_part(fuzz.code(), ':', 2))
		WHEN 2 THEN to_jsonb(fuzz.pick('{0,401,-1,200,4.01e2,0.5,1e300,99999999999999999999,NaN}'::numeric[]))
		WHEN 3 THEN to_jsonb(random() < 0.5)
		WHEN 4 THEN fuzz.pick('{null,[],"{}","\"\"","\"failed\""}'::jsonb[])
		WHEN 5 THEN (SELECT jsonb_agg(fuzz.json(depth - 1 + 0 * n)) FROM generate_series(0, floor(random() * 4)::integer) AS n)
		ELSE (
			SELECT jsonb_object_agg(fuzz.pick('{code,status,steps,data,errors,rid,response,title,detail,details,result,type,message,error,statusCode,
				statusMessage,id_job,source,job,is_executing,""}'::text[]), fuzz.json(depth - 1 + 0 * n))
			FROM generate_series(0, 1 + floor(random() * 5)::integer) AS n)
	END;
END
$$;

-- An expression of a type. A type that isn't known here ends the run, so that a new one is not left out.
CREATE FUNCTION fuzz.argument(type regtype) RETURNS text LANGUAGE plpgsql VOLATILE AS $$
BEGIN
	IF random() < 0.02 AND type <> 'cstring'::regtype THEN
		RETURN 'NULL::' || type;
	END IF;
	RETURN CASE type::text
		WHEN 'text' THEN format('%L::text', fuzz.word())
		WHEN 'character varying' THEN format('%L::varchar', fuzz.word())
		WHEN 'character' THEN format('%L::char(40)', fuzz.word())
		WHEN 'cstring' THEN format('%L::cstring', fuzz.word())
		WHEN 'status_code' THEN format('%L::status_code', fuzz.code())
		WHEN 'status_category' THEN format('%L::status_category', fuzz.pick((SELECT categories FROM fuzz.labels)))
		WHEN 'status_category_parameter' THEN format('%L::status_category_parameter', fuzz.pick((SELECT categories FROM fuzz.labels)))
		WHEN 'status_action' THEN format('%L::status_action', fuzz.pick((SELECT actions FROM fuzz.labels)))
		WHEN 'status_action_parameter' THEN format('%L::status_action_parameter', fuzz.pick((SELECT actions FROM fuzz.labels)))
		WHEN 'integer' THEN format('%L::integer', fuzz.pick('{0,1,2,30,400,-1,2147483647,-2147483648}'::integer[]))
		WHEN 'bigint' THEN format('%L::bigint', fuzz.pick('{0,1,401,-1,999,1000,9223372036854775807,-9223372036854775808}'::bigint[]))
		WHEN 'boolean' THEN format('%L::boolean', random() < 0.5)
		WHEN 'jsonb' THEN format('%L::jsonb', fuzz.json(4))
		WHEN 'interval' THEN format('%L::interval', fuzz.pick('{1s,"-1 day","178000000 years","1 mon -30 days"}'::interval[]))
		WHEN 'timestamp with time zone' THEN format('%L::timestamptz', fuzz.pick('{now,epoch,infinity,-infinity,"4714-11-24 00:00:00+00 BC","294276-12-31 23:59:59+00"}'::text[]))
		WHEN 'status_code[]' THEN format('ARRAY[%L, %L, NULL]::status_code[]', fuzz.code(), fuzz.code())
		WHEN 'text[]' THEN format('ARRAY[%L, %L, NULL]::text[]', fuzz.word(), fuzz.code())
	END;
END
$$;

CREATE PROCEDURE fuzz.call_all(allowed text[], seconds integer, INOUT calls bigint, INOUT refused bigint) LANGUAGE plpgsql AS $$
DECLARE
	end_at CONSTANT timestamptz := clock_timestamp() + seconds * interval '1 second';
	called record;
	arguments text[];
	statement text;
BEGIN
	calls := 0;
	refused := 0;
	WHILE clock_timestamp() < end_at LOOP
		-- Every function, aggregate and operator's function that the extension has and that can be called from SQL.
		FOR called IN
			SELECT p.oid::regproc AS name, p.proargtypes::regtype[] AS types, p.prokind AS kind, p.oid::regprocedure AS signature
			FROM pg_depend AS d
			JOIN pg_extension AS e ON e.oid = d.refobjid AND e.extname = 'provider_codes'
			JOIN pg_proc AS p ON p.oid = d.objid
			WHERE d.refclassid = 'pg_extension'::regclass AND d.classid = 'pg_proc'::regclass AND d.deptype = 'e'
				AND p.prokind IN ('f', 'a') AND p.prorettype NOT IN ('internal'::regtype, 'trigger'::regtype)
				AND 'internal'::regtype <> ALL (p.proargtypes)
		LOOP
			SELECT coalesce(array_agg(fuzz.argument(t) ORDER BY n), '{}') INTO arguments
			FROM unnest(called.types) WITH ORDINALITY AS a (t, n);
			IF array_position(arguments, NULL) IS NOT NULL THEN
				RAISE EXCEPTION 'a type of % is not known to fuzz.argument()', called.signature;
			END IF;
			statement := CASE called.kind
				WHEN 'a' THEN format('SELECT %s(t)::text FROM unnest(ARRAY[%s, %s]) AS t', called.name, arguments[1],
					coalesce(fuzz.argument(called.types[1]), 'NULL'))
				ELSE format('SELECT string_agg(t::text, %L) FROM %s(%s) AS t', ',', called.name, array_to_string(arguments, ', '))
			END;
			calls := calls + 1;
			BEGIN
				EXECUTE statement;
			EXCEPTION WHEN OTHERS THEN
				IF SQLSTATE <> ALL (allowed) THEN
					RAISE EXCEPTION '% raised % %', statement, SQLSTATE, SQLERRM;
				END IF;
				refused := refused + 1;
			END;
		END LOOP;
		COMMIT;
	END LOOP;
END
$$;
