--
-- user_messages: what to tell the end user of an application
--
SELECT status, code_user_message(status) AS english, code_user_message(status, 'es') AS spanish
FROM unnest('{syncfy:200,syncfy:401,syncfy:405,syncfy:410,syncfy:501,basiq:invalid-credentials/locked-account,basiq:access-denied,foundry:500,http:429}'::status_code[]) status;

-- Every code and variant, in both languages; none repeats what is written for operators: no rows
SELECT status, rule
FROM builtin_status_codes() AS c (status)
    CROSS JOIN LATERAL (SELECT code_user_message(status) AS en, code_user_message(status, 'es') AS es,
        builtin_code_description(status) AS description) AS m
    CROSS JOIN LATERAL (VALUES
        ('there are both', en IS NULL OR es IS NULL),
        ('they are two', en = es),
        ('they are not the description', coalesce(lower(rtrim(en, '.')) = lower(rtrim(description, '.')), false)),
        ('sentences', en !~ '^[A-Z].*\.$' OR es !~ '^[A-ZÁÉÍÓÚÑ].*\.$'),
        ('short', octet_length(en) > 160 OR octet_length(es) > 160),
        ('no internals', en ~* '\y(token|api|http|server error|basiq|syncfy|foundry|status code)\y'),
        ('what is tried again by itself is retryable', (en ~* 'we will (try again|go on)' OR es ~* '(intent|continu)aremos')
            AND builtin_is_retryable(status) IS NOT TRUE),
        ('the twin says the same', builtin_code_user_message(status) <> en OR builtin_code_user_message(status, 'es') <> es)) AS r (rule, broken)
WHERE broken IS NOT FALSE;
SELECT count(DISTINCT code_user_message(status)) > 40 AS many, count(DISTINCT code_user_message(status, 'es')) =
    count(DISTINCT code_user_message(status)) AS as_many, bool_or(code_user_message(status, 'es') ~ '[áéíóúñ]') AS accents
FROM builtin_status_codes() AS c (status);

-- what isn't known has no message
SELECT status, code_user_message(status), code_user_message(status, 'es')
FROM unnest('{syncfy:450,basiq:no-such-slug,plaid:ERROR,syncfy:401/x}'::status_code[]) status;
SELECT code_user_message(NULL) IS NULL AS no_status, builtin_code_user_message(NULL, NULL) IS NULL AS nothing;
-- a language that is not known is no reason to say nothing: no rows
SELECT status FROM builtin_status_codes() AS c (status)
WHERE code_user_message(status, NULL) IS DISTINCT FROM code_user_message(status, 'en')
    OR builtin_code_user_message(status, NULL) IS DISTINCT FROM builtin_code_user_message(status, 'en');
-- also where the row of a table has none
SELECT id, code_user_message(status, language)
FROM (VALUES (1, 'syncfy:405'::status_code, NULL), (2, NULL, 'es'), (3, 'syncfy:405', 'es')) AS v (id, status, language)
ORDER BY id;

-- languages: Spanish by any of its tags, and English for all others
SELECT string_agg(tag, ' ') FILTER (WHERE message = code_user_message('syncfy:401', 'es')) AS spanish,
    string_agg(quote_literal(tag), ' ') FILTER (WHERE message = code_user_message('syncfy:401', 'en')) AS english,
    string_agg(tag, ' ') FILTER (WHERE message NOT IN (code_user_message('syncfy:401'), code_user_message('syncfy:401', 'es'))) AS neither
FROM unnest('{es,ES,es-MX,es-419,es_MX,es_MX.UTF-8,es.utf8,es@euro,en,en-US,"",e,est,esperanto,fr,pt-BR,"e s"," es",español}'::text[]) tag,
    LATERAL (SELECT code_user_message('syncfy:401', tag)) AS m (message);

-- Overrides, of either language
BEGIN;
INSERT INTO status_code_overrides (status, user_message_en, user_message_es) VALUES
    ('syncfy:401', 'Please sign in again.', NULL), ('syncfy:405', NULL, 'Llama a tu banco, por favor: ñandú.'),
    ('plaid:ERROR', 'Try again later.', NULL), ('plaid:OTHER', NULL, 'Sólo en español.'),
    ('basiq:invalid-credentials', 'Check your details.', 'Revisa tus datos.'),
    ('basiq:invalid-credentials/new', NULL, 'Algo nuevo.');
SELECT status, code_user_message(status) AS english, code_user_message(status, 'es') AS spanish,
    builtin_code_user_message(status) IS NOT DISTINCT FROM code_user_message(status) AS built_in
FROM unnest('{syncfy:401,syncfy:405,plaid:ERROR,plaid:OTHER,basiq:invalid-credentials,basiq:invalid-credentials/new,
              basiq:invalid-credentials/locked-account}'::status_code[]) status;
ROLLBACK;
