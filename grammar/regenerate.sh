#!/bin/sh
# Generates src/ from grammar.js and runs the corpus with the tree-sitter command. Debian 12 has no such command,
# so a small Debian 13 is installed once into a separate folder, from the mirror that this machine's apt uses.
# Needs root and the package debootstrap. Usage: ./regenerate.sh [FOLDER]   (default ~/.cache/refract-grammar)
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=${1:-${XDG_CACHE_HOME:-$HOME/.cache}/refract-grammar}
release=trixie

if ! chroot "$root" tree-sitter --version >/dev/null 2>&1; then
  codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
  mirror=$(apt-get indextargets --format '$(REPO_URI) $(CODENAME) $(COMPONENT)' |
    awk -v codename="$codename" '$2 == codename && $3 == "main" { print $1; exit }')
  if [ -z "$mirror" ]; then
    echo "regenerate.sh: no mirror for $codename main is configured in apt; see /etc/apt/sources.list.d" >&2
    exit 2
  fi
  mkdir -p "$root"
  debootstrap --variant=minbase --include=tree-sitter-cli,nodejs,gcc,libc6-dev "$release" "$root" "$mirror"
fi

work=$root/prisma
rm -rf "$work"
mkdir -p "$work/test"
cp "$here/grammar.js" "$work/"
cp -r "$here/test/corpus" "$work/test/"
cp -r "$here/queries" "$work/"
mkdir "$work/src"
cp "$here/src/scanner.c" "$work/src/"

# The certificates that the environment may configure for Node.js do not exist in the chroot, and are not needed.
in_chroot() { chroot "$root" env -u NODE_EXTRA_CA_CERTS sh -c "cd /prisma && $1"; }

in_chroot 'tree-sitter generate --no-bindings --abi 14'
rm -rf "$here/src"
cp -r "$work/src" "$here/src"
in_chroot 'tree-sitter test'
