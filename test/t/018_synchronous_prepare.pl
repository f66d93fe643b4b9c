# While a transaction is being prepared and waits for a synchronous standby, snapshots list its ID twice. Another
# transaction can end in that time without changing the number of listed IDs; functions must see its rows all the same.
use strict;
use warnings;

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init(allows_streaming => 1);
$node->append_conf('postgresql.conf', <<'END');
max_prepared_transactions = 10
synchronous_commit = local
synchronous_standby_names = 'nobody'
autovacuum = off
END
$node->start;
$node->safe_psql('postgres', <<'END');
CREATE EXTENSION provider_codes;
CREATE TABLE other (i integer);
INSERT INTO status_code_overrides (status, description) VALUES ('acme:1', 'generation 0');
END

my %session = map { $_ => $node->background_psql('postgres') } qw(oldest writer preparer reader);

sub in_session
{
	my ($name, $sql) = @_;
	return $session{$name}->query_safe($sql);
}

sub check_description
{
	my ($expected, $test) = @_;
	is( in_session(
			'reader',
			"SELECT code_description('acme:1'), (SELECT description FROM status_code_overrides WHERE status = 'acme:1')"),
		"$expected|$expected",
		$test);
	return;
}

# The reader's snapshots keep xmin and xmax: an older transaction goes on, and none with a later ID ends.
in_session('oldest', 'BEGIN; SELECT pg_current_xact_id()');
in_session('writer', "BEGIN; UPDATE status_code_overrides SET description = 'generation 1'");
in_session('preparer', 'BEGIN; SET LOCAL synchronous_commit = on; INSERT INTO other VALUES (1)');
$node->safe_psql('postgres', 'SELECT pg_current_xact_id()');

in_session('reader', 'BEGIN');
check_description('generation 0', 'while the writer runs');
in_session('writer', 'COMMIT');
$session{preparer}->query_until(qr//, "PREPARE TRANSACTION 'waiting';\n");
$node->poll_query_until('postgres', "SELECT count(*) = 1 FROM pg_stat_activity WHERE wait_event = 'SyncRep'")
  or die 'the transaction is not being prepared';
check_description('generation 1', 'when the writer has ended and another transaction is being prepared');

$node->append_conf('postgresql.conf', "synchronous_standby_names = ''");
$node->reload;
in_session('preparer', 'SELECT');
check_description('generation 1', 'when it is prepared');
in_session('reader', 'COMMIT');
in_session('oldest', 'COMMIT');
$node->safe_psql('postgres', "ROLLBACK PREPARED 'waiting'");

$_->quit for values %session;
$node->stop;
done_testing();
