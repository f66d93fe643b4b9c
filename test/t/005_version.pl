# One version in all places: the control file has that of the SQL objects, META.json that of the release, which adds a third
# number. META.json is what PGXN takes (https://pgxn.org/spec/), CHANGELOG.md has the form of keepachangelog.com.
use strict;
use warnings;

use JSON::PP qw(decode_json);
use Test::More;

sub slurp
{
	my ($path) = @_;
	open my $in, '<', $path or die "$path: $!";
	local $/ = undef;
	return scalar <$in>;
}

# ---- The control file and the scripts ----

my ($sql_version) = slurp('provider_codes.control') =~ /^default_version = '(.*)'$/m;
like($sql_version, qr/\A\d+\.\d+\z/, 'the version of the SQL objects has two numbers');

my %script = map { $_ => 1 } glob 'sql/provider_codes--*.sql';
my ($data) = slurp('Makefile') =~ /^DATA = (.*(?:\\\n.*)*)$/m;
is(join(' ', sort grep { $_ ne '\\' } split ' ', $data), join(' ', sort keys %script), 'the Makefile installs all scripts');
ok((grep { /--\Q$sql_version\E\.sql\z/ } keys %script), 'a script leads to the version');

# ---- META.json ----

my $meta = decode_json(slurp('META.json'));
my $version = $meta->{version};
like($version, qr/\A\Q$sql_version\E\.\d+\z/, 'the release adds a number to the version of the SQL objects');

my $semantic = qr/\A(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){2}\z/;
my $term = qr{\A[^\s/\\\x00-\x1f]{2,}\z};
my @wrong;
sub expect { my ($true, $what) = @_; push @wrong, $what unless $true; return; }

my %known = map { $_ => 1 } qw(abstract description generated_by license maintainer meta-spec name no_index prereqs
  provides release_status resources tags version);
expect($known{$_} || /\Ax_/i, "unknown key $_") for keys %$meta;
expect(defined $meta->{$_}, "$_ is missing") for qw(abstract license maintainer meta-spec name provides version);
expect(!ref $meta->{$_} && length $meta->{$_}, "$_ is not a text") for qw(abstract license maintainer name);
expect($meta->{name} =~ $term, 'name');
expect($meta->{version} =~ $semantic, 'version is not semantic');
expect($meta->{license} eq 'postgresql', 'license');
expect($meta->{'meta-spec'}{version} eq '1.0.0', 'meta-spec');
is(join(', ', keys %{ $meta->{provides} }), 'provider_codes', 'META.json provides the extension');
while (my ($name, $extension) = each %{ $meta->{provides} })
{
	expect($extension->{version} eq $version, "$name has another version");
	expect($extension->{file} eq "sql/provider_codes--$sql_version.sql", "$name: file");
	expect(defined $_ && -f $_, "$name names a file that is not there") for @$extension{qw(file docfile)};
}
while (my ($phase, $relations) = each %{ $meta->{prereqs} })
{
	expect($phase =~ /\A(?:configure|build|test|runtime|develop)\z/, "prereqs: $phase");
	while (my ($relation, $extensions) = each %$relations)
	{
		expect($relation =~ /\A(?:requires|recommends|suggests|conflicts)\z/, "prereqs: $relation");
		expect($_ eq '0' || /$semantic/, "prereqs: $_") for values %$extensions;
	}
}
expect(ref $meta->{tags} eq 'ARRAY' && !grep({ !/\A[^\/\\\x00-\x1f]{1,255}\z/ } @{ $meta->{tags} }), 'tags');
is(join("\n", @wrong), '', 'META.json is valid');

# ---- The changelogs ----

my $changelog = slurp('CHANGELOG.md');
my @releases = $changelog =~ /^## (.*)$/mg;
is(shift @releases, '[Unreleased]', 'what is not released is on top');
is(join("\n", grep { !/\A\[\d+\.\d+\.\d+\] - (?:\d{4}-\d\d-\d\d|Unreleased)\z/ } @releases), '', 'every release has its date');
is(join("\n", grep { / - Unreleased/ } @releases[ 1 .. $#releases ]), '', 'no release but the newest is without one');
is($releases[0] =~ s/\A\[(.*)\].*/$1/r, $version, 'the newest release is that of META.json');
is(join("\n", grep { !/\A(?:Added|Changed|Deprecated|Removed|Fixed|Security)\z/ } $changelog =~ /^### (.*)$/mg),
	'', 'the kinds of changes are those of Keep a Changelog');

SKIP:
{
	skip 'a release has no Debian package', 1 unless -d 'debian';
	my ($debian) = slurp('debian/changelog') =~ /\Aprovider-codes \(([^)]+)-[^-]+\)/;
	is($debian, $version, 'the Debian package is of the same release');
}

done_testing();
