-- What planning a predicate takes over planning a comparison with one code.

CREATE TABLE part_code (LIKE job_code) PARTITION BY RANGE (id);
SELECT format('CREATE TABLE part_code_%s PARTITION OF part_code FOR VALUES FROM (%s) TO (%s)', n, n * 200, n * 200 + 200)
FROM generate_series(0, 199) AS n \gexec
CREATE INDEX ON part_code (status);
INSERT INTO part_code SELECT n, q.status FROM generate_series(0, 39999) AS n JOIN queue_code AS q ON q.id = 1 + n % :rows;
ANALYZE part_code;

-- Adds a line: the microseconds that one statement takes more than another.
CREATE PROCEDURE bench.surplus(what text, left_statement text, right_statement text, at_most float8, times integer)
LANGUAGE plpgsql
AS $$
DECLARE
    line integer := bench.add_line(what, 'us', NULL, at_most);
    l float8;
    r float8;
BEGIN
    FOR round IN 0..current_setting('bench.rounds')::integer LOOP
        CALL bench.run(left_statement, NULL, times, l);
        CALL bench.run(right_statement, NULL, times, r);
        IF round > 0 THEN
            INSERT INTO bench.sample VALUES (line, (l - r) * 1000, l * 1000, r * 1000);
        END IF;
    END LOOP;
END;
$$;

CREATE TEMP TABLE predicate AS
SELECT unnest(ARRAY['is_retryable(status)', 'is_terminal(status)', 'is_success(status)', 'is_error(status)', 'is_known_code(status)',
                    'in_category(status, ''request'')', 'has_action(status, ''fix_request'')', 'from_provider(status, ''http'')']) AS predicate;
SELECT format('CALL bench.compare(%L, at_most => 3, times => 5, left_statement => %L, right_statement => %L)',
    'planning over 200 partitions: ' || predicate || ' over one code',
    'EXPLAIN SELECT * FROM part_code WHERE ' || predicate, 'EXPLAIN SELECT * FROM part_code WHERE status = ''syncfy:401''')
FROM predicate \gexec
SELECT format('CALL bench.surplus(%L, at_most => 500, times => 200, left_statement => %L, right_statement => %L)',
    'planning over one table: ' || predicate || ' more than one code',
    'EXPLAIN SELECT * FROM queue_code WHERE ' || predicate, 'EXPLAIN SELECT * FROM queue_code WHERE status = ''syncfy:401''')
FROM predicate \gexec
DROP TABLE part_code;
