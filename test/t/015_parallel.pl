# Parallel workers use their leader's snapshot, uncommitted rows of its transaction included. Workers read every row, and
# the plan shows that there were some.
use strict;
use warnings;

use JSON::PP;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', <<'END');
autovacuum = off
max_worker_processes = 16
max_parallel_workers = 16
max_parallel_workers_per_gather = 2
parallel_leader_participation = off
parallel_setup_cost = 0
parallel_tuple_cost = 0
min_parallel_table_scan_size = 0
jit = off
END
$node->start;
$node->safe_psql('postgres', <<'SQL');
CREATE EXTENSION provider_codes;
CREATE TABLE jobs (status status_code NOT NULL);
INSERT INTO jobs SELECT status_code('acme', i % 100) FROM generate_series(1, 20000) AS i;
ANALYZE jobs;
SQL

my %session = map { $_ => $node->background_psql('postgres') } qw(first second);

sub in_session
{
	my ($name, $sql) = @_;
	return $session{$name}->query_safe($sql);
}

# The functions below one Gather node, beside the row that a join finds there.
my $compare = <<'SQL';
SELECT coalesce(code_description(status), 'none') AS said, coalesce(o.description, 'none') AS written, is_known_code(status) AS known,
	count(*) AS times
FROM jobs LEFT JOIN status_code_overrides AS o USING (status)
GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
SQL
chomp $compare;

sub check_description
{
	my ($name, $expected, $test) = @_;
	local $Test::Builder::Level = $Test::Builder::Level + 1;

	is(in_session($name, $compare), $expected, $test);
	my $plan = decode_json(in_session($name, "EXPLAIN (ANALYZE, VERBOSE, FORMAT JSON) $compare"));
	my ($launched, $below) = (0, 0);
	my @nodes = [ $plan->[0]{Plan}, 0 ];
	while (my $next = shift @nodes)
	{
		my ($part, $in_worker) = @$next;
		$launched += $part->{'Workers Launched'} || 0;
		$below = 1 if $in_worker && grep { /code_description/ } @{ $part->{Output} };
		$in_worker ||= $part->{'Node Type'} =~ /^Gather/;
		push @nodes, map { [ $_, $in_worker ] } @{ $part->{Plans} || [] };
	}
	ok($launched > 0 && $below, "... $launched workers found it");
	return;
}

check_description('first', 'none|none|f|20000', 'no row');
in_session('first', "INSERT INTO status_code_overrides (status, description) VALUES ('acme:1', 'one')");
check_description('first', "none|none|f|19800\none|one|t|200", 'committed row');
in_session('first', "BEGIN; INSERT INTO status_code_overrides (status, description) VALUES ('acme:2', 'own')");
check_description('first', "none|none|f|19600\none|one|t|200\nown|own|t|200", 'own uncommitted row');
check_description('second', "none|none|f|19800\none|one|t|200", '... which others do not see');
in_session('first', "SAVEPOINT s; UPDATE status_code_overrides SET description = 'both'");
check_description('first', "both|both|t|400\nnone|none|f|19600", 'within a savepoint');
in_session('first', 'ROLLBACK TO s');
check_description('first', "none|none|f|19600\none|one|t|200\nown|own|t|200", '... rolled back');
in_session('first', 'SAVEPOINT s; TRUNCATE status_code_overrides');
check_description('first', 'none|none|f|20000', 'own TRUNCATE');
in_session('first', 'ROLLBACK TO s');
check_description('first', "none|none|f|19600\none|one|t|200\nown|own|t|200", '... rolled back');
in_session('first', 'COMMIT');
in_session('first', 'BEGIN ISOLATION LEVEL REPEATABLE READ');
check_description('first', "none|none|f|19600\none|one|t|200\nown|own|t|200", 'REPEATABLE READ');
in_session('second', "UPDATE status_code_overrides SET description = 'later'");
check_description('first', "none|none|f|19600\none|one|t|200\nown|own|t|200", "... after another transaction's change");
in_session('first', 'COMMIT');
check_description('first', "later|later|t|400\nnone|none|f|19600", '... and in the next transaction');

# An error ends a worker, and a subtransaction of the leader.
in_session('first', <<'SQL');
CREATE FUNCTION where_it_fails(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	place text;
BEGIN
	EXECUTE query;
	RETURN 'nowhere';
EXCEPTION WHEN division_by_zero THEN
	GET STACKED DIAGNOSTICS place = PG_EXCEPTION_CONTEXT;
	RETURN substring(place, 'parallel worker');
END $$;
BEGIN;
UPDATE status_code_overrides SET description = 'own'
SQL
is(in_session('first', "SELECT where_it_fails('SELECT max(1 / CASE code_description(status) WHEN ''own'' THEN 0 ELSE 1 END) FROM jobs')"),
	'parallel worker', 'an error in a worker');
check_description('first', "none|none|f|19600\nown|own|t|400", '... and the statement after it');
in_session('first', 'ROLLBACK');

# Reads by workers take predicate locks, too.
in_session('first', <<'SQL');
BEGIN ISOLATION LEVEL SERIALIZABLE;
SELECT count(code_description(status)) FROM jobs
SQL
is( in_session('second', <<'SQL'), 1, 'SERIALIZABLE transaction whose workers read the table holds a predicate lock on it');
SELECT count(*) FROM pg_locks
WHERE mode = 'SIReadLock' AND locktype = 'relation' AND relation = 'status_code_overrides'::regclass
SQL
in_session('first', 'COMMIT');

$_->quit for values %session;
$node->stop;
done_testing();
