# The tables that a batch of queries reads, ours and theirs, and the overrides. Everything is drawn from rand().
package World;

use strict;
use warnings;

use Exporter qw(import);
use List::Util qw(uniq);

our @EXPORT_OK = qw(pick chance quote shuffle);

# The attributes that theirs has as plain columns, of each of the two codes in a row.
use constant CODES => qw(status prev);
use constant TABLES => qw(t1 t2 t3 t4 t5);

# Codes that the catalog lacks: numbers of a class and of none, words, variants, and providers with nearly the same names.
my @ODD_CODES = qw(
	finicity:0 finicity:99 finicity:999 finicity:1000 foundry:299 foundry:400 http:100 http:299 http:301 http:499 http:599
	http:600 http:777 http:4040 http:99999999999999999999 syncfy:1 syncfy:99 syncfy:104 syncfy:299 syncfy:450 syncfy:503
	syncfy:600 syncfy:999 syncfy:1000 syncfy:401/x syncfy:450/x syncfy:600/x foundry:403/x http:404/x
	basiq:401 basiq:999 basiq:0401 basiq:no-such-slug basiq:no-such-slug/a basiq:No-Such-Slug basiq:Invalid-Credentials
	basiq:invalid-credentials/unknown basiq:invalid-credentials/Locked-Account basiq:a basiq:Z.9_- basiq2:a basiq-x:a
	basiq_x:a basiq-:a basiqa:a basi:a bas:a b:a a:a z:z http2:404 http-:404 htt:404 https:404 foundry2:403 syncf:401
	quovo:ERROR quovo:ERROR/a quovo:ERROR/b quovo:401 quovo:0401 acme:1 acme:1/x acme:1000 acme:ok acme:ok/1);

# Codes that each batch has.
my @USUAL_CODES = qw(
	syncfy:100 syncfy:102 syncfy:200 syncfy:401 syncfy:405 syncfy:410 syncfy:411 syncfy:413 syncfy:501 syncfy:504 syncfy:509
	foundry:200 foundry:401 foundry:500 http:200 http:404 http:429 http:503 basiq:invalid-credentials
	basiq:invalid-credentials/locked-account basiq:service-unavailable basiq:maintenance-error);

# Texts that are no codes; some resemble one.
my @MALFORMED = (
	'', ':', '/', 'a:', 'a:/b', 'A:1', 'syncfy', 'syncfy:', 'syncfy:0401', 'syncfy:00', 'syncfy:401 ', ' syncfy:401',
	'SYNCFY:401', 'syncfy:401/', 'syncfy:-1', 'basiq', 'basiq:', "basiq\x01", 'basiq:invalid credentials',
	'basiq:invalid-credentials/', 'http:404:x', 'http:404/a/b', 'zzz', '~', 'basiq:~', 'http:4~');

# What stands in an index: columns, and what follows the list of them.
my @INDEXES = (
	['status'], [ 'status', 'id' ], [ 'status DESC', 'id' ], [ 'status NULLS FIRST', 'id DESC' ],
	[ 'status DESC NULLS LAST', 'a', 'id' ], [ 'status', 'prev' ], [ 'status', 'txt' ], [ 'status', 'a', 'prev', 'id' ],
	[ 'id', 'status' ], [ 'a', 'status' ], [ 'a', 'status', 'id' ], [ 'id DESC', 'status' ], [ 'a', 'id', 'status' ],
	[ 'a DESC NULLS LAST', 'status DESC', 'id' ], [ 'id', 'a', 'status' ], [ 'a DESC', 'id DESC', 'status DESC' ],
	[ 'prev', 'status' ], [ 'prev', 'id' ], [ 'a', 'prev', 'status' ], ['id'], [ 'a', 'id' ], ['txt'], [ 'txt', 'status' ]);
my @OTHER_INDEXES = (
	'(status) INCLUDE (id, a)', '(a NULLS FIRST, status NULLS FIRST) INCLUDE (id)', '(id, status) INCLUDE (a)',
	'(id) INCLUDE (a, status)', 'USING hash (status)', 'USING hash (txt)', 'USING brin (status) WITH (pages_per_range = 1)',
	'(a, id, status) WHERE a < 5', '(status) WHERE builtin_is_retryable(status)', '(id) WHERE builtin_is_error(status)',
	'(id, status) WHERE builtin_is_error(status)', '(status, id) WHERE status IS NOT NULL', '(builtin_code_category(status), id)',
	'(code_provider(status), id)', '(code_base(status))', '((status::text))', '(id, status) WHERE from_provider(status, \'basiq\')');

