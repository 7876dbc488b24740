#!/bin/sh
# publish.sh FOLDER: publishes a signed release with GitHub's `gh`: the version's files as a release of their own, and then
# what is the newest under the tag `latest`, which installers ask. Run again, it goes on where it was.
set -eu
folder=$1
version=$(sed -n 's/^ *"version": *"\([^"]*\)".*/\1/p' "$folder/latest/latest.json")
for file in "$folder/latest/latest.json" "$folder/v$version/SHA256SUMS"; do
    for kind in csr minisig; do
        [ -s "$file.$kind" ] || { echo "publish.sh: $file is not signed: npm run release:sign" >&2; exit 1; }
    done
done
(cd "$folder/v$version" && sha256sum --quiet --check SHA256SUMS)
# The sums list the version's; this one is what users pipe into their shells.
cmp "$folder/v$version/install.sh" "$folder/latest/install.sh"

gh release view "v$version" >/dev/null 2>&1 ||
    gh release create "v$version" --verify-tag --latest=false --title "v$version" --notes-file "$folder/v$version/RELEASE-NOTES.md"
# What `latest` holds with this version stays with it, for rollback.sh.
gh release upload "v$version" "$folder/v$version"/* "$folder/latest"/latest.json* --clobber
# Last: from here on installers take it. The signatures come first, so that none sees new content with an old one for long.
gh release view latest >/dev/null 2>&1 ||
    gh release create latest --latest=false --title latest --notes "What installers ask: which version is the newest."
gh release upload latest "$folder/latest"/*.csr "$folder/latest"/*.minisig "$folder/latest/install.sh" --clobber
gh release upload latest "$folder/latest/latest.json" --clobber
