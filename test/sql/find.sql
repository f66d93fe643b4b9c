--
-- find: find_status_codes(), what a person types and what it finds
--
-- The catalog grows, and a code that comes later may stand before the one that a search of these finds first. So
-- the searches over the catalog ask for a code that is found, and with which score; the order of all rows is tested
-- with the codes of a provider that nobody has.
--

-- what the planner takes for granted, and the columns
SELECT provolatile, proisstrict, proparallel, proleakproof, proretset, prorows, pg_get_function_result(oid) AS result
FROM pg_proc WHERE proname = 'find_status_codes';


--
-- What a support engineer types
--
CREATE TEMP TABLE typed (search text, status status_code, score real);
INSERT INTO typed VALUES
    -- a code, written in whatever way
    ('syncfy:401', 'syncfy:401', 1), ('Syncfy 401', 'syncfy:401', 1), ('401 syncfy', 'syncfy:401', 1),
    ('401', 'syncfy:401', 1), ('401', 'foundry:401', 1), (E'\tsyncfy-401\n', 'syncfy:401', 1),
    ('basiq:invalid-credentials', 'basiq:invalid-credentials', 1),
    ('invalid_credentials', 'basiq:invalid-credentials', 1),
    ('Invalid Credentials', 'basiq:invalid-credentials', 1),
    ('Invalid Credentials', 'basiq:invalid-credentials/locked-account', 0.8),
    ('Invalid Credentials', 'basiq:invalid-credentials/multi-factor-authentication', 0.8),
    ('basiq/invalid credentials/locked account', 'basiq:invalid-credentials/locked-account', 1),
    -- with words that only say what it is
    ('error 401', 'syncfy:401', 1), ('Error code 405!', 'syncfy:405', 1), ('syncfy error 501', 'syncfy:501', 1),
    ('HTTP status 404', 'http:404', 1), ('status: invalid credentials', 'basiq:invalid-credentials', 1), ('error lockd', 'syncfy:405', 0.24),
    ('error: technical contact', 'syncfy:501', 0.4), ('unknown error', 'basiq:unknown-error', 1), ('syncfy error', 'syncfy:500', 1),
    -- a variant
    ('locked account', 'basiq:invalid-credentials/locked-account', 0.9),
    ('locked', 'basiq:invalid-credentials/locked-account', 0.7),
    ('token expired', 'basiq:access-denied/token-expired', 0.9),
    ('basiq token expired', 'basiq:access-denied/token-expired', 0.9),
    -- a name, with its words apart, together, or as the provider writes it
    ('Locked', 'syncfy:405', 1), ('LOCKED!', 'syncfy:405', 1),
    ('UserAction', 'syncfy:408', 1), ('user action', 'syncfy:408', 1), ('useraction', 'syncfy:408', 1),
    ('twofa timeout', 'syncfy:411', 1), ('TWOFA-TIMEOUT', 'syncfy:411', 1),
    ('undergoing maintenance', 'syncfy:509', 1), ('UndergoingMaintenance', 'syncfy:509', 1),
    ('wrongsite', 'syncfy:409', 1), ('internal server error', 'foundry:500', 1),
    ('pending', 'syncfy:201', 1), ('pending', 'syncfy:205', 1),
    -- a title
    ('Invalid Credentials', 'foundry:401', 0.9), ('endpoint not found', 'foundry:404', 0.9),
    -- the beginning
    ('too many', 'basiq:too-many-requests', 0.8), ('too many', 'basiq:request-not-valid/too-many-requests', 0.7),
    ('undergo', 'syncfy:509', 0.8), ('login', 'syncfy:413', 0.8), ('log in', 'syncfy:413', 0.8),
    ('syncfy 40', 'syncfy:401', 0.8), ('syncfy', 'syncfy:100', 0.8), ('endpoint', 'foundry:404', 0.7),
    -- something further on
    ('maintenance', 'syncfy:509', 0.6), ('connection timeout', 'syncfy:504', 1), ('timeout', 'syncfy:504', 0.6),
    ('time out', 'syncfy:504', 0.6), ('expired', 'basiq:access-denied/token-expired', 0.6),
    -- a piece of the description, as it stands there
    ('15 minutes', 'syncfy:501', 0.5), ('contact technical support', 'syncfy:501', 0.5), ('MFA', 'syncfy:411', 0.5),
    ('logged in to your institution', 'syncfy:406', 0.5), ('institution is under maint', 'syncfy:509', 0.5),
    ('institution''s side', 'basiq:maintenance-error', 0.5),
    -- what the end user was shown
    ('your bank has locked your access', 'syncfy:405', 0.5), ('bloqueó tu acceso', 'syncfy:405', 0.5),
    ('bloqueo tu acceso', 'syncfy:405', 0.187), ('contrasena', 'basiq:invalid-credentials/invalid-username-or-password', 0.18),
    -- words from here and there
    ('problem 501', 'syncfy:501', 0.4), ('technical contact', 'syncfy:501', 0.4), ('email sandbox', 'basiq:no-production-access', 0.4),
    ('device conflict', 'syncfy:406', 0.4), ('invalid authoriz token', 'basiq:invalid-authorization-token', 0.4),
    ('syncfy wait minutes', 'syncfy:501', 0.4),
    -- misspelled: one letter of four at most, and the fewer the better
    ('lockd', 'syncfy:405', 0.24), ('lokced', 'syncfy:405', 0.25), ('unauthorised', 'syncfy:401', 0.275),
    ('conection timout', 'syncfy:504', 0.26), ('lockd acount', 'basiq:invalid-credentials/locked-account', 0.246),
    ('intrenal sever eror', 'foundry:500', 0.23), ('syncfy lockd', 'syncfy:405', 0.24),
    ('sycnfy 401', 'syncfy:401', 0.178), ('basiq invalid authorization tokn', 'basiq:invalid-authorization-token', 0.288),
    ('institutoin maintenence', 'syncfy:509', 0.182);
