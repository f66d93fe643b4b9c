-- What kill.pl's clients write into: a table with indexes of all kinds, another that refers to it, partitions, and override rows.
CREATE EXTENSION provider_codes;
CREATE EXTENSION amcheck;

CREATE DOMAIN acme_code AS status_code CHECK (from_provider(VALUE, 'acme'));
CREATE TABLE jobs (
	client integer, n integer, status status_code NOT NULL, category status_category, history status_code[], first_status acme_code,
	PRIMARY KEY (client, n),
	UNIQUE (status, client, n),
	CONSTRAINT known_provider CHECK (code_provider(status) IN ('acme', 'syncfy')),
	CONSTRAINT category_of_status CHECK (category = coalesce(builtin_code_category(status), 'progress'))
);
CREATE INDEX ON jobs (status) INCLUDE (n);
CREATE INDEX ON jobs (builtin_code_category(status), status DESC);
CREATE INDEX ON jobs (status, n) WHERE builtin_is_retryable(status);
CREATE INDEX ON jobs (first_status);
CREATE INDEX jobs_hash ON jobs USING hash (status);
CREATE INDEX jobs_brin ON jobs USING brin (status) WITH (pages_per_range = 4);
CREATE INDEX jobs_gin ON jobs USING gin (history);

CREATE TABLE steps (
	client integer, n integer, step integer, status status_code NOT NULL,
	PRIMARY KEY (client, n, step),
	FOREIGN KEY (client, n) REFERENCES jobs ON DELETE CASCADE
) PARTITION BY HASH (client);
CREATE TABLE steps_0 PARTITION OF steps FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE steps_1 PARTITION OF steps FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE TABLE notes (status status_code, client integer, n integer) PARTITION BY LIST (code_provider(status));
CREATE TABLE notes_acme PARTITION OF notes FOR VALUES IN ('acme');
CREATE TABLE notes_other PARTITION OF notes DEFAULT;
CREATE INDEX ON notes (status, n);

INSERT INTO status_code_overrides (status, name, description)
SELECT status_code('acme', i), 'code ' || i, '0' FROM generate_series(1, 40) AS i;

-- A table that holds what the first n transactions of a client leave: see write.
CREATE FUNCTION expected_jobs(the_client integer, last integer) RETURNS TABLE (client integer, n integer, status status_code, category status_category,
	history status_code[], first_status acme_code) LANGUAGE sql STABLE AS $$
	SELECT the_client, i, s, coalesce(builtin_code_category(s), 'progress'), ARRAY[status_code('acme', i % 700), s],
		status_code('acme', i % 700)::acme_code
	FROM generate_series(1, last) AS i,
		LATERAL (SELECT CASE WHEN i = last THEN status_code('acme', i % 700) ELSE status_code('syncfy', i % 600) END) AS c (s)
	WHERE i % 10 <> 5 OR i + 5 > last
$$;

-- One transaction, the nth of a client: adds a job, changes the last one, removes an older one now and then.
CREATE PROCEDURE write(the_client integer, the_n integer) LANGUAGE plpgsql AS $$
DECLARE
	new CONSTANT status_code := status_code('acme', the_n % 700);
	changed CONSTANT status_code := status_code('syncfy', (the_n - 1) % 600);
BEGIN
	INSERT INTO jobs VALUES (the_client, the_n, new, coalesce(builtin_code_category(new), 'progress'), ARRAY[new, new], new);
	INSERT INTO steps SELECT the_client, the_n, i, status_code('acme', i) FROM generate_series(1, 2) AS i;
	INSERT INTO notes VALUES (new, the_client, the_n), (changed, the_client, the_n);
	UPDATE jobs SET status = changed, category = coalesce(builtin_code_category(changed), 'progress'), history[2] = changed
	WHERE client = the_client AND n = the_n - 1;
	IF the_n % 10 = 0 THEN
		DELETE FROM jobs WHERE client = the_client AND n = the_n - 5;
	END IF;
	IF the_client < 2 THEN
		PERFORM pg_advisory_xact_lock(1);
		UPDATE status_code_overrides SET description = the_client || ' ' || the_n;
	END IF;
END
$$;

