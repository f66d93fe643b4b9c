# The sources keep to the floors of doc/internals.md, and each SQL function can be found in them by its name.
#
# A file may include its own header and files of lower floors, and may use what the objects of lower floors define. So there
# are no circles. The objects are those of the build that is tested.
use strict;
use warnings;

use File::Basename qw(basename);
use Test::More;

my %source = map { basename($_) => scalar slurp($_) } glob 'src/*.[ch]';
$source{'catalog_data.h'} = '';    # made by the build, maybe in another directory
my $objects = ($ENV{TESTDIR} // '.') . '/src';

sub slurp
{
	my ($path) = @_;
	open my $in, '<', $path or die "$path: $!";
	local $/ = undef;
	return scalar <$in>;
}

# The lines that a command prints.
sub lines_of
{
	my (@command) = @_;
	open my $out, '-|', @command or die "$command[0]: $!";
	my @lines = <$out>;
	close $out or die "@command failed";
	return @lines;
}

# The name that a file shares with its header.
sub room
{
	my ($file) = @_;
	return $file =~ s/\.[cho]\z//r;
}

# Fails with a list of what is wrong, if anything is.
sub nothing
{
	my ($wrong, $name) = @_;
	local $Test::Builder::Level = $Test::Builder::Level + 1;
	is(join("\n", sort @$wrong), '', $name);
	return;
}

# ---- The table ----

my (%floor, @twice);
my $last = 0;
for (split /\n/, slurp('doc/internals.md'))
{
	my ($number, $names) = /^\| (\d+) \| ([^|]+) \|/ or next;
	is($number, ++$last, "floor $last is next in the table");
	for my $name ($names =~ /`([^`]+)`/g)
	{
		for my $file ($name =~ /\.[ch]\z/ ? $name : ("$name.h", "$name.c"))
		{
			push @twice, $file if exists $floor{$file};
			$floor{$file} = $number;
		}
	}
}
cmp_ok($last, '>', 1, 'there are floors');
nothing(\@twice, 'no file is on two floors');
nothing([ grep { !exists $floor{$_} } keys %source ], 'every file of src/ is on a floor');
nothing([ grep { !exists $source{$_} } keys %floor ], 'every file of the table is in src/');

# ---- Includes and uses ----

my (@upwards, %included_by);
for my $file (sort keys %source)
{
	for my $included ($source{$file} =~ /^\s*#\s*include\s*"([^"]+)"/mg)
	{
		next unless exists $floor{$included};    # a file of the server's
		push @{ $included_by{$file} }, $included;
		next if room($included) eq room($file) && $file =~ /\.c\z/;
		push @upwards, "$file includes $included" if $floor{$included} >= $floor{$file};
	}
}
cmp_ok(scalar(map { @$_ } values %included_by), '>', 50, 'includes are found');
nothing(\@upwards, 'files include files of lower floors');

my %defined_in;
my %symbols = map { $_ => [ lines_of('nm', "$objects/$_") ] } map { s/c\z/o/r } grep { /\.c\z/ } keys %source;
for my $object (keys %symbols)
{
	for (@{ $symbols{$object} })
	{
		$defined_in{$1} = $object if /^[0-9a-f]+ [A-TV-Z] (\w+)$/;
	}
}
my (@uses, @used_upwards);
for my $object (keys %symbols)
{
	my $floor = $floor{ $object =~ s/o\z/c/r };
	for (@{ $symbols{$object} })
	{
		my ($symbol) = /^ +U (\w+)$/ or next;
		my $used = $defined_in{$symbol} // next;    # the server's
		push @uses, $symbol;
		push @used_upwards, "$object uses $symbol() of $used" if $floor{ $used =~ s/o\z/c/r } >= $floor;
	}
}
cmp_ok(scalar @uses, '>', 50, 'uses are found');
nothing(\@used_upwards, 'files use what lower floors define');

# ---- Walls that are no floors ----

nothing([ grep { $_ ne 'compat.h' && $source{$_} =~ /PG_VERSION_NUM/ } keys %source ],
	'compat.h alone knows the version of the server');

# Most functions are IMMUTABLE, so no result may depend on the locale of the database or the server process.
my $of_locale = qr/^(?:pg_str\w*casecmp|pg_to(?:lower|upper)|str\w*casecmp|str\w*coll\w*|str\w*xfrm\w*|to(?:lower|upper)\w*
	|is(?:alnum|alpha|blank|cntrl|digit|graph|lower|print|punct|space|upper|xdigit)|isw\w+|tow\w+|__ctype_\w+
	|str_(?:tolower|toupper|initcap)|downcase_\w+|lowerstr\w*|varstr_cmp|setlocale|localeconv)$/x;
my @called = grep { !exists $defined_in{$_} } map { map { /^ +U (\w+)$/ } @$_ } values %symbols;
cmp_ok(scalar @called, '>', 100, "the server's functions are found");
nothing([ grep { /$of_locale/ } @called ], 'nothing depends on the locale');

# ---- Names ----

# The name is searched for in the file that defines the C function and in the headers there, as what a macro makes a function
# of. A builtin_ twin may be defined together with the function of its base name.
my (@found, @not_found);
for my $script (map { slurp($_) } glob 'sql/*.sql')
{
	while ($script =~ /^CREATE FUNCTION (\w+)(?:(?!;$).)*?^AS 'MODULE_PATHNAME', '(\w+)';$/msg)
	{
		my ($name, $symbol) = ($1, $2);
		my $base = $name =~ s/\Abuiltin_//r;
		my $file = ($defined_in{$symbol} // '') =~ s/o\z/c/r;
		push @found, $name;
		push @not_found, "$name, C function $symbol()"
		  unless grep { $source{$_} =~ /\b(?:provider_codes_)?(?:$name|$base)\b/ } grep { $_ } $file, @{ $included_by{$file} // [] };
	}
}
cmp_ok(scalar @found, '>', 100, 'functions are found in the script');
nothing(\@not_found, 'each SQL function is found in src/ by its name');

done_testing();
