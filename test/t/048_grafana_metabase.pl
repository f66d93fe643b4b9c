# The dashboards of examples/grafana and examples/metabase, over the sample jobs. Their queries are run with what Grafana and
# Metabase make of them: each must work, return the columns that its panel names, with times that are not text, and count as
# the table does. examples/metabase/create.pl is run against a server that answers as Metabase's API does.
#
# Neither Grafana nor Metabase is run here.
use strict;
use warnings;

use IO::Socket::INET;
use IPC::Run qw(run);
use JSON::PP;
use List::Util qw(sum0 max);
use POSIX ();
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $json = JSON::PP->new->utf8->canonical;
my $node = PostgreSQL::Test::Cluster->new('main');
$node->init(extra => [ '--encoding=UTF8', '--locale=C' ]);
$node->append_conf('postgresql.conf', "timezone = 'America/Mexico_City'"); # a reader's clock must not matter
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION provider_codes');
$node->safe_psql('postgres', "\\i examples/dashboard/$_") for 'sample_jobs.sql', '../dashboard_views.sql';

# Returns the columns that a query has, in their order, as [ name, type ].
sub columns
{
	my ($query) = @_;
	return map { [ split /\|/ ] } split /\n/, $node->safe_psql('postgres', "$query \\gdesc");
}

sub rows
{
	my ($query) = @_;
	return @{ decode_json($node->safe_psql('postgres', "SELECT coalesce(json_agg(q), '[]') FROM ($query) AS q")) };
}

# What the table itself says of the jobs that started from one time to before another, of one provider or all.
sub counted
{
	my ($what, $from, $to, $provider) = @_;
	my $filter = $provider ? "AND code_provider(status) = '$provider'" : '';
	return $node->safe_psql('postgres', "SELECT $what FROM sync_jobs WHERE started_at >= '$from' AND started_at < '$to' $filter");
}

# A column with times in it that is text would be drawn as words. Dates of a day are of type date or timestamp.
sub text_times
{
	my ($columns, @rows) = @_;
	return grep { my $name = $_; grep { defined $_->{$name} && $_->{$name} =~ /^\d{4}-\d\d-\d\d/ } @rows } map { $_->[0] } grep { $_->[1] eq 'text' } @$columns;
}

my @all = split /\n/, $node->safe_psql('postgres', 'SELECT DISTINCT code_provider(status) FROM sync_jobs ORDER BY 1');
my %words = map { split /=/, $_, 2 } split /\n/, $node->safe_psql('postgres', "SELECT words || '=' || label FROM dashboard_words WHERE kind = 'category'");
my $failed = 'count(*) FILTER (WHERE is_error(status))';
my @weeks = ('2025-09-03 00:00Z', '2025-10-01 00:00Z');
my @weeks_before = ('2025-08-06 00:00Z', '2025-09-03 00:00Z');
is(scalar @all, 9, 'the sample has providers');

# Panels have places in a grid of 24 columns, on their own.
sub has_own_place
{
	my ($name, @places) = @_;
	my (%taken, @problems);
	for my $place (@places)
	{
		my ($x, $y, $w, $h) = @$place;
		push @problems, "@$place" if $x < 0 || $w < 1 || $h < 1 || $x + $w > 24;
		for my $cell (map { my $column = $_; map { "$column,$_" } $y .. $y + $h - 1 } $x .. $x + $w - 1)
		{
			push @problems, "$cell twice" if $taken{$cell}++;
		}
	}
	is(join('; ', @problems), '', "$name: no panel covers another");
	return;
}

#
# Grafana
#

