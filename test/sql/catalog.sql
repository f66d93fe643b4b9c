--
-- catalog.sql: the attributes of codes in the compiled-in catalog
--

-- All attributes of every code and variant.
SELECT status,
    builtin_code_category(status) AS category,
    builtin_code_action(status) AS action,
    builtin_is_retryable(status) AS retryable,
    builtin_code_retry_after(status) AS retry_after,
    builtin_is_terminal(status) AS terminal,
    builtin_is_success(status) AS success,
    builtin_is_error(status) AS error,
    builtin_is_deprecated_code(status) AS deprecated
FROM builtin_status_codes() AS c (status)
ORDER BY status;

-- the number of codes and variants of each provider, from documents and from other sources
SELECT code_provider(status) AS provider, builtin_code_source(status) AS source,
    count(*) FILTER (WHERE code_variant(status) IS NULL) AS codes, count(code_variant(status)) AS variants
FROM builtin_status_codes() AS c (status)
GROUP BY 1, 2 ORDER BY 1, 2;

-- codes that are in no document
SELECT code_provider(status) AS provider, string_agg(substr(status::text, 2 + length(code_provider(status))), ' ' ORDER BY status) AS codes
FROM builtin_status_codes() AS c (status)
WHERE builtin_code_source(status) = 'vendor'
GROUP BY 1 ORDER BY 1;

-- codes are in order, each appears once, and each is known: no rows
SELECT status, next
FROM (SELECT status, lead(status) OVER (ORDER BY n) AS next
      FROM builtin_status_codes() WITH ORDINALITY AS c (status, n)) x
WHERE status >= next OR NOT builtin_is_known_code(status);


--
-- Attributes that come from documents
--

-- The rows of each document, in the document's order (see documents).
CREATE TEMP TABLE printed (
    document text, published date, status text, section text, name text, title text, description text
);
\copy printed FROM 'test/golden/documents.tsv'
ALTER TABLE printed ADD position serial;

-- The row that describes a code: the first one in the newest document that lists it.
CREATE TEMP VIEW answering AS
SELECT DISTINCT ON (status) *
FROM printed
ORDER BY status, published DESC, position;

-- The name, title and description of a code are those in the newest document that lists it; a row without a variant
-- describes the code itself: no rows
SELECT a.status
FROM answering a
    LEFT JOIN answering base ON base.status = split_part(a.status, '/', 1)
WHERE (builtin_code_name(a.status::status_code), builtin_code_title(a.status::status_code),
       builtin_code_description(a.status::status_code))
    IS DISTINCT FROM
    (coalesce(a.name, base.name), coalesce(a.title, base.title), coalesce(a.description, base.description));

-- a code is in a document exactly if its source is a document: no rows
SELECT status
FROM builtin_status_codes() AS c (status)
WHERE builtin_code_source(status) IS DISTINCT FROM CASE
    WHEN EXISTS (SELECT FROM printed WHERE c.status::text IN (printed.status, split_part(printed.status, '/', 1))) THEN 'document'
    ELSE 'vendor' END;
SELECT builtin_code_source('syncfy:450') IS NULL AS unknown, builtin_code_source('quovo:ERROR') IS NULL AS foreign;

-- a code of a document is deprecated exactly if its provider's newest document does not list it: no rows
SELECT status, builtin_is_deprecated_code(status)
FROM builtin_status_codes() AS c (status)
    CROSS JOIN LATERAL (
        SELECT document FROM printed WHERE split_part(printed.status, ':', 1) = code_provider(c.status)
        ORDER BY published DESC LIMIT 1
    ) newest
WHERE builtin_code_source(status) = 'document' AND builtin_is_deprecated_code(status) = EXISTS (
    SELECT FROM printed
    WHERE printed.document = newest.document
        AND status::text IN (printed.status, split_part(printed.status, '/', 1)));
SELECT status, builtin_code_name(status), builtin_code_description(status)
FROM builtin_status_codes() AS c (status)
WHERE builtin_is_deprecated_code(status);

-- the sections of Syncfy's documents are categories
SELECT DISTINCT section, builtin_code_category(status::status_code) AS category
FROM printed
WHERE status LIKE 'syncfy:%'
ORDER BY category;

