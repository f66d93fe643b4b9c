# The recipes of README.md and doc/, beyond what 045_documentation.pl sees of them: what payloads give, the conversion of a
# table, a job runner with many workers, a table that takes no late reports, and the demo.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/../lib";
use Pages qw(page section sql_below);
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init(extra => [ '--encoding=UTF8', '--locale=C' ]);
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION provider_codes');

# What the documentation's test does not tell: with CASCADE, the columns go too.
$node->safe_psql('postgres', 'CREATE DATABASE dropped');
$node->safe_psql('dropped', "CREATE EXTENSION provider_codes; CREATE TABLE sync_jobs AS SELECT 1 AS id, 'syncfy:501'::status_code AS status");
my ($refused) = $node->psql('dropped', 'DROP EXTENSION provider_codes');
isnt($refused, 0, 'without CASCADE nothing is dropped');
$node->safe_psql('dropped', 'DROP EXTENSION provider_codes CASCADE');
is($node->safe_psql('dropped', "SELECT attname FROM pg_attribute WHERE attrelid = 'sync_jobs'::regclass AND attnum > 0 AND NOT attisdropped"),
	'id', 'with it, the column is');

# The counts of the catalog
my %counted = (
	'doc/meanings.md' => [ "## Providers\n", <<'SQL' ],
SELECT format('| `%s` | %s | %s | %s |', provider, count(*) FILTER (WHERE variant IS NULL AND source = 'document'),
	count(*) FILTER (WHERE variant IS NULL AND source = 'vendor'), count(*) FILTER (WHERE variant IS NOT NULL))
FROM status_codes GROUP BY provider ORDER BY provider COLLATE "C"
SQL
	'doc/dashboard.md' => [ "## The documents\n", <<'SQL' ]);
SELECT format('| `%s` | %s |', document, count(*)) FROM status_code_documents GROUP BY document ORDER BY document COLLATE "C"
SQL
for my $path (sort keys %counted)
{
	my ($heading, $query) = @{ $counted{$path} };
	is(join("\n", section($path, $heading) =~ /^(\| `[a-z0-9-]+` \|(?: [0-9]+ \|)+)$/mg), $node->safe_psql('postgres', $query), "the counts of $path");
}
my ($providers) = page('README.md') =~ /^(The catalog describes .*?)Codes of any/ms or die 'README.md names no providers';
is(join("\n", sort $providers =~ /`(\w+)`/g), $node->safe_psql('postgres', 'SELECT provider FROM status_code_sources ORDER BY provider COLLATE "C"'),
	'README names the providers of the catalog');

#
# Payloads
#
my ($provider, $rows);
for my $line (split /\n/, section('doc/payloads.md', "# Payloads\n"))
{
	my ($cell, undef, $payload, $answer) = $line =~ /^\| (.*?) ?\| (.*?) \| (.*?) \| (.*?) \|$/ or next;
	next if $cell eq 'provider';
	($provider) = $cell =~ /^`(\w+)`$/ if $cell ne '';
	($payload, $answer) = map { /^`(.*)`$/ ? $1 : $_ eq 'NULL' ? '' : die "no example: $line" } $payload, $answer;
	is($node->safe_psql('postgres', "SELECT status_code_from_json('$provider', \$payload\$$payload\$payload\$)"), $answer, $payload);
	$rows++;
}
is($rows, 95, 'so many payloads');

#
# An existing table: what is no code stops the conversion
#
my $migrating = 'doc/migrating.md';
my ($dirty) = sql_below($migrating, "## A table with dirty data\n");
my ($convert) = sql_below($migrating, '**3. Convert.**');
$node->safe_psql('postgres', $dirty);
my ($failed, undef, $message) = $node->psql('postgres', $convert, on_error_stop => 1);
isnt($failed, 0, 'what is no code stops the conversion');
like($message, qr/invalid input syntax for type status_code: "syncfy:"/, 'and is named');
is($node->safe_psql('postgres', 'SELECT count(*) FROM old_jobs WHERE status IS NOT NULL'), 26, 'nothing is lost');
($failed, undef, $message) =
  $node->psql('postgres', "CREATE TEMP TABLE old_jobs AS SELECT NULL::text AS provider, '401' AS status; $convert", on_error_stop => 1);
isnt($failed, 0, 'a code without a provider stops the conversion');
like($message, qr/invalid input syntax for type status_code: ":401"/, 'and is named');
my ($generated) = page($migrating) =~ /ADD (code status_code GENERATED .*?);/s or die 'no generated column';
is($node->safe_psql('postgres', "ALTER TABLE old_jobs ADD $generated; SELECT count(code) FROM old_jobs"), 9, 'a generated column takes any data');

