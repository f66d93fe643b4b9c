# postgres_fdw: queries over a foreign table give what they give over a local one, whether the server's option "extensions" lets
# the extension's functions and operators be sent to the other server or not; and what is sent is what the documentation says.
use strict;
use warnings;

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init(extra => [ '--encoding=UTF8', '--no-locale' ]);
$node->append_conf('postgresql.conf', "autovacuum = off\njit = off");
$node->start;

my $table = <<'END';
CREATE EXTENSION provider_codes;
CREATE TABLE jobs (id integer PRIMARY KEY, status status_code, category status_category, action status_action, code text, history status_code[]);
INSERT INTO jobs
SELECT i, s, builtin_code_category(s), builtin_code_action(s), s, ARRAY[s, NULL, 'acme:1']
FROM (SELECT row_number() OVER (ORDER BY s)::integer, s FROM (
	SELECT status::status_code FROM status_codes UNION SELECT status_code('syncfy', i) FROM generate_series(0, 999, 7) AS i
	UNION SELECT status_code('acme', i) FROM generate_series(1, 200) AS i) AS c (s)) AS c (i, s);
INSERT INTO jobs VALUES (0, NULL, NULL, NULL, NULL, NULL);
CREATE INDEX ON jobs (status);
ANALYZE jobs;
END
$node->safe_psql('postgres', 'CREATE DATABASE remote');
$node->safe_psql('remote', $table);
$node->safe_psql('postgres', $table);

# Two schemas with a foreign table each, and one with the local.
my $columns = 'id integer, status status_code, category status_category, action status_action, code text, history status_code[]';
for my $case ([ 'shipped', q(, extensions 'provider_codes') ], [ 'plain', '' ])
{
	my ($name, $options) = @$case;
	$node->safe_psql('postgres', <<"END");
CREATE EXTENSION IF NOT EXISTS postgres_fdw;
CREATE SERVER $name FOREIGN DATA WRAPPER postgres_fdw
	OPTIONS (host '@{[ $node->host ]}', port '@{[ $node->port ]}', dbname 'remote', use_remote_estimate 'false'$options);
CREATE USER MAPPING FOR CURRENT_USER SERVER $name;
CREATE SCHEMA $name;
CREATE FOREIGN TABLE $name.jobs ($columns) SERVER $name OPTIONS (schema_name 'public', table_name 'jobs');
ANALYZE $name.jobs;
END
}

my $session = $node->background_psql('postgres', on_error_stop => 0);

# A join is sent if that seems to cost less than one here.
$session->query_safe("SET enable_$_ = off") for qw(hashjoin mergejoin nestloop);

sub ask
{
	my ($schema, $sql) = @_;
	$session->query_safe("SET search_path = $schema, public");
	my $answer = $session->query($sql);
	$answer .= "\n$session->{stderr}" if $session->{stderr};
	$session->{stderr} = '';
	return $answer;
}

# What is sent to the other server, of a plan.
sub remote_sql
{
	my ($schema, $sql) = @_;
	return join ' | ', ask($schema, "EXPLAIN (VERBOSE, COSTS off) $sql") =~ /Remote SQL: (.*)/g;
}

# A query, and what of it is sent with the option, or undef. Without the option no condition, group or aggregate is.
my @queries = (
	[ q(SELECT id FROM jobs WHERE status = 'syncfy:401' ORDER BY id), qr/status OPERATOR\(public.=\) 'syncfy:401'/ ],
	[ q(SELECT id FROM jobs WHERE status = 'syncfy:401'::text ORDER BY id), qr/status OPERATOR\(public.=\) 'syncfy:401'/ ],
	[   q(SELECT id FROM jobs WHERE status > 'syncfy:401' AND status < 'syncfy:430' ORDER BY id),
		qr/status OPERATOR\(public.>\) 'syncfy:401'.*status OPERATOR\(public.<\)/ ],
	[ q(SELECT id FROM jobs WHERE category = 'auth' ORDER BY id), qr/category OPERATOR\(public.=\) 'auth'/ ],
	[ q(SELECT id FROM jobs WHERE status = code ORDER BY id), qr/status OPERATOR\(public.=\) code/ ],
	[ q(SELECT id FROM jobs WHERE builtin_is_retryable(status) ORDER BY id), qr/WHERE.*builtin_is_retryable/ ],
	[ q(SELECT id FROM jobs WHERE builtin_in_category(status, 'auth') ORDER BY id), qr/WHERE.*builtin_in_category/ ],
	[ q(SELECT id, code_base(status) FROM jobs WHERE code_base(status) = 'basiq:access-denied' ORDER BY id), qr/WHERE.*code_base/ ],
	[ q(SELECT status, count(*) FROM jobs GROUP BY status ORDER BY status), qr/count\(\*\).*GROUP BY/ ],
	[ q(SELECT builtin_code_category(status) AS c, count(*) FROM jobs GROUP BY c ORDER BY c), qr/builtin_code_category.*GROUP BY/ ],
	[ q(SELECT min(status), max(status) FROM jobs), qr/min\(status\)/ ],
	[ q(SELECT builtin_worst_status(status) FROM jobs), qr/builtin_worst_status/ ],
	[ q(SELECT status FROM jobs ORDER BY status DESC NULLS LAST LIMIT 20), qr/ORDER BY status DESC/ ],
	[ q(SELECT count(*) FROM jobs AS a JOIN jobs AS b USING (status)), qr/INNER JOIN.*status OPERATOR\(public.=\)/ ],

	# postgres_fdw sends no constant of an array type, which belongs to no extension, and no function whose collation is that of a
	# constant.
	[ q(SELECT id FROM jobs WHERE status = ANY ('{syncfy:401,basiq:access-denied,acme:7}') ORDER BY id), undef ],
	[ q(SELECT id FROM jobs WHERE history @> ARRAY['syncfy:401'::status_code] ORDER BY id), undef ],
	[ q(SELECT id FROM jobs WHERE status LIKE 'basiq:inv%' ORDER BY id), undef ],
	[ q(SELECT id FROM jobs WHERE from_provider(status, 'basiq') ORDER BY id), undef ],

	# What consults the overrides is evaluated here, except for the aggregate: see below.
	[ q(SELECT id FROM jobs WHERE is_retryable(status) ORDER BY id), undef ],
	[ q(SELECT id FROM jobs WHERE code_category(status) = 'auth' ORDER BY id), undef ],
	[ q(SELECT code_category(status) AS c, count(*) FROM jobs GROUP BY c ORDER BY c), undef ],
	[ q(SELECT id FROM jobs WHERE in_category(status, 'auth') ORDER BY id), undef ],
	[ q(SELECT id FROM jobs WHERE status = ANY (codes_where('is_retryable')) ORDER BY id), undef ]);
