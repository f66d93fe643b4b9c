# doc/catalog.md and doc/reference.md are what "make docs" makes now, and say of each code and each object of the extension
# what the server says of it.
use strict;
use warnings;

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

# Pages are compared as bytes, and so is what psql prints.
sub slurp_raw
{
	my ($path) = @_;
	open my $in, '<:raw', $path or die "$path: $!";
	local $/ = undef;
	return scalar <$in>;
}

# Fails with a list of what is wrong, if anything is.
sub nothing
{
	my ($wrong, $name) = @_;
	local $Test::Builder::Level = $Test::Builder::Level + 1;
	is(join("\n", sort @$wrong), '', $name);
	return;
}

my $dir = PostgreSQL::Test::Utils::tempdir;
my $node = PostgreSQL::Test::Cluster->new('main');
$node->init(extra => [ '--encoding=UTF8', '--locale=C' ]);
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION provider_codes');
local %ENV = (%ENV, PGHOST => $node->host, PGPORT => $node->port);
delete $ENV{PGDATABASE};

# Runs a Perl program, with its output in a file. Returns its exit code, and what it wrote to stdout and stderr.
sub make_page
{
	my (@program) = @_;
	my ($out, $err) = ("$dir/out", "$dir/err");
	open my $saved_out, '>&', \*STDOUT or die $!;
	open my $saved_err, '>&', \*STDERR or die $!;
	open STDOUT, '>', $out or die $!;
	open STDERR, '>', $err or die $!;
	my $status = system($^X, @program);
	open STDOUT, '>&', $saved_out or die $!;
	open STDERR, '>&', $saved_err or die $!;
	return ($status >> 8, slurp_raw($out), slurp_raw($err));
}

