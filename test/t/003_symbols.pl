# What the library exports, and that no other library can take the place of any of it.
#
# The server opens libraries so that their exported symbols are visible to those opened later, and a name is resolved to the
# library that was opened first. The planner support recognizes functions by their addresses.
use strict;
use warnings;

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $build = $ENV{TESTDIR} // '.';
my $library = "$build/provider_codes.so";

# The standard output of a command, as lines.
sub lines_of
{
	my (@command) = @_;
	my ($stdout, $stderr) = PostgreSQL::Test::Utils::run_command(\@command);
	die "@command: $stderr" if $?;
	return split /\n/, $stdout;
}

sub symbols_of
{
	return map { (split)[-1] } lines_of('nm', @_);
}

# Fails with a list of what is wrong, if anything is.
sub nothing
{
	my ($wrong, $name) = @_;
	local $Test::Builder::Level = $Test::Builder::Level + 1;
	is(join("\n", sort @$wrong), '', $name);
	return;
}

# ---- What is exported ----

my %exported = map { $_ => 1 } symbols_of('-D', '--defined-only', $library);
my @of_server = qw(Pg_magic_func _PG_init);
nothing([ grep { !$exported{$_} } @of_server ], 'the library has what the server looks for');
my %function = map { $_ => 1 } grep { $exported{"pg_finfo_$_"} } keys %exported;
cmp_ok(scalar keys %function, '>', 100, 'functions are exported');
nothing([ grep { !/\A(?:status_code|status_category|status_action|provider_codes)_/ } keys %function ],
	'each function has a prefix of this extension');
nothing([ grep { my $name = s/\Apg_finfo_//r; !$function{$name} } grep { my $name = $_; !grep { $_ eq $name } @of_server } keys %exported ],
	'nothing is exported but functions for SQL');

# ---- What scripts name ----

my %golden = map { $_ => 1 } grep { !/^#/ } split /\n/, slurp_file('test/golden/symbols.txt');
nothing([ grep { !$function{$_} } keys %golden ], 'the library has every function that a script has ever named');
nothing([ grep { !$golden{$_} } keys %function ], 'and no others');
my $scripts = join '', map { slurp_file($_) } glob 'sql/*.sql';
my @named = $scripts =~ /'MODULE_PATHNAME', '(\w+)'/g;
is(scalar @named, scalar(() = $scripts =~ /MODULE_PATHNAME/g), 'scripts name the C function of each function');
nothing([ grep { !$golden{$_} } @named ], 'test/golden/symbols.txt has what scripts name');

# ---- Another library ----

# It exports the names of our functions without their prefix, and whatever our objects share among themselves.
my @others = map { /\Aprovider_codes_(\w+)\z/ ? $1 : () } keys %golden;
my @shared = grep { !$exported{$_} } map { (split)[-1] } grep { / [A-TV-Z] / } lines_of('nm', '--defined-only', glob("$build/src/*.o"));
ok((grep { $_ eq 'is_error' } @others) && (grep { $_ eq 'in_category' } @others), 'is_error and in_category are among the names');
cmp_ok(scalar @shared, '>', 20, 'objects share symbols');
my $dir = PostgreSQL::Test::Utils::tempdir;
append_to_file("$dir/other.c", <<"END");
#include "postgres.h"
#include "fmgr.h"
PG_MODULE_MAGIC;
@{[ map { "PG_FUNCTION_INFO_V1($_);\nDatum $_(PG_FUNCTION_ARGS) { PG_RETURN_NULL(); }\n" } sort @others ]}
@{[ map { "char $_\[64];\n" } sort @shared ]}
END
my ($cc, $cflags, $include) = map { (lines_of('pg_config', $_))[0] } qw(--cc --cflags_sl --includedir-server);
command_ok([ split(/ /, $cc), split(/ /, $cflags), '-w', '-shared', "-I$include", '-o', "$dir/other.so", "$dir/other.c" ],
	'another library is built');

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', 'autovacuum = off');
$node->start;
$node->safe_psql('postgres', <<'SQL');
CREATE EXTENSION provider_codes;
CREATE TABLE jobs (id serial, status status_code);
INSERT INTO jobs (status) SELECT status_code('syncfy', 200) FROM generate_series(1, 20000);
INSERT INTO jobs (status) SELECT status FROM builtin_status_codes() AS status;
CREATE INDEX ON jobs (status);
VACUUM ANALYZE jobs;
SQL
# A set of many values is no index condition here, but what makes it one also estimates the rows.
my @predicates = ('is_error(status)', 'is_retryable(status)', "in_category(status, 'mfa')", "code_category(status) = 'mfa'", "has_action(status, 'stop')",
	"from_provider(status, 'basiq')", "status = 'syncfy:401'", "status = 'syncfy:401'::text");
my $queries = join ";\n", map { ("EXPLAIN SELECT count(*) FROM jobs WHERE $_", "SELECT count(*) FROM jobs WHERE $_") } @predicates;
my $alone = $node->safe_psql('postgres', $queries);
is(scalar(() = $alone =~ /Index Cond/g), @predicates - 1, 'predicates are index conditions');
is($node->safe_psql('postgres', "LOAD '$dir/other.so';\n$queries"), $alone, 'plans and counts are the same after another library');
is( $node->safe_psql('postgres', "SELECT code_name('syncfy:401');\nLOAD '$dir/other.so';\n$queries"),
	$node->safe_psql('postgres', "SELECT code_name('syncfy:401')") . "\n$alone",
	'and before it');

$node->stop;
done_testing();
