-- setup.sql: what both sides need, once for a run. What stands for "theirs" uses nothing of the extension's.
CREATE EXTENSION provider_codes;
CREATE ROLE differential_reader;

-- The order of any texts, as test/sql/operators.sql writes it.
CREATE SCHEMA theirs;
CREATE TYPE theirs.sort_key AS (
    provider text COLLATE "C", has_code boolean, is_word boolean, number numeric, code text COLLATE "C",
    has_variant boolean, variant text COLLATE "C"
);
CREATE FUNCTION theirs.sort_key(value text) RETURNS theirs.sort_key IMMUTABLE LANGUAGE sql AS $$
    SELECT ROW(m[1], m[2] IS NOT NULL, m[3] !~ '^[0-9]+$',
               CASE WHEN m[3] ~ '^[0-9]+$' THEN m[3]::numeric ELSE 0 END,
               COALESCE(m[3], ''), m[4] IS NOT NULL, COALESCE(m[5], ''))::theirs.sort_key
    FROM regexp_match(value, '^([^:]*)(:([^/]*)(/(.*))?)?$') AS m
$$;

-- All texts that a query may name, with their places in that order.
CREATE TABLE theirs.text (value text COLLATE "C" PRIMARY KEY, place integer, is_code boolean NOT NULL);
CREATE FUNCTION theirs.place_texts() RETURNS void LANGUAGE sql AS $$
    UPDATE theirs.text SET place = o.place
    FROM (SELECT value, dense_rank() OVER (ORDER BY theirs.sort_key(value)) AS place FROM theirs.text) AS o
    WHERE text.value = o.value
$$;

-- The labels in their order.
CREATE TABLE theirs.label (label text PRIMARY KEY, place integer);
INSERT INTO theirs.label
SELECT label, place
FROM unnest('{progress,success,user_action,mfa,connection,server,rate_limit,auth,request}'::text[])
    WITH ORDINALITY AS l (label, place)
UNION ALL
SELECT label, place
FROM unnest('{none,wait,retry,ask_user,renew_token,fix_request,contact_provider,stop}'::text[])
    WITH ORDINALITY AS l (label, place);

-- The lookup table: what the functions say of each code, read sequentially from a table without an index.
CREATE TABLE theirs.code (
    status text COLLATE "C" PRIMARY KEY, place integer NOT NULL,
    provider text COLLATE "C", value text COLLATE "C", variant text COLLATE "C", base text COLLATE "C",
    name text, retryable boolean, terminal boolean, success boolean, error boolean, known boolean, deprecated boolean,
    category text, category_place integer, action text, action_place integer,
    builtin_name text, builtin_retryable boolean, builtin_terminal boolean, builtin_success boolean, builtin_error boolean,
    builtin_known boolean, builtin_deprecated boolean, builtin_category text, builtin_category_place integer,
    builtin_action text, builtin_action_place integer
);
CREATE FUNCTION theirs.read_codes() RETURNS void LANGUAGE sql AS $$
    TRUNCATE theirs.code;
    INSERT INTO theirs.code
    SELECT t.value, t.place,
        split_part(t.value, ':', 1), split_part(split_part(t.value, ':', 2), '/', 1), nullif(split_part(t.value, '/', 2), ''),
        split_part(t.value, '/', 1),
        code_name(s), is_retryable(s), is_terminal(s), is_success(s), is_error(s), is_known_code(s), is_deprecated_code(s),
        code_category(s)::text, (SELECT place FROM theirs.label WHERE label = code_category(s)::text),
        code_action(s)::text, (SELECT place FROM theirs.label WHERE label = code_action(s)::text),
        builtin_code_name(s), builtin_is_retryable(s), builtin_is_terminal(s), builtin_is_success(s), builtin_is_error(s),
        builtin_is_known_code(s), builtin_is_deprecated_code(s),
        builtin_code_category(s)::text, (SELECT place FROM theirs.label WHERE label = builtin_code_category(s)::text),
        builtin_code_action(s)::text, (SELECT place FROM theirs.label WHERE label = builtin_code_action(s)::text)
    FROM theirs.text AS t CROSS JOIN LATERAL CAST(t.value AS status_code) AS s
    WHERE t.is_code
$$;

-- Where the server has ICU: a column of texts that are equal whatever their case is. To a status code they are not.
DO $$
BEGIN
    CREATE COLLATION public.caseless (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
EXCEPTION WHEN feature_not_supported THEN
    CREATE COLLATION public.caseless FROM "C";
END
$$;