# Is a page what its program makes? If it is not, the first lines that differ are shown.
sub is_current
{
	my ($path, $made) = @_;
	local $Test::Builder::Level = $Test::Builder::Level + 1;
	my @committed = split /^/, slurp_raw($path);
	my @made = split /^/, $made;
	my $line = 0;
	$line++ while $line < @committed && $line < @made && $committed[$line] eq $made[$line];
	is($made[$line] // 'the end', $committed[$line] // 'the end', "$path is as made: run \"make docs\" (line " . ($line + 1) . ')');
	return;
}

#
# The catalog
#
my @files = sort glob 'src/catalog/*.txt';
my ($status, $made, $complaints) = make_page('src/catalog/generate.pl', '--document', 'src/attribute_list.h', 'src/catalog/labels.txt',
	'src/catalog/messages.txt', grep { !/(?:labels|messages)\.txt$/ } @files);
is("$status$complaints", '0', 'doc/catalog.md is made');
is_current('doc/catalog.md', $made);

# Its tables, read back: as the view has them.
my ($provider, %rows) = ('');
for (split /\n/, slurp_raw('doc/catalog.md'))
{
	$provider = $1 if /^## ([a-z0-9_-]+)$/;
	my ($code, $mark, $deprecated, undef, undef, @cells) =
	  /^\| `([^`]+)`( \\\*)?( \(deprecated\))? \| (.*?) \| (.*?) \| (?:`(\w+)`)? \| (?:`(\w+)`)? \| (\w*) \| (\w*) \| (.*) \|$/ or next;
	# an advised wait of a minute is the wait of codes without one
	$cells[-1] =~ s/^\(1 min\)$//;
	$rows{"$provider:$code"} = join '|', map { $_ // '' } @cells, $deprecated ? 'deprecated' : '';
}
my %expected = map { split /=/, $_, 2 } split /\n/, $node->safe_psql('postgres', <<'SQL');
SELECT format('%s=%s|%s|%s|%s|%s|%s', status, category, action, CASE WHEN is_retryable THEN 'yes' ELSE CASE WHEN NOT is_retryable THEN 'no' END END,
	CASE WHEN is_terminal THEN 'yes' ELSE CASE WHEN NOT is_terminal THEN 'no' END END,
	CASE WHEN retry_after IS NOT NULL THEN wait WHEN first_retry_after <> '1 min' THEN format('(%s)', wait) END,
	CASE WHEN is_deprecated THEN 'deprecated' END)
FROM status_codes CROSS JOIN LATERAL (
	SELECT CASE WHEN extract(epoch FROM first_retry_after)::integer % 3600 = 0 THEN extract(epoch FROM first_retry_after)::integer / 3600 || ' h'
		WHEN extract(epoch FROM first_retry_after)::integer % 60 = 0 THEN extract(epoch FROM first_retry_after)::integer / 60 || ' min'
		ELSE extract(epoch FROM first_retry_after)::integer || ' s' END) AS w (wait)
SQL
cmp_ok(scalar keys %expected, '>', 1000, 'the view has codes');
nothing([ map { "$_=" . ($rows{$_} // 'missing') . " is $expected{$_}" } grep { ($rows{$_} // '') ne $expected{$_} } keys %expected ],
	'doc/catalog.md says of each code what the view says');
nothing([ grep { !exists $expected{$_} } keys %rows ], 'and lists no others');
for my $kind (qw(category action))
{
	my ($list) = slurp_raw('doc/catalog.md') =~ /^\| $kind \| meaning \|.*?\n(.*?)^$/ms;
	my @labels = $list =~ /^\| `(\w+)`/mg;
	my $error = ($node->psql('postgres', "SELECT ''::status_$kind"))[2];
	is(join(', ', @labels), ($error =~ /Valid values are: (.*)\./)[0], "and each $kind, in its order");
}

# Where another page explains labels in a table, it does so in the same words.
my %explained = slurp_raw('doc/catalog.md') =~ /^\| `(\w+)` \| ([^|]+) \|(?: \d+ \|)?$/mg;
my @explanations;
for my $page ('README.md', glob 'doc/*.md')
{
	for my $list (slurp_raw($page) =~ /^\| (?:category|action) \| (?:meaning )?\|.*\n\|[-| ]+\n((?:\| .*\n)+)/mg)
	{
		push @explanations, map { [ $page, /^\| `(\w+)` \| ([^|]+) \|/ ] } split /\n/, $list;
	}
}
cmp_ok(scalar @explanations, '>=', 17, 'pages explain labels');
nothing([ map { join ' ', @$_ } grep { ($explained{ $_->[1] // '' } // '') ne ($_->[2] // '') } grep { defined $_->[1] } @explanations ],
	'in the words of the catalog');

#
# The reference
#
($status, $made, $complaints) = make_page('doc/reference.pl', 'doc/reference.in');
is("$status$complaints", '0', 'doc/reference.md is made');
is_current('doc/reference.md', $made);
my $reference = slurp_raw('doc/reference.md');

# Each object of the extension is in it, by its name between backticks.
my @objects = split /\n/, $node->safe_psql('postgres', <<'SQL');
SELECT DISTINCT format('%s=%s', m.classid::regclass, CASE m.classid
	WHEN 'pg_proc'::regclass THEN (SELECT proname || '(' FROM pg_proc WHERE oid = m.objid)
	WHEN 'pg_type'::regclass THEN (SELECT typname || '`' FROM pg_type WHERE oid = m.objid)
	WHEN 'pg_class'::regclass THEN (SELECT '### ' || relname FROM pg_class WHERE oid = m.objid)
	WHEN 'pg_operator'::regclass THEN (
		SELECT format('`%s %s %s`', format_type(oprleft, NULL), oprname, format_type(oprright, NULL)) FROM pg_operator WHERE oid = m.objid)
	WHEN 'pg_cast'::regclass THEN (
		SELECT format('`%s → %s`', format_type(castsource, NULL), format_type(casttarget, NULL)) FROM pg_cast WHERE oid = m.objid)
	WHEN 'pg_opclass'::regclass THEN (SELECT '`' || opcname FROM pg_opclass WHERE oid = m.objid)
	WHEN 'pg_opfamily'::regclass THEN (SELECT '`' || opfname FROM pg_opfamily WHERE oid = m.objid)
	ELSE 'an object of a kind that this test does not know' END)
