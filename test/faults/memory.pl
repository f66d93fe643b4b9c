# A load of overrides that runs out of memory raises 53200, wherever that happens, and leaves nothing half done: with memory back,
# the same session gives the right answers, at once in the same transaction and in the next.
#
# The kernel refuses memory: the limit of a session's address space is set from outside, a bit above what it has, and raised
# again afterwards. The limit moves from nothing to what the load takes.
use strict;
use warnings;

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $long = ($ENV{FAULTS} // 'long') eq 'long';
my $rows = 20_000;

my $steps = $long ? 60 : 0; # between no more memory and what the load takes

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', <<'END');
autovacuum = off
shared_buffers = 16MB
jit = off
log_min_messages = fatal
END
$node->start;
$node->safe_psql('postgres', <<"END");
CREATE EXTENSION provider_codes;
INSERT INTO status_code_overrides (status, name, description, category, retryable, user_messages)
SELECT status_code('acme', i), 'name ' || i, 'description ' || i, 'auth', i % 3 = 0, '{"es": "uno"}' FROM generate_series(1, $rows) AS i;
INSERT INTO status_code_overrides (status, name, retryable) VALUES ('basiq:invalid-credentials', 'base', true), ('syncfy:401', '401', true);
VACUUM ANALYZE status_code_overrides;
CREATE FUNCTION deep(n integer) RETURNS integer LANGUAGE plpgsql AS 'BEGIN RETURN CASE WHEN n > 0 THEN deep(n - 1) ELSE 0 END; END';
END

# What loads overrides: by the key, so many that what is remembered grows; whole; as rows; as sets.
my %loads = (
	'by key' => q(SELECT md5(string_agg(code_name(status_code('acme', i)), ',' ORDER BY i)) FROM generate_series(19000, 21200) AS i),
	whole => 'SELECT provider_codes_checksum()',
	'after many keys' => q(SELECT count(code_description(status_code('acme', i))) FROM generate_series(1, 25000) AS i),
	rows => 'SELECT count(*), count(category), sum(length(name)) FROM status_code_override_rows()',
	set => q(SELECT md5(codes_where('is_retryable')::text)));
my $review = 'SELECT count(*), count(*) FILTER (WHERE code_name(status) = name) FROM status_code_overrides';

my %expected = map { $_ => $node->safe_psql('postgres', $loads{$_}) } keys %loads;
my $expected_review = $node->safe_psql('postgres', $review);
is($expected_review, join('|', ($rows + 2) x 2), 'functions and table agree');

# Sets the soft limit of a process's address space, in bytes.
sub limit_memory
{
	my ($pid, $bytes) = @_;
	system('prlimit', '--pid', $pid, "--as=$bytes:unlimited") == 0 or die "prlimit failed\n";
	return;
}

# The address space that a process has, in kB.
sub address_space
{
	my ($pid) = @_;
	my ($size) = slurp_file("/proc/$pid/status") =~ /^VmSize:\s+(\d+) kB$/m;
	return $size;
}

# Starts a session that already has all else that it needs: the stack too, which the kernel could not let grow.
sub start_session
{
	my $session = $node->background_psql('postgres', on_error_stop => 0);
	my $pid = $session->query_safe('SELECT pg_backend_pid()');
	$session->query_safe(qq(SET max_stack_depth = '7MB'; SELECT deep(1500); SELECT builtin_code_name('syncfy:401'), provider_codes_version()));
	$session->query_safe('BEGIN; SAVEPOINT s');
	return ($session, $pid);
}

# Runs a load in a session with only so much room, and then all of them with all memory. Gives whether there was too little,
# and what was wrong.
sub try_room
{
	my ($load, $room) = @_;
	my ($failed, @wrong) = (0);
	my ($session, $pid) = start_session();
	limit_memory($pid, 1024 * (address_space($pid) + $room));
	my $answer = $session->query($loads{$load});
	my $error = $session->{stderr};
	if ($error =~ /ERROR:  out of memory/) { $failed = 1 }
	elsif ($error || $answer ne $expected{$load}) { push @wrong, "with $room kB: $answer $error" }
	limit_memory($pid, 'unlimited');
	$session->{stderr} = '';
	$session->query('ROLLBACK TO s') if $failed;
	for my $again ($load, $long ? sort keys %loads : 'whole')
	{
		$answer = $session->query($loads{$again});
		push @wrong, "with memory back after $room kB, $again: $answer $session->{stderr}" if $answer ne $expected{$again};
	}
	$session->query('COMMIT');
	push @wrong, "in the transaction after $room kB: functions and table differ" if $session->query($review) ne $expected_review;
	push @wrong, "after $room kB: another session" if $session->query('SELECT pg_backend_pid()') ne $pid;
	$session->quit;
	return ($failed, @wrong);
}

for my $load (sort keys %loads)
{
	my ($room, $tried, $failed, @wrong) = (16, 0, 0);
	my $try = sub {
		my ($out, @more) = try_room($load, @_);
		$tried++;
		$failed += $out;
		push @wrong, @more;
		return $out;
	};
	my $factor = $long ? 2 : 4;
	$room *= $factor while $room < 1_000_000 && $try->($room);
	diag("$load takes between @{[ $room / $factor ]} and $room kB");
	$try->(int($room * $_ / $steps)) for 0 .. $steps - 1;
	ok(!@wrong, "$load: right answers after $tried loads, $failed of which ran out of memory") or diag(join "\n", @wrong);
	cmp_ok($failed, '>', $steps / 3, '... often enough');
	cmp_ok($failed, '<', $tried, '... and not always');
}
unlike(slurp_file($node->logfile), qr/terminated by signal|PANIC/, 'the server has not gone down');

$node->stop;
done_testing();
