# Dumps contain the override rows and can be restored, by any role and with the extension in any schema. A restored
# database counts as equal if a dump of it is equal.
use strict;
use warnings;

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
$node->safe_psql('postgres', 'CREATE ROLE dba LOGIN; CREATE ROLE operator; CREATE ROLE reader LOGIN');
my $dir = PostgreSQL::Test::Utils::tempdir;

sub sql
{
	my ($database, $role, $sql) = @_;
	return $node->safe_psql($database, $sql, extra_params => [ '-U', $role ]);
}

# Returns a dump as text, without the random key of \restrict that newer releases write.
sub dump_of
{
	my ($database, $role) = @_;
	my $file = "$dir/compare.sql";
	$node->run_log([ 'pg_dump', '-U', $role, '-f', $file, $database ]) or die "can't dump $database";
	return join '', grep { !/^\\(un)?restrict / } split /^/, slurp_file($file);
}

# Compares the functions on every code in the tables with the override rows, and shows how rows are found.
my $results_query = q{
	SELECT id, status, code_name(status), o.name, code_description(status), o.description, code_category(status), o.category,
		is_retryable(status), o.retryable, code_retry_after(status), o.retry_after, is_known_code(status), o.updated_at, o.updated_by
	FROM (SELECT id, status FROM jobs UNION ALL SELECT id, status FROM listed UNION ALL SELECT id, status FROM hashed
		UNION ALL SELECT id, status FROM ranged) AS j
	LEFT JOIN status_code_overrides AS o USING (status)
	ORDER BY id, status};

# Codes of all kinds: catalog, variants, with and without a row, unknown.
my @codes = qw(syncfy:401 syncfy:205 syncfy:999 basiq:invalid-credentials basiq:invalid-credentials/locked-account
  basiq:access-denied foundry:403 http:503 acme:1 acme:other/variant);
my $values = join ', ', map { "($_, '$codes[$_]'::status_code)" } 0 .. $#codes;

