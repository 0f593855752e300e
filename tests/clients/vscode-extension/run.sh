#!/bin/sh
# The extension's own unit tests and its package, built outside the checkout.
# REFRACT_CACHE is the folder for its npm packages (default ~/.cache/refract).
# Exit codes: 0 passed, 1 failed, 77 skipped.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
skip() { echo "SKIPPED: VS Code extension: $1"; exit 77; }
command -v node >/dev/null || skip "node is not installed (Debian: apt-get install nodejs)"
command -v npm >/dev/null || skip "npm is not installed (Debian: apt-get install npm)"

build=$("$here/build.sh" "${REFRACT_CACHE:-$HOME/.cache/refract}/vscode-extension") || skip "npm could not fetch its packages"
cd "$build"
npm run --silent test
npm run --silent package
[ -s refract.vsix ] || { echo "FAIL refract.vsix was not created"; exit 1; }
