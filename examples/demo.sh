#!/bin/bash
# Shows the extension at work in a throwaway database on Debian 12. Installs the packages that are missing, and nothing else.
set -euo pipefail
here=$(dirname "$0")
# shellcheck source=test/lib/debian.sh
. "$here/../test/lib/debian.sh"
# shellcheck source=test/lib/postgres.sh
. "$here/../test/lib/postgres.sh"

trap clean_up EXIT

# Builds and starts without a word, unless a step fails: what matters here comes after.
prepare() {
	echo 'Building the extension and starting a throwaway server'
	{ build_extension && start_server; } >"$work/prepare.log" 2>&1 || { cat "$work/prepare.log"; return 1; }
}

install_packages
make_workspace
prepare
as_server psql -X -q -v ON_ERROR_STOP=1 -v keep=1 -c 'CREATE EXTENSION provider_codes' -f src/examples/demo.sql

if [ -t 0 ]; then
	printf '\nThis is psql on the same database, with its tables sync_jobs and strict_jobs, which is removed when you leave it with \\q.\n'
	# Not as_server: a prompt needs the terminal.
	"${runner[@]}" env -i -C "$work" "${environment[@]}" psql -X
else
	printf '\nRun "bash examples/demo.sh" in a terminal to get a psql prompt on this database.\n'
fi
