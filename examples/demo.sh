#!/bin/bash
# Demonstrates the extension in a throwaway database on Debian 12 or 13. Installs missing packages and nothing else.
set -euo pipefail
here=$(dirname "$0")
# shellcheck source=test/lib/debian.sh
. "$here/../test/lib/debian.sh"
# shellcheck source=test/lib/postgres.sh
. "$here/../test/lib/postgres.sh"

exec 5>&1 # where finish writes to even if a signal comes while prepare writes to its file

# Says that nothing is left once something was there.
finish() {
	clean_up
	[ -z "$work" ] || echo 'The database, its server and their files have been removed. Installed packages stay.' >&5
}
trap finish EXIT

# Builds the extension and starts the server. Prints their output only if a step fails.
prepare() {
	{ build_extension && start_server; } >"$work/prepare.log" 2>&1 || { cat "$work/prepare.log"; return 1; }
}

make_options=(with_llvm=no) # that would take as long as all the rest
echo "A demonstration on a throwaway server of PostgreSQL $major. It takes half a minute once its packages are installed."
install_packages 5>&-
make_workspace
echo 'Building the extension and starting the server'
with_progress building prepare
as_server env -C src psql -X -q -v ON_ERROR_STOP=1 -v keep=1 -c 'CREATE EXTENSION provider_codes' -f examples/demo.sql

if [ -t 0 ] && [ -t 1 ]; then
	printf '\n%s\n' 'All of the above is in examples/demo.sql. This is psql on the same database, with the tables sync_jobs and strict_jobs.' \
		"Try, for example:  SELECT status, label, category, action FROM status_codes WHERE code = '401';" \
		'Leave it with \q; the database is then removed.'
	# as_server would detach psql from the terminal.
	"${runner[@]}" env -i -C "$work" "${environment[@]}" psql -X -P null=- -P format=wrapped
else
	printf '\nRun "bash examples/demo.sh" in a terminal to get a psql prompt on this database.\n'
fi