my @LABELS = (
	[qw(progress success user_action mfa connection server rate_limit auth request)],
	[qw(none wait retry ask_user renew_token fix_request contact_provider stop)]);

sub pick { my (@list) = @_; return $list[ rand @list ] }

sub chance { my ($probability) = @_; return rand() < $probability }

# Not List::Util's, which need not be the same in each version.
sub shuffle { my (@list) = @_; return map { $_->[1] } sort { $a->[0] <=> $b->[0] } map { [ rand, $_ ] } @list }

# A literal of SQL, without its type.
sub quote
{
	my ($value) = @_;
	return defined $value ? q(') . $value =~ s/'/''/gr . q(') : 'NULL';
}

sub categories { return @{ $LABELS[0] } }

sub actions { return @{ $LABELS[1] } }

# Makes the tables. The catalog's codes are given as texts.
sub new
{
	my ($class, $ours, $theirs, $catalog) = @_;
	my $self = bless { ours => $ours, theirs => $theirs, tables => {} }, $class;
	my @chosen = (shuffle @$catalog)[ 0 .. 99 ];
	my @odd = (shuffle @ODD_CODES)[ 0 .. 39 ];
	my %in_catalog = map { $_ => 1 } @$catalog;
	$self->{codes} = [ uniq @USUAL_CODES, @chosen, @odd ];
	# Those whose meaning comes from their class or an override alone are drawn more often.
	$self->{weighted} = [ @{ $self->{codes} }, (@odd) x 3 ];
	$self->{known} = [ grep { $in_catalog{$_} } @{ $self->{codes} } ];
	$self->{malformed} = \@MALFORMED;
	$self->{texts} = [ @{ $self->{codes} }, @MALFORMED ];
	$self->place_texts;
	$ours->run("DROP SCHEMA IF EXISTS ours CASCADE;\nCREATE SCHEMA ours;\nGRANT USAGE ON SCHEMA ours TO differential_reader;\n");
	$self->draw_partitions;
	$self->make_table($_) for TABLES;
	return $self;
}

# Tells theirs which texts there are, and asks for their places.
sub place_texts
{
	my ($self) = @_;
	my %is_code = map { $_ => 1 } @{ $self->{codes} };
	my $values = join ",\n", map { sprintf '(%s, %s)', quote($_), $is_code{$_} ? 'true' : 'false' } @{ $self->{texts} };
	my $lines = $self->{theirs}->run(
		"TRUNCATE theirs.text;\nINSERT INTO theirs.text (value, is_code) VALUES\n$values;\nSELECT theirs.place_texts();\n"
		. "SELECT place, value FROM theirs.text;\n");
	my $separator = Session::SEPARATOR();
	$self->{place} = { map { reverse split /$separator/, $_, 2 } grep { /$separator/ } @$lines };
	die "texts without a place\n" if keys %{ $self->{place} } != @{ $self->{texts} };
	return;
}

# The bounds of partitions are the same for all tables, so that they can be joined partition by partition.
sub draw_partitions
{
	my ($self) = @_;
	my @codes = shuffle @{ $self->{codes} };
	my @bounds = sort { $self->{place}{$a} <=> $self->{place}{$b} } @codes[ 0 .. 3 ];
	my @categories = shuffle categories();
	my $in = sub { 'IN (' . join(', ', map { quote($_) } @_) . ')' };
	my $from = 'MINVALUE';
	my @ranges;
	for my $to ((map { quote($_) } @bounds), 'MAXVALUE')
	{
		push @ranges, "FROM ($from) TO ($to)";
		$from = $to;
	}
	$self->{partitions} = {
		list => [ 'LIST (status)', map { "FOR VALUES $_" } $in->(@codes[ 0 .. 9 ]), $in->(@codes[ 10 .. 39 ]), $in->($codes[40], undef) ],
		range => [ 'RANGE (status)', map { "FOR VALUES $_" } @ranges ],
		hash => [ 'HASH (status)', map { "FOR VALUES WITH (MODULUS 4, REMAINDER $_)" } 0 .. 3 ],
		category => [ 'LIST (builtin_code_category(status))', map { "FOR VALUES $_" }
			$in->(@categories[ 0 .. 2 ]), $in->(@categories[ 3, 4 ]), $in->($categories[5], undef) ],
		id => [ 'RANGE (id)', map { "FOR VALUES FROM ($_->[0]) TO ($_->[1])" } [ 0, 150 ], [ 150, 300 ], [ 300, 'MAXVALUE' ] ],
	};
	return;
}

# The statements that make table NAME, without its rows, and the names of what holds the rows.
sub create_table
{
	my ($self, $name, $table) = @_;
	my $type = $table->{kind} eq 'domain' ? 'known_status_code' : 'status_code';
	my $columns = "id integer, a integer, status $type, prev status_code, txt text, ci text COLLATE caseless, cat status_category";
	my $with = 'WITH (autovacuum_enabled = off)';
	my $partitions = $self->{partitions}{ $table->{kind} };
	return ("CREATE TABLE ours.$name ($columns) $with;\n", $name) unless $partitions;

	my ($key, @bounds) = @$partitions;
	push @bounds, 'DEFAULT' unless $table->{kind} =~ /hash|id/;
	$table->{parts} = @bounds;
	my $sql = "CREATE TABLE ours.$name ($columns) PARTITION BY $key;\n";
	$sql .= "CREATE TABLE ours.${name}_p$_ PARTITION OF ours.$name $bounds[$_] $with;\n" for 0 .. $#bounds;
	return ($sql, map { "${name}_p$_" } 0 .. $#bounds);
}

# A row: an own number, a number that several have, two codes, a text that may be a code, a text whose collation is caseless,
# and a category.
sub draw_row
{
	my ($self, $id, $codes) = @_;
	my $number = sub { int rand(rand() * @_ + 1) };    # the first ones are more common
	my $code = sub { chance(0.08) ? undef : $_[ $number->(@_) ] };
	my $text = sub { chance(0.15) ? pick(@MALFORMED) : $code->(@{ $self->{codes} }) };
	my $ci = $text->();
	$ci = uc $ci if defined $ci && chance(0.2);
	return [ $id, chance(0.1) ? undef : int rand 7, $code->(@$codes), $code->(@{ $self->{codes} }), $text->(), $ci,
		chance(0.1) ? undef : pick(categories()) ];
}

sub make_table
{
	my ($self, $name) = @_;
	my $table = $self->{tables}{$name} =
		{ kind => pick((qw(plain)) x 8, qw(domain list list range range hash hash category id)), parts => 1, indexes => [] };
	my ($create, @holders) = $self->create_table($name, $table);
	my @codes = uniq shuffle @{ $self->{ $table->{kind} eq 'domain' ? 'known' : 'weighted' } };
	# Few codes, each often, or many.
	splice @codes, 3 + int rand 30 if chance(0.6);
	my $size = pick(20, 100, 200, 300, 400);
	my @numbers = (shuffle 1 .. 450)[ 0 .. $size - 1 ];
	my $rows = join ",\n", map { '(' . join(', ', map { quote($_) } @$_) . ')' } map { $self->draw_row($_, \@codes) } @numbers;

	my $theirs = "DROP TABLE IF EXISTS theirs.${name}_rows CASCADE;\n"
		. "CREATE TABLE theirs.${name}_rows (id integer, a integer, status text COLLATE \"C\", prev text COLLATE \"C\", txt text COLLATE \"C\", ci text COLLATE \"C\", cat text);\n"
		. "INSERT INTO theirs.${name}_rows VALUES\n$rows;\n";
	$self->{theirs}->run($theirs);
	$self->{ours}->run($create . "INSERT INTO ours.$name VALUES\n$rows;\n" . $self->draw_indexes($name, $table)
		. $self->draw_policy($name, $table) . "GRANT ALL ON ours.$name TO differential_reader;\n"
		. "VACUUM ANALYZE ours.$name;\n" . fake_statistics($name, @holders));
	return;
}

sub draw_indexes
{
	my ($self, $name, $table) = @_;
	my $sql = '';
	for (1 .. 1 + int rand 4)
	{
		if (chance(0.7))
		{
			my $columns = pick(@INDEXES);
			push @{ $table->{indexes} }, $columns;
			$sql .= "CREATE INDEX ON ours.$name (" . join(', ', @$columns) . ");\n";
		}
		else
		{
			my $index = pick(@OTHER_INDEXES);
			# BRIN takes no domain.
			$sql .= "CREATE INDEX ON ours.$name $index;\n" unless $index =~ /brin/ && $table->{kind} eq 'domain';
		}
	}
	$sql .= "CREATE STATISTICS ours.${name}_together ON a, status FROM ours.$name;\n" if chance(0.2) && $table->{parts} == 1;
	return $sql;
}

# Rows that the role may see, for some tables. Query has the same conditions for both sides.
sub draw_policy
{
	my ($self, $name, $table) = @_;
	return '' if chance(0.3);
	$table->{policy} = Query->policy($self);
	return "ALTER TABLE ours.$name ENABLE ROW LEVEL SECURITY;\nCREATE POLICY seen ON ours.$name USING ($table->{policy}[0]);\n";
}

# A search of an index must pay. So the planner is to take most of the tables for large ones, of which most rows have no code.
sub fake_statistics
{
	my ($name, @holders) = @_;
	my $rows = pick(0, 1e5, 1e6, 1e7, 1e7, 1e7);
	return '' unless $rows;
	my $relations = join ', ', map { "'ours.$_'::regclass" } $name, @holders;
	return <<"SQL";
UPDATE pg_class SET reltuples = $rows WHERE oid IN ($relations) AND relkind = 'r';
UPDATE pg_statistic SET stanullfrac = 1 - (1 - stanullfrac) / 16,
    stanumbers1 = ARRAY(SELECT n / 16 FROM unnest(stanumbers1) AS n)::real[],
    stanumbers2 = ARRAY(SELECT n / 16 FROM unnest(stanumbers2) AS n)::real[]
FROM pg_attribute
WHERE attrelid = starelid AND attnum = staattnum AND attname IN ('status', 'prev') AND starelid IN ($relations);
SQL
}

# Changes the overrides, in one of the two sessions, and lets theirs read all anew.
sub change_overrides
{
	my ($self) = @_;
	my $table = 'public.status_code_overrides';
	my $sql = chance(0.6) ? "TRUNCATE $table;\n" : "DELETE FROM $table WHERE status > 'm:m';\n";
	my @codes = uniq shuffle @{ $self->{weighted} };
	my @rows;
	for my $code (@codes[ 0 .. pick(-1, 0, 3, 10, 40, 90) ])
	{
		my @values = (
			chance(0.4) ? quote(pick('Locked', 'Invalid thing', 'other')) : 'NULL', chance(0.5) ? quote(pick(categories())) : 'NULL',
			chance(0.5) ? quote(pick(actions())) : 'NULL', map { chance(0.4) ? pick('true', 'false') : 'NULL' } 1 .. 3);
		push @rows, sprintf '(%s, %s)', quote($code), join ', ', @values if grep { $_ ne 'NULL' } @values;
	}
	$sql .= "INSERT INTO $table (status, name, category, action, retryable, terminal, deprecated) VALUES\n"
		. join(",\n", @rows) . "\nON CONFLICT (status) DO UPDATE SET name = EXCLUDED.name, category = EXCLUDED.category, action = EXCLUDED.action,\n"
		. "retryable = EXCLUDED.retryable, terminal = EXCLUDED.terminal, deprecated = EXCLUDED.deprecated;\n"
		if @rows;
	pick($self->{ours}, $self->{theirs})->run($sql);
	$self->{theirs}->run("SELECT theirs.read_codes();\n" . join '', map { theirs_table($_) } TABLES);
	return;
}

# Theirs: the rows, with what the lookup table says of both codes, and the place of each code and text.
sub theirs_table
{
	my ($name) = @_;
	my @attributes = qw(place provider value variant base);
	for my $source ('', 'builtin_')
	{
		push @attributes, map { "$source$_" }
			qw(name retryable terminal success error known deprecated category category_place action action_place);
	}
	my $columns = join ', ', map { my $code = $_; map { "$code.$_ AS ${code}_$_" } @attributes } CODES;
	my $joins = join ' ', map { "LEFT JOIN theirs.code AS $_ ON $_.status = r.$_" } CODES;
	return "DROP TABLE IF EXISTS theirs.$name;\nCREATE TABLE theirs.$name AS SELECT r.*, l.place AS cat_place, x.place AS txt_place, $columns\n"
		. "FROM theirs.${name}_rows AS r $joins LEFT JOIN theirs.label AS l ON l.label = r.cat\n"
		. "LEFT JOIN theirs.text AS x ON x.value = r.txt;\n";
}

1;
