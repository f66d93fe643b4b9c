# A cached plan on a hot standby uses the overrides that have been replayed, and finds the rows by the index.
use strict;
use warnings;

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(usleep);

my $primary = PostgreSQL::Test::Cluster->new('primary');
$primary->init(allows_streaming => 1);
$primary->append_conf('postgresql.conf', "autovacuum = off\nwal_writer_delay = 10ms\n");
$primary->start;
$primary->safe_psql('postgres', <<'SQL');
CREATE EXTENSION provider_codes;
CREATE TABLE t AS SELECT row_number() OVER () AS id, status FROM (SELECT builtin_status_codes() UNION ALL SELECT unnest('{quovo:ERROR,http:404,http:450}'::status_code[])) AS s (status), generate_series(1, 20);
CREATE INDEX ON t (status);
ANALYZE t;
SQL
$primary->backup('backup');
my $standby = PostgreSQL::Test::Cluster->new('standby');
$standby->init_from_backup($primary, 'backup', has_streaming => 1);
$standby->start;

# Both keep their plans from before the first change.
my %session = map { $_ => $standby->background_psql('postgres') } qw(reader repeatable);
my %predicate = (retryable => 'is_retryable(status)', mfa => q{code_category(status) = 'mfa'}, quovo => q{from_provider(status, 'quovo') AND is_error(status)});
for my $session (values %session)
{
	$session->query_safe('SET enable_seqscan = off; SET plan_cache_mode = force_generic_plan');
	$session->query_safe("PREPARE $_ AS SELECT count(*), sum(id) FROM t WHERE $predicate{$_}") for sort keys %predicate;
}

# The results of the cached plans, and of the functions as columns.
sub check_description
{
	my ($name, $test) = @_;
	for (sort keys %predicate)
	{
		my $truth = $session{$name}->query_safe("SELECT count(*), sum(id) FROM (SELECT id, ($predicate{$_}) AS holds FROM t OFFSET 0) AS x WHERE holds");
		is($session{$name}->query_safe("EXECUTE $_"), $truth, "$test: $_");
	}
	return;
}

sub by_plan
{
	my ($name) = @_;
	return join ' ', map { $session{$name}->query_safe("EXECUTE $_") } sort keys %predicate;
}

sub change
{
	my ($sql) = @_;
	$primary->safe_psql('postgres', $sql);
	my $lsn = $primary->safe_psql('postgres', q{SELECT pg_logical_emit_message(false, '', ''); SELECT pg_current_wal_insert_lsn()});
	$lsn =~ s/.*\n//s;
	for (1 .. 100 * $PostgreSQL::Test::Utils::timeout_default)
	{
		return if $standby->safe_psql('postgres', "SELECT pg_last_wal_replay_lsn() >= '$lsn'") eq 't';
		usleep(10_000);
	}
	die "standby doesn't replay $lsn";
}

like($session{reader}->query_safe("EXPLAIN EXECUTE $_"), qr/Index Cond: .*status (= ANY \(codes_|>= 'quovo')/s, "index is searched: $_") for sort keys %predicate;
check_description('reader', 'no overrides');
my $before = by_plan('reader');
$session{repeatable}->query_safe('BEGIN ISOLATION LEVEL REPEATABLE READ');
is(by_plan('repeatable'), $before, 'same under REPEATABLE READ');

change(q{INSERT INTO status_code_overrides (status, category, retryable, terminal) VALUES
	('quovo:ERROR', 'mfa', true, true), ('syncfy:410', 'auth', true, NULL), ('http:404', 'mfa', NULL, NULL), ('basiq:invalid-credentials', NULL, true, NULL)});
check_description('reader', 'rows replayed');
isnt(by_plan('reader'), $before, '... which change the results');
check_description('repeatable', 'older snapshot');
is(by_plan('repeatable'), $before, '... keeps its results');

change('BEGIN; DELETE FROM status_code_overrides; ROLLBACK');
check_description('reader', 'rollback replayed');
change(q{UPDATE status_code_overrides SET category = 'server', retryable = NULL});
check_description('reader', 'update replayed');
$session{repeatable}->query_safe('COMMIT');
check_description('repeatable', 'newer snapshot');
is(by_plan('repeatable'), by_plan('reader'), '... gives the same results as the other');
change('TRUNCATE status_code_overrides');
check_description('reader', 'TRUNCATE replayed');
is(by_plan('reader'), $before, '... brings back the first results');

$primary->stop;
$standby->promote;
$standby->poll_query_until('postgres', 'SELECT NOT pg_is_in_recovery()') or die 'no promotion';
$session{reader}->query_safe(q{INSERT INTO status_code_overrides (status, category, retryable) VALUES ('http:404', 'mfa', true)});
check_description('reader', 'own change after promotion');
isnt(by_plan('reader'), $before, '... changes the results');

$session{$_}->quit for qw(reader repeatable);
$standby->stop;
done_testing();
