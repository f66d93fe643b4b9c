# ALTER EXTENSION UPDATE leads to what a new installation has: compared object by object, from every release, with the rows that
# users have made. As long as there is no release, it is shown with a version that is made here, and so is it that the comparison
# sees what an update script can forget.
use strict;
use warnings;
use re '/ms';    # patterns are for scripts

use File::Copy qw(copy);
use File::Path qw(make_path);
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

# ---- A place for scripts that the server reads, and the library of the build ----

my $control = slurp_file('provider_codes.control');
my ($present) = $control =~ /^default_version = '([^']*)'/;
my ($sharedir, $pkglibdir) = map { my $d = `pg_config $_`; chomp $d; $d } qw(--sharedir --pkglibdir);
my $root = PostgreSQL::Test::Utils::tempdir;
my $scripts = "$root$sharedir/extension";
make_path($scripts, "$root$pkglibdir");
copy(($ENV{TESTDIR} // '.') . '/provider_codes.so', "$root$pkglibdir/provider_codes.so") or die "the library: $!";
copy($_, $scripts) or die "$_: $!" for 'provider_codes.control', glob 'sql/*.sql';

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
if (`pg_config --version` =~ /PostgreSQL (\d+)/ && $1 >= 18)
{
	$node->append_conf('postgresql.conf', "extension_control_path = '$root$sharedir:\$system'\ndynamic_library_path = '$root$pkglibdir:\$libdir'");
}
else
{
	$node->append_conf('postgresql.conf', "extension_destdir = '$root'");    # Debian's own setting
}
$node->append_conf('postgresql.conf', "autovacuum = off\nfsync = off");
if (!$node->start(fail_ok => 1))
{
	die "can't start the server" if slurp_file($node->logfile) !~ /unrecognized configuration parameter "extension_destdir"/;
	plan skip_all => 'this server reads no scripts but those that are installed';
}
$node->safe_psql('postgres', 'CREATE ROLE dba LOGIN; CREATE ROLE reader');

sub write_script
{
	my ($versions, $text) = @_;
	my $path = "$scripts/provider_codes--$versions.sql";
	die "$path is there" if -e $path;
	append_to_file($path, $text);
	return;
}

# ---- Comparison ----

# The lines of test/upgrade/objects.sql.
sub objects
{
	my ($database) = @_;
	my ($stdout, $stderr) = PostgreSQL::Test::Utils::run_command(
		[ 'psql', '-XqAt', '-v', 'ON_ERROR_STOP=1', '-d', $node->connstr($database), '-f', 'test/upgrade/objects.sql' ]);
	die $stderr if $stderr ne '';
	return split /\n/, $stdout;
}

# What one list has and the other has not, as in a diff.
sub difference
{
	my ($expected, $got) = @_;
	my %count;
	$count{$_}-- for @$expected;
	$count{$_}++ for @$got;
	return map { ($count{$_} < 0 ? '-' : '+') . $_ } sort grep { $count{$_} } keys %count;
}

# New installations, by a superuser and by the owner of a database.
my %owner = (fresh => $node->safe_psql('postgres', 'SELECT current_user'), owned => 'dba');
my %fresh;
for my $database (sort keys %owner)
{
	$node->safe_psql('postgres', "CREATE DATABASE $database OWNER $owner{$database}");
	$node->safe_psql($database, 'CREATE EXTENSION provider_codes', extra_params => [ '-U', $owner{$database} ]);
	$fresh{$database} = [ objects($database) ];
}
cmp_ok(scalar @{ $fresh{fresh} }, '>', 5000, 'the comparison has lines');
is(join("\n", grep { /\|not described\|/ } @{ $fresh{fresh} }), '', '... for every kind of object');
isnt(join("\n", difference($fresh{fresh}, $fresh{owned})), '', '... and for owners');

# ---- Updates ----

# Installs a version as a role, lets users use it, and updates it. Returns the differences to a new installation.
sub differences_after_update
{
	my ($from, $like) = @_;
	my $database = 'updated';
	my @as = (extra_params => [ '-U', $owner{$like} ]);
	$node->safe_psql('postgres', "CREATE DATABASE $database OWNER $owner{$like}");
	$node->safe_psql($database, <<"SQL", @as);
CREATE EXTENSION provider_codes VERSION '$from';
INSERT INTO status_code_overrides (status, name, category, retryable, updated_at, updated_by)
	VALUES ('acme:1', 'Busy', 'rate_limit', true, '2001-02-03', 'somebody'), ('syncfy:401', NULL, NULL, false, 'infinity', 'else');
CREATE TABLE jobs (id integer, status status_code PRIMARY KEY, category status_category GENERATED ALWAYS AS (builtin_code_category(status)) STORED);
INSERT INTO jobs SELECT row_number() OVER (), status FROM builtin_status_codes() AS status;
CREATE INDEX ON jobs (builtin_code_category(status)) WHERE builtin_is_retryable(status);
CREATE VIEW descriptions AS SELECT j.id, code_description(j.status) AS description, o.updated_by, c.name
	FROM jobs AS j LEFT JOIN status_code_overrides AS o ON o.status = j.status JOIN status_codes AS c ON c.status = j.status::text;
SQL
	my $contents = 'SELECT id, status, category FROM jobs ORDER BY status; SELECT * FROM descriptions ORDER BY id;
		SELECT status, name, category, retryable, updated_at, updated_by FROM status_code_overrides ORDER BY status';
	my $before = $node->safe_psql($database, $contents, @as);
	$node->safe_psql($database, "ALTER EXTENSION provider_codes UPDATE TO '$present'", @as);
	is($node->safe_psql($database, $contents, @as), $before, "$from to $present by $owner{$like}: users' rows stay");
	is($node->safe_psql($database, "SELECT code_name('acme:1'), is_retryable('syncfy:401'), provider_codes_checksum() IS NOT NULL", @as),
		'Busy|f|t', '... overrides are found');
	is($node->safe_psql($database, "SET enable_seqscan = off; SELECT count(*) FROM jobs WHERE status = 'syncfy:401'", @as), '1', '... indexes work');

	my @objects = objects($database);
	$node->safe_psql('postgres', "DROP DATABASE $database");
	return difference($fresh{$like}, \@objects);
}

# Fails with the differences, if there are any.
sub update_is_complete
{
	my ($from) = @_;
	local $Test::Builder::Level = $Test::Builder::Level + 1;
	is(join("\n", differences_after_update($from, $_)), '', "$from to $present by $owner{$_}: objects are as in a new installation")
	  for sort keys %owner;
	return;
}

# Every release, and every version that an update script starts from.
my %released = map { (split m{/})[-1] => 1 } glob 'test/golden/releases/*/';
$released{$_} = 1 for map { /--(.+)--.+\.sql\z/ } glob 'sql/*--*--*.sql';
for my $version (sort grep { $_ ne $present } keys %released)
{
	if (!ok(-e "sql/provider_codes--$version.sql", "the script of release $version is kept")) { next }
	my $path = $node->safe_psql('postgres',
		"SELECT path FROM pg_extension_update_paths('provider_codes') WHERE source = '$version' AND target = '$present'");
	if (!isnt($path, '', "a path leads from $version to $present")) { next }
	update_is_complete($version);
}
note('there is no earlier release') unless grep { $_ ne $present } keys %released;

# ---- An update that is made here ----

# Version 0.9 lacks a function, a cast and a column's comment; 0.8 another comment.
my $script = slurp_file("sql/provider_codes--$present.sql");

# Takes what matches out of a script. Returns both.
sub take_out
{
	my ($text, $pattern) = @_;
	my $n = () = $text =~ /$pattern/g;
	die "$pattern is there $n times" if $n != 1;
	$text =~ s/($pattern)//;
	return ($text, $1);
}

my ($older, $function) = take_out($script, qr/^CREATE FUNCTION builtin_next_retry_at\(.*?;\n/);
($older, my $comment) = take_out($older, qr/^COMMENT ON FUNCTION builtin_next_retry_at\(.*?;\n/);
($older, my $comment_on_column) = take_out($older, qr/^COMMENT ON COLUMN status_code_documents\.section IS.*?;\n/);
($older, my $cast) = take_out($older, qr/^CREATE CAST \(character AS status_code\).*?;\n/);
($older, my $comment_on_cast) = take_out($older, qr/^COMMENT ON CAST \(character AS status_code\).*?;\n/);
my @update = ($function, $comment, $comment_on_column, $cast, $comment_on_cast);

write_script('0.9', $older);
write_script("0.9--$present", join '', @update);
update_is_complete('0.9');

# The same from further back, by way of 0.9.
write_script('0.8', take_out($older, qr/^COMMENT ON CAST \(text AS status_code\).*?;\n/));
write_script('0.8--0.9', "COMMENT ON CAST (text AS status_code) IS 'status code with this text form';\n");
update_is_complete('0.8');

# An update that forgets some of the statements.
my %forgotten = (
	'a comment on a function' => [ 'function public\.builtin_next_retry_at', 1 ],
	'a function with its comment' => [ 'function public\.builtin_next_retry_at', 0, 1 ],
	'a comment on a column' => [ 'status_code_documents\.section', 2 ],
	'a comment on a cast' => [ 'cast \(character AS public\.status_code\)', 4 ],
	'a cast with its comment' => [ 'cast \(character AS public\.status_code\)', 3, 4 ],
	'everything' => ['builtin_next_retry_at|status_code_documents\.section|cast \(character AS', 0 .. $#update ]);
for my $what (sort keys %forgotten)
{
	my ($object, @left_out) = @{ $forgotten{$what} };
	my %left_out = map { $_ => 1 } @left_out;
	my $version = '0.7.' . join '', @left_out;
	write_script($version, $older);
	write_script("$version--$present", join '', map { $left_out{$_} ? () : $update[$_] } 0 .. $#update);
	my @found = differences_after_update($version, 'fresh');
	ok(scalar(@found), "an update without $what: found");
	is(join("\n", grep { !/^-.*(?:$object)/ } @found), '', '... by name');
}

# ---- What an update can forget or do in another way ----

$node->safe_psql('postgres', 'CREATE DATABASE planted');
my $n = 0;

# A script that differs in one place makes other objects; the differences name an object, and only such as match.
sub is_found
{
	my ($what, $pattern, $replacement, $object) = @_;
	my $version = '0.6.' . ++$n;
	my $text = $script;
	my $times = () = $text =~ /$pattern/g;
	is($times, 1, "$what: planted") or return;
	$text =~ s/$pattern/$replacement/;
	write_script($version, $text);
	$node->safe_psql('planted', "CREATE EXTENSION provider_codes VERSION '$version'");
	my @found = grep { !/^[-+]extension provider_codes\|version\|/ } difference($fresh{fresh}, [ objects('planted') ]);
	ok(scalar(@found), '... found');
	is(join("\n", grep { !/$object/ } @found), '', '... where it is');
	$node->safe_psql('planted', 'DROP EXTENSION provider_codes');
	return;
}

is_found('volatility', qr/^CREATE FUNCTION builtin_code_name\(status status_code\) RETURNS text\nLANGUAGE C \KIMMUTABLE/, 'STABLE',
	qr/function public\.builtin_code_name\(/);
is_found('strict', qr/^CREATE FUNCTION worse_status\([^;]*STABLE \KSTRICT /, '', qr/function public\.worse_status\(/);
is_found('leakproof', qr/^CREATE FUNCTION status_code_eq\(status_code, status_code\)[^;]*STRICT \KLEAKPROOF /, '',
	qr/function public\.status_code_eq\(public\.status_code,public\.status_code\)/);
is_found('parallel', qr/^CREATE FUNCTION provider_codes_checksum\([^;]*STRICT\K PARALLEL SAFE/, '', qr/function public\.provider_codes_checksum\(/);
is_found('planner support', qr/^CREATE FUNCTION is_retryable\([^;]*?\KSUPPORT status_code_predicate_support\n/, '', qr/function public\.is_retryable\(/);
is_found('C function', qr/'MODULE_PATHNAME', '\Kstatus_code_le(?=';)/, 'status_code_lt', qr/function public\.status_code_le\(/);
is_found('name of an argument', qr/^CREATE FUNCTION status_can_follow\(\Kold /, 'former ', qr/function public\.status_can_follow\(/);
is_found('rows', qr/ROWS \K100(?=\nAS 'MODULE_PATHNAME', 'status_code_override_rows')/, '200', qr/function public\.status_code_override_rows\(/);
is_found('aggregate', qr/^CREATE AGGREGATE worst_status\([^;]*\KCOMBINEFUNC = worse_status, /, '', qr/aggregate public\.worst_status\(/);
is_found('type', qr/STORAGE = \Kmain/, 'extended', qr/\bpublic\.(?:known_)?status_code\b/);
is_found('cast', qr/^CREATE CAST \(text AS status_category\) WITH INOUT AS \KASSIGNMENT/, 'IMPLICIT', qr/cast \(pg_catalog\.text AS public\.status_category\)/);
is_found('operator', qr/FUNCTION = status_code_eq,\n[^;]*HASHES\K, MERGES/, '', qr/operator public\.=\(public\.status_code,public\.status_code\)/);
is_found('selectivity of an operator', qr/FUNCTION = status_code_ne,\n[^;]*RESTRICT = \Kneqsel/, 'eqsel', qr/operator public\.<>\(public\.status_code,public\.status_code\)/);
is_found('member of an operator family', qr/^ALTER OPERATOR FAMILY status_code_ops USING hash ADD\n\K    OPERATOR 1 = \(status_code, text\),\n/, '',
	qr/public\.status_code_ops USING hash/);
is_found('default operator class', qr/^CREATE OPERATOR CLASS status_code_minmax_ops\n\KDEFAULT /, '', qr/status_code_minmax_ops/);
is_found('condition of a domain', qr/CHECK \(builtin_is_known_code\(VALUE\)\K\)/, ' IS TRUE)', qr/known_status_code/);
is_found('default of a column', qr/updated_by text NOT NULL DEFAULT \Kcurrent_user/, 'session_user', qr/status_code_overrides\.updated_by/);
is_found('NOT NULL of a column', qr/catalog_version text \KNOT NULL /, '', qr/catalog_version/);
is_found('place of a column', qr/^    name text,\n    title text,\n/, "    title text,\n    name text,\n", qr/status_code_overrides\.(?:name|title)\b/);
is_found('condition of a table', qr/CHECK \(retry_after OPERATOR\(pg_catalog\.>\K\)/, '=)', qr/status_code_overrides_retry_after_positive/);
is_found('event of a trigger', qr/^    BEFORE \K(?=UPDATE ON status_code_overrides$)/, 'INSERT OR ', qr/status_code_overrides_stamp/);
is_found('table that is dumped', qr/^SELECT pg_catalog\.pg_extension_config_dump\('status_code_overrides', ''\);\n/, '', qr/extension provider_codes\|dumped/);
is_found('privilege on a column', qr/updated_by\K, catalog_version(?=\)\n    ON status_code_overrides TO PUBLIC)/, '', qr/status_code_overrides\.catalog_version/);
is_found('view', qr/COALESCE\(builtin_code_source\(s\.code\), '\Koverride(?='\) AS source)/, 'none', qr/public\.status_codes\b/);
is_found('comment on a trigger', qr/^COMMENT ON TRIGGER .*?;\n/, '', qr/status_code_overrides_stamp.*\|comment\|/);
is_found('owner of a table', qr/^DO \$\$.*?^\$\$;\n/, "ALTER TABLE status_code_overrides OWNER TO reader;\n", qr/public\.status_code_overrides/);
is_found('one object more', qr/\z/, "CREATE SEQUENCE more;\n", qr/\bmore\b/);
is_found('one kind more', qr/\z/, "CREATE STATISTICS more ON name, title FROM status_code_overrides;\n", qr/\bmore\b/);

$node->stop;
done_testing();
