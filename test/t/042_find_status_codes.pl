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

# The same of the other providers, whose codes are compared with those of all.
my @typed_of_others = (
	[ 'plaid login required', 'plaid:ITEM_LOGIN_REQUIRED' ], [ 'item login required', 'plaid:ITEM_LOGIN_REQUIRED' ],
	[ 'ITEM_LOGIN_REQUIRED', 'plaid:ITEM_LOGIN_REQUIRED' ], [ 'plaid item locked', 'plaid:ITEM_LOCKED' ],
	[ 'plaid institution down', 'plaid:INSTITUTION_DOWN' ],
	[ 'plaid consent expired', 'plaid:ITEM_LOGIN_REQUIRED/OAUTH_CONSENT_EXPIRED' ],
	[ 'product not ready', 'plaid:PRODUCT_NOT_READY' ], [ 'plaid mfa code wrong', 'plaid:INVALID_MFA' ],
	[ 'belvo token', 'belvo:token_required' ], [ 'belvo login error', 'belvo:login_error' ],
	[ 'belvo insufficient funds', 'belvo:INSUFFICIENT_FUNDS' ],
	[ 'insufficient_funds belvo', 'belvo:INSUFFICIENT_FUNDS' ], [ 'too many sessions', 'belvo:too_many_sessions' ],
	[ 'finicity 103', 'finicity:103' ], [ 'finicity 185', 'finicity:185' ], [ 'finicity error 102', 'finicity:102' ],
	[ 'nsf', 'ach:R01' ], [ 'insufficient funds', 'ach:R01' ], [ 'ach insufficient funds', 'ach:R01' ],
	[ 'R01', 'ach:R01' ], [ 'account closed', 'ach:R02' ], [ 'ach account closed', 'ach:R02' ],
	[ 'stop payment', 'ach:R08' ], [ 'AC04', 'iso20022:AC04' ], [ 'iso closed account', 'iso20022:AC04' ],
	[ 'senha incorreta pluggy', 'pluggy:INVALID_CREDENTIALS' ], [ 'pluggy site down', 'pluggy:SITE_NOT_AVAILABLE' ],
	[ 'conta bloqueada pluggy', 'pluggy:ACCOUNT_LOCKED' ], [ 'cuenta bloqueada mx', 'mx:LOCKED' ],
	[ 'fintoc cuenta bloqueada', 'fintoc:locked_credentials' ], [ 'mx denied', 'mx:DENIED' ],
	[ 'mx wrong password', 'mx:2005' ], [ 'mx 2005', 'mx:2005' ], [ 'mx still aggregating', 'mx:CONNECTED/aggregating' ],
	[ 'mx challenged', 'mx:CHALLENGED' ], [ 'saltedge consent expired', 'saltedge:AispConsentExpired' ],
	[ 'salt edge invalid credentials', 'saltedge:InvalidCredentials' ],
	[ 'saltedge provider error payment', 'saltedge:ProviderError/payment' ],
	[ 'interactive timeout', 'saltedge:InteractiveTimeout' ], [ 'truelayer invalid grant', 'truelayer:invalid_grant' ],
	[ 'truelayer consent expired', 'truelayer:invalid_grant' ], [ 'tink session expired', 'tink:SESSION_EXPIRED' ],
	[ 'teller account locked', 'teller:enrollment.disconnected.account_locked' ],
	[ 'gocardless rate limit', 'gocardless:RateLimitError' ], [ 'EUA expired', 'gocardless:EXPIRED' ],
	[ 'nordigen expired', 'gocardless:EX' ], [ 'enable banking expired session', 'enablebanking:EXPIRED_SESSION' ],
	[ 'yodlee incorrect credentials', 'yodlee:INCORRECT_CREDENTIALS' ], [ 'yodlee 402', 'yodlee:402' ],
	[ 'mfa code wrong', 'plaid:INVALID_MFA' ], [ 'consent expired', 'yodlee:CONSENT_EXPIRED' ],
	[ 'fondos insuficientes', 'ach:R01' ], [ 'saldo insuficiente', 'ach:R01' ],
	[ 'saldo insuficiente belvo', 'belvo:INSUFFICIENT_FUNDS' ], [ 'cuenta cerrada', 'ach:R02' ],
	[ 'conta encerrada', 'ach:R02' ], [ 'consentimiento vencido', 'yodlee:CONSENT_EXPIRED' ],
	[ 'credenciales inválidas', 'belvo:invalid_credentials' ],
	[ 'refresh intent rejected', 'fintoc:rejected_refresh_intent' ], [ 'plaid reconnect', 'plaid:ITEM_LOGIN_REQUIRED' ],
	[ 'fraud', 'iso20022:FRAD' ], [ 'duplicate payment', 'iso20022:DUPL' ],
	[ 'iso 20022 account number', 'iso20022:AC01' ], [ 'senha incorreta', 'syncfy:401' ], [ 'mx 2001', 'mx:2001' ],
	[ 'contraseña incorrecta plaid', 'plaid:INVALID_CREDENTIALS' ],
	[ 'plaid payment rejected', 'plaid:PAYMENT_REJECTED' ], [ 'pagamento rejeitado pluggy', 'pluggy:PAYMENT_REJECTED' ],
	[ 'institution not responding', 'plaid:INSTITUTION_NOT_RESPONDING' ],
	[ 'belvo sesión expirada', 'belvo:session_expired' ], [ 'código incorrecto belvo', 'belvo:invalid_token' ],
	[ 'plaid codigo incorrecto', 'plaid:INVALID_MFA' ], [ 'salt edge wrong password', 'saltedge:InvalidCredentials' ],
	[ 'bounced', 'ach:R01' ], [ 'nordigen suspended', 'gocardless:SUSPENDED' ],
	[ 'finicity wrong password', 'finicity:103' ], [ 'invalid_grant', 'truelayer:invalid_grant' ],
	[ 'TINK temporary error', 'tink:TEMPORARY_ERROR' ], [ 'yodlee account locked', 'yodlee:ACCOUNT_LOCKED' ],
	[ 'mx institution maintenance', 'mx:3001' ]);

