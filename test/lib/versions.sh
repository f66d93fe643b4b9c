# shellcheck shell=bash
# Servers of several versions at once, in one root. For root only.
#
# The caller sources postgres.sh and roots.sh before, and sets, before it calls anything here:
#   versions  in ascending order, whose roots are there
#   logs      a directory for what programs say
# and at its end calls end_servers, and removes $common, if set.
# shellcheck disable=SC2034,SC2154 # those, and what postgres.sh and roots.sh want to know and set

common= root=

# ---- A root with all versions ----

# Builds the extension for version $1 in its own root, and installs it into the common one.
build_for() {
	trap clean_up EXIT
	major=$1
	root=$cache/$1
	runner=(chroot --userspec="$server_id:$server_id" --groups= "$root")
	make_options=(with_llvm=no)
	make_workspace
	build_extension
	cp -a --no-preserve=ownership "$root$work/install/." "$common/"
}

# Adds the files that match $2 in the root of version $1 to the common root, as hard links, unless there are such.
link_files() {
	local file target
	for file in "$cache/$1"/$2; do
		target=$common/${file#"$cache/$1/"}
		[ -e "$target" ] || [ -L "$target" ] || cp -al "$file" "$target"
	done
}

# Makes a root in which the programs of all versions run: pg_upgrade needs two. The latest version's root, with the earlier
# servers and those of their libraries that it lacks. Libraries of an earlier system run with a later C library.
make_common_root() {
	local part version
	common=$(mktemp -d "$cache/versions.XXXXXX")
	chmod 755 "$common"
	mkdir -p "$common/usr/share" "$common/tmp"
	chmod 1777 "$common/tmp"
	for part in bin sbin lib lib64 dev etc usr/bin usr/sbin usr/lib usr/lib64 usr/share/postgresql usr/share/zoneinfo; do
		cp -al "$cache/$latest/$part" "$common/$part"
	done
	for version in "${versions[@]}"; do
		link_files "$version" 'usr/lib/*-linux-gnu*/lib*.so*' # the directory is named for the processor
		link_files "$version" "usr/lib/postgresql/$version"
		link_files "$version" "usr/share/postgresql/$version"
	done
}

# Builds the extension for all versions, makes the common root and a workspace in it, and says which minor versions these are.
build_versions() {
	local version names=()
	latest=${versions[-1]}
	make_common_root
	for version in "${versions[@]}"; do
		(build_for "$version") >"$logs/build" 2>&1 || { cat "$logs/build"; return 1; }
	done
	major=$latest
	root=$common
	runner=(chroot --userspec="$server_id:$server_id" --groups= "$root")
	make_workspace
	for version in "${versions[@]}"; do
		names+=("$("${runner[@]}" "/usr/lib/postgresql/$version/bin/postgres" --version | cut -d' ' -f3)")
	done
	echo "PostgreSQL ${names[*]}: built, $SECONDS s"
}

# ---- Servers ----

# Makes the files of a server of version $1 in directory $1 of the workspace.
initialize() {
	as_server mkdir "$work/$1"
	pg "$1" "$1" initdb -D "$work/$1/data" -U postgres -A trust --locale=C --encoding=UTF8 --data-checksums --wal-segsize=1 --no-sync \
		>"$logs/initdb.$1"
	printf '%s\n' "listen_addresses = ''" 'fsync = off' 'autovacuum = off' 'shared_buffers = 16MB' 'max_wal_size = 64MB' \
		>>"$root$work/$1/data/postgresql.conf"
}

# Runs, as the servers' user, program $3 of version $2 with a connection to the server in directory $1 of the workspace.
pg() {
	local server=$1 program=/usr/lib/postgresql/$2/bin/$3
	shift 3
	as_server env PGHOST="$work/$server" "$program" "$@"
}

# One psql for all servers, because its output differs between versions.
sql() {
	local server=$1
	shift
	pg "$server" "$latest" psql -XqA -v ON_ERROR_STOP=1 "$@"
}

start() {
	pg "$1" "$2" pg_ctl start --silent -w -D "$work/$1/data" -l "$work/$1/log" -o "-k '$work/$1'" ||
		{ cat "$root$work/$1/log"; return 1; }
}

stop() {
	pg "$1" "$2" pg_ctl stop --silent -m fast -D "$work/$1/data"
}

end_servers() {
	local pid
	[ -n "$work" ] || return 0
	for pid in "$root$work"/*/data/postmaster.pid; do
		[ ! -f "$pid" ] || as_server "/usr/lib/postgresql/$latest/bin/pg_ctl" stop --silent -m immediate \
			-D "$(dirname "${pid#"$root"}")"
	done
}
