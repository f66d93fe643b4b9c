# Sessions that stay while the table of overrides goes, comes back, moves or is changed. Each question puts the function
# next to a sub-select on the table in one statement.
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

# Runs statements in a session; an error ends the test.
sub in_session
{
	my ($name, $sql) = @_;
	return $session{$name}->query_safe($sql);
}

# The error that a statement raises in a session.
sub error_in_session
{
	my ($name, $sql) = @_;
	$session{$name}->query($sql);
	my $error = $session{$name}->{stderr};
	$session{$name}->{stderr} = '';
	return $error;
}

# Asks in a session and expects an answer, '' for none. Once as a new statement and once as a prepared one.
sub answers
{
	my ($name, $expected, $test) = @_;
	local $Test::Builder::Level = $Test::Builder::Level + 1;
	is( in_session($name, <<"SQL"), "$expected|$expected\n$expected", "$test, session $name");
SELECT code_description('acme:1'), (SELECT description FROM $table WHERE status = 'acme:1');
EXECUTE description
SQL
	return;
}

sub all_answer
{
	my ($expected, $test) = @_;
	local $Test::Builder::Level = $Test::Builder::Level + 1;
	answers($_, $expected, $test) for sort keys %session;
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
	  or die "process $pid doesn't wait";
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
all_answer('first table', 'before DROP EXTENSION');
in_session('owner', 'DROP EXTENSION provider_codes');
like(error_in_session($_, 'EXECUTE description'), qr/does not exist/, "DROP EXTENSION, session $_") for sort keys %session;
in_session('owner', 'CREATE EXTENSION provider_codes');
all_answer('', 'CREATE EXTENSION');
in_session('first', change('second table'));
all_answer('second table', '... and a row');

in_session('owner', "BEGIN; $recreate; " . change('third table'));
answers('owner', 'third table', 'DROP and CREATE EXTENSION in a transaction');
in_session('owner', 'ROLLBACK');
all_answer('second table', '... rolled back');
in_session('owner', "BEGIN; SAVEPOINT s; $recreate; " . change('third table'));
answers('owner', 'third table', 'DROP and CREATE EXTENSION after a savepoint');
in_session('owner', 'ROLLBACK TO s');
answers('owner', 'second table', '... rolled back');
in_session('owner', change('second table, changed'));
answers('owner', 'second table, changed', '... and a change after that');
in_session('owner', 'COMMIT');
all_answer('second table, changed', '... committed');
in_session('owner', "BEGIN; $recreate; " . change('third table') . '; COMMIT');
all_answer('third table', 'DROP and CREATE EXTENSION in a transaction, committed');
in_session('owner', "BEGIN; $recreate; SAVEPOINT s; DROP EXTENSION provider_codes; ROLLBACK TO s; COMMIT");
all_answer('', 'DROP EXTENSION after a savepoint, rolled back');

# A session that waits for the lock finds the table gone, and then another one. Under its snapshot that has no rows.
in_session('owner', change('fourth table'));
all_answer('fourth table', 'before DROP EXTENSION while another session waits');
my $pid = in_session('first', 'SELECT pg_backend_pid()');
in_session('owner', "BEGIN; $recreate; " . change('fifth table'));
$session{first}->query_until(qr//, "SELECT coalesce(code_description('acme:1'), 'no row');\n");
wait_for_wait($pid);
in_session('owner', 'COMMIT');
is(in_session('first', 'SELECT 1'), "no row\n1", 'DROP and CREATE EXTENSION while another session waits');
all_answer('fifth table', '... and then');

# The same with nothing in its place.
in_session('owner', 'BEGIN; DROP EXTENSION provider_codes');
$session{first}->query_until(qr//, "SELECT code_description('acme:1');\n");
wait_for_wait($pid);
in_session('owner', 'COMMIT');
like(error_in_session('first', ''), qr{ERROR:  table "status_code_overrides" does not exist}, 'DROP EXTENSION while another session waits');
in_session('owner', 'CREATE EXTENSION provider_codes; ' . change('sixth table'));
all_answer('sixth table', 'CREATE EXTENSION after that');

# Another schema, another name. The table alone may move as well.
in_session('owner', 'ALTER EXTENSION provider_codes SET SCHEMA other');
all_answer('sixth table', 'ALTER EXTENSION SET SCHEMA');
in_session('second', change('other schema'));
all_answer('other schema', '... and a change');
$table = 'corrections';
in_session('owner', 'ALTER TABLE status_code_overrides RENAME TO corrections');
all_answer('other schema', 'ALTER TABLE RENAME');
in_session('owner', "CREATE TABLE status_code_overrides (LIKE corrections);
	INSERT INTO status_code_overrides SELECT * FROM corrections;
	UPDATE status_code_overrides SET description = 'impostor'");
all_answer('other schema', '... and another table of the old name');
in_session('second', change('other name'));
all_answer('other name', '... and a change');
in_session('owner', 'DROP TABLE status_code_overrides; ALTER TABLE corrections RENAME TO status_code_overrides');
$table = 'status_code_overrides';
in_session('owner', 'ALTER EXTENSION provider_codes SET SCHEMA public; ALTER TABLE status_code_overrides SET SCHEMA other');
all_answer('other name', 'ALTER TABLE SET SCHEMA');
in_session('owner', 'ALTER TABLE status_code_overrides SET SCHEMA public');

# The table stored anew, and columns that are somewhere else.
for my $sql ('VACUUM FULL status_code_overrides', 'CLUSTER status_code_overrides USING status_code_overrides_pkey',
	'ALTER TABLE status_code_overrides SET UNLOGGED', 'ALTER TABLE status_code_overrides SET LOGGED',
	'ALTER TABLE status_code_overrides DROP COLUMN note', 'ALTER TABLE status_code_overrides ADD COLUMN note text',
	'ALTER TABLE status_code_overrides ADD COLUMN added integer DEFAULT 1', 'ALTER TABLE status_code_overrides DROP COLUMN added')
{
	in_session('owner', $sql);
	all_answer('other name', $sql);
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
all_answer('other name', 'column back');

# A session that has been told of so many changes that some were lost to it, this one too. It waits meanwhile.
answers('first', 'other name', 'before messages are lost');
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

# TRUNCATE takes rows away from older snapshots too. The cursor's query doesn't hold the table open.
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
answers('first', '', '... and outside of the cursor');
in_session('first', 'ROLLBACK TO s');
is(in_session('first', 'FETCH c'), 'before TRUNCATE|before TRUNCATE', '... after rollback to a savepoint');
answers('first', 'before TRUNCATE', '... and outside of the cursor');
in_session('first', 'COMMIT');

$_->quit for values %session;
done_testing();
