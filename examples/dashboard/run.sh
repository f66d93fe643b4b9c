#!/bin/bash
# Builds a dashboard over sample jobs on Debian 12 or 13, and serves it on this machine until you press Ctrl-C, on port 3000 or
# on the port given as argument. Installs missing packages and nothing else; what npm fetches is removed with the rest.
set -euo pipefail
lib=$(dirname "$0")/../../test/lib
# shellcheck source=test/lib/debian.sh
. "$lib/debian.sh"
# shellcheck source=test/lib/postgres.sh
. "$lib/postgres.sh"
# shellcheck source=test/lib/dashboard.sh
. "$lib/dashboard.sh"

trap clean_up EXIT

port=${1:-3000}
! is_busy "$port" || refuse "Port $port of this machine is in use; name another one: bash $0 $((port + 1))"
has_npm || packages+=(nodejs npm)
echo 'A dashboard over sample jobs. It takes several minutes: npm fetches 550 MB, into a directory that is removed at the end.'
install_packages
make_workspace
prepare_dashboard
echo 'Serving it until you press Ctrl-C'
in_pages "${serve[@]}" "$port"
