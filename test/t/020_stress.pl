# The stress test, for a short time. test/stress/run runs it for as long as it is told, on a server of its own.
use strict;
use warnings;

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
plan skip_all => 'pgbench knows no serialization failures' if $node->pg_version < 15;

# As a run that was killed leaves it.
$node->safe_psql('postgres', 'CREATE DATABASE provider_codes_stress');

$node->command_checks_all(
	[ 'bash', 'test/stress/stress.sh', 10 ],
	0,
	[   qr/^transactions [1-9][0-9]{2,}, /m, qr/^stale 0$/m, qr/^torn 0$/m, qr/^moved 0$/m,
		qr/^read whole [1-9][0-9]* times, by key [1-9][0-9]* times$/m,
		qr/^memory growth -?[0-9]+ kB, -?[0-9]+ kB of it for overrides$/m ],
	[qr/^$/],
	'8 clients for 10 seconds');

$node->stop;
done_testing();
