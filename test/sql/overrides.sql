--
-- overrides.sql: which attributes rows of status_code_overrides change, and when
--

-- the definition of the table
SELECT attname, format_type(atttypid, atttypmod) AS type, attnotnull AS not_null, pg_get_expr(adbin, adrelid) AS "default"
FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
WHERE attrelid = 'status_code_overrides'::regclass AND attnum > 0
ORDER BY attnum;
SELECT conname, contype, pg_get_constraintdef(oid) AS definition
FROM pg_constraint
WHERE conrelid = 'status_code_overrides'::regclass AND contype <> 'n' -- NOT NULL is a constraint from 18 on
ORDER BY conname;
SELECT extconfig::regclass[] AS dumped, extcondition AS condition
FROM pg_extension
WHERE extname = 'provider_codes';
SELECT count(*) AS rows FROM status_code_overrides;


--
-- The order of look-up
--
-- For each attribute: the override of the value, the catalog's entry of the value, the override of its base code, the
-- catalog's entry of its base code. A value that neither the table nor the catalog knows has only the attributes of its class.
--
CREATE TEMP TABLE universe AS
SELECT builtin_status_codes() AS status
UNION ALL
SELECT unnest('{syncfy:0,syncfy:104,syncfy:299,syncfy:450,syncfy:999,syncfy:1000,syncfy:401/x,syncfy:450/x,syncfy:1000/x,
    foundry:301,foundry:403/x,http:499,http:499/x,http:404/x,basiq:401,basiq:no-such-slug,basiq:no-such-slug/a,basiq:no-such-slug/b,
    basiq:invalid-credentials/unknown,basiq:access-denied/unknown,basiq:request-not-valid/unknown,basiq:empty-file/unknown,
    quovo:ERROR,quovo:ERROR/a,quovo:ERROR/b,quovo:401,quovo:0401,quovo:401/a}'::status_code[]);
CREATE TEMP VIEW rule AS
SELECT v.status, v.known,
    COALESCE(o.name, builtin_code_name(v.status), CASE WHEN known THEN COALESCE(ob.name, builtin_code_name(v.base)) END) AS name,
    COALESCE(o.title, builtin_code_title(v.status), CASE WHEN known THEN COALESCE(ob.title, builtin_code_title(v.base)) END) AS title,
    COALESCE(o.description, builtin_code_description(v.status),
             CASE WHEN known THEN COALESCE(ob.description, builtin_code_description(v.base)) END) AS description,
    COALESCE(o.category, builtin_code_category(v.status),
             CASE WHEN known THEN COALESCE(ob.category, builtin_code_category(v.base)) END) AS category,
    COALESCE(o.action, builtin_code_action(v.status), CASE WHEN known THEN COALESCE(ob.action, builtin_code_action(v.base)) END) AS action,
    COALESCE(o.retryable, builtin_is_retryable(v.status),
             CASE WHEN known THEN COALESCE(ob.retryable, builtin_is_retryable(v.base)) END) AS retryable,
    COALESCE(o.retry_after, builtin_code_retry_after(v.status),
             CASE WHEN known THEN COALESCE(ob.retry_after, builtin_code_retry_after(v.base)) END) AS retry_after,
    COALESCE(o.terminal, builtin_is_terminal(v.status),
             CASE WHEN known THEN COALESCE(ob.terminal, builtin_is_terminal(v.base)) END) AS terminal,
    CASE WHEN known THEN COALESCE(o.deprecated, builtin_is_deprecated_code(v.status),
                                  ob.deprecated, builtin_is_deprecated_code(v.base), false) END AS deprecated,
    -- each language by itself; of two members with the same name the second one counts
    NULLIF(CASE WHEN known THEN COALESCE(builtin_code_user_messages(v.base), '{}') || COALESCE(ob.user_messages, '{}') ELSE '{}' END ||
           COALESCE(builtin_code_user_messages(v.status), '{}') || COALESCE(o.user_messages, '{}'), '{}') AS messages
FROM (SELECT u.status, code_base(u.status) AS base,
             builtin_is_known_code(u.status) OR EXISTS (SELECT FROM status_code_overrides t WHERE t.status = u.status) AS known
      FROM universe u) v
    LEFT JOIN status_code_overrides o ON o.status = v.status
    LEFT JOIN status_code_overrides ob ON ob.status = v.base AND code_variant(v.status) IS NOT NULL;

-- Values for which a function returns something else.
CREATE TEMP VIEW differing AS
SELECT r.status, d.*
FROM rule r
    CROSS JOIN LATERAL (VALUES
        ('known', r.known::text, is_known_code(r.status)::text),
        ('name', r.name, code_name(r.status)),
        ('title', r.title, code_title(r.status)),
        ('description', r.description, code_description(r.status)),
        ('category', r.category::text, code_category(r.status)::text),
        ('action', r.action::text, code_action(r.status)::text),
        ('retryable', r.retryable::text, is_retryable(r.status)::text),
        ('retry_after', r.retry_after::text, code_retry_after(r.status)::text),
        ('terminal', r.terminal::text, is_terminal(r.status)::text),
        ('deprecated', r.deprecated::text, is_deprecated_code(r.status)::text),
        ('messages', r.messages::text, code_user_messages(r.status)::text),
        ('message', r.messages ->> 'en', code_user_message(r.status)),
        ('Spanish message', COALESCE(r.messages ->> 'es', r.messages ->> 'en'), code_user_message(r.status, 'es')),
        ('Brazilian message', COALESCE(r.messages ->> 'pt-BR', r.messages ->> 'pt', r.messages ->> 'en'), code_user_message(r.status, 'pt-BR')),
        -- a code without a category may still be known to be no success, if none of its meanings is one
        ('success', CASE WHEN r.category IS NULL
                         THEN COALESCE(builtin_is_success(r.status), CASE WHEN r.known THEN builtin_is_success(code_base(r.status)) END)
                         ELSE r.category = 'success' END::text,
            is_success(r.status)::text),
        ('error', CASE WHEN r.category IS NULL
                       THEN COALESCE(builtin_is_error(r.status), CASE WHEN r.known THEN builtin_is_error(code_base(r.status)) END)
                            AND r.terminal IS NOT FALSE
                       ELSE r.category NOT IN ('success', 'progress') AND r.terminal IS NOT FALSE END::text,
            is_error(r.status)::text)) AS d (what, expected, answer)
