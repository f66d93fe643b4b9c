#!/usr/bin/perl
#
# mutation.pl: makes mutants of the sources, and lets the tests find them. For test/mutation/run, which has built the sources and
# started a server.
#
# Usage: perl test/mutation/mutation.pl COUNT|LIST SEED LIBRARY TESTS MAKE...
#
# Runs from the top of the sources, which it changes. LIBRARY is the file that the server loads, MAKE what begins every make. The
# file TESTS has a test a line: its kind and its name. Prints a line for each mutant, and at the end PASSED FAILED, as counts.

use strict;
use warnings;

use FindBin;
use lib $FindBin::Bin, "$FindBin::Bin/../lib";

use Cwd qw(getcwd);
use File::Path qw(make_path);
use Library;
use List::Util qw(first max min shuffle);
use Mutants qw(mutants_of mutate);
use Reasons qw(finding_key lines_of read_reasons);
use Suite qw(TOO_LONG);

use constant {
	REASONS => 'test/mutation.reasons',
	KNOWN => 'results/mutation/known',
	SECONDS => 'results/mutation/seconds',
	LEAST_CAUGHT => 95,    # per cent
	ENOUGH => 100,         # mutants, for a percentage to mean something
};

STDOUT->autoflush(1);
local $SIG{TERM} = local $SIG{INT} = sub { Suite::end_running(); exit 143 };
my ($which, $seed, $installed, $tests, @make) = @ARGV;
my $work = $ENV{HOME};
my %names;
for (@{ lines_of($tests) }) { push @{ $names{$1} }, $2 if /\A(\w+) (.+)\z/ }
my $library = Library->new(make => \@make, installed => $installed);
my $suite = Suite->new(
	make => \@make,
	names => \%names,
	top => getcwd,
	log => "$work/mutation.log",
	data => "$work/data",
	server_log => "$work/server.log");
$suite->make_template;
my $reasons = read_reasons(REASONS, 'mutation');

# What found each mutant in an earlier run is tried first, and then what found others of its file.
my %known;
for (-e KNOWN ? @{ lines_of(KNOWN) } : ())
{
	my ($name, $key, $file) = /\A([^\t]+)\t((\S+) .+)/ or next;
	$known{$key} = $name;
	$suite->count_kill($name, $file);
}
for (-e SECONDS ? @{ lines_of(SECONDS) } : ()) { $suite->remember($1, $2) if /\A([^\t]+)\t(.+)/ }

# Keeps both for the next run.
sub save_known
{
	make_path('results/mutation');
	my $seconds = $suite->seconds;
	save(KNOWN, map { "$known{$_}\t$_\n" } sort keys %known);
	save(SECONDS, map { sprintf "%s\t%.2f\n", $_, $seconds->{$_} } sort keys %$seconds);
	return;
}

sub save
{
	my ($path, @lines) = @_;
	open my $out, '>', $path or die "$path: $!\n";
	print $out @lines;
	close $out or die "$path: $!\n";
	return;
}

