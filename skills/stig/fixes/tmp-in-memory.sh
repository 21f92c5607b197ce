# Gives /tmp a file system of its own in memory, by a line in /etc/fstab that the next boot reads. Nothing is mounted now: what is in /tmp stays where
# programs look for it. Memory is used only for what is written there, a quarter of all at most.
set -eu
LC_ALL=C
export LC_ALL

die() {
  echo "$*" >&2
  exit 1
}

if findmnt -n /tmp >/dev/null; then
  echo "/tmp is a file system of its own already"
  exit 0
fi
if [ ! -d /tmp ] || [ -L /tmp ]; then die "refused: /tmp is not a folder on this machine"; fi
if findmnt --fstab -n /tmp >/dev/null 2>&1; then die "refused: /etc/fstab names /tmp already, and it is not mounted"; fi
# A unit file is stronger than fstab, and so is a mask.
own=/etc/systemd/system/tmp.mount
if [ -e "$own" ] || [ -L "$own" ]; then die "refused: $own decides about /tmp on this machine"; fi
memory=$(awk '$1 == "MemTotal:" { print int($2 / 1024) }' /proc/meminfo)
[ "$memory" -ge 1024 ] || die "refused: $memory MiB of memory are too few to hold /tmp as well; give it a disk with -Decision"
used=$(du -xsm /tmp | cut -f1)
[ "$used" -le $((memory / 8)) ] || die "refused: /tmp holds $used MiB, and a quarter of the memory is $((memory / 4)) MiB; give it a disk with -Decision"

line='tmpfs /tmp tmpfs rw,nosuid,nodev,noexec,relatime,size=25%,mode=1777 0 0'
new=/etc/fstab.forge
trap 'rm -f "$new"' EXIT
[ ! -e /etc/fstab ] || cp -p /etc/fstab "$new"
[ ! -s "$new" ] || [ -z "$(tail -c 1 "$new")" ] || echo >>"$new"
printf '%s\n' "$line" >>"$new"
# What is wrong with other lines was so before.
printf '%s\n' "$line" >"$new.line"
trap 'rm -f "$new" "$new.line"' EXIT
findmnt --verify --tab-file "$new.line" >/dev/null 2>&1 || die "findmnt does not accept the new line of /etc/fstab: $line"
# A service with a /tmp of its own that starts before the next boot would have it mounted now: masked in /run, until then.
if [ -d /run/systemd/system ] && [ ! -e /run/systemd/system/tmp.mount ]; then ln -s /dev/null /run/systemd/system/tmp.mount; fi
mv -f "$new" /etc/fstab
sync /etc/fstab
echo "/tmp is in memory from the next boot on, at most $((memory / 4)) MiB"
