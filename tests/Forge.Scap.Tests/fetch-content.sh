#!/bin/sh
# Fetches Debian sid's SCAP content (plain data) through this machine's own apt sources, without touching the machine's apt state.
# usage: fetch-content.sh FOLDER   then: FORGE_TEST_CONTENT=FOLDER/usr/share/xml/scap/ssg/content
set -eu
out=${1:?usage: fetch-content.sh FOLDER}
state=$(mktemp -d)
trap 'rm -rf "$state"' EXIT
# The first Debian archive of the machine's sources, in either format; its security and third-party archives are passed over.
uri=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null |
  sed -n -e 's/^URIs: *\([^ ]*\).*/\1/p' -e 's/^deb *\(\[[^]]*\]\)* *\([^ ]*\) .*/\2/p' | grep '/debian/*$' | head -n 1)
[ -n "$uri" ] || { echo "no Debian archive in this machine's apt sources; add one, or unpack ssg-debian and ssg-nondebian into $out" >&2; exit 1; }
mkdir -p "$state/lists/partial" "$state/cache/archives/partial" "$state/etc/preferences.d" "$out"
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $uri sid main" > "$state/etc/sources.list"
set -- -o Dir::State="$state" -o Dir::State::lists="$state/lists" -o Dir::Cache="$state/cache" -o Dir::Etc::sourcelist="$state/etc/sources.list" \
  -o Dir::Etc::sourceparts=/dev/null -o Dir::Etc::preferencesparts="$state/etc/preferences.d" -o Acquire::Check-Valid-Until=false \
  -o Acquire::Languages=none -o APT::Sandbox::User=root
apt-get -q "$@" update >&2
folder=$(cd "$out" && pwd)
(cd "$state" && apt-get -q "$@" download ssg-debian ssg-nondebian >&2)
for package in "$state"/ssg-*.deb; do dpkg-deb -x "$package" "$folder"; done
ls "$folder/usr/share/xml/scap/ssg/content"
