# shellcheck shell=bash
# Root directories that hold one PostgreSQL version each, from the Debian suite that carries it. The packages are only
# extracted: no maintainer script runs, nothing is mounted, and the machine's own packages stay as they are.

cache=${XDG_CACHE_HOME:-$HOME/.cache}/provider_codes-matrix # remove it to get newer minor versions
server_id=5432 # the server's user in the roots, where it has a name

declare -A suites=([13]=bullseye [15]=bookworm [17]=trixie [18]=forky [19]='sid experimental')
# Where the JIT compiler is not in the server's own package.
declare -A jit_packages=([18]=postgresql-18-jit [19]=postgresql-19-jit)

# What building and testing need beside the server; most of it is essential, which nothing depends on by name.
root_packages=(
	base-files base-passwd bash coreutils dash diffutils findutils gcc grep libc6-dev make perl sed tar tzdata
)

# What the root of version $1 is made of; kept in it as the mark that it is complete, and no older recipe's.
recipe() {
	echo "$1 ${suites[$1]} ${root_packages[*]}${jit_packages[$1]:+ ${jit_packages[$1]}}"
}

# Whether the root of version $1 is there.
has_root() {
	[ "$(cat "$cache/$1/recipe" 2>/dev/null)" = "$(recipe "$1")" ]
}

# Prints the mirror of Debian's main archive in this machine's apt configuration, which tells it from other archives
# only after an update.
find_mirror() {
	apt-get indextargets --format "\$(ORIGIN)/\$(LABEL) \$(REPO_URI)" 'Created-By: Packages' |
		sed -n 's,^Debian/Debian ,,p' | sort -u | head -n 1
}

# Sets mirror, and says so where there is none.
set_mirror() {
	mirror=$(find_mirror)
	[ -n "$mirror" ] || { apt-get -qq update || true; mirror=$(find_mirror); }
	[ -n "$mirror" ] || echo "This machine's apt configuration has no mirror of Debian" >&2
}

# Sets apt to an apt-get that has all its files in directory $2, made anew, takes the machine to be empty, and knows the
# packages (deb) or sources (deb-src) of version $1's suites: $3. A mirror may lag behind the date until which it calls itself
# valid; the signatures are checked.
make_apt() {
	local suite
	rm -rf "$2"
	mkdir -p "$2/state/lists/partial" "$2/cache/archives/partial"
	: >"$2/status"
	for suite in ${suites[$1]}; do echo "$3 $mirror $suite main"; done >"$2/sources"
	# From experimental nothing but the server: the other packages there don't fit.
	printf '%s\n' "Package: src:postgresql-$1" 'Pin: release a=experimental' 'Pin-Priority: 990' >"$2/preferences"
	apt=(
		apt-get -qq -o APT::Sandbox::User=root -o APT::Install-Recommends=false
		-o Acquire::Check-Valid-Until=false -o Acquire::Languages=none
		-o Dir::State="$2/state" -o Dir::State::status="$2/status" -o Dir::Cache="$2/cache"
		-o Dir::Etc::sourcelist="$2/sources" -o Dir::Etc::sourceparts=-
		-o Dir::Etc::preferences="$2/preferences" -o Dir::Etc::preferencesparts=-
	)
}

# Gets the packages of version $1 into directory $2. The server's headers are downloaded alone: their package wants clang and
# llvm, which make bitcode of an extension for the JIT compiler; no test here builds that.
fetch_packages() {
	local apt
	make_apt "$1" "$2" deb
	# shellcheck disable=SC2086 # a word, or none
	"${apt[@]}" update --error-on=any &&
		"${apt[@]}" install --download-only "postgresql-$1" ${jit_packages[$1]-} "${root_packages[@]}" &&
		(cd "$2/cache/archives" && "${apt[@]}" download "postgresql-server-dev-$1")
}

# Extracts the packages in directory $1 to directory $2, and makes by hand the few files that maintainer scripts make.
extract_packages() {
	local name package
	mkdir -p "$2"/usr/{bin,sbin,lib,lib64}
	for name in bin sbin lib lib64; do ln -s "usr/$name" "$2/$name"; done
	for package in "$1"/base-files_*.deb "$1"/*.deb; do
		dpkg-deb --fsys-tarfile "$package" | tar -x -C "$2" --keep-directory-symlink \
			--exclude=./usr/share/doc --exclude=./usr/share/man --exclude=./usr/share/locale
	done
	[ -e "$2/bin/sh" ] || ln -s dash "$2/bin/sh"
	# shellcheck disable=SC2154 # the caller sets it
	printf '%s\n' 'root:x:0:0::/:/bin/sh' "postgres:x:$server_id:$server_id::/:/bin/sh" >"$2/etc/passwd"
	printf '%s\n' 'root:x:0:' "postgres:x:$server_id:" >"$2/etc/group"
	mknod "$2/dev/null" c 1 3
	mknod "$2/dev/zero" c 1 5
	mknod "$2/dev/urandom" c 1 9
	chmod 666 "$2"/dev/* # mknod -m leaves them to the umask where /proc is missing
	mkdir -p "$2/dev/shm" "$2/tmp"
	chmod 1777 "$2/dev/shm" "$2/tmp"
}

# Makes the root of version $1 from the packages in directory $2.
make_root() {
	rm -rf "${cache:?}/$1"
	extract_packages "$2/cache/archives" "$cache/$1"
	recipe "$1" >"$cache/$1/recipe"
	rm -rf "$2"
}

# Makes the roots of those of the versions $@ that are not there, one at a time. One that cannot be fetched stays away.
make_roots() {
	local version
	for version in "$@"; do
		has_root "$version" && continue
		mkdir -p "$cache"
		exec 9>"$cache/lock"
		flock 9 # another run may be making the same root
		if ! has_root "$version"; then
			echo "PostgreSQL $version: fetching Debian's ${suites[$version]}"
			[ -n "${mirror-}" ] || set_mirror
			fetch_packages "$version" "$cache/$version.apt" && make_root "$version" "$cache/$version.apt"
		fi
		exec 9>&-
	done
}
