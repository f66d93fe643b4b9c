# The declarations of payloads' shapes, beyond those that the catalog's providers need: a library is built whose
# catalog has more providers, and reads what they send. Their shapes are those of real providers, drafted.
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
	plaid => [ <<'END', qw(ITEM_LOGIN_REQUIRED/OAUTH_INVALID_TOKEN PRODUCT_NOT_READY/ASSET_REPORT_ERROR DATA_UNAVAILABLE PENDING_DISCONNECT/INSTITUTION_MIGRATION) ],
provider my-plaid slugs -
variant_name error_code_reason error_type reason
shape an error with its causes
when causes
take causes[].error_code
take error_code
shape an error; a webhook, with or without one; an item; what Link gives back; a transfer
take error.error_code
else item.error.error_code
else error_code
else webhook_code if webhook_type:string
else transfer.failure_reason.ach_return_code as my-ach
else transfer.failure_reason.failure_code as my-iso20022
END
	ach => [ "provider my-ach slugs -\n", 'R01' ],
	belvo => [ <<'END', qw(invalid_link login_error token_required invalid null) ],
provider my-belvo slugs -
shape errors
in   []
take code
shape a payment intent or a link
take last_error.error_code
else status if last_error
else status known if institution
END
	yodlee => [ <<'END', qw(INCORRECT_CREDENTIALS LOGIN_IN_PROGRESS FAILED 402 0) ],
provider my-yodlee slugs -
shape accounts of a provider, or accounts
in   providerAccount[]
in   event.data.providerAccount[]
in   account[]
take dataset[name=BASIC_AGG_DATA].additionalStatus
take dataset[name!=BASIC_AGG_DATA].additionalStatus
else status
shape an error, or a refresh of the old API
take refreshInfo.statusCode
else errorCode
END
	iso20022 => [ <<'END', qw(AC04 AM04 RJCT ACSC 0080) ],
provider my-iso20022 slugs -
shape a report on payments: pain.002, pacs.002, Open Banking UK, Berlin Group
in   CstmrPmtStsRpt.OrgnlPmtInfAndSts[].TxInfAndSts[]
in   FIToFIPmtStsRpt.TxInfAndSts[]
in   Data
in   .
take StsRsnInf[].Rsn.Cd
else StatusReason[].StatusReasonCode
else TxSts
else Status known
else transactionStatus
otherwise CstmrPmtStsRpt.OrgnlPmtInfAndSts[].StsRsnInf[].Rsn.Cd
otherwise CstmrPmtStsRpt.OrgnlGrpInfAndSts.StsRsnInf[].Rsn.Cd
otherwise CstmrPmtStsRpt.OrgnlGrpInfAndSts.GrpSts
END
	mx => [ <<'END', 'DENIED=2', 'CHALLENGED=3', '2005' ],
provider my-mx slugs -
shape members, a member, or a webhook
in   members[]
in   member
in   .
take error.error_code
else connection_status
else connection_status_id
END
	gocardless => [ <<'END', 'LN=LINKED', 'SUSPENDED=Account Suspended', 'EXPIRED=End User Agreement (EUA) * has expired', 'AccountProcessing' ],
provider my-gocardless slugs -
shape a requisition, an account, or an error
take status.short known
else status known
else type
else summary known
otherwise status_code as http
END
	pluggy => [ <<'END', qw(SITE_NOT_AVAILABLE OUTDATED UPDATED ENDPOINT_DEPRECATED 001) ],
provider my-pluggy slugs -
shape an item, a webhook, or an error of the API
take error.code
else executionStatus
else status known if !amount
else codeDescription
otherwise code as http
END
	teller => [ <<'END', 'enrollment.disconnected.account_locked=disconnected.account_locked' ],
provider my-teller slugs -
shape an error or a webhook
take error.code
else payload.reason
END
	saltedge => [ <<'END', qw(InvalidCredentials finish ConnectionNotFound) ],
provider my-saltedge slugs -
shape a connection or connections, a callback, an error
in   data[]
in   data
in   .
take last_attempt.fail_error_class
else last_attempt.last_stage.name
else error_class
else stage
else error.class
END
	enablebanking => [ <<'END', qw(EXPIRED_SESSION AUTHORIZED) ],
provider my-enablebanking slugs -
shape an error or a session
take error
else status if aspsp:object
otherwise code as http
END
	tppmessages => [ <<'END', qw(CONSENT_EXPIRED) ],
