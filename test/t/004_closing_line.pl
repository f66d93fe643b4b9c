# test/lib/results.sh counts what an installcheck prints, on each version, and takes no silence for success.
use strict;
use warnings;

use PostgreSQL::Test::Utils;
use Test::More;

my $dir = PostgreSQL::Test::Utils::tempdir;

# What a run that printed this and ended with this status adds to the counts.
sub counts
{
	my ($output, $status) = @_;
	open my $log, '>', "$dir/log" or die "$dir/log: $!";
	print $log $output;
	close $log or die "$dir/log: $!";
	my ($stdout, $stderr) = PostgreSQL::Test::Utils::run_command(
		[ 'bash', '-euc', '. test/lib/results.sh; count_tests "$@"; closing_line', '-', "$dir/log", $status ]);
	return $stdout . ($? ? ', failure' : '');
}

my $up_to_15 = <<'END';
test install                      ... ok           97 ms
     classes                      ... FAILED       12 ms
test errors                       ... ok           12 ms
END
my $from_16 = <<'END';
# using postmaster on /tmp, default port
ok 1         - install                                    97 ms
not ok 2     - classes                                    12 ms
ok 3         + errors                                     12 ms
END
my $prove = join "\n", 'test/t/001_generator.pl ............ ok', 'test/t/010_standby.pl .............. skipped: no',
  'test/t/021_bench.pl ................ ', 'Dubious, test returned 5 (wstat 1280, 0x500)', '';
is(counts($up_to_15, 1), '2 passed, 1 failed, 0 skipped, failure', 'tests of pg_regress up to 15');
is(counts($from_16, 1), '2 passed, 1 failed, 0 skipped, failure', 'tests of pg_regress from 16 on');
is(counts($prove, 1), '1 passed, 1 failed, 1 skipped, failure', 'scripts of prove');
is(counts("test/t/001_generator.pl .. ok\n", 0), '1 passed, 0 failed, 0 skipped', 'success');
is(counts("test/t/001_generator.pl .. ok\n", 2), '1 passed, 1 failed, 0 skipped, failure', 'a program that breaks off');
is(counts("test/t/001_generator.pl .. skipped: no\n", 0), '0 passed, 0 failed, 1 skipped, failure', 'nothing but skipped tests');
is(counts('', 0), '0 passed, 0 failed, 0 skipped, failure', 'no test at all');
is(counts("TAP tests not enabled. Try configuring with --enable-tap-tests\n", 0),
	'0 passed, 1 failed, 0 skipped, failure', 'TAP tests that a server was built without');

# How a script ends that did this after its first test.
sub ending
{
	my ($commands) = @_;
	local @SIG{qw(INT TERM HUP)} = ('DEFAULT') x 3; # a script cannot trap what was ignored before it began
	my ($stdout, $stderr) = PostgreSQL::Test::Utils::run_command(
		[ 'bash', '-euc', ". test/lib/results.sh; clean_up() { echo cleaned up; }; end_with_closing_line; count_test true; $commands" ]);
	return join '; ', split(/\n/, "$stdout\n$stderr"), 'status ' . ($? >> 8);
}

is(ending('true'), 'cleaned up; 1 passed, 0 failed, 0 skipped; status 0', 'a script that gets to its end');
is(ending('count_test false'), 'cleaned up; 1 passed, 1 failed, 0 skipped; status 1', '... with a test that fails');
is(ending('false; count_test true'), 'cleaned up; 1 passed, 1 failed, 0 skipped; status 1', 'a script that breaks off');
is(ending("kill -$_ \$\$; count_test true"), 'cleaned up; Stopped before the end: no result; status ' . ($_ eq 'INT' ? 130 : 143),
	"a script that SIG$_ ends") for qw(INT TERM HUP);

# What is shown of failed scripts that logged this. The script that asks must go on to its closing line.
sub shown
{
	my ($logged) = @_;
	open my $log, '>', "$dir/regress_log_script" or die "$dir/regress_log_script: $!";
	print $log $logged;
	close $log or die "$dir/regress_log_script: $!";
	my ($stdout, $stderr) = PostgreSQL::Test::Utils::run_command(
		[ 'bash', '-euo', 'pipefail', '-c', '. test/lib/results.sh; show_failures "$@"; echo; echo end', '-', $dir, 'TAP' ]);
	return $stdout;
}

like(shown("not ok 1 - a test\n"), qr/^not ok 1 - a test\n+end\z/m, 'the log of a script that failed');
is(shown("started\n") =~ s/\A\n//r, 'end', '... and of one that broke off without a word');

done_testing();
