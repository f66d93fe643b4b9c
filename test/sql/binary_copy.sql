--
-- binary_copy.sql: values on the wire and in files, in text and in binary form
--
-- In binary form a value is its text form, and a label its word: a driver reads them without knowing
-- the types, and a file of another release can be read. The files lie where pg_regress has its own.
--
CREATE TABLE copied (
    line integer,
    status status_code,
    known known_status_code,
    category status_category,
    action status_action,
    statuses status_code[],
    categories status_category[],
    actions status_action[]
);
CREATE TABLE golden (line serial, value text, image text, hash integer, hash_0 bigint, hash_42 bigint);
\copy golden (value, image, hash, hash_0, hash_42) FROM 'test/golden/values.tsv'

INSERT INTO copied
SELECT line, value::status_code,
    CASE WHEN builtin_is_known_code(value::status_code) THEN value::status_code END,
    ('{progress,success,user_action,mfa,connection,server,rate_limit,auth,request}'::status_category[])[line % 10],
    ('{none,wait,retry,ask_user,renew_token,fix_request,contact_provider,stop}'::status_action[])[line % 9],
    ARRAY[value, NULL, 'syncfy:401', value]::status_code[],
    ARRAY['mfa', NULL, 'request']::status_category[],
    ARRAY[['stop', 'none'], ['wait', NULL]]::status_action[]
FROM golden;
INSERT INTO copied (line) VALUES (0); -- NULLs
INSERT INTO copied (line, statuses, categories) VALUES (-1, '{}', '[3:4]={auth,mfa}');

-- Out and in again: the same rows, in each of the forms.
CREATE TABLE back (form text, LIKE copied);
ALTER TABLE back ALTER form SET DEFAULT 'binary';
\copy copied TO 'results/binary_copy.data' (FORMAT binary)
\copy back (line, status, known, category, action, statuses, categories, actions) FROM 'results/binary_copy.data' (FORMAT binary)
ALTER TABLE back ALTER form SET DEFAULT 'text';
\copy copied TO 'results/binary_copy.data'
\copy back (line, status, known, category, action, statuses, categories, actions) FROM 'results/binary_copy.data'
ALTER TABLE back ALTER form SET DEFAULT 'csv';
\copy copied TO 'results/binary_copy.data' (FORMAT csv, HEADER, FORCE_QUOTE *)
\copy back (line, status, known, category, action, statuses, categories, actions) FROM 'results/binary_copy.data' (FORMAT csv, HEADER)

SELECT form, count(*) = (SELECT count(*) FROM copied) AS complete FROM back GROUP BY form ORDER BY form COLLATE "C";
SELECT b.form, b.line, b.status
FROM back AS b JOIN copied AS c USING (line)
WHERE ROW(b.status, b.known, b.category, b.action, b.statuses, b.categories, b.actions)::text
        IS DISTINCT FROM ROW(c.status, c.known, c.category, c.action, c.statuses, c.categories, c.actions)::text
    -- the same bytes, too
    OR record_image_ne(
        ROW(b.status, b.known, b.category, b.action, b.statuses, b.categories, b.actions),
        ROW(c.status, c.known, c.category, c.action, c.statuses, c.categories, c.actions));

-- In binary form, values are texts: what a text column wrote a column of the type reads, and the other way
-- about.
CREATE TABLE texts (line integer, status text, category text, action text);
\copy (SELECT line, status, category, action FROM copied) TO 'results/binary_copy.data' (FORMAT binary)
\copy texts (line, status, category, action) FROM 'results/binary_copy.data' (FORMAT binary)
SELECT t.line FROM texts AS t JOIN copied AS c USING (line)
WHERE t.status IS DISTINCT FROM c.status::text OR t.category IS DISTINCT FROM c.category::text
    OR t.action IS DISTINCT FROM c.action::text;