provider my-berlin slugs -
shape messages of which some may be warnings
take tppMessages[category=ERROR].code
END
	finicity => [ <<'END', qw(0 103) ],
provider z-finicity numbers 5
class 4 request yes
shape accounts, a webhook, or an error
in   payload.accounts[]
in   accounts[]
in   .
take aggregationStatusCode
else code if !id
END
);

my @cases = (
	[ 'my-plaid', '{"error_type": "ITEM_ERROR", "error_code": "ITEM_LOGIN_REQUIRED", "display_message": null}', 'my-plaid:ITEM_LOGIN_REQUIRED' ],
	[ 'my-plaid', '{"error_type": "ASSET_REPORT_ERROR", "error_code": "PRODUCT_NOT_READY"}', 'my-plaid:PRODUCT_NOT_READY/ASSET_REPORT_ERROR' ],
	[ 'my-plaid', '{"error_type": "RATE_LIMIT_EXCEEDED", "error_code": "ITEM_GET_LIMIT"}', 'my-plaid:ITEM_GET_LIMIT' ],
	[ 'my-plaid', '{"webhook_type": "ITEM", "webhook_code": "ERROR", "error": {"error_type": "ITEM_ERROR", "error_code": "ITEM_LOGIN_REQUIRED", "error_code_reason": "OAUTH_INVALID_TOKEN", "status": 400}}',
		'my-plaid:ITEM_LOGIN_REQUIRED/OAUTH_INVALID_TOKEN' ],
	[ 'my-plaid', '{"webhook_type": "ITEM", "webhook_code": "PENDING_DISCONNECT", "error": null, "reason": "INSTITUTION_MIGRATION"}', 'my-plaid:PENDING_DISCONNECT/INSTITUTION_MIGRATION' ],
	[ 'my-plaid', '{"webhook_type": "ITEM", "webhook_code": "PENDING_DISCONNECT", "reason": "SOMETHING_NEW"}', 'my-plaid:PENDING_DISCONNECT' ],
	[ 'my-plaid', '{"item": {"item_id": "i", "error": null}, "status": {"investments": null}}', '' ],
	[ 'my-plaid', '{"item": {"item_id": "i", "error": {"error_type": "ITEM_ERROR", "error_code": "NO_ACCOUNTS"}}}', 'my-plaid:NO_ACCOUNTS' ],
	[ 'my-plaid', '{"error_type": "ASSET_REPORT_ERROR", "error_code": "DATA_UNAVAILABLE", "causes": [{"error_code": "ITEM_LOGIN_REQUIRED"}, {"error_code": "INSTITUTION_DOWN"}]}',
		'my-plaid:ITEM_LOGIN_REQUIRED', 'my-plaid:ITEM_LOGIN_REQUIRED my-plaid:INSTITUTION_DOWN my-plaid:DATA_UNAVAILABLE' ],
	[ 'my-plaid', '{"error_code": "DATA_UNAVAILABLE", "causes": []}', 'my-plaid:DATA_UNAVAILABLE' ],
	[ 'my-plaid', '{"transfer": {"status": "returned", "failure_reason": {"failure_code": "R01", "ach_return_code": "R01"}}}', 'my-ach:R01' ],
	[ 'my-plaid', '{"transfer": {"status": "failed", "failure_reason": {"failure_code": "AC04", "ach_return_code": null}}}', 'my-iso20022:AC04' ],
	[ 'my-belvo', '[{"code": "invalid_link", "message": "x", "request_id": "r"}, {"code": "login_error"}]', 'my-belvo:invalid_link', 'my-belvo:invalid_link my-belvo:login_error' ],
	[ 'my-belvo', '[{"code": "null", "field": "link"}]', 'my-belvo:null' ],
	[ 'my-belvo', '[{"code": null}]', '' ],
	[ 'my-belvo', '{"id": "u", "institution": "erebor_mx_retail", "status": "invalid"}', 'my-belvo:invalid' ],
	[ 'my-belvo', '{"id": "u", "institution": "erebor_mx_retail", "status": "PROCESSED"}', '' ],
	[ 'my-belvo', '{"id": "u", "status": "REQUIRES_ACTION", "last_error": {"error_code": "invalid_token"}}', 'my-belvo:invalid_token' ],
	[ 'my-belvo', '{"id": "u", "status": "REQUIRES_ACTION", "last_error": null}', 'my-belvo:REQUIRES_ACTION' ],
	[ 'my-yodlee', '{"providerAccount": [{"id": 1, "status": "FAILED", "dataset": [{"name": "DOCUMENT", "additionalStatus": "LOGIN_IN_PROGRESS"}, {"name": "BASIC_AGG_DATA", "additionalStatus": "INCORRECT_CREDENTIALS"}]}, {"id": 2, "status": "FAILED"}]}',
		'my-yodlee:INCORRECT_CREDENTIALS', 'my-yodlee:INCORRECT_CREDENTIALS my-yodlee:LOGIN_IN_PROGRESS my-yodlee:FAILED' ],
	[ 'my-yodlee', '{"event": {"info": "REFRESH.PROCESS_COMPLETED", "data": {"providerAccount": [{"id": 1, "status": "FAILED", "dataset": []}]}}}', 'my-yodlee:FAILED' ],
	[ 'my-yodlee', '{"account": [{"accountStatus": "ACTIVE", "dataset": [{"additionalStatus": "AVAILABLE_DATA_RETRIEVED"}]}]}', 'my-yodlee:AVAILABLE_DATA_RETRIEVED' ],
	[ 'my-yodlee', '{"refreshInfo": {"statusCode": 402}}', 'my-yodlee:402' ],
	[ 'my-yodlee', '{"refreshInfo": {"statusCode": 0}}', 'my-yodlee:0' ],
	[ 'my-yodlee', '{"refreshInfo": {"statusCode": 999}}', '' ],
	[ 'my-yodlee', '{"errorCode": "Y807", "errorMessage": "x"}', 'my-yodlee:Y807' ],
	[ 'my-iso20022', '{"CstmrPmtStsRpt": {"OrgnlPmtInfAndSts": [{"TxInfAndSts": [{"TxSts": "ACSC"}]}, {"TxInfAndSts": [{"TxSts": "RJCT", "StsRsnInf": [{"Rsn": {"Prtry": "x"}}, {"Rsn": {"Cd": "AC04"}}, {"Rsn": {"Cd": "AM04"}}]}]}]}}',
		'my-iso20022:ACSC', 'my-iso20022:ACSC my-iso20022:AC04 my-iso20022:AM04' ],
	[ 'my-iso20022', '{"CstmrPmtStsRpt": {"OrgnlGrpInfAndSts": {"GrpSts": "RJCT"}, "OrgnlPmtInfAndSts": [{"StsRsnInf": [{"Rsn": {"Cd": "AM04"}}]}]}}', 'my-iso20022:AM04' ],
	[ 'my-iso20022', '{"CstmrPmtStsRpt": {"OrgnlGrpInfAndSts": {"GrpSts": "RJCT"}, "OrgnlPmtInfAndSts": []}}', 'my-iso20022:RJCT' ],
	[ 'my-iso20022', '{"TxSts": "RJCT", "StsRsnInf": [{"Rsn": {"Cd": "0080"}, "AddtlInf": ["x"]}]}', 'my-iso20022:0080' ],
	[ 'my-iso20022', '{"TxSts": "RJCT", "StsRsnInf": [{"Rsn": {"Prtry": "AC04"}}]}', 'my-iso20022:RJCT' ],
	[ 'my-iso20022', '{"Data": {"Status": "RJCT", "StatusReason": [{"StatusReasonCode": "AC04"}]}}', 'my-iso20022:AC04' ],
	[ 'my-iso20022', '{"transactionStatus": "RJCT"}', 'my-iso20022:RJCT' ],
	[ 'my-mx', '{"member": {"guid": "m", "connection_status": "DENIED", "error": {"error_code": 2005}}}', 'my-mx:2005' ],
	[ 'my-mx', '{"members": [{"connection_status": "DENIED", "error": null}, {"connection_status": "CHALLENGED", "error": {}}]}', 'my-mx:DENIED', 'my-mx:DENIED my-mx:CHALLENGED' ],
	[ 'my-mx', '{"type": "CONNECTION_STATUS", "connection_status_id": 3}', 'my-mx:CHALLENGED' ],
	[ 'my-mx', '{"type": "CONNECTION_STATUS", "connection_status_id": 99}', '' ],
	[ 'my-gocardless', '{"id": "r", "status": {"short": "LN", "long": "LINKED"}}', 'my-gocardless:LN' ],
	[ 'my-gocardless', '{"id": "r", "status": "LINKED", "accounts": []}', 'my-gocardless:LN' ],
	[ 'my-gocardless', '{"summary": "Account Suspended", "detail": "x", "status_code": 409}', 'my-gocardless:SUSPENDED' ],
	[ 'my-gocardless', '{"summary": "End User Agreement (EUA) 12-ab has expired", "status_code": 401}', 'my-gocardless:EXPIRED' ],
	[ 'my-gocardless', '{"summary": "End User Agreement (EUA) 12-ab has expired!", "status_code": 401}', 'http:401' ],
	[ 'my-gocardless', '{"summary": "End User Agreement (EUA) has expired", "status_code": 401}', 'http:401' ],
	[ 'my-gocardless', '{"summary": "Invalid token", "status_code": 401}', 'http:401' ],
	[ 'my-gocardless', '{"summary": "Invalid token", "status_code": 200}', '' ],
	[ 'my-gocardless', '{"summary": "x", "status_code": 409, "type": "AccountProcessing"}', 'my-gocardless:AccountProcessing' ],
	[ 'my-pluggy', '{"id": "i", "status": "OUTDATED", "executionStatus": "SITE_NOT_AVAILABLE", "error": null}', 'my-pluggy:SITE_NOT_AVAILABLE' ],
	[ 'my-pluggy', '{"id": "i", "status": "OUTDATED"}', 'my-pluggy:OUTDATED' ],
	[ 'my-pluggy', '{"id": "t", "amount": 1, "status": "OUTDATED"}', '' ],
	[ 'my-pluggy', '{"event": "item/error", "error": {"code": "001"}}', 'my-pluggy:001' ],
	[ 'my-pluggy', '{"event": "item/error", "error": {"code": 1}}', '' ],
	[ 'my-pluggy', '{"code": 409, "message": "x"}', 'http:409' ],
	[ 'my-pluggy', '{"code": 410, "codeDescription": "ENDPOINT_DEPRECATED"}', 'my-pluggy:ENDPOINT_DEPRECATED' ],
	[ 'my-teller', '{"id": "w", "type": "enrollment.disconnected", "payload": {"reason": "disconnected.account_locked"}}', 'my-teller:enrollment.disconnected.account_locked' ],
	[ 'my-teller', '{"error": {"code": "enrollment.disconnected.account_locked"}}', 'my-teller:enrollment.disconnected.account_locked' ],
	[ 'my-saltedge', '{"data": {"id": "1", "status": "active", "last_attempt": {"fail_error_class": "InvalidCredentials", "last_stage": {"name": "finish"}}}}', 'my-saltedge:InvalidCredentials' ],
	[ 'my-saltedge', '{"data": [{"last_attempt": {"fail_error_class": null, "last_stage": {"name": "finish"}}}]}', 'my-saltedge:finish' ],
	[ 'my-saltedge', '{"error": {"class": "ConnectionNotFound"}, "request": {}}', 'my-saltedge:ConnectionNotFound' ],
	[ 'my-saltedge', '{"data": {"connection_id": "1", "customer_id": "2"}}', '' ],
	[ 'my-enablebanking', '{"message": "x", "code": 401, "error": "EXPIRED_SESSION"}', 'my-enablebanking:EXPIRED_SESSION' ],
	[ 'my-enablebanking', '{"message": "x", "code": 401, "error": null}', 'http:401' ],
	[ 'my-enablebanking', '{"status": "AUTHORIZED", "aspsp": {"name": "Bank"}}', 'my-enablebanking:AUTHORIZED' ],
	[ 'my-enablebanking', '{"status": "BOOK", "transaction_amount": {}}', '' ],
	[ 'my-berlin', '{"tppMessages": [{"category": "WARNING", "code": "X"}, {"category": "ERROR", "code": "CONSENT_EXPIRED"}, "x", {"category": "ERROR"}]}', 'my-berlin:CONSENT_EXPIRED' ],
	[ 'my-berlin', '{"tppMessages": [{"category": "WARNING", "code": "CONSENT_EXPIRED"}]}', '' ],
	[ 'z-finicity', '{"id": "1", "status": "active", "aggregationStatusCode": 103}', 'z-finicity:103' ],
	[ 'z-finicity', '{"id": "1", "status": "active", "aggregationStatusCode": "0"}', 'z-finicity:0' ],
	[ 'z-finicity', '{"id": "1", "status": "active"}', '' ],
	[ 'z-finicity', '{"code": 103, "message": "x"}', 'z-finicity:103' ],
	[ 'z-finicity', '{"payload": {"accounts": [{"aggregationStatusCode": 110039}, {"aggregationStatusCode": 0}]}}', 'z-finicity:110039', 'z-finicity:110039 z-finicity:0' ],
	# the providers of before are as they were
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
