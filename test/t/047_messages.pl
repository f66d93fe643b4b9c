# doc/errors.md has each message, detail and hint of the sources with its SQLSTATE, each constraint of the script, and none
# that is gone.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/../lib";
use Pages qw(page section);
use Test::More;

my $page = 'doc/errors.md';

# The names of the server's SQLSTATEs
my %sqlstate;
my $pg_config = $ENV{PG_CONFIG} // 'pg_config';
chomp(my $include = `$pg_config --includedir-server`);
for (split /\n/, page("$include/utils/errcodes.h"))
{
	my ($name, $characters) = /^#define (ERRCODE_\w+) MAKE_SQLSTATE\((.*)\)$/ or next;
	$sqlstate{$name} = join '', $characters =~ /'(.)'/g;
}

# A format of C as a pattern of what the page shows for it: any text where the format has a directive.
sub pattern
{
	my ($format) = @_;
	$format =~ s/"\s*"//g;              # strings that C joins
	$format =~ s/\\"/"/g;
	$format =~ s/(?:%(?:\.\*)?[sdu])+/\0/g;
	die "an unknown directive: $format" if $format =~ /%/;
	return join '.+', map { quotemeta } split /\0/, $format, -1;
}

my $string = qr/"((?:[^"\\]++|\\.|"\s*")*+)"/;
# what parentheses enclose, as its own first group
my $balanced = qr/(\((?:[^()"']++|"(?:[^"\\]|\\.)*+"|'(?:[^'\\]|\\.)*+'|(?1))*+\))/;

# What the sources raise: for messages the SQLSTATE and the pattern, else the pattern
my (%messages, %rest, @odd);
for my $file (glob 'src/*.[ch]')
{
	my $source = page($file) =~ s{/\*.*?\*/}{}gsr;
	$source =~ s/^#define.*?[^\\]$//msg;
	while ($source =~ /\b(?:ereport|ereturn|errsave)\s*$balanced/g)
	{
		my $report = $1;
		my ($code) = $report =~ /\berrcode\((\w+)\)/ or die "$file: no SQLSTATE in $report";
		my ($format) = $report =~ /\berrmsg\($string/ or die "$file: no message in $report";
		$messages{ ($sqlstate{$code} // die "$file: no such SQLSTATE: $code") . ' ' . pattern($format) } = $file;
	}
	$rest{$1}{ pattern($2) } = $file while $source =~ /\berr(detail|hint)\($string/g;
	push @odd, "$file: a report without a message that this test can read"
	  if (() = $source =~ /\berrmsg(?:_\w+)?\(/g) != (() = $source =~ /\b(?:ereport|ereturn|errsave)\s*\(/g);
	push @odd, "$file: $1" while $source =~ /\b(err(?:detail|hint|msg)_(?:plural|internal|log))\(/g;
}
is(join("\n", @odd), '', 'each message is of a kind that this test knows');
cmp_ok(scalar(keys %messages), '>', 10, 'the sources raise errors');

# Compares what a table of the page shows with the patterns, both ways.
sub compare
{
	my ($name, $shown, $patterns) = @_;
	my @missing = grep { my $pattern = $_; !grep { /\A$pattern\z/ } @$shown } sort keys %$patterns;
	my @gone = grep { my $text = $_; !grep { $text =~ /\A$_\z/ } keys %$patterns } @$shown;
	is(join("\n", @missing), '', "$page has each $name");
	is(join("\n", @gone), '', "and no other $name");
	return;
}

my $messages = section($page, "## Messages of the extension\n");
compare('message', [ map { my ($state, $text) = /^\| (\w{5}) \| `(.*?)` \|/; defined $text ? "$state $text" : () } split /\n/, $messages ], \%messages);
my ($details, $hints) = section($page, "### Details and hints\n") =~ /^\| detail \|(.*?)^\| hint \|(.*)/ms or die 'no details and hints';
compare('detail', [ $details =~ /^\| `(.*?)` \|/mg ], $rest{detail});
compare('hint', [ $hints =~ /^\| `(.*?)` \|/mg ], $rest{hint});
my ($constraints) = $messages =~ /^(\| constraint \|.*)/ms or die 'no constraints';
my %constraint = map { $_ => 1 } map { page($_) =~ /^\s+(?:\w+ \w+ )?CONSTRAINT (\w+)/mg } glob 'sql/*.sql';
compare('constraint', [ $constraints =~ /^\| `(\w+)` \|/mg ], \%constraint);

done_testing();
