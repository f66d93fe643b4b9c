# A list that gives a reason for each finding that stays: the head of reasons.pl has its form.
package Reasons;

use strict;
use warnings;

use Exporter qw(import);
our @EXPORT_OK = qw(lines_of read_reasons finding_key);

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

# How often a list names each finding of a tool.
sub read_reasons
{
	my ($list, $tool) = @_;
	my ($reason, %reasons) = ('');
	for (@{ lines_of($list) })
	{
		if (/\A\t/ && $reason eq '') { die "$list: no reason above $_\n" }
		elsif (/\A\t\Q$tool\E (.+)/) { $reasons{$1}++ }
		elsif (!/\A\t/ && !/\A#/) { $reason = $_ }
	}
	return \%reasons;
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

# What a list calls the finding at a line of a file.
sub finding_key
{
	my ($file, $lines, $number) = @_;
	my $line = $lines->[$number] =~ s/\A\s+|\s+\z//gr;
	return "$file " . function_at($lines, $number) . ": $line";
}

1;
