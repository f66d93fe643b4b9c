# Messages for end users in the database's own encoding: message by message, what that can't write is told in English.
use strict;
use warnings;

use Encode;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init(extra => [ '--encoding=UTF8', '--locale=C' ]);
$node->start;

# A message of every code as the bytes that the server holds, in hexadecimal digits.
sub messages_in
{
	my ($encoding, $message) = @_;
	return split / /, $node->safe_psql("in_$encoding", <<"SQL");
SELECT string_agg(encode(convert_to($message, getdatabaseencoding()), 'hex'), ' ' ORDER BY status)
FROM builtin_status_codes() AS c (status)
SQL
}

sub create_database
{
	my ($encoding) = @_;
	$node->safe_psql('postgres',
		qq(CREATE DATABASE "in_$encoding" TEMPLATE template0 ENCODING '$encoding' LC_COLLATE 'C' LC_CTYPE 'C'));
	$node->safe_psql("in_$encoding", 'CREATE EXTENSION provider_codes');
	return;
}

create_database('UTF8');
my @languages = split / /, $node->safe_psql('in_UTF8',
	q(SELECT string_agg(k, ' ' ORDER BY k) FROM jsonb_object_keys(builtin_code_user_messages('syncfy:401')) k));
ok((grep { $_ eq 'en' } @languages) && (grep { $_ eq 'es' } @languages), "languages: @languages");
my %in_utf8 = map { $_ => [ messages_in('UTF8', "code_user_message(status, '$_')") ] } @languages;
my @spanish = map { decode('UTF-8', pack('H*', $_), Encode::FB_CROAK) } @{ $in_utf8{es} };
cmp_ok(scalar @spanish, '>', 150, 'messages');
ok((grep { /\x{f3}/ } @spanish) && (grep { /\x{f1}/ } @spanish), 'with Spanish letters');

# The server itself says, by conversions that raise an error, which messages an encoding can write.
$node->safe_psql('in_UTF8', <<'SQL');
CREATE FUNCTION written_in(encoding name, message text) RETURNS bytea LANGUAGE plpgsql AS $$
BEGIN
	RETURN convert_to(message, encoding);
EXCEPTION WHEN untranslatable_character OR undefined_function THEN
	RETURN NULL;
END $$
SQL

# How many of the Spanish messages an encoding can write: all, some or those alone that are plain ASCII.
my %how_many = (
	LATIN1 => 'all', LATIN5 => 'all', LATIN9 => 'all', WIN1252 => 'all', WIN1254 => 'all', EUC_JP => 'all',
	LATIN2 => 'some', ISO_8859_7 => 'ASCII', WIN1251 => 'ASCII', KOI8R => 'ASCII', EUC_CN => 'some', EUC_TW => 'ASCII');
my $ascii = grep { /\A[\x20-\x7e]*\z/ } @spanish;
for my $encoding (sort keys %how_many)
{
	create_database($encoding);
	for my $language (@languages)
	{
		my @expected = split / /, $node->safe_psql('in_UTF8', <<"SQL");
SELECT string_agg(encode(COALESCE(written_in('$encoding', code_user_message(status, '$language')),
	convert_to(code_user_message(status), 'UTF8')), 'hex'), ' ' ORDER BY status)
FROM builtin_status_codes() AS c (status)
SQL
		is_deeply([ messages_in($encoding, "code_user_message(status, '$language')") ], \@expected, "$encoding: $language");
		is_deeply([ messages_in($encoding, "builtin_code_user_message(status, '$language')") ], \@expected, "$encoding: $language, the twin's");
		is_deeply([ messages_in($encoding, "COALESCE(code_user_messages(status) ->> '$language', code_user_message(status))") ],
			\@expected, "$encoding: $language, among all");
		next if $language ne 'es';

		my $written = grep { $expected[$_] ne $in_utf8{en}[$_] } 0 .. $#expected;
		my $are = $written == @expected ? 'all' : $written == $ascii ? 'ASCII' : $written > $ascii ? 'some' : 'too few';
		is($are, $how_many{$encoding}, "$encoding: $written of " . @expected . ' in Spanish');
	}
}

