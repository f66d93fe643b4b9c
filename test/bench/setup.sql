-- The data: the same :rows rows once for each way in which status codes are kept today.

-- Some 20 codes of three providers, in so many of 10,000 rows: of a table of jobs, where 8 % failed in a way that a retry
-- can mend, and of one where 0.5 % did.
CREATE TABLE weights (status text PRIMARY KEY, job integer, queue integer);
INSERT INTO weights VALUES
    ('syncfy:100', 200, 200),
    ('syncfy:102', 800, 800),
    ('syncfy:200', 3000, 3750),
    ('syncfy:203', 600, 600),
    ('syncfy:401', 700, 700),
    ('syncfy:405', 150, 150),
    ('syncfy:410', 400, 400),
    ('syncfy:501', 250, 15), -- retryable
    ('syncfy:509', 100, 5), -- retryable
    ('foundry:200', 1500, 1500),
    ('foundry:401', 350, 350),
    ('foundry:403', 100, 100),
    ('foundry:500', 100, 10), -- retryable
    ('basiq:invalid-credentials', 600, 600),
    ('basiq:invalid-credentials/locked-account', 150, 150),
    ('basiq:institution-not-supported', 200, 200),
    ('basiq:resource-not-found', 200, 200),
    ('basiq:account-not-accessible-requires-user-action', 250, 250),
    ('basiq:service-unavailable', 250, 15), -- retryable
    ('basiq:maintenance-error', 100, 5); -- retryable

-- The lookup table that everybody keeps.
CREATE TABLE lookup AS
SELECT status, name, title, description, category, action, is_retryable FROM status_codes;
ALTER TABLE lookup ADD PRIMARY KEY (status);

-- The same by provider and number; words and variants were given numbers.
CREATE TABLE lookup_pair AS
SELECT dense_rank() OVER (ORDER BY provider)::smallint AS provider,
    CASE WHEN code ~ '^[0-9]+$' AND variant IS NULL THEN code::integer
         ELSE 1000000 + row_number() OVER (PARTITION BY provider ORDER BY status)::integer END AS code,
    status, name, title, description, category, action, is_retryable
FROM status_codes;
ALTER TABLE lookup_pair ADD PRIMARY KEY (provider, code);

-- The same by an enum of all codes, but for one that is longer than a label can be.
SELECT format('CREATE TYPE status_enum AS ENUM (%s)', string_agg(quote_literal(status), ', ' ORDER BY status))
FROM lookup WHERE length(status) < 64 \gexec
CREATE TABLE lookup_enum AS
SELECT status::status_enum, name, title, description, category, action, is_retryable FROM lookup WHERE length(status) < 64;
ALTER TABLE lookup_enum ADD PRIMARY KEY (status);

-- A code for each number below 10,000, as often as its weight says.
CREATE TABLE picks AS
SELECT number, j.status AS job, q.status AS queue
FROM generate_series(0, 9999) AS number
JOIN (SELECT status, sum(job) OVER (ORDER BY status) AS ends, job AS count FROM weights) AS j
    ON number >= j.ends - j.count AND number < j.ends
JOIN (SELECT status, sum(queue) OVER (ORDER BY status) AS ends, queue AS count FROM weights) AS q
    ON number >= q.ends - q.count AND number < q.ends;

SELECT setseed(0.5);
CREATE TABLE draws AS SELECT id, floor(random() * 10000)::integer AS number FROM generate_series(1, :rows) AS id;
ANALYZE picks, draws;

CREATE TABLE job_text (id integer, status text);
INSERT INTO job_text SELECT id, job FROM draws JOIN picks USING (number) ORDER BY id;
CREATE TABLE queue_text (id integer, status text);
INSERT INTO queue_text SELECT id, queue FROM draws JOIN picks USING (number) ORDER BY id;
DROP TABLE draws, picks;

CREATE TABLE job_code (id integer, status status_code);
INSERT INTO job_code SELECT id, status FROM job_text;
CREATE TABLE queue_code (id integer, status status_code);
INSERT INTO queue_code SELECT id, status FROM queue_text;
CREATE TABLE job_pair (id integer, provider smallint, code integer);
INSERT INTO job_pair SELECT j.id, l.provider, l.code FROM job_text AS j JOIN lookup_pair AS l USING (status) ORDER BY j.id;
CREATE TABLE job_enum (id integer, status status_enum);
INSERT INTO job_enum SELECT id, status::status_enum FROM job_text;
CREATE TABLE job_integer (id integer, status integer); -- the yardstick of an index's size
INSERT INTO job_integer SELECT id, provider * 10000000 + code FROM job_pair;

-- What COPY reads, and where to.
COPY job_text TO :'copy_file';
CREATE TABLE in_text (LIKE job_text);
CREATE TABLE in_code (LIKE job_code);
CREATE TABLE in_enum (LIKE job_enum);
CREATE TABLE in_reference (id integer, status text REFERENCES lookup);
CREATE DOMAIN status_domain AS text
    CHECK (VALUE ~ '^[a-z][a-z0-9_-]*:[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)?$');
CREATE TABLE in_domain (id integer, status status_domain);

-- Functions in place of a join. The first and the last are inlined into the query.
SELECT format('CREATE FUNCTION describe_by_case(status text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS %L',
              'SELECT CASE status ' || string_agg(format('WHEN %L THEN %L', status, description), ' ' ORDER BY status) || ' END')
FROM lookup \gexec
CREATE FUNCTION describe_by_sql(status text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
AS 'SELECT l.description FROM lookup AS l WHERE l.status = $1';
CREATE FUNCTION describe_by_plpgsql(status text) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE
AS $$
BEGIN
    RETURN (SELECT l.description FROM lookup AS l WHERE l.status = $1);
END;
$$;
SELECT format('CREATE FUNCTION describe_by_jsonb(status text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS %L',
              format('SELECT %L::jsonb ->> status', jsonb_object_agg(status, description)))
FROM lookup \gexec

-- 50 corrections: every third code of the documents gets another description, and another provider's codes are introduced.
CREATE TABLE corrections AS
SELECT status, 'Corrected: ' || status AS description
FROM (SELECT status, row_number() OVER (ORDER BY status) AS number FROM status_codes WHERE source = 'document') AS l
WHERE number % 3 = 0
LIMIT 25;
INSERT INTO corrections
SELECT 'acme:' || number, 'Introduced: ' || number FROM generate_series(1, 50 - (SELECT count(*) FROM corrections)) AS number;

VACUUM (FREEZE, ANALYZE);

-- All ways must hold the same, and the yardstick's filter must let through what ours does.
SELECT 1 / (count(*) = :rows AND bool_and(
    text(c.status) = t.status
    AND (SELECT l.status FROM lookup_pair AS l WHERE (l.provider, l.code) = (p.provider, p.code)) = t.status
    AND e.status::text = t.status
    AND code_description(c.status) = (SELECT l.description FROM lookup AS l WHERE l.status = t.status)
    AND describe_by_case(t.status) = code_description(c.status)
    AND describe_by_jsonb(t.status) = code_description(c.status)
    AND (is_retryable(c.status) IS TRUE) = noop_boolean(c.status)))::integer
FROM job_code AS c
JOIN job_text AS t USING (id)
JOIN job_pair AS p USING (id)
JOIN job_enum AS e USING (id);
