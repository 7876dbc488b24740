#!/bin/sh
# rollback.sh VERSION: makes a release the newest again that was published before, with GitHub's `gh`: what `latest` held then, its
# signatures and its installer too, which would refuse a version older than its own. publish.sh keeps them with each version.
set -eu
version=$1
kept=$(mktemp -d)
trap 'rm -rf "$kept"' EXIT
gh release download "v$version" --dir "$kept" --pattern 'latest.json*' --pattern install.sh
grep -q "\"version\": \"$version\"" "$kept/latest.json"
gh release upload latest "$kept"/latest.json.* "$kept/install.sh" --clobber
gh release upload latest "$kept/latest.json" --clobber
