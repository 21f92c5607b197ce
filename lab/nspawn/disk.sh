#!/bin/sh
# Checkpoints of an nspawn machine's disk.
# usage: disk.sh FOLDER take NAME | drop NAME | list      FOLDER is where the disk is mounted (in the supervisor's mount namespace)
#        disk.sh --mount DISK ...                         the machine is stopped: mounts the disk first; call it in a mount namespace of its own
set -eu
export LC_ALL=C TZ=UTC PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

if [ "$1" = --mount ]; then
  disk=/run
  mount -o loop,compress=zstd:1,noatime,discard=async "$2" "$disk"
  shift 2
else
  disk=$1
  shift
fi

case $1 in
  take)
    [ ! -e "$disk/checkpoints/$2" ] || { echo "checkpoint $2 exists already" >&2; exit 17; }
    btrfs --quiet subvolume snapshot -r "$disk/current" "$disk/checkpoints/$2"
    btrfs filesystem sync "$disk" >/dev/null
    ;;
  drop)
    [ ! -e "$disk/checkpoints/$2" ] || btrfs --quiet subvolume delete "$disk/checkpoints/$2"
    ;;
  list)
    # "... otime 2026-11-21 11:33:00 path checkpoints/NAME"
    btrfs subvolume list -s "$disk" | sed -nE 's#.* otime ([0-9-]+) ([0-9:]+) path checkpoints/([A-Za-z0-9._-]+)$#\3 \1T\2Z#p'
    ;;
  *)
    echo "unknown command $1" >&2
    exit 2
    ;;
esac
