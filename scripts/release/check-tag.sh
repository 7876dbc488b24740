#!/bin/sh
# check-tag.sh TAG: do the tag, package.json, the installer and the changelog name the same version?
set -eu
cd "$(dirname "$0")/../.."
version=${1#v}
grep -q "^  \"version\": \"$version\",\$" package.json || { echo "package.json is not at $version" >&2; exit 1; }
grep -q "^INSTALLER_VERSION=$version\$" scripts/install.sh || { echo "scripts/install.sh is not at $version" >&2; exit 1; }
grep -q "^## $version, [0-9]" CHANGELOG.md || { echo "CHANGELOG.md has no date for $version" >&2; exit 1; }
! grep -q "^RELEASE_KEYS=''\$" scripts/install.sh || { echo "scripts/install.sh knows no release key" >&2; exit 1; }