-- All are found. Another text of a code may come and have a search as it stands, which is worth 0.5: no rows.
SELECT t.*, f.score AS got
FROM typed t LEFT JOIN LATERAL find_status_codes(t.search) f ON f.status = t.status
WHERE f.score IS NULL OR f.score < t.score OR f.score > t.score AND t.score > 0.5;

-- No catalog to come has a better answer to these: their first rows.
SELECT v.search, f.status, f.score
FROM unnest(ARRAY['syncfy 401', 'Invalid Credentials', 'UserAction', 'twofa timeout', 'Undergoing Maintenance', 'basiq token expired',
                  'syncfy locked', 'syncfy lockd', 'lockd acount', 'foundry unauthorised', 'syncfy error 501', 'unknown error']) WITH ORDINALITY AS v (search, n),
    LATERAL (SELECT * FROM find_status_codes(v.search) LIMIT 1) f
ORDER BY n;

-- what isn't near enough, or stands for something else
CREATE TEMP TABLE not_meant (search text, status status_code);
INSERT INTO not_meant VALUES
    ('402', 'syncfy:401'), ('syncfy 402', 'syncfy:401'), ('01', 'syncfy:501'),
    ('minutes 1', 'syncfy:501'), ('institution 50', 'syncfy:501'), -- a number beside other words is the whole number
    ('basiq 401', 'syncfy:401'), ('syncfy 401', 'foundry:401'), ('syncfy maintenance', 'basiq:maintenance-error'),
    ('error 501', 'syncfy:500'), ('syncfy error 404', 'http:404'), ('error code', 'syncfy:501'), ('errors 501', 'syncfy:501'),
    ('lcked ccount', 'syncfy:405'),             -- both words are wanted
    ('lokd', 'syncfy:405'), ('lokcad', 'syncfy:405'), ('loqqed', 'syncfy:405'), ('lokkced', 'syncfy:405'),
    ('cked', 'syncfy:405'), ('tenance', 'syncfy:509'), ('meout', 'syncfy:504'), -- from within a word
    ('notval', 'basiq:request-not-valid'), ('re questno', 'basiq:request-not-valid'), ('undermaint', 'syncfy:509'),
    ('theinstitu', 'syncfy:509');               -- parts of two words
-- no rows
SELECT n.*, f.score
FROM not_meant n, find_status_codes(n.search) f
WHERE f.status = n.status;


--
-- Every code that is known is found by each text about it, in whatever spelling
--
CREATE TEMP TABLE code AS
SELECT s AS status, code_provider(s) AS provider, code_value(s) AS value, code_variant(s) AS variant, code_name(s) AS name,
    code_title(s) AS title, code_description(s) AS description
