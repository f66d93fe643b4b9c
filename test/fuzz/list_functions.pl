#!/usr/bin/perl
#
# list_functions.pl: lists the functions that targets.c calls, as initializers of a C array.
#
# Usage: perl list_functions.pl SCRIPT > functions.h
#
# They are the C functions of an install script that are IMMUTABLE, and so read no table. A type that isn't known here ends
# the build, so that nothing new is left out.

use strict;
use warnings;

my %ARGUMENTS = map { $_ => uc } qw(cstring text integer bigint jsonb status_code status_category status_action);
$ARGUMENTS{character} = $ARGUMENTS{'character varying'} = 'TEXT';
$ARGUMENTS{timestamptz} = 'TIMESTAMP';
my %RESULTS = (%ARGUMENTS, boolean => 'BOOLEAN', map { $_ => 'OTHER' } qw(bytea interval timestamptz));

# What no bytes make, and what needs the catalog of a database.
my %EXCLUDED = map { $_ => 1 } qw(internal trigger record void), 'status_code[]';

open my $script, '<', $ARGV[0] or die "$ARGV[0]: $!\n";
my $sql = do { local $/ = undef; <$script> };
close $script or die "$ARGV[0]: $!\n";

my %listed;
while ($sql =~ m{^CREATE\ FUNCTION\ (\w+)\(([^()]*)\)\s+RETURNS\ (SETOF\ )?(\w+(?:\[\])?)
		(\sLANGUAGE\ C\b.*?)AS\ 'MODULE_PATHNAME',\ '(\w+)';}gmsx)
{
	my ($name, $arguments, $set, $result, $options, $symbol) = ($1, $2, $3, $4, $5, $6);
	my @types;

	next unless $options =~ /\bIMMUTABLE\b/;

	# A parameter type has the functions of its label type, which comes first.
	next if $listed{$symbol};
	for my $argument (split /,\s*/, $arguments)
	{
		$argument =~ s/\s+DEFAULT\s.*//s;
		my ($type) = $argument =~ /(character varying|\S+)$/;
		push @types, $type;
	}
	next if grep { $EXCLUDED{$_} } @types, $result;
	for my $type (@types) { die "$name($arguments): type $type is not known here\n" unless $ARGUMENTS{$type} }
	die "$name($arguments): type $result is not known here\n" unless $RESULTS{$result};
	@types = map { $ARGUMENTS{$_} } @types;
	printf "{\"%s\", %s, %s, %s, %s, %d, {%s}, NULL},\n", $symbol, $set ? 'true' : 'false',
	  (map { $options =~ /\b$_\b/ ? 'true' : 'false' } qw(STRICT LEAKPROOF)), $RESULTS{$result},
	  scalar @types, join(', ', @types) || '0';
	$listed{$symbol} = 1;
}
die "$ARGV[0]: no functions found\n" unless %listed;
