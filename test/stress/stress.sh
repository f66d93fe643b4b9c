#!/bin/bash
# Changes overrides from 8 clients at once, at all isolation levels, and compares in every statement what the functions
# say with what the table says. Ends with these lines, and with status 1 where anything but 0 is wrong or memory grew:
#
#   transactions N, N of them given up as not serializable
#   stale N    statements in which a function said something else than the table
#   torn N     statements in which functions said things of different moments
#   moved N    statements in which an answer was another than before under the same snapshot
#   read whole N times, by key N times    by statements that ask about all sets
#   memory growth N kB, N kB of it for overrides    in the session that grew most
#
# Usage: bash test/stress/stress.sh [SECONDS]
#
# The server is the one that PGHOST, PGPORT and PGUSER (a superuser) lead to; it has the extension installed, and psql and
# pgbench of 15 or later are in PATH. test/stress/run starts such a server. A database is made for the run and dropped
# afterwards; one that is left of a run that was killed is dropped before.
set -euo pipefail
cd "$(dirname "$0")"

seconds=${1:-10}
PGOPTIONS=${PGOPTIONS-}
export PGDATABASE=provider_codes_stress
# A client that pgbench gives up keeps its session, and so its locks, for which others would wait for ever.
PGOPTIONS+=' -c log_statement=none -c client_min_messages=warning -c idle_session_timeout=10s'
export PGOPTIONS+=' -c idle_in_transaction_session_timeout=10s'
psql() { command psql -XqAt -v ON_ERROR_STOP=1 "$@"; }

dropdb --if-exists "$PGDATABASE"
createdb "$PGDATABASE"
work=$(mktemp -d)
trap 'wait; rm -rf "$work"; dropdb "$PGDATABASE"' EXIT
psql -f setup.sql >"$work/setup"

# pgbench includes no files: what the scripts share is put in here.
for script in *.sql; do
	sed -e '/^-- include lock$/r lock.part' -e '/^-- include begin$/r begin.part' \
		-e '/^-- include ask$/r ask.part' -e '/^-- include end$/r end.part' "$script" >"$work/$script"
done

# Half of the clients send texts, the other half prepared statements, whose plans stay. Each has a thread, because one that
# waits for a lock while it prepares a statement would keep the thread's others from going on, the lock's holder too.
scripts=()
for share in read@25 read_alone@20 noise@15 update@15 update_parts@5 savepoints@5 replace@5 truncate@4 within@3 memory@5; do
	scripts+=(-f "$work/${share/@/.sql@}")
done
failed=0
# Runs four clients in each mode for $1 seconds.
run_clients() {
	local mode pid pids=()
	for mode in simple prepared; do
		pgbench --no-vacuum --client=4 --jobs=4 --time="$1" --protocol="$mode" \
			"${scripts[@]}" \
			>>"$work/$mode.log" 2>>"$work/$mode.err" &
		pids+=($!)
	done
	for pid in "${pids[@]}"; do wait "$pid" || failed=1; done
}
sum() { awk -F': ' -v what="$1" '$1 == what { n += $2 } END { print n + 0 }' "$work"/*.log; }

run_clients "$seconds"
# On a machine that has much else to do, longer: only one transaction in twenty looks at a session's memory.
while [ "$failed" -eq 0 ] && [ "$(sum 'number of transactions actually processed')" -lt 2000 ]; do
	seconds=$((4 * seconds))
	run_clients "$seconds"
done
sed '/^pgbench (/d' "$work"/*.err | sort | uniq -c | sort -rn | head -n 20

transactions=$(sum 'number of transactions actually processed')
refused=$(sum 'number of failed transactions')
read -r stale torn moved <<<"$(psql -F' ' -c \
	'SELECT s.last_value, t.last_value, m.last_value FROM stress.stale AS s, stress.torn AS t, stress.moved AS m')"
# A session's mean in the last fifth of its looks over that in the second: what overrides take depends on what is in them.
read -r growth own <<<"$(psql -F' ' -c "
	SELECT ceil(max(last_all - first_all) / 1024), ceil(max(last_rows - first_rows) / 1024)
	FROM (
		SELECT avg(all_bytes) FILTER (WHERE fifth = 2), avg(rows_bytes) FILTER (WHERE fifth = 2),
			avg(all_bytes) FILTER (WHERE fifth = 5), avg(rows_bytes) FILTER (WHERE fifth = 5)
		FROM (SELECT *, ntile(5) OVER (PARTITION BY backend ORDER BY taken_at) AS fifth FROM stress.memory) AS m
		GROUP BY backend
	) AS g (first_all, first_rows, last_all, last_rows)")"

echo "transactions $transactions, $refused of them given up as not serializable"
echo "stale $stale"
echo "torn $torn"
echo "moved $moved"
read -r whole by_key <<<"$(psql -F' ' -c 'SELECT count(*) FILTER (WHERE whole = 1),
	count(*) FILTER (WHERE whole = 0 AND by_key > 0) FROM stress.memory')"
echo "read whole $whole times, by key $by_key times"
echo "memory growth $growth kB, $own kB of it for overrides"
[ "$failed" -eq 0 ] && [ "$transactions" -gt 0 ] && [ "$stale$torn$moved" = 000 ] && [ "$whole" -gt 0 ] && [ "$by_key" -gt 0 ] &&
	[ "$own" -le 64 ] &&
	# During their first thousands of transactions, sessions fill the server's own caches.
	{ [ "$transactions" -lt 20000 ] || [ "$growth" -le 64 ]; }