WHERE d.expected IS DISTINCT FROM d.answer;

-- with no overrides: no rows
SELECT * FROM differing;

-- From here on: every code that has variants, every variant, and one in six of the other codes.
DELETE FROM universe u
WHERE builtin_is_known_code(status) AND status_code_hash(status) % 6 <> 0
    AND NOT EXISTS (SELECT FROM builtin_status_codes() AS c (status)
                    WHERE code_variant(c.status) IS NOT NULL AND code_base(c.status) = code_base(u.status));
SELECT count(*) BETWEEN 220 AND 320 AS enough FROM universe;

-- Every attribute, set by the override of a value, of its base code, of both, or of neither. Where it is not set, there is
-- no override, or one that sets another attribute. Booleans with both values.
CREATE TEMP TABLE attribute (n integer, name text, by_value text, by_base text);
INSERT INTO attribute VALUES
    (0, 'name', $$status::text || ' by value'$$, $$status::text || ' by base'$$),
    (1, 'title', $$status::text || ' by value'$$, $$status::text || ' by base'$$),
    (2, 'description', $$status::text || ' by value'$$, $$status::text || ' by base'$$),
    (3, 'category', $$'rate_limit'$$, $$'success'$$),
    (4, 'action', $$'stop'$$, $$'none'$$),
    (5, 'retryable', 'true', 'false'),
    (6, 'retry_after', $$'1 hour'$$, $$'2 days'$$),
    (7, 'terminal', 'true', 'false'),
    (8, 'deprecated', 'true', 'false'),
    (9, 'user_messages', $$jsonb_build_object('en', status::text || ' by value')$$, $$jsonb_build_object('en', status::text || ' by base')$$),
    (10, 'user_messages', $$jsonb_build_object('es', status::text || ' del valor', 'pt-BR', status::text || ' do valor')$$,
     $$jsonb_build_object('es', status::text || ' de la base', 'pt', status::text || ' da base')$$);
