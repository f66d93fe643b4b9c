/* sql/provider_codes--1.0.sql */

-- complain if script is sourced in psql, rather than via CREATE EXTENSION
\echo Use "CREATE EXTENSION provider_codes" to load this file. \quit

--
-- Sections:
--
--   types:          status_code; status_category and status_action, and their parameter types; casts
--   support:        planner support; comparison; LIKE and ILIKE; operator classes; min and max
--   functions:      constructors; parts; payloads; meaning; predicates; retries; jobs
--   the rest:       domain; version; overrides; views
--
-- In the comments on objects, "internal:" marks what only the server or the extension itself should use,
-- and what a later version may change; "(built-in)" marks functions that know the codes of the catalog,
-- but not those of the overrides.
--


--
-- Type status_code
--

CREATE TYPE status_code;

CREATE FUNCTION status_code_in(cstring) RETURNS status_code
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_code_in';
COMMENT ON FUNCTION status_code_in(cstring) IS
    'I/O';

CREATE FUNCTION status_code_out(status_code) RETURNS cstring
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_code_out';
COMMENT ON FUNCTION status_code_out(status_code) IS
    'I/O';

CREATE FUNCTION status_code_recv(internal) RETURNS status_code
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_code_recv';
COMMENT ON FUNCTION status_code_recv(internal) IS
    'I/O';

CREATE FUNCTION status_code_send(status_code) RETURNS bytea
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_code_send';
COMMENT ON FUNCTION status_code_send(status_code) IS
    'I/O';

CREATE TYPE status_code (
    INPUT = status_code_in,
    OUTPUT = status_code_out,
    RECEIVE = status_code_recv,
    SEND = status_code_send,
    INTERNALLENGTH = VARIABLE,
    STORAGE = main
);
COMMENT ON TYPE status_code IS
    'status code of a provider, written provider:code or provider:code/variant';


--
-- Types status_category and status_action
--
-- The labels of each are numbered in order, and a value is the number, in one byte like a "char".
--

CREATE TYPE status_category;

CREATE FUNCTION status_category_in(cstring) RETURNS status_category
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_category_in';
COMMENT ON FUNCTION status_category_in(cstring) IS
    'I/O';

CREATE FUNCTION status_category_out(status_category) RETURNS cstring
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_category_out';
COMMENT ON FUNCTION status_category_out(status_category) IS
    'I/O';

CREATE FUNCTION status_category_recv(internal) RETURNS status_category
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_category_recv';
COMMENT ON FUNCTION status_category_recv(internal) IS
    'I/O';

CREATE FUNCTION status_category_send(status_category) RETURNS bytea
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_category_send';
COMMENT ON FUNCTION status_category_send(status_category) IS
    'I/O';

CREATE TYPE status_category (
    INPUT = status_category_in,
    OUTPUT = status_category_out,
    RECEIVE = status_category_recv,
    SEND = status_category_send,
    LIKE = pg_catalog."char",
    CATEGORY = 'c',
    PREFERRED = true
);
COMMENT ON TYPE status_category IS
    'kind of event that a status code reports: progress, success, user_action, mfa, connection, server, rate_limit, auth or request';

CREATE TYPE status_action;

CREATE FUNCTION status_action_in(cstring) RETURNS status_action
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_action_in';
COMMENT ON FUNCTION status_action_in(cstring) IS
    'I/O';

CREATE FUNCTION status_action_out(status_action) RETURNS cstring
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_action_out';
COMMENT ON FUNCTION status_action_out(status_action) IS
    'I/O';

CREATE FUNCTION status_action_recv(internal) RETURNS status_action
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_action_recv';
COMMENT ON FUNCTION status_action_recv(internal) IS
    'I/O';

CREATE FUNCTION status_action_send(status_action) RETURNS bytea
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_action_send';
COMMENT ON FUNCTION status_action_send(status_action) IS
    'I/O';

CREATE TYPE status_action (
    INPUT = status_action_in,
    OUTPUT = status_action_out,
    RECEIVE = status_action_recv,
    SEND = status_action_send,
    LIKE = pg_catalog."char",
    CATEGORY = 'a',
    PREFERRED = true
);
COMMENT ON TYPE status_action IS
    'action that a status code calls for: none, wait, retry, ask_user, renew_token, fix_request, contact_provider or stop';


--
-- Types status_category_parameter and status_action_parameter
--
-- Drivers send strings as text or varchar. Where one is compared with a category, it becomes a value of
-- status_category_parameter, which differs from status_category only in that text and varchar convert to
-- it implicitly. The operators and functions that take a category take this type too, and the operator
-- families hold both types, so that such a parameter can use an index. The same for actions.
--
-- No text converts to status_category implicitly, because the server would then accept a foreign key from
-- a text to a category, and fail every DELETE from, and every UPDATE of the key in, the referenced table.
-- For the same reason the parameter types have no B-tree operator class, and so can be no key.
--
-- Each label type shares a type category with its parameter type and is preferred in it, so that an
-- untyped literal is a label of the former where a function takes both.
--

CREATE TYPE status_category_parameter;

CREATE FUNCTION status_category_parameter_in(cstring) RETURNS status_category_parameter
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_category_in';
COMMENT ON FUNCTION status_category_parameter_in(cstring) IS
    'I/O';

CREATE FUNCTION status_category_parameter_out(status_category_parameter) RETURNS cstring
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_category_out';
COMMENT ON FUNCTION status_category_parameter_out(status_category_parameter) IS
    'I/O';

CREATE FUNCTION status_category_parameter_recv(internal) RETURNS status_category_parameter
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_category_recv';
COMMENT ON FUNCTION status_category_parameter_recv(internal) IS
    'I/O';

CREATE FUNCTION status_category_parameter_send(status_category_parameter) RETURNS bytea
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_category_send';
COMMENT ON FUNCTION status_category_parameter_send(status_category_parameter) IS
    'I/O';

CREATE TYPE status_category_parameter (
    INPUT = status_category_parameter_in,
    OUTPUT = status_category_parameter_out,
    RECEIVE = status_category_parameter_recv,
    SEND = status_category_parameter_send,
    LIKE = pg_catalog."char",
    CATEGORY = 'c'
);
COMMENT ON TYPE status_category_parameter IS
    'internal: text or varchar that is compared with a status_category';

CREATE TYPE status_action_parameter;

CREATE FUNCTION status_action_parameter_in(cstring) RETURNS status_action_parameter
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_action_in';
COMMENT ON FUNCTION status_action_parameter_in(cstring) IS
    'I/O';

CREATE FUNCTION status_action_parameter_out(status_action_parameter) RETURNS cstring
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_action_out';
COMMENT ON FUNCTION status_action_parameter_out(status_action_parameter) IS
    'I/O';

CREATE FUNCTION status_action_parameter_recv(internal) RETURNS status_action_parameter
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_action_recv';
COMMENT ON FUNCTION status_action_parameter_recv(internal) IS
    'I/O';

CREATE FUNCTION status_action_parameter_send(status_action_parameter) RETURNS bytea
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_action_send';
COMMENT ON FUNCTION status_action_parameter_send(status_action_parameter) IS
    'I/O';

CREATE TYPE status_action_parameter (
    INPUT = status_action_parameter_in,
    OUTPUT = status_action_parameter_out,
    RECEIVE = status_action_parameter_recv,
    SEND = status_action_parameter_send,
    LIKE = pg_catalog."char",
    CATEGORY = 'a'
);
COMMENT ON TYPE status_action_parameter IS
    'internal: text or varchar that is compared with a status_action';


--
-- Casts
--

CREATE FUNCTION status_code(value text) RETURNS status_code
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_code_from_text';
COMMENT ON FUNCTION status_code(value text) IS
    'status code with this text form';

CREATE FUNCTION status_code(value character) RETURNS status_code
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_code_from_bpchar';
COMMENT ON FUNCTION status_code(value character) IS
    'status code with this text form, trailing blanks removed';

CREATE FUNCTION text(status status_code) RETURNS text
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_code_to_text';
COMMENT ON FUNCTION text(status status_code) IS
    'text form of a status code';

CREATE CAST (status_code AS text) WITH FUNCTION text(status_code) AS ASSIGNMENT;
COMMENT ON CAST (status_code AS text) IS
    'text form of the status code';

CREATE CAST (text AS status_code) WITH FUNCTION status_code(text) AS ASSIGNMENT;
COMMENT ON CAST (text AS status_code) IS
    'status code with this text form';

-- some drivers send strings as varchar
CREATE CAST (varchar AS status_code) WITH FUNCTION status_code(text) AS ASSIGNMENT;
COMMENT ON CAST (varchar AS status_code) IS
    'status code with this text form';

CREATE CAST (character AS status_code) WITH FUNCTION status_code(character) AS ASSIGNMENT;
COMMENT ON CAST (character AS status_code) IS
    'status code with this text form, trailing blanks removed';

CREATE CAST (text AS status_category) WITH INOUT AS ASSIGNMENT;
COMMENT ON CAST (text AS status_category) IS
    'category with this label';

CREATE CAST (varchar AS status_category) WITH INOUT AS ASSIGNMENT;
COMMENT ON CAST (varchar AS status_category) IS
    'category with this label';

CREATE CAST (text AS status_action) WITH INOUT AS ASSIGNMENT;
COMMENT ON CAST (text AS status_action) IS
    'action with this label';

CREATE CAST (varchar AS status_action) WITH INOUT AS ASSIGNMENT;
COMMENT ON CAST (varchar AS status_action) IS
    'action with this label';

-- These are the only implicit casts.
CREATE CAST (text AS status_category_parameter) WITH INOUT AS IMPLICIT;
COMMENT ON CAST (text AS status_category_parameter) IS
    'internal: category with this label, to compare with one';

CREATE CAST (varchar AS status_category_parameter) WITH INOUT AS IMPLICIT;
COMMENT ON CAST (varchar AS status_category_parameter) IS
    'internal: category with this label, to compare with one';

CREATE CAST (text AS status_action_parameter) WITH INOUT AS IMPLICIT;
COMMENT ON CAST (text AS status_action_parameter) IS
    'internal: action with this label, to compare with one';

CREATE CAST (varchar AS status_action_parameter) WITH INOUT AS IMPLICIT;
COMMENT ON CAST (varchar AS status_action_parameter) IS
    'internal: action with this label, to compare with one';


--
-- Planner support: see planner.c
--

CREATE FUNCTION status_code_predicate_support(internal) RETURNS internal
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_code_predicate_support';
COMMENT ON FUNCTION status_code_predicate_support(internal) IS
    'internal: planner support for predicates over status codes';

CREATE FUNCTION status_code_set_support(internal) RETURNS internal
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_code_set_support';
COMMENT ON FUNCTION status_code_set_support(internal) IS
    'internal: planner support for functions that return a set of status codes as an array';

CREATE FUNCTION status_label_support(internal) RETURNS internal
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'provider_codes_status_label_support';
COMMENT ON FUNCTION status_label_support(internal) IS
    'internal: planner support for = and <> of categories and actions';

CREATE FUNCTION status_code_text_eq_support(internal) RETURNS internal
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_code_text_eq_support';
COMMENT ON FUNCTION status_code_text_eq_support(internal) IS
    'internal: planner support for = of a status code and a text';

CREATE FUNCTION status_code_like_support(internal) RETURNS internal
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_code_like_support';
COMMENT ON FUNCTION status_code_like_support(internal) IS
    'internal: planner support for LIKE of a status code';


--
-- Comparison of status codes, with each other and with a text
--
-- The functions are LEAKPROOF: only a value whose stored form is damaged can raise an error.
--
-- A text that is not a status code equals none, and sorts among them. The B-tree family and the hash
-- family hold both types, so that a text parameter can use an index. The server assumes that two values
-- of any types in a family compare and hash consistently, and so may ask for the comparison of two
-- texts: hence the operators *<, *<=, *=, *<>, *>= and *>.
--

CREATE FUNCTION status_code_lt(status_code, status_code) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_code_lt';
COMMENT ON FUNCTION status_code_lt(status_code, status_code) IS
    'implementation of < operator';

CREATE FUNCTION status_code_le(status_code, status_code) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_code_le';
COMMENT ON FUNCTION status_code_le(status_code, status_code) IS
    'implementation of <= operator';

CREATE FUNCTION status_code_eq(status_code, status_code) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_code_eq';
COMMENT ON FUNCTION status_code_eq(status_code, status_code) IS
    'implementation of = operator';

CREATE FUNCTION status_code_ne(status_code, status_code) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_code_ne';
COMMENT ON FUNCTION status_code_ne(status_code, status_code) IS
    'implementation of <> operator';

CREATE FUNCTION status_code_ge(status_code, status_code) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_code_ge';
COMMENT ON FUNCTION status_code_ge(status_code, status_code) IS
    'implementation of >= operator';

CREATE FUNCTION status_code_gt(status_code, status_code) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_code_gt';
COMMENT ON FUNCTION status_code_gt(status_code, status_code) IS
    'implementation of > operator';

CREATE FUNCTION status_code_cmp(status_code, status_code) RETURNS integer
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_code_cmp';
COMMENT ON FUNCTION status_code_cmp(status_code, status_code) IS
    'internal: less-equal-greater';

CREATE FUNCTION status_code_text_lt(status_code, text) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_code_text_lt';
COMMENT ON FUNCTION status_code_text_lt(status_code, text) IS
    'implementation of < operator';

CREATE FUNCTION status_code_text_le(status_code, text) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_code_text_le';
COMMENT ON FUNCTION status_code_text_le(status_code, text) IS
    'implementation of <= operator';

CREATE FUNCTION status_code_text_eq(status_code, text) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
SUPPORT status_code_text_eq_support
AS 'MODULE_PATHNAME', 'status_code_text_eq';
COMMENT ON FUNCTION status_code_text_eq(status_code, text) IS
    'implementation of = operator';

