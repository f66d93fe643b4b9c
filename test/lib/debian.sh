# shellcheck shell=bash
# Prepares this Debian machine: the packages, and the user that runs the server.

major=15 # Debian 12's own
# shellcheck disable=SC2034 # for postgres.sh
root='' make_options=()
packages=("postgresql-$major" "postgresql-server-dev-$major" gcc make libipc-run-perl) # a caller may need more

# PostgreSQL refuses to run as root, who hands it to the user that its package made. Any other user runs it himself.
# shellcheck disable=SC2034 # runner is for postgres.sh
if [ "$(id -u)" -eq 0 ]; then
	runner=(setpriv --reuid=postgres --regid=postgres --init-groups)
	sudo=()
else
	runner=()
	sudo=(sudo)
fi

# Installs what is missing. The server's package would also create and start a cluster, which nobody asked for, so a
# setting tells it not to until this is done.
install_packages() {
	local package missing=()
	local setting=/etc/postgresql-common/createcluster.d/provider_codes.conf
	for package in "${packages[@]}"; do
		[ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
	done
	[ ${#missing[@]} -gt 0 ] || return 0

	echo "Installing ${missing[*]}"
	(
		trap '"${sudo[@]}" rm -f "$setting"; "${sudo[@]}" rmdir --ignore-fail-on-non-empty "${setting%/*}"' EXIT
		"${sudo[@]}" mkdir -p "${setting%/*}"
		"${sudo[@]}" tee "$setting" >/dev/null <<<'create_main_cluster = false'
		"${sudo[@]}" apt-get -qq update
		"${sudo[@]}" env DEBIAN_FRONTEND=noninteractive \
			apt-get -qq install --no-install-recommends "${missing[@]}" >/dev/null
	)
}
