--
-- payload_providers: what providers beyond those of the documents send
--
-- The payloads have the members that the provider's documentation, SDK or OpenAPI file gives them.

SET statement_timeout = '2min';

--
-- The shapes: the code that each reports now, and all its codes where it has several
--
CREATE TEMP TABLE shape (n serial, provider text, shape text, payload jsonb, answer status_code, answers status_code[]);
COPY shape (provider, shape, payload, answer, answers) FROM stdin;
ach	code alone	"R01"	ach:R01	\N
ach	transfer at Plaid, returned	{"transfer": {"id": "460cbe92", "network": "ach", "status": "returned", "failure_reason": {"failure_code": "R01", "ach_return_code": "R01", "description": "-"}}}	ach:R01	\N
ach	the same without the newer member	{"transfer": {"status": "returned", "failure_reason": {"ach_return_code": "R10"}}}	ach:R10	\N
ach	events of transfers at Plaid	{"transfer_events": [{"event_id": 1, "event_type": "posted", "failure_reason": null}, {"event_id": 2, "event_type": "returned", "failure_reason": {"failure_code": "R16"}}, {"event_id": 3, "event_type": "returned", "failure_reason": {"failure_code": "R08"}}], "has_more": false}	ach:R16	{ach:R16,ach:R08}
ach	refund at Plaid	{"refund": {"status": "returned", "failure_reason": {"failure_code": "R02"}}}	ach:R02	\N
ach	file of moov-io/ach with a return	{"fileHeader": {"immediateOrigin": "121042882"}, "batches": [{"batchHeader": {"standardEntryClassCode": "CCD"}, "entryDetails": [{"transactionCode": 22, "amount": 1238, "addenda99": {"typeCode": "99", "returnCode": "R03", "originalTrace": "061000140000001"}}]}]}	ach:R03	\N
ach	file with two returns	{"batches": [{"entryDetails": [{"addenda99": {"returnCode": "R06", "typeCode": "99"}, "category": "Return"}, {"addenda99": {"returnCode": "R06", "typeCode": "99"}, "category": "Return"}]}]}	ach:R06	{ach:R06,ach:R06}
ach	file with an automated accounting advice	{"batches": [{"batchHeader": {"standardEntryClassCode": "ADV"}, "advEntryDetails": [{"category": "Return", "addenda99": {"returnCode": "R14", "dateOfDeath": "190102"}}]}]}	ach:R14	\N
ach	file with a notification of change	{"batches": [{"entryDetails": [{"category": "NOC", "addenda98": {"typeCode": "98", "changeCode": "C01", "correctedData": "1918171614"}}]}]}	ach:C01	\N
ach	international entries	{"batches": null, "IATBatches": [{"IATEntryDetails": [{"addenda99": {"returnCode": "R80"}}]}]}	ach:R80	\N
ach	return at somebody else	{"code": "R01", "description": "-", "explanation": "-"}	ach:R01	\N
ach	the same with another member	{"id": "achret_1", "return_code": "R03"}	ach:R03	\N
ach	the same with a third	{"object": "payout", "failure_code": "R29"}	ach:R29	\N
ach	correction of an international entry	{"IATBatches": [{"IATEntryDetails": [{"addenda98": {"typeCode": "98", "changeCode": "C02"}}]}]}	ach:C02	\N
ach	dishonored return	{"fileHeader": {"id": "", "immediateOrigin": "091000019"}, "batches": [{"batchHeader": {"standardEntryClassCode": "PPD"}, "entryDetails": [{"transactionCode": 21, "addenda99Dishonored": {"typeCode": "99", "dishonoredReturnReasonCode": "R67", "originalEntryTraceNumber": "021000003800000"}, "category": "DishonoredReturn"}]}]}	ach:R67	\N
ach	contested dishonored return	{"batches": [{"entryDetails": [{"addenda99Contested": {"typeCode": "99", "contestedReturnCode": "R73", "dishonoredReturnReasonCode": "R68", "returnReasonCode": "01"}, "category": "DishonoredReturnContested"}]}]}	ach:R73	\N
ach	notification of change that was refused	{"batches": [{"batchHeader": {"standardEntryClassCode": "COR"}, "entryDetails": [{"category": "NOC", "addenda98Refused": {"typeCode": "98", "refusedChangeCode": "C62", "changeCode": "C01"}}]}]}	ach:C62	\N
ach	file with a forward entry before a return	{"batches": [{"entryDetails": [{"amount": 100, "category": "Forward"}, {"category": "Return", "addenda99": {"returnCode": "R29"}}]}, {"entryDetails": [{"addenda99": {"returnCode": "R01"}}]}]}	ach:R29	{ach:R29,ach:R01}
ach	sweep at Plaid	{"sweep": {"id": "8c2fda9a", "status": "returned", "failure_reason": {"failure_code": "R16", "description": "-"}}}	ach:R16	\N
ach	return of a bank transfer	{"object": "return", "code": "R08", "failure_reason": null}	ach:R08	\N
ach	return of a check	{"return_code": "R51", "amount": 1000}	ach:R51	\N
ach	code of a correction	{"code": "C05", "corrected_data": "22"}	ach:C05	\N
ach	deprecated code	"R64"	ach:R64	\N
ach	refunds and events	{"transfer_events": [{"event_type": "refund.returned", "refund_id": "667af684", "failure_reason": {"failure_code": "R02", "ach_return_code": "R02"}}]}	ach:R02	\N
belvo	code alone	"login_error"	belvo:login_error	\N
belvo	error	[{"request_id": "a6e1c493d7a29d91aed4338e6fcf077d", "message": "-", "code": "required", "field": "link"}]	belvo:required	\N
belvo	errors	[{"code": "invalid_link", "message": "-", "request_id": "9e7b"}, {"code": "institution_down", "message": "-", "request_id": "9e7b"}]	belvo:invalid_link	{belvo:invalid_link,belvo:institution_down}
belvo	error with a code spelled null	[{"code": "null", "message": "-", "field": "link"}]	belvo:null	\N
belvo	token	[{"code": "token_required", "link": "30cb4806", "expiry": 9600, "message": "-", "session": "2675", "token_generation_data": {"type": "numeric", "value": "12345"}}]	belvo:token_required	\N
belvo	error that is not listed	[{"code": "something_new", "message": "-", "request_id": "9e7b"}]	belvo:something_new	\N
belvo	link	{"id": "30cb4806", "institution": "erebor_mx_retail", "access_mode": "recurrent", "status": "invalid", "refresh_rate": "7d", "last_accessed_at": "2019-09-27T13:02:03.584Z"}	belvo:invalid	\N
belvo	links	{"count": 2, "next": null, "previous": null, "results": [{"id": "1", "institution": "erebor_mx_retail", "status": "token_required"}, {"id": "2", "institution": "erebor_mx_retail", "status": "valid"}]}	belvo:token_required	{belvo:token_required,belvo:valid}
belvo	payment intent that waits	{"id": "1c83ead8", "amount": "350000", "status": "REQUIRES_ACTION", "last_error": null, "provider": "payments_way"}	belvo:REQUIRES_ACTION	\N
belvo	payment intent with an error	{"id": "1c83ead8", "status": "REQUIRES_ACTION", "last_error": {"error_code": "invalid_token", "error_message": "-"}}	belvo:invalid_token	\N
belvo	payment intent that succeeded after an error	{"id": "1c83ead8", "status": "SUCCEEDED", "last_error": {"error_code": "invalid_token", "error_message": "-"}}	belvo:SUCCEEDED	\N
belvo	notification on a link	{"webhook_id": "aadf41a1", "webhook_type": "LINK", "process_type": "recurrent_update", "webhook_code": "invalid_credentials", "link_id": "16f68516", "data": {"error_code": "login_error", "error_message": "-", "status": 400}}	belvo:login_error	\N
belvo	notification without an error	{"webhook_id": "aadf41a1", "webhook_type": "LINK", "webhook_code": "token_required", "link_id": "16f68516", "data": {}}	belvo:token_required	\N
belvo	notification on a payment intent	{"webhook_id": "3b9a69f7", "webhook_type": "PAYMENT_INTENTS", "webhook_code": "STATUS_UPDATE", "object_id": "d2e40773", "data": {"status": "FAILED", "failure_code": "consent_expired"}}	belvo:consent_expired	\N
belvo	charge that failed	{"id": "1c83ead8", "created_at": "2022-02-09T08:45:50.406032Z", "status": "FAILED", "amount": "100.12", "failure_code": "insufficient_funds", "failure_message": "-", "payment_intent": "1c83ead9"}	belvo:INSUFFICIENT_FUNDS	\N
belvo	charge of version 2	{"id": "1c83ead8", "status": "FAILED", "status_reason_code": "BENEFICIARY_ACCOUNT_CLOSED", "status_reason_message": "-"}	belvo:BENEFICIARY_ACCOUNT_CLOSED	\N
belvo	charge that went well	{"id": "1c83ead8", "status": "SUCCEEDED", "failure_code": null, "failure_message": null, "last_error": null}	belvo:SUCCEEDED	\N
belvo	notification on a charge	{"webhook_id": "aadf41a1", "webhook_type": "CHARGES", "webhook_code": "STATUS_UPDATE", "object_id": "d2e40773", "data": {"status": "FAILED", "transaction_id": "t1", "failure_code": "fraud_suspected"}}	belvo:FRAUD_SUSPECTED	\N
belvo	one error out of its array	{"code": "too_many_sessions", "message": "-", "request_id": "9e7b283c6efa449c9c028a16b5c249fb"}	belvo:too_many_sessions	\N
belvo	forbidden	[{"request_id": "9e7b", "code": "access_to_resource_denied", "message": "-"}]	belvo:access_to_resource_denied	\N
belvo	link without a confirmation	{"id": "30cb4806", "institution": "gringotts_co_retail", "access_mode": "single", "status": "unconfirmed", "external_id": null}	belvo:unconfirmed	\N
belvo	error of a widget	[{"code": "login_error", "message": "-", "request_id": "a6e1", "field": null}]	belvo:login_error	\N
belvo	several fields	[{"request_id": "a", "message": "-", "code": "required", "field": "institution"}, {"request_id": "a", "message": "-", "code": "blank", "field": "username"}, {"request_id": "a", "message": "-", "code": "invalid_choice", "field": "access_mode"}]	belvo:required	{belvo:required,belvo:blank,belvo:invalid_choice}
belvo	payment intent that chooses	{"id": "d2e40773", "status": "REQUIRES_PAYMENT_METHOD", "failure_code": null, "last_error": null, "allowed_payment_methods": ["open_finance"]}	belvo:REQUIRES_PAYMENT_METHOD	\N
enablebanking	code alone	"ASPSP_TIMEOUT"	enablebanking:ASPSP_TIMEOUT	\N
enablebanking	error of the institution	{"code": 400, "message": "-", "detail": "Unknown error", "error": "ASPSP_ERROR"}	enablebanking:ASPSP_ERROR	\N
enablebanking	session that has expired	{"message": "-", "code": 401, "error": "EXPIRED_SESSION", "detail": null}	enablebanking:EXPIRED_SESSION	\N
enablebanking	limit of the institution	{"code": 429, "message": "-", "error": "ASPSP_RATE_LIMIT_EXCEEDED"}	enablebanking:ASPSP_RATE_LIMIT_EXCEEDED	\N
enablebanking	error with details	{"code": 422, "message": "-", "error": "WRONG_REQUEST_PARAMETERS", "detail": [{"loc": ["query", "date_from"]}]}	enablebanking:WRONG_REQUEST_PARAMETERS	\N
enablebanking	error without a code	{"code": 403, "message": "-"}	http:403	\N
enablebanking	the same with null	{"code": 401, "message": "-", "error": null}	http:401	\N
enablebanking	error that is not listed	{"code": 400, "message": "-", "error": "SOMETHING_NEW"}	enablebanking:SOMETHING_NEW	\N
enablebanking	session	{"status": "AUTHORIZED", "accounts": ["497f6eca"], "aspsp": {"name": "Nordea", "country": "FI"}, "psu_type": "business", "access": {"valid_until": "2027-01-01T00:00:00Z"}, "created": "2026-07-04T00:00:00Z"}	enablebanking:AUTHORIZED	\N
enablebanking	session that was revoked	{"status": "REVOKED", "accounts": [], "aspsp": {"name": "Nordea", "country": "FI"}, "access": {"valid_until": "2027-01-01T00:00:00Z"}}	enablebanking:REVOKED	\N
enablebanking	redirect back	{"state": "s", "error": "access_denied", "error_description": "-"}	enablebanking:access_denied	\N
enablebanking	payment that was made	{"url": "https://aspsp.example/sca", "payment_id": "pay_01HV", "payment_status": "RCVD"}	iso20022:RCVD	\N
enablebanking	payment	{"payment_id": "pay_01HV", "status": "ACSC", "payment_details": {}}	iso20022:ACSC	\N
enablebanking	payment at the institution	{"transactionStatus": "RJCT"}	iso20022:RJCT	\N
enablebanking	payment with its institution	{"payment_id": "pay_01HV", "status": "ACSC", "aspsp": {"name": "OP", "country": "FI"}, "access": {}}	iso20022:ACSC	\N
enablebanking	wrong code of an authorization	{"code": 400, "message": "-", "error": "WRONG_AUTHORIZATION_CODE", "detail": null}	enablebanking:WRONG_AUTHORIZATION_CODE	\N
enablebanking	user who must act	{"message": "-", "code": 422, "error": "ASPSP_PSU_ACTION_REQUIRED"}	enablebanking:ASPSP_PSU_ACTION_REQUIRED	\N
enablebanking	session that has been closed	{"status": "CLOSED", "accounts": [], "accounts_data": [], "aspsp": {"name": "Mock ASPSP", "country": "FI"}, "psu_type": "personal", "psu_id_hash": "x", "access": {"balances": true, "transactions": true, "valid_until": "2026-01-01T00:00:00Z"}, "closed": "2026-01-01T00:00:00Z"}	enablebanking:CLOSED	\N
enablebanking	session that is still to be authorized	{"status": "PENDING_AUTHORIZATION", "accounts": [], "aspsp": {"name": "Mock ASPSP", "country": "SE"}, "access": {}}	enablebanking:PENDING_AUTHORIZATION	\N
enablebanking	redirect after a cancelled login	{"error": "access_denied", "error_description": "User cancelled", "state": "3a57e2d3"}	enablebanking:access_denied	\N
enablebanking	server that failed	{"code": 500, "message": "Internal Server Error"}	http:500	\N
enablebanking	payment that was rejected	{"payment_id": "bb9f5d1e", "status": "RJCT", "payment_details": {"creditor": {"name": "x"}}}	iso20022:RJCT	\N
enablebanking	payment that is pending	{"payment_id": "bb9f5d1e", "payment_status": "PDNG", "url": "https://bank.example"}	iso20022:PDNG	\N
enablebanking	key that is refused	{"code": 401, "message": "-", "error": "UNAUTHORIZED_ACCESS"}	enablebanking:UNAUTHORIZED_ACCESS	\N
enablebanking	account that is not there	{"code": 404, "message": "-", "error": "ACCOUNT_DOES_NOT_EXIST", "detail": {"uid": "x"}}	enablebanking:ACCOUNT_DOES_NOT_EXIST	\N
finicity	code alone, number	103	finicity:103	\N
finicity	code alone, string	"185"	finicity:185	\N
finicity	account	{"id": "5011648377", "number": "2000004444", "status": "active", "customerId": "1005061234", "institutionId": "4222", "aggregationStatusCode": 103, "aggregationSuccessDate": 1607450263, "aggregationAttemptDate": 1607450357}	finicity:103	\N
finicity	account, with a string	{"id": "6681984", "type": "checking", "aggregationStatusCode": "0", "transactions": []}	finicity:0	\N
finicity	accounts	{"accounts": [{"id": "1", "aggregationStatusCode": 0}, {"id": "2", "aggregationStatusCode": 185}]}	finicity:0	{finicity:0,finicity:185}
finicity	available balance	{"id": 1005061234, "realAccountNumberLast4": "5678", "availableBalance": 173.47, "aggregationStatusCode": 936, "currency": "USD"}	finicity:936	\N
finicity	report	{"id": "u4hstnnak45g", "status": "success", "institutions": [{"id": 4222, "accounts": [{"id": 1000023996, "aggregationStatusCode": "108"}]}]}	finicity:108	\N
finicity	notification	{"eventType": "added", "payload": {"accounts": [{"id": "5011648377", "aggregationStatusCode": 0}], "institutionId": "4222"}}	finicity:0	\N
finicity	error	{"code": 10023, "message": "-"}	finicity:10023	\N
finicity	error, with a string	{"code": "331", "status": "404", "title": "-", "user_message": "-", "tags": "", "level": "error", "message": "-"}	finicity:331	\N
finicity	error that is not listed	{"code": 110039, "message": "-"}	finicity:110039	\N
finicity	aggregation that failed, as an error	{"code": 103, "message": "-"}	finicity:103	\N
finicity	partner's credentials	{"code": 10001, "message": "Invalid credentials"}	finicity:10001	\N
finicity	expired session	{"code": "10022", "status": "401", "message": "-", "user_message": "-", "tags": ""}	finicity:10022	\N
finicity	unknown consumer	{"code": 10100, "message": "-"}	finicity:10100	\N
finicity	no accounts for a login	{"code": "38007", "status": "404", "title": "-", "user_message": "-", "tags": "", "level": "error", "message": "-"}	finicity:38007	\N
finicity	account that waits for an answer	{"id": "5011648377", "institutionLoginId": 1007302745, "status": "pending", "aggregationStatusCode": 187, "aggregationAttemptDate": 1607450357}	finicity:187	\N
finicity	account never aggregated but once	{"accounts": [{"id": "1", "status": "pending"}, {"id": "2", "aggregationStatusCode": 103}]}	finicity:103	\N
finicity	transactions of an account	{"found": 1, "displaying": 1, "transactions": [{"id": 1, "status": "active"}], "aggregationStatusCode": 0}	finicity:0	\N
finicity	notification of credentials	{"eventType": "credentialsUpdated", "payload": {"customerId": "1", "accounts": [{"id": "5", "aggregationStatusCode": 0}, {"id": "6", "aggregationStatusCode": 108}]}}	finicity:0	{finicity:0,finicity:108}
finicity	report with one account	{"id": "r1", "status": "failure", "institutions": [{"id": 102105, "accounts": [{"id": 1, "aggregationStatusCode": 109}]}]}	finicity:109	\N
finicity	status in a larger number	{"aggregationStatusCode": 948}	finicity:948	\N
fintoc	code alone	"locked_credentials"	fintoc:locked_credentials	\N
fintoc	error	{"error": {"type": "link_error", "message": "-", "code": "rejected_refresh_intent", "param": null, "doc_url": "https://docs.fintoc.com"}}	fintoc:rejected_refresh_intent	\N
fintoc	error of the key	{"error": {"type": "authentication_error", "code": "invalid_api_key", "message": "-", "doc_url": "https://docs.fintoc.com/errors"}}	fintoc:invalid_api_key	\N
fintoc	limit	{"error": {"type": "invalid_request_error", "code": "rate_limit_exceeded", "message": "-"}}	fintoc:rate_limit_exceeded	\N
fintoc	error that is not listed	{"error": {"code": "authentication_error", "message": "-"}}	fintoc:authentication_error	\N
fintoc	link	{"id": "link_1", "status": "login_required", "refresh_status": "interrupted"}	fintoc:login_required	\N
fintoc	link that works	{"object": "link", "id": "link_1", "holder_type": "individual", "status": "active", "institution": {"id": "cl_banco_de_chile", "country": "cl"}, "accounts": null}	fintoc:active	\N
fintoc	link without its kind	{"id": "6n12zLmai3lLE9Dq", "holder_id": "782592211", "holder_type": "business", "status": "login_required", "mode": "test", "accounts": null}	fintoc:login_required	\N
fintoc	active link whose updates have stopped	{"object": "link", "status": "active", "refresh_status": "interrupted"}	fintoc:interrupted	\N
fintoc	active link, active updates	{"object": "link", "status": "active", "refresh_status": "active"}	fintoc:active	\N
fintoc	links	[{"object": "link", "status": "active"}, {"object": "link", "status": "login_required"}]	fintoc:active	{fintoc:active,fintoc:login_required}
fintoc	event of a link	{"id": "evt_1", "object": "event", "type": "link.credentials_changed", "mode": "live", "data": {"id": "link_1", "object": "link", "status": "login_required"}}	fintoc:login_required	\N
fintoc	link without its kind, that works	{"id": "link_1", "status": "active", "refresh_status": "active"}	fintoc:active	\N
fintoc	link without its kind, by its holder	{"id": "link_1", "status": "active", "holder_type": "business"}	fintoc:active	\N
fintoc	refresh that was rejected	{"id": "evt_00000000", "type": "account.refresh_intent.rejected", "mode": "live", "created_at": "2021-12-07T21:56:07.711Z", "data": {"object": "refresh_intent", "refreshed_object": "account", "refreshed_object_id": "acc_00000001", "status": "rejected", "public_error": null, "type": "only_last", "new_movements": 0}, "object": "event"}	fintoc:rejected	\N
fintoc	refresh that failed for a moment	{"id": "evt_00000000", "type": "account.refresh_intent.failed", "data": {"object": "refresh_intent", "status": "failed", "public_error": "retryable_error", "new_movements": 0}, "object": "event"}	fintoc:failed/retryable_error	\N
fintoc	refresh that needs support	{"type": "account.refresh_intent.failed", "data": {"object": "refresh_intent", "status": "failed", "public_error": "support_required_error"}, "object": "event"}	fintoc:failed/support_required_error	\N
fintoc	refresh that failed for no reason	{"id": "ri_ml4K3O4RSvALRjnV", "object": "refresh_intent", "created_at": "2021-12-07T20:40:53.513Z", "refreshed_object": "link", "requires_mfa": null, "status": "failed", "type": "only_last"}	fintoc:failed	\N
fintoc	refresh intents	[{"id": "ri_1", "object": "refresh_intent", "status": "succeeded", "new_movements": 5}, {"id": "ri_2", "object": "refresh_intent", "status": "rejected"}]	fintoc:succeeded	{fintoc:succeeded,fintoc:rejected}
fintoc	credentials refused, confirmed	{"error": {"type": "link_error", "message": "The institution indicated that the credentials are invalid. You need to reconnect the account.", "code": "rejected_refresh_intent"}}	fintoc:rejected_refresh_intent/confirmed	\N
fintoc	credentials refused, not confirmed	{"error": {"type": "link_error", "message": "The institution indicated that the credentials are invalid. You have to wait at least an hour to avoid locking your credentials", "code": "rejected_refresh_intent"}}	fintoc:rejected_refresh_intent/unconfirmed	\N
fintoc	refresh under way	{"error": {"type": "invalid_request_error", "message": "There is already a refresh intent in progress for link_00000000.", "code": "refresh_intent_in_progress", "param": null, "doc_url": "https://docs.fintoc.com/reference/errors"}}	fintoc:refresh_intent_in_progress	\N
fintoc	link that was not found	{"error": {"type": "invalid_request_error", "message": "No such link: link_1", "code": "missing_resource", "param": "id"}}	fintoc:missing_resource	\N
fintoc	error of the API	{"error": {"type": "api_error", "message": "-", "code": "internal_server_error", "param": null}}	fintoc:internal_server_error	\N
gocardless	code alone	"RateLimitError"	gocardless:RateLimitError	\N
gocardless	requisition	{"id": "8126e9fb", "status": "CR", "agreement": "2dea1b84", "accounts": [], "reference": "124151", "institution_id": "SANDBOXFINANCE_SFIN0000", "redirect": "https://example.com"}	gocardless:CR	\N
gocardless	requisition of Nordigen	{"id": "8126e9fb", "status": {"short": "LN", "long": "LINKED", "description": "-"}, "agreements": [], "accounts": ["7e94"]}	gocardless:LN	\N
gocardless	requisition, expired, of Nordigen	{"id": "8126e9fb", "status": {"short": "EX", "long": "EXPIRED"}}	gocardless:EX	\N
gocardless	long name	{"id": "8126e9fb", "status": "UNDERGOING_AUTHENTICATION", "accounts": []}	gocardless:UA	\N
gocardless	status that nobody explains	{"id": "8126e9fb", "status": "ID", "institution_id": "N26_NTSBDEB1", "accounts": []}	gocardless:ID	\N
gocardless	requisitions	{"count": 2, "next": null, "previous": null, "results": [{"id": "1", "status": "GC", "accounts": []}, {"id": "2", "status": "RJ", "accounts": []}]}	gocardless:GC	{gocardless:GC,gocardless:RJ}
gocardless	account	{"id": "3fa85f64", "created": "2026-07-04T00:00:00Z", "last_accessed": null, "iban": "GL3343697694912188", "institution_id": "SANDBOXFINANCE_SFIN0000", "status": "SUSPENDED"}	gocardless:SUSPENDED	\N
gocardless	error with a type	{"summary": "-", "detail": "-", "status_code": 429, "type": "RateLimitError"}	gocardless:RateLimitError	\N
gocardless	error with a word	{"summary": "AccountProcessing", "detail": "-", "status_code": 409}	gocardless:AccountProcessing	\N
gocardless	agreement that has expired	{"summary": "End User Agreement (EUA) 8a4c6f5e has expired", "detail": "-", "status_code": 400}	gocardless:EXPIRED	\N
gocardless	account that is suspended	{"summary": "Account Suspended", "detail": "-", "status_code": 409}	gocardless:SUSPENDED	\N
gocardless	institution that is down	{"summary": "Institution N26_NTSBDEB1 is not operational", "detail": "-", "status_code": 503}	gocardless:ServiceError	\N
gocardless	token	{"summary": "Invalid token", "detail": "-", "status_code": 401}	http:401	\N
gocardless	error of a field	{"institution_id": {"summary": "Unknown Institution ID", "detail": "-"}, "status_code": 400}	http:400	\N
gocardless	redirect back	{"ref": "124151", "error": "UserCancelledSession", "details": "-"}	gocardless:UserCancelledSession	\N
gocardless	error with a word that is not listed	{"summary": "Forbidden", "detail": "-", "status_code": 403}	http:403	\N
gocardless	requisition that was rejected	{"id": "3fa85f64", "created": "2022-01-01T00:00:00Z", "redirect": "https://example.com", "status": "RJ", "institution_id": "REVOLUT_REVOGB21", "agreement": "3fa85f65", "reference": "r", "accounts": [], "user_language": "EN", "link": "https://ob.gocardless.com", "ssn": null, "account_selection": false, "redirect_immediate": false}	gocardless:RJ	\N
gocardless	account in error	{"id": "3fa85f64", "iban": "GB33BUKB20201555555555", "status": "ERROR", "institution_id": "x", "owner_name": ""}	gocardless:ERROR	\N
gocardless	daily limit of an account	{"summary": "Rate limit exceeded", "detail": "The rate limit for this resource is 4/day. Please try again in 86347 seconds", "status_code": 429, "type": "RateLimitError"}	gocardless:RateLimitError	\N
gocardless	limit without a type	{"summary": "Rate limit exceeded", "detail": "-", "status_code": 429}	http:429	\N
gocardless	agreement that was not accepted	{"summary": "EUA was expired", "detail": "-", "type": "AccessExpiredError", "status_code": 401}	gocardless:AccessExpiredError	\N
gocardless	connection that failed	{"summary": "Couldn't update account transactions", "detail": "-", "type": "ConnectionError", "status_code": 503}	gocardless:ConnectionError	\N
gocardless	unknown account	{"detail": "Not found.", "summary": "Not found.", "status_code": 404}	http:404	\N
gocardless	redirect after a link was used twice	{"ref": "r1", "error": "RequisitionLinkReused", "details": "-"}	gocardless:RequisitionLinkReused	\N
gocardless	requisition, older, selecting accounts	{"id": "1", "status": {"short": "SA", "long": "SELECTING_ACCOUNTS", "description": "-"}, "accounts": []}	gocardless:SA	\N
gocardless	address that is not allowed	{"summary": "IP address access denied", "detail": "-", "status_code": 403}	http:403	\N
iso20022	code alone	"AC04"	iso20022:AC04	\N
iso20022	pain.002	{"CstmrPmtStsRpt": {"GrpHdr": {"MsgId": "1"}, "OrgnlGrpInfAndSts": {"OrgnlMsgId": "2", "OrgnlMsgNmId": "pain.001", "GrpSts": "PART"}, "OrgnlPmtInfAndSts": [{"OrgnlPmtInfId": "3", "TxInfAndSts": [{"OrgnlEndToEndId": "4", "TxSts": "RJCT", "StsRsnInf": [{"Rsn": {"Cd": "AC04"}, "AddtlInf": ["-"]}]}]}]}}	iso20022:AC04	\N
iso20022	pain.002 with several payments	{"Document": {"CstmrPmtStsRpt": {"OrgnlPmtInfAndSts": [{"TxInfAndSts": [{"TxSts": "ACSC"}, {"TxSts": "RJCT", "StsRsnInf": [{"Rsn": {"Prtry": "X1"}}, {"Rsn": {"Cd": "AM04"}}, {"Rsn": {"Cd": "AC06"}}]}]}, {"TxInfAndSts": [{"TxSts": "PDNG"}]}]}}}	iso20022:ACSC	{iso20022:ACSC,iso20022:AM04,iso20022:AC06,iso20022:PDNG}
iso20022	pain.002, made from XML	{"Document": {"CstmrPmtStsRpt": {"OrgnlPmtInfAndSts": {"OrgnlPmtInfId": "3", "TxInfAndSts": {"TxSts": "RJCT", "StsRsnInf": {"Rsn": {"Cd": "AC01"}, "AddtlInf": "-"}}}}}}	iso20022:AC01	\N
iso20022	the same with one array	{"CstmrPmtStsRpt": {"OrgnlPmtInfAndSts": [{"TxInfAndSts": {"TxSts": "RJCT", "StsRsnInf": {"Orgtr": {"Id": {}}}}}]}}	iso20022:RJCT	\N
iso20022	pain.002 that refuses a batch	{"CstmrPmtStsRpt": {"OrgnlGrpInfAndSts": {"GrpSts": "RJCT"}, "OrgnlPmtInfAndSts": [{"PmtInfSts": "RJCT", "StsRsnInf": [{"Rsn": {"Cd": "DT01"}}]}]}}	iso20022:DT01	\N
iso20022	pain.002 that refuses a message	{"CstmrPmtStsRpt": {"OrgnlGrpInfAndSts": {"GrpSts": "RJCT", "StsRsnInf": [{"Rsn": {"Cd": "FF01"}}]}}}	iso20022:FF01	\N
iso20022	pain.002 on a message as a whole	{"CstmrPmtStsRpt": {"OrgnlGrpInfAndSts": {"GrpSts": "ACTC"}, "OrgnlPmtInfAndSts": []}}	iso20022:ACTC	\N
iso20022	pacs.002	{"FIToFIPmtStsRpt": {"GrpHdr": {"MsgId": "1"}, "TxInfAndSts": [{"OrgnlEndToEndId": "4", "TxSts": "RJCT", "StsRsnInf": [{"Rsn": {"Cd": "AB05"}}]}]}}	iso20022:AB05	\N
iso20022	pacs.002 on a message as a whole	{"FIToFIPmtStsRpt": {"OrgnlGrpInfAndSts": [{"GrpSts": "RJCT", "StsRsnInf": [{"Rsn": {"Cd": "AM21"}}]}]}}	iso20022:AM21	\N
iso20022	pacs.004	{"PmtRtr": {"TxInf": [{"RtrId": "RTN-001", "RtrRsnInf": [{"Rsn": {"Cd": "AC16"}}]}, {"RtrId": "RTN-002", "RtrRsnInf": [{"Rsn": {"Cd": "AC04"}}]}]}}	iso20022:AC16/return	{iso20022:AC16/return,iso20022:AC04}
iso20022	pacs.004, made from XML	{"Document": {"PmtRtr": {"TxInf": {"RtrId": "RTN-001", "RtrRsnInf": {"Rsn": {"Cd": "AC14"}}}}}}	iso20022:AC14/return	\N
iso20022	the same reason as that of a status	{"TxSts": "RJCT", "StsRsnInf": [{"Rsn": {"Cd": "AC14"}}]}	iso20022:AC14	\N
iso20022	one payment	{"TxSts": "RJCT", "StsRsnInf": [{"Rsn": {"Cd": "AC04"}, "AddtlInf": ["-"]}]}	iso20022:AC04	\N
iso20022	one payment of a report	{"TxInfAndSts": {"OrgnlEndToEndId": "E2E-001", "TxSts": "RJCT", "StsRsnInf": {"Rsn": {"Cd": "AC04"}}}}	iso20022:AC04	\N
iso20022	reason of digits	{"TxSts": "RJCT", "StsRsnInf": [{"Rsn": {"Cd": "0080"}}]}	iso20022:0080	\N
iso20022	proprietary reason	{"TxSts": "RJCT", "StsRsnInf": [{"Rsn": {"Prtry": "AC04"}}]}	iso20022:RJCT	\N
iso20022	Open Banking UK	{"Data": {"DomesticPaymentId": "1", "Status": "RJCT", "StatusReason": [{"StatusReasonCode": "AC04", "StatusReasonDescription": "-"}]}}	iso20022:AC04	\N
iso20022	Open Banking UK, status only	{"Data": {"DomesticPaymentId": "1", "Status": "ACSC"}, "Links": {"Self": "-"}}	iso20022:ACSC	\N
iso20022	Berlin Group	{"transactionStatus": "RJCT"}	iso20022:RJCT	\N
iso20022	pain.002 on a batch	{"CstmrPmtStsRpt": {"OrgnlGrpInfAndSts": {"GrpSts": "PART"}, "OrgnlPmtInfAndSts": [{"PmtInfSts": "ACCP"}]}}	iso20022:ACCP	\N
iso20022	pacs.002 on a message, without a reason	{"FIToFIPmtStsRpt": {"OrgnlGrpInfAndSts": [{"GrpSts": "ACTC"}]}}	iso20022:ACTC	\N
iso20022	pacs.004 that returns a message	{"PmtRtr": {"OrgnlGrpInf": {"RtrRsnInf": [{"Rsn": {"Cd": "AC14"}}]}}}	iso20022:AC14/return	\N
iso20022	pacs.002 of an instant payment	{"Document": {"FIToFIPmtStsRpt": {"GrpHdr": {"MsgId": "1", "CreDtTm": "2023-01-01T00:00:00"}, "TxInfAndSts": {"OrgnlEndToEndId": "E1", "TxSts": "RJCT", "StsRsnInf": {"Rsn": {"Cd": "AB05"}}}}}}	iso20022:AB05	\N
iso20022	pacs.002 that accepts	{"FIToFIPmtStsRpt": {"GrpHdr": {"MsgId": "1"}, "OrgnlGrpInfAndSts": [{"OrgnlMsgId": "2", "GrpSts": "ACCP"}]}}	iso20022:ACCP	\N
iso20022	return of a payment	{"Document": {"PmtRtr": {"GrpHdr": {"MsgId": "1"}, "TxInf": [{"RtrId": "r", "RtrRsnInf": [{"Rsn": {"Cd": "MD06"}}]}]}}}	iso20022:MD06	\N
iso20022	return whose code has another meaning there	{"PmtRtr": {"TxInf": {"RtrRsnInf": {"Rsn": {"Cd": "AC14"}}}}}	iso20022:AC14/return	\N
iso20022	payment at an open banking interface of the UK	{"Data": {"DomesticPaymentId": "58923", "Status": "ACSC", "Initiation": {"InstructionIdentification": "A"}}, "Links": {}}	iso20022:ACSC	\N
iso20022	the same with a reason	{"Data": {"DomesticPaymentId": "58923", "Status": "RJCT", "StatusReason": [{"StatusReasonCode": "AM04", "StatusReasonDescription": "-"}]}}	iso20022:AM04	\N
iso20022	payment at an interface of the Berlin Group	{"transactionStatus": "ACTC", "psuMessage": "x"}	iso20022:ACTC	\N
iso20022	proprietary reason	{"TxInfAndSts": {"TxSts": "RJCT", "StsRsnInf": [{"Rsn": {"Prtry": "0100"}}]}}	iso20022:RJCT	\N
iso20022	two payments, one without a reason	{"CstmrPmtStsRpt": {"OrgnlPmtInfAndSts": {"TxInfAndSts": [{"TxSts": "RJCT"}, {"TxSts": "RJCT", "StsRsnInf": {"Rsn": {"Cd": "BE04"}}}]}}}	iso20022:RJCT	{iso20022:RJCT,iso20022:BE04}
iso20022	message in which all was accepted	{"Document": {"CstmrPmtStsRpt": {"OrgnlGrpInfAndSts": {"OrgnlMsgId": "1", "GrpSts": "ACSP"}, "OrgnlPmtInfAndSts": [{"OrgnlPmtInfId": "p", "PmtInfSts": "ACSP"}]}}}	iso20022:ACSP	\N
mx	code alone	"DENIED"	mx:DENIED	\N
mx	code alone, number	2005	mx:2005	\N
mx	member	{"member": {"guid": "MBR-7c6f361b", "connection_status": "CONNECTED", "is_being_aggregated": false, "error": null, "institution_code": "mxbank", "name": "MX Bank"}}	mx:CONNECTED	\N
mx	member with an error	{"member": {"guid": "MBR-123", "connection_status": "DENIED", "is_being_aggregated": false, "error": {"error_code": 2005, "error_message": "-", "error_type": "MEMBER", "locale": "en", "user_message": "-"}}}	mx:2005	\N
mx	connected member with an error	{"member": {"guid": "MBR-123", "connection_status": "CONNECTED", "error": {"error_code": 1000, "error_type": "MEMBER"}}}	mx:1000	\N
mx	error that is not listed	{"member": {"guid": "MBR-123", "connection_status": "FAILED", "error": {"error_code": 9999}}}	mx:FAILED	\N
mx	empty error	{"member": {"guid": "MBR-123", "connection_status": "IMPEDED", "error": {}}}	mx:IMPEDED	\N
mx	members	{"members": [{"guid": "MBR-1", "connection_status": "CONNECTED", "error": null}, {"guid": "MBR-2", "connection_status": "PREVENTED", "error": null}], "pagination": {"current_page": 1}}	mx:CONNECTED	{mx:CONNECTED,mx:PREVENTED}
mx	status of a member	{"member": {"guid": "MBR-123", "challenges": [{"guid": "CRD-1", "type": "TEXT"}], "connection_status": "CHALLENGED", "is_authenticated": false, "is_being_aggregated": true}}	mx:CHALLENGED	\N
mx	member alone	{"guid": "MBR-123", "connection_status": "LOCKED", "is_manual": false}	mx:LOCKED	\N
mx	notification	{"action": "CHANGED", "connection_status": "CHALLENGED", "connection_status_id": 3, "connection_status_message": "-", "member_guid": "MBR-48d9a481", "type": "CONNECTION_STATUS", "user_guid": "USR-eaf4ac68"}	mx:CHALLENGED	\N
mx	status by its number	{"type": "CONNECTION_STATUS", "connection_status_id": 0}	mx:CREATED	\N
mx	status by its number, the last	{"type": "MEMBER", "connection_status_id": 21}	mx:PENDING	\N
mx	member that is still being aggregated	{"member": {"guid": "MBR-1", "connection_status": "CONNECTED", "is_being_aggregated": true, "error": null}}	mx:CONNECTED/aggregating	\N
mx	the same as a status	{"member": {"guid": "MBR-1", "aggregated_at": "2026-01-01T00:00:00Z", "connection_status": "CONNECTED", "has_processed_accounts": true, "is_authenticated": true, "is_being_aggregated": true, "successfully_aggregated_at": null}}	mx:CONNECTED/aggregating	\N
mx	member whose aggregation has ended	{"member": {"connection_status": "CONNECTED", "has_processed_transactions": true, "is_being_aggregated": false}}	mx:CONNECTED	\N
mx	member that is being connected anew	{"member": {"connection_status": "UPDATED", "is_being_aggregated": true}}	mx:UPDATED	\N
mx	member after the wrong answer	{"member": {"guid": "MBR-1", "connection_status": "REJECTED", "error": {"error_code": 2002, "error_message": "-", "error_type": "MEMBER", "locale": "en", "user_message": "-"}, "is_being_aggregated": false}}	mx:2002	\N
mx	member that is down	{"member": {"connection_status": "FAILED", "error": {"error_code": 3001, "error_type": "MEMBER"}}}	mx:3001	\N
mx	notification with a number only	{"type": "CONNECTION_STATUS", "action": "CHANGED", "connection_status_id": 19, "member_guid": "MBR-1"}	mx:EXPIRED	\N
mx	members, one under way	{"members": [{"guid": "MBR-1", "connection_status": "CONNECTED", "is_being_aggregated": true}, {"guid": "MBR-2", "connection_status": "IMPEDED", "is_being_aggregated": false}]}	mx:CONNECTED/aggregating	{mx:CONNECTED/aggregating,mx:IMPEDED}
mx	member of an older version	{"member": {"guid": "MBR-1", "connection_status": "DISCONTINUED", "most_recent_job_guid": "JOB-1"}}	mx:DISCONTINUED	\N
mx	member, with a word for the truth value	{"member": {"connection_status": "CONNECTED", "is_being_aggregated": "true"}}	mx:CONNECTED/aggregating	\N
plaid	code alone	"ITEM_LOGIN_REQUIRED"	plaid:ITEM_LOGIN_REQUIRED	\N
plaid	error	{"error_type": "INVALID_REQUEST", "error_code": "INVALID_FIELD", "error_message": "-", "display_message": null, "request_id": "m8MDnv9okwxFNBV"}	plaid:INVALID_FIELD	\N
plaid	error of an Item	{"error_type": "ITEM_ERROR", "error_code": "PRODUCT_NOT_READY", "error_message": "-", "display_message": null, "request_id": "HNTDNrA8F1shFEW"}	plaid:PRODUCT_NOT_READY	\N
plaid	the same code under another type	{"error_type": "INCOME_VERIFICATION_ERROR", "error_code": "PRODUCT_NOT_READY", "error_message": "-", "request_id": "HNTDNrA8F1shFEW"}	plaid:PRODUCT_NOT_READY/INCOME_VERIFICATION_ERROR	\N
plaid	type that looks like a code	{"error_type": "RATE_LIMIT_EXCEEDED", "error_code": "TRANSACTIONS_LIMIT", "error_message": "-"}	plaid:TRANSACTIONS_LIMIT	\N
plaid	error that is not listed	{"error_type": "ITEM_ERROR", "error_code": "SOMETHING_NEW", "error_message": "-"}	plaid:SOMETHING_NEW	\N
plaid	webhook with an error	{"webhook_type": "ITEM", "webhook_code": "ERROR", "item_id": "wz666MBjYWTp2PDzzggYhM6oWWmBb", "error": {"display_message": "-", "error_code": "ITEM_LOGIN_REQUIRED", "error_code_reason": "OAUTH_INVALID_TOKEN", "error_message": "-", "error_type": "ITEM_ERROR", "status": 400}, "environment": "production"}	plaid:ITEM_LOGIN_REQUIRED/OAUTH_INVALID_TOKEN	\N
plaid	webhook that is its error	{"webhook_type": "ITEM", "webhook_code": "USER_PERMISSION_REVOKED", "error": {"error_code": "USER_PERMISSION_REVOKED", "error_type": "ITEM_ERROR", "status": 400}, "item_id": "gAXlMgVEw5uEGoQnnXZ6tn9E7Mn3LBc4PJVKZ"}	plaid:USER_PERMISSION_REVOKED	\N
plaid	webhook of a report, with an error	{"webhook_type": "ASSETS", "webhook_code": "ERROR", "asset_report_id": "47dfc92b", "error": {"error_code": "PRODUCT_NOT_ENABLED", "error_type": "ASSET_REPORT_ERROR", "request_id": "m8MDnv9okwxFNBV"}}	plaid:PRODUCT_NOT_ENABLED/ASSET_REPORT_ERROR	\N
plaid	webhook without an error	{"webhook_type": "ITEM", "webhook_code": "PENDING_DISCONNECT", "item_id": "wz666MBjYWTp2PDzzggYhM6oWWmBb", "reason": "INSTITUTION_MIGRATION", "disconnect_time": "2020-01-15T13:25:17.766Z"}	plaid:PENDING_DISCONNECT/INSTITUTION_MIGRATION	\N
plaid	webhook with null for an error	{"webhook_type": "ITEM", "webhook_code": "NEW_ACCOUNTS_AVAILABLE", "item_id": "gAXlMgVEw5uEGoQnnXZ6tn9E7Mn3LBc4PJVKZ", "error": null}	plaid:NEW_ACCOUNTS_AVAILABLE	\N
plaid	webhook with a reason that is not listed	{"webhook_type": "ITEM", "webhook_code": "PENDING_DISCONNECT", "reason": "SOMETHING_NEW"}	plaid:PENDING_DISCONNECT	\N
plaid	Item	{"item": {"item_id": "eVBnVMp7zdTJLkRNr33Rs6zr7KNJqBFL9DrE6", "institution_id": "ins_109508", "error": {"error_type": "ITEM_ERROR", "error_code": "NO_ACCOUNTS"}}, "status": {"transactions": {"last_failed_update": null}}}	plaid:NO_ACCOUNTS	\N
plaid	error of a report, with causes	{"error_type": "ASSET_REPORT_ERROR", "error_code": "DATA_UNAVAILABLE", "error_message": "-", "request_id": "HNTDNrA8F1shFEW", "causes": [{"error_type": "ITEM_ERROR", "error_code": "ITEM_LOGIN_REQUIRED", "error_code_reason": "OAUTH_CONSENT_EXPIRED", "item_id": "pZ942ZA0npFEa0BgLCV9DAQv3Zq8ErIZhc81F"}, {"error_type": "INSTITUTION_ERROR", "error_code": "INSTITUTION_DOWN", "item_id": "2"}]}	plaid:ITEM_LOGIN_REQUIRED/OAUTH_CONSENT_EXPIRED	{plaid:ITEM_LOGIN_REQUIRED/OAUTH_CONSENT_EXPIRED,plaid:INSTITUTION_DOWN,plaid:DATA_UNAVAILABLE}
plaid	the same without causes	{"error_type": "CHECK_REPORT_ERROR", "error_code": "DATA_UNAVAILABLE", "causes": []}	plaid:DATA_UNAVAILABLE/CHECK_REPORT_ERROR	\N
plaid	webhook of a report, with causes	{"webhook_type": "ASSETS", "webhook_code": "ERROR", "error": {"error_type": "ASSET_REPORT_ERROR", "error_code": "PRODUCT_NOT_ENABLED", "causes": [{"error_type": "ITEM_ERROR", "error_code": "ITEM_LOCKED", "item_id": "1"}]}}	plaid:ITEM_LOCKED	{plaid:ITEM_LOCKED,plaid:PRODUCT_NOT_ENABLED/ASSET_REPORT_ERROR}
plaid	report with a warning	{"report": {"asset_report_id": "028e8404", "items": [{"item_id": "1"}]}, "warnings": [{"warning_type": "ASSET_REPORT_WARNING", "warning_code": "OWNERS_UNAVAILABLE", "cause": {"error_type": "ITEM_ERROR", "http_code": 400, "error_code": "PRODUCTS_NOT_SUPPORTED", "display_message": null}}]}	plaid:PRODUCTS_NOT_SUPPORTED	\N
plaid	results of several Items	{"request_id": "4zlKapIkTm8p5KM", "results": [{"item_id": "Fd7b", "product": "transactions"}, {"item_id": "AbCd", "product": "transactions", "error": {"error_type": "ITEM_ERROR", "error_code": "ITEM_LOGIN_REQUIRED", "error_code_reason": null, "causes": [], "status": 400}}]}	plaid:ITEM_LOGIN_REQUIRED	\N
plaid	end of Link	{"error": {"error_type": "ITEM_ERROR", "error_code": "INVALID_CREDENTIALS", "display_message": "-"}, "metadata": {"status": "requires_credentials", "link_session_id": "1daca4d5"}}	plaid:INVALID_CREDENTIALS	\N
plaid	sessions of Link	{"link_token": "link-sandbox-79e723b0", "link_sessions": [{"link_session_id": "1", "exit": {"error": {"error_type": "ITEM_ERROR", "error_code": "ITEM_LOCKED"}, "metadata": {"status": "requires_credentials"}}}]}	plaid:ITEM_LOCKED	\N
plaid	events of a Link session	{"webhook_type": "LINK", "webhook_code": "EVENTS", "events": [{"event_name": "TRANSITION_VIEW", "event_metadata": {"request_id": "1"}}, {"event_name": "ERROR", "event_metadata": {"error_code": "INVALID_MFA", "error_type": "ITEM_ERROR"}}, {"event_name": "EXIT", "event_metadata": {"error_code": "INVALID_CREDENTIALS", "error_type": "ITEM_ERROR", "exit_status": "requires_credentials"}}]}	plaid:INVALID_CREDENTIALS	\N
plaid	transfer that was returned	{"transfer": {"id": "460cbe92", "network": "ach", "status": "returned", "failure_reason": {"failure_code": "R13", "description": "-"}}}	ach:R13	\N
plaid	transfer with both members	{"transfer": {"status": "returned", "failure_reason": {"failure_code": "R01", "ach_return_code": "R01"}}}	ach:R01	\N
plaid	transfer of another network	{"transfer": {"network": "rtp", "status": "failed", "failure_reason": {"failure_code": "AC04", "ach_return_code": null}}}	iso20022:AC04	\N
plaid	transfer of another network, with digits	{"transfer": {"network": "rtp", "status": "failed", "failure_reason": {"failure_code": "9912"}}}	iso20022:9912	\N
plaid	update of transactions	{"transactions_update_status": "HISTORICAL_UPDATE_COMPLETE", "accounts": [], "added": [], "modified": [], "removed": [], "next_cursor": "tVUUL15lYQN5rBnfDIc1I8xudpGdIlw9nsgeXWvhOfkECvUeR663i3Dt1uf", "has_more": false}	plaid:HISTORICAL_UPDATE_COMPLETE	\N
plaid	report with a warning in it	{"report": {"asset_report_id": "028e8404", "warnings": [{"warning_code": "OWNERS_UNAVAILABLE", "cause": {"error_type": "ITEM_ERROR", "error_code": "ITEM_LOCKED"}}]}}	plaid:ITEM_LOCKED	\N
plaid	Items	{"items": [{"item_id": "1", "error": null}, {"item_id": "2", "error": {"error_type": "ITEM_ERROR", "error_code": "ITEM_LOCKED"}}]}	plaid:ITEM_LOCKED	\N
plaid	sessions of Link, older	{"link_sessions": [{"on_exit": {"error": {"error_code": "ITEM_LOCKED"}}}, {"on_success": {}}]}	plaid:ITEM_LOCKED	\N
plaid	transfer_events	{"transfer_events": [{"failure_reason": null}, {"failure_reason": {"failure_code": "R02"}}]}	ach:R02	\N
plaid	bank_transfer_events	{"bank_transfer_events": [{"failure_reason": null}, {"failure_reason": {"failure_code": "R02"}}]}	ach:R02	\N
plaid	transfers	{"transfers": [{"failure_reason": null}, {"failure_reason": {"failure_code": "R02"}}]}	ach:R02	\N
plaid	bank_transfer	{"bank_transfer": {"failure_reason": {"ach_return_code": "R02"}}}	ach:R02	\N
plaid	refund	{"refund": {"failure_reason": {"ach_return_code": "R02"}}}	ach:R02	\N
plaid	payment that was made	{"payment_id": "payment-id-sandbox-feca8a7a", "status": "PAYMENT_STATUS_INPUT_NEEDED", "request_id": "4ciYVmesrySiUAB"}	plaid:PAYMENT_STATUS_INPUT_NEEDED	\N
plaid	webhook on a payment	{"webhook_type": "PAYMENT_INITIATION", "webhook_code": "PAYMENT_STATUS_UPDATE", "payment_id": "payment-id-production-2ba30780", "new_payment_status": "PAYMENT_STATUS_INITIATED", "old_payment_status": "PAYMENT_STATUS_PROCESSING", "original_reference": "Account Funding 99744", "timestamp": "2017-09-14T14:42:19.350Z", "environment": "production"}	plaid:PAYMENT_STATUS_INITIATED	\N
plaid	payments	{"payments": [{"payment_id": "p1", "status": "PAYMENT_STATUS_EXECUTED", "recipient_id": "r"}, {"payment_id": "p2", "status": "PAYMENT_STATUS_REJECTED"}], "next_cursor": "c"}	plaid:PAYMENT_STATUS_EXECUTED	{plaid:PAYMENT_STATUS_EXECUTED,plaid:PAYMENT_STATUS_REJECTED}
plaid	webhook with an error of a payment	{"webhook_type": "PAYMENT_INITIATION", "webhook_code": "PAYMENT_STATUS_UPDATE", "new_payment_status": "PAYMENT_STATUS_FAILED", "error": {"error_type": "PAYMENT_ERROR", "error_code": "PAYMENT_INVALID_RECIPIENT"}}	plaid:PAYMENT_INVALID_RECIPIENT	\N
plaid	intent of a transfer	{"transfer_intent": {"id": "460cbe92", "status": "FAILED", "transfer_id": null, "failure_reason": {"error_type": "TRANSFER_ERROR", "error_code": "TRANSFER_LIMIT_REACHED", "error_message": "-"}}, "request_id": "saKrIBuEB9qJZno"}	plaid:TRANSFER_LIMIT_REACHED	\N
plaid	sweeps	{"sweeps": [{"id": "d5394a4d", "status": "settled", "failure_reason": null}, {"id": "d5394a4e", "status": "returned", "failure_reason": {"failure_code": "R01", "description": "-"}}]}	ach:R01	\N
plaid	income report with a warning	{"bank_income": [{"bank_income_id": "abc123", "items": [{"item_id": "1"}], "warnings": [{"warning_code": "IDENTITY_UNAVAILABLE", "warning_type": "BANK_INCOME_WARNING", "cause": {"error_type": "ITEM_ERROR", "error_code": "ITEM_LOGIN_REQUIRED", "item_id": "1"}}]}]}	plaid:ITEM_LOGIN_REQUIRED	\N
plaid	Item after its consent was withdrawn	{"item": {"item_id": "1", "error": {"error_type": "ITEM_ERROR", "error_code": "ITEM_LOGIN_REQUIRED", "error_code_reason": "OAUTH_USER_REVOKED", "error_message": "-", "display_message": "-", "request_id": "r", "causes": [], "status": 400}, "consent_expiration_time": null}, "request_id": "x"}	plaid:ITEM_LOGIN_REQUIRED/OAUTH_USER_REVOKED	\N
plaid	institution that is down	{"display_message": "-", "documentation_url": "https://plaid.com/docs/?ref=error#institution-errors", "error_code": "INSTITUTION_DOWN", "error_message": "-", "error_type": "INSTITUTION_ERROR", "request_id": "dNpgkq4vp8e51Yi", "suggested_action": null}	plaid:INSTITUTION_DOWN	\N
plaid	webhook after a repair	{"webhook_type": "ITEM", "webhook_code": "LOGIN_REPAIRED", "item_id": "wz666MBjYWTp2PDzzggYhM6oWWmBb", "environment": "production"}	plaid:LOGIN_REPAIRED	\N
pluggy	code alone	"SITE_NOT_AVAILABLE"	pluggy:SITE_NOT_AVAILABLE	\N
pluggy	item	{"id": "a5c763cb", "connector": {"id": 201, "health": {"status": "ONLINE", "stage": null}}, "status": "UPDATED", "statusDetail": null, "executionStatus": "SUCCESS", "error": null, "lastUpdatedAt": "2026-06-01T00:00:00Z"}	pluggy:SUCCESS	\N
pluggy	item with an error	{"id": "a5c763cb", "status": "LOGIN_ERROR", "executionStatus": "INVALID_CREDENTIALS", "error": {"code": "INVALID_CREDENTIALS", "message": "-", "providerMessage": "-"}, "consecutiveFailedLoginAttempts": 1}	pluggy:INVALID_CREDENTIALS	\N
pluggy	item whose execution failed	{"id": "a5c763cb", "status": "OUTDATED", "executionStatus": "ERROR", "error": null}	pluggy:ERROR/execution	\N
pluggy	item under way	{"id": "a5c763cb", "status": "UPDATING", "executionStatus": "ACCOUNTS_IN_PROGRESS", "error": null}	pluggy:ACCOUNTS_IN_PROGRESS	\N
pluggy	item without an execution	{"id": "a5c763cb", "status": "WAITING_USER_INPUT", "parameter": {"name": "token"}}	pluggy:WAITING_USER_INPUT	\N
pluggy	item with a warning	{"id": "a5c763cb", "status": "UPDATED", "executionStatus": "PARTIAL_SUCCESS", "error": null, "statusDetail": {"accounts": {"isUpdated": true, "warnings": []}, "investments": {"isUpdated": false, "lastUpdatedAt": null, "warnings": [{"code": "001", "message": "-", "providerMessage": "-"}, {"code": "X1"}]}, "loans": null}}	pluggy:PARTIAL_SUCCESS	{pluggy:PARTIAL_SUCCESS,pluggy:001}
pluggy	notification with an error	{"event": "item/error", "id": "a5c763cb", "eventId": "e1", "itemId": "a5c763cb", "triggeredBy": "SYNC", "error": {"code": "USER_AUTHORIZATION_PENDING", "message": "-"}}	pluggy:USER_AUTHORIZATION_PENDING	\N
pluggy	payment intent	{"id": "p1", "connector": null, "consentUrl": null, "pixData": null, "status": "CONSENT_AWAITING_AUTHORIZATION", "paymentRequest": {"id": "r1", "status": "IN_PROGRESS"}}	pluggy:CONSENT_AWAITING_AUTHORIZATION	\N
pluggy	payment intent that failed	{"id": "p1", "connector": null, "consentUrl": null, "status": "ERROR"}	pluggy:ERROR/payment	\N
pluggy	payment request	{"id": "r1", "amount": 10.5, "status": "COMPLETED", "isSandbox": true}	pluggy:COMPLETED	\N
pluggy	scheduled payments	{"results": [{"id": "s1", "status": "SCHEDULED", "scheduledDate": "2026-07-01"}, {"id": "s2", "status": "ERROR", "scheduledDate": "2026-07-02"}]}	pluggy:SCHEDULED	{pluggy:SCHEDULED,pluggy:ERROR/payment}
pluggy	preauthorization	{"id": "t1", "status": "REVOKED", "consentUrl": null, "recipients": []}	pluggy:REVOKED	\N
pluggy	error of the API	{"code": 409, "message": "-"}	http:409	\N
pluggy	error of the API with a word	{"code": 410, "message": "-", "codeDescription": "ENDPOINT_DEPRECATED"}	pluggy:ENDPOINT_DEPRECATED	\N
pluggy	warning, accounts	{"executionStatus": "PARTIAL_SUCCESS", "statusDetail": {"accounts": {"warnings": [{"code": "001"}, {"code": "X1"}]}}}	pluggy:PARTIAL_SUCCESS	{pluggy:PARTIAL_SUCCESS,pluggy:001}
pluggy	warning, creditCards	{"executionStatus": "PARTIAL_SUCCESS", "statusDetail": {"creditCards": {"warnings": [{"code": "001"}, {"code": "X1"}]}}}	pluggy:PARTIAL_SUCCESS	{pluggy:PARTIAL_SUCCESS,pluggy:001}
pluggy	warning, transactions	{"executionStatus": "PARTIAL_SUCCESS", "statusDetail": {"transactions": {"warnings": [{"code": "001"}, {"code": "X1"}]}}}	pluggy:PARTIAL_SUCCESS	{pluggy:PARTIAL_SUCCESS,pluggy:001}
pluggy	warning, investmentTransactions	{"executionStatus": "PARTIAL_SUCCESS", "statusDetail": {"investmentTransactions": {"warnings": [{"code": "001"}, {"code": "X1"}]}}}	pluggy:PARTIAL_SUCCESS	{pluggy:PARTIAL_SUCCESS,pluggy:001}
pluggy	warning, identity	{"executionStatus": "PARTIAL_SUCCESS", "statusDetail": {"identity": {"warnings": [{"code": "001"}, {"code": "X1"}]}}}	pluggy:PARTIAL_SUCCESS	{pluggy:PARTIAL_SUCCESS,pluggy:001}
pluggy	warning, paymentData	{"executionStatus": "PARTIAL_SUCCESS", "statusDetail": {"paymentData": {"warnings": [{"code": "001"}, {"code": "X1"}]}}}	pluggy:PARTIAL_SUCCESS	{pluggy:PARTIAL_SUCCESS,pluggy:001}
pluggy	warning, loans	{"executionStatus": "PARTIAL_SUCCESS", "statusDetail": {"loans": {"warnings": [{"code": "001"}, {"code": "X1"}]}}}	pluggy:PARTIAL_SUCCESS	{pluggy:PARTIAL_SUCCESS,pluggy:001}
pluggy	warning, accountStatements	{"executionStatus": "PARTIAL_SUCCESS", "statusDetail": {"accountStatements": {"warnings": [{"code": "001"}, {"code": "X1"}]}}}	pluggy:PARTIAL_SUCCESS	{pluggy:PARTIAL_SUCCESS,pluggy:001}
pluggy	payment that was refused	{"id": "p1", "status": "ERROR", "errorDetail": {"code": "VALUE_ABOVE_LIMIT", "description": "-", "detail": "-"}, "amount": 10, "date": "2026-07-01", "endToEndId": "E1"}	pluggy:VALUE_ABOVE_LIMIT	\N
pluggy	payment whose authorization took too long	{"id": "p1", "connector": null, "consentUrl": null, "status": "PAYMENT_TIMEOUT", "errorDetail": null}	pluggy:PAYMENT_TIMEOUT	\N
pluggy	automatic payments	{"page": 1, "total": 2, "totalPages": 1, "results": [{"id": "a", "status": "COMPLETED", "amount": 1, "errorDetail": null}, {"id": "b", "status": "ERROR", "amount": 1, "errorDetail": {"code": "INVALID_CONSENT", "description": "-"}}]}	pluggy:COMPLETED	{pluggy:COMPLETED,pluggy:INVALID_CONSENT}
pluggy	update refused	{"code": 400, "message": "-", "codeDescription": "ITEM_ALREADY_UPDATING"}	pluggy:ITEM_ALREADY_UPDATING	\N
pluggy	update refused for its frequency	{"code": 400, "codeDescription": "CLIENT_IS_UPDATING_BEFORE_ALLOWED_FREQUENCY", "message": "-", "data": {"frequency": 24}}	pluggy:CLIENT_IS_UPDATING_BEFORE_ALLOWED_FREQUENCY	\N
pluggy	item that waits for a code	{"id": "a5c763cb", "connector": {"id": 2, "name": "Pluggy Bank"}, "status": "WAITING_USER_INPUT", "executionStatus": "WAITING_USER_INPUT", "parameter": {"name": "token", "type": "number", "expiresAt": "2026-01-01T00:00:00Z"}, "error": null}	pluggy:WAITING_USER_INPUT	\N
pluggy	item whose site is down	{"id": "a5c763cb", "status": "OUTDATED", "executionStatus": "SITE_NOT_AVAILABLE", "statusDetail": null, "error": {"code": "SITE_NOT_AVAILABLE", "message": "-"}, "nextAutoSyncAt": null}	pluggy:SITE_NOT_AVAILABLE	\N
pluggy	item that was withdrawn	{"event": "item/error", "eventId": "e2", "itemId": "a5c763cb", "error": {"code": "USER_AUTHORIZATION_REVOKED", "message": "-"}, "triggeredBy": "SYNC"}	pluggy:USER_AUTHORIZATION_REVOKED	\N
pluggy	bulk payment	{"id": "b1", "status": "TOP_UP_IN_PROGRESS", "paymentRequests": [{"id": "r1", "status": "CREATED"}], "totalAmount": 20, "smartAccount": {"id": "s"}}	pluggy:TOP_UP_IN_PROGRESS	\N
pluggy	too many requests	{"code": 429, "message": "-"}	http:429	\N
saltedge	code alone	"InvalidCredentials"	saltedge:InvalidCredentials	\N
saltedge	error	{"error": {"class": "ConnectionNotFound", "message": "-", "documentation_url": "https://docs.saltedge.com"}, "request": {"connection_id": "1"}}	saltedge:ConnectionNotFound	\N
saltedge	error of older versions	{"error_class": "WrongRequestFormat", "error_message": "-", "request": {}}	saltedge:WrongRequestFormat	\N
saltedge	connection whose attempt failed	{"data": {"id": "111111111111111111", "country_code": "XF", "customer_id": "222222222222222222", "provider_code": "fakebank_simple_xf", "status": "active", "last_attempt": {"id": "1", "finished": true, "fail_at": "2026-07-01T00:00:00Z", "fail_error_class": "InvalidCredentials", "fail_message": "-", "last_stage": {"name": "finish"}}}}	saltedge:InvalidCredentials	\N
saltedge	connection whose attempt went well	{"data": {"provider_code": "fakebank_simple_xf", "status": "active", "last_attempt": {"fail_at": null, "fail_error_class": null, "finished": true, "last_stage": {"interactive_html": null, "name": "finish"}}}}	saltedge:finish	\N
saltedge	connection under way	{"data": {"provider_code": "fakebank_simple_xf", "status": "active", "last_attempt": {"fail_error_class": null, "finished": false, "last_stage": {"name": "interactive"}}}}	saltedge:interactive	\N
saltedge	connection that is not active any more	{"data": {"provider_code": "fakebank_simple_xf", "status": "inactive", "last_attempt": {"fail_error_class": null, "last_stage": {"name": "finish"}}}}	saltedge:inactive	\N
saltedge	connection without an attempt	{"data": {"id": "1", "provider_code": "fakebank_simple_xf", "status": "active"}}	saltedge:active	\N
saltedge	connections	{"data": [{"provider_code": "a", "status": "active", "last_attempt": {"fail_error_class": null, "last_stage": {"name": "fetch_recent"}}}, {"provider_code": "b", "status": "disabled", "last_attempt": {"fail_error_class": null, "last_stage": {"name": "finish"}}}], "meta": {"next_id": null}}	saltedge:fetch_recent	{saltedge:fetch_recent,saltedge:disabled}
saltedge	attempt	{"data": {"id": "777777777777777777", "finished": true, "fail_error_class": "InteractiveTimeout", "stages": [{"name": "start"}, {"name": "interactive"}]}}	saltedge:InteractiveTimeout	\N
saltedge	attempts	{"data": [{"id": "1", "fail_error_class": null, "last_stage": {"name": "connect"}}]}	saltedge:connect	\N
saltedge	failure callback	{"data": {"connection_id": "111111111111111111", "customer_id": "222222222222222222", "custom_fields": {"key": "value"}, "error_class": "InvalidCredentials", "error_message": "-"}, "meta": {"version": "5", "time": "2026-07-01T00:00:00Z"}}	saltedge:InvalidCredentials	\N
saltedge	notify callback	{"data": {"connection_id": "1", "customer_id": "2", "custom_fields": {}, "stage": "fetch_recent"}, "meta": {"version": "5"}}	saltedge:fetch_recent	\N
saltedge	message of the Connect page	{"data": {"connection_id": "1", "duplicated_connection_id": null, "stage": "error", "secret": null}}	saltedge:error	\N
saltedge	callback on a payment that failed	{"data": {"payment_id": "131", "customer_id": "905", "custom_fields": {"key": "value"}, "error_class": "ProviderError", "error_message": "-"}, "meta": {"version": "1"}}	saltedge:ProviderError/payment	\N
saltedge	callback on a fetch that failed	{"data": {"connection_id": "131", "customer_id": "905", "custom_fields": {}, "error_class": "ProviderError", "error_message": "-"}, "meta": {"version": "5", "time": "2026-07-01T00:00:00Z"}}	saltedge:ProviderError/fetching	\N
saltedge	callback on a payment, with its own error	{"data": {"payment_id": "131", "customer_id": "905", "error_class": "PaymentFailed", "error_message": "-"}}	saltedge:PaymentFailed	\N
saltedge	connection whose fetch took too long	{"data": {"id": "1", "provider_code": "fakebank_simple_xf", "status": "active", "last_attempt": {"api_mode": "service", "fail_at": "2026-07-01T00:00:00Z", "fail_error_class": "ExecutionTimeout", "fail_message": "-", "fetch_scopes": ["accounts"], "finished": true, "last_stage": {"name": "finish"}}}}	saltedge:ExecutionTimeout/fetching	\N
saltedge	attempt that lost the connection	{"data": {"id": "777", "fetch_scopes": ["accounts", "transactions"], "finished": true, "fail_error_class": "ConnectionLost", "fail_message": "-", "stages": [{"name": "start"}]}}	saltedge:ConnectionLost/fetching	\N
saltedge	error that says nothing of what it ended	{"error_class": "InternalServerError", "error_message": "-", "request": {"template_identifier": "SEPA"}}	saltedge:InternalServerError	\N
saltedge	error of the API	{"error": {"class": "RateLimitExceeded", "message": "-", "documentation_url": "https://docs.saltedge.com/account_information/v5/#errors"}, "request": {}}	saltedge:RateLimitExceeded	\N
saltedge	connection that is disabled	{"data": [{"id": "1", "provider_code": "x", "status": "disabled", "last_attempt": {"fail_error_class": "AispConsentExpired", "finished": true}}], "meta": {"next_id": null, "next_page": null}}	saltedge:AispConsentExpired	\N
saltedge	callback with a question	{"data": {"connection_id": "1", "customer_id": "2", "custom_fields": {}, "stage": "interactive", "html": "<p></p>", "session_expires_at": "2026-07-01T00:00:00Z", "interactive_fields_names": ["sms"]}, "meta": {}}	saltedge:interactive	\N
saltedge	payment that was found before	{"error": {"class": "PaymentAlreadyStarted", "message": "-"}, "request": {}}	saltedge:PaymentAlreadyStarted	\N
teller	code alone	"enrollment.disconnected"	teller:enrollment.disconnected	\N
teller	error	{"error": {"code": "enrollment.disconnected.user_action.mfa_required", "message": "-"}}	teller:enrollment.disconnected.user_action.mfa_required	\N
teller	error of the request	{"error": {"code": "bad_request", "message": "-"}}	teller:bad_request	\N
teller	error that is not listed	{"error": {"code": "not_found", "message": "-"}}	teller:not_found	\N
teller	notification, account_locked	{"id": "wh_oiffb5cocakqmksbkg000", "payload": {"enrollment_id": "enr_oiffb5cocakqmksbkg001", "reason": "disconnected.account_locked"}, "timestamp": "2023-07-10T03:49:29Z", "type": "enrollment.disconnected"}	teller:enrollment.disconnected.account_locked	\N
teller	notification, credentials_invalid	{"id": "wh_oiffb5cocakqmksbkg000", "payload": {"enrollment_id": "enr_oiffb5cocakqmksbkg001", "reason": "disconnected.credentials_invalid"}, "timestamp": "2023-07-10T03:49:29Z", "type": "enrollment.disconnected"}	teller:enrollment.disconnected.credentials_invalid	\N
teller	notification, enrollment_inactive	{"id": "wh_oiffb5cocakqmksbkg000", "payload": {"enrollment_id": "enr_oiffb5cocakqmksbkg001", "reason": "disconnected.enrollment_inactive"}, "timestamp": "2023-07-10T03:49:29Z", "type": "enrollment.disconnected"}	teller:enrollment.disconnected.enrollment_inactive	\N
teller	notification, user_action.captcha_required	{"id": "wh_oiffb5cocakqmksbkg000", "payload": {"enrollment_id": "enr_oiffb5cocakqmksbkg001", "reason": "disconnected.user_action.captcha_required"}, "timestamp": "2023-07-10T03:49:29Z", "type": "enrollment.disconnected"}	teller:enrollment.disconnected.user_action.captcha_required	\N
teller	notification, user_action.contact_information_required	{"id": "wh_oiffb5cocakqmksbkg000", "payload": {"enrollment_id": "enr_oiffb5cocakqmksbkg001", "reason": "disconnected.user_action.contact_information_required"}, "timestamp": "2023-07-10T03:49:29Z", "type": "enrollment.disconnected"}	teller:enrollment.disconnected.user_action.contact_information_required	\N
teller	notification, user_action.insufficient_permissions	{"id": "wh_oiffb5cocakqmksbkg000", "payload": {"enrollment_id": "enr_oiffb5cocakqmksbkg001", "reason": "disconnected.user_action.insufficient_permissions"}, "timestamp": "2023-07-10T03:49:29Z", "type": "enrollment.disconnected"}	teller:enrollment.disconnected.user_action.insufficient_permissions	\N
teller	notification, user_action.mfa_required	{"id": "wh_oiffb5cocakqmksbkg000", "payload": {"enrollment_id": "enr_oiffb5cocakqmksbkg001", "reason": "disconnected.user_action.mfa_required"}, "timestamp": "2023-07-10T03:49:29Z", "type": "enrollment.disconnected"}	teller:enrollment.disconnected.user_action.mfa_required	\N
teller	notification, user_action.web_login_required	{"id": "wh_oiffb5cocakqmksbkg000", "payload": {"enrollment_id": "enr_oiffb5cocakqmksbkg001", "reason": "disconnected.user_action.web_login_required"}, "timestamp": "2023-07-10T03:49:29Z", "type": "enrollment.disconnected"}	teller:enrollment.disconnected.user_action.web_login_required	\N
teller	notification, nothing more	{"id": "wh_1", "payload": {"enrollment_id": "enr_1", "reason": "disconnected"}, "type": "enrollment.disconnected"}	teller:enrollment.disconnected	\N
teller	notification with a reason that is not listed	{"id": "wh_1", "payload": {"enrollment_id": "enr_1", "reason": "disconnected.something_new"}, "type": "enrollment.disconnected"}	teller:enrollment.disconnected	\N
teller	webhook of a locked account	{"id": "wh_oiffb5cocakqmksbkg000", "payload": {"enrollment_id": "enr_oiffb5cocakqmksbkg001", "reason": "disconnected.account_locked"}, "timestamp": "2023-07-10T03:49:29Z", "type": "enrollment.disconnected"}	teller:enrollment.disconnected.account_locked	\N
teller	webhook of a changed password	{"id": "wh_2", "payload": {"enrollment_id": "enr_1", "reason": "disconnected.credentials_invalid"}, "type": "enrollment.disconnected"}	teller:enrollment.disconnected.credentials_invalid	\N
teller	answer that needs the user	{"error": {"code": "enrollment.disconnected.user_action.mfa_required", "message": "-"}}	teller:enrollment.disconnected.user_action.mfa_required	\N
teller	answer that needs a contact	{"error": {"code": "enrollment.disconnected.user_action.contact_information_required", "message": "-"}}	teller:enrollment.disconnected.user_action.contact_information_required	\N
teller	answer that needs the portal	{"error": {"code": "enrollment.disconnected.user_action.web_login_required", "message": "-"}}	teller:enrollment.disconnected.user_action.web_login_required	\N
teller	webhook that needs a captcha	{"payload": {"enrollment_id": "enr_1", "reason": "disconnected.user_action.captcha_required"}, "type": "enrollment.disconnected"}	teller:enrollment.disconnected.user_action.captcha_required	\N
teller	webhook whose reason is new	{"payload": {"enrollment_id": "enr_1", "reason": "disconnected.something_new"}, "type": "enrollment.disconnected"}	teller:enrollment.disconnected	\N
teller	error of a missing account	{"error": {"code": "not_found", "message": "-"}}	teller:not_found	\N
teller	answer that is not known	{"error": {"code": "unauthorized", "message": "-"}}	teller:unauthorized	\N
teller	webhook of an inactive enrollment	{"payload": {"enrollment_id": "enr_1", "reason": "disconnected.enrollment_inactive"}, "type": "enrollment.disconnected"}	teller:enrollment.disconnected.enrollment_inactive	\N
tink	code alone	"TEMPORARY_ERROR"	tink:TEMPORARY_ERROR	\N
tink	credentials	{"id": "6e68cc6287704273984567b3300c5822", "providerName": "handelsbanken-bankid", "type": "MOBILE_BANKID", "status": "TEMPORARY_ERROR", "statusPayload": "-", "statusUpdated": 1500000000000, "supplementalInformation": null}	tink:TEMPORARY_ERROR	\N
tink	credentials that wait	{"id": "c1", "providerName": "se-test-multi-supplemental", "status": "AWAITING_SUPPLEMENTAL_INFORMATION", "statusUpdated": 1500000000000, "supplementalInformation": "[]"}	tink:AWAITING_SUPPLEMENTAL_INFORMATION	\N
tink	credentials that wait for an app	{"id": "c1", "providerName": "x-bankid", "status": "AWAITING_MOBILE_BANKID_AUTHENTICATION", "statusUpdated": 1}	tink:AWAITING_MOBILE_BANKID_AUTHENTICATION	\N
tink	credentials that are up to date	{"id": "c1", "providerName": "x-bankid", "status": "UPDATED", "statusUpdated": 2}	tink:UPDATED	\N
tink	credentials without a session	{"id": "c1", "providerName": "x-bankid", "status": "SESSION_EXPIRED"}	tink:SESSION_EXPIRED	\N
tink	status that is not listed	{"id": "c1", "providerName": "x-bankid", "status": "SOMETHING_NEW"}	tink:SOMETHING_NEW	\N
tink	list of credentials	{"credentials": [{"providerName": "a", "status": "UPDATED"}, {"providerName": "b", "status": "AUTHENTICATION_ERROR"}]}	tink:UPDATED	{tink:UPDATED,tink:AUTHENTICATION_ERROR}
tink	consents	{"providerConsents": [{"credentialsId": "c1", "providerName": "uk-demobank", "accountIds": [], "status": "PERMANENT_ERROR", "statusUpdated": 1}]}	tink:PERMANENT_ERROR	\N
tink	notification	{"event": "refresh:finished", "context": {"userId": "u1"}, "content": {"credentialsId": "c1", "credentialsStatus": "UPDATED"}}	tink:UPDATED	\N
tink	error	{"errorMessage": "-", "errorCode": "oauth.invalid_token"}	tink:oauth.invalid_token	\N
tink	credentials that wait for an app	{"id": "6e68cc6287704273984567b3300c5822", "providerName": "handelsbanken-bankid", "type": "MOBILE_BANKID", "status": "AWAITING_MOBILE_BANKID_AUTHENTICATION", "statusUpdated": 1493379467000, "statusPayload": "-", "supplementalInformation": null, "fields": {"username": "198410045701"}, "updated": 1493379467000, "userId": "2f37e3ff"}	tink:AWAITING_MOBILE_BANKID_AUTHENTICATION	\N
tink	credentials with a third app	{"id": "6e68cc62", "providerName": "uk-demobank", "status": "AWAITING_THIRD_PARTY_APP_AUTHENTICATION", "supplementalInformation": "{}"}	tink:AWAITING_THIRD_PARTY_APP_AUTHENTICATION	\N
tink	notification of a refresh that failed	{"context": {"userId": "u", "externalUserId": "e"}, "content": {"credentialsId": "c", "credentialsStatus": "TEMPORARY_ERROR", "finished": 1668000000000, "source": "OPEN_BANKING_BULK_REFRESH", "sessionExpiryDate": null, "detailedError": {"type": "TEMPORARY_ERROR", "displayMessage": "-"}}, "event": "refresh:finished"}	tink:TEMPORARY_ERROR	\N
tink	notification of a refresh that went well	{"context": {"userId": "u"}, "content": {"credentialsId": "c", "credentialsStatus": "UPDATED", "finished": 1668000000000}, "event": "refresh:finished"}	tink:UPDATED	\N
tink	list of credentials	{"credentials": [{"id": "1", "providerName": "a", "status": "SESSION_EXPIRED"}, {"id": "2", "providerName": "b", "status": "UPDATING"}]}	tink:SESSION_EXPIRED	{tink:SESSION_EXPIRED,tink:UPDATING}
tink	consents	{"providerConsents": [{"credentialsId": "1", "providerName": "a", "status": "AUTHENTICATION_ERROR", "sessionExpiryDate": 1}]}	tink:AUTHENTICATION_ERROR	\N
tink	error of the API	{"errorMessage": "-", "errorCode": "oauth.invalid_token"}	tink:oauth.invalid_token	\N
tink	credentials that were removed	{"id": "1", "providerName": "a", "status": "DELETED"}	tink:DELETED	\N
tink	credentials that will not work again	{"id": "1", "providerName": "a", "status": "PERMANENT_ERROR", "statusPayload": "-"}	tink:PERMANENT_ERROR	\N
tink	credentials that ask for a code	{"id": "1", "providerName": "a", "status": "AWAITING_SUPPLEMENTAL_INFORMATION", "supplementalInformation": "[{\\"name\\": \\"otp\\"}]"}	tink:AWAITING_SUPPLEMENTAL_INFORMATION	\N
truelayer	code alone	"provider_error"	truelayer:provider_error	\N
truelayer	error	{"error": "provider_error", "error_description": "-", "error_details": {}}	truelayer:provider_error	\N
truelayer	refresh token that has expired	{"error": "invalid_grant"}	truelayer:invalid_grant	\N
truelayer	error that is not listed	{"error": "something_new", "error_description": "-"}	truelayer:something_new	\N
truelayer	result of an asynchronous call	{"results": [], "status": "Failed", "error": "provider_timeout"}	truelayer:provider_timeout	\N
truelayer	error of version 3	{"type": "https://docs.truelayer.com/docs/error-types#provider-error", "title": "Provider Error", "status": 502, "trace_id": "96ce50247f87f540bb2d86771b3728b8", "detail": "-"}	http:502	\N
truelayer	error of version 3 in the request	{"type": "https://docs.truelayer.com/docs/error-types#invalid-parameters", "title": "Invalid Parameters", "status": 400, "trace_id": "96ce", "errors": {"beneficiary.type": ["-"]}}	http:400	\N
truelayer	payment	{"id": "56bbff85", "amount_in_minor": 1, "currency": "GBP", "user": {"id": "c4e754fd"}, "payment_method": {"type": "bank_transfer"}, "created_at": "2022-02-04T13:40:23.798415Z", "status": "authorization_required"}	truelayer:authorization_required	\N
truelayer	payment that failed	{"id": "401cfaa1", "amount_in_minor": 1, "currency": "GBP", "payment_method": {"type": "bank_transfer"}, "status": "failed", "failed_at": "2022-02-06T22:26:48.849469Z", "failure_stage": "authorizing", "failure_reason": "authorization_failed"}	truelayer:failed	\N
truelayer	payment that may be tried again	{"id": "401cfaa1", "amount_in_minor": 1, "status": "attempt_failed", "authorization_flow": {"configuration": {"retry": {}}}, "failure_stage": "authorizing"}	truelayer:attempt_failed	\N
truelayer	start of an authorization	{"status": "authorizing", "authorization_flow": {"actions": {"next": {"type": "redirect", "uri": "https://example.com"}}}}	truelayer:authorizing	\N
truelayer	start of an authorization that failed	{"status": "failed", "failure_stage": "authorizing", "failure_reason": "provider_rejected"}	truelayer:failed	\N
truelayer	payout	{"id": "cbc98b01", "merchant_account_id": "822f8dfe", "amount_in_minor": 1, "currency": "GBP", "beneficiary": {"type": "external_account"}, "status": "pending", "created_at": "2022-04-01T19:47:12.642232Z"}	truelayer:pending	\N
truelayer	refunds	{"items": [{"id": "1", "amount_in_minor": 1, "reference": "TEST", "status": "executed"}, {"id": "2", "amount_in_minor": 1, "status": "failed", "failure_reason": "insufficient_funds"}]}	truelayer:executed	{truelayer:executed,truelayer:failed}
truelayer	notification on a payment	{"type": "payment_settled", "event_version": 1, "event_id": "b8d4dda0", "payment_id": "60c0a60e", "settled_at": "2021-12-25T15:00:00.000Z", "payment_method": {"type": "bank_transfer"}}	truelayer:settled	\N
truelayer	notification on a failure	{"type": "payment_failed", "event_version": 1, "event_id": "b8d4dda0", "payment_id": "60c0a60e", "failure_stage": "authorizing", "failure_reason": "provider_rejected"}	truelayer:failed	\N
truelayer	notification on a payout	{"type": "payout_executed", "event_version": 1, "event_id": "b8d4dda0", "payout_id": "0cd1b0f7"}	truelayer:executed	\N
truelayer	payment that was made	{"id": "p1", "resource_token": "t", "user": {"id": "u1"}, "status": "authorization_required"}	truelayer:authorization_required	\N
truelayer	consent that has run out	{"error": "invalid_grant", "error_description": "-", "error_details": {"reason": "provider_error"}}	truelayer:invalid_grant	\N
truelayer	too many requests to a bank	{"error": "provider_too_many_requests", "error_description": "-", "error_details": {}}	truelayer:provider_too_many_requests	\N
truelayer	second factor	{"error": "sca_exceeded", "error_description": "-"}	truelayer:sca_exceeded	\N
truelayer	error of version 3	{"type": "https://docs.truelayer.com/docs/error-types#provider-error", "title": "Provider Error", "status": 502, "detail": "-", "trace_id": "t"}	http:502	\N
truelayer	payment that failed	{"id": "p1", "amount_in_minor": 100, "currency": "GBP", "user": {"id": "u"}, "payment_method": {"type": "bank_transfer"}, "created_at": "2026-01-01T00:00:00Z", "status": "failed", "failure_stage": "authorizing", "failure_reason": "canceled", "failed_at": "2026-01-01T00:01:00Z"}	truelayer:failed	\N
truelayer	payment that waits	{"id": "p1", "status": "authorization_required", "resource_token": "t", "user": {"id": "u"}}	truelayer:authorization_required	\N
truelayer	notification of a payment	{"type": "payment_executed", "event_version": 1, "event_id": "b8d4dda0", "payment_id": "60c0a60e", "payment_method": {"type": "bank_transfer"}, "executed_at": "2021-12-25T15:00:00Z"}	truelayer:executed	\N
truelayer	notification of a settlement	{"type": "payment_settled", "event_id": "b8d4dda0", "payment_id": "60c0a60e", "settled_at": "2021-12-25T15:00:00Z"}	truelayer:settled	\N
truelayer	bank that does not answer	{"error": "connector_timeout", "error_description": "-", "error_details": {}}	truelayer:connector_timeout	\N
truelayer	endpoint without support	{"error": "endpoint_not_supported", "error_description": "-"}	truelayer:endpoint_not_supported	\N
yodlee	code alone	"LOGIN_IN_PROGRESS"	yodlee:LOGIN_IN_PROGRESS	\N
yodlee	code alone, number	402	yodlee:402	\N
yodlee	account of a provider	{"providerAccount": [{"id": 11381459, "aggregationSource": "USER", "providerId": 16441, "isManual": false, "status": "FAILED", "dataset": [{"name": "BASIC_AGG_DATA", "additionalStatus": "INCORRECT_CREDENTIALS", "updateEligibility": "ALLOW_UPDATE_WITH_CREDENTIALS", "lastUpdateAttempt": "2017-12-22T05:48:16Z"}]}]}	yodlee:INCORRECT_CREDENTIALS	\N
yodlee	the basic data counts first	{"providerAccount": [{"id": 1, "status": "PARTIAL_SUCCESS", "dataset": [{"name": "DOCUMENT", "additionalStatus": "DATASET_NOT_SUPPORTED"}, {"name": "BASIC_AGG_DATA", "additionalStatus": "AVAILABLE_DATA_RETRIEVED"}, {"name": "ACCT_PROFILE", "additionalStatus": "DATA_NOT_AVAILABLE"}]}]}	yodlee:AVAILABLE_DATA_RETRIEVED	{yodlee:AVAILABLE_DATA_RETRIEVED,yodlee:DATASET_NOT_SUPPORTED,yodlee:DATA_NOT_AVAILABLE}
yodlee	accounts of providers, one without datasets	{"providerAccount": [{"id": 1, "status": "LOGIN_IN_PROGRESS"}, {"id": 2, "status": "SUCCESS", "dataset": []}]}	yodlee:LOGIN_IN_PROGRESS	{yodlee:LOGIN_IN_PROGRESS,yodlee:SUCCESS}
yodlee	account	{"account": [{"id": 2, "accountStatus": "ACTIVE", "dataset": [{"name": "BASIC_AGG_DATA", "additionalStatus": "AVAILABLE_DATA_RETRIEVED"}]}, {"id": 3, "accountStatus": "ACTIVE", "dataset": [{"name": "BASIC_AGG_DATA", "additionalStatus": "SITE_UNAVAILABLE"}]}]}	yodlee:AVAILABLE_DATA_RETRIEVED	{yodlee:AVAILABLE_DATA_RETRIEVED,yodlee:SITE_UNAVAILABLE}
yodlee	account of API 1.0	{"account": [{"CONTAINER": "bank", "providerAccountId": 1, "accountStatus": "ACTIVE", "refreshinfo": {"statusCode": 0, "statusMessage": "OK", "lastRefreshed": "2015-09-20T14:46:23Z"}}]}	yodlee:0	\N
yodlee	account that is not refreshed	{"account": [{"id": 2, "accountStatus": "ACTIVE", "autoRefresh": {"status": "DISABLED", "additionalStatus": "REAL_TIME_MFA_REQUIRED", "asOfDate": "2026-01-01"}}]}	yodlee:REAL_TIME_MFA_REQUIRED	\N
yodlee	event of a refresh	{"event": {"info": "REFRESH.PROCESS_COMPLETED", "loginName": "fri21", "data": {"providerAccount": [{"id": 10995860, "providerId": 16441, "status": "SUCCESS", "dataset": [{"name": "BASIC_AGG_DATA", "additionalStatus": "AVAILABLE_DATA_RETRIEVED", "updateEligibility": "ALLOW_UPDATE"}]}]}}}	yodlee:AVAILABLE_DATA_RETRIEVED	\N
yodlee	event of automatic refreshes	{"event": {"notificationId": "4e672150-156048777", "info": "AUTO_REFRESH_UPDATES", "data": [{"autoRefresh": {"additionalStatus": "SCHEDULED", "status": "ENABLED"}, "accountIds": [1112645899], "providerAccountId": 11381459}]}}	yodlee:SCHEDULED	\N
yodlee	data of a user	{"userData": [{"user": {"id": 1}, "providerAccount": [{"id": 1, "status": "FAILED", "dataset": [{"name": "BASIC_AGG_DATA", "additionalStatus": "CONSENT_EXPIRED"}]}], "account": []}]}	yodlee:CONSENT_EXPIRED	\N
yodlee	account of a provider in API 1.0	{"providerAccount": {"id": 10, "providerId": 16441, "refreshInfo": {"statusCode": 402, "statusMessage": "STATUS_LOGIN_FAILED", "status": "FAILED", "additionalStatus": "LOGIN_FAILED"}}}	yodlee:402	\N
yodlee	the same under way	{"providerAccount": {"id": 10, "refreshInfo": {"statusCode": 0, "statusMessage": "OK", "status": "IN_PROGRESS", "additionalStatus": "LOGIN_IN_PROGRESS"}}}	yodlee:LOGIN_IN_PROGRESS	\N
yodlee	refresh of API 1.0	{"refreshInfo": {"statusCode": 402, "statusMessage": "STATUS_LOGIN_FAILED"}}	yodlee:402	\N
yodlee	refresh of API 1.0 that went well	{"refreshInfo": {"statusCode": 0}}	yodlee:0	\N
yodlee	the same with a string	{"refreshInfo": {"statusCode": "429"}}	yodlee:429	\N
yodlee	refresh of the API before	{"siteRefreshInfo": {"code": 801, "siteRefreshStatus": {"siteRefreshStatusId": 5}}}	yodlee:801	\N
yodlee	error	{"errorCode": "Y807", "errorMessage": "-", "referenceCode": "r1"}	yodlee:Y807	\N
yodlee	account of a provider in API 1.0, without a number	{"providerAccount": {"id": 10, "refreshInfo": {"status": "FAILED", "additionalStatus": "LOGIN_FAILED"}}}	yodlee:LOGIN_FAILED	\N
yodlee	account with other data	{"account": [{"id": 2, "dataset": [{"name": "DOCUMENT", "additionalStatus": "DATA_NOT_AVAILABLE"}, {"name": "BASIC_AGG_DATA", "additionalStatus": "ACCOUNT_LOCKED"}]}]}	yodlee:ACCOUNT_LOCKED	{yodlee:ACCOUNT_LOCKED,yodlee:DATA_NOT_AVAILABLE}
yodlee	provider account whose login failed	{"providerAccount": [{"id": 10502782, "aggregationSource": "USER", "providerId": 16441, "isManual": false, "status": "FAILED", "dataset": [{"name": "BASIC_AGG_DATA", "additionalStatus": "INCORRECT_CREDENTIALS", "updateEligibility": "ALLOW_UPDATE_WITH_CREDENTIALS", "lastUpdateAttempt": "2026-01-01T00:00:00Z"}, {"name": "DOCUMENT", "additionalStatus": "DATA_NOT_AVAILABLE"}]}]}	yodlee:INCORRECT_CREDENTIALS	{yodlee:INCORRECT_CREDENTIALS,yodlee:DATA_NOT_AVAILABLE}
yodlee	the same with the other dataset first	{"providerAccount": [{"status": "FAILED", "dataset": [{"name": "DOCUMENT", "additionalStatus": "DATA_NOT_AVAILABLE"}, {"name": "BASIC_AGG_DATA", "additionalStatus": "ACCOUNT_LOCKED"}]}]}	yodlee:ACCOUNT_LOCKED	{yodlee:ACCOUNT_LOCKED,yodlee:DATA_NOT_AVAILABLE}
yodlee	provider account that asks the user	{"providerAccount": {"id": 1, "status": "USER_INPUT_REQUIRED", "loginForm": [{"formType": "token"}]}}	yodlee:USER_INPUT_REQUIRED	\N
yodlee	notification of a refresh	{"event": {"notificationId": "n", "info": "REFRESH.PROCESS_COMPLETED", "loginName": "YSL1555332811628", "data": {"providerAccount": [{"id": 10381799, "providerId": 16441, "status": "SUCCESS", "dataset": [{"name": "BASIC_AGG_DATA", "additionalStatus": "AVAILABLE_DATA_RETRIEVED"}]}]}}}	yodlee:AVAILABLE_DATA_RETRIEVED	\N
yodlee	error of the API	{"errorCode": "Y807", "errorMessage": "Resource not found", "referenceCode": "r1522744014297g8P8B2"}	yodlee:Y807	\N
yodlee	token that was refused	{"errorCode": "Y020", "errorMessage": "-", "referenceCode": "c"}	yodlee:Y020	\N
yodlee	accounts of one user	{"account": [{"id": 801, "CONTAINER": "bank", "accountStatus": "ACTIVE", "dataset": [{"name": "BASIC_AGG_DATA", "additionalStatus": "AVAILABLE_DATA_RETRIEVED"}]}, {"id": 802, "dataset": [{"name": "BASIC_AGG_DATA", "additionalStatus": "TECH_ERROR"}]}]}	yodlee:AVAILABLE_DATA_RETRIEVED	{yodlee:AVAILABLE_DATA_RETRIEVED,yodlee:TECH_ERROR}
yodlee	refresh of API 1.0	{"providerAccount": {"refreshInfo": {"statusCode": 0, "status": "IN_PROGRESS", "additionalStatus": "LOGIN_IN_PROGRESS"}}}	yodlee:LOGIN_IN_PROGRESS	\N
yodlee	refresh of API 1.0 that failed	{"refreshInfo": {"statusCode": 407, "statusMessage": "-"}}	yodlee:407	\N
yodlee	site of API 1.0	{"siteRefreshInfo": {"code": 801, "siteRefreshStatus": {"siteRefreshStatus": "REFRESH_TRIGGERED"}}}	yodlee:801	\N
\.
UPDATE shape SET answers = ARRAY[answer] WHERE answers IS NULL;

