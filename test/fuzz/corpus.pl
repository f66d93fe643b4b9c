#!/usr/bin/perl
#
# corpus.pl: keeps the inputs of a target in one text file, an input a line.
#
# Usage: perl corpus.pl unpack FILE DIRECTORY
#        perl corpus.pl pack DIRECTORY > FILE
#
# A newline is \n in it, a backslash \\, and a byte that is no printable ASCII \xNN.

use strict;
use warnings;

my ($what, @paths) = @ARGV;
if (@paths == 2 && $what eq 'unpack')
{
	my ($file, $directory) = @paths;
	open my $lines, '<:raw', $file or die "$file: $!\n";
	while (my $line = <$lines>)
	{
		chomp $line;
		$line =~ s/\\(n|\\|x([0-9a-f]{2}))/$1 eq 'n' ? "\n" : $1 eq '\\' ? '\\' : chr hex $2/ge;
		open my $input, '>:raw', "$directory/kept-$." or die "$directory: $!\n";
		print {$input} $line or die "$directory: $!\n";
		close $input or die "$directory: $!\n";
	}
	close $lines or die "$file: $!\n";
}
elsif (@paths == 1 && $what eq 'pack')
{
	my @lines;
	for my $path (glob "$paths[0]/*")
	{
		open my $input, '<:raw', $path or die "$path: $!\n";
		my $bytes = do { local $/ = undef; <$input> } // '';
		close $input or die "$path: $!\n";
		$bytes =~ s/([^ -~]|\\)/$1 eq "\n" ? '\n' : $1 eq '\\' ? '\\\\' : sprintf '\x%02x', ord $1/ge;
		push @lines, "$bytes\n" if length $bytes;
	}
	print sort @lines;
}
else
{
	die "usage: perl corpus.pl unpack FILE DIRECTORY | pack DIRECTORY\n";
}
