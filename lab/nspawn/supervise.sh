#!/bin/sh
# Runs one nspawn machine for as long as it is wanted: starts it, starts it again when the guest reboots (exit code 133), ends when it powers off.
# usage: supervise.sh LAB     LAB is the lab's folder; started detached (setsid), it outlives the process that started it
#
# Everything lives in a mount, pid and network namespace of its own. Whoever kills this script, even with SIGKILL, thereby ends every
# process, mount and interface of the machine: the kernel takes them with the namespaces. Only an empty control group can stay behind.
#
# LAB/disk.btrfs           the machine's disk: subvolumes current and checkpoints/NAME
# LAB/run/port             read at each boot: port on 127.0.0.1 that leads to the machine's port 22
# LAB/run/restore          if present at a boot: name of the checkpoint that becomes the current disk
# LAB/run/supervisor.pid   written here: pid, start time in clock ticks, boot id of the host
# LAB/run/status           written here: booting N | stopped | failed REASON
# signals: TERM stops the machine cleanly, USR1 ends it at once and boots it again (with LAB/run/restore)
set -u

lab=${1:?usage: supervise.sh LAB}
here=$(cd "$(dirname "$0")" && pwd)
run=$lab/run
export LC_ALL=C PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

if [ "${FORGE_LAB_STAGE:-}" != inside ]; then
  exec </dev/null >>"$run/supervisor.log" 2>&1
  # One supervisor for one disk: a second one leaves at once.
  exec 9>"$run/supervisor.lock"
  flock --nonblock 9 || exit 0
  FORGE_LAB_STAGE=inside exec unshare --mount --propagation private --pid --fork --kill-child sh "$0" "$lab"
fi

status() { printf '%s\n' "$1" > "$run/status.new" && mv "$run/status.new" "$run/status"; }
fail() { echo "$1" >&2; status "failed $1"; exit 1; }

# /proc is still the host's here, so these are the numbers that the host knows us by.
read -r line < /proc/self/stat
printf '%s %s %s\n' "${line%% *}" "$(printf '%s' "${line##*) }" | cut -d' ' -f20)" "$(cat /proc/sys/kernel/random/boot_id)" > "$run/supervisor.pid.new"
group=forge-lab-${line%% *}
mount -t proc proc /proc || fail "cannot mount /proc"
mkdir -p /run/systemd
mount -t tmpfs -o mode=755 tmpfs /run/systemd || fail "cannot mount a private /run/systemd"
mount -t cgroup2 cgroup2 /sys/fs/cgroup || fail "this kernel has no cgroup2"
mkdir -p "/sys/fs/cgroup/$group" || fail "cannot make the control group $group"
echo 0 > "/sys/fs/cgroup/$group/cgroup.procs" || fail "cannot enter the control group $group"
printf '%s\n' "$group" > "$run/cgroup"
mv "$run/supervisor.pid.new" "$run/supervisor.pid"

disk=/run/systemd/disk
mkdir "$disk"
mount -o loop,compress=zstd:1,noatime,discard=async "$lab/disk.btrfs" "$disk" || fail "cannot mount $lab/disk.btrfs"

delete_subvolume() {
  # Subvolumes that the guest itself made (systemd-tmpfiles does) go first.
  btrfs subvolume list -o "$1" | awk '{ print $NF }' | sort -r | while read -r nested; do
    btrfs --quiet subvolume delete "$disk/${nested#"$disk/"}"
  done
  btrfs --quiet subvolume delete "$1"
}

# Killed between any two of these lines, the next start ends where this one would have.
apply_restore() {
  if [ -f "$run/restore" ]; then
    name=$(cat "$run/restore")
    [ -d "$disk/checkpoints/$name" ] || fail "there is no checkpoint $name"
    [ ! -d "$disk/new" ] || delete_subvolume "$disk/new"
    btrfs --quiet subvolume snapshot "$disk/checkpoints/$name" "$disk/new" || fail "cannot restore checkpoint $name"
    [ ! -d "$disk/current" ] || mv -T "$disk/current" "$disk/old-$(date +%s%N)"
    mv -T "$disk/new" "$disk/current"
    rm "$run/restore"
  fi
  for old in "$disk"/old-*; do [ ! -d "$old" ] || delete_subvolume "$old"; done
}

wire() {
  network=/run/systemd/network-$boot
  touch "$network"
  unshare --net="$network" ip link set lo up || fail "cannot make a network namespace"
  rm -f "$run/slirp.sock" /run/systemd/ready
  mkfifo /run/systemd/ready
  # shellcheck disable=SC2046
  slirp4netns --netns-type=path --configure --mtu=65520 $(cat "$lab/slirp-options" 2>/dev/null) --api-socket="$run/slirp.sock" \
    --ready-fd=3 "$network" tap0 3>/run/systemd/ready &
  slirp=$!
  read -r _ < /run/systemd/ready
  [ -e "$run/slirp.sock" ] || fail "slirp4netns did not start, see $run/supervisor.log"
  perl "$here/forward.pl" "$run/slirp.sock" "$(cat "$run/port")" || fail "port $(cat "$run/port") is taken"
}

unwire() {
  kill -KILL "$slirp" 2>/dev/null
  wait "$slirp" 2>/dev/null
  umount "$network" && rm -f "$network"
}

# Waits through signals; the exit code is the machine's.
await() {
  while :; do
    wait "$1"
    code=$?
    kill -0 "$1" 2>/dev/null || return "$code"
  done
}

machine='' wanted=yes again=''
trap 'wanted=""; [ -z "$machine" ] || kill -TERM "$machine"' TERM
trap 'again=yes; [ -z "$machine" ] || kill -KILL "$machine"' USR1

boot=0
while [ -n "$wanted" ]; do
  boot=$((boot + 1)) again=''
  apply_restore
  wire
  status "booting $boot"
  SYSTEMD_NSPAWN_API_VFS_WRITABLE=network SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=1 systemd-nspawn --quiet --boot --directory="$disk/current" \
    --machine="$group" --hostname=lab --keep-unit --register=no --network-namespace-path="$network" --capability=CAP_NET_ADMIN \
    --resolv-conf=off --timezone=off --link-journal=no --suppress-sync=yes --console=read-only >>"$run/console.log" &
  machine=$!
  # A signal that came while there was no machine to tell.
  [ -n "$wanted" ] || kill -TERM "$machine"
  [ -z "$again" ] || kill -KILL "$machine"
  await "$machine"
  code=$?
  machine=''
  # The machine's processes are gone when its control group says so.
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    grep -q 'populated 1' "/sys/fs/cgroup/$group/payload/cgroup.events" 2>/dev/null || break
    echo 1 > "/sys/fs/cgroup/$group/payload/cgroup.kill"
    sleep 0.1
  done
  unwire
  # 133 is systemd-nspawn's word for "the guest asked for a reboot".
  if [ "$code" != 133 ] && [ -z "$again" ]; then
    [ "$code" = 0 ] || [ -z "$wanted" ] || fail "the machine ended with exit code $code, see $run/console.log"
    break
  fi
done
umount "$disk"
echo 0 > /sys/fs/cgroup/cgroup.procs
find "/sys/fs/cgroup/$group" -depth -type d -exec rmdir {} \;
status stopped
