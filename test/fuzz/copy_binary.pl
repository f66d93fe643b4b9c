#!/usr/bin/perl
#
# copy_binary.pl: reads mutated streams of COPY BINARY into a table of the extension's types.
#
# Usage: perl copy_binary.pl SECONDS [SEED]
#
# The server is the one that PGHOST and so on lead to; the extension is installed in databases of several encodings made for
# the run. Ends with status 1 where a stream raises an error that bad input may not raise, a value that was read doesn't come
# back as it is, or the server goes down.

use strict;
use warnings;

use File::Temp qw(tempdir);

use constant { BATCH => 2000, HEADER => "PGCOPY\n\xff\r\n\0" . "\0" x 8 };

# What may be raised: bad input, by our functions and by those of arrays, rows and COPY itself.
my @ALLOWED = qw(22P02 22P03 22P04 22021 22023 54000 08P01 42804);
my @ENCODINGS = qw(UTF8 SQL_ASCII LATIN1 WIN1252 EUC_JP);

my ($seconds, $seed) = @ARGV;
die "usage: perl copy_binary.pl SECONDS [SEED]\n" unless $seconds;
$seed //= time;
srand $seed;
my $directory = tempdir(CLEANUP => 1);
chmod 0755, $directory or die "$directory: $!\n";

my $setup = <<"SQL";
CREATE EXTENSION provider_codes;
CREATE TYPE pair AS (status status_code, category status_category);
CREATE TABLE received (status status_code, category status_category, action status_action, codes status_code[], pair pair);
CREATE PROCEDURE receive(directory text, streams integer, INOUT read bigint, INOUT refused bigint) LANGUAGE plpgsql AS \$\$
DECLARE
	allowed CONSTANT text[] := '{@{[ join ',', @ALLOWED ]}}';
BEGIN
	read := 0;
	refused := 0;
	FOR i IN 1..streams LOOP
		BEGIN
			EXECUTE format('COPY received FROM %L (FORMAT binary)', directory || '/' || i);
			read := read + 1;
		EXCEPTION WHEN OTHERS THEN
			IF SQLSTATE <> ALL (allowed) THEN
				RAISE EXCEPTION 'stream % raised %: %', i, SQLSTATE, SQLERRM;
			END IF;
			refused := refused + 1;
		END;
	END LOOP;
	IF EXISTS (SELECT FROM received WHERE status <> status_code(status::text)
			OR category <> category::text::status_category OR action <> action::text::status_action
			OR codes <> codes::text::status_code[] OR pair <> pair::text::pair) THEN
		RAISE EXCEPTION 'a value changed';
	END IF;
	TRUNCATE received;
END
\$\$;
SQL

my ($database, %oids, @seeds);
my ($streams, $read, $refused) = (0, 0, 0);
for my $encoding (@ENCODINGS)
{
	$database = lc "provider_codes_copy_$encoding";
	run_sql('postgres', "DROP DATABASE IF EXISTS $database",
		"CREATE DATABASE $database TEMPLATE template0 ENCODING '$encoding' LOCALE 'C'");
	run_sql($database, $setup);
	@oids{qw(code category)} = split /\|/, run_sql($database, "SELECT 'status_code'::regtype::oid, 'status_category'::regtype::oid");
	@seeds = map { row(@$_) } (
		[ 'syncfy:401', 'mfa', 'wait', [ 'basiq:invalid-credentials/locked-account', 'x:y' ], [ 'http:404', 'auth' ] ],
		[ 'basiq:success', 'progress', 'retry', [], [ undef, undef ] ],
		[ ('x' x 60) . ':' . ('y' x 60), undef, undef, undef, undef ],
		[ undef, 'success', 'stop', ['other:007'], ['foundry:403', undef] ]);
	my $end = time + $seconds / @ENCODINGS;
	do { run_batch() } while (time < $end);
	run_sql('postgres', "DROP DATABASE $database");
}
die "nothing was read, or nothing refused\n" unless $read && $refused;
print "copy_binary: $streams streams, $read read, $refused refused (seed $seed)\n";

# Has a number of streams read, and counts them.
sub run_batch
{
	write_stream($_) for 1 .. BATCH;
	my @counts = split /\|/, run_sql($database, "CALL receive('$directory', @{[BATCH]}, 0, 0)");
	$streams += BATCH;
	$read += $counts[0];
	$refused += $counts[1];
	return;
}

# Runs statements through psql; dies where one fails.
sub run_sql
{
	my ($database, @statements) = @_;
	local $ENV{PGOPTIONS} = '-c client_min_messages=warning';
	open my $psql, '-|', 'psql', '-XqAt', '-v', 'ON_ERROR_STOP=1', '-d', $database, map { ('-c', $_) } @statements
	  or die "psql: $!\n";
	my $output = do { local $/ = undef; <$psql> };
	close $psql or die "seed $seed: a statement failed\n";
	chomp $output if defined $output;
	return $output // '';
}

# A field: its length and bytes, or that it is NULL.
sub field
{
	my ($bytes) = @_;
	return defined $bytes ? pack('N', length $bytes) . $bytes : pack 'N', 0xffffffff;
}

# The stream of a row. Array and row contain the OIDs of their types.
sub row
{
	my ($status, $category, $action, $codes, $pair) = @_;
	my ($code_oid, $category_oid) = @oids{qw(code category)};
	my $array;
	$array = pack('N*', @$codes ? (1, 0, $code_oid, scalar @$codes, 1) : (0, 0, $code_oid)) . join '', map { field($_) } @$codes
	  if $codes;
	my $row;
	$row = pack('N', 2) . pack('N', $code_oid) . field($pair->[0]) . pack('N', $category_oid) . field($pair->[1])
	  if $pair;
	return pack('n', 5) . join '', map { field($_) } $status, $category, $action, $array, $row;
}

# Writes a stream that mutations of one or two rows make.
sub write_stream
{
	my ($number) = @_;
	my $stream = join '', map { $seeds[ rand @seeds ] } 0 .. rand 2;
	mutate(\$stream) for 1 .. rand 5;
	open my $file, '>:raw', "$directory/$number" or die "$directory/$number: $!\n";
	print {$file} HEADER . $stream . pack('n', 0xffff) or die "$directory/$number: $!\n";
	close $file or die "$directory/$number: $!\n";
	return;
}

sub mutate
{
	my ($stream) = @_;
	my $at = int rand 1 + length $$stream;
	my $count = int rand 4;
	my @mutations = (
		sub { substr $$stream, $at, 1, chr rand 256 },
		sub { substr $$stream, $at, 1, (':', '/', '0', "\0", "\xff", 'A', "\x7f", "\xc3")[ rand 8 ] },
		sub { substr $$stream, $at, $count, '' },
		sub { substr $$stream, $at, 0, join '', map { chr rand 256 } 0 .. $count },
		sub { substr $$stream, $at, 0, substr $$stream, rand length $$stream, $count * 8 },
		sub { substr $$stream, $at, 4, pack 'N', (0, 1, 126, 127, 128, 0x7fffffff, 0x80000000, 0xffffffff)[ rand 8 ] },
	);
	$mutations[ rand @mutations ]->() if length $$stream;
	return;
}
