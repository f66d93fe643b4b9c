--
-- payloads: the status codes in what a provider sends
--

-- Nothing here takes long. What never ends, or takes the square of a payload's length, does.
SET statement_timeout = '2min';

--
-- The shapes: an example of each, the code that it reports now, and all its codes in their order
--
CREATE TEMP TABLE shape (n serial, provider text, shape text, payload jsonb, answer status_code, answers status_code[]);
COPY shape (provider, shape, payload, answer, answers) FROM stdin;
syncfy	number	401	syncfy:401	{syncfy:401}
syncfy	numeric string	"401"	syncfy:401	{syncfy:401}
syncfy	credential	{"id_credential": "5f1", "code": 405, "is_locked": 1}	syncfy:405	{syncfy:405}
syncfy	websocket message	{"code": 410, "twofa": [{"name": "token"}]}	syncfy:410	{syncfy:410}
syncfy	status of a job	[{"code": 100}, {"code": 101}, {"code": 410, "twofa": []}, {"code": 102}, {"code": 200}]	syncfy:200	{syncfy:100,syncfy:101,syncfy:410,syncfy:102,syncfy:200}
syncfy	job without codes	[]	\N	{}
syncfy	codes of several kinds	[100, "101", {"code": "102"}]	syncfy:102	{syncfy:100,syncfy:101,syncfy:102}
syncfy	answer with a job	{"rid": "a1", "code": 200, "errors": null, "status": true, "message": null, "response": [{"code": 100}, {"code": 410}]}	syncfy:410	{syncfy:100,syncfy:410}
syncfy	answer with a credential	{"rid": "a1", "code": 200, "response": {"code": 401}}	syncfy:401	{syncfy:401}
syncfy	refused request	{"rid": "a1", "code": 401, "errors": null, "status": false, "message": "Unauthorized", "response": null}	http:401	{http:401}
syncfy	answer without a job	{"rid": "a1", "code": 200, "response": {"id_user": "5f1"}}	\N	{}
syncfy	answer without an envelope's other members	{"code": 429, "status": false, "message": "Too many"}	http:429	{http:429}
basiq	string	"invalid-credentials"	basiq:invalid-credentials	{basiq:invalid-credentials}
basiq	error	{"type": "list", "data": [{"type": "error", "code": "parameter-not-valid", "title": "Parameter value is not valid."}, {"type": "error", "code": "resource-not-found"}]}	basiq:parameter-not-valid	{basiq:parameter-not-valid,basiq:resource-not-found}
basiq	error with a variant	{"type": "list", "data": [{"type": "error", "code": "access-denied", "title": "Access denied", "detail": "Token has expired."}]}	basiq:access-denied/token-expired	{basiq:access-denied/token-expired}
basiq	payments error	{"type": "error", "code": "payments-not-enabled", "title": "Payments not enabled", "detail": "-"}	basiq:payments-not-enabled	{basiq:payments-not-enabled}
basiq	job under way	{"type": "job", "steps": [{"title": "verify-credentials", "status": "success", "result": null}, {"title": "retrieve-accounts", "status": "in-progress", "result": null}, {"title": "retrieve-transactions", "status": "pending", "result": null}]}	basiq:in-progress	{basiq:success,basiq:in-progress,basiq:pending}
basiq	job that has ended	{"type": "job", "steps": [{"status": "success", "result": {"type": "link", "url": "/users/1"}}, {"status": "success", "result": null}]}	basiq:success	{basiq:success,basiq:success}
basiq	job that waits	{"type": "job", "steps": [{"status": "pending"}, {"status": "pending"}]}	basiq:pending	{basiq:pending,basiq:pending}
basiq	job that failed	{"type": "job", "steps": [{"status": "success", "result": null}, {"status": "failed", "result": {"code": "service-unavailable", "details": "-"}}, {"status": "failed", "result": {"code": "maintenance"}}]}	basiq:service-unavailable	{basiq:success,basiq:service-unavailable,basiq:maintenance}
basiq	job that failed without a result	{"type": "job", "steps": [{"status": "failed", "result": null}, {"status": "pending"}]}	basiq:failed	{basiq:failed,basiq:pending}
basiq	job without steps	{"type": "job", "steps": []}	\N	{}
basiq	jobs	{"type": "list", "data": [{"steps": [{"status": "success"}, {"status": "pending"}]}, {"steps": [{"status": "failed"}]}]}	basiq:in-progress	{basiq:in-progress,basiq:failed}
basiq	step	{"title": "verify-credentials", "status": "in-progress", "result": null}	basiq:in-progress	{basiq:in-progress}
basiq	job that waits for the user	{"type": "job", "steps": [{"title": "verify-credentials", "status": "success", "result": null}, {"title": "mfa-challenge", "status": "in-progress", "result": {"type": "mfa", "title": "Code", "methods": ["sms"]}}, {"title": "retrieve-accounts", "status": "pending", "result": null}]}	basiq:mfa-challenge	{basiq:success,basiq:mfa-challenge,basiq:pending}
basiq	the same in an older form	{"type": "job", "steps": [{"status": "success", "result": [{"type": "link", "url": "/users/1"}]}, {"title": "mfa-challenge", "status": "in-progress", "result": [{"type": "mfa", "method": "token"}]}]}	basiq:mfa-challenge	{basiq:success,basiq:mfa-challenge}
basiq	job that waited	{"type": "job", "steps": [{"title": "mfa-challenge", "status": "success", "result": {"type": "mfa"}}, {"status": "pending", "result": null}]}	basiq:in-progress	{basiq:success,basiq:pending}
basiq	event	{"type": "event", "entity": "connection", "eventType": "invalidated", "data": {"type": "connection", "id": "4", "status": "invalid-connection"}}	basiq:invalid-connection	{basiq:invalid-connection}
basiq	events	{"type": "list", "data": [{"type": "event", "eventType": "created", "data": {"type": "connection", "status": "active"}}, {"type": "event", "eventType": "invalidated", "data": {"type": "connection", "status": "multifactor-required"}}]}	basiq:multifactor-required	{basiq:multifactor-required}
foundry	number	401	foundry:401	{foundry:401}
foundry	numeric string	"401"	foundry:401	{foundry:401}
foundry	answer	{"statusCode": 200, "statusMessage": "OK", "payload": {}}	foundry:200	{foundry:200}
foundry	answer with a variant	{"statusCode": 401, "statusMessage": "API key invalid"}	foundry:401/invalid-api-key	{foundry:401/invalid-api-key}
http	number	503	http:503	{http:503}
http	numeric string	"503"	http:503	{http:503}
http	problem details	{"type": "about:blank", "title": "Forbidden", "status": 403, "code": "out-of-credit"}	http:403	{http:403}
http	object with a code	{"status": "error", "code": 404}	http:404	{http:404}
http	error in an object	{"error": {"code": 404, "message": "x"}}	http:404	{http:404}
http	errors	{"errors": [{"status": "422", "title": "Invalid"}, {"status": "409"}]}	http:422	{http:422,http:409}
http	with a status code	{"statusCode": 404, "error": "Not Found", "message": "x"}	http:404	{http:404}
\.

\a
SELECT provider, shape, payload, status_code_from_json(provider, payload) AS answer,
    ARRAY(SELECT status_codes_from_json(provider, payload)) AS answers
FROM shape ORDER BY n;
\a
-- as expected: no rows
SELECT n FROM shape
WHERE status_code_from_json(provider, payload) IS DISTINCT FROM answer
    OR ARRAY(SELECT status_codes_from_json(provider, payload)) IS DISTINCT FROM answers;