CREATE FUNCTION status_code_text_ne(status_code, text) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_code_text_ne';
COMMENT ON FUNCTION status_code_text_ne(status_code, text) IS
    'implementation of <> operator';

CREATE FUNCTION status_code_text_ge(status_code, text) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_code_text_ge';
COMMENT ON FUNCTION status_code_text_ge(status_code, text) IS
    'implementation of >= operator';

CREATE FUNCTION status_code_text_gt(status_code, text) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_code_text_gt';
COMMENT ON FUNCTION status_code_text_gt(status_code, text) IS
    'implementation of > operator';

CREATE FUNCTION status_code_text_cmp(status_code, text) RETURNS integer
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_code_text_cmp';
COMMENT ON FUNCTION status_code_text_cmp(status_code, text) IS
    'internal: less-equal-greater';

CREATE FUNCTION text_status_code_lt(text, status_code) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'MODULE_PATHNAME', 'provider_codes_text_status_code_lt';
COMMENT ON FUNCTION text_status_code_lt(text, status_code) IS
    'implementation of < operator';

CREATE FUNCTION text_status_code_le(text, status_code) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'MODULE_PATHNAME', 'provider_codes_text_status_code_le';
COMMENT ON FUNCTION text_status_code_le(text, status_code) IS
    'implementation of <= operator';

CREATE FUNCTION text_status_code_eq(text, status_code) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
SUPPORT status_code_text_eq_support
AS 'MODULE_PATHNAME', 'provider_codes_text_status_code_eq';
COMMENT ON FUNCTION text_status_code_eq(text, status_code) IS
    'implementation of = operator';

CREATE FUNCTION text_status_code_ne(text, status_code) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'MODULE_PATHNAME', 'provider_codes_text_status_code_ne';
COMMENT ON FUNCTION text_status_code_ne(text, status_code) IS
    'implementation of <> operator';

CREATE FUNCTION text_status_code_ge(text, status_code) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'MODULE_PATHNAME', 'provider_codes_text_status_code_ge';
COMMENT ON FUNCTION text_status_code_ge(text, status_code) IS
    'implementation of >= operator';

CREATE FUNCTION text_status_code_gt(text, status_code) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'MODULE_PATHNAME', 'provider_codes_text_status_code_gt';
COMMENT ON FUNCTION text_status_code_gt(text, status_code) IS
    'implementation of > operator';

CREATE FUNCTION text_status_code_cmp(text, status_code) RETURNS integer
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'MODULE_PATHNAME', 'provider_codes_text_status_code_cmp';
COMMENT ON FUNCTION text_status_code_cmp(text, status_code) IS
    'internal: less-equal-greater';

CREATE FUNCTION status_code_text_text_lt(text, text) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_code_text_text_lt';
COMMENT ON FUNCTION status_code_text_text_lt(text, text) IS
    'implementation of *< operator';

CREATE FUNCTION status_code_text_text_le(text, text) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_code_text_text_le';
COMMENT ON FUNCTION status_code_text_text_le(text, text) IS
    'implementation of *<= operator';

CREATE FUNCTION status_code_text_text_eq(text, text) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_code_text_text_eq';
COMMENT ON FUNCTION status_code_text_text_eq(text, text) IS
    'implementation of *= operator';

CREATE FUNCTION status_code_text_text_ne(text, text) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_code_text_text_ne';
COMMENT ON FUNCTION status_code_text_text_ne(text, text) IS
    'implementation of *<> operator';

CREATE FUNCTION status_code_text_text_ge(text, text) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_code_text_text_ge';
COMMENT ON FUNCTION status_code_text_text_ge(text, text) IS
    'implementation of *>= operator';

CREATE FUNCTION status_code_text_text_gt(text, text) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_code_text_text_gt';
COMMENT ON FUNCTION status_code_text_text_gt(text, text) IS
    'implementation of *> operator';

CREATE FUNCTION status_code_text_text_cmp(text, text) RETURNS integer
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_code_text_text_cmp';
COMMENT ON FUNCTION status_code_text_text_cmp(text, text) IS
    'internal: less-equal-greater, as status codes';

