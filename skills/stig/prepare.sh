#!/bin/sh
# Installs the OpenSCAP scanner with the package tool that the machine has. Runs as root, recorded as a change of the run.
set -eu
command -v oscap >/dev/null 2>&1 && exit 0
if command -v apt-get >/dev/null 2>&1; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get -q update
  # Debian 12 and later name the command's package openscap-scanner; older releases ship it in libopenscap8.
  apt-get -q -y --no-install-recommends install openscap-scanner ||
    apt-get -q -y --no-install-recommends install libopenscap8
elif command -v dnf >/dev/null 2>&1; then
  dnf -q -y install openscap-scanner
elif command -v yum >/dev/null 2>&1; then
  yum -q -y install openscap-scanner
elif command -v zypper >/dev/null 2>&1; then
  zypper -q -n install openscap-utils
else
  echo "no package tool that this script knows (apt-get, dnf, yum, zypper)" >&2
  exit 1
fi
command -v oscap >/dev/null 2>&1
