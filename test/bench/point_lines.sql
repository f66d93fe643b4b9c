-- What point.sql and point_filter.sql took, from :'point_file': script, protocol, overrides, round, transactions per second.

CREATE TABLE bench.point (script text, protocol text, overrides integer, round integer, tps float8);
COPY bench.point FROM :'point_file' (FORMAT csv);

CREATE FUNCTION bench.point_line(script text, protocol text, overrides integer) RETURNS text
LANGUAGE sql
AS $$
SELECT format('one job by its key%s, %s: %s overrides over none', CASE script WHEN 'point_filter' THEN ' and a predicate' END,
    CASE protocol WHEN 'simple' THEN 'planned each time' ELSE protocol END, trim(to_char(overrides, '99,999')))
$$;

INSERT INTO bench.line (what, unit, at_least)
SELECT bench.point_line(script, protocol, overrides), 'tps', CASE WHEN overrides >= 1000 THEN 0.9 END
FROM bench.point
WHERE overrides > 0
GROUP BY script, protocol, overrides
ORDER BY script, protocol DESC, overrides;

INSERT INTO bench.sample
SELECT l.number, many.tps / none.tps, many.tps, none.tps
FROM bench.point AS many
JOIN bench.point AS none USING (script, protocol, round)
JOIN bench.line AS l ON l.what = bench.point_line(script, protocol, many.overrides)
WHERE many.overrides > 0 AND none.overrides = 0;