--
-- What looks like a code of a job, or of success, and is none
--
CREATE TEMP TABLE other (n serial, provider text, payload jsonb, answer status_code);
COPY other (provider, payload, answer) FROM stdin;
syncfy	{"rid":"r","code":200,"errors":null,"status":true,"message":null,"response":{"id_credential":"c","id_job":"j","is_new":1}}	\N
syncfy	[{"id_country":"1","name":"Mexico","code":"MX"}]	\N
syncfy	{"code":"site_not_found"}	\N
syncfy	{"code":429,"status":false,"message":"Too many"}	http:429
basiq	{"type":"list","data":[{"type":"error","code":"access-denied","title":"Access denied.","detail":"","source":null}]}	basiq:access-denied
basiq	{"type":"connection","id":"c","status":"active"}	\N
basiq	{"type":"account","id":"a","status":"available"}	\N
basiq	{"type":"job","id":"j","steps":[{"title":"verify-credentials","status":"success","result":{"type":"link","url":"/c"}},{"title":"mfa-challenge","status":"in-progress","result":{"type":"mfa","title":"Code","methods":["sms"]}}]}	basiq:mfa-challenge
http	{"status":"error","message":"No such job"}	\N
http	{"error":{"code":404,"message":"x"}}	http:404
syncfy	{"rid":"r","code":200,"errors":null,"status":true,"message":null,"response":[]}	\N
syncfy	{"rid":"r","code":200,"errors":null,"status":true,"message":null,"response":null}	\N
syncfy	{"rid":"r","code":201,"response":{"id_user":"u","name":"Eli"}}	\N
syncfy	{"rid":"r","code":304,"response":null}	\N
syncfy	{"rid":"r","code":200,"response":[{"id_country":"1","name":"Mexico","code":"MX"},{"id_country":"2","name":"Chile","code":"CL"}]}	\N
syncfy	{"rid":"r","code":200,"response":[{"id_country":"1","name":"Mexico","code":52}]}	\N
syncfy	{"rid":"r","code":200,"response":[{"id_site":"s","name":"Bank","code":100}]}	\N
syncfy	{"rid":"r","code":200,"response":[{"id_account":"a","id_credential":"c","balance":1,"code":100}]}	\N
syncfy	{"rid":"r","code":200,"response":[{"id_transaction":"t","description":"x","amount":1,"code":"100"}]}	\N
syncfy	{"rid":"r","code":500,"response":[{"id_country":"1","name":"Mexico","code":52}]}	http:500
syncfy	[{"code":100},{"code":410},{"id_country":"1","name":"Mexico","code":52}]	syncfy:410
syncfy	{"code":200,"status":true,"message":null}	\N
syncfy	{"code":401,"status":false,"message":"Unauthorized"}	http:401
syncfy	{"code":"429","status":false,"message":null}	http:429
syncfy	{"code":429,"status":"false","message":"x"}	syncfy:429
syncfy	{"code":429,"status":false}	syncfy:429
syncfy	{"code":410,"message":"x","twofa":[]}	syncfy:410
syncfy	{"id_credential":"c","code":401,"is_authorized":0}	syncfy:401
syncfy	{"event":"credential_update","id_credential":"c","id_job":"j"}	\N
syncfy	{"rid":"r","errors":null,"response":{"id_credential":"c","code":429}}	syncfy:429
basiq	{"type":"list","count":1,"data":[{"type":"connection","id":"c","status":"active"},{"type":"account","id":"a","status":"available"}]}	\N
basiq	{"type":"transaction","id":"t","status":"pending","description":"x"}	\N
basiq	{"type":"transaction","id":"t","status":"failed"}	\N
basiq	{"id":"t","status":"failed"}	\N
basiq	{"status":"success"}	\N
basiq	{"type":"consent","id":"c","status":"active"}	\N
basiq	{"type":"connector","id":"AU00000","status":"operational"}	\N
basiq	{"type":"connector","id":"AU00000","status":"major-outage","title":"x"}	\N
basiq	{"type":"institution","id":"AU00000","code":"AU00000"}	\N
basiq	{"type":"payrequest","id":"p","status":"successful"}	\N
basiq	{"type":"user","id":"u","email":"a@example.com"}	\N
basiq	{"type":"event","eventType":"updated","data":{"type":"connection","status":"active"}}	\N
basiq	{"type":"event","eventType":"invalidated","data":{"type":"connection","status":"invalid"}}	\N
basiq	{"type":"event","eventType":"deleted","data":{"type":"connection","status":"locked-account"}}	\N
basiq	{"type":"list","data":[{"type":"account","id":"a","code":"x"},{"type":"error","code":"not-there"},{"type":"error","code":"maintenance-error"}]}	basiq:not-there
basiq	{"type":"job","steps":[{"title":"mfa-challenge","status":"in-progress","result":null}]}	basiq:in-progress
basiq	{"type":"job","steps":[{"status":"in-progress","result":null},{"title":"mfa-challenge","status":"in-progress","result":{"type":"mfa"}}]}	basiq:mfa-challenge
basiq	{"type":"job","steps":[{"title":"mfa-challenge","status":"pending","result":{"type":"mfa"}}]}	basiq:pending
basiq	{"type":"job","steps":[{"title":"mfa-challenge","status":"failed","result":{"type":"mfa"}}]}	basiq:failed
basiq	{"type":"job","steps":[{"status":"in-progress","result":{"type":"mfa"}},{"status":"failed","result":{"code":"maintenance"}}]}	basiq:maintenance
basiq	{"type":"job","steps":[{"status":"in-progress","result":{"code":"maintenance"}}]}	basiq:in-progress
basiq	{"title":"mfa-challenge","status":"in-progress","result":{"type":"mfa"}}	basiq:mfa-challenge
foundry	{"statusCode":"OK","statusMessage":"OK"}	\N
foundry	{"statusCode":200.5}	\N
foundry	{"payload":{"statusCode":401}}	\N
foundry	{"id":"o","status":"FILLED","code":401}	\N
http	{"status":200,"title":"OK"}	\N
http	{"status":204}	\N
http	200	\N
http	"302"	\N
http	100	\N
http	{"status":200,"code":500}	\N
http	{"status":"OK","code":200}	\N
http	{"status":600}	\N
http	{"status":399}	\N
http	{"status":400}	http:400
http	{"status":599}	http:599
http	{"error":"not_found","message":"x"}	\N
http	{"error":{"code":404,"status":"NOT_FOUND"}}	http:404
http	{"error":{"code":"not_found","status":404}}	http:404
http	{"error":[{"code":404}]}	\N
http	{"id":"j","state":"failed","code":"E404"}	\N
\.
-- as they should be: no rows
SELECT n, provider, payload, answer, status_code_from_json(provider, payload) AS found
FROM other WHERE status_code_from_json(provider, payload) IS DISTINCT FROM answer;
-- what has one has it among all, unless it is what all steps of a job make; what has none has none there: no rows
SELECT n, provider, payload, ARRAY(SELECT status_codes_from_json(provider, payload))
FROM (SELECT * FROM other UNION ALL SELECT n, provider, payload, answer FROM shape) x
WHERE CASE WHEN answer IS NULL THEN EXISTS (SELECT FROM status_codes_from_json(provider, payload))
    ELSE answer NOT IN (SELECT status_codes_from_json(provider, payload)) AND answer <> 'basiq:in-progress' END;
-- a job that waits for the user is no error and has not ended
SELECT status, code_category(status) AS category, code_action(status) AS action, is_terminal(status) AS terminal, is_error(status) AS error
FROM unnest('{basiq:mfa-challenge,basiq:multifactor-required}'::status_code[]) AS status;


