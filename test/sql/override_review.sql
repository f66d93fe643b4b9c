-- The view status_code_override_review: what rows of status_code_overrides are still good for.
BEGIN;
INSERT INTO status_code_overrides (status, name, category, retry_after, retryable) VALUES
    ('syncfy:501', 'Unavailable', 'connection', '20 min', true),
    ('syncfy:500', NULL, 'server', '900 s', NULL),
    ('syncfy:450', 'Paused', 'server', NULL, true),
    ('acme:boom', NULL, NULL, '1 day', NULL);
INSERT INTO status_code_overrides (status, retry_after, title) VALUES
    ('basiq:request-not-valid/too-many-requests', '300 s', 'Request not valid (403)');
SELECT * FROM status_code_override_review ORDER BY status, column_name COLLATE "C";

-- a row that was written for another version of the catalog is to be looked at where it differs
ALTER TABLE status_code_overrides DISABLE TRIGGER status_code_overrides_stamp;
UPDATE status_code_overrides SET catalog_version = '0.9' WHERE status = 'syncfy:501';
ALTER TABLE status_code_overrides ENABLE TRIGGER status_code_overrides_stamp;
SELECT column_name, verdict FROM status_code_override_review WHERE status = 'syncfy:501' ORDER BY column_name COLLATE "C";

-- and is settled by any change
UPDATE status_code_overrides SET note = 'still so' WHERE status = 'syncfy:501';
SELECT column_name, verdict FROM status_code_override_review WHERE status = 'syncfy:501' ORDER BY column_name COLLATE "C";

-- a message is compared with that of its very language
INSERT INTO status_code_overrides (status, user_messages)
SELECT 'syncfy:405', jsonb_build_object('en', 'Call your bank.', 'es', builtin_code_user_message('syncfy:405', 'es'),
    'es-MX', builtin_code_user_message('syncfy:405', 'es'), 'fr', 'Appelez votre banque.');
SELECT column_name, language, builtin_value, verdict FROM status_code_override_review WHERE status = 'syncfy:405'
ORDER BY column_name COLLATE "C", language COLLATE "C";

-- every column that a row may give is reviewed: nothing is missing here
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
