# Answers after the reading of the table was cut short: by a lock that was waited for too long, by a time limit or by a
# request to cancel, at many points.
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

# Whether a statement in a session is ended by a time limit or a request; no other error may come.
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

# Asks in a session about rows at the begin, in the middle and at the end of the table, and beyond it.
sub answers
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

# A lock that another session holds.
in_session('other', "INSERT INTO status_code_overrides (status, description) VALUES ('acme:1', 'small')");
answers('small - - -', 'before the lock');
in_session('other', 'BEGIN; LOCK TABLE status_code_overrides');
ok(is_cancelled('reader', "SET lock_timeout = '20ms'; $read"), 'lock_timeout while waiting for the table');
in_session('reader', 'RESET lock_timeout');
ok(is_cancelled('reader', "SET statement_timeout = '20ms'; $read"), 'statement_timeout while waiting for the table');
in_session('reader', 'RESET statement_timeout; BEGIN; SAVEPOINT s');
ok(is_cancelled('reader', "SET LOCAL statement_timeout = '20ms'; $read"), '... within a savepoint');
in_session('reader', 'ROLLBACK TO s');
in_session('other', "UPDATE status_code_overrides SET description = 'changed'; COMMIT");
answers('changed - - -', '... and afterwards, in the same transaction');
in_session('reader', 'COMMIT');
in_session('other', 'BEGIN; LOCK TABLE status_code_overrides');
$session{reader}->query_until(qr//, "$read;\n");
$node->poll_query_until('postgres', "SELECT wait_event_type = 'Lock' FROM pg_stat_activity WHERE pid = $pid") or die 'no wait';
is(in_session('other', "SELECT pg_cancel_backend($pid)"), 't', 'pg_cancel_backend() while waiting for the table');
ok(is_cancelled('reader', ''), '... ends the statement');
in_session('other', 'COMMIT');
answers('changed - - -', '... and afterwards');

# A large table, all of which is read. The time limit moves through the reading; the table is read anew each time, because
# the last one failed or because something has changed.
$read = 'SELECT provider_codes_checksum()';
in_session('other', <<"SQL");
INSERT INTO status_code_overrides (status, description)
SELECT status_code('acme', i), 'row ' || i FROM generate_series(2, $rows) AS i
SQL
my $all = "changed row @{[$rows / 2]} row $rows -";
answers($all, "$rows rows");
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
	answers($all, "statement_timeout after $limit ms");
}
cmp_ok($cancelled, '>=', 3, 'statement_timeout in the middle of reading');

# The same within one transaction: with the answers of an earlier reading still at hand, and another one's to come.
$cancelled = 0;
in_session('reader', 'BEGIN');
for my $i (1 .. 10)
{
	my $limit = 1 + int($duration * $i / 10);
	answers($all, '... before a savepoint');
	in_session('reader', "SAVEPOINT s; UPDATE status_code_overrides SET description = 'in vain' WHERE status = 'acme:1'");
	$cancelled++ if is_cancelled('reader', "SET LOCAL statement_timeout = '${limit}ms'; $read");
	in_session('reader', 'ROLLBACK TO s');
	answers($all, "statement_timeout after $limit ms within a savepoint");
}
cmp_ok($cancelled, '>=', 3, '... in the middle of reading');

# The error is caught within a statement, which has an answer from before it and goes on to ask, as of then: at once, or
# after the function that caught it has asked too.
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
	is($other, '', '... which goes on with the right answers');
}
in_session('reader', 'ROLLBACK');
answers($all, '... and after all');

# What the many rows took is given back once they are gone.
in_session('other', 'DELETE FROM status_code_overrides');
answers('- - - -', 'no rows any more');
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
