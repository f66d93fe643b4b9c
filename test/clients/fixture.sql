-- The jobs that every client asks for: of 20,000 four in syncfy:501, a category of its own, so that a plan without an index
-- is a bad one; and one of NULLs. log_jobs is for COPY and for what a client inserts.
CREATE EXTENSION provider_codes;

CREATE TABLE sync_jobs (
    id integer PRIMARY KEY,
    status status_code,
    category status_category,
    action status_action,
    history status_code[]
);
INSERT INTO sync_jobs
SELECT id, status, code_category(status), code_action(status), ARRAY['syncfy:100', status]
FROM generate_series(1, 20000) AS id,
    LATERAL (SELECT status_code(CASE id % 5000 WHEN 1 THEN 'syncfy:501' ELSE 'syncfy:200' END)) AS s (status)
WHERE id <> 3;
INSERT INTO sync_jobs (id) VALUES (3);
CREATE INDEX ON sync_jobs (status);
CREATE INDEX ON sync_jobs (category);
CREATE INDEX ON sync_jobs (action);
CREATE INDEX ON sync_jobs USING gin (history);

CREATE TABLE job_log (id integer, status status_code, category status_category, history status_code[]);

VACUUM ANALYZE;