--
-- The four examples of Basiq's document, word for word
--
CREATE TEMP TABLE example (n integer, payload jsonb);
INSERT INTO example VALUES (1, '{
  "title": "verify-credentials",
  "status": "failed",
  "result": {
    "code": "invalid-credentials",
    "title": "Cannot login to target institution, check credentials.",
    "detail": "Cannot login to target institution using supplied credentials. Please check credentials and try again."
  }
}'), (2, '{
  "title": "verify-credentials",
  "status": "failed",
  "result": {
    "code": "invalid-credentials",
    "title": "Cannot login to target institution: invalid username or password.",
    "detail": "Cannot login to target institution: invalid username or password. Please check credentials and try again."
  }
}'), (3, '{
  "title": "verify-credentials",
  "status": "failed",
  "result": {
    "code": "invalid-credentials",
    "title": "Cannot login to target institution: this account is locked.",
    "detail": "Cannot login to target institution: this account is locked. Please contact institution directly."
  }
}'), (4, '{
  "title": "verify-credentials",
  "status": "failed",
  "result": {
    "code": "invalid-credentials",
    "title": "Cannot login to target institution: multi-factor authentication is not supported.",
    "detail": "Cannot login to target institution: multi-factor authentication is not supported. Please check if multi-factor authentication is enabled on login."
  }
}');
SELECT n, status_code_from_json('basiq', payload) AS answer FROM example ORDER BY n;
-- the same in a job, in an error, and by title or detail alone: no rows
SELECT n, p.payload
FROM example e
    CROSS JOIN LATERAL (VALUES
        (jsonb_build_object('type', 'job', 'steps', jsonb_build_array('{"status": "success"}'::jsonb, e.payload))),
        (e.payload -> 'result'),
        (jsonb_build_object('type', 'list', 'data', jsonb_build_array(e.payload -> 'result'))),
        ((e.payload -> 'result') - 'title'),
        ((e.payload -> 'result') - 'detail'),
        ((e.payload -> 'result') - 'detail' || jsonb_build_object('details', e.payload #> '{result,detail}'))) AS p (payload)
WHERE status_code_from_json('basiq', p.payload) IS DISTINCT FROM status_code_from_json('basiq', e.payload);


--
-- Variants
--
CREATE TEMP TABLE words (n serial, code text, title jsonb, detail jsonb);
INSERT INTO words (code, title, detail) VALUES
    ('access-denied', '"Access denied"', '"Token has expired"'),
    ('access-denied', '"Unauthorized"', '"Please contact us to have your API key enabled for Connections."'),
    ('access-denied', '"Access denied"', NULL),
    ('access-denied', '"Unauthorized"', 'null'),
    ('access-denied', NULL, '"Token has expired"'),
    ('request-not-valid', '"Request not valid (403)"', '"There have been too many requests for the token endpoint within a 5 minute period from a specific IP address."'),
    ('request-not-valid', '"PDF/CSV Invalid request"', '"Request too long"'),
    ('request-not-valid', '"Request not valid (403)"', NULL),
    ('request-not-valid', '"PDF/CSV Invalid request"', NULL),
    ('request-not-valid', NULL, '"There have been too many requests for the token endpoint within a 5 minute period from a specific IP address."'),
    ('request-not-valid', NULL, '"Request too long"'),
    -- case, white space and a full stop make no difference
    ('access-denied', NULL, '"TOKEN HAS EXPIRED."'),
    ('access-denied', NULL, '" Token\n\thas \r\n expired . "'),
    ('access-denied', '"access  DENIED."', NULL),
    ('request-not-valid', NULL, '"There have been too many requests for the token endpoint within a 5 minute period from a specific IP address"'),
    -- all else does
    ('access-denied', NULL, '"Token has expired.."'),
    ('access-denied', NULL, '"Token has expired!"'),
    ('access-denied', NULL, '"Token has expired. Please renew it."'),
    ('access-denied', NULL, '"Token hasexpired"'),
    ('access-denied', NULL, '"Token has"'),
    ('access-denied', NULL, '"."'),
    ('access-denied', NULL, '""'),
    ('access-denied', NULL, '" "'),
    -- a detail counts before a title, and one that says something else leaves the title no say
    ('access-denied', '"Unauthorized"', '"Token has expired"'),
    ('access-denied', '"Access denied"', '"Your plan has ended."'),
    ('request-not-valid', '"PDF/CSV Invalid request"', '"Page 3 is missing."'),
    ('request-not-valid', '"PDF/CSV Invalid request"', '""'),
    ('request-not-valid', '"PDF/CSV Invalid request"', '" "'),
    ('request-not-valid', '"PDF/CSV Invalid request"', '["x"]'),
    ('invalid-credentials', '"Cannot login to target institution: this account is locked."', NULL),
    -- the vendor's sandbox has another detail for one of them
    ('invalid-credentials', '"Cannot login to target institution, check credentials."', '"Account is locked"'),
    ('invalid-credentials', NULL, '"ACCOUNT is locked."'),
    ('invalid-credentials', '"Account is locked"', NULL),
    ('access-denied', NULL, '"Account is locked"'),
    ('invalid-credentials', '"Cannot login to target institution: this account is locked."', '"Cannot login to target institution using supplied credentials. Please check credentials and try again."'),
    -- a title is no detail, nor the other way round
    ('access-denied', '"Token has expired"', '"Access denied"'),
    -- words of another code
    ('too-many-requests', '"Access denied"', '"Token has expired"'),
    ('invalid-credentials', '"Access denied"', '"Token has expired"'),
    ('no-such-code', '"Access denied"', '"Token has expired"'),
    -- no words
    ('access-denied', '401', '["Token has expired"]'),
    ('access-denied', NULL, NULL);
SELECT code, title, detail,
    status_code_from_json('basiq', jsonb_build_object('code', code, 'title', title, 'detail', detail)) AS answer
FROM words ORDER BY n;
-- either "detail" or "details"
SELECT status_code_from_json('basiq', '{"code": "access-denied", "detail": "See details.", "details": "Token has expired"}') AS second,
    status_code_from_json('basiq', '{"code": "access-denied", "detail": "Token has expired", "details": "See detail."}') AS first,
    status_code_from_json('basiq', '{"code": "access-denied", "detail": {}, "details": "Token has expired"}') AS other;

-- Every variant of a document is told by its description, and by its title where no other code or variant of the
-- provider has that too and it does not repeat the code: no rows
CREATE TEMP TABLE variant AS
SELECT v.status, v.provider, v.code, v.title, v.description,
    (SELECT count(DISTINCT d.status) FROM status_code_documents d
     WHERE code_provider(d.status::status_code) = v.provider AND lower(rtrim(d.title, '.')) = lower(rtrim(v.title, '.'))) = 1
    AND regexp_replace(lower(v.title), '[^a-z0-9]+', '-', 'g') <> v.code AS own_title
FROM status_codes v WHERE v.variant IS NOT NULL AND v.source = 'document';
SELECT status, own_title FROM variant ORDER BY 1;
SELECT v.status, p.payload, status_code_from_json(v.provider, p.payload)
FROM variant v
    CROSS JOIN LATERAL (VALUES
        (own_title, jsonb_build_object('code', v.code, 'title', v.title)),
        (own_title, jsonb_build_object('code', v.code, 'title', upper(rtrim(v.title, '.') || '.'), 'detail', '')),
        (false, jsonb_build_object('code', v.code, 'title', v.title, 'detail', 'Something else.')),
        (true, jsonb_build_object('code', v.code, 'title', 'Something else', 'detail', v.description)),
        (true, jsonb_build_object('code', v.code, 'details', replace(v.description, ' ', E'\n ')))) AS p (told, payload)
WHERE status_code_from_json(v.provider, p.payload) IS DISTINCT FROM CASE WHEN told THEN v.status::status_code ELSE status_code(v.provider, v.code) END;



--
-- What has no code
--
SELECT status_code_from_json(NULL, '401') IS NULL AS provider, status_code_from_json('syncfy', NULL) IS NULL AS payload,
    (SELECT count(*) FROM status_codes_from_json(NULL, '401')) AS of_provider,
    (SELECT count(*) FROM status_codes_from_json('syncfy', NULL)) AS of_payload;
-- no rows
SELECT provider, payload, status_code_from_json(provider, payload::jsonb), ARRAY(SELECT status_codes_from_json(provider, payload::jsonb))
FROM (
    SELECT p.provider, v.payload
    FROM unnest('{basiq,foundry,http,syncfy}'::text[]) AS p (provider)
        CROSS JOIN (VALUES ('null'), ('true'), ('false'), ('{}'), ('[]'), ('[[]]'), ('[{}]'), ('[[401]]'), ('["x"]'), ('[null]'), ('[true]'), ('[{"code": null}]'),
                    ('{"": 401}'), ('{"Code": 401}'), ('{"code ": 401}'), ('{"code": null, "status": null, "statusCode": null}'),
                    ('{"payload": {"code": 401, "status": 401, "statusCode": 401}}')) AS v (payload)
    UNION ALL
    VALUES
        ('foundry', '[401]'), ('foundry', '[{"statusCode": 401}]'), ('foundry', '{"code": 401, "status": 401}'),
        ('http', '[401]'), ('http', '[{"status": 401}]'), ('http', '{"errors": {"status": 401}}'), ('http', '{"errors": [401]}'),
        ('syncfy', '{"status": 401, "statusCode": 401}'),
        ('syncfy', '{"rid": null}'), ('syncfy', '{"errors": []}'), ('syncfy', '{"response": null}'), ('syncfy', '{"response": "done", "code": null}'),
        ('syncfy', '{"response": true}'), ('syncfy', '{"response": [[{"code": 401}]]}'), ('syncfy', '{"response": {"response": {"code": 401}}}'),
        ('basiq', '["invalid-credentials"]'), ('basiq', '[{"code": "invalid-credentials"}]'),
        ('basiq', '{"data": []}'), ('basiq', '{"data": [null, [], true, {}]}'), ('basiq', '{"data": {"code": "invalid-credentials"}}'),
        ('basiq', '{"data": [{"data": [{"code": "invalid-credentials"}]}]}'), ('basiq', '{"data": [], "code": "invalid-credentials"}'),
        ('basiq', '{"steps": []}'), ('basiq', '{"steps": {"status": "failed"}}'), ('basiq', '{"steps": ["failed", null, [], 1, {"title": "failed"}, {"status": 1}]}'),
        ('basiq', '{"steps": [], "status": "failed", "title": "x"}'), ('basiq', '{"steps": [{"steps": [{"status": "failed"}]}]}'),
        ('basiq', '{"type": "job", "result": {"code": "invalid-credentials"}}'), ('basiq', '{"status": 400}'), ('basiq', '{"status": true}'), ('basiq', '{"statusCode": 400}')
) AS nothing
WHERE status_code_from_json(provider, payload::jsonb) IS NOT NULL
    OR EXISTS (SELECT FROM status_codes_from_json(provider, payload::jsonb));

-- What stands beside it may have one all the same.
SELECT provider, payload, status_code_from_json(provider, payload) AS answer, ARRAY(SELECT status_codes_from_json(provider, payload)) AS answers
FROM (VALUES
    -- the last element that is a status counts
    ('syncfy', '[{"code": 100}, {}]'::jsonb),
    ('syncfy', '[null, {"code": null}, [401], true, 100]'),
    ('syncfy', '[{"code": 100}, {"code": "x"}, "done", {"code": -1}]'),
    -- then the HTTP status does, if it is one of an error
    ('syncfy', '{"rid": "a", "code": 200, "response": [{"code": 100}, {}]}'),
    ('syncfy', '{"errors": [], "code": "500", "response": "Internal error"}'),
    ('syncfy', '{"response": false, "code": 500}'),
    ('syncfy', '{"response": "410", "code": 500}'),
    ('syncfy', '{"response": 410, "code": 500}'),
    ('syncfy', '{"rid": "a", "response": {"rid": "b", "code": 401, "response": {"code": 405}}, "code": 200}'),
    -- the first error counts
    ('basiq', '{"data": [{}, {"code": "invalid-credentials"}]}'),
    ('basiq', '{"data": ["invalid-credentials", {"status": "failed", "result": null}]}'),
    ('basiq', '{"data": [{"type": "link", "code": "x"}, {"type": "error"}, {"type": "error", "code": "a b"}, {"type": "error", "code": "invalid-credentials"}]}'),
    -- what an error, a job and a step have in common
    ('basiq', '{"code": "invalid-content", "status": "failed", "steps": [{"status": "pending"}], "result": {"code": "maintenance"}}'),
    ('basiq', '{"code": null, "status": "failed", "steps": [{"status": "pending"}], "result": {"code": "maintenance"}}'),
    ('basiq', '{"code": null, "status": "failed", "steps": null, "result": {"code": "maintenance"}}'),
    ('basiq', '{"data": null, "code": "invalid-content"}'),
    -- what can't be read is no success and not pending, but no failure either
    ('basiq', '{"steps": [{"status": "success"}, {}]}'),
    ('basiq', '{"steps": [{"status": "pending"}, null]}'),
    ('basiq', '{"steps": [{"status": "success"}, {"status": "Failed"}]}'),
    ('basiq', '{"steps": [{"status": "succes"}]}'),
    ('basiq', '{"steps": [{"status": "success-"}]}'),
    ('basiq', '{"steps": [{"status": "pending"}, {"status": "success"}]}'),
    ('basiq', '{"steps": [{"status": "in progress"}, {"status": "failed", "result": "x"}]}' #- '{steps,0}'),
    -- a result tells more than its status
    ('basiq', '{"status": "success", "result": {"code": "user-action-required"}}'),
    ('basiq', '{"status": "failed", "result": {"code": null}}'),
    ('basiq', '{"status": "failed", "result": ["maintenance"]}'),
    ('basiq', '{"status": "failed", "code": null, "result": {"status": "success"}}'),
    ('basiq', '{"status": "new-status"}'),
    -- a number is a number
    ('syncfy', '401.0'),
    ('syncfy', '{"code": 4.01e2}'),
    ('syncfy', '{"code": -0}'),
    ('syncfy', '{"code": 401.000000000000000000000000000000000000000000000000000000000000000000000000}'),
    ('syncfy', '12345678901234567890'),
    ('http', '{"status": "404", "code": 500}'),
    ('http', '{"status": null, "code": 500}'),
    ('http', '{"status": false, "code": "500"}'),
    ('http', '{"code": 401, "rid": "a", "status": true, "response": null}')) AS v (provider, payload);


--
-- No payload is an error, and only an unknown provider is
--
CREATE FUNCTION pg_temp.problem(provider text, payload jsonb, OUT state text, OUT message text, OUT detail text, OUT hint text)
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM status_code_from_json(provider, payload);
    state := '00000';
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
END $$;
CREATE FUNCTION pg_temp.problem_of_all(provider text, payload jsonb, OUT state text, OUT message text, OUT detail text, OUT hint text)
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM status_codes_from_json(provider, payload);
    state := '00000';
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
END $$;

CREATE TEMP TABLE unknown_provider (n serial, provider text);
INSERT INTO unknown_provider (provider) VALUES ('acme'), ('Syncfy'), (''), (repeat('x', 1000000));
\x on
SELECT left(u.provider, 20) AS provider, left(p.message, 60) AS message, p.state, p.detail, p.hint
FROM unknown_provider u CROSS JOIN LATERAL pg_temp.problem(u.provider, 'null') p
ORDER BY n;
\x off
-- all codes of them end in the same way: no rows
SELECT left(u.provider, 20), p.*
FROM unknown_provider u CROSS JOIN LATERAL pg_temp.problem_of_all(u.provider, 'null') p
WHERE p IS DISTINCT FROM pg_temp.problem(u.provider, 'null');

CREATE TEMP TABLE wrong (n serial, provider text, payload jsonb);
INSERT INTO wrong (provider, payload) VALUES
    -- a code that is malformed
    ('syncfy', '"Locked"'),
    ('syncfy', '{"code": "0401"}'),
    ('syncfy', '{"code": ""}'),
    ('syncfy', '[{"code": 401.5}]'),
    ('syncfy', '-1'),
    ('syncfy', '{"rid": "a", "code": 200, "response": {"code": "x"}}'),
    ('syncfy', '{"rid": "a", "code": 200, "response": "0401"}'),
    ('syncfy', '{"rid": "a", "code": "OK", "response": null}'),
    ('syncfy', '"401/a"'),
    ('syncfy', '"syncfy:401"'),
    ('foundry', '{"statusCode": "Forbidden"}'),
    ('http', '{"status": "Not Found"}'),
    ('http', '{"status": "error", "code": "404 "}'),
    ('http', '{"status": "0404"}'),
    ('http', '{"status": -404}'),
    ('basiq', '"Invalid Credentials"'),
    ('basiq', '{"code": "invalid-credentials/locked-account"}'),
    ('basiq', '{"code": "basiq:invalid-credentials"}'),
    ('basiq', '{"status": "in progress", "result": null}'),
    ('basiq', '{"status": "", "result": null}'),
    -- no code at all
    ('syncfy', '{"code": true}'),
    ('syncfy', '{"code": {"code": 401}}'),
    ('syncfy', '[{"code": [401]}]'),
    ('syncfy', '{"response": null, "code": false}'),
    ('foundry', '{"statusCode": []}'),
    ('http', '{"status": false}'),
    ('basiq', '401'),
    ('basiq', '{"code": 401.50}'),
    ('basiq', '{"data": [401]}'),
    ('basiq', '{"code": {}}'),
    ('basiq', '{"data": [{"code": false}]}'),
    -- however long it is
    ('syncfy', '{"code": 1e100000}'),
    ('syncfy', '{"code": -1e100000}'),
    ('syncfy', '1e-10000'),
    ('syncfy', to_jsonb(repeat('4', 120))),
    ('syncfy', jsonb_build_array(repeat('4', 120)::numeric)),
    ('http', '404000000000000000000000404'),
    ('basiq', '1e100000'),
    ('basiq', to_jsonb(repeat('x', 121))),
    ('basiq', to_jsonb(repeat('x', 1000000))),
    ('basiq', jsonb_build_object('code', repeat('x', 10000000)));
-- none has a code, and none is an error: no rows
SELECT left(w.provider, 20), left(w.payload::text, 70), status_code_from_json(provider, payload), ARRAY(SELECT status_codes_from_json(provider, payload))
FROM wrong w
WHERE status_code_from_json(provider, payload) IS NOT NULL OR EXISTS (SELECT FROM status_codes_from_json(provider, payload));
-- the longest are codes
SELECT length(status_code_from_json('syncfy', to_jsonb(repeat('4', 119)))::text) AS digits, length(status_code_from_json('syncfy', to_jsonb(repeat('4', 119)::numeric))::text) AS number,
    length(status_code_from_json('basiq', to_jsonb(repeat('x', 120)))::text) AS word;
-- what is no code stands beside others that are
SELECT provider, payload, status_code_from_json(provider, payload) AS answer, ARRAY(SELECT status_codes_from_json(provider, payload)) AS answers
FROM (VALUES ('syncfy', '[{"code": "x"}, {"code": 200}]'::jsonb), ('syncfy', '[{"code": 100}, {"code": 401.5}]'),
             ('basiq', '{"data": [{"code": "maintenance"}, {"code": 1}]}'),
             ('basiq', '{"steps": [{"status": "failed", "result": {"code": "a b"}}]}'), ('basiq', '{"steps": [{"status": "failed", "result": {"code": []}}]}'),
             ('basiq', '{"steps": [{"status": "in progress"}, {"status": "success", "result": {"code": true}}]}')) AS v (provider, payload);


--
-- A generated column
--
CREATE TABLE payload_jobs (
    id integer PRIMARY KEY,
    payload jsonb,
    status status_code GENERATED ALWAYS AS (status_code_from_json('basiq', payload)) STORED
);
CREATE INDEX ON payload_jobs (status);
INSERT INTO payload_jobs (id, payload) SELECT n, payload FROM example;
INSERT INTO payload_jobs (id, payload) VALUES (5, NULL), (6, '{"type": "job", "steps": []}'),
    (7, '{"type": "job", "steps": [{"status": "failed", "result": {"code": "service-unavailable"}}]}');
SELECT id, status, code_action(status) AS action, is_retryable(status) AS retryable FROM payload_jobs ORDER BY id;
UPDATE payload_jobs SET payload = '{"type": "job", "steps": [{"status": "success"}]}' WHERE id = 7;
SELECT id, status FROM payload_jobs WHERE status = 'basiq:success';
-- refuses no row
INSERT INTO payload_jobs (id, payload) VALUES (8, '{"code": "Invalid Credentials"}'), (9, '{"code": 401}'), (10, '[{"code": "MX"}]')
RETURNING id, status;
-- of the row's provider
CREATE TABLE payload_events (
    provider text NOT NULL,
    payload jsonb NOT NULL,
    status status_code GENERATED ALWAYS AS (status_code_from_json(provider, payload)) STORED
);
INSERT INTO payload_events (provider, payload) SELECT provider, payload FROM shape;
SELECT count(*) AS differing FROM payload_events e JOIN shape s USING (provider, payload) WHERE e.status IS DISTINCT FROM s.answer;
-- and in an expression index
CREATE INDEX ON payload_events (status_code_from_json(provider, payload));
SELECT count(*) FROM payload_events WHERE status_code_from_json(provider, payload) = 'syncfy:410';


--
-- A set, wherever a query may have one
--
SELECT * FROM status_codes_from_json('syncfy', '[{"code": 100}, {"code": 102}, {"code": 200}]') WITH ORDINALITY AS s (status, n);
SELECT status_codes_from_json('syncfy', '[{"code": 100}, {"code": 102}, {"code": 200}]') AS status LIMIT 2;
SELECT n, s FROM shape LEFT JOIN LATERAL status_codes_from_json(provider, payload) AS s ON true WHERE n BETWEEN 5 AND 8;
SELECT proname, prorows, proretset FROM pg_proc WHERE proname ~ '^status_codes?_from_json$' ORDER BY 1;


--
-- Deep, huge and hostile
--
SELECT provider, n, status_code_from_json(provider, json::jsonb) AS answer, (SELECT count(*) FROM status_codes_from_json(provider, json::jsonb)) AS answers
FROM unnest('{basiq,foundry,http,syncfy}'::text[]) AS provider
    CROSS JOIN (VALUES
        (1, repeat('[', 5000) || repeat(']', 5000)),
        (2, repeat('{"response":', 5000) || '1' || repeat('}', 5000)),
        (3, repeat('{"data":[', 2500) || '1' || repeat(']}', 2500)),
        (4, repeat('{"steps":[{"status":"x","result":', 1500) || '1' || repeat('}]}', 1500))) AS v (n, json)
ORDER BY provider, n;
SELECT status_code_from_json('syncfy', json::jsonb)
FROM (VALUES (repeat('{"code":', 5000) || 'null' || repeat('}', 5000))) AS v (json);

-- time grows with the length, and not with its square
CREATE TEMP TABLE huge (provider text, payload jsonb);
INSERT INTO huge VALUES
    ('syncfy', ('[' || repeat('{"code":102},', 500000) || '{"code":200}]')::jsonb),
    ('syncfy', ('[' || repeat('null,', 300000) || '200]')::jsonb),
    ('syncfy', jsonb_build_object('rid', '', 'code', 500, 'response', ('[' || repeat('{},', 300000) || '{}]')::jsonb)),
    ('basiq', ('{"steps":[' || repeat('{"status":"success"},', 500000) || '{"status":"failed","result":{"code":"maintenance"}}]}')::jsonb),
    ('basiq', ('{"data":[{"code":"maintenance"}' || repeat(',{"code":"access-denied","detail":"Token has expired"}', 100000) || ']}')::jsonb),
    ('basiq', ('{"type":"list","data":[' || repeat('{"type":"account","status":"available"},', 100000) || '{"type":"error","code":"maintenance"}]}')::jsonb),
    ('basiq', ('{"steps":[' || repeat('{"status":"in-progress","result":[{"type":"link"}]},', 100000) || '{"status":"in-progress","result":[{"type":"mfa"}]}]}')::jsonb),
    ('basiq', ('{"data":[{"steps":[' || repeat('{"steps":[{"status":"failed"}]},', 100000) || '{"status":"failed"}]}]}')::jsonb),
    ('basiq', ('{"status":"in-progress","result":[' || repeat('{"type":"link"},', 100000) || '{"type":"mfa"}]}')::jsonb),
    ('syncfy', ('[' || repeat('1e100000,1e-10000,-1e100000,', 30000) || '200]')::jsonb),
    ('http', ('{"errors":[' || repeat('{"status":200},', 100000) || '{"status":"404"}]}')::jsonb),
    ('http', (SELECT jsonb_object_agg('status' || i, i) || '{"status": 503}' FROM generate_series(1, 50000) i)),
    ('basiq', jsonb_build_object(repeat('k', 1000000), 1, '', 'x', 'code', 'access-denied',
        'title', repeat(' ', 1000000) || 'Access' || repeat(E'\n', 1000000) || 'denied' || repeat(' ', 1000000), 'detail', repeat('x', 1000000)));
SELECT provider, status_code_from_json(provider, payload) AS answer, (SELECT count(*) FROM status_codes_from_json(provider, payload)) AS answers,
    (SELECT max(s) FROM status_codes_from_json(provider, payload) s) AS max
FROM huge;
SELECT status_codes_from_json(provider, payload) AS first FROM huge WHERE provider = 'syncfy' LIMIT 1;
-- of equal keys jsonb keeps the last
SELECT status_code_from_json('syncfy', '{"code": true, "code": 401}');


--
-- Random payloads, and the rules said once more in PL/pgSQL
--
-- What is a code of a provider, or NULL
CREATE FUNCTION pg_temp.value(provider text, v jsonb) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    word text := v #>> '{}';
BEGIN
    IF jsonb_typeof(v) = 'number' AND provider <> 'basiq' AND abs(v::numeric) < 1e30 THEN
        word := trim_scale(v::numeric)::text;
    ELSIF jsonb_typeof(v) IS DISTINCT FROM 'string' THEN
        RETURN NULL;
    END IF;
    RETURN CASE
        WHEN length(provider || ':' || word) > 126 THEN NULL
        WHEN provider = 'basiq' AND word = 'mfa' THEN 'basiq:mfa-challenge'
        WHEN provider = 'basiq' AND word ~ '^[A-Za-z0-9][A-Za-z0-9._-]*$' THEN 'basiq:' || word
        WHEN provider = 'http' AND word ~ '^[45][0-9][0-9]$' THEN 'http:' || word
        WHEN provider IN ('syncfy', 'foundry') AND word ~ '^(0|[1-9][0-9]*)$' THEN provider || ':' || word
        END;
END $$;

CREATE FUNCTION pg_temp.plain(words jsonb) RETURNS text LANGUAGE sql AS $$
    SELECT CASE WHEN jsonb_typeof(words) = 'string'
        THEN regexp_replace(btrim(regexp_replace(lower(words #>> '{}'), '[ \t\r\n\f]+', ' ', 'g')), ' ?\.$', '') END
$$;

-- What tells a variant, written down by hand
CREATE TEMP TABLE variant_words (kind text, code text, variant text, words text);
INSERT INTO variant_words VALUES
    ('title', 'basiq:invalid-credentials', 'invalid-username-or-password', 'cannot login to target institution: invalid username or password'),
    ('title', 'basiq:invalid-credentials', 'locked-account', 'cannot login to target institution: this account is locked'),
    ('title', 'basiq:invalid-credentials', 'multi-factor-authentication', 'cannot login to target institution: multi-factor authentication is not supported'),
    ('title', 'basiq:request-not-valid', 'too-many-requests', 'request not valid (403)'),
    ('title', 'basiq:request-not-valid', 'request-too-long', 'pdf/csv invalid request'),
    ('detail', 'basiq:invalid-credentials', 'invalid-username-or-password', 'cannot login to target institution: invalid username or password. please check credentials and try again'),
    ('detail', 'basiq:invalid-credentials', 'locked-account', 'cannot login to target institution: this account is locked. please contact institution directly'),
    ('detail', 'basiq:invalid-credentials', 'locked-account', 'account is locked'),
    ('detail', 'basiq:invalid-credentials', 'multi-factor-authentication', 'cannot login to target institution: multi-factor authentication is not supported. please check if multi-factor authentication is enabled on login'),
    ('detail', 'basiq:access-denied', 'token-expired', 'token has expired'),
    ('detail', 'basiq:access-denied', 'connections-not-enabled', 'please contact us to have your api key enabled for connections'),
    ('detail', 'basiq:request-not-valid', 'too-many-requests', 'there have been too many requests for the token endpoint within a 5 minute period from a specific ip address'),
    ('detail', 'basiq:request-not-valid', 'request-too-long', 'request too long'),
    ('detail', 'foundry:401', 'invalid-api-key', 'api key invalid');

-- The code in a member of an object, with the variant that the object tells
CREATE FUNCTION pg_temp.member(provider text, o jsonb, name text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    plain_code text := pg_temp.value(provider, o -> name);
    details text[] := CASE provider WHEN 'basiq' THEN ARRAY[pg_temp.plain(o -> 'detail'), pg_temp.plain(o -> 'details')]
                                    WHEN 'foundry' THEN ARRAY[pg_temp.plain(o -> 'statusMessage')] END;
    told text;
BEGIN
    SELECT min(variant) INTO told FROM variant_words w WHERE w.kind = 'detail' AND w.code = plain_code AND w.words = ANY (details);
    IF told IS NULL AND provider = 'basiq' AND concat(o ->> 'detail', '') !~ '[^ \t\r\n\f]' AND concat(o ->> 'details', '') !~ '[^ \t\r\n\f]'
        OR told IS NULL AND provider = 'basiq' AND coalesce(jsonb_typeof(o -> 'detail') <> 'string' OR o ->> 'detail' !~ '[^ \t\r\n\f]', true)
            AND coalesce(jsonb_typeof(o -> 'details') <> 'string' OR o ->> 'details' !~ '[^ \t\r\n\f]', true)
    THEN
        SELECT min(variant) INTO told FROM variant_words w WHERE w.kind = 'title' AND w.code = plain_code AND w.words = pg_temp.plain(o -> 'title');
    END IF;
    RETURN plain_code || coalesce('/' || told, '');
END $$;

CREATE FUNCTION pg_temp.elements(a jsonb) RETURNS TABLE (e jsonb, n bigint) LANGUAGE sql AS $$
    SELECT e, n FROM jsonb_array_elements(CASE jsonb_typeof(a) WHEN 'array' THEN a ELSE '[]' END) WITH ORDINALITY AS x (e, n)
$$;

-- All codes of an array of objects
CREATE FUNCTION pg_temp.members(provider text, a jsonb, name text) RETURNS text[] LANGUAGE sql AS $$
    SELECT ARRAY(SELECT pg_temp.member(provider, e, name) FROM pg_temp.elements(a) WHERE pg_temp.member(provider, e, name) IS NOT NULL ORDER BY n)
$$;

-- Syncfy: a job's status or a credential
CREATE FUNCTION pg_temp.of_syncfy(i jsonb) RETURNS text LANGUAGE sql AS $$
    SELECT CASE jsonb_typeof(i)
        WHEN 'object' THEN CASE WHEN NOT i ?| '{rid,name,id_account,id_transaction}' THEN pg_temp.value('syncfy', i -> 'code') END
        ELSE pg_temp.value('syncfy', i) END
$$;

-- Basiq: a step of a job
CREATE FUNCTION pg_temp.of_step(s jsonb, in_job boolean) RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
    result jsonb := s -> 'result';
    code text;
    codes text[];
BEGIN
    IF s -> 'status' = '"in-progress"' AND (jsonb_typeof(result) = 'object' AND result -> 'type' = '"mfa"'
        OR jsonb_typeof(result) = 'array' AND EXISTS (SELECT FROM pg_temp.elements(result) WHERE jsonb_typeof(e) = 'object' AND e -> 'type' = '"mfa"'))
    THEN
        RETURN CASE jsonb_typeof(result) WHEN 'object' THEN '{basiq:mfa-challenge}'::text[]
            ELSE ARRAY(SELECT 'basiq:mfa-challenge' FROM pg_temp.elements(result) WHERE jsonb_typeof(e) = 'object' AND e -> 'type' = '"mfa"') END;
    END IF;
    code := CASE jsonb_typeof(result) WHEN 'object' THEN pg_temp.member('basiq', result, 'code') END;
    IF code IS NOT NULL THEN
        RETURN ARRAY[code];
    END IF;
    codes := pg_temp.members('basiq', result, 'code');
    IF codes <> '{}' THEN
        RETURN codes;
    END IF;
    code := pg_temp.member('basiq', s, 'status');
    IF NOT in_job AND NOT s ? 'result' AND NOT (s ? 'title' AND coalesce(is_known_code(code::status_code), false)) THEN
        code := NULL;
    END IF;
    RETURN CASE WHEN code IS NULL THEN '{}' ELSE ARRAY[code] END;
END $$;

CREATE FUNCTION pg_temp.of_job(steps jsonb) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    statuses text[] := ARRAY(SELECT CASE WHEN jsonb_typeof(e) = 'object' AND jsonb_typeof(e -> 'status') = 'string' THEN e ->> 'status' END
                             FROM pg_temp.elements(steps) ORDER BY n);
    waits boolean := EXISTS (SELECT FROM pg_temp.elements(steps) WHERE jsonb_typeof(e) = 'object' AND e -> 'status' = '"in-progress"'
                             AND (pg_temp.of_step(e, true))[1] = 'basiq:mfa-challenge');
BEGIN
    RETURN CASE
        WHEN 'failed' = ANY (statuses) THEN (pg_temp.of_step(steps -> (array_position(statuses, 'failed') - 1), true))[1]
        WHEN array_remove(statuses, NULL) = '{}' THEN NULL
        WHEN waits THEN 'basiq:mfa-challenge'
        WHEN array_remove(statuses, 'success') = '{}' THEN 'basiq:success'
        WHEN array_remove(statuses, 'pending') = '{}' THEN 'basiq:pending'
        ELSE 'basiq:in-progress' END;
END $$;

-- Basiq: an error, a job, a step, or an event
CREATE FUNCTION pg_temp.of_basiq(i jsonb) RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
    resource boolean;
    code text;
BEGIN
    IF jsonb_typeof(i) <> 'object' THEN
        RETURN '{}';
    END IF;
    resource := i ?| '{type,id}';
    IF NOT resource OR i -> 'type' = '"error"' THEN
        code := pg_temp.member('basiq', i, 'code');
    END IF;
    IF code IS NULL AND jsonb_typeof(i -> 'steps') = 'array' THEN
        code := pg_temp.of_job(i -> 'steps');
    END IF;
    IF code IS NULL AND NOT resource THEN
        RETURN pg_temp.of_step(i, false);
    END IF;
    IF code IS NULL AND i -> 'type' = '"event"' AND i -> 'eventType' = '"invalidated"' AND jsonb_typeof(i -> 'data') = 'object' THEN
        code := pg_temp.member('basiq', i -> 'data', 'status');
        IF code IS NOT NULL AND NOT is_known_code(code::status_code) THEN
            code := NULL;
        END IF;
    END IF;
    RETURN CASE WHEN code IS NULL THEN '{}' ELSE ARRAY[code] END;
END $$;

CREATE FUNCTION pg_temp.of_http(o jsonb) RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
    error jsonb := CASE WHEN jsonb_typeof(o -> 'error') = 'object' THEN o -> 'error' END;
    code text := coalesce(
        pg_temp.value('http', o -> 'status'),
        CASE WHEN jsonb_typeof(o -> 'status') IS DISTINCT FROM 'number' THEN pg_temp.value('http', o -> 'code') END,
        pg_temp.value('http', o -> 'statusCode'),
        pg_temp.value('http', error -> 'code'),
        pg_temp.value('http', error -> 'status'));
BEGIN
    RETURN CASE WHEN code IS NOT NULL THEN ARRAY[code] ELSE pg_temp.members('http', o -> 'errors', 'status') END;
END $$;

CREATE FUNCTION pg_temp.expected(provider text, payload jsonb, OUT code text, OUT codes text[]) LANGUAGE plpgsql AS $$
DECLARE
    kind text := jsonb_typeof(payload);
    envelope boolean := provider = 'syncfy' AND kind = 'object' AND
        (payload ?| '{rid,errors,response}' OR jsonb_typeof(payload -> 'status') = 'boolean' AND payload ? 'message');
    part jsonb := CASE WHEN envelope THEN payload -> 'response' ELSE payload END;
BEGIN
    IF provider = 'syncfy' THEN
        codes := CASE jsonb_typeof(part)
            WHEN 'array' THEN ARRAY(SELECT pg_temp.of_syncfy(e) FROM pg_temp.elements(part) ORDER BY n)
            ELSE ARRAY[pg_temp.of_syncfy(part)] END;
        codes := array_remove(codes, NULL);
        IF codes = '{}' AND envelope THEN
            codes := array_remove(ARRAY[pg_temp.value('http', payload -> 'code')], NULL);
        END IF;
        code := codes[cardinality(codes)];
        RETURN;
    ELSIF kind IN ('number', 'string') THEN
        codes := array_remove(ARRAY[pg_temp.value(provider, payload)], NULL);
    ELSIF kind <> 'object' THEN
        codes := '{}';
    ELSIF provider = 'http' THEN
        codes := pg_temp.of_http(payload);
    ELSIF provider = 'foundry' THEN
        codes := array_remove(ARRAY[pg_temp.member('foundry', payload, 'statusCode')], NULL);
    ELSIF jsonb_typeof(payload -> 'steps') = 'array' THEN
        SELECT coalesce(array_agg(c ORDER BY n, k), '{}') INTO codes
        FROM pg_temp.elements(payload -> 'steps'), unnest(CASE WHEN jsonb_typeof(e) = 'object' THEN pg_temp.of_step(e, true) END) WITH ORDINALITY AS c (c, k);
        code := pg_temp.of_job(payload -> 'steps');
        RETURN;
    ELSIF jsonb_typeof(payload -> 'data') = 'array' THEN
        SELECT coalesce(array_agg(c ORDER BY n, k), '{}') INTO codes
        FROM pg_temp.elements(payload -> 'data'), unnest(pg_temp.of_basiq(e)) WITH ORDINALITY AS c (c, k);
    ELSE
        codes := pg_temp.of_basiq(payload);
    END IF;
    code := codes[1];
END $$;

-- An error of a payload would be the code 'error'.
CREATE FUNCTION pg_temp.found(provider text, payload jsonb, OUT code text, OUT codes text[]) LANGUAGE plpgsql AS $$
BEGIN
    code := status_code_from_json(provider, payload);
    codes := ARRAY(SELECT status_codes_from_json(provider, payload)::text);
EXCEPTION WHEN OTHERS THEN
    code := 'error ' || SQLSTATE;
END $$;

-- they agree on all of the above: no rows
SELECT left(provider, 20), left(payload::text, 100), e, f
FROM (SELECT provider, payload FROM shape UNION ALL SELECT provider, payload FROM other UNION ALL SELECT 'basiq', payload FROM example
      UNION ALL SELECT 'basiq', jsonb_build_object('code', code, 'title', title, 'detail', detail) FROM words
      UNION ALL SELECT provider, payload FROM wrong WHERE octet_length(payload::text) < 1000000) x
    CROSS JOIN LATERAL pg_temp.expected(provider, payload) e CROSS JOIN LATERAL pg_temp.found(provider, payload) f
WHERE e IS DISTINCT FROM f;

-- The same seed gives the same payload.
CREATE FUNCTION pg_temp.pick(seed text, choices text[]) RETURNS text LANGUAGE sql AS $$
    SELECT choices[1 + ('x' || substr(md5(seed), 1, 7))::bit(28)::integer % cardinality(choices)]
$$;
CREATE FUNCTION pg_temp.random_json(seed text, depth integer) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    kind text := pg_temp.pick(seed || 'kind', CASE WHEN depth = 0 THEN '{scalar}' WHEN depth >= 3 THEN '{object,object,object,array,scalar}'
                                              ELSE '{object,object,array,scalar,scalar}' END::text[]);
    n integer := pg_temp.pick(seed || 'n', '{0,1,1,2,2,3,4}');
    json text := '';
BEGIN
    IF kind = 'scalar' THEN
        RETURN pg_temp.pick(seed, ARRAY['null', 'true', 'false', '100', '401', '401.0', '2e2', '404.5', '-1', '1e130', '0', '"401"', '"0401"', '"200"', '""',
            '"success"', '"success"', '"pending"', '"pending"', '"failed"', '"failed"', '"in-progress"', '"in progress"', '"error"', '"maintenance"', '"access-denied"',
            '"access-denied"', '"request-not-valid"', '"invalid-credentials"', '"Locked"', '"mfa"', '"mfa"', '"error"', '"event"', '"invalidated"', '"locked-account"', '"404"', '429', '503',
            '"Account is locked"', '"API key invalid"', '"MX"', '"a/b"', '"basiq:a"', '"~"', '"%s%n"',
            '"Access denied"', '"Unauthorized."', '"token has  expired."', '"Request too long"', '"Please contact us to have your API key enabled for Connections"']);
    END IF;
    FOR i IN 1 .. n LOOP
        json := json || CASE WHEN i > 1 THEN ',' ELSE '' END
            || CASE WHEN kind = 'object' THEN to_json(pg_temp.pick(seed || 'key' || i, ARRAY['code', 'code', 'status', 'status', 'statusCode', 'statusCode',
                'statusMessage', 'steps', 'steps', 'result', 'result', 'data', 'data', 'response', 'rid', 'errors', 'error', 'title', 'detail', 'details', 'type', 'eventType', 'id', 'name',
                'id_account', 'message', '', 'codes'])) || ':' ELSE '' END
            || pg_temp.random_json(seed || '.' || i, depth - 1);
    END LOOP;
    RETURN CASE kind WHEN 'object' THEN '{' || json || '}' ELSE '[' || json || ']' END;
END $$;

CREATE TEMP TABLE random_payload AS
SELECT i, (ARRAY['basiq', 'basiq', 'syncfy', 'http', 'foundry'])[1 + i % 5] AS provider, pg_temp.random_json('a' || i, 1 + i % 4)::jsonb AS payload
FROM generate_series(1, 16000) i;
-- errors, jobs, steps and events of Basiq, each with what nearly makes it something else
INSERT INTO random_payload
SELECT i, 'basiq', CASE i % 4 WHEN 0 THEN jsonb_build_object('data', parts) WHEN 1 THEN jsonb_build_object('steps', parts)
                   WHEN 2 THEN jsonb_build_object('type', 'list', 'data', jsonb_build_array(jsonb_build_object('type', 'job', 'steps', parts))) ELSE parts -> 0 END
FROM generate_series(16001, 23000) i
    CROSS JOIN LATERAL (
        SELECT jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
            pg_temp.pick(i || 'k' || j, '{status,status,status,status,code}'),
            pg_temp.pick(i || 's' || j, '{success,success,pending,pending,failed,in-progress,in-progress,access-denied,"in progress"}'),
            pg_temp.pick(i || 't' || j, '{x,x,x,title,title,type,id}'), pg_temp.pick(i || 'v' || j, '{error,error,mfa,account,"Access denied",event}'),
            pg_temp.pick(i || 'd' || j, '{x,x,detail,details}'), pg_temp.pick(i || 'w' || j, '{Token has expired.,"Request too long",Other,""}'),
            'result', CASE WHEN pg_temp.pick(i || 'o' || j, '{a,b,c}') = 'a' THEN NULL ELSE result END)))
        FROM generate_series(1, 1 + i % 4) j
            CROSS JOIN LATERAL (
                SELECT CASE WHEN pg_temp.pick(i || 'a' || j, '{a,b,c,d}') = 'a' THEN jsonb_build_array(o, o || '{"type": "mfa"}') ELSE o END
                FROM jsonb_build_object(
                    pg_temp.pick(i || 'r' || j, '{code,code,url}'), pg_temp.pick(i || 'c' || j, '{access-denied,request-not-valid,invalid-credentials,maintenance,A B}'),
                    pg_temp.pick(i || 'n' || j, '{title,detail,details}'),
                    pg_temp.pick(i || 'm' || j, '{Access denied,Token has expired.,Request too long,PDF/CSV invalid request,account IS locked}'),
                    pg_temp.pick(i || 'y' || j, '{type,x,x}'), pg_temp.pick(i || 'z' || j, '{mfa,link}')) AS o) AS r (result)) AS p (parts);
INSERT INTO random_payload
SELECT i, 'basiq', jsonb_build_object('type', pg_temp.pick(i || 'a', '{event,event,event,job}'), 'eventType', pg_temp.pick(i || 'b', '{invalidated,invalidated,updated}'),
    'data', jsonb_build_object('type', 'connection', 'status', pg_temp.pick(i || 'c', '{locked-account,multifactor-required,invalid,active,"a b",mfa}')))
FROM generate_series(23001, 24000) i;
-- answers of Syncfy's API, and what nearly is one
INSERT INTO random_payload
SELECT i, 'syncfy', CASE i % 3 WHEN 0 THEN parts
    WHEN 1 THEN jsonb_build_object(pg_temp.pick(i || 'e', '{rid,errors,code}'), 200, 'code', 395 + i % 20, 'response', CASE i % 5 WHEN 0 THEN parts -> 0 ELSE parts END)
    ELSE jsonb_build_object('code', 395 + i % 20, pg_temp.pick(i || 'f', '{status,status,x}'), pg_temp.pick(i || 'g', '{true,false,"\"ok\"",1}')::jsonb,
        pg_temp.pick(i || 'h', '{message,message,msg}'), NULL) END
FROM generate_series(24001, 30000) i
    CROSS JOIN LATERAL (
        SELECT jsonb_agg(pg_temp.pick(i || 'p' || j, ARRAY['{"code": 100}', '{"code": "410"}', '{"code": null}', '{}', '102', '"200"', '"done"', '[]', 'true',
            '{"code": 52, "name": "Mexico"}', '{"code": "MX"}', '{"code": 1, "id_account": "a"}', '{"code": 401.5}'])::jsonb)
        FROM generate_series(1, 1 + i % 4) j) AS p (parts);

INSERT INTO random_payload
SELECT i, 'foundry', jsonb_build_object('statusCode', pg_temp.pick(i || 'c', '{401,401,401.0,"\"401\"",200,403}')::jsonb,
    pg_temp.pick(i || 'k', '{statusMessage,statusMessage,title}'), pg_temp.pick(i || 'm', '{API key invalid,api KEY  invalid.,Unauthorized,""}'))
FROM generate_series(30001, 30400) i;
INSERT INTO random_payload
SELECT i, 'http', jsonb_build_object(pg_temp.pick(i || 'k', '{error,error,errors,status}'), CASE i % 3 WHEN 0 THEN jsonb_build_array(e, e) ELSE e END)
FROM generate_series(30401, 32000) i
    CROSS JOIN LATERAL jsonb_build_object(pg_temp.pick(i || 'a', '{status,code,x}'), pg_temp.pick(i || 'b', '{404,399,600,503,"\"422\"","\"NOT_FOUND\""}')::jsonb,
        pg_temp.pick(i || 'c', '{status,code,x}'), pg_temp.pick(i || 'd', '{409,200,"\"500\"",null}')::jsonb) AS e;

CREATE TEMP TABLE random_answer AS
SELECT r.*, e.code AS expected, e.codes AS all_expected, f.code, f.codes
FROM random_payload r CROSS JOIN LATERAL pg_temp.expected(r.provider, r.payload) e CROSS JOIN LATERAL pg_temp.found(r.provider, r.payload) f;
-- As the rules say: no rows
SELECT i, provider, payload, expected, code, all_expected, codes
FROM random_answer WHERE expected IS DISTINCT FROM code OR all_expected IS DISTINCT FROM codes;

-- and there was enough of everything (up to 1,000 are counted)
SELECT provider, least(count(*), 1000) AS all, least(count(*) FILTER (WHERE code IS NULL), 1000) AS nothing,
    least(count(*) FILTER (WHERE code ~ ('^' || provider)), 1000) AS codes,
    least(count(*) FILTER (WHERE code ~ '/'), 1000) AS variants, least(count(*) FILTER (WHERE provider = 'syncfy' AND code ~ '^http:'), 1000) AS http,
    least(count(*) FILTER (WHERE code = 'basiq:mfa-challenge'), 1000) AS mfa,
    least(count(*) FILTER (WHERE cardinality(codes) > 1), 1000) AS several, count(DISTINCT code) AS different
FROM random_answer
GROUP BY provider ORDER BY provider;

DROP TABLE payload_jobs, payload_events;
-- at once, and not some time after the session's end: later tests may drop the extension
DISCARD TEMP;
