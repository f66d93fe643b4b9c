# shellcheck shell=bash
# Chooses the server's version, PGMAJOR, and sets what postgres.sh wants to know of it. For another one than Debian's own, the
# root of test/matrix is used, and made if need be, which only root can do.

own_major=$major
major=${PGMAJOR:-$major}
# shellcheck disable=SC2034 # for postgres.sh; bitcode of the extension would need clang, and the rest is compiled all the same
make_options=(with_llvm=no)

# Where the root is not there, this waits while test/matrix runs.
use_root() {
	[ "$(id -u)" -eq 0 ] || refuse "PostgreSQL $1 runs in a root directory of its own: run this as root."
	make_roots "$1"
	has_root "$1" || refuse "PostgreSQL $1 cannot be tested: Debian's ${suites[$1]} could not be fetched."
	root=$cache/$1
	# shellcheck disable=SC2034
	runner=(chroot --userspec="$server_id:$server_id" --groups= "$root")
}

choose_version() {
	[ -n "${suites[$major]-}" ] || { echo "No Debian suite carries PostgreSQL $major" >&2; exit 2; }
	if [ "$major" = "$own_major" ]; then install_packages; else use_root "$major"; fi
}
