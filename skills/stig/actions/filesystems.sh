#!/bin/sh
# Gives one mount point a file system of its own on a spare disk. Gets DECISION_DISK, DECISION_SIZES (lines such as /var=10G) and DECISION_COPY_LIMIT
# (GiB); FORGE_ITEM says which mount point.
#
# Now: a partition and an ext4 file system are made on the disk, and tried. Nothing else of the machine changes but a plan and a unit that runs it.
# At the next boot, before anything uses the folders: the data is copied, the file systems are mounted, /etc/fstab names them from then on. Where any of
# it fails the boot goes on with everything as it was. The old data is never deleted: it stays in the folder below the mount point.
set -eu
LC_ALL=C
export LC_ALL
here=/etc/forge-filesystems
unit=/etc/systemd/system/forge-filesystems.service
wanted=/etc/systemd/system/local-fs.target.wants/forge-filesystems.service

die() {
  echo "$*" >&2
  exit 1
}

# shellcheck disable=SC2154 # from the loop and the decision
case $FORGE_ITEM in
  partition_for_home) point=/home share=25 options=nodev,nosuid ;;
  partition_for_tmp) point=/tmp share=10 options=nodev,nosuid,noexec ;;
  partition_for_var) point=/var share=30 options=nodev,nosuid ;;
  partition_for_var_log) point=/var/log share=15 options=nodev,nosuid,noexec ;;
  partition_for_var_log_audit) point=/var/log/audit share=10 options=nodev,nosuid,noexec ;;
  partition_for_var_tmp) point=/var/tmp share=10 options=nodev,nosuid,noexec ;;
  *) die "this action knows no mount point for $FORGE_ITEM" ;;
esac
name=forge$(printf '%s' "$point" | tr / -)

# --- may it be done ---------------------------------------------------------------------------------------------------------------------

if findmnt -n "$point" >/dev/null; then
  echo "$point is a file system of its own already"
  exit 0
fi
[ -d /run/systemd/system ] || die "refused: this machine was not booted by systemd"
if [ ! -d "$point" ] || [ -L "$point" ]; then die "refused: $point is not a folder on this machine"; fi
[ "$(findmnt -n -o TARGET -T /etc)" = / ] || die "refused: /etc is not on the root file system"
if findmnt --fstab -n "$point" >/dev/null 2>&1; then die "refused: /etc/fstab names $point already, and it is not mounted"; fi
# shellcheck disable=SC2154
disk=$(readlink -f "$DECISION_DISK")
[ -b "$disk" ] || die "refused: there is no disk $DECISION_DISK on this machine"
[ "$(lsblk -dnro TYPE "$disk")" = disk ] || die "refused: $disk is a $(lsblk -dnro TYPE "$disk"), not a whole disk"
[ "$(lsblk -dnro RO "$disk")" = 0 ] || die "refused: $disk is read-only"
[ -z "$(ls "/sys/class/block/${disk##*/}/holders")" ] || die "refused: $disk is in use by $(ls "/sys/class/block/${disk##*/}/holders")"
if lsblk -nro MOUNTPOINTS "$disk" | grep -q '^\[SWAP\]'; then die "refused: $disk is used as swap"; fi

if ! command -v sfdisk >/dev/null && command -v apt-get >/dev/null; then
  DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install fdisk >/dev/null || die "sfdisk (package fdisk) is missing and could not be installed"
fi
for tool in sfdisk mkfs.ext4 partx blkid lsblk findfs tar udevadm; do command -v "$tool" >/dev/null || die "$tool is missing on this machine"; done

# Ours is a disk on which every partition has our names; otherwise it has to be empty.
table=$(sfdisk -q -d "$disk" 2>/dev/null || :)
if printf '%s\n' "$table" | grep -q '^label: gpt'; then
  others=$(printf '%s\n' "$table" | grep '^/dev/' | grep -v 'name="forge-[a-z-]*"' | cut -d' ' -f1 | paste -sd ' ' -)
  [ -z "$others" ] || die "refused: $disk has partitions that are not Forge's: $others"
  printf '%s\n' "$table" | grep -q 'name="forge-' || die "refused: $disk has a partition table; wipe it yourself if it may go"
  fresh=0
else
  [ "$(lsblk -nro NAME "$disk" | wc -l)" = 1 ] || die "refused: $disk has partitions"
  signature=$(blkid -p -o value -s TYPE -s PTTYPE "$disk" | paste -sd ' ' - || :)
  [ -z "$signature" ] || die "refused: $disk has a signature ($signature); wipe it yourself if it may go"
  if findmnt -n -S "$disk" >/dev/null; then die "refused: $disk is mounted"; fi
  [ "$(head -c 4194304 "$disk" | tr -d '\0' | head -c 1 | wc -c)" = 0 ] || die "refused: $disk has no signature and is not empty: its first 4 MiB hold data"
  fresh=1
fi

# --- how large --------------------------------------------------------------------------------------------------------------------------

room=$(($(lsblk -dnbro SIZE "$disk") / 1048576 - 2))
size=$(printf '%s\n' "${DECISION_SIZES:-}" | sed -n "s|^$point=||p" | tail -n 1)
case ${size:-$share%} in
  *G) mib=$((${size%G} * 1024)) ;;
  *M) mib=${size%M} ;;
  *) size=${size:-$share%} && mib=$((room * ${size%\%} / 100)) ;;
