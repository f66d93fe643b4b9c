# The page examples/find_status_codes.sql: what people type, and what they should find.
use strict;
use warnings;
use utf8;

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init(extra => [ '--encoding=UTF8', '--locale=C' ]);
$node->start;
my ($status, undef, $stderr) = $node->psql('postgres', 'CREATE EXTENSION pg_trgm; DROP EXTENSION pg_trgm');
if ($status != 0 && $stderr =~ /could not open extension control file|is not available/)
{
	$node->stop;
	plan skip_all => 'this server has no pg_trgm';
}
is($status, 0, 'the server has pg_trgm') or diag $stderr;
$node->safe_psql('postgres', 'CREATE EXTENSION provider_codes');

my $objects = <<'SQL';
SELECT string_agg(o, E'\n' ORDER BY o) FROM (
	SELECT pg_describe_object(classid, objid, 0) FROM pg_depend JOIN pg_namespace AS n ON refobjid = n.oid
	WHERE refclassid = 'pg_namespace'::regclass AND nspname = 'public'
	UNION ALL SELECT extname FROM pg_extension) AS s (o)
SQL
my $before = $node->safe_psql('postgres', $objects);
$node->safe_psql('postgres', '\i examples/find_status_codes.sql');

# What people typed, and a code that they meant; "401" is several providers' code, for example.
my @typed = (
	# a code, written in whatever way
	[ 'syncfy:401', 'syncfy:401' ], [ 'Syncfy 401', 'syncfy:401' ], [ '401 syncfy', 'syncfy:401' ],
	[ '401', 'syncfy:401' ], [ '401', 'foundry:401' ], [ "\tsyncfy-401\n", 'syncfy:401' ],
	[ 'basiq:invalid-credentials', 'basiq:invalid-credentials' ], [ 'invalid_credentials', 'basiq:invalid-credentials' ],
	[ 'Invalid Credentials', 'basiq:invalid-credentials' ], [ 'Invalid Credentials', 'basiq:invalid-credentials/locked-account' ],
	[ 'Invalid Credentials', 'basiq:invalid-credentials/multi-factor-authentication' ],
	[ 'basiq/invalid credentials/locked account', 'basiq:invalid-credentials/locked-account' ],
	# with words that only say what it is
	[ 'error 401', 'syncfy:401' ], [ 'Error code 405!', 'syncfy:405' ], [ 'syncfy error 501', 'syncfy:501' ],
	[ 'HTTP status 404', 'http:404' ], [ 'status: invalid credentials', 'basiq:invalid-credentials' ], [ 'error lockd', 'syncfy:405' ],
	[ 'error: technical contact', 'syncfy:501' ], [ 'unknown error', 'basiq:unknown-error' ], [ 'syncfy error', 'syncfy:500' ],
	# a variant
	[ 'locked account', 'basiq:invalid-credentials/locked-account' ], [ 'locked', 'basiq:invalid-credentials/locked-account' ],
	[ 'token expired', 'basiq:access-denied/token-expired' ], [ 'basiq token expired', 'basiq:access-denied/token-expired' ],
	# a name, with its words apart, together, or as the provider writes it
	[ 'Locked', 'syncfy:405' ], [ 'LOCKED!', 'syncfy:405' ], [ 'UserAction', 'syncfy:408' ], [ 'user action', 'syncfy:408' ],
	[ 'useraction', 'syncfy:408' ], [ 'twofa timeout', 'syncfy:411' ], [ 'TWOFA-TIMEOUT', 'syncfy:411' ],
	[ 'undergoing maintenance', 'syncfy:509' ], [ 'UndergoingMaintenance', 'syncfy:509' ], [ 'wrongsite', 'syncfy:409' ],
	[ 'internal server error', 'foundry:500' ], [ 'pending', 'syncfy:201' ], [ 'pending', 'syncfy:205' ],
	# a title
	[ 'Invalid Credentials', 'foundry:401' ], [ 'endpoint not found', 'foundry:404' ],
	# the beginning
	[ 'too many', 'basiq:too-many-requests' ], [ 'too many', 'basiq:request-not-valid/too-many-requests' ], [ 'undergo', 'syncfy:509' ],
	[ 'login', 'syncfy:413' ], [ 'log in', 'syncfy:413' ], [ 'syncfy 40', 'syncfy:401' ], [ 'syncfy', 'syncfy:100' ],
	[ 'endpoint', 'foundry:404' ],
	# something further on
	[ 'maintenance', 'syncfy:509' ], [ 'connection timeout', 'syncfy:504' ], [ 'timeout', 'syncfy:504' ], [ 'time out', 'syncfy:504' ],
	[ 'expired', 'basiq:access-denied/token-expired' ],
	# a piece of the description
	[ '15 minutes', 'syncfy:501' ], [ 'contact technical support', 'syncfy:501' ], [ 'MFA', 'syncfy:411' ],
	[ 'logged in to your institution', 'syncfy:406' ], [ 'institution is under maint', 'syncfy:509' ],
	[ "institution's side", 'basiq:maintenance-error' ],
	# what the end user was shown
	[ 'your bank has locked your access', 'syncfy:405' ], [ 'bloqueó tu acceso', 'syncfy:405' ], [ 'bloqueo tu acceso', 'syncfy:405' ],
	[ 'contrasena', 'basiq:invalid-credentials/invalid-username-or-password' ],
	# words from here and there
	[ 'problem 501', 'syncfy:501' ], [ 'technical contact', 'syncfy:501' ], [ 'email sandbox', 'basiq:no-production-access' ],
	[ 'device conflict', 'syncfy:406' ], [ 'invalid authoriz token', 'basiq:invalid-authorization-token' ],
	[ 'syncfy wait minutes', 'syncfy:501' ],
	# misspelled
	[ 'lockd', 'syncfy:405' ], [ 'lokced', 'syncfy:405' ], [ 'unauthorised', 'syncfy:401' ], [ 'conection timout', 'syncfy:504' ],
	[ 'lockd acount', 'basiq:invalid-credentials/locked-account' ], [ 'intrenal sever eror', 'foundry:500' ],
	[ 'syncfy lockd', 'syncfy:405' ], [ 'sycnfy 401', 'syncfy:401' ],
	[ 'basiq invalid authorization tokn', 'basiq:invalid-authorization-token' ], [ 'institutoin maintenence', 'syncfy:509' ],
	# synonyms, also Spanish and Portuguese ones, with accents and without
	[ 'wrong password', 'syncfy:401' ], [ 'wrong password', 'basiq:invalid-credentials/invalid-username-or-password' ],
	[ 'password', 'syncfy:401' ], [ 'login failed', 'syncfy:413' ], [ '2fa', 'syncfy:411' ],
	[ '2fa', 'basiq:invalid-credentials/multi-factor-authentication' ], [ 'otp', 'syncfy:410' ], [ 'user is locked out', 'syncfy:405' ],
	[ 'account locked', 'syncfy:405' ], [ 'acount locked', 'basiq:invalid-credentials/locked-account' ],
	[ 'consent expired', 'basiq:access-denied/token-expired' ],
	[ 'cuenta bloqueada', 'syncfy:405' ], [ 'cuenta bloqueada', 'basiq:invalid-credentials/locked-account' ],
	[ 'contraseña incorrecta', 'syncfy:401' ], [ 'contrasena incorrecta', 'syncfy:401' ],
	[ 'sesión expirada', 'basiq:access-denied/token-expired' ], [ 'SESION EXPIRADA', 'basiq:access-denied/token-expired' ],
	[ 'senha incorreta', 'syncfy:401' ], [ 'senha incorreta', 'basiq:invalid-credentials/invalid-username-or-password' ],
	# from a log
	[ 'syncfy 401.0', 'syncfy:401' ], [ 'Error: Syncfy job failed with code 501 (Unavailable)', 'syncfy:501' ],
	[ '404 not found', 'http:404' ], [ '404 not found', 'foundry:404' ]);

