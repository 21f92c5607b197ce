#!/bin/sh
# Fetches scap-security-guide from Debian sid through this machine's own package sources and unpacks it; nothing is installed.
# usage: fetch-content.sh DEST [VERSION]     VERSION is the least that will do, default 0.1.82
# leaves in DEST: usr/share/xml/scap/ssg/content/*.xml (data streams), usr/share/doc, and VERSION; prints the version
# A second call finds what is there and downloads nothing.
set -eu

dest=${1:?usage: fetch-content.sh DEST [VERSION]}
case $dest in /*) ;; *) dest=$PWD/$dest ;; esac
wanted=${2:-0.1.82}
here=$(cd "$(dirname "$0")" && pwd)
export LC_ALL=C

enough() { dpkg --compare-versions "$1" ge "$wanted"; }

if [ -f "$dest/VERSION" ] && enough "$(cat "$dest/VERSION")"; then
  cat "$dest/VERSION"
  exit 0
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
mkdir -p "$work/etc/apt.conf.d" "$work/etc/preferences.d" "$work/etc/sources.list.d" "$work/state/lists/partial" "$work/cache/archives/partial"
sh "$here/../apt-sources.sh" sid archive > "$work/etc/sources.list.d/sid.sources"

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
cd "$work/cache"
quietly apt-get download ssg-debian ssg-nondebian
mkdir -p "$dest.new"
for package in ssg-debian_*.deb ssg-nondebian_*.deb; do dpkg-deb -x "$package" "$dest.new"; done
version=$(dpkg-deb -f ssg-debian_*.deb Version | sed 's/-[^-]*$//')
enough "$version" || {
  echo "The mirror carries scap-security-guide $version, wanted is $wanted or later: name a version that it carries as second argument." >&2
  exit 1
}
# Data streams carry all the rest: the separate parts, guides and Ansible roles are 1.6 GB more.
find "$dest.new" -type f ! -name '*-ds.xml' ! -name copyright -delete
find "$dest.new" -type d -empty -delete
printf '%s\n' "$version" > "$dest.new/VERSION"
rm -rf "$dest"
mv "$dest.new" "$dest"
cat "$dest/VERSION"