CREATE FUNCTION pg_temp.insert_rows(variants boolean, state text, attribute text, other text, given text, given_other text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    IF state <> 'none' THEN
        EXECUTE format('INSERT INTO status_code_overrides (status, %I) SELECT status, %s FROM universe WHERE (code_variant(status) IS NOT NULL) = %L',
            CASE state WHEN 'given' THEN attribute ELSE other END, CASE state WHEN 'given' THEN given ELSE given_other END, variants);
    END IF;
END $$;
CREATE FUNCTION pg_temp.try_every_combination(OUT scenario text, OUT status status_code, OUT what text, OUT expected text, OUT answer text)
RETURNS SETOF record
LANGUAGE plpgsql AS $$
DECLARE
    a record;
    value_state text;
    base_state text;
    swapped boolean;
BEGIN
    FOR a IN SELECT x.*, o.name AS other, o.by_value AS other_by_value, o.by_base AS other_by_base
             FROM attribute x JOIN attribute o ON o.n = (x.n + 1) % 11 LOOP
        FOREACH value_state IN ARRAY '{none,other,given}'::text[] LOOP
            FOREACH base_state IN ARRAY '{none,other,given}'::text[] LOOP
                FOREACH swapped IN ARRAY '{false,true}'::boolean[] LOOP
                    scenario := concat_ws(' ', a.name, value_state, base_state, swapped);
                    DELETE FROM status_code_overrides;
                    PERFORM pg_temp.insert_rows(true, value_state, a.name, a.other,
                        CASE WHEN swapped THEN a.by_base ELSE a.by_value END, CASE WHEN swapped THEN a.other_by_base ELSE a.other_by_value END);
                    PERFORM pg_temp.insert_rows(false, base_state, a.name, a.other,
                        CASE WHEN swapped THEN a.by_value ELSE a.by_base END, CASE WHEN swapped THEN a.other_by_value ELSE a.other_by_base END);
                    RETURN QUERY SELECT scenario, d.status, d.what, d.expected, d.answer FROM differing d;
                    -- counts how often an override changed a result
                    status := NULL;
                    SELECT count(*)::text INTO what FROM status_code_overrides;
                    RETURN NEXT;
                END LOOP;
            END LOOP;
        END LOOP;
    END LOOP;
    DELETE FROM status_code_overrides;
END $$;
CREATE TEMP TABLE tried AS SELECT * FROM pg_temp.try_every_combination();
SELECT count(*) AS scenarios, sum(what::integer) AS rows FROM tried WHERE status IS NULL;
-- no rows
SELECT * FROM tried WHERE status IS NOT NULL;

-- Random rows that set random attributes; the same ones in every run.
CREATE FUNCTION pg_temp.try_mixtures(OUT scenario integer, OUT status status_code, OUT what text, OUT expected text, OUT answer text)
RETURNS SETOF record
LANGUAGE plpgsql AS $$
BEGIN
    FOR scenario IN 1..60 LOOP
        DELETE FROM status_code_overrides;
        INSERT INTO status_code_overrides (status, name, title, description, category, action, retryable, retry_after, terminal, deprecated,
            user_messages)
        SELECT u.status, CASE WHEN bits & 1 > 0 THEN 'name ' || bits END, CASE WHEN bits & 2 > 0 THEN 'title ' || bits END,
            CASE WHEN bits & 4 > 0 THEN 'description ' || bits END,
            CASE WHEN bits & 8 > 0 THEN ('{progress,success,user_action,mfa,connection,server,rate_limit,auth,request}'::status_category[])[1 + bits % 9] END,
            CASE WHEN bits & 16 > 0 THEN ('{none,wait,retry,ask_user,renew_token,fix_request,contact_provider,stop}'::status_action[])[1 + bits % 8] END,
            CASE WHEN bits & 32 > 0 THEN bits & 1024 > 0 END, CASE WHEN bits & 64 > 0 THEN bits * interval '1 second' END,
            CASE WHEN bits & 128 > 0 THEN bits & 2048 > 0 END, CASE WHEN bits & 256 > 0 THEN bits & 4096 > 0 END,
            NULLIF(jsonb_strip_nulls(jsonb_build_object('en', CASE WHEN bits & 512 > 0 THEN 'message ' || bits END,
                'es', CASE WHEN bits & 8192 > 0 THEN 'mensaje ' || bits END, 'pt', CASE WHEN bits & 16384 > 0 THEN 'mensagem ' || bits END,
                'pt-BR', CASE WHEN bits & 32768 > 0 THEN 'mensagem do Brasil ' || bits END)), '{}')
        FROM (SELECT u.status, ('x' || substr(md5(scenario || ' ' || u.status::text), 1, 4))::bit(16)::integer AS bits FROM universe u) u
        WHERE bits & (1023 + 8192 + 16384 + 32768) > 0 AND bits % 5 > scenario % 4;
        RETURN QUERY SELECT scenario, d.status, d.what, d.expected, d.answer FROM differing d;
    END LOOP;
    DELETE FROM status_code_overrides;
END $$;
-- no rows
SELECT * FROM pg_temp.try_mixtures();

-- some of the rows, for the reader
INSERT INTO status_code_overrides (status, description, category, retryable) VALUES
    ('basiq:invalid-credentials', 'The bank refused you.', NULL, NULL),    -- its scenarios have a description of their own
    ('basiq:access-denied', NULL, 'rate_limit', NULL),                      -- and these a category
    ('basiq:access-denied/token-expired', NULL, NULL, true),
    ('basiq:request-not-valid', NULL, 'request', NULL),                     -- where the meanings disagreed
    ('syncfy:450', 'Brand new.', NULL, NULL),                               -- the class goes on to say the rest
    ('syncfy:401/x', 'A new variant.', NULL, NULL),                         -- the base says the rest
    ('quovo:ERROR', 'A new provider.', 'server', true),
    ('quovo:ERROR/a', NULL, 'auth', NULL);
SELECT status, is_known_code(status) AS known, code_name(status) AS name, left(code_description(status), 40) AS description,
    code_category(status) AS category, is_retryable(status) AS retryable, is_terminal(status) AS terminal, is_deprecated_code(status) AS deprecated
FROM unnest('{basiq:invalid-credentials,basiq:invalid-credentials/locked-account,basiq:invalid-credentials/unknown,basiq:access-denied,
    basiq:access-denied/token-expired,basiq:access-denied/connections-not-enabled,basiq:access-denied/unknown,basiq:request-not-valid,
    syncfy:450,syncfy:450/x,syncfy:401,syncfy:401/x,syncfy:401/y,quovo:ERROR,quovo:ERROR/a,quovo:ERROR/b}'::status_code[]) status;
-- the builtin_ functions return what they did, and the domain accepts the same codes
SELECT status FROM universe u JOIN status_code_overrides o USING (status)
WHERE builtin_code_description(status) = o.description OR builtin_code_category(status) = o.category
    OR (NOT builtin_is_known_code(status) AND builtin_code_description(status) IS NOT NULL);
SELECT 'quovo:ERROR'::known_status_code;
DELETE FROM status_code_overrides;


--
-- When a change is visible
--
CREATE TEMP VIEW seen AS SELECT code_name('syncfy:401') AS name, is_known_code('quovo:ERROR') AS quovo;
SELECT * FROM seen;
BEGIN;
INSERT INTO status_code_overrides (status, name) VALUES ('syncfy:401', 'one'), ('quovo:ERROR', 'error');
SELECT * FROM seen;
UPDATE status_code_overrides SET name = 'two' WHERE status = 'syncfy:401';
SELECT * FROM seen;
SAVEPOINT a;
DELETE FROM status_code_overrides;
SELECT * FROM seen;
SAVEPOINT b;
INSERT INTO status_code_overrides (status, name) VALUES ('syncfy:401', 'three');
SELECT * FROM seen;
ROLLBACK TO b;
SELECT * FROM seen;
INSERT INTO status_code_overrides (status, name) VALUES ('syncfy:401', 'four');
RELEASE b;
SELECT * FROM seen;
ROLLBACK TO a;
SELECT * FROM seen;
TRUNCATE status_code_overrides;
SELECT * FROM seen;
INSERT INTO status_code_overrides (status, name) VALUES ('syncfy:401', 'five') ON CONFLICT (status) DO UPDATE SET name = EXCLUDED.name;
INSERT INTO status_code_overrides (status, name) VALUES ('syncfy:401', 'six') ON CONFLICT (status) DO UPDATE SET name = EXCLUDED.name;
SELECT * FROM seen;
ROLLBACK;
SELECT * FROM seen;
-- A subtransaction is rolled back after a later one was: no field of the snapshot changes.
BEGIN;
SAVEPOINT a;
INSERT INTO status_code_overrides (status, name) VALUES ('syncfy:401', 'one');
SAVEPOINT b;
UPDATE status_code_overrides SET name = 'two';
ROLLBACK TO b;
SELECT * FROM seen;
ROLLBACK TO a;
SELECT * FROM seen;
ROLLBACK;
-- committed, each in a transaction of its own
INSERT INTO status_code_overrides (status, name) VALUES ('syncfy:401', 'seven');
SELECT * FROM seen;
BEGIN;
SELECT * FROM seen;
TRUNCATE status_code_overrides;
SELECT * FROM seen;
ROLLBACK;
SELECT * FROM seen;
BEGIN ISOLATION LEVEL SERIALIZABLE;
UPDATE status_code_overrides SET name = 'eight';
SELECT * FROM seen;
COMMIT;
SELECT * FROM seen;
DELETE FROM status_code_overrides;
SELECT * FROM seen;

-- Within one statement nothing changes, as in a join with the table: all functions use the statement's snapshot.
WITH change AS (
    INSERT INTO status_code_overrides (status, name) VALUES ('syncfy:401', 'one') RETURNING status, code_name(status) AS answer
)
SELECT answer, code_name(status), (SELECT o.name FROM status_code_overrides o WHERE o.status = change.status) AS joined FROM change;
UPDATE status_code_overrides SET name = 'two' WHERE status = 'syncfy:401' RETURNING name AS new, code_name(status) AS answer;
UPDATE status_code_overrides SET name = code_name(status) || ', three' RETURNING name AS new, code_name(status) AS answer;
DELETE FROM status_code_overrides WHERE code_name(status) = 'two, three' RETURNING code_name(status) AS answer;
-- A change of the columns takes effect within the statement, as for a query under the same snapshot.
BEGIN;
INSERT INTO status_code_overrides (status, description, note) VALUES ('syncfy:401', 'description', 'note');
CREATE FUNCTION pg_temp.swap(n integer) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    IF n = 2 THEN
        ALTER TABLE status_code_overrides RENAME description TO old_description;
        ALTER TABLE status_code_overrides RENAME note TO description;
    END IF;
    RETURN true;
END $$;
CREATE FUNCTION pg_temp.query() RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT description FROM status_code_overrides WHERE status = 'syncfy:401');
END $$;
SELECT n, code_description('syncfy:401'), pg_temp.query() FROM generate_series(1, 3) AS n WHERE pg_temp.swap(n);
ROLLBACK;
SELECT * FROM seen;

