# A provider that is not in the catalog needs one file and nothing else: a library is built whose catalog has a file
# more for each of several, and reads what they send. Their shapes are those of real providers. The declarations that
# only the catalog's own providers need are in the tests payloads and payload_providers.
use strict;
use warnings;

use File::Copy qw(copy);
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

# A provider's file: its shapes as they are, and its codes, each with its variants and aliases, which all mean the
# same.
my $meaning = "category request\naction fix_request\nretryable no\nterminal yes\nuser_message our-mistake\nvendor - | - | Something.\n";
my %catalog = (
	berlingroup => [ <<'END', qw(CONSENT_EXPIRED PAYMENT_FAILED) ],
provider berlingroup slugs -
about A provider of this test.
source nowhere | - | incomplete
shape messages, of which some may be warnings, or a payment
take tppMessages[category=ERROR].code
else transactionStatus as iso20022
END
	openbankinguk => [ <<'END', 'UK.OBIE.Field.Missing=U002', 'UK.OBIE.Resource.NotFound=U011' ],
provider openbankinguk slugs -
about A provider of this test.
source nowhere | - | incomplete
shape errors
in   Errors*
take ErrorCode
END
	flinks => [ <<'END', qw(INVALID_LOGIN RETRY_LATER) ],
provider flinks slugs -
about A provider of this test.
source nowhere | - | incomplete
shape an answer
take FlinksCode
otherwise HttpStatusCode as http
END
	'stripe-fc' => [ <<'END', qw(institution_unavailable_planned/event inactive) ],
provider stripe-fc slugs -
about A provider of this test.
source nowhere | - | incomplete
shape an event, an account, or a returned payment
take metadata.errorCode variant event
take status known if object=financial_connections.account
else network_decline_code as ach
else returns*.code as iso20022 variant return
END
	akahu => [ <<'END', qw(ACTIVE INACTIVE/refreshing) ],
provider akahu slugs -
about A provider of this test.
source nowhere | - | incomplete
shape accounts, the last of which counts
in   items[] last
in   item
take status known variant refreshing if busy=true
else status known if busy!=false
END
);

