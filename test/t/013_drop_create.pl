# Sessions that stay connected while the override table is dropped, created again, moved or altered. Each check compares a
# function with a subquery on the table in one statement.
use strict;
use warnings;

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(usleep);

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', 'autovacuum = off');
$node->start;
$node->safe_psql('postgres', 'CREATE SCHEMA other; CREATE EXTENSION provider_codes');

my %session = map { $_ => $node->background_psql('postgres', on_error_stop => 0) } qw(owner first second);
my $table = 'status_code_overrides';

# Runs statements in a session; dies at an error.
sub in_session
{
	my ($name, $sql) = @_;
	return $session{$name}->query_safe($sql);
}

# Returns the error that a statement raises in a session.
sub error_in_session
{
	my ($name, $sql) = @_;
	$session{$name}->query($sql);
	my $error = $session{$name}->{stderr};
	$session{$name}->{stderr} = '';
	return $error;
}

# Checks the description that a session sees, by function and by subquery, in a new and in a prepared statement; '' stands
# for NULL.
sub check_description
{
	my ($name, $expected, $test) = @_;
	local $Test::Builder::Level = $Test::Builder::Level + 1;
	is( in_session($name, <<"SQL"), "$expected|$expected\n$expected", "$test, session $name");
SELECT code_description('acme:1'), (SELECT description FROM $table WHERE status = 'acme:1');
EXECUTE description
SQL
	return;
}

sub check_all_descriptions
{
	my ($expected, $test) = @_;
	local $Test::Builder::Level = $Test::Builder::Level + 1;
	check_description($_, $expected, $test) for sort keys %session;
	return;
}

sub change
{
	my ($description) = @_;
	return "INSERT INTO $table (status, name, title, description) VALUES ('acme:1', 'the name', 'the title', '$description') "
	  . 'ON CONFLICT (status) DO UPDATE SET description = EXCLUDED.description';
}

# Waits until a session waits for a lock.
sub wait_for_wait
{
	my ($pid) = @_;
	$node->poll_query_until('postgres', "SELECT wait_event_type = 'Lock' FROM pg_stat_activity WHERE pid = $pid")
	  or die "process $pid does not wait";
	return;
}

my $recreate = 'DROP EXTENSION provider_codes; CREATE EXTENSION provider_codes';

in_session($_, <<'SQL') for keys %session;
SET search_path = public, other;
SET client_min_messages = warning;
PREPARE description AS SELECT code_description('acme:1');
SQL

# DROP and CREATE EXTENSION.
in_session('owner', change('first table'));
check_all_descriptions('first table', 'before DROP EXTENSION');
in_session('owner', 'DROP EXTENSION provider_codes');
like(error_in_session($_, 'EXECUTE description'), qr/does not exist/, "DROP EXTENSION, session $_") for sort keys %session;
in_session('owner', 'CREATE EXTENSION provider_codes');
check_all_descriptions('', 'CREATE EXTENSION');
in_session('first', change('second table'));
check_all_descriptions('second table', '... and a row');

in_session('owner', "BEGIN; $recreate; " . change('third table'));
check_description('owner', 'third table', 'DROP and CREATE EXTENSION in a transaction');
in_session('owner', 'ROLLBACK');
check_all_descriptions('second table', '... rolled back');
in_session('owner', "BEGIN; SAVEPOINT s; $recreate; " . change('third table'));
check_description('owner', 'third table', 'DROP and CREATE EXTENSION after a savepoint');
in_session('owner', 'ROLLBACK TO s');
check_description('owner', 'second table', '... rolled back');
in_session('owner', change('second table, changed'));
check_description('owner', 'second table, changed', '... and a change after that');
in_session('owner', 'COMMIT');
check_all_descriptions('second table, changed', '... committed');
in_session('owner', "BEGIN; $recreate; " . change('third table') . '; COMMIT');
check_all_descriptions('third table', 'DROP and CREATE EXTENSION in a transaction, committed');
in_session('owner', "BEGIN; $recreate; SAVEPOINT s; DROP EXTENSION provider_codes; ROLLBACK TO s; COMMIT");
check_all_descriptions('', 'DROP EXTENSION after a savepoint, rolled back');