# Fills a database as any role. The extension's schema must be in search_path.
sub fill
{
	my ($database, $role, $set_up) = @_;
	sql($database, $role, <<"SQL");
$set_up;
INSERT INTO status_code_overrides (status, name, description, category, action, retryable, retry_after, note, updated_at, updated_by)
VALUES
	('syncfy:401', NULL, 'corrected, with "quotes", ''apostrophes'', a tab\t, \\ and \N{U+e9}', NULL, NULL, NULL, NULL, NULL,
		'2001-02-03 04:05:06.789+00', 'somebody who left'),
	('acme:1', 'Busy', 'try later', 'rate_limit', 'retry', true, '1 mon 2 days 03:04:05.6', E'two\\nlines',
		'infinity', 'a role with "quotes"');
INSERT INTO status_code_overrides (status, description, user_messages)
VALUES ('acme:2', 'by default now, and by me', '{"es": "ma\N{U+f1}ana", "pt-BR": "amanh\N{U+e3}"}');
UPDATE status_code_overrides SET note = 'stamped' WHERE status = 'acme:2';

CREATE DOMAIN known_code AS status_code CHECK (builtin_is_known_code(VALUE));
CREATE TABLE jobs (
	id integer PRIMARY KEY,
	status status_code NOT NULL DEFAULT 'syncfy:100',
	history status_code[] CHECK (status = ANY (history)),
	known known_code,
	category status_category GENERATED ALWAYS AS (builtin_code_category(status)) STORED,
	wanted status_action DEFAULT 'retry',
	payload jsonb DEFAULT '[{"code": 100}, {"code": 401}]',
	reported status_code GENERATED ALWAYS AS (status_code_from_json('syncfy', payload)) STORED,
	CHECK (code_provider(status) <> 'nobody'),
	CONSTRAINT terminal CHECK (builtin_is_terminal(status) IS NOT NULL OR NOT builtin_is_known_code(status)
		OR code_provider(status) = 'basiq')
);
CREATE INDEX ON jobs (status);
CREATE INDEX ON jobs (reported);
CREATE FUNCTION keep_status() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER keep_status BEFORE UPDATE OF status ON jobs
	FOR EACH ROW WHEN (OLD.status <> NEW.status AND NOT status_can_follow(OLD.status, NEW.status)) EXECUTE FUNCTION keep_status();
CREATE INDEX ON jobs USING hash (status);
CREATE INDEX ON jobs USING brin (status);
CREATE INDEX ON jobs (category, status);
CREATE INDEX ON jobs (builtin_code_category(status), builtin_code_name(status));
CREATE INDEX ON jobs (id) WHERE builtin_is_retryable(status);
CREATE UNIQUE INDEX ON jobs (status) INCLUDE (wanted) WHERE builtin_code_action(status) = 'none' AND id < 3;
CREATE TABLE listed (id integer, status status_code NOT NULL) PARTITION BY LIST (status);
CREATE TABLE listed_some PARTITION OF listed FOR VALUES IN ('syncfy:401', 'acme:1', 'basiq:access-denied');
CREATE TABLE listed_others PARTITION OF listed DEFAULT;
CREATE TABLE hashed (id integer, status status_code NOT NULL, PRIMARY KEY (status, id)) PARTITION BY HASH (status);
CREATE TABLE hashed_0 PARTITION OF hashed FOR VALUES WITH (MODULUS 3, REMAINDER 0);
CREATE TABLE hashed_1 PARTITION OF hashed FOR VALUES WITH (MODULUS 3, REMAINDER 1);
CREATE TABLE hashed_2 PARTITION OF hashed FOR VALUES WITH (MODULUS 3, REMAINDER 2);
CREATE TABLE ranged (id integer, status status_code NOT NULL) PARTITION BY RANGE (status);
CREATE TABLE ranged_low PARTITION OF ranged FOR VALUES FROM (MINVALUE) TO ('foundry:0');
CREATE TABLE ranged_high PARTITION OF ranged FOR VALUES FROM ('foundry:0') TO (MAXVALUE);
CREATE TABLE by_category (id integer, category status_category) PARTITION BY LIST (category);
CREATE TABLE by_category_mfa PARTITION OF by_category FOR VALUES IN ('mfa', 'auth');
CREATE TABLE by_category_others PARTITION OF by_category DEFAULT;
CREATE VIEW descriptions AS
	SELECT id, code_description(status) AS now, builtin_code_description(status) AS built_in FROM jobs WHERE status <> 'syncfy:205';
CREATE MATERIALIZED VIEW built_in AS SELECT id, status, builtin_code_name(status) AS name FROM jobs WITH DATA;
CREATE VIEW joined AS SELECT j.id, c.description, o.note
	FROM jobs AS j LEFT JOIN status_codes AS c ON c.status = j.status::text LEFT JOIN status_code_overrides AS o ON o.status = j.status;
CREATE FUNCTION last_code(jobs) RETURNS status_code LANGUAGE sql IMMUTABLE AS 'SELECT \$1.history[1]';
INSERT INTO jobs (id, status, history, known)
	SELECT i, s, ARRAY[s, NULL, 'acme:1'], CASE WHEN builtin_is_known_code(s) THEN s END FROM (VALUES $values) AS v (i, s);
INSERT INTO listed VALUES $values;
INSERT INTO hashed VALUES $values;
INSERT INTO ranged VALUES $values;
INSERT INTO by_category SELECT id, category FROM jobs;
REFRESH MATERIALIZED VIEW built_in;
GRANT SELECT, INSERT ON status_code_overrides TO operator;
SQL
	return;
}

my %formats = (
	plain => ['-Fp'],
	custom => ['-Fc'],
	directory => [ '-Fd', '-j2' ],
	'plain with inserts' => [ '-Fp', '--column-inserts' ],
	'data apart from the schema' => ['-Fc']);