-- What is wrong, a line each, with the counts of transactions that were acknowledged, per client from 0 on. A client's last
-- transaction may have been committed without that it came to know of it.
CREATE FUNCTION findings(acknowledged integer[]) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
	the_client integer;
	least integer;
	last integer;
	index record;
	part record;
BEGIN
	FOR the_client, least IN SELECT i - 1, n FROM unnest(acknowledged) WITH ORDINALITY AS a (n, i) LOOP
		last := (SELECT coalesce(max(n), 0) FROM jobs WHERE client = the_client);
		IF last NOT BETWEEN least AND least + 1 THEN
			RETURN NEXT format('client %s: %s transactions acknowledged, %s in the table', the_client, least, last);
		END IF;
		RETURN QUERY SELECT format('client %s: another row %s', the_client, r)
			FROM ((SELECT * FROM jobs WHERE client = the_client EXCEPT SELECT * FROM expected_jobs(the_client, last)) UNION ALL
				(SELECT * FROM expected_jobs(the_client, last) EXCEPT SELECT * FROM jobs WHERE client = the_client)) AS r LIMIT 3;
		RETURN QUERY SELECT format('client %s: torn at %s', the_client, e.n) FROM expected_jobs(the_client, last) AS e
			WHERE (SELECT count(*) FROM steps AS s WHERE (s.client, s.n) = (the_client, e.n)) <> 2
				OR (SELECT count(*) FROM notes AS s WHERE (s.client, s.n) = (the_client, e.n)) <> 2 LIMIT 3;
	END LOOP;

	RETURN QUERY SELECT format('step without a job: %s', s) FROM steps AS s
		WHERE NOT EXISTS (SELECT FROM jobs AS j WHERE (j.client, j.n) = (s.client, s.n));
	RETURN QUERY SELECT format('constraint broken by %s', j) FROM jobs AS j
		WHERE code_provider(status) NOT IN ('acme', 'syncfy') OR category <> coalesce(builtin_code_category(status), 'progress')
			OR NOT from_provider(first_status, 'acme');
	RETURN QUERY SELECT format('twice: %s', j) FROM (SELECT client, n FROM jobs GROUP BY client, n HAVING count(*) > 1) AS j;
	RETURN QUERY SELECT format('wrong partition: %s', n) FROM notes AS n
		WHERE (tableoid = 'notes_acme'::regclass) <> from_provider(status, 'acme');

	FOR index IN
		SELECT i.indexrelid::regclass AS name FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid
		WHERE c.relkind = 'i' AND c.relam = (SELECT oid FROM pg_am WHERE amname = 'btree') AND c.relpersistence = 'p' AND i.indisvalid
			AND (c.relnamespace = 'public'::regnamespace OR i.indrelid IN ('pg_statistic'::regclass, 'pg_depend'::regclass))
	LOOP
		BEGIN
			PERFORM bt_index_parent_check(index.name, true);
		EXCEPTION WHEN OTHERS THEN
			RETURN NEXT format('index %s: %s', index.name, SQLERRM);
		END;
	END LOOP;
	FOR part IN SELECT oid::regclass AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace LOOP
		RETURN QUERY SELECT format('table %s: %s', part.name, msg) FROM verify_heapam(part.name);
	END LOOP;

	RETURN QUERY SELECT format('overrides of %s generations', count(DISTINCT description))
		FROM status_code_overrides HAVING count(DISTINCT description) <> 1 OR count(*) <> 40;
	RETURN QUERY SELECT format('override of %s: the table has %s, the function says %s', status, description, code_description(status))
		FROM status_code_overrides WHERE code_description(status) IS DISTINCT FROM description;
END
$$;

-- Indexes that amcheck does not know: how many rows each value has, by the one that the settings allow.
CREATE VIEW by_index AS
SELECT md5(string_agg(s || ' ' || (SELECT count(*) FROM jobs WHERE status = s) || ' ' ||
	(SELECT count(*) FROM jobs WHERE history @> ARRAY[s]), ',' ORDER BY s)) AS counts
FROM (SELECT status_code('acme', i) AS s FROM generate_series(1, 50) AS i UNION ALL
	SELECT status_code('syncfy', i) FROM generate_series(1, 50) AS i) AS v;
