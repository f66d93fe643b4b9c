#!/usr/bin/perl
# Puts the figures of results/plain-1M.txt into README.md and doc/performance.md: after a run of the bench,
#
#   perl test/bench/table.pl --write
#
# Without --write it prints the pages whose figures are not those of the results, and exits with status 1 if there are any.
# A row names lines of the results; a line that is missing there is an error.
use strict;
use warnings;

use File::Basename qw(dirname);

chdir dirname(__FILE__) . '/../..' or die $!;

# Of each line, the median of its ratios.
my %ratio;
my $results = 'test/bench/results/plain-1M.txt';
for (split /\n/, slurp($results))
{
	my ($name, $median) = /^ (\S.*?) +\| ([0-9.]+)(?: us)? +\|/ or next;
	$ratio{$name} = $median;
}

sub slurp
{
	my ($path) = @_;
	open my $in, '<', $path or die "$path: $!\n";
	local $/ = undef;
	return scalar <$in>;
}

# "A over ours" as it is; "ours over A" the other way round, with two digits.
sub figure
{
	my ($line) = @_;
	defined(my $median = $ratio{$line}) or die "$results has no line \"$line\"\n";
	$median = 1 / $median if $line =~ /\bours over /;
	return $median >= 9.95 ? sprintf '%.0f', $median : $median >= 0.995 ? sprintf '%.1f', $median : sprintf '%.2f', $median;
}

# The median of a line as it is in the results.
sub plain
{
	my ($line) = @_;
	return $ratio{$line} // die "$results has no line \"$line\"\n";
}

# A row of a table: cells are texts, or references to the names of lines.
sub row
{
	return '| ' . join(' | ', map { ref ? figure($$_) : $_ } @_) . " |\n";
}

sub table
{
	my ($heading, @rows) = @_;
	return row(@$heading) . '|' . '---|' x @$heading . "\n" . join '', map { row(@$_) } @rows;
}

