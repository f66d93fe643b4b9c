--
-- user_messages.sql: messages to the end users of an application
--
SELECT status, code_user_message(status) AS english, code_user_message(status, 'es') AS spanish,
    code_user_message(status, 'pt') AS portuguese
FROM unnest('{plaid:ITEM_LOGIN_REQUIRED,ach:R02,syncfy:200,syncfy:401,syncfy:405,syncfy:410,syncfy:501,basiq:invalid-credentials/locked-account,basiq:access-denied,foundry:500,http:429}'::status_code[]) status;

-- Every code and variant has a message in every language of the catalog, and none is the description for operators: no rows
CREATE TEMP VIEW languages AS
SELECT DISTINCT language FROM builtin_status_codes() AS c (status), jsonb_object_keys(builtin_code_user_messages(status)) AS k (language);
SELECT status, language, rule
FROM builtin_status_codes() AS c (status)
    CROSS JOIN languages
    CROSS JOIN LATERAL (SELECT builtin_code_user_messages(status) ->> language AS message, code_user_message(status) AS en) AS m
    CROSS JOIN LATERAL (VALUES
        ('it is there', message IS NULL),
        ('it is not the English one', message = en AND language <> 'en'),
        ('it is not the description', coalesce(lower(rtrim(message, '.')) = lower(rtrim(builtin_code_description(status), '.')), false)),
        ('sentences', message !~ '^[A-ZÁÉÍÓÚÑ].*\.$'),
        ('short', octet_length(message) > 160),
        ('no internals', message ~* '\y(token|api|http|server error|basiq|syncfy|foundry|status code|plaid|yodlee|finicity|belvo|pluggy|fintoc|salt edge|truelayer|tink|gocardless|teller|iso|ach)\y'),
        ('what is tried again by itself is retryable', message ~* 'we will (try again|go on)|tentaremos|continuaremos(?! en cuanto| assim que)'
            AND builtin_is_retryable(status) IS NOT TRUE),
        ('all functions say the same', (code_user_message(status, language), builtin_code_user_message(status, language),
            code_user_messages(status) ->> language) IS DISTINCT FROM (message, message, message))) AS r (rule, broken)
WHERE broken IS NOT FALSE;
SELECT count(*) FILTER (WHERE language IN ('en', 'es', 'pt')) AS languages FROM languages;
SELECT count(DISTINCT code_user_message(status)) > 170 AS many, count(DISTINCT code_user_message(status, 'es')) =
    count(DISTINCT code_user_message(status)) AS as_many, bool_or(code_user_message(status, 'es') ~ '[áéíóúñ]') AS accents
FROM builtin_status_codes() AS c (status);

-- unknown codes have no message
SELECT status, code_user_message(status), code_user_message(status, 'es'), code_user_messages(status), builtin_code_user_messages(status)
FROM unnest('{syncfy:450,basiq:no-such-slug,quovo:ERROR,syncfy:401/x}'::status_code[]) status;
-- a NULL language is English, and a NULL status gives NULL
SELECT code_user_message(NULL) IS NULL AND builtin_code_user_message(NULL) IS NULL AND code_user_message(NULL, NULL) IS NULL AS no_status,
    code_user_message('syncfy:401', NULL) = code_user_message('syncfy:401', 'en') AS no_language,
    builtin_code_user_message('syncfy:401', NULL) = builtin_code_user_message('syncfy:401', 'en') AS twin;
-- also where the language comes from a column that is NULL
SELECT id, code_user_message(status, language)
FROM (VALUES (1, 'syncfy:405'::status_code, NULL), (2, NULL, 'es'), (3, 'syncfy:405', 'es')) AS v (id, status, language)
ORDER BY id;

-- Languages: by any of their tags, and English for all others
SELECT string_agg(tag, ' ') FILTER (WHERE message = code_user_message('syncfy:401', 'es')) AS spanish,
    string_agg(quote_literal(tag), ' ') FILTER (WHERE message = code_user_message('syncfy:401', 'en')) AS english,
    string_agg(tag, ' ') FILTER (WHERE message = code_user_message('syncfy:401', 'pt')) AS portuguese,
    string_agg(tag, ' ') FILTER (WHERE message NOT IN (code_user_message('syncfy:401'), code_user_message('syncfy:401', 'es'),
        code_user_message('syncfy:401', 'pt'))) AS neither
