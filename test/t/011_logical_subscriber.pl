# Logical replication of the override table: sessions of the subscriber see what the publisher writes. The apply worker
# runs with session_replication_role = replica, so triggers do not fire.
use strict;
use warnings;

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(usleep);

my ($publisher, $subscriber);
for ([ \$publisher, 'publisher' ], [ \$subscriber, 'subscriber' ])
{
	my ($node, $name) = @$_;
	$$node = PostgreSQL::Test::Cluster->new($name);
	$$node->init(allows_streaming => 'logical');
	$$node->append_conf('postgresql.conf', <<'END');
max_connections = 20
wal_writer_delay = 10ms
END
	$$node->start;
	# The subscriber creates other objects first, since equal OIDs would hide that OIDs are sent.
	$$node->safe_psql('postgres', 'CREATE TABLE first (i integer); CREATE TABLE second (i integer)')
	  if $name eq 'subscriber';
	$$node->safe_psql('postgres', <<'SQL');
CREATE EXTENSION provider_codes;
CREATE TABLE jobs (id integer PRIMARY KEY, status status_code NOT NULL, category status_category, action status_action);
CREATE TABLE binary_jobs (LIKE jobs INCLUDING ALL);
CREATE TABLE histories (id integer PRIMARY KEY, statuses status_code[]);
SQL
}

my $writer = $publisher->background_psql('postgres', on_error_stop => 0);
my %session = map { $_ => $subscriber->background_psql('postgres') } qw(reader repeatable idle);

sub in_session
{
	my ($name, $sql) = @_;
	return $session{$name}->query_safe($sql);
}

