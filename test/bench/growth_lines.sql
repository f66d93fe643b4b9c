-- What growth.sql measured, from :'growth_file': form, codes, column, round, call over no-op.

CREATE TABLE bench.growth (form text, codes integer, spread text, round integer, call_over_noop float8);
COPY bench.growth FROM :'growth_file' (FORMAT csv);

CREATE FUNCTION bench.growth_line(codes integer, form text, spread text) RETURNS text
LANGUAGE sql
AS $$
    SELECT format('call, catalog of %s codes over 100: stored as %s, %s in the column', to_char(codes, 'FM99,999'), form,
                  CASE spread WHEN 'few' THEN '100' ELSE 'all' END)
$$;

INSERT INTO bench.line (what, unit, at_most)
SELECT bench.growth_line(codes, form, spread), 'x no-op', CASE spread WHEN 'few' THEN 1.10 END
FROM bench.growth
WHERE codes > 100
GROUP BY form, codes, spread
ORDER BY spread DESC, form, codes;

INSERT INTO bench.sample
SELECT l.number, large.call_over_noop / small.call_over_noop, large.call_over_noop, small.call_over_noop
FROM bench.growth AS large
JOIN bench.growth AS small USING (form, spread, round)
JOIN bench.line AS l ON l.what = bench.growth_line(large.codes, form, spread)
WHERE large.codes > 100 AND small.codes = 100;
