# Hot standby: functions follow the primary's changes from the next snapshot on. A standby's snapshots list running
# transactions in their own way. Each check compares a function with a subquery on the table in one statement.
use strict;
use warnings;

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(usleep);

my $primary = PostgreSQL::Test::Cluster->new('primary');
$primary->init(allows_streaming => 1);
$primary->append_conf('postgresql.conf', <<'END');
max_connections = 20
max_prepared_transactions = 10
autovacuum = off
wal_writer_delay = 10ms
END
$primary->start;
$primary->backup('backup');
my $standby = PostgreSQL::Test::Cluster->new('standby');
$standby->init_from_backup($primary, 'backup', has_streaming => 1);
$standby->start;

# Sessions on both nodes. "reader" is in a transaction most of the time, because the cache is cleared at the end of each.
# Replay of a conflicting lock would wait for that transaction, so other sessions test what takes such a lock.
my %session = map { $_ => $primary->background_psql('postgres') } qw(writer second third oldest newest);
$session{$_} = $standby->background_psql('postgres') for qw(reader repeatable idle);

sub in_session
{
	my ($name, $sql) = @_;
	return $session{$name}->query_safe($sql);
}

# Waits until the standby has replayed all WAL so far, also of unfinished transactions. Assigns no transaction ID.
sub catch_up
{
	my $lsn = in_session('newest', q{SELECT pg_logical_emit_message(false, '', '')});
	for (1 .. 100 * $PostgreSQL::Test::Utils::timeout_default)
	{
		return if in_session('idle', "SELECT pg_last_wal_replay_lsn() >= '$lsn'") eq 't';
		usleep(10_000);
	}
	die "standby does not replay $lsn";
}

# Checks the description that a session sees, by function and by subquery; '' stands for NULL.
sub check_description
{
	my ($name, $expected, $test) = @_;
	is( in_session(
			$name, "SELECT code_description('acme:1'), (SELECT description FROM status_code_overrides WHERE status = 'acme:1')"),
		"$expected|$expected",
		$test);
	return;
}

# The same for rows acme:1 to acme:N: checks how many have the description "new".
sub count_new
{
	my ($name, $n, $expected, $test) = @_;
	is( in_session($name, <<"SQL"), "$expected|$expected", $test);
SELECT count(*) FILTER (WHERE code_description(status) = 'new'),
	(SELECT count(*) FROM status_code_overrides
		WHERE status IN (SELECT status_code('acme', i) FROM generate_series(1, $n) AS i) AND description = 'new')
FROM (SELECT status_code('acme', i) FROM generate_series(1, $n) AS i) AS c (status)
SQL
	return;
}

sub same_checksum
{
	my ($test) = @_;
	my $checksum = 'SELECT provider_codes_checksum()';
	is(in_session('idle', $checksum), $primary->safe_psql('postgres', $checksum), $test);
	return;
}

sub change
{
	my ($description, $code) = @_;
	$code = 1 unless defined $code;
	return "INSERT INTO status_code_overrides (status, description) VALUES ('acme:$code', '$description') "
	  . 'ON CONFLICT (status) DO UPDATE SET description = EXCLUDED.description';
}

# Returns the snapshot's fields that are compared first: xmin and xmax.
sub snapshot_bounds
{
	my ($name) = @_;
	return in_session($name,
		'SELECT pg_snapshot_xmin(s), pg_snapshot_xmax(s) FROM pg_current_snapshot() AS s');
}

my $count_up = 'INSERT INTO other VALUES (1)'; # gives the transaction an id

in_session('writer', 'CREATE EXTENSION provider_codes; CREATE TABLE other (i integer)');
catch_up();
same_checksum('checksums are equal without overrides');