# Waits until a subscription has applied everything that the publisher has written so far.
sub catch_up
{
	my ($subscription) = @_;
	my $lsn = $writer->query_safe(q{SELECT pg_logical_emit_message(true, '', '')});
	for (1 .. 100 * $PostgreSQL::Test::Utils::timeout_default)
	{
		return if $writer->query_safe(<<"SQL") eq 't';
SELECT replay_lsn >= '$lsn' FROM pg_stat_replication WHERE application_name = '$subscription'
SQL
		usleep(10_000);
	}
	die "subscriber does not apply $lsn";
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

# All columns of all rows, and the results of every function on them, are the same on both sides.
my $contents = q{
	SELECT *, code_name(status), code_title(status), code_description(status), code_category(status), code_action(status),
		is_retryable(status), code_retry_after(status), is_terminal(status), is_deprecated_code(status), is_known_code(status)
	FROM status_code_overrides ORDER BY status};

sub same_overrides
{
	my ($test) = @_;
	my $expected = $writer->query_safe($contents);
	is(in_session('idle', $contents), $expected, $test);
	is(in_session('idle', 'SELECT provider_codes_checksum()'),
		$writer->query_safe('SELECT provider_codes_checksum()'), '... checksums are equal');
	return $expected;
}

# The role that writes on the publisher does not exist on the subscriber.
$writer->query_safe(<<'SQL');
CREATE ROLE "the operator";
GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON status_code_overrides TO "the operator";
SET ROLE "the operator";
INSERT INTO status_code_overrides (status, description, note, updated_at)
VALUES ('acme:1', 'copied', 'before the subscription', '2001-02-03 04:05:06.789+00'),
	('syncfy:401', 'also copied', NULL, 'yesterday');
RESET ROLE;
CREATE PUBLICATION overrides FOR TABLE status_code_overrides;
SQL
check_description('reader', '', 'nothing before the subscription');
my $connection = $publisher->connstr . ' dbname=postgres';
$subscriber->safe_psql('postgres', "CREATE SUBSCRIPTION overrides CONNECTION '$connection' PUBLICATION overrides");
$subscriber->wait_for_subscription_sync($publisher, 'overrides');
check_description('reader', 'copied', 'rows of the initial copy');
like(same_overrides('... all of them'), qr/\|before the subscription\|2001-02-0.*\|the operator\|/, '... with time and author');

# Each change, seen by a session in a transaction block and by one outside.
in_session('reader', 'BEGIN');
in_session('repeatable', 'BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1');
for my $change (
	[ q{UPDATE status_code_overrides SET description = 'updated' WHERE status = 'acme:1'}, 'updated' ],
	[ q{BEGIN; UPDATE status_code_overrides SET description = 'lost'; ROLLBACK}, 'updated' ],
	[ q{BEGIN; SAVEPOINT s; UPDATE status_code_overrides SET description = 'lost'; ROLLBACK TO s; COMMIT}, 'updated' ],
	[ q{UPDATE status_code_overrides SET status = 'acme:2' WHERE status = 'acme:1'}, '' ],
	[ q{DELETE FROM status_code_overrides}, '' ],
	[   q{INSERT INTO status_code_overrides VALUES }
		  . q{('acme:1', 'name', 'title', 'inserted', 'mfa', 'ask_user', false, '5 minutes', true, false, '{"es": "Hola"}', 'note')},
		'inserted' ])
{
	my ($sql, $expected) = @$change;
	$writer->query_safe("SET ROLE \"the operator\"; $sql; RESET ROLE");
	catch_up('overrides');
	check_description($_, $expected, "subscriber has applied: $sql, session $_") for qw(reader idle);
	same_overrides('... all rows, time and author are equal');
}
check_description('repeatable', 'copied', 'REPEATABLE READ, with a first call after all changes');
in_session($_, 'COMMIT') for qw(reader repeatable);
check_description('repeatable', 'inserted', '... and the next transaction');

# The subscriber's trigger, had it fired, would have stored another time and user.
like(in_session('idle', <<'SQL'), qr/^t\|/, "the subscriber's own change is stamped by itself");
BEGIN;
UPDATE status_code_overrides SET note = 'own';
SELECT updated_by = current_user AND updated_at = now(), code_description('acme:1') FROM status_code_overrides;
ROLLBACK;
SQL

$writer->query_safe('TRUNCATE status_code_overrides');
catch_up('overrides');
check_description($_, '', "TRUNCATE, session $_") for qw(reader repeatable idle);
$writer->query_safe(q{BEGIN; TRUNCATE status_code_overrides;
	INSERT INTO status_code_overrides (status, description) VALUES ('acme:1', 'after TRUNCATE'); COMMIT});
catch_up('overrides');
check_description($_, 'after TRUNCATE', "TRUNCATE and INSERT, session $_") for qw(reader repeatable idle);
same_overrides('... all rows');

# Tables with columns of the extension's types.
my $rows = q{
	SELECT i, status, builtin_code_category(status), builtin_code_action(status)
	FROM (SELECT row_number() OVER (ORDER BY status)::integer, status
		FROM (SELECT status::status_code FROM status_codes
			UNION SELECT status_code('acme', repeat('x', i)) FROM generate_series(1, 100) AS i
			UNION SELECT status_code('syncfy', i) FROM generate_series(0, 2000) AS i) AS s (status)) AS c (i, status)};

# Checks that a table is replicated, initial copy and later changes. The last argument is options of the subscription.
sub replicates
{
	my ($table, $select, $change, $options) = @_;
	my $all = "SELECT * FROM $table ORDER BY id";
	$writer->query_safe("INSERT INTO $table $select; CREATE PUBLICATION $table FOR TABLE $table");
	$subscriber->safe_psql('postgres', "CREATE SUBSCRIPTION $table CONNECTION '$connection' PUBLICATION $table $options");
	$subscriber->wait_for_subscription_sync($publisher, $table);
	my $expected = $writer->query_safe($all);
	cmp_ok(length $expected, '>', 1000, "$table has contents");
	ok(in_session('idle', $all) eq $expected, '... which the subscriber has copied');
	$writer->query_safe("$change; DELETE FROM $table WHERE id % 10 = 0; INSERT INTO $table $select ON CONFLICT (id) DO NOTHING");
	catch_up($table);
	isnt($writer->query_safe($all), $expected, '... and which has changed');
	ok(in_session('idle', $all) eq $writer->query_safe($all), '... on both sides');
	$subscriber->safe_psql('postgres', "DROP SUBSCRIPTION $table");
	return;
}

replicates('jobs', $rows, q{UPDATE jobs SET status = 'basiq:access-denied', category = 'rate_limit' WHERE id % 2 = 0}, '');
replicates(
	'histories',
	"SELECT i, ARRAY[status, NULL, 'acme:1'] FROM ($rows) AS s (i, status)",
	q{UPDATE histories SET statuses = statuses || 'foundry:403'::status_code WHERE id % 2 = 0}, '');

SKIP:
{
	skip 'subscriptions have no binary mode', 4 if $publisher->pg_version < 14;

	# No arrays: a server accepts binary arrays only if the element type has the same OID on both sides.
	replicates('binary_jobs', $rows,
		q{UPDATE binary_jobs SET status = 'basiq:access-denied', category = 'rate_limit' WHERE id % 2 = 0},
		'WITH (binary = true)');
}

# Transactions may be applied at PREPARE TRANSACTION, but are visible from COMMIT PREPARED on. In binary mode, too.
SKIP:
{
	skip 'subscriptions have no two-phase mode', 3 if $publisher->pg_version < 15;

	$subscriber->safe_psql('postgres', 'DROP SUBSCRIPTION overrides; TRUNCATE status_code_overrides');
	for my $node ($publisher, $subscriber)
	{
		$_->quit for $node == $publisher ? ($writer) : values %session;
		$node->append_conf('postgresql.conf', 'max_prepared_transactions = 10');
		$node->restart;
	}
	$writer = $publisher->background_psql('postgres', on_error_stop => 0);
	%session = map { $_ => $subscriber->background_psql('postgres') } qw(reader idle);
	$subscriber->safe_psql('postgres',
		"CREATE SUBSCRIPTION overrides CONNECTION '$connection' PUBLICATION overrides WITH (binary = true, two_phase = true)");
	$subscriber->wait_for_subscription_sync($publisher, 'overrides');
	$subscriber->poll_query_until('postgres', q{SELECT subtwophasestate = 'e' FROM pg_subscription WHERE subname = 'overrides'})
	  or die 'no two-phase mode';
	in_session('reader', 'BEGIN');
	check_description('reader', 'after TRUNCATE', 'before PREPARE TRANSACTION');
	$writer->query_safe(
		q{BEGIN; UPDATE status_code_overrides SET description = 'prepared', category = 'server'; PREPARE TRANSACTION 'p'});
	$subscriber->poll_query_until('postgres', 'SELECT count(*) = 1 FROM pg_prepared_xacts') or die 'not prepared';
	check_description('reader', 'after TRUNCATE', 'prepared on the subscriber');
	$writer->query_safe(q{COMMIT PREPARED 'p'});
	catch_up('overrides');
	check_description('reader', 'prepared', 'committed on the subscriber');
	in_session('reader', 'COMMIT');
}

$_->quit for $writer, values %session;
$subscriber->stop;
$publisher->stop;
done_testing();
