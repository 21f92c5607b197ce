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

new=$dest.unpacked
trap 'rm -rf "$new"' EXIT
trap 'exit 130' INT TERM
unpacked=$(sh "$here/../unpack-sid.sh" "$new" ssg-debian ssg-nondebian)
version=$(printf '%s\n' "$unpacked" | sed -n 's/^ssg-debian \(.*\)-[^-]*$/\1/p')
enough "$version" || {
  echo "The mirror carries scap-security-guide $version, wanted is $wanted or later: name a version that it carries as second argument." >&2
  exit 1
}
# Data streams carry all the rest: the separate parts, guides and Ansible roles are 1.6 GB more.
find "$new" -type f ! -name '*-ds.xml' ! -name copyright -delete
find "$new" -type d -empty -delete
printf '%s\n' "$version" > "$new/VERSION"
rm -rf "$dest"
mv "$new" "$dest"
cat "$dest/VERSION"