-- A volatile function sees its own changes, and the calling statement does not. A stable one sees what its caller sees.
INSERT INTO status_code_overrides (status, name) VALUES ('syncfy:401', '0');
CREATE FUNCTION pg_temp.change(n text) RETURNS text
LANGUAGE plpgsql AS $$
BEGIN
    UPDATE status_code_overrides SET name = n;
    RETURN code_name('syncfy:401');
END $$;
CREATE FUNCTION pg_temp.look() RETURNS text LANGUAGE plpgsql STABLE AS $$ BEGIN RETURN code_name('syncfy:401'); END $$;
CREATE FUNCTION pg_temp.look_anew() RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN code_name('syncfy:401'); END $$;
SELECT i, code_name(c) AS before, pg_temp.change(i::text) AS inside, code_name(c) AS after, pg_temp.look() AS stable,
    pg_temp.look_anew() AS volatile, (SELECT name FROM status_code_overrides WHERE status = c AND i > 0) AS joined
FROM generate_series(1, 3) i, (VALUES ('syncfy:401'::status_code)) AS v (c);
SELECT * FROM seen;

-- A cursor uses the snapshot of DECLARE. A prepared statement uses the current one at each execution.
PREPARE name(status_code) AS SELECT code_name($1);
EXECUTE name('syncfy:401');
SET plan_cache_mode = force_generic_plan;
EXECUTE name('syncfy:401');
BEGIN;
DECLARE c CURSOR FOR SELECT i, code_name('syncfy:401') FROM generate_series(1, 4) i;
FETCH c;
UPDATE status_code_overrides SET name = 'later';
FETCH c;
SELECT * FROM seen;
EXECUTE name('syncfy:401');
FETCH c;
SAVEPOINT a;
DELETE FROM status_code_overrides;
FETCH c;
ROLLBACK TO a;
SELECT * FROM seen;
COMMIT;
EXECUTE name('syncfy:401');
DELETE FROM status_code_overrides;
EXECUTE name('syncfy:401');
RESET plan_cache_mode;
DEALLOCATE name;

-- In PL/pgSQL: loops, nested blocks whose exception takes a change back, and procedures that commit. (A row of
-- which an UPDATE was rolled back is not updated again: servers with assertions fail where that locks the row and moves it
-- to another page, also in a plain table.)
DO $$
DECLARE
    expected text;
BEGIN
    FOR i IN 1..200 LOOP
        DELETE FROM status_code_overrides;
        INSERT INTO status_code_overrides (status, name) VALUES ('syncfy:401', i::text);
        ASSERT code_name('syncfy:401') = i::text, i;
        BEGIN
            UPDATE status_code_overrides SET name = 'taken back';
            ASSERT code_name('syncfy:401') = 'taken back', i;
            IF i % 2 = 0 THEN
                RAISE division_by_zero;
            END IF;
            expected := 'taken back';
        EXCEPTION WHEN division_by_zero THEN
            expected := i::text;
            ASSERT code_name('syncfy:401') = expected, i;
        END;
        ASSERT code_name('syncfy:401') = expected, i;
        IF i % 7 = 0 THEN
            DELETE FROM status_code_overrides;
            ASSERT code_name('syncfy:401') = 'Unauthorized', i;
        END IF;
    END LOOP;
    DELETE FROM status_code_overrides;
END $$;
CREATE PROCEDURE pg_temp.commit_and_roll_back()
LANGUAGE plpgsql AS $$
BEGIN
    FOR i IN 1..10 LOOP
        INSERT INTO status_code_overrides (status, name) VALUES ('syncfy:401', i::text);
        ASSERT code_name('syncfy:401') = i::text, i;
        IF i % 2 = 0 THEN
            COMMIT;
            ASSERT code_name('syncfy:401') = i::text, i;
            DELETE FROM status_code_overrides;
            COMMIT;
        ELSE
            ROLLBACK;
        END IF;
        ASSERT code_name('syncfy:401') = 'Unauthorized', i;
    END LOOP;
