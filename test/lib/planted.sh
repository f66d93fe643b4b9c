# shellcheck shell=bash
# Plants faults into copies of the sources, for commands that show that tests find them.

# Changes file $2, as the server's user sees it, by the command that follows, to which its path is added. Says what fault $1 is where
# the file stays as it was, which is a failure: the line that the fault is planted in has changed.
# shellcheck disable=SC2154 # postgres.sh sets root and work
plant() {
	local what=$1 path=$2
	shift 2
	as_server cp "$path" "$work/unplanted"
	as_server "$@" "$path"
	if cmp -s "$root$path" "$root$work/unplanted"; then
		echo "not planted, since ${path##*/} has changed: $what"
		return 1
	fi
}
