#!/bin/sh
# Runs the server with Emacs and eglot, configured as editors/README.md describes.
# REFRACT_BINARY is the path of the server. Exit codes: 0 passed, 1 failed, 77 skipped.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
binary=${REFRACT_BINARY:?set REFRACT_BINARY to the refract program}
[ -x "$binary" ] || { echo "FAIL $binary does not exist: build it first"; exit 1; }
skip() { echo "SKIPPED: Emacs client: $1"; exit 77; }
command -v emacs >/dev/null || skip "emacs is not installed (Debian: apt-get install emacs-nox elpa-eglot)"

work=$(mktemp -d "${TMPDIR:-/tmp}/refract-emacs.XXXXXX")
trap 'rm -rf "$work"' EXIT INT TERM
cp -R "$root/docs/example" "$work/example"
# The configuration starts `refract` from PATH, as a user's does.
mkdir -p "$work/bin" "$work/home"
ln -s "$binary" "$work/bin/refract"
export HOME="$work/home" PATH="$work/bin:$PATH" REFRACT_EXAMPLE="$work/example"
emacs --batch -f package-initialize --eval "(unless (require 'eglot nil t) (kill-emacs 77))" >/dev/null 2>&1 ||
  skip "eglot is not installed (Debian: apt-get install elpa-eglot)"

# The configuration is extracted from the document, so that the test runs what the document says.
awk '/^```elisp/ { copying = 1; next } /^```/ { copying = 0 } copying' "$root/editors/README.md" >"$work/init.el"
status=0
timeout 100 emacs --batch -f package-initialize -l "$work/init.el" -l "$here/steps.el" >"$work/output" 2>&1 || status=$?
grep -v -e '^Loading' -e '^Indenting' "$work/output" || true
if [ "$status" = 0 ]; then echo "Emacs client: passed"; exit 0; fi
echo "Emacs client: failed (Emacs ended with $status)"
exit 1
