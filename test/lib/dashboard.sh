# shellcheck shell=bash
# Builds the pages of examples/dashboard over sample jobs, in the workspace and on the server of postgres.sh.

# shellcheck disable=SC2034 # for whoever serves them
serve=(node_modules/.bin/vite preview --outDir build --host 127.0.0.1 --strictPort --port) # and the port, in_pages

# Whether this machine has npm, where the server's user finds it.
has_npm() {
	[ -x /usr/bin/npm ]
}

# Starts the server, with the sample jobs and the views, and builds the pages from them. Tells of its steps, and what the
# programs say only where one fails.
prepare_dashboard() {
	# shellcheck disable=SC2154 # make_workspace() sets it
	pages=$work/src/examples/dashboard
	echo 'Building the extension and starting a throwaway server'
	quietly build_extension
	quietly start_server
	quietly as_server psql -X -v ON_ERROR_STOP=1 -c 'CREATE EXTENSION provider_codes' \
		-f "$pages/sample_jobs.sql" -f "$work/src/examples/dashboard_views.sql"
	echo 'Fetching Evidence with all that it needs, 550 MB'
	quietly fetch_evidence
	echo 'Building the pages'
	quietly in_pages timeout 120 npm run sources # an error in a query makes it wait for ever
	quietly in_pages timeout 600 npm run build
}

quietly() {
	"$@" >"$work/quiet.log" 2>&1 || { cat "$work/quiet.log"; return 1; }
}

# Fetches what the lock file says, as the caller, whose settings may tell how to reach the registry; none of it runs yet.
fetch_evidence() {
	(cd "$pages" && npm ci --ignore-scripts --no-audit --no-fund)
}

# Runs a command among the pages, as the server's user.
in_pages() {
	as_server env -C "$pages" SEND_ANONYMOUS_USAGE_STATS=no EVIDENCE_SOURCE__jobs__host="$work" \
		EVIDENCE_SOURCE__jobs__database=postgres EVIDENCE_SOURCE__jobs__user=postgres "$@"
}