-- A code that a document describes twice has both descriptions, in the document's words and order. Its other attributes
-- have a value where both rows agree: no rows
SELECT base, description, builtin_code_description(base)
FROM (SELECT split_part(status, '/', 1)::status_code AS base, string_agg(description, ' | ' ORDER BY position) AS description
      FROM printed p
      WHERE NOT EXISTS (SELECT FROM printed WHERE status = split_part(p.status, '/', 1))
      GROUP BY 1) x
WHERE builtin_code_description(base) IS DISTINCT FROM description;
SELECT base, said.what, said.by_base, said.by_variants
FROM (SELECT code_base(status) AS base,
             array_agg(builtin_code_name(status)) AS names, array_agg(builtin_code_title(status)) AS titles,
             array_agg(builtin_code_category(status)::text) AS categories, array_agg(builtin_code_action(status)::text) AS actions,
             array_agg(builtin_is_retryable(status)::text) AS retryables, array_agg(builtin_is_terminal(status)::text) AS terminals,
             array_agg(builtin_code_retry_after(status)::text) AS waits,
             array_agg(builtin_is_success(status)::text) AS successes, array_agg(builtin_is_error(status)::text) AS errors
      FROM builtin_status_codes() AS c (status)
      WHERE code_variant(status) IS NOT NULL AND builtin_code_description(code_base(status)) LIKE '% | %'
      GROUP BY 1) x
    CROSS JOIN LATERAL (VALUES
        ('name', builtin_code_name(base), names), ('title', builtin_code_title(base), titles),
        ('category', builtin_code_category(base)::text, categories), ('action', builtin_code_action(base)::text, actions),
        ('retryable', builtin_is_retryable(base)::text, retryables), ('terminal', builtin_is_terminal(base)::text, terminals),
        ('retry_after', builtin_code_retry_after(base)::text, waits),
        ('success', builtin_is_success(base)::text, successes), ('error', builtin_is_error(base)::text, errors)) AS said (what, by_base, by_variants)
WHERE by_base IS DISTINCT FROM
    CASE WHEN array_remove(by_variants, by_variants[1]) = '{}' THEN by_variants[1] END;
\x on
SELECT status, builtin_code_description(status) AS description
FROM unnest('{basiq:access-denied,basiq:request-not-valid,basiq:invalid-credentials}'::status_code[]) status;
\x off


--
-- Rules that all codes follow
--

-- The meanings of a code disagree here, and nowhere else; everywhere else there is an answer. (A job that ended
-- service-unavailable may be run again by the vendor itself, or not: whether it has ended is unknown, so that a success
-- that follows is not taken for a late report. The same of a payment that Plaid calls initiated, after which some
-- institutions report no more.)
SELECT status, builtin_code_category(status) AS category, builtin_code_action(status) AS action,
    builtin_is_retryable(status) AS retryable, builtin_is_terminal(status) AS terminal
FROM builtin_status_codes() AS c (status)
WHERE builtin_code_category(status) IS NULL OR builtin_code_action(status) IS NULL
    OR builtin_is_retryable(status) IS NULL OR builtin_is_terminal(status) IS NULL
ORDER BY status;

SELECT builtin_is_error('basiq:service-unavailable') AS error, builtin_status_can_follow('basiq:service-unavailable', 'basiq:success') AS success_can_follow;

-- no other code lacks one of these attributes: no rows
SELECT status FROM builtin_status_codes() AS c (status)
WHERE status NOT IN ('basiq:access-denied', 'basiq:request-not-valid', 'basiq:service-unavailable', 'finicity:10106',
        'fintoc:failed', 'fintoc:rejected_refresh_intent', 'plaid:PAYMENT_STATUS_INITIATED', 'pluggy:ERROR', 'saltedge:ConnectionFailed', 'saltedge:ConnectionLost',
        'saltedge:ExecutionTimeout', 'saltedge:InternalServerError', 'saltedge:ProviderError')
    AND num_nulls(builtin_code_category(status), builtin_code_action(status), builtin_is_retryable(status), builtin_is_terminal(status),
                  builtin_code_user_message(status, 'en'), builtin_code_user_message(status, 'es'),
                  builtin_code_user_message(status, 'pt')) > 0;

-- every code has a description, except the one that no document describes
SELECT status FROM builtin_status_codes() AS c (status) WHERE builtin_code_description(status) IS NULL;