END $$;
CALL pg_temp.commit_and_roll_back();
SELECT * FROM seen;

-- No result depends on a trigger.
BEGIN;
SET LOCAL session_replication_role = replica;
INSERT INTO status_code_overrides (status, name) VALUES ('syncfy:401', 'one');
SELECT * FROM seen;
UPDATE status_code_overrides SET name = 'two';
SELECT * FROM seen;
SET LOCAL session_replication_role = origin;
ALTER TABLE status_code_overrides DISABLE TRIGGER ALL;
UPDATE status_code_overrides SET name = 'three';
SELECT * FROM seen;
ROLLBACK;
SELECT * FROM seen;


--
-- Many rows, and long texts
--
BEGIN;
INSERT INTO status_code_overrides (status, name, description)
SELECT status_code('foreign', i), 'name ' || i, CASE WHEN i % 500 = 0 THEN (SELECT string_agg(md5((i * j)::text), '') FROM generate_series(1, 320) j) END
FROM generate_series(1, 5000) i;
SELECT count(*) AS rows, max(length(description)) AS longest, max(pg_column_size(description)) > 2000 AS toasted FROM status_code_overrides;
-- no rows
SELECT i FROM generate_series(1, 5000) i
WHERE (code_name(status_code('foreign', i)), is_known_code(status_code('foreign', i)), is_known_code(status_code('foreign', i + 5000)))
    IS DISTINCT FROM ('name ' || i, true, false);
SELECT i FROM generate_series(500, 5000, 500) i
WHERE code_description(status_code('foreign', i)) IS DISTINCT FROM (SELECT string_agg(md5((i * j)::text), '') FROM generate_series(1, 320) j);
SELECT status FROM status_code_overrides
WHERE (code_name(status), code_description(status)) IS DISTINCT FROM (name, description);
UPDATE status_code_overrides SET name = reverse(name), description = NULL;
SELECT status FROM status_code_overrides
WHERE (code_name(status), code_description(status)) IS DISTINCT FROM (name, NULL);
ROLLBACK;
-- texts that are stored compressed and out of line, of ten kilobytes and of a megabyte, and an empty one
BEGIN;
INSERT INTO status_code_overrides (status, name, description)
VALUES ('syncfy:401', '', repeat('ten kB ', 1500)), ('syncfy:405', 'a', repeat('a megabyte ', 100000));
SELECT code_name('syncfy:401') = '' AS empty, code_description('syncfy:401') = repeat('ten kB ', 1500) AS ten_kb,
    code_description('syncfy:405') = repeat('a megabyte ', 100000) AS megabyte;
ROLLBACK;
SELECT is_known_code('foreign:1') AS known, code_description('syncfy:405') LIKE 'The institution has blocked%' AS back;


--
-- Who changed a row, when, and for which version of the catalog
--
COPY status_code_overrides (status, name, title, description, category, action, retryable, retry_after, terminal, deprecated,
    user_messages, note, updated_at, updated_by, catalog_version) FROM stdin;
syncfy:401	a	\N	\N	user_action	ask_user	f	00:00:01	t	f	{"en": "Hello", "es": "Hola"}	why	2001-02-03 04:05:06+00	somebody	0.9
syncfy:405	b	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	2001-02-03 04:05:06+00	somebody	0.9
\.
-- values that are copied in, as by a restore, are kept
SELECT status, note, updated_at = '2001-02-03 04:05:06+00' AS "then", updated_by, catalog_version FROM status_code_overrides ORDER BY status;
BEGIN;
UPDATE status_code_overrides SET name = name || '!' WHERE status = 'syncfy:401';
INSERT INTO status_code_overrides (status, name) VALUES ('syncfy:406', 'c');
-- an UPDATE that sets these columns is recorded with its actual values
UPDATE status_code_overrides SET updated_by = 'nobody', updated_at = '-infinity', catalog_version = '0' WHERE status = 'syncfy:406';
SELECT status, name, note, updated_at = now() AS now, updated_by = current_user AS by_me,
    catalog_version = provider_codes_version() AS this_version
FROM status_code_overrides ORDER BY status;
SELECT status FROM status_code_overrides
WHERE status = 'syncfy:401' AND (category, action, retryable, retry_after, terminal, deprecated, user_messages)
    IS DISTINCT FROM ('user_action'::status_category, 'ask_user'::status_action, false, interval '1 second', true, false,
                      '{"en": "Hello", "es": "Hola"}'::jsonb);
ROLLBACK;
CREATE TEMP TABLE saved AS SELECT * FROM status_code_overrides;
DELETE FROM status_code_overrides;
INSERT INTO status_code_overrides SELECT * FROM saved;
SELECT status FROM (SELECT * FROM saved EXCEPT SELECT * FROM status_code_overrides) x;
DELETE FROM status_code_overrides;


--
-- The checksum
--
CREATE TEMP TABLE content (columns text, rows text, checksum text);
INSERT INTO content
SELECT v.columns, format('(%L, %L)', status, unnest(v.given))
FROM (VALUES
        ('name', '{x,y,"",xyz}'::text[]), ('title', '{x,y,"",xyz}'), ('description', '{x,y,"",xyz}'),
        ('user_messages', ARRAY['{"en": "x"}', '{"en": "y"}', '{"en": ""}', '{"en": "xyz"}', '{"es": "x"}', '{"es": "y"}', '{"pt": "x"}',
            '{"pt-BR": "x"}', '{"en": "x", "es": "y"}', '{"en": "y", "es": "x"}', '{"en": "x", "pt": "y"}', '{"en": "xes1 y"}']),
        ('category', '{progress,success,user_action,mfa,connection,server,rate_limit,auth,request}'),
        ('action', '{none,wait,retry,ask_user,renew_token,fix_request,contact_provider,stop}'),
        ('retryable', '{t,f}'), ('terminal', '{t,f}'), ('deprecated', '{t,f}'),
        ('retry_after', '{1 microsecond,1 second,1 minute,1 day,2 days,1 month,1 month 1 day,1 month 1 day 1 second}')) AS v (columns, given),
    unnest('{syncfy:401,syncfy:405,basiq:access-denied,a:b,a:bx}'::status_code[]) AS status;
