#!/bin/sh
# try-install.sh BASE_URL VERSION: installs from a published release as a user would, into a home of its own, and starts what
# was installed. On musl it expects to be refused, before anything was fetched.
set -eu
base=$1 version=$2
HOME=$(mktemp -d)
trap 'rm -rf "$HOME"' EXIT
export HOME DO_NOT_TRACK=1 WASP_INSTALL_BASE_URL="$base"
cd "$HOME"

if command -v curl >/dev/null; then
    curl -fsSLo install.sh "$base/latest/install.sh"
else
    wget -qO install.sh "$base/latest/install.sh"
fi
if ldd --version 2>&1 | grep -q musl; then
    if sh install.sh 2>refusal; then
        echo "try-install.sh: installed on musl, where it can't start" >&2
        exit 1
    fi
    grep musl refusal
    exit
fi
sh install.sh
started=$(.wasp/bin/wasp --version | sed -n 's/^front end *//p')
[ "$started" = "$version" ] || { echo "try-install.sh: installed $started instead of $version" >&2; exit 1; }
sh install.sh | grep 'is installed already'
sh install.sh --uninstall
[ ! -e .wasp ] || { echo "try-install.sh: something is left: $(find .wasp)" >&2; exit 1; }
