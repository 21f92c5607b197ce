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

# --- the state of the host -------------------------------------------------------------------------------------------------------------

# Writes the manifest to $1; the rest are the operation's own paths. A path found twice keeps its first record: content before mode only.
# Content is journalled of configuration, boot configuration, units and dot files of homes; mode and owner of what is large or changes by itself.
manifest() {
  m=$1
  shift
  {
    deep=
    for path; do
      case ${path%/} in
        '' | /usr | /usr/bin | /usr/sbin | /usr/lib* | /usr/share | /var | /var/lib | /var/log | /boot | /home | /opt | /srv | /tmp | /var/tmp | /bin | /sbin | /lib*)
          deep="$deep x" ;;
        *) set -- "$@" "$path" ;;
      esac
      shift
    done
    find /etc /usr/local /var/spool/cron /usr/lib/sysctl.d /usr/lib/modprobe.d /usr/lib/systemd/system \
      /boot/grub/grub.cfg /boot/grub/grubenv /boot/grub/custom.cfg /boot/grub2/grub.cfg /boot/grub2/grubenv /boot/grub2/user.cfg /boot/loader \
      /root/.[!.]* /home/*/.[!.]* "$@" -xdev \
      \( -name forge-deadman.service -o -name .cache -o -path "$H" -o -path /proc -o -path /sys -o -path /run -o -path /dev \) -prune \
      -o -type d -printf '%p\001d %m %U %G\001\0' -o \( -type f -size -65536k -o -type l -o -type p \) -printf '%p\001%y %m %U %G %s %l\001%C@ %i\0'
    find /boot /home /root /var/log /var/lib /usr/bin /usr/sbin -maxdepth 2 -xdev \
      \( -path '/usr/*/*/*' -o -path '/var/lib/*/*' -o -path '/var/log/journal/*' -o -path "$H" \) -prune \
      -o \( -type d -o -type f \) -printf '%p\001m %m %U %G\001\0'
    [ -z "$deep" ] || find / -xdev \( -path /proc -o -path /sys -o -path /run -o -path /dev -o -path "$H" \) -prune \
      -o \( -type d -o -type f \) -printf '%p\001m %m %U %G\001\0'
  } 2>/dev/null | sort -zsu -t "$A" -k1,1 >"$m" && [ -s "$m" ]
}

equal_part() { cut -zd "$A" -f1,2; }
path_part() { cut -zd "$A" -f1; }

# Records of content kinds on standard input: their paths, folders left out.
content_paths() { grep -zaE "^[^$A]*${A}[flp] " | path_part; }

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
    *dpkg*) dpkg-query -W -f '${db:Status-Status} ${binary:Package}=${Version}\n' | sed -n 's/^installed //p' | sort ;;
    *) rpm -qa --qf '%{NAME}.%{ARCH}=%{EVR}\n' | sort ;;
  esac
}

# Units that stay active by themselves; what follows logins and timers is left out. One program is started, the rest is the shell's own.
units() {
  [ -d /run/systemd/system ] || return 0
  systemctl list-units --no-legend --no-pager --plain --state=active --type=service,socket,timer,path,automount,swap 2>/dev/null |
    while read -r name _; do
      case $name in
        user@* | user-runtime-dir@* | session-* | run-* | apt-daily* | dpkg-db* | logrotate* | man-db* | packagekit* | polkit* | *getty@*) ;;
        systemd-hostnamed* | systemd-timedated* | systemd-localed* | systemd-fsck* | systemd-udevd* | systemd-tmpfiles* | systemd-sysctl* | systemd-update*) ;;
        *) printf '%s\n' "$name" ;;
      esac
    done
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
  comm -z -13 "$S/files.m" "$1" | content_paths >"$S/copy" || :
  if [ -s "$S/copy" ]; then
    # A file may vanish between the listing and the copy; anything else is a failure.
    copy_into "$S/mirror" "$S/copy" || { missing_only "$S/copy" || return 1; }
  fi
  mv -f "$1" "$S/files.m" && sync -f "$S/files.m"
}

# Copies the listed live files under $1, with all that cp can keep.
copy_into() { (cd / && sed -z 's|^/||' "$2" | xargs -0r cp -a --reflink=auto --remove-destination --parents -t "$1" --) 2>"$S/copy.err"; }

missing_only() { ! grep -v 'No such file or directory' "$S/copy.err" >/dev/null; }

kernel_state() {
  sysctls >"$1/sysctls"
  nft_rules >"$1/nft"
  audit_rules >"$1/audit"
  [ -e "$1/sysctls" ]
}

# The state before: everything that undo needs is on disk when this returns 0.
take_state() {
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
  if [ "$boot_id" != "$known_boot" ] || [ -e "${o:-}/kernel" ]; then kernel_state "$S" && printf '%s\n' "$boot_id" >"$S/boot_id"; fi
}

# --- what an operation changed --------------------------------------------------------------------------------------------------------------

# Compares the state now with the state before ($S), keeps in the operation's folder $1 what undo needs, and makes now the known state.
# The rest are the operation's own paths.
find_changes() {
  o=$1
  shift
  units >"$S/units.new" &
  u=$!
  manifest "$S/after.m" "$@" || return 1
  for list in files old new installed removed started stopped sysctls mounts.old mounts.new; do : >"$o/$list" || return 1; done
  if ! cmp -s "$S/files.m" "$S/after.m"; then file_changes || return 1; fi
  packages_file
  if [ -n "$p" ] && [ "$p" -nt "$S/packages" ]; then
    packages >"$S/packages.new" || return 1
    comm -13 "$S/packages" "$S/packages.new" >"$o/installed"
    comm -23 "$S/packages" "$S/packages.new" >"$o/removed"
    mv -f "$S/packages.new" "$S/packages"
  fi
  wait "$u"
  now_mounts=$(mounts)
  if ! same_text "$S/mounts" "$now_mounts"; then
    lines_apart -23 "$S/mounts" "$now_mounts" >"$o/mounts.old"
    lines_apart -13 "$S/mounts" "$now_mounts" >"$o/mounts.new"
  fi
  if ! cmp -s "$S/units" "$S/units.new"; then
    for each in units units.new; do sort "$S/$each" >"$S/$each.s"; done
    comm -13 "$S/units.s" "$S/units.new.s" >"$o/started"
    comm -23 "$S/units.s" "$S/units.new.s" >"$o/stopped"
  fi
  if [ -s "$o/installed" ] || [ -s "$o/started" ] || [ -s "$o/stopped" ] || [ -e "$o/kernel" ] || { [ -s "$o/files" ] && grep -zaq sysctl "$o/files"; }; then
    kernel_changes
  fi
}

# Whether the file's text is the given one, without a program.
same_text() {
  text=
  while IFS= read -r line; do text="$text${text:+
}$line"; done <"$1"
  [ "$text" = "$2" ]
}

# Records of manifest $1 that differ in manifest $2, into the files old and new of folder $3. Files of mode-only kinds that come or go are none of ours.
records_apart() {
  comm -z -23 "$1" "$2" >"$3/old.a"
  comm -z -13 "$1" "$2" >"$3/new.a"
  for side in old new; do path_part <"$3/$side.a" | sort -zu >"$3/$side.p"; done
  comm -z -12 "$3/old.p" "$3/new.p" >"$3/both.p"
  for side in old new; do
    {
      join -zt "$A" "$3/$side.a" "$3/both.p"
      join -zt "$A" -v 1 "$3/$side.a" "$3/both.p" | grep -zaE "^[^$A]*${A}[dflp] "
    } | sort -z >"$3/$side"
  done
  rm -f "$3/old.a" "$3/new.a" "$3/old.p" "$3/new.p" "$3/both.p"
}

file_changes() {
  records_apart "$S/files.m" "$S/after.m" "$o"
  content_paths <"$o/old" >"$o/keep"
  if [ -s "$o/keep" ]; then
    mkdir -p "$o/undo" && (cd "$S/mirror" && sed -z 's|^/||' "$o/keep" | xargs -0r cp -al --remove-destination --parents -t "$o/undo" --) || return 1
  fi
  changed_only
  refresh "$S/after.m"
}

# The names of what really differs: another record but for ctime, or other bytes under the same record.
changed_only() {
  for side in old new; do equal_part <"$o/$side" >"$o/$side.e"; done
  comm -z -3 "$o/old.e" "$o/new.e" | sed -z 's/^\t//' | path_part >"$o/diff.p"
  comm -z -12 "$o/old.e" "$o/new.e" | grep -zaE "^[^$A]*${A}f " | path_part >"$o/same.p"
  if [ -s "$o/same.p" ]; then
    (cd "$o/undo" && sed -z 's|^/||' "$o/same.p" | xargs -0r sha256sum -z) >"$o/sum.old"
    (cd / && sed -z 's|^/||' "$o/same.p" | xargs -0r sha256sum -z) >"$o/sum.new"
    comm -z -23 "$o/sum.old" "$o/sum.new" 2>/dev/null | sed -z 's|^[0-9a-f]*  |/|' >>"$o/diff.p"
  fi
  sort -zu "$o/diff.p" >"$o/files"
  rm -f "$o/diff.p" "$o/same.p" "$o/sum.old" "$o/sum.new" "$o/keep" "$o/old.e" "$o/new.e"
}

kernel_changes() {
  mkdir -p "$S/kernel" && kernel_state "$S/kernel"
  comm -23 "$S/sysctls" "$S/kernel/sysctls" >"$o/sysctls"
  for kind in nft audit; do
    if ! cmp -s "$S/$kind" "$S/kernel/$kind"; then cp -f "$S/$kind" "$o/$kind.old"; fi
  done
  mv -f "$S/kernel/sysctls" "$S/kernel/nft" "$S/kernel/audit" "$S/"
}

# --- one operation ---------------------------------------------------------------------------------------------------------------------------

fail() {
  code=$1
  shift
  printf '%s\n' "$*" >&2
  exit "$code"
}

op_folder() {
  case $1 in
    *[!0-9a-f]* | '') fail 93 "not an operation id: $1" ;;
  esac
  o=$H/ops/$1
}

take_lock() {
  exec 8>"$H/lock"
  flock -w 900 8 || fail 92 "another operation holds the host"
}

check_epoch() {
  epoch=0 owner=
  if [ -e "$H/epoch" ]; then read -r epoch owner <"$H/epoch"; fi
  [ "$1" -ge "$epoch" ] || fail 90 "$epoch $owner"
}

# Writes lines or sections so that they are complete or absent.
settle() { sync "$1.part" && mv -f "$1.part" "$1"; }

uptime_ms() {
  read -r up _ </proc/uptime
  part=${up#*.}
  up=$((${up%.*} * 1000 + (1$part - 100) * 10))
}

# Sections, one line of base64 each; an empty one is an empty line.
sections() {
  for section; do
    [ ! -s "$section" ] || base64 -w0 "$section"
    echo
  done
  echo end
}

# $1 folder, $2 state, $3 status, $4 timed out, $5 milliseconds
write_report() {
  (
    cd "$1" || exit 1
    printf '%s %s %s %s\n' "$2" "$3" "$4" "$5"
    sections out err files installed removed started stopped sysctls
  ) >"$1/report.part" && settle "$1/report"
}

# An operation that was started and is gone without a report: find out what it did before anything else changes the state.
recover() {
  [ -s "$H/current" ] || return 0
  read -r lost <"$H/current"
  if [ -e "$H/ops/$lost/started" ] && [ ! -e "$H/ops/$lost/report" ]; then
    eval "set -- $(cat "$H/ops/$lost/paths")"
    record "$H/ops/$lost" "$@"
    write_report "$H/ops/$lost" interrupted 0 0 0
  fi
  : >"$H/current"
}

# Records what the operation in folder $1 changed; a full disk gives way to the room that was kept for this. The rest are its own paths.
record() {
  [ -e "$1/journal" ] || return 0
  find_changes "$@" 2>"$1/changes.err" && return 0
  rm -f "$H/room"
  find_changes "$@" 2>"$1/changes.err" || echo "what changed could not be recorded" >>"$1/err"
}

answer() {
  if [ -e "$1/report" ]; then
    [ ! -e "$1/undone" ] || echo undone
    [ -e "$1/undone" ] || echo known
    cat "$1/report"
  elif [ -e "$1/failed" ]; then
    cat "$1/failed" >&2
    return 91
  elif [ -e "$1/started" ]; then
    lost=
    [ ! -s "$H/current" ] || read -r lost <"$H/current"
    if [ "$lost" = "${1##*/}" ] && ! flock -n "$H/lock" true; then echo running; else echo interrupted; fi
  else
    echo absent
  fi
}

