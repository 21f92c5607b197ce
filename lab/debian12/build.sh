#!/bin/sh
# Builds one Debian 12 machine; see ../debian/image.sh.
# usage: build.sh DEST
set -eu
here=$(cd "$(dirname "$0")" && pwd)
exec sh "$here/../debian/image.sh" "$(cat "$here/suite")" "$@"
