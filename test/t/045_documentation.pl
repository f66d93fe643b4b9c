# The SQL of README.md and doc/ runs, and gives what the pages show. Each page's blocks run in their order, in a database of
# their own, in one psql. test/lib/Pages.pm says how blocks are written.
#
# A page as it would be with the answers of this run goes to results/, for comparison.
use strict;
use warnings;

use File::Basename qw(basename dirname);
use FindBin;
use IPC::Run qw(run);
use lib "$FindBin::RealBin/../lib";
use Pages qw(pages page blocks);
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

# Languages of blocks that are not SQL. SQL in a block of another name would not be run.
my %other_language = map { $_ => 1 } qw(text sh yaml json ini python js ts ruby php go rust java c xml);

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init(extra => [ '--encoding=UTF8', '--locale=C' ]);
$node->start;

# Returns what psql prints for each of the texts, run one after the other in the same session. \q in a text ends the
# session, and what follows has no answer.
sub answers
{
	my ($database, @texts) = @_;
	my ($script, $output, @answers) = ('');
	for my $i (0 .. $#texts)
	{
		$script .= "\\echo -- block $i\n$texts[$i]";
	}
	$script .= "\\echo -- end\n";
	local %ENV = (%ENV, PGHOST => $node->host, PGPORT => $node->port, PGCLIENTENCODING => 'UTF8', PGTZ => 'UTC');
	run [ 'psql', '-X', '-q', '-d', $database ], '<', \$script, '>&', \$output;
	(undef, @answers) = split /^-- (?:block \d+|end)\n/m, "$output\n", -1;
	pop @answers if $output =~ /^-- end$/m;
	return @answers;
}

# From PostgreSQL 19 on, the server says in two lines what the pages show in one, as before.
sub older
{
	my ($answer) = @_;
	return $answer =~ s/^DETAIL:  No (function|operator) of that name accepts the given argument types\.\nHINT:  (You might need)/HINT:  No $1 matches the given name and argument types. $2/mgr;
}

# An answer without blanks at the ends of lines and empty lines at its own.
sub trimmed
{
	my ($answer) = @_;
	return $answer =~ s/[ \t]+$//mgr =~ s/\A\n+|\n+\z//gr . "\n";
}

sub first_line
{
	my ($block) = @_;
	return ($block->{text} =~ /^\s*(\S.*)$/m)[0] // 'nothing';
}

# Runs the blocks in a new database, and compares.
my $made = 0;
sub run_blocks
{
	my ($path, $database, $with_extension, @blocks) = @_;
	$node->safe_psql('postgres', "CREATE DATABASE $database");
	$node->safe_psql($database, 'CREATE EXTENSION provider_codes') if $with_extension;
	my @answers = answers($database, map { $_->{text} } @blocks);
	for my $block (@blocks)
	{
		my $got = older(trimmed(shift @answers // 'psql has ended'));
		my $name = "$path:$block->{line}: " . first_line($block);
		if (defined $block->{answer})
		{
			is($got, trimmed($block->{answer}), $name);
			$block->{got} = $got;
		}
		else
		{
			my @complaints = grep { /^(?:ERROR|FATAL|PANIC|WARNING|invalid command|\\|psql)/ } split /\n/, $got;
			is(join("\n", @complaints), '', $name);
		}
	}
	return;
}

# Writes the page with the answers that were given.
sub write_page
{
	my ($path, @blocks) = @_;
	my $text = page($path);
	for my $block (grep { defined $_->{got} } @blocks)
	{
		my $quoted = quotemeta $block->{text};
		$text =~ s/(^```sql\n$quoted```\n\n*```(?:text)?\n)\Q$block->{answer}\E(?=^```$)/$1$block->{got}/m;
	}
	my $results = ($ENV{TESTDIR} // '.') . '/results';
	mkdir $_ for $results, "$results/doc";
	open my $out, '>', "$results/$path" or die "$results/$path: $!";
	print {$out} $text;
	close $out or die "$results/$path: $!";
	return;
}

my (%run, %skipped);
for my $path (pages())
{
	my @blocks = blocks($path);
	my ($database, $with_extension, @now) = ('doc_' . basename($path, '.md') =~ tr/a-zA-Z0-9/_/cr, 1);
	$run{$path} = $skipped{$path} = 0;
	for my $block (@blocks)
	{
		my ($word, $value) = @{ $block->{comment} // [ '', '' ] };
		my $name = "$path:$block->{line}";
		if ($block->{language} ne 'sql')
		{
			ok($other_language{ $block->{language} }, "$name: a block in \"$block->{language}\"");
			next;
		}
		if ($word eq 'not run')
		{
			diag("$name is not run: $value");
			$skipped{$path}++;
			next;
		}
		if ($word eq 'database')
		{
			run_blocks($path, lc $database, $with_extension, @now) if @now;
			($database, $with_extension, @now) = ($value, 0);
		}
		# README begins with CREATE EXTENSION, as its reader does.
		$with_extension = 0 if !@now && $block->{text} =~ /^CREATE EXTENSION provider_codes/;
		push @now, $block;
		$run{$path}++;
		like($block->{text}, qr/(?:;(?:\s*--.*)?|^\\.*)\n\z/m, "$name ends a statement");
	}
	run_blocks($path, lc $database, $with_extension, @now) if @now;
	write_page($path, @blocks);
	diag("$path: $run{$path} blocks run, $skipped{$path} not run");
}
my ($total, $not_run) = (0, 0);
$total += $_ for values %run;
$not_run += $_ for values %skipped;
diag("$total blocks run, $not_run not run");
cmp_ok($run{'README.md'}, '>', 0, 'README has SQL');
cmp_ok($total, '>', 10 * $not_run, 'few blocks are not run');

#
# Links lead somewhere
#

# The anchors that GitHub makes from a page's headings.
sub anchors
{
	my ($path) = @_;
	my (%seen, %anchors);
	for my $heading (page($path) =~ s/^```.*?^```$//msgr =~ /^#+ (.*?) *$/mg)
	{
		$heading =~ s/\[([^]]*)\]\([^)]*\)/$1/g;
		my $anchor = lc($heading) =~ s/[^\w\- ]//gr =~ tr/ /-/r;
		$anchors{ $seen{$anchor}++ ? "$anchor-" . ($seen{$anchor} - 1) : $anchor } = 1;
	}
	return \%anchors;
}

my @dead;
for my $path (pages(), qw(CONTRIBUTING.md CHANGELOG.md src/catalog/README.md test/README.md), glob 'test/*/README.md')
{
	my $text = page($path) =~ s/^```.*?^```$//msgr =~ s/`[^`\n]*`//gr;
	for my $link ($text =~ /\]\(([^)\s]+)\)/g)
	{
		next if $link =~ /^https?:/;
		my ($file, $anchor) = $link =~ /^([^#]*)(?:#(.*))?$/;
		my $target = $file eq '' ? $path : dirname($path) . "/$file";
		push @dead, "$path: $link" if !-e $target || defined $anchor && !anchors($target)->{$anchor};
	}
}
is(join("\n", @dead), '', 'every link leads somewhere');

# The figures are those of the bench.
command_ok([ $^X, 'test/bench/table.pl' ], 'the figures are those of test/bench/results');

# README stays what one reads first.
cmp_ok(scalar(() = page('README.md') =~ /\n/g), '<=', 200, 'README has at most 200 lines');

$node->stop;
done_testing();