my @cases = (
	[ 'berlingroup', '{"tppMessages": [{"category": "WARNING", "code": "X"}, {"category": "ERROR", "code": "CONSENT_EXPIRED"}, "x", {"category": "ERROR"}]}', 'berlingroup:CONSENT_EXPIRED' ],
	[ 'berlingroup', '{"tppMessages": [{"category": "WARNING", "code": "CONSENT_EXPIRED"}]}', '' ],
	[ 'berlingroup', '{"transactionStatus": "RJCT", "tppMessages": [{"category": "ERROR", "code": "PAYMENT_FAILED"}]}', 'berlingroup:PAYMENT_FAILED' ],
	[ 'berlingroup', '{"transactionStatus": "RJCT", "tppMessages": []}', 'iso20022:RJCT' ],
	[ 'openbankinguk', '{"Code": "400 BadRequest", "Id": "e1", "Errors": [{"ErrorCode": "UK.OBIE.Field.Missing", "Path": "Data.Permissions"}, {"ErrorCode": "U011"}]}',
		'openbankinguk:UK.OBIE.Field.Missing', 'openbankinguk:UK.OBIE.Field.Missing openbankinguk:UK.OBIE.Resource.NotFound' ],
	[ 'openbankinguk', '{"Errors": {"ErrorCode": "U002"}}', 'openbankinguk:UK.OBIE.Field.Missing' ],
	[ 'openbankinguk', '{"Errors": []}', '' ],
	[ 'openbankinguk', '{"Errors": "U002"}', '' ],
	[ 'flinks', '{"HttpStatusCode": 401, "FlinksCode": "RETRY_LATER"}', 'flinks:RETRY_LATER' ],
	[ 'flinks', '{"HttpStatusCode": 401, "Message": "x"}', 'http:401' ],
	[ 'flinks', '{"HttpStatusCode": 203, "SecurityChallenges": []}', '' ],
	# a place that tells a variant, which the code has or has not
	[ 'stripe-fc', '{"name": "error", "metadata": {"errorCode": "institution_unavailable_planned"}}', 'stripe-fc:institution_unavailable_planned/event' ],
	[ 'stripe-fc', '{"name": "error", "metadata": {"errorCode": "inactive"}}', 'stripe-fc:inactive' ],
	[ 'stripe-fc', '{"name": "error", "metadata": {"errorCode": "something_new"}}', 'stripe-fc:something_new' ],
	[ 'stripe-fc', '{"object": "financial_connections.account", "status": "inactive"}', 'stripe-fc:inactive' ],
	[ 'stripe-fc', '{"object": "payout", "status": "inactive"}', '' ],
	[ 'stripe-fc', '{"network_decline_code": "R01"}', 'ach:R01' ],
	# another provider's variant, at the elements of an array or at what is none
	[ 'stripe-fc', '{"returns": [{"code": "AC14"}, {"code": "AC04"}]}', 'iso20022:AC14/return', 'iso20022:AC14/return iso20022:AC04' ],
	[ 'stripe-fc', '{"returns": {"code": "AC14"}}', 'iso20022:AC14/return' ],
	[ 'stripe-fc', '{"returns": [[{"code": "AC14"}], null, {"code": null}]}', '' ],
	[ 'akahu', '{"item": {"_id": "acc_1", "status": "INACTIVE"}}', 'akahu:INACTIVE' ],
	[ 'akahu', '{"items": [{"status": "ACTIVE"}, {"status": "INACTIVE"}, {"status": "x"}]}', 'akahu:INACTIVE', 'akahu:ACTIVE akahu:INACTIVE' ],
	# a truth value, or a word for it; nothing else is either
	[ 'akahu', '{"item": {"status": "INACTIVE", "busy": true}}', 'akahu:INACTIVE/refreshing' ],
	[ 'akahu', '{"item": {"status": "INACTIVE", "busy": "true"}}', 'akahu:INACTIVE/refreshing' ],
	[ 'akahu', '{"item": {"status": "ACTIVE", "busy": true}}', 'akahu:ACTIVE' ],
	[ 'akahu', '{"item": {"status": "INACTIVE", "busy": false}}', '' ],
	[ 'akahu', '{"item": {"status": "INACTIVE", "busy": 1}}', 'akahu:INACTIVE' ],
	[ 'akahu', '{"item": {"status": "INACTIVE", "busy": null}}', 'akahu:INACTIVE' ],
	[ 'akahu', '{"item": {"status": "INACTIVE", "busy": {"true": true}}}', 'akahu:INACTIVE' ],
	# the providers of before are as they were
	[ 'plaid', '{"error_type": "ITEM_ERROR", "error_code": "ITEM_LOGIN_REQUIRED", "error_code_reason": "OAUTH_USER_REVOKED"}', 'plaid:ITEM_LOGIN_REQUIRED/OAUTH_USER_REVOKED' ],
	[ 'syncfy', '{"rid": "a1", "code": 200, "response": [{"code": 410}]}', 'syncfy:410' ],
	[ 'basiq', '{"steps": [{"status": "in-progress", "result": {"type": "mfa"}}]}', 'basiq:mfa-challenge' ]);

# The library, built as the extension's Makefile does.
my $build = PostgreSQL::Test::Utils::tempdir;
sub copy_files
{
	my ($dir, $pattern) = @_;
	mkdir "$build/$dir" unless -d "$build/$dir";
	for my $file (glob "$dir/$pattern")
	{
		copy($file, "$build/$file") or die "could not copy $file: $!" if -f $file;
	}
	return;
}
copy_files('.', 'Makefile');
copy_files('.', '*.control');
copy_files('src', '*.[ch]');
unlink "$build/src/catalog_data.h";
copy_files('src/catalog', '*');
for my $name (sort keys %catalog)
{
	my ($shapes, @codes) = @{ $catalog{$name} };
	append_to_file("$build/src/catalog/my-$name.txt", $shapes);
	for my $code (@codes)
	{
		my ($word, $alias) = split /=/, $code;
		($word, my $variant) = split m{/}, $word;
		append_to_file("$build/src/catalog/my-$name.txt",
			"code $word\n" . ($alias ? "alias $alias\n" : '') . $meaning . ($variant ? "variant $variant\n$meaning" : ''));
	}
}
my $pg_config = $ENV{PG_CONFIG} // 'pg_config';
command_ok([ 'make', '-s', '-C', $build, "PG_CONFIG=$pg_config", 'with_llvm=no', 'provider_codes.so' ], 'the library is built');

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION provider_codes');
$node->safe_psql('postgres', "UPDATE pg_proc SET probin = '$build/provider_codes' WHERE probin = '\$libdir/provider_codes'");
for my $case (@cases)
{
	my ($provider, $payload, $answer, $answers) = @$case;
	is( $node->safe_psql(
			'postgres',
			"SELECT status_code_from_json('$provider', \$payload\$$payload\$payload\$), "
			  . "array_to_string(ARRAY(SELECT status_codes_from_json('$provider', \$payload\$$payload\$payload\$)), ' ')"),
		"$answer|" . ($answers // $answer),
		"$provider: $payload");
}

$node->stop;
done_testing();