esac
used=$(du -xsm "$point" | cut -f1)
least=$((used * 5 / 4 + 64))
[ "$mib" -ge "$least" ] || die "refused: $point holds $used MiB and needs $least MiB; $mib MiB were meant for it on $disk ($room MiB)"
limit=${DECISION_COPY_LIMIT:-10}
[ "$point" = /tmp ] || [ "$used" -le $((limit * 1024)) ] || die "refused: $point holds $used MiB, and a boot may copy $limit GiB at most (copy-limit)"

# --- the file system --------------------------------------------------------------------------------------------------------------------

part_of() { sfdisk -q -d "$disk" | sed -n "s|^\(/dev/[^ ]*\) :.*name=\"$name\".*|\1|p"; }
[ "$fresh" = 0 ] || printf 'label: gpt\n' | sfdisk -q --no-reread "$disk" || die "no partition table could be written to $disk"
part=$(part_of)
try=$(mktemp -d /run/forge-filesystems.XXXXXX)
trap 'umount "$try/mnt" 2>/dev/null || :; rm -rf "${try:?}"' EXIT
mkdir "$try/mnt"
# A partition of ours may be used again where it is empty, or where a boot of this machine failed to fill it; it may as well come from another machine.
if [ -n "$part" ] && [ -n "$(blkid -p -o value -s TYPE "$part" || :)" ] && [ ! -e "$here/failed" ]; then
  mount -o ro "$part" "$try/mnt" || die "refused: $part is there already and cannot be looked into"
  [ "$(find "$try/mnt" -mindepth 1 ! -name lost+found | head -n 1)" = "" ] || die "refused: $part ($name) holds data already; wipe it yourself if it may go"
  umount "$try/mnt"
fi
if [ -z "$part" ]; then
  printf 'size=%sMiB, type=L, name="%s"\n' "$mib" "$name" | sfdisk -q --no-reread --append --wipe-partitions always "$disk" || die "there is no room for $mib MiB on $disk"
  partx -u "$disk" 2>/dev/null || :
  udevadm settle
  part=$(part_of)
fi
[ -b "$part" ] || die "the kernel does not see the new partition $part"
if findmnt -n -S "$part" >/dev/null; then die "refused: $part is mounted"; fi
old=$(blkid -p -o value -s UUID "$part" || :)
if [ -n "$old" ] && grep -q "$old" /etc/fstab; then die "refused: /etc/fstab names $part"; fi
[ "$(($(lsblk -dnbro SIZE "$part") / 1048576))" -ge "$least" ] || die "refused: $part is of an earlier attempt and smaller than $least MiB"
mkfs.ext4 -q -F -m 1 "$part" </dev/null
udevadm settle
uuid=$(blkid -p -o value -s UUID "$part")

# What fstab will say is judged and tried before it is planned.
printf 'UUID=%s %s ext4 defaults,%s 0 2\n' "$uuid" "$point" "$options" >"$try/fstab"
findmnt --verify --tab-file "$try/fstab" >"$try/said" 2>&1 || die "findmnt does not accept the new entry of fstab: $(paste -sd ' ' "$try/said")"
mount -t ext4 -o "defaults,$options" "UUID=$uuid" "$try/mnt" || die "the new file system cannot be mounted"
umount "$try/mnt"

# --- what the next boot does ------------------------------------------------------------------------------------------------------------

mkdir -p "$here"
cat >"$here/boot.part" <<'BOOT'
#!/bin/sh
# Written by Forge, gone once it is done. Moves the folders of the plan (mount point, UUID, options) into their new file systems, early in the boot.
set -u
LC_ALL=C
export LC_ALL
here=/etc/forge-filesystems
work=/run/forge-filesystems
unit=/etc/systemd/system/forge-filesystems.service
wanted=/etc/systemd/system/local-fs.target.wants/forge-filesystems.service
mounted=

# Everything as it was; the boot goes on without it. It is not tried again by itself.
give_up() {
  echo "forge-filesystems: $*; nothing was changed" >&2
  for point in $mounted; do umount "$point"; done
  [ ! -e "$here/fstab.before" ] || cp -p "$here/fstab.before" /etc/fstab
  echo "$*" >"$here/failed"
  rm -f "$wanted"
  exit 1
}

