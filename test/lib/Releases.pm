# What each release has fixed for ever. test/golden/releases/VERSION/ has
#
#   symbols.txt, names.txt,      as they were in that release; a file that an earlier release has in the same words is not kept
#   values.tsv, code_ids.tsv     again
#   scripts.sha256               checksums of the scripts in sql/ that came with it
#
# perl test/golden/freeze VERSION makes it, once, when VERSION is released.
package Releases;

use strict;
use warnings;

use Digest::SHA;
use File::Basename qw(basename);
use File::Path qw(make_path);

use Exporter qw(import);

our @EXPORT_OK = qw(freeze violations);

my @kept = qw(symbols.txt names.txt values.tsv code_ids.tsv);

sub slurp
{
	my ($path) = @_;
	open my $in, '<:raw', $path or die "$path: $!\n";
	local $/ = undef;
	return scalar <$in>;
}

sub spurt
{
	my ($path, $text) = @_;
	open my $out, '>:raw', $path or die "$path: $!\n";
	print $out $text or die "$path: $!\n";
	close $out or die "$path: $!\n";
	return;
}

# The lines of a file, without comments.
sub lines_of
{
	my ($path) = @_;
	return grep { !/^#/ } split /\n/, slurp($path);
}

sub checksum
{
	my ($path) = @_;
	return Digest::SHA->new(256)->addfile($path, 'b')->hexdigest;
}

# The checksums of scripts that releases of a source tree have, by path.
sub frozen_scripts
{
	my ($tree) = @_;
	return map { my ($sum, $path) = split; ($path => $sum) } map { lines_of($_) } glob "$tree/test/golden/releases/*/scripts.sha256";
}

# Keeps what a version, the present one of a source tree, fixes.
sub freeze
{
	my ($tree, $version) = @_;
	my $releases = "$tree/test/golden/releases";
	my ($present) = slurp("$tree/provider_codes.control") =~ /^default_version = '(.*)'/m;
	die "$version is not the version in provider_codes.control, $present\n" if $version ne $present;
	die "$releases/$version is there: a release is frozen once\n" if -e "$releases/$version";
	die "sql/provider_codes--$version.sql is missing\n" if !-e "$tree/sql/provider_codes--$version.sql";

	my %frozen = frozen_scripts($tree);
	my @scripts = grep { !$frozen{$_} } map { 'sql/' . basename($_) } sort glob "$tree/sql/*.sql";
	make_path("$releases/$version");
	for my $file (@kept)
	{
		my $text = slurp("$tree/test/golden/$file");
		spurt("$releases/$version/$file", $text) unless grep { slurp($_) eq $text } glob "$releases/*/$file";
	}
	spurt("$releases/$version/scripts.sha256", join '', map { checksum("$tree/$_") . "  $_\n" } @scripts);
	return;
}

# The first of some lines that others do not have in the same order, or undef.
sub first_missing
{
	my ($some, $others) = @_;
	my $i = 0;
	for my $line (@$some)
	{
		$i++ while $i < @$others && $others->[$i] ne $line;
		return $line if $i++ >= @$others;
	}
	return;
}

# What in a source tree breaks a promise of a release, as lines.
sub violations
{
	my ($tree) = @_;
	my @found;
	for my $release (sort glob "$tree/test/golden/releases/*")
	{
		my $version = basename($release);
		push @found, "release $version: sql/provider_codes--$version.sql is missing" if !-e "$tree/sql/provider_codes--$version.sql";
		push @found, "release $version: scripts.sha256 is missing" if !-e "$release/scripts.sha256";
		for my $file (grep { -e "$release/$_" } @kept)
		{
			my (@then, @now) = lines_of("$release/$file");
			@now = lines_of("$tree/test/golden/$file");
			my $line = first_missing(\@then, \@now);
			push @found, "release $version: $file no longer has, in its place: $line" if defined $line;
			# which codes have a short stored form was settled with the first release
			push @found, "release $version: $file has other lines than then" if $file eq 'code_ids.tsv' && @now > @then;
		}
	}
	my %frozen = frozen_scripts($tree);
	for my $path (sort keys %frozen)
	{
		push @found, "$path is not as it was released" if !-e "$tree/$path" || checksum("$tree/$path") ne $frozen{$path};
	}
	return @found;
}

1;
