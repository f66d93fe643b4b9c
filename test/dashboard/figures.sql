-- What the dashboard has to show for one provider, or for all where the variable "provider" is "%": from the jobs themselves
-- and not by its views, in one line of JSON in the form that page.mjs takes. "choice" is what the reader chooses for that.
SET timezone = 'UTC';
SET client_min_messages = warning;

CREATE FUNCTION pg_temp.figure(bigint) RETURNS text LANGUAGE sql AS $$ SELECT to_char($1, 'FM999,999,990') $$;
CREATE FUNCTION pg_temp.percent(numeric) RETURNS text LANGUAGE sql AS $$ SELECT to_char(round(100 * $1, 1), 'FM990.0') || '%' $$;
CREATE FUNCTION pg_temp.minute(timestamptz) RETURNS text LANGUAGE sql AS $$ SELECT to_char($1, 'FMDD Mon HH24:MI') $$;
CREATE FUNCTION pg_temp.day(date) RETURNS text LANGUAGE sql AS $$ SELECT to_char($1, 'FMDD Mon') $$;
CREATE FUNCTION pg_temp.wait(interval) RETURNS text LANGUAGE sql AS $$
	SELECT CASE WHEN $1 >= interval '48 hours' THEN extract(day FROM justify_hours($1)) || ' days'
		ELSE floor(extract(epoch FROM $1) / 3600) || ' h' END
$$;
-- What a reader sees of a difference: an arrow for its direction.
CREATE FUNCTION pg_temp.difference(numeric, text) RETURNS text LANGUAGE sql AS $$
	SELECT CASE WHEN $1 > 0 THEN '▲ ' WHEN $1 < 0 THEN '▼ ' ELSE '– ' END || to_char($1, $2)
$$;
CREATE FUNCTION pg_temp.meaning(status_code) RETURNS text LANGUAGE sql AS $$
	SELECT label FROM status_codes WHERE status = $1::text UNION ALL
	SELECT code_value($1) WHERE NOT EXISTS (SELECT FROM status_codes WHERE status = $1::text)
$$;

CREATE TEMP TABLE words AS SELECT * FROM dashboard_words; -- what people read is as the page of views says
CREATE FUNCTION pg_temp.words(kind text, label text) RETURNS text LANGUAGE sql AS $$
	SELECT coalesce((SELECT w.words FROM words AS w WHERE w.kind = $1 AND w.label = $2), $2)
$$;

CREATE TEMP TABLE jobs AS
SELECT *, started_at::date AS day, started_at::date > newest::date - 28 AS is_new, code_provider(status) AS provider
FROM sync_jobs, (SELECT max(coalesce(ended_at, started_at)) AS newest FROM sync_jobs) AS n
WHERE started_at::date > newest::date - 56;
CREATE TEMP VIEW chosen AS SELECT * FROM jobs WHERE provider LIKE :'provider';

CREATE TEMP VIEW by_provider AS
SELECT pg_temp.words('provider', provider) AS name, count(*) FILTER (WHERE is_new) AS jobs,
	count(*) FILTER (WHERE is_new AND is_error(status)) AS failed,
	count(*) FILTER (WHERE is_new AND is_error(status))::numeric / count(*) FILTER (WHERE is_new) AS share,
	count(*) FILTER (WHERE NOT is_new AND is_error(status))::numeric / count(*) FILTER (WHERE NOT is_new) AS share_before
FROM jobs GROUP BY provider;

CREATE TEMP TABLE total AS
SELECT count(*) FILTER (WHERE is_new) AS jobs, count(*) FILTER (WHERE NOT is_new) AS jobs_before,
	count(*) FILTER (WHERE is_new AND is_error(status)) AS failed, count(*) FILTER (WHERE NOT is_new AND is_error(status)) AS failed_before
FROM chosen;

-- A table shows its first ten rows.
CREATE TEMP VIEW failing_codes AS
SELECT json_build_array(concat_ws(E'\n', pg_temp.meaning(status), pg_temp.words('provider', provider), status),
	pg_temp.figure(count(*) FILTER (WHERE is_new)), pg_temp.figure(count(*) FILTER (WHERE NOT is_new)),
	pg_temp.words('category', code_category(status)::text), pg_temp.words('action', coalesce(code_action(status)::text, 'unknown')),
	coalesce(code_description(status), '-')) AS cells
FROM chosen
WHERE is_error(status)
GROUP BY status, provider
HAVING bool_or(is_new)
ORDER BY count(*) FILTER (WHERE is_new) DESC, status::text COLLATE "C"
LIMIT 10;

