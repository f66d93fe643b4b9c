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
syncfy	answer without a code	{"rid": "a1", "code": 200, "response": {"id_user": "5f1"}}	http:200	{http:200}
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
foundry	number	401	foundry:401	{foundry:401}
foundry	numeric string	"401"	foundry:401	{foundry:401}
foundry	answer	{"statusCode": 200, "statusMessage": "OK", "payload": {}}	foundry:200	{foundry:200}
foundry	answer with a variant	{"statusCode": 401, "statusMessage": "API key invalid"}	foundry:401/invalid-api-key	{foundry:401/invalid-api-key}
http	number	503	http:503	{http:503}
http	numeric string	"503"	http:503	{http:503}
http	problem details	{"type": "about:blank", "title": "Forbidden", "status": 403, "code": "out-of-credit"}	http:403	{http:403}
http	object with a code	{"status": "error", "code": 404}	http:404	{http:404}
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
    -- the detail counts before the title, and a detail that says nothing leaves it to the title
    ('access-denied', '"Unauthorized"', '"Token has expired"'),
    ('access-denied', '"Access denied"', '"Your plan has ended."'),
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

-- Every variant of the catalog is told by its description, and by its title where no other variant of the code has
-- that too: no rows
CREATE TEMP TABLE variant AS
SELECT v.status, v.provider, v.code, v.title, v.description,
    v.title IS DISTINCT FROM b.title AND count(*) OVER (PARTITION BY v.provider, v.code, v.title) = 1 AS own_title,
    v.description IS DISTINCT FROM b.description
        AND count(*) OVER (PARTITION BY v.provider, v.code, v.description) = 1 AS own_description
FROM status_codes v JOIN status_codes b ON b.provider = v.provider AND b.code = v.code AND b.variant IS NULL
WHERE v.variant IS NOT NULL AND v.source <> 'override';
SELECT count(*) >= 7 AS variants, bool_or(own_title) AS titles, bool_or(own_description) AS descriptions FROM variant;
SELECT v.status, status_code_from_json(v.provider, p.payload)
FROM variant v
    CROSS JOIN LATERAL (SELECT CASE v.provider WHEN 'foundry' THEN 'statusCode' ELSE 'code' END,
                               CASE v.provider WHEN 'foundry' THEN 'statusMessage' ELSE 'title' END) AS k (code, title)
    CROSS JOIN LATERAL (VALUES
        (own_title, jsonb_build_object(k.code, v.code, k.title, v.title)),
        (own_title, jsonb_build_object(k.code, v.code, k.title, upper(rtrim(v.title, '.') || '.'), 'detail', 'Something else.')),
        (own_description AND provider = 'basiq', jsonb_build_object(k.code, v.code, 'detail', v.description)),
        (own_description AND provider = 'basiq', jsonb_build_object(k.code, v.code, 'details', replace(v.description, ' ', E'\n ')))) AS p (told, payload)
