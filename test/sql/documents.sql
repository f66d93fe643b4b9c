--
-- documents.sql: every row of the five source documents, word for word
--
-- test/golden/documents.tsv was taken from the documents themselves, not from the catalog's files.
-- Only markup is gone from the texts, and a line break is a blank.
--
CREATE TEMP TABLE printed (
    document text, published date, status text, section text, name text, title text, description text
);
\copy printed FROM 'test/golden/documents.tsv'

-- the columns, of plain types only
SELECT attname, format_type(atttypid, atttypmod) AS type
FROM pg_attribute
WHERE attrelid = 'status_code_documents'::regclass AND attnum > 0
ORDER BY attnum;

-- how many rows each document has (Basiq's: 36 of its table, and 4 scenarios), and how many codes
SELECT document, published, count(*) AS rows, count(section) AS with_section,
    count(DISTINCT split_part(status, '/', 1)) AS codes
FROM status_code_documents
GROUP BY document, published
ORDER BY document COLLATE "C";

-- rows of the documents that the view lacks: no rows
SELECT * FROM printed
EXCEPT ALL
SELECT * FROM status_code_documents;

-- rows of the view that no document has: no rows
SELECT * FROM status_code_documents
EXCEPT ALL
SELECT * FROM printed;

-- texts with markup, or with superfluous blanks: no rows
SELECT d.document, d.status, t.text
FROM status_code_documents d
    CROSS JOIN LATERAL (VALUES (section), (name), (title), (description)) t (text)
WHERE t.text ~ '\*\*|`|mailto:|\\|^_|_$|^-$|^$|^\s|\s$|\s\s|[^ -~]';

-- a status that is not the text form of a known code: no rows
SELECT status
FROM status_code_documents
WHERE status::status_code::text <> status OR NOT builtin_is_known_code(status::status_code);

-- a code or variant that should be in a document and is in none, unless the documents have its variants: no rows
SELECT c.status
FROM builtin_status_codes() AS c (status)
WHERE builtin_code_source(c.status) = 'document'
    AND NOT EXISTS (SELECT FROM status_code_documents d WHERE d.status = c.status::text)
    AND (SELECT count(*) FROM status_code_documents d WHERE d.status LIKE c.status::text || '/%') < 2;

-- the older wordings of a code stay readable, spellings included
SELECT document, name, description
FROM status_code_documents
WHERE status IN ('syncfy:203', 'syncfy:205', 'syncfy:403', 'syncfy:509')
ORDER BY status::status_code, published;

-- a code that appears twice in a document keeps both rows
SELECT status, title, description
FROM status_code_documents
WHERE status LIKE 'basiq:access-denied%' OR status LIKE 'basiq:request-not-valid%'
    OR status LIKE 'basiq:invalid-credentials%'
ORDER BY status::status_code, section NULLS FIRST;

-- the function behind the view gives the same, with the code as a status_code: no rows
SELECT document, published, status::text, section, name, title, description
FROM builtin_status_code_documents()
EXCEPT ALL
SELECT * FROM status_code_documents;

-- declared with other columns, as by an older script, it raises an error
DO $$
BEGIN
    EXECUTE format('CREATE FUNCTION pg_temp.documents(OUT a text, OUT b date, OUT c status_code, OUT d text, OUT e text, OUT f text, OUT g text,
        OUT h text) RETURNS SETOF record LANGUAGE C AS %L, %L',
        (SELECT probin FROM pg_proc WHERE oid = 'builtin_status_code_documents()'::regprocedure), 'provider_codes_builtin_status_code_documents');
END
$$;
SELECT count(*) FROM pg_temp.documents();

--
-- Where the codes of all providers come from
--
SELECT attname, format_type(atttypid, atttypmod) AS type
FROM pg_attribute
WHERE attrelid = 'status_code_sources'::regclass AND attnum > 0
ORDER BY attnum;

-- What is not complete says what is missing, or that the provider adds codes.
SELECT provider, as_of, complete, codes, source FROM status_code_sources;

-- each provider of the catalog once, with so many codes: no rows
SELECT provider, s.codes, c.codes
FROM status_code_sources s
    FULL JOIN (SELECT code_provider(status) AS provider, count(*) AS codes
               FROM builtin_status_codes() AS b (status)
               WHERE code_variant(status) IS NULL
               GROUP BY 1) c USING (provider)
WHERE s.codes IS DISTINCT FROM c.codes;
-- every document is the source of its provider, and none is older than its newest document: no rows
SELECT d.document, s.as_of
FROM status_code_documents d
    LEFT JOIN status_code_sources s ON s.provider = split_part(d.status, ':', 1)
WHERE strpos(s.source, d.document) = 0 OR s.as_of < d.published OR s.source IS NULL;
-- nothing comes from later than the files themselves, and all is plain text: no rows
SELECT provider, as_of, source FROM status_code_sources
WHERE as_of > date '2026-12-31' OR source !~ '^[ -~]+$' OR source ~ '\s\s|^\s|\s$|\.$' OR codes < 1;

-- the function behind the view gives the same: no rows
SELECT * FROM builtin_status_code_sources() EXCEPT ALL SELECT * FROM status_code_sources;

-- declared with other columns, it is refused, too
DO $$
BEGIN
    EXECUTE format('CREATE FUNCTION pg_temp.sources(OUT a text, OUT b text, OUT c date, OUT d boolean)
        RETURNS SETOF record LANGUAGE C AS %L, %L',
        (SELECT probin FROM pg_proc WHERE oid = 'builtin_status_code_sources()'::regprocedure), 'provider_codes_builtin_status_code_sources');
END
$$;
SELECT count(*) FROM pg_temp.sources();
-- and so it is where no row is expected
DO $$
BEGIN
    EXECUTE format('CREATE FUNCTION pg_temp.sources_of_any_type() RETURNS SETOF record LANGUAGE C AS %L, %L',
        (SELECT probin FROM pg_proc WHERE oid = 'builtin_status_code_sources()'::regprocedure), 'provider_codes_builtin_status_code_sources');
END
$$;
SELECT pg_temp.sources_of_any_type();

-- at once, and not some time after the session's end: later tests may drop the extension
DISCARD TEMP;