CREATE TEMP VIEW newest AS
SELECT * FROM chosen AS j WHERE NOT EXISTS (SELECT FROM jobs AS newer WHERE newer.connection = j.connection AND newer.started_at > j.started_at);

CREATE TEMP VIEW retries AS
SELECT json_build_array(pg_temp.minute(next_try_at), connection, pg_temp.words('provider', provider) || ': ' || pg_temp.meaning(status),
	attempt::text) AS cells, next_try_at
FROM (SELECT *, ended_at + retry_delay(status, attempt) AS next_try_at FROM newest WHERE is_retryable(status)) AS r
ORDER BY next_try_at, id;

CREATE TEMP VIEW waiting AS
SELECT connection, status, provider, newest - since AS waited, since
FROM newest, LATERAL (
	SELECT min(coalesce(ended_at, started_at)) AS since FROM jobs AS j
	WHERE j.connection = newest.connection AND code_action(status) NOT IN ('none', 'wait', 'retry', 'stop')
		AND j.started_at > coalesce((SELECT max(started_at) FROM jobs AS good WHERE good.connection = j.connection AND is_success(status)), '-infinity')
) AS s
WHERE code_action(status) NOT IN ('none', 'wait', 'retry', 'stop');

CREATE TEMP VIEW unknown AS
SELECT status, count(*) AS jobs, min(started_at) AS first_seen, max(started_at) AS last_seen
FROM sync_jobs
WHERE NOT is_known_code(status) AND code_provider(status) LIKE :'provider'
GROUP BY status;

-- Days beyond the usual: the median counts the days without such a failure, too.
CREATE TEMP VIEW incidents AS
SELECT row_number() OVER (ORDER BY min(day), status::text COLLATE "C") AS place, status, min(day) AS first_day, max(day) AS last_day,
	sum(failed) AS jobs, usual
FROM (
	SELECT *, day - dense_rank() OVER (PARTITION BY status ORDER BY day)::integer AS run
	FROM (
		SELECT d.day, s.status, count(c.id) AS failed
		FROM (SELECT DISTINCT day FROM jobs) AS d CROSS JOIN (SELECT DISTINCT status FROM chosen WHERE is_error(status)) AS s
			LEFT JOIN chosen AS c ON c.day = d.day AND c.status = s.status
		GROUP BY d.day, s.status
	) AS f
	JOIN (
		SELECT status, percentile_disc(0.5) WITHIN GROUP (ORDER BY failed) AS usual
		FROM (
			SELECT s.status, (SELECT count(*) FROM jobs AS j WHERE j.day = d.day AND j.status = s.status) AS failed
			FROM (SELECT DISTINCT day FROM jobs) AS d CROSS JOIN (SELECT DISTINCT status FROM chosen WHERE is_error(status)) AS s
		) AS f
		GROUP BY status
	) AS u USING (status)
	WHERE failed >= 5 * (usual + 1)
) AS r
GROUP BY status, run, usual
HAVING max(day) > (SELECT max(day) - 28 FROM jobs);

