# Functions are right after the load of the table was interrupted, at many points: by lock_timeout, statement_timeout or
# pg_cancel_backend().
use strict;
use warnings;

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time);

my $rows = 200_000;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', 'autovacuum = off');
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION provider_codes; CREATE TABLE other (i integer)');

my %session = map { $_ => $node->background_psql('postgres', on_error_stop => 0) } qw(reader other);

sub in_session
{
	my ($name, $sql) = @_;
	return $session{$name}->query_safe($sql);
}

# Returns whether a statement was cancelled, by a timeout or by request; dies at any other error.
sub is_cancelled
{
	my ($name, $sql) = @_;
	$session{$name}->query($sql);
	my $error = $session{$name}->{stderr};
	$session{$name}->{stderr} = '';
	die $error
	  if $error && $error !~ /^psql:[^:]*:\d+: ERROR:  canceling statement due to (lock timeout|statement timeout|user request)/;
	return $error ne '';
}

# Checks rows at the beginning, in the middle and at the end of the table, and one that does not exist.
sub check_description
{
	my ($expected, $test) = @_;
	local $Test::Builder::Level = $Test::Builder::Level + 1;
	is(in_session('reader', <<"SQL"), "$expected|$expected", $test);
SELECT string_agg(coalesce(code_description(status), '-'), ' ' ORDER BY i),
	string_agg(coalesce((SELECT description FROM status_code_overrides WHERE status = c.status), '-'), ' ' ORDER BY i)
FROM (SELECT i, status_code('acme', i) FROM unnest(ARRAY[1, $rows / 2, $rows, $rows + 1]) AS i) AS c (i, status)
SQL
	return;
}

my $read = "SELECT code_description('acme:1')";
my $next = 'INSERT INTO other VALUES (1)'; # gives the next command another number, so that the table is read again
my $pid = in_session('reader', 'SELECT pg_backend_pid()');

