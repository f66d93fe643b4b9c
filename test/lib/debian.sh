# shellcheck shell=bash
# Prepares this Debian machine: the release's PostgreSQL, the packages, and the user that runs the server.

lib=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=test/lib/progress.sh
. "$lib/progress.sh"

# Ends the script with one sentence, which says what to do.
refuse() {
	printf '%s\n' "$1" >&2
	exit 1
}

# Ends the script unless each word after $1, which says how the script is used, is a whole number from 1 on.
need_numbers() {
	local word
	for word in "${@:2}"; do [[ $word =~ ^[1-9][0-9]*$ ]] || refuse "Usage: $1"; done
}

# Sets major to the PostgreSQL version of the Debian release that file $1, an os-release, describes.
choose_major() {
	local ID='' VERSION_ID='' PRETTY_NAME='a system without /etc/os-release'
	# shellcheck disable=SC1090
	[ ! -r "$1" ] || { PRETTY_NAME='an unknown system' && . "$1"; }
	case $ID-$VERSION_ID in
		debian-12) major=15 ;;
		debian-13) major=17 ;;
		*) refuse "This runs on Debian 12 and 13, not on $PRETTY_NAME; the Dockerfile builds an image anywhere." ;;
	esac
}

# PostgreSQL refuses to run as root, who hands it to the user that its package made. Any other user runs it himself.
# shellcheck disable=SC2034 # runner is for postgres.sh
choose_runner() {
	if [ "$(id -u)" -eq 0 ]; then
		runner=(setpriv --reuid=postgres --regid=postgres --init-groups)
		sudo=()
	else
		runner=()
		sudo=(sudo -n) # the password was asked for before
	fi
}

# Prints those of the packages named that are not installed.
missing_packages() {
	local package
	for package; do
		[ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || printf '%s\n' "$package"
	done
}

# Makes sure that sudo works without a further question. What it would print of its own where it does not, is left out.
ask_for_sudo() {
	[ ${#sudo[@]} -gt 0 ] || return 0
	"${sudo[@]}" true 2>/dev/null || sudo -v 2>/dev/null ||
		refuse "Packages are missing ($*): run this as root or as a user who may use sudo, or have them installed first."
}

# Installs what is missing. In a process group of its own, as all that runs long: Ctrl-C ends this script, not dpkg.
install_packages() {
	local missing
	missing=$(missing_packages "${packages[@]}")
	[ -n "$missing" ] || return 0
	mapfile -t missing <<<"$missing"
	ask_for_sudo "${missing[@]}"
	set -m
	"${sudo[@]}" bash "$lib/apt.sh" "${missing[@]}" </dev/null &
	set +m
	wait "$!"
}

choose_major /etc/os-release
choose_runner
root=
# shellcheck disable=SC2034 # for postgres.sh
make_options=()
packages=("postgresql-$major" "postgresql-server-dev-$major" gcc make libipc-run-perl) # a caller may need more
