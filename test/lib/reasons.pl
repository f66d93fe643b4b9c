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

use FindBin;
use lib $FindBin::Bin;

use Reasons qw(lines_of read_reasons finding_key);

my ($list, $tool, $findings) = @ARGV;
my $reasons = read_reasons($list, $tool);
my (%text, $failed);

for (grep { length } @{ lines_of($findings) })
{
	my ($file, $number, $what) = /\A([^:]+):(\d+):(?:\d+:)? *(.*)/ or next;
	$text{$file} //= lines_of($file);
	my $key = finding_key($file, $text{$file}, $number);
	if ($reasons->{$key}) { $reasons->{$key}-- }
	else
	{
		print "$_\n\t$tool $key\n";
		$failed = 1;
	}
}
for (sort grep { $reasons->{$_} } keys %$reasons)
{
	print "$list: no longer found\n\t$tool $_\n";
	$failed = 1;
}
exit($failed ? 1 : 0);