# The place of the expected code, among those of the four providers that the list is about: a catalog that grows has further
# codes of others that mean the same.
sub literal { return "'" . $_[0] =~ s/'/''/gr . "'"; }
my $values = join ",\n", map { '(' . literal($_->[0]) . ', ' . literal($_->[1]) . ')' } @typed;
utf8::encode($values);
my $missed = $node->safe_psql('postgres', <<"SQL");
SELECT t.search, t.status, f.place
FROM (VALUES $values) AS t (search, status)
LEFT JOIN LATERAL (
	SELECT status, row_number() OVER (ORDER BY n) AS place
	FROM find_status_codes(t.search, 1000) WITH ORDINALITY AS f (status, score, label, description, n)
	WHERE split_part(status, ':', 1) IN ('syncfy', 'basiq', 'foundry', 'http')) AS f ON f.status = t.status
WHERE f.place IS NULL OR f.place > 3
SQL
my @missed = split /\n/, $missed;
cmp_ok(scalar @typed, '>', 100, 'searches');
cmp_ok(scalar @missed, '<=', 0.05 * @typed, 'at least 95 of 100 have the expected code among the first three') or diag $missed;
note "not among the first three:\n$missed";

# The first of all, where no other code is as good.
my %first = (
	'syncfy 401' => 'syncfy:401', 'twofa timeout' => 'syncfy:411', 'Undergoing Maintenance' => 'syncfy:509',
	'basiq token expired' => 'basiq:access-denied/token-expired', 'syncfy locked' => 'syncfy:405', 'syncfy lockd' => 'syncfy:405',
	'http 404' => 'http:404', 'foundry invalid credentials' => 'foundry:401');
for my $search (sort keys %first)
{
	is($node->safe_psql('postgres', "SELECT status FROM find_status_codes('$search') LIMIT 1"), $first{$search}, "first: $search");
}

is( $node->safe_psql('postgres', "SELECT DISTINCT split_part(status, ':', 1) FROM find_status_codes('unauthorized foundry', 1000)"),
	'foundry',
	'a provider narrows');
is( $node->safe_psql('postgres', "SELECT count(*) FROM find_status_codes('syncfy', 1000)"),
	$node->safe_psql('postgres', "SELECT count(*) FROM status_codes WHERE provider = 'syncfy'"),
	'a provider alone gives all its codes');
is($node->safe_psql('postgres', "SELECT count(*) FROM find_status_codes('syncfy')"), 10, 'at most so many');
is($node->safe_psql('postgres', "SELECT count(*) FROM find_status_codes('syncfy', 2)"), 2, 'or as many as are wanted');

# Whatever is typed, it is no error, and scores are between 0 and 1 and do not grow.
my $odd = <<'SQL';
SELECT search, f.*
FROM (SELECT unnest(ARRAY['', ' ', '-', '???', NULL, '%', '_', '\', '''', '"', '(', '[a', '*', 'a|b', '\y', '$1', 'xyzzy', '0', 'ñandú', '日本語', repeat('x', 100000),
			repeat('locked ', 50000)])
	UNION ALL
	SELECT (SELECT string_agg(chr(greatest(get_byte(decode(md5(i::text || j / 16), 'hex'), j % 16) % 128, 1)), '') FROM generate_series(0, i % 60) AS j)
	FROM generate_series(1, 20) AS i) AS s (search),
	LATERAL (SELECT status, score, lag(score) OVER (ORDER BY n) AS before FROM find_status_codes(search, 1000)
		WITH ORDINALITY AS f (status, score, label, description, n)) AS f
WHERE score NOT BETWEEN 0.1 AND 1 OR score > before + 0.06
SQL
utf8::encode($odd);
is($node->safe_psql('postgres', $odd), '', 'anything may be typed');
is($node->safe_psql('postgres', "SELECT count(*) FROM unnest(ARRAY['', ' ', '???', NULL]) AS s, find_status_codes(s)"), 0, 'nothing finds nothing');

# Overrides and synonyms of one's own count.
is( $node->safe_psql('postgres', <<'SQL'), "acme:E7\nacme:E7\nsyncfy:509", 'overrides and synonyms are found');
INSERT INTO status_code_overrides (status, name, description) VALUES ('acme:E7', 'Wobbling', 'The bank plorfs.');
INSERT INTO status_code_synonyms VALUES ('kaputt', 'undergoing maintenance');
SELECT status FROM unnest('{wobling,plorfs,Kaputt}'::text[]) WITH ORDINALITY AS s (search, n), LATERAL (SELECT status FROM find_status_codes(search) LIMIT 1) AS f
ORDER BY n;
DELETE FROM status_code_overrides;
SQL

# What the page says of its removal leaves nothing behind.
my ($removal) = slurp_file('examples/find_status_codes.sql') =~ /^--   (DROP .*)$/m or die 'the page does not say how to remove it';
$node->safe_psql('postgres', $removal);
is($node->safe_psql('postgres', $objects), $before, 'it can be removed');

$node->stop;
done_testing();
