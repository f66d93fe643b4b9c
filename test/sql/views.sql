--
-- views.sql: status_codes, what a BI tool joins and filters on (status_code_documents: see documents)
--

-- the columns, in this order and of plain types only
SELECT attname, format_type(atttypid, atttypmod) AS type
FROM pg_attribute
WHERE attrelid = 'status_codes'::regclass AND attnum > 0
ORDER BY attnum;
-- a column of any of these views that isn't of a type of the server's own: no rows
SELECT attrelid::regclass, attname
FROM pg_attribute JOIN pg_type t ON t.oid = atttypid
WHERE attrelid IN ('status_codes'::regclass, 'status_code_documents'::regclass, 'status_code_sources'::regclass) AND attnum > 0
    AND (typnamespace <> 'pg_catalog'::regnamespace OR typname NOT IN ('text', 'bool', 'interval', 'int4', 'date', 'jsonb'));

-- everybody may read them, and nobody may write to them
SELECT v, p.privilege,
    CASE p.privilege
        WHEN 'SELECT' THEN (SELECT bool_and(has_column_privilege('public', attrelid, attnum, 'SELECT'))
                            FROM pg_attribute WHERE attrelid = v::regclass AND attnum > 0)
        ELSE has_table_privilege('public', v, p.privilege) END AS public
FROM unnest('{status_codes,status_code_documents,status_code_sources}'::text[]) v,
    unnest('{SELECT,INSERT,UPDATE,DELETE}'::text[]) AS p (privilege)
ORDER BY v, public DESC, p.privilege;
SELECT table_name, is_updatable, is_insertable_into
FROM information_schema.views
WHERE table_name IN ('status_codes', 'status_code_documents', 'status_code_sources')
ORDER BY table_name;

-- One row per code and variant of the catalog and of the table.
CREATE TEMP VIEW wanted AS
SELECT status, EXISTS (SELECT FROM status_code_overrides o WHERE o.status = u.status) AS overridden
FROM (SELECT builtin_status_codes() AS status UNION SELECT o.status FROM status_code_overrides o) u;
-- The expected value of each column: the result of the function.
CREATE TEMP VIEW wrong AS
SELECT COALESCE(w.status::text, v.status) AS status, c.name, c.in_view, c.wanted
FROM wanted w
    FULL JOIN status_codes v ON v.status = w.status::text
    CROSS JOIN LATERAL (VALUES
        ('status', v.status, w.status::text),
        ('provider', v.provider, code_provider(w.status)),
        ('code', v.code, code_value(w.status)),
        ('variant', v.variant, code_variant(w.status)),
        ('name', v.name, code_name(w.status)),
        ('title', v.title, code_title(w.status)),
        ('description', v.description, code_description(w.status)),
        ('category', v.category, code_category(w.status)::text),
        ('action', v.action, code_action(w.status)::text),
        ('is_retryable', v.is_retryable::text, is_retryable(w.status)::text),
        ('is_terminal', v.is_terminal::text, is_terminal(w.status)::text),
        ('is_success', v.is_success::text, is_success(w.status)::text),
        ('is_error', v.is_error::text, is_error(w.status)::text),
        ('is_deprecated', v.is_deprecated::text, is_deprecated_code(w.status)::text),
        ('retry_after', v.retry_after::text, code_retry_after(w.status)::text),
        ('retry_after_seconds', v.retry_after_seconds::text,
            ceil(extract(epoch FROM code_retry_after(w.status))::numeric)::text),
        ('source', v.source, COALESCE(builtin_code_source(w.status), 'override')),
        ('overridden', v.overridden::text, w.overridden::text),
        ('label', v.label, COALESCE(code_title(w.status), code_name(w.status), split_part(w.status::text, ':', 2))),
        ('first_retry_after', v.first_retry_after::text, retry_delay(w.status, 1)::text),
        ('user_messages', v.user_messages::text, code_user_messages(w.status)::text)) AS c (name, in_view, wanted)
WHERE c.in_view IS DISTINCT FROM c.wanted;

-- without overrides: no rows
SELECT * FROM wrong;
SELECT source, overridden, count(*), count(DISTINCT status) AS different, count(variant) AS variants
FROM status_codes GROUP BY source, overridden ORDER BY source, overridden;
-- exactly the retryable codes have a first_retry_after: no rows
SELECT status, is_retryable, first_retry_after FROM status_codes
WHERE (is_retryable IS TRUE) <> (first_retry_after IS NOT NULL) OR first_retry_after < retry_after OR label IS NULL OR label = '';
SELECT status, label, retry_after, first_retry_after
FROM status_codes
WHERE status IN ('syncfy:405', 'syncfy:501', 'basiq:daily-limit-reached', 'foundry:401', 'basiq:access-denied', 'basiq:invalid-credentials/locked-account')
ORDER BY status COLLATE "C";

