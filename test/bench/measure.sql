-- What the comparisons in rows.sql are made with.

CREATE SCHEMA bench;

-- A line of the table: a value, the bounds within which it must lie, and what its two sides are counted in.
CREATE TABLE bench.line (
    number integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    what text NOT NULL UNIQUE,
    at_least float8,
    at_most float8,
    unit text NOT NULL
);

-- A line's value in one round; the line shows the median.
CREATE TABLE bench.sample (
    line integer NOT NULL REFERENCES bench.line,
    value float8 NOT NULL,
    left_side float8 NOT NULL,
    right_side float8 NOT NULL
);

CREATE FUNCTION bench.add_line(what text, unit text, at_least float8, at_most float8) RETURNS integer
LANGUAGE sql
AS 'INSERT INTO bench.line (what, unit, at_least, at_most) VALUES ($1, $2, $3, $4) RETURNING number';

-- Runs a statement so many times and gives the milliseconds of one; what is to be done before isn't counted.
CREATE PROCEDURE bench.run(statement text, before text, times integer, INOUT taken float8)
LANGUAGE plpgsql
AS $$
DECLARE
    start float8;
BEGIN
    IF before IS NOT NULL THEN
        EXECUTE before;
    END IF;
    COMMIT;
    start := milliseconds();
    FOR i IN 1..times LOOP
        EXECUTE statement;
    END LOOP;
    taken := (milliseconds() - start) / times;
    COMMIT;
END;
$$;

-- Adds a line: the time of one statement over that of another, run in turns. The setting bench.rounds says how many rounds
-- there are at least; statements that are soon done get more.
CREATE PROCEDURE bench.compare(
    what text, left_statement text, right_statement text,
    at_least float8 DEFAULT NULL, at_most float8 DEFAULT NULL,
    before_left text DEFAULT NULL, before_right text DEFAULT NULL, times integer DEFAULT 1
)
LANGUAGE plpgsql
AS $$
DECLARE
    line integer := bench.add_line(what, 'ms', at_least, at_most);
    rounds integer := current_setting('bench.rounds');
    l float8;
    r float8;
BEGIN
    FOR warm_up IN 1..2 LOOP
        CALL bench.run(left_statement, before_left, times, l);
        CALL bench.run(right_statement, before_right, times, r);
    END LOOP;
    rounds := greatest(rounds, least(3 * rounds, 4000 / ((l + r) * times)));
    FOR round IN 1..rounds LOOP
        CALL bench.run(left_statement, before_left, times, l);
        CALL bench.run(right_statement, before_right, times, r);
        INSERT INTO bench.sample VALUES (line, l / r, l, r);
    END LOOP;
END;
$$;

-- Adds a line: one number over another, neither of which is a time.
CREATE PROCEDURE bench.note(
    what text, left_side float8, right_side float8, unit text,
    at_least float8 DEFAULT NULL, at_most float8 DEFAULT NULL
)
LANGUAGE sql
AS $$
    INSERT INTO bench.sample VALUES (bench.add_line(what, unit, at_least, at_most), left_side / right_side, left_side, right_side)
$$;

-- How many rows the planner expects of a query.
CREATE FUNCTION bench.estimate(query text) RETURNS float8
LANGUAGE plpgsql
AS $$
DECLARE
    plan json;
BEGIN
    EXECUTE 'EXPLAIN (FORMAT json) ' || query INTO plan;
    RETURN plan -> 0 -> 'Plan' ->> 'Plan Rows';
END;
$$;

-- Calls a function so many times, each time under a snapshot of another key, and gives the microseconds of one turn.
CREATE UNLOGGED TABLE bench.tick (turn integer);
CREATE FUNCTION bench.turns(answers_from text, turns integer) RETURNS float8
LANGUAGE plpgsql
AS $$
DECLARE
    start float8 := milliseconds();
    code status_code := 'syncfy:401';
    answer text;
BEGIN
    FOR turn IN 1..turns LOOP
        INSERT INTO bench.tick VALUES (turn);
        IF answers_from = 'overrides' THEN
            answer := code_description(code);
        ELSE
            answer := builtin_code_description(code);
        END IF;
    END LOOP;
    RETURN (milliseconds() - start) * 1000 / turns;
END;
$$;

-- Adds a line: the microseconds that reading the overrides takes.
CREATE PROCEDURE bench.rebuild(what text, turns integer, at_most float8 DEFAULT NULL)
LANGUAGE plpgsql
AS $$
DECLARE
    line integer := bench.add_line(what, 'us', NULL, at_most);
    rounds integer := current_setting('bench.rounds');
    l float8;
    r float8;
BEGIN
    FOR round IN 0..rounds LOOP
        l := bench.turns('overrides', turns);
        r := bench.turns('catalog', turns);
        TRUNCATE bench.tick;
        COMMIT;
        IF round > 0 THEN
            INSERT INTO bench.sample VALUES (line, l - r, l, r);
        END IF;
    END LOOP;
END;
$$;
