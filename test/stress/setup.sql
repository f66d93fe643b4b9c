-- What the scripts of the stress test share. Every set of codes gets its overrides in one transaction, all of one
-- generation, a number from which each column follows.

CREATE EXTENSION provider_codes;
CREATE SCHEMA stress;

-- 3 sets of 20 codes: each half of the catalog, half of a provider that it lacks
CREATE TABLE stress.codes (set, status) AS
SELECT i % 3 + 1, status
FROM (
    SELECT row_number() OVER (ORDER BY status), status::public.status_code
    FROM public.status_codes WHERE code ~ '^[0-9]+$' AND variant IS NULL
    ORDER BY 1 LIMIT 30
) AS c (i, status)
UNION ALL
SELECT i % 3 + 1, public.status_code('stress', 'code-' || i) FROM generate_series(1, 30) AS i;
ALTER TABLE stress.codes ADD PRIMARY KEY (status);

CREATE TABLE stress.noise (client integer);
CREATE TABLE stress.memory (
    backend integer, taken_at timestamptz DEFAULT clock_timestamp(), whole integer, by_key integer, rows_bytes bigint, all_bytes bigint
);

-- Statements that found something wrong. Sequences, because these don't forget what is rolled back.
CREATE SEQUENCE stress.stale MINVALUE 0 START 0;
CREATE SEQUENCE stress.torn MINVALUE 0 START 0;
CREATE SEQUENCE stress.moved MINVALUE 0 START 0;
SELECT nextval('stress.stale'), nextval('stress.torn'), nextval('stress.moved');

CREATE FUNCTION stress.rows_of(the_set integer, generation integer) RETURNS TABLE (
    status status_code, name text, title text, description text, category status_category, action status_action,
    retryable boolean, retry_after interval, terminal boolean, deprecated boolean
) LANGUAGE sql IMMUTABLE AS $$
SELECT status, 'name ' || generation, 'title ' || generation, repeat('description ', generation % 5) || generation,
    ('{progress,success,user_action,mfa,connection,server,rate_limit,auth,request}'::status_category[])[generation % 9 + 1],
    ('{none,wait,retry,ask_user,renew_token,fix_request,contact_provider,stop}'::status_action[])[generation % 8 + 1],
    generation % 2 = 0, generation * interval '1 second', generation % 3 = 0, generation % 5 = 0
FROM stress.codes WHERE set = the_set
$$;

CREATE FUNCTION stress.insert_set(the_set integer, generation integer) RETURNS void LANGUAGE sql AS $$
INSERT INTO status_code_overrides
    (status, name, title, description, category, action, retryable, retry_after, terminal, deprecated)
SELECT * FROM stress.rows_of(the_set, generation)
$$;

CREATE FUNCTION stress.upsert_set(the_set integer, generation integer) RETURNS void LANGUAGE sql AS $$
INSERT INTO status_code_overrides
    (status, name, title, description, category, action, retryable, retry_after, terminal, deprecated)
SELECT * FROM stress.rows_of(the_set, generation)
ON CONFLICT (status) DO UPDATE SET name = EXCLUDED.name, title = EXCLUDED.title, description = EXCLUDED.description,
    category = EXCLUDED.category, action = EXCLUDED.action, retryable = EXCLUDED.retryable,
    retry_after = EXCLUDED.retry_after, terminal = EXCLUDED.terminal, deprecated = EXCLUDED.deprecated
$$;

CREATE FUNCTION stress.update_set(the_set integer, generation integer, part integer DEFAULT NULL) RETURNS void
LANGUAGE sql AS $$
UPDATE status_code_overrides AS o SET name = r.name, title = r.title, description = r.description,
    category = r.category, action = r.action, retryable = r.retryable, retry_after = r.retry_after,
    terminal = r.terminal, deprecated = r.deprecated
FROM stress.rows_of(the_set, generation) AS r
WHERE o.status = r.status AND (part IS NULL OR abs(hashtext(r.status::text)) % 2 = part)
$$;

CREATE FUNCTION stress.delete_set(the_set integer) RETURNS void LANGUAGE sql AS $$
DELETE FROM status_code_overrides AS o USING stress.codes AS c WHERE o.status = c.status AND c.set = the_set
$$;

