# shellcheck shell=bash
# Runs the tests on the server that postgres.sh started, counts them, and prints the closing line.

passed=0 failed=0 skipped=0

# Runs each kind of test by itself (regression, isolation, TAP), because one installcheck ends at the first that fails. No
# test at all is a failure.
run_tests() {
	local others status
	for others in 'ISOLATION= TAP_TESTS=' 'REGRESS= TAP_TESTS=' 'REGRESS= ISOLATION='; do
		status=0
		# shellcheck disable=SC2016,SC2086,SC2154 # $0 and $@ are the inner shell's; $others is two words; postgres.sh sets work, make
		as_server bash -o pipefail -c '. src/test/lib/progress.sh; "$@" 2>&1 | tee "$0" | pass_on' "$work/tests.log" \
			"${make[@]}" $others installcheck || status=$?
		count_tests "$root$work/tests.log" "$status"
		[ "$status" -eq 0 ] || show_failures "$root$work/src"
	done
	[ $((passed + failed + skipped)) -gt 0 ] || failed=1
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

# Shows, for the sources in directory $1, how answers differ from the expected ones, and what failed TAP scripts logged.
show_failures() {
	find "$1" -name regression.diffs -exec cat {} +
	find "$1" -name 'regress_log_*' -exec grep -lZE 'not ok|Looks like' {} + | xargs -r0 tail -n 40 ||
		true # none of them says so
}

# The line that callers read. Where everything was skipped, nothing has been shown to work.
closing_line() {
	echo "$passed passed, $failed failed, $skipped skipped"
	[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
}
