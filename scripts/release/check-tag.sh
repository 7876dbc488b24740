#!/bin/sh
# check-tag.sh TAG: may this commit be released under that tag? Package, installer, changelog and the examples for CI have to name
# the same version, and the installer a key.
set -eu
cd "$(dirname "$0")/../.."
version=${1#v}
refuse() {
    echo "check-tag.sh: $*" >&2
    exit 1
}
# What the examples for CI pin, a line each.
pinned_versions() {
    grep -oE '/v[^/]+/install\.sh|install\.sh --version [^ ]+' docs/ci.md | sed 's|^/v||; s|/install\.sh$||; s|.* ||'
}
has_line() { grep -qxF -e "$1" "$2"; }

# Each release becomes the newest, for all users.
case $version in *-*) refuse "$1 is a candidate, and there is no place for candidates: installers would take it as the newest" ;; esac
has_line "  \"version\": \"$version\"," package.json || refuse "package.json is not at $version"
has_line "INSTALLER_VERSION=$version" scripts/install.sh || refuse "scripts/install.sh is not at $version"
grep -F "## $version, " CHANGELOG.md | grep -q ', [0-9]' || refuse "CHANGELOG.md has no date for $version"
for pinned in $(pinned_versions); do
    [ "$pinned" = "$version" ] || refuse "docs/ci.md pins $pinned"
done
! has_line "RELEASE_KEYS=''" scripts/install.sh || refuse "scripts/install.sh knows no release key"
