# shellcheck shell=bash
# Runs tests on the workspace's server with assertions, one kind after another, and looks into what the server and valgrind logged.

# shellcheck disable=SC2034 # for whoever runs all
kinds=(asserts parallel valgrind)

# What the server logs of its own where it finds something: a failed assertion, a chunk of memory written beyond its end, a
# reference that a statement has not given back, the death of a process.
finding='TRAP:|problem in alloc set|problem in block|problem in slab| leak: |resource was not closed|was terminated by signal'

# Sets server_settings and start_options for a kind.
# shellcheck disable=SC2034 # for start_server
choose_settings() {
	# A line for each session with its process and test, and no processes but the tests'.
	server_settings=("log_line_prefix = '[%p] %a '" 'log_disconnections = on' 'autovacuum = off')
	start_options=()
	case $1 in
		asserts) ;;
		parallel)
			if [ "$major" -ge 16 ]; then
				server_settings+=('debug_parallel_query = regress')
			else
				server_settings+=('force_parallel_mode = regress')
			fi
			;;
		discard)
			[ "$major" -ge 14 ] || refuse "PostgreSQL $major throws its caches away only if it is compiled to do so."
			server_settings+=('debug_discard_caches = 1')
			;;
		valgrind) start_options=(-p "$work/src/test/memory/under_valgrind") ;;
		*) echo "There is no kind \"$1\"" >&2; exit 2 ;;
	esac
}

# Counts a test that $2 and the rest are the command of, which prints what it found; says how it ended.
count() {
	local name=$1
	shift
	if "$@"; then
		passed=$((passed + 1))
		echo "$name: ok"
	else
		failed=$((failed + 1))
		echo "$name: FAILED"
	fi
}

# The server's log tells of sessions, and of nothing wrong.
look_into_log() {
	grep -q ' disconnection: ' "$work/server.log" && ! grep -E -m 20 -A 10 "$finding" "$work/server.log"
}

# Valgrind has looked at every session, and found nothing. Otherwise shows the beginnings of what it found, each with the test.
look_into_valgrind() {
	local log process sessions processes status=0
	sessions=$(grep -c ' disconnection: ' "$work/server.log")
	processes=$(find "$work/valgrind" -name '*.log' | wc -l)
	echo "valgrind: $processes processes, $sessions of them sessions"
	for log in "$work/valgrind"/*.log; do
		[ -s "$log" ] || continue
		process=${log##*/}
		grep -F "[${process%.log}]" "$work/server.log" | grep -m 1 ' disconnection: ' || echo "process ${process%.log}, no session"
		head -n 60 "$log"
		status=1
	done
	[ "$processes" -gt "$sessions" ] && return "$status"
}

# Starts a server for kind $1.
start_kind() {
	choose_settings "$1"
	"${runner[@]}" mkdir "$work/valgrind"
	start_server || return
	background=$(list_processes)
}

# Lists the server's processes, without the postmaster; none where the kernel does not tell.
list_processes() {
	local process
	read -r process <"$work/data/postmaster.pid"
	{ tr ' ' '\n' | sort; } 2>/dev/null <"/proc/$process/task/$process/children" || true
}

# Prints the seconds of processor time that the server's sessions have taken, which do not depend on what else the machine does.
# What a process took counts once it has ended, which under valgrind is some time after the client has gone.
processor_time() {
	local process i
	for ((i = 0; i < 600; i++)); do
		[ -n "$(comm -13 <(echo "$background") <(list_processes))" ] || break
		! grep -qE "$finding" "$work/server.log" || break # the server may have started its processes anew
		sleep 0.1
	done
	[ "$i" -lt 600 ] || echo 'A session has not ended after a minute; its processor time is not counted.' >&2
	read -r process <"$work/data/postmaster.pid"
	awk -v ticks="$(getconf CLK_TCK)" '{ sub(/.*\) /, ""); printf "%d\n", ($14 + $15) / ticks }' "/proc/$process/stat"
}

stop_server() {
	as_server pg_ctl stop --silent -m fast -D "$work/data"
}

remove_server() {
	rm -rf "$work/data" "$work/valgrind" "$work/server.log"
}

# Puts what differs for kind $1 into the expected output, or takes it out again with --reverse.
expect_differences() {
	local differences=$work/src/test/memory/$1.diff
	[ ! -e "$differences" ] || as_server patch --quiet "${@:2}" -d "$work/src/expected" -i "$differences"
}

# Multiplies each statement_timeout that a test sets by 10, or by 100 where that is not enough: statements take longer here. So does
# a step of an isolation test, which has five minutes otherwise.
allow_more_time() {
	local zeros=0 kind
	for kind; do [[ $kind != valgrind && $kind != discard ]] || zeros=00; done
	environment+=("PGISOLATIONTIMEOUT=300$zeros")
	as_server sed -E -i "s/^(SET statement_timeout = '[0-9]+)(s|min)'/\\1$zeros\\2'/" "$work"/src/test/sql/*.sql "$work"/src/expected/*.out
}

# Runs the tests in the way that kind $1 is.
check_kind() {
	local started=$SECONDS processor
	echo "== $1"
	expect_differences "$1"
	start_kind "$1"
	run_tests
	processor=$(processor_time)
	stop_server
	count "$1, the server's log" look_into_log
	[ "$1" != valgrind ] || count 'valgrind' look_into_valgrind
	expect_differences "$1" --reverse
	remove_server
	echo "$1: $((SECONDS - started)) s, $processor s of processor time"
}

# Words for make, with which the extension is there before the first test.
load_extension=(EXTRA_REGRESS_OPTS=--load-extension=provider_codes)

# Restricts the tests to those that are named, if any, in make_options. For regression tests, "install" creates the extension; it
# takes as long as many others, so where it is not named, pg_regress does that.
choose_tests() {
	local name install='' regress=() isolation=()
	make_options=(with_llvm=no TAP_TESTS=)
	[ $# -gt 0 ] || return 0
	for name; do
		if [ -e "$tree/test/sql/$name.sql" ]; then
			[ "$name" != install ] || install=yes
			regress+=("$name")
		elif [ -e "$tree/test/specs/$name.spec" ]; then
			isolation+=("$name")
		else
			echo "There is no test \"$name\"" >&2
			exit 2
		fi
	done
	[ -n "$install" ] || make_options+=("${load_extension[@]}")
	make_options+=("REGRESS=${regress[*]}" "ISOLATION=${isolation[*]}")
}
