#!/usr/bin/perl
#
# as_library.pl: copies an ELF program so that dlopen() takes it for a library.
#
# Usage: perl as_library.pl PROGRAM LIBRARY
#
# A position-independent program differs from a library by one flag of its dynamic section, DF_1_PIE.

use strict;
use warnings;

use constant { PT_DYNAMIC => 2, DT_FLAGS_1 => 0x6ffffffb, DF_1_PIE => 0x08000000 };

my ($program, $library) = @ARGV;
die "usage: perl as_library.pl PROGRAM LIBRARY\n" unless defined $library;

open my $in, '<:raw', $program or die "$program: $!\n";
my $elf = do { local $/ = undef; <$in> };
close $in or die "$program: $!\n";
die "$program is not a 64-bit little-endian ELF file\n" unless substr($elf, 0, 6) eq "\x7fELF\x02\x01";

my $cleared = 0;
my $headers = unpack 'Q<', substr $elf, 32, 8;
my ($header_size, $header_count) = unpack 'S<S<', substr $elf, 54, 4;
for my $header (map { $headers + $_ * $header_size } 0 .. $header_count - 1)
{
	my ($type, undef, $start, undef, undef, $size) = unpack 'L<L<Q<4', substr $elf, $header, 40;
	next if $type != PT_DYNAMIC;
	for (my $entry = $start; $entry < $start + $size; $entry += 16)
	{
		my ($tag, $value) = unpack 'Q<Q<', substr $elf, $entry, 16;
		next unless $tag == DT_FLAGS_1 && $value & DF_1_PIE;
		substr($elf, $entry + 8, 8) = pack 'Q<', $value & ~DF_1_PIE;
		$cleared = 1;
	}
}
die "$program is not a position-independent program\n" unless $cleared;

open my $out, '>:raw', $library or die "$library: $!\n";
print {$out} $elf or die "$library: $!\n";
close $out or die "$library: $!\n";
