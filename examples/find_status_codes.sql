-- Finds the codes that somebody may mean: "wrong password", "syncfy 401", "cuenta bloqueada", a misspelled name, or a line of
-- a log. Paste it into a database that has the extension, as a user who may create extensions and objects there:
--
--   SELECT * FROM find_status_codes('acount locked');
--
-- It reads the view status_codes, so overrides count. pg_trgm, which makes misspelled words match, comes with PostgreSQL's
-- contrib modules. Synonyms are rows: add those of your users. To remove all of it again:
--
--   DROP FUNCTION find_status_codes, status_code_words; DROP TABLE status_code_synonyms; DROP EXTENSION pg_trgm;

BEGIN;

CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- The words of a search in lower case, without accents; "UserAction" is two of them, and "401.0" is 401.
CREATE FUNCTION status_code_words(text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$
    SELECT btrim(regexp_replace(
        translate(lower(regexp_replace(regexp_replace($1, '([a-z])([A-Z])', '\1 \2', 'g'), '\y([0-9]+)\.0+\y', '\1', 'g')),
                  'áàâãäÁÀÂÃÄéèêëÉÈÊËíìîïÍÌÎÏóòôõöÓÒÔÕÖúùûüÚÙÛÜñÑçÇ', 'aaaaaaaaaaeeeeeeeeiiiiiiiioooooooooouuuuuuuunncc'),
        '[^a-z0-9]+', ' ', 'g'))
$$;

-- What to search for as well, where a phrase is part of a search. It may name a code.
CREATE TABLE status_code_synonyms (
    phrase text NOT NULL,
    means text NOT NULL,
    PRIMARY KEY (phrase, means)
);
INSERT INTO status_code_synonyms VALUES
    ('password', 'syncfy 401'), ('password', 'invalid username or password'), ('wrong password', 'syncfy 401'),
    ('wrong password', 'invalid username or password'), ('bad password', 'syncfy 401'), ('bad password', 'invalid username or password'),
    ('login failed', 'login error'), ('login failed', 'cannot login'), ('log in', 'login'),
    ('2fa', 'twofa'), ('2fa', 'multi factor authentication'), ('second factor', 'multi factor authentication'),
    ('otp', 'syncfy 410'), ('otp', 'syncfy 411'), ('otp', 'security code'), ('timeout', 'timed out'), ('time out', 'timeout'),
    ('locked out', 'locked'), ('account locked', 'locked'), ('blocked', 'locked'),
    ('consent expired', 'token expired'), ('session expired', 'token expired'),
    ('rate limit', 'too many requests'), ('down', 'unavailable'), ('down', 'maintenance'),
    -- Spanish
    ('cuenta bloqueada', 'locked'), ('cuenta bloqueada', 'locked account'), ('bloqueada', 'locked'),
    ('contraseña', 'syncfy 401'), ('contraseña', 'invalid username or password'),
    ('contraseña incorrecta', 'syncfy 401'), ('contraseña incorrecta', 'invalid username or password'),
    ('sesión expirada', 'token expired'), ('sesión caducada', 'token expired'), ('tiempo agotado', 'timeout'),
    ('en mantenimiento', 'under maintenance'), ('no disponible', 'unavailable'),
    -- Portuguese
    ('conta bloqueada', 'locked'), ('conta bloqueada', 'locked account'), ('senha', 'syncfy 401'), ('senha', 'invalid username or password'),
    ('senha incorreta', 'syncfy 401'), ('senha incorreta', 'invalid username or password'),
    ('sessão expirada', 'token expired'), ('tempo esgotado', 'timeout'), ('em manutenção', 'under maintenance'), ('indisponível', 'unavailable');

-- The codes that a search may mean, the best first; scores are between 0 and 1. A provider's name narrows the search to it.
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
typed AS (
    SELECT status_code_words(left(search, 1000)) AS words
),
-- what to look for: what was typed, and the same with each synonym in it
phrasing AS (
    SELECT words, 1.0 AS worth FROM typed
    UNION
    SELECT btrim(replace(' ' || t.words || ' ', ' ' || p.phrase || ' ', ' ' || status_code_words(s.means) || ' ')), 0.85
    FROM typed AS t, status_code_synonyms AS s, LATERAL (SELECT status_code_words(s.phrase)) AS p (phrase)
    WHERE ' ' || t.words || ' ' LIKE '% ' || p.phrase || ' %'
),
-- without the providers that it names
wanted AS MATERIALIZED (
    SELECT row_number() OVER () AS id, p.worth, n.providers, r.words
    FROM phrasing AS p,
         LATERAL (SELECT ARRAY(SELECT DISTINCT c.provider FROM code AS c WHERE c.provider = ANY (string_to_array(p.words, ' ')))) AS n (providers),
         LATERAL (SELECT COALESCE(string_agg(w, ' ' ORDER BY n), '')
                  FROM unnest(string_to_array(p.words, ' ')) WITH ORDINALITY AS u (w, n) WHERE w <> ALL (n.providers)) AS r (words)
    WHERE p.words <> ''
),
-- each word, and how much it says: little, that something is an error
word AS MATERIALIZED (
    SELECT w.id, u.word,
           CASE WHEN u.word IN ('a', 'an', 'and', 'at', 'be', 'by', 'for', 'in', 'is', 'it', 'of', 'on', 'or', 'the', 'to', 'was', 'with', 'your') THEN 0.05
                WHEN u.word IN ('code', 'error', 'errors', 'failed', 'failure', 'job', 'status', 'user') THEN 0.2
                ELSE 1.0 END AS weight
    FROM wanted AS w, unnest(string_to_array(w.words, ' ')) AS u (word)
),
-- how well each word is found in each code: in code, name and title also if it is misspelled, but for numbers
found AS (
    SELECT c.status, w.word, CASE
               WHEN w.word !~ '[0-9]' THEN greatest(word_similarity(w.word, c.head) ^ 1.5, CASE WHEN position(' ' || w.word IN c.body) > 0 THEN 0.7 ELSE 0 END)
               WHEN c.code = w.word THEN 1
               WHEN c.code LIKE w.word || '%' THEN 0.6
               WHEN (c.head || c.body) ~* ('\y' || w.word || '\y') THEN 0.5
               ELSE 0 END AS share
    FROM code AS c, (SELECT DISTINCT word FROM word) AS w
),
-- and how near the search as a whole is to the code, its name or its title
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
