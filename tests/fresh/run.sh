#!/bin/sh
# Runs both commands of the README on a new machine: a Debian 12 root that contains only git and certificates, once as
# root in a clone below /root (mode 700) and once as a user with sudo. It needs root, debootstrap and the network, takes
# about an hour on two cores, and removes everything afterwards.
#
#   tests/fresh/run.sh [root|user]...
#
# REFRACT_FRESH_CCACHE=DIR mounts a compiler cache into the new machine, which saves most of that hour.
set -eu
repository=$(cd "$(dirname "$0")/../.." && pwd)
[ "$(id -u)" = 0 ] || { echo "tests/fresh/run.sh needs root, because it creates a Debian root and enters it" >&2; exit 2; }
for program in debootstrap unshare git; do
  command -v "$program" >/dev/null || { echo "$program is not installed (Debian: apt-get install debootstrap util-linux git)" >&2; exit 2; }
done

work=$(mktemp -d "${TMPDIR:-/tmp}/refract-fresh-XXXXXX")
trap 'rm -rf --one-file-system "$work"' EXIT
trap 'exit 130' INT TERM
echo "== creating the Debian root"
debootstrap --variant=minbase --include=git,ca-certificates bookworm "$work/base" >"$work/debootstrap.log" 2>&1 ||
  { tail -n 20 "$work/debootstrap.log" >&2; exit 1; }
cp /etc/resolv.conf "$work/base/etc/resolv.conf"

# in_root COMMAND: runs it inside the root, with its own /proc and /dev, which are unmounted afterwards.
in_root() {
  unshare --mount --pid --fork --kill-child sh -ec '
    mount --make-rprivate /
    mount -t proc proc "$1/proc"
    mount -t tmpfs tmpfs "$1/dev"
    for device in null zero full random urandom tty; do
      touch "$1/dev/$device"
      mount --bind "/dev/$device" "$1/dev/$device"
    done
    mkdir "$1/dev/pts" "$1/dev/shm"
    mount -t devpts -o newinstance,ptmxmode=0666 devpts "$1/dev/pts"
    ln -s pts/ptmx "$1/dev/ptmx"
    ln -s /proc/self/fd "$1/dev/fd"
    mount -t tmpfs tmpfs "$1/dev/shm"
    if [ -n "${3:-}" ]; then mkdir -p "$1/ccache"; mount --bind "$3" "$1/ccache"; fi
    exec chroot "$1" /usr/bin/env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin TERM=dumb \
      ${3:+CCACHE_DIR=/ccache} /bin/sh -ec "$2"' sh "$work/machine" "$1" "${REFRACT_FRESH_CCACHE:-}"
}

# try WHO HOME COMMAND-PREFIX
try() {
  echo "== as $1: ./dev demo"
  in_root "$3 'cd $2/refract && ./dev demo'"
  echo "== as $1: ./dev test"
  in_root "$3 'cd $2/refract && ./dev test'"
  echo "== as $1: passed"
}

[ $# -gt 0 ] || set -- root user
for who in "$@"; do
  rm -rf --one-file-system "$work/machine"
  cp -a "$work/base" "$work/machine"
  case $who in
    root)
      git clone -q --no-local "$repository" "$work/machine/root/refract"
      [ "$(stat -c %a "$work/machine/root")" = 700 ] || { echo "/root of the new machine is not of mode 700" >&2; exit 1; }
      try root /root "HOME=/root sh -ec"
      ;;
    user)
      in_root "apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends sudo >/dev/null
        useradd -m -s /bin/sh someone && echo 'someone ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/someone"
      git clone -q --no-local "$repository" "$work/machine/home/someone/refract"
      in_root "chown -R someone: /home/someone && chmod 700 /home/someone"
      try someone /home/someone "su someone -c"
      ;;
    *)
      echo "tests/fresh/run.sh takes root and user, not $who" >&2
      exit 2
      ;;
  esac
done