TRUNCATE back;
\copy texts (line, status, category, action) TO 'results/binary_copy.data' (FORMAT binary)
\copy back (line, status, category, action) FROM 'results/binary_copy.data' (FORMAT binary)
SELECT count(*) = (SELECT count(*) FROM copied) AS complete FROM back;
SELECT b.line FROM back AS b JOIN copied AS c USING (line)
WHERE ROW(b.status, b.category, b.action)::text IS DISTINCT FROM ROW(c.status, c.category, c.action)::text;

-- The client's encoding makes no difference to what is plain ASCII.
SET client_encoding = 'LATIN1';
TRUNCATE back;
\copy (SELECT line, status, category, action FROM copied) TO 'results/binary_copy.data' (FORMAT binary)
\copy back (line, status, category, action) FROM 'results/binary_copy.data' (FORMAT binary)
SELECT b.line FROM back AS b JOIN copied AS c USING (line)
WHERE ROW(b.status, b.category, b.action)::text IS DISTINCT FROM ROW(c.status, c.category, c.action)::text;
RESET client_encoding;

-- The send functions give the text form.
SELECT line, status_code_send(status) FROM copied WHERE status_code_send(status) <> convert_to(status::text, 'UTF8');
SELECT line FROM copied WHERE status_category_send(category) <> convert_to(category::text, 'UTF8');
SELECT line FROM copied WHERE status_action_send(action) <> convert_to(action::text, 'UTF8');

--
-- Malformed fields
--
-- A bytea column writes any bytes. Whatever they are, a column of the type takes what is well-formed and
-- refuses the rest, with the state and message that the same text has elsewhere.
--
CREATE TABLE fields (n integer, field bytea);
CREATE TABLE into_status (value status_code);
CREATE TABLE into_known (value known_status_code);
CREATE TABLE into_category (value status_category);
CREATE TABLE into_action (value status_action);
CREATE TABLE into_statuses (value status_code[]);

INSERT INTO fields VALUES
    (1, ''),
    (2, 'Syncfy:401'),
    (3, 'syncfy:0401'),
    (4, 'syncfy:401 '),
    (5, 'syncfy:401\012'),
    (6, 'basiq:access-denied/'),
    (7, '\007'),
    (8, convert_to(repeat('a', 125) || ':1', 'UTF8')), -- one byte too long
    (9, convert_to(repeat('a', 100000) || ':1', 'UTF8')),
    (10, convert_to(U&'quovo:\00e9', 'UTF8')), -- a letter, but none that may stand there
    (11, '\010A'); -- foundry:65 as it is stored
-- 22P02, invalid text representation
\set VERBOSITY sqlstate
\copy (SELECT field FROM fields WHERE n = 1) TO 'results/binary_copy.data' (FORMAT binary)
\copy into_status FROM 'results/binary_copy.data' (FORMAT binary)
\copy (SELECT field FROM fields WHERE n = 2) TO 'results/binary_copy.data' (FORMAT binary)
\copy into_status FROM 'results/binary_copy.data' (FORMAT binary)
\copy (SELECT field FROM fields WHERE n = 3) TO 'results/binary_copy.data' (FORMAT binary)
\copy into_status FROM 'results/binary_copy.data' (FORMAT binary)
\copy (SELECT field FROM fields WHERE n = 4) TO 'results/binary_copy.data' (FORMAT binary)
\copy into_status FROM 'results/binary_copy.data' (FORMAT binary)
\copy (SELECT field FROM fields WHERE n = 5) TO 'results/binary_copy.data' (FORMAT binary)
\copy into_status FROM 'results/binary_copy.data' (FORMAT binary)
\copy (SELECT field FROM fields WHERE n = 6) TO 'results/binary_copy.data' (FORMAT binary)
\copy into_status FROM 'results/binary_copy.data' (FORMAT binary)
\copy (SELECT field FROM fields WHERE n = 7) TO 'results/binary_copy.data' (FORMAT binary)
\copy into_status FROM 'results/binary_copy.data' (FORMAT binary)
\copy (SELECT field FROM fields WHERE n = 8) TO 'results/binary_copy.data' (FORMAT binary)
\copy into_status FROM 'results/binary_copy.data' (FORMAT binary)
\copy (SELECT field FROM fields WHERE n = 9) TO 'results/binary_copy.data' (FORMAT binary)
\copy into_status FROM 'results/binary_copy.data' (FORMAT binary)
\copy (SELECT field FROM fields WHERE n = 10) TO 'results/binary_copy.data' (FORMAT binary)
\copy into_status FROM 'results/binary_copy.data' (FORMAT binary)
\copy (SELECT field FROM fields WHERE n = 11) TO 'results/binary_copy.data' (FORMAT binary)
\copy into_status FROM 'results/binary_copy.data' (FORMAT binary)
\set VERBOSITY terse
-- the same words as for a literal
\copy (SELECT field FROM fields WHERE n = 2) TO 'results/binary_copy.data' (FORMAT binary)
\copy into_status FROM 'results/binary_copy.data' (FORMAT binary)
SELECT 'Syncfy:401'::status_code;
\copy (SELECT field FROM fields WHERE n = 3) TO 'results/binary_copy.data' (FORMAT binary)
\copy into_status FROM 'results/binary_copy.data' (FORMAT binary)
SELECT 'syncfy:0401'::status_code;
\copy (SELECT field FROM fields WHERE n = 8) TO 'results/binary_copy.data' (FORMAT binary)
\copy into_status FROM 'results/binary_copy.data' (FORMAT binary)
\copy (SELECT field FROM fields WHERE n = 9) TO 'results/binary_copy.data' (FORMAT binary)
\copy into_status FROM 'results/binary_copy.data' (FORMAT binary)
\set VERBOSITY sqlstate