SELECT json_build_object(
	'choice', CASE :'provider' WHEN '%' THEN 'All providers' ELSE pg_temp.words('provider', :'provider') END,
	'figures', json_build_object(
		'totals', (
			SELECT json_build_array(
				json_build_array('Share of jobs that failed', pg_temp.percent(failed::numeric / jobs),
					pg_temp.difference(round(100.0 * failed / jobs, 1) - round(100.0 * failed_before / jobs_before, 1), 'FM990.0')
						|| ' points against the four weeks before'),
				json_build_array('Jobs that failed', pg_temp.figure(failed),
					pg_temp.difference(failed - failed_before, 'FM999,990') || ' jobs against the four weeks before'),
				json_build_array('Jobs in all', pg_temp.figure(jobs), pg_temp.figure(jobs_before) || ' in the four weeks before'),
				json_build_array('Connections waiting for people', pg_temp.figure((SELECT count(*) FROM waiting)),
					coalesce((SELECT 'the longest for ' || pg_temp.wait(max(waited)) FROM waiting), 'nobody waits')),
				json_build_array('Jobs to be tried again', pg_temp.figure((SELECT count(*) FROM retries)),
					coalesce((SELECT to_char(min(next_try_at), '"the next at "HH24:MI" on "FMDD FMMonth') FROM retries), 'none is due')),
				json_build_array('Codes that nobody has described', pg_temp.figure((SELECT count(*) FROM unknown)),
					(SELECT coalesce(sum(jobs), 0) || ' jobs ended with one' FROM unknown)))
			FROM total),
		'incidents', (
			SELECT coalesce(json_agg(json_build_array(format('%s %s, %s: %s. %s jobs failed with %s, %s.', chr(64 + place::integer),
				CASE WHEN first_day = last_day THEN to_char(first_day, 'FMDD FMMonth')
					ELSE concat_ws(' ', to_char(first_day, CASE extract(month FROM first_day) WHEN extract(month FROM last_day) THEN 'FMDD' ELSE 'FMDD FMMonth' END),
						'to', to_char(last_day, 'FMDD FMMonth')) END,
				pg_temp.words('provider', code_provider(status)), pg_temp.meaning(status), jobs, status,
				CASE usual WHEN 0 THEN 'none' ELSE usual::text END || ' on a usual day')) ORDER BY place),
				'[["Nothing: no code failed more often than usual."]]')
			FROM incidents),
		'failed_by_day', (
			SELECT json_agg(json_build_array(cause, pg_temp.day(day), failed::text) ORDER BY cause COLLATE "C", day)
			FROM (SELECT day, pg_temp.words('category', code_category(status)::text) AS cause, count(*) AS failed
				FROM chosen WHERE is_new AND is_error(status) GROUP BY 1, 2) AS d),
		'rate_by_day', (
			SELECT json_agg(json_build_array('Share', pg_temp.day(day), trim_scale(round(share, 6))::text) ORDER BY day)
			FROM (SELECT day, count(*) FILTER (WHERE is_error(status))::numeric / count(*) AS share FROM chosen WHERE is_new GROUP BY 1) AS d
			WHERE share > 0),
		'rate_before', (SELECT json_build_array(json_build_array(
			format('the four weeks before: %s %%', to_char(100.0 * failed_before / jobs_before, 'FM990.0')))) FROM total),
		'marks', (
			SELECT coalesce(json_agg(json_build_array(chr(64 + place::integer), pg_temp.day(day), failed::text) ORDER BY place), '[]')
			FROM incidents, LATERAL (
				SELECT day, count(*) AS failed FROM chosen
				WHERE day BETWEEN first_day AND last_day AND is_error(status)
				GROUP BY day ORDER BY count(*) DESC, day LIMIT 1) AS peak),
		'providers', (
			SELECT json_agg(json_build_array(name, pg_temp.figure(jobs), pg_temp.figure(failed), pg_temp.percent(share), pg_temp.percent(share_before),
				to_char(round(100 * share, 1) - round(100 * share_before, 1), 'FM990.0')
					|| CASE sign(round(100 * share, 1) - round(100 * share_before, 1)) WHEN 1 THEN ' ▲' WHEN -1 THEN ' ▼' ELSE ' –' END)
				ORDER BY round(100 * share, 1) DESC, name)
			FROM by_provider),
		'failing_codes', (SELECT json_agg(cells) FROM failing_codes),
		'waiting_for_people', (
			SELECT coalesce(json_agg(json_build_array(connection, pg_temp.wait(waited), pg_temp.words('provider', provider) || ': ' || pg_temp.meaning(status),
				pg_temp.words('action', code_action(status)::text)) ORDER BY since, connection COLLATE "C"), '[]')
			FROM (SELECT * FROM waiting ORDER BY since, connection COLLATE "C" LIMIT 10) AS w),
		'retries', (SELECT coalesce(json_agg(cells), '[]') FROM (SELECT cells FROM retries LIMIT 10) AS r),
		'unknown_codes', (
			SELECT coalesce(json_agg(json_build_array(status, pg_temp.figure(jobs), pg_temp.minute(first_seen), pg_temp.minute(last_seen))
				ORDER BY jobs DESC, status::text COLLATE "C"), '[]')
			FROM unknown),
		'period', (
			SELECT json_build_array(json_build_array(format('Four weeks, from %s to %s, compared with the four before, from %s to %s. As of %s, the newest time in the data. All days and times are UTC.',
				to_char(newest - interval '27 days', 'FMDD FMMonth'), to_char(newest, 'FMDD FMMonth YYYY'),
				to_char(newest - interval '55 days', 'FMDD FMMonth'), to_char(newest - interval '28 days', 'FMDD FMMonth'),
				to_char(newest, 'FMDD FMMonth YYYY, HH24:MI'))))
			FROM jobs LIMIT 1)));