\a
SELECT provider, shape, status_code_from_json(provider, payload) AS answer,
    CASE WHEN cardinality(answers) > 1 THEN ARRAY(SELECT status_codes_from_json(provider, payload)) END AS answers
FROM shape ORDER BY n;
\a
-- as expected: no rows
SELECT provider, shape, status_code_from_json(provider, payload), ARRAY(SELECT status_codes_from_json(provider, payload))
FROM shape
WHERE status_code_from_json(provider, payload) IS DISTINCT FROM answer
    OR ARRAY(SELECT status_codes_from_json(provider, payload)) <> answers;

-- codes that are not of the catalog, and accepted all the same
SELECT shape, answer FROM shape WHERE NOT is_known_code(answer) ORDER BY n;

--
-- Other words for codes
--
SELECT string_agg(concat_ws(' ', n, status_code_from_json('mx', jsonb_build_object('connection_status_id', n))), ', ' ORDER BY n) AS members
FROM generate_series(-1, 22) AS n;
SELECT string_agg(concat_ws(' ', word, status_code_from_json('gocardless', jsonb_build_object('status', word))), ', ' ORDER BY n) AS requisitions
FROM unnest(ARRAY['CREATED', 'GIVING_CONSENT', 'UNDERGOING_AUTHENTICATION', 'REJECTED', 'SELECTING_ACCOUNTS', 'GRANTING_ACCESS', 'LINKED', 'EXPIRED', 'SUSPENDED'])
    WITH ORDINALITY AS w (word, n);