WHERE p.told AND status_code_from_json(v.provider, p.payload) IS DISTINCT FROM v.status;


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
        CROSS JOIN (VALUES ('null'), ('true'), ('false'), ('{}'), ('[]'), ('[[]]'), ('[{}]'), ('[[401]]'), ('[null]'), ('[true]'), ('[{"code": null}]'),
                    ('{"": 401}'), ('{"Code": 401}'), ('{"code ": 401}'), ('{"code": null, "status": null, "statusCode": null}'),
                    ('{"payload": {"code": 401, "status": 401, "statusCode": 401}}')) AS v (payload)
    UNION ALL
    VALUES
        ('foundry', '[401]'), ('foundry', '[{"statusCode": 401}]'), ('foundry', '{"code": 401, "status": 401}'),
        ('http', '[401]'), ('http', '[{"status": 401}]'), ('http', '{"statusCode": 401}'),
        ('syncfy', '{"status": 401, "statusCode": 401}'),
        ('syncfy', '{"rid": null}'), ('syncfy', '{"errors": []}'), ('syncfy', '{"response": null}'), ('syncfy', '{"response": "done", "code": null}'),
        ('syncfy', '{"response": true}'), ('syncfy', '{"response": [[{"code": 401}]]}'), ('syncfy', '{"response": {"response": {"code": 401}}}'),
        ('basiq', '["invalid-credentials"]'), ('basiq', '[{"code": "invalid-credentials"}]'),
        ('basiq', '{"data": []}'), ('basiq', '{"data": [null, [], true, {}]}'), ('basiq', '{"data": {"code": "invalid-credentials"}}'),
        ('basiq', '{"data": [{"data": [{"code": "invalid-credentials"}]}]}'), ('basiq', '{"data": [], "code": "invalid-credentials"}'),
        ('basiq', '{"steps": []}'), ('basiq', '{"steps": {"status": "failed"}}'), ('basiq', '{"steps": ["failed", null, [], 1, {"title": "failed"}, {"status": 1}]}'),
        ('basiq', '{"steps": [], "status": "failed"}'), ('basiq', '{"steps": [{"steps": [{"status": "failed"}]}]}'),
        ('basiq', '{"result": {"code": "invalid-credentials"}}'), ('basiq', '{"status": 400}'), ('basiq', '{"status": true}'), ('basiq', '{"statusCode": 400}')
) AS nothing
WHERE status_code_from_json(provider, payload::jsonb) IS NOT NULL
    OR EXISTS (SELECT FROM status_codes_from_json(provider, payload::jsonb));

