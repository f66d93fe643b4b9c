#!/bin/bash
# Builds a dashboard over sample jobs on Debian 12, and serves it on this machine until you press Ctrl-C, on port 3000 or on
# the port given as argument. Installs missing packages and nothing else.
set -euo pipefail
lib=$(dirname "$0")/../../test/lib
# shellcheck source=test/lib/debian.sh
. "$lib/debian.sh"
# shellcheck source=test/lib/postgres.sh
. "$lib/postgres.sh"
# shellcheck source=test/lib/dashboard.sh
. "$lib/dashboard.sh"

trap clean_up EXIT

has_npm || packages+=(nodejs npm)
install_packages
make_workspace
prepare_dashboard
echo 'Serving it until you press Ctrl-C'
in_pages "${serve[@]}" "${1:-3000}"
