# A statement_timeout of 50 ms ends whatever the extension does soon, whatever it is given.
#
# First, each function that the extension has is called with each input. What took longer than the timeout is then called again
# with the timeout set. Last come statements: loads of overrides, planning, views, aggregates, indexes, COPY. Time is that of the
# processor, so that what else the machine does is not counted.
use strict;
use warnings;

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $long = ($ENV{FAULTS} // 'long') eq 'long';
my $timeout = 50;
my $limit = 200; # of what a statement may use of the processor, from its start
my $bytes = $long ? 1_000_000_000 : 200_000_000; # of a text, which can have 2^30
my $json_bytes = $long ? 200_000_000 : 50_000_000; # of a string in jsonb, which can have 2^28
my $elements = $long ? 1_000_000 : 200_000; # of an array, and members of an object
my $rows = $long ? 1_000_000 : 100_000;
my $overrides = $long ? 300_000 : 10_000;
my $payloads = $long ? 40 : 2;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init(extra => [ '--encoding=UTF8', '--no-locale' ]);
$node->append_conf('postgresql.conf', <<'END');
autovacuum = off
fsync = off
max_wal_size = 4GB
jit = off
END
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION provider_codes');
$node->safe_psql('postgres', slurp_file('test/faults/cancel.sql'));

# Runs statements in one session, and gives the lines that they print.
sub run
{
	my (@statements) = @_;
	my ($status, $out, $err) = $node->psql('postgres', join("\n", 'SET client_min_messages = error;', @statements), on_error_stop => 0);
	die "$err\n" if $status > 1 || $err =~ /FATAL|PANIC/;
	return split /\n/, $out;
}

# ---- Calls with large values ----

# An expression of each type that takes little time; a type that is not here ends the test, so that nothing is left out.
my %small = (
	text => q('syncfy'::text),
	'character varying' => q('syncfy:401'::varchar),
	character => q('syncfy:401'::character(10)),
	cstring => q('auth'::cstring),
	integer => '2147483647',
	bigint => '9223372036854775807',
	jsonb => q('{"a": 1}'::jsonb),
	'timestamp with time zone' => q('epoch'::timestamptz),
	status_code => q('acme:some-code/some-variant'::status_code),
	map { ($_ => "'auth'::$_", s/category/action/r => "'wait'::" . s/category/action/r) } qw(status_category status_category_parameter));

# A variable that has the large value, for each type that can be large.
my %large = (text => 'v', 'character varying' => 'w', character => 'b', cstring => 'v::cstring', jsonb => 'j');

my @functions;
for (run('SELECT name, types, kind FROM faults.functions ORDER BY 1, 2'))
{
	my ($name, $types, $kind) = split /\|/;
	my @types = split /,/, $types;
	for my $type (@types) { die "$name: type $type is not known here\n" unless $small{$type} || $kind eq 'a' }
	push @functions, { name => $name, types => \@types, kind => $kind };
}
cmp_ok(scalar @functions, '>', 150, 'functions, as the catalogs list them');

# Gives the calls of all functions that take values of the given types, each with one or all of them large.
sub calls_with
{
	my %wanted = map { $_ => 1 } @_;
	my @calls;
	for my $function (grep { $_->{kind} ne 'a' } @functions)
	{
		my @types = @{ $function->{types} };
		my @places = grep { $wanted{ $types[$_] } } 0 .. $#types;
		for my $chosen ((map { [$_] } @places), @places > 1 ? [@places] : ())
		{
			my @arguments = map { $small{$_} } @types;
			$arguments[$_] = $large{ $types[$_] } for @$chosen;
			push @calls, "$function->{name}(" . join(', ', @arguments) . ')';
		}
	}
	return @calls;
}

# Gives a block that calls with a value, and notes the time that each call took, without that of making the arguments.
sub timed
{
	my ($input, $declarations, @calls) = @_;
	my $block = "SET plan_cache_mode = force_generic_plan;\nDO \$do\$ DECLARE $declarations\n"
	  . "\tbefore bigint; bare bigint; state text;\nBEGIN\n";
	for my $call (@calls)
	{
		my $bare = $call =~ /(v::cstring)/ ? "PERFORM $1 IS NULL;" : '';
		$block .= <<"END";
	before := faults.cpu();
	$bare
	bare := faults.cpu() - before;
	state := NULL;
	before := faults.cpu();
	BEGIN
		PERFORM count(q) FROM $call AS q;
	EXCEPTION WHEN OTHERS THEN
		state := SQLSTATE;
	END;
	INSERT INTO faults.calls VALUES (\$call\$$call\$call\$, \$input\$$input\$input\$, faults.cpu() - before - bare, state);
END
	}
	return "${block}END \$do\$;";
}

# Gives statements that do something under the timeout, and print how it ended. What they do follows statements without one.
my $number = 0;
my @names;

sub limited
{
	my ($name, $statement, @before) = @_;
	$names[ ++$number ] = $name;
	return (
		'ROLLBACK;', 'BEGIN;', @before, 'SELECT faults.cpu() AS before \gset', "SET LOCAL statement_timeout = '${timeout}ms';",
		"$statement;", '\set state :SQLSTATE', 'ROLLBACK;', 'SELECT faults.cpu() - :before AS used \gset',
		"\\echo ended|$number|:used|:state");
}

# Runs such statements, and gives for each that did something its name, the time that it used, and the SQLSTATE.
sub run_limited
{
	my (@statements) = @_;
	return map { /^ended\|(\d+)\|(\d+)\|(\w+)$/ ? [ $names[$1], $2, $3 ] : () } run(@statements);
}

# A call with a value that is made before the timeout is set: the cursor's first row makes it, and its others call.
sub limited_call
{
	my ($call, $input, $columns) = @_;
	return limited("$call, $input", 'MOVE ALL IN c', <<"END", 'MOVE 1 IN c;');
DECLARE c CURSOR FOR SELECT CASE WHEN n > 0 THEN (SELECT count(q) FROM $call AS q) END
FROM (SELECT $columns, 1000000 AS times OFFSET 0) AS i, LATERAL (SELECT generate_series(0, times) AS n OFFSET 0) AS s;
END
}

# SQLSTATEs: success, cancelled, bad input, a pattern that ends with its escape, a time out of range.
my %allowed = map { $_ => 1 } qw(00000 57014 22P02 22023 22025 22008);
my ($worst, $worst_name, $ended) = (0, '', 0);

# Checks how statements ended that run_limited() ran.
sub check_ends
{
	my ($test, @ends) = @_;
	my @late;
	for my $end (@ends)
	{
		my ($name, $used, $state) = @$end;
		push @late, "$name: $used ms, SQLSTATE $state" if $used > $limit || !$allowed{$state};
		$ended += $state eq '57014';
		($worst, $worst_name) = ($used, $name) if $used > $worst;
	}
	ok(!@late, $test) or diag(join "\n", @late);
	cmp_ok(scalar @ends, '>', 0, '... of which there are ' . @ends);
	return;
}

# What is to be found: a call that does not look whether it is to end.
my @planted = run_limited(limited_call('faults.stubborn(v)', 'planted', q(repeat('x', 100000000) AS v)));
ok(@planted == 1 && $planted[0][1] > $limit, "a planted call that cannot be cancelled is found: $planted[0][1] ms");

# Payloads of the regression tests in which one array has many elements, or one string is large; and messages in as many
# languages.
$node->safe_psql('postgres', slurp_file('test/sql/payload_providers.sql') =~ /^COPY shape (\(provider, .*?\n)\\\.\n/ms
	? "COPY faults.payloads $1\\.\n" : die "no payloads\n");
my @ends;
my @parts = run(<<"END");
SELECT number, path, type FROM (
	SELECT number, path, type, row_number() OVER (PARTITION BY number, type ORDER BY md5(path::text)) AS n
	FROM faults.payloads, faults.paths(payload)
) AS p
WHERE n = 1 ORDER BY md5(number::text || path::text) LIMIT $payloads
END
for my $i (0 .. $#parts)
{
	my ($payload, $path, $type) = split /\|/, $parts[$i];
	my $character = (' ', '-', '0', 'x')[ $i % 4 ];
	my $part = $type eq 'string' ? "to_jsonb(repeat('$character', $json_bytes))" : "faults.repeated(payload #> '$path', $elements)";
	diag("payloads: $i of $payloads") if $i % 5 == 0;
	push @ends, run_limited(limited_call("status_codes_from_json(provider, j), status_code_from_json(provider, j)",
			"payload $payload, $type at $path", <<"END"));
(SELECT provider FROM faults.payloads WHERE number = $payload) AS provider,
(SELECT faults.replaced(payload, '$path', $part) FROM faults.payloads WHERE number = $payload) AS j
END
}
my $messages = "(SELECT jsonb_object_agg('en-a' || lpad(to_hex(n), 7, '0'), 'x') FROM generate_series(1, $elements) AS n) AS j";
push @ends, run_limited(limited_call('status_code_user_messages_valid(j)', 'many languages', $messages));
check_ends('calls with large payloads', @ends);

# Each function for many rows, the views, aggregates, indexes, planning, and loads of overrides.
$node->safe_psql('postgres', <<"END");
CREATE TABLE faults.codes (id integer, status status_code, code text, history status_code[]);
INSERT INTO faults.codes
SELECT i, c, c::text, ARRAY[c, 'acme:1'] FROM (SELECT i, status_code('acme', i % 1000) FROM generate_series(1, $rows) AS i) AS c (i, c);
COPY faults.codes TO '@{[ $node->data_dir ]}/codes.text';
COPY faults.codes TO '@{[ $node->data_dir ]}/codes.binary' (FORMAT binary);
CREATE TABLE faults.indexed (LIKE faults.codes);
CREATE INDEX ON faults.indexed (status);
CREATE INDEX ON faults.indexed USING gin (history);
CREATE TABLE faults.parts (status status_code, id integer) PARTITION BY LIST (status);
SELECT format('CREATE TABLE faults.parts_%s PARTITION OF faults.parts FOR VALUES IN (%L, %L)', i, 'syncfy:' || i, 'acme:' || i)
FROM generate_series(1, 400) AS i \\gexec
END
my @statements;
for my $function (@functions)
{
	my ($name, $kind, @types) = ($function->{name}, $function->{kind}, @{ $function->{types} });
	my @arguments = map { $small{$_} // 'NULL' } @types;
	my ($place) = grep { $types[$_] eq 'status_code' } 0 .. $#types;
	$arguments[$place] = 'status' if defined $place;
	my $call = "$name(" . join(', ', @arguments) . ')';
	push @statements, $kind eq 'a' ? "SELECT $call FROM faults.codes" : defined $place
	  ? "SELECT count(q) FROM faults.codes, LATERAL $call AS q" : "SELECT count(q) FROM $call AS q";
}
push @statements, map { "SELECT count(v::text) FROM $_ AS v" } run('SELECT name FROM faults.views');
push @statements,
  'SELECT status, count(*) FROM faults.codes GROUP BY status',
  'SELECT * FROM (SELECT status FROM faults.codes ORDER BY status OFFSET 1) AS c LIMIT 1',
  'SELECT count(*) FROM faults.codes AS a JOIN faults.codes AS b ON a.status = b.code AND a.id > b.id',
  'SELECT count(*) FROM faults.codes WHERE status = ANY (ARRAY(SELECT status FROM faults.codes))',
  q(SELECT count(*) FROM faults.codes WHERE status LIKE '%1%1%1%1%1%'),
  q(SELECT count(*) FROM faults.codes WHERE status ILIKE '%_%A%_%C%_%M%_%E%_%'),
  'SELECT array_agg(status ORDER BY status DESC) FROM faults.codes',
  'SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY status) FROM faults.codes',
  'SELECT count(*) FROM faults.codes, LATERAL unnest(history) AS h (status) WHERE is_retryable(h.status)',
  'ANALYZE faults.codes',
  (map { "CREATE INDEX ON faults.codes USING $_" } 'btree (status)', 'hash (status)', 'brin (status)', 'gin (history)',
	'btree (builtin_code_category(status), status)'),
  'CREATE STATISTICS faults.s ON status, id FROM faults.codes; ANALYZE faults.codes',
  (map { "COPY faults.indexed FROM '@{[ $node->data_dir ]}/codes.$_' (FORMAT $_)" } qw(text binary)),
  'INSERT INTO faults.indexed SELECT * FROM faults.codes',
  'UPDATE faults.codes SET status = try_status_code(code)',
  'EXPLAIN SELECT FROM faults.parts WHERE is_retryable(status)',
  'EXPLAIN SELECT FROM faults.parts WHERE is_retryable(status) OR is_error(status) OR in_category(status, \'auth\')',
  'EXPLAIN SELECT FROM faults.parts AS a JOIN faults.parts AS b USING (status) WHERE is_error(status)',
  q(EXPLAIN SELECT FROM faults.parts WHERE status LIKE 'syncfy:4%'),
  'EXPLAIN SELECT FROM faults.indexed WHERE status IN (' . join(', ', map { "'acme:$_'" } 1 .. $rows / 10) . ')',
  'EXPLAIN SELECT FROM faults.parts WHERE status IN (' . join(', ', map { "'acme:$_'" } 1 .. $rows / 10) . ')',
  'EXPLAIN SELECT FROM faults.indexed WHERE status IN (' . join(', ', map { "'acme:$_'::text" } 1 .. 1000) . ')',
  "EXPLAIN SELECT FROM faults.indexed WHERE status = ANY ('{" . join(',', map { "acme:$_" } 1 .. $rows) . "}')",
  "DO \$\$ BEGIN FOR i IN 1 .. 1000000 LOOP PERFORM status_code_nearest('basiq:invalid-credential-' || i); END LOOP; END \$\$",
  "INSERT INTO status_code_overrides (status, name) SELECT status_code('acme', i), 'x' FROM generate_series(100000000, 101000000) AS i",
  q(UPDATE status_code_overrides SET user_messages = '{"es": "x"}'),
  'DELETE FROM status_code_overrides',
  (map { "EXPLAIN SELECT FROM faults.indexed WHERE $_" } 'is_retryable(status)', q(in_category(status, 'auth')), 'is_known_code(status)');

for my $count ($long ? 1 : (), $overrides)
{
	$node->safe_psql('postgres', <<"END");
TRUNCATE status_code_overrides;
INSERT INTO status_code_overrides (status, name, category, retryable, user_messages)
SELECT status_code('acme', i), 'name ' || i, 'auth', true, '{"es": "uno", "pt-BR": "um"}' FROM generate_series(1, $count) AS i
END
	diag("statements: $count overrides");
	check_ends("statements, with $count overrides", run_limited(map { limited(substr($_, 0, 200), $_) } @statements));
}
# Large texts; they come last, because they take longest.
my %texts = (
	blanks => q(repeat(' ', %d)),
	letters => q(repeat('a', %d)),
	digits => q(repeat('1', %d)),
	dashes => q(repeat('-', %d)),
	colons => q(repeat(':', %d)),
	backslashes => q(repeat(E'\\\\', %d)),
	percents => q(repeat('%%', %d)),
	'percents and underscores' => q(repeat('%%_', %d / 2)),
	'letters and percents' => q(repeat('A%%', %d / 2)),
	'characters of three bytes' => q(repeat(chr(8364), %d / 3)),
	language => q(repeat('en-', %d / 3)),
	'a number of a provider' => q('syncfy:' || repeat('0', %d - 7)),
	'a word of a provider' => q('basiq:' || repeat('x', %d - 6)),
	'a blank code' => q('basiq:' || repeat(' ', %d - 7) || 'x'),
	'a code and blanks' => q('syncfy:401' || repeat(' ', %d - 10)),
	'a variant' => q('acme:some-code/' || repeat('x', %d - 15)));
my @text_calls = calls_with('text', 'character varying', 'character', 'cstring');
cmp_ok(scalar @text_calls, '>', 60, 'calls with a large text');
my @inputs = $long ? sort keys %texts : 'a code and blanks';
my @incomplete;
@ends = ();
for my $input (@inputs)
{
	my $value = sprintf $texts{$input}, $bytes;
	run(timed($input, "v text := $value; w varchar := v; b bpchar := v;", @text_calls));
	my ($called) = run("SELECT count(*) FROM faults.calls WHERE input = '$input'");
	push @incomplete, $input if $called != @text_calls;
	my @slow = run("SELECT call FROM faults.calls WHERE input = '$input' AND cpu >= $timeout ORDER BY cpu DESC");
	for my $call (@slow)
	{
		my ($variable) = $call =~ /\b([bw])\b/;
		my $columns = $call =~ s/v::cstring/v/g ? "($value)::cstring AS v" : "$value AS v" . ($variable ? ", $value AS $variable" : '');
		push @ends, run_limited(limited_call($call, $input, $columns));
	}
	my ($most) = sort { $b <=> $a } map { $_->[1] } @ends;
	diag("texts: $input; " . @ends . " calls took longer than the timeout, with the timeout at most $most ms");
}
is(join(', ', @incomplete), '', 'all functions were called with each text: there was memory enough');
check_ends('calls with texts that took longer than the timeout', @ends);
diag("$ended statements were cancelled; the longest used $worst ms of the processor: $worst_name");
is(join("\n", run("SELECT DISTINCT call, state FROM faults.calls WHERE state NOT IN ('@{[ join q(','), keys %allowed ]}')")),
	'', 'no call raised another error than that of bad input');

done_testing();
