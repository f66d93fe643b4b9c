# The recipes of README.md, as they stand there: what payloads give, a job runner with many workers, and a table that
# takes no late reports.
use strict;
use warnings;

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
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
# Payloads
#
my ($provider, $rows);
for my $line (split /\n/, section("## What a provider sends\n"))
{
	my ($cell, undef, $payload, $answer) = $line =~ /^\| (.*?) ?\| (.*?) \| (.*?) \| (.*?) \|$/ or next;
	next if $cell eq 'provider';
	($provider) = $cell =~ /^`(\w+)`$/ if $cell ne '';
	($payload, $answer) = map { /^`(.*)`$/ ? $1 : $_ eq 'NULL' ? '' : die "no example: $line" } $payload, $answer;
	is($node->safe_psql('postgres', "SELECT status_code_from_json('$provider', \$payload\$$payload\$payload\$)"), $answer, $payload);
	$rows++;
}
is($rows, 22, 'so many payloads');
my ($jobs_table) = blocks_below("## What a provider sends\n");
$node->safe_psql('postgres', $jobs_table);
is( $node->safe_psql('postgres', q(INSERT INTO basiq_jobs VALUES ('1', '{"steps": [{"status": "pending"}]}') RETURNING status)),
	'basiq:pending',
	'a generated column holds the answer');

#
# A job runner
#
my $jobs = 400;
my ($table, $worker) = blocks_below("### A job runner\n");
$node->safe_psql('postgres', $table);

# What a job's work gives: a third of them succeeds, a third fails twice and then succeeds, a sixth needs its user, and
# a sixth never comes to an end.  The waits are made short, but for one code.
$node->safe_psql('postgres', <<SQL);
CREATE FUNCTION outcome(id bigint, attempt integer) RETURNS status_code LANGUAGE sql
AS \$\$
	SELECT CASE
		WHEN id % 6 < 2 OR id % 6 < 4 AND attempt > 2 THEN 'syncfy:200'
		WHEN id % 6 < 4 THEN 'syncfy:500'
		WHEN id % 6 = 4 THEN 'syncfy:401'
		ELSE 'basiq:internal-server-error' END::status_code
\$\$;
INSERT INTO status_code_overrides (status, retry_after)
	VALUES ('syncfy:500', '1 microsecond'), ('basiq:internal-server-error', '1 microsecond');
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
# The demo: it fails where it says that it does, and nowhere else
#
$node->safe_psql('postgres', 'CREATE DATABASE demo');
$node->safe_psql('demo', 'CREATE EXTENSION provider_codes');
my ($status, $out, $err) = $node->psql('demo', "\\i examples/demo.sql\n", on_error_stop => 1);
is($status, 0, 'the demo ends');
like($err, qr/\A[^\n]*violates check constraint "strict_jobs_status_check"\n[^\n]*\Z/, 'with the one error that it shows');
like($out, qr/^ *6 *\| *eli, checking *\| *syncfy:501 *\| *1 *\| *00:15:00 /m, 'it shows what to retry');

$node->stop;
done_testing();
