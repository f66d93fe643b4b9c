#!/usr/bin/perl
# Prints how much of each source file was reached, and writes the lines that were not to a file, for lib/reasons.pl, and the
# branches that were not to another.
#
# Usage: perl test/coverage.pl LINES BRANCHES TOP UNREACHED UNREACHED_BRANCHES
#
# LINES and BRANCHES are what llvm-cov exports, with -format=lcov and without; TOP is the directory that the sources were
# built in. Ends with status 1 if less was reached than the bounds below. A branch is one outcome of a condition, of an
# operand of && or ||, or a case of a switch; a function that a macro makes has its own. test/coverage tells which count.
use strict;
use warnings;

use JSON::PP qw(decode_json);

use constant {
	LEAST_LINES => 98,
	LEAST_BRANCHES => 90,
};

my ($lines, $branches, $top, $unreached, $unreached_branches) = @ARGV;
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

my @functions = map { @{ $_->{functions} } } @{ decode_json(slurp($branches))->{data} };
my %lines_of;    # of a file

sub lines_of
{
	my ($path) = @_;
	return $lines_of{$path} //= [ split /^/, slurp($path) ];
}

# ---- Lines ----

# llvm-cov gives a statement that is a macro of the server's alone, as ereport() after an if, the count of what is around it. The
# gap before the statement has the right one. A function of a header is in the library once for each file that includes it.
my %gap;    # before a macro that a line begins with
for my $function (@functions)
{
	my %is_macro = map { ("@$_[ 0, 1, 5 ]" => 1) } grep { $_->[7] == 1 } @{ $function->{regions} };
	for (grep { $_->[7] == 3 && $is_macro{"@$_[ 2, 3, 5 ]"} } @{ $function->{regions} })
	{
		my ($line, $column, $count, $file_id) = @$_[ 2 .. 5 ];
		my $path = $function->{filenames}[$file_id];
		my $file = source($path) // next;
		$gap{$file}{$line} += $count if substr(lines_of($path)->[ $line - 1 ], 0, $column - 1) =~ /\A\s*\z/;
	}
}

open my $out, '>', $unreached or die "$unreached: $!\n";
for my $record (split /^end_of_record$/m, slurp($lines))
{
	my $file = source($record =~ /^SF:(.+)$/m ? $1 : '') // next;
	while ($record =~ /^DA:(\d+),(\d+)$/mg)
	{
		$count{$file}{lines}++;
		if ($2 > 0 && ($gap{$file}{$1} // 1) > 0) { $count{$file}{lines_reached}++ }
		else { print $out "$file:$1: not reached\n" }
	}
}
close $out or die "$unreached: $!\n";

# ---- Branches ----
#
# A condition of the sources' own can be in a macro of the server's: as the macro itself, as in "if (IsA(node, Const))", or in
# its argument, as in "if (likely(a && b))". Both count. What else there is in such a macro does not: see test/coverage.

# The text of a file from a position on, with the lines of a macro joined.
sub text_from
{
	my ($path, $line, $column) = @_;
	my $lines = lines_of($path);
	return join('', substr($lines->[ $line - 1 ], $column - 1), @$lines[ $line .. $#$lines ]) =~ s/\\\n/\n/gr;
}

# A text between two positions.
sub text_between
{
	my ($path, $line, $column, $last_line, $last_column) = @_;
	my $text = text_from($path, $line, $column);
	return substr $text, 0, length($text) - length text_from($path, $last_line, $last_column);
}

# The use of a macro at a position: its name, with its arguments.
sub use_at
{
	my ($path, $line, $column) = @_;
	return text_from($path, $line, $column) =~ /\A(\w+\s*(\((?:[^()]++|(?2))*\))?)/ ? $1 : '';
}

# What the definition of a macro has before a position in it.
sub before
{
	my ($path, $line, $column) = @_;
	my $first = $line;
	$first-- while $first > 1 && lines_of($path)->[ $first - 2 ] =~ /\\$/;
	return text_between($path, $first, 1, $line, $column);
}

# Whether a text in the definition of a macro is all that the macro consists of.
sub is_whole
{
	my ($text, @position) = @_;
	return before(@position) =~ /\A\s*#\s*define\s+\w+(?:\([^()]*\))?\s*\z/
	  && text_from(@position) =~ m,\A\Q$text\E[ \t]*(?:/\*.*)?$,m;
}

# Whether a text in the definition of a macro is a parameter of the macro.
sub is_parameter
{
	my ($text, @position) = @_;
	return before(@position) =~ /\A\s*#\s*define\s+\w+\([^()]*\b\Q$text\E\b/;
}

# The position in the sources that a condition of a function belongs to, as file, line and column; nothing if it is none of
# the sources' own.
sub place
{
	my ($function, $branch) = @_;
	my ($line, $column, $last_line, $last_column, $file_id) = @$branch[ 0 .. 3, 6 ];
	my $path = $function->{filenames}[$file_id];
	my $text = text_between($path, $line, $column, $last_line, $last_column);
	while ()
	{
		my $in_argument = is_parameter($text, $path, $line, $column);
		last if source($path) && !$in_argument;
		return if !$in_argument && !is_whole($text, $path, $line, $column);
		my ($use) = grep { $_->[7] == 1 && $_->[6] == $file_id } @{ $function->{regions} };
		return if !$use;    # in an inline function
		($line, $column, $file_id) = @$use[ 0, 1, 5 ];
		$path = $function->{filenames}[$file_id];
		$text = use_at($path, $line, $column);

		# A macro in an argument has its conditions here as well.
		return if $in_argument && $text !~ /&&|\|\||\?/;
	}
	return (source($path), $line, $column);
}

my %branch;
for my $function (@functions)
{
	my $name = $function->{name} =~ s/\A.*://r;    # FILE:FUNCTION
	for my $i (0 .. $#{ $function->{branches} })
	{
		my $counts = $function->{branches}[$i];
		my ($file, $line, $column) = place($function, $counts) or next;
		my $branch = $branch{$file}{ sprintf '%d:%d: %s %d', $line, $column, $name, $i } //= [ 0, 0 ];
		$branch->[0] += $counts->[4];
		$branch->[1] += $counts->[5];
	}
}

open $out, '>', $unreached_branches or die "$unreached_branches: $!\n";
for my $file (sort keys %branch)
{
	for my $place (sort { ($a =~ /(\d+)/)[0] <=> ($b =~ /(\d+)/)[0] || $a cmp $b } keys %{ $branch{$file} })
	{
		my ($position, $name) = split / /, $place;
		for my $outcome (0, 1)
		{
			$count{$file}{branches}++;
			if ($branch{$file}{$place}[$outcome] > 0) { $count{$file}{branches_reached}++ }
			else { print $out "$file:$position $name(): never ", $outcome ? 'false' : 'true', "\n" }
		}
	}
}
close $out or die "$unreached_branches: $!\n";

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