-- adjacent texts with other boundaries, and exchanged values
INSERT INTO content VALUES
    ('name, title', $$('a:b', 'x', 'yz')$$), ('name, title', $$('a:b', 'xy', 'z')$$), ('name, title', $$('a:b', 'xyz', '')$$),
    ('name, description', $$('a:b', 'xy', 'z')$$), ('title, description', $$('a:b', 'xy', 'z')$$),
    ('name', $$('a:b', 'x'), ('a:c', 'y')$$), ('name', $$('a:b', 'y'), ('a:c', 'x')$$),
    ('retryable, terminal', $$('a:b', true, NULL), ('a:c', NULL, true)$$),
    ('retryable, terminal', $$('a:b', NULL, true), ('a:c', true, NULL)$$),
    ('retryable, terminal, deprecated', $$('a:b', true, false, NULL)$$), ('retryable, terminal, deprecated', $$('a:b', true, NULL, false)$$);
-- a code whose last characters could be the length of its name
INSERT INTO content VALUES
    ('name, title', $$('a:b', 'xx12 abcdefg', 'hij')$$), ('name, title', $$('a:b1', 'xx', 'abcdefg3 hij')$$);
-- long texts, of which the checksum takes one piece after another
INSERT INTO content
SELECT 'description', format('(''a:b'', %L)', overlay(repeat('x', 140000) PLACING 'y' FROM place)) FROM unnest('{1,70000,140000}'::integer[]) AS place;
-- an empty table: before, after each content, and at the end
INSERT INTO content VALUES ('', '', provider_codes_checksum());
DO $$
DECLARE
    c record;
    empty text := provider_codes_checksum();
BEGIN
    FOR c IN SELECT * FROM content WHERE rows <> '' LOOP
        EXECUTE format('INSERT INTO status_code_overrides (status, %s) VALUES %s', c.columns, c.rows);
        UPDATE content SET checksum = provider_codes_checksum() WHERE (columns, rows) = (c.columns, c.rows);
        DELETE FROM status_code_overrides;
        ASSERT provider_codes_checksum() = empty, c.rows;
    END LOOP;
END $$;
SELECT count(*) AS contents FROM content;
-- two contents with the same checksum, or a checksum of another form: no rows
SELECT a.columns, a.rows, b.columns, b.rows
FROM content a JOIN content b ON a.checksum = b.checksum AND (a.columns, a.rows) < (b.columns, b.rows);
SELECT * FROM content WHERE checksum !~ '^[0-9a-f]{16}$' OR checksum IS NULL;
-- the checksum of an empty table is that of the catalog: no rows
SELECT * FROM content WHERE rows = '' AND checksum = repeat('0', 16);
-- Random tables that hardly differ, each written twice in different orders. Two tables have the same checksum exactly if
-- their contents are the same: no rows.
CREATE TEMP TABLE drawn (number integer, contents text, checksum text);
CREATE FUNCTION pg_temp.draw(number integer) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    CREATE TEMP TABLE draft ON COMMIT DROP AS
    SELECT status_code('a', (ARRAY['b', 'b1', 'b12', 'c'])[i]) AS status,
        (ARRAY[NULL, '', '1', '1:1', '-', '2:'])[1 + floor(random() * 6)] AS name,
        (ARRAY[NULL, '', '1', '1:1', '-', '2:'])[1 + floor(random() * 6)] AS title,
        (ARRAY[NULL, '{"en": ""}', '{"en": "-"}', '{"es": ""}', '{"es": "-"}', '{"en": "-", "es": ""}', '{"en": "", "es": "-"}']::jsonb[])
            [1 + floor(random() * 7)] AS user_messages,
        (ARRAY[NULL, true, false])[1 + floor(random() * 3)] AS retryable,
        (ARRAY[NULL, true, false])[1 + floor(random() * 3)] AS terminal,
        (ARRAY[NULL, interval '1 day', '24 hours', '1 month', '30 days'])[1 + floor(random() * 5)] AS retry_after
    FROM generate_series(1, 4) AS i WHERE random() < 0.5;
    DELETE FROM draft WHERE num_nonnulls(name, title, user_messages, retryable, terminal, retry_after) = 0;
    FOR turn IN 1..2 LOOP
        INSERT INTO status_code_overrides (status, name, title, user_messages, retryable, terminal, retry_after)
        SELECT * FROM draft ORDER BY random();
        INSERT INTO drawn
        SELECT number, string_agg(d::text, ' ' ORDER BY status), provider_codes_checksum() FROM draft AS d;
        DELETE FROM status_code_overrides;
    END LOOP;
    DROP TABLE draft;
END
$$;
SELECT setseed(0.5);
SELECT count(pg_temp.draw(number)) FROM generate_series(1, 400) AS number;
SELECT count(DISTINCT contents) > 300 AS many FROM drawn;
SELECT a.contents, b.contents FROM drawn AS a JOIN drawn AS b
    ON (a.contents IS NOT DISTINCT FROM b.contents) <> (a.checksum = b.checksum);
-- it depends on the attributes, and not on time, user, order and note: no rows
INSERT INTO status_code_overrides (status, name, updated_at, updated_by, catalog_version, note) VALUES
    ('a:b', 'x', '2001-01-01', 'a', '0', 'b'), ('a:c', 'y', '2001-01-01', 'a', '0', NULL);
