# The comparisons of test/bench still run, on the fewest rows that will do: their figures say nothing here.
use strict;
use warnings;

use PostgreSQL::Test::Utils;
use Test::More;

PostgreSQL::Test::Utils::command_checks_all(
	[ 'bash', 'test/bench/run', 20000, 1 ],
	0,
	[ qr/^ filter is_retryable\(\) over no-op, sequential +\|/m, qr/^ call, catalog of 10,000 codes over 100/m,
		qr/^ one job by its key, prepared: 10,000 overrides over none +\|/m,
		qr/^ one job by its key and a predicate, planned each time: 10,000 overrides over none +\|/m,
		qr/^ first call in a session: code_description\(\) over no-op +\|/m,
		qr/^\d+ bounds met, \d+ missed$/m ],
	[qr/^Measuring$/m],
	'all lines of the table');

done_testing();
