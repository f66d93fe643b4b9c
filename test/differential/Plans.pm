# Counts what the plans of our queries use, so that a run which hardly uses something is seen to test little.
package Plans;

use strict;
use warnings;

# What a plan is searched for, and how many of 1,000 queries must have it.
my @CLASSES = (
	[ 'a result that is not empty',       500, undef ],
	[ 'index condition of a set',         30, qr/Index Cond: .*= ANY \(\(?(?:\$\d+|(?:builtin_)?codes_)/ ],
	[ 'index condition of a range',       5,  qr/Index Cond: .*(?:status|prev) >= .*(?:status|prev) < / ],
	[ 'index scan in order, no sort',     20, sub { $_[0] =~ /Index (?:Only )?Scan/ && $_[0] !~ /Sort Key/ && $_[1] =~ /ORDER BY/ } ],
	[ 'index-only scan',                  5,  qr/Index Only Scan/ ],
	[ 'bitmap scan',                      5,  qr/Bitmap Index Scan/ ],
	[ 'text as a key of an index',        2,  qr/Index Cond: .*(?:status|prev)\)? = \(?\w+\.(?:txt|ci)\b/ ],
	[ 'hash join of codes',               2,  qr/Hash Cond: .*\.(?:status|prev)\)? = \(?\w+\.(?:status|prev)\b/ ],
	[ 'hash join with text',              2,  qr/Hash Cond: .*(?:\.(?:status|prev)\)? = \(*\w+\.(?:txt|ci)\b|\.(?:txt|ci)\)?(?:::\w+)? = \(*\w+\.(?:status|prev)\b)/ ],
	[ 'merge join of codes',              2,  qr/Merge Cond: .*\.(?:status|prev)\)? = / ],
	[ 'nested loop',                      5,  qr/Nested Loop/ ],
	[ 'outer join',                       10, qr/(?:Left|Right|Full) Join|(?:Hash|Merge) (?:Left|Right|Full) Join|Nested Loop Left Join/ ],
	[ 'semi-join or anti-join',           5,  qr/(?:Semi|Anti) Join/ ],
	[ 'hashed subplan',                   1,  qr/hashed SubPlan/ ],
	[ 'partitions pruned',                10, undef ],
	[ 'Append or Merge Append',           10, qr/Append/ ],
	[ 'aggregate or distinct, sorted',    5,  qr/GroupAggregate|Unique/ ],
	[ 'aggregate or distinct, hashed',    5,  qr/HashAggregate|HashSetOp|MixedAggregate/ ],
	[ 'window',                           10, qr/WindowAgg/ ],
	[ 'set operation',                    5,  qr/SetOp/ ],
	[ 'incremental sort',                 2,  qr/Incremental Sort/ ],
	[ 'Memoize',                          1,  qr/Memoize/ ],
	[ 'parallel',                         20, qr/Gather/ ],
	[ 'JIT',                              5,  qr/^JIT:/m ],
	[ 'row-level security',               50, undef ],
	[ 'prepared, generic plan',           20, undef ],
	[ 'cursor',                           10, undef ],
	[ 'prepared before a change of overrides', 1, undef ],
);

# The classes that this server cannot have are given.
sub new
{
	my ($class, @missing) = @_;
	return bless { queries => 0, counts => { map { $_->[0] => 0 } @CLASSES }, missing => { map { $_ => 1 } @missing } }, $class;
}

# Counts a query by its plan; the rest are names of classes that a plan does not tell.
sub count
{
	my ($self, $plan, $sql, @others) = @_;
	$self->{queries}++;
	for (@CLASSES)
	{
		my ($name, $share, $what) = @$_;
		$self->{counts}{$name}++ if ref $what eq 'CODE' ? $what->($plan, $sql) : $what && $plan =~ $what;
	}
	$self->{counts}{$_}++ for @others;
	return;
}

# The lines of a report, and the classes that are too rare.
sub report
{
	my ($self) = @_;
	my (@lines, @rare);
	for (@CLASSES)
	{
		my ($name, $share) = @$_;
		my $count = $self->{counts}{$name};
		my $least = int $share * $self->{queries} / 1000;
		push @lines, sprintf '%7d  %s%s', $count, $name, $self->{missing}{$name} ? ' (not on this server)' : '';
		push @rare, "$name: $count of $self->{queries} queries, and at least $least are expected"
		  if $count < $least && !$self->{missing}{$name};
	}
	return (\@lines, \@rare);
}

1;