my $parts = qr/WHERE|GROUP BY|(?:min|worst_status)\(|OPERATOR|ORDER BY status/;
my $sent = 0;
for my $query (@queries)
{
	my ($sql, $expected) = @$query;
	my $local = ask('public', $sql);
	for my $schema (qw(shipped plain))
	{
		is(ask($schema, $sql), $local, "$schema: $sql");
	}
	my $remote = remote_sql('shipped', $sql);
	if ($expected)
	{
		like($remote, $expected, '... is sent');
		$sent++ if $remote =~ $expected;
	}
	else
	{
		unlike($remote, $parts, '... is evaluated here');
	}
	unlike(remote_sql('plain', $sql), $parts, '... and so it is without the option');
}
diag("$sent of " . @queries . ' queries are sent with the option');

# Overrides belong to a database. What consults them asks those here; worst_status(), which is sent, those there.
$node->safe_psql('postgres', q(INSERT INTO status_code_overrides (status, retryable, category, action) VALUES ('acme:1', true, 'auth', 'stop')));
for my $sql (
	q(SELECT id FROM jobs WHERE is_retryable(status) ORDER BY id),
	q(SELECT code_category(status) AS c, count(*) FROM jobs GROUP BY c ORDER BY c),
	q(SELECT status, is_retryable(status), retry_delay(status, 2), code_name(status) FROM jobs ORDER BY id))
{
	is(ask($_, $sql), ask('public', $sql), "$_, with an override here: $sql") for qw(shipped plain);
}
my $worst = q(SELECT worst_status(status) FROM jobs WHERE status = 'acme:1' OR status = 'syncfy:200');
like(remote_sql('shipped', $worst), qr/worst_status/, 'worst_status() is sent with the option');
unlike(remote_sql('plain', $worst), qr/worst_status/, '... and not without');
is(ask('public', $worst), 'acme:1', 'worst_status() with an override here');
is(ask('plain', $worst), 'acme:1', '... without the option: the same');
$node->safe_psql('remote',
	q(INSERT INTO status_code_overrides (status, retryable, category, action) VALUES ('syncfy:200', false, 'server', 'stop'), ('acme:1', false, 'success', 'none')));
is(ask('shipped', $worst), 'syncfy:200', '... with it: by the overrides there');
isnt(ask('shipped', 'SELECT provider_codes_checksum()'), $node->safe_psql('remote', 'SELECT provider_codes_checksum()'),
	'... which the checksums tell');
$node->safe_psql($_, 'TRUNCATE status_code_overrides') for qw(postgres remote);

# Changes, which go to the other server row by row or as one statement.
$node->safe_psql($_, 'CREATE TABLE kept AS TABLE jobs') for qw(postgres remote);
for my $schema (qw(shipped plain))
{
	$node->safe_psql($_, 'TRUNCATE jobs; INSERT INTO jobs TABLE kept') for qw(postgres remote);
	my @changes = (
		q(INSERT INTO jobs (id, status, category, action, history) SELECT 10000 + i, status_code('acme', i), 'auth', 'wait', ARRAY[status_code('acme', i)]
			FROM generate_series(1, 50) AS i),
		q(UPDATE jobs SET status = 'basiq:access-denied', category = 'server' WHERE status = 'acme:7'),
		q(UPDATE jobs SET history = history || status WHERE is_terminal(status)),
		q(DELETE FROM jobs WHERE status LIKE 'acme:4%' AND id > 10000),
		q(DELETE FROM jobs WHERE builtin_in_category(status, 'rate_limit')));
	for my $change (@changes)
	{
		is(ask($_, $change), '', "$_: $change") for 'public', $schema;
	}
	my $contents = 'SELECT md5(string_agg(j::text, chr(10) ORDER BY id)), count(*) FROM jobs AS j';
	is(ask($schema, $contents), ask('public', $contents), "$schema: the same contents after all changes");
	like(ask($schema, q(INSERT INTO jobs (id, status) VALUES (1, 'x:1'))), qr/duplicate key/, 'an error of the other server');
}

# What is planted is found: a row that the two do not share.
$node->safe_psql('remote', q(DELETE FROM jobs WHERE status = 'syncfy:401'));
isnt(ask('shipped', $queries[0][0]), ask('public', $queries[0][0]), 'a planted difference is found');

$session->quit;
$node->stop;
done_testing();
