--
-- jobs.sql: the several codes that one job reports
--

--
-- status_can_follow
--

-- the stages of a Syncfy job, and its ends: each code after each other one
SELECT o AS old,
    string_agg(CASE status_can_follow(o, n) WHEN true THEN 'yes' WHEN false THEN 'no' ELSE '-' END, ' ' ORDER BY n) AS "100 101 102 103 200 401 408 410 501"
FROM unnest('{syncfy:100,syncfy:101,syncfy:102,syncfy:103,syncfy:200,syncfy:401,syncfy:408,syncfy:410,syncfy:501}'::status_code[]) o,
    unnest('{syncfy:100,syncfy:101,syncfy:102,syncfy:103,syncfy:200,syncfy:401,syncfy:408,syncfy:410,syncfy:501}'::status_code[]) n
GROUP BY o ORDER BY o;
-- of Basiq's
SELECT o AS old, n AS new, status_can_follow(o, n)
FROM unnest('{basiq:pending,basiq:in-progress,basiq:success,basiq:failed,basiq:invalid-credentials/locked-account}'::status_code[]) o,
    unnest('{basiq:pending,basiq:in-progress,basiq:success,basiq:invalid-credentials/locked-account,basiq:no-such-slug}'::status_code[]) n
ORDER BY o, n;
-- unknown codes, and codes of another provider
SELECT o AS old, n AS new, status_can_follow(o::status_code, n::status_code)
FROM (VALUES ('syncfy:102', 'syncfy:450'), ('syncfy:102', 'syncfy:104'), ('syncfy:104', 'syncfy:102'), ('syncfy:450', 'syncfy:102'), ('syncfy:104', 'syncfy:200'),
             ('syncfy:102', 'syncfy:1000'), ('syncfy:1000', 'syncfy:200'), ('basiq:no-such-slug', 'basiq:success'),
             ('syncfy:102', 'http:503'), ('syncfy:200', 'http:503'), ('syncfy:102', 'basiq:success'), ('syncfy:102', 'syncfyx:200'),
             ('syncfyx:102', 'syncfy:200'), ('http:100', 'http:200'), ('http:100', 'http:103'), ('http:103', 'http:103')) AS v (o, n);
SELECT status_can_follow(NULL, 'syncfy:200') IS NULL AS no_old, status_can_follow('syncfy:100', NULL) IS NULL AS no_new;

-- the vendor's example of a job's history is in order: no rows
SELECT * FROM (SELECT code, lag(code) OVER (ORDER BY n) AS before
               FROM unnest('{syncfy:100,syncfy:101,syncfy:410,syncfy:102,syncfy:200}'::status_code[]) WITH ORDINALITY AS h (code, n)) h
WHERE NOT status_can_follow(before, code) IS NOT FALSE OR before IS NOT NULL AND status_can_follow(before, code) IS NULL;

-- Rules over all pairs of codes of one provider, and one in twenty of two: no rows
CREATE TEMP TABLE pair AS
SELECT o, n, status_can_follow(o, n) AS follows, builtin_status_can_follow(o, n) AS builtin_follows
FROM builtin_status_codes() AS a (o), builtin_status_codes() AS b (n)
WHERE code_provider(o) = code_provider(n) OR hashtext(concat(o, n)) % 20 = 0;
SELECT count(*) > 150000 AS many, count(*) FILTER (WHERE code_provider(o) <> code_provider(n)) > 50000 AS foreign_too FROM pair;
SELECT rule, o, n FROM pair
    CROSS JOIN LATERAL (VALUES
        ('nothing follows an end', is_terminal(o) AND follows IS DISTINCT FROM false),
        ('what goes on can be reported again', NOT is_terminal(o) AND o = n AND follows IS DISTINCT FROM true),
        ('what goes on can end', NOT is_terminal(o) AND is_terminal(n) AND code_provider(o) = code_provider(n) AND follows IS DISTINCT FROM true),
        ('nothing is said of two providers', NOT is_terminal(o) AND code_provider(o) <> code_provider(n) AND follows IS NOT NULL),
        ('no two codes exclude each other both ways', o <> n AND NOT is_terminal(o) AND NOT is_terminal(n) AND follows = false
            AND status_can_follow(n, o) IS DISTINCT FROM true),
        ('the twin says the same', builtin_follows IS DISTINCT FROM follows)) AS r (rule, broken)