# Dumps a database in all formats as a role, restores each into a new database that the role owns, and compares.
sub dumps_and_restores
{
	my ($database, $role, $searched) = @_;
	my $contents = dump_of($database, $role);
	my $results = sql($database, $role, "SET search_path = $searched; $results_query");
	like($contents, qr/^syncfy:401\t.*\t2001-02-03 .*\tsomebody who left\b/m, "$database: dump holds override rows");
	like($results, qr/^0\|syncfy:401\|.*\|corrected, .*\|corrected, .*\|somebody who left$/m, '... which are answered');

	for my $format (sort keys %formats)
	{
		my $file = "$dir/$database.$format";
		my $copy = "copy of $database, $format";
		$node->safe_psql('postgres', qq{CREATE DATABASE "$copy" OWNER $role});
		$node->command_ok([ 'pg_dump', '-U', $role, @{ $formats{$format} }, '-f', $file, $database ], "$copy: dumped");

		my @parts = $format =~ /^plain/ ? () : $format =~ /apart/ ? (['-s'], ['-a']) : ([]);
		if (@parts)
		{
			$node->command_ok([ 'pg_restore', '-U', $role, '-e', @$_, '-d', $copy, $file ], "... restored @$_") for @parts;
		}
		else
		{
			$node->command_ok([ 'psql', '-XqAt', '-U', $role, '-v', 'ON_ERROR_STOP=1', '-d', $copy, '-f', $file ], '... restored');
		}
		my $restored = dump_of($copy, $role);
		ok($restored eq $contents, '... contents are identical') or show_difference($contents, $restored);
		is(sql($copy, $role, "SET search_path = $searched; $results_query"), $results, '... results are the same');
		is(sql($copy, $role, "SET search_path = $searched; SELECT provider_codes_checksum()"),
			sql($database, $role, "SET search_path = $searched; SELECT provider_codes_checksum()"),
			'... checksums are equal');
		is( sql($copy, $role, <<"SQL"), "by index\nmine|t", '... restored objects work');
SET search_path = $searched;
SET enable_seqscan = off;
SELECT 'by index' FROM jobs WHERE status = 'acme:1' AND builtin_code_category(status) IS NULL;
UPDATE status_code_overrides SET description = 'mine' WHERE status = 'acme:1'
	RETURNING (SELECT 'mine'), updated_by = current_user;
SQL
		is(sql($copy, 'reader', "SET search_path = $searched; SELECT code_description('acme:1')"), 'mine', '... and others read them');
		is($node->safe_psql($copy, "SELECT has_table_privilege('operator', o, 'INSERT'), has_table_privilege('operator', o, 'DELETE')
			FROM (SELECT extconfig[1] FROM pg_extension WHERE extname = 'provider_codes') AS e (o)"),
			't|f', '... and the rights that were granted');
	}
	return;
}

sub show_difference
{
	my ($expected, $got) = @_;
	append_to_file("$dir/expected", $expected);
	append_to_file("$dir/got", $got);
	diag(scalar `diff '$dir/expected' '$dir/got'`);
	return;
}

my $superuser = $node->safe_psql('postgres', 'SELECT current_user');

$node->safe_psql('postgres', 'CREATE DATABASE simple');
fill('simple', $superuser, 'CREATE EXTENSION provider_codes');
dumps_and_restores('simple', $superuser, 'public');

$node->safe_psql('postgres', 'CREATE DATABASE quoted');
fill('quoted', $superuser, <<'SQL');
CREATE SCHEMA "Needs Quoting";
CREATE SCHEMA "tables'";
CREATE EXTENSION provider_codes SCHEMA "Needs Quoting";
GRANT USAGE ON SCHEMA "Needs Quoting" TO reader;
SET search_path = "tables'", "Needs Quoting"
SQL
dumps_and_restores('quoted', $superuser, q{"tables'", "Needs Quoting"});

# The database's owner installs, dumps and restores without further privileges.
$node->safe_psql('postgres', 'CREATE DATABASE owned OWNER dba');
fill('owned', 'dba', <<'SQL');
CREATE SCHEMA mine;
CREATE EXTENSION provider_codes SCHEMA mine;
GRANT USAGE ON SCHEMA mine TO reader;
SET search_path = mine
SQL
dumps_and_restores('owned', 'dba', 'mine');

# pg_upgrade creates operator families in the order of this dump. To find the equality that belongs to the order of texts,
# the server takes the family with the lowest OID, and only the first of these families has it.
my $dump = "$dir/upgrade.sql";
$node->run_log([ 'pg_dump', '--binary-upgrade', '--schema-only', '-f', $dump, 'simple' ]) or die "can't dump for pg_upgrade";
is( join(' ', slurp_file($dump) =~ /^CREATE OPERATOR FAMILY public\.(status_code_(?:as_text_)?ops) USING btree;/mg),
	'status_code_as_text_ops status_code_ops', 'pg_upgrade makes the family of texts first');

# Dumps keep the table's owner and privileges: they name no role that has been dropped, the restoring role becomes the
# owner, and what was granted or revoked stays so.
$node->safe_psql('postgres', 'CREATE ROLE leaver LOGIN CREATEDB; CREATE ROLE heir LOGIN CREATEDB; CREATE DATABASE left_behind OWNER leaver');
sql('left_behind', 'leaver', <<'SQL');
CREATE EXTENSION provider_codes;
INSERT INTO status_code_overrides (status, name) VALUES ('acme:1', 'one');
GRANT INSERT, DELETE ON status_code_overrides TO operator WITH GRANT OPTION;
SQL

# Returns the table's owner, its privileges, and whether PUBLIC may read it and the views.
my $rights = q{
	SELECT c.relowner::regrole, (SELECT string_agg(a.grantee::regrole || ' ' || a.privilege_type || ' ' || a.is_grantable, ', '
			ORDER BY a.grantee::regrole::text, a.privilege_type) FROM aclexplode(c.relacl) AS a WHERE a.grantee NOT IN (0, c.relowner)),
		(SELECT bool_and(has_column_privilege('reader', attrelid, attnum, 'SELECT')) FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0),
		(SELECT bool_and(has_column_privilege('reader', attrelid, attnum, 'SELECT')) FROM pg_attribute
			WHERE attrelid IN ('status_codes'::regclass, 'status_code_documents'::regclass, 'status_code_override_review'::regclass)
				AND attnum > 0),
		has_table_privilege(c.relowner, c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE'),
		(SELECT string_agg(name, ',') FROM status_code_overrides)
	FROM pg_class AS c WHERE oid = (SELECT extconfig[1] FROM pg_extension WHERE extname = 'provider_codes')};
my $granted = 'operator DELETE true, operator INSERT true';

# Dumps a database as one role, restores it into a new one that another role owns, as that role, and compares privileges.
my $copies = 0;
sub restored_rights
{
	my ($database, $role, $restorer, $options, $expected, $test) = @_;
	my $copy = "rights $copies";
	my $file = "$dir/rights.$copies";
	$copies++;
	$node->safe_psql('postgres', qq{CREATE DATABASE "$copy" OWNER $restorer});
	$node->command_ok([ 'pg_dump', '-U', $role, @$options, '-f', $file, $database ], "$test: dumped");
	$node->command_ok([ 'psql', '-XqAt', '-U', $restorer, '-v', 'ON_ERROR_STOP=1', '-d', $copy, '-f', $file ], '... restored');
	unlike(slurp_file($file), qr/"[0-9]+"/, '... names no role that is gone');
	is($node->safe_psql($copy, $rights), $expected, '... rights');
	is(sql($copy, 'reader', "SELECT code_name('acme:1')"), 'one', '... and everyone is answered');
	$node->safe_psql('postgres', qq{DROP DATABASE "$copy"});
	return;
}

is($node->safe_psql('left_behind', $rights), "leaver|$granted|t|t|t|one", 'rights after a trusted installation');
restored_rights('left_behind', 'leaver', 'leaver', [], "leaver|$granted|t|t|t|one", 'by the owner');
restored_rights('left_behind', $superuser, $superuser, [], "$superuser|$granted|t|t|t|one", 'by a superuser');
restored_rights('left_behind', 'leaver', 'heir', ['--no-owner'], "heir|$granted|t|t|t|one", 'by another role, with --no-owner');
restored_rights('left_behind', 'leaver', 'heir', [ '--no-owner', '--no-privileges' ], 'heir||t|t|t|one', '... and --no-privileges');

# A role's objects are reassigned before it is dropped; then the new owner has all privileges.
$node->safe_psql('left_behind', 'REASSIGN OWNED BY leaver TO heir; DROP OWNED BY leaver');
$node->safe_psql('postgres', 'REASSIGN OWNED BY leaver TO heir; DROP OWNED BY leaver; DROP ROLE leaver');
is($node->safe_psql('left_behind', $rights), "heir|$granted|t|t|t|one", 'rights after the owner left');
is( sql('left_behind', 'heir', <<'SQL'), 'heir', '... and the next one writes');
UPDATE status_code_overrides SET title = 'two' WHERE status = 'acme:1' RETURNING updated_by;
SQL
restored_rights('left_behind', 'heir', 'heir', [], "heir|$granted|t|t|t|one", 'after the owner left');
restored_rights('left_behind', $superuser, 'dba', ['--no-owner'], "dba|$granted|t|t|t|one", '... by another role');
sql('left_behind', 'heir', 'REVOKE SELECT ON status_code_overrides FROM PUBLIC');
restored_rights('left_behind', 'heir', 'heir', [], "heir|$granted|f|t|t|one", 'what was revoked from everyone');
restored_rights('left_behind', 'heir', 'dba', ['--no-owner'], "dba|$granted|f|t|t|one", '... also by another role');
sql('left_behind', 'heir', 'GRANT SELECT ON status_code_overrides TO PUBLIC');
restored_rights('left_behind', 'heir', 'heir', [], "heir|$granted|t|t|t|one", '... and granted again');

# A dump for pg_upgrade does not name the dropped role, either.
$node->command_ok([ 'pg_dump', '-U', $superuser, '--binary-upgrade', '-s', '-f', "$dir/upgrade", 'left_behind' ], 'dump for pg_upgrade');
unlike(slurp_file("$dir/upgrade"), qr/leaver|TO "[0-9]|AUTHORIZATION "[0-9]/, '... names no role that is gone');

# The owner of a database in which another role installed the extension can dump it.
$node->safe_psql('postgres', 'CREATE DATABASE installed_by_superuser OWNER dba');
$node->safe_psql('installed_by_superuser', "CREATE EXTENSION provider_codes; INSERT INTO status_code_overrides (status, name) VALUES ('acme:1', 'one')");
restored_rights('installed_by_superuser', 'dba', 'dba', [], 'dba||t|t|t|one', 'by the owner of the database');

# The same for a superuser who is dropped.
$node->safe_psql('postgres', 'CREATE ROLE leaver SUPERUSER LOGIN; CREATE DATABASE left_by_superuser OWNER leaver');
sql('left_by_superuser', 'leaver', "CREATE EXTENSION provider_codes; INSERT INTO status_code_overrides (status, name) VALUES ('acme:1', 'one')");
$node->safe_psql('left_by_superuser', "REASSIGN OWNED BY leaver TO $superuser; DROP OWNED BY leaver");
$node->safe_psql('postgres', 'ALTER DATABASE left_by_superuser OWNER TO dba; DROP OWNED BY leaver; DROP ROLE leaver');
restored_rights('left_by_superuser', $superuser, $superuser, [], "$superuser||t|t|t|one", 'after a superuser left');
restored_rights('left_by_superuser', 'dba', 'dba', ['--no-owner'], 'dba||t|t|t|one', '... by another role');
$node->stop;

# The same in a cluster whose bootstrap superuser has another name.
my $other = PostgreSQL::Test::Cluster->new('other');
$other->init(extra => [ '-U', 'somebody_else' ]);
$other->append_conf('postgresql.conf', 'autovacuum = off');
{
	local $ENV{PGUSER} = 'somebody_else';
	$other->start;
	$other->safe_psql('postgres', 'CREATE ROLE carol LOGIN; CREATE ROLE operator; CREATE ROLE reader LOGIN; CREATE DATABASE copy OWNER carol');
	for my $number (0 .. $copies - 1)
	{
		my $file = "$dir/rights.$number";
		next if slurp_file($file) =~ /^ALTER .* OWNER TO /m; # a dump for the roles that it names
		$other->command_ok([ 'psql', '-XqAt', '-U', 'carol', '-v', 'ON_ERROR_STOP=1', '-d', 'copy', '-f', $file ], "dump $number in another cluster");
		$other->safe_psql('copy', 'DROP EXTENSION provider_codes');
	}
	$other->stop;
}

done_testing();
