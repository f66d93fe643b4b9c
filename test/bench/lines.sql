-- The comparisons whose two sides differ in the query alone. Bounds are those of the design.

-- What a call costs

CALL bench.compare('code_description() over no-op', at_most => 1.10,
    left_statement => 'SELECT count(code_description(status)) FROM job_code',
    right_statement => 'SELECT count(noop_text(status)) FROM job_code');
CALL bench.compare('builtin_code_description() over no-op', at_most => 1.10,
    left_statement => 'SELECT count(builtin_code_description(status)) FROM job_code',
    right_statement => 'SELECT count(noop_text(status)) FROM job_code');
CALL bench.compare('code_category() over no-op',
    left_statement => 'SELECT count(code_category(status)) FROM job_code',
    right_statement => 'SELECT count(noop_text(status)) FROM job_code');
INSERT INTO status_code_overrides (status, description) SELECT status::status_code, description FROM corrections;
VACUUM ANALYZE status_code_overrides;
CALL bench.compare('code_description() over no-op, 50 overrides, 24 % of rows hit', at_most => 1.35,
    left_statement => 'SELECT count(code_description(status)) FROM job_code',
    right_statement => 'SELECT count(noop_text(status)) FROM job_code');
TRUNCATE status_code_overrides;
CALL bench.compare('filter is_retryable() over no-op, sequential', at_most => 1.08,
    left_statement => 'SELECT count(*) FROM job_code WHERE is_retryable(status)',
    right_statement => 'SELECT count(*) FROM job_code WHERE noop_boolean(status)');

-- Description: what others take over ours

CALL bench.compare('description: text JOIN over ours', at_least => 2.0,
    left_statement => 'SELECT count(l.description) FROM job_text AS j JOIN lookup AS l USING (status)',
    right_statement => 'SELECT count(code_description(status)) FROM job_code');
CALL bench.compare('description: provider and number JOIN over ours',
    left_statement => 'SELECT count(l.description) FROM job_pair AS j JOIN lookup_pair AS l USING (provider, code)',
    right_statement => 'SELECT count(code_description(status)) FROM job_code');
CALL bench.compare('description: enum JOIN over ours', at_least => 1.7,
    left_statement => 'SELECT count(l.description) FROM job_enum AS j JOIN lookup_enum AS l USING (status)',
    right_statement => 'SELECT count(code_description(status)) FROM job_code');
CALL bench.compare('description: CASE in an inlined function over ours',
    left_statement => 'SELECT count(describe_by_case(status)) FROM job_text',
    right_statement => 'SELECT count(code_description(status)) FROM job_code');
CALL bench.compare('description: jsonb constant over ours',
    left_statement => 'SELECT count(describe_by_jsonb(status)) FROM job_text',
    right_statement => 'SELECT count(code_description(status)) FROM job_code');
CALL bench.compare('description: SQL lookup function over ours', at_least => 30,
    left_statement => 'SELECT count(describe_by_sql(status)) FROM job_text',
    right_statement => 'SELECT count(code_description(status)) FROM job_code');
CALL bench.compare('description: plpgsql lookup function over ours', at_least => 30,
    left_statement => 'SELECT count(describe_by_plpgsql(status)) FROM job_text',
    right_statement => 'SELECT count(code_description(status)) FROM job_code');

-- A text column joined with a column of ours, the codes of a lookup table

CREATE TABLE lookup_code AS SELECT status::status_code FROM lookup;
ALTER TABLE lookup_code ADD PRIMARY KEY (status);
VACUUM ANALYZE lookup_code;
CALL bench.compare('text column JOIN status_code column over the same with status::text', at_most => 1.2,
    left_statement => 'SELECT count(*) FROM job_text AS j JOIN lookup_code AS l ON j.status = l.status',
    right_statement => 'SELECT count(*) FROM job_text AS j JOIN lookup_code AS l ON j.status = l.status::text');