# run ID EPOCH SECONDS UNDOABLE DEADMAN INTERPRETER PATHS [PATH...]: the script's text is in $script, the quoted paths in PATHS.
run() {
  op_folder "$1"
  take_lock
  check_epoch "$2"
  [ ! -s "$H/current" ] || recover
  op_folder "$1"
  if [ ! -e "$o/started" ]; then
    [ ! -e "$o" ] || rm -rf "$o"
    # shellcheck disable=SC2154 # set by the caller that reads this file
    if ! mkdir "$o" || ! printf '%s' "$script" >"$o/script" || ! printf '%s' "$7" >"$o/paths"; then
      rm -rf "$o"
      fail 91 "the operation could not be stored on the host (is the disk full?)"
    fi
    case $script in *sysctl* | */proc/sys* | *nft* | *iptables* | *ufw* | *firewall* | *audit*) : >"$o/kernel" ;; esac
    id=$1 && shift 2
    setsid sh "$H/host" _exec "$id" "$@" </dev/null >/dev/null 2>&1 &
    runner=$!
    exec 8>&-
    wait "$runner"
  fi
  answer "$o"
}

# The detached part: it goes on when the connection is lost. It has the lock from the shell that started it.
exec_op() {
  op_folder "$1"
  id=$1 seconds=$2 undoable=$3 deadman=$4 interpreter=$5
  shift 6
  trap '' HUP INT TERM
  if [ "$undoable" = 1 ]; then
    if ! take_state "$@" 2>"$o/failed.part" || ! : >"$o/journal"; then
      { echo "the state before could not be recorded; nothing was run" && cat "$o/failed.part" "$S/copy.err"; } >"$o/failed" 2>/dev/null
      exit 1
    fi
  fi
  if ! printf '%s\n' "$id" >"$H/current" || ! : >"$o/started" || ! sync "$o/script" "$o/started" "$H/current" "$o"; then
    rm -f "$o/started"
    exit 1
  fi
  [ "$deadman" = 0 ] || arm "$id" "$deadman"
  run_script
  record "$o" "$@"
  write_report "$o" completed "$status" "$timed_out" "$ms" || { rm -f "$H/room" && write_report "$o" completed "$status" "$timed_out" "$ms"; }
  : >"$H/current"
}

