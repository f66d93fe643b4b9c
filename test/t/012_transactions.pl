# Which transactions' rows a function sees, and from when on. Each check compares a function with a subquery on the table
# in one statement.
#
# Two snapshots are hardest to tell apart if they have the same xmin and xmax. The sessions "oldest" and "newest" keep
# these unchanged.
use strict;
use warnings;

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', <<'END');
max_prepared_transactions = 10
autovacuum = off
END
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION provider_codes; CREATE TABLE other (i integer)');

my %session =
  map { $_ => $node->background_psql('postgres', on_error_stop => 0) } qw(reader oldest newest writer second third);

sub in_session
{
	my ($name, $sql) = @_;
	return $session{$name}->query_safe($sql);
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

# Returns the snapshot's fields that are compared first: xmin and xmax.
sub snapshot_bounds
{
	my ($name) = @_;
	return in_session($name,
		'SELECT pg_snapshot_xmin(s), pg_snapshot_xmax(s) FROM pg_current_snapshot() AS s');
}

sub change
{
	my ($description) = @_;
	return "INSERT INTO status_code_overrides (status, description) VALUES ('acme:1', '$description') "
	  . 'ON CONFLICT (status) DO UPDATE SET description = EXCLUDED.description';
}

my $clear = 'DELETE FROM status_code_overrides';
my $count_up = 'INSERT INTO other VALUES (1)'; # gives the transaction an id, and the next command a new number

# Another transaction ends, while an older and a newer one keep xmin and xmax unchanged.
in_session('oldest', "BEGIN; $count_up");
in_session('writer', 'BEGIN; ' . change('one'));
in_session('newest', $count_up);
in_session('reader', 'BEGIN');
check_description('reader', '', 'uncommitted row of another transaction is not seen');
my $bounds = snapshot_bounds('reader');
in_session('writer', 'COMMIT');
check_description('reader', 'one', '... but is in the same transaction once committed');
is(snapshot_bounds('reader'), $bounds, '... under a snapshot with the same bounds');

# A transaction begins and ends in between, so that as many are running as before.
in_session('writer', change('two'));
check_description('reader', 'two', 'change of a transaction that began and ended in between');
in_session($_, 'COMMIT') for qw(reader oldest);
in_session('reader', $clear);

# The first check again, with several transactions that end in every order.
my @writers = qw(writer second third);
my $disagreeing = q{
	SELECT coalesce(string_agg(format('%s: %L, not %L', status, code_description(status), description), '; '), 'none')
	FROM (SELECT status_code('acme', i) FROM generate_series(0, 4) AS i) AS c (status)
	LEFT JOIN status_code_overrides AS o USING (status)
	WHERE code_description(status) IS DISTINCT FROM description};
for my $order ([ 0, 1, 2 ], [ 0, 2, 1 ], [ 1, 0, 2 ], [ 1, 2, 0 ], [ 2, 0, 1 ], [ 2, 1, 0 ])
{
	my @found;
	in_session('oldest', "BEGIN; $count_up");
	in_session($writers[$_], "BEGIN; INSERT INTO status_code_overrides (status, description) VALUES ('acme:$_', 'new')")
	  for 0 .. 2;
	in_session('newest', $count_up);
	in_session('reader', 'BEGIN');
	push @found, in_session('reader', $disagreeing);
	for my $i (@$order)
	{
		# Every third is rolled back.
		in_session($writers[$i], $i == $order->[1] ? 'ROLLBACK' : 'COMMIT');
		push @found, in_session('reader', $disagreeing);
	}
	is("@found", 'none none none none', "transactions ending in the order @$order");
	in_session($_, 'COMMIT') for qw(reader oldest);
	is(in_session('reader', "WITH gone AS ($clear RETURNING 1) SELECT count(*) FROM gone"), 2, '... two rows remained');
}

# A transaction's own rows after its end. Its own snapshots never listed its ID as running.
for my $end (qw(ROLLBACK COMMIT))
{
	in_session('oldest', "BEGIN; $count_up");
	in_session('reader', 'BEGIN; ' . change('one'));
	in_session('newest', $count_up);
	check_description('reader', 'one', "own row before $end");
	$bounds = snapshot_bounds('reader');
	in_session('reader', change('two') . "; $end; BEGIN; $count_up");
	check_description('reader', $end eq 'COMMIT' ? 'two' : '', "... after it, in the next transaction's second command");
	is(snapshot_bounds('reader'), $bounds, '... under a snapshot with the same bounds');
	in_session($_, 'COMMIT') for qw(reader oldest);
	in_session('reader', $clear);
}

# Savepoints. The command ID is not reset by a rollback, and if a transaction with a later ID has ended, no field of the
# snapshot shows the rollback.
in_session('reader', 'BEGIN; ' . change('one') . '; SAVEPOINT s; ' . change('two'));
in_session('newest', $count_up);
check_description('reader', 'two', 'own row within a savepoint');
$bounds = snapshot_bounds('reader');
in_session('reader', 'ROLLBACK TO s');
check_description('reader', 'one', '... after rollback to it');
is(snapshot_bounds('reader'), $bounds, '... under a snapshot with the same bounds');
in_session('reader', change('three') . '; RELEASE s');
check_description('reader', 'three', '... after its release');
in_session('reader', 'ROLLBACK');
check_description('reader', '', '... after rollback of the transaction');

# A change within the statement that calls the function.
in_session('reader', <<'SQL');
CREATE FUNCTION change_and_ask(new text) RETURNS text LANGUAGE plpgsql VOLATILE AS $$
BEGIN
	INSERT INTO status_code_overrides (status, name, description) VALUES ('acme:1', new, new)
		ON CONFLICT (status) DO UPDATE SET name = EXCLUDED.name, description = EXCLUDED.description;
	RETURN format('%s|%s', code_description('acme:1'),
		(SELECT description FROM status_code_overrides WHERE status = 'acme:1'));
END
$$;
SQL
in_session('reader', change('before'));
is( in_session('reader', <<'SQL'), 'before|inner|inner|before|before', 'function sees its own change, the statement does not');
SELECT concat_ws('|', code_description('acme:1'), change_and_ask('inner'), code_description('acme:1'),
	(SELECT description FROM status_code_overrides WHERE status = 'acme:1'))
SQL
# The first result is not yet copied when the rows that it came from are replaced.
my $long = 'y' x 300;
is( in_session('reader', "SELECT concat_ws('|', code_description('acme:1'), change_and_ask('$long') = '$long|$long')"),
	'inner|t',
	'answer outlives the rows that it came from');
in_session('reader', $clear);

# Prepared transactions.
in_session('writer', 'BEGIN; ' . change('one'));
check_description('writer', 'one', 'own row before PREPARE TRANSACTION');
in_session('writer', "PREPARE TRANSACTION 'p'");
check_description($_, '', "row of a prepared transaction, session $_") for qw(writer reader);
in_session('reader', "COMMIT PREPARED 'p'");
check_description($_, 'one', "... after COMMIT PREPARED, session $_") for qw(writer reader);
in_session('writer', 'BEGIN; ' . change('two'));
check_description('writer', 'two', 'own change before PREPARE TRANSACTION');
in_session('writer', "PREPARE TRANSACTION 'p'");
in_session('reader', 'BEGIN');
check_description($_, 'one', "change of a prepared transaction, session $_") for qw(writer reader);
in_session('writer', "ROLLBACK PREPARED 'p'");
check_description($_, 'one', "... after ROLLBACK PREPARED, session $_") for qw(writer reader);
in_session('reader', "COMMIT; $clear");

# A prepared transaction counts as running. Its own snapshots do not list its ID, and neither do those of the session's
# next transaction until a transaction with a later ID has ended.
in_session('writer', 'BEGIN; ' . change('one'));
check_description('writer', 'one', 'own row before PREPARE TRANSACTION, nothing else running');
$bounds = snapshot_bounds('writer');
in_session('writer', "PREPARE TRANSACTION 'p'; BEGIN; $count_up");
check_description('writer', '', "... not seen in the next transaction's second command");
is(snapshot_bounds('writer'), $bounds, '... under a snapshot with the same bounds');
in_session('second', "COMMIT PREPARED 'p'");
check_description('writer', 'one', '... but is after COMMIT PREPARED');
in_session('writer', 'COMMIT');
in_session('reader', $clear);

# Once a later ID has ended, the prepared one is listed. If another ID has left the list, the number stays the same.
in_session('oldest', "BEGIN; $count_up");
in_session('second', "BEGIN; $count_up");
in_session('writer', 'BEGIN; ' . change('one'));
in_session('newest', $count_up);
check_description('writer', 'one', 'own row before PREPARE TRANSACTION, others running');
$bounds = snapshot_bounds('writer');
in_session('writer', "PREPARE TRANSACTION 'p'");
in_session('second', 'COMMIT');
in_session('writer', "BEGIN; $count_up");
check_description('writer', '', '... not seen when one of these has ended');
is(snapshot_bounds('writer'), $bounds, '... under a snapshot with the same bounds');
in_session('second', "COMMIT PREPARED 'p'");
check_description('writer', 'one', '... but is after COMMIT PREPARED');
in_session($_, 'COMMIT') for qw(writer oldest);

# SERIALIZABLE: each transaction must read the table itself, even if nothing has changed since the last one. Otherwise the
# server does not see that two transactions each read what the other changes.
in_session('reader', "SELECT code_description('acme:1')");
in_session('reader', "BEGIN ISOLATION LEVEL SERIALIZABLE; SELECT code_description('acme:1')");
is( in_session('second', <<'SQL'), 't', 'SERIALIZABLE transaction holds a predicate lock on the table or on its key');
SELECT count(*) > 0 FROM pg_locks
WHERE mode = 'SIReadLock' AND relation IN ('status_code_overrides'::regclass, 'status_code_overrides_pkey'::regclass)
SQL
in_session('writer', 'BEGIN ISOLATION LEVEL SERIALIZABLE; SELECT count(*) FROM other; ' . change('skewed'));
in_session('reader', $count_up);
in_session('writer', 'COMMIT');
$session{reader}->query('COMMIT');
like($session{reader}->{stderr}, qr/could not serialize access/, '... so that write skew is refused');
$session{reader}->{stderr} = '';
check_description('reader', 'skewed', '... and the transaction that won is seen');

$_->quit for values %session;
done_testing();