-- each rule: no rows
SELECT rule, status
FROM builtin_status_codes() AS c (status)
    CROSS JOIN LATERAL (SELECT builtin_code_category(status) AS category, builtin_code_action(status) AS action,
        builtin_is_retryable(status) AS retryable, builtin_code_retry_after(status) AS retry_after,
        builtin_is_terminal(status) AS terminal, builtin_is_success(status) AS success, builtin_is_error(status) AS error,
        builtin_code_description(status) AS description) AS m
    CROSS JOIN LATERAL (VALUES
        ('the advice is to retry exactly where that can help, or to wait where the same request passes later',
            (action = 'retry' OR category = 'progress' AND action = 'wait' AND retryable) IS DISTINCT FROM retryable
            AND (action, retryable) IS DISTINCT FROM (NULL, false)),
        ('only what is retryable has a wait', retry_after IS NOT NULL AND retryable IS NOT TRUE),
        ('a wait is positive', retry_after <= '0'),
        ('a wait is there where the document names one, and only there', builtin_code_source(status) = 'document'
            AND (description ~* 'wait \d+ minutes') <> (retry_after IS NOT NULL)),
        ('what the document wants sent again later is retryable', description ~* 'again later' AND retryable IS NOT TRUE),
        ('what somebody must be asked for is not retried', description ~* 'contact|reach out' AND status <> 'syncfy:501'
            AND builtin_code_source(status) = 'document'
            AND action NOT IN ('ask_user', 'contact_provider')),
        ('progress goes on, and is waited for, or waits for the user', category = 'progress'
            AND (terminal OR action NOT IN ('wait', 'ask_user') OR action = 'ask_user' AND retryable)),
        ('only progress is waited for', action = 'wait' AND category <> 'progress'),
        ('success has ended, and nothing is left to do, but for account details to be corrected', category = 'success'
            AND (action, retryable, terminal) IS DISTINCT FROM
                (CASE WHEN status::text ~ '^ach:C' THEN 'fix_request' ELSE 'none' END::status_action, false, true)),
        ('nothing is left to do only with success, and of a request that came too late or twice',
            action = 'none' AND category NOT IN ('success', 'request')),
        ('a rate limit ends by itself', category = 'rate_limit' AND retryable IS NOT TRUE),
        ('what goes on is progress, or waits for the user', NOT terminal AND category <> 'progress' AND action <> 'ask_user'),
        ('success is the category success', success <> (category = 'success')),
        ('an error has ended, and neither is success nor progress',
            error <> (category NOT IN ('success', 'progress') AND terminal)),
        ('nothing is both success and error', success AND error),
        ('what has ended is one of the two', terminal AND success = error)
    ) AS r (rule, broken)
WHERE broken;

-- codes that do not end a job: progress, and codes that wait for the user while the vendor's clients go on polling
SELECT status FROM builtin_status_codes() AS c (status) WHERE NOT builtin_is_terminal(status) ORDER BY status;

-- retryable codes, and the wait that the document names
SELECT status, builtin_code_retry_after(status) AS retry_after
FROM builtin_status_codes() AS c (status)
WHERE builtin_is_retryable(status)
ORDER BY status;


--
-- Codes that are not in the catalog
--
CREATE TEMP TABLE unknown (status status_code);
INSERT INTO unknown
SELECT (p || ':' || n)::status_code
FROM unnest(ARRAY['syncfy', 'foundry', 'http', 'finicity']) p, generate_series(0, 1200) n
WHERE NOT builtin_is_known_code((p || ':' || n)::status_code);
INSERT INTO unknown
SELECT ('syncfy:' || n)::status_code FROM unnest('{1401,4010,10401,65937,4294967697}'::bigint[]) n;
INSERT INTO unknown VALUES
    ('basiq:no-such-slug'), ('basiq:401'), ('basiq:500'), ('basiq:Invalid-Credentials'),
    ('basiq:invalid-credentials/no-such-variant'), ('basiq:no-such-slug/locked-account'), ('basiq:access-denied/locked-account'),
    ('syncfy:401/x'), ('syncfy:450/x'), ('syncfy:501/501'), ('http:404/x'), ('http:499/x'), ('foundry:500/x'),
    ('plaid:item_login_required'), ('plaid:ITEM_LOGIN_REQUIRED/no-such-variant'), ('plaid:401'), ('pluggy:1'), ('pluggy:0001'),
    ('yodlee:00'), ('mx:401'), ('ach:r01'), ('ach:R99'), ('iso20022:0080'), ('gocardless:ID'), ('gocardless:ER'),
    ('finicity:1009'), ('finicity:110039'), ('finicity:103/x'), ('finicity:10106/x'),
    ('quovo:ITEM_LOGIN_REQUIRED'), ('quovo:401'), ('quovo:500/x'), ('sync:401'), ('syncfyx:401'), ('https:404');

