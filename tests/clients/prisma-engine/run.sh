#!/bin/sh
# Checks that Prisma's engine can read the records that refract writes.
# TEST_CLI is the path of the test program; REFRACT_CACHE is the folder for the engine (default ~/.cache/refract).
# Exit codes: 0 passed, 1 failed, 77 skipped.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
program=${TEST_CLI:?set TEST_CLI to the program test_cli}
skip() { echo "SKIPPED: Prisma's engine: $1"; exit 77; }
command -v node >/dev/null || skip "node is not installed (Debian: apt-get install nodejs)"
command -v npm >/dev/null || skip "npm is not installed (Debian: apt-get install npm)"

cache=${REFRACT_CACHE:-$HOME/.cache/refract}/prisma-engine
if ! cmp -s "$here/package-lock.json" "$cache/node_modules/.installed-lock.json"; then
  mkdir -p "$cache"
  cp "$here/package.json" "$here/package-lock.json" "$cache/"
  (cd "$cache" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >"$cache/npm.log" 2>&1) ||
    skip "npm could not fetch the engine (see $cache/npm.log)"
  cp "$here/package-lock.json" "$cache/node_modules/.installed-lock.json"
fi
REFRACT_PRISMA_ENGINE=$cache exec "$program" "[prisma_engine]"
