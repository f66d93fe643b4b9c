-- override_review.sql: the view status_code_override_review, which compares overrides with the catalog
BEGIN;
INSERT INTO status_code_overrides (status, name, category, retry_after, retryable) VALUES
    ('syncfy:501', 'Unavailable', 'connection', '20 min', true),
    ('syncfy:500', NULL, 'server', '900 s', NULL),
    ('syncfy:450', 'Paused', 'server', NULL, true),
    ('acme:boom', NULL, NULL, '1 day', NULL);
INSERT INTO status_code_overrides (status, retry_after, title) VALUES
    ('basiq:request-not-valid/too-many-requests', '300 s', 'Request not valid (403)');
SELECT * FROM status_code_override_review ORDER BY status, column_name COLLATE "C";

-- The catalog does not contradict itself: a row that repeats the attributes of a code has no warning.
SAVEPOINT repeated;
DELETE FROM status_code_overrides;
INSERT INTO status_code_overrides (status, name, category, action, retryable, retry_after, terminal)
SELECT status, 'x', builtin_code_category(status), builtin_code_action(status), builtin_is_retryable(status),
    builtin_code_retry_after(status), builtin_is_terminal(status)
FROM builtin_status_codes() AS c (status);
SELECT count(DISTINCT status) = (SELECT count(*) FROM builtin_status_codes()) AS every_code FROM status_code_override_review;
SELECT status, warning FROM status_code_override_review WHERE warning IS NOT NULL;
ROLLBACK TO repeated;

-- Contradictions, within a row and with what it takes from the catalog; and possible misspellings.
SAVEPOINT contradictions;
DELETE FROM status_code_overrides;
INSERT INTO status_code_overrides (status, category, action, retryable, retry_after, terminal) VALUES
    ('syncfy:401', NULL, NULL, true, NULL, NULL),               -- of which the catalog says ask_user
    ('syncfy:403', NULL, 'stop', true, NULL, NULL),
    ('syncfy:405', NULL, 'none', true, '1 hour', NULL),
    ('syncfy:406', NULL, 'retry', NULL, NULL, NULL),            -- of which it says that it is not retryable
    ('syncfy:408', NULL, NULL, NULL, '1 hour', NULL),
    ('syncfy:501', NULL, NULL, false, '1 hour', NULL),
    ('syncfy:500', NULL, 'contact_provider', NULL, NULL, NULL), -- of which it says that it is
    ('syncfy:102', NULL, NULL, NULL, NULL, true),
    ('syncfy:200', NULL, NULL, NULL, NULL, false),
    ('syncfy:201', NULL, NULL, true, NULL, NULL),
    ('syncfy:504', 'progress', NULL, NULL, NULL, NULL),
    ('syncfy:509', NULL, NULL, NULL, '1 day', NULL),            -- these are in order
    ('syncfy:101', NULL, 'wait', true, '1 minute', NULL),
    ('basiq:access-denied', NULL, 'renew_token', false, NULL, true),
    ('acme:one', 'server', 'retry', true, '1 hour', true),
    ('acme:two', 'server', 'retry', true, NULL, true),
    ('sincfy:401', 'server', 'retry', true, NULL, true),        -- misspelled
    ('basiq:Maintenance', 'server', 'retry', true, NULL, true),
    ('lonely:one', NULL, 'retry', NULL, '1 hour', NULL),
    ('acme:three', 'server', 'retry', NULL, NULL, true),        -- retryable forgotten
    ('syncfy:450', NULL, 'ask_user', false, NULL, NULL);        -- new, and in order
SELECT status, string_agg(DISTINCT warning, ' and ') AS warning, count(DISTINCT warning) < 2 AS one, count(warning) IN (0, count(*)) AS all_columns
FROM status_code_override_review GROUP BY status ORDER BY status COLLATE "C";
-- the row of a variant is completed by that of its base
INSERT INTO status_code_overrides (status, action) VALUES ('basiq:invalid-credentials', 'retry');
INSERT INTO status_code_overrides (status, retryable) VALUES ('basiq:invalid-credentials/new', true), ('basiq:invalid-credentials/locked-account', true);
SELECT DISTINCT status, warning FROM status_code_override_review WHERE status ~ 'invalid-cred' ORDER BY status;
ROLLBACK TO contradictions;

-- "review" is where a row for another version of the catalog differs from it
ALTER TABLE status_code_overrides DISABLE TRIGGER status_code_overrides_stamp;
UPDATE status_code_overrides SET catalog_version = '0.9' WHERE status = 'syncfy:501';
ALTER TABLE status_code_overrides ENABLE TRIGGER status_code_overrides_stamp;
SELECT column_name, verdict FROM status_code_override_review WHERE status = 'syncfy:501' ORDER BY column_name COLLATE "C";

-- until any UPDATE of the row
UPDATE status_code_overrides SET note = 'still so' WHERE status = 'syncfy:501';
SELECT column_name, verdict FROM status_code_override_review WHERE status = 'syncfy:501' ORDER BY column_name COLLATE "C";

-- a message is compared with that in exactly the same language
INSERT INTO status_code_overrides (status, user_messages)
SELECT 'syncfy:405', jsonb_build_object('en', 'Call your bank.', 'es', builtin_code_user_message('syncfy:405', 'es'),
    'es-MX', builtin_code_user_message('syncfy:405', 'es'), 'fr', 'Appelez votre banque.');
SELECT column_name, language, builtin_value, verdict FROM status_code_override_review WHERE status = 'syncfy:405'
ORDER BY column_name COLLATE "C", language COLLATE "C";

-- every column of a row is reviewed: no rows
UPDATE status_code_overrides
SET title = 'x', description = 'x', action = 'stop', terminal = false, deprecated = true,
    user_messages = '{"en": "x"}'
WHERE status = 'syncfy:501';
SELECT attname FROM pg_attribute
WHERE attrelid = 'status_code_overrides'::regclass AND attnum > 0
  AND attname NOT IN ('status', 'note', 'updated_at', 'updated_by', 'catalog_version')
EXCEPT
SELECT column_name FROM status_code_override_review WHERE status = 'syncfy:501';
ROLLBACK;