# Runs the script in its own group under its own time limit; output is bounded by readers that drop what is over.
run_script() {
  mkfifo "$o/out.pipe" "$o/err.pipe"
  for stream in out err; do
    {
      # Not head: it keeps what it read until the end, and a service left behind may never end.
      (trap '' XFSZ && ulimit -f $((LIMIT / 512)) && exec cat >"$o/$stream")
      if read -r _; then cat >/dev/null; fi
      : >"$o/$stream.end"
    } <"$o/$stream.pipe" >/dev/null 2>&1 8>&- 9>&- &
  done
  uptime_ms
  begun=$up
  timeout -k 5 "$seconds" "$interpreter" "$o/script" </dev/null >"$o/out.pipe" 2>"$o/err.pipe" 8>&- 9>&- &
  child=$!
  wait "$child"
  status=$?
  uptime_ms
  ms=$((up - begun)) timed_out=0
  if [ "$ms" -ge $((seconds * 1000)) ] && { [ "$status" = 124 ] || [ "$status" = 137 ]; }; then
    timed_out=1
    kill -KILL "-$child" 2>/dev/null
  fi
  # A service that the script started may hold the pipes open: what was printed by now is enough.
  tries=0
  while { [ ! -e "$o/out.end" ] || [ ! -e "$o/err.end" ]; } && [ "$tries" -lt 1050 ]; do
    [ "$tries" -lt 1000 ] || sleep 0.02
    tries=$((tries + 1))
  done
  rm -f "$o/out.pipe" "$o/err.pipe" "$o/out.end" "$o/err.end"
}

