#!/usr/bin/perl
#
# differential.pl: random queries over status codes, and the same over text with a lookup table.
#
# Usage: perl differential.pl QUERIES SEED [BATCHES [DIFFERENCES]]
#
# The server is the one that PGHOST and so on lead to, with the extension to be had; a database is made for the run. A batch has
# tables of its own and depends only on the seed and its number: with BATCHES, such as 3 or 40-79, only those run. The run ends
# after 5 differences, or DIFFERENCES. Ends with status 1 where results differ, a query fails, or plans hardly use what they
# should.

use strict;
use warnings;

use FindBin;
use lib $FindBin::Bin;

use File::Temp qw(tempdir);
use IO::Handle;
use Plans;
use Query;
use Session;
use World qw(pick chance);

use constant {
	DATABASE => 'provider_codes_differential',
	ROUNDS => 5,           # changes of overrides in a batch
	ROUND => 50,           # queries between two changes
};

STDOUT->autoflush(1);
my ($queries, $seed, $batches, $enough) = @ARGV;
die "usage: perl differential.pl QUERIES SEED [BATCHES [DIFFERENCES]]\n" unless $queries && defined $seed;
$batches = '0-' . int(($queries - 1) / (ROUNDS * ROUND)) if ($batches // '') eq '';
my ($first, $last) = $batches =~ /\A(\d+)(?:-(\d+))?\z/ or die "no batches: $batches\n";
$last //= $first;
$enough ||= 5;

# Settings that are drawn for a query. Those that the server lacks are left out.
my @PLAIN = qw(seqscan indexscan indexonlyscan bitmapscan sort incremental_sort hashagg hashjoin mergejoin nestloop material memoize
	partition_pruning parallel_hash parallel_append gathermerge tidscan);
my @RARE = (
	[ work_mem => '64kB' ], [ work_mem => '64MB' ], [ enable_partitionwise_join => 'on' ], [ enable_partitionwise_aggregate => 'on' ],
	[ join_collapse_limit => 1 ], [ from_collapse_limit => 1 ], [ geqo_threshold => 2 ], [ random_page_cost => 1 ],
	[ plan_cache_mode => 'force_generic_plan' ], [ plan_cache_mode => 'force_custom_plan' ], [ cursor_tuple_fraction => 1 ],
	[ constraint_exclusion => 'on' ], [ enable_presorted_aggregate => 'off' ], [ enable_group_by_reordering => 'off' ],
	[ enable_self_join_elimination => 'off' ], [ enable_distinct_reordering => 'off' ]);

my $directory = tempdir(CLEANUP => 1);
chmod 0755, $directory or die "$directory: $!\n";
{
	local $ENV{PGDATABASE} = 'postgres';
	my $first = Session->new('first', $directory, '');
	$first->run('DROP DATABASE IF EXISTS ' . DATABASE . ";\nDROP ROLE IF EXISTS differential_reader;\nCREATE DATABASE " . DATABASE . ";\n");
	$first->end;
}
local $ENV{PGDATABASE} = DATABASE;
# Long, because it also counts the time for which the machine has something else to do.
my $timeout = '-c statement_timeout=30min';
my $ours = Session->new('ours', $directory, "-c search_path=ours,public $timeout -c max_parallel_workers_per_gather=0 -c jit=off");
my $theirs = Session->new('theirs', $directory, "-c search_path=theirs,public $timeout -c max_parallel_workers_per_gather=0 -c jit=off");
$theirs->run(do { local (@ARGV, $/) = "$FindBin::Bin/setup.sql"; scalar <> });
my ($version, $has_jit, @names) = @{ $theirs->run('SHOW server_version_num; SET jit = on; SELECT pg_jit_available(); RESET jit; SELECT name FROM pg_settings;') };
my %has_setting = map { $_ => 1 } @names;
my $force_parallel = $has_setting{debug_parallel_query} ? 'debug_parallel_query' : 'force_parallel_mode';
my $catalog = $theirs->run('SELECT status::text FROM builtin_status_codes() AS status ORDER BY status::text COLLATE "C";');
my $plans = Plans->new($has_jit eq 't' ? () : 'JIT', $has_setting{enable_memoize} ? () : 'Memoize');

my ($number, @failed) = (0);
print "seed $seed, server $version, JIT ", ($has_jit eq 't' ? 'available' : 'not available'), "\n";
my $due = time + 8;
for my $batch ($first .. $last)
{
	srand($seed * 100_003 + $batch);
	$number = $batch * ROUNDS * ROUND;
	run_batch($batch);
	# Whoever waits is to see that it goes on.
	if (time >= $due)
	{
		print "  $number queries\n";
		$due = time + 8;
	}
	last if @failed >= $enough;
}
my ($lines, $rare) = $plans->report;
print map { "$_\n" } 'queries whose plans, or which, have', @$lines;
# A single batch need not have all of it.
my @rare = $first == $last ? () : @$rare;
print map { "TOO RARE: $_\n" } @rare;
printf "%d queries, %d differences%s (seed %d)\n", $number - $first * ROUNDS * ROUND, scalar @failed, (@failed ? ", the first in query $failed[0]" : ''), $seed;
$_->end for $ours, $theirs;
exit(@failed || @rare ? 1 : 0);

# ---- A batch ----

sub run_batch
{
	my ($batch) = @_;
	my $world = World->new($ours, $theirs, $catalog);
	my @kept;    # prepared in an earlier round
	for (1 .. ROUNDS)
	{
		$world->change_overrides;
		my $failed = @failed;
		my @tests = map { draw_test($world, ++$number) } 1 .. ROUND;
		push @tests, map { +{ %$_, kept => 1 } } @kept;
		run_round($batch, @tests);
		last if @failed >= $enough || $number >= $queries;
		# What shows a difference prepares all anew.
		@kept = () if @failed > $failed;
		push @kept, @failed > $failed ? () : grep { $_->{mode} eq 'prepared' && !$_->{kept} && chance(0.2) } @tests;
	}
	$ours->run("DEALLOCATE ALL;\n");
	return;
}

# A query with how it is run: its settings, as which role, and in which mode.
sub draw_test
{
	my ($world, $name) = @_;
	my $as_role = chance(0.25);
	my $query = Query->new($world, $as_role);
	my $mode = pick(qw(plain plain plain plain plain plain prepared prepared prepared), $query->{ordered} && !$query->{locks} ? 'cursor' : 'plain');
	return { number => $name, query => $query, as_role => $as_role, mode => $mode, settings => draw_settings(), world => $world };
}

sub draw_settings
{
	my @settings;
	my $share = pick(0, 0.1, 0.3, 0.5);
	# Mostly plans that read indexes in order.
	my %off = map { $_ => 1 } chance(0.4) ? (qw(seqscan sort hashagg), pick(qw(bitmapscan hashjoin nestloop mergejoin))) : ();
	# Or that search an index for each row of another table.
	$off{$_} = 1 for chance(0.1) ? qw(seqscan hashjoin mergejoin material) : ();
	push @settings, map { [ "enable_$_" => 'off' ] } grep { $off{$_} || chance($share) } @PLAIN;
	push @settings, grep { chance(0.04) } @RARE;
	push @settings, [ max_parallel_workers_per_gather => 2 ], (map { [ $_ => 0 ] } qw(parallel_setup_cost parallel_tuple_cost
		min_parallel_table_scan_size min_parallel_index_scan_size)), chance(0.3) ? [ parallel_leader_participation => 'off' ] : (),
	  chance(0.3) ? [ $force_parallel => pick('on', 'regress') ] : ()
	  if chance(0.1);
	push @settings, [ jit => 'on' ], [ jit_above_cost => 0 ], map { [ $_ => chance(0.2) ? 0 : -1 ] }
	  qw(jit_optimize_above_cost jit_inline_above_cost)
	  if $has_jit eq 't' && chance(0.02);
	return [ grep { $has_setting{ $_->[0] } } @settings ];
}

# ---- Running ----

# What our session runs for a test: the plan, then the query.
sub our_script
{
	my ($test) = @_;
	my ($query, $number) = @$test{qw(query number)};
	my $state = "\\qecho \@state $number :SQLSTATE\n";
	my $script = "RESET ALL;\n" . join '', map { "SET $_->[0] = '$_->[1]';\n" } @{ $test->{settings} };
	$script .= "SET ROLE differential_reader;\n" if $test->{as_role};
	if ($test->{mode} eq 'prepared')
	{
		my $types = $query->parameter_types;
		$script .= "PREPARE q$number" . ($types ? " ($types)" : '') . ' AS ' . $query->with_parameters . ";\n$state" unless $test->{kept};
		my @executes = map { my $arguments = $query->arguments($_); "EXECUTE q$number" . ($arguments ne '' ? " ($arguments)" : '') . ";\n$state" }
		  executions($test);
		$script .= join '', "\\qecho \@rows $number\n", @executes, "\\qecho \@plan $number\nEXPLAIN $executes[-1]";
	}
	else
	{
		my $sql = $query->with_literals(0, 0);
		$script .= "\\qecho \@plan $number\nEXPLAIN $sql;\n$state\\qecho \@rows $number\n" . fetch($test, $sql, $state);
	}
	return $script . "RESET ROLE;\n";
}

sub their_script
{
	my ($test) = @_;
	my ($query, $number) = @$test{qw(query number)};
	my $state = "\\qecho \@state $number :SQLSTATE\n";
	my @executions = $test->{mode} eq 'prepared' ? executions($test) : 0;
	return join '', "\\qecho \@rows $number\n", map { fetch($test, $query->with_literals(1, $_), $state) } @executions;
}

# All seven executions where the query is prepared; later only the last, with whatever plan there is.
sub executions { my ($test) = @_; return $test->{kept} ? (2, Query::EXECUTIONS - 1) : 0 .. Query::EXECUTIONS - 1 }

sub fetch
{
	my ($test, $sql, $state) = @_;
	return "$sql;\n$state" unless $test->{mode} eq 'cursor';
	return join '', map { "$_;\n$state" } 'BEGIN', "DECLARE c SCROLL CURSOR FOR $sql", 'FETCH 3 c', 'FETCH BACKWARD 2 c', 'FETCH 4 c',
	  'FETCH ALL c', 'FETCH RELATIVE -1 c', 'CLOSE c', 'COMMIT';
}

# Splits what a session printed: for each test's number the plan, the rows of each statement, and the errors.
sub results
{
	my ($lines) = @_;
	my (%result, $into);
	for (@$lines)
	{
		if (/\A\@(plan|rows|state) (\d+)(?: (\w+))?\z/)
		{
			$into = $result{$2} //= { plan => [], rows => [[]], errors => [] };
			push @{ $into->{errors} }, $3 if $1 eq 'state' && $3 ne '00000';
			push @{ $into->{rows} }, [] if $1 eq 'state';
			$into->{current} = $into->{plan} if $1 eq 'plan';
			$into->{current} = undef if $1 eq 'rows';
			next;
		}
		push @{ $into->{current} // $into->{rows}[-1] }, $_ if $into;
	}
	return \%result;
}

# The rows of a test as they are compared: of theirs only our columns, and sorted where no order is asked for.
sub comparable
{
	my ($test, $result) = @_;
	my $query = $test->{query};
	my $separator = Session::SEPARATOR();
	my @statements = map { [ map { join '|', (split /$separator/, $_, -1)[ 0 .. $query->{columns} - 1 ] } @$_ ] }
	  map { $_ } @{ $result->{rows} };
	@statements = map { [ sort @$_ ] } @statements unless $query->{ordered};
	return join "\n", map { join "\n", @$_, '--' } grep { @$_ } @statements;
}

# Runs tests in both sessions at once; gives both results by number.
sub run_both
{
	my (@tests) = @_;
	$ours->start(join '', map { our_script($_) } @tests);
	$theirs->start(join '', map { their_script($_) } @tests);
	return map { results($_->finish) } $ours, $theirs;
}

sub differs
{
	my ($test, $our_result, $their_result) = @_;
	return "ours failed: @{ $our_result->{errors} }" if @{ $our_result->{errors} };
	return "theirs failed: @{ $their_result->{errors} }" if @{ $their_result->{errors} };
	return 'results differ' if comparable($test, $our_result) ne comparable($test, $their_result);
	return;
}

sub run_round
{
	my ($batch, @tests) = @_;
	my ($our_results, $their_results) = run_both(@tests);
	for my $test (@tests)
	{
		my ($our_result, $their_result) = map { $_->{ $test->{number} } // { errors => ['no result'], rows => [] } } $our_results, $their_results;
		count($test, $our_result);
		my $what = differs($test, $our_result, $their_result) or next;
		push @failed, $test->{number};
		report($batch, $test, $what);
		return if @failed >= $enough;
	}
	return;
}

sub count
{
	my ($test, $result) = @_;
	my $plan = join "\n", @{ $result->{plan} };
	my @others;
	push @others, 'a result that is not empty' if grep { @$_ } @{ $result->{rows} };
	push @others, 'row-level security' if $test->{as_role} && grep { $test->{world}{tables}{$_}{policy} } @{ $test->{query}{tables} };
	push @others, 'prepared, generic plan' if $test->{mode} eq 'prepared' && $plan =~ /\$\d/;
	push @others, 'cursor' if $test->{mode} eq 'cursor';
	push @others, 'prepared before a change of overrides' if $test->{kept};
	push @others, 'partitions pruned' if pruned($test, $plan);
	$plans->count($plan, $test->{query}->with_literals(0, 0), @others);
	return;
}

# Whether of a table some partitions are read and others are not.
sub pruned
{
	my ($test, $plan) = @_;
	return 1 if $plan =~ /Subplans Removed/;
	my %read;
	$read{$1}{$2} = 1 while $plan =~ /\bon (t\d)_p(\d+)/g;
	return grep { keys %{ $read{$_} } < $test->{world}{tables}{$_}{parts} && $test->{world}{tables}{$_}{kind} ne 'id' } keys %read;
}

# ---- Reporting ----

# Leaves out what can be left out with the results still different, and shows what is left.
sub report
{
	my ($batch, $test, $what) = @_;
	print "\nDIFFERENCE in query $test->{number} (seed $seed, batch $batch): $what\n";
	$ours->errors, $theirs->errors;
	my $small = shrink($test);
	my ($our_result, $their_result) = map { $_->{ $small->{number} } } run_both($small);
	print "settings: ", (join(', ', map { "$_->[0] = $_->[1]" } @{ $small->{settings} }) || 'none'), "; mode: $small->{mode}",
	  ($small->{as_role} ? '; as differential_reader' : ''), "\n";
	print "ours:   ", $small->{query}->with_literals(0, 0), ";\ntheirs: ", $small->{query}->with_literals(1, 0), ";\n";
	print map { "  arguments: $_\n" } map { $small->{query}->arguments($_) } executions($small) if $small->{mode} eq 'prepared';
	my %tables = map { $_ => 1 } @{ $small->{query}{tables} };
	for my $table (sort { $a cmp $b } keys %tables)
	{
		print map { "  $_\n" } "$table: $small->{world}{tables}{$table}{kind}",
		  @{ $theirs->run("SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid = 'ours.$table'::regclass;") };
	}
	print map { "  $_\n" } @{ $our_result->{plan} };
	print "ours:\n", head(comparable($small, $our_result)), "theirs:\n", head(comparable($small, $their_result));
	print map { s/^/  /gmr } grep { $_ ne '' } $ours->errors, $theirs->errors;
	return;
}

sub head
{
	my ($text) = @_;
	my @lines = split /\n/, $text;
	return join '', map { "  $_\n" } @lines > 20 ? (@lines[ 0 .. 19 ], '...') : @lines;
}

sub still_differs
{
	my ($test) = @_;
	my ($our_results, $their_results) = run_both($test);
	return differs($test, $our_results->{ $test->{number} }, $their_results->{ $test->{number} });
}

sub shrink
{
	my ($test) = @_;
	my $first = { %$test, settings => [ @{ $test->{settings} } ] };
	$ours->run("DEALLOCATE ALL;\n");
	my $small = { %$first, kept => 0 };
	return $first unless still_differs($small);
	if ($small->{mode} ne 'plain')
	{
		my $plain = { %$small, mode => 'plain' };
		$small = $plain if still_differs($plain);
	}
	for my $piece (@{ $small->{query}{pieces} })
	{
		next unless $piece->{on};
		$piece->{on} = 0;
		$ours->run("DEALLOCATE ALL;\n");
		$piece->{on} = 1 unless still_differs($small);
	}
	for my $setting (@{ [ @{ $small->{settings} } ] })
	{
		my $fewer = { %$small, settings => [ grep { $_ != $setting } @{ $small->{settings} } ] };
		$ours->run("DEALLOCATE ALL;\n");
		$small = $fewer if still_differs($fewer);
	}
	$ours->run("DEALLOCATE ALL;\n");
	return $small;
}