-- An unknown three-digit number of these providers takes category and terminal from its class. All other attributes of
-- unknown codes are NULL: no rows
SELECT u.status, m.*, class.*
FROM unknown u
    CROSS JOIN LATERAL (SELECT builtin_code_category(status) AS category, builtin_is_terminal(status) AS terminal,
        builtin_is_success(status) AS success, builtin_is_error(status) AS error) AS m
    LEFT JOIN (VALUES
        ('syncfy', 1, 'progress', false), ('syncfy', 2, 'success', true), ('syncfy', 3, 'user_action', true),
        ('syncfy', 4, 'user_action', true), ('syncfy', 5, 'connection', true),
        ('foundry', 1, 'progress', false), ('foundry', 2, 'success', true), ('foundry', 3, 'request', true),
        ('foundry', 4, 'request', true), ('foundry', 5, 'server', true),
        ('http', 1, 'progress', false), ('http', 2, 'success', true), ('http', 3, 'request', true),
        ('http', 4, 'request', true), ('http', 5, 'server', true)) AS class (provider, hundreds, category, terminal)
    ON class.provider = code_provider(status) AND class.hundreds = code_number(status) / 100 AND code_variant(status) IS NULL
WHERE (m.category::text, m.terminal) IS DISTINCT FROM (class.category, class.terminal)
    OR m.success IS DISTINCT FROM (class.category = 'success')
    OR m.error IS DISTINCT FROM (class.category <> 'success' AND class.terminal)
    OR builtin_is_known_code(status) IS DISTINCT FROM false
    OR num_nonnulls(builtin_code_name(status), builtin_code_title(status), builtin_code_description(status),
                    builtin_code_action(status), builtin_is_retryable(status), builtin_code_retry_after(status),
                    builtin_is_deprecated_code(status)) > 0;
SELECT status, builtin_is_known_code(status) AS known, builtin_code_category(status) AS category,
    builtin_is_terminal(status) AS terminal, builtin_is_success(status) AS success, builtin_is_error(status) AS error
FROM unnest('{syncfy:0,syncfy:99,syncfy:104,syncfy:299,syncfy:450,syncfy:599,syncfy:600,syncfy:1000,syncfy:4010,http:499,http:599,
              foundry:302,basiq:500,quovo:500,syncfy:450/x}'::status_code[]) status;


--
-- The builtin_ functions
--

-- Without overrides each function returns what its builtin_ twin returns, for every value: no rows
SELECT count(*) AS overrides FROM status_code_overrides;
CREATE FUNCTION pg_temp.differing(OUT function name, OUT status status_code) RETURNS SETOF record
LANGUAGE plpgsql AS $$
BEGIN
    FOR function IN
        SELECT b.proname
        FROM pg_proc b JOIN pg_proc f ON f.pronamespace = b.pronamespace AND 'builtin_' || f.proname = b.proname
        WHERE b.proargtypes[0] = 'status_code'::regtype AND b.pronargs = 1 AND f.proargtypes = b.proargtypes AND f.prorettype = b.prorettype AND b.prokind = 'f'
    LOOP
        RETURN NEXT;
        RETURN QUERY EXECUTE format(
            'SELECT %L::name, status
             FROM (SELECT builtin_status_codes() AS status UNION ALL SELECT status FROM unknown UNION ALL SELECT NULL) c
             WHERE %s(status) IS DISTINCT FROM %I(status)', function, replace(function::text, 'builtin_', ''), function);
    END LOOP;
END $$;
SELECT function, status FROM pg_temp.differing() WHERE status IS NOT NULL;
-- the functions that were compared
SELECT function FROM pg_temp.differing() WHERE status IS NULL ORDER BY function;

-- now, and not some time after the session has ended: later tests may drop the extension
DISCARD TEMP;
