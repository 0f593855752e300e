#!/bin/sh
# Runs the server with vscode-languageserver-protocol over stdio, in both position encodings.
# REFRACT_BINARY is the path of the server; REFRACT_CACHE is the folder for the library (default ~/.cache/refract).
# Exit codes: 0 passed, 1 failed, 77 skipped.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
binary=${REFRACT_BINARY:?set REFRACT_BINARY to the refract program}
[ -x "$binary" ] || { echo "FAIL $binary does not exist: build it first"; exit 1; }
skip() { echo "SKIPPED: library client: $1"; exit 77; }
command -v node >/dev/null || skip "node is not installed (Debian: apt-get install nodejs)"
command -v npm >/dev/null || skip "npm is not installed (Debian: apt-get install npm)"

cache=${REFRACT_CACHE:-$HOME/.cache/refract}/vscode-library
if ! cmp -s "$here/package-lock.json" "$cache/node_modules/.installed-lock.json"; then
  mkdir -p "$cache"
  cp "$here/package.json" "$here/package-lock.json" "$cache/"
  (cd "$cache" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >"$cache/npm.log" 2>&1) ||
    skip "npm could not fetch the library (see $cache/npm.log)"
  cp "$here/package-lock.json" "$cache/node_modules/.installed-lock.json"
fi

work=$(mktemp -d "${TMPDIR:-/tmp}/refract-library.XXXXXX")
trap 'rm -rf "$work"' EXIT INT TERM
NODE_PATH=$cache/node_modules node "$here/drive.cjs" "$binary" "$root/docs/example" "$work"
