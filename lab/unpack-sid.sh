#!/bin/sh
# Fetches packages of Debian sid, with all that they depend on, through this machine's own package sources and unpacks them; nothing is installed.
# usage: unpack-sid.sh DEST PACKAGE...     DEST is made by rename when all is there; an older one goes
# prints a line for each package that was unpacked: its name and its version
set -eu

dest=${1:?usage: unpack-sid.sh DEST PACKAGE...}
shift
case $dest in /*) ;; *) dest=$PWD/$dest ;; esac
here=$(cd "$(dirname "$0")" && pwd)
export LC_ALL=C

work=$(mktemp -d)
trap 'rm -rf "$work" "$dest.new"' EXIT
trap 'exit 130' INT TERM
mkdir -p "$work/etc/apt.conf.d" "$work/etc/preferences.d" "$work/etc/sources.list.d" "$work/state/lists/partial" "$work/cache/archives/partial"
sh "$here/apt-sources.sh" sid archive > "$work/etc/sources.list.d/sid.sources"

# This machine's way to its mirror (proxy, certificates), with state, cache and sources of our own.
apt-config dump | grep -E '^Acquire::' > "$work/apt.conf" || :
cat >> "$work/apt.conf" <<CONF
Dir::Etc "$work/etc";
Dir::Etc::main "";
Dir::Etc::parts "$work/etc/apt.conf.d";
Dir::Etc::sourcelist "/dev/null";
Dir::State "$work/state";
Dir::State::status "/dev/null";
Dir::Cache "$work/cache";
APT::Architecture "amd64";
APT::Sandbox::User "";
Acquire::Check-Valid-Until "false";
Acquire::Languages "none";
CONF
export APT_CONFIG="$work/apt.conf"

quietly() {
  "$@" > "$work/log" 2>&1 || {
    cat "$work/log" >&2
    echo "'$*' failed: is the mirror of /etc/apt/sources.list.d reachable, and does it carry sid?" >&2
    exit 1
  }
}

quietly apt-get update
# With no package noted as installed, all that these depend on comes too, sid's libc first of all.
quietly apt-get install -y --download-only --no-install-recommends "$@"
rm -rf "$dest.new"
mkdir -p "$dest.new"
for package in "$work"/cache/archives/*.deb; do
  dpkg-deb -x "$package" "$dest.new"
  # shellcheck disable=SC2016 # The braces are for dpkg-deb.
  dpkg-deb -W --showformat='${Package} ${Version}\n' "$package"
done
rm -rf "$dest"
mv "$dest.new" "$dest"