CREATE OPERATOR < (
    LEFTARG = status_code, RIGHTARG = status_code, FUNCTION = status_code_lt,
    COMMUTATOR = >, NEGATOR = >=,
    RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (status_code, status_code) IS 'less than';

CREATE OPERATOR <= (
    LEFTARG = status_code, RIGHTARG = status_code, FUNCTION = status_code_le,
    COMMUTATOR = >=, NEGATOR = >,
    RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (status_code, status_code) IS 'less than or equal';

CREATE OPERATOR = (
    LEFTARG = status_code, RIGHTARG = status_code, FUNCTION = status_code_eq,
    COMMUTATOR = =, NEGATOR = <>,
    RESTRICT = eqsel, JOIN = eqjoinsel,
    HASHES, MERGES
);
COMMENT ON OPERATOR = (status_code, status_code) IS 'equal';

CREATE OPERATOR <> (
    LEFTARG = status_code, RIGHTARG = status_code, FUNCTION = status_code_ne,
    COMMUTATOR = <>, NEGATOR = =,
    RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (status_code, status_code) IS 'not equal';

CREATE OPERATOR >= (
    LEFTARG = status_code, RIGHTARG = status_code, FUNCTION = status_code_ge,
    COMMUTATOR = <=, NEGATOR = <,
    RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (status_code, status_code) IS 'greater than or equal';

CREATE OPERATOR > (
    LEFTARG = status_code, RIGHTARG = status_code, FUNCTION = status_code_gt,
    COMMUTATOR = <, NEGATOR = <=,
    RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (status_code, status_code) IS 'greater than';

CREATE OPERATOR < (
    LEFTARG = status_code, RIGHTARG = text, FUNCTION = status_code_text_lt,
    COMMUTATOR = >, NEGATOR = >=,
    RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (status_code, text) IS 'less than';

CREATE OPERATOR <= (
    LEFTARG = status_code, RIGHTARG = text, FUNCTION = status_code_text_le,
    COMMUTATOR = >=, NEGATOR = >,
    RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (status_code, text) IS 'less than or equal';

CREATE OPERATOR = (
    LEFTARG = status_code, RIGHTARG = text, FUNCTION = status_code_text_eq,
    COMMUTATOR = =, NEGATOR = <>,
    RESTRICT = eqsel, JOIN = eqjoinsel,
    HASHES
);
COMMENT ON OPERATOR = (status_code, text) IS 'equal';

CREATE OPERATOR <> (
    LEFTARG = status_code, RIGHTARG = text, FUNCTION = status_code_text_ne,
    COMMUTATOR = <>, NEGATOR = =,
    RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (status_code, text) IS 'not equal';

CREATE OPERATOR >= (
    LEFTARG = status_code, RIGHTARG = text, FUNCTION = status_code_text_ge,
    COMMUTATOR = <=, NEGATOR = <,
    RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (status_code, text) IS 'greater than or equal';

CREATE OPERATOR > (
    LEFTARG = status_code, RIGHTARG = text, FUNCTION = status_code_text_gt,
    COMMUTATOR = <, NEGATOR = <=,
    RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (status_code, text) IS 'greater than';

CREATE OPERATOR < (
    LEFTARG = text, RIGHTARG = status_code, FUNCTION = text_status_code_lt,
    COMMUTATOR = >, NEGATOR = >=,
    RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (text, status_code) IS 'less than';

CREATE OPERATOR <= (
    LEFTARG = text, RIGHTARG = status_code, FUNCTION = text_status_code_le,
    COMMUTATOR = >=, NEGATOR = >,
    RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (text, status_code) IS 'less than or equal';

CREATE OPERATOR = (
    LEFTARG = text, RIGHTARG = status_code, FUNCTION = text_status_code_eq,
    COMMUTATOR = =, NEGATOR = <>,
    RESTRICT = eqsel, JOIN = eqjoinsel,
    HASHES
);
COMMENT ON OPERATOR = (text, status_code) IS 'equal';

CREATE OPERATOR <> (
    LEFTARG = text, RIGHTARG = status_code, FUNCTION = text_status_code_ne,
    COMMUTATOR = <>, NEGATOR = =,
    RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (text, status_code) IS 'not equal';

CREATE OPERATOR >= (
    LEFTARG = text, RIGHTARG = status_code, FUNCTION = text_status_code_ge,
    COMMUTATOR = <=, NEGATOR = <,
    RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (text, status_code) IS 'greater than or equal';

CREATE OPERATOR > (
    LEFTARG = text, RIGHTARG = status_code, FUNCTION = text_status_code_gt,
    COMMUTATOR = <, NEGATOR = <=,
    RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (text, status_code) IS 'greater than';

CREATE OPERATOR *< (
    LEFTARG = text, RIGHTARG = text, FUNCTION = status_code_text_text_lt,
    COMMUTATOR = *>, NEGATOR = *>=,
    RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR *< (text, text) IS 'internal: less than as status codes';

CREATE OPERATOR *<= (
    LEFTARG = text, RIGHTARG = text, FUNCTION = status_code_text_text_le,
    COMMUTATOR = *>=, NEGATOR = *>,
    RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR *<= (text, text) IS 'internal: less than or equal as status codes';

CREATE OPERATOR *= (
    LEFTARG = text, RIGHTARG = text, FUNCTION = status_code_text_text_eq,
    COMMUTATOR = *=, NEGATOR = *<>,
    RESTRICT = eqsel, JOIN = eqjoinsel,
    HASHES, MERGES
);
COMMENT ON OPERATOR *= (text, text) IS 'internal: equal as status codes';

CREATE OPERATOR *<> (
    LEFTARG = text, RIGHTARG = text, FUNCTION = status_code_text_text_ne,
    COMMUTATOR = *<>, NEGATOR = *=,
    RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR *<> (text, text) IS 'internal: not equal as status codes';

CREATE OPERATOR *>= (
    LEFTARG = text, RIGHTARG = text, FUNCTION = status_code_text_text_ge,
    COMMUTATOR = *<=, NEGATOR = *<,
    RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR *>= (text, text) IS 'internal: greater than or equal as status codes';

CREATE OPERATOR *> (
    LEFTARG = text, RIGHTARG = text, FUNCTION = status_code_text_text_gt,
    COMMUTATOR = *<, NEGATOR = *<=,
    RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR *> (text, text) IS 'internal: greater than as status codes';


--
-- LIKE and ILIKE
--
-- The functions are not LEAKPROOF: whether a malformed pattern raises an error depends on the value.
--

CREATE FUNCTION status_code_like(status_code, text) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
SUPPORT status_code_like_support
AS 'MODULE_PATHNAME', 'status_code_like';
COMMENT ON FUNCTION status_code_like(status_code, text) IS
    'implementation of ~~ operator';

CREATE FUNCTION status_code_nlike(status_code, text) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_code_nlike';
COMMENT ON FUNCTION status_code_nlike(status_code, text) IS
    'implementation of !~~ operator';

CREATE FUNCTION status_code_iclike(status_code, text) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_code_iclike';
COMMENT ON FUNCTION status_code_iclike(status_code, text) IS
    'implementation of ~~* operator';

CREATE FUNCTION status_code_icnlike(status_code, text) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_code_icnlike';
COMMENT ON FUNCTION status_code_icnlike(status_code, text) IS
    'implementation of !~~* operator';

CREATE FUNCTION status_code_nlikesel(internal, oid, internal, integer) RETURNS float8
LANGUAGE C STABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_code_nlikesel';
COMMENT ON FUNCTION status_code_nlikesel(internal, oid, internal, integer) IS
    'internal: restriction selectivity of NOT LIKE and NOT ILIKE of a status code';

CREATE OPERATOR ~~ (
    LEFTARG = status_code, RIGHTARG = text, FUNCTION = status_code_like,
    NEGATOR = !~~,
    RESTRICT = matchingsel, JOIN = matchingjoinsel
);
COMMENT ON OPERATOR ~~ (status_code, text) IS 'matches LIKE expression';

CREATE OPERATOR !~~ (
    LEFTARG = status_code, RIGHTARG = text, FUNCTION = status_code_nlike,
    NEGATOR = ~~,
    RESTRICT = status_code_nlikesel, JOIN = nlikejoinsel
);
COMMENT ON OPERATOR !~~ (status_code, text) IS 'does not match LIKE expression';

CREATE OPERATOR ~~* (
    LEFTARG = status_code, RIGHTARG = text, FUNCTION = status_code_iclike,
    NEGATOR = !~~*,
    RESTRICT = matchingsel, JOIN = matchingjoinsel
);
COMMENT ON OPERATOR ~~* (status_code, text) IS 'matches LIKE expression, case-insensitive';

CREATE OPERATOR !~~* (
    LEFTARG = status_code, RIGHTARG = text, FUNCTION = status_code_icnlike,
    NEGATOR = ~~*,
    RESTRICT = status_code_nlikesel, JOIN = icnlikejoinsel
);
COMMENT ON OPERATOR !~~* (status_code, text) IS 'does not match LIKE expression, case-insensitive';


--
-- Operator classes of status_code
--

CREATE FUNCTION status_code_sortsupport(internal) RETURNS void
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_code_sortsupport';
COMMENT ON FUNCTION status_code_sortsupport(internal) IS
    'internal: sort support';

CREATE FUNCTION status_code_hash(status_code) RETURNS integer
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_code_hash_32';
COMMENT ON FUNCTION status_code_hash(status_code) IS
    'internal: hash';

CREATE FUNCTION status_code_hash(status_code, bigint) RETURNS bigint
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_code_hash_64';
COMMENT ON FUNCTION status_code_hash(status_code, bigint) IS
    'internal: hash with a seed';

CREATE FUNCTION status_code_hash(text) RETURNS integer
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_code_text_hash_32';
COMMENT ON FUNCTION status_code_hash(text) IS
    'internal: hash of the status code with this text form, or of the text';

CREATE FUNCTION status_code_hash(text, bigint) RETURNS bigint
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_code_text_hash_64';
COMMENT ON FUNCTION status_code_hash(text, bigint) IS
    'internal: hash of the status code with this text form, or of the text, with a seed';

CREATE FUNCTION status_code_minmax_opcinfo(internal) RETURNS internal
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_code_minmax_opcinfo';
COMMENT ON FUNCTION status_code_minmax_opcinfo(internal) IS
    'internal: BRIN minmax support';

-- The equality of two texts, *=, is in a B-tree family of its own, with the other operators of texts,
-- and not in status_code_ops. If it were there, the server would accept a foreign key from a text to a
-- status code, and then fail every DELETE from, and every UPDATE of the key in, the referenced table.
-- For the same reason = of a status code and a text is not MERGES.
--
-- To find the equality that belongs to *<, the server takes the family with the lowest OID. So this
-- family is created first; and its name sorts first, since pg_upgrade creates families in that order.
CREATE OPERATOR FAMILY status_code_as_text_ops USING btree;
COMMENT ON OPERATOR FAMILY status_code_as_text_ops USING btree IS
    'internal: order of texts as status codes';

ALTER OPERATOR FAMILY status_code_as_text_ops USING btree ADD
    OPERATOR 1 *< (text, text),
    OPERATOR 2 *<= (text, text),
    OPERATOR 3 *= (text, text),
    OPERATOR 4 *>= (text, text),
    OPERATOR 5 *> (text, text),
    FUNCTION 1 (text, text) status_code_text_text_cmp(text, text);

CREATE OPERATOR FAMILY status_code_ops USING btree;
COMMENT ON OPERATOR FAMILY status_code_ops USING btree IS
    'order of status codes, and of texts among them';

CREATE OPERATOR CLASS status_code_ops
DEFAULT FOR TYPE status_code USING btree FAMILY status_code_ops AS
    OPERATOR 1 <,
    OPERATOR 2 <=,
    OPERATOR 3 =,
    OPERATOR 4 >=,
    OPERATOR 5 >,
    FUNCTION 1 status_code_cmp(status_code, status_code),
    FUNCTION 2 status_code_sortsupport(internal),
    FUNCTION 4 btequalimage(oid);
COMMENT ON OPERATOR CLASS status_code_ops USING btree IS 'order of status codes';

ALTER OPERATOR FAMILY status_code_ops USING btree ADD
    OPERATOR 1 < (status_code, text),
    OPERATOR 2 <= (status_code, text),
    OPERATOR 3 = (status_code, text),
    OPERATOR 4 >= (status_code, text),
    OPERATOR 5 > (status_code, text),
    FUNCTION 1 (status_code, text) status_code_text_cmp(status_code, text),
    OPERATOR 1 < (text, status_code),
    OPERATOR 2 <= (text, status_code),
    OPERATOR 3 = (text, status_code),
    OPERATOR 4 >= (text, status_code),
    OPERATOR 5 > (text, status_code),
    FUNCTION 1 (text, status_code) text_status_code_cmp(text, status_code),
    OPERATOR 1 *< (text, text),
    OPERATOR 2 *<= (text, text),
    OPERATOR 4 *>= (text, text),
    OPERATOR 5 *> (text, text),
    FUNCTION 1 (text, text) status_code_text_text_cmp(text, text);

CREATE OPERATOR FAMILY status_code_ops USING hash;
COMMENT ON OPERATOR FAMILY status_code_ops USING hash IS 'equality of status codes, and of texts with them';

CREATE OPERATOR CLASS status_code_ops
DEFAULT FOR TYPE status_code USING hash FAMILY status_code_ops AS
    OPERATOR 1 =,
    FUNCTION 1 status_code_hash(status_code),
    FUNCTION 2 status_code_hash(status_code, bigint);
COMMENT ON OPERATOR CLASS status_code_ops USING hash IS 'equality of status codes';

ALTER OPERATOR FAMILY status_code_ops USING hash ADD
    OPERATOR 1 = (status_code, text),
    OPERATOR 1 = (text, status_code),
    OPERATOR 1 *= (text, text),
    FUNCTION 1 (text, text) status_code_hash(text),
    FUNCTION 2 (text, text) status_code_hash(text, bigint);

CREATE OPERATOR FAMILY status_code_minmax_ops USING brin;
COMMENT ON OPERATOR FAMILY status_code_minmax_ops USING brin IS 'ranges of status codes';

CREATE OPERATOR CLASS status_code_minmax_ops
DEFAULT FOR TYPE status_code USING brin FAMILY status_code_minmax_ops AS
    OPERATOR 1 <,
    OPERATOR 2 <=,
    OPERATOR 3 =,
    OPERATOR 4 >=,
    OPERATOR 5 >,
    FUNCTION 1 status_code_minmax_opcinfo(internal),
    FUNCTION 2 brin_minmax_add_value(internal, internal, internal, internal),
    FUNCTION 3 brin_minmax_consistent(internal, internal, internal),
    FUNCTION 4 brin_minmax_union(internal, internal, internal);
COMMENT ON OPERATOR CLASS status_code_minmax_ops USING brin IS 'ranges of status codes';


--
-- Comparison and operator classes of status_category, and of status_category_parameter with it
--
-- They compare as "char" does: in the order of the labels.
--

CREATE FUNCTION status_category_lt(status_category, status_category) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'charlt';
COMMENT ON FUNCTION status_category_lt(status_category, status_category) IS
    'implementation of < operator';

CREATE FUNCTION status_category_le(status_category, status_category) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'charle';
COMMENT ON FUNCTION status_category_le(status_category, status_category) IS
    'implementation of <= operator';

CREATE FUNCTION status_category_eq(status_category, status_category) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
SUPPORT status_label_support
AS 'chareq';
COMMENT ON FUNCTION status_category_eq(status_category, status_category) IS
    'implementation of = operator';

CREATE FUNCTION status_category_ne(status_category, status_category) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
SUPPORT status_label_support
AS 'charne';
COMMENT ON FUNCTION status_category_ne(status_category, status_category) IS
    'implementation of <> operator';

CREATE FUNCTION status_category_ge(status_category, status_category) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'charge';
COMMENT ON FUNCTION status_category_ge(status_category, status_category) IS
    'implementation of >= operator';

CREATE FUNCTION status_category_gt(status_category, status_category) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'chargt';
COMMENT ON FUNCTION status_category_gt(status_category, status_category) IS
    'implementation of > operator';

CREATE FUNCTION status_category_cmp(status_category, status_category) RETURNS integer
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'btcharcmp';
COMMENT ON FUNCTION status_category_cmp(status_category, status_category) IS
    'internal: less-equal-greater';

CREATE FUNCTION status_category_hash(status_category) RETURNS integer
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'hashchar';
COMMENT ON FUNCTION status_category_hash(status_category) IS
    'internal: hash';

CREATE FUNCTION status_category_hash(status_category, bigint) RETURNS bigint
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'hashcharextended';
COMMENT ON FUNCTION status_category_hash(status_category, bigint) IS
    'internal: hash with a seed';

CREATE FUNCTION status_category_lt(status_category, status_category_parameter) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'charlt';
COMMENT ON FUNCTION status_category_lt(status_category, status_category_parameter) IS
    'implementation of < operator';

CREATE FUNCTION status_category_le(status_category, status_category_parameter) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'charle';
COMMENT ON FUNCTION status_category_le(status_category, status_category_parameter) IS
    'implementation of <= operator';

CREATE FUNCTION status_category_eq(status_category, status_category_parameter) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
SUPPORT status_label_support
AS 'chareq';
COMMENT ON FUNCTION status_category_eq(status_category, status_category_parameter) IS
    'implementation of = operator';

CREATE FUNCTION status_category_ne(status_category, status_category_parameter) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
SUPPORT status_label_support
AS 'charne';
COMMENT ON FUNCTION status_category_ne(status_category, status_category_parameter) IS
    'implementation of <> operator';

CREATE FUNCTION status_category_ge(status_category, status_category_parameter) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'charge';
COMMENT ON FUNCTION status_category_ge(status_category, status_category_parameter) IS
    'implementation of >= operator';

CREATE FUNCTION status_category_gt(status_category, status_category_parameter) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'chargt';
COMMENT ON FUNCTION status_category_gt(status_category, status_category_parameter) IS
    'implementation of > operator';

CREATE FUNCTION status_category_cmp(status_category, status_category_parameter) RETURNS integer
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'btcharcmp';
COMMENT ON FUNCTION status_category_cmp(status_category, status_category_parameter) IS
    'internal: less-equal-greater';

CREATE FUNCTION status_category_lt(status_category_parameter, status_category) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'charlt';
COMMENT ON FUNCTION status_category_lt(status_category_parameter, status_category) IS
    'implementation of < operator';

CREATE FUNCTION status_category_le(status_category_parameter, status_category) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'charle';
COMMENT ON FUNCTION status_category_le(status_category_parameter, status_category) IS
    'implementation of <= operator';

CREATE FUNCTION status_category_eq(status_category_parameter, status_category) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
SUPPORT status_label_support
AS 'chareq';
COMMENT ON FUNCTION status_category_eq(status_category_parameter, status_category) IS
    'implementation of = operator';

CREATE FUNCTION status_category_ne(status_category_parameter, status_category) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
SUPPORT status_label_support
AS 'charne';
COMMENT ON FUNCTION status_category_ne(status_category_parameter, status_category) IS
    'implementation of <> operator';

CREATE FUNCTION status_category_ge(status_category_parameter, status_category) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'charge';
COMMENT ON FUNCTION status_category_ge(status_category_parameter, status_category) IS
    'implementation of >= operator';

CREATE FUNCTION status_category_gt(status_category_parameter, status_category) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'chargt';
COMMENT ON FUNCTION status_category_gt(status_category_parameter, status_category) IS
    'implementation of > operator';

CREATE FUNCTION status_category_cmp(status_category_parameter, status_category) RETURNS integer
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'btcharcmp';
COMMENT ON FUNCTION status_category_cmp(status_category_parameter, status_category) IS
    'internal: less-equal-greater';

CREATE FUNCTION status_category_lt(status_category_parameter, status_category_parameter) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'charlt';
COMMENT ON FUNCTION status_category_lt(status_category_parameter, status_category_parameter) IS
    'implementation of < operator';

CREATE FUNCTION status_category_le(status_category_parameter, status_category_parameter) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'charle';
COMMENT ON FUNCTION status_category_le(status_category_parameter, status_category_parameter) IS
    'implementation of <= operator';

CREATE FUNCTION status_category_eq(status_category_parameter, status_category_parameter) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'chareq';
COMMENT ON FUNCTION status_category_eq(status_category_parameter, status_category_parameter) IS
    'implementation of = operator';

CREATE FUNCTION status_category_ne(status_category_parameter, status_category_parameter) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'charne';
COMMENT ON FUNCTION status_category_ne(status_category_parameter, status_category_parameter) IS
    'implementation of <> operator';

CREATE FUNCTION status_category_ge(status_category_parameter, status_category_parameter) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'charge';
COMMENT ON FUNCTION status_category_ge(status_category_parameter, status_category_parameter) IS
    'implementation of >= operator';

CREATE FUNCTION status_category_gt(status_category_parameter, status_category_parameter) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'chargt';
COMMENT ON FUNCTION status_category_gt(status_category_parameter, status_category_parameter) IS
    'implementation of > operator';

CREATE FUNCTION status_category_cmp(status_category_parameter, status_category_parameter) RETURNS integer
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'btcharcmp';
COMMENT ON FUNCTION status_category_cmp(status_category_parameter, status_category_parameter) IS
    'internal: less-equal-greater';

CREATE FUNCTION status_category_hash(status_category_parameter) RETURNS integer
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'hashchar';
COMMENT ON FUNCTION status_category_hash(status_category_parameter) IS
    'internal: hash';

CREATE FUNCTION status_category_hash(status_category_parameter, bigint) RETURNS bigint
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'hashcharextended';
COMMENT ON FUNCTION status_category_hash(status_category_parameter, bigint) IS
    'internal: hash with a seed';

CREATE OPERATOR < (
    LEFTARG = status_category, RIGHTARG = status_category, FUNCTION = status_category_lt,
    COMMUTATOR = >, NEGATOR = >=,
    RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (status_category, status_category) IS 'less than';

CREATE OPERATOR <= (
    LEFTARG = status_category, RIGHTARG = status_category, FUNCTION = status_category_le,
    COMMUTATOR = >=, NEGATOR = >,
    RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (status_category, status_category) IS 'less than or equal';

CREATE OPERATOR = (
    LEFTARG = status_category, RIGHTARG = status_category, FUNCTION = status_category_eq,
    COMMUTATOR = =, NEGATOR = <>,
    RESTRICT = eqsel, JOIN = eqjoinsel,
    HASHES, MERGES
);
COMMENT ON OPERATOR = (status_category, status_category) IS 'equal';

CREATE OPERATOR <> (
    LEFTARG = status_category, RIGHTARG = status_category, FUNCTION = status_category_ne,
    COMMUTATOR = <>, NEGATOR = =,
    RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (status_category, status_category) IS 'not equal';

CREATE OPERATOR >= (
    LEFTARG = status_category, RIGHTARG = status_category, FUNCTION = status_category_ge,
    COMMUTATOR = <=, NEGATOR = <,
    RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (status_category, status_category) IS 'greater than or equal';

CREATE OPERATOR > (
    LEFTARG = status_category, RIGHTARG = status_category, FUNCTION = status_category_gt,
    COMMUTATOR = <, NEGATOR = <=,
    RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (status_category, status_category) IS 'greater than';

CREATE OPERATOR < (
    LEFTARG = status_category, RIGHTARG = status_category_parameter, FUNCTION = status_category_lt,
    COMMUTATOR = >, NEGATOR = >=,
    RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (status_category, status_category_parameter) IS 'less than';

CREATE OPERATOR <= (
    LEFTARG = status_category, RIGHTARG = status_category_parameter, FUNCTION = status_category_le,
    COMMUTATOR = >=, NEGATOR = >,
    RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (status_category, status_category_parameter) IS 'less than or equal';

CREATE OPERATOR = (
    LEFTARG = status_category, RIGHTARG = status_category_parameter, FUNCTION = status_category_eq,
    COMMUTATOR = =, NEGATOR = <>,
    RESTRICT = eqsel, JOIN = eqjoinsel,
    HASHES, MERGES
);
COMMENT ON OPERATOR = (status_category, status_category_parameter) IS 'equal';

CREATE OPERATOR <> (
    LEFTARG = status_category, RIGHTARG = status_category_parameter, FUNCTION = status_category_ne,
    COMMUTATOR = <>, NEGATOR = =,
    RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (status_category, status_category_parameter) IS 'not equal';

CREATE OPERATOR >= (
    LEFTARG = status_category, RIGHTARG = status_category_parameter, FUNCTION = status_category_ge,
    COMMUTATOR = <=, NEGATOR = <,
    RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (status_category, status_category_parameter) IS 'greater than or equal';

CREATE OPERATOR > (
    LEFTARG = status_category, RIGHTARG = status_category_parameter, FUNCTION = status_category_gt,
    COMMUTATOR = <, NEGATOR = <=,
    RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (status_category, status_category_parameter) IS 'greater than';

CREATE OPERATOR < (
    LEFTARG = status_category_parameter, RIGHTARG = status_category, FUNCTION = status_category_lt,
    COMMUTATOR = >, NEGATOR = >=,
    RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (status_category_parameter, status_category) IS 'less than';

CREATE OPERATOR <= (
    LEFTARG = status_category_parameter, RIGHTARG = status_category, FUNCTION = status_category_le,
    COMMUTATOR = >=, NEGATOR = >,
    RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (status_category_parameter, status_category) IS 'less than or equal';

CREATE OPERATOR = (
    LEFTARG = status_category_parameter, RIGHTARG = status_category, FUNCTION = status_category_eq,
    COMMUTATOR = =, NEGATOR = <>,
    RESTRICT = eqsel, JOIN = eqjoinsel,
    HASHES, MERGES
);
COMMENT ON OPERATOR = (status_category_parameter, status_category) IS 'equal';

CREATE OPERATOR <> (
    LEFTARG = status_category_parameter, RIGHTARG = status_category, FUNCTION = status_category_ne,
    COMMUTATOR = <>, NEGATOR = =,
    RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (status_category_parameter, status_category) IS 'not equal';

CREATE OPERATOR >= (
    LEFTARG = status_category_parameter, RIGHTARG = status_category, FUNCTION = status_category_ge,
    COMMUTATOR = <=, NEGATOR = <,
    RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (status_category_parameter, status_category) IS 'greater than or equal';

CREATE OPERATOR > (
    LEFTARG = status_category_parameter, RIGHTARG = status_category, FUNCTION = status_category_gt,
    COMMUTATOR = <, NEGATOR = <=,
    RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (status_category_parameter, status_category) IS 'greater than';

CREATE OPERATOR < (
    LEFTARG = status_category_parameter, RIGHTARG = status_category_parameter, FUNCTION = status_category_lt,
    COMMUTATOR = >, NEGATOR = >=,
    RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (status_category_parameter, status_category_parameter) IS 'less than';

CREATE OPERATOR <= (
    LEFTARG = status_category_parameter, RIGHTARG = status_category_parameter, FUNCTION = status_category_le,
    COMMUTATOR = >=, NEGATOR = >,
    RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (status_category_parameter, status_category_parameter) IS 'less than or equal';

CREATE OPERATOR = (
    LEFTARG = status_category_parameter, RIGHTARG = status_category_parameter, FUNCTION = status_category_eq,
    COMMUTATOR = =, NEGATOR = <>,
    RESTRICT = eqsel, JOIN = eqjoinsel,
    HASHES, MERGES
);
COMMENT ON OPERATOR = (status_category_parameter, status_category_parameter) IS 'equal';

CREATE OPERATOR <> (
    LEFTARG = status_category_parameter, RIGHTARG = status_category_parameter, FUNCTION = status_category_ne,
    COMMUTATOR = <>, NEGATOR = =,
    RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (status_category_parameter, status_category_parameter) IS 'not equal';

CREATE OPERATOR >= (
    LEFTARG = status_category_parameter, RIGHTARG = status_category_parameter, FUNCTION = status_category_ge,
    COMMUTATOR = <=, NEGATOR = <,
    RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (status_category_parameter, status_category_parameter) IS 'greater than or equal';

CREATE OPERATOR > (
    LEFTARG = status_category_parameter, RIGHTARG = status_category_parameter, FUNCTION = status_category_gt,
    COMMUTATOR = <, NEGATOR = <=,
    RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (status_category_parameter, status_category_parameter) IS 'greater than';

CREATE OPERATOR FAMILY status_category_ops USING btree;
COMMENT ON OPERATOR FAMILY status_category_ops USING btree IS 'order of categories';

CREATE OPERATOR CLASS status_category_ops
DEFAULT FOR TYPE status_category USING btree FAMILY status_category_ops AS
    OPERATOR 1 <,
    OPERATOR 2 <=,
    OPERATOR 3 =,
    OPERATOR 4 >=,
    OPERATOR 5 >,
    FUNCTION 1 status_category_cmp(status_category, status_category),
    FUNCTION 4 btequalimage(oid);
COMMENT ON OPERATOR CLASS status_category_ops USING btree IS 'order of categories';

ALTER OPERATOR FAMILY status_category_ops USING btree ADD
    OPERATOR 1 < (status_category, status_category_parameter),
    OPERATOR 2 <= (status_category, status_category_parameter),
    OPERATOR 3 = (status_category, status_category_parameter),
    OPERATOR 4 >= (status_category, status_category_parameter),
    OPERATOR 5 > (status_category, status_category_parameter),
    FUNCTION 1 (status_category, status_category_parameter) status_category_cmp(status_category, status_category_parameter),
    OPERATOR 1 < (status_category_parameter, status_category),
    OPERATOR 2 <= (status_category_parameter, status_category),
    OPERATOR 3 = (status_category_parameter, status_category),
    OPERATOR 4 >= (status_category_parameter, status_category),
    OPERATOR 5 > (status_category_parameter, status_category),
    FUNCTION 1 (status_category_parameter, status_category) status_category_cmp(status_category_parameter, status_category),
    OPERATOR 1 < (status_category_parameter, status_category_parameter),
    OPERATOR 2 <= (status_category_parameter, status_category_parameter),
    OPERATOR 3 = (status_category_parameter, status_category_parameter),
    OPERATOR 4 >= (status_category_parameter, status_category_parameter),
    OPERATOR 5 > (status_category_parameter, status_category_parameter),
    FUNCTION 1 (status_category_parameter, status_category_parameter) status_category_cmp(status_category_parameter, status_category_parameter);

CREATE OPERATOR FAMILY status_category_ops USING hash;
COMMENT ON OPERATOR FAMILY status_category_ops USING hash IS 'equality of categories';

CREATE OPERATOR CLASS status_category_ops
DEFAULT FOR TYPE status_category USING hash FAMILY status_category_ops AS
    OPERATOR 1 =,
    FUNCTION 1 status_category_hash(status_category),
    FUNCTION 2 status_category_hash(status_category, bigint);
COMMENT ON OPERATOR CLASS status_category_ops USING hash IS 'equality of categories';

CREATE OPERATOR CLASS status_category_parameter_ops
DEFAULT FOR TYPE status_category_parameter USING hash FAMILY status_category_ops AS
    OPERATOR 1 =,
    FUNCTION 1 status_category_hash(status_category_parameter),
    FUNCTION 2 status_category_hash(status_category_parameter, bigint);
COMMENT ON OPERATOR CLASS status_category_parameter_ops USING hash IS 'internal: equality of categories, for Memoize';

ALTER OPERATOR FAMILY status_category_ops USING hash ADD
    OPERATOR 1 = (status_category, status_category_parameter),
    OPERATOR 1 = (status_category_parameter, status_category);


--
-- Comparison and operator classes of status_action, and of status_action_parameter with it
--
-- They compare as "char" does: in the order of the labels.
--

CREATE FUNCTION status_action_lt(status_action, status_action) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'charlt';
COMMENT ON FUNCTION status_action_lt(status_action, status_action) IS
    'implementation of < operator';

CREATE FUNCTION status_action_le(status_action, status_action) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'charle';
COMMENT ON FUNCTION status_action_le(status_action, status_action) IS
    'implementation of <= operator';

CREATE FUNCTION status_action_eq(status_action, status_action) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
SUPPORT status_label_support
AS 'chareq';
COMMENT ON FUNCTION status_action_eq(status_action, status_action) IS
    'implementation of = operator';

CREATE FUNCTION status_action_ne(status_action, status_action) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
SUPPORT status_label_support
AS 'charne';
COMMENT ON FUNCTION status_action_ne(status_action, status_action) IS
    'implementation of <> operator';

CREATE FUNCTION status_action_ge(status_action, status_action) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'charge';
COMMENT ON FUNCTION status_action_ge(status_action, status_action) IS
    'implementation of >= operator';

CREATE FUNCTION status_action_gt(status_action, status_action) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'chargt';
COMMENT ON FUNCTION status_action_gt(status_action, status_action) IS
    'implementation of > operator';

CREATE FUNCTION status_action_cmp(status_action, status_action) RETURNS integer
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'btcharcmp';
COMMENT ON FUNCTION status_action_cmp(status_action, status_action) IS
    'internal: less-equal-greater';

CREATE FUNCTION status_action_hash(status_action) RETURNS integer
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'hashchar';
COMMENT ON FUNCTION status_action_hash(status_action) IS
    'internal: hash';

CREATE FUNCTION status_action_hash(status_action, bigint) RETURNS bigint
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'hashcharextended';
COMMENT ON FUNCTION status_action_hash(status_action, bigint) IS
    'internal: hash with a seed';

CREATE FUNCTION status_action_lt(status_action, status_action_parameter) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'charlt';
COMMENT ON FUNCTION status_action_lt(status_action, status_action_parameter) IS
    'implementation of < operator';

CREATE FUNCTION status_action_le(status_action, status_action_parameter) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'charle';
COMMENT ON FUNCTION status_action_le(status_action, status_action_parameter) IS
    'implementation of <= operator';

CREATE FUNCTION status_action_eq(status_action, status_action_parameter) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
SUPPORT status_label_support
AS 'chareq';
COMMENT ON FUNCTION status_action_eq(status_action, status_action_parameter) IS
    'implementation of = operator';

CREATE FUNCTION status_action_ne(status_action, status_action_parameter) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
SUPPORT status_label_support
AS 'charne';
COMMENT ON FUNCTION status_action_ne(status_action, status_action_parameter) IS
    'implementation of <> operator';

CREATE FUNCTION status_action_ge(status_action, status_action_parameter) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'charge';
COMMENT ON FUNCTION status_action_ge(status_action, status_action_parameter) IS
    'implementation of >= operator';

CREATE FUNCTION status_action_gt(status_action, status_action_parameter) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'chargt';
COMMENT ON FUNCTION status_action_gt(status_action, status_action_parameter) IS
    'implementation of > operator';

CREATE FUNCTION status_action_cmp(status_action, status_action_parameter) RETURNS integer
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'btcharcmp';
COMMENT ON FUNCTION status_action_cmp(status_action, status_action_parameter) IS
    'internal: less-equal-greater';

CREATE FUNCTION status_action_lt(status_action_parameter, status_action) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'charlt';
COMMENT ON FUNCTION status_action_lt(status_action_parameter, status_action) IS
    'implementation of < operator';

CREATE FUNCTION status_action_le(status_action_parameter, status_action) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'charle';
COMMENT ON FUNCTION status_action_le(status_action_parameter, status_action) IS
    'implementation of <= operator';

CREATE FUNCTION status_action_eq(status_action_parameter, status_action) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
SUPPORT status_label_support
AS 'chareq';
COMMENT ON FUNCTION status_action_eq(status_action_parameter, status_action) IS
    'implementation of = operator';

CREATE FUNCTION status_action_ne(status_action_parameter, status_action) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
SUPPORT status_label_support
AS 'charne';
COMMENT ON FUNCTION status_action_ne(status_action_parameter, status_action) IS
    'implementation of <> operator';

CREATE FUNCTION status_action_ge(status_action_parameter, status_action) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'charge';
COMMENT ON FUNCTION status_action_ge(status_action_parameter, status_action) IS
    'implementation of >= operator';

CREATE FUNCTION status_action_gt(status_action_parameter, status_action) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'chargt';
COMMENT ON FUNCTION status_action_gt(status_action_parameter, status_action) IS
    'implementation of > operator';

CREATE FUNCTION status_action_cmp(status_action_parameter, status_action) RETURNS integer
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'btcharcmp';
COMMENT ON FUNCTION status_action_cmp(status_action_parameter, status_action) IS
    'internal: less-equal-greater';

CREATE FUNCTION status_action_lt(status_action_parameter, status_action_parameter) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'charlt';
COMMENT ON FUNCTION status_action_lt(status_action_parameter, status_action_parameter) IS
    'implementation of < operator';

CREATE FUNCTION status_action_le(status_action_parameter, status_action_parameter) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'charle';
COMMENT ON FUNCTION status_action_le(status_action_parameter, status_action_parameter) IS
    'implementation of <= operator';

CREATE FUNCTION status_action_eq(status_action_parameter, status_action_parameter) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'chareq';
COMMENT ON FUNCTION status_action_eq(status_action_parameter, status_action_parameter) IS
    'implementation of = operator';

CREATE FUNCTION status_action_ne(status_action_parameter, status_action_parameter) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'charne';
COMMENT ON FUNCTION status_action_ne(status_action_parameter, status_action_parameter) IS
    'implementation of <> operator';

CREATE FUNCTION status_action_ge(status_action_parameter, status_action_parameter) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'charge';
COMMENT ON FUNCTION status_action_ge(status_action_parameter, status_action_parameter) IS
    'implementation of >= operator';

CREATE FUNCTION status_action_gt(status_action_parameter, status_action_parameter) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'chargt';
COMMENT ON FUNCTION status_action_gt(status_action_parameter, status_action_parameter) IS
    'implementation of > operator';

CREATE FUNCTION status_action_cmp(status_action_parameter, status_action_parameter) RETURNS integer
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'btcharcmp';
COMMENT ON FUNCTION status_action_cmp(status_action_parameter, status_action_parameter) IS
    'internal: less-equal-greater';

CREATE FUNCTION status_action_hash(status_action_parameter) RETURNS integer
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'hashchar';
COMMENT ON FUNCTION status_action_hash(status_action_parameter) IS
    'internal: hash';

CREATE FUNCTION status_action_hash(status_action_parameter, bigint) RETURNS bigint
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'hashcharextended';
COMMENT ON FUNCTION status_action_hash(status_action_parameter, bigint) IS
    'internal: hash with a seed';

CREATE OPERATOR < (
    LEFTARG = status_action, RIGHTARG = status_action, FUNCTION = status_action_lt,
    COMMUTATOR = >, NEGATOR = >=,
    RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (status_action, status_action) IS 'less than';

CREATE OPERATOR <= (
    LEFTARG = status_action, RIGHTARG = status_action, FUNCTION = status_action_le,
    COMMUTATOR = >=, NEGATOR = >,
    RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (status_action, status_action) IS 'less than or equal';

CREATE OPERATOR = (
    LEFTARG = status_action, RIGHTARG = status_action, FUNCTION = status_action_eq,
    COMMUTATOR = =, NEGATOR = <>,
    RESTRICT = eqsel, JOIN = eqjoinsel,
    HASHES, MERGES
);
COMMENT ON OPERATOR = (status_action, status_action) IS 'equal';

CREATE OPERATOR <> (
    LEFTARG = status_action, RIGHTARG = status_action, FUNCTION = status_action_ne,
    COMMUTATOR = <>, NEGATOR = =,
    RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (status_action, status_action) IS 'not equal';

CREATE OPERATOR >= (
    LEFTARG = status_action, RIGHTARG = status_action, FUNCTION = status_action_ge,
    COMMUTATOR = <=, NEGATOR = <,
    RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (status_action, status_action) IS 'greater than or equal';

CREATE OPERATOR > (
    LEFTARG = status_action, RIGHTARG = status_action, FUNCTION = status_action_gt,
    COMMUTATOR = <, NEGATOR = <=,
    RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (status_action, status_action) IS 'greater than';

CREATE OPERATOR < (
    LEFTARG = status_action, RIGHTARG = status_action_parameter, FUNCTION = status_action_lt,
    COMMUTATOR = >, NEGATOR = >=,
    RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (status_action, status_action_parameter) IS 'less than';

CREATE OPERATOR <= (
    LEFTARG = status_action, RIGHTARG = status_action_parameter, FUNCTION = status_action_le,
    COMMUTATOR = >=, NEGATOR = >,
    RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (status_action, status_action_parameter) IS 'less than or equal';

CREATE OPERATOR = (
    LEFTARG = status_action, RIGHTARG = status_action_parameter, FUNCTION = status_action_eq,
    COMMUTATOR = =, NEGATOR = <>,
    RESTRICT = eqsel, JOIN = eqjoinsel,
    HASHES, MERGES
);
COMMENT ON OPERATOR = (status_action, status_action_parameter) IS 'equal';

CREATE OPERATOR <> (
    LEFTARG = status_action, RIGHTARG = status_action_parameter, FUNCTION = status_action_ne,
    COMMUTATOR = <>, NEGATOR = =,
    RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (status_action, status_action_parameter) IS 'not equal';

CREATE OPERATOR >= (
    LEFTARG = status_action, RIGHTARG = status_action_parameter, FUNCTION = status_action_ge,
    COMMUTATOR = <=, NEGATOR = <,
    RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (status_action, status_action_parameter) IS 'greater than or equal';

CREATE OPERATOR > (
    LEFTARG = status_action, RIGHTARG = status_action_parameter, FUNCTION = status_action_gt,
    COMMUTATOR = <, NEGATOR = <=,
    RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (status_action, status_action_parameter) IS 'greater than';

CREATE OPERATOR < (
    LEFTARG = status_action_parameter, RIGHTARG = status_action, FUNCTION = status_action_lt,
    COMMUTATOR = >, NEGATOR = >=,
    RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (status_action_parameter, status_action) IS 'less than';

CREATE OPERATOR <= (
    LEFTARG = status_action_parameter, RIGHTARG = status_action, FUNCTION = status_action_le,
    COMMUTATOR = >=, NEGATOR = >,
    RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (status_action_parameter, status_action) IS 'less than or equal';

CREATE OPERATOR = (
    LEFTARG = status_action_parameter, RIGHTARG = status_action, FUNCTION = status_action_eq,
    COMMUTATOR = =, NEGATOR = <>,
    RESTRICT = eqsel, JOIN = eqjoinsel,
    HASHES, MERGES
);
COMMENT ON OPERATOR = (status_action_parameter, status_action) IS 'equal';

CREATE OPERATOR <> (
    LEFTARG = status_action_parameter, RIGHTARG = status_action, FUNCTION = status_action_ne,
    COMMUTATOR = <>, NEGATOR = =,
    RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (status_action_parameter, status_action) IS 'not equal';

CREATE OPERATOR >= (
    LEFTARG = status_action_parameter, RIGHTARG = status_action, FUNCTION = status_action_ge,
    COMMUTATOR = <=, NEGATOR = <,
    RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (status_action_parameter, status_action) IS 'greater than or equal';

CREATE OPERATOR > (
    LEFTARG = status_action_parameter, RIGHTARG = status_action, FUNCTION = status_action_gt,
    COMMUTATOR = <, NEGATOR = <=,
    RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (status_action_parameter, status_action) IS 'greater than';

CREATE OPERATOR < (
    LEFTARG = status_action_parameter, RIGHTARG = status_action_parameter, FUNCTION = status_action_lt,
    COMMUTATOR = >, NEGATOR = >=,
    RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (status_action_parameter, status_action_parameter) IS 'less than';

CREATE OPERATOR <= (
    LEFTARG = status_action_parameter, RIGHTARG = status_action_parameter, FUNCTION = status_action_le,
    COMMUTATOR = >=, NEGATOR = >,
    RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (status_action_parameter, status_action_parameter) IS 'less than or equal';

CREATE OPERATOR = (
    LEFTARG = status_action_parameter, RIGHTARG = status_action_parameter, FUNCTION = status_action_eq,
    COMMUTATOR = =, NEGATOR = <>,
    RESTRICT = eqsel, JOIN = eqjoinsel,
    HASHES, MERGES
);
COMMENT ON OPERATOR = (status_action_parameter, status_action_parameter) IS 'equal';

CREATE OPERATOR <> (
    LEFTARG = status_action_parameter, RIGHTARG = status_action_parameter, FUNCTION = status_action_ne,
    COMMUTATOR = <>, NEGATOR = =,
    RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (status_action_parameter, status_action_parameter) IS 'not equal';

CREATE OPERATOR >= (
    LEFTARG = status_action_parameter, RIGHTARG = status_action_parameter, FUNCTION = status_action_ge,
    COMMUTATOR = <=, NEGATOR = <,
    RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (status_action_parameter, status_action_parameter) IS 'greater than or equal';

CREATE OPERATOR > (
    LEFTARG = status_action_parameter, RIGHTARG = status_action_parameter, FUNCTION = status_action_gt,
    COMMUTATOR = <, NEGATOR = <=,
    RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (status_action_parameter, status_action_parameter) IS 'greater than';

CREATE OPERATOR FAMILY status_action_ops USING btree;
COMMENT ON OPERATOR FAMILY status_action_ops USING btree IS 'order of actions';

CREATE OPERATOR CLASS status_action_ops
DEFAULT FOR TYPE status_action USING btree FAMILY status_action_ops AS
    OPERATOR 1 <,
    OPERATOR 2 <=,
    OPERATOR 3 =,
    OPERATOR 4 >=,
    OPERATOR 5 >,
    FUNCTION 1 status_action_cmp(status_action, status_action),
    FUNCTION 4 btequalimage(oid);
COMMENT ON OPERATOR CLASS status_action_ops USING btree IS 'order of actions';

ALTER OPERATOR FAMILY status_action_ops USING btree ADD
    OPERATOR 1 < (status_action, status_action_parameter),
    OPERATOR 2 <= (status_action, status_action_parameter),
    OPERATOR 3 = (status_action, status_action_parameter),
    OPERATOR 4 >= (status_action, status_action_parameter),
    OPERATOR 5 > (status_action, status_action_parameter),
    FUNCTION 1 (status_action, status_action_parameter) status_action_cmp(status_action, status_action_parameter),
    OPERATOR 1 < (status_action_parameter, status_action),
    OPERATOR 2 <= (status_action_parameter, status_action),
    OPERATOR 3 = (status_action_parameter, status_action),
    OPERATOR 4 >= (status_action_parameter, status_action),
    OPERATOR 5 > (status_action_parameter, status_action),
    FUNCTION 1 (status_action_parameter, status_action) status_action_cmp(status_action_parameter, status_action),
    OPERATOR 1 < (status_action_parameter, status_action_parameter),
    OPERATOR 2 <= (status_action_parameter, status_action_parameter),
    OPERATOR 3 = (status_action_parameter, status_action_parameter),
    OPERATOR 4 >= (status_action_parameter, status_action_parameter),
    OPERATOR 5 > (status_action_parameter, status_action_parameter),
    FUNCTION 1 (status_action_parameter, status_action_parameter) status_action_cmp(status_action_parameter, status_action_parameter);

CREATE OPERATOR FAMILY status_action_ops USING hash;
COMMENT ON OPERATOR FAMILY status_action_ops USING hash IS 'equality of actions';

CREATE OPERATOR CLASS status_action_ops
DEFAULT FOR TYPE status_action USING hash FAMILY status_action_ops AS
    OPERATOR 1 =,
    FUNCTION 1 status_action_hash(status_action),
    FUNCTION 2 status_action_hash(status_action, bigint);
COMMENT ON OPERATOR CLASS status_action_ops USING hash IS 'equality of actions';

CREATE OPERATOR CLASS status_action_parameter_ops
DEFAULT FOR TYPE status_action_parameter USING hash FAMILY status_action_ops AS
    OPERATOR 1 =,
    FUNCTION 1 status_action_hash(status_action_parameter),
    FUNCTION 2 status_action_hash(status_action_parameter, bigint);
COMMENT ON OPERATOR CLASS status_action_parameter_ops USING hash IS 'internal: equality of actions, for Memoize';

ALTER OPERATOR FAMILY status_action_ops USING hash ADD
    OPERATOR 1 = (status_action, status_action_parameter),
    OPERATOR 1 = (status_action_parameter, status_action);


--
-- Aggregates min and max
--

CREATE FUNCTION status_code_smaller(status_code, status_code) RETURNS status_code
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_code_smaller';
COMMENT ON FUNCTION status_code_smaller(status_code, status_code) IS
    'internal: smaller of two';

CREATE AGGREGATE min(status_code) (
    SFUNC = status_code_smaller, STYPE = status_code,
    COMBINEFUNC = status_code_smaller, SORTOP = <, PARALLEL = SAFE
);
COMMENT ON AGGREGATE min(status_code) IS
    'minimum value of all status_code input values';

CREATE FUNCTION status_code_larger(status_code, status_code) RETURNS status_code
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_code_larger';
COMMENT ON FUNCTION status_code_larger(status_code, status_code) IS
    'internal: larger of two';

CREATE AGGREGATE max(status_code) (
    SFUNC = status_code_larger, STYPE = status_code,
    COMBINEFUNC = status_code_larger, SORTOP = >, PARALLEL = SAFE
);
COMMENT ON AGGREGATE max(status_code) IS
    'maximum value of all status_code input values';


--
-- Constructors, and functions that find the status code that is meant
--

CREATE FUNCTION status_code(provider text, code text, variant text DEFAULT NULL) RETURNS status_code
LANGUAGE C IMMUTABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_code_from_parts';
COMMENT ON FUNCTION status_code(provider text, code text, variant text) IS
    'status code from its parts, without a variant if that is NULL';

CREATE FUNCTION status_code(provider text, code bigint) RETURNS status_code
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_code_from_number';
COMMENT ON FUNCTION status_code(provider text, code bigint) IS
    'status code of a provider with this number';

CREATE FUNCTION try_status_code(value text) RETURNS status_code
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_code_try_from_text';
COMMENT ON FUNCTION try_status_code(value text) IS
    'status code with this text form, or NULL if malformed';

CREATE FUNCTION try_status_code(provider text, code text, variant text DEFAULT NULL) RETURNS status_code
LANGUAGE C IMMUTABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_code_try_from_parts';
COMMENT ON FUNCTION try_status_code(provider text, code text, variant text) IS
    'status code from its parts, or NULL if malformed';

CREATE FUNCTION status_code_match(provider text, value text) RETURNS status_code
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_code_match';
COMMENT ON FUNCTION status_code_match(provider text, value text) IS
    'status code of a built-in provider by its code, name or title, in any spelling (built-in)';

CREATE FUNCTION status_code_match(value text) RETURNS status_code
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_code_match_text';
COMMENT ON FUNCTION status_code_match(value text) IS
    'status code by its provider followed by its code, name or title, in any spelling (built-in)';

CREATE FUNCTION status_code_nearest(value text) RETURNS status_code
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_code_nearest';
COMMENT ON FUNCTION status_code_nearest(value text) IS
    'known status code that a text resembles most (built-in)';


--
-- Parts of a status code
--

CREATE FUNCTION code_provider(status status_code) RETURNS text
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'MODULE_PATHNAME', 'provider_codes_code_provider';
COMMENT ON FUNCTION code_provider(status status_code) IS
    'provider of a status code';

CREATE FUNCTION code_value(status status_code) RETURNS text
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'MODULE_PATHNAME', 'provider_codes_code_value';
COMMENT ON FUNCTION code_value(status status_code) IS
    'code alone, without provider and variant';

CREATE FUNCTION code_variant(status status_code) RETURNS text
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'MODULE_PATHNAME', 'provider_codes_code_variant';
COMMENT ON FUNCTION code_variant(status status_code) IS
    'variant of a status code';

CREATE FUNCTION code_number(status status_code) RETURNS integer
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'MODULE_PATHNAME', 'provider_codes_code_number';
COMMENT ON FUNCTION code_number(status status_code) IS
    'code alone as a number, or NULL if it is not an integer';

CREATE FUNCTION code_base(status status_code) RETURNS status_code
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'MODULE_PATHNAME', 'provider_codes_code_base';
COMMENT ON FUNCTION code_base(status status_code) IS
    'status code without its variant';

CREATE FUNCTION from_provider(status status_code, provider text) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
SUPPORT status_code_predicate_support
AS 'MODULE_PATHNAME', 'provider_codes_from_provider';
COMMENT ON FUNCTION from_provider(status status_code, provider text) IS
    'true if the status code belongs to the provider';


--
-- Payloads
--

CREATE FUNCTION status_code_from_json(provider text, payload jsonb) RETURNS status_code
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_code_from_json';
COMMENT ON FUNCTION status_code_from_json(provider text, payload jsonb) IS
    'status code in what a built-in provider sends';

CREATE FUNCTION status_codes_from_json(provider text, payload jsonb) RETURNS SETOF status_code
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 10
AS 'MODULE_PATHNAME', 'provider_codes_status_codes_from_json';
COMMENT ON FUNCTION status_codes_from_json(provider text, payload jsonb) IS
    'all status codes in what a built-in provider sends, in order';


--
-- What a status code means
--
-- A function consults the overrides and then the catalog, and returns what a join with the table
-- status_code_overrides would under the same snapshot: STABLE. Its twin, builtin_ and the same name,
-- reads the catalog alone: IMMUTABLE, for CHECK constraints, generated columns, indexes and partition
-- keys. Both return NULL if nothing is known.
--
-- LEAKPROOF: an error can come from the state of the table, but not from an argument.
--

CREATE FUNCTION code_name(status status_code) RETURNS text
LANGUAGE C STABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'MODULE_PATHNAME', 'provider_codes_code_name';
COMMENT ON FUNCTION code_name(status status_code) IS
    'provider''s short name for a status code';

CREATE FUNCTION builtin_code_name(status status_code) RETURNS text
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'MODULE_PATHNAME', 'provider_codes_builtin_code_name';
COMMENT ON FUNCTION builtin_code_name(status status_code) IS
    'provider''s short name for a status code (built-in)';

CREATE FUNCTION code_title(status status_code) RETURNS text
LANGUAGE C STABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'MODULE_PATHNAME', 'provider_codes_code_title';
COMMENT ON FUNCTION code_title(status status_code) IS
    'headline for a status code';

CREATE FUNCTION builtin_code_title(status status_code) RETURNS text
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'MODULE_PATHNAME', 'provider_codes_builtin_code_title';
COMMENT ON FUNCTION builtin_code_title(status status_code) IS
    'headline for a status code (built-in)';

CREATE FUNCTION code_description(status status_code) RETURNS text
LANGUAGE C STABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'MODULE_PATHNAME', 'provider_codes_code_description';
COMMENT ON FUNCTION code_description(status status_code) IS
    'description of a status code';

CREATE FUNCTION builtin_code_description(status status_code) RETURNS text
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'MODULE_PATHNAME', 'provider_codes_builtin_code_description';
COMMENT ON FUNCTION builtin_code_description(status status_code) IS
    'description of a status code (built-in)';

CREATE FUNCTION code_category(status status_code) RETURNS status_category
LANGUAGE C STABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'MODULE_PATHNAME', 'provider_codes_code_category';
COMMENT ON FUNCTION code_category(status status_code) IS
    'category of a status code';

CREATE FUNCTION builtin_code_category(status status_code) RETURNS status_category
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'MODULE_PATHNAME', 'provider_codes_builtin_code_category';
COMMENT ON FUNCTION builtin_code_category(status status_code) IS
    'category of a status code (built-in)';

CREATE FUNCTION code_action(status status_code) RETURNS status_action
LANGUAGE C STABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'MODULE_PATHNAME', 'provider_codes_code_action';
COMMENT ON FUNCTION code_action(status status_code) IS
    'action that a status code calls for';

CREATE FUNCTION builtin_code_action(status status_code) RETURNS status_action
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'MODULE_PATHNAME', 'provider_codes_builtin_code_action';
COMMENT ON FUNCTION builtin_code_action(status status_code) IS
    'action that a status code calls for (built-in)';

CREATE FUNCTION code_retry_after(status status_code) RETURNS interval
LANGUAGE C STABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'MODULE_PATHNAME', 'provider_codes_code_retry_after';
COMMENT ON FUNCTION code_retry_after(status status_code) IS
    'wait before a retry, as named in the provider''s document';

CREATE FUNCTION builtin_code_retry_after(status status_code) RETURNS interval
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'MODULE_PATHNAME', 'provider_codes_builtin_code_retry_after';
COMMENT ON FUNCTION builtin_code_retry_after(status status_code) IS
    'wait before a retry, as named in the provider''s document (built-in)';

-- not STRICT: a NULL language is English
CREATE FUNCTION code_user_message(status status_code, language text DEFAULT 'en') RETURNS text
LANGUAGE C STABLE LEAKPROOF PARALLEL SAFE
AS 'MODULE_PATHNAME', 'provider_codes_code_user_message';
COMMENT ON FUNCTION code_user_message(status status_code, language text) IS
    'message for the end user about a status code, in a language or else in English';

CREATE FUNCTION builtin_code_user_message(status status_code, language text DEFAULT 'en') RETURNS text
LANGUAGE C IMMUTABLE LEAKPROOF PARALLEL SAFE
AS 'MODULE_PATHNAME', 'provider_codes_builtin_code_user_message';
COMMENT ON FUNCTION builtin_code_user_message(status status_code, language text) IS
    'message for the end user about a status code, in a language or else in English (built-in)';

CREATE FUNCTION code_user_messages(status status_code) RETURNS jsonb
LANGUAGE C STABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'MODULE_PATHNAME', 'provider_codes_code_user_messages';
COMMENT ON FUNCTION code_user_messages(status status_code) IS
    'messages for the end user about a status code: object from language to text';

CREATE FUNCTION builtin_code_user_messages(status status_code) RETURNS jsonb
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'MODULE_PATHNAME', 'provider_codes_builtin_code_user_messages';
COMMENT ON FUNCTION builtin_code_user_messages(status status_code) IS
    'messages for the end user about a status code: object from language to text (built-in)';

CREATE FUNCTION builtin_code_source(status status_code) RETURNS text
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'MODULE_PATHNAME', 'provider_codes_builtin_code_source';
COMMENT ON FUNCTION builtin_code_source(status status_code) IS
    'internal: origin of a status code, document or vendor (built-in)';

CREATE FUNCTION builtin_status_codes() RETURNS SETOF status_code
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 1000
AS 'MODULE_PATHNAME', 'provider_codes_builtin_status_codes';
COMMENT ON FUNCTION builtin_status_codes() IS
    'internal: all known status codes (built-in)';

CREATE FUNCTION builtin_status_code_documents(
    OUT document text, OUT published date, OUT status status_code, OUT section text,
    OUT name text, OUT title text, OUT description text
) RETURNS SETOF record
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 100
AS 'MODULE_PATHNAME', 'provider_codes_builtin_status_code_documents';
COMMENT ON FUNCTION builtin_status_code_documents() IS
    'internal: rows of the source documents (built-in)';

CREATE FUNCTION builtin_status_code_sources(
    OUT provider text, OUT source text, OUT as_of date, OUT complete boolean, OUT codes integer
) RETURNS SETOF record
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 20
AS 'MODULE_PATHNAME', 'provider_codes_builtin_status_code_sources';
COMMENT ON FUNCTION builtin_status_code_sources() IS
    'internal: sources of the known status codes (built-in)';


--
-- Predicates
--
-- These follow the same rules. An index condition compares the column with one of the arrays that the
-- functions codes_... return, in place of the predicate: see planner.c.
--

CREATE FUNCTION is_retryable(status status_code) RETURNS boolean
LANGUAGE C STABLE STRICT LEAKPROOF PARALLEL SAFE
SUPPORT status_code_predicate_support
AS 'MODULE_PATHNAME', 'provider_codes_is_retryable';
COMMENT ON FUNCTION is_retryable(status status_code) IS
    'true if the same request can succeed later without anyone acting';

CREATE FUNCTION builtin_is_retryable(status status_code) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
SUPPORT status_code_predicate_support
AS 'MODULE_PATHNAME', 'provider_codes_builtin_is_retryable';
COMMENT ON FUNCTION builtin_is_retryable(status status_code) IS
    'true if the same request can succeed later without anyone acting (built-in)';

CREATE FUNCTION is_terminal(status status_code) RETURNS boolean
LANGUAGE C STABLE STRICT LEAKPROOF PARALLEL SAFE
SUPPORT status_code_predicate_support
AS 'MODULE_PATHNAME', 'provider_codes_is_terminal';
COMMENT ON FUNCTION is_terminal(status status_code) IS
    'true if the job has ended';

CREATE FUNCTION builtin_is_terminal(status status_code) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
SUPPORT status_code_predicate_support
AS 'MODULE_PATHNAME', 'provider_codes_builtin_is_terminal';
COMMENT ON FUNCTION builtin_is_terminal(status status_code) IS
    'true if the job has ended (built-in)';

CREATE FUNCTION is_success(status status_code) RETURNS boolean
LANGUAGE C STABLE STRICT LEAKPROOF PARALLEL SAFE
SUPPORT status_code_predicate_support
AS 'MODULE_PATHNAME', 'provider_codes_is_success';
COMMENT ON FUNCTION is_success(status status_code) IS
    'true if the job has ended in success';

CREATE FUNCTION builtin_is_success(status status_code) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
SUPPORT status_code_predicate_support
AS 'MODULE_PATHNAME', 'provider_codes_builtin_is_success';
COMMENT ON FUNCTION builtin_is_success(status status_code) IS
    'true if the job has ended in success (built-in)';

CREATE FUNCTION is_error(status status_code) RETURNS boolean
LANGUAGE C STABLE STRICT LEAKPROOF PARALLEL SAFE
SUPPORT status_code_predicate_support
AS 'MODULE_PATHNAME', 'provider_codes_is_error';
COMMENT ON FUNCTION is_error(status status_code) IS
    'true if the job has ended in failure';

CREATE FUNCTION builtin_is_error(status status_code) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
SUPPORT status_code_predicate_support
AS 'MODULE_PATHNAME', 'provider_codes_builtin_is_error';
COMMENT ON FUNCTION builtin_is_error(status status_code) IS
    'true if the job has ended in failure (built-in)';

CREATE FUNCTION is_known_code(status status_code) RETURNS boolean
LANGUAGE C STABLE STRICT LEAKPROOF PARALLEL SAFE
SUPPORT status_code_predicate_support
AS 'MODULE_PATHNAME', 'provider_codes_is_known_code';
COMMENT ON FUNCTION is_known_code(status status_code) IS
    'true if the status code is known';

CREATE FUNCTION builtin_is_known_code(status status_code) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
SUPPORT status_code_predicate_support
AS 'MODULE_PATHNAME', 'provider_codes_builtin_is_known_code';
COMMENT ON FUNCTION builtin_is_known_code(status status_code) IS
    'true if the status code is known (built-in)';

CREATE FUNCTION is_deprecated_code(status status_code) RETURNS boolean
LANGUAGE C STABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'MODULE_PATHNAME', 'provider_codes_is_deprecated_code';
COMMENT ON FUNCTION is_deprecated_code(status status_code) IS
    'true if the provider no longer uses the status code';

CREATE FUNCTION builtin_is_deprecated_code(status status_code) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
AS 'MODULE_PATHNAME', 'provider_codes_builtin_is_deprecated_code';
COMMENT ON FUNCTION builtin_is_deprecated_code(status status_code) IS
    'true if the provider no longer uses the status code (built-in)';

CREATE FUNCTION in_category(status status_code, category status_category) RETURNS boolean
LANGUAGE C STABLE STRICT LEAKPROOF PARALLEL SAFE
SUPPORT status_code_predicate_support
AS 'MODULE_PATHNAME', 'provider_codes_in_category';
COMMENT ON FUNCTION in_category(status status_code, category status_category) IS
    'true if the status code has the category';

CREATE FUNCTION in_category(status status_code, category status_category_parameter) RETURNS boolean
LANGUAGE C STABLE STRICT LEAKPROOF PARALLEL SAFE
SUPPORT status_code_predicate_support
AS 'MODULE_PATHNAME', 'provider_codes_in_category';
COMMENT ON FUNCTION in_category(status status_code, category status_category_parameter) IS
    'true if the status code has the category';

CREATE FUNCTION builtin_in_category(status status_code, category status_category) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
SUPPORT status_code_predicate_support
AS 'MODULE_PATHNAME', 'provider_codes_builtin_in_category';
COMMENT ON FUNCTION builtin_in_category(status status_code, category status_category) IS
    'true if the status code has the category (built-in)';

CREATE FUNCTION builtin_in_category(status status_code, category status_category_parameter) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
SUPPORT status_code_predicate_support
AS 'MODULE_PATHNAME', 'provider_codes_builtin_in_category';
COMMENT ON FUNCTION builtin_in_category(status status_code, category status_category_parameter) IS
    'true if the status code has the category (built-in)';

CREATE FUNCTION has_action(status status_code, action status_action) RETURNS boolean
LANGUAGE C STABLE STRICT LEAKPROOF PARALLEL SAFE
SUPPORT status_code_predicate_support
AS 'MODULE_PATHNAME', 'provider_codes_has_action';
COMMENT ON FUNCTION has_action(status status_code, action status_action) IS
    'true if the status code calls for the action';

CREATE FUNCTION has_action(status status_code, action status_action_parameter) RETURNS boolean
LANGUAGE C STABLE STRICT LEAKPROOF PARALLEL SAFE
SUPPORT status_code_predicate_support
AS 'MODULE_PATHNAME', 'provider_codes_has_action';
COMMENT ON FUNCTION has_action(status status_code, action status_action_parameter) IS
    'true if the status code calls for the action';

CREATE FUNCTION builtin_has_action(status status_code, action status_action) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
SUPPORT status_code_predicate_support
AS 'MODULE_PATHNAME', 'provider_codes_builtin_has_action';
COMMENT ON FUNCTION builtin_has_action(status status_code, action status_action) IS
    'true if the status code calls for the action (built-in)';

CREATE FUNCTION builtin_has_action(status status_code, action status_action_parameter) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
SUPPORT status_code_predicate_support
AS 'MODULE_PATHNAME', 'provider_codes_builtin_has_action';
COMMENT ON FUNCTION builtin_has_action(status status_code, action status_action_parameter) IS
    'true if the status code calls for the action (built-in)';

CREATE FUNCTION codes_where(predicate text) RETURNS status_code[]
LANGUAGE C STABLE STRICT PARALLEL SAFE
SUPPORT status_code_set_support
AS 'MODULE_PATHNAME', 'provider_codes_codes_where';
COMMENT ON FUNCTION codes_where(predicate text) IS
    'internal: status codes for which the predicate with this name is true';

CREATE FUNCTION builtin_codes_where(predicate text) RETURNS status_code[]
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
SUPPORT status_code_set_support
AS 'MODULE_PATHNAME', 'provider_codes_builtin_codes_where';
COMMENT ON FUNCTION builtin_codes_where(predicate text) IS
    'internal: status codes for which the predicate with this name is true (built-in)';

CREATE FUNCTION codes_in_category(category status_category) RETURNS status_code[]
LANGUAGE C STABLE STRICT PARALLEL SAFE
SUPPORT status_code_set_support
AS 'MODULE_PATHNAME', 'provider_codes_codes_in_category';
COMMENT ON FUNCTION codes_in_category(category status_category) IS
    'internal: status codes that have a category';

CREATE FUNCTION codes_in_category(category status_category_parameter) RETURNS status_code[]
LANGUAGE C STABLE STRICT PARALLEL SAFE
SUPPORT status_code_set_support
AS 'MODULE_PATHNAME', 'provider_codes_codes_in_category';
COMMENT ON FUNCTION codes_in_category(category status_category_parameter) IS
    'internal: status codes that have a category';

CREATE FUNCTION builtin_codes_in_category(category status_category) RETURNS status_code[]
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
SUPPORT status_code_set_support
AS 'MODULE_PATHNAME', 'provider_codes_builtin_codes_in_category';
COMMENT ON FUNCTION builtin_codes_in_category(category status_category) IS
    'internal: status codes that have a category (built-in)';

CREATE FUNCTION builtin_codes_in_category(category status_category_parameter) RETURNS status_code[]
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
SUPPORT status_code_set_support
AS 'MODULE_PATHNAME', 'provider_codes_builtin_codes_in_category';
COMMENT ON FUNCTION builtin_codes_in_category(category status_category_parameter) IS
    'internal: status codes that have a category (built-in)';

CREATE FUNCTION codes_with_action(action status_action) RETURNS status_code[]
LANGUAGE C STABLE STRICT PARALLEL SAFE
SUPPORT status_code_set_support
AS 'MODULE_PATHNAME', 'provider_codes_codes_with_action';
COMMENT ON FUNCTION codes_with_action(action status_action) IS
    'internal: status codes that call for an action';

CREATE FUNCTION codes_with_action(action status_action_parameter) RETURNS status_code[]
LANGUAGE C STABLE STRICT PARALLEL SAFE
SUPPORT status_code_set_support
AS 'MODULE_PATHNAME', 'provider_codes_codes_with_action';
COMMENT ON FUNCTION codes_with_action(action status_action_parameter) IS
    'internal: status codes that call for an action';

CREATE FUNCTION builtin_codes_with_action(action status_action) RETURNS status_code[]
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
SUPPORT status_code_set_support
AS 'MODULE_PATHNAME', 'provider_codes_builtin_codes_with_action';
COMMENT ON FUNCTION builtin_codes_with_action(action status_action) IS
    'internal: status codes that call for an action (built-in)';

CREATE FUNCTION builtin_codes_with_action(action status_action_parameter) RETURNS status_code[]
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
SUPPORT status_code_set_support
AS 'MODULE_PATHNAME', 'provider_codes_builtin_codes_with_action';
COMMENT ON FUNCTION builtin_codes_with_action(action status_action_parameter) IS
    'internal: status codes that call for an action (built-in)';


--
-- Retries
--

CREATE FUNCTION retry_delay(status status_code, attempt integer) RETURNS interval
LANGUAGE C STABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'provider_codes_retry_delay';
COMMENT ON FUNCTION retry_delay(status status_code, attempt integer) IS
    'wait after this many failed attempts, or NULL if not retryable';

CREATE FUNCTION builtin_retry_delay(status status_code, attempt integer) RETURNS interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'provider_codes_builtin_retry_delay';
COMMENT ON FUNCTION builtin_retry_delay(status status_code, attempt integer) IS
    'wait after this many failed attempts, or NULL if not retryable (built-in)';

CREATE FUNCTION next_retry_at(status status_code, attempt integer, failed_at timestamptz)
RETURNS timestamptz
LANGUAGE C STABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'provider_codes_next_retry_at';
COMMENT ON FUNCTION next_retry_at(status status_code, attempt integer, failed_at timestamptz) IS
    'time of the next attempt after this many failed ones, or NULL if not retryable';

CREATE FUNCTION builtin_next_retry_at(status status_code, attempt integer, failed_at timestamptz)
RETURNS timestamptz
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'provider_codes_builtin_next_retry_at';
COMMENT ON FUNCTION builtin_next_retry_at(status status_code, attempt integer, failed_at timestamptz) IS
    'time of the next attempt after this many failed ones, or NULL if not retryable (built-in)';


--
-- Jobs that report several status codes
--

CREATE FUNCTION status_can_follow(old status_code, new status_code) RETURNS boolean
LANGUAGE C STABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'provider_codes_status_can_follow';
COMMENT ON FUNCTION status_can_follow(old status_code, new status_code) IS
    'true if a job can report the new status code after the old one';

CREATE FUNCTION builtin_status_can_follow(old status_code, new status_code) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'provider_codes_builtin_status_can_follow';
COMMENT ON FUNCTION builtin_status_can_follow(old status_code, new status_code) IS
    'true if a job can report the new status code after the old one (built-in)';

CREATE FUNCTION worse_status(status_code, status_code) RETURNS status_code
LANGUAGE C STABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'provider_codes_worse_status';
COMMENT ON FUNCTION worse_status(status_code, status_code) IS
    'internal: worse of two';

CREATE AGGREGATE worst_status(status status_code) (
    SFUNC = worse_status, STYPE = status_code,
    COMBINEFUNC = worse_status, PARALLEL = SAFE
);
COMMENT ON AGGREGATE worst_status(status_code) IS
    'worst of all status_code input values';

CREATE FUNCTION builtin_worse_status(status_code, status_code) RETURNS status_code
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'provider_codes_builtin_worse_status';
COMMENT ON FUNCTION builtin_worse_status(status_code, status_code) IS
    'internal: worse of two (built-in)';

CREATE AGGREGATE builtin_worst_status(status status_code) (
    SFUNC = builtin_worse_status, STYPE = status_code,
    COMBINEFUNC = builtin_worse_status, PARALLEL = SAFE
);
COMMENT ON AGGREGATE builtin_worst_status(status_code) IS
    'worst of all status_code input values (built-in)';


--
-- Domain known_status_code
--

CREATE DOMAIN known_status_code AS status_code
    CONSTRAINT known_status_code_check CHECK (builtin_is_known_code(VALUE));
COMMENT ON DOMAIN known_status_code IS 'status code that is known (built-in)';
COMMENT ON CONSTRAINT known_status_code_check ON DOMAIN known_status_code IS
    'status code is known (built-in)';

--
-- Version
--

CREATE FUNCTION provider_codes_version() RETURNS text
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'provider_codes_version';
COMMENT ON FUNCTION provider_codes_version() IS
    'version of the loaded library';


--
-- Overrides
--

CREATE FUNCTION status_code_user_messages_valid(user_messages jsonb) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'status_code_user_messages_valid';
COMMENT ON FUNCTION status_code_user_messages_valid(user_messages jsonb) IS
    'internal: true if the value is an object from language to text that is not empty';

CREATE FUNCTION status_code_overrides_stamp() RETURNS trigger
LANGUAGE C VOLATILE
AS 'MODULE_PATHNAME', 'status_code_overrides_stamp';
COMMENT ON FUNCTION status_code_overrides_stamp() IS
    'internal: trigger that records who changed a row, when, and with which version';

CREATE TABLE status_code_overrides (
    status status_code CONSTRAINT status_code_overrides_pkey PRIMARY KEY,
    name text,
    title text,
    description text,
    category status_category,
    action status_action,
    retryable boolean,
    retry_after interval
        CONSTRAINT status_code_overrides_retry_after_positive
        CHECK (retry_after OPERATOR(pg_catalog.>) '0'::pg_catalog.interval),
    terminal boolean,
    deprecated boolean,
    user_messages jsonb
        CONSTRAINT status_code_overrides_user_messages_valid
        CHECK (status_code_user_messages_valid(user_messages)),
    note text,
    updated_at timestamptz NOT NULL DEFAULT pg_catalog.now(),
    updated_by text NOT NULL DEFAULT current_user,
    catalog_version text NOT NULL DEFAULT provider_codes_version(),
    CONSTRAINT status_code_overrides_not_empty
        CHECK (pg_catalog.num_nonnulls(name, title, description, category, action, retryable,
                                       retry_after, terminal, deprecated,
                                       user_messages) OPERATOR(pg_catalog.>) 0)
) USING heap;
COMMENT ON TABLE status_code_overrides IS
    'meanings of status codes in this database; a NULL column leaves the meaning as it is without the row';
COMMENT ON COLUMN status_code_overrides.status IS
    'status code that the row describes, whether the catalog has it or not';
COMMENT ON COLUMN status_code_overrides.name IS 'result of code_name()';
COMMENT ON COLUMN status_code_overrides.title IS 'result of code_title()';
COMMENT ON COLUMN status_code_overrides.description IS 'result of code_description()';
COMMENT ON COLUMN status_code_overrides.category IS 'result of code_category()';
COMMENT ON COLUMN status_code_overrides.action IS 'result of code_action()';
COMMENT ON COLUMN status_code_overrides.retryable IS 'result of is_retryable()';
COMMENT ON COLUMN status_code_overrides.retry_after IS 'result of code_retry_after()';
COMMENT ON COLUMN status_code_overrides.terminal IS 'result of is_terminal()';
COMMENT ON COLUMN status_code_overrides.deprecated IS 'result of is_deprecated_code()';
COMMENT ON COLUMN status_code_overrides.user_messages IS
    'results of code_user_message(): object from language, such as es or pt-BR, to text';
COMMENT ON COLUMN status_code_overrides.note IS 'remark that no function reads';
COMMENT ON COLUMN status_code_overrides.updated_at IS 'time of the last change';
COMMENT ON COLUMN status_code_overrides.updated_by IS 'role that made the last change';
COMMENT ON COLUMN status_code_overrides.catalog_version IS
    'provider_codes_version() at the last change';
COMMENT ON CONSTRAINT status_code_overrides_pkey ON status_code_overrides IS
    'one row per status code';
COMMENT ON CONSTRAINT status_code_overrides_retry_after_positive ON status_code_overrides IS
    'wait is longer than zero';
COMMENT ON CONSTRAINT status_code_overrides_user_messages_valid ON status_code_overrides IS
    'object from language, written as in es, pt-BR or zh-Hant, to text';
COMMENT ON CONSTRAINT status_code_overrides_not_empty ON status_code_overrides IS
    'at least one attribute is given';
COMMENT ON INDEX status_code_overrides_pkey IS 'one row per status code';

-- The trigger only maintains updated_at, updated_by and catalog_version; no result depends on it.
CREATE TRIGGER status_code_overrides_stamp
    BEFORE UPDATE ON status_code_overrides
    FOR EACH ROW EXECUTE FUNCTION status_code_overrides_stamp();
COMMENT ON TRIGGER status_code_overrides_stamp ON status_code_overrides IS
    'records who changed a row, when, and with which version';

-- The rows are user data, so pg_dump saves them. The library finds the table by this entry.
SELECT pg_catalog.pg_extension_config_dump('status_code_overrides', '');

-- Everyone can read the table. The grant lists all columns, since pg_dump writes out how privileges
-- differ from these initial ones, with the roles in both. A grant on the table would record the
-- owner's own privileges as well, and that role may not exist any more, or not in the cluster where
-- the dump is restored.
GRANT SELECT (status, name, title, description, category, action, retryable, retry_after, terminal,
              deprecated, user_messages, note, updated_at, updated_by, catalog_version)
    ON status_code_overrides TO PUBLIC;

-- The table belongs to the extension's owner, who can grant and revoke privileges on it as on any other
-- table. The owner is changed after the grant, so that the grantor of that is, in a trusted
-- installation, the bootstrap superuser, who cannot be dropped. The server's macro for the owner would
-- reject names with a quote, a backslash or a dollar sign.
DO $$
BEGIN
    EXECUTE (
        SELECT pg_catalog.format('ALTER TABLE status_code_overrides OWNER TO %I',
                                 pg_catalog.pg_get_userbyid(e.extowner))
        FROM pg_catalog.pg_extension AS e
        WHERE e.extname OPERATOR(pg_catalog.=) 'provider_codes'
    );
END
$$;

CREATE FUNCTION provider_codes_checksum() RETURNS text
LANGUAGE C STABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'provider_codes_checksum';
COMMENT ON FUNCTION provider_codes_checksum() IS
    'checksum of the catalog and the overrides';


--
-- Views
--

-- The views read the overrides through this function, not from the table. The table belongs to the
-- extension's owner, who could make a query of it execute other code.
CREATE FUNCTION status_code_override_rows(
    OUT status status_code, OUT name text, OUT title text, OUT description text,
    OUT user_messages jsonb, OUT retry_after interval, OUT category status_category,
    OUT action status_action, OUT retryable boolean, OUT terminal boolean,
    OUT deprecated boolean, OUT catalog_version text
) RETURNS SETOF record
LANGUAGE C STABLE STRICT PARALLEL SAFE ROWS 100
AS 'MODULE_PATHNAME', 'status_code_override_rows';
COMMENT ON FUNCTION status_code_override_rows() IS
    'internal: rows of status_code_overrides';

CREATE VIEW status_codes AS
SELECT text(s.code) AS status,
    code_provider(s.code) AS provider,
    code_value(s.code) AS code,
    code_variant(s.code) AS variant,
    code_name(s.code) AS name,
    code_title(s.code) AS title,
    code_description(s.code) AS description,
    code_category(s.code)::text AS category,
    code_action(s.code)::text AS action,
    is_retryable(s.code) AS is_retryable,
    is_terminal(s.code) AS is_terminal,
    is_success(s.code) AS is_success,
    is_error(s.code) AS is_error,
    is_deprecated_code(s.code) AS is_deprecated,
    code_retry_after(s.code) AS retry_after,
    CASE WHEN code_retry_after(s.code) IS NOT NULL
         THEN LEAST(pg_catalog.ceil(pg_catalog.date_part('epoch', code_retry_after(s.code))),
                    2147483647)::integer
    END AS retry_after_seconds,
    COALESCE(builtin_code_source(s.code), 'override') AS source,
    s.overridden,
    COALESCE(code_title(s.code), code_name(s.code),
             pg_catalog.concat_ws('/', code_value(s.code), code_variant(s.code))) AS label,
    code_user_messages(s.code) AS user_messages,
    retry_delay(s.code, 1) AS first_retry_after
FROM (
    SELECT COALESCE(b.code, o.status), o.status IS NOT NULL
    FROM builtin_status_codes() AS b (code)
    FULL JOIN status_code_override_rows() AS o ON b.code = o.status
) AS s (code, overridden);
COMMENT ON VIEW status_codes IS
    'status codes of the catalog and the overrides, with what they mean';
COMMENT ON COLUMN status_codes.status IS 'text form of the status code';
COMMENT ON COLUMN status_codes.provider IS 'provider of the status code';
COMMENT ON COLUMN status_codes.code IS 'code alone';
COMMENT ON COLUMN status_codes.variant IS 'variant of the status code';
COMMENT ON COLUMN status_codes.name IS 'provider''s short name';
COMMENT ON COLUMN status_codes.title IS 'headline';
COMMENT ON COLUMN status_codes.description IS 'description';
COMMENT ON COLUMN status_codes.category IS
    'progress, success, user_action, mfa, connection, server, rate_limit, auth or request';
COMMENT ON COLUMN status_codes.action IS
    'none, wait, retry, ask_user, renew_token, fix_request, contact_provider or stop';
COMMENT ON COLUMN status_codes.is_retryable IS
    'true if the same request can succeed later without anyone acting';
COMMENT ON COLUMN status_codes.is_terminal IS 'true if the job has ended';
COMMENT ON COLUMN status_codes.is_success IS 'true if the job has ended in success';
COMMENT ON COLUMN status_codes.is_error IS 'true if the job has ended in failure';
COMMENT ON COLUMN status_codes.is_deprecated IS
    'true if the provider no longer uses the status code';
COMMENT ON COLUMN status_codes.retry_after IS 'wait before a retry, as named in the provider''s document';
COMMENT ON COLUMN status_codes.retry_after_seconds IS 'retry_after in seconds, rounded up';
COMMENT ON COLUMN status_codes.source IS 'origin of the status code: document, vendor or override';
COMMENT ON COLUMN status_codes.overridden IS
    'true if the status code has a row in status_code_overrides';
COMMENT ON COLUMN status_codes.label IS 'short phrase to display: title, name or code; never NULL';
COMMENT ON COLUMN status_codes.user_messages IS
    'messages for the end user: object from language to text';
COMMENT ON COLUMN status_codes.first_retry_after IS
    'wait after the first failed attempt, or NULL if not retryable';

CREATE VIEW status_code_documents AS
SELECT d.document, d.published, text(d.status) AS status, d.section, d.name, d.title, d.description
FROM builtin_status_code_documents() AS d;
COMMENT ON VIEW status_code_documents IS
    'rows of the source documents, word for word, including older wordings';
COMMENT ON COLUMN status_code_documents.document IS 'source document';
COMMENT ON COLUMN status_code_documents.published IS 'date of publication, or NULL if undated';
COMMENT ON COLUMN status_code_documents.status IS
    'text form of the status code, with a variant if the document gives the code several meanings';
COMMENT ON COLUMN status_code_documents.section IS
    'heading in the document under which the row appears';
COMMENT ON COLUMN status_code_documents.name IS 'short name, as printed';
COMMENT ON COLUMN status_code_documents.title IS 'headline, as printed';
COMMENT ON COLUMN status_code_documents.description IS 'description, as printed';

CREATE VIEW status_code_sources AS
SELECT s.provider, s.source, s.as_of, s.complete, s.codes
FROM builtin_status_code_sources() AS s;
COMMENT ON VIEW status_code_sources IS
    'sources of the known status codes, one row per provider';
COMMENT ON COLUMN status_code_sources.provider IS 'provider';
COMMENT ON COLUMN status_code_sources.source IS
    'documents, pages and files that the codes come from, and what is missing';
COMMENT ON COLUMN status_code_sources.as_of IS 'date of the source, or NULL if undated';
COMMENT ON COLUMN status_code_sources.complete IS
    'true if the list has all codes that the provider was known to send on that date';
COMMENT ON COLUMN status_code_sources.codes IS 'number of codes, without variants';

-- A warning concerns the whole row, completed from the catalog.
CREATE VIEW status_code_override_review AS
SELECT text(o.status) AS status, a.column_name, a.language, a.builtin_value, a.override_value,
    CASE
        WHEN a.same THEN 'repeats'
        WHEN a.builtin_value IS NULL THEN 'adds'
        WHEN o.catalog_version OPERATOR(pg_catalog.=) provider_codes_version() THEN 'differs'
        ELSE 'review'
    END AS verdict,
    w.warning
FROM status_code_override_rows() AS o
JOIN (
    SELECT code_provider(c.status), pg_catalog.count(*)
    FROM (
        SELECT b.status FROM builtin_status_codes() AS b (status)
        UNION ALL
        SELECT r.status FROM status_code_override_rows() AS r
    ) AS c
    GROUP BY code_provider(c.status)
) AS p (provider, codes) ON code_provider(o.status) OPERATOR(pg_catalog.=) p.provider
CROSS JOIN LATERAL (
    SELECT is_retryable(o.status), is_terminal(o.status), code_category(o.status)::text,
        code_action(o.status)::text, text(status_code_nearest(text(o.status)))
) AS m (retryable, terminal, category, action, nearest)
CROSS JOIN LATERAL (
    SELECT pg_catalog.string_agg(t.warning, '; ')
    FROM (
        VALUES
            (p.codes OPERATOR(pg_catalog.=) 1,
             'no other code of this provider is known'),
            (NOT builtin_is_known_code(o.status)
             AND m.nearest OPERATOR(pg_catalog.<>) text(code_base(o.status)),
             'the catalog lacks this code, but has ' OPERATOR(pg_catalog.||) m.nearest),
            (m.retryable AND m.action OPERATOR(pg_catalog.<>) ALL ('{retry,wait}'::pg_catalog.text[]),
             'retryable, but the action is ' OPERATOR(pg_catalog.||) m.action),
            (NOT m.retryable AND m.action OPERATOR(pg_catalog.=) 'retry',
             'not retryable, but the action is retry'),
            (m.retryable IS NULL AND m.action OPERATOR(pg_catalog.=) 'retry',
             'the action is retry, but without retryable there is no retry time'),
            (m.retryable AND m.category OPERATOR(pg_catalog.=) 'success',
             'retryable, but the category is success'),
            (m.retryable IS NOT TRUE AND o.retry_after IS NOT NULL,
             'retry_after has no effect: not retryable'),
            (m.terminal AND m.action OPERATOR(pg_catalog.=) 'wait',
             'terminal, but the action is wait'),
            (m.terminal AND m.category OPERATOR(pg_catalog.=) 'progress',
             'terminal, but the category is progress'),
            (NOT m.terminal AND m.category OPERATOR(pg_catalog.=) 'success',
             'not terminal, but the category is success'),
            (NOT m.terminal AND m.action OPERATOR(pg_catalog.=) 'none',
             'not terminal, but the action is none')
    ) AS t (found, warning)
    WHERE t.found
) AS w (warning)
CROSS JOIN LATERAL (
    VALUES
        ('name', NULL, builtin_code_name(o.status), o.name,
         builtin_code_name(o.status) OPERATOR(pg_catalog.=) o.name),
        ('title', NULL, builtin_code_title(o.status), o.title,
         builtin_code_title(o.status) OPERATOR(pg_catalog.=) o.title),
        ('description', NULL, builtin_code_description(o.status), o.description,
         builtin_code_description(o.status) OPERATOR(pg_catalog.=) o.description),
        ('category', NULL, builtin_code_category(o.status)::text, o.category::text,
         builtin_code_category(o.status) = o.category),
        ('action', NULL, builtin_code_action(o.status)::text, o.action::text,
         builtin_code_action(o.status) = o.action),
        ('retryable', NULL, builtin_is_retryable(o.status)::text, o.retryable::text,
         builtin_is_retryable(o.status) OPERATOR(pg_catalog.=) o.retryable),
        ('retry_after', NULL, builtin_code_retry_after(o.status)::text, o.retry_after::text,
         builtin_code_retry_after(o.status) OPERATOR(pg_catalog.=) o.retry_after),
        ('terminal', NULL, builtin_is_terminal(o.status)::text, o.terminal::text,
         builtin_is_terminal(o.status) OPERATOR(pg_catalog.=) o.terminal),
        ('deprecated', NULL, builtin_is_deprecated_code(o.status)::text, o.deprecated::text,
         builtin_is_deprecated_code(o.status) OPERATOR(pg_catalog.=) o.deprecated)
    UNION ALL
    SELECT 'user_messages', m.key, b.message, m.value, b.message OPERATOR(pg_catalog.=) m.value
    FROM pg_catalog.jsonb_each_text(
            CASE WHEN pg_catalog.jsonb_typeof(o.user_messages) OPERATOR(pg_catalog.=) 'object'
                 THEN o.user_messages END) AS m (key, value)
    CROSS JOIN LATERAL (
        SELECT builtin_code_user_messages(o.status) OPERATOR(pg_catalog.->>) m.key
    ) AS b (message)
) AS a (column_name, language, builtin_value, override_value, same)
WHERE a.override_value IS NOT NULL;
COMMENT ON VIEW status_code_override_review IS
    'attributes that status_code_overrides gives, next to those of the catalog';
COMMENT ON COLUMN status_code_override_review.status IS 'text form of the status code';
COMMENT ON COLUMN status_code_override_review.column_name IS 'column of status_code_overrides';
COMMENT ON COLUMN status_code_override_review.language IS
    'key in user_messages, or NULL for other columns';
COMMENT ON COLUMN status_code_override_review.builtin_value IS 'value in the catalog';
COMMENT ON COLUMN status_code_override_review.override_value IS 'value in status_code_overrides';
COMMENT ON COLUMN status_code_override_review.verdict IS
    'repeats, adds or differs, or review if the row differs and is for another version of the catalog';
COMMENT ON COLUMN status_code_override_review.warning IS
    'contradiction or possible misspelling in the row, completed from the catalog, or NULL';

-- The grants list all columns, for the same reason as that on status_code_overrides.
GRANT SELECT (status, provider, code, variant, name, title, description, category, action,
              is_retryable, is_terminal, is_success, is_error, is_deprecated, retry_after,
              retry_after_seconds, source, overridden, label, user_messages, first_retry_after)
    ON status_codes TO PUBLIC;
GRANT SELECT (document, published, status, section, name, title, description)
    ON status_code_documents TO PUBLIC;
GRANT SELECT (provider, source, as_of, complete, codes) ON status_code_sources TO PUBLIC;
GRANT SELECT (status, column_name, language, builtin_value, override_value, verdict, warning)
    ON status_code_override_review TO PUBLIC;