# --- dead-man revert -------------------------------------------------------------------------------------------------------------------------

UNIT=/etc/systemd/system/forge-deadman.service
WANT=/etc/systemd/system/multi-user.target.wants/forge-deadman.service

# Armed before the script starts, counted from its end. A boot in between undoes at once, by a unit that exists only while something is armed.
arm() {
  printf '%s\n' "$2" >"$o/armed" && mkfifo "$o/disarm"
  exec 9>"$o/lock"
  flock 9
  if [ -d /run/systemd/system ]; then
    printf '[Unit]\nDescription=Forge dead-man revert after a boot\nAfter=local-fs.target\nBefore=ssh.service sshd.service\n[Service]\nType=oneshot\nExecStart=/bin/sh %s/host _boot\n[Install]\nWantedBy=multi-user.target\n' "$H" >"$UNIT"
    mkdir -p "${WANT%/*}" && ln -sf "$UNIT" "$WANT"
  fi
  sync "$o/armed"
  setsid sh "$H/host" _watch "$1" "$2" </dev/null >/dev/null 2>&1 8>&- 9>&- &
}

watch() {
  op_folder "$1"
  flock "$o/lock" true
  timeout "$2" head -c 1 <>"$o/disarm" >/dev/null
  [ -e "$o/disarmed" ] || undo "$1" >/dev/null 2>&1
}

