# --- the state of the host -------------------------------------------------------------------------------------------------------------

# Writes the manifest to $1; the rest are the operation's own paths. A path found twice keeps its first record: content before mode only.
# Content is journalled of configuration, boot configuration, units and dot files of homes; mode and owner of what is large or changes by itself.
manifest() {
  m=$1
  shift
  : >"$m.modes" || return 1
  {
    mode_records >"$m.modes" &
    modes=$!
    deep=
    for path; do
      case ${path%/} in
        '' | /usr | /usr/bin | /usr/sbin | /usr/lib* | /usr/share | /var | /var/lib | /var/log | /boot | /home | /opt | /srv | /tmp | /var/tmp | /bin | /sbin | /lib*)
          deep="$deep x" ;;
        *) set -- "$@" "$path" ;;
      esac
      shift
    done
    find /etc /usr/local /var/spool/cron /var/lib/pam /var/lib/ucf /usr/lib/sysctl.d /usr/lib/modprobe.d /usr/lib/systemd/system \
      /boot/grub/grub.cfg /boot/grub/grubenv /boot/grub/custom.cfg /boot/grub2/grub.cfg /boot/grub2/grubenv /boot/grub2/user.cfg /boot/loader \
      /root/.[!.]* /home/*/.[!.]* "$@" -xdev \
      \( -name forge-deadman.service -o -name .cache -o -path "$H" -o -path /proc -o -path /sys -o -path /run -o -path /dev \) -prune \
      -o -type d -printf '%p\001d %m %U %G\001\0' -o \( -type f -size -65536k -o -type l -o -type p \) -printf '%p\001%y %m %U %G %s %l\001%C@ %i\0' \
      -o -type f -printf '%p\001b %m %U %G %s\001%C@ %i\0'
    wait "$modes" || { : >"$m.modes" && mode_records; }
    [ -z "$deep" ] || find / -xdev \( -path /proc -o -path /sys -o -path /run -o -path /dev -o -path "$H" \) -prune \
      -o \( -type d -o -type f \) -printf '%p\001m %m %U %G\001\0'
  } 2>/dev/null | sort -zsu -t "$A" -k1,1 - "$m.modes" >"$m" && [ -s "$m" ]
}

# The first two levels of what is large or changes by itself. Complete only where it ends with 0.
mode_records() {
  find /boot /home /root /var/log /var/lib /usr/bin /usr/sbin -maxdepth 2 -xdev \
    \( -path '/usr/*/*/*' -o -path '/var/lib/*/*' -o -path '/var/log/journal/*' -o -path "$H" \) -prune \
    -o \( -type d -o -type f \) -printf '%p\001m %m %U %G\001\0'
}

equal_part() { cut -zd "$A" -f1,2; }
path_part() { cut -zd "$A" -f1; }

# Records of content kinds on standard input: their paths, folders left out.
content_paths() { awk 'BEGIN { RS = ORS = "\0"; FS = "\001" } $2 ~ /^[flp] / { print $1 }'; }

# Whether this awk reads and writes records that end with NUL (mawk 1.3.4, gawk; POSIX leaves it open).
awk_knows_nul() { [ "$(printf 'a\nb\0c\0' | awk 'BEGIN { RS = ORS = "\0" } { print }' | tr '\0\n' '. ')" = 'a b.c.' ]; }

packages_file() {
  for p in /var/lib/dpkg/status /var/lib/rpm/rpmdb.sqlite /usr/lib/sysimage/rpm/rpmdb.sqlite /var/lib/rpm/Packages; do
    [ -e "$p" ] && return
  done
  p=
}

packages() {
  packages_file
  case $p in
    '') : ;;
    # One that was left half way counts as installed: undo has to take it away.
    *dpkg*) dpkg-query -W -f '${db:Status-Status} ${binary:Package}=${Version}\n' | sed -nE 's/^(installed|unpacked|half-[a-z]+|triggers-[a-z]+) //p' | sort ;;
    *) rpm -qa --qf '%{NAME}.%{ARCH}=%{EVR}\n' | sort ;;
  esac
}

# Units that stay active by themselves; what follows logins and timers is left out. One program is started, the rest is the shell's own; its read would take
# a system call for each byte.
units() {
  [ -d /run/systemd/system ] || return 0
  listed=$(systemctl list-units --no-legend --no-pager --plain --state=active --type=service,socket,timer,path,automount,swap 2>/dev/null)
  active=
  set -f
  IFS=$LINE
  for line in $listed; do
    case $line in
      user@* | user-runtime-dir@* | session-* | run-* | apt-daily* | dpkg-db* | logrotate* | man-db* | packagekit* | polkit* | *getty@*) ;;
      systemd-hostnamed* | systemd-timedated* | systemd-localed* | systemd-fsck* | systemd-udevd* | systemd-tmpfiles* | systemd-sysctl* | systemd-update*) ;;
      *) active="$active${line%% *}$LINE" ;;
    esac
  done
  unset IFS
  set +f
  printf '%s' "$active"
}

sysctls() {
  grep -rsD skip '' /proc/sys/kernel /proc/sys/net /proc/sys/fs /proc/sys/vm 2>/dev/null |
    grep -aEv '^/proc/sys/(fs/(dentry-state|file-nr|inode|quota|binfmt_misc|aio-nr|epoll)|kernel/(random/|ns_last_pid|pty/nr|keys/|cad_pid|perf_event_max_sample_rate|hostname|domainname|tainted|sched_domain|seccomp/actions_avail)|net/netfilter/nf_(conntrack_count|log)|net/.*(stable_secret|temp_prefered_lft|gc_)|vm/(stat_refresh|nr_|numa|overcommit_.*bytes))' |
    sort
}

nft_rules() { if command -v nft >/dev/null; then nft -s list ruleset 2>/dev/null; fi; }
audit_rules() { if command -v auditctl >/dev/null; then auditctl -l 2>/dev/null; fi; }

# Mount points with the options that a remount can change.
mounts() {
  while read -r _ point _ options _; do
    case $point in /proc/* | /sys/* | /run/user/*) ;; *) printf '%s %s\n' "$point" "$options" ;; esac
  done </proc/mounts
}

# comm with options $1 of the lines in file $2 and the lines in text $3.
lines_apart() {
  sort "$2" >"$S/sorted"
  printf '%s\n' "$3" | sort | comm "$1" "$S/sorted" -
}

# Refreshes the mirror of content to the manifest $1; only what changed since is copied.
refresh() {
  [ -e "$S/files.m" ] || : >"$S/files.m"
  if cmp -s "$S/files.m" "$1"; then return 0; fi
  comm -z -13 "$S/files.m" "$1" | content_paths | sed -z 's|^/||' >"$S/copy" || :
  adopt "$1" "$S/copy"
}

# Copies the files of list $2 (names below /; $3, see on_names) and makes manifest $1 the known one. What undo of earlier operations needs is on the disk with it.
adopt() {
  if [ -s "$2" ]; then
    # A file may vanish between the listing and the copy; anything else is a failure.
    copy_into "$S/mirror" "$2" "${3:-}" || { missing_only || return 1; }
  fi
  mv -f "$1" "$S/files.m" && sync -f "$S/files.m"
}

# Copies the live files of list $2 ($3, see on_names) under $1, with all that cp can keep.
copy_into() { (cd / && on_names "$2" "${3:-}" cp -a --reflink=auto --remove-destination --parents -t "$1" --) 2>"$S/copy.err"; }

# Ends this shell as a command, from the third word on, with the names of list $1 as arguments; where they are known as a shell's words, $2, by that
# program alone.
on_names() {
  list=$1 words=$2
  shift 2
  if [ -n "$words" ]; then eval "exec \"\$@\" $words"; fi
  exec xargs -0r "$@" <"$list"
}

missing_only() { ! grep -v 'No such file or directory' "$S/copy.err" >/dev/null; }

# State of the kernel of the given kinds, into folder $1.
kernel_state() {
  k=$1
  shift
  for kind; do
    case $kind in
      sysctls) sysctls >"$k/sysctls" ;;
      nft) nft_rules >"$k/nft" ;;
      audit) audit_rules >"$k/audit" ;;
    esac
    [ -e "$k/$kind" ] || return 1
  done
}

# The kinds that an operation's script names; they are recorded before and after it.
kernel_kinds() {
  kinds=
  [ ! -e "${o:-}/kernel" ] || read -r kinds <"$o/kernel"
}

# The state before: everything that undo needs is on disk when this returns 0.
take_state() {
  : >"$S/settled" || return 1
  units >"$S/units" &
  u=$!
  if ! mounts >"$S/mounts" || ! manifest "$S/new.m" "$@" || ! refresh "$S/new.m" || ! wait "$u"; then return 1; fi
  packages_file
  if [ -n "$p" ] && { [ ! -e "$S/packages" ] || [ "$p" -nt "$S/packages" ]; }; then
    packages >"$S/packages.new" || return 1
    mv -f "$S/packages.new" "$S/packages"
  fi
  [ -e "$S/packages" ] || : >"$S/packages"
  read -r boot_id </proc/sys/kernel/random/boot_id
  known_boot=
  [ ! -e "$S/boot_id" ] || read -r known_boot <"$S/boot_id"
  kernel_kinds
  # shellcheck disable=SC2086 # words
  if [ "$boot_id" != "$known_boot" ]; then kernel_state "$S" $ALL_KINDS && printf '%s\n' "$boot_id" >"$S/boot_id"; else kernel_state "$S" $kinds; fi
}
