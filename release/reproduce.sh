#!/bin/sh
# Builds the release of HEAD once more, in a fresh clone in another directory, and compares all of it with target/release.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
git clone -q "$root" "$work/clone of another depth"
cd "$work/clone of another depth"
./mvnw -q -B -ntp -Prelease
cat target/release/SHA256SUMS
(cd "$root/target/release" && sha256sum -c --quiet SHA256SUMS)
diff -r -x '*.asc' -x central-bundle.zip "$root/target/release" target/release
echo "identical"
