# The list of reasons that test/analyze and test/coverage compare their findings with.
use strict;
use warnings;

use PostgreSQL::Test::Utils;
use Test::More;

my $dir = PostgreSQL::Test::Utils::tempdir();
my ($list, $findings, $source) = map { "$dir/$_" } qw(list findings source.c);

sub write_file
{
	my ($path, $content) = @_;
	open my $out, '>', $path or die "$path: $!";
	print $out $content;
	close $out or die "$path: $!";
	return;
}

# Compares findings with a list, both as texts in which FILE is the source.
sub check_reasons
{
	my ($reasons, $found, $expected, $name) = @_;
	write_file($list, $reasons =~ s/FILE/$source/gr);
	write_file($findings, $found =~ s/FILE/$source/gr);
	my $failed = system("perl test/lib/reasons.pl $list tool $findings >$dir/output 2>&1") != 0;
	my $output = slurp_file("$dir/output") =~ s/\Q$source\E/FILE/gr =~ s/\Q$list\E/LIST/gr;
	is($output, $expected, "$name: output");
	is($failed ? 1 : 0, $expected eq '' ? 0 : 1, "$name: status");
	return;
}

write_file($source, <<'END');
static int
first(int x)
{
	if (x)
		return 1;
	return 0;
}

int			second = 1;

static int
third(int x)
{
	return 0;
}
END

my $reason = "Because of this.\n\ttool FILE first: return 0;\n";
check_reasons('', '', '', 'nothing');
check_reasons($reason, "FILE:6:2: odd\n", '', 'a finding with a reason');
check_reasons($reason, "said by the way\nFILE:6: odd\n", '', 'without a column, after another line');
check_reasons('', "FILE:6: odd\n", "FILE:6: odd\n\ttool FILE first: return 0;\n", 'a finding without a reason');
check_reasons(
	$reason,
	"FILE:14: odd\n",
	"FILE:14: odd\n\ttool FILE third: return 0;\nLIST: no longer found\n\ttool FILE first: return 0;\n",
	'the same text in another function');
check_reasons($reason, "FILE:6: odd\nFILE:6: odd\n", "FILE:6: odd\n\ttool FILE first: return 0;\n", 'twice, with one reason');
check_reasons($reason, '', "LIST: no longer found\n\ttool FILE first: return 0;\n", 'a reason for nothing');
check_reasons("Because.\n\tother FILE first: return 0;\n", '', '', 'the reasons of another tool');
check_reasons("Because.\n\ttool FILE -: int			second = 1;\n", "FILE:9: odd\n", '', 'outside a function');
check_reasons(
	"# a comment\n\ttool FILE first: return 0;\n",
	"FILE:6: odd\n",
	"LIST: no reason above \ttool FILE first: return 0;\n",
	'a finding below no reason');

done_testing();