-- 22021, character not in repertoire: an embedded NUL; bytes that are no text
INSERT INTO fields VALUES
    (20, 'syncfy:401\000'),
    (21, '\000'),
    (22, 'syncfy\000:401'),
    (23, 'syncfy:401\377'),
    (24, 'quovo:\303'),
    (25, '\021\221'); -- syncfy:401 as it is stored
\copy (SELECT field FROM fields WHERE n = 20) TO 'results/binary_copy.data' (FORMAT binary)
\copy into_status FROM 'results/binary_copy.data' (FORMAT binary)
\copy (SELECT field FROM fields WHERE n = 21) TO 'results/binary_copy.data' (FORMAT binary)
\copy into_status FROM 'results/binary_copy.data' (FORMAT binary)
\copy (SELECT field FROM fields WHERE n = 22) TO 'results/binary_copy.data' (FORMAT binary)
\copy into_status FROM 'results/binary_copy.data' (FORMAT binary)
\copy (SELECT field FROM fields WHERE n = 23) TO 'results/binary_copy.data' (FORMAT binary)
\copy into_status FROM 'results/binary_copy.data' (FORMAT binary)
\copy (SELECT field FROM fields WHERE n = 24) TO 'results/binary_copy.data' (FORMAT binary)
\copy into_status FROM 'results/binary_copy.data' (FORMAT binary)
\copy (SELECT field FROM fields WHERE n = 25) TO 'results/binary_copy.data' (FORMAT binary)
\copy into_status FROM 'results/binary_copy.data' (FORMAT binary)

