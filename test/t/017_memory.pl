# A session's memory does not grow with the number of calls, loads of the table of overrides, payloads, plans and errors: neither
# what the server knows of, in memory contexts, nor what the process has from the system.
use strict;
use warnings;

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $times = 100_000;
my $calls = 10_000_000;
my $bound = 64 * 1024;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', 'autovacuum = off');
$node->start;
plan skip_all => 'no view of memory contexts' if $node->pg_version < 14;
$node->safe_psql('postgres', <<'SQL');
CREATE EXTENSION provider_codes;
INSERT INTO status_code_overrides (status, description, retry_after)
	SELECT status_code('acme', i), repeat('description ', 20), '1 minute' FROM generate_series(1, 10) AS i;
INSERT INTO status_code_overrides (status, name, category) VALUES ('basiq:invalid-credentials', 'with variants', 'auth');
SQL

my $session = $node->background_psql('postgres');
my $process = $session->query_safe('SELECT pg_backend_pid()');
$session->query_safe(<<'SQL');
SET synchronous_commit = off;
CREATE UNLOGGED TABLE written (i integer);
CREATE PROCEDURE reload(times integer) LANGUAGE plpgsql AS $$
BEGIN
	FOR i IN 1 .. times LOOP
		UPDATE status_code_overrides SET description = 'change ' || i WHERE status = 'acme:1';
		IF code_description('acme:1') IS DISTINCT FROM 'change ' || i THEN
			RAISE 'wrong answer';
		END IF;
		-- dead rows can be cleared away
		IF i % 20 = 0 THEN
			COMMIT;
		END IF;
	END LOOP;
END
$$;
CREATE PROCEDURE reload_in_transaction(times integer) LANGUAGE plpgsql AS $$
BEGIN
	FOR i IN 1 .. times LOOP
		INSERT INTO written VALUES (i);
		PERFORM code_description('acme:1') || code_name('basiq:invalid-credentials') || code_retry_after('acme:2');
	END LOOP;
	TRUNCATE written;
END
$$;
CREATE PROCEDURE catch_errors(times integer) LANGUAGE plpgsql AS $$
DECLARE
	caught integer := 0;
BEGIN
	FOR i IN 1 .. times LOOP
		BEGIN
			PERFORM code_description('acme:1');
			PERFORM 1 / (i - i);
		EXCEPTION WHEN division_by_zero THEN
			caught := caught + 1;
		END;
	END LOOP;
	IF caught <> times THEN
		RAISE 'caught only %', caught;
	END IF;
END
$$;
CREATE PROCEDURE catch_errors_of_reading(times integer) LANGUAGE plpgsql AS $$
DECLARE
	caught integer := 0;
BEGIN
	ALTER TABLE status_code_overrides RENAME description TO explanation;
	FOR i IN 1 .. times LOOP
		BEGIN
			PERFORM code_name('acme:1');
		EXCEPTION WHEN object_not_in_prerequisite_state THEN
			caught := caught + 1;
		END;
	END LOOP;
	IF caught <> times THEN
		RAISE 'caught only %', caught;
	END IF;
	ROLLBACK;
END
$$;
CREATE PROCEDURE subtransactions(times integer) LANGUAGE plpgsql AS $$
BEGIN
	FOR i IN 1 .. times LOOP
		BEGIN
			INSERT INTO written VALUES (i);
			PERFORM code_description('acme:1');
		EXCEPTION WHEN division_by_zero THEN
			NULL;
		END;
		IF i % 1000 = 0 THEN
			COMMIT;
		END IF;
	END LOOP;
	TRUNCATE written;
END
$$;
CREATE PROCEDURE read_only_transactions(times integer) LANGUAGE plpgsql AS $$
BEGIN
	FOR i IN 1 .. times LOOP
		PERFORM code_description('acme:1');
		COMMIT;
	END LOOP;
END
$$;
CREATE PROCEDURE catch_bad_input(times integer) LANGUAGE plpgsql AS $$
DECLARE
	bad CONSTANT text[] := '{"",plaid,plaid:,:x,plaid:x/,plaid:/x,"plaid:a b",basiq:INVALID_CREDENTIALS!}';
	caught integer := 0;