FROM pg_depend AS m JOIN pg_extension AS e ON m.refobjid = e.oid LEFT JOIN pg_type AS t ON m.classid = 'pg_type'::regclass AND m.objid = t.oid
WHERE m.refclassid = 'pg_extension'::regclass AND m.deptype = 'e' AND e.extname = 'provider_codes'
	AND (t.oid IS NULL OR t.typtype <> 'c' AND t.typcategory <> 'A')
SQL
cmp_ok(scalar @objects, '>', 150, 'the extension has objects');
nothing([ grep { my ($name) = /^\w+=(.*)/; index($reference, $name) < 0 } @objects ], 'doc/reference.md names each of them');

# What is internal has a comment that says so, and is in that section alone.
my ($public, $internal) = $reference =~ /\A(.*)^## Internal$(.*)\z/ms;
my @internal = split /\n/, $node->safe_psql('postgres', <<'SQL');
SELECT p.oid::regprocedure FROM pg_depend AS m JOIN pg_extension AS e ON m.refobjid = e.oid JOIN pg_proc AS p ON m.objid = p.oid
WHERE m.classid = 'pg_proc'::regclass AND m.deptype = 'e' AND e.extname = 'provider_codes'
	AND obj_description(p.oid, 'pg_proc') ~ '^(internal: |I/O$|implementation of )'
SQL
cmp_ok(scalar @internal, '>', 50, 'functions are internal');
nothing([ grep { index($internal, '`' . s/,(?=\w|")/, /gr . '`') < 0 } @internal ], 'and listed as such');
nothing([ grep { my ($name) = /^(\w+)/; $public =~ /^\| `$name\(/m } @internal ], 'and nowhere else');

#
# A page that does not fit the extension is refused, and nothing is written.
#
my $source = slurp_raw('doc/reference.in');

sub refuses
{
	my ($name, $old, $new, $reason) = @_;
	local $Test::Builder::Level = $Test::Builder::Level + 1;
	my $changed = $source;
	my $at = index $changed, $old;
	die "$name: no \"$old\"" if $at < 0;
	substr $changed, $at, length $old, $new;
	open my $out, '>:raw', "$dir/reference.in" or die $!;
	print {$out} $changed;
	close $out or die $!;
	my ($status, $made, $complaints) = make_page('doc/reference.pl', "$dir/reference.in");
	subtest $name => sub {
		isnt($status, 0, 'fails');
		is($made, '', 'writes nothing');
		like($complaints, $reason, 'says why');
	};
	return;
}
refuses('a function that is left out', "{{function code_name}}\n", '', qr/nothing describes this of the functions: code_name\(status_code\)/);
refuses('a view that is left out', "{{relation status_codes}}\n", '', qr/nothing describes this of the relations: status_codes/);
refuses('operators that are left out', "{{operators text status_code}}\n", '', qr/nothing describes this of the operators: text = status_code/);
refuses('a function twice', "{{function code_name}}\n", "{{function code_name}}\n{{function code_name}}\n", qr/described twice: code_name/);
refuses('a function that is not there', '{{function code_name}}', '{{function code_nam}}', qr/there is no public function code_nam\n/);
refuses('an internal function', '{{function code_name}}', '{{function codes_where}}', qr/there is no public function codes_where\n/);
refuses('a line that says nothing', '{{casts}}', '{{cast}}', qr/unknown line \{\{cast\}\}/);
refuses('a function without an example', "SELECT max(status) FROM sync_jobs;", "SELECT 1;", qr/no example calls max\(\)/);
refuses('an example that fails', "SELECT max(status) FROM", "SELECT max(statuses) FROM", qr/this fails:\nSELECT max\(statuses\)/);
refuses('an error that is none', "SELECT 'syncfy:Locked'::", "SELECT 'syncfy:405'::", qr/this raises no error:\nSELECT 'syncfy:405'/);
is($node->safe_psql('postgres', "SELECT count(*) FROM pg_database WHERE datname ~ 'reference'"), 0, 'no database is left behind');

$node->stop;
done_testing();