FROM builtin_status_codes() AS s;
CREATE TEMP TABLE provider AS SELECT string_agg(DISTINCT provider, '|') AS names FROM code;
CREATE TEMP TABLE spelling AS
SELECT c.status, s.typed AS text, m.typed, s.least
FROM provider p, (SELECT *, row_number() OVER (ORDER BY status) AS n FROM code) c
    CROSS JOIN LATERAL (VALUES
        (1, c.status::text, 1.0::real), (2, concat_ws('/', c.value, c.variant), 1.0), (3, c.variant, 0.9), (4, c.name, 1.0),
        (5, c.title, 0.9), (6, c.description, 0.5), (7, code_user_message(c.status), 0.5),
        (8, code_user_message(c.status, 'es'), 0.5)) AS s (n, typed, least)
    CROSS JOIN LATERAL (VALUES
        (0, s.typed), (1, upper(s.typed COLLATE "C")), (2, lower(s.typed COLLATE "C")), (3, translate(s.typed, ' -', '-_')), (4, '  ' || s.typed || '?'),
        (5, regexp_replace(s.typed, '[ -/:-@[-`{-~]', '', 'g')),
        (6, CASE WHEN s.typed !~* p.names THEN c.provider || ' ' || s.typed END),
        (7, CASE WHEN s.typed !~* p.names THEN s.typed || ' (' || upper(c.provider) || ')' END)) AS m (n, typed)
WHERE m.typed IS NOT NULL AND (c.n * 7 + s.n * 3) % 16 = m.n; -- of so many texts, a sample of each kind is enough
SELECT count(*) > 100 AND count(DISTINCT least) = 3 AS enough FROM spelling;
-- no rows
SELECT s.*, f.score FROM spelling s LEFT JOIN LATERAL find_status_codes(s.typed) f ON f.status = s.status
WHERE f.score IS NULL OR f.score < s.least;

-- The words of title and description in another order. No rows.
SELECT s.typed, f.score
FROM provider p, code c
    CROSS JOIN LATERAL (SELECT string_agg(word, ' ' ORDER BY n DESC) AS typed
                        FROM regexp_split_to_table(concat(c.title, ' ', c.description), '[^[:alnum:]]+') WITH ORDINALITY AS w (word, n)) s
    LEFT JOIN LATERAL find_status_codes(s.typed) f ON f.status = c.status
WHERE s.typed ~ '[[:alnum:]]' AND s.typed !~* p.names AND (f.score IS NULL OR f.score < 0.4);
-- Every name, title and variant with one letter too many, missing, wrong or swapped with the next one. No rows.
SELECT s.typed, c.status, f.score
FROM (SELECT *, row_number() OVER (ORDER BY status) AS n FROM code) c
    CROSS JOIN LATERAL unnest(ARRAY[c.name, c.title, c.variant]) AS t (text)
    CROSS JOIN LATERAL (VALUES
        (0, overlay(t.text placing '' from 3 for 1)), (1, overlay(t.text placing 'q' from 2 for 1)), (2, overlay(t.text placing 'q' from 3 for 0)),
        (3, overlay(t.text placing reverse(substr(t.text, 2, 2)) from 2 for 2))) AS s (n, typed)
    LEFT JOIN LATERAL find_status_codes(s.typed) f ON f.status = c.status
WHERE c.n % 8 = s.n AND length(regexp_replace(t.text, '[^[:alpha:]]', '', 'g')) >= 5 AND t.text !~ '[0-9]' AND (f.score IS NULL OR f.score < 0.22);

