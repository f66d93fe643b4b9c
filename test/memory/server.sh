# shellcheck shell=bash
# Builds a server with assertions, which tells valgrind of its memory contexts, from the source package that Debian's suite has for
# version $major. Only what PostgreSQL released is built, without Debian's patches: one of them sets a directory for libraries
# that no option of configure changes, so that "make install" would overwrite the machine's own server. DESTDIR is set all the
# same where something is installed, so that nothing else can be overwritten either.
#
# The caller has included debian.sh, postgres.sh and roots.sh of test/lib.

assert_cache=${XDG_CACHE_HOME:-$HOME/.cache}/provider_codes-assert # remove it to get a newer minor version
# -O1, or variables would be optimized away that valgrind's reports name, and functions that its suppressions name. The prefix is of
# no importance: a server finds its files from where its programs are.
configure_options=(
	--prefix=/server --enable-cassert --enable-debug --without-readline --without-zlib --with-icu
	CFLAGS='-O1 -g -fno-omit-frame-pointer' CPPFLAGS=-DUSE_VALGRIND
)
# What the tests need beside the server itself.
further_parts=(contrib/amcheck contrib/pageinspect src/test/isolation)
# shellcheck disable=SC2034 # for install_packages
server_packages=(bison flex gcc libc6-dev libicu-dev make patch perl pkg-config valgrind)

# What the server of this version is made of; kept beside it as the mark that it is complete, and no older recipe's.
server_recipe() {
	echo "$major ${suites[$major]} ${configure_options[*]} ${further_parts[*]}"
}

has_server() {
	[ "$(cat "$assert_cache/$major/recipe" 2>/dev/null)" = "$(server_recipe)" ]
}

# Fetches the source package into directory $1, and extracts what PostgreSQL released to $1/source.
fetch_source() {
	local apt
	make_apt "$major" "$1" deb-src
	"${apt[@]}" update --error-on=any &&
		(cd "$1" && "${apt[@]}" source --download-only "postgresql-$major") &&
		mkdir "$1/source" &&
		tar -C "$1/source" --strip-components=1 -xf "$1"/postgresql-*.orig.tar.*
}

# Runs make in $1, without what the caller's environment tells his own make, here and in each of the further parts.
make_parts() {
	local part
	for part in . "${further_parts[@]}"; do
		env -u MAKEFLAGS -u MAKELEVEL make --silent -j"$(nproc)" -C "$1/$part" "${@:2}" || return
	done
}

configure_source() {
	(cd "$1" && ./configure "${configure_options[@]}")
}

# Runs a step of making the server, which $1 says; its output is of interest if it fails.
make_step() {
	with_progress "$1" run_logged "${@:2}" || { tail -n 40 "$assert_cache/$major.log"; refuse "$1 failed"; }
}

run_logged() {
	"$@" >>"$assert_cache/$major.log" 2>&1
}

# Makes the server in the cache, where it is not there yet.
make_assert_server() {
	local build=$assert_cache/$major.build started=$SECONDS
	mkdir -p "$assert_cache"
	exec 9>"$assert_cache/lock"
	flock 9 # another run may be making it
	if ! has_server; then
		[ -n "${mirror-}" ] || set_mirror
		echo "Making a server of PostgreSQL $major with assertions, which takes some minutes"
		rm -rf "${assert_cache:?}/$major"
		: >"$assert_cache/$major.log"
		make_step "fetching the sources from Debian's ${suites[$major]}" fetch_source "$build"
		make_step 'configuring the server' configure_source "$build/source"
		make_step 'compiling the server' make_parts "$build/source"
		make_step 'installing it into the cache' make_parts "$build/source" install DESTDIR="$build/destination"
		cp "$build/source/src/tools/valgrind.supp" "$build/destination/server/"
		mv "$build/destination" "$assert_cache/$major"
		server_recipe >"$assert_cache/$major/recipe"
		rm -rf "$build"
		echo "Made in $((SECONDS - started)) s, $(du -sm "$assert_cache/$major" | cut -f1) MB in $assert_cache"
	fi
	exec 9>&-
}

# Puts a copy of the server into the workspace, $work/server, and makes it the one that everything there uses. The extension is
# installed into it.
use_assert_server() {
	"${runner[@]}" mkdir "$work/server"
	tar -C "$assert_cache/$major/server" -cf - . | "${runner[@]}" tar -C "$work/server" -xf -
	bindir=$work/server/bin
	destdir=
	environment+=(PATH="$bindir:/usr/bin:/bin" LD_LIBRARY_PATH="$work/server/lib")
	make+=(PG_CONFIG="$bindir/pg_config")
	[[ $(as_server "$bindir/pg_config" --pkglibdir) = "$work"/* ]] || refuse "the copied server would be installed elsewhere"
}

# All that is needed before a test can run.
prepare_assert_server() {
	packages=("${server_packages[@]}")
	install_packages
	make_assert_server
	make_workspace
	use_assert_server
	with_progress 'building the extension' build_extension
}
