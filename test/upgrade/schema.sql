--
-- schema.sql: tables of every kind that can hold status codes, filled with the values of test/golden/values.tsv
--
-- Runs in an empty database, as a role that need not be a superuser. Variables: searched (search path, the tables' schema
-- first), ranges (whether to make a range type: a dump names the multirange type with it, which 13 does not know).
--
\set ON_ERROR_STOP on
SET search_path = :searched;

CREATE TABLE golden (
    line serial PRIMARY KEY,
    value text COLLATE "C" NOT NULL UNIQUE,
    image text NOT NULL,
    hash integer NOT NULL,
    hash_0 bigint NOT NULL,
    hash_42 bigint NOT NULL,
    status status_code GENERATED ALWAYS AS (value::status_code) STORED
);
\copy golden (value, image, hash, hash_0, hash_42) FROM 'src/test/golden/values.tsv'
CREATE UNIQUE INDEX ON golden (status);

-- all attributes, and a code that the catalog lacks
INSERT INTO status_code_overrides (status, name, title, description, category, action, retryable, retry_after, terminal,
    deprecated, user_messages, note, updated_at, updated_by)
VALUES
    ('syncfy:401', NULL, NULL, E'corrected, with "quotes", ''apostrophes'', a tab\t, \\ and \u00e9', NULL, NULL, NULL, NULL,
     NULL, NULL, NULL, NULL, '2001-02-03 04:05:06.789+00', 'somebody who left'),
    ('acme:1', 'Busy', 'Too busy', 'try later', 'rate_limit', 'retry', true, '1 mon 2 days 03:04:05.6', false,
     true, '{"es": "ma\u00f1ana", "pt-BR": "amanh\u00e3"}', E'two\nlines', 'infinity', 'a role with "quotes"'),
    ('http:503/variant', NULL, NULL, NULL, 'server', 'stop', false, NULL, true, NULL, NULL, NULL, '2020-01-01', 'x');

-- types over the extension's
CREATE DOMAIN my_code AS status_code CHECK (VALUE <> 'acme:0' AND code_provider(VALUE) <> 'nobody');
CREATE DOMAIN my_codes AS status_code[] CHECK (VALUE <> '{}');
CREATE TYPE pair AS (status status_code, category status_category, actions status_action[]);
\if :ranges
CREATE TYPE code_range AS RANGE (subtype = status_code);
CREATE TABLE spans (id integer PRIMARY KEY, span code_range);
INSERT INTO spans SELECT line, code_range(status, NULL) FROM golden WHERE line % 10 = 0;
CREATE INDEX spans_span ON spans (span);
CREATE INDEX spans_span_gist ON spans USING gist (span);
\endif

-- a table with everything that goes into a table
CREATE TABLE statuses (status status_code PRIMARY KEY, used integer);
INSERT INTO statuses SELECT status, line FROM golden;
CREATE TABLE jobs (
    id integer PRIMARY KEY,
    status status_code NOT NULL DEFAULT 'syncfy:100' REFERENCES statuses ON UPDATE CASCADE,
    history status_code[] CHECK (status = ANY (history)),
    known known_status_code,
    mine my_code DEFAULT 'acme:default',
    codes my_codes,
    latest pair,
    category status_category GENERATED ALWAYS AS (builtin_code_category(status)) STORED,
    action status_action GENERATED ALWAYS AS (builtin_code_action(status)) STORED,
    reported status_code GENERATED ALWAYS AS (status_code_from_json('syncfy', payload)) STORED,
    payload jsonb DEFAULT '[{"code": 100}, {"code": 401}]',
    wanted status_action DEFAULT 'retry',
    expected status_category[] DEFAULT '{mfa,auth}',
    changed integer NOT NULL DEFAULT 0,
    CONSTRAINT jobs_provider CHECK (status NOT LIKE 'nobody:%' AND code_provider(status) <> 'nobody'),
    CONSTRAINT jobs_category CHECK (category IN ('mfa', 'auth') OR category <> 'mfa' OR category IS NULL),
    CONSTRAINT jobs_not_these CHECK (status <> ALL ('{acme:0,acme:00}') AND status <> 'acme:000'::text),
    CONSTRAINT jobs_one_each EXCLUDE USING btree (id WITH =, status WITH =),
    CONSTRAINT jobs_status_id UNIQUE (status, id)
);
INSERT INTO jobs (id, status, history, known, mine, codes, latest)
SELECT line, status, ARRAY[status, NULL, 'acme:1'], CASE WHEN builtin_is_known_code(status) THEN status END, status,
    ARRAY[[status, 'acme:1'], ['acme:2', status]], ROW(status, builtin_code_category(status), ARRAY[builtin_code_action(status)])::pair