CREATE TEMP TABLE checksum_now AS SELECT provider_codes_checksum() AS checksum;
DELETE FROM status_code_overrides;
INSERT INTO status_code_overrides (status, name) VALUES ('a:c', 'y'), ('a:d', 'z'), ('a:b', 'x');
DELETE FROM status_code_overrides WHERE status = 'a:d';
SELECT provider_codes_checksum(), checksum FROM checksum_now WHERE provider_codes_checksum() <> checksum;
SELECT rows, checksum FROM content
WHERE columns = 'name' AND rows = $$('a:b', 'x'), ('a:c', 'y')$$ AND checksum IS DISTINCT FROM provider_codes_checksum();
BEGIN;
UPDATE status_code_overrides SET name = 'w' WHERE status = 'a:b';
SELECT provider_codes_checksum() <> checksum AS changed FROM checksum_now;
ROLLBACK;
SELECT provider_codes_checksum() = checksum AS back FROM checksum_now;
DELETE FROM status_code_overrides;
SELECT provider_codes_checksum() = checksum AS empty FROM content WHERE rows = '';


--
-- Changes to the table's definition (in a new session, after the objects that depend on it are dropped)
--
DISCARD TEMP;
\c -
\set VERBOSITY default
BEGIN;
-- first, the views that depend on it
DO $$
DECLARE
    v regclass;
BEGIN
    FOR v IN
        SELECT DISTINCT ev_class FROM pg_depend JOIN pg_rewrite r ON r.oid = objid
        WHERE classid = 'pg_rewrite'::regclass AND refobjid = 'status_code_overrides'::regclass
    LOOP
        EXECUTE format('ALTER EXTENSION provider_codes DROP VIEW %s', v);
        EXECUTE format('DROP VIEW %s', v);
    END LOOP;
END $$;
SAVEPOINT start;

-- columns that no function needs may be added, dropped and moved, and the table may have another name and schema
INSERT INTO status_code_overrides (status, name, title) VALUES ('syncfy:401', 'one', 'two');
ALTER TABLE status_code_overrides ADD ticket integer DEFAULT 7;
SELECT code_name('syncfy:401'), code_title('syncfy:401');
ALTER TABLE status_code_overrides DROP note;
SELECT code_name('syncfy:401'), code_title('syncfy:401');
ALTER TABLE status_code_overrides DROP name;
ALTER TABLE status_code_overrides ADD name text;
SELECT code_name('syncfy:401'), code_title('syncfy:401');
UPDATE status_code_overrides SET name = 'three', description = 'four';
SELECT code_name('syncfy:401'), code_title('syncfy:401'), code_description('syncfy:401'), is_retryable('syncfy:401');
ALTER TABLE status_code_overrides RENAME TO meanings_of_ours;
SELECT code_name('syncfy:401'), code_title('syncfy:401');
UPDATE meanings_of_ours SET name = 'five';
CREATE SCHEMA elsewhere;
ALTER TABLE meanings_of_ours SET SCHEMA elsewhere;
SELECT code_name('syncfy:401'), code_title('syncfy:401');
ROLLBACK TO start;
SELECT code_name('syncfy:401'), code_title('syncfy:401');

-- a column that functions need is missing
ALTER TABLE status_code_overrides DROP title;
SELECT code_name('syncfy:401');
ROLLBACK TO start;
SELECT code_name('syncfy:401');
ALTER TABLE status_code_overrides RENAME terminal TO ended;
SELECT is_terminal('syncfy:401');
ROLLBACK TO start;
ALTER TABLE status_code_overrides ALTER category TYPE text;
SELECT code_category('syncfy:401');
ROLLBACK TO start;
ALTER TABLE status_code_overrides DROP CONSTRAINT status_code_overrides_user_messages_valid;
ALTER TABLE status_code_overrides ALTER user_messages TYPE json;
SELECT code_user_message('syncfy:401');
ROLLBACK TO start;
ALTER TABLE status_code_overrides ALTER description TYPE varchar;
SAVEPOINT a;
SELECT code_description('syncfy:401');
ROLLBACK TO a;
SELECT provider_codes_checksum();
ROLLBACK TO a;
SELECT is_known_code('syncfy:401');
ROLLBACK TO a;
SELECT builtin_code_name('syncfy:401');
ALTER TABLE status_code_overrides ALTER description TYPE text;
SELECT code_name('syncfy:401');
ROLLBACK TO start;
-- a column has another type of the same name
CREATE SCHEMA elsewhere;
CREATE DOMAIN elsewhere."interval" AS text;
ALTER TABLE status_code_overrides RENAME retry_after TO old;
ALTER TABLE status_code_overrides ADD retry_after elsewhere."interval" DEFAULT 'abcdefghijklmnopqrstuvwxyz';
SELECT code_retry_after('syncfy:401');
ROLLBACK TO start;
-- a row whose status is NULL has no effect, as in a join
ALTER TABLE status_code_overrides DROP CONSTRAINT status_code_overrides_pkey;
ALTER TABLE status_code_overrides ALTER status DROP NOT NULL;
INSERT INTO status_code_overrides (status, name) VALUES (NULL, 'nothing');
SELECT code_name('syncfy:401'), code_title('syncfy:401');
ROLLBACK TO start;
-- nor have rows of an inheritance child
CREATE TABLE child () INHERITS (status_code_overrides);
INSERT INTO child (status, name) VALUES ('syncfy:408', 'by a child');
SELECT code_name('syncfy:408');
ROLLBACK TO start;
-- the table is found among other configuration tables, wherever it is in their list, also when both were renamed or it
-- lost a column; the statement that alters it makes this session look again
INSERT INTO status_code_overrides (status, name, title) VALUES ('syncfy:401', 'one', 'two');
CREATE TABLE before (status status_code PRIMARY KEY, name text, note text, updated_at timestamptz);
CREATE TABLE after (code text, description text);
CREATE TABLE copied (LIKE status_code_overrides INCLUDING ALL);
UPDATE pg_extension
SET extconfig = ARRAY[0::oid, 'before'::regclass::oid] || extconfig || ARRAY['after'::regclass::oid, 'copied'::regclass::oid],
    extcondition = '{"",""}' || extcondition || '{"",""}'
