#!/bin/sh
# Forge's wrapper on a host: runs each operation once, journals the state before it, undoes it. Installed as root under /var/lib/forge (0700).
#
# Layout:  host this script · epoch "number owner" · lock · state/ the last known state: files.m (manifest), mirror/ (content), packages, units, sysctls,
#          nft, audit, mounts · ops/ID/ one operation: script, out, err, report, lock (held while it runs), undo data.
# Manifest: NUL-ended records "path ^A type mode uid gid size target ^A ctime inode", sorted by path. What counts as equal is all before the second ^A;
# ctime only says which files to look at.
# Exit: 0, or 90 epoch refused, 91 journal failed, 92 lock not had in time, 93 usage.
# shellcheck disable=SC3013 # -nt: dash, bash, ksh and busybox have it
set -u
umask 077
LC_ALL=C
export LC_ALL
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export PATH
H=/var/lib/forge
S=$H/state
LIMIT=1048576
A=$(printf '\001')

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
      -o -type d -printf '%p\001d %m %U %G\001\0' -o \( -type f -size -65536k -o -type l \) -printf '%p\001%y %m %U %G %s %l\001%C@ %i\0'
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
content_paths() { grep -zaE "^[^$A]*${A}[fl] " | path_part; }

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

# Units that stay active by themselves; what follows logins and timers is left out.
units() {
  [ -d /run/systemd/system ] || return 0
  systemctl list-units --no-legend --no-pager --plain --state=active --type=service,socket,timer,path,automount,swap 2>/dev/null |
    sed -n 's/^\([^ ]*\) .*/\1/p' |
    grep -Ev '^(user@|user-runtime-dir@|session-|run-|systemd-(hostnamed|timedated|localed|fsck|udevd|tmpfiles|sysctl|binfmt|update)|apt-daily|dpkg-db|logrotate|man-db|packagekit|polkit|getty@|serial-getty@|console-getty)' |
    sort
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
  done </proc/mounts | sort
}

