-- What is the same on both sides: contents, answers of functions, and counts by index; nothing where an index is right.
SELECT * FROM jobs ORDER BY id;
SELECT * FROM codes ORDER BY status;
SELECT * FROM every_column ORDER BY status, action;
SELECT * FROM keyed ORDER BY status, provider;
SELECT tableoid::regclass, * FROM parts ORDER BY status;
SELECT * FROM histories ORDER BY id;
SELECT status, name, category, action, retryable, user_messages, updated_at, updated_by FROM status_code_overrides ORDER BY status;
SELECT provider_codes_checksum();
SELECT status, code_name(status), code_category(status), is_retryable(status) FROM codes ORDER BY status;
SET enable_seqscan = off;
SELECT n, (SELECT count(*) FROM jobs WHERE jobs.status = c.status), (SELECT count(*) FROM every_column AS e WHERE e.status = c.status) FROM codes AS c ORDER BY status;
SET enable_seqscan = on;
SET enable_indexscan = off;
SET enable_indexonlyscan = off;
SET enable_bitmapscan = off;
SELECT n, (SELECT count(*) FROM jobs WHERE jobs.status = c.status) FROM (SELECT * FROM codes WHERE n < 100) AS c ORDER BY status;