# The place of the expected code: of the first list, among those of the four providers that it is about, because a catalog
# that grows has further codes of others that mean the same.
sub literal { return "'" . $_[0] =~ s/'/''/gr . "'"; }
sub missed
{
	my ($typed, $among) = @_;
	my $values = join ",\n", map { '(' . literal($_->[0]) . ', ' . literal($_->[1]) . ')' } @$typed;
	utf8::encode($values);
	return split /\n/, $node->safe_psql('postgres', <<"SQL");
SELECT t.search, t.status, f.place
FROM (VALUES $values) AS t (search, status)
LEFT JOIN LATERAL (
	SELECT status, row_number() OVER (ORDER BY n) AS place
	FROM find_status_codes(t.search, 1000) WITH ORDINALITY AS f (status, score, label, description, n)
	WHERE $among) AS f ON f.status = t.status
WHERE f.place IS NULL OR f.place > 3
SQL
}
cmp_ok(scalar @typed, '>', 100, 'searches');
cmp_ok(scalar @typed_of_others, '>', 60, 'and those of other providers');
for my $list ([ \@typed, "split_part(status, ':', 1) IN ('syncfy', 'basiq', 'foundry', 'http')" ], [ \@typed_of_others, 'true' ])
{
	my ($typed, $among) = @$list;
	my @missed = missed($typed, $among);
	cmp_ok(scalar @missed, '<=', 0.05 * @$typed, 'at least 95 of 100 have the expected code among the first three')
	  or diag join "\n", @missed;
	note join "\n", 'not among the first three:', @missed;
}

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
is( $node->safe_psql('postgres', "SELECT DISTINCT split_part(status, ':', 1) FROM find_status_codes('plaid wrong password', 1000)"),
	'plaid',
	'also where a synonym is a code of another one');
is( $node->safe_psql('postgres', "SELECT DISTINCT split_part(status, ':', 1) FROM find_status_codes('Salt Edge, wrong password', 1000)"),
	'saltedge',
	'under another name, too');
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
