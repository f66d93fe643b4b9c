# DBD::Pg asks the queries of queries.tsv.
use strict;
use warnings;

use FindBin;

require DBI;    # not at compile time, for "perl -c" where it is not installed

my $dbh = DBI->connect('dbi:Pg:', '', '', { RaiseError => 1, PrintError => 0 });

sub say_answer
{
	my ($aspect, $answer) = @_;
	print "$aspect\t$answer\n";
	return;
}

sub text
{
	my ($value) = @_;
	return 'NULL' if !defined $value;
	return ref $value ? '[' . join(',', map { text($_) } @{$value}) . ']' : $value;
}

# Prints the rows that a query gives, or the error. $type is that of the parameter, if it is declared.
sub answer
{
	my ($aspect, $sql, $parameter, $type) = @_;
	$dbh->do("SELECT 'plans of $aspect'");
	my $rows = eval {
		my $query = $dbh->prepare($sql =~ s/\$1/?/r);
		$query->bind_param(1, $parameter, $type) if defined $parameter;
		$query->execute;
		$query->fetchall_arrayref;
	};
	if (!defined $rows)
	{
		my ($message, @fields) = ($dbh->errstr, $dbh->state);
		push @fields, grep { $message =~ /^$_:/m } qw(DETAIL HINT);
		say_answer($aspect, "ERROR @fields: " . ($message =~ s/^ERROR:\s*|\n.*//gsr));
		return;
	}
	say_answer($aspect, join ' ', map { join '|', map { text($_) } @{$_} } @{$rows});
	return;
}

# A line of queries.tsv, with what to add to the aspect, and the parameter's type.
sub ask
{
	my ($line, $suffix, $type) = @_;
	my ($aspect, $parameter, undef, $sql) = split /\t/, $line;
	undef $parameter if $parameter eq '-';
	$parameter = [ split /,/, $1 ] if defined $parameter && $parameter =~ /^\{(.*)\}$/;
	answer("$aspect$suffix", $sql, $parameter, $type);
	return;
}

sub copied
{
	$dbh->do('COPY job_log (id, status, history) FROM STDIN');
	$dbh->pg_putcopydata("1\tsyncfy:501\t{syncfy:100,syncfy:501}\n");
	$dbh->pg_putcopyend;
	$dbh->do('COPY (SELECT status, history FROM job_log WHERE id = 1) TO STDOUT');
	my ($line, $rest);
	$dbh->pg_getcopydata($line);
	$dbh->pg_getcopydata($rest);
	chomp $line;
	return $line =~ tr/\t/|/r;
}

open my $queries, '<', "$FindBin::Bin/../queries.tsv" or die "queries.tsv: $!";
chomp(my @queries = <$queries>);
close $queries or die "queries.tsv: $!";

say_answer('version', DBD::Pg->VERSION);
ask($_, '') for @queries;
say_answer('COPY', copied());
say_answer('binary', '-');
say_answer('introspection', $dbh->column_info(undef, 'public', 'sync_jobs', 'status')->fetchrow_hashref->{pg_type});

# A type that the driver knows.
answer('array with the line', 'SELECT history::text[] FROM sync_jobs WHERE id = 1');

# A string that the program declares.
ask($_, ' as SQL_VARCHAR', DBI::SQL_VARCHAR()) for grep { /^(?:parameter|LIKE|label|string)\t[^{]/ } @queries;
