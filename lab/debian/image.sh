#!/bin/sh
# Builds one Debian machine from packages, in the two forms that the lab boots: an ext4 disk with boot loader (QEMU) and a btrfs disk (nspawn).
# usage: image.sh SUITE DEST     needs root; DEST is an empty folder; lines that start with "@ " name the step that begins
# leaves in DEST: uses-host-loopback (only if so) base.ext4 grub.lkrn root.btrfs id_ed25519 id_ed25519.pub password host_keys packages.lock
set -eu

suite=${1:?usage: image.sh SUITE DEST}
dest=${2:?usage: image.sh SUITE DEST}
here=$(cd "$(dirname "$0")" && pwd)
lab=$(dirname "$here")
user=forge
disk_size=6G
root=$dest/rootfs
export LC_ALL=C DEBIAN_FRONTEND=noninteractive PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
umask 022

step() { printf '@ %s\n' "$1"; }

# Mounts live in a mount namespace of our own: whatever ends this script, none of them stays behind.
if [ "${FORGE_LAB_BUILD_NAMESPACE:-}" != yes ]; then
  [ "$(id -u)" = 0 ] || { echo "An image is built as root (it makes device nodes and mounts): run this as root once, the cached image needs no root." >&2; exit 1; }
  FORGE_LAB_BUILD_NAMESPACE=yes exec unshare --mount --propagation private --pid --fork --kill-child sh "$0" "$suite" "$dest"
fi
mount -t proc proc /proc

step "read this machine's package sources"
mkdir -p "$dest" && chmod 700 "$dest"
sh "$lab/apt-sources.sh" "$suite" > "$dest/debian.sources"
# How this machine reaches its mirror: proxy and validity settings of apt, proxy variables, names from the hosts file, own authorities.
apt-config dump | grep -E '^Acquire::(https?::|ftp::|Check-|Retries|ForceIPv)' > "$dest/apt.conf" || :
for scheme in http https; do
  proxy=$(printenv "${scheme}_proxy" || :)
  [ -z "$proxy" ] || printf 'Acquire::%s::Proxy "%s";\n' "$scheme" "$proxy" >> "$dest/apt.conf"
done
packages=$(grep -vE '^(#|$)' "$here/packages" | paste -sd, -)

