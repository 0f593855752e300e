#!/bin/sh
# Compares unicode_tables.h with what its script writes, where Node.js has the same version of Unicode.
# Usage: unicode_tables_test.sh SOURCE_FOLDER. Exits with 77 (skipped) if there is no such Node.js.
set -eu
tables=$1/server/text/unicode_tables.h
committed=$(sed -n 's/.*from Unicode \([0-9.]*\);.*/\1/p' "$tables")
ours=$(node -p process.versions.unicode 2>/dev/null) || { echo "skipped: Node.js is not installed"; exit 77; }
[ "$ours" = "$committed" ] || { echo "skipped: Node.js has Unicode $ours, the tables are of $committed"; exit 77; }
node "$1/server/text/unicode_tables.mjs" | cmp - "$tables" || {
  echo "run: node server/text/unicode_tables.mjs > server/text/unicode_tables.h"
  exit 1
}