-- What all searches have in common: scores, best first; equal ones in the order of the codes; no code twice; and the
-- texts are those that the functions give. No rows.
CREATE FUNCTION pg_temp.wrong(search text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    f record;
    last_status status_code;
    last_score real := 1;
    seen status_code[] := '{}';
BEGIN
    FOR f IN SELECT * FROM find_status_codes(search) LOOP
        IF f.score <= 0 OR f.score > last_score OR f.score = last_score AND f.status <= last_status OR f.status = ANY (seen)
            OR f.score <> round(f.score::numeric, 3)::real OR NOT is_known_code(f.status)
            OR (f.name, f.title, f.description)
                IS DISTINCT FROM (code_name(f.status), code_title(f.status), code_description(f.status))
        THEN
            RETURN f::text;
        END IF;
        last_status := f.status;
        last_score := f.score;
        seen := seen || f.status;
    END LOOP;
    RETURN NULL;
END $$;
CREATE TEMP TABLE search AS
SELECT search FROM typed
UNION SELECT left(search, length(search) / 2) FROM typed
UNION SELECT search FROM not_meant
UNION SELECT regexp_split_to_table(concat_ws(' ', variant, name), '[^[:alnum:]]+') FROM code
UNION SELECT unnest('{a,e,in,the,e r r o r,errr,xyzzy,not,0,4,error syncfy basiq,basiq basiq,basiq/x,"%","\\''"}'::text[]);
SELECT count(*) > 200 AS enough FROM search;
SELECT s.search, w FROM search s CROSS JOIN LATERAL pg_temp.wrong(s.search) AS w WHERE w IS NOT NULL;


--
-- The order, with the codes of a provider that nobody has
--
BEGIN;
INSERT INTO status_code_overrides (status, user_message_en, user_message_es) VALUES
    ('zorg:12', 'Your vrax is late.', 'Llega tarde.'), ('zorg:13', 'It is late.', 'Tu vrax llega tarde.');
INSERT INTO status_code_overrides (status, name, title, description) VALUES
    ('zorg:1', 'Vrax', NULL, NULL),
    ('zorg:2', 'Other', 'Vrax', NULL),
    ('zorg:vrax', NULL, 'Other', NULL),
    ('zorg:VRAX', NULL, 'Other', NULL),
    ('zorg:vrax/blip', NULL, 'Other', NULL),
    ('zorg:blip/vrax', NULL, 'Other', NULL),
    ('zorg:blip/vraxish', NULL, 'Other', NULL),
    ('zorg:vrax-two', NULL, 'Other', NULL),
    ('zorg:3', 'VraxThree', NULL, NULL),
    ('zorg:4', NULL, 'Vraxes are many', NULL),
    ('zorg:the-vrax', NULL, 'Other', NULL),
    ('zorg:10', 'TheVrax', NULL, NULL),
    ('zorg:9', 'Other', 'See the vrax', NULL),
    ('zorg:5', 'Other', NULL, 'Nothing but a vrax.'),
    ('zorg:6', 'Other', NULL, 'A vorax, and a (v-rax).'),
    ('zorg:vrox', 'Other', NULL, NULL),
    ('zorg:7', 'Other', NULL, 'vrxa and others'),
    ('zorg:8', 'Other', NULL, 'nothing, as osvrax or vr axis');
SELECT status, score FROM find_status_codes('vrax');
SELECT status, score FROM find_status_codes('zorg vrax');
SELECT status, score FROM find_status_codes('vrax blip');
-- misspelled: fewer errors first, and a whole text before single words
SELECT status, score FROM find_status_codes('vraxthre');
SELECT status, score FROM find_status_codes('vraxtre');
SELECT status, score FROM find_status_codes('the vrxa');
SELECT status, score FROM find_status_codes('zorg the vrxa');
SELECT status, score FROM find_status_codes('zorg vrxx');
SELECT status, score FROM find_status_codes('nothing buut a vrxa');
SELECT status, score FROM find_status_codes('nohting buut vrxa');

-- numbers are what they are
INSERT INTO status_code_overrides (status, description) VALUES ('zorg:e1001', 'After 150 seconds'), ('zorg:e1002', 'After 15 seconds');
SELECT status, score FROM find_status_codes('e1001');
SELECT status, score FROM find_status_codes('zorg e100');
SELECT status, score FROM find_status_codes('seconds 15 after zorg');
SELECT status, score FROM find_status_codes('zorg 1') ORDER BY score DESC, status;

-- A provider beside other words narrows, wherever it stands and however it is written; alone it doesn't.
INSERT INTO status_code_overrides (status, name, description) VALUES
    ('my-bank:plorf', NULL, 'zorg is not in its text form'), ('other:plorf', NULL, 'my bank, zorg and others'),
    ('other:zorg-plorf', 'x', NULL), ('other:fine', 'Zorg', NULL), ('other:zurg', 'See Zorg, plorf!', NULL);
SELECT status, score FROM find_status_codes('plorf');
SELECT status, score FROM find_status_codes('plorf zorg');
SELECT status, score FROM find_status_codes('My Bank: plorf');
SELECT status, score FROM find_status_codes('plorf mybank');
SELECT status, score FROM find_status_codes('plorf my-bank');
SELECT status, score FROM find_status_codes('zorg my-bank');
SELECT status, score FROM find_status_codes('other zorg plorf');
SELECT status, score FROM find_status_codes('see Zorg: plorf');
SELECT status, score FROM find_status_codes('zorg') WHERE code_provider(status) <> 'zorg';
ROLLBACK;
SELECT count(*) FROM find_status_codes('vrax');


--
-- Overrides: their texts are searched, and not those that they hide
--
BEGIN;
SELECT count(*) FROM find_status_codes('wibb');
INSERT INTO status_code_overrides (status, name, title, description, retryable) VALUES
    ('syncfy:501', 'Wibbling', NULL, 'The bank wobbles.', NULL),
    ('basiq:invalid-credentials', NULL, 'Wibbled title', NULL, NULL),
    ('basiq:access-denied', 'Wibb', NULL, NULL, NULL),
    ('syncfy:450', NULL, NULL, 'Wibbles; and nobody knows why.', NULL),
    ('zorg:x', 'Zorgish', NULL, 'Zorg wobbles.', NULL),
    ('zorg:x/wibble', NULL, NULL, NULL, true);
SELECT * FROM find_status_codes('wibb');
SELECT status, score FROM find_status_codes('wobbles');
-- hidden, or still to be seen
SELECT count(*) FROM find_status_codes('unavailable') WHERE status = 'syncfy:501';
SELECT count(*) FROM find_status_codes('15 minutes') WHERE status = 'syncfy:501';
SELECT status, score FROM find_status_codes('syncfy 501');
SELECT count(*) FROM find_status_codes('invalid attribute') WHERE status = 'basiq:invalid-credentials';
SELECT status, score, description FROM find_status_codes('zorgish');
SELECT s.search, w
FROM (SELECT search FROM typed UNION SELECT unnest('{wibb,wobbles,zorg,syncfy 5}'::text[])) s
    CROSS JOIN LATERAL pg_temp.wrong(s.search) AS w
WHERE w IS NOT NULL;
-- as the statement sees them
SAVEPOINT s;
UPDATE status_code_overrides SET name = 'Wubbling' WHERE status = 'syncfy:501';
SELECT status, score FROM find_status_codes('wubbling');
ROLLBACK TO s;
SELECT status, score FROM find_status_codes('wubbling');
DELETE FROM status_code_overrides;
SELECT count(*) FROM find_status_codes('wibb');
SELECT status, score, name FROM find_status_codes('syncfy 501');
ROLLBACK;


--
-- Nothing, too much, and other letters than those of ASCII
--
SELECT s.search, f.* FROM unnest(ARRAY['', ' ', E'\t\n', '-', '???', ':/', NULL, '"', E'\\']) s (search), find_status_codes(s.search) f;

BEGIN;
INSERT INTO status_code_overrides (status, name, description) VALUES
    ('zorg:long', repeat('n', 300), rpad('vrax', 9995, ' x') || ' plorfs, and more plorfs');
-- the most that may be typed, and more
SELECT count(*) FROM find_status_codes(lpad('vrax', 1000));
SELECT count(*) FROM find_status_codes(lpad('vrax', 1001));
SELECT count(*) FROM find_status_codes(repeat('vrax ', 200000));
SELECT count(*) FROM find_status_codes(repeat('vrax', 250000));
SELECT count(*) FROM find_status_codes(repeat(' ', 1000000));
SELECT count(*) FROM find_status_codes(repeat(chr(233), 500000));
SELECT status, score FROM find_status_codes(repeat('vrax ', 200));
SELECT status, score FROM find_status_codes(repeat('vrxa ', 200));
-- words that are longer than the server compares letter by letter
SELECT n, (SELECT score FROM find_status_codes(repeat('n', n) || 'm')) FROM unnest('{254,255,299,900}'::integer[]) n;
SELECT n, (SELECT score FROM find_status_codes(repeat('n', n))) FROM unnest('{240,300,301,1000}'::integer[]) n;
-- the end of a very long text isn't searched
SELECT status, score FROM find_status_codes('zorg plor');
SELECT status, score FROM find_status_codes('zorg plorf');
ROLLBACK;

-- Characters of several bytes are letters, one each; they are compared as they are, and a long text is cut between
-- them. In another encoding there is nothing to be seen: no rows.
BEGIN;
CREATE TEMP TABLE letter AS
SELECT chr(c) AS c, chr(c + 1) AS d FROM unnest(ARRAY[233, 8364, 128512]) c WHERE getdatabaseencoding() = 'UTF8';
INSERT INTO status_code_overrides (status, name, description)
SELECT status_code('zorg', ascii(c)), 'Sesi' || c || 'n caducada', 'x ' || repeat(c, 9000)
FROM letter;
SELECT c, v.search, v.score, f.score
FROM letter
    CROSS JOIN LATERAL (VALUES ('sesi' || c || 'n-CADUCADA', 1.0::real), ('sesi' || c, 0.8), (c || 'n', NULL), ('caduca', 0.6), (c || c, 0.5),
        ('sesi' || d || 'n caducada', 0.279), ('sesin caducada', 0.277), ('sesion caducada', 0.279), ('seson caducada', 0.254),
        (c, 0.5), (d, NULL), (repeat(c, 20) || d, NULL), (repeat(c, 4), 0.5), (d || d || d || d, NULL)) AS v (search, score)
    LEFT JOIN LATERAL find_status_codes(v.search) f ON f.status = status_code('zorg', ascii(c))
WHERE f.score IS DISTINCT FROM v.score;
SELECT n, c FROM letter, generate_series(0, 4) n
WHERE (SELECT count(*) FROM find_status_codes(repeat('q', n) || c)) <> CASE n WHEN 0 THEN 1 ELSE 0 END;
ROLLBACK;

-- Nothing that is typed is an error.
DO $$
DECLARE
    found bigint := 0;
BEGIN
    FOR i IN 1..200 LOOP
        found := found + (
            SELECT count(*)
            FROM find_status_codes((SELECT string_agg(chr(greatest(get_byte(decode(md5(i::text || j / 16), 'hex'), j % 16) % 128, 1)), '')
                                    FROM generate_series(0, i % 60) j)));
    END LOOP;
    IF found < 20 THEN
        RAISE EXCEPTION 'only % found', found;
    END IF;
END $$;


--
-- Where a function of several rows may stand
--
BEGIN;
INSERT INTO status_code_overrides (status, name) VALUES ('zorg:1', 'Vrax'), ('zorg:2', 'Plorf'), ('zorg:3', 'Vraxes');
CREATE TEMP TABLE asked (id integer, search text);
INSERT INTO asked VALUES (1, 'vrax'), (2, NULL), (3, 'plorf'), (4, '');
SELECT id, f.* FROM asked LEFT JOIN LATERAL find_status_codes(search) f ON true ORDER BY id, f.score DESC;
SELECT id, find_status_codes(search) FROM asked ORDER BY id;
SELECT id, (find_status_codes(search)).status FROM asked ORDER BY id;
SELECT id, (SELECT f.status FROM find_status_codes(asked.search) f LIMIT 1) AS best FROM asked ORDER BY id;
SELECT f.status, n FROM find_status_codes('vrax') WITH ORDINALITY AS f (status, score, name, title, description, n);
SELECT f.score, c.name, c.source FROM find_status_codes(search => 'vrax') f JOIN status_codes c ON f.status = c.status ORDER BY f.score DESC;
-- a cursor goes on with what it has found
DECLARE found CURSOR FOR SELECT status FROM find_status_codes('vrax');
FETCH 1 FROM found;
UPDATE status_code_overrides SET name = 'Plorf' WHERE status = 'zorg:3';
FETCH 2 FROM found;
CLOSE found;
PREPARE find (text) AS SELECT status FROM find_status_codes($1);
EXECUTE find('plorf');
UPDATE status_code_overrides SET name = 'Vrax' WHERE status = 'zorg:2';
EXECUTE find('plorf');
DEALLOCATE find;
ROLLBACK;

-- at once, and not some time after the session's end: later tests may drop the extension
DISCARD TEMP;
