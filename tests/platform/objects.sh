#!/bin/sh
# Compiles every source of every layer with compilers and standard libraries for which Debian has no libraries to link
# with: clang with libc++ (macOS) and mingw-w64 (Windows). Prints one line per layer; errors and warnings are in
# build/objects/*/*.log. Exits with 1 if a source does not compile.
# Usage: objects.sh [libc++|mingw]...
set -eu
cd "$(dirname "$0")/../.."
[ $# -gt 0 ] || set -- libc++ mingw
JOBS=${JOBS:-$(nproc 2>/dev/null || echo 2)}
out=$PWD/build/objects
flags="-std=c++23 -O0 -Wall -Wextra -Wno-missing-field-initializers -Wno-missing-designated-field-initializers -I. -Iserver"
# The names of the codes are a header that CMake writes.
flags="$flags -Ibuild/clang/server/validation/include"

layers="grammar platform protocol support text syntax schema validation catalog migrate features workspace live operations report lsp cli"
# What needs libpq and libpqxx, which only Linux has here.
database="live operations report lsp cli"

folder_of() { case $1 in grammar | protocol) echo "$1" ;; *) echo "server/$1" ;; esac; }

# The headers that are needed of libraries, without those of Linux beside them.
library_headers() {
  mkdir -p "$out/include"
  for header in fmt nlohmann boost toml++ CLI spdlog simdjson.h tree_sitter pg_query.h nettle; do
    [ -e "/usr/include/$header" ] && ln -sfn "/usr/include/$header" "$out/include/$header"
  done
}

# --compile KIND SOURCE, as xargs calls it: leaves the object, and a .log if there are messages.
if [ "${1:-}" = --compile ]; then
  kind=$2 source=$3
  object=$out/$kind/$(echo "$source" | tr / _).o
  case $kind in
    libc++) compiler="clang++-19 -stdlib=libc++ -fexperimental-library -isystem /usr/include/postgresql" ;;
    mingw)
      compiler="x86_64-w64-mingw32-g++-posix -isystem $out/include -DUNICODE -DWIN32_LEAN_AND_MEAN -DNOMINMAX"
      compiler="$compiler -D_WIN32_WINNT=0x0A00 -Wa,-mbig-obj"
      flags="$flags -O1"  # without it, catalog/step.cpp is more than an object file can hold
      ;;
  esac
  case $source in *.c)
    compiler=$(echo "$compiler" | sed 's/clang++-19 .*/clang-19/; s/g++-posix .*/gcc-posix/')
    flags="-O0 -Igrammar/src"
    ;;
  esac
  rm -f "$object" "$object.log"
  # shellcheck disable=SC2086 # split into words on purpose
  $compiler $flags -c "$source" -o "$object" >"$object.log" 2>&1 || true
  [ -s "$object.log" ] || rm -f "$object.log"
  exit 0
fi

cmake --preset clang >/dev/null
failed=0
for kind in "$@"; do
  compiler=clang++-19
  [ "$kind" = libc++ ] || compiler=x86_64-w64-mingw32-g++-posix
  command -v "$compiler" >/dev/null || { echo "$kind: skipped, $compiler is not installed"; continue; }
  mkdir -p "$out/$kind"
  [ "$kind" = libc++ ] || library_headers
  for layer in $layers; do
    if [ "$kind" = mingw ]; then
      case " $database " in *" $layer "*) continue ;; esac
      other=posix
    else
      other=windows
    fi
    sources=$(find "$(folder_of "$layer")" -name '*.cpp' -not -path "*/$other/*" -o -path '*/src/*.c' | sort)
    if [ "$layer" = live ] && pkg-config --max-version=6.99 libpqxx; then
      echo "$kind live: pqxx_connection.cpp skipped, the headers of libpqxx before 7 do not compile with libc++ 19"
      sources=$(echo "$sources" | grep -v pqxx_connection)
    fi
    echo "$sources" | nice xargs -P "$JOBS" -n 1 "$0" --compile "$kind"
    good=0 bad=""
    for source in $sources; do
      if [ -e "$out/$kind/$(echo "$source" | tr / _).o" ]; then good=$((good + 1)); else bad="$bad $source"; fi
    done
    echo "$kind $layer: $good compiled, $(echo "$bad" | wc -w) failed$bad"
    [ -z "$bad" ] || failed=1
  done
done
exit $failed