# the table of what matches
my $matched;
for my $line (split /\n/, section($migrating, "# From an existing table\n"))
{
	my ($cell, $values, $answer) = $line =~ /^\| (`.*?`) ?\| (`.*?`.*?) \| (`.*?`|NULL) \|$/ or next;
	my ($provider) = $cell =~ /^`(\w+)`/;
	for my $value ($values =~ /`(.*?)`/g)
	{
		is($node->safe_psql('postgres', "SELECT coalesce(status_code_match('$provider', '$value')::text, 'NULL')"), $answer =~ s/`//gr, "$provider $value");
		$matched++;
	}
}
is($matched, 15, 'so many values');

#
# The table of the first page, and the dashboard's page
#
my ($first_table) = page('README.md') =~ /^CREATE EXTENSION provider_codes;\n\n(.*?;\n)/ms or die 'no first table';
$node->safe_psql('postgres', $first_table);
$node->safe_psql('postgres', '\i examples/dashboard_views.sql');
my ($columns) = slurp_file('examples/dashboard_views.sql') =~ /^--   (CREATE TABLE sync_jobs .*?\);\n)/ms or die 'the page does not state its table';
$columns =~ s/^-- ?//mg;
$node->safe_psql('postgres', "CREATE SCHEMA stated; SET search_path = stated, public; $columns");
my $shape = "SELECT attname, atttypid::regtype, attnotnull, atthasdef FROM pg_attribute WHERE attnum > 0 AND attrelid = '%s.sync_jobs'::regclass ORDER BY attnum";
is($node->safe_psql('postgres', sprintf $shape, 'stated'), $node->safe_psql('postgres', sprintf $shape, 'public'), 'the page states the same table');
my ($removal) = slurp_file('examples/dashboard_views.sql') =~ /^--   (DROP VIEW .*)$/m or die 'the page does not say how to remove it';
$node->safe_psql('postgres', $removal);
is($node->safe_psql('postgres', "SELECT relname FROM pg_class WHERE relname ~ '^dashboard'"), '', 'and can be removed');
$node->safe_psql('postgres', 'DROP TABLE sync_jobs CASCADE');
($failed) = $node->psql('postgres', '\i examples/dashboard_views.sql');
is($node->safe_psql('postgres', "SELECT relname FROM pg_class WHERE relname ~ '^dashboard'"), '', 'without the table, nothing is made');

#
# A job runner
#
my $jobs = 400;
my ($table, $statements) = sql_below('doc/jobs.md', "## A job runner\n");
$node->safe_psql('postgres', $table);

# What a job's work gives, at one of several providers: a third of them succeeds, a third fails twice and then succeeds, a
# sixth needs its user, and a sixth never comes to an end.  The waits are made short, but for one code.
$node->safe_psql('postgres', <<SQL);
CREATE TABLE results (kind text, n bigint, status status_code, PRIMARY KEY (kind, n));
INSERT INTO results
SELECT kind, n - 1, status
FROM (VALUES ('success', '{syncfy:200,plaid:HISTORICAL_UPDATE_COMPLETE,mx:CONNECTED,finicity:0,pluggy:SUCCESS}'::status_code[]),
	('trouble', '{syncfy:500,plaid:INSTITUTION_DOWN,mx:FAILED,finicity:102,belvo:institution_down}'),
	('user', '{syncfy:401,plaid:ITEM_LOGIN_REQUIRED,mx:CHALLENGED,finicity:103,belvo:login_error}'),
	('never', '{basiq:internal-server-error,saltedge:ProviderError/fetching,truelayer:provider_error,yodlee:TECH_ERROR,gocardless:ServiceError}'))
	AS v (kind, codes), unnest(codes) WITH ORDINALITY AS c (status, n);
CREATE FUNCTION outcome(id bigint, attempt integer) RETURNS status_code LANGUAGE sql
AS \$\$
	SELECT status FROM results
	WHERE n = id / 6 % 5 AND kind = CASE
		WHEN id % 6 < 2 OR id % 6 < 4 AND attempt > 2 THEN 'success'
		WHEN id % 6 < 4 THEN 'trouble'
		WHEN id % 6 = 4 THEN 'user'
		ELSE 'never' END
\$\$;
INSERT INTO status_code_overrides (status, retry_after) SELECT status, '1 microsecond' FROM results WHERE kind IN ('trouble', 'never');
CREATE TABLE run (id bigint, attempt integer, worker integer);
CREATE TABLE crash (id bigint);
INSERT INTO sync_queue (connection) SELECT 'connection ' || n FROM generate_series(1, $jobs) AS n;
-- not due, and never due
INSERT INTO sync_queue (connection, run_at) VALUES ('later', now() + interval '1 hour'), ('never', NULL);
SQL

# The worker of the recipe: what stands between its two statements is the work, of which the table run keeps a record
# in the same transaction. One time in ten the worker dies before the end.
my ($take, $finish) = $statements =~ /^PREPARE take AS\n(SELECT .*?);\n\nPREPARE finish [^\n]*\n(UPDATE .*?);\n\z/s
  or die 'the worker has another form';
$finish =~ s/\$1/:id/;
$finish =~ s/\$2/outcome(:id, :tried)/g;
my $script = $node->basedir . '/worker.sql';
append_to_file($script, <<SQL);
\\set dies random(1, 10)
BEGIN;
WITH taken AS ($take)
SELECT coalesce(min(id), 0) AS id, coalesce(min(attempt), 0) + 1 AS tried FROM taken \\gset
\\if :id > 0
INSERT INTO run VALUES (:id, :tried, :client_id);
\\sleep 1 ms
\\if :dies = 1
ROLLBACK;
INSERT INTO crash VALUES (:id);
\\else
$finish;
COMMIT;
\\endif
\\else
COMMIT;
\\endif
SQL
$node->command_ok(
	[   'pgbench', '--no-vacuum', '--client=8', '--jobs=2', '--transactions=300',
		'--file', $script, '--port', $node->port, '--host', $node->host, 'postgres' ],
	'8 workers');

is($node->safe_psql('postgres', 'SELECT count(*) FROM sync_queue WHERE run_at <= now()'), 0, 'nothing is left to do');
is( $node->safe_psql('postgres', 'SELECT id, attempt FROM run GROUP BY id, attempt HAVING count(*) > 1'),
	'',
	'no attempt was made twice');
is( $node->safe_psql(
		'postgres', <<SQL),
SELECT id, connection, status, attempt, run_at FROM sync_queue
WHERE connection LIKE 'connection %' AND (status, attempt, run_at) IS DISTINCT FROM
	(outcome(id, 10), CASE WHEN id % 6 IN (2, 3) THEN 3 WHEN id % 6 = 5 THEN 10 ELSE 1 END, NULL::timestamptz)
SQL
	'',
	'every job came to its end');
is( $node->safe_psql('postgres', 'SELECT id FROM sync_queue AS q WHERE attempt <> (SELECT count(*) FROM run WHERE id = q.id)'),
	'',
	'each attempt that counts was made');
cmp_ok($node->safe_psql('postgres', 'SELECT count(*) FROM crash'), '>', 50, 'workers died');
is($node->safe_psql('postgres', 'SELECT count(DISTINCT worker) FROM run'), 8, 'all workers worked');
is( $node->safe_psql(
		'postgres', "SELECT connection, status, attempt, run_at > now() FROM sync_queue WHERE connection IN ('later', 'never') ORDER BY 1"),
	"later||0|t\nnever||0|",
	'what is not due is let alone');

# A wait that the catalog names
$node->safe_psql('postgres', "INSERT INTO sync_queue (connection, status, attempt) VALUES ('slow', 'syncfy:501', 1)");
$node->safe_psql(
	'postgres', $finish =~ s/WHERE id = :id/WHERE connection = 'slow'/r =~ s/outcome\(:id, :tried\)/'syncfy:501'/gr);
is( $node->safe_psql(
		'postgres',
		"SELECT status, attempt, date_trunc('minute', run_at - now() + interval '5 seconds') FROM sync_queue WHERE connection = 'slow'"),
	'syncfy:501|2|00:30:00',
	'the second wait is twice the first');

# What the recipe suggests for jobs that run every day, and against many jobs that come due together
my ($reset) = section('doc/jobs.md', "## A job runner\n") =~ /`attempt = (CASE .*?)`/s or die 'no reset of the attempts';
my ($spread) = section('doc/jobs.md', "## A job runner\n") =~ /`(clock_timestamp\(\) \+ .*?)`/s or die 'no spread';
s/\$2/status/g for $reset, $spread;
is( $node->safe_psql('postgres', "SELECT status, $reset FROM (VALUES ('syncfy:200'::status_code, 3), ('syncfy:501', 3)) AS q (status, attempt)"),
	"syncfy:200|0\nsyncfy:501|4",
	'success resets the attempts');
is( $node->safe_psql(
		'postgres', "SELECT min(w) >= '30 min', max(w) < '33 min 10 s', count(DISTINCT w) > 900 FROM
		(SELECT $spread - statement_timestamp() FROM (SELECT 'syncfy:501'::status_code AS status, 1 AS attempt FROM generate_series(1, 1000)) AS q) AS s (w)"),
	't|t|t',
	'jobs that failed together are spread');

# A worker that is slow keeps no other one waiting: the next takes the next job.
$node->safe_psql('postgres', "INSERT INTO sync_queue (connection, run_at) VALUES ('first', now() - interval '2 hours'), ('second', now() - interval '1 hour')");
my $slow = $node->background_psql('postgres');
like($slow->query_safe("BEGIN; $take"), qr/\|first\|/, 'a worker takes the job that is due first');
like($node->safe_psql('postgres', "SET lock_timeout = '5s'; $take"), qr/\|second\|/, 'another one takes the next');
$slow->query_safe('ROLLBACK');
$slow->quit;
like($node->safe_psql('postgres', $take), qr/\|first\|/, 'and the first is free when its worker has died');

#
# Late reports
#
my ($trigger) = sql_below('doc/jobs.md', "### Reports out of order\n");
$node->safe_psql('postgres', "$trigger ALTER TABLE provider_jobs ADD reports integer DEFAULT 1");
my $seen = '';
for my $code (qw(100 101 102 101 410 102 200 102 501 200))
{
	$seen .= ' ' . $node->safe_psql('postgres', <<SQL);
INSERT INTO provider_jobs VALUES ('a', 'syncfy:$code')
ON CONFLICT (id) DO UPDATE SET status = EXCLUDED.status, reports = provider_jobs.reports + 1;
SELECT code_value(status) FROM provider_jobs;
SQL
}
is($seen, ' 100 101 102 102 410 102 200 200 200 200', 'a late report changes nothing');
is($node->safe_psql('postgres', 'SELECT reports FROM provider_jobs'), 7, 'nothing of it at all, and the last one is none: it repeats the end');

#
# The demo: it fails where it says that it does, and nowhere else; and it leaves nothing behind, in a database of one's own
#
$node->safe_psql('postgres', 'CREATE DATABASE demo');
$node->safe_psql('demo', <<'SQL');
CREATE EXTENSION provider_codes;
CREATE TABLE sync_jobs (mine integer);
CREATE TABLE strict_jobs (mine integer);
INSERT INTO status_code_overrides (status, name) VALUES ('acme:mine', 'Mine');
SQL
my $contents = <<'SQL';
SELECT string_agg(pg_describe_object(classid, objid, objsubid), E'\n' ORDER BY classid, objid, objsubid) FROM pg_depend;
SELECT * FROM status_code_overrides; SELECT * FROM sync_jobs; SELECT * FROM strict_jobs;
SQL
my $before = $node->safe_psql('demo', $contents);
my ($status, $out, $err) = $node->psql('demo', "\\set QUIET off\n\\i examples/demo.sql\n\\echo echo=:ECHO stop=:ON_ERROR_STOP quiet=:QUIET\n", on_error_stop => 1);
is($status, 0, 'the demo ends');
like($err, qr/\A[^\n]*violates check constraint "strict_jobs_status_check"\n[^\n]*\Z/, 'with the one error that it shows');
like($out, qr/^ *6 *\| *eli, checking *\| *syncfy:501 *\| *1 *\| *00:15:00 /m, 'it shows what to retry');
like($out, qr/^ *20 *\| *max, rent *\|.*\| *ach:R01 /m, 'and a code of a network that a provider passes on');
like($out, qr/^ *basiq:some-new-code *\| *- *\| *- *\| *- *\| *- *\| *1 *$/m, 'a code that nobody knows is on the dashboard');
like($out, qr/^echo=none stop=(1|on) quiet=off$/m, 'and the settings of psql are what they were');
is($node->safe_psql('demo', $contents), $before, 'nothing is left behind');

# demo.sh keeps the tables for its prompt.
$node->safe_psql('postgres', 'CREATE DATABASE kept');
$node->safe_psql('kept', 'CREATE EXTENSION provider_codes');
($status, undef, $err) = $node->psql('kept', "\\i examples/demo.sql\n", on_error_stop => 1, extra_params => [ '-v', 'keep=1' ]);
is($status, 0, 'the demo ends');
is( $node->safe_psql('kept', 'SELECT count(*) FROM sync_jobs; SELECT count(*) FROM strict_jobs; SELECT status FROM status_code_overrides'),
	"26\n2\nsyncfy:450",
	'and what it made is there');

$node->stop;
done_testing();
