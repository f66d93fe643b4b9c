-- The functions of yardstick.c, which is the library :yardstick; the clock is one of its two.

CREATE FUNCTION noop_text(status_code) RETURNS text
LANGUAGE C STABLE STRICT PARALLEL SAFE
AS :'yardstick', 'noop_text';

CREATE FUNCTION noop_boolean(status_code) RETURNS boolean
LANGUAGE C STABLE STRICT PARALLEL SAFE
AS :'yardstick', 'noop_boolean';

CREATE FUNCTION milliseconds() RETURNS float8
LANGUAGE C VOLATILE
AS :'yardstick', :'clock';
