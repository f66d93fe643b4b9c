#!/bin/bash
# Installs Debian packages without those that they recommend. Runs as root: bash apt.sh PACKAGE...
#
# Says what apt downloads before it does so, and every few seconds how far it is. A TERM signal ends the download at once;
# an installation that has begun is completed, since packages that are half installed would stay in apt's way.
set -euo pipefail
# shellcheck source=test/lib/progress.sh
. "$(dirname "$0")/progress.sh"
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8

stopped='' # set by the signal
apt=(apt-get -q --no-install-recommends -o DPkg::Lock::Timeout=60)
dir=$(mktemp -d)
cd "$dir" # where "apt-get download" writes
mkfifo "$dir/progress"

# The server's package would also create and start a cluster, which nobody asked for. This setting tells it not to.
setting=/etc/postgresql-common/createcluster.d/provider_codes.conf
# Nor does a test want PgBouncer's service, but only its program. Where the machine has a policy of its own, that holds.
policy=/usr/sbin/policy-rc.d
own_policy=''

clean_up() {
	local job
	for job in $(jobs -pr); do kill -TERM -- "-$job" 2>/dev/null || true; done
	exec 3>&-
	wait
	rm -rf "$dir"
	rm -f "$setting" ${own_policy:+"$policy"}
	rmdir --ignore-fail-on-non-empty -p "${setting%/*}" 2>/dev/null || true
}
trap clean_up EXIT
trap 'exit 143' TERM HUP

# Ends with one sentence; apt's own last word on it, if any, is its reason.
refuse() {
	local reason
	reason=$(sed -n 's/^E: //p' "$dir/log" | tail -n 1)
	printf '%s%s\n' "$1" "${reason:+ ($reason)}" >&2
	exit 1
}

# Runs apt in a process group of its own, so that no signal to this script's reaches it, and tells what it reports: dlstatus
# or pmstatus, package, per cent, message. $1 is what to tell before it reports anything.
run_apt() {
	local job reader status=0 first=$1
	shift
	[ -z "$stopped" ] || exit 143
	(
		trap '' TERM HUP INT # apt must not find the pipe closed
		sed -un 's/^[a-z]*:.*:\([0-9]*\)[^:]*:\([^:]*\)$/\1 %: \2/p' | report_progress "$first"
	) <"$dir/progress" &
	reader=$!
	exec 3>"$dir/progress"
	set -m
	"${apt[@]}" -o APT::Status-Fd=3 "$@" </dev/null >"$dir/log" 2>&1 &
	set +m
	job=$!
	exec 3>&-
	wait "$job" || status=$?
	while [ -n "$stopped" ] && kill -0 "$job" 2>/dev/null; do wait "$job" || status=$?; done
	wait "$reader" || true
	[ -z "$stopped" ] || exit 143
	return "$status"
}

echo "Installing $*"
lists=fresh
run_apt 'reading the lists of packages' --error-on=any -o Acquire::Retries=1 update || lists=old
run_apt 'looking at what they need' --assume-no install "$@" || true
plan=$(sed -n 's/^Need to get \(.*\) of archives\.$/\1/p; s/^After this operation, \(.*\) of additional disk.*/, \1 on disk/p' \
	"$dir/log" | tr -d '\n')
[ -n "$plan" ] || {
	[ "$lists" = fresh ] || { : >"$dir/log"; refuse "apt cannot fetch the lists of packages that it needs for $*: is there a network?"; }
	refuse "apt cannot install $*."
}

# Without a network each of a hundred files would wait for a time-out of its own. So one comes alone, where the lists did not.
if [ "$lists" = old ] && [[ $plan != '0 B'* ]]; then
	run_apt 'looking for the network' -o Acquire::Retries=0 download "${!#}" ||
		refuse 'apt cannot download the packages: is there a network?'
fi

echo "Downloading $plan; to install that takes a minute or two more"
run_apt downloading --yes --download-only -o Acquire::Retries=1 install "$@" ||
	refuse 'apt cannot download the packages: is there a network?'

trap 'stopped=1; echo "Completing the installation first, or packages would be left half installed" || true' TERM HUP
mkdir -p "${setting%/*}"
echo 'create_main_cluster = false' >"$setting"
if [ ! -e "$policy" ]; then
	own_policy=1
	printf '%s\n' '#!/bin/sh' 'case " $* " in *" pgbouncer "*) exit 101 ;; esac' >"$policy"
	chmod 755 "$policy"
fi
run_apt installing --yes --no-download install "$@" || {
	cat "$dir/log" >&2
	refuse "apt failed to install $*; its output is above."
}
