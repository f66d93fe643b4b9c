# Compares what the clients answered with the table in doc/clients.md.
#
#   perl compare.pl ANSWERS [PAGE]           prints a line for each client, "ok - ..." or "not ok - ..."; 1 if one is not
#   perl compare.pl --write ANSWERS [PAGE]   writes the table with what was measured into the page
#
# ANSWERS is a directory with FROM/NAME.answers and FROM/NAME.log of each client of clients.tsv that ran: FROM is where it is
# from, 12 or 13 for Debian or npm. README.md says what the lines of the answers mean.
use strict;
use warnings;

use FindBin;

my $here = $FindBin::RealBin;
my $write = @ARGV && $ARGV[0] eq '--write' ? shift : '';
my ($answers_dir, $page) = (@ARGV, "$here/../../doc/clients.md");

# The columns of the table that are measured: those are aspects.
my @aspects = qw(string list scalar parameter LIKE label array COPY binary introspection error);
my %types = ('character varying' => 'varchar', 'character varying[]' => 'varchar[]');
my $copied = 'syncfy:501|{syncfy:100,syncfy:501}';

sub slurp
{
	my ($path) = @_;
	open my $in, '<', $path or die "$path: $!\n";
	local $/ = undef;
	my $text = <$in>;
	close $in or die "$path: $!\n";
	return $text;
}

# The fields of the lines of a file beside this one.
sub table
{
	my ($name) = @_;
	return map { [ split /\t/, $_, -1 ] } split /\n/, slurp("$here/$name");
}

my (%expected, %facts);
push @{ $expected{ $_->[0] } }, $_->[2] for table('queries.tsv');
$facts{ $_->[0] }{ $_->[1] } = $_->[2] for table('facts.tsv');

#
# What was measured
#

# The answers of a client by aspect: lists of texts.
sub answers
{
	my ($path) = @_;
	my %answers;
	for (split /\n/, slurp($path))
	{
		my ($aspect, $answer) = split /\t/, $_, 2;
		push @{ $answers{$aspect} }, $answer // '';
	}
	return \%answers;
}

# How often the plans of each aspect read the jobs with an index, and without. Before the queries of an aspect each client
# asks for a text that names it.
sub plans
{
	my ($path) = @_;
	my (%plans, $aspect);
	for (split /\n/, slurp($path))
	{
		$aspect = $1 if /'plans of ([^']*)'/;
		next if !defined $aspect;
		$plans{$aspect}{without}++ if /Seq Scan on (?:\S+\.)?sync_jobs\b/;
		$plans{$aspect}{with}++ if /Index (?:Only )?Scan(?: Backward)? using \S+ on (?:\S+\.)?sync_jobs\b|Bitmap Heap Scan on (?:\S+\.)?sync_jobs\b/;
	}
	return \%plans;
}

# What the answers to an aspect's queries amount to: "works", or what they do instead.
my %verdict = (
	string => sub { declared(qr/^ERROR 42883.*is_retryable\((.*)\)/, @_) },
	list => sub { declared(qr/^ERROR 42883.*status_code\[\] @> (.*)/, @_) },
	COPY => sub { $_[0] eq $copied ? 'works' : $_[0] },
	binary => sub {
		my ($odd) = grep { !/^syncfy:501( syncfy:501)*$/ } @_;
		return !defined $odd ? 'works' : $odd =~ /^ERROR/ ? 'error' : $odd =~ /^b'/ ? 'bytes' : $odd;
	},
	introspection => sub { $_[0] =~ /^(?:status_code ?)+$/ ? 'works' : $_[0] =~ /^ERROR/ ? 'error' : "`$_[0]`" },
	error => sub {
		my ($fields) = $_[0] =~ /^ERROR ([^:]*):/ or return $_[0];
		return join(', ', map { $fields =~ /\b$_\b/ ? () : "no $_" } qw(22P02 DETAIL HINT)) || 'works';
	},
	array => sub { $_[0] eq $expected{array}[0] ? 'works' : $_[0] eq $expected{array}[0] =~ tr/[]/{}/r ? 'string' : $_[0] },
);

