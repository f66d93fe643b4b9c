-- What the dashboard has to show, from the jobs themselves and not by its views: JSON in the form that page.mjs takes.
SET timezone = 'UTC';

CREATE FUNCTION pg_temp.figure(bigint) RETURNS text LANGUAGE sql AS $$ SELECT to_char($1, 'FM999,999,990') $$;
CREATE FUNCTION pg_temp.minute(timestamptz) RETURNS text LANGUAGE sql AS $$ SELECT to_char($1, 'YYYY-MM-DD HH24:MI') $$;

-- A table shows its first ten rows.
CREATE TEMP VIEW failing_codes AS
SELECT json_build_array(status, pg_temp.figure(count(*)), coalesce(code_category(status)::text, '-'),
    coalesce(code_description(status), '-'), coalesce(code_action(status)::text, '-')) AS cells
FROM sync_jobs
WHERE is_error(status)
GROUP BY status
ORDER BY count(*) DESC, status::text COLLATE "C"
LIMIT 10;

CREATE TEMP VIEW retries AS
SELECT json_build_array(pg_temp.minute(next_try_at), connection, status, attempt::text) AS cells
FROM (
    SELECT *, ended_at + retry_delay(status, attempt) AS next_try_at
    FROM sync_jobs
    WHERE is_retryable(status)
) AS r
ORDER BY next_try_at, id
LIMIT 10;

CREATE TEMP VIEW waiting_for_people AS
SELECT json_build_array(pg_temp.minute(coalesce(ended_at, started_at)), connection, status, code_action(status)) AS cells
FROM sync_jobs AS j
WHERE code_action(status) NOT IN ('none', 'wait', 'retry', 'stop')
    AND NOT EXISTS (SELECT FROM sync_jobs AS newer WHERE newer.connection = j.connection AND newer.started_at > j.started_at)
ORDER BY coalesce(ended_at, started_at), connection COLLATE "C"
LIMIT 10;

CREATE TEMP VIEW unknown_codes AS
SELECT json_build_array(status, pg_temp.figure(count(*)),
    pg_temp.minute(min(started_at)), pg_temp.minute(max(started_at))) AS cells
FROM sync_jobs
WHERE NOT is_known_code(status)
GROUP BY status
ORDER BY count(*) DESC, status::text COLLATE "C"
LIMIT 10;

SELECT json_build_object(
    'totals', (
        SELECT json_build_array(
            json_build_array(pg_temp.figure(count(*))),
            json_build_array(pg_temp.figure(count(*) FILTER (WHERE is_error(status)))),
            json_build_array(pg_temp.figure(count(*) FILTER (WHERE is_retryable(status)))),
            json_build_array(pg_temp.figure(count(*) FILTER (WHERE NOT is_known_code(status)))))
        FROM sync_jobs),
    'failing_codes', (SELECT json_agg(cells) FROM failing_codes),
    'retries', (SELECT json_agg(cells) FROM retries),
    'waiting_for_people', (SELECT json_agg(cells) FROM waiting_for_people),
    'unknown_codes', (SELECT json_agg(cells) FROM unknown_codes));
