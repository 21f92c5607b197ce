#!/bin/sh
# Forge's wrapper on a host: runs each operation once, journals the state before it, undoes it. Installed as root under /var/lib/forge (0700).
#
# Layout:  host this script · epoch "number owner" · lock · state/ the last known state: files.m (manifest), mirror/ (content), packages, units, sysctls,
#          nft, audit, mounts · ops/ID/ one operation: script, out, err, report, lock (held while it runs), undo data.
# Manifest: NUL-ended records "path ^A type mode uid gid size target ^A ctime inode", sorted by path. What counts as equal is all before the second ^A;
# ctime only says which files to look at.
# Exit: 0, or 90 epoch refused, 91 journal failed, 92 lock not had in time, 93 usage.
# shellcheck disable=SC3013,SC2119,SC2120 # -nt: dash, bash, ksh and busybox have it; functions that take no arguments
set -u
umask 077
LC_ALL=C
export LC_ALL
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export PATH
H=/var/lib/forge
S=$H/state
LIMIT=1048576
A=''
LINE='
'
ALL_KINDS='sysctls nft audit'
LISTS='paths installed removed started stopped sysctls mounts.old mounts.new files old new'
