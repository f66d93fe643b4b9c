# The recipes of README.md, as they stand there: what payloads give, a job runner with many workers, and a table that
# takes no late reports.
use strict;
use warnings;

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init(extra => [ '--encoding=UTF8', '--locale=C' ]);
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION provider_codes');

# What stands below a heading (or a paragraph's first words) of README.md, up to the next heading.
sub section
{
	my ($heading) = @_;
	my ($section) = slurp_file('README.md') =~ /^\Q$heading\E(.*?)(?=^#|^\*\*(?!\Q$heading\E)|\z)/ms
	  or die "README.md has no \"$heading\"";
	return $section;
}

# The SQL there: one text for each block.
sub blocks_below
{
	return section(@_) =~ /^```sql\n(.*?)^```/msg;
}

#
# What README.md shows below a query is what psql shows, but for the line that counts the rows and a plan's heading.
#
my $readme = slurp_file('README.md');
my $shown = 0;
my @aligned = map { ('-P', $_) } qw(format=aligned tuples_only=off footer=off);
$node->safe_psql('postgres', 'CREATE DATABASE shown');
while ($readme =~ /^```sql\n(.*?)^```\n(?:\n```\n(.*?)^```)?/msg)
{
	my ($query, $expected) = ($1, $2);
	if ($query =~ /^CREATE INDEX ON sync_jobs/)
	{
		# a large table in which most jobs succeeded
		$node->safe_psql('shown', "$query INSERT INTO sync_jobs (id, connection, status)
			SELECT n, 'x', CASE WHEN n < 99000 THEN 'syncfy:200' WHEN n < 99500 THEN 'syncfy:501' ELSE 'basiq:mfa-timeout' END::text::status_code
			FROM generate_series(10, 100000) AS n");
		$node->safe_psql('shown', 'VACUUM ANALYZE sync_jobs');
		next;
	}
	next if !defined $expected || $query =~ /find_status_codes/; # which its own test compares
	$node->psql('shown', $query, stdout => \my $got, extra_params => \@aligned);
	$got =~ s/\A[^\n]*\n[^\n]*\n// if $query =~ /^EXPLAIN/m;
	$got =~ s/\n*\z/\n/;
	is($got, $expected, 'README shows: ' . ($query =~ /^((?:EXPLAIN|SELECT).*)$/m)[0]);
	$shown++;
}
is($shown, 7, 'so many answers');

# Removal keeps the data, once what calls the functions is gone.
my ($removal_steps) = blocks_below("### Remove it\n");
my ($refused, undef, $reason) = $node->psql('shown', $removal_steps, on_error_stop => 1);
isnt($refused, 0, 'an index calls a function');
like($reason, qr/function builtin_is_error\(text\) does not exist/, 'and the error is the one that README names');
$node->safe_psql('shown', 'DROP INDEX sync_jobs_errors');
$node->safe_psql('shown', $removal_steps);
is($node->safe_psql('shown', "SELECT pg_typeof(status), status FROM sync_jobs WHERE id = 1; SELECT count(*) FROM pg_extension WHERE extname = 'provider_codes'"),
	"text|syncfy:501\n0", 'the data is there as text, without the extension');
$node->safe_psql('shown', 'CREATE EXTENSION provider_codes; ALTER TABLE sync_jobs ALTER status TYPE status_code');
($refused) = $node->psql('shown', 'DROP EXTENSION provider_codes');
isnt($refused, 0, 'without CASCADE nothing is dropped');
$node->safe_psql('shown', 'DROP EXTENSION provider_codes CASCADE');
is($node->safe_psql('shown', "SELECT count(*) FROM information_schema.columns WHERE table_name = 'sync_jobs' AND column_name = 'status'"), 0, 'with it, the column is');

# A schema of its own
$node->safe_psql('postgres', 'CREATE DATABASE app');
my ($own_schema) = blocks_below("## A schema of its own\n");
$node->safe_psql('app', $own_schema);
is($node->safe_psql('app', "SELECT 'syncfy:401'::status_code = 'syncfy:401'"), 't', 'the schema is in the search_path');
($refused, undef, $reason) = $node->psql('app', "SET search_path = public; SELECT 'syncfy:401'::codes.status_code = 'syncfy:401'");
like($reason, qr/operator does not exist: codes\.status_code = unknown/, 'without it, no operator is found');

# The counts of the catalog
my %counted = (
	"# provider_codes\n" => [ '**Providers.**', <<'SQL' ],
SELECT format('| `%s` | %s | %s | %s |', provider, count(*) FILTER (WHERE variant IS NULL AND source = 'document'),
	count(*) FILTER (WHERE variant IS NULL AND source = 'vendor'), count(*) FILTER (WHERE variant IS NOT NULL))
FROM status_codes GROUP BY provider ORDER BY provider COLLATE "C"
SQL
	"## Views and dashboard\n" => [ "## Views and dashboard\n", <<'SQL' ]);
SELECT format('| `%s` | %s |', document, count(*)) FROM status_code_documents GROUP BY document ORDER BY document COLLATE "C"
SQL
for my $heading (sort keys %counted)
{
	my ($paragraph, $query) = @{ $counted{$heading} };
	is(join("\n", section($paragraph) =~ /^(\| `[a-z0-9-]+` \|(?: [0-9]+ \|)+)$/mg), $node->safe_psql('postgres', $query), "the counts below $paragraph");
}

#
# Payloads
#
my ($provider, $rows);
for my $line (split /\n/, section("## Payloads\n"))
{
	my ($cell, undef, $payload, $answer) = $line =~ /^\| (.*?) ?\| (.*?) \| (.*?) \| (.*?) \|$/ or next;
	next if $cell eq 'provider';
	($provider) = $cell =~ /^`(\w+)`$/ if $cell ne '';
	($payload, $answer) = map { /^`(.*)`$/ ? $1 : $_ eq 'NULL' ? '' : die "no example: $line" } $payload, $answer;
	is($node->safe_psql('postgres', "SELECT status_code_from_json('$provider', \$payload\$$payload\$payload\$)"), $answer, $payload);
	$rows++;
}
is($rows, 86, 'so many payloads');
my ($jobs_table) = blocks_below("## Payloads\n");
$node->safe_psql('postgres', $jobs_table);
is( $node->safe_psql('postgres', q(INSERT INTO basiq_jobs VALUES ('1', '{"steps": [{"status": "pending"}]}') RETURNING status)),
	'basiq:pending',
	'a generated column holds the answer');

#
# An existing table: the report, the conversion, and back
#
my ($report, $convert, $back, $numbers) = blocks_below("## From an existing table\n");
my $dirty = <<'SQL';
DROP TABLE IF EXISTS old_jobs;
CREATE TABLE old_jobs (id integer PRIMARY KEY, provider text, status text);
INSERT INTO old_jobs VALUES
	(1, 'syncfy', '401'), (2, 'Syncfy ', ' 0401'), (3, 'syncfy', 'Locked'), (4, 'basiq', 'INVALID_CREDENTIALS'),
	(5, 'basiq', 'invalid-credentials/locked-account'), (6, 'http', '404 Not Found'), (7, 'syncfy', '401.0'),
	(8, 'syncfy', NULL), (9, 'syncfy', '450'), (10, 'basiq', 'some-new-code'), (11, 'acme', 'boom'),
	(12, 'syncfy', ''), (13, 'syncfy', '-'), (14, 'basiq', 'N/A'), (15, 'syncfy', 'Lockd'), (16, 'syncfy', '-'),
	(17, 'basiq', 'maintenence'), (18, 'syncfy', 'Pending');
SQL
$node->safe_psql('postgres', $dirty);
is($node->safe_psql('postgres', $report), <<'TEXT' =~ s/\n\z//r, 'the report');
syncfy|-|||2
basiq|N/A|||1
syncfy||||1
syncfy|Lockd||syncfy:405|1
syncfy|Pending||syncfy:201|1
acme|boom|acme:boom||1
basiq|maintenence|basiq:maintenence|basiq:maintenance|1
basiq|some-new-code|basiq:some-new-code||1
syncfy|450|syncfy:450||1
TEXT
my ($failed, undef, $message) = $node->psql('postgres', $convert);
isnt($failed, 0, 'what is no code stops the conversion');
like($message, qr/invalid input syntax for type status_code: "syncfy:"/, 'and is named');
is($node->safe_psql('postgres', 'SELECT count(*) FROM old_jobs WHERE status IS NOT NULL'), 17, 'nothing is lost');
my ($correction) = section("## From an existing table\n") =~ /`(UPDATE old_jobs .*?)`/s or die 'no correction';
$node->safe_psql('postgres', $correction);
$node->safe_psql('postgres', "UPDATE old_jobs SET status = CASE id WHEN 17 THEN 'maintenance' WHEN 18 THEN '201' ELSE 'Locked' END WHERE id IN (15, 17, 18)");
is($node->safe_psql('postgres', $report), <<'TEXT' =~ s/\n\z//r, 'what is left are codes that nobody knows');
acme|boom|acme:boom||1
basiq|some-new-code|basiq:some-new-code||1
syncfy|450|syncfy:450||1
TEXT
$node->safe_psql('postgres', $convert);
my $codes = $node->safe_psql('postgres', 'SELECT id, status FROM old_jobs ORDER BY id');
is($codes, <<'TEXT' =~ s/\n\z//r, 'converted');
1|syncfy:401
2|syncfy:401
3|syncfy:405
4|basiq:invalid-credentials
5|basiq:invalid-credentials/locked-account
6|http:404
7|syncfy:401
8|
9|syncfy:450
10|basiq:some-new-code
11|acme:boom
12|
13|
14|
15|syncfy:405
16|
17|basiq:maintenance
18|syncfy:201
TEXT
$node->safe_psql('postgres', $back);
is($node->safe_psql('postgres', "SELECT pg_typeof(status), status FROM old_jobs WHERE id IN (2, 5, 8) ORDER BY id"),
	"text|401\ntext|invalid-credentials/locked-account\ntext|", 'and back');
$node->safe_psql('postgres', $convert);
is($node->safe_psql('postgres', 'SELECT id, status FROM old_jobs ORDER BY id'), $codes, 'and once more');
my ($generated) = section("## From an existing table\n") =~ /`(code status_code GENERATED .*?)`/s or die 'no generated column';
is($node->safe_psql('postgres', "$dirty ALTER TABLE old_jobs ADD $generated; SELECT count(code) FROM old_jobs"), 8, 'a generated column takes any data');

# the table of what matches
my $matched;
for my $line (split /\n/, section("## From an existing table\n"))
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

# integers
my ($number_report, $number_convert, $number_back) = split /;\n\n/, $numbers;
$node->safe_psql('postgres', 'CREATE TABLE number_jobs (status integer); INSERT INTO number_jobs VALUES (401), (450), (NULL), (-1), (-1), (99999)');
is($node->safe_psql('postgres', $number_report), '-1|2', 'the report of numbers');
$node->safe_psql('postgres', "UPDATE number_jobs SET status = NULL WHERE status < 0; $number_convert");
is($node->safe_psql('postgres', "SELECT status FROM number_jobs WHERE status IS NOT NULL ORDER BY 1"), "syncfy:401\nsyncfy:450\nsyncfy:99999", 'converted');
is($node->safe_psql('postgres', "$number_back; SELECT sum(status), count(*) FROM number_jobs"), '100850|6', 'and back');

#
# The table of the first page: misspelled codes in it, and the dashboard's page
#
my ($first_table, $first_answer) = section("# provider_codes\n") =~ /^CREATE EXTENSION provider_codes;\n\n(.*?)^```\n.*?^```\n[^\n]*\n[^\n]*\n(.*?)^```\n/ms
  or die 'no first table';
is($node->safe_psql('postgres', $first_table), join("\n", map { join '|', map { s/^ +| +$//gr } split /\|/, $_, -1 } split /\n/, $first_answer), 'the first page');
my $first_rows = $node->safe_psql('postgres', 'SELECT count(*) FROM sync_jobs WHERE is_known_code(status)');
cmp_ok($first_rows, '>=', 3, 'of known codes');
$node->safe_psql('postgres', "INSERT INTO sync_jobs (id, connection, status) VALUES (104, 'dia', 'sincfy:401'), (105, 'eli', 'basiq:Invalid-Credentials'),
	(106, 'fay', 'syncfy:450'), (107, 'gus', 'sincfy:401'), (108, 'hal', 'plaid:ITEM_LOGIN_REQUIERD')");
my ($misspelled) = blocks_below("### Misspelled codes\n");
is($node->safe_psql('postgres', $misspelled),
	"sincfy:401|syncfy:401|2\nbasiq:Invalid-Credentials|basiq:invalid-credentials|1\nplaid:ITEM_LOGIN_REQUIERD|plaid:ITEM_LOGIN_REQUIRED|1\nsyncfy:450||1",
	'misspelled codes');
my ($dashboard) = blocks_below("## Views and dashboard\n");
my @dashboard = split /\n/, $node->safe_psql('postgres', $dashboard =~ s/;\s*\z/ ORDER BY 1/r);
is((grep { /^unknown\|/ } @dashboard)[0], 'unknown||5', 'jobs with unknown codes are there');
my $counted = 0;
$counted += (split /\|/)[-1] for @dashboard;
is($counted, $first_rows + 5, 'no job is lost');
$node->safe_psql('postgres', '\i examples/dashboard_views.sql');
is($node->safe_psql('postgres', 'SELECT sum(jobs) FROM dashboard_jobs_by_day'), $first_rows + 5, 'the pasted views read it');
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
my ($table, $worker) = blocks_below("### A job runner\n");
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
my ($take, $finish) = $worker =~ /^BEGIN;\n\n(SELECT .*?);\n\n(UPDATE .*?);\n\nCOMMIT;\n\z/s
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
my ($reset) = section("### A job runner\n") =~ /`attempt = (CASE .*?)`/s or die 'no reset of the attempts';
my ($spread) = section("### A job runner\n") =~ /`(clock_timestamp\(\) \+ .*?)`/s or die 'no spread';
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
my ($trigger) = blocks_below('**Out of order.**');
$node->safe_psql('postgres', "CREATE TABLE provider_jobs (id text PRIMARY KEY, status status_code, reports integer DEFAULT 1)");
$node->safe_psql('postgres', $trigger);
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
my ($status, $out, $err) = $node->psql('demo', "\\i examples/demo.sql\n\\echo echo=:ECHO stop=:ON_ERROR_STOP\n", on_error_stop => 1);
is($status, 0, 'the demo ends');
like($err, qr/\A[^\n]*violates check constraint "strict_jobs_status_check"\n[^\n]*\Z/, 'with the one error that it shows');
like($out, qr/^ *6 *\| *eli, checking *\| *syncfy:501 *\| *1 *\| *00:15:00 /m, 'it shows what to retry');
like($out, qr/^ *20 *\| *max, rent *\|.*\| *ach:R01 /m, 'and a code of a network that a provider passes on');
like($out, qr/^ *basiq:some-new-code *\| *- *\| *- *\| *- *\| *- *\| *1 *$/m, 'a code that nobody knows is on the dashboard');
like($out, qr/^echo=none stop=(1|on)$/m, 'and the settings of psql are what they were');
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
