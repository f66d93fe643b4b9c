# Behind PgBouncer in transaction mode, where clients share sessions of the server, each transaction sees the overrides that it
# should: what one client leaves in a session does not reach the next.
use strict;
use warnings;

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(usleep);

my $seconds = ($ENV{FAULTS} // 'long') eq 'long' ? 120 : 3;
my $pool = 3;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
$node->safe_psql('postgres', slurp_file('test/stress/setup.sql'));
plan skip_all => 'pgbench knows no serialization failures' if $node->pg_version < 15;

# ---- The pooler ----

my $directory = $node->host;
my $port = PostgreSQL::Test::Cluster::get_free_port();
my $settings = $node->basedir . '/pgbouncer.ini';
my $user = $node->safe_psql('postgres', 'SELECT current_user'); # auth_type "any" takes it from the settings
append_to_file($settings, <<"END");
[databases]
single = host=$directory port=@{[ $node->port ]} dbname=postgres user=$user pool_size=1
shared = host=$directory port=@{[ $node->port ]} dbname=postgres user=$user pool_size=$pool
[pgbouncer]
pool_mode = transaction
listen_port = $port
unix_socket_dir = $directory
auth_type = any
ignore_startup_parameters = extra_float_digits
logfile = @{[ $node->basedir ]}/pgbouncer.log
END
my ($out, $err) = ('', '');
my $pooler = IPC::Run::start([ 'pgbouncer', $settings ], '<', \undef, '>', \$out, '2>', \$err);
END
{
	local $? = $?;
	$pooler->kill_kill if $pooler;
}

sub pooled
{
	my ($database) = @_;
	return "host=$directory port=$port dbname=$database user=$user";
}

for (1 .. 100)
{
	last if system_log('psql', '-X', '-d', pooled('single'), '-c', 'SELECT 1') == 0;
	usleep(100_000);
}

# ---- Clients that take turns in one session ----

my %session = map { $_ => $node->background_psql('postgres', on_error_stop => 0, extra_params => [ '-d', pooled('single') ]) } qw(a b);
$session{direct} = $node->background_psql('postgres', on_error_stop => 0);

# Runs statements as a client; what is printed is what the test compares, and so is an error.
sub as_client
{
	my ($client, $sql) = @_;
	my $answer = $session{$client}->query($sql);
	my $error = $session{$client}->{stderr};
	$session{$client}->{stderr} = '';
	return $error =~ /(?:ERROR|FATAL):  (.*)/ ? $1 : $answer;
}

# Each line is a client, what it runs, and what that prints.
my $ask = q(SELECT code_name('acme:1'), (SELECT name FROM public.status_code_overrides WHERE status = 'acme:1'));
sub override { return "INSERT INTO status_code_overrides (status, name) VALUES ('acme:1', '$_[0]')" }
sub change { return "UPDATE status_code_overrides SET name = '$_[0]' WHERE status = 'acme:1'" }
my @turns = (
	[ 'a', $ask, '|' ],
	[ 'a', 'BEGIN; ' . override('not committed') . "; $ask", 'not committed|not committed' ],
	[ 'a', 'ROLLBACK', '' ],
	[ 'b', $ask, '|' ],
	[ 'b', 'BEGIN; ' . override('one') . "; SAVEPOINT s; " . change('undone') . "; $ask", 'undone|undone' ],
	[ 'b', "ROLLBACK TO s; $ask", 'one|one' ],
	[ 'b', 'COMMIT', '' ],
	[ 'a', $ask, 'one|one' ],
	[ 'direct', change('two'), '' ],
	[ 'a', $ask, 'two|two' ],
	[ 'b', "BEGIN ISOLATION LEVEL REPEATABLE READ; $ask", 'two|two' ],
	[ 'direct', change('three'), '' ],
	[ 'b', $ask, 'two|two' ],
	[ 'b', 'COMMIT', '' ],
	[ 'a', $ask, 'three|three' ],
	[ 'b', "BEGIN; $ask", 'three|three' ],
	[ 'direct', change('later'), '' ],
	[ 'b', $ask, 'later|later' ],
	[ 'b', 'COMMIT', '' ],
	[ 'direct', change('three'), '' ],
	[ 'a', $ask, 'three|three' ],

	# settings: of a transaction, and those that a client leaves to the next
	[ 'a', "BEGIN; SET LOCAL search_path = ''; SELECT public.code_name('acme:1'::public.status_code)", 'three' ],
	[ 'a', 'COMMIT', '' ],
	[ 'b', $ask, 'three|three' ],
	[ 'a', "SET search_path = ''", '' ],
	[ 'b', "SELECT public.code_name('acme:1'::public.status_code)", 'three' ],
	[ 'b', 'RESET search_path', '' ],
	[ 'a', "BEGIN; SET LOCAL statement_timeout = '20ms'; SELECT pg_sleep(1), code_name('acme:1')", 'canceling statement due to statement timeout' ],
	[ 'a', 'ROLLBACK', '' ],
	[ 'direct', change('four'), '' ],
	[ 'b', $ask, 'four|four' ],
	[ 'a', 'BEGIN; SET LOCAL default_transaction_read_only = on; SET LOCAL plan_cache_mode = force_generic_plan; ' . change('five') . "; $ask", 'five|five' ],
	[ 'a', 'COMMIT', '' ],
	[ 'b', $ask, 'five|five' ],

	# prepared statements of SQL, which stay in the session: the plan of one client runs for the other
	[ 'a', "BEGIN; PREPARE s AS SELECT count(*) FROM status_codes WHERE name = 'six'; EXECUTE s", '0' ],
	[ 'a', 'COMMIT', '' ],
	[ 'b', "PREPARE t (status_code) AS SELECT code_name(\$1), is_retryable(\$1)", '' ],
	[ 'a', 'EXECUTE t (\'acme:1\')', 'five|' ],
	[ 'direct', "UPDATE status_code_overrides SET name = 'six', retryable = true WHERE status = 'acme:1'", '' ],
	[ 'a', 'EXECUTE t (\'acme:1\')', 'six|t' ],
	[ 'b', 'EXECUTE s', '1' ],
	[ 'b', 'DISCARD ALL', '' ],
	[ 'a', 'EXECUTE t (\'acme:1\')', 'prepared statement "t" does not exist' ],
	[ 'a', $ask, 'six|six' ],

	# a temporary table of the same name, and one transaction in two phases of clients
	[ 'a', "BEGIN; CREATE TEMP TABLE status_code_overrides (status status_code, name text) ON COMMIT DROP; SELECT code_name('acme:1')", 'six' ],
	[ 'a', 'COMMIT', '' ],
	[ 'b', $ask, 'six|six' ],
	[ 'direct', 'TRUNCATE status_code_overrides', '' ],
	[ 'b', $ask, '|' ],
	[ 'direct', 'DROP SCHEMA stress CASCADE; DROP EXTENSION provider_codes CASCADE', '' ],
	[ 'a', q(SELECT code_name('acme:1')), 'function code_name(unknown) does not exist' ],
	[ 'direct', 'CREATE EXTENSION provider_codes; ' . override('new'), '' ],
	[ 'b', $ask, 'new|new' ],
	[ 'direct', 'DROP EXTENSION provider_codes CASCADE', '' ]);
for my $i (0 .. $#turns)
{
	my ($client, $sql, $expected) = @{ $turns[$i] };
	is(as_client($client, $sql), $expected, "$client: $sql");
}
is(as_client('a', 'SELECT pg_backend_pid()'), as_client('b', 'SELECT pg_backend_pid()'), 'both clients had the same session');
$_->quit for values %session;

# ---- Many clients at once ----

# The scripts of test/stress whose statements belong to one transaction, and one that changes a set; the lock is of the
# transaction, since a pooled session's would stay with whoever comes next.
$node->safe_psql('postgres', slurp_file('test/stress/setup.sql'));
$node->safe_psql('postgres', 'SELECT stress.fill(); CREATE TABLE stress.backends (pid integer)');
my %scripts = map { $_ => slurp_file("test/stress/$_.sql") } qw(read read_alone noise);
$scripts{change} = <<'END';
\set set random(1, 3)
\set g random(1, 1000000)
-- include begin
SELECT pg_advisory_xact_lock(:set);
INSERT INTO stress.backends VALUES (pg_backend_pid());
SAVEPOINT s;
\set how random(0, 3)
\if :how = 0
SELECT stress.delete_set(:set);
-- include ask
ROLLBACK TO s;
\elif :how = 1
SELECT stress.delete_set(:set);
SELECT stress.insert_set(:set, :g);
\else
SELECT stress.upsert_set(:set, :g);
\endif
-- include ask
-- include end
-- include ask
END
my @files;
for my $name (sort keys %scripts)
{
	$scripts{$name} =~ s/^(-- include (begin|ask|end))$/slurp_file("test\/stress\/$2.part")/gem;
	my $file = $node->basedir . "/$name.sql";
	append_to_file($file, $scripts{$name});
	push @files, '-f', $file . ($name eq 'read' ? '@4' : $name eq 'change' ? '@3' : '@2');
}
my $transactions = 0;
for my $protocol (qw(simple extended))
{
	diag("$protocol protocol, $seconds s");
	my ($stdout, $stderr) = run_command(
		[ 'pgbench', '-n', '-M', $protocol, '-c', 8, '-j', 4, '-T', $seconds, @files, pooled('shared') ]);
	unlike($stderr, qr/error|abort/i, "$protocol: no client was given up") or diag($stderr);
	$transactions += $1 if $stdout =~ /^number of transactions actually processed: (\d+)/m;
}
my $findings = 'SELECT s.last_value, t.last_value, m.last_value FROM stress.stale AS s, stress.torn AS t, stress.moved AS m';
is($node->safe_psql('postgres', $findings), '0|0|0', "nothing stale, torn or moved in $transactions transactions");
cmp_ok($transactions, '>', 20 * $seconds, '... of which there are enough');
my $used = $node->safe_psql('postgres', 'SELECT count(DISTINCT pid) FROM stress.backends');
cmp_ok($used, '<=', $pool, "the clients shared $used sessions");
diag("$transactions transactions in $used sessions");

# What is planted is found: half of a set of another generation.
$node->safe_psql('postgres', 'SELECT stress.update_set(1, 5, 0); SELECT stress.update_set(1, 6, 1)');
run_command([ 'pgbench', '-n', '-c', 1, '-t', 5, '-f', $node->basedir . '/read.sql', pooled('shared') ]);
isnt($node->safe_psql('postgres', $findings), '0|0|0', 'a planted torn set is found');

$node->stop;
done_testing();