disarm() {
  op_folder "$1"
  if [ -e "$o/armed" ]; then
    : >"$o/disarmed" && sync "$o/disarmed" || exit 1
    [ ! -p "$o/disarm" ] || printf x 1<>"$o/disarm"
  fi
  drop_unit
}

drop_unit() {
  for each in "$H"/ops/*/armed; do
    if [ -e "$each" ] && [ ! -e "${each%/*}/disarmed" ] && [ ! -e "${each%/*}/undone" ]; then return 0; fi
  done
  rm -f "$UNIT" "$WANT"
}

boot() {
  for each in "$H"/ops/*/armed; do
    o=${each%/*}
    if [ -e "$each" ] && [ ! -e "$o/disarmed" ] && [ ! -e "$o/undone" ]; then undo "${o##*/}"; fi
  done
  drop_unit
}

# --- undo --------------------------------------------------------------------------------------------------------------------------------------

undo() {
  op_folder "$1"
  [ -e "$o/started" ] || fail 93 "the host never started this operation"
  take_lock
  [ -z "${2:-}" ] || check_epoch "$2"
  recover
  op_folder "$1"
  if [ ! -e "$o/undone" ]; then
    [ -e "$o/journal" ] || fail 91 "no state was recorded before this operation"
    : >"$o/disarmed"
    [ ! -p "$o/disarm" ] || printf x 1<>"$o/disarm"
    rm -f "$H/room"
    eval "set -- $(cat "$o/paths")"
    make_room
    take_state "$@" || fail 91 "the state before the undo could not be recorded"
    equal_part <"$S/files.m" >"$o/expected.cur"
    revert >"$o/undo.out" 2>&1 </dev/null 8>&-
    prove "$@" >"$o/differences" 2>>"$o/undo.out"
    {
      head -c "$LIMIT" "$o/undo.out" >"$o/undo.head"
      sections "$o/differences" "$o/undo.head"
    } >"$o/undo.report.part" && settle "$o/undo.report"
    if [ ! -s "$o/differences" ]; then : >"$o/undone" && sync "$o/undone"; fi
    drop_unit
    keep_room
  fi
  cat "$o/undo.report"
}

# A disk that an operation filled: large files born since it started, outside of where services keep their data, are its own.
make_room() {
  room=$(df --output=avail -k / | tail -n 1)
  [ "$room" -lt 65536 ] || return 0
  find / -xdev \( -path /proc -o -path /sys -o -path /dev -o -path /run -o -path /var/lib -o -path /var/log -o -path /var/cache \) -prune \
    -o -type f -size +8192k -newerBm "$o/started" -print -exec rm -f -- {} + >"$o/filled" 2>/dev/null
}

# Room for the journal of an operation that fills the disk.
keep_room() { [ -e "$H/room" ] || head -c 33554432 /dev/zero >"$H/room" || { rm -f "$H/room" && return 1; }; }

revert() {
  if command -v apt-get >/dev/null; then revert_apt; else revert_rpm; fi
  while read -r unit; do systemctl stop "$unit"; done <"$o/started"
  revert_files
  if grep -zaq systemd "$o/files" || grep -zaq '/init.d/\|/fstab' "$o/files"; then systemctl daemon-reload; fi
  revert_kernel
  reload_services
  while read -r unit; do systemctl reset-failed "$unit"; systemctl start "$unit"; done <"$o/stopped"
}

revert_apt() {
  cut -d= -f1 "$o/installed" | sort -u >"$o/names.new"
  cut -d= -f1 "$o/removed" | sort -u >"$o/names.old"
  comm -23 "$o/names.new" "$o/names.old" | xargs -r env DEBIAN_FRONTEND=noninteractive dpkg --purge --force-depends
  if [ -s "$o/removed" ]; then
    xargs -r env DEBIAN_FRONTEND=noninteractive apt-get -qy --allow-downgrades -o Dpkg::Options::=--force-confold --no-install-recommends install <"$o/removed"
  fi
}