-- 22P02 for what is no label: the number of one, as it is stored, is none
INSERT INTO fields VALUES (30, ''), (31, 'MFA'), (32, 'mfa '), (33, '\001'), (34, 'none'), (35, 'mfa'), (36, 'mfa\000');
\copy (SELECT field FROM fields WHERE n = 30) TO 'results/binary_copy.data' (FORMAT binary)
\copy into_category FROM 'results/binary_copy.data' (FORMAT binary)
\copy (SELECT field FROM fields WHERE n = 31) TO 'results/binary_copy.data' (FORMAT binary)
\copy into_category FROM 'results/binary_copy.data' (FORMAT binary)
\copy (SELECT field FROM fields WHERE n = 32) TO 'results/binary_copy.data' (FORMAT binary)
\copy into_category FROM 'results/binary_copy.data' (FORMAT binary)
\copy (SELECT field FROM fields WHERE n = 33) TO 'results/binary_copy.data' (FORMAT binary)
\copy into_category FROM 'results/binary_copy.data' (FORMAT binary)
\copy (SELECT field FROM fields WHERE n = 34) TO 'results/binary_copy.data' (FORMAT binary)
\copy into_category FROM 'results/binary_copy.data' (FORMAT binary)
\copy (SELECT field FROM fields WHERE n = 30) TO 'results/binary_copy.data' (FORMAT binary)
\copy into_action FROM 'results/binary_copy.data' (FORMAT binary)
\copy (SELECT field FROM fields WHERE n = 33) TO 'results/binary_copy.data' (FORMAT binary)
\copy into_action FROM 'results/binary_copy.data' (FORMAT binary)
\copy (SELECT field FROM fields WHERE n = 35) TO 'results/binary_copy.data' (FORMAT binary)
\copy into_action FROM 'results/binary_copy.data' (FORMAT binary)
-- 22021
\copy (SELECT field FROM fields WHERE n = 36) TO 'results/binary_copy.data' (FORMAT binary)
\copy into_category FROM 'results/binary_copy.data' (FORMAT binary)
\copy (SELECT field FROM fields WHERE n = 36) TO 'results/binary_copy.data' (FORMAT binary)
\copy into_action FROM 'results/binary_copy.data' (FORMAT binary)
\set VERBOSITY terse
-- the same words as for a literal
\copy (SELECT field FROM fields WHERE n = 31) TO 'results/binary_copy.data' (FORMAT binary)
\copy into_category FROM 'results/binary_copy.data' (FORMAT binary)
SELECT 'MFA'::status_category;
\set VERBOSITY sqlstate

-- 23514: the domain's constraint holds here, too
INSERT INTO fields VALUES (40, 'basiq:no-such-code');
\copy (SELECT field FROM fields WHERE n = 40) TO 'results/binary_copy.data' (FORMAT binary)
\copy into_known FROM 'results/binary_copy.data' (FORMAT binary)

-- an array with a malformed element: 22P02, and with a NUL: 22021
INSERT INTO fields
SELECT n, int4send(1) || int4send(0) || oidsend('status_code'::regtype)
    || int4send(2) || int4send(1) || int4send(10) || 'syncfy:401' || int4send(octet_length(element)) || element
FROM (VALUES (50, 'http:200'::bytea), (51, 'Http:200'), (52, 'http:\000')) AS v (n, element);
\copy (SELECT field FROM fields WHERE n = 50) TO 'results/binary_copy.data' (FORMAT binary)
\copy into_statuses FROM 'results/binary_copy.data' (FORMAT binary)
\copy (SELECT field FROM fields WHERE n = 51) TO 'results/binary_copy.data' (FORMAT binary)
\copy into_statuses FROM 'results/binary_copy.data' (FORMAT binary)
\copy (SELECT field FROM fields WHERE n = 52) TO 'results/binary_copy.data' (FORMAT binary)
\copy into_statuses FROM 'results/binary_copy.data' (FORMAT binary)

-- text and CSV files
INSERT INTO texts (line, status) VALUES (-2, 'Syncfy:401'), (-3, '');
\copy (SELECT status FROM texts WHERE line = -2) TO 'results/binary_copy.data'
\copy into_status FROM 'results/binary_copy.data'
\copy (SELECT status FROM texts WHERE line = -3) TO 'results/binary_copy.data'
\copy into_status FROM 'results/binary_copy.data'
\copy (SELECT status FROM texts WHERE line = -3) TO 'results/binary_copy.data' (FORMAT csv)
\copy into_status FROM 'results/binary_copy.data' (FORMAT csv)
\set VERBOSITY default

-- What was taken is what was well-formed: the array, and nothing else.
SELECT value FROM into_statuses;
SELECT value FROM into_status UNION ALL SELECT value FROM into_known;
SELECT value FROM into_category;
SELECT value FROM into_action;

DROP TABLE copied, golden, back, texts, fields, into_status, into_known, into_category, into_action, into_statuses;
