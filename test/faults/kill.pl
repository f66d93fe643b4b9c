# The server is right after kill -9, of the postmaster or of any other process of its, while clients write: what was acknowledged
# is there, no transaction by half, indexes have all rows, constraints hold, and all sessions see the same overrides.
#
# fsync is off: what a process that is killed has written stays with the kernel.
use strict;
use warnings;

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(usleep);

my $rounds = ($ENV{FAULTS} // 'long') eq 'long' ? 200 : 4;
my $clients = 4;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', <<'END');
fsync = off
restart_after_crash = on
autovacuum_naptime = 1s
autovacuum_vacuum_threshold = 100
max_wal_size = 32MB
min_wal_size = 32MB
wal_writer_delay = 10ms
shared_buffers = 8MB
log_min_messages = fatal
END
$node->start;
$node->safe_psql('postgres', slurp_file('test/faults/kill.sql'));

my $script = $node->basedir . '/write.sql';
append_to_file($script, "\\set n :n + 1\nCALL write(:client_id, :n);\n");

# Starts the clients, each of which counts its transactions from 1 on.
sub start_clients
{
	my ($round) = @_;
	my $log = $node->basedir . "/round$round";
	my $out = '';
	my $run = IPC::Run::start(
		[ 'pgbench', '-n', '-M', 'prepared', '-c', $clients, '-j', $clients, '-T', 60, '-D', 'n=0', '-f', $script, '-l', "--log-prefix=$log",
			'-h', $node->host, '-p', $node->port, 'postgres' ],
		'<', \undef, '>', \$out, '2>', \$out);
	return ($run, $log);
}

# The transactions that each client knows to be committed.
sub acknowledged
{
	my ($log) = @_;
	my @counts = (0) x $clients;
	for my $file (glob "$log.*")
	{
		/^(\d+) (\d+) \d+ / and $counts[$1]++ for split /\n/, slurp_file($file);
		unlink $file;
	}
	return @counts;
}

# Kills a process of a type, and gives whether there was one.
sub kill_backend
{
	my ($type) = @_;
	my $pid = $node->safe_psql('postgres',
		"SELECT pid FROM pg_stat_activity WHERE backend_type = '$type' AND pid <> pg_backend_pid() ORDER BY random() LIMIT 1");
	return $pid && kill 'KILL', $pid;
}

# Kills the postmaster, and starts the server anew as soon as the other processes have noticed and are gone.
sub kill_postmaster
{
	my ($pid) = slurp_file($node->data_dir . '/postmaster.pid') =~ /^(\d+)\n/;
	my @others = split ' ', slurp_file("/proc/$pid/task/$pid/children");
	$node->kill9;
	for (1 .. 600)
	{
		@others = grep { kill 0, $_ } @others or last;
		usleep(50_000);
	}
	die "processes @others do not end\n" if @others;
	$node->start;
	return;
}

# Waits until the server accepts connections again.
sub wait_for_recovery
{
	for (1 .. 600)
	{
		return if $node->psql('postgres', 'SELECT 1') == 0;
		usleep(100_000);
	}
	die "no recovery\n";
}

# Everything that is wrong after a round.
sub findings
{
	my (@counts) = @_;
	my @sessions = map { $node->background_psql('postgres') } 1 .. 3;
	my $overrides = q(SELECT provider_codes_checksum(), string_agg(DISTINCT code_description(status_code('acme', i)), ',')
		FROM generate_series(1, 40) AS i);
	my %answers = map { $_->query_safe($overrides) => 1 } @sessions;
	my $findings = $sessions[0]->query_safe("SELECT findings('{@{[ join ',', @counts ]}}')");
	my %counts;
	for my $setting ('seqscan', 'bitmapscan', 'indexscan')
	{
		$sessions[1]->query_safe("SET enable_$_ = " . ($_ eq $setting ? 'on' : 'off')) for qw(seqscan bitmapscan indexscan);
		$counts{ $sessions[1]->query_safe('TABLE by_index') } = 1;
	}
	# The clients of the round are gone, so that a change which one session makes is the only one.
	$sessions[2]->query_safe(q(BEGIN; UPDATE status_code_overrides SET description = 'not committed'));
	my $kept = $sessions[0]->query_safe($overrides);
	$sessions[2]->query_safe('ROLLBACK');
	$_->quit for @sessions;
	return (
		(keys %answers == 1 ? () : 'sessions see different overrides'),
		($answers{$kept} ? () : 'overrides that are not committed are seen'),
		(keys %counts == 1 ? () : 'indexes have different rows'),
		split /\n/, $findings);
}

my @victims = ('client backend', 'postmaster', 'client backend', 'checkpointer', 'postmaster', 'walwriter', 'client backend',
	'background writer', 'postmaster', 'autovacuum launcher');
my ($transactions, %killed, @wrong, @counts) = (0);
for my $round (1 .. $rounds)
{
	my $victim = $victims[ $round % @victims ];
	$node->safe_psql('postgres', 'TRUNCATE jobs, steps, notes');
	my ($run, $log) = start_clients($round);
	usleep(300_000 + int rand 700_000);
	if ($victim eq 'postmaster') { kill_postmaster() }
	else { kill_backend($victim) or die "no $victim\n" }
	$killed{$victim}++;
	$run->finish;
	wait_for_recovery();
	@counts = acknowledged($log);
	$transactions += $_ for @counts;
	push @wrong, map { "round $round, $victim: $_" } findings(@counts);
	diag("round $round of $rounds, $transactions transactions") if $round % 10 == 0;
}
ok(!@wrong, 'nothing lost, torn or different') or diag(join "\n", @wrong[0 .. ($#wrong < 19 ? $#wrong : 19)]);
cmp_ok($transactions, '>', 20 * $rounds, "$transactions transactions acknowledged");
diag("$transactions transactions, killed: " . join ', ', map { "$_ $killed{$_} times" } sort keys %killed);
cmp_ok(scalar keys %killed, '>', 1, 'processes of several kinds were killed');

# The checks find what is planted, one after the other.
sub is_found
{
	my ($sql, $expected, $name) = @_;
	$node->safe_psql('postgres', $sql);
	my $found = join "\n", findings(@counts);
	like($found, $expected, "found: $name");
	return;
}

is(join("\n", findings(@counts)), '', 'nothing is found before something is planted');
is_found(q(UPDATE status_code_overrides SET description = 'another' WHERE status = 'acme:1'), qr/overrides of 2 generations/, 'torn overrides');
is_found('DELETE FROM notes WHERE (client, n) = (1, 2)', qr/client 1: torn at 2/, 'a transaction by half');
is_found('DELETE FROM jobs WHERE client = 2 AND n = (SELECT max(n) FROM jobs WHERE client = 2) - 1', qr/client 2: another row/, 'a lost row');
is_found('DELETE FROM jobs WHERE client = 3 AND n > 1', qr/client 3: \d+ transactions acknowledged, 1 in the table/, 'lost transactions');
for my $index ('jobs_status_n_idx', 'jobs_hash')
{
	is_found(<<"END", $index eq 'jobs_hash' ? qr/indexes have different rows/ : qr/index jobs_status_n_idx: .* lacks matching index tuple/, "a row that $index lacks");
UPDATE pg_index SET indisready = false WHERE indexrelid = '$index'::regclass;
INSERT INTO jobs SELECT 9, i, s, coalesce(builtin_code_category(s), 'progress'), ARRAY[s], 'acme:1' FROM unnest('{acme:1,syncfy:29,syncfy:503}'::status_code[]) WITH ORDINALITY AS c (s, i);
UPDATE pg_index SET indisready = true WHERE indexrelid = '$index'::regclass;
DELETE FROM steps;
END
	$node->safe_psql('postgres', 'DELETE FROM jobs WHERE client = 9');
}

$node->stop;
done_testing();
