-- The tables of replication, which both sides have. The key of the second is its status, that of the third all columns.
CREATE EXTENSION provider_codes;
CREATE DOMAIN acme_code AS status_code CHECK (from_provider(VALUE, 'acme'));
CREATE TABLE jobs (
	id integer PRIMARY KEY, status status_code, category status_category, action status_action, first_status acme_code,
	meaning status_category GENERATED ALWAYS AS (builtin_code_category(status)) STORED
);
CREATE INDEX ON jobs (status);
CREATE INDEX jobs_hash ON jobs USING hash (status);
CREATE TABLE codes (status status_code NOT NULL, category status_category, n integer);
CREATE UNIQUE INDEX codes_key ON codes (status);
ALTER TABLE codes REPLICA IDENTITY USING INDEX codes_key;
CREATE TABLE every_column (status status_code, category status_category, action status_action);
ALTER TABLE every_column REPLICA IDENTITY FULL;
CREATE INDEX ON every_column (status);
CREATE TABLE keyed (provider acme_code, status status_code, note text, PRIMARY KEY (status, provider));
CREATE TABLE parts (status status_code PRIMARY KEY, n integer) PARTITION BY LIST (status);
CREATE TABLE parts_syncfy PARTITION OF parts FOR VALUES IN ('syncfy:401', 'syncfy:410', 'syncfy:200');
CREATE TABLE parts_other PARTITION OF parts DEFAULT;
CREATE TABLE histories (id integer PRIMARY KEY, statuses status_code[], categories status_category[]);
CREATE INDEX ON histories USING gin (statuses);
