--
-- stored_form.sql: the stored form of every value, its hash and its place in the order, for ever
--
-- Users' tables, indexes and partitions rest on what is pinned here. test/golden/values.tsv has a line
-- for each of some 3,000 values, in their order: text form, stored bytes with the header, 32-bit hash,
-- 64-bit hash with seed 0 and with seed 42. test/golden/code_ids.tsv has the provider's id and the
-- code's id of every word, larger number and variant that has one: the list is closed with release 1.0.
--
-- How the files were made: by a program that shares no code with the extension. It put the bytes together
-- by the rule at the head of src/status_code.h, with ids from the files of src/catalog, sorted by the
-- rule in that header, and computed the hashes with its own rendering of the server's hash_bytes().
-- (They are those of a little-endian machine.) Lines may be added to values.tsv, each in its place; a line
-- is never changed and never taken away, whatever these tests say. code_ids.tsv gets no more lines from release 1.0 on.
--
CREATE EXTENSION pageinspect;

CREATE TABLE golden_values (
    line serial PRIMARY KEY,
    value text COLLATE "C" NOT NULL UNIQUE,
    image text NOT NULL,
    hash integer NOT NULL,
    hash_0 bigint NOT NULL,
    hash_42 bigint NOT NULL
);
\copy golden_values (value, image, hash, hash_0, hash_42) FROM 'test/golden/values.tsv'

CREATE TABLE golden_ids (
    value text PRIMARY KEY,
    provider_id integer NOT NULL,
    id integer NOT NULL,
    UNIQUE (provider_id, id)
);
\copy golden_ids FROM 'test/golden/code_ids.tsv'

-- The files are not cut short.
SELECT count(*) >= 3015 AS values FROM golden_values;
SELECT count(*) AS ids FROM golden_ids;

--
-- Bytes
--

-- The rows of a table as they lie on the disk: the bytes of column number n, with their header.
CREATE FUNCTION stored(tab regclass, n integer) RETURNS TABLE (place tid, image text)
LANGUAGE sql AS $$
    SELECT i.t_ctid, encode(i.t_attrs[n], 'hex')
    FROM generate_series(0, pg_relation_size(tab) / current_setting('block_size')::integer - 1) AS b
    CROSS JOIN LATERAL heap_page_item_attrs(get_raw_page(tab::text, b::integer), tab) AS i
    WHERE i.t_attrs IS NOT NULL
$$;

-- Every way to make a value makes the same one. Into one table, with the line that the value is of.
CREATE TABLE made (way text NOT NULL, line integer NOT NULL, status status_code);

DO $$
DECLARE
    golden golden_values;
BEGIN
    FOR golden IN SELECT * FROM golden_values LOOP
        EXECUTE format('INSERT INTO made VALUES (%L, %s, %L)', 'literal', golden.line, golden.value);
    END LOOP;
END
$$;

INSERT INTO made SELECT 'cast from text', line, value::status_code FROM golden_values;
INSERT INTO made SELECT 'cast from varchar', line, value::varchar::status_code FROM golden_values;
INSERT INTO made SELECT 'assignment', line, value FROM golden_values;
INSERT INTO made SELECT 'function', line, status_code(value) FROM golden_values;
INSERT INTO made
SELECT 'parts', line,
    status_code(split_part(value, ':', 1), split_part(split_part(value, ':', 2), '/', 1),
                NULLIF(split_part(value, '/', 2), ''))
FROM golden_values;
INSERT INTO made
SELECT 'two parts', line, status_code(split_part(value, ':', 1), split_part(value, ':', 2))
FROM golden_values WHERE value !~ '/';
INSERT INTO made
SELECT 'number', line, status_code(split_part(value, ':', 1), split_part(value, ':', 2)::integer)
FROM golden_values
WHERE value ~ ':(0|[1-9][0-9]*)$' AND length(split_part(value, ':', 2)) < 10;
INSERT INTO made
SELECT 'element of an array literal', line, (('{' || value || '}')::status_code[])[1]
FROM golden_values;
INSERT INTO made
SELECT 'element of an array', u.line, u.status
FROM (SELECT array_agg(value::status_code ORDER BY line) AS all_of_them FROM golden_values) AS a,
    unnest(a.all_of_them) WITH ORDINALITY AS u (status, line);
INSERT INTO made
SELECT 'base', line, code_base(status_code(value || '/x'))
FROM golden_values WHERE value !~ '/' AND length(value) <= 124;
INSERT INTO made
SELECT 'base of a value without variant', line, code_base(value::status_code)
FROM golden_values WHERE value !~ '/';
INSERT INTO made
SELECT 'json', g.line, r.status
FROM golden_values AS g, json_to_record(json_build_object('status', g.value)) AS r (status status_code);
INSERT INTO made
SELECT 'composite', line, (('(x,0,' || value || ')')::made).status FROM golden_values;
INSERT INTO made
SELECT 'domain', line, value::known_status_code
FROM golden_values WHERE builtin_is_known_code(value::status_code);
INSERT INTO made
SELECT 'aggregate', line, max(value::status_code) FROM golden_values GROUP BY line;
INSERT INTO made
SELECT 'catalog', g.line, c.status
FROM builtin_status_codes() AS c (status) JOIN golden_values AS g ON g.value = c.status::text;

