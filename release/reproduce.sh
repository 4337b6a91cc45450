#!/bin/sh
# Builds the release of HEAD twice, in fresh clones in two directories, and compares all of it.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for clone in first "second/of another depth"; do
  git clone -q "$root" "$work/$clone"
  (cd "$work/$clone" && ./mvnw -q -B -ntp -Prelease && cd target/release && sha256sum -c --quiet SHA256SUMS)
done
cat "$work/first/target/release/SHA256SUMS"
diff -r "$work/first/target/release" "$work/second/of another depth/target/release"
echo "identical"
