#!/bin/sh
# Copies the extension's sources to FOLDER and fetches its npm packages there; prints the folder.
# Usage: build.sh FOLDER      does not modify the checkout
set -eu

root=$(cd "$(dirname "$0")/../../.." && pwd)
build=${1:?usage: build.sh FOLDER}
mkdir -p "$build"
(cd "$build" && rm -rf src test syntaxes dist)
(cd "$root/editors/vscode" && tar -cf - --exclude=node_modules --exclude=dist --exclude='*.vsix' .) | tar -xf - -C "$build"
if [ -e "$root/LICENSE" ]; then cp "$root/LICENSE" "$build/LICENSE"; fi
if ! cmp -s "$build/package-lock.json" "$build/node_modules/.installed-lock.json"; then
  (cd "$build" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2)
  cp "$build/package-lock.json" "$build/node_modules/.installed-lock.json"
fi
echo "$build"