FROM unnest('{es,ES,eS,es-MX,es-419,es_MX,es_MX.UTF-8,es.utf8,es@euro,es_ES@euro,es-Latn-MX,es-MX-x-private,pt,pt-BR,pt_BR.UTF-8,PT,pt-PT,por,en,en-US,"",e,est,esperanto,fr,zz-BR,
        "e s"," es",español,es-,-es,es--MX,es-toolongasubtag,es-MX-,C,POSIX,C.UTF-8,.,@,-,es/MX,1s,"e{",e^,e`,"es-{",es-4:,es-ñ}'::text[]) tag,
    LATERAL (SELECT code_user_message('syncfy:401', tag)) AS m (message);
-- tags of any length: no rows
SELECT n FROM generate_series(0, 300) n
WHERE code_user_message('syncfy:401', 'es' || repeat('-a', n)) NOT IN (code_user_message('syncfy:401', 'es'), code_user_message('syncfy:401', 'en'))
    OR code_user_message('syncfy:401', repeat('e', n)) <> code_user_message('syncfy:401', 'en')
    OR code_user_message('syncfy:401', 'es' || repeat('-', n + 1)) <> code_user_message('syncfy:401', 'en')
    OR code_user_message('syncfy:401', 'es.' || repeat('x', n * 1000)) <> code_user_message('syncfy:401', 'es');

--
-- Overrides, of any language
--
BEGIN;
INSERT INTO status_code_overrides (status, user_messages) VALUES
    ('syncfy:401', '{"en": "Please sign in again."}'), ('syncfy:405', '{"es": "Llama a tu banco, por favor: ñandú."}'),
    ('quovo:ERROR', '{"en": "Try again later."}'), ('quovo:OTHER', '{"es": "Sólo en español."}'),
    ('basiq:invalid-credentials', '{"en": "Check your details.", "es": "Revisa tus datos.", "tlh": "De''lIj yIbej."}'),
    ('basiq:invalid-credentials/new', '{"es": "Algo nuevo.", "es-MX": "Algo nuevo, amigo."}'),
    ('syncfy:501', '{"zh-Hant": "稍後再試。", "zh-Hant-TW": "請稍後再試。", "zh": "稍后再试。", "es-419": "Más tarde."}');
SELECT status, code_user_message(status) AS english, code_user_message(status, 'es') AS spanish,
    builtin_code_user_message(status) IS NOT DISTINCT FROM code_user_message(status) AS built_in,
    array(SELECT jsonb_object_keys(code_user_messages(status)) EXCEPT SELECT language FROM languages) AS others
FROM unnest('{syncfy:401,syncfy:405,quovo:ERROR,quovo:OTHER,basiq:invalid-credentials,basiq:invalid-credentials/new,
              basiq:invalid-credentials/locked-account}'::status_code[]) status;
-- the longest part of a tag that has a message
SELECT tag, code_user_message('syncfy:501', tag) = code_user_message('syncfy:501') AS english, code_user_message('syncfy:501', tag)
FROM unnest('{zh,zh-TW,zh-Hans,zh-Hant,zh_hant,zh-Hant-HK,zh-Hant-TW,ZH_HANT_tw.Big5,zh-Hant-TW-x-a-b,es-419,es-MX,tlh}'::text[]) tag;
SELECT status, code_user_message(status, 'es-mx'), code_user_message(status, 'es-AR'), code_user_message(status, 'TLH')
FROM unnest('{basiq:invalid-credentials,basiq:invalid-credentials/new}'::status_code[]) status;
-- an added language leaves the others as they are
UPDATE status_code_overrides SET user_messages = user_messages || '{"fr": "Appelez votre banque."}' WHERE status = 'syncfy:405';
SELECT m ->> 'es' AS es, m ->> 'fr' AS fr, m ->> 'en' = code_user_message('syncfy:405') AS en FROM code_user_messages('syncfy:405') m;
ROLLBACK;

-- Values that are not an object of messages are refused.
\set VERBOSITY terse
INSERT INTO status_code_overrides (status, user_messages) VALUES ('syncfy:401', '{"Es": "x"}');
\set VERBOSITY default
CREATE TEMP TABLE objects (object jsonb, good boolean);
INSERT INTO objects VALUES
    ('{"es": "x"}', true), ('{"en": "", "tlh": "x", "pt-BR": "y", "es-419": "z", "zh-Hant-TW": "z"}', true), ('{"de-CH-1996": "x"}', true),
    ('{"en-x-us": "x", "sl-rozaj-biske-1994": "y"}', true), ('{"en-a-bbbb-cc": "x"}', true),
    ('{}', false), ('[]', false), ('["es", "x"]', false), ('[{"es": "x"}]', false), ('"es"', false), ('1', false), ('true', false), ('null', false),
    ('{"es": null}', false), ('{"es": 1}', false), ('{"es": true}', false), ('{"es": ["x"]}', false), ('{"es": {"es": "x"}}', false),
    ('{"es": "x", "en": null}', false), ('{"es": {}, "en": "x"}', false), ('{"es": [], "en": "x"}', false),
    ('{"": "x"}', false), ('{"e": "x"}', false), ('{"ES": "x"}', false), ('{"es-mx": "x"}', false), ('{"es_MX": "x"}', false),
    ('{"es-MX": "x", "es-mx": "x"}', false), ('{"zh-hant": "x"}', false), ('{"ES-MX": "x"}', false), ('{"en-x-US": "x"}', false),
    ('{"es.UTF-8": "x"}', false), ('{"es@euro": "x"}', false), ('{"es-": "x"}', false), ('{"-es": "x"}', false), ('{"e s": "x"}', false),
    ('{"español": "x"}', false), ('{"1es": "x"}', false), ('{"es-123456789": "x"}', false), ('{"es--MX": "x"}', false), ('{"es ": "x"}', false),
    (jsonb_build_object('es' || repeat('-a', 100), 'x'), false), (jsonb_build_object('es' || repeat('-aaaaaaa', 7), 'x'), true),
    (jsonb_build_object('es' || repeat('-aaaaaaa', 7) || '-1aaa', 'x'), true), -- 63 characters
    (jsonb_build_object('es' || repeat('-aaaaaaa', 7) || '-1aaaa', 'x'), false),
    (jsonb_build_object('es' || repeat('-aaaaaaa', 8), 'x'), false), (jsonb_build_object(repeat('x', 100000), 'x'), false);
-- no rows
SELECT left(object::text, 60) AS object, good FROM objects WHERE status_code_user_messages_valid(object) IS DISTINCT FROM good;
-- Every tag of up to three of these parts, by a rule of its own: which are allowed as they are, and how the others are read
CREATE TEMP TABLE tags AS
WITH part (part) AS (
    SELECT unnest('{en,EN,En,e,x,X,mx,MX,Mx,419,1a,hant,Hant,HANT,haNt,1996,tlh,TLH,abcdefgh,Abcdefgh,abcdefghi,é,"",".","a.b","e e"}'::text[])
), tag (parts) AS (
    SELECT ARRAY[part] FROM part
    UNION ALL SELECT ARRAY[a.part, b.part] FROM part a, part b
    UNION ALL SELECT ARRAY[a.part, b.part, c.part] FROM part a, part b, part c
)
SELECT array_to_string(parts, '-') AS tag, parts[1] ~ '^[A-Za-z]{2,8}$' AND NOT EXISTS (
        SELECT FROM unnest(parts) AS p (part) WHERE part !~ '^[A-Za-z0-9]{1,8}$') AS is_tag,
    (SELECT string_agg(CASE WHEN n = 1 OR 1 = ANY (SELECT length(before) FROM unnest(parts[1:n - 1]) AS b (before)) THEN lower(part)
                            WHEN length(part) = 2 THEN upper(part) WHEN length(part) = 4 THEN initcap(part) ELSE lower(part) END, '-' ORDER BY n)
     FROM unnest(parts) WITH ORDINALITY AS p (part, n)) AS written
FROM tag;
SELECT count(*), count(*) FILTER (WHERE is_tag) AS tags, count(*) FILTER (WHERE is_tag AND tag = written) AS allowed FROM tags;
-- no rows
SELECT tag, is_tag, written FROM tags
WHERE status_code_user_messages_valid(jsonb_build_object(tag, 'x')) IS DISTINCT FROM (is_tag AND tag = written);
BEGIN;
INSERT INTO status_code_overrides (status, user_messages)
SELECT 'odd:1', jsonb_object_agg(written, written) FROM tags WHERE is_tag;
-- as an argument, in any spelling (a "." would end it): no rows
SELECT tag, written, code_user_message('odd:1', tag) FROM tags
WHERE tag !~ '[.]' AND code_user_message('odd:1', tag) IS DISTINCT FROM CASE WHEN is_tag THEN written ELSE 'en' END
    OR code_user_message('odd:1', replace(tag, '-', '_') || '.UTF-8') IS DISTINCT FROM code_user_message('odd:1', tag || '@x');
ROLLBACK;
-- if the constraint is dropped and such a value is stored, its valid members are used
BEGIN;
ALTER TABLE status_code_overrides DROP CONSTRAINT status_code_overrides_user_messages_valid;
INSERT INTO status_code_overrides (status, user_messages) SELECT status_code('odd', row_number() OVER ()::integer), object FROM objects;
SELECT code_user_message(status, 'es'), code_user_messages(status), left(user_messages::text, 60) AS row, (SELECT count(*) FROM status_code_override_review r WHERE r.status = o.status::text) AS reviewed
FROM status_code_overrides o WHERE NOT status_code_user_messages_valid(user_messages)
ORDER BY code_number(status);
SELECT count(*) AS in_view, count(user_messages) AS with_messages FROM status_codes WHERE provider = 'odd';
SELECT provider_codes_checksum() <> '' AS checksum;
ROLLBACK;

-- Many languages, long messages, and what the table keeps compressed
BEGIN;
INSERT INTO status_code_overrides (status, user_messages)
SELECT 'syncfy:401', jsonb_object_agg('en-x-' || n, 'message ' || n) FROM generate_series(1, 5000) n;
INSERT INTO status_code_overrides (status, user_messages)
SELECT 'syncfy:405', jsonb_build_object('es', repeat('Llama. ', 100000), 'fr', string_agg(md5(n::text), '')) FROM generate_series(1, 1000) n;
SELECT count(*) FROM generate_series(1, 5000) n WHERE code_user_message('syncfy:401', 'en-x-' || n) = 'message ' || n;
SELECT code_user_message('syncfy:405', 'es') = repeat('Llama. ', 100000) AS long, length(code_user_message('syncfy:405', 'fr')) AS toasted;
-- no rows
SELECT status FROM status_code_overrides WHERE NOT code_user_messages(status) @> user_messages OR NOT code_user_messages(status) @> builtin_code_user_messages(status) - 'es';
ROLLBACK;
DISCARD TEMP;

--
-- In a database of another encoding (see test/t/041_encodings.pl for more of them): message by message, English takes
-- the place of what that can't write. LATIN2 has all letters of the Spanish messages but one.
--
SELECT count(*) FILTER (WHERE code_user_message(status, 'es') ~ '[ñÑ]') AS without, count(*) AS codes, current_database() AS database
FROM builtin_status_codes() AS c (status) \gset
SELECT :without > 0 AND :without < :codes AS some;
CREATE DATABASE regress_provider_codes_latin2 TEMPLATE template0 ENCODING 'LATIN2' LC_COLLATE 'C' LC_CTYPE 'C';
\c regress_provider_codes_latin2
SET client_encoding = 'UTF8';
SET client_min_messages = warning;
CREATE EXTENSION provider_codes;
SELECT count(*) FILTER (WHERE code_user_message(status, 'es') = code_user_message(status)) = :without AS english,
    count(*) FILTER (WHERE code_user_message(status, 'es') <> code_user_message(status)) = :codes - :without AS spanish,
    count(*) FILTER (WHERE code_user_messages(status) ? 'es') = :codes - :without AS in_all_languages,
    bool_and(code_user_messages(status) ? 'en') AS english_always,
    bool_or(code_user_message(status, 'es') ~ 'ó') AS accents
FROM builtin_status_codes() AS c (status);
SELECT code_user_message('syncfy:405', 'es'), code_user_message('syncfy:401', 'es-MX');
-- a row is in the database's own encoding
INSERT INTO status_code_overrides (status, user_messages) VALUES ('syncfy:401', '{"hu": "Próbálja később, őrült!"}');
SELECT code_user_messages('syncfy:401') ->> 'hu' AS hungarian, code_user_message('syncfy:401', 'hu-HU');
\c :database
DROP DATABASE regress_provider_codes_latin2;
