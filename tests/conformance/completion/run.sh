#!/bin/sh
# Runs compare.mjs on the projects' schemas of the conformance data. Exits with 77 and prints the reason if Prisma's
# engines are not available.
#   REFRACT_BINARY       path of our program
#   REFRACT_ORACLE       the folder of Prisma's engines (lib.mjs and its node_modules)
#   REFRACT_CONFORMANCE  the conformance data
skip() {
  echo "skipped: $1"
  exit 77
}
command -v node >/dev/null || skip "node is not installed, so completion is not compared with Prisma's"
[ -f "${REFRACT_ORACLE:-}/lib.mjs" ] || skip "REFRACT_ORACLE names no folder with lib.mjs, so completion is not compared with Prisma's"
[ -d "$REFRACT_ORACLE/node_modules" ] || skip "Prisma's engines are not installed in $REFRACT_ORACLE (npm ci), so completion is not compared"
[ -d "${REFRACT_CONFORMANCE:-}/history" ] || skip "REFRACT_CONFORMANCE names no conformance data, so there are no schemas to compare completion on"
here=$(cd "$(dirname "$0")" && pwd)
exec node "$here/compare.mjs" "$REFRACT_BINARY" "$REFRACT_ORACLE" "${1:-600}" "$REFRACT_CONFORMANCE"/history/*/schema.prisma