FROM golden;
CREATE FUNCTION count_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.changed := OLD.changed + 1; RETURN NEW; END';
CREATE TRIGGER count_change BEFORE UPDATE OF status ON jobs
    FOR EACH ROW WHEN (OLD.status <> NEW.status AND builtin_status_can_follow(OLD.status, NEW.status) IS NOT NULL)
    EXECUTE FUNCTION count_change();
CREATE STATISTICS jobs_statistics (dependencies, ndistinct, mcv) ON status, category, action FROM jobs;
ALTER TABLE jobs ALTER status SET (n_distinct = -0.5, n_distinct_inherited = 7);
ALTER TABLE jobs ENABLE ROW LEVEL SECURITY;
CREATE POLICY not_stopped ON jobs USING (builtin_code_action(status) <> 'stop' OR wanted = 'stop');

-- arrays that are compressed and stored out of line
CREATE TABLE arrays (id integer, codes status_code[], categories status_category[]);
ALTER TABLE arrays ALTER codes SET STORAGE external;
INSERT INTO arrays SELECT 1, array_agg(status ORDER BY line), array_agg(builtin_code_category(status) ORDER BY line) FROM golden;
INSERT INTO arrays SELECT 2, array_agg(status ORDER BY status DESC), '{}' FROM golden;
CREATE TABLE compressed AS TABLE arrays;

-- a table for each index, so that no other index answers for it
CREATE TABLE indexes (name text PRIMARY KEY, definition text, condition text);
INSERT INTO indexes VALUES
    ('btree', '(status)', 'status BETWEEN ''foundry:401'' AND ''plaid:ITEM_LOGIN_REQUIRED'''),
    ('btree_text', '(status)', 'status = ''syncfy:401''::text'),
    ('btree_predicate', '(status)', 'in_category(status, ''mfa'')'),
    ('btree_descending', '(status DESC NULLS LAST, id)', 'status > ''syncfy:2'''),
    ('btree_prefix', '(status)', 'status LIKE ''basiq:%'''),
    ('btree_pattern', '((status::text) text_pattern_ops)', 'status::text LIKE ''basiq:%'''),
    ('btree_composite', '(latest)', 'latest >= ROW(''syncfy:401'', NULL, NULL)::pair'),
    ('btree_array', '(history)', 'history >= ''{syncfy:401}'''),
    ('btree_domain', '(mine)', 'mine = ''http:404'''),
    ('btree_known', '(known)', 'known = ''http:404'''),
    ('btree_category', '(category, status)', 'category = ''auth'' AND status > ''c:1'''),
    ('btree_action', '(action)', 'action > ''retry'''),
    ('btree_expression', '(builtin_code_category(status), builtin_code_name(status))',
     'builtin_code_category(status) = ''user_action'''),
    ('btree_partial', '(id) WHERE builtin_is_retryable(status)', 'builtin_is_retryable(status)'),
    ('btree_include', '(id) INCLUDE (status, category)', 'id < 100'),
    ('hash', 'USING hash (status)', 'status = ''pluggy:001'''),
    ('hash_text', 'USING hash (status)', 'status = ''syncfy:401''::text'),
    ('hash_category', 'USING hash (category)', 'category = ''mfa'''),
    ('hash_action', 'USING hash (action)', 'action = ''ask_user'''),
    ('hash_array', 'USING hash (history)', 'history = ''{http:404,NULL,acme:1}'''),
    ('brin', 'USING brin (status) WITH (pages_per_range = 1)', 'status > ''syncfy:2'''),
    ('gin', 'USING gin (history)', 'history @> ''{http:404}'''),
    ('gin_category', 'USING gin (expected)', 'expected @> ''{mfa}''');
DO $$
DECLARE
    i indexes;
BEGIN
    FOR i IN TABLE indexes LOOP
        EXECUTE format('CREATE TABLE with_%1$s AS SELECT * FROM jobs ORDER BY id; CREATE INDEX index_%1$s ON with_%1$s %2$s',
                       i.name, i.definition);
    END LOOP;
END
$$;

