# The tests, one at a time, against whatever library is installed: which to try first, and whether it fails.
package Suite;

use strict;
use warnings;

use Exporter qw(import);
use List::Util qw(max);
use POSIX qw(WNOHANG setpgid);
use Time::HiRes qw(sleep time);

use constant {
	TEMPLATE => 'mutation_template',
	DATABASE => 'mutation',
	TOO_LONG => 'does not end',    # how a test fails that has to be ended
	LEAST_TIMEOUT => 60,       # seconds
	FIRST_TIMEOUT => 300,      # where nothing is known of a test
};

our @EXPORT_OK = qw(TOO_LONG);

my $running;                # the process group of what runs

# A suite of the tests of given kinds. "make" has the words that begin every make, "names" the tests of each kind, "log" is the
# file for what they print.
sub new
{
	my ($class, %self) = @_;
	my $self = bless { %self, kills => {}, seconds => {}, tests => {} }, $class;
	for my $kind (grep { $self->{names}{$_} } qw(regress isolation tap random))
	{
		$self->{tests}{"$kind $_"} = { name => $_, kind => $kind } for @{ $self->{names}{$kind} };
	}
	return $self;
}

# The test "install" makes its database; for the others, a copy of the template is there.
sub make_regress
{
	my ($self, $name, $database) = @_;
	my $options = '--dbname=' . ($database // DATABASE);
	$options .= ' --use-existing' if $name ne 'install';
	return $self->installcheck('ISOLATION=', 'TAP_TESTS=', "REGRESS=$name",
		"REGRESS_OPTS=--inputdir=test --encoding=UTF8 --no-locale $options");
}

sub make_isolation
{
	my ($self, $name) = @_;
	return $self->installcheck('REGRESS=', 'TAP_TESTS=', "ISOLATION=$name");
}

sub make_tap
{
	my ($self, $name) = @_;
	return $self->installcheck('REGRESS=', 'ISOLATION=', "PROVE_TESTS=test/t/$name");
}

# For a machine that has much else to do.
sub allow_more_time
{
	my ($self, $name) = @_;
	$self->{patience}{$name} = 3 * ($self->{patience}{$name} // 1);
	return;
}

# What make would have the shell do, which takes longer to find out than many a test does.
sub installcheck
{
	my ($self, @words) = @_;
	open my $out, '-|', @{ $self->{make} }, '-n', @words, 'installcheck' or die "make: $!\n";
	local $/ = undef;
	my $shell = <$out>;
	close $out or die "make fails\n";
	return $shell;
}

# Commands with a server of their own, which build the sources as they are. The fuzzer needs terabytes of addresses.
sub make_random
{
	my ($self, $words) = @_;
	my ($script, @arguments) = split / /, $words;
	return "ulimit -S -v unlimited; exec bash $self->{top}/test/$script @arguments";
}

# Whether the name of a test has a word of a file's name in it.
sub is_about
{
	my ($name, $file) = @_;
	return scalar grep { length > 2 && !/\A(?:status|code)\z/ && $name =~ /[ _]\Q$_\E/ } split /_/, $file =~ s,\Asrc/|\..*,,gr;
}

# All tests, the one first that finds a mutant of a file soonest, by what they have found so far, and by their names.
sub in_order
{
	my ($self, $file) = @_;
	my %rank;
	for my $name (keys %{ $self->{tests} })
	{
		my $kills = $self->{kills}{$name} // {};
		my $all = 0;
		$all += $_ for values %$kills;
		my $likely = 0.2 + ($kills->{$file} // 0) + 0.05 * $all + (is_about($name, $file) ? 5 : 0);
		$rank{$name} = $likely / $self->seconds_of($name);
	}
	my @names = sort { $rank{$b} <=> $rank{$a} || $a cmp $b } keys %rank;
	return @names;
}

# How long a test takes: as long as it has been seen to take at least, or else as others of its kind.
sub seconds_of
{
	my ($self, $name) = @_;
	return $self->{seconds}{$name} // { regress => 1, isolation => 2, tap => 10, random => 90 }->{ $self->{tests}{$name}{kind} };
}

# Whether a test is worth its time for each mutant of a file.
sub is_quick
{
	my ($self, $name, $file) = @_;
	return $self->seconds_of($name) <= (is_about($name, $file) ? 10 : 1);
}

# Takes note of how long a test has taken, maybe in an earlier run.
sub remember
{
	my ($self, $name, $seconds) = @_;
	$self->{seconds}{$name} = $seconds if $seconds < ($self->{seconds}{$name} // 9**9);
	return;
}

sub seconds
{
	my ($self) = @_;
	return $self->{seconds};
}

sub count_kill
{
	my ($self, $name, $file) = @_;
	$self->{kills}{$name}{$file}++;
	return;
}

# Whether a test has passed in this run, so that the machine, and not only the mutant, cannot be why it fails.
sub has_passed
{
	my ($self, $name) = @_;
	return $self->{passed}{$name};
}

# Runs a test. The result is empty if it passes, or says how it failed. A test that takes ten times as long as it should has
# failed, too.
sub run_test
{
	my ($self, $name) = @_;
	my $test = $self->{tests}{$name};
	my $timeout = max(LEAST_TIMEOUT, exists $self->{seconds}{$name} ? 10 * $self->{seconds}{$name} : FIRST_TIMEOUT);
	$timeout *= $self->{patience}{$name} // 1;
	$self->make_database if $test->{kind} eq 'regress' && $name ne 'regress install';
	my $make = "make_$test->{kind}";
	$test->{shell} //= $self->$make($test->{name});
	my $started = time;
	my $status = $self->run_for($timeout, 'bash', '-ec', $test->{shell});
	if ($status == 0)
	{
		$self->{passed}{$name} = 1;
		$self->remember($name, time - $started);
		return '';
	}
	$self->{failure} = $self->last_words;
	my $is_crash = $self->output =~ /server closed the connection|terminated by signal/;
	$self->recover($status < 0);
	return $status < 0 ? TOO_LONG : $is_crash ? 'crash' : 'fails';
}

# Runs a command in a process group of its own; its exit status, or -1 if it had to be ended.
sub run_for
{
	my ($self, $timeout, @command) = @_;
	my $pid = fork // die "fork: $!\n";
	if ($pid == 0)
	{
		setpgid 0, 0;
		open STDIN, '<', '/dev/null' or POSIX::_exit(127);
		open STDOUT, '>', $self->{log} or POSIX::_exit(127);
		open STDERR, '>&', \*STDOUT or POSIX::_exit(127);
		{ exec @command };
		POSIX::_exit(127);
	}
	setpgid $pid, $pid;
	$running = $pid;
	my $deadline = time + $timeout;
	my $interval = 0.01;
	until (waitpid($pid, WNOHANG) == $pid)
	{
		if (time > $deadline)
		{
			end_running();
			return -1;
		}
		sleep $interval;
		$interval = 0.1 if ($interval *= 1.5) > 0.1;
	}
	my $status = $?;
	$running = undef;
	return $status;
}

# Ends what runs: by TERM, so that it can clean up, then by KILL.
sub end_running
{
	return unless defined $running;
	kill TERM => -$running;
	for (1 .. 100)
	{
		last if waitpid($running, WNOHANG) == $running;
		sleep 0.1;
	}
	kill KILL => -$running;
	waitpid $running, 0;
	$running = undef;
	return;
}

# What the last command printed.
sub output
{
	my ($self) = @_;
	open my $in, '<:raw', $self->{log} or die "$self->{log}: $!\n";
	local $/ = undef;
	return <$in> // '';
}

sub last_words
{
	my ($self) = @_;
	my @lines = split /\n/, $self->output;
	return join '', map { "$_\n" } @lines > 20 ? @lines[ -20 .. -1 ] : @lines;
}

# The end of what the last test that failed printed.
sub failure
{
	my ($self) = @_;
	return $self->{failure};
}

# ---- The server ----

# The status of psql with these words.
sub psql
{
	my ($self, @words) = @_;
	return $self->run_for(60, 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', 'postgres', @words);
}

# Makes the database that each test has a copy of: with the extension, as the test "install" leaves it.
sub make_template
{
	my ($self) = @_;
	my $shell = $self->make_regress('install', TEMPLATE);
	$self->run_for(300, 'bash', '-ec', $shell) == 0 or die "The test \"install\" fails without a mutant\n" . $self->last_words;
	return;
}

sub make_database
{
	my ($self) = @_;
	my @make = map { ('-c', $_) } 'DROP DATABASE IF EXISTS ' . DATABASE, 'CREATE DATABASE ' . DATABASE . ' TEMPLATE ' . TEMPLATE;
	return if $self->psql(@make) == 0;
	$self->recover(1);
	$self->psql(@make) == 0 or die "No database can be made\n" . $self->last_words;
	return;
}

# Takes away what a test that failed may have left: databases, roles, settings, and a server that hangs or starts again after
# a crash.
sub recover
{
	my ($self, $hangs) = @_;
	my @clean = map { ('-c', $_) }
		'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = \'client backend\'',
		'ALTER SYSTEM RESET ALL', 'SELECT pg_reload_conf()';
	my $drop = "SELECT format('DROP DATABASE %I', datname) FROM pg_database WHERE NOT datistemplate AND datname NOT IN ('postgres', '${\TEMPLATE}')"
		. " UNION ALL SELECT format('DROP ROLE %I', rolname) FROM pg_roles WHERE rolname !~ '^pg_' AND rolname <> 'postgres' ORDER BY 1 \\gexec\n";
	my $file = "$self->{log}.drop";
	open my $out, '>', $file or die "$file: $!\n";
	print $out $drop;
	close $out or die "$file: $!\n";
	for my $try (1 .. 60)
	{
		if ($hangs || $try % 20 == 0)
		{
			$self->run_for(60, 'pg_ctl', 'stop', '--silent', '-m', 'immediate', '-D', $self->{data});
			$self->run_for(60, 'pg_ctl', 'start', '--silent', '-D', $self->{data}, '-l', $self->{server_log});
			$hangs = 0;
		}
		return if $self->psql('-o', '/dev/null', @clean, '-f', $file) == 0;
		sleep 0.5;
	}
	die "The server cannot be made usable again\n" . $self->last_words;
}

1;
