#!/bin/sh
# check-macos.sh FOLDER VERSION: on a Mac, checks the signature of the executable for its processor, and starts it.
set -eu
folder=$1 version=$2
case $(uname -m) in
arm64) arch=arm64 ;;
*) arch=x64 ;;
esac
unpacked=$(mktemp -d)
trap 'rm -rf "$unpacked"' EXIT
tar xf "$folder/v$version/wasp-$version-darwin-$arch.tar.gz" -C "$unpacked"
wasp=$unpacked/wasp-$version-darwin-$arch/wasp
codesign --verify --strict --verbose=2 "$wasp"
WASP_TELEMETRY_DISABLE=1 PATH='' "$wasp" --version