-- What stands beside it may have one all the same.
SELECT provider, payload, status_code_from_json(provider, payload) AS answer, ARRAY(SELECT status_codes_from_json(provider, payload)) AS answers
FROM (VALUES
    -- the last element counts, whatever it is
    ('syncfy', '[{"code": 100}, {}]'::jsonb),
    ('syncfy', '[null, {"code": null}, [401], true, 100]'),
    -- then an answer's own code does
    ('syncfy', '{"rid": "a", "code": 200, "response": [{"code": 100}, {}]}'),
    ('syncfy', '{"errors": [], "code": "500", "response": "Internal error"}'),
    ('syncfy', '{"response": false, "code": 500}'),
    ('syncfy', '{"response": "410", "code": 500}'),
    ('syncfy', '{"response": 410, "code": 500}'),
    ('syncfy', '{"rid": "a", "response": {"rid": "b", "code": 401, "response": {"code": 405}}, "code": 200}'),
    -- the first entry counts
    ('basiq', '{"data": [{}, {"code": "invalid-credentials"}]}'),
    ('basiq', '{"data": ["invalid-credentials", {"status": "failed"}]}'),
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
-- Errors
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

CREATE TEMP TABLE wrong (n serial, provider text, payload jsonb);
INSERT INTO wrong (provider, payload) VALUES
    -- the provider
    ('acme', '401'),
    ('Syncfy', '401'),
    ('', 'null'),
    (repeat('x', 1000000), '401'),
    -- a code that is malformed
    ('syncfy', '"Locked"'),
    ('syncfy', '{"code": "0401"}'),
    ('syncfy', '{"code": ""}'),
    ('syncfy', '[{"code": 100}, {"code": 401.5}]'),
    ('syncfy', '-1'),
    ('syncfy', '{"rid": "a", "code": 200, "response": {"code": "x"}}'),
    ('syncfy', '{"rid": "a", "code": 200, "response": "0401"}'),
    ('syncfy', '{"rid": "a", "code": "OK", "response": null}'),
    ('syncfy', '"401/a"'),
    ('syncfy', '"syncfy:401"'),
    ('foundry', '{"statusCode": "Forbidden"}'),
    ('http', '{"status": "Not Found"}'),
    ('http', '{"status": "error", "code": "404 "}'),
    ('basiq', '"Invalid Credentials"'),
    ('basiq', '{"code": "invalid-credentials/locked-account"}'),
    ('basiq', '{"code": "basiq:invalid-credentials"}'),
    ('basiq', '{"status": "in progress"}'),
    ('basiq', '{"status": ""}'),
    ('basiq', '{"steps": [{"status": "failed", "result": {"code": "a b"}}]}'),
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
    ('basiq', '{"steps": [{"status": "failed", "result": {"code": []}}]}'),
    -- however long it is, the message is not
    ('syncfy', '{"code": 1e100000}'),
    ('syncfy', '1e-10000'),
    ('basiq', '1e100000'),
    ('basiq', to_jsonb(repeat('x', 1000000)));
\x on
SELECT left(w.provider, 20) AS provider, left(w.payload::text, 70) AS payload, p.*
FROM wrong w CROSS JOIN LATERAL pg_temp.problem(w.provider, w.payload) p
ORDER BY n;
\x off
-- all codes of them end in the same way: no rows
SELECT left(w.provider, 20), left(w.payload::text, 70), p.*
FROM wrong w CROSS JOIN LATERAL pg_temp.problem_of_all(w.provider, w.payload) p
WHERE p IS DISTINCT FROM pg_temp.problem(w.provider, w.payload);
-- what counts now decides for the one, every item for the other
SELECT provider, payload, status_code_from_json(provider, payload) AS answer, p.*
FROM (VALUES ('syncfy', '[{"code": "x"}, {"code": 200}]'::jsonb), ('basiq', '{"data": [{"code": "maintenance"}, {"code": 1}]}'),
             ('basiq', '{"steps": [{"status": "in progress"}, {"status": "success", "result": {"code": true}}]}')) AS v (provider, payload)
    CROSS JOIN LATERAL pg_temp.problem_of_all(provider, payload) p;


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
INSERT INTO payload_jobs (id, payload) VALUES (8, '{"code": "Invalid Credentials"}');
INSERT INTO payload_jobs (id, payload) VALUES (8, '{"code": 401}');
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
SELECT (pg_temp.problem('syncfy', json::jsonb)).*
FROM (VALUES (repeat('{"code":', 5000) || 'null' || repeat('}', 5000))) AS v (json);

-- time grows with the length, and not with its square
CREATE TEMP TABLE huge (provider text, payload jsonb);
INSERT INTO huge VALUES
    ('syncfy', ('[' || repeat('{"code":102},', 500000) || '{"code":200}]')::jsonb),
    ('syncfy', ('[' || repeat('null,', 300000) || '200]')::jsonb),
    ('syncfy', jsonb_build_object('rid', '', 'code', 500, 'response', ('[' || repeat('{},', 300000) || '{}]')::jsonb)),
    ('basiq', ('{"steps":[' || repeat('{"status":"success"},', 500000) || '{"status":"failed","result":{"code":"maintenance"}}]}')::jsonb),
    ('basiq', ('{"data":[{"code":"maintenance"}' || repeat(',{"code":"access-denied","detail":"Token has expired"}', 100000) || ']}')::jsonb),
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
CREATE FUNCTION pg_temp.value(provider text, v jsonb) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    IF jsonb_typeof(v) = 'number' AND provider <> 'basiq' THEN
        RETURN status_code(provider, trim_scale(v::numeric)::text);
    ELSIF jsonb_typeof(v) = 'string' THEN
        RETURN status_code(provider, v #>> '{}');
    END IF;
    RAISE 'no code' USING ERRCODE = '22P02';
END $$;

CREATE FUNCTION pg_temp.plain(words jsonb) RETURNS text LANGUAGE sql AS $$
    SELECT CASE WHEN jsonb_typeof(words) = 'string'
        THEN regexp_replace(btrim(regexp_replace(lower(words #>> '{}'), '[ \t\r\n\f]+', ' ', 'g')), ' ?\.$', '') END
$$;

CREATE TEMP TABLE variant_words AS
SELECT status, code_base(status_code(status))::text AS base, pg_temp.plain(to_jsonb(title)) AS title, pg_temp.plain(to_jsonb(description)) AS description
FROM status_codes WHERE variant IS NOT NULL;

CREATE FUNCTION pg_temp.of_object(provider text, o jsonb) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    code jsonb := CASE provider WHEN 'foundry' THEN o -> 'statusCode' WHEN 'http' THEN o -> 'status' ELSE o -> 'code' END;
    plain_code text;
BEGIN
    IF provider = 'http' AND coalesce(jsonb_typeof(code), 'null') <> 'number' AND coalesce(code #>> '{}' !~ '^[0-9]+$', true)
        AND (coalesce(jsonb_typeof(code), 'null') = 'null' OR jsonb_typeof(o -> 'code') = 'number'
             OR jsonb_typeof(o -> 'code') = 'string' AND o ->> 'code' ~ '^[0-9]+$')
    THEN
        code := o -> 'code';
    END IF;
    IF coalesce(jsonb_typeof(code), 'null') = 'null' THEN
        RETURN NULL;
    END IF;
    plain_code := pg_temp.value(provider, code);
    RETURN coalesce(
        (SELECT min(w.status) FROM variant_words w WHERE w.base = plain_code AND w.description = pg_temp.plain(o -> 'detail') HAVING count(*) = 1),
        (SELECT min(w.status) FROM variant_words w WHERE w.base = plain_code AND w.description = pg_temp.plain(o -> 'details') HAVING count(*) = 1),
        (SELECT min(w.status) FROM variant_words w WHERE w.base = plain_code AND w.title = pg_temp.plain(o -> CASE provider WHEN 'foundry' THEN 'statusMessage' ELSE 'title' END) HAVING count(*) = 1),
        plain_code);
END $$;

CREATE FUNCTION pg_temp.of_step(s jsonb) RETURNS text LANGUAGE sql AS $$
    SELECT CASE WHEN jsonb_typeof(s) = 'object' AND jsonb_typeof(s -> 'status') = 'string' THEN
        coalesce(CASE WHEN jsonb_typeof(s -> 'result') = 'object' THEN pg_temp.of_object('basiq', s -> 'result') END, pg_temp.value('basiq', s -> 'status')) END
$$;

CREATE FUNCTION pg_temp.is_job(o jsonb) RETURNS boolean LANGUAGE sql AS $$
    SELECT jsonb_typeof(o) = 'object' AND coalesce(jsonb_typeof(o -> 'code'), 'null') = 'null' AND coalesce(jsonb_typeof(o -> 'steps') = 'array', false)
$$;

CREATE FUNCTION pg_temp.of_item(provider text, i jsonb) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    statuses text[];
BEGIN
    IF jsonb_typeof(i) IN ('string', 'number') THEN
        RETURN pg_temp.value(provider, i);
    ELSIF jsonb_typeof(i) <> 'object' THEN
        RETURN NULL;
    ELSIF provider <> 'basiq' OR NOT pg_temp.is_job(i) THEN
        RETURN coalesce(pg_temp.of_object(provider, i), CASE provider WHEN 'basiq' THEN pg_temp.of_step(i) END);
    END IF;
    statuses := ARRAY(SELECT CASE jsonb_typeof(s -> 'status') WHEN 'string' THEN s ->> 'status' END
                      FROM jsonb_array_elements(i -> 'steps') WITH ORDINALITY AS e (s, n) ORDER BY n);
    RETURN CASE
        WHEN 'failed' = ANY (statuses) THEN pg_temp.of_step(i -> 'steps' -> (array_position(statuses, 'failed') - 1))
        WHEN array_remove(statuses, NULL) = '{}' THEN NULL
        WHEN array_remove(statuses, 'success') = '{}' THEN 'basiq:success'
        WHEN array_remove(statuses, 'pending') = '{}' THEN 'basiq:pending'
        ELSE 'basiq:in-progress' END;
END $$;

CREATE FUNCTION pg_temp.expected(provider text, payload jsonb, OUT code text, OUT codes text[]) LANGUAGE plpgsql AS $$
DECLARE
    envelope boolean := provider = 'syncfy' AND jsonb_typeof(payload) = 'object' AND payload ?| '{rid,errors,response}';
    p jsonb := CASE WHEN envelope THEN payload -> 'response' ELSE payload END;
    items jsonb;
BEGIN
    IF envelope AND jsonb_typeof(p) = 'string' AND p #>> '{}' !~ '^[0-9]+$' THEN
        p := NULL;
    END IF;
    items := CASE
        WHEN provider = 'syncfy' AND jsonb_typeof(p) = 'array' THEN p
        WHEN provider = 'basiq' AND jsonb_typeof(p) = 'object' AND jsonb_typeof(p -> 'data') = 'array' THEN p -> 'data'
        ELSE jsonb_build_array(p) END;
    BEGIN
        code := pg_temp.of_item(provider, CASE provider WHEN 'syncfy' THEN items -> -1 ELSE items -> 0 END);
        IF code IS NULL AND envelope AND coalesce(jsonb_typeof(payload -> 'code'), 'null') <> 'null' THEN
            code := pg_temp.value('http', payload -> 'code');
        END IF;
    EXCEPTION WHEN OTHERS THEN
        code := SQLSTATE;
    END;
    BEGIN
        IF provider = 'basiq' AND NOT (jsonb_typeof(p) = 'object' AND jsonb_typeof(p -> 'data') IS NOT DISTINCT FROM 'array') AND pg_temp.is_job(p) THEN
            codes := ARRAY(SELECT pg_temp.of_step(s) FROM jsonb_array_elements(p -> 'steps') WITH ORDINALITY AS e (s, n) ORDER BY n);
        ELSE
            codes := ARRAY(SELECT pg_temp.of_item(provider, i) FROM jsonb_array_elements(items) WITH ORDINALITY AS e (i, n) ORDER BY n);
        END IF;
        codes := array_remove(codes, NULL);
        IF codes = '{}' AND envelope AND coalesce(jsonb_typeof(payload -> 'code'), 'null') <> 'null' THEN
            codes := ARRAY[pg_temp.value('http', payload -> 'code')];
        END IF;
    EXCEPTION WHEN OTHERS THEN
        codes := ARRAY[SQLSTATE];
    END;
END $$;

CREATE FUNCTION pg_temp.found(provider text, payload jsonb, OUT code text, OUT codes text[]) LANGUAGE plpgsql AS $$
BEGIN
    BEGIN
        code := status_code_from_json(provider, payload);
    EXCEPTION WHEN OTHERS THEN
        code := SQLSTATE;
    END;
    BEGIN
        codes := ARRAY(SELECT status_codes_from_json(provider, payload)::text);
    EXCEPTION WHEN OTHERS THEN
        codes := ARRAY[SQLSTATE];
    END;
END $$;

-- they agree on all of the above: no rows
SELECT left(provider, 20), left(payload::text, 100), e, f
FROM (SELECT provider, payload FROM shape UNION ALL SELECT 'basiq', payload FROM example
      UNION ALL SELECT 'basiq', jsonb_build_object('code', code, 'title', title, 'detail', detail) FROM words
      UNION ALL SELECT provider, payload FROM wrong WHERE provider IN ('basiq', 'foundry', 'http', 'syncfy')) x
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
            '"access-denied"', '"request-not-valid"', '"invalid-credentials"', '"Locked"', '"a/b"', '"basiq:a"', '"~"', '"%s%n"',
            '"Access denied"', '"Unauthorized."', '"token has  expired."', '"Request too long"', '"Please contact us to have your API key enabled for Connections"']);
    END IF;
    FOR i IN 1 .. n LOOP
        json := json || CASE WHEN i > 1 THEN ',' ELSE '' END
            || CASE WHEN kind = 'object' THEN to_json(pg_temp.pick(seed || 'key' || i, ARRAY['code', 'code', 'status', 'status', 'statusCode', 'statusCode',
                'statusMessage', 'steps', 'steps', 'result', 'result', 'data', 'data', 'response', 'rid', 'errors', 'title', 'detail', 'details', '', 'codes'])) || ':' ELSE '' END
            || pg_temp.random_json(seed || '.' || i, depth - 1);
    END LOOP;
    RETURN CASE kind WHEN 'object' THEN '{' || json || '}' ELSE '[' || json || ']' END;
END $$;

CREATE TEMP TABLE random_payload AS
SELECT i, (ARRAY['basiq', 'basiq', 'syncfy', 'http', 'foundry'])[1 + i % 5] AS provider, pg_temp.random_json('a' || i, 1 + i % 4)::jsonb AS payload
FROM generate_series(1, 20000) i;
-- jobs and answers of the API, made of random parts
INSERT INTO random_payload
SELECT i, 'basiq', CASE i % 3 WHEN 0 THEN jsonb_build_object('data', parts) WHEN 1 THEN jsonb_build_object('steps', parts)
                   ELSE jsonb_build_object('data', jsonb_build_array(jsonb_build_object('steps', parts))) END
FROM generate_series(20001, 25000) i
    CROSS JOIN LATERAL (
        SELECT jsonb_agg(jsonb_build_object(
            pg_temp.pick(i || 'k' || j, '{status,status,status,status,code}'),
            pg_temp.pick(i || 's' || j, '{success,success,pending,pending,failed,in-progress,"in progress"}'),
            'result', nullif(jsonb_build_object(pg_temp.pick(i || 'r' || j, '{code,url}'), pg_temp.pick(i || 'c' || j, '{access-denied,request-not-valid,maintenance,A B}'),
                pg_temp.pick(i || 't' || j, '{title,detail,details}'), pg_temp.pick(i || 'w' || j, '{Access denied,Token has expired.,Request too long}')),
                CASE i % 2 WHEN 0 THEN '{}'::jsonb END)))
        FROM generate_series(1, 1 + i % 4) j) AS p (parts);
INSERT INTO random_payload
SELECT i, 'syncfy', CASE i % 3 WHEN 0 THEN parts ELSE jsonb_build_object(pg_temp.pick(i || 'e', '{rid,errors,code}'), 200, 'code', 400 + i % 20,
    'response', CASE i % 5 WHEN 0 THEN parts -> 0 ELSE parts END) END
FROM generate_series(25001, 30000) i
    CROSS JOIN LATERAL (
        SELECT jsonb_agg(pg_temp.pick(i || 'p' || j, '{"{\"code\": 100}","{\"code\": \"410\"}","{\"code\": null}","{}",102,"\"200\"","\"done\"","[]","true"}')::jsonb)
        FROM generate_series(1, 1 + i % 4) j) AS p (parts);

-- A value, NULL, or an error of a payload; as the rules say: no rows
SELECT r.i, r.provider, r.payload, e, f
FROM random_payload r CROSS JOIN LATERAL pg_temp.expected(r.provider, r.payload) e CROSS JOIN LATERAL pg_temp.found(r.provider, r.payload) f
WHERE e IS DISTINCT FROM f
    OR f.code IS NOT NULL AND f.code <> '22P02' AND f.code::status_code IS NULL
    OR f.codes <> '{22P02}' AND f.codes::status_code[] IS NULL;

-- and there was enough of everything (up to 1,000 are counted)
SELECT r.provider, least(count(*), 1000) AS all, least(count(*) FILTER (WHERE f.code IS NULL), 1000) AS nothing,
    least(count(*) FILTER (WHERE f.code = '22P02'), 1000) AS errors, least(count(*) FILTER (WHERE f.code ~ ('^' || r.provider)), 1000) AS codes,
    least(count(*) FILTER (WHERE f.code ~ '/'), 1000) AS variants, least(count(*) FILTER (WHERE r.provider = 'syncfy' AND f.code ~ '^http:'), 1000) AS http,
    least(count(*) FILTER (WHERE cardinality(f.codes) > 1), 1000) AS several, count(DISTINCT f.code) AS different
FROM random_payload r CROSS JOIN LATERAL pg_temp.found(r.provider, r.payload) f
GROUP BY r.provider ORDER BY r.provider;

DROP TABLE payload_jobs, payload_events;
-- at once, and not some time after the session's end: later tests may drop the extension
DISCARD TEMP;