SELECT string_agg(concat_ws(' ', word, status_code_from_json('truelayer', jsonb_build_object('type', word, 'event_id', '1'))), ', ' ORDER BY n) AS notifications
FROM unnest(ARRAY['payment_authorized', 'payment_executed', 'payment_settled', 'payment_failed', 'payout_executed', 'payout_failed', 'refund_executed', 'refund_failed'])
    WITH ORDINALITY AS w (word, n);

--
-- JSON made of XML: a message within a Document, and what is alone instead of an array with nothing else
--
CREATE FUNCTION pg_temp.unwrapped(value jsonb) RETURNS jsonb LANGUAGE plpgsql
AS $$
BEGIN
	RETURN CASE
		WHEN jsonb_typeof(value) = 'array' AND jsonb_array_length(value) = 1 THEN pg_temp.unwrapped(value -> 0)
		WHEN jsonb_typeof(value) = 'array' THEN (SELECT jsonb_agg(pg_temp.unwrapped(e) ORDER BY n) FROM jsonb_array_elements(value) WITH ORDINALITY AS a (e, n))
		WHEN jsonb_typeof(value) = 'object' THEN (SELECT jsonb_object_agg(m.key, pg_temp.unwrapped(m.value)) FROM jsonb_each(value) AS m)
		ELSE value END;