WHERE broken;

-- overrides decide whether a code ends a job
BEGIN;
INSERT INTO status_code_overrides (status, terminal) VALUES ('syncfy:201', false), ('syncfy:410', true), ('quovo:DONE', true), ('quovo:RUNNING', false), ('syncfyx:200', true);
INSERT INTO status_code_overrides (status, name) VALUES ('syncfy:408/sms', 'of the stage of 408'), ('syncfy:103/sms', 'of the step of 103');
SELECT status_can_follow('syncfy:201', 'syncfy:200') AS goes_on, builtin_status_can_follow('syncfy:201', 'syncfy:200') AS builtin_goes_on,
    status_can_follow('syncfy:410', 'syncfy:102') AS has_ended, status_can_follow('quovo:RUNNING', 'quovo:DONE') AS ends,
    status_can_follow('quovo:DONE', 'quovo:RUNNING') AS late, status_can_follow('quovo:RUNNING', 'quovo:OTHER') IS NULL AS unknown,
    status_can_follow('syncfy:102', 'syncfyx:200') IS NULL AS other_provider, status_can_follow('syncfy:103', 'syncfy:103/sms') IS NULL AS same_step,
    status_can_follow('syncfy:408/sms', 'syncfy:101') AS earlier_stage;
ROLLBACK;

--
-- worst_status
--

-- Codes from the best to the worst, each against each, in both orders: no rows
CREATE TEMP TABLE ranked (rank integer, status status_code);
INSERT INTO ranked VALUES
    (1, 'syncfy:200'), (2, 'syncfy:102'), (3, 'syncfy:410'), (4, 'basiq:no-such-slug'), (5, 'syncfy:501'), (6, 'syncfy:450'),
    (7, 'syncfy:401'), (8, 'basiq:access-denied/token-expired'), (9, 'foundry:400'), (10, 'basiq:no-production-access'), (11, 'syncfy:449');
SELECT a.status, b.status, worse_status(a.status, b.status)
FROM ranked a, ranked b
WHERE worse_status(a.status, b.status) IS DISTINCT FROM CASE WHEN a.rank > b.rank THEN a.status ELSE b.status END;
SELECT rank, status, code_category(status) AS category, code_action(status) AS action, is_terminal(status) AS terminal,
    is_error(status) AS error FROM ranked ORDER BY rank;

-- an unknown action that sorts before a worse one, and one that sorts after a worse one
SELECT worst_status(s) FROM unnest('{foundry:499,syncfy:401}'::status_code[]) s;
-- of equally bad codes the one that sorts first, in either order; the same code twice; no rows; only NULLs
SELECT worst_status(s) FROM unnest('{syncfy:509,syncfy:500,syncfy:504}'::status_code[]) s;
SELECT worst_status(s) FROM unnest('{syncfy:504,syncfy:509,syncfy:500,syncfy:500}'::status_code[]) s;
SELECT worst_status(s) IS NULL AS nothing FROM unnest('{}'::status_code[]) s;
SELECT worst_status(s) IS NULL AS nothing FROM unnest('{NULL,NULL}'::status_code[]) s;
SELECT worst_status(s) FROM unnest('{NULL,syncfy:200,NULL}'::status_code[]) s;
-- the result of pairs and triples of codes does not depend on their order or grouping: no rows
CREATE TEMP TABLE few AS SELECT status FROM builtin_status_codes() AS c (status) WHERE status_code_hash(status) % 24 = 0
    UNION SELECT status FROM ranked;
SELECT a.status, b.status FROM few a, few b WHERE worse_status(a.status, b.status) <> worse_status(b.status, a.status);
SELECT a.status, b.status, c.status FROM few a, few b, few c
WHERE worse_status(worse_status(a.status, b.status), c.status) <> worse_status(a.status, worse_status(b.status, c.status));
-- a job of several steps
SELECT job, worst_status(status) AS status, array_agg(status) AS steps
FROM (VALUES (1, 'basiq:success'::status_code), (1, 'basiq:success'), (2, 'basiq:success'), (2, 'basiq:in-progress'),
             (3, 'basiq:in-progress'), (3, 'basiq:invalid-credentials'), (4, 'basiq:success'), (4, 'basiq:brand-new'),
             (5, 'basiq:service-unavailable'), (5, 'basiq:access-denied')) AS s (job, status)
