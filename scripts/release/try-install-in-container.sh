#!/bin/sh
# try-install-in-container.sh BASE_URL VERSION: try-install.sh in an image that may have nothing to fetch with, or lack the C++
# library, as slim images do.
set -eu
if command -v apt-get >/dev/null; then
    apt-get update -qq && apt-get install -y -qq ca-certificates curl libstdc++6 openssl >/dev/null
elif command -v dnf >/dev/null; then
    dnf install -y -q libstdc++ openssl tar gzip
fi
sh "$(dirname "$0")/try-install.sh" "$@"