BEGIN
	FOR i IN 1 .. times LOOP
		BEGIN
			PERFORM bad[1 + i % cardinality(bad)]::status_code;
		EXCEPTION WHEN invalid_text_representation THEN
			caught := caught + 1;
		END;
	END LOOP;
	IF caught <> times THEN
		RAISE 'caught only %', caught;
	END IF;
END
$$;
CREATE TABLE payload (provider text, payload jsonb);
CREATE PROCEDURE read_payloads(times integer) LANGUAGE plpgsql AS $$
DECLARE
	payloads CONSTANT payload[] := array_agg(p) FROM payload AS p;
	one payload;
	answer status_code;
	answers status_code[];
BEGIN
	FOR i IN 1 .. times LOOP
		one := payloads[1 + i % cardinality(payloads)];
		answer := status_code_from_json(one.provider, one.payload);
		answers := ARRAY(SELECT status_codes_from_json(one.provider, one.payload));
	END LOOP;
END
$$;
CREATE PROCEDURE plan(times integer) LANGUAGE plpgsql AS $$
DECLARE
	line text;
BEGIN
	FOR i IN 1 .. times LOOP
		EXECUTE format($e$EXPLAIN SELECT FROM status_code_overrides WHERE status IN
			('acme:%s', 'acme:1') AND is_retryable(status) AND status LIKE 'plaid:%%'$e$, i) INTO line;
	END LOOP;
END
$$;

-- One argument of each type. Subqueries with OFFSET are not pulled up, so that no call is one of constants.
CREATE VIEW sample AS
SELECT s AS status_code, s::text AS text, s::text::character(50) AS character, 'auth'::status_category AS status_category,
	'auth'::status_category_parameter AS status_category_parameter, 'retry'::status_action AS status_action,
	'retry'::status_action_parameter AS status_action_parameter, i AS integer, i::bigint AS bigint, now() AS "timestamp with time zone",
	'plaid' AS provider, 'ITEM_LOGIN_REQUIRED' AS code, 'is_retryable' AS attribute, '{"error_code": "ITEM_LOGIN_REQUIRED"}'::jsonb AS jsonb
FROM (SELECT i, CASE WHEN i % 3 = 0 THEN status_code('acme', i % 100)
		ELSE (SELECT array_agg(status::status_code) FROM status_codes)[1 + i % 500] END AS s
	FROM (SELECT generate_series(1, 1000000000) AS i) AS g OFFSET 0) AS codes
OFFSET 0;
-- A call of each function that SQL can call, sets left out. A text is a code, unless the function is named here.
CREATE VIEW all_calls AS
SELECT format('%s(%s)', p.oid::regproc, coalesce(given.arguments, (SELECT string_agg(quote_ident(format_type(type, NULL)), ', ' ORDER BY n)
	FROM unnest(p.proargtypes) WITH ORDINALITY AS a (type, n)), '')) AS call
FROM pg_proc AS p
JOIN pg_depend AS d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.refclassid = 'pg_extension'::regclass
JOIN pg_extension AS e ON e.oid = d.refobjid AND e.extname = 'provider_codes'
LEFT JOIN (VALUES
	('status_code(text,text,text)'::regprocedure, 'provider, code, attribute'),
	('try_status_code(text,text,text)', 'provider, code, attribute'),
	('status_code(text,bigint)', 'provider, bigint'),
	('from_provider(status_code,text)', 'status_code, provider'),
	('status_code_from_json(text,jsonb)', 'provider, jsonb'),
	('codes_where(text)', 'attribute'),
	('builtin_codes_where(text)', 'attribute')
) AS given (oid, arguments) ON given.oid = p.oid
WHERE p.prokind = 'f' AND NOT p.proretset AND p.prorettype <> 'trigger'::regtype
	AND NOT 'internal'::regtype = ANY (p.proargtypes) AND NOT 'cstring'::regtype = ANY (p.proargtypes);
SQL

