#!/usr/bin/perl
#
# dictionary.pl: lists words for libFuzzer to put into its inputs.
#
# Usage: perl dictionary.pl FILE... > dictionary
#
# They are the codes, names and keys of the catalog's files, the strings of the C files that look like these, and numbers at
# the ends of types.

use strict;
use warnings;

my %words = map { $_ => 1 } qw(999 1000 2147483647 2147483648 -2147483648 9223372036854775807 -9223372036854775808);
local @ARGV = @ARGV;
while (my $line = <>)
{
	if ($ARGV =~ /\.c\z/)
	{
		$words{$1} = 1 while $line =~ /"([A-Za-z][\w-]+)"/g;
	}
	elsif ($line =~ /^\s*(?:code|variant|provider|payload\w*|name)\s+(.*?)\s*(?:#.*)?$/)
	{
		$words{$_} = 1 for grep { /^[\w.-]+$/ } split ' ', $1;
	}
	elsif ($line =~ /^row/)
	{
		my (undef, undef, $name, $title) = map { s/^\s+|\s+$//gr } split /\|/, $line;
		$words{$_} = 1 for grep { defined && /^[ -~]{2,60}$/ && !/["\\]/ } $name, $title;
	}
}
delete $words{$_} for grep { length > 60 } keys %words;
die "no words found\n" unless %words;
print map { "\"$_\"\n" } sort keys %words;
