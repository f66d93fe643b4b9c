#!/usr/bin/perl
#
# functions.pl: calls every function of the extension from SQL with random arguments, in databases of several encodings.
#
# Usage: perl functions.pl SECONDS [SEED]
#
# The server is the one that PGHOST and so on lead to.  Ends with status 1 where a call raises an error that bad input may not
# raise, or the server goes down.

use strict;
use warnings;

use FindBin;

# What may be raised: bad input, a pattern of LIKE that ends in its escape character, and a time of the next attempt that is
# none.
my @ALLOWED = qw(22P02 22P03 22021 22023 54000 08P01 22025 22008);
my @ENCODINGS = qw(UTF8 SQL_ASCII LATIN1 WIN1252 EUC_JP);

my ($seconds, $seed) = @ARGV;
die "usage: perl functions.pl SECONDS [SEED]\n" unless $seconds;
$seed //= time % 1_000_000;

my ($calls, $refused) = (0, 0);
for my $encoding (@ENCODINGS)
{
	my $database = lc "provider_codes_$encoding";
	psql('postgres', '-c', "DROP DATABASE IF EXISTS $database",
		'-c', "CREATE DATABASE $database TEMPLATE template0 ENCODING '$encoding' LOCALE 'C'");
	psql($database, '-c', 'CREATE EXTENSION provider_codes', '-f', "$FindBin::Bin/functions.sql");
	my $part = int $seconds / @ENCODINGS + 1;
	my $output = psql($database, '-c', sprintf('SELECT setseed(%.6f)', $seed / 1_000_000),
		'-c', "CALL fuzz.call_all('{@{[ join ',', @ALLOWED ]}}', $part, 0, 0)");
	my ($called, $refusals) = $output =~ /^(\d+)\|(\d+)$/m or die "no counts\n";
	$calls += $called;
	$refused += $refusals;
	psql('postgres', '-c', "DROP DATABASE $database");
}
die "nothing was accepted, or nothing refused\n" unless $refused && $refused < $calls;
print "functions: $calls calls, $refused refused (seed $seed)\n";

# Runs psql and gives what it prints; dies where a statement fails.
sub psql
{
	my ($database, @arguments) = @_;
	local $ENV{PGOPTIONS} = '-c client_min_messages=warning';
	local $ENV{PGCLIENTENCODING} = 'UTF8';
	open my $psql, '-|', 'psql', '-XqAt', '-v', 'ON_ERROR_STOP=1', '-d', $database, @arguments or die "psql: $!\n";
	my $output = do { local $/ = undef; <$psql> };
	close $psql or die "seed $seed: a statement failed in $database\n";
	return $output // '';
}