END
$$;
-- no rows
SELECT shape, form, status_code_from_json('iso20022', form)
FROM shape, unnest(ARRAY[pg_temp.unwrapped(payload), jsonb_build_object('Document', payload), jsonb_build_object('Document', pg_temp.unwrapped(payload))]) AS form
WHERE provider = 'iso20022' AND payload ?| '{CstmrPmtStsRpt,FIToFIPmtStsRpt,PmtRtr}'
    AND ARRAY(SELECT status_codes_from_json('iso20022', form)) <> answers;

--
-- Near misses: what is no code, or another resource's status
--
CREATE TEMP TABLE near_miss (n serial, provider text, resource text, payload jsonb);
COPY near_miss (provider, resource, payload) FROM stdin;
ach	transfer that went well	{"transfer": {"status": "settled", "failure_reason": null}}
ach	failure with a word	{"failure_code": "insufficient_funds", "status": "failed"}
ach	failure of another network	{"transfer": {"status": "failed", "failure_reason": {"failure_code": "AC04", "ach_return_code": null}}}
ach	lower case	{"code": "r01"}
ach	number	{"return_code": 1}
ach	country	{"code": "US", "name": "United States"}
ach	file without addenda	{"batches": [{"entryDetails": [{"transactionCode": 22, "amount": 1238}]}]}
ach	file with a dishonored return only	{"batches": [{"entryDetails": [{"addenda99Dishonored": null}]}]}
ach	text	"r01"
ach	words	{"return_code": "insufficient_fund", "code": "acct_1"}
belvo	null for a code	[{"code": null, "message": "-"}]
belvo	accounts	[{"id": "0d3ffb69", "link": "30cb4806", "institution": {"name": "erebor_mx_retail", "type": "bank"}, "category": "CHECKING_ACCOUNT", "currency": "MXN"}]
belvo	transaction	{"id": "0d3ffb69", "account": {"institution": {"name": "erebor_mx_retail"}}, "status": "PROCESSED", "amount": 2145.45}
belvo	institution	{"id": 1003, "name": "erebor_mx_retail", "type": "bank", "country_codes": ["MX"], "status": "healthy"}
belvo	institutions	{"count": 1, "results": [{"name": "erebor_mx_retail", "status": "down"}]}
belvo	invoice	{"id": "0d3ffb69", "link": "30cb4806", "status": "Vigente", "warnings": {"code": "warning_code", "message": "-"}}
belvo	notification on data	{"webhook_type": "TRANSACTIONS", "webhook_code": "new_transactions_available", "link_id": "16f68516", "data": {"new_transactions": 6}}
belvo	charge	{"id": "1c83ead8", "amount": "350000", "status": "SUCCEEDED", "payment_intent": "1c83ead8"}
belvo	elements with a code of another kind	[{"id": "1", "code": "MXN"}]
belvo	status of a link in another spelling	{"institution": "erebor_mx_retail", "status": "PROCESSED"}
belvo	notification in lower case	{"webhook_type": "PAYMENT_INTENTS", "webhook_code": "STATUS_UPDATE", "data": {"status": "succeeded"}}
belvo	notification on a transaction	{"webhook_type": "TRANSACTIONS", "webhook_code": "STATUS_UPDATE", "data": {"status": "FAILED"}}
enablebanking	transactions	{"transactions": [{"entry_reference": "5561990681", "status": "BOOK", "transaction_amount": {"currency": "EUR", "amount": "1.23"}}], "continuation_key": null}
enablebanking	transaction	{"entry_reference": "5561990681", "status": "PDNG", "credit_debit_indicator": "DBIT"}
enablebanking	institution	{"name": "Nordea", "country": "FI", "psu_types": ["personal"], "beta": false, "status": "AUTHORIZED"}
enablebanking	institutions	{"aspsps": [{"name": "Nordea", "country": "FI"}]}
enablebanking	new session	{"session_id": "4604aa90", "accounts": [{"uid": "07cc67f4"}], "aspsp": {"name": "Nordea", "country": "FI"}, "access": {"valid_until": "2027-01-01T00:00:00Z"}}
enablebanking	start of an authorization	{"url": "https://aspsp.example/sca", "authorization_id": "8a8b9c3d", "psu_id_hash": "f3a1"}
enablebanking	balances	{"balances": [{"name": "Booked", "balance_type": "CLBD"}]}
enablebanking	answer with a status of success	{"message": "OK", "code": 200}
enablebanking	institution in another resource	{"status": "ACTIVE", "aspsp": {"name": "OP", "country": "FI"}}
enablebanking	access in another resource	{"status": "ACTIVE", "access": {"valid_until": "2027-01-01T00:00:00Z"}}
enablebanking	payment with a word	{"payment_id": "pay_01HV", "status": "created"}
finicity	account before its first aggregation	{"id": "5011648377", "status": "pending", "balance": 0}
finicity	customer	{"id": "1005061234", "username": "customer1", "type": "active", "createdDate": "1607450357"}
finicity	institution	{"id": 4222, "name": "FinBank", "status": "online", "code": 102}
finicity	transaction	{"id": 21284820852, "amount": -828.9, "status": "active", "accountId": 5011648377}
finicity	word for a code	{"code": "ERR", "message": "-"}
finicity	notification of the end	{"eventType": "done", "customerId": "1005061234"}
finicity	number with a fraction	{"aggregationStatusCode": 103.5}
finicity	text that is no number	{"aggregationStatusCode": "x103"}
fintoc	account	{"object": "account", "id": "acc_1", "status": "active", "is_root": true, "available_balance": 0}
fintoc	account number	{"object": "account_number", "id": "acno_326dzRGqxLee3j9TkaBBBMfs2i0", "status": "enabled", "is_root": false}
fintoc	transfer	{"object": "transfer", "id": "tr_329NGN1M4If6VvcMRALv4gjAQJx", "amount": 59013, "currency": "MXN", "status": "pending", "return_reason": null}
fintoc	account verification	{"object": "account_verification", "id": "accv_32F2NLQOOwbeOvfuw8Y1zZCfGdw", "status": "succeeded", "reason": null}
fintoc	payment intent	{"object": "payment_intent", "id": "pi_1", "status": "rejected", "error_reason": "x"}
fintoc	institution	{"id": "cl_banco_de_chile", "name": "Banco de Chile", "country": "cl"}
fintoc	movements	[{"object": "movement", "id": "BO381oEATXonG6bj", "amount": 59400, "status": "confirmed"}]
fintoc	text for an error	{"error": "login_required"}
fintoc	link that is disabled	{"object": "link", "status": "disabled", "refresh_status": "disabled"}
fintoc	the same without its kind	{"status": "disabled", "refresh_status": "disabled", "holder_type": "business"}
fintoc	account with members of a link	{"object": "account", "status": "active", "refresh_status": "active", "holder_type": "business"}
fintoc	status alone	{"status": "active"}
gocardless	agreement	{"id": "2dea1b84", "max_historical_days": 90, "access_valid_for_days": 30, "accepted": null, "institution_id": "SANDBOXFINANCE_SFIN0000"}
gocardless	institutions	[{"id": "N26_NTSBDEB1", "name": "N26 Bank", "countries": ["DE"], "transaction_total_days": "90"}]
gocardless	details of an account	{"account": {"resourceId": "01F3NS4YV94RA29YCH8R0F6BMF", "iban": "GL3343697694912188", "status": "enabled"}}
gocardless	details alone	{"resourceId": "01F3NS4YV94RA29YCH8R0F6BMF", "status": "enabled", "product": "Checkings"}
gocardless	transactions	{"transactions": {"booked": [{"transactionId": "2026", "transactionAmount": {"amount": "1", "currency": "EUR"}}], "pending": []}}
gocardless	new token	{"access": "eyJ", "access_expires": 86400, "refresh": "eyJ", "refresh_expires": 2592000}
gocardless	answer with a status of success	{"summary": "End User Agreement deleted", "detail": "-", "status_code": 200}
gocardless	word for a status	{"status": "active"}
gocardless	type of another resource	{"type": "personal", "id": "1"}
iso20022	Open Banking UK, older words	{"Data": {"Status": "AcceptedSettlementCompleted"}}
iso20022	consent to accounts	{"Data": {"ConsentId": "1", "Status": "RJCT", "Permissions": ["ReadAccountsBasic"]}}
iso20022	consent of Berlin Group	{"consentStatus": "received", "consentId": "1"}
iso20022	account	{"Data": {"Account": [{"AccountId": "1", "Status": "Enabled"}]}}
iso20022	proprietary reason of a return	{"PmtRtr": {"TxInf": [{"RtrRsnInf": [{"Rsn": {"Prtry": "FOCR"}}]}]}}
iso20022	reason that is a text	{"StsRsnInf": "U110"}
iso20022	payment order	{"CstmrCdtTrfInitn": {"PmtInf": [{"PmtMtd": "TRF"}]}}
iso20022	entry of an account	{"Sts": {"Cd": "BOOK"}, "CdtDbtInd": "CRDT"}
mx	manual member	{"member": {"guid": "MBR-123", "connection_status": null, "is_manual": true}}
mx	number beyond the statuses	{"connection_status_id": 22}
mx	account	{"account": {"guid": "ACT-1", "member_guid": "MBR-123", "type": "SAVINGS", "is_closed": false}}
mx	transaction	{"transaction": {"guid": "TRN-1", "status": "POSTED", "type": "DEBIT"}}
mx	institution	{"institution": {"code": "mxbank", "name": "MX Bank", "status": "ACTIVE"}}
mx	error of a request	{"error": {"message": "-", "status": "not_found", "type": "member_error", "error_code": 2005}}
mx	error of a request, as a text	{"error": "Member not found."}
mx	credentials	{"credentials": [{"guid": "CRD-1", "field_name": "LOGIN", "type": "LOGIN"}]}
plaid	healthy Item	{"item": {"item_id": "i1", "error": null, "update_type": "background"}, "status": {"investments": null}}
plaid	institution	{"institution": {"institution_id": "ins_1", "name": "Bank of America", "status": {"item_logins": {"status": "DEGRADED"}}}}
plaid	accounts	{"accounts": [{"account_id": "BxBXxLj1m4HMXBm9WZZmCWVbPjX16EHwv99vp", "verification_status": "pending_automatic_verification"}], "item": {"error": null}}
plaid	webhook on data	{"webhook_type": "TRANSACTIONS", "webhook_code": "SYNC_UPDATES_AVAILABLE", "item_id": "i1", "initial_update_complete": true}
plaid	webhook with a word and no error	{"webhook_type": "ITEM", "webhook_code": "ERROR", "error": null}
plaid	webhook on transfers	{"webhook_type": "TRANSFER", "webhook_code": "TRANSFER_EVENTS_UPDATE", "environment": "production"}
plaid	transfer that went well	{"transfer": {"status": "settled", "failure_reason": null}}
plaid	error type alone	{"error_type": "RATE_LIMIT_EXCEEDED"}
plaid	end of Link without an error	{"error": null, "metadata": {"status": "institution_not_found"}}
plaid	events without an end	{"events": [{"event_name": "ERROR", "event_metadata": {"error_code": "INVALID_MFA"}}, {"event_name": "HANDOFF", "event_metadata": {}}]}
plaid	update status that is none	{"transactions_update_status": "TRANSACTIONS_UPDATE_STATUS_UNKNOWN", "added": []}
plaid	consent to payments	{"consent_id": "consent-id-1", "status": "AUTHORISED", "scopes": ["ME_TO_ME"]}
plaid	category	{"categories": [{"category_id": "10000000", "group": "special"}]}
pluggy	notification on an item	{"event": "item/waiting_user_input", "eventId": "e1", "itemId": "a5c763cb"}
pluggy	notification on a connector	{"event": "connector/status_updated", "eventId": "e1", "data": {"status": "OFFLINE"}}
pluggy	transaction	{"id": "t1", "accountId": "a1", "amount": -10, "status": "POSTED", "type": "DEBIT"}
pluggy	transactions	{"total": 1, "totalPages": 1, "page": 1, "results": [{"id": "t1", "accountId": "a1", "status": "PENDING"}]}
pluggy	connector	{"id": 201, "name": "Itau", "type": "PERSONAL_BANK", "health": {"status": "UNSTABLE", "stage": null}}
pluggy	investment	{"id": "v1", "itemId": "a5c763cb", "code": "12345", "status": "ACTIVE", "amount": 1000}
pluggy	consent	{"id": "c1", "itemId": "a5c763cb", "products": ["ACCOUNTS"], "revokedAt": null}
pluggy	warning code as a number	{"event": "item/error", "error": {"code": 1}}
pluggy	payment without an error	{"id": "p1", "errorDetail": null, "amount": 1}
pluggy	webhook	{"id": "w1", "event": "item/error", "url": "https://example.com", "disabledAt": null}
saltedge	success callback	{"data": {"connection_id": "1", "customer_id": "2", "custom_fields": {}}, "meta": {"version": "5"}}
saltedge	provider	{"data": {"id": "1", "code": "fakebank_simple_xf", "name": "Fake Bank", "mode": "api", "status": "active", "country_code": "XF"}}
saltedge	providers	{"data": [{"code": "fakebank_simple_xf", "status": "inactive"}, {"code": "fakebank_oauth_xf", "status": "disabled"}]}
saltedge	consent	{"data": {"id": "1", "connection_id": "1", "customer_id": "2", "status": "active", "scopes": ["account_details"]}}
saltedge	account	{"data": [{"id": "1", "name": "Account", "nature": "card", "extra": {"status": "active"}}]}
saltedge	transaction	{"data": [{"id": "1", "status": "posted", "mode": "normal", "category": "transfer"}]}
saltedge	country	{"data": [{"code": "XF", "name": "Fake", "refresh_start_time": 2}]}
saltedge	customer	{"data": {"id": "2", "identifier": "1", "created_at": "2025-01-14T14:47:52Z", "secret": "s"}}
saltedge	removal	{"data": {"id": "1", "removed": true}}
teller	test	{"id": "wh_1", "payload": {}, "timestamp": "2023-07-10T03:49:29Z", "type": "webhook.test"}
teller	notification on transactions	{"id": "wh_1", "payload": {"transactions": []}, "type": "transactions.processed"}
teller	notification on an account	{"id": "wh_1", "payload": {"account_id": "acc_1", "status": "expired", "reason": "disconnected"}, "type": "account.number_verification.processed"}
teller	account	{"id": "acc_1", "enrollment_id": "enr_1", "type": "depository", "status": "closed", "institution": {"id": "bank"}}
teller	transaction	{"id": "txn_1", "account_id": "acc_1", "type": "card_payment", "status": "posted", "details": {"processing_status": "complete"}}
teller	institutions	[{"id": "bank_of_america", "name": "Bank of America", "products": ["verify"]}]
teller	enrollment	{"accessToken": "t", "user": {"id": "usr_1"}, "enrollment": {"id": "enr_1", "institution": {"name": "Example Bank"}}}
teller	text for an error	{"error": "enrollment.disconnected"}
tink	institution	{"name": "se-handelsbanken-ob", "displayName": "Handelsbanken", "status": "DISABLED", "accessType": "OPEN_BANKING"}
tink	institutions	{"providers": [{"name": "uk-demobank", "status": "ENABLED"}]}
tink	transaction	{"id": "t1", "accountId": "a1", "status": "BOOKED", "types": {"type": "DEFAULT"}}
tink	account	{"id": "a1", "name": "Current", "type": "CHECKING", "customerSegment": "PERSONAL"}
tink	notification on transactions	{"event": "account-transactions:modified", "content": {"account": {"id": "a1"}, "transactions": {}}}
tink	token	{"token_type": "bearer", "expires_in": 7200, "access_token": "t", "scope": "credentials:read"}
tink	payment	{"id": "p1", "status": "CREATED", "amount": 10, "currency": "EUR"}
tink	error with a sentence	{"errorMessage": "-", "errorCode": "not a code"}
truelayer	accounts	{"results": [{"account_id": "f1234560", "account_type": "TRANSACTION", "currency": "GBP"}], "status": "Succeeded"}
truelayer	task	{"task_id": "1", "status": "Queued", "results_uri": "https://example.com"}
truelayer	merchant accounts	{"items": [{"id": "a2dcee6d", "currency": "EUR", "available_balance_in_minor": 100000, "account_holder_name": "John Doe"}]}
truelayer	transactions of a merchant account	{"items": [{"type": "merchant_account_payment", "id": "1", "amount_in_minor": 1, "status": "settled"}, {"type": "payout", "id": "2", "amount_in_minor": 1, "status": "pending"}]}
truelayer	institution	{"provider_id": "ob-monzo", "display_name": "Monzo", "country": "uk", "status": "failed"}
truelayer	notification that is no status	{"type": "payment_settlement_stalled", "event_version": 1, "event_id": "b8d4dda0", "payment_id": "60c0a60e"}
truelayer	transaction	{"transaction_id": "1", "transaction_type": "DEBIT", "status": "settled", "amount": -1}
truelayer	answer with a status of success	{"title": "OK", "status": 200}
truelayer	status of another resource	{"id": "1", "status": "pending"}
yodlee	number that is not listed	{"refreshInfo": {"statusCode": 999}}
yodlee	transaction	{"transaction": [{"id": 1, "status": "POSTED", "CONTAINER": "bank"}]}
yodlee	institution	{"provider": [{"id": 16441, "name": "Dag Site", "status": "Supported", "dataset": [{"name": "BASIC_AGG_DATA", "attribute": []}]}]}
yodlee	verification	{"verification": [{"accountId": 1, "verificationStatus": "FAILED", "reason": "DATA_NOT_AVAILABLE"}]}
yodlee	event of data	{"event": {"info": "DATA_UPDATES.USER_DATA", "data": {"userCount": 1, "userData": [{"user": {"loginName": "u"}}]}}}
yodlee	account without a refresh	{"account": [{"id": 2, "accountStatus": "CLOSED", "isManual": true}]}
yodlee	user	{"user": {"id": 1, "loginName": "u", "roleType": "INDIVIDUAL"}}
yodlee	derived data	{"holding": [{"id": 1, "holdingType": "stock"}]}
\.
-- no rows
SELECT provider, resource, status_code_from_json(provider, payload), ARRAY(SELECT status_codes_from_json(provider, payload))
FROM near_miss
WHERE status_code_from_json(provider, payload) IS NOT NULL OR EXISTS (SELECT status_codes_from_json(provider, payload));