-- with overrides of codes, of variants, of codes that the catalog lacks and of whole providers: no rows
INSERT INTO status_code_overrides (status, name, title, description, category, action, retryable, retry_after, terminal, deprecated) VALUES
    ('syncfy:401', 'Refused', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
    ('syncfy:413', NULL, NULL, NULL, NULL, NULL, NULL, '90 seconds', NULL, NULL),
    ('syncfy:450', NULL, NULL, 'New.', NULL, NULL, NULL, NULL, NULL, NULL),
    ('syncfy:501', NULL, NULL, NULL, 'rate_limit', 'wait', false, '1 day', false, true),
    ('syncfy:1000', 'Thousand', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
    ('basiq:access-denied', NULL, 'No', NULL, NULL, 'stop', NULL, NULL, NULL, NULL),
    ('basiq:invalid-credentials/locked-account', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, true),
    ('basiq:invalid-credentials/new', NULL, 'New', NULL, NULL, NULL, NULL, NULL, NULL, NULL),
    ('http:503', 'Service Unavailable', NULL, NULL, NULL, 'retry', true, '30 seconds', NULL, NULL),
    ('http:599', NULL, NULL, NULL, NULL, 'retry', true, NULL, NULL, NULL),
    ('quovo:ERROR', 'Error', 'Title', 'Description', 'server', 'contact_provider', false, NULL, true, NULL),
    ('quovo:ERROR/sub', NULL, NULL, NULL, 'auth', NULL, NULL, NULL, NULL, NULL);
UPDATE status_code_overrides SET user_messages = '{"en": "Something broke.", "pt-BR": "Algo quebrou."}'
WHERE status IN ('quovo:ERROR', 'syncfy:501');
SELECT * FROM wrong;
SELECT source, overridden, count(*), count(DISTINCT status) AS different, count(variant) AS variants
FROM status_codes GROUP BY source, overridden ORDER BY source, overridden;
-- all columns but user_messages, which has as many languages as the catalog
\x on
SELECT status, provider, code, variant, name, title, description, category, action, is_retryable, is_terminal, is_success, is_error,
    is_deprecated, retry_after, retry_after_seconds, source, overridden
FROM status_codes WHERE status IN ('syncfy:501', 'quovo:ERROR/sub', 'syncfy:450', 'basiq:invalid-credentials/locked-account')
ORDER BY status COLLATE "C";
\x off

-- as a BI tool uses it
CREATE TEMP TABLE sync_jobs (id integer, status status_code);
INSERT INTO sync_jobs VALUES (1, 'syncfy:401'), (2, 'quovo:ERROR'), (3, 'quovo:OTHER'), (4, 'syncfy:401'), (5, 'basiq:access-denied/token-expired');
SELECT j.id, j.status, c.label, c.category, c.source
FROM sync_jobs j LEFT JOIN status_codes c ON c.status = j.status::text
ORDER BY j.id;
SELECT status, label FROM status_codes WHERE provider = 'quovo' OR status = 'syncfy:450' ORDER BY status COLLATE "C";
SELECT c.category, c.action, count(*)
FROM sync_jobs j JOIN status_codes c ON j.status = c.status
WHERE c.is_error
GROUP BY c.category, c.action
ORDER BY c.category, c.action;
DELETE FROM status_code_overrides;
SELECT * FROM wrong;


--
-- Waits as whole seconds: rounded up, and no larger than an integer
--
CREATE TEMP TABLE wait (wait interval, seconds integer);
INSERT INTO wait VALUES
    ('1 second', 1), ('1 microsecond', 1), ('0.5 seconds', 1), ('0.999999 seconds', 1), ('1.000001 seconds', 2), ('1.5 seconds', 2),
    ('59.000001 seconds', 60), ('15 minutes', 900), ('15 minutes 0.1 seconds', 901), ('1 hour', 3600), ('1 day', 86400),
    ('1 day 1 microsecond', 86401), ('1 day -1 hour', 82800), ('1 month', 2592000), ('1 year', 31557600), ('68 years', 2145916800),
    ('2147483646.5 seconds', 2147483647), ('2147483647 seconds', 2147483647), ('2147483647.000001 seconds', 2147483647),
    (interval '1 second' * 2147483648, 2147483647), ('69 years', 2147483647), ('100000 years', 2147483647), ('178000000 years', 2147483647);
INSERT INTO status_code_overrides (status, retry_after) SELECT status_code('wait', row_number() OVER (ORDER BY wait)::integer), wait FROM wait;
-- no rows
SELECT w.*, v.retry_after, v.retry_after_seconds
FROM wait w LEFT JOIN status_codes v ON v.retry_after::text = w.wait::text AND v.provider = 'wait'
WHERE v.retry_after_seconds IS DISTINCT FROM w.seconds;
SELECT count(*) FROM status_codes WHERE retry_after_seconds IS NOT NULL AND provider = 'wait';
DELETE FROM status_code_overrides;
-- an infinite wait, on servers that have one (17 and later)
DO $$
BEGIN
    IF current_setting('server_version_num')::integer >= 170000 THEN
        INSERT INTO status_code_overrides (status, retry_after) VALUES ('syncfy:501', 'infinity');
        ASSERT (SELECT retry_after = 'infinity' AND retry_after_seconds = 2147483647 FROM status_codes WHERE status = 'syncfy:501');
        ASSERT code_retry_after('syncfy:501') = 'infinity';
        DELETE FROM status_code_overrides;
    END IF;
END $$;

-- both columns of the wait are NULL together: no rows
SELECT status FROM status_codes WHERE (retry_after IS NULL) <> (retry_after_seconds IS NULL);

-- nothing is left
SELECT status FROM status_code_overrides;

-- now, and not some time after the session has ended: later tests may drop the extension
DISCARD TEMP;