revert_rpm() {
  cut -d= -f1 "$o/installed" | sort -u >"$o/names.new"
  cut -d= -f1 "$o/removed" | sort -u >"$o/names.old"
  comm -23 "$o/names.new" "$o/names.old" | xargs -r rpm -e --nodeps
  if [ -s "$o/removed" ]; then sed 's/\.\([^.=]*\)=\(.*\)/-\2.\1/' "$o/removed" | xargs -r dnf -y --allowerasing install; fi
}

revert_files() {
  path_part <"$o/old" >"$o/old.p"
  path_part <"$o/new" >"$o/new.p"
  comm -z -13 "$o/old.p" "$o/new.p" | sort -zr >"$o/added"
  # Files go, then folders that are empty now; a folder that holds something newer stays and is reported.
  (cd / && xargs -0r rm -f -- <"$o/added") 2>/dev/null
  xargs -0r rmdir -- <"$o/added" 2>/dev/null
  content_paths <"$o/old" >"$o/back"
  grep -zaE "^[^$A]*${A}d " "$o/old" | path_part >"$o/back.d"
  # What became another kind of thing goes too.
  grep -zaE "^[^$A]*${A}d " "$o/new" | path_part | comm -z -12 - "$o/back" | xargs -0r rmdir --
  content_paths <"$o/new" | comm -z -12 - "$o/back.d" | xargs -0r rm -f --
  xargs -0r mkdir -p -- <"$o/back.d"
  if [ -s "$o/back" ]; then
    # Beside, then renamed by cp itself: a file that is in use (a running shell, sudoers) is never half written.
    (cd "$o/undo" && sed -z 's|^/||' "$o/back" | xargs -0r cp -a --remove-destination --parents -t / --)
  fi
  restore_modes
}

# Mode and owner of everything recorded, where they differ now; links have none.
restore_modes() {
  sort -z -t "$A" -k1,1 "$o/old" | equal_part | tr '\001\0\n' '\t\n\1' >"$o/modes"
  while IFS="$(printf '\t')" read -r path rest; do
    # shellcheck disable=SC2086 # the record's words
    set -- $rest
    case $1 in
      l) ;;
      *) [ "$(stat -c '%a %u %g' "$path")" = "$2 $3 $4" ] || { chown -h "$3:$4" "$path" && chmod "$2" "$path"; } ;;
    esac
  done <"$o/modes"
  rm -f "$o/modes"
}

revert_kernel() {
  while IFS=: read -r path value; do printf '%s\n' "$value" >"$path"; done <"$o/sysctls"
  [ ! -e "$o/nft.old" ] || { nft flush ruleset && nft -f "$o/nft.old"; }
  if [ -e "$o/audit.old" ]; then
    auditctl -D
    grep -v '^No rules' "$o/audit.old" >"$o/audit.rules"
    auditctl -R "$o/audit.rules"
  fi
  while read -r point options; do
    if cut -d' ' -f1 "$o/mounts.old" | grep -qxF "$point"; then :; else umount "$point"; fi
  done <"$o/mounts.new"
  while read -r point options; do mount -o "remount,$options" "$point" || mount "$point"; done <"$o/mounts.old"
}

