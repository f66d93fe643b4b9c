# shellcheck shell=bash
# Chooses the server's version, PGMAJOR, and sets what postgres.sh wants to know of it. For another one than Debian's own, the
# root of test/matrix is used, and made if need be, which only root can do.

own_major=$major
major=${PGMAJOR:-$major}
# shellcheck disable=SC2034 # for postgres.sh; bitcode of the extension would need clang, and the rest is compiled all the same
make_options=(with_llvm=no)

# Waits while test/matrix runs.
use_root() {
	[ "$(id -u)" -eq 0 ] || refuse "PostgreSQL $1 runs in a root directory of its own: run this as root."
	cache=${XDG_CACHE_HOME:-$HOME/.cache}/provider_codes-matrix
	server_id=5432
	mkdir -p "$cache"
	exec 9>"$cache/lock"
	flock 9
	if ! has_root "$1"; then
		mirror=$(find_mirror)
		[ -n "$mirror" ] || { apt-get -qq update || true; mirror=$(find_mirror); }
		fetch_packages "$1" "$cache/$1.apt"
		make_root "$1" "$cache/$1.apt"
	fi
	exec 9>&-
	root=$cache/$1
	# shellcheck disable=SC2034
	runner=(chroot --userspec="$server_id:$server_id" --groups= "$root")
}

choose_version() {
	[ -n "${suites[$major]-}" ] || { echo "No Debian suite carries PostgreSQL $major" >&2; exit 2; }
	if [ "$major" = "$own_major" ]; then install_packages; else use_root "$major"; fi
}