-- What the functions say of each code. Stale: something else than the table. Torn: one function of another generation
-- than the next.
CREATE VIEW stress.answers AS
SELECT set, status, generation,
    (code_name(status), code_title(status), code_description(status), code_category(status), code_action(status),
     is_retryable(status), code_retry_after(status), is_terminal(status), is_deprecated_code(status), is_known_code(status))
    IS DISTINCT FROM
    (COALESCE(name, builtin_code_name(status)), COALESCE(title, builtin_code_title(status)),
     COALESCE(description, builtin_code_description(status)), COALESCE(category, builtin_code_category(status)),
     COALESCE(action, builtin_code_action(status)), COALESCE(retryable, builtin_is_retryable(status)),
     COALESCE(retry_after, builtin_code_retry_after(status)), COALESCE(terminal, builtin_is_terminal(status)),
     COALESCE(deprecated, builtin_is_deprecated_code(status)), name IS NOT NULL OR builtin_is_known_code(status)) AS stale,
    CASE
        WHEN generation = 0 THEN
            (code_title(status), code_description(status), code_category(status), is_retryable(status))
            IS DISTINCT FROM
            (builtin_code_title(status), builtin_code_description(status), builtin_code_category(status),
             builtin_is_retryable(status))
        ELSE
            (code_title(status), code_description(status), is_retryable(status), code_retry_after(status),
             is_terminal(status), is_success(status))
            IS DISTINCT FROM
            ('title ' || generation, repeat('description ', generation % 5) || generation, generation % 2 = 0,
             generation * interval '1 second', generation % 3 = 0, generation % 9 = 1)
    END AS torn
FROM (
    SELECT c.set, c.status, COALESCE(substring(code_name(c.status) FROM '^name ([0-9]+)$')::integer, 0),
        o.name, o.title, o.description, o.category, o.action, o.retryable, o.retry_after, o.terminal, o.deprecated
    FROM stress.codes AS c LEFT JOIN status_code_overrides AS o USING (status)
) AS a (set, status, generation, name, title, description, category, action, retryable, retry_after, terminal, deprecated);

-- All of them at once: how many are stale and torn, and the generation of each set.
CREATE VIEW stress.findings AS
SELECT count(*) FILTER (WHERE stale)::integer AS stale,
    (count(*) FILTER (WHERE torn) + count(DISTINCT (set, generation)) - 3)::integer AS torn,
    max(generation) FILTER (WHERE set = 1) AS g1,
    max(generation) FILTER (WHERE set = 2) AS g2,
    max(generation) FILTER (WHERE set = 3) AS g3
FROM stress.answers;

-- Counts one statement for each argument that isn't 0.
CREATE FUNCTION stress.report(stale integer, torn integer, moved integer) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM nextval('stress.stale') WHERE stale <> 0;
    PERFORM nextval('stress.torn') WHERE torn <> 0;
    PERFORM nextval('stress.moved') WHERE moved <> 0;
    RAISE WARNING 'stale %, torn %, moved % under %', stale, torn, moved, current_setting('transaction_isolation');
END
$$;

-- Changes a set in the middle of a statement; how many codes are stale for the function itself.
CREATE FUNCTION stress.change_within(the_set integer, generation integer) RETURNS integer LANGUAGE plpgsql AS $$
BEGIN
    PERFORM stress.upsert_set(the_set, generation);
    RETURN (SELECT count(*) FROM stress.answers WHERE set = the_set AND (stale OR torn OR answers.generation <> $2));
END
$$;

-- More than a snapshot lists of one transaction.
CREATE FUNCTION stress.subtransactions(n integer) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    FOR i IN 1 .. n LOOP
        BEGIN
            INSERT INTO stress.noise VALUES (i);
        EXCEPTION WHEN division_by_zero THEN
            NULL;
        END;
    END LOOP;
END
$$;

-- Rows that nobody asks about. With them the table is so large that values are looked up by its key; sessions that read it
-- whole don't keep the notes.
CREATE FUNCTION stress.fill() RETURNS void LANGUAGE sql AS $$
INSERT INTO status_code_overrides (status, name, note)
SELECT status_code('filler', i), 'filler', repeat(md5(i::text), 30) FROM generate_series(1, 40) AS i
$$;

SELECT stress.insert_set(set, set) FROM generate_series(1, 3) AS set;
ANALYZE;