# All mutants of all files, in the order of their places. The key of one tells in words what it is.
sub all_mutants
{
	my @all;
	for my $file ($library->files)
	{
		my $source = $library->text($file);
		my $lines = [ '', split /\n/, $source ];
		for my $mutant (mutants_of($source))
		{
			my $number = 1 + (substr($source, 0, $mutant->{start}) =~ tr/\n//);
			push @all, { %$mutant, file => $file, line => $number, key => finding_key($file, $lines, $number) . ' => ' . mutated_line($source, $mutant) };
		}
	}
	return @all;
}

# The line that a mutant begins in, as the mutant has it.
sub mutated_line
{
	my ($source, $mutant) = @_;
	my $first = rindex($source, "\n", $mutant->{start} - 1) + 1;
	my $last = index $source, "\n", $mutant->{end};
	my $text = substr($source, $first, $mutant->{start} - $first) . $mutant->{text} . substr $source, $mutant->{end}, $last - $mutant->{end};
	return $text =~ s/\n.*//sr =~ s/\A\s+|\s+\z//gr;
}

# Compiles a mutant, and tells whether it is one: the compiler takes it, and makes other code of it.
sub is_mutant
{
	my ($mutant) = @_;
	return $library->prepare($mutant->{file}, mutate($library->text($mutant->{file}), $mutant));
}

# Runs a test with a mutant: how it fails, if it does. One that fails must pass without the mutant, unless it has passed with
# others. One that takes too long must not do so without the mutant: the machine may have much else to do.
sub run_test
{
	my ($name) = @_;
	while (1)
	{
		$library->put_in;
		my $how = $suite->run_test($name);
		return '' if $how eq '';
		$library->take_out;
		return $how if $how ne TOO_LONG && $suite->has_passed($name);
		my $without = $suite->run_test($name);
		return $how if $without eq '';
		die "$name fails without a mutant\n" . $suite->failure if $without ne TOO_LONG;
		$suite->allow_more_time($name);
	}
	return;
}

# Lets the tests run that have not yet, until one fails: which did, and how; or nothing. With "quick", those that take long wait.
sub find_mutant
{
	my ($mutant, $quick) = @_;
	my $known = $known{ $mutant->{key} } // '';
	my $found;
	for my $name (sort { ($b eq $known) <=> ($a eq $known) } $suite->in_order($mutant->{file}))
	{
		next if $mutant->{tried}{$name} || $quick && $name ne $known && !$suite->is_quick($name, $mutant->{file});
		$mutant->{tried}{$name} = 1;
		my $how = run_test($name);
		next if $how eq '';
		$suite->count_kill($name, $mutant->{file});
		$known{ $mutant->{key} } = $name;
		$found = "$name ($how)";
		last;
	}
	$library->take_out;
	return $found;
}

# As many mutants as asked for: one of each of as many parts of the list, so that they are spread evenly over the code. In no
# order, so that those of a run that is ended early are, too.
sub choose
{
	my ($count, @all) = @_;
	my $tried = 0;
	srand $seed;
	my @parts = map { [ shuffle(@all[ int($_ * @all / $count) .. int(($_ + 1) * @all / $count) - 1 ]) ] } 0 .. $count - 1;
	return map { my $part = $_; sub { first { is_mutant($_) } @$part } } shuffle(@parts);
}

# The mutants of a list: the lines of one, as in mutation.reasons or in the output.
sub listed
{
	my ($list, @all) = @_;
	my %is_listed = map { /\A\tmutation (.+)/ ? ($1 => 1) : () } @{ lines_of($list) };
	my @listed = grep { $is_listed{ $_->{key} } } @all;
	delete @is_listed{ map { $_->{key} } @listed };
	die map { "no such mutant: $_\n" } sort keys %is_listed if %is_listed;
	return map { my $mutant = $_; sub { is_mutant($mutant) ? $mutant : die "no mutant, since the compiler makes the same code of it: $mutant->{key}\n" } } @listed;
}

my @all = all_mutants();
my %exists = map { $_->{key} => 1 } @all;
my @chosen = $which =~ /\A\d+\z/ ? choose(min($which, scalar @all), @all) : listed($which, @all);
my ($caught, $explained, @unexplained, %was_caught, %kinds, @alive) = (0, 0);

# Prints the beginning of a mutant's line.
sub introduce
{
	my ($number, $mutant) = @_;
	printf '%d of %d: %s:%d: %s: ', $number, scalar @chosen, $mutant->{file}, $mutant->{line}, $mutant->{key} =~ s/\A\S+ //r;
	return;
}

# Counts a mutant, and prints the end of its line.
sub conclude
{
	my ($mutant, $found, $seconds) = @_;
	my $has_reason = $reasons->{ $mutant->{key} };
	$kinds{ $mutant->{kind} }{ $found ? 'caught' : 'survived' }++;
	if ($found)
	{
		$caught++;
		$was_caught{ $mutant->{key} } = 1;
	}
	elsif ($has_reason) { $explained++ }
	else { push @unexplained, $mutant->{key} }
	delete $known{ $mutant->{key} } unless $found;
	save_known();
	printf "%s, %d s\n", $found ? "caught by $found" : $has_reason ? 'survived, with a reason' : 'SURVIVED', $seconds;
	return;
}

for my $number (1 .. @chosen)
{
	my $mutant = $chosen[ $number - 1 ]->() // next;
	my $started = time;
	introduce($number, $mutant);
	my $found = find_mutant($mutant, 1);
	if ($found) { conclude($mutant, $found, time - $started) }
	else
	{
		push @alive, [ $number, $mutant ];
		print "not caught by the quick tests\n";
	}
}
for (@alive)
{
	my ($number, $mutant) = @$_;
	my $started = time;
	introduce($number, $mutant);
	is_mutant($mutant);
	conclude($mutant, find_mutant($mutant, 0), time - $started);
}

# ---- The result ----

my $failed = @unexplained;
my $count = $caught + $explained + @unexplained;
print "survived: without a reason in test/mutation.reasons\n\tmutation $_\n" for @unexplained;
for (sort keys %$reasons)
{
	next if $exists{$_} && !$was_caught{$_};
	print REASONS . ': ' . ($exists{$_} ? 'caught' : 'no such mutant') . "\n\tmutation $_\n";
	$failed++;
}
printf "%-10s  %d of %d caught\n", $_, $kinds{$_}{caught} // 0, ($kinds{$_}{caught} // 0) + ($kinds{$_}{survived} // 0) for sort keys %kinds;
printf "%d mutants, %d caught (%.1f %%), %d survived with a reason, %d without\n", $count, $caught, 100 * $caught / max($count, 1),
	$explained, scalar @unexplained;
if ($which =~ /\A\d+\z/ && $count >= ENOUGH && $caught < LEAST_CAUGHT / 100 * $count)
{
	printf "less than %d %%\n", LEAST_CAUGHT;
	$failed++;
}
printf "%d %d\n", $caught + $explained, $failed;
exit($failed > 0 || $count == 0 ? 1 : 0);
