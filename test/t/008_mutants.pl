# The mistakes that test/mutation/run plants into a source.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/../mutation";

use Mutants qw(mutants_of mutate);
use Test::More;

my $source = <<'END';
/* if (a < b) is a comment */
#include <1.h>
#define LIMIT 10
#define FUNCTION(name, value) \
	Datum name(PG_FUNCTION_ARGS) \
	{ \
		PG_RETURN_BOOL(value > 0); \
	}

static bool
both(int a, const char *b)
{
	int			x = f(a, b) + 0x0f;

	if (a && *b)
		g("1 < 2", 'c');
	while (x-- > 0)
		x = h(a,
			  b);
	return equal(a, b) && !x;
}

static const char *
name_of(int *a)
{
	for (;;)
		break;
	return memcmp(a, names, 4) == 0 ? NULL : names;
}
END

my @found;
for my $mutant (mutants_of($source))
{
	my ($start, $end) = @$mutant{qw(start end)};
	my $line = 1 + (substr($source, 0, $start) =~ tr/\n//);
	my $mutated = mutate($source, $mutant);
	is($mutated =~ tr/\n//, $source =~ tr/\n//, "a mutant of line $line has as many lines");
	push @found, join(' ', "$line $mutant->{kind}:", substr($source, $start, $end - $start) =~ s/\s+/ /gr, '=>', $mutant->{text} =~ s/\s+/ /gr);
}

is(join("\n", @found) . "\n", <<'END', 'all mutants of a source');
3 constant: 10 => 11
3 constant: 10 => 9
7 result: value > 0 => !(value > 0)
7 comparison: > => <=
7 comparison: > => >=
7 constant: 0 => 1
13 arguments: a, b => b, a
13 operator: + => -
13 constant: 0x0f => 0x10
13 constant: 0x0f => 0xe
15 condition: a && *b => !(a && *b)
15 boolean: && => ||
16 statement: g("1 < 2", 'c'); => ;
16 arguments: "1 < 2", 'c' => 'c', "1 < 2"
16 constant: 'c' => 'd'
17 condition: x-- > 0 => !(x-- > 0)
17 operator: -- => ++
17 comparison: > => <=
17 comparison: > => >=
17 constant: 0 => 1
18 statement: x = h(a, b); => ;
18 arguments: a, b => b, a
20 result: equal(a, b) && !x => !(equal(a, b) && !x)
20 boolean: && => ||
20 boolean: ! => 
27 statement: break; => ;
28 result: memcmp(a, names, 4) == 0 ? NULL : names => NULL
28 constant: 4 => 3
28 constant: 4 => 5
28 comparison: == => !=
28 constant: 0 => 1
END

done_testing();