# What its data source for PostgreSQL makes of a query: variables first, quoted, then macros, whose arguments end at the
# first parenthesis. An unknown macro is an error.
sub for_grafana
{
	my ($query, $from, $to, @providers) = @_;
	my $list = join ',', map { "'" . s/'/''/gr . "'" } @providers;
	$query =~ s/\$\{provider\}|\$provider\b/$list/g;
	my %macro = (
		__timeFilter     => sub { "$_[0] BETWEEN '$from' AND '$to'" },
		__timeFrom       => sub { "'$from'" },
		__timeTo         => sub { "'$to'" },
		__timeGroupAlias => sub {
			my ($number, $unit) = $_[1] =~ /^'?(\d+)([mhd])'?$/ or die "interval $_[1]";
			my $seconds = $number * { m => 60, h => 3600, d => 86400 }->{$unit};
			return "floor(extract(epoch from $_[0])/$seconds)*$seconds AS \"time\"";
		});
	$query =~ s{\$([_a-zA-Z0-9]+)\(([^)]*)\)}{
		my ($name, @arguments) = ($1, map { s/^ +| +$//gr } split /,/, $2);
		($macro{$name} // die "no macro $name")->(@arguments);
	}ge;
	die "left over: $&" if $query =~ /\$\w+|\$\{/;
	return $query;
}

my $grafana = $json->decode(slurp_raw('examples/grafana/dashboard.json'));
my @panels = @{ $grafana->{panels} };
my ($input) = @{ $grafana->{__inputs} };
is_deeply([ @$input{qw(type pluginId)} ], [qw(datasource grafana-postgresql-datasource)], 'Grafana asks for the database');

my @sources;
sub collect_sources
{
	my ($value) = @_;
	if (ref $value eq 'HASH')
	{
		push @sources, join ' ', map { $value->{datasource}{$_} // '' } qw(type uid) if ref $value->{datasource};
		collect_sources($_) for values %$value;
	}
	collect_sources($_) for ref $value eq 'ARRAY' ? @$value : ();
	return;
}
collect_sources($grafana);
cmp_ok(scalar @sources, '>', 2 * @panels, 'everything has a data source');
is_deeply([ grep { $_ ne "grafana-postgresql-datasource \${$input->{name}}" } @sources ], [], 'which is the one that it asked for');
my %kinds = map { $_->{type} => 1 } @panels;
is_deeply([ sort map { $_->{id} } grep { $_->{type} eq 'panel' } @{ $grafana->{__requires} } ], [ sort keys %kinds ], 'it says which panels it needs');
my %ids = map { $_->{id} => 1 } @panels;
is(scalar keys %ids, scalar @panels, 'each has an id of its own');
is_deeply([ grep { !$_->{title} || !$_->{description} } @panels ], [], 'a title and a description');
has_own_place('Grafana', map { [ @{ $_->{gridPos} }{qw(x y w h)} ] } @panels);

my ($variable) = @{ $grafana->{templating}{list} };
is_deeply([ map { $_->{__value} } rows($variable->{query}) ], [ sort { $a cmp $b } @all ], 'the filter offers all providers');
is(join(' ', map { $_->[0] } columns($variable->{query})), '__text __value', 'by their names');
ok($variable->{multi} && $variable->{includeAll}, 'of which one, some or all can be chosen');

my @range = ('2025-09-03T00:00:00Z', '2025-09-30T23:59:59.999Z'); # as of whole days
my ($annotation) = @{ $grafana->{annotations}{list} };
my $marks = for_grafana($annotation->{target}{rawSql}, @range, @all);
is_deeply([ map { "@$_" } columns($marks) ],
	[ 'time timestamp with time zone', 'timeend timestamp with time zone', 'text text', 'tags text' ],
	'what stood out has times and words');
is_deeply(
	[ map { $_->{text} } rows($marks) ],
	[
		'Plaid: Second factor wrong, 56 failed jobs (plaid:INVALID_MFA)',
		'Syncfy: Unavailable, 58 failed jobs (syncfy:501)',
		'Syncfy: Unavailable, 7 failed jobs (syncfy:501)'
	],
	'it is what the sample has');

my %panel;
for my $panel (@panels)
{
	my ($target) = @{ $panel->{targets} };
	my @answers;
	for my $choice ([ @range, @all ], [ @range, 'plaid' ], [ @range, 'finicity', 'mx' ], [ '2020-01-01T00:00:00Z', '2020-01-02T00:00:00Z', @all ])
	{
		push @answers, [ rows(for_grafana($target->{rawSql}, @$choice)) ];
	}
	$panel{ $panel->{title} } = \@answers;
	my @columns = columns(for_grafana($target->{rawSql}, @range, @all));
	my %has = map { $_->[0] => 1 } @columns;
	subtest "Grafana: $panel->{title}" => sub {
		ok(scalar @{ $answers[0] }, 'has rows');
		is(join(' ', text_times(\@columns, @{ $answers[0] })), '', 'without times that are text');
		is(join(' ', grep { /^_/ || $_ eq '?column?' } keys %has), '', 'and columns with names');
		if ($target->{format} eq 'time_series')
		{
			my ($time) = grep { $_->[0] eq 'time' } @columns;
			like($time->[1], qr/^(?:numeric|double precision|timestamp with time zone)$/, 'its time is one');
			is(scalar(grep { $_->{time} % 86400 } @{ $answers[0] }), 0, 'at the beginning of a day of UTC');
			is(scalar(grep { $_->[1] !~ /^(?:bigint|double precision|integer)$/ } grep { $_->[0] !~ /^(?:time|metric)$/ } @columns), 0, 'its values are numbers');
		}
		my @named = map { $_->{matcher}{options} } grep { $_->{matcher}{id} eq 'byName' } @{ $panel->{fieldConfig}{overrides} };
		is(join(', ', grep { !($has{metric} ? $words{$_} : $has{$_}) } @named), '', 'it names what it has');
	};
}

# The first answer is that of all providers, the second Plaid's.
for my $n (0, 1)
{
	my $provider = $n ? 'plaid' : undef;
	my $of = $n ? 'of Plaid' : 'of all providers';
	my $jobs_failed = counted($failed, @weeks, $provider);
	my ($share) = @{ $panel{'Share of jobs that failed'}[$n] };
	is(sprintf('%.6f %.6f', @$share{ 'In this time', 'Before' }),
		counted("round($failed / count(*)::numeric, 6)", @weeks, $provider) . ' ' . counted("round($failed / count(*)::numeric, 6)", @weeks_before, $provider),
		"Grafana: the share $of, now and before");
	my ($numbers) = @{ $panel{'Jobs that failed'}[$n] };
	is("$numbers->{Failed} $numbers->{'Jobs in all'}", "$jobs_failed " . counted('count(*)', @weeks, $provider), "and the jobs $of");
	is(sum0(map { $_->{value} } @{ $panel{'Failed jobs per day, by cause'}[$n] }), $jobs_failed, "the chart has all failed jobs $of");
	is(sum0(map { $_->{Jobs} } @{ $panel{'What jobs failed with, and what to do'}[$n] }), $jobs_failed, "and so has the table of codes $of");
	is(sum0(map { $_->{Failed} } @{ $panel{'Which providers fail most'}[$n] }), $jobs_failed, "and that of providers $of");
	is(scalar @{ $panel{'Who waits for people, and how long'}[$n] }, $panel{'Connections waiting for people'}[$n][0]{Connections}, "each that waits is listed $of");
	is(scalar @{ $panel{'What is tried again, and when'}[$n] }, $panel{'Jobs to be tried again'}[$n][0]{Jobs}, "and each job to be tried again $of");
}
is(scalar @{ $panel{'Share of failed jobs per day'}[0] }, 28, 'each of four weeks of days has a share');
is(scalar @{ $panel{'Failed jobs per day, by cause'}[3] }, 0, 'a time without jobs has none');

#
# Metabase
#

# Answers as Metabase's API does to what create.pl asks, refuses what it would, and writes each request to a file.
my $requests = PostgreSQL::Test::Utils::tempdir() . '/requests';
my $listener = IO::Socket::INET->new(LocalAddr => '127.0.0.1', Listen => 5, Proto => 'tcp') or die "no socket: $!";
my $url = 'http://127.0.0.1:' . $listener->sockport;

sub answer
{
	my ($method, $path, $key, $body, $next) = @_;
	return (401, '"Unauthenticated"') if $key ne 'right';
	return (200, { data => [ { id => 1, name => 'Sample' }, { id => 7, name => 'Jobs' } ] }) if "$method $path" eq 'GET /api/database';
	return (400, { errors => { name => 'must not be blank' } }) if $method eq 'POST' && !$body->{name};
	return (200, { id => $next }) if "$method $path" =~ m{^POST /api/(?:collection|dashboard|card)$};
	return (200, { id => $1 + 0 }) if "$method $path" =~ m{^PUT /api/dashboard/(\d+)$};
	return (404, '"API endpoint does not exist."');
}

sub serve
{
	my $next = 100;
	while (my $client = $listener->accept)
	{
		my ($method, $path) = (<$client> // '') =~ /^(\S+) (\S+)/ or next;
		my %header;
		while (my $line = <$client>)
		{
			last if $line =~ /^\r?$/;
			$header{ lc $1 } = $2 if $line =~ /^([^:]+): *(.*?)\r?$/;
		}
		my $body = '';
		read $client, $body, $header{'content-length'} // 0;
		my ($status, $answer) = answer($method, $path, $header{'x-api-key'} // '', length $body ? $json->decode($body) : undef, ++$next);
		append_to_file($requests, $json->encode({ request => "$method $path", status => $status, id => ref $answer eq 'HASH' ? $answer->{id} : undef, body => length $body ? $json->decode($body) : undef }) . "\n");
		$answer = $json->encode($answer) if ref $answer;
		print {$client} "HTTP/1.1 $status It\r\nContent-Type: application/json\r\nContent-Length: " . length($answer) . "\r\nConnection: close\r\n\r\n$answer";
		close $client;
	}
	return;
}

my $server = fork // die "fork: $!";
if (!$server)
{
	local $SIG{TERM} = sub { POSIX::_exit(0) };
	serve();
	POSIX::_exit(0);
}
close $listener;
END
{
	local $? = 0;
	kill 'TERM', $server if $server;
	waitpid $server, 0 if $server;
}

sub create
{
	my ($address, $key, @arguments) = @_;
	local @ENV{qw(METABASE_URL METABASE_API_KEY)} = ($address, $key);
	my ($out, $err) = ('', '');
	run [ $^X, 'examples/metabase/create.pl', @arguments ], '<', \undef, '>', \$out, '2>', \$err;
	return ($? >> 8, $out, $err);
}

my ($status, $out, $err) = create("$url/", 'right', 'Jobs');
is("$status$err", '0', 'Metabase: the dashboard is created');
my @requests = map { $json->decode($_) } split /\n/, slurp_file($requests);
is(join(' ', grep { $_ != 200 } map { $_->{status} } @requests), '', 'by requests that are accepted');
my ($collection, $dashboard) = map { $_->{id} } @requests[ 1, 2 ];
is_deeply([ map { $_->{request} } @requests[ 0 .. 2, -1 ] ],
	[ 'GET /api/database', 'POST /api/collection', 'POST /api/dashboard', "PUT /api/dashboard/$dashboard" ], 'in their order');
is($out, "$url/dashboard/$dashboard\n", 'it says where the dashboard is');
my @questions = grep { $_->{request} eq 'POST /api/card' } @requests;
my ($providers, @cards) = @questions;
is_deeply([ grep { $_->{body}{collection_id} != $collection } @questions, $requests[2] ], [], 'all of it is in one collection');
is_deeply([ grep { $_->{body}{dataset_query}{database} != 7 } @questions ], [], 'and asks the database that was named');

my $placed = $requests[-1]{body};
is_deeply([ map { $_->{card_id} } @{ $placed->{dashcards} } ], [ map { $_->{id} } @cards ], 'each question has its place');
is_deeply([ sort { $b <=> $a } map { $_->{id} } @{ $placed->{dashcards} } ], [ map { -$_ } 1 .. @cards ], 'as a new one');
has_own_place('Metabase', map { [ @$_{qw(col row size_x size_y)} ] } @{ $placed->{dashcards} });
my ($filter) = @{ $placed->{parameters} };
is($filter->{values_source_config}{card_id}, $providers->{id}, 'the filter offers the providers');
is_deeply([ map { $_->{ $filter->{values_source_config}{value_field}[1] } } rows($providers->{body}{dataset_query}{native}{query}) ], \@all, 'all of them');
is_deeply([ grep { my ($mapping) = @{ $_->{parameter_mappings} }; $mapping->{parameter_id} ne $filter->{id} || $mapping->{card_id} != $_->{card_id} || $mapping->{target}[1][1] ne 'provider' } @{ $placed->{dashcards} } ],
	[], 'and reaches each question');

# What Metabase makes of a native query: an optional clause stays if its variable has a value, without its brackets. Every
# variable must be declared as a tag.
sub for_metabase
{
	my ($native, %value) = @_;
	my $query = $native->{query};
	$query =~ s{\[\[(.*?\{\{(\w+)\}\}.*?)\]\]}{defined $value{$2} ? $1 : ''}ges;
	$query =~ s{\{\{(\w+)\}\}}{
		die "no tag $1" unless $native->{'template-tags'}{$1} && $native->{'template-tags'}{$1}{type} eq 'text';
		"'" . ($value{$1} // die "no value for $1") =~ s/'/''/gr . "'";
	}ge;
	return $query;
}

my %card;
for my $card (map { $_->{body} } @cards)
{
	my $native = $card->{dataset_query}{native};
	my @answers = map { [ rows(for_metabase($native, @$_)) ] } [], [ provider => 'plaid' ], [ provider => 'none' ];
	$card{ $card->{name} } = \@answers;
	my @columns = columns(for_metabase($native));
	my %has = map { $_->[0] => $_->[1] } @columns;
	my $settings = $card->{visualization_settings};
	my @named = (
		@{ $settings->{'graph.dimensions'} // [] },
		@{ $settings->{'graph.metrics'} // [] },
		$settings->{'scalar.field'} // (),
		(map { $json->decode($_)->[1] } keys %{ $settings->{column_settings} // {} }),
		map { $_->{name} } @{ $settings->{'table.columns'} // [] });
	subtest "Metabase: $card->{name}" => sub {
		ok(scalar @{ $answers[0] }, 'has rows');
		like($native->{query}, qr/\[\[AND provider = \{\{provider\}\}\]\]/, 'and a filter');
		is(join(' ', text_times(\@columns, @{ $answers[0] })), '', 'without times that are text');
		is(join(', ', grep { !$has{$_} } @named), '', 'it names what it has');
		is(join(', ', sort @named), join(', ', sort keys %has), 'all of it') if $card->{display} ne 'scalar';
		is(scalar @{ $answers[0] }, 1, 'one row') if $card->{display} eq 'scalar';
		my ($first) = @{ $settings->{'graph.dimensions'} // [] };
		is($has{$first}, 'date', 'a day is a date') if $first;
		my %series = map { $_ => 1 } keys %{ $settings->{series_settings} // {} };
		is(join(', ', grep { !$words{$_} && !$has{$_} } keys %series), '', 'colours are those of what it can have');
	};
}
for my $n (0, 1)
{
	my $provider = $n ? 'plaid' : undef;
	my $of = $n ? 'of Plaid' : 'of all providers';
	my $jobs_failed = counted($failed, @weeks, $provider);
	is($card{'Share of jobs that failed'}[$n][0]{failed_percent}, counted("round(100.0 * $failed / count(*), 1)", @weeks, $provider) + 0, "Metabase: the share $of");
	is($card{'Share in the four weeks before'}[$n][0]{failed_percent_before}, counted("round(100.0 * $failed / count(*), 1)", @weeks_before, $provider) + 0, "and before, $of");
	is($card{'Jobs that failed'}[$n][0]{failed}, $jobs_failed, "the failed jobs $of");
	is(sum0(map { $_->{failed} } @{ $card{'Failed jobs per day, by cause'}[$n] }), $jobs_failed, "the chart has them all $of");
	is(sum0(map { $_->{Jobs} } @{ $card{'What jobs failed with, and what to do'}[$n] }), $jobs_failed, "so has the table of codes $of");
	is(sum0(map { $_->{Failed} } @{ $card{'Which providers fail most'}[$n] }), $jobs_failed, "and that of providers $of");
	is(scalar @{ $card{'Who waits for people, and how long'}[$n] }, $card{'Connections waiting for people'}[$n][0]{connections}, "each that waits is listed $of");
	is(max(0, map { $_->{'Waiting, hours'} } @{ $card{'Who waits for people, and how long'}[$n] }), $card{'Longest wait'}[$n][0]{hours}, "the first has waited the longest $of");
	is(scalar @{ $card{'What is tried again, and when'}[$n] }, $card{'Jobs to be tried again'}[$n][0]{jobs}, "and each job to be tried again $of");
}
is(scalar @{ $card{'Failed jobs per day, by cause'}[2] }, 0, 'a provider that is none has no jobs');

# What goes wrong ends with one sentence, and creates nothing.
truncate $requests, 0;
($status, $out, $err) = create($url, 'wrong', 'Jobs');
is("$out$err", "Metabase does not accept the key in METABASE_API_KEY\n", 'a wrong key is called one');
isnt($status, 0, 'and is a failure');
($status, $out, $err) = create($url, 'right', 'jobs');
is($err, "Metabase has no database \"jobs\", but: Sample, Jobs\n", 'a database that is not there is, too');
isnt($status, 0, 'as a failure');
($status, $out, $err) = create("$url/elsewhere", 'right', 'Jobs');
like($err, qr/\AMetabase refuses GET \/api\/database: 404 .*\n\z/, 'and what is no Metabase');
($status, $out, $err) = create('http://127.0.0.1:1', 'right', 'Jobs');
like($err, qr/\Ahttp:\/\/127\.0\.0\.1:1 does not answer: .*\n\z/, 'and where nothing answers');
($status, $out, $err) = create($url, 'right');
like($err, qr/\AUsage: .*\n\z/, 'and a call without a database');
is_deeply([ grep { /^P/ } map { $json->decode($_)->{request} } split /\n/, slurp_file($requests) ], [], 'nothing is created then');

$node->stop;
done_testing();

sub slurp_raw
{
	my ($path) = @_;
	open my $in, '<:raw', $path or die "$path: $!";
	local $/ = undef;
	return scalar <$in>;
}