CALL bench.compare('status_code column JOIN text column over the same with status::text',
    left_statement => 'SELECT count(*) FROM job_code AS j JOIN lookup AS l ON j.status = l.status',
    right_statement => 'SELECT count(*) FROM job_code AS j JOIN lookup AS l ON j.status::text = l.status');
CALL bench.compare('text NOT IN (SELECT status_code) over the same with status::text',
    left_statement => 'SELECT count(*) FROM job_text WHERE status NOT IN (SELECT status FROM lookup_code)',
    right_statement => 'SELECT count(*) FROM job_text WHERE status NOT IN (SELECT status::text FROM lookup_code)');
DROP TABLE lookup_code;

-- Groups

CALL bench.compare('GROUP BY category: text JOIN over ours', at_least => 1.4,
    left_statement => 'SELECT l.category, count(*) FROM job_text AS j JOIN lookup AS l USING (status) GROUP BY 1',
    right_statement => 'SELECT code_category(status), count(*) FROM job_code GROUP BY 1');
CALL bench.compare('GROUP BY category: enum JOIN over ours',
    left_statement => 'SELECT l.category, count(*) FROM job_enum AS j JOIN lookup_enum AS l USING (status) GROUP BY 1',
    right_statement => 'SELECT code_category(status), count(*) FROM job_code GROUP BY 1');
CALL bench.compare('GROUP BY category: pre-aggregated text JOIN over ours',
    left_statement => 'SELECT l.category, sum(j.jobs)
        FROM (SELECT status, count(*) AS jobs FROM job_text GROUP BY 1) AS j JOIN lookup AS l USING (status) GROUP BY 1',
    right_statement => 'SELECT code_category(status), count(*) FROM job_code GROUP BY 1');
CALL bench.compare('GROUP BY category: pre-aggregated enum JOIN over ours',
    left_statement => 'SELECT l.category, sum(j.jobs)
        FROM (SELECT status, count(*) AS jobs FROM job_enum GROUP BY 1) AS j JOIN lookup_enum AS l USING (status) GROUP BY 1',
    right_statement => 'SELECT code_category(status), count(*) FROM job_code GROUP BY 1');
