#!/usr/bin/perl
# Prints how much of each source file was reached, and writes the lines that were not to a file, for lib/reasons.pl.
#
# Usage: perl test/coverage.pl LINES BRANCHES TOP UNREACHED
#
# LINES and BRANCHES are what llvm-cov exports, with -format=lcov and without; TOP is the directory that the sources were
# built in. Ends with status 1 if less was reached than the bounds below. A branch is one outcome of a condition, of an
# operand of && or ||, or a case of a switch; a function that a macro makes has its own.
use strict;
use warnings;

use JSON::PP qw(decode_json);

use constant {
	LEAST_LINES => 98,
	LEAST_BRANCHES => 90,
};

my ($lines, $branches, $top, $unreached) = @ARGV;
my %count;    # of a file: lines and branches, reached and all

sub slurp
{
	my ($path) = @_;
	open my $in, '<:raw', $path or die "$path: $!\n";
	local $/ = undef;
	my $content = <$in>;
	close $in;
	return $content;
}

# The path of a source file from the top, or nothing for any other file.
sub source
{
	my ($path) = @_;
	return $path =~ m,\A\Q$top\E/(src/[^/]+)\z, ? $1 : undef;
}

# ---- Lines ----

open my $out, '>', $unreached or die "$unreached: $!\n";
for my $record (split /^end_of_record$/m, slurp($lines))
{
	my $file = source($record =~ /^SF:(.+)$/m ? $1 : '') // next;
	while ($record =~ /^DA:(\d+),(\d+)$/mg)
	{
		$count{$file}{lines}++;
		if ($2 > 0) { $count{$file}{lines_reached}++ }
		else { print $out "$file:$1: not reached\n" }
	}
}
close $out or die "$unreached: $!\n";

# ---- Branches ----

# A function of a header is in the library once for each file that includes it, as FILE:FUNCTION.
my %branch;
for my $function (map { @{ $_->{functions} } } @{ decode_json(slurp($branches))->{data} })
{
	my $name = $function->{name} =~ s/\A.*://r;
	for (@{ $function->{branches} })
	{
		my ($line, $column, $last_line, $last_column, $true, $false, $file_id, $expanded, $kind) = @$_;
		my $file = source($function->{filenames}[$file_id]) // next;
		my $branch = $branch{$file}{"$name $file_id $line:$column-$last_line:$last_column"} //= [ 0, 0 ];
		$branch->[0] += $true;
		$branch->[1] += $false;
	}
}
for my $file (keys %branch)
{
	for (map { @$_ } values %{ $branch{$file} })
	{
		$count{$file}{branches}++;
		$count{$file}{branches_reached}++ if $_ > 0;
	}
}

# ---- The table ----

sub percentage
{
	my ($count, $what) = @_;
	my $all = $count->{$what} // 0;
	return $all ? 100 * ($count->{"${what}_reached"} // 0) / $all : 100;
}

sub print_row
{
	my ($name, $count) = @_;
	my @figures = map { ($count->{$_} // 0, percentage($count, $_)) } qw(lines branches);
	printf "%-30s %6d %6.1f %% %9d %6.1f %%\n", $name, @figures;
	return;
}

my %total;
printf "%-30s %6s %8s %9s %8s\n", 'file', 'lines', 'reached', 'branches', 'reached';
for my $file (sort keys %count)
{
	print_row($file, $count{$file});
	$total{$_} += $count{$file}{$_} for keys %{ $count{$file} };
}
print_row('all', \%total);

my $failed = !%total;
for ([ lines => LEAST_LINES ], [ branches => LEAST_BRANCHES ])
{
	my ($what, $least) = @$_;
	next if percentage(\%total, $what) >= $least;
	print "less than $least % of the $what are reached\n";
	$failed = 1;
}
exit($failed ? 1 : 0);
