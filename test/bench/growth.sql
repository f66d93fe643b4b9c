-- A database of one of the catalogs that differ in size. Two columns of :rows rows: in one the values are spread over the
-- whole catalog but are no more than 100, as in a column of any one application; in the other they are all there are.

CREATE TABLE few AS
SELECT status_code('zoo', format('code-%s', 100000 + (1 + number % 100) * (:codes / 100))) AS status
FROM generate_series(1, :rows) AS number
ORDER BY random();
CREATE TABLE every AS
SELECT status_code('zoo', format('code-%s', 100000 + 1 + number % :codes)) AS status
FROM generate_series(1, :rows) AS number
ORDER BY random();
VACUUM (FREEZE, ANALYZE) few, every;
SELECT 1 / (count(*) = 0)::integer FROM few WHERE NOT is_known_code(status);
SELECT 1 / (count(*) = 0)::integer FROM every WHERE NOT is_known_code(status);

CREATE FUNCTION duration(query text) RETURNS float8
LANGUAGE plpgsql
AS $$
DECLARE
    start float8 := milliseconds();
BEGIN
    EXECUTE query;
    RETURN milliseconds() - start;
END;
$$;

-- What a call costs over a no-op, the median of three turns after one to warm up.
CREATE FUNCTION call_over_noop(relation regclass) RETURNS float8
LANGUAGE plpgsql
AS $$
DECLARE
    ratios float8[];
BEGIN
    FOR turn IN 0..3 LOOP
        ratios[turn] := duration(format('SELECT count(code_description(status)) FROM %s', relation)) /
            duration(format('SELECT count(noop_text(status)) FROM %s', relation));
    END LOOP;
    RETURN (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY ratio) FROM unnest(ratios[1:3]) AS ratio);
END;
$$;