# A parameter's type, which the server names where it finds no function or operator for it.
sub declared
{
	my ($refusal, $answer, $aspect) = @_;
	return $types{$1} // $1 if $answer =~ $refusal;
	return $answer =~ /^1( 5001 10001 15001)?$/ ? 'undeclared' : $answer;
}

sub verdict
{
	my ($aspect, @answers) = @_;
	return '–' if $answers[0] eq '-';
	return $answers[0] if $answers[0] eq 'not got';
	return $verdict{$aspect}->(@answers) if $verdict{$aspect};
	my @wanted = @{ $expected{$aspect} };
	for my $i (0 .. $#wanted)
	{
		my $answer = $answers[$i] // 'nothing';
		return $answer if $answer ne $wanted[$i];
	}
	return @answers == @wanted ? 'works' : scalar(@answers) . ' answers';
}

# Verdicts for a client by column: "line" where it takes the line of the second table.
sub measured
{
	my ($answers, $plans) = @_;
	my %cells;
	for my $aspect (@aspects)
	{
		my ($plain, $with) = map { $_ && verdict($aspect, @{$_}) } @{$answers}{ $aspect, "$aspect with the line" };
		my $suffix = defined $plain && $plain eq 'works' || !defined $with ? '' : ' with the line';
		$cells{$aspect} = $plain // 'not asked';
		$cells{$aspect} = 'line' if $suffix && $with eq 'works';
		next if $aspect !~ /^(?:parameter|LIKE|label)$/;
		my $plans_there = $plans->{"$aspect$suffix"};
		$cells{$aspect} .= ', no index' if $plans_there->{without} || !$plans_there->{with};
	}
	return \%cells;
}

# What is wrong with a client's answers by themselves.
sub contradictions
{
	my ($name, $answers, $plans, $cells) = @_;
	my @wrong = map { "ended early: $_" } @{ $answers->{'broke off'} // [] };

	# a malformed value is an error if its type is left to the server, and else equals no status
	my $malformed = ($answers->{malformed} // ['nothing'])->[0];
	my $wanted = $cells->{string} eq 'undeclared' ? '^ERROR 22P02|^ERROR.*22P02' : '^$';
	push @wrong, "a malformed value gives $malformed, though a string is $cells->{string}" if $malformed !~ /$wanted/;
	my $facts = $facts{$name} // {};
	for my $aspect (sort keys %{$facts})
	{
		my $answer = join ' ', @{ $answers->{$aspect} // ['nothing'] };
		push @wrong, "$aspect: $answer, not $facts->{$aspect}" if $answer ne $facts->{$aspect};
	}

	# other ways to ask for the same
	push @wrong, map { "$_: no index" } grep { /^(?:parameter|LIKE|label) (?!with the line)/ && $plans->{$_}{without} } sort keys %{$plans};
	for my $aspect (sort keys %{$answers})
	{
		my ($column, $way) = $aspect =~ /^(parameter|LIKE|label) (as|with) (?!the line)/ or next;
		my %wanted = map { $_ => 1 } @{ $expected{$column} };
		push @wrong, map { "$aspect: $_" } grep { !$wanted{$_} } @{ $answers->{$aspect} };
	}
	return @wrong;
}

#
# What the page says
#

sub cells
{
	my ($row) = @_;
	return map { s/^ +| +$//gr } split /(?<!\\)\|/, $row =~ s/^\||\|$//gr;
}

# The rows of the table whose first columns are these, as lists of cells.
sub rows
{
	my ($text, @columns) = @_;
	my $header = join ' *\| *', map { quotemeta } @columns;
	my ($rows) = $text =~ /^\| *$header *\|.*\n\|[-| ]+\n((?:\|.*\n)+)/m or die "$page has no table of @columns\n";
	return map { [ cells($_) ] } split /\n/, $rows;
}

my $text = slurp($page);

# By client and where it is from.
my %said;
for my $row (rows($text, 'client', 'version', @aspects))
{
	my ($client, $version, @cells) = @{$row};
	while ($version =~ /(\S+) \((\w+)\)/g)
	{
		$said{$client}{$2} = { version => $1 };
		@{ $said{$client}{$2} }{@aspects} = @cells;
	}
}
my %lines;
for my $row (rows($text, 'client', 'for', 'line'))
{
	my ($client, $for, $line) = @{$row};
	push @{ $lines{$_} }, { for => $for, line => $line =~ s/^`([^`]+)`.*/$1/r } for split /, /, $client;
}

# What is wrong with the lines for a client: each is in its program, and each that is needed is there.
sub wrong_lines
{
	my ($client, $program, $answers, $cells) = @_;
	my $source = slurp("$here/$program") =~ s/\s+/ /gr;
	my (@wrong, %there);
	for my $line (@{ $lines{$client} // [] })
	{
		my $flat = $line->{line} =~ s/\s+/ /gr =~ s/\\\|/|/gr;
		push @wrong, "$program does not have the line: $flat" if index($source, $flat) < 0;
		for my $aspect (split /, */, $line->{for})
		{
			$there{$aspect} = 1;
			my $with = $answers->{"$aspect with the line"} // [];
			push @wrong, "the line for $aspect does nothing"
				if !@{$with} || $with->[0] eq ($answers->{$aspect} // [''])->[0];
		}
	}
	push @wrong, map { "no line for $_" } grep { $cells->{$_} =~ /^line/ && !$there{$_} } @aspects;
	return @wrong;
}

#
# Together
#

my ($failed, %made) = (0);
for my $client (table('clients.tsv'))
{
	my ($name, $title, $sources, $program) = @{$client};
	for my $from (grep { -e "$answers_dir/$_/$name.answers" } split / /, $sources)
	{
		my $answers = answers("$answers_dir/$from/$name.answers");
		my $plans = plans("$answers_dir/$from/$name.log");
		my $cells = measured($answers, $plans);
		my $version = ($answers->{version} // ['?'])->[0];
		push @{ $made{$title} }, { from => $from, version => $version, cells => $cells };

		my $page_says = $said{$title}{$from} // {};
		my @wrong = contradictions($name, $answers, $plans, $cells);
		for my $aspect (@aspects)
		{
			my $says = $page_says->{$aspect} // 'nothing';
			push @wrong, "$aspect: $cells->{$aspect}; doc/clients.md: $says" if $cells->{$aspect} ne $says;
		}
		push @wrong, wrong_lines($title, $program, $answers, $cells);
		my $known = $page_says->{version} // '?';
		my $other = $known eq $version ? '' : ", doc/clients.md has $known";
		print @wrong ? 'not ok' : 'ok', " - $title $version ($from)$other\n", map { "  $_\n" } @wrong;
		$failed = 1 if @wrong;
	}
}

# Rows for what was measured, one for all versions of a client with the same answers.
sub made_rows
{
	my @rows;
	for my $client (table('clients.tsv'))
	{
		my (@order, %versions);
		for my $one (@{ $made{ $client->[1] } // [] })
		{
			my $cells = join ' | ', @{ $one->{cells} }{@aspects};
			push @order, $cells if !$versions{$cells};
			push @{ $versions{$cells} }, "$one->{version} ($one->{from})";
		}
		push @rows, map { '| ' . join(' | ', $client->[1], join(', ', @{ $versions{$_} }), $_) . " |\n" } @order;
	}
	return join '', @rows;
}

if ($write)
{
	my $header = join ' *\| *', map { quotemeta } 'client', 'version', @aspects;
	my $rows = made_rows();
	$text =~ s/^(\| *$header *\|.*\n\|[-| ]+\n)(?:\|.*\n)+/$1$rows/m;
	open my $out, '>', $page or die "$page: $!\n";
	print {$out} $text;
	close $out or die "$page: $!\n";
	exit 0;
}
exit $failed;