# A session waits for the lock, then finds the table dropped and a new one in its place, which is empty for its snapshot.
in_session('owner', change('fourth table'));
check_all_descriptions('fourth table', 'before DROP EXTENSION while another session waits');
my $pid = in_session('first', 'SELECT pg_backend_pid()');
in_session('owner', "BEGIN; $recreate; " . change('fifth table'));
$session{first}->query_until(qr//, "SELECT coalesce(code_description('acme:1'), 'no row');\n");
wait_for_wait($pid);
in_session('owner', 'COMMIT');
is(in_session('first', 'SELECT 1'), "no row\n1", 'DROP and CREATE EXTENSION while another session waits');
check_all_descriptions('fifth table', '... and then');

# The same without a new table.
in_session('owner', 'BEGIN; DROP EXTENSION provider_codes');
$session{first}->query_until(qr//, "SELECT code_description('acme:1');\n");
wait_for_wait($pid);
in_session('owner', 'COMMIT');
like(error_in_session('first', ''), qr{ERROR:  table "status_code_overrides" does not exist}, 'DROP EXTENSION while another session waits');
in_session('owner', 'CREATE EXTENSION provider_codes; ' . change('sixth table'));
check_all_descriptions('sixth table', 'CREATE EXTENSION after that');

# Another schema and another name, of the extension and of the table alone.
in_session('owner', 'ALTER EXTENSION provider_codes SET SCHEMA other');
check_all_descriptions('sixth table', 'ALTER EXTENSION SET SCHEMA');
in_session('second', change('other schema'));
check_all_descriptions('other schema', '... and a change');
$table = 'corrections';
in_session('owner', 'ALTER TABLE status_code_overrides RENAME TO corrections');
check_all_descriptions('other schema', 'ALTER TABLE RENAME');
in_session('owner', "CREATE TABLE status_code_overrides (LIKE corrections);
	INSERT INTO status_code_overrides SELECT * FROM corrections;
	UPDATE status_code_overrides SET description = 'impostor'");
check_all_descriptions('other schema', '... and another table of the old name');
in_session('second', change('other name'));
check_all_descriptions('other name', '... and a change');
in_session('owner', 'DROP TABLE status_code_overrides; ALTER TABLE corrections RENAME TO status_code_overrides');
$table = 'status_code_overrides';
in_session('owner', 'ALTER EXTENSION provider_codes SET SCHEMA public; ALTER TABLE status_code_overrides SET SCHEMA other');
check_all_descriptions('other name', 'ALTER TABLE SET SCHEMA');
in_session('owner', 'ALTER TABLE status_code_overrides SET SCHEMA public');

# The table is rewritten, and columns change their places.
for my $sql ('VACUUM FULL status_code_overrides', 'CLUSTER status_code_overrides USING status_code_overrides_pkey',
	'ALTER TABLE status_code_overrides SET UNLOGGED', 'ALTER TABLE status_code_overrides SET LOGGED',
	'ALTER TABLE status_code_overrides DROP COLUMN note', 'ALTER TABLE status_code_overrides ADD COLUMN note text',
	'ALTER TABLE status_code_overrides ADD COLUMN added integer DEFAULT 1', 'ALTER TABLE status_code_overrides DROP COLUMN added')
{
	in_session('owner', $sql);
	check_all_descriptions('other name', $sql);
}
my $name_and_title = "SELECT code_name(status), code_title(status), name, title FROM $table";
my $swap = 'ALTER TABLE status_code_overrides RENAME name TO swapped;
	ALTER TABLE status_code_overrides RENAME title TO name;
	ALTER TABLE status_code_overrides RENAME swapped TO title';
in_session('owner', "BEGIN; $swap; COMMIT");
is(in_session($_, $name_and_title), 'the title|the name|the title|the name', "columns swapped, session $_") for sort keys %session;
in_session('owner', "BEGIN; $swap");
is(in_session('owner', $name_and_title), 'the name|the title|the name|the title', 'columns swapped, in a transaction');
in_session('owner', 'ROLLBACK');
is(in_session($_, $name_and_title), 'the title|the name|the title|the name', "... rolled back, session $_") for sort keys %session;
in_session('owner', "BEGIN; $swap; COMMIT");
is(in_session($_, $name_and_title), 'the name|the title|the name|the title', "columns swapped again, session $_")
  for sort keys %session;

in_session('owner', 'ALTER TABLE status_code_overrides RENAME description TO explanation');
like(
	error_in_session($_, 'EXECUTE description'),
	qr/ERROR:  table "status_code_overrides" of extension "provider_codes" has no column "description" of type text/,
	"column missing, session $_") for sort keys %session;
in_session('owner', 'ALTER TABLE status_code_overrides RENAME explanation TO description');
check_all_descriptions('other name', 'column back');

# An idle session whose queue of invalidation messages overflows, so that this change's message is lost to it.
check_description('first', 'other name', 'before messages are lost');
in_session('owner', 'SELECT pg_advisory_lock(1)');
$session{first}->query_until(qr//, "SELECT pg_advisory_lock_shared(1);\n");
wait_for_wait($pid);
in_session('owner', <<"SQL");
BEGIN; $swap; COMMIT;
DO \$\$
BEGIN
	FOR i IN 1 .. 500 LOOP
		CREATE TEMP TABLE many (i integer PRIMARY KEY, t text);
		DROP TABLE many;
	END LOOP;
END
\$\$;
SELECT pg_advisory_unlock(1)
SQL
is(in_session('first', $name_and_title), "\nthe title|the name|the title|the name", 'columns swapped, and the message lost');
in_session('owner', "BEGIN; $swap; COMMIT");

# TRUNCATE removes rows for older snapshots, too. The cursor's query does not keep the table open.
in_session('first', <<'SQL');
CREATE FUNCTION current_row() RETURNS text LANGUAGE plpgsql STABLE AS
	$$ BEGIN RETURN (SELECT description FROM status_code_overrides WHERE status = 'acme:1'); END $$;
SQL
in_session('first', change('before TRUNCATE'));
in_session('first', <<'SQL');
BEGIN;
DECLARE c CURSOR FOR SELECT code_description('acme:1'), current_row() FROM generate_series(1, 10) AS i;
SQL
is(in_session('first', 'FETCH c'), 'before TRUNCATE|before TRUNCATE', 'cursor before TRUNCATE');
in_session('first', 'SAVEPOINT s; TRUNCATE status_code_overrides');
is(in_session('first', 'FETCH c'), '|', '... after it');
check_description('first', '', '... and outside of the cursor');
in_session('first', 'ROLLBACK TO s');
is(in_session('first', 'FETCH c'), 'before TRUNCATE|before TRUNCATE', '... after rollback to a savepoint');
check_description('first', 'before TRUNCATE', '... and outside of the cursor');
in_session('first', 'COMMIT');

$_->quit for values %session;
done_testing();
