# shellcheck shell=bash
# Builds the pages of examples/dashboard over sample jobs, in the workspace and on the server of postgres.sh.

# shellcheck disable=SC2034 # for whoever serves them
serve=(node_modules/.bin/vite preview --outDir build --host 127.0.0.1 --strictPort --port) # and the port, in_pages

# Whether this machine has npm, where the server's user finds it.
has_npm() {
	[ -x /usr/bin/npm ]
}

# Whether something answers at a port of this machine.
is_busy() {
	(exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# Starts the server, with the sample jobs and the views, and builds the pages from them. Says of each step that it goes on, and
# what its programs say only where one fails.
prepare_dashboard() {
	# shellcheck disable=SC2154 # make_workspace() sets it
	pages=$work/src/examples/dashboard
	step 'Building the extension' build_extension
	step 'Starting a throwaway server, with sample jobs' start_with_jobs
	step 'Fetching Evidence with all that it needs, 550 MB' fetch_evidence
	step 'Reading the views' within 300 'a query of sources/jobs that fails makes Evidence wait for ever' npm run sources
	step 'Building the pages, which takes minutes' within 1800 'this machine may be too busy' npm run build
}

step() {
	echo "$1"
	with_progress "$1" quietly "${@:2}"
}

quietly() {
	local status=0
	"$@" >"$work/quiet.log" 2>&1 || status=$?
	[ "$status" -eq 0 ] || cat "$work/quiet.log"
	return "$status"
}

start_with_jobs() {
	start_server &&
		as_server psql -X -v ON_ERROR_STOP=1 -c 'CREATE EXTENSION provider_codes' \
			-f "$pages/sample_jobs.sql" -f "$work/src/examples/dashboard_views.sql"
}

# Fetches what the lock file says, as the caller, whose settings may tell how to reach the registry; none of it runs yet. npm
# keeps nothing outside of the workspace.
fetch_evidence() {
	(cd "$pages" && npm ci --cache "$work/npm" --ignore-scripts --no-audit --no-fund --no-update-notifier)
}

# Runs a command among the pages, for so many seconds at most. $2 is what to think of where they do not suffice.
within() {
	local status=0
	in_pages timeout "$1" "${@:3}" || status=$?
	[ "$status" -ne 124 ] || echo "TIMEOUT: \"${*:3}\" did not end within $1 seconds; $2."
	return "$status"
}

# Runs a command among the pages, as the server's user.
in_pages() {
	as_server env -C "$pages" SEND_ANONYMOUS_USAGE_STATS=no EVIDENCE_SOURCE__jobs__host="$work" \
		EVIDENCE_SOURCE__jobs__database=postgres EVIDENCE_SOURCE__jobs__user=postgres "$@"
}