-- Out and in again; the files lie where pg_regress has its own.
\copy (SELECT 'binary copy', line, value::status_code FROM golden_values) TO 'results/stored_form.data' (FORMAT binary)
\copy made FROM 'results/stored_form.data' (FORMAT binary)
\copy (SELECT 'binary copy of text', line, value FROM golden_values) TO 'results/stored_form.data' (FORMAT binary)
\copy made FROM 'results/stored_form.data' (FORMAT binary)
\copy (SELECT 'text copy', line, value::status_code FROM golden_values) TO 'results/stored_form.data'
\copy made FROM 'results/stored_form.data'

-- Every way was taken.
SELECT way, count(*) > 60 AS used FROM made GROUP BY way ORDER BY way COLLATE "C";

-- No value has other bytes than its line says: no rows.
SELECT m.way, g.value, g.image AS pinned, s.image AS stored
FROM made AS m
JOIN golden_values AS g USING (line)
JOIN stored('made', 3) AS s ON m.ctid = s.place
WHERE g.image <> s.image
ORDER BY m.way COLLATE "C", m.line;

-- (The bytes of all were compared.)
SELECT count(*) AS "not compared" FROM made AS m
WHERE NOT EXISTS (SELECT FROM stored('made', 3) AS s WHERE s.place = m.ctid);

-- In a generated column and a column by itself.
CREATE TABLE generated (
    line integer,
    value text,
    status status_code GENERATED ALWAYS AS (value::status_code) STORED
);
INSERT INTO generated SELECT line, value FROM golden_values;
SELECT g.value, g.image AS pinned, s.image AS stored
FROM generated AS t
JOIN golden_values AS g USING (line)
JOIN stored('generated', 3) AS s ON t.ctid = s.place
WHERE g.image <> s.image;

CREATE TABLE alone (status status_code);
INSERT INTO alone SELECT value::status_code FROM golden_values ORDER BY line;
SELECT g.value, g.image AS pinned, encode(i.t_data, 'hex') AS stored
FROM generate_series(0, pg_relation_size('alone') / current_setting('block_size')::integer - 1) AS b
CROSS JOIN LATERAL heap_page_items(get_raw_page('alone', b::integer)) AS i
JOIN alone AS a ON a.ctid = i.t_ctid
JOIN golden_values AS g ON g.value = a.status::text
WHERE g.image IS DISTINCT FROM encode(i.t_data, 'hex');

-- A value gives back the text that it was made of.
SELECT m.way, g.value, m.status FROM made AS m JOIN golden_values AS g USING (line)
WHERE m.status::text IS DISTINCT FROM g.value;

--
-- Compact forms, by rule
--

-- Every number from 0 to 999 of a built-in provider takes three bytes: a header and provider << 10 | number.
CREATE TABLE numbers AS
SELECT p.provider, p.id, n, status_code(p.provider, n) AS status
FROM (VALUES ('finicity', 5), ('foundry', 7), ('http', 9), ('syncfy', 15)) AS p (provider, id),
    generate_series(0, 999) AS n;
SELECT provider, n, pg_column_size(status) FROM numbers
WHERE pg_column_size(status) <> 3 OR status::text <> provider || ':' || n;
SELECT t.provider, t.n, s.image
FROM numbers AS t JOIN stored('numbers', 4) AS s ON t.ctid = s.place
WHERE right(s.image, 4) <> lpad(to_hex(t.id << 10 | t.n), 4, '0');
SELECT count(*), count(DISTINCT image) FROM stored('numbers', 4);

-- All that is in code_ids.tsv takes three bytes: a header and provider << 10 | id.
CREATE TABLE words AS SELECT value, provider_id, id, value::status_code AS status FROM golden_ids;
SELECT value, pg_column_size(status) FROM words
WHERE pg_column_size(status) <> 3 OR status::text <> value;
SELECT w.value, s.image
FROM words AS w JOIN stored('words', 4) AS s ON w.ctid = s.place
WHERE right(s.image, 4) <> lpad(to_hex(w.provider_id << 10 | w.id), 4, '0');

-- A provider has one id, and these are in the order of the names.
SELECT provider_id, string_agg(DISTINCT provider, ', ') AS provider, count(*) AS ids
FROM (SELECT split_part(value, ':', 1), provider_id FROM golden_ids
      UNION ALL
      SELECT DISTINCT provider, id FROM numbers) AS i (provider, provider_id)
GROUP BY provider_id
ORDER BY provider_id;

-- An id of a provider of numbers is none of its numbers.
SELECT value, id FROM golden_ids
WHERE (id > 999) <> (split_part(value, ':', 1) IN (SELECT provider FROM numbers));

