# shellcheck shell=bash
# Runs the tests on the server that postgres.sh started, counts them, and prints the closing line.

passed=0 failed=0 skipped=0

# What makes installcheck run one kind of test alone: one that runs several ends at the first that fails. TAP scripts start
# servers of their own, so that two can run at a time.
declare -A alone=(
	[regression]='ISOLATION= TAP_TESTS='
	[isolation]='REGRESS= TAP_TESTS='
	[TAP]='REGRESS= ISOLATION= PROVE_FLAGS=--jobs=2'
)

# Runs all kinds of tests: TAP tests beside the two that use the server. No test at all is a failure.
run_tests() {
	local kind job jobs=()
	start_kinds regression isolation
	jobs+=("$!")
	start_kinds TAP
	jobs+=("$!")
	for job in "${jobs[@]}"; do wait "$job" || true; done
	for kind in regression isolation TAP; do
		# shellcheck disable=SC2154 # postgres.sh sets root and work
		count_tests "$root$work/$kind.log" "$(cat "$root$work/$kind.status" || echo 1)"
		[ ! -e "$root$work/$kind.failures" ] || cat "$root$work/$kind.failures"
	done
	[ $((passed + failed + skipped)) -gt 0 ] || failed=1
}

# Starts a process that runs kinds of tests one after the other.
start_kinds() {
	# shellcheck disable=SC2016,SC2154 # $0 and $@ are the inner shell's; postgres.sh sets make
	start_as_server bash -o pipefail -c '. src/test/lib/progress.sh; . src/test/lib/results.sh
		for kind in $0; do run_kind "$kind" "$@"; done' "$*" "${make[@]}"
}

# Runs kind $1 by the make command that follows. Leaves in the working directory, which is the workspace, files of the kind's
# name: log, status and, where a test failed, failures. The next kind may overwrite what they show.
run_kind() {
	local kind=$1 status=0
	shift
	# shellcheck disable=SC2086 # words
	"$@" ${alone[$kind]} installcheck 2>&1 | tee "$kind.log" | pass_on "$kind: " || status=$?
	echo "$status" >"$kind.status"
	[ "$status" -eq 0 ] || show_failures src "$kind" >"$kind.failures"
}

# Adds up the tests in output $1 of an installcheck that ended with status $2. A unit is a file: a regression test, an
# isolation spec or a TAP script. pg_regress prints "test NAME ... ok" up to 15 and "ok 1 - NAME" from 16 on, prove
# "NAME.pl .. ok". Where a program broke off and names no failed test, that is one failure. So are TAP tests that a server
# built without them only mentions: make succeeds.
count_tests() {
	local p f s
	read -r p f s <<<"$(awk -v status="$2" '
		/^(test +| +)[^ ]+ +\.\.\. ok/                { p++ }
		/^(test +| +)[^ ]+ +\.\.\. (FAILED|failed)/   { f++ }
		/^ok [0-9]+ +[-+] /                           { p++ }
		/^not ok [0-9]+ +[-+] /                       { f++ }
		/^[^ ]+\.pl \.+ /                             { if (/ ok/) p++; else if (/ skipped/) s++; else f++ }
		/^TAP tests not enabled/                      { f++ }
		END { if (status && !f) f = 1; print p + 0, f + 0, s + 0 }' "$1")"
	passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
}

# Shows, for the sources in directory $1, how answers of kind $2 differ from the expected ones, or what failed scripts logged.
show_failures() {
	case $2 in
		TAP)
			find "$1" -name 'regress_log_*' -exec grep -lZE 'not ok|Looks like' {} + | xargs -r0 tail -n 40 ||
				true # none of them says so
			;;
		*) find "$1" -name regression.diffs -exec cat {} + ;;
	esac
}

# Counts a test that the words are the command of.
count_test() {
	if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
}

# The line that callers read. Where everything was skipped, nothing has been shown to work.
closing_line() {
	echo "$passed passed, $failed failed, $skipped skipped"
	[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
}

# From here on, whatever ends the script removes its workspace first, and then prints the closing line. A command that ends it
# early is a failure more. A signal leaves no result, and no such line.
end_with_closing_line() {
	stopped=0 # the status of a run that a signal ends
	trap 'finish $?' EXIT
	trap 'stopped=130; exit' INT
	trap 'stopped=143; exit' TERM HUP
}

# What happens then. $1 is the status that the script ends with.
finish() {
	clean_up # postgres.sh's
	[ "$stopped" -eq 0 ] || { echo 'Stopped before the end: no result' >&2; exit "$stopped"; }
	[ "$1" -eq 0 ] || failed=$((failed + 1))
	closing_line || exit 1
}