my %tables = (
	compared => table(
		[ 'instead', 'description of each row', 'GROUP BY category', '0.5 % of the rows, by index', 'ORDER BY status', 'CREATE INDEX', 'COPY IN' ],
		[   'text, lookup table, JOIN', \'description: text JOIN over ours', \'GROUP BY category: text JOIN over ours',
			\'filter of 0.5 %, index: text JOIN over ours', \'ORDER BY status: text over ours', \'CREATE INDEX: text over ours',
			\'COPY IN: ours over text' ],
		[   'the same with a foreign key', '', '', '', '', '', \'COPY IN: text with a foreign key over ours' ],
		[   'text with a CHECK', '', '', '', '', '', \'COPY IN: text domain with a regular expression over ours' ],
		[   'literal IN list', '', '', \'filter of 0.5 %, index: ours over literal IN list', '', '', '' ],
		[   'enum, lookup table, JOIN', \'description: enum JOIN over ours', \'GROUP BY category: enum JOIN over ours', '',
			\'ORDER BY status: enum over ours', \'CREATE INDEX: enum over ours', \'COPY IN: enum over ours' ],
		[   'CASE in an SQL function', \'description: CASE in an inlined function over ours', '', '', '', '', '' ]),
	all => table(
		[ 'work', 'instead of provider_codes', 'its time over ours' ],
		[ 'description of each row', 'text JOIN lookup table', \'description: text JOIN over ours' ],
		[ '', 'provider and number JOIN lookup table', \'description: provider and number JOIN over ours' ],
		[ '', 'enum JOIN lookup table', \'description: enum JOIN over ours' ],
		[ '', 'jsonb constant', \'description: jsonb constant over ours' ],
		[ '', 'CASE in an inlined SQL function', \'description: CASE in an inlined function over ours' ],
		[ '', 'SQL lookup function', \'description: SQL lookup function over ours' ],
		[ '', 'PL/pgSQL lookup function', \'description: plpgsql lookup function over ours' ],
		[ 'GROUP BY category', 'text JOIN', \'GROUP BY category: text JOIN over ours' ],
		[ '', 'enum JOIN', \'GROUP BY category: enum JOIN over ours' ],
		[ '', 'text, counted first and joined then', \'GROUP BY category: pre-aggregated text JOIN over ours' ],
		[ '', 'enum, counted first and joined then', \'GROUP BY category: pre-aggregated enum JOIN over ours' ],
		[ '', 'text, both sides counted first', \'GROUP BY category: pre-aggregated text JOIN over ours pre-aggregated' ],
		[ '`is_retryable`, 0.5 % of the rows, with an index', 'literal IN list', \'filter of 0.5 %, index: ours over literal IN list' ],
		[ '', 'literal IN list, prepared', \'filter of 0.5 %, index, prepared: ours over literal IN list' ],
		[ '', 'literal IN list on text', \'filter of 0.5 %, index: literal IN list on text over ours' ],
		[ '', 'text JOIN', \'filter of 0.5 %, index: text JOIN over ours' ],
		[ 'the same without an index', 'literal IN list', \'filter of 0.5 %, sequential: ours over literal IN list' ],
		[ '', 'text JOIN', \'filter of 0.5 %, sequential: text JOIN over ours' ],
		[ 'ORDER BY status', 'text', \'ORDER BY status: text over ours' ],
		[ '', 'enum', \'ORDER BY status: enum over ours' ],
		[ 'ORDER BY status, no other column', 'text', \'ORDER BY status, that column alone: text over ours' ],
		[ '', 'enum', \'ORDER BY status, that column alone (datum sort): enum over ours' ],
		[ 'count(DISTINCT status)', 'text', \'count(DISTINCT status) (datum sort): text over ours' ],
		[ '', 'enum', \'count(DISTINCT status) (datum sort): enum over ours' ],
		[ 'GROUP BY status', 'text', \'GROUP BY status (hash aggregate): text over ours' ],
		[ '', 'enum', \'GROUP BY status (hash aggregate): enum over ours' ],
		[ 'SELECT DISTINCT status', 'text', \'SELECT DISTINCT status: text over ours' ],
		[ 'CREATE INDEX', 'text', \'CREATE INDEX: text over ours' ],
		[ '', 'enum', \'CREATE INDEX: enum over ours' ],
		[ 'COPY IN', 'text', \'COPY IN: ours over text' ],
		[ '', 'text domain with a regular expression', \'COPY IN: text domain with a regular expression over ours' ],
		[ '', 'text with a foreign key', \'COPY IN: text with a foreign key over ours' ],
		[ '', 'enum', \'COPY IN: enum over ours' ],
		[ 'COPY OUT', 'text', \'COPY OUT: ours over text' ],
		[ '', 'enum', \'COPY OUT: enum over ours' ],
		[ 'one row by index', 'text', \'one row by index, prepared: text over ours' ],
		[ '', 'enum', \'one row by index, prepared: enum over ours' ]),
	cost => table(
		[ 'a call', 'time over that of a C function that does nothing' ],
		[ '`count(code_description(status))`', plain('code_description() over no-op') ],
		[ '`count(builtin_code_description(status))`', plain('builtin_code_description() over no-op') ],
		[ '`count(code_category(status))`', plain('code_category() over no-op') ],
		[ '`count(code_description(status))`, 50 overrides, 24 % of the rows hit', plain('code_description() over no-op, 50 overrides, 24 % of rows hit') ],
		[ '`WHERE is_retryable(status)`, without an index', plain('filter is_retryable() over no-op, sequential') ]),
	overrides => table(
		[ 'rows in the table of overrides', 'microseconds for the first look-up under a new snapshot' ],
		[ 'none', plain('reading no override') ],
		[ '50', plain('reading 50 overrides') ],
		[ '10,000', plain('reading 10,000 overrides') ]),
	growth => table(
		[ 'codes in the catalog', 'time of a call, over that with 100 codes' ],
		[ '1,000', plain('call, catalog of 1,000 codes over 100: stored as text, 100 in the column') ],
		[ '10,000', plain('call, catalog of 10,000 codes over 100: stored as text, 100 in the column') ]),
	size => table(
		[ 'size', 'instead of provider_codes', 'ours over its' ],
		[ 'table', 'text', plain('table size: ours over text') ],
		[ '', 'integer', plain('table size: ours over integer') ],
		[ 'index', 'text', plain('index size: ours over text') ],
		[ '', 'integer', plain('index size: ours over integer') ]));

my $write = @ARGV && $ARGV[0] eq '--write';
my $stale = 0;
for my $path ('README.md', 'doc/performance.md')
{
	my $page = slurp($path);
	my $fresh = $page =~ s/^<!-- figures: (\w+) -->\n\K.*?(?=^<!-- end of figures -->\n)/$tables{$1} \/\/ die "$path: no figures \"$1\"\n"/msger;
	next if $fresh eq $page;
	if ($write)
	{
		open my $out, '>', $path or die "$path: $!\n";
		print {$out} $fresh;
		close $out or die "$path: $!\n";
	}
	else
	{
		print "$path: its figures are not those of $results\n";
		$stale = 1;
	}
}
exit $stale;
