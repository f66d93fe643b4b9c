# shellcheck shell=bash
# Keeps whoever waits informed: none of these lets ten seconds pass in silence while its input is open.

# Prints of the lines that it reads the newest, every few seconds; also where no new one came. Before the first, $1.
report_progress() {
	local part line='' newest=$1 status due=$((SECONDS + 4))
	while true; do
		status=0
		IFS= read -r -t 1 part || status=$?
		line+=$part
		[ -z "$line" ] || newest=$line
		[ "$status" -ne 0 ] || line='' # it is complete
		if [ "$status" -gt 0 ] && [ "$status" -le 128 ]; then return; fi # end of input
		[ "$SECONDS" -ge "$due" ] || continue
		printf '  %s\n' "$newest" 2>/dev/null || true # the terminal may be gone
		due=$((SECONDS + 4))
	done
}

# Passes its input on line by line, each with $1 in front. Where a line is long in coming, says what it waits for: the part
# of it that is there, or what comes after the line before.
pass_on() {
	local prefix=${1-} part line='' before=(the start) status since=$SECONDS
	while true; do
		status=0
		IFS= read -r -t 8 part || status=$?
		line+=$part
		if [ "$status" -eq 0 ]; then
			printf '%s\n' "$prefix$line"
			read -r -a before <<<"$line"
			line='' since=$SECONDS
		elif [ "$status" -gt 128 ]; then
			printf '%s  (%s s: %s)\n' "$prefix" "$((SECONDS - since))" "${line:-after ${before[*]}}"
		else
			[ -z "$line" ] || printf '%s\n' "$prefix$line"
			return
		fi
	done
}

# Runs a command in this shell, and says every few seconds that it is at $1.
with_progress() {
	local activity=$1 ticker status=0
	shift
	set -m
	while sleep 4; do printf '  %s\n' "$activity"; done &
	set +m
	ticker=$!
	"$@" || status=$?
	kill -TERM -- "-$ticker"
	wait "$ticker" 2>/dev/null || true
	return "$status"
}
