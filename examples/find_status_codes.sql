-- Finds status codes by what a person types: "wrong password", "syncfy 401", "cuenta bloqueada", a misspelled name, or a line
-- of a log. Paste it into a database that has the extension, as a user who can create extensions and objects there:
--
--   SELECT * FROM find_status_codes('acount locked');
--
-- It reads the view status_codes, so overrides count. Misspelled words are matched by pg_trgm, one of PostgreSQL's contrib
-- modules. Synonyms are rows of a table: add those of your users. To remove all of it:
--
--   DROP FUNCTION find_status_codes, status_code_words; DROP TABLE status_code_synonyms; DROP EXTENSION pg_trgm;

BEGIN;

CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- Returns the words of a search in lower case and without accents; "UserAction" becomes two words, and "401.0" becomes 401.
CREATE FUNCTION status_code_words(text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$
    SELECT btrim(regexp_replace(
        translate(lower(regexp_replace(regexp_replace($1, '([a-z])([A-Z])', '\1 \2', 'g'), '\y([0-9]+)\.0+\y', '\1', 'g')),
                  'áàâãäÁÀÂÃÄéèêëÉÈÊËíìîïÍÌÎÏóòôõöÓÒÔÕÖúùûüÚÙÛÜñÑçÇ', 'aaaaaaaaaaeeeeeeeeiiiiiiiioooooooooouuuuuuuunncc'),
        '[^a-z0-9]+', ' ', 'g'))
$$;

-- If a search contains the phrase, it is also tried with what the phrase means, which can be a code.
CREATE TABLE status_code_synonyms (
    phrase text NOT NULL,
    means text NOT NULL,
    PRIMARY KEY (phrase, means)
);
INSERT INTO status_code_synonyms VALUES
    ('login failed', 'login error'), ('login failed', 'cannot login'), ('log in', 'login'),
    ('2fa', 'twofa'), ('2fa', 'multi factor authentication'), ('second factor', 'multi factor authentication'),
    ('otp', 'syncfy 410'), ('otp', 'syncfy 411'), ('otp', 'security code'), ('timeout', 'timed out'), ('time out', 'timeout'),
    ('locked out', 'locked'), ('account locked', 'locked'), ('blocked', 'locked'),
    ('consent expired', 'token expired'), ('session expired', 'token expired'),
    ('rate limit', 'too many requests'), ('down', 'unavailable'), ('down', 'maintenance'),
    ('wrong code', 'invalid mfa'), ('code wrong', 'invalid mfa'), ('reconnect', 'login required'), ('reauthenticate', 'login required'),
    ('nsf', 'ach r01'), ('nsf', 'not enough money'), ('insufficient funds', 'not enough money'),
    ('insufficient balance', 'not enough money'), ('bounced', 'ach r01'), ('iban', 'account number'),
    -- names of providers
    ('salt edge', 'saltedge'), ('enable banking', 'enablebanking'), ('nordigen', 'gocardless'), ('iso 20022', 'iso20022'),
    ('nacha', 'ach'), ('envestnet', 'yodlee'), ('mastercard', 'finicity'), ('paybook', 'syncfy'),
    -- Spanish
    ('cuenta bloqueada', 'locked'), ('cuenta bloqueada', 'locked account'), ('bloqueada', 'locked'),
    ('sesión expirada', 'token expired'), ('sesión caducada', 'token expired'), ('tiempo agotado', 'timeout'),
    ('en mantenimiento', 'under maintenance'), ('no disponible', 'unavailable'),
    ('credenciales inválidas', 'invalid credentials'), ('código incorrecto', 'invalid mfa'),
    ('consentimiento vencido', 'consent expired'), ('consentimiento revocado', 'consent revoked'),
    ('saldo insuficiente', 'insufficient funds'), ('fondos insuficientes', 'insufficient funds'), ('cuenta cerrada', 'account closed'),
    ('cuenta cancelada', 'account closed'), ('pago rechazado', 'payment rejected'), ('pago duplicado', 'duplicate payment'),
    -- Portuguese
    ('conta bloqueada', 'locked'), ('conta bloqueada', 'locked account'), ('sessão expirada', 'token expired'),
    ('tempo esgotado', 'timeout'), ('em manutenção', 'under maintenance'), ('indisponível', 'unavailable'),
    ('credenciais inválidas', 'invalid credentials'), ('código incorreto', 'invalid mfa'),
    ('consentimento expirado', 'consent expired'), ('consentimento revogado', 'consent revoked'),
    ('conta encerrada', 'account closed'), ('pagamento rejeitado', 'payment rejected'), ('pagamento duplicado', 'duplicate payment');

-- A wrong password, as each provider calls it
INSERT INTO status_code_synonyms
SELECT phrase, means
FROM unnest('{password,wrong password,bad password,contraseña,contraseña incorrecta,senha,senha incorreta}'::text[]) AS p (phrase),
     unnest('{syncfy 401,invalid username or password,plaid invalid credentials,mx 2005,belvo login error,finicity 103,pluggy invalid credentials,
              saltedge InvalidCredentials,fintoc institution credentials invalid,tink authentication error,yodlee incorrect credentials}'::text[]) AS m (means);

-- Returns the codes that match a search, best first; scores are between 0 and 1. A provider's name restricts the search to it.
CREATE FUNCTION find_status_codes(search text, at_most integer DEFAULT 10)
RETURNS TABLE (status text, score real, label text, description text)
LANGUAGE sql STABLE
AS $$
WITH code AS MATERIALIZED (
    SELECT c.*, concat_ws(' ', c.code, c.variant, regexp_replace(c.name, '([a-z])([A-Z])', '\1 \2', 'g'), c.title) AS head,
           '|' || lower(translate(concat_ws('|', concat_ws(' ', c.code, c.variant), c.variant, c.name, c.title), ' -_/.,:;', '')) || '|' AS squeezed,
           translate(lower(concat_ws(' ', '', c.description, code_user_message(c.status::status_code), code_user_message(c.status::status_code, 'es'))),
                     'áéíóúüñ-_/.,:;()', 'aeiouun         ') AS body
    FROM status_codes AS c
),
-- the search as typed, but for another name of a provider
typed AS (
    SELECT COALESCE((SELECT btrim(replace(' ' || t.words || ' ', ' ' || p.phrase || ' ', ' ' || s.means || ' '))
                     FROM status_code_synonyms AS s, LATERAL (SELECT status_code_words(s.phrase)) AS p (phrase)
                     WHERE s.means IN (SELECT provider FROM code) AND ' ' || t.words || ' ' LIKE '% ' || p.phrase || ' %'
                     ORDER BY length(p.phrase) DESC, s.means COLLATE "C"
                     LIMIT 1), t.words) AS words
    FROM (SELECT status_code_words(left(search, 1000))) AS t (words)
),
-- this, and with each of its synonyms replaced
phrasing AS (
    SELECT words, 1.0 AS worth FROM typed
    UNION
    SELECT btrim(replace(' ' || t.words || ' ', ' ' || p.phrase || ' ', ' ' || status_code_words(s.means) || ' ')), 0.85
    FROM typed AS t, status_code_synonyms AS s, LATERAL (SELECT status_code_words(s.phrase)) AS p (phrase)
    WHERE ' ' || t.words || ' ' LIKE '% ' || p.phrase || ' %'
),
-- each of these with the providers that it names
named AS MATERIALIZED (
    SELECT p.*, ARRAY(SELECT DISTINCT c.provider FROM code AS c WHERE c.provider = ANY (string_to_array(p.words, ' '))) AS providers
    FROM phrasing AS p
),
-- each of these without them; a synonym that is a code of another provider than those that were typed does not count
wanted AS MATERIALIZED (
    SELECT row_number() OVER () AS id, p.worth, p.providers, r.words
    FROM named AS p,
         LATERAL (SELECT COALESCE(string_agg(w, ' ' ORDER BY n), '')
                  FROM unnest(string_to_array(p.words, ' ')) WITH ORDINALITY AS u (w, n) WHERE w <> ALL (p.providers)) AS r (words)
    WHERE p.words <> ''
        AND NOT EXISTS (SELECT FROM named AS t WHERE t.worth = 1 AND t.providers <> '{}' AND NOT p.providers <@ t.providers)
),
-- each word with its weight: small for filler words and for words such as "error"
word AS MATERIALIZED (
    SELECT w.id, u.word,
           CASE WHEN u.word IN ('a', 'an', 'and', 'at', 'be', 'by', 'for', 'in', 'is', 'it', 'of', 'on', 'or', 'the', 'to', 'was', 'with', 'your') THEN 0.05
                WHEN u.word IN ('code', 'error', 'errors', 'failed', 'failure', 'job', 'status', 'user') THEN 0.2
                ELSE 1.0 END AS weight
    FROM wanted AS w, unnest(string_to_array(w.words, ' ')) AS u (word)
),
-- how well each word matches each code: numbers exactly, other words also if they are misspelled in code, name or title
found AS (
    SELECT c.status, w.word, CASE
               WHEN w.word !~ '[0-9]' THEN greatest(word_similarity(w.word, c.head) ^ 1.5, CASE WHEN position(' ' || w.word IN c.body) > 0 THEN 0.7 ELSE 0 END)
               WHEN c.code = w.word THEN 1
               WHEN c.code LIKE w.word || '%' THEN 0.6
               WHEN (c.head || c.body) ~* ('\y' || w.word || '\y') THEN 0.5
               ELSE 0 END AS share
    FROM code AS c, (SELECT DISTINCT word FROM word) AS w
),
-- the score: this, combined with how similar the whole search is to the code, its name or its title
scored AS (
    SELECT c.status, max(w.worth * CASE WHEN w.words = '' THEN 0.5 ELSE 0.75 * f.share + 0.25 * CASE
               WHEN position('|' || replace(w.words, ' ', '') || '|' IN c.squeezed) > 0 THEN 1
               WHEN position('|' || replace(w.words, ' ', '') IN c.squeezed) > 0 THEN 0.95
               WHEN position(w.words IN c.body) > 0 THEN 0.9
               ELSE greatest(similarity(w.words, concat_ws(' ', c.code, c.variant)), similarity(w.words, c.name), similarity(w.words, c.title))
               END END) AS score
    FROM wanted AS w JOIN code AS c ON w.providers = '{}' OR c.provider = ANY (w.providers)
         LEFT JOIN (SELECT f.status, w.id, sum(w.weight * f.share) / sum(w.weight) AS share FROM word AS w JOIN found AS f USING (word)
                    GROUP BY f.status, w.id) AS f ON f.status = c.status AND f.id = w.id
    GROUP BY c.status
)
SELECT c.status, round(s.score::numeric, 3)::real, c.label, c.description
FROM scored AS s JOIN code AS c ON c.status = s.status
WHERE s.score > 0.1
ORDER BY s.score + CASE c.source WHEN 'document' THEN 0.05 ELSE 0 END DESC, c.is_deprecated, c.variant IS NOT NULL, c.status COLLATE "C"
LIMIT at_most
$$;

COMMIT;