GROUP BY job ORDER BY job;
-- overrides decide
BEGIN;
INSERT INTO status_code_overrides (status, action) VALUES ('syncfy:401', 'stop');
INSERT INTO status_code_overrides (status, category, action, terminal) VALUES ('basiq:no-such-slug', 'success', 'none', true);
SELECT worst_status(s) FROM unnest('{syncfy:401,foundry:400}'::status_code[]) s;
SELECT worst_status(s) FROM unnest('{syncfy:102,basiq:no-such-slug}'::status_code[]) s;
-- but not for the builtin_ twin
SELECT builtin_worst_status(s) FROM unnest('{syncfy:401,foundry:400}'::status_code[]) s;
SELECT builtin_worst_status(s) FROM unnest('{syncfy:102,basiq:no-such-slug}'::status_code[]) s;
-- errors by the severity of their action, each against each: every action, and the unknown one
CREATE TEMP TABLE by_action ON COMMIT DROP AS
SELECT status_code('zeta', COALESCE(action, 'unknown')) AS status, action::status_action, severity
FROM unnest('{none,wait,retry,NULL,ask_user,renew_token,fix_request,contact_provider,stop}'::text[]) WITH ORDINALITY AS a (action, severity);
INSERT INTO status_code_overrides (status, category, action, terminal) SELECT status, 'server', action, true FROM by_action;
-- no rows
SELECT a.status, b.status FROM by_action a, by_action b
WHERE worse_status(a.status, b.status) <> CASE WHEN a.severity > b.severity THEN a.status ELSE b.status END;
-- a code that does not end a job and has no known action ranks worse than one that waits for the user
INSERT INTO status_code_overrides (status, terminal) VALUES ('zeta:running', false);
SELECT worst_status(s) FROM unnest('{syncfy:410,zeta:running}'::status_code[]) s;
ROLLBACK;

--
-- In parallel
--
CREATE TABLE parallel_jobs (id integer, status status_code) WITH (parallel_workers = 2);
INSERT INTO parallel_jobs
SELECT n, (SELECT array_agg(c ORDER BY c) FROM builtin_status_codes() c)[1 + n % (SELECT count(*) FROM builtin_status_codes())] FROM generate_series(1, 20000) n;
INSERT INTO status_code_overrides (status, category, action, retryable) VALUES ('basiq:empty-file', 'server', 'stop', NULL);
ANALYZE parallel_jobs;
CREATE TEMP TABLE serial AS
SELECT code_provider(status) AS provider, worst_status(status) AS worst FROM parallel_jobs GROUP BY 1;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
EXPLAIN (COSTS OFF) SELECT worst_status(status) FROM parallel_jobs;
-- no rows
SELECT code_provider(status) AS provider, worst_status(status) AS worst FROM parallel_jobs GROUP BY 1
EXCEPT SELECT * FROM serial;
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET min_parallel_table_scan_size;
-- one worker may read all rows; here there are always three partial results to combine: no rows
SET max_parallel_workers_per_gather = 0;
SET enable_partitionwise_aggregate = on;
CREATE TABLE parted_jobs (id integer, status status_code) PARTITION BY RANGE (id);
CREATE TABLE parted_jobs_1 PARTITION OF parted_jobs FOR VALUES FROM (MINVALUE) TO (5000);
CREATE TABLE parted_jobs_2 PARTITION OF parted_jobs FOR VALUES FROM (5000) TO (15000);
CREATE TABLE parted_jobs_3 PARTITION OF parted_jobs FOR VALUES FROM (15000) TO (MAXVALUE);
INSERT INTO parted_jobs SELECT * FROM parallel_jobs;
ANALYZE parted_jobs;
EXPLAIN (COSTS OFF) SELECT worst_status(status) FROM parted_jobs;
SELECT worst_status(status) FROM parted_jobs
EXCEPT SELECT worst_status(status) FROM parallel_jobs;
RESET max_parallel_workers_per_gather;
RESET enable_partitionwise_aggregate;
DROP TABLE parted_jobs;
SELECT count(*) FROM serial;
DROP TABLE parallel_jobs;
DELETE FROM status_code_overrides;

-- now, and not some time after the session has ended: later tests may drop the extension
DISCARD TEMP;
