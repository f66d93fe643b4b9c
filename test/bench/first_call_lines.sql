-- What first_call.sql took, from :'first_call_file': function, round, milliseconds; many sessions in each round.

CREATE TABLE bench.first_call (function text, round integer, taken float8);
COPY bench.first_call FROM :'first_call_file' (FORMAT csv);

INSERT INTO bench.line (what, unit, at_most)
VALUES ('first call in a session: code_description() over no-op', 'ms', 1.5),
    ('first call in a session: builtin_code_description() over no-op', 'ms', NULL);

INSERT INTO bench.sample
WITH typical AS (
    SELECT function, round, percentile_cont(0.5) WITHIN GROUP (ORDER BY taken) AS taken
    FROM bench.first_call
    GROUP BY function, round
)
SELECT l.number, ours.taken / noop.taken, ours.taken, noop.taken
FROM typical AS ours
JOIN typical AS noop USING (round)
JOIN bench.line AS l ON l.what = format('first call in a session: %s() over no-op', ours.function)
WHERE noop.function = 'first_noop_text';