# Services that read a restored file; only those that are active.
reload_services() {
  tr '\0' '\n' <"$o/files" >"$o/files.nl"
  while read -r file; do
    case $file in
      /etc/ssh/*) for each in ssh sshd; do again reload "$each"; done ;;
      /etc/audit/*) again reload auditd ;;
      /etc/systemd/journald.conf*) again restart systemd-journald ;;
      /etc/systemd/logind.conf*) again reload systemd-logind ;;
      /etc/systemd/timesyncd.conf*) again restart systemd-timesyncd ;;
      /etc/systemd/resolved.conf*) again restart systemd-resolved ;;
      /etc/rsyslog*) again restart rsyslog ;;
      /etc/chrony*) for each in chrony chronyd; do again restart "$each"; done ;;
      /etc/cron*) ;;
      /etc/sudoers*) ! command -v visudo >/dev/null || visudo -cq ;;
    esac
  done <"$o/files.nl"
  rm -f "$o/files.nl"
}

again() {
  case " ${done_services:-} " in *" $2 "*) return ;; esac
  done_services="${done_services:-} $2"
  case $2 in ssh | sshd) if ! mkdir -p /run/sshd || ! sshd -t; then return; fi ;; esac
  ! systemctl -q is-active "$2" 2>/dev/null || systemctl "$1" "$2" || systemctl restart "$2"
}

# What differs from the state before the operation, one line each: everything it touched must be as it was, everything else as it was before the undo.
prove() {
  manifest "$o/now.m" "$@" || echo "state: cannot be read"
  equal_part <"$o/now.m" >"$o/now.e"
  { path_part <"$o/old"; path_part <"$o/new"; } | sort -zu >"$o/touched"
  { join -zt "$A" -v 1 "$o/expected.cur" "$o/touched"; equal_part <"$o/old"; } | sort -z >"$o/want"
  mkdir -p "$o/proof"
  records_apart "$o/want" "$o/now.e" "$o/proof"
  for side in old new; do tr '\001\0\n' ' \n?' <"$o/proof/$side" | sed "s/^/$side: /; s/^old: /should be: /; s/^new: /is: /"; done
  content_paths <"$o/old" >"$o/back"
  if [ -s "$o/back" ]; then sed -z 's|^/||' "$o/back" | tr '\0\n' '\n\1' | different_bytes; fi
  packages >"$o/now.packages"
  comm -12 "$o/installed" "$o/now.packages" | sed 's/^/package still installed: /'
  comm -23 "$o/removed" "$o/now.packages" | sed 's/^/package not back: /'
  units | sort >"$o/now.units"
  comm -12 "$o/started" "$o/now.units" | sed 's/^/unit still active: /'
  comm -23 "$o/stopped" "$o/now.units" | sed 's/^/unit not active: /'
  while IFS=: read -r path value; do
    [ "$(cat "$path" 2>/dev/null)" = "$value" ] || echo "sysctl: $path is not $value"
  done <"$o/sysctls"
  refresh "$o/now.m" && kernel_state "$S"
  rm -rf "$o/proof" "$o/touched" "$o/now.e" "$o/want" "$o/now.packages" "$o/now.units" "$o/expected.cur" "$o/back" "$o/back.d"
}

different_bytes() {
  while read -r file; do
    [ ! -f "$o/undo/$file" ] || [ -L "$o/undo/$file" ] || cmp -s "$o/undo/$file" "/$file" || echo "content: /$file"
  done
}

# --- commands ------------------------------------------------------------------------------------------------------------------------------------

# claim EPOCH|- OWNER: prints the epoch that holds now, and records the state, so that operations only compare.
claim() {
  take_lock
  recover
  epoch=0 owner=
  if [ -e "$H/epoch" ]; then read -r epoch owner <"$H/epoch"; fi
  if [ "$1" = - ]; then
    next=$((epoch + 1))
  elif [ "$1" -lt "$epoch" ] || { [ "$1" -eq "$epoch" ] && [ "$2" != "$owner" ] && [ -n "$owner" ]; }; then
    fail 90 "$epoch $owner"
  else
    next=$1
  fi
  if ! printf '%s %s\n' "$next" "$2" >"$H/epoch.part" || ! settle "$H/epoch" || ! keep_room; then
    fail 91 "the epoch could not be stored (is the disk full?)"
  fi
  take_state 2>"$S/claim.err" || fail 91 "the state of the host could not be recorded: $(cat "$S/claim.err" "$S/copy.err" 2>/dev/null)"
  echo "$next"
}

forget() {
  for id; do
    op_folder "$id"
    [ ! -d "$o" ] || (cd "$o" && rm -rf undo old new journal paths script added back expected.cur nft.old audit.old mounts.old mounts.new)
  done
}

verb=$1
shift
case $verb in
  claim) claim "$@" ;;
  run) run "$@" ;;
  query) op_folder "$1" && answer "$o" ;;
  undo) undo "$@" ;;
  disarm) disarm "$@" ;;
  forget) forget "$@" ;;
  remove) take_lock && rm -f "$UNIT" "$WANT" && rm -rf "$H" ;;
  _exec) exec_op "$@" ;;
  _watch) watch "$@" ;;
  _boot) boot ;;
  *) fail 93 "unknown command $verb" ;;
esac