# below POINT: planned mount points below it.
below() { awk -v p="$1/" 'index($1, p) == 1 { print substr($1, length(p) + 1) }' "$here/plan.sorted"; }

copy() {
  to=$2
  find "$to" -xdev -mindepth 1 -maxdepth 1 ! -name lost+found -exec rm -rf {} + || return 1
  chown --reference="$1" "$to" && chmod --reference="$1" "$to" || return 1
  # What is there does not survive a boot anyway.
  [ "$1" != /tmp ] || return 0
  set -- "$1"
  for sub in $(below "$1"); do set -- "$@" "--exclude=./$sub"; done
  from=$1
  shift
  rm -f "$work/failed" "$work/said"
  { tar -C "$from" --one-file-system --numeric-owner --acls --xattrs --xattrs-include='*' --sparse --anchored --no-wildcards "$@" -cf - . || : >"$work/failed"; } 2>>"$work/said" |
    tar -C "$to" --numeric-owner --acls --xattrs --xattrs-include='*' -xpf - 2>>"$work/said" || : >"$work/failed"
  # tar goes on after an error and names each file; the first ones say why.
  head -n 3 "$work/said" >&2
  [ ! -e "$work/failed" ] || return 1
  for sub in $(below "$from"); do
    mkdir -p "$to/$sub" && chown --reference="$from/$sub" "$to/$sub" && chmod --reference="$from/$sub" "$to/$sub" || return 1
  done
}

if ! mkdir -p "$work" || ! sort "$here/plan" >"$here/plan.sorted"; then give_up "the plan cannot be read"; fi
while read -r point uuid options; do
  tries=0
  until findfs "UUID=$uuid" >/dev/null 2>&1; do
    tries=$((tries + 1))
    [ "$tries" -le 90 ] || give_up "the file system $uuid for $point did not appear"
    sleep 1
  done
  if ! mkdir -p "$work/new" || ! mount -t ext4 "UUID=$uuid" "$work/new"; then give_up "the file system $uuid for $point cannot be mounted"; fi
  copy "$point" "$work/new"
  status=$?
  sync -f "$work/new"
  umount "$work/new" || give_up "the file system $uuid for $point cannot be unmounted"
  [ "$status" = 0 ] || give_up "$point could not be copied"
done <"$here/plan.sorted"

if ! cp -p /etc/fstab "$here/fstab.before" || ! cp -p /etc/fstab "$here/fstab.new"; then give_up "/etc/fstab cannot be copied"; fi
[ -z "$(tail -c 1 "$here/fstab.new")" ] || echo >>"$here/fstab.new"
while read -r point uuid options; do
  mount -t ext4 -o "defaults,$options" "UUID=$uuid" "$point" || give_up "$point cannot be mounted"
  mounted="$point $mounted"
  printf 'UUID=%s %s ext4 defaults,%s 0 2\n' "$uuid" "$point" "$options" | tee -a "$here/fstab.new" >>"$here/fstab.ours"
done <"$here/plan.sorted"
findmnt --verify --tab-file "$here/fstab.ours" || give_up "findmnt does not accept the new entries of fstab"
if ! cp -p "$here/fstab.new" /etc/fstab || ! sync /etc/fstab; then give_up "/etc/fstab could not be written"; fi
rm -rf "$here" "$wanted" "$unit"
echo "forge-filesystems: done"
BOOT
mv -f "$here/boot.part" "$here/boot"
cat >"$unit.part" <<'UNIT'
[Unit]
Description=Forge moves folders into file systems of their own
DefaultDependencies=no
ConditionPathExists=/etc/forge-filesystems/plan
Wants=local-fs-pre.target
After=systemd-remount-fs.service systemd-udevd.service systemd-udev-trigger.service
Before=local-fs-pre.target local-fs.target systemd-journal-flush.service systemd-random-seed.service systemd-update-utmp.service systemd-tmpfiles-setup.service systemd-pstore.service
[Service]
Type=oneshot
ExecStart=/bin/sh /etc/forge-filesystems/boot
TimeoutStartSec=infinity
[Install]
WantedBy=local-fs.target
UNIT
mv -f "$unit.part" "$unit"
rm -f "$here/plan.part" "$here/failed" "$here/fstab.before" "$here/fstab.new" "$here/fstab.ours"
[ ! -e "$here/plan" ] || grep -v "^$point " "$here/plan" >"$here/plan.part" || :
printf '%s %s %s\n' "$point" "$uuid" "$options" >>"$here/plan.part"
mv -f "$here/plan.part" "$here/plan"
mkdir -p "${wanted%/*}"
ln -sf "$unit" "$wanted"
systemctl daemon-reload
sync
echo "$point moves to $part ($(lsblk -dnro SIZE "$part")) at the next boot"