-- at least ten payloads of each, and five near misses
SELECT provider, count(*) AS payloads, (SELECT count(*) FROM near_miss AS m WHERE m.provider = s.provider) AS near_misses
FROM shape AS s GROUP BY provider ORDER BY provider;

-- Other providers' codes: those of networks, and of HTTP for what failed
SELECT DISTINCT provider, code_provider(answer) FROM shape WHERE code_provider(answer) <> provider ORDER BY 1, 2;
-- no rows
SELECT provider, shape, answer FROM shape WHERE code_provider(answer) = 'http' AND NOT is_error(answer);

--
-- No payload raises an error: any provider's for any other, and each with every value in it replaced
--
SELECT count(status_code_from_json(p.provider, s.payload)) < count(*) AS all_read
FROM (SELECT payload FROM shape UNION ALL SELECT payload FROM near_miss) AS s, (SELECT DISTINCT provider FROM shape) AS p;

CREATE FUNCTION pg_temp.paths(value jsonb, path text[] DEFAULT '{}') RETURNS SETOF text[] LANGUAGE plpgsql
AS $$
BEGIN
	RETURN NEXT path;
	IF jsonb_typeof(value) = 'object' THEN
		RETURN QUERY SELECT p.* FROM jsonb_each(value) AS m, pg_temp.paths(m.value, path || m.key) AS p;
	ELSIF jsonb_typeof(value) = 'array' THEN
		RETURN QUERY SELECT p.* FROM jsonb_array_elements(value) WITH ORDINALITY AS e (value, n), pg_temp.paths(e.value, path || (n - 1)::text) AS p;
	END IF;
END
$$;
CREATE TEMP TABLE replaced AS
	SELECT s.provider, CASE WHEN p.path = '{}' THEN v.value ELSE jsonb_set(s.payload, p.path, v.value) END AS payload
	FROM shape AS s, pg_temp.paths(s.payload) AS p (path),
		(VALUES (jsonb 'null'), ('true'), ('0'), ('-1.5'), ('1e300'), ('""'), ('"no code"'), ('"\u00e9"'), ('[]'), ('[[null]]'), ('{}'), ('{"": {}}')) AS v (value);
SELECT count(*) > 10000 AS many, count(status_code_from_json(provider, payload)) < count(*) AS all_read FROM replaced;
-- The code now is the first of all, but for the events of a Link session, whose end counts: no rows
SELECT provider, payload FROM replaced
WHERE status_code_from_json(provider, payload) IS DISTINCT FROM (SELECT c FROM status_codes_from_json(provider, payload) AS c LIMIT 1)
    AND NOT (provider = 'plaid' AND payload ? 'events');
