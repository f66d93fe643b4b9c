-- A no-op in a library of its own, :first_yardstick, which the clock's function hasn't loaded before.

CREATE FUNCTION first_noop_text(status_code) RETURNS text
LANGUAGE C STABLE STRICT PARALLEL SAFE
AS :'first_yardstick', 'noop_text';
