# A session's memory does not grow with the number of loads of the table, whether these succeed or fail.
use strict;
use warnings;

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $times = 100_000;
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
$session->query_safe(<<'SQL');
SET synchronous_commit = off;
CREATE UNLOGGED TABLE other (i integer);
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
		INSERT INTO other VALUES (i);
		PERFORM code_description('acme:1') || code_name('basiq:invalid-credentials') || code_retry_after('acme:2');
	END LOOP;
	TRUNCATE other;
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
			INSERT INTO other VALUES (i);
			PERFORM code_description('acme:1');
		EXCEPTION WHEN division_by_zero THEN
			NULL;
		END;
		IF i % 1000 = 0 THEN
			COMMIT;
		END IF;
	END LOOP;
	TRUNCATE other;
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
SQL

# Returns the bytes of the extension's memory context, and of all.
sub memory
{
	return split /\|/, $session->query_safe(<<'SQL');
SELECT sum(total_bytes) FILTER (WHERE name = 'provider_codes overrides'), sum(total_bytes) FROM pg_backend_memory_contexts
SQL
}

for my $procedure (qw(reload reload_in_transaction catch_errors catch_errors_of_reading subtransactions read_only_transactions))
{
	# The first calls fill the session's other caches.
	$session->query_safe("CALL $procedure(1000)") for 1 .. 2;
	my ($own, $all) = memory();
	$session->query_safe("CALL $procedure($times)");
	my ($own_after, $all_after) = memory();
	cmp_ok($own_after - $own, '<=', $bound, "$procedure, $times times: growth of the rows' memory");
	cmp_ok($all_after - $all, '<=', $bound, '... of the whole session');
	note "$procedure: $own -> $own_after, $all -> $all_after";
}

$session->quit;
$node->stop;
done_testing();