CALL bench.compare('GROUP BY category: pre-aggregated text JOIN over ours pre-aggregated',
    left_statement => 'SELECT l.category, sum(j.jobs)
        FROM (SELECT status, count(*) AS jobs FROM job_text GROUP BY 1) AS j JOIN lookup AS l USING (status) GROUP BY 1',
    right_statement => 'SELECT code_category(status), sum(jobs)
        FROM (SELECT status, count(*) AS jobs FROM job_code GROUP BY 1) AS j GROUP BY 1');
CALL bench.compare('GROUP BY status (hash aggregate): text over ours',
    left_statement => 'SELECT status, count(*) FROM job_text GROUP BY 1',
    right_statement => 'SELECT status, count(*) FROM job_code GROUP BY 1');
CALL bench.compare('GROUP BY status (hash aggregate): enum over ours',
    left_statement => 'SELECT status, count(*) FROM job_enum GROUP BY 1',
    right_statement => 'SELECT status, count(*) FROM job_code GROUP BY 1');
CALL bench.compare('SELECT DISTINCT status: text over ours',
    left_statement => 'SELECT DISTINCT status FROM job_text',
    right_statement => 'SELECT DISTINCT status FROM job_code');
CALL bench.compare('count(DISTINCT status) (datum sort): text over ours',
    left_statement => 'SELECT count(DISTINCT status) FROM job_text',
    right_statement => 'SELECT count(DISTINCT status) FROM job_code');
CALL bench.compare('count(DISTINCT status) (datum sort): enum over ours',
    left_statement => 'SELECT count(DISTINCT status) FROM job_enum',
    right_statement => 'SELECT count(DISTINCT status) FROM job_code');

-- Order

CALL bench.compare('ORDER BY status: text over ours', at_least => 1.25,
    left_statement => 'SELECT status, id FROM job_text ORDER BY status OFFSET 1000000000',
    right_statement => 'SELECT status, id FROM job_code ORDER BY status OFFSET 1000000000');
CALL bench.compare('ORDER BY status: enum over ours',
    left_statement => 'SELECT status, id FROM job_enum ORDER BY status OFFSET 1000000000',
    right_statement => 'SELECT status, id FROM job_code ORDER BY status OFFSET 1000000000');
CALL bench.compare('ORDER BY status, that column alone: text over ours',
    left_statement => 'SELECT status FROM job_text ORDER BY status OFFSET 1000000000',
    right_statement => 'SELECT status FROM job_code ORDER BY status OFFSET 1000000000');
CALL bench.compare('ORDER BY status, that column alone (datum sort): enum over ours',
    left_statement => 'SELECT status FROM job_enum ORDER BY status OFFSET 1000000000',
    right_statement => 'SELECT status FROM job_code ORDER BY status OFFSET 1000000000');
CALL bench.compare('CREATE INDEX: text over ours', at_least => 1.2,
    before_left => 'DROP INDEX IF EXISTS job_text_status', left_statement => 'CREATE INDEX job_text_status ON job_text (status)',
    before_right => 'DROP INDEX IF EXISTS job_code_status', right_statement => 'CREATE INDEX job_code_status ON job_code (status)');
CALL bench.compare('CREATE INDEX: enum over ours',
    before_left => 'DROP INDEX IF EXISTS job_enum_status', left_statement => 'CREATE INDEX job_enum_status ON job_enum (status)',
    before_right => 'DROP INDEX IF EXISTS job_code_status', right_statement => 'CREATE INDEX job_code_status ON job_code (status)');

-- Size

CREATE INDEX job_integer_status ON job_integer (status);
CALL bench.note('index size: ours over integer', at_most => 1.05, unit => 'bytes/row',
    left_side => pg_relation_size('job_code_status') / :rows::float8, right_side => pg_relation_size('job_integer_status') / :rows::float8);
CALL bench.note('index size: ours over text', unit => 'bytes/row',
    left_side => pg_relation_size('job_code_status') / :rows::float8, right_side => pg_relation_size('job_text_status') / :rows::float8);
CALL bench.note('table size: ours over integer', unit => 'bytes/row',
    left_side => pg_relation_size('job_code') / :rows::float8, right_side => pg_relation_size('job_integer') / :rows::float8);
CALL bench.note('table size: ours over text', unit => 'bytes/row',
    left_side => pg_relation_size('job_code') / :rows::float8, right_side => pg_relation_size('job_text') / :rows::float8);
DROP INDEX job_code_status, job_text_status, job_enum_status, job_integer_status;

-- In and out: from a file that is in memory, and to nowhere

CALL bench.compare('COPY IN: ours over text', at_most => 1.05,
    before_left => 'TRUNCATE in_code', left_statement => format('COPY in_code FROM %L', :'copy_file'),
    before_right => 'TRUNCATE in_text', right_statement => format('COPY in_text FROM %L', :'copy_file'));
CALL bench.compare('COPY IN: text domain with a regular expression over ours', at_least => 2,
    before_left => 'TRUNCATE in_domain', left_statement => format('COPY in_domain FROM %L', :'copy_file'),
    before_right => 'TRUNCATE in_code', right_statement => format('COPY in_code FROM %L', :'copy_file'));
CALL bench.compare('COPY IN: text with a foreign key over ours',
    before_left => 'TRUNCATE in_reference', left_statement => format('COPY in_reference FROM %L', :'copy_file'),
    before_right => 'TRUNCATE in_code', right_statement => format('COPY in_code FROM %L', :'copy_file'));
CALL bench.compare('COPY IN: enum over ours',
    before_left => 'TRUNCATE in_enum', left_statement => format('COPY in_enum FROM %L', :'copy_file'),
    before_right => 'TRUNCATE in_code', right_statement => format('COPY in_code FROM %L', :'copy_file'));
TRUNCATE in_text, in_code, in_enum, in_reference, in_domain;
CALL bench.compare('COPY OUT: ours over text', at_most => 1.05,
    left_statement => 'COPY job_code TO ''/dev/null''', right_statement => 'COPY job_text TO ''/dev/null''');
CALL bench.compare('COPY OUT: enum over ours',
    left_statement => 'COPY job_enum TO ''/dev/null''', right_statement => 'COPY job_code TO ''/dev/null''');

-- The retry filter, where 0.5 % of the rows pass

CREATE TEMP TABLE filter AS
SELECT 'SELECT count(id) FROM queue_code WHERE is_retryable(status)' AS ours,
    format('SELECT count(id) FROM queue_code WHERE status IN (%s)', string_agg(quote_literal(status), ', ')) AS literal,
    format('SELECT count(id) FROM queue_text WHERE status IN (%s)', string_agg(quote_literal(status), ', ')) AS literal_text,
    'SELECT count(q.id) FROM queue_text AS q JOIN lookup AS l USING (status) WHERE l.is_retryable' AS joined
FROM lookup WHERE is_retryable;
SELECT * FROM filter \gset
PREPARE ours AS :ours;
PREPARE literal AS :literal;

CALL bench.compare('filter of 0.5 %, sequential: ours over literal IN list', left_statement => :'ours', right_statement => :'literal');
CALL bench.compare('filter of 0.5 %, sequential: text JOIN over ours', left_statement => :'joined', right_statement => :'ours');
CREATE INDEX ON queue_code (status);
CREATE INDEX ON queue_text (status);
VACUUM ANALYZE queue_code, queue_text;
CALL bench.compare('filter of 0.5 %, index: ours over literal IN list', at_most => 1.25, times => 20,
    left_statement => :'ours', right_statement => :'literal');
CALL bench.compare('filter of 0.5 %, index, prepared: ours over literal IN list', at_most => 1.25, times => 20,
    left_statement => 'EXECUTE ours', right_statement => 'EXECUTE literal');
CALL bench.compare('filter of 0.5 %, index: literal IN list on text over ours', times => 20,
    left_statement => :'literal_text', right_statement => :'ours');
CALL bench.compare('filter of 0.5 %, index: text JOIN over ours', times => 5,
    left_statement => :'joined', right_statement => :'ours');
SELECT count(*) AS actual FROM queue_code WHERE is_retryable(status) \gset
CALL bench.note('filter of 0.5 %, estimate over actual: ours', unit => 'rows', at_least => 0.8, at_most => 1.25,
    left_side => bench.estimate(replace(:'ours', 'count(id)', 'id')), right_side => :actual);
CALL bench.note('filter of 0.5 %, estimate over actual: literal IN list', unit => 'rows',
    left_side => bench.estimate(replace(:'literal', 'count(id)', 'id')), right_side => :actual);
CALL bench.note('filter of 0.5 %, estimate over actual: text JOIN', unit => 'rows',
    left_side => bench.estimate(replace(:'joined', 'count(q.id)', 'q.id')), right_side => :actual);

-- Single rows

CREATE INDEX ON job_code (status, id);
CREATE INDEX ON job_text (status, id);
CREATE INDEX ON job_enum (status, id);
VACUUM ANALYZE job_code, job_text, job_enum;
SELECT id AS some_id FROM job_text WHERE status = 'basiq:invalid-credentials' ORDER BY id LIMIT 1 OFFSET 1000 \gset
PREPARE point_code AS SELECT id FROM job_code WHERE status = 'basiq:invalid-credentials' AND id = :some_id;
PREPARE point_text AS SELECT id FROM job_text WHERE status = 'basiq:invalid-credentials' AND id = :some_id;
PREPARE point_enum AS SELECT id FROM job_enum WHERE status = 'basiq:invalid-credentials' AND id = :some_id;
CALL bench.compare('one row by index, prepared: text over ours', times => 5000,
    left_statement => 'EXECUTE point_text', right_statement => 'EXECUTE point_code');
CALL bench.compare('one row by index, prepared: enum over ours', times => 5000,
    left_statement => 'EXECUTE point_enum', right_statement => 'EXECUTE point_code');
