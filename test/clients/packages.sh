# shellcheck shell=bash
# The clients that Debian has, for roots.sh. They go to roots of their own, which the other tests do not carry along.

# shellcheck disable=SC2034 # for roots.sh
cache=${XDG_CACHE_HOME:-$HOME/.cache}/provider_codes-clients # remove it to get newer packages
base_packages=("${root_packages[@]}")
client_packages=(
	golang-github-jackc-pgx-v4-dev golang-go iproute2 libdbd-pg-perl libpostgresql-jdbc-java odbc-postgresql php-cli php-pgsql
	python3-asyncpg python3-django python3-psycopg python3-psycopg2 python3-pyodbc python3-sqlalchemy ruby-activerecord ruby-pg
)

# Sets root_packages for version $1. A release has one Java; only that of 17 has a Node.js that npm's clients run on.
use_packages() {
	root_packages=("${base_packages[@]}" "${client_packages[@]}")
	case $1 in
		15) root_packages+=(openjdk-17-jdk-headless) ;;
		17) root_packages+=(openjdk-21-jdk-headless nodejs) ;;
	esac
}
