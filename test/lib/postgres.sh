# shellcheck shell=bash
# A private copy of the sources, built, and a throwaway server that uses it.
#
# The caller sets, before anything here is called:
#   major   the server's major version
#   runner  the words that hand a command to the user that runs the server
#   root    the directory that this user sees as "/"; empty where that is the machine's own
#   make_options  further words for every make
#   server_settings  lines for every server's postgresql.conf; may be left unset
#   start_options  further words for pg_ctl, which starts the server; may be left unset
# A path without $root in front is one as that user sees it.

tree=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=
umask 022 # what root writes here is read by the server's user

# Starts a command as the server's user, in an environment that holds nothing of the caller's: his PGHOST would lead
# to another server, his MAKEFLAGS to another build. In a process group of its own, so that clean_up can end it whole.
start_as_server() {
	set -m
	"${runner[@]}" env -i -C "$work" "${environment[@]}" "$@" </dev/null &
	set +m
}

# Runs such a command.
as_server() {
	start_as_server "$@"
	wait "$!"
}

# Copies the sources to directory $1, without what tests write beside them, maybe while this reads. The sources may lie where the
# server's user can't read (/root), so they go to him through a pipe.
copy_sources() {
	"${runner[@]}" mkdir -p "$1"
	find "$tree" -mindepth 1 -maxdepth 1 ! -name .git ! -name results ! -name log ! -name 'tmp_check*' ! -name output_iso \
		! -name 'regression.*' -printf '%P\0' |
		tar -C "$tree" --null --files-from=- -cf - | "${runner[@]}" tar -C "$1" -xf -
}

# A path under /tmp, whatever TMPDIR says, because the socket's path may have 107 bytes at most.
make_workspace() {
	work=$("${runner[@]}" mktemp -d /tmp/provider_codes.XXXXXX)
	bindir=/usr/lib/postgresql/$major/bin
	destdir=$work/install
	environment=(
		PATH="$bindir:/usr/bin:/bin" LC_ALL=C.UTF-8 TERM="${TERM:-dumb}" HOME="$work" TMPDIR="$work"
		PGHOST="$work" PGUSER=postgres PGDATABASE=postgres TEMP_CONFIG="$work/extension.conf"
	)
	make=(make --silent --no-print-directory -C "$work/src" PG_CONFIG="$bindir/pg_config" "${make_options[@]}")
	copy_sources "$work/src"
}

# Builds from nothing, because the copy may hold another version's objects, and installs into the workspace: a test
# must neither change the system nor find there what an earlier installation left.
build_extension() {
	as_server "${make[@]}" clean &&
		as_server "${make[@]}" -j"$(nproc)" &&
		as_server "${make[@]}" install DESTDIR="$destdir"
}

# Starts the server on a socket in the workspace, without TCP. The settings that let it find the extension go to a
# file that the TAP tests' own servers take too.
start_server() {
	local share lib
	share=$destdir$("${runner[@]}" "$bindir/pg_config" --sharedir)
	lib=$destdir$("${runner[@]}" "$bindir/pg_config" --pkglibdir)
	if [ -z "$destdir" ]; then
		: # the server finds it among its own files
	elif [ "$major" -ge 18 ]; then
		printf '%s\n' "extension_control_path = '$share:\$system'" "dynamic_library_path = '$lib:\$libdir'"
	else
		printf '%s\n' "extension_destdir = '$destdir'" # Debian's own setting
	fi >"$root$work/extension.conf"
	# shellcheck disable=SC2154 # may be left unset
	printf '%s\n' "${server_settings[@]+"${server_settings[@]}"}" >>"$root$work/extension.conf"
	as_server initdb -D "$work/data" -U postgres -A trust --locale=C --encoding=UTF8 --no-sync \
		>"$root$work/initdb.log" || { cat "$root$work/initdb.log"; return 1; }
	cat "$root$work/extension.conf" - >>"$root$work/data/postgresql.conf" <<-END
		listen_addresses = ''
		unix_socket_directories = '$work'
		fsync = off
	END
	# shellcheck disable=SC2154
	as_server pg_ctl start --silent -D "$work/data" -l "$work/server.log" "${start_options[@]+"${start_options[@]}"}" || { cat "$root$work/server.log"; return 1; }
}

# Ends a process group. One of root's, as apt's is, takes sudo.
end_group() {
	kill -TERM -- "-$1" 2>/dev/null || [ -z "${sudo[*]-}" ] || "${sudo[@]}" kill -TERM -- "-$1" 2>/dev/null
}

# Ends the server and removes the workspace, so that another can be made.
remove_workspace() {
	[ -n "$work" ] || return 0
	[ ! -f "$root$work/data/postmaster.pid" ] || as_server pg_ctl stop --silent -m immediate -D "$work/data" || true
	rm -rf "$root$work"
	work=
}

# Ends what still runs, the server last, and removes the workspace. For the EXIT trap, so that a signal leads here too.
clean_up() {
	local group
	trap '' INT TERM HUP
	set +e
	for group in $(jobs -pr); do end_group "$group"; done
	wait
	remove_workspace
}