-- partitions
CREATE TABLE listed (id integer, status status_code) PARTITION BY LIST (status);
CREATE TABLE listed_some PARTITION OF listed FOR VALUES IN ('syncfy:401', 'acme:1', 'basiq:access-denied', NULL);
CREATE TABLE listed_others PARTITION OF listed DEFAULT;
CREATE INDEX ON listed (status);
CREATE TABLE hashed (id integer, status status_code NOT NULL, PRIMARY KEY (status, id)) PARTITION BY HASH (status);
CREATE TABLE hashed_0 PARTITION OF hashed FOR VALUES WITH (MODULUS 3, REMAINDER 0);
CREATE TABLE hashed_1 PARTITION OF hashed FOR VALUES WITH (MODULUS 3, REMAINDER 1);
CREATE TABLE hashed_2 PARTITION OF hashed FOR VALUES WITH (MODULUS 3, REMAINDER 2);
CREATE TABLE ranged (id integer, status status_code NOT NULL UNIQUE) PARTITION BY RANGE (status);
CREATE TABLE ranged_low PARTITION OF ranged FOR VALUES FROM (MINVALUE) TO ('foundry:0');
CREATE TABLE ranged_high PARTITION OF ranged FOR VALUES FROM ('foundry:0') TO (MAXVALUE) PARTITION BY HASH (status);
CREATE TABLE ranged_high_0 PARTITION OF ranged_high FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE ranged_high_1 PARTITION OF ranged_high FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE TABLE by_category (id integer, category status_category) PARTITION BY LIST (category);
CREATE TABLE by_category_mfa PARTITION OF by_category FOR VALUES IN ('mfa', 'auth');
CREATE TABLE by_category_others PARTITION OF by_category DEFAULT;
CREATE TABLE by_action (id integer, action status_action) PARTITION BY RANGE (action);
CREATE TABLE by_action_low PARTITION OF by_action FOR VALUES FROM (MINVALUE) TO ('ask_user');
CREATE TABLE by_action_high PARTITION OF by_action FOR VALUES FROM ('ask_user') TO (MAXVALUE);
CREATE TABLE by_action_null PARTITION OF by_action DEFAULT;
CREATE TABLE by_meaning (id integer, status status_code) PARTITION BY LIST (builtin_code_category(status));
CREATE TABLE by_meaning_mfa PARTITION OF by_meaning FOR VALUES IN ('mfa');
CREATE TABLE by_meaning_others PARTITION OF by_meaning DEFAULT;
INSERT INTO listed SELECT line, status FROM golden UNION ALL SELECT -1, NULL UNION ALL SELECT -2, 'acme:1';
INSERT INTO hashed SELECT line, status FROM golden;
INSERT INTO ranged SELECT line, status FROM golden;
INSERT INTO by_category SELECT id, category FROM jobs;
INSERT INTO by_action SELECT id, action FROM jobs;
INSERT INTO by_meaning SELECT line, status FROM golden;

-- a table of a type, inheritance, a foreign key to a partitioned table, an unlogged table
CREATE TABLE pairs OF pair (status PRIMARY KEY);
INSERT INTO pairs SELECT (latest).* FROM jobs;
CREATE TABLE heirs (note text) INHERITS (statuses);
INSERT INTO heirs SELECT status, 0, status::text FROM golden WHERE line % 100 = 0;
CREATE TABLE events (id integer, status status_code REFERENCES ranged (status) ON DELETE SET NULL, job integer,
    code status_code, FOREIGN KEY (code, job) REFERENCES jobs (status, id) ON UPDATE CASCADE ON DELETE CASCADE);
INSERT INTO events SELECT line, status, line, status FROM golden WHERE line % 2 = 0;
CREATE UNLOGGED TABLE unlogged AS SELECT status, line FROM golden;
ALTER TABLE unlogged ADD PRIMARY KEY (status);

-- views, rules and functions
CREATE VIEW descriptions AS
    SELECT id, code_description(status) AS now, builtin_code_description(status) AS built_in, code_category(status) = 'mfa' AS mfa
    FROM jobs WHERE status <> 'syncfy:205' AND NOT has_action(status, 'stop');
CREATE MATERIALIZED VIEW built_in AS SELECT id, status, builtin_code_name(status) AS name, category FROM jobs;
CREATE INDEX ON built_in (status);
CREATE VIEW joined AS
    SELECT j.id, c.description, o.note
    FROM jobs AS j
    LEFT JOIN status_codes AS c ON c.status = j.status::text
    LEFT JOIN status_code_overrides AS o ON o.status = j.status;
CREATE VIEW totals AS
    SELECT code_provider(status) AS provider, worst_status(status) AS worst, min(status) AS least, max(status) AS greatest, count(*)
    FROM jobs GROUP BY code_provider(status);
CREATE RULE forget AS ON DELETE TO pairs WHERE OLD.status = 'http:404' DO INSTEAD NOTHING;
CREATE FUNCTION last_code(jobs) RETURNS status_code LANGUAGE sql IMMUTABLE AS 'SELECT $1.history[1]';

ANALYZE golden, jobs, listed, by_category;