# Perl knows these encodings as well, and comes to the same letters.
my %perls = (LATIN1 => 'iso-8859-1', LATIN5 => 'iso-8859-9', LATIN9 => 'iso-8859-15', WIN1252 => 'cp1252', WIN1254 => 'cp1254');
for my $encoding (sort keys %perls)
{
	my @messages = map { decode($perls{$encoding}, pack 'H*', $_) } messages_in($encoding, q(code_user_message(status, 'es')));
	is_deeply(\@messages, \@spanish, "$encoding: letters");
}

# SQL_ASCII takes any bytes, and so has UTF-8. From MULE_INTERNAL (which later releases may lack) there is no way to UTF-8.
create_database('SQL_ASCII');
is_deeply([ messages_in('SQL_ASCII', "code_user_message(status, '$_')") ], $in_utf8{$_}, "SQL_ASCII: $_") for @languages;
if (eval { create_database('MULE_INTERNAL'); 1 })
{
	is_deeply([ messages_in('MULE_INTERNAL', q(code_user_message(status, 'en'))) ], $in_utf8{en}, 'MULE_INTERNAL: English');
	my @messages = messages_in('MULE_INTERNAL', q(code_user_message(status, 'es')));
	is_deeply([ grep { $messages[$_] ne $in_utf8{en}[$_] && $messages[$_] ne $in_utf8{es}[$_] } 0 .. $#messages ], [], 'MULE_INTERNAL: nothing else');
}

# An override is in the database's encoding, whether that could spell the built-in message or not.
for my $encoding (qw(UTF8 LATIN1 LATIN2 KOI8R))
{
	my $message = encode('UTF-8', $encoding eq 'KOI8R' ? "\x{41f}\x{43e}\x{437}\x{432}\x{43e}\x{43d}" : "Llama \x{e9}l");
	is( $node->safe_psql("in_$encoding", <<"SQL"), "$message|t|t", "$encoding: overrides");
SET client_encoding = 'UTF8';
INSERT INTO status_code_overrides (status, user_messages) VALUES ('syncfy:401', '{"es": "$message"}');
SELECT code_user_message('syncfy:401', 'es'),
	code_user_message('syncfy:405', 'es') = builtin_code_user_message('syncfy:405', 'es'),
	code_user_message('syncfy:401') = builtin_code_user_message('syncfy:401');
SQL
	is($node->safe_psql("in_$encoding", <<"SQL"), "$message|$message", "$encoding: a variant's, from the row of its code");
SET client_encoding = 'UTF8';
INSERT INTO status_code_overrides (status, name, user_messages) VALUES ('quovo:LOGIN', NULL, '{"es": "$message"}'), ('quovo:LOGIN/new', 'New', NULL);
SELECT code_user_message('quovo:LOGIN/new', 'es'), code_user_messages('quovo:LOGIN/new') ->> 'es';
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

# Letters are taken for others as ASCII says, not the locale: in Turkish, "\x{130}" is the capital of "i", in one byte.
SKIP:
{
	my $locales = PostgreSQL::Test::Utils::tempdir();
	my $locale = 'tr_TR.ISO-8859-9';
	skip 'a Turkish locale cannot be made', 1
		if system("localedef -i tr_TR -f ISO-8859-9 '$locales/$locale' >/dev/null 2>&1") != 0;
	local $ENV{LOCPATH} = $locales;
	my $turkish = PostgreSQL::Test::Cluster->new('turkish');
	$turkish->init(extra => [ '--encoding=LATIN5', "--locale=$locale" ]);
	$turkish->start;
	$turkish->safe_psql('postgres', 'CREATE EXTENSION provider_codes');
	is($turkish->safe_psql('postgres', <<'SQL'), 't|t|plaid:INVALID_CREDENTIALS|plaid:INVALID_CREDENTIALS', 'a letter that is not ASCII is no other');
SELECT lower(chr(221)) = 'i', status_code_match('PLA' || chr(221) || 'D INVALID_CREDENTIALS') IS NULL,
	status_code_match('PLAID INVALID_CREDENTIALS'), status_code_match('plaid invalid-credentials')
SQL
	$turkish->stop;
}

done_testing();