# Refreshes the mirror of content to the manifest $1; only what changed since is copied.
refresh() {
  [ -e "$S/files.m" ] || : >"$S/files.m"
  if cmp -s "$S/files.m" "$1"; then
    rm -f "$1"
    return 0
  fi
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

wants_kernel() { grep -Eq 'sysctl|/proc/sys|nft|iptables|ufw|firewall|audit|mount|fstab|modprobe' "$1" 2>/dev/null; }

kernel_state() {
  sysctls >"$1/sysctls"
  nft_rules >"$1/nft"
  audit_rules >"$1/audit"
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
  [ -e "$S/sysctls" ] || kernel_state "$S"
}

# --- what an operation changed --------------------------------------------------------------------------------------------------------------

# Compares the state now with the state before ($S), keeps in the operation's folder $1 what undo needs, and makes now the known state.
# The rest are the operation's own paths.
find_changes() {
  o=$1
  shift
  units >"$S/units.new" &
  u=$!
  manifest "$o/after.m" "$@" || return 1
  file_changes "$o" || return 1
  : >"$o/installed" && : >"$o/removed" && : >"$o/sysctls"
  packages_file
  if [ -n "$p" ] && [ "$p" -nt "$S/packages" ]; then
    packages >"$S/packages.new" || return 1
    comm -13 "$S/packages" "$S/packages.new" >"$o/installed"
    comm -23 "$S/packages" "$S/packages.new" >"$o/removed"
    mv -f "$S/packages.new" "$S/packages"
  fi
  wait "$u"
  comm -13 "$S/units" "$S/units.new" >"$o/started"
  comm -23 "$S/units" "$S/units.new" >"$o/stopped"
  mv -f "$S/units.new" "$S/units"
  mounts >"$S/mounts.new"
  comm -23 "$S/mounts" "$S/mounts.new" >"$o/mounts.old"
  comm -13 "$S/mounts" "$S/mounts.new" >"$o/mounts.new"
  mv -f "$S/mounts.new" "$S/mounts"
  if [ -s "$o/installed" ] || [ -s "$o/started" ] || [ -s "$o/stopped" ] || wants_kernel "$o/script" || grep -zaq sysctl "$o/files"; then
    kernel_changes "$o"
  fi
}

file_changes() {
  : >"$1/files" && : >"$1/old" && : >"$1/new"
  if cmp -s "$S/files.m" "$1/after.m"; then
    rm -f "$1/after.m"
    return 0
  fi
  comm -z -23 "$S/files.m" "$1/after.m" >"$1/old"
  comm -z -13 "$S/files.m" "$1/after.m" >"$1/new"
  # Files of mode-only kinds that come or go are none of ours.
  for side in old new; do path_part <"$1/$side" | sort -zu >"$1/$side.p"; done
  comm -z -12 "$1/old.p" "$1/new.p" >"$1/both.p"
  for side in old new; do
    { join -zt "$A" "$1/$side" "$1/both.p"; join -zt "$A" -v 1 "$1/$side" "$1/both.p" | grep -zaE "^[^$A]*${A}[dfl] "; } | sort -z >"$1/$side.k"
    mv -f "$1/$side.k" "$1/$side"
  done
  content_paths <"$1/old" >"$1/keep"
  if [ -s "$1/keep" ]; then
    mkdir -p "$1/undo" && (cd "$S/mirror" && sed -z 's|^/||' "$1/keep" | xargs -0r cp -al --remove-destination --parents -t "$1/undo" --) || return 1
  fi
  changed_only "$1"
  refresh "$1/after.m"
}

# The names of what really differs: another record but for ctime, or other bytes under the same record.
changed_only() {
  for side in old new; do equal_part <"$1/$side" >"$1/$side.e"; done
  comm -z -3 "$1/old.e" "$1/new.e" | sed -z 's/^\t//' | path_part >"$1/diff.p"
  comm -z -12 "$1/old.e" "$1/new.e" | grep -zaE "^[^$A]*${A}f " | path_part >"$1/same.p"
  if [ -s "$1/same.p" ]; then
    (cd "$1/undo" && sed -z 's|^/||' "$1/same.p" | xargs -0r sha256sum -z) >"$1/sum.old"
    (cd / && sed -z 's|^/||' "$1/same.p" | xargs -0r sha256sum -z) >"$1/sum.new"
    comm -z -23 "$1/sum.old" "$1/sum.new" 2>/dev/null | sed -z 's|^[0-9a-f]*  |/|' >>"$1/diff.p"
  fi
  sort -zu "$1/diff.p" >"$1/files"
  rm -f "$1/diff.p" "$1/same.p" "$1/sum.old" "$1/sum.new" "$1/keep" "$1/old.e" "$1/new.e" "$1/old.p" "$1/new.p" "$1/both.p"
}

kernel_changes() {
  mkdir -p "$S/kernel" && kernel_state "$S/kernel"
  comm -23 "$S/sysctls" "$S/kernel/sysctls" >"$1/sysctls"
  for kind in nft audit; do
    if ! cmp -s "$S/$kind" "$S/kernel/$kind"; then cp -f "$S/$kind" "$1/$kind.old"; fi
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

# $1 folder, $2 state, $3 status, $4 timed out, $5 milliseconds
write_report() {
  (
    cd "$1" || exit 1
    for section in out err files installed removed started stopped sysctls; do [ -e "$section" ] || : >"$section"; done
    printf '%s %s %s %s\n' "$2" "$3" "$4" "$5"
    stat -c %s out err files installed removed started stopped sysctls
    cat out err files installed removed started stopped sysctls | base64 -w0
    printf '\nend\n'
  ) >"$1/report.part" && settle "$1/report"
}

# An operation that was started and is gone without a report: find out what it did before anything else changes the state.
recover() {
  [ -s "$H/current" ] || return 0
  read -r lost <"$H/current"
  if [ -e "$H/ops/$lost/started" ] && [ ! -e "$H/ops/$lost/report" ]; then
    record "$H/ops/$lost"
    write_report "$H/ops/$lost" interrupted 0 0 0
  fi
  : >"$H/current"
}

# Records what the operation in folder $1 changed; a full disk gives way to the room that was kept for this.
record() {
  [ -e "$1/journal" ] || return 0
  eval "set -- \"\$1\" $(cat "$1/paths")"
  find_changes "$@" 2>"$1/changes.err" && return 0
  rm -f "$H/room"
  find_changes "$@" 2>"$1/changes.err" || echo "what changed could not be recorded" >>"$1/err"
}

answer() {
  if [ -e "$1/undone" ]; then
    echo undone && cat "$1/report"
  elif [ -e "$1/report" ]; then
    echo known && cat "$1/report"
  elif [ -e "$1/failed" ]; then
    cat "$1/failed" >&2
    return 91
  elif [ -e "$1/started" ]; then
    if flock -n "$1/lock" true; then echo interrupted; else echo running; fi
  else
    echo absent
  fi
}

# run ID EPOCH SECONDS UNDOABLE DEADMAN INTERPRETER PATHBYTES SCRIPTBYTES: standard input holds the operation's own paths, quoted, and the script.
run() {
  op_folder "$1"
  if [ -e "$o/started" ]; then
    flock "$o/lock" true
    check_epoch "$2"
    answer "$o"
    return
  fi
  take_lock
  check_epoch "$2"
  recover
  if [ -e "$o/started" ]; then
    exec 8>&-
    run "$@"
    return
  fi
  rm -rf "$o"
  if ! mkdir -p "$o" || ! head -c "$7" >"$o/paths" || ! cat >"$o/script" ||
    [ "$(stat -c %s "$o/paths" "$o/script" | tr '\n' ' ')" != "$7 $8 " ]; then
    rm -rf "$o"
    fail 91 "the operation could not be stored on the host (is the disk full?)"
  fi
  setsid sh "$0" _exec "$1" "$3" "$4" "$5" "$6" </dev/null >/dev/null 2>&1 &
  runner=$!
  exec 8>&-
  wait "$runner"
  answer "$o"
}

# The detached part: it goes on when the connection is lost. It inherits the lock.
exec_op() {
  id=$1 seconds=$2 undoable=$3 deadman=$4 interpreter=$5
  op_folder "$id"
  trap '' HUP INT TERM
  exec 9>"$o/lock"
  flock 9
  eval "set -- $(cat "$o/paths")"
  if [ "$undoable" = 1 ]; then
    if ! take_state "$@" 2>"$o/failed.part" || ! : >"$o/journal"; then
      { echo "the state before could not be recorded; nothing was run" && cat "$o/failed.part" "$S/copy.err"; } >"$o/failed" 2>/dev/null
      [ -s "$o/failed" ] || echo "the state before could not be recorded: no space" >"$H/failed" 2>/dev/null
      rm -f "$o/started" "$o/script"
      exit 1
    fi
  fi
  printf '%s\n' "$id" >"$H/current" && : >"$o/started" && sync "$o/script" "$o/started" "$H/current" "$o" || exit 1
  [ "$deadman" = 0 ] || arm "$id" "$deadman"
  run_script
  record "$o"
  write_report "$o" completed "$status" "$timed_out" "$ms"
  : >"$H/current"
}

# Runs the script in its own group under its own time limit; output is bounded by readers that drop what is over.
run_script() {
  mkfifo "$o/out.pipe" "$o/err.pipe"
  for stream in out err; do
    {
      head -c "$LIMIT" >"$o/$stream"
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
  while { [ ! -e "$o/out.end" ] || [ ! -e "$o/err.end" ]; } && [ "$tries" -lt 20 ]; do
    sleep 0.02
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
  if [ -d /run/systemd/system ]; then
    printf '[Unit]\nDescription=Forge dead-man revert after a boot\nAfter=local-fs.target\nBefore=ssh.service sshd.service\n[Service]\nType=oneshot\nExecStart=/bin/sh %s/host _boot\n[Install]\nWantedBy=multi-user.target\n' "$H" >"$UNIT"
    mkdir -p "${WANT%/*}" && ln -sf "$UNIT" "$WANT"
  fi
  sync "$o/armed"
  setsid sh "$0" _watch "$1" "$2" </dev/null >/dev/null 2>&1 8>&- 9>&- &
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
      stat -c %s "$o/differences" "$o/undo.head"
      cat "$o/differences" "$o/undo.head" | base64 -w0
      printf '\nend\n'
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
  grep -zaE "^[^$A]*${A}d " "$o/old" | path_part | xargs -0r mkdir -p --
  content_paths <"$o/old" >"$o/back"
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
  path_part <"$o/old" >"$o/touched.1"
  path_part <"$o/new" >"$o/touched.2"
  sort -zu "$o/touched.1" "$o/touched.2" >"$o/touched"
  manifest "$o/now.m" "$@" || echo "state: cannot be read"
  equal_part <"$o/now.m" >"$o/now.e"
  { join -zt "$A" -v 1 "$o/expected.cur" "$o/touched"; equal_part <"$o/old"; } | sort -z >"$o/want"
  sort -z "$o/now.e" | comm -z -3 "$o/want" - | tr '\001\0\n' ' \n?' | sed 's/^\t/is: /; t; s/^/was: /'
  content_paths <"$o/old" >"$o/back"
  if [ -s "$o/back" ]; then (cd "$o/undo" && sed -z 's|^/||' "$o/back" | tr '\0\n' '\n\1') | different_bytes; fi
  packages >"$o/now.packages"
  comm -12 "$o/installed" "$o/now.packages" | sed 's/^/package still installed: /'
  comm -23 "$o/removed" "$o/now.packages" | sed 's/^/package not back: /'
  units >"$o/now.units"
  comm -12 "$o/started" "$o/now.units" | sed 's/^/unit still active: /'
  comm -23 "$o/stopped" "$o/now.units" | sed 's/^/unit not active: /'
  while IFS=: read -r path value; do
    [ "$(cat "$path" 2>/dev/null)" = "$value" ] || echo "sysctl: $path is not $value"
  done <"$o/sysctls"
  rm -f "$o/touched.1" "$o/touched.2" "$o/now.e" "$o/want" "$o/now.packages" "$o/now.units" "$o/expected.cur"
  cp -f "$o/now.m" "$S/proof.m" && refresh "$S/proof.m" && rm -f "$o/now.m"
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

command=$1
shift
case $command in
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
  *) fail 93 "unknown command $command" ;;
esac