# Changes of rows, seen in one transaction.
in_session('reader', 'BEGIN');
check_description('reader', '', 'no row yet');
for my $change (
	[ change('inserted'), 'inserted' ],
	[ change('updated'), 'updated' ],
	[ 'BEGIN; ' . change('lost') . '; ROLLBACK', 'updated' ],
	[ 'BEGIN; SAVEPOINT s; ' . change('lost') . '; ROLLBACK TO s; COMMIT', 'updated' ],
	[ 'DELETE FROM status_code_overrides', '' ],
	[ change('again'), 'again' ])
{
	my ($sql, $expected) = @$change;
	in_session('writer', $sql);
	catch_up();
	check_description('reader', $expected, "standby has replayed: $sql");
	same_checksum('... checksums are equal');
}
in_session('reader', 'COMMIT');

# Under REPEATABLE READ results stay the same, whether the function was first called before or after the change.
in_session($_, 'BEGIN ISOLATION LEVEL REPEATABLE READ') for qw(reader repeatable);
check_description('reader', 'again', 'REPEATABLE READ, before the change');
in_session('repeatable', 'SELECT 1');
in_session('writer', change('later'));
catch_up();
check_description('reader', 'again', '... after it');
check_description('repeatable', 'again', '... and in a transaction that asks for the first time');
check_description('idle', 'later', '... while another session sees it');
in_session($_, 'COMMIT') for qw(reader repeatable);
check_description($_, 'later', "... as does session $_ from the next transaction on") for qw(reader repeatable);

# TRUNCATE, and a new table of the same name: rows are gone for older snapshots, too.
in_session('repeatable', 'BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1');
in_session('writer', 'BEGIN; TRUNCATE status_code_overrides; ROLLBACK');
catch_up();
check_description($_, 'later', "rolled back TRUNCATE, session $_") for qw(reader idle);
in_session('writer', 'TRUNCATE status_code_overrides');
catch_up();
check_description($_, '', "TRUNCATE, session $_") for qw(reader idle repeatable);
in_session('repeatable', 'COMMIT');
in_session('writer', 'DROP EXTENSION provider_codes');
catch_up();
in_session('writer', 'CREATE EXTENSION provider_codes; ' . change('of the new table'));
catch_up();
check_description($_, 'of the new table', "DROP and CREATE EXTENSION, session $_") for qw(reader idle repeatable);
same_checksum('... checksums are equal');

# Another transaction ends, while the oldest and the newest one keep xmin and xmax unchanged.
in_session('oldest', "BEGIN; $count_up");
in_session('writer', 'BEGIN; ' . change('counted'));
in_session('newest', $count_up);
catch_up();
in_session('reader', 'BEGIN');
check_description('reader', 'of the new table', 'unfinished transaction of the primary');
my $bounds = snapshot_bounds('reader');
in_session('writer', 'COMMIT');
catch_up();
check_description('reader', 'counted', '... is seen in the same transaction once committed');
is(snapshot_bounds('reader'), $bounds, '... under a snapshot with the same bounds');
in_session('reader', 'COMMIT');
in_session('oldest', 'COMMIT');