WHERE extname = 'provider_codes';
ALTER TABLE status_code_overrides SET (fillfactor = 90);
SELECT code_name('syncfy:401'), provider_codes_checksum() = provider_codes_checksum() AS read;
ALTER TABLE status_code_overrides RENAME TO meanings_of_ours;
ALTER TABLE before RENAME TO status_code_overrides;
SELECT code_name('syncfy:401');
DROP TABLE copied;
ALTER TABLE meanings_of_ours DROP title;
SELECT code_name('syncfy:401');
ROLLBACK TO start;
\set VERBOSITY sqlstate
ALTER TABLE status_code_overrides DROP retry_after;
SELECT code_name('syncfy:401');
ROLLBACK TO start;
\set VERBOSITY default
-- a column that only the trigger needs is missing
ALTER TABLE status_code_overrides DROP updated_by;
INSERT INTO status_code_overrides (status, name) VALUES ('syncfy:401', 'one');
SELECT code_name('syncfy:401');
UPDATE status_code_overrides SET name = 'two';
ROLLBACK TO start;
SELECT code_name('syncfy:401');
-- or has another type
ALTER TABLE status_code_overrides ALTER updated_by TYPE varchar;
INSERT INTO status_code_overrides (status, name) VALUES ('syncfy:401', 'one');
SELECT code_name('syncfy:401');
UPDATE status_code_overrides SET name = 'two';
ROLLBACK TO start;
-- a column that only the trigger and a view need is missing
ALTER TABLE status_code_overrides DROP catalog_version;
INSERT INTO status_code_overrides (status, name) VALUES ('syncfy:401', 'one');
SELECT code_name('syncfy:401');
SELECT status, name, catalog_version FROM status_code_override_rows();
ROLLBACK TO start;
-- rows that are not in a heap, as far as anybody knows
CREATE ACCESS METHOD heap_of_another TYPE TABLE HANDLER heap_tableam_handler;
CREATE TABLE not_in_heap (LIKE status_code_overrides INCLUDING ALL) USING heap_of_another;
UPDATE pg_extension SET extconfig = ARRAY['not_in_heap'::regclass::oid], extcondition = '{""}' WHERE extname = 'provider_codes';
ALTER TABLE status_code_overrides SET (fillfactor = 90);
SELECT code_name('syncfy:401');
ROLLBACK TO start;
-- a row is found although an index compares with other functions than our own, or with none
SET LOCAL client_min_messages = warning;
CREATE FUNCTION backwards(status_code, status_code) RETURNS integer LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN public.status_code_cmp($2, $1); END';
CREATE FUNCTION unequal(status_code, status_code) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN false; END';
CREATE OPERATOR *** (FUNCTION = unequal, LEFTARG = status_code, RIGHTARG = status_code);
CREATE OPERATOR CLASS backwards_ops FOR TYPE status_code USING btree AS OPERATOR 3 =, FUNCTION 1 backwards(status_code, status_code);
CREATE OPERATOR CLASS unequal_ops FOR TYPE status_code USING btree AS OPERATOR 3 ***, FUNCTION 1 status_code_cmp(status_code, status_code);
CREATE OPERATOR CLASS no_operator_ops FOR TYPE status_code USING btree AS FUNCTION 1 status_code_cmp(status_code, status_code);
INSERT INTO status_code_overrides (status, name) SELECT status_code('filler', i), 'filler ' || i FROM generate_series(1, 1000) AS i;
CREATE FUNCTION pg_temp.found_by(operator_class text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    ALTER TABLE status_code_overrides DROP CONSTRAINT IF EXISTS status_code_overrides_pkey;
    DROP INDEX IF EXISTS by_class;
    EXECUTE format('CREATE UNIQUE INDEX by_class ON status_code_overrides (status %s)', operator_class);
    RETURN code_name('filler:777');
END $$;
SELECT operator_class, pg_temp.found_by(operator_class) FROM unnest('{status_code_ops,backwards_ops,unequal_ops,no_operator_ops,status_code_ops}'::text[]) AS operator_class;
ROLLBACK TO start;

-- the table itself
ALTER EXTENSION provider_codes DROP TABLE status_code_overrides;
DROP TABLE status_code_overrides;
SELECT code_name('syncfy:401');
ROLLBACK TO start;
SELECT code_name('syncfy:401');
ROLLBACK;

-- The table is removed from the extension before this session has used it. The builtin_ functions still work.
\c -
BEGIN;
SAVEPOINT a;
ALTER EXTENSION provider_codes DROP TABLE status_code_overrides;
SAVEPOINT b;
SELECT code_name('syncfy:401');
ROLLBACK TO b;
SELECT is_known_code('syncfy:401');
ROLLBACK TO b;
SELECT provider_codes_checksum();
ROLLBACK TO b;
\set VERBOSITY sqlstate
SELECT name FROM status_codes;
\set VERBOSITY default
ROLLBACK TO b;
SELECT builtin_code_name('syncfy:401'), builtin_is_known_code('syncfy:401'), code_name(NULL);
ROLLBACK TO a;
SELECT code_name('syncfy:401');
ROLLBACK;

-- another extension of the same name in one session
BEGIN;
INSERT INTO status_code_overrides (status, name) VALUES ('syncfy:401', 'one');
SELECT code_name('syncfy:401');
DROP EXTENSION provider_codes;
CREATE EXTENSION provider_codes;
SELECT code_name('syncfy:401');
INSERT INTO status_code_overrides (status, name) VALUES ('syncfy:401', 'two');
SELECT code_name('syncfy:401');
CREATE SCHEMA elsewhere;
ALTER EXTENSION provider_codes SET SCHEMA elsewhere;
SELECT elsewhere.code_name('syncfy:401');
ROLLBACK;
SELECT code_name('syncfy:401');

-- nothing is left
SELECT status FROM status_code_overrides;
