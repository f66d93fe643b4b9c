-- What point.sql took, from :'point_file': overrides, round, transactions per second.

CREATE TABLE bench.point (overrides integer, round integer, tps float8);
COPY bench.point FROM :'point_file' (FORMAT csv);

CREATE FUNCTION bench.point_line(overrides integer) RETURNS text
LANGUAGE sql
AS $$ SELECT format('one job by its key, prepared: %s overrides over none', trim(to_char(overrides, '99,999'))) $$;

INSERT INTO bench.line (what, unit, at_least)
SELECT bench.point_line(overrides), 'tps', CASE WHEN overrides >= 1000 THEN 0.9 END
FROM bench.point
WHERE overrides > 0
GROUP BY overrides
ORDER BY overrides;

INSERT INTO bench.sample
SELECT l.number, many.tps / none.tps, many.tps, none.tps
FROM bench.point AS many
JOIN bench.point AS none USING (round)
JOIN bench.line AS l ON l.what = bench.point_line(many.overrides)
WHERE many.overrides > 0 AND none.overrides = 0;
