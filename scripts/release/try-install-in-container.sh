#!/bin/sh
# try-install-in-container.sh BASE_URL VERSION: try-install.sh in an image that may lack something to fetch with, or the libraries
# that the front end needs, as slim images do; and the package for Debian where apt is.
set -eu
base=$1 version=$2
if command -v apt-get >/dev/null; then
    apt-get update -qq && apt-get install -y -qq ca-certificates curl >/dev/null
    deb=wasp-front-end_${version}_$(dpkg --print-architecture).deb
    curl -fsSLo "/tmp/$deb" "$base/v$version/$deb"
    apt-get install -y -qq "/tmp/$deb" >/dev/null
    wasp --version | grep -qxF "front end  $version"
    apt-get remove -y -qq wasp-front-end >/dev/null
    apt-get install -y -qq libatomic1 libstdc++6 openssl >/dev/null
elif command -v dnf >/dev/null; then
    dnf install -y -q libatomic libstdc++ openssl tar gzip
fi
sh "$(dirname "$0")/try-install.sh" "$@"
