#!/usr/bin/perl
#
# list_words.pl: lists what payloads are made of, for targets.c, as initializers of a C array.
#
# Usage: perl list_words.pl FILE... > words.h
#
# The files are those of the catalog. Of each provider that declares shapes of payloads: its name, the members that the shapes
# name, and words that can be their values, among them its codes, its variants' names and titles.

use strict;
use warnings;

my $count = 0;
for my $file (@ARGV)
{
	my ($provider, %members, %words, %codes);
	open my $lines, '<', $file or die "$file: $!\n";
	while (my $line = <$lines>)
	{
		chomp $line;
		$line =~ s/\s+#.*//;
		$provider = $1 if $line =~ /^provider (\S+)/;
		if ($line =~ /^(?:when|in|take|else|otherwise|variant_\w+)\s+(.*)/)
		{
			my $paths = $1;
			$words{$1} = 1 while $paths =~ /=([\w-]+)/g;
			$paths =~ s/!?=[\w-]+|:\w+|\b(?:as|variant) \S+| (?:if|known)\b//g;
			$members{$1} = 1 while $paths =~ /([A-Za-z_][\w-]*)/g;
		}
		$words{$1} = 1 if $line =~ /^\s*(?:alias|detail)\s+(.*\S)/;
		$codes{$1} = 1 if $line =~ /^\s*(?:code|variant)\s+(\S+)/;
		$words{$2} = 1 if $line =~ /^\s*(?:row|vendor)\s+(\S+ \|)?\s*([^|]+?)\s*\|/;
	}
	close $lines or die "$file: $!\n";
	next unless $provider && %members;
	$words{$_} = 1 for keys %codes;
	printf "{\"%s\", %s, %s},\n", $provider, map { c_list($_) } \%members, \%words;
	$count++;
}
die "no shapes found\n" unless $count;

# A list of strings in C, at most 255 of them, so that a byte picks one.
sub c_list
{
	my ($set) = @_;
	my @strings = sort grep { length() < 200 } keys %$set;
	my $step = 1 + int @strings / 256;
	@strings = @strings[ map { $_ * $step } 0 .. $#strings / $step ];
	return '{' . join(', ', map { s/(["\\?])/\\$1/gr =~ s/(.*)/"$1"/sr } @strings) . ', NULL}';
}
