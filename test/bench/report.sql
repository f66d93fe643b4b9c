-- The table, and a closing line that counts the bounds.

CREATE VIEW bench.report AS
SELECT l.*, m.*, b.bound,
    CASE
        WHEN b.bound IS NULL THEN ''
        WHEN m.median < l.at_least OR m.median > l.at_most THEN 'MISSED'
        ELSE 'met'
    END AS verdict
FROM bench.line AS l
CROSS JOIN LATERAL (
    SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY value) AS median,
        percentile_cont(0.25) WITHIN GROUP (ORDER BY value) AS lower_quartile,
        percentile_cont(0.75) WITHIN GROUP (ORDER BY value) AS upper_quartile,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY left_side) AS left_side,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY right_side) AS right_side,
        count(*) AS rounds
    FROM bench.sample
    WHERE line = l.number
) AS m
CROSS JOIN LATERAL (
    SELECT CASE
        WHEN at_least IS NOT NULL AND at_most IS NOT NULL THEN format('%s to %s', at_least, at_most)
        WHEN at_least IS NOT NULL THEN '>= ' || at_least
        WHEN at_most IS NOT NULL THEN '<= ' || at_most
    END
) AS b (bound);

\pset format aligned
\pset tuples_only off
\pset footer off
SELECT what, to_char(median, 'FM9990.00') || CASE unit WHEN 'us' THEN ' us' ELSE '' END AS median,
    CASE WHEN rounds > 1 THEN to_char(lower_quartile, 'FM9990.00') || ' to ' || to_char(upper_quartile, 'FM9990.00') END AS quartiles,
    rounds, bound, verdict,
    to_char(left_side, 'FM9999990.000') AS "left", to_char(right_side, 'FM9999990.000') AS "right", unit
FROM bench.report
ORDER BY number;

\pset tuples_only on
\pset format unaligned
SELECT format('%s bounds met, %s missed', count(*) FILTER (WHERE verdict = 'met'), count(*) FILTER (WHERE verdict = 'MISSED'))
FROM bench.report;
