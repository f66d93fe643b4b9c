-- In a session of its own: what its first query took that calls :function.
\c -
SELECT milliseconds() AS start \gset
SELECT :function(status) FROM point WHERE id = 1 \g /dev/null
SELECT :'function', :round, milliseconds() - :start;