step "install packages (mmdebstrap)"
mmdebstrap --quiet --mode=root --variant=minbase --format=directory --architectures=amd64 \
  --include="$packages" --aptopt="$dest/apt.conf" \
  --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
  --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-include=/usr/share/doc/*/copyright' \
  --setup-hook="cp -a '$here/files/.' \"\$1\"" \
  "$suite" "$root" - < "$dest/debian.sources"

step "configure the machine"
chroot "$root" dpkg-query -W > "$dest/packages.lock"
rm -f "$root/etc/apt/apt.conf.d/99mmdebstrap" "$root/etc/apt/sources.list" "$root"/etc/apt/sources.list.d/*
install -m 644 "$dest/debian.sources" "$root/etc/apt/sources.list.d/debian.sources"
# Inside, this machine is 10.0.2.2 and its resolver 10.0.2.3 (slirp's addresses, the same under QEMU and nspawn).
sed -E 's#//(127\.0\.0\.1|localhost|\[::1\])([:/"])#//10.0.2.2\2#' "$dest/apt.conf" > "$root/etc/apt/apt.conf.d/90forge-lab"
printf '127.0.0.1 localhost\n127.0.1.1 lab\n' > "$root/etc/hosts"
sed -nE 's#^URIs: [a-z+]+://([^/:]+).*#\1#p' "$dest/debian.sources" | sort -u | while read -r name; do
  getent -s files hosts "$name" | awk '{ $1 = ($1 ~ /^127\./ || $1 == "::1") ? "10.0.2.2" : $1; print }' >> "$root/etc/hosts" || :
done
# Whether the machine has to reach services of this one's loopback address (a proxy on it); otherwise the backends keep it out.
if grep -qs '10\.0\.2\.2' "$root/etc/apt/apt.conf.d/90forge-lab" "$root/etc/hosts"; then : > "$dest/uses-host-loopback"; fi
printf 'lab\n' > "$root/etc/hostname"
# A machine without a screen: boot loader, kernel and login all speak on the serial port. In the file where an administrator and the content's fixes look: one
# of our own in grub.d would overrule what they write there.
sed -i -E '/^GRUB_(TIMEOUT|TERMINAL|SERIAL_COMMAND|CMDLINE_LINUX|CMDLINE_LINUX_DEFAULT|DISABLE_OS_PROBER)=/d' "$root/etc/default/grub"
cat >> "$root/etc/default/grub" <<'GRUB'
GRUB_TIMEOUT=1
GRUB_TERMINAL=serial
GRUB_SERIAL_COMMAND="serial --unit=0 --speed=115200"
GRUB_CMDLINE_LINUX_DEFAULT=""
GRUB_CMDLINE_LINUX="console=ttyS0"
GRUB_DISABLE_OS_PROBER=true
GRUB
printf 'nameserver 10.0.2.3\n' > "$root/etc/resolv.conf"
if [ -d /usr/local/share/ca-certificates ]; then
  cp -a /usr/local/share/ca-certificates/. "$root/usr/local/share/ca-certificates/"
  chroot "$root" update-ca-certificates >/dev/null
fi
: > "$root/etc/machine-id"
rm -f "$root/var/lib/dbus/machine-id"
# On btrfs systemd-tmpfiles would make these as subvolumes, which no snapshot of the disk includes.
install -d -m 700 "$root/var/lib/machines" "$root/var/lib/portables"

step "make the account, its key and its password"
ssh-keygen -q -t ed25519 -N '' -C forge-lab -f "$dest/id_ed25519"
(umask 077; head -c 18 /dev/urandom | base64 | tr '+/' 'ab' > "$dest/password")
chroot "$root" useradd --create-home --shell /bin/bash --uid 1000 --groups sudo,adm "$user"
printf '%s:%s\nroot:%s\n' "$user" "$(cat "$dest/password")" "$(cat "$dest/password")" | chroot "$root" chpasswd
install -d -m 700 -o 1000 -g 1000 "$root/home/$user/.ssh"
install -m 600 -o 1000 -g 1000 "$dest/id_ed25519.pub" "$root/home/$user/.ssh/authorized_keys"
printf '%s ALL=(ALL:ALL) NOPASSWD: ALL\n' "$user" > "$root/etc/sudoers.d/$user"
chmod 440 "$root/etc/sudoers.d/$user"
cat "$root"/etc/ssh/ssh_host_*_key.pub > "$dest/host_keys"
# A machine taken back to a checkpoint finds its clock hours ahead: what is due by the calendar would all start then, and apt's own timers would hold the
# package database's lock.
chroot "$root" systemctl --quiet disable apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer fstrim.timer e2scrub_reap.service

step "make the disk for QEMU (ext4 and boot loader)"
# The same early configuration as a BIOS boot loader has: find the file system, hand over to the machine's own grub.cfg.
cat > "$dest/early.cfg" <<'CFG'
set root=(hd0)
set prefix=(hd0)/boot/grub
configfile /boot/grub/grub.cfg
CFG
mkdir -p "$root/boot/grub"
cp -r "$root/usr/lib/grub/i386-pc" "$root/boot/grub/"
rm -f "$root"/boot/grub/i386-pc/*.img
uuid=$(cat /proc/sys/kernel/random/uuid)
printf 'UUID=%s / ext4 errors=remount-ro 0 1\n' "$uuid" > "$root/etc/fstab"
mke2fs -q -t ext4 -U "$uuid" -L forge-lab -d "$root" "$dest/base.ext4" "$disk_size"
mkdir -p "$dest/mnt"
mount -o loop "$dest/base.ext4" "$dest/mnt"
# update-grub asks what the root file system is on, and the answer has to be the disk that it will be: the machine gets a /dev of its own in which the
# loop device is called vda, and its root is mounted under that name.
device=$(findmnt --noheadings --output SOURCE "$dest/mnt")
mount -t tmpfs -o mode=755 tmpfs "$dest/mnt/dev"
mknod "$dest/mnt/dev/vda" b "$(printf '%d' "0x$(stat -c %t "$device")")" "$(printf '%d' "0x$(stat -c %T "$device")")"
cp -a /dev/null "$dest/mnt/dev/"
mkdir -p "$dest/mnt/dev/disk/by-uuid"
ln -s ../../vda "$dest/mnt/dev/disk/by-uuid/$uuid"
mount -t proc proc "$dest/mnt/proc"
chroot "$dest/mnt" mount /dev/vda /mnt
for tree in dev proc; do mount --bind "$dest/mnt/$tree" "$dest/mnt/mnt/$tree"; done
mount --rbind /sys "$dest/mnt/mnt/sys"
chroot "$dest/mnt/mnt" update-grub
umount -R -l "$dest/mnt/mnt"
umount "$dest/mnt/proc" "$dest/mnt/dev"
grep -q "root=UUID=$uuid" "$dest/mnt/boot/grub/grub.cfg" || { echo "update-grub wrote no entry for the machine's kernel." >&2; exit 1; }
cp -a "$dest/mnt/boot/grub/." "$root/boot/grub/"
umount "$dest/mnt"
grub-mkimage -O i386-pc -d "$root/usr/lib/grub/i386-pc" -p '(hd0)/boot/grub' -c "$dest/early.cfg" -o "$dest/core.img" \
  biosdisk ext2 linux normal configfile echo search search_fs_uuid search_fs_file search_label test loadenv gzio serial terminal \
  password password_pbkdf2 sleep reboot halt all_video minicmd
cat "$root/usr/lib/grub/i386-pc/lnxboot.img" "$dest/core.img" > "$dest/grub.lkrn"

step "make the disk for nspawn (btrfs)"
printf '# The root file system comes from outside.\n' > "$root/etc/fstab"
chroot "$root" systemctl --quiet mask console-getty.service
truncate -s 16G "$dest/root.btrfs"
mkfs.btrfs --quiet --metadata single --label forge-lab "$dest/root.btrfs"
mount -o loop,compress=zstd:1,noatime,discard=async "$dest/root.btrfs" "$dest/mnt"
btrfs --quiet subvolume create "$dest/mnt/current"
cp -a "$root/." "$dest/mnt/current/"
mkdir "$dest/mnt/checkpoints"
umount "$dest/mnt"

step "finish"
rmdir "$dest/mnt"
rm -rf "$root" "$dest/early.cfg" "$dest/core.img" "$dest/apt.conf" "$dest/debian.sources"