# Several transactions end in every order, each with subtransactions; every second one has more than a snapshot lists.
my @writers = qw(writer second third);
my $round = 0;
for my $order ([ 0, 1, 2 ], [ 0, 2, 1 ], [ 1, 0, 2 ], [ 1, 2, 0 ], [ 2, 0, 1 ], [ 2, 1, 0 ])
{
	my $overflow = $round++ % 2;
	my $rows = $overflow ? 100 : 5;
	my $test = "order @$order" . ($overflow ? ', with many subtransactions' : '');
	my $expected = 0;
	in_session('oldest', "BEGIN; $count_up");
	for my $i (0 .. 2)
	{
		# One row per subtransaction; every fifth is rolled back.
		in_session($writers[$i], <<"SQL");
BEGIN;
DO \$\$
BEGIN
	FOR i IN 1 .. $rows LOOP
		BEGIN
			INSERT INTO status_code_overrides (status, description) VALUES (status_code('acme', 3 * i - 1 + $i), 'new');
			IF i % 5 = 0 THEN
				RAISE division_by_zero;
			END IF;
		EXCEPTION WHEN division_by_zero THEN
			NULL;
		END;
	END LOOP;
END
\$\$
SQL
	}
	in_session('newest', $count_up);
	catch_up();
	in_session('reader', 'BEGIN');
	in_session('repeatable', 'BEGIN ISOLATION LEVEL REPEATABLE READ');
	count_new($_, 400, 0, "$test: all unfinished, session $_") for qw(reader repeatable);
	for my $i (@$order)
	{
		# The second transaction is rolled back.
		my $end = $i == $order->[1] ? 'ROLLBACK' : 'COMMIT';
		$expected += 0.8 * $rows if $end eq 'COMMIT';
		in_session($writers[$i], $end);
		catch_up();
		count_new('reader', 400, $expected, "... $end of number $i");
	}
	count_new('repeatable', 400, 0, '... REPEATABLE READ still sees none');
	in_session($_, 'COMMIT') for qw(reader repeatable oldest);
	count_new($_, 400, $expected, "... afterwards, session $_") for qw(reader repeatable);
	same_checksum('... checksums are equal');
	in_session('writer', q{DELETE FROM status_code_overrides WHERE description = 'new'});
}

# An unlogged table cannot be read on a standby, neither by a function nor by a query.
in_session('writer', 'ALTER TABLE status_code_overrides SET UNLOGGED');
catch_up();
for my $sql (q{SELECT code_description('acme:1')}, 'SELECT count(*) FROM status_code_overrides')
{
	my (undef, undef, $error) = $standby->psql('postgres', $sql);
	like($error, qr/ERROR:  cannot access temporary or unlogged relations during recovery/, "unlogged table: $sql");
}
in_session('writer', 'ALTER TABLE status_code_overrides SET LOGGED');
catch_up();
check_description($_, 'counted', "logged again, session $_") for qw(reader idle);

# Promotion: unfinished transactions of the primary are lost, prepared ones can still be committed, sessions stay.
in_session('second', 'BEGIN; ' . change('prepared') . "; PREPARE TRANSACTION 'p'");
in_session('writer', 'BEGIN; ' . change('never committed', 2));
catch_up();
in_session('reader', 'BEGIN');
check_description('reader', 'counted', 'within a transaction, before promotion');
in_session('repeatable', 'BEGIN ISOLATION LEVEL REPEATABLE READ');
check_description('repeatable', 'counted', 'within a REPEATABLE READ transaction, before promotion');
check_description('idle', 'counted', 'in a session, before promotion');
my $checksum = in_session('idle', 'SELECT provider_codes_checksum()');
$primary->stop('immediate');
$standby->promote;
$standby->poll_query_until('postgres', 'SELECT NOT pg_is_in_recovery()') or die 'no promotion';
check_description($_, 'counted', "after promotion, session $_") for qw(reader repeatable idle);
is(in_session('idle', 'SELECT provider_codes_checksum()'), $checksum, '... checksum is the same');
is($standby->safe_psql('postgres', q{SELECT code_description('acme:2') IS NULL}),
	't', '... row of the lost transaction is not there');
in_session('idle', "COMMIT PREPARED 'p'");
check_description('reader', 'prepared', 'COMMIT PREPARED is seen in the same transaction');
check_description('repeatable', 'counted', '... but not under REPEATABLE READ');
in_session('idle', change('written after promotion'));
check_description($_, 'written after promotion', "write after promotion, session $_") for qw(reader idle);
in_session($_, 'COMMIT') for qw(reader repeatable);
in_session('reader', 'BEGIN; ' . change('own'));
check_description('reader', 'own', 'own row in a session that began on the standby');
check_description('repeatable', 'written after promotion', '... which the others do not see');
in_session('reader', 'ROLLBACK');
check_description('reader', 'written after promotion', '... and which is gone after rollback');

$session{$_}->quit for qw(reader repeatable idle);
$standby->stop;
done_testing();
