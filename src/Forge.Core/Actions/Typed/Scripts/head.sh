#!/bin/sh
# Made by Forge. so: 0 the host is so already, 1 it is not, 2 it cannot be told. apply: makes it so, and changes nothing where it cannot.
set -u
LC_ALL=C
export LC_ALL
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export PATH

# What was made on the way and is gone at the end, however it ends; a shell below this one has no trap of its own.
made=
trap 'rm -rf $made' EXIT

die() {
  echo "$*" >&2
  # shellcheck disable=SC2086 # names that mktemp made
  rm -rf $made
  exit 1
}

cannot_tell() {
  echo "$*" >&2
  exit 2
}

