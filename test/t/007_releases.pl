# What releases have fixed stays: the C functions that scripts name, the names of SQL objects, stored forms, hashes and order of
# values, ids of codes, and the scripts. As long as there is no release, it is shown in a copy of the sources that changes are found.
use strict;
use warnings;
use re '/m';

use File::Copy qw(copy);
use File::Path qw(make_path);
use File::Temp qw(tempdir);
use FindBin;
use Test::More;

use lib "$FindBin::RealBin/../lib";
use Releases qw(freeze violations);

is(join("\n", violations('.')), '', 'nothing that a release has fixed is changed');
note('there is no release') unless glob 'test/golden/releases/*';

# ---- A release that is made here ----

my $tree = tempdir(CLEANUP => 1);
my @files = ('provider_codes.control', glob('sql/*.sql'), map { "test/golden/$_" } qw(symbols.txt names.txt values.tsv code_ids.tsv));
make_path("$tree/sql", "$tree/test/golden");
copy($_, "$tree/$_") || die "$_: $!" for @files;

sub slurp { my ($path) = @_; return Releases::slurp("$tree/$path") }
sub spurt { my ($path, $text) = @_; return Releases::spurt("$tree/$path", $text) }

# Changes a file of the copy, and expects what is then found to match; changes it back.
sub is_found
{
	my ($what, $path, $pattern, $replacement, @expected) = @_;
	local $Test::Builder::Level = $Test::Builder::Level + 1;
	my $before = slurp($path);
	my $text = $before;
	$text =~ s/$pattern/$replacement/ or die "$path has no $pattern";
	spurt($path, $text);
	my @found = violations($tree);
	ok(@found == @expected && !(grep { $found[$_] !~ $expected[$_] } 0 .. $#expected), $what) or diag("found: @found");
	spurt($path, $before);
	return;
}

sub set_version
{
	my ($version) = @_;
	spurt('provider_codes.control', slurp('provider_codes.control') =~ s/^default_version = '.*'/default_version = '$version'/r);
	return;
}

set_version('90.1');
ok(!eval { freeze($tree, '90.1'); 1 } && $@ =~ /90\.1\.sql is missing/, 'a release without its script is refused');
spurt('sql/provider_codes--90.1.sql', "-- a script\n");
ok(!eval { freeze($tree, '90.2'); 1 } && $@ =~ /not the version/, '... and one that is not the present version');
freeze($tree, '90.1');
ok(-s "$tree/test/golden/releases/90.1/$_", "a release keeps $_") for qw(symbols.txt names.txt values.tsv code_ids.tsv scripts.sha256);
ok(!eval { freeze($tree, '90.1'); 1 } && $@ =~ /frozen once/, '... once');
is(join("\n", violations($tree)), '', 'nothing has changed since');

# A later release, with a symbol, a name and a value more.
set_version('90.2');
spurt('sql/provider_codes--90.2.sql', "-- a script\n-- and more\n");
spurt('sql/provider_codes--90.1--90.2.sql', "-- and more\n");
spurt('test/golden/symbols.txt', slurp('test/golden/symbols.txt') =~ s/^(?=provider_codes_is_error$)/provider_codes_is_alright\n/r);
spurt('test/golden/names.txt', slurp('test/golden/names.txt') =~ s/^(?=function is_error\()/function is_alright(status status_code) boolean\n/r);
spurt('test/golden/values.tsv', slurp('test/golden/values.tsv') =~ s/\A(.*\n)/$1a:0-new\t00\t1\t2\t3\n/r);
is(join("\n", violations($tree)), '', 'a symbol, a name and a value may be added');
freeze($tree, '90.2');
is(join("\n", violations($tree)), '', '... and a release made of it');
ok(!-e "$tree/test/golden/releases/90.2/code_ids.tsv", '... which does not keep again what is the same');

my $first = qr/release 90\.1: /;
my $second = qr/release 90\.2: /;
is_found('a symbol that is taken away', 'test/golden/symbols.txt', qr/^provider_codes_is_error\n/, '', $first, $second);
is_found('a symbol of the second release', 'test/golden/symbols.txt', qr/^provider_codes_is_alright\n/, '', $second);
is_found('an SQL object that is renamed', 'test/golden/names.txt', qr/^function code_name\(/, 'function name_of_code(', $first, $second);
is_found('another name of an argument', 'test/golden/names.txt', qr/^function code_base\(\Kstatus /, 'code ', $first, $second);
is_found('a function of the second release', 'test/golden/names.txt', qr/^function is_alright\(.*\n/, '', $second);
is_found('another stored form', 'test/golden/values.tsv', qr/^(a:00\t)0b/, 'a:00	0d', $first, $second);
is_found('another hash', 'test/golden/values.tsv', qr/^(http:404\t\w+\t-?)(\d)/, 'http:404	000000	0', $first, $second);
is_found('a value that is taken away', 'test/golden/values.tsv', qr/\Aa:0\t.*\n/, '', $first, $second);
is_found('another id', 'test/golden/code_ids.tsv', qr/^(ach:R01\t1\t)1$/, 'ach:R01	1	99', $first);
is_found('an id more', 'test/golden/code_ids.tsv', qr/\z/, "zzz:1\t1\t1000\n", $first);
is_found('a script that is changed', 'sql/provider_codes--90.1.sql', qr/script/, 'other script', qr/^sql.provider_codes--90\.1\.sql is not as/);
is_found('an update script that is changed', 'sql/provider_codes--90.1--90.2.sql', qr/more/, 'less', qr/--90\.1--90\.2\.sql is not as/);

my @lines = split /^/, slurp('test/golden/values.tsv');
@lines[ 10, 11 ] = @lines[ 11, 10 ];
spurt('test/golden/values.tsv', join '', @lines);
is(scalar(grep { /values\.tsv/ } violations($tree)), 2, 'another place in the order');
@lines[ 10, 11 ] = @lines[ 11, 10 ];
spurt('test/golden/values.tsv', join '', @lines);

unlink "$tree/sql/provider_codes--90.1.sql";
is(scalar(violations($tree)), 2, 'a script that is taken away');

done_testing();
