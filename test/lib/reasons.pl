#!/usr/bin/perl
# Compares findings in the sources with a list that gives a reason for each that stays. Run from the top of the sources.
#
# Usage: perl test/lib/reasons.pl LIST TOOL FINDINGS
#
# FINDINGS is a file; a finding is a line FILE:LINE: WHAT. The list has a reason as a paragraph of text, and below it, indented, the findings that
# it explains, as TOOL FILE FUNCTION: SOURCE, where SOURCE is the text of the line, so that a list outlives changes elsewhere.
# Prints the findings that the list does not explain, and what the list explains that TOOL no longer finds; ends with status
# 1 if there are any.
use strict;
use warnings;

my ($list, $tool, $findings) = @ARGV;
my (%reasons, %text, $failed);

# The lines of a file, the first as number 1.
sub lines_of
{
	my ($path) = @_;
	open my $in, '<', $path or die "$path: $!\n";
	my @lines = ('', <$in>);
	close $in;
	chomp @lines;
	return \@lines;
}

# The C function that a line is in, or '-'. Its name begins a line, or comes after a tab in a macro.
sub function_at
{
	my ($lines, $number) = @_;
	for (my $i = $number; $i > 0; $i--)
	{
		return $1 if $lines->[$i] =~ /\A(\w+)\([^;]*\z/ || $lines->[$i] =~ /\A\t(\w+)\(PG_FUNCTION_ARGS/;
		return '-' if $lines->[$i] =~ /\A\}/ && $i < $number;
	}
	return '-';
}

my $reason = '';
for (@{ lines_of($list) })
{
	if (/\A\t/ && $reason eq '') { die "$list: no reason above $_\n" }
	elsif (/\A\t\Q$tool\E (.+)/) { $reasons{$1}++ }
	elsif (!/\A\t/ && !/\A#/) { $reason = $_ }
}

for (grep { length } @{ lines_of($findings) })
{
	my ($file, $number, $what) = /\A([^:]+):(\d+):(?:\d+:)? *(.*)/ or next;
	$text{$file} //= lines_of($file);
	my $line = $text{$file}[$number] =~ s/\A\s+|\s+\z//gr;
	my $function = function_at($text{$file}, $number);
	my $key = "$file $function: $line";
	if ($reasons{$key}) { $reasons{$key}-- }
	else
	{
		print "$_\n\t$tool $key\n";
		$failed = 1;
	}
}
for (sort grep { $reasons{$_} } keys %reasons)
{
	print "$list: no longer found\n\t$tool $_\n";
	$failed = 1;
}
exit($failed ? 1 : 0);
