# Messages for end users in the database's own encoding: Spanish letters arrive in every one that has them, and where
# one has none, English takes their place.
use strict;
use warnings;

use Encode;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init(extra => [ '--encoding=UTF8', '--locale=C' ]);
$node->start;

# The messages of all codes as the bytes that the server holds, in hexadecimal digits.
my $all = <<'SQL';
SELECT string_agg(encode(convert_to(code_user_message(status, 'es'), getdatabaseencoding()), 'hex'), ' ' ORDER BY status)
FROM builtin_status_codes() AS c (status)
SQL
my $english = $all =~ s/'es'/'en'/r;

sub in_database
{
	my ($encoding) = @_;
	$node->safe_psql('postgres',
		qq(CREATE DATABASE "in_$encoding" TEMPLATE template0 ENCODING '$encoding' LC_COLLATE 'C' LC_CTYPE 'C'));
	$node->safe_psql("in_$encoding", 'CREATE EXTENSION provider_codes');
	return map { [ map { pack 'H*', $_ } split / /, $node->safe_psql("in_$encoding", $_) ] } $all, $english;
}

my ($utf8, $utf8_english) = in_database('UTF8');
my @expected = map { decode('UTF-8', $_, Encode::FB_CROAK) } @$utf8;
cmp_ok(scalar @expected, '>', 150, 'messages');
ok((grep { /\x{f3}/ } @expected) && (grep { /\x{f1}/ } @expected), 'with Spanish letters');

my %spanish = (
	LATIN1 => 'iso-8859-1', LATIN5 => 'iso-8859-9', LATIN9 => 'iso-8859-15',
	WIN1252 => 'cp1252', WIN1254 => 'cp1254', SQL_ASCII => 'UTF-8');
for my $encoding (sort keys %spanish)
{
	my ($messages) = in_database($encoding);
	is_deeply([ map { decode($spanish{$encoding}, $_) } @$messages ], \@expected, $encoding);
}
for my $encoding (qw(LATIN2 WIN1251 KOI8R EUC_JP))
{
	my ($messages, $in_english) = in_database($encoding);
	is_deeply($messages, $utf8_english, "$encoding: Spanish is not to be had");
	is_deeply($in_english, $utf8_english, "$encoding: English");
}

# An override is in the database's encoding, whether that could spell the built-in message or not.
for my $encoding (qw(UTF8 LATIN1 LATIN2))
{
	my $message = encode('UTF-8', "Llama \x{e9}l");
	is( $node->safe_psql("in_$encoding", <<"SQL"), "$message|t|t", "$encoding: overrides");
SET client_encoding = 'UTF8';
INSERT INTO status_code_overrides (status, user_message_es) VALUES ('syncfy:401', '$message');
SELECT code_user_message('syncfy:401', 'es'),
	code_user_message('syncfy:405', 'es') = builtin_code_user_message('syncfy:405', 'es'),
	code_user_message('syncfy:401') = builtin_code_user_message('syncfy:401');
SQL
	is($node->safe_psql("in_$encoding", <<"SQL"), $message, "$encoding: a variant's, from the row of its code");
SET client_encoding = 'UTF8';
INSERT INTO status_code_overrides (status, name, user_message_es) VALUES ('plaid:LOGIN', NULL, '$message'), ('plaid:LOGIN/new', 'New', NULL);
SELECT code_user_message('plaid:LOGIN/new', 'es');
SQL
}

# A message that shows the beginning of a long text is cut between characters, also where the server takes UTF-8 for so
# many bytes: a client that is sent half a character gets 22021 in place of the message. The texts are refused by the
# type, and by the function that reads payloads.
for my $encoding (qw(SQL_ASCII UTF8))
{
	my $failed = $node->safe_psql("in_$encoding", <<'SQL');
SET client_encoding = 'UTF8';
CREATE FUNCTION problem(statement text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE statement;
	RETURN NULL;
EXCEPTION WHEN invalid_text_representation OR invalid_parameter_value THEN
	RETURN sqlerrm;
END $$;
CREATE FUNCTION is_utf8(bytes bytea) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
	RETURN length(bytes, 'UTF8') > 0;
EXCEPTION WHEN character_not_in_repertoire THEN
	RETURN false;
END $$;
SELECT string_agg(format('%s after %s: %s', c, n, message), E'\n')
FROM unnest('{!,é,€,😀}'::text[]) AS c, generate_series(0, 8) AS n,
	LATERAL (SELECT quote_literal(repeat('x', n) || repeat(c, 200))) AS t (literal),
	unnest(ARRAY['SELECT status_code ' || literal, format('SELECT status_code(%1$s, %1$s, %1$s)', literal),
		format('SELECT status_code_from_json(%s, %L)', literal, '{}')]) AS statement,
	LATERAL (SELECT problem(statement)) AS p (message),
	LATERAL (SELECT convert_to(substring(message from '"(.*?)\.\.\.'), 'SQL_ASCII')) AS s (shown)
WHERE shown IS NULL OR length(shown) NOT BETWEEN 154 AND 160 OR NOT is_utf8(shown);
SQL
	is($failed, '', "$encoding: no cut goes through a character");

	# as a client sees it
	my $text = 'x' x 159 . "\x{c3}\x{a9}" x 20;
	my (undef, undef, $stderr) = $node->psql("in_$encoding", "SET client_encoding = 'UTF8'; SELECT status_code '$text'");
	like($stderr, qr/^psql:[^\n]*: ERROR:  invalid input syntax for type status_code: "x{159}\.\.\."$/m, "$encoding: the message arrives");
}
# Where the bytes are no UTF-8, the cut is where it was.
is( $node->safe_psql('in_SQL_ASCII', "SELECT octet_length(substring(problem('SELECT status_code ' || quote_literal(repeat(E'\\x80', 200))) from '\"(.*?)\\.\\.\\.'))"),
	160, 'other bytes are cut like letters');

$node->stop;
done_testing();