# The payloads of the regression tests.
my $tests = slurp_file('test/sql/payloads.sql');
my ($shape, $other) = map { $tests =~ /^CREATE TEMP (TABLE $_ .*?^\\\.\n)/ms } qw(shape other);
$node->safe_psql('postgres', "CREATE $shape CREATE $other INSERT INTO payload SELECT provider, payload FROM shape
	UNION ALL SELECT provider, payload FROM other");
cmp_ok($session->query_safe('SELECT count(*) FROM payload'), '>', 100, 'payloads');

# Checks what the session holds more after code $run than before it, in the overrides' memory context, in all, and from the system.
sub check_growth
{
	my ($what, $run) = @_;
	my @before = memory();
	$run->();
	my @growth = map { $_ - shift @before } memory();
	for my $measure ('of what is known of overrides', 'of all memory contexts', 'of the process')
	{
		my $growth = shift @growth // next;
		note "$growth bytes";
		cmp_ok($growth, '<=', $bound, "$what: growth $measure");
	}
	return;
}

# What the session holds: bytes in the context of overrides, in all contexts, and without what it shares from the system. A bare
# chroot has no /proc, and the last is left out.
sub memory
{
	my @contexts = split /\|/, $session->query_safe(<<'END');
SELECT coalesce(sum(total_bytes) FILTER (WHERE name = 'provider_codes overrides'), 0), sum(total_bytes)
FROM pg_backend_memory_contexts
END
	my $status = "/proc/$process/status";
	return @contexts unless -e $status;
	my ($anonymous) = slurp_file($status) =~ /^RssAnon:\s+(\d+) kB$/m;
	return (@contexts, $anonymous * 1024);
}

my @procedures = qw(reload reload_in_transaction catch_errors catch_errors_of_reading subtransactions read_only_transactions
	catch_bad_input read_payloads plan);
# The first calls fill the session's other caches.
for my $procedure (@procedures, @procedures)
{
	$session->query_safe("CALL $procedure(2000)");
	memory();
}
for my $procedure (@procedures)
{
	my $often = $procedure eq 'plan' ? $times / 5 : $times;
	check_growth("$procedure, $often times", sub { $session->query_safe("CALL $procedure($often)") });
}

# Every function in each row of a cursor, which stays open, so that what a query would keep to its end is found as well.
my ($functions, $expressions) = split /\|/, $session->query_safe(<<'SQL');
SELECT count(*), string_agg(call, ', ') FROM all_calls
SQL
cmp_ok($functions, '>', 150, 'functions to call');
$session->query_safe("BEGIN; DECLARE c NO SCROLL CURSOR FOR SELECT $expressions FROM sample; MOVE 2000 IN c");
my $rows = int $calls / $functions + 1;
check_growth("$rows calls of each of $functions functions", sub { $session->query_safe("MOVE $rows IN c") });
is($session->query_safe('FETCH c') =~ tr/|//, $functions - 1, 'the cursor has further rows');
$session->query_safe('COMMIT');

# The hash function runs in a memory context that lasts as long as the build of the index. In a wide row, the server compresses the
# code. The first calls fill caches.
$session->query_safe(<<'SQL');
CREATE TABLE compressed (id integer, wide text, code status_code);
ALTER TABLE compressed ALTER wide SET STORAGE plain;
INSERT INTO compressed SELECT i, repeat('x', current_setting('block_size')::integer / 4 + 60), status_code('acme', repeat('x', 110)) FROM generate_series(1, 5000) AS i;
CREATE SEQUENCE bytes_1000;
CREATE SEQUENCE bytes_5000;
CREATE FUNCTION look(id integer, code status_code) RETURNS status_code LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
	IF id IN (1000, 5000) THEN
		PERFORM setval(format('public.bytes_%s', id), sum(total_bytes)::bigint) FROM pg_backend_memory_contexts;
	END IF;
	RETURN code;
END
$$;
SELECT look(id, code) FROM compressed WHERE id IN (1000, 5000);
CREATE INDEX ON compressed USING hash (look(id, code));
SQL
is($session->query_safe('SELECT count(*) FROM compressed WHERE pg_column_size(code) < 50'), 5000, 'compressed codes');
my ($early, $late) = map { $session->query_safe("SELECT last_value FROM bytes_$_") } 1000, 5000;
cmp_ok($early, '>', 100_000, 'a look at the memory');
cmp_ok($late - $early, '<=', $bound, 'build of a hash index: growth of all memory contexts');

$session->quit;
$node->stop;
done_testing();