# Another session holds a lock.
in_session('other', "INSERT INTO status_code_overrides (status, description) VALUES ('acme:1', 'small')");
check_description('small - - -', 'before the lock');
in_session('other', 'BEGIN; LOCK TABLE status_code_overrides');
ok(is_cancelled('reader', "SET lock_timeout = '20ms'; $read"), 'lock_timeout while waiting for the table');
in_session('reader', 'RESET lock_timeout');
ok(is_cancelled('reader', "SET statement_timeout = '20ms'; $read"), 'statement_timeout while waiting for the table');
in_session('reader', 'RESET statement_timeout; BEGIN; SAVEPOINT s');
ok(is_cancelled('reader', "SET LOCAL statement_timeout = '20ms'; $read"), '... within a savepoint');
in_session('reader', 'ROLLBACK TO s');
in_session('other', "UPDATE status_code_overrides SET description = 'changed'; COMMIT");
check_description('changed - - -', '... and afterwards, in the same transaction');
in_session('reader', 'COMMIT');
in_session('other', 'BEGIN; LOCK TABLE status_code_overrides');
$session{reader}->query_until(qr//, "$read;\n");
$node->poll_query_until('postgres', "SELECT wait_event_type = 'Lock' FROM pg_stat_activity WHERE pid = $pid") or die 'no wait';
is(in_session('other', "SELECT pg_cancel_backend($pid)"), 't', 'pg_cancel_backend() while waiting for the table');
ok(is_cancelled('reader', ''), '... ends the statement');
in_session('other', 'COMMIT');
check_description('changed - - -', '... and afterwards');

# A large table that is read as a whole. The timeout moves through the load; the table is read again each time, because
# the last load failed or because the table has changed.
$read = 'SELECT provider_codes_checksum()';
in_session('other', <<"SQL");
INSERT INTO status_code_overrides (status, description)
SELECT status_code('acme', i), 'row ' || i FROM generate_series(2, $rows) AS i
SQL
my $all = "changed row @{[$rows / 2]} row $rows -";
check_description($all, "$rows rows");
my $duration; # of one reading, in milliseconds, when nothing else holds it up
for (1 .. 3)
{
	my $started = time;
	in_session('reader', $read);
	my $taken = 1000 * (time - $started);
	$duration = $taken if !defined $duration || $taken < $duration;
}
my ($cancelled, $right) = (0, 0);
for my $i (1 .. 10)
{
	my $limit = 1 + int($duration * $i / 10);
	in_session('reader', "BEGIN; $next; SET LOCAL statement_timeout = '${limit}ms'");
	$cancelled++ if is_cancelled('reader', $read);
	in_session('reader', 'ROLLBACK');
	check_description($all, "statement_timeout after $limit ms");
}
cmp_ok($cancelled, '>=', 3, 'statement_timeout in the middle of reading');

# The same within one transaction, with an earlier load in the cache and another one to follow.
$cancelled = 0;
in_session('reader', 'BEGIN');
for my $i (1 .. 10)
{
	my $limit = 1 + int($duration * $i / 10);
	check_description($all, '... before a savepoint');
	in_session('reader', "SAVEPOINT s; UPDATE status_code_overrides SET description = 'in vain' WHERE status = 'acme:1'");
	$cancelled++ if is_cancelled('reader', "SET LOCAL statement_timeout = '${limit}ms'; $read");
	in_session('reader', 'ROLLBACK TO s');
	check_description($all, "statement_timeout after $limit ms within a savepoint");
}
cmp_ok($cancelled, '>=', 3, '... in the middle of reading');

# The error is caught within a statement that has called functions before and calls them again, under the same snapshot:
# at once, or after the function that caught the error has called them, too.
in_session('reader', <<"SQL");
CREATE FUNCTION change_and_be_cancelled(ask boolean) RETURNS text LANGUAGE plpgsql VOLATILE AS \$\$
DECLARE
	caught boolean := false;
BEGIN
	UPDATE status_code_overrides SET description = 'within' WHERE status = 'acme:1';
	BEGIN
		PERFORM provider_codes_checksum();
	EXCEPTION WHEN query_canceled THEN
		caught := true;
	END;
	RETURN caught || CASE WHEN ask THEN concat_ws('|', '', code_description('acme:1'),
		(SELECT description FROM status_code_overrides WHERE status = 'acme:1'), code_description('acme:$rows')) ELSE '' END;
END
\$\$
SQL
for my $ask (0, 1)
{
	my $expected = 'changed|true|' . ($ask ? "within|within|row $rows|" : '') . "changed|changed|row $rows";
	my ($caught, $other) = (0, '');
	for my $i (1 .. 20)
	{
		last if $caught >= 3;
		my $limit = 1 + int($duration * (0.3 + 0.1 * ($i % 6)));
		in_session('reader', "SAVEPOINT s; $read");
		$session{reader}->query_until(qr//, <<"SQL");
SET LOCAL statement_timeout = '${limit}ms';
SELECT concat_ws('|', code_description('acme:1'), change_and_be_cancelled(${ask}::boolean), code_description('acme:1'),
	(SELECT description FROM status_code_overrides WHERE status = 'acme:1'), code_description('acme:$rows'));
SQL
		my ($found) = $session{reader}->query('SET LOCAL statement_timeout = 0');
		$session{reader}->{stderr} = '';
		if ($found =~ /true/)
		{
			$caught++;
			$other .= $found if $found !~ /^\Q$expected\E$/;
		}
		in_session('reader', 'ROLLBACK TO s');
	}
	cmp_ok($caught, '>=', 3, 'cancellation caught within a statement' . ($ask ? ', by a function that asks again' : ''));
	is($other, '', '... which goes on with the right results');
}
in_session('reader', 'ROLLBACK');
check_description($all, '... and after all');

# The memory for many rows is freed once they are gone.
in_session('other', 'DELETE FROM status_code_overrides');
check_description('- - - -', 'no rows any more');
SKIP:
{
	skip 'no view of memory contexts', 1 if $node->pg_version < 14;
	cmp_ok(
		in_session('reader', q{SELECT sum(total_bytes) FROM pg_backend_memory_contexts WHERE name = 'provider_codes overrides'}),
		'<=', 65536, '... and their memory is free');
}

$_->quit for values %session;
$node->stop;
done_testing();
