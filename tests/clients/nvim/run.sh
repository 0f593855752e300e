#!/bin/sh
# Runs our Neovim plug-in and the server in a headless Neovim.
# REFRACT_BINARY is the path of the server. Exit codes: 0 passed, 1 failed, 77 skipped.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
binary=${REFRACT_BINARY:?set REFRACT_BINARY to the refract program}
[ -x "$binary" ] || { echo "FAIL $binary does not exist: build it first"; exit 1; }
if ! command -v nvim >/dev/null; then
  echo "SKIPPED: Neovim client: nvim is not installed (Debian: apt-get install neovim)"
  exit 77
fi

work=$(mktemp -d "${TMPDIR:-/tmp}/refract-nvim.XXXXXX")
trap 'rm -rf "$work"' EXIT INT TERM
cp -R "$root/docs/example" "$work/example"

# The user's own configuration and state are neither read nor written.
export HOME="$work/home" XDG_CONFIG_HOME="$work/config" XDG_DATA_HOME="$work/data" XDG_STATE_HOME="$work/state" XDG_CACHE_HOME="$work/cache"
mkdir -p "$HOME"
export REFRACT_BINARY="$binary" REFRACT_PLUGIN="$root/editors/nvim" REFRACT_TEST="$here" REFRACT_EXAMPLE="$work/example"
status=0
timeout 120 nvim --headless -n -u "$here/init.lua" -c 'luafile $REFRACT_TEST/steps.lua' -c 'cquit 3' >"$work/output" 2>&1 || status=$?
tr -d '\r' <"$work/output"
echo
if [ "$status" = 0 ]; then echo "Neovim client: passed"; exit 0; fi
echo "Neovim client: failed (Neovim ended with $status)"
if [ -e "$work/state/nvim/lsp.log" ]; then tail -n 20 "$work/state/nvim/lsp.log"; fi
if [ -e "$work/cache/nvim/lsp.log" ]; then tail -n 20 "$work/cache/nvim/lsp.log"; fi
exit 1