-- All of code_ids.tsv are known; and every other code of the catalog is a number from 0 to 999.
SELECT value FROM golden_ids WHERE builtin_is_known_code(value::status_code) IS NOT TRUE;
CREATE TABLE listed AS SELECT status FROM builtin_status_codes() AS c (status);
SELECT status FROM listed
WHERE pg_column_size(status) <> 3
    OR status::text NOT IN (SELECT value FROM golden_ids)
    AND status::text NOT IN (SELECT provider || ':' || n FROM numbers);

-- What values.tsv has beyond that is stored as its text, one byte longer.
SELECT g.value, g.image FROM golden_values AS g
WHERE length(g.image) <> 6 AND substr(g.image, 3) <> encode(convert_to(g.value, 'UTF8'), 'hex')
    OR (length(g.image) = 6) <> (g.value IN (SELECT value FROM golden_ids)
        OR g.value ~ '^(finicity|foundry|http|syncfy):[0-9]{1,3}$');

-- Examples.
SELECT status, pg_column_size(status)
FROM made
WHERE way = 'literal' AND status IN ('syncfy:401', 'syncfy:450', 'basiq:invalid-credentials',
    'plaid:ITEM_LOGIN_REQUIRED', 'finicity:1007', 'finicity:1008', 'finicity:10106/not-supported',
    'foundry:401/invalid-api-key', 'pluggy:001', 'pluggy:1')
ORDER BY status;

-- Every code of the catalog stands in values.tsv.
SELECT status FROM listed WHERE status::text NOT IN (SELECT value FROM golden_values);

--
-- Hashes
--
SELECT value, hash AS pinned, status_code_hash(value::status_code)
FROM golden_values WHERE status_code_hash(value::status_code) <> hash;
SELECT value, hash_0 AS pinned, status_code_hash(value::status_code, 0)
FROM golden_values WHERE status_code_hash(value::status_code, 0) <> hash_0;
SELECT value, hash_42 AS pinned, status_code_hash(value::status_code, 42)
FROM golden_values WHERE status_code_hash(value::status_code, 42) <> hash_42;

-- Those of values that are stored as their text are the text's own.
SELECT value FROM golden_values
WHERE length(image) > 6
    AND (hash <> hashtext(value) OR hash_0 <> hashtextextended(value, 0)
        OR hash_42 <> hashtextextended(value, 42));

--
-- Order
--
CREATE TABLE ordered AS
SELECT value::status_code AS status, line FROM golden_values ORDER BY md5(value);
ANALYZE ordered;

-- By a plain sort; one that spills to disk; the operator.
SET enable_indexscan = off;
SET enable_indexonlyscan = off;
SELECT line, n FROM (SELECT line, row_number() OVER (ORDER BY status) AS n FROM ordered) AS s
WHERE line <> n;
SELECT line, n FROM (SELECT line, row_number() OVER (ORDER BY status DESC) AS n FROM ordered) AS s
WHERE line <> (SELECT count(*) FROM ordered) + 1 - n;
SET work_mem = '64kB';
SELECT line, n FROM (SELECT line, row_number() OVER (ORDER BY status) AS n FROM ordered) AS s
WHERE line <> n;
RESET work_mem;
SELECT a.status, b.status FROM ordered AS a JOIN ordered AS b ON b.line = a.line + 1
WHERE NOT a.status < b.status OR a.status > b.status OR a.status = b.status;
-- sorting an array
SELECT a.line, u.n
FROM (SELECT array_agg(status ORDER BY status) AS all_of_them FROM ordered) AS s,
    unnest(s.all_of_them) WITH ORDINALITY AS u (status, n)
JOIN golden_values AS a ON a.value = u.status::text
WHERE a.line <> u.n;
RESET enable_indexscan;
RESET enable_indexonlyscan;

-- By an index, built at once, and grown row by row.
CREATE INDEX ordered_built ON ordered (status) INCLUDE (line);
SET enable_sort = off;
SET enable_seqscan = off;
SET enable_bitmapscan = off;
SELECT line, n FROM (SELECT line, row_number() OVER (ORDER BY status) AS n FROM ordered) AS s
WHERE line <> n;
DROP INDEX ordered_built;
CREATE TABLE grown (status status_code PRIMARY KEY, line integer);
INSERT INTO grown SELECT status, line FROM ordered ORDER BY md5(line::text);
SELECT line, n FROM (SELECT line, row_number() OVER (ORDER BY status) AS n FROM grown) AS s
WHERE line <> n;
-- and every value is found in it
SELECT o.status FROM ordered AS o WHERE NOT EXISTS (SELECT FROM grown AS g WHERE g.status = o.status);
RESET enable_sort;
RESET enable_seqscan;
RESET enable_bitmapscan;

DROP TABLE golden_values, golden_ids, made, generated, alone, numbers, words, listed, ordered, grown;
DROP FUNCTION stored;
DROP EXTENSION pageinspect;
