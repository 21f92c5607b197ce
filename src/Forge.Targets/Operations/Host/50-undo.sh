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
    if [ -s "$o/paths" ]; then eval "set -- $(cat "$o/paths")"; else set --; fi
    make_room "$@"
    put_back_ucf || fail 91 "ucf's lists, which an undo that was cut off kept in $o/ucf, could not be put back (is the disk full?)"
    complete_lists || fail 91 "the lists of this operation could not be completed (is the disk full?)"
    take_state "$@" || fail 91 "the state before the undo could not be recorded"
    equal_part <"$S/files.m" >"$o/expected.cur"
    revert >"$o/undo.out" 2>&1 </dev/null 8>&-
    compared=
    repair "$@" >>"$o/undo.out" 2>&1
    prove "$@" >"$o/differences" 2>>"$o/undo.out"
    {
      head -c "$LIMIT" "$o/undo.out" >"$o/undo.head"
      sections "$o/differences" "$o/undo.head"
    } >"$o/undo.report.part" && settle "$o/undo.report"
    if [ ! -s "$o/differences" ] && : >"$o/undone" && sync "$o/undone"; then
      find "$o" -mindepth 1 -maxdepth 1 ! -name started ! -name report ! -name undone ! -name undo.report ! -name '*armed' ! -name disarm ! -name lock -exec rm -rf -- {} +
    fi
    drop_unit
    keep_room
  fi
  cat "$o/undo.report"
}

# A disk that an operation filled: the room that was kept goes first, and large files born since it started under paths that its script names. Nobody
# else's files are touched.
make_room() {
  room=65536
  for each in $(df --output=avail -k / "$H"); do
    case $each in *[!0-9]*) ;; *) [ "$each" -ge "$room" ] || room=$each ;; esac
  done
  [ "$room" -lt 65536 ] || return 0
  rm -f "$H/room"
  [ $# -gt 0 ] || return 0
  find "$@" -xdev -type f -size +8192k -newerBm "$o/started" -print -exec rm -f -- {} + >"$o/filled" 2>/dev/null
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
  comm -23 "$o/names.new" "$o/names.old" >"$o/names.purge"
  keep_ucf
  xargs -r env DEBIAN_FRONTEND=noninteractive dpkg --purge --force-depends --force-remove-reinstreq <"$o/names.purge"
  if [ -s "$o/removed" ]; then
    xargs -r env DEBIAN_FRONTEND=noninteractive apt-get -qy --allow-downgrades -o Dpkg::Options::=--force-confold --no-install-recommends install <"$o/removed"
  fi
  put_back_ucf
}

# Taking a package away writes ucf's lists anew, one older copy of each for every file of the package: they come to stand as they did before that, and the
# files of the operation give them the state that they had before it. Where ucf itself goes, so does its folder.
keep_ucf() {
  if [ ! -d /var/lib/ucf ] || grep -qE '^ucf(:|$)' "$o/names.purge"; then return 0; fi
  if [ -s "$o/names.purge" ] || [ -s "$o/removed" ]; then rm -rf "$o/ucf.part" && cp -a /var/lib/ucf "$o/ucf.part" && mv "$o/ucf.part" "$o/ucf"; fi
}

# A whole copy takes the folder's place, so that a full disk leaves one of the two. An undo that was cut off meanwhile begins with this.
put_back_ucf() {
  [ -d "$o/ucf" ] || return 0
  rm -rf /var/lib/ucf.forge /var/lib/ucf.gone && cp -a "$o/ucf" /var/lib/ucf.forge || return 1
  if [ -e /var/lib/ucf ]; then mv -T /var/lib/ucf /var/lib/ucf.gone || return 1; fi
  mv -T /var/lib/ucf.forge /var/lib/ucf && rm -rf /var/lib/ucf.gone "$o/ucf"
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
  restore_modes "$o/old"
}

# Mode and owner of every record of file $1, where they differ now; links have none.
restore_modes() {
  sort -z -t "$A" -k1,1 "$1" | equal_part | tr '\001\0\n' '\t\n\1' >"$o/modes"
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
  while read -r point options; do
    # A remount keeps what is not named: what was allowed before has to be said (mount(8), "remount").
    for allowed in exec suid dev; do
      case ,$options, in *,no$allowed,*) ;; *) options=$options,$allowed ;; esac
    done
    mount -o "remount,$options" "$point" || mount "$point"
  done <"$o/mounts.old"
}

# Services that read a restored file; only those that are active.
reload_services() {
  tr '\0' '\n' <"$o/files" >"$o/files.nl"
  while read -r file; do
    case $file in
      /etc/ssh/*) for each in ssh sshd; do again reload "$each"; done ;;
      # Read at the daemon's next start alone. A restart would not wait for that: it writes audit.rules anew from all of them.
      /etc/audit/rules.d/* | /etc/audit/audit.rules*) ;;
      /etc/audit/*) hang_up_auditd ;;
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

# Its unit on Debian knows no reload.
hang_up_auditd() {
  daemon=$(systemctl show -p MainPID --value auditd)
  [ "${daemon:-0}" -le 0 ] || kill -HUP "$daemon"
}

# The state now and the state that is wanted: everything that the operation touched as it was before it, everything else as it was before the undo.
# Their records apart go into the folder proof.
compare_states() {
  manifest "$o/now.m" "$@" || return 1
  equal_part <"$o/now.m" >"$o/now.e"
  { path_part <"$o/old"; path_part <"$o/new"; } | sort -zu >"$o/touched"
  { join -zt "$A" -v 1 "$o/expected.cur" "$o/touched"; equal_part <"$o/old"; } | sort -z >"$o/want"
  mkdir -p "$o/proof"
  records_apart "$o/want" "$o/now.e" "$o/proof" >/dev/null
}

# Taking a package away also takes folders that were there before it and files of others that its scripts remove: what is gone now comes back from the
# mirror. What is there, others may have changed meanwhile: it stays. Where nothing is gone, what was compared ($compared) is what is to be proved.
repair() {
  compare_states "$@" || return 0
  compared=yes
  [ -s "$o/proof/old" ] || return 0
  compared=
  path_part <"$o/now.e" >"$o/now.p"
  join -zt "$A" -v 1 "$o/proof/old" "$o/now.p" >"$o/gone"
  grep -zaE "^[^$A]*${A}d " "$o/gone" | path_part | xargs -0r mkdir -p --
  content_paths <"$o/gone" | comm -z -23 - "$o/touched" >"$o/back"
  if [ -s "$o/back" ]; then (cd "$S/mirror" && sed -z 's|^/||' "$o/back" | xargs -0r cp -a --remove-destination --parents -t / --); fi
  restore_modes "$o/gone"
  rm -f "$o/now.p" "$o/gone"
}

# What differs from the wanted state, one line each.
prove() {
  [ -n "$compared" ] || compare_states "$@" || echo "state: cannot be read"
  for side in old new; do tr '\001\0\n' ' \n?' <"$o/proof/$side" | sed "s/^/$side: /; s/^old: /should be: /; s/^new: /is: /"; done
  content_paths <"$o/old" >"$o/back"
  if [ -s "$o/back" ]; then sed -z 's|^/||' "$o/back" | tr '\0\n' '\n\1' | different_bytes; fi
  packages >"$o/now.packages"
  comm -12 "$o/installed" "$o/now.packages" | sed 's/^/package still installed: /'
  comm -23 "$o/removed" "$o/now.packages" | sed 's/^/package not back: /'
  if [ -s "$o/names.purge" ]; then
    dpkg-query -W -f '${db:Status-Status} ${binary:Package}\n' | sed -n 's/^config-files //p' | sort | comm -12 - "$o/names.purge" | sed 's/^/package not purged: /'
  fi
  units | sort >"$o/now.units"
  comm -12 "$o/started" "$o/now.units" | sed 's/^/unit still active: /'
  comm -23 "$o/stopped" "$o/now.units" | sed 's/^/unit not active: /'
  while IFS=: read -r path value; do
    [ "$(cat "$path" 2>/dev/null)" = "$value" ] || echo "sysctl: $path is not $value"
  done <"$o/sysctls"
  now_mounts=$(mounts)
  lines_apart -23 "$o/mounts.old" "$now_mounts" | sed 's/^/mount should be: /'
  printf '%s\n' "$now_mounts" | sort | comm -12 - "$o/mounts.new" | sed 's/^/mount is: /'
  for kind in nft audit; do
    [ ! -e "$o/$kind.old" ] || "${kind}_rules" | cmp -s - "$o/$kind.old" || echo "$kind: the rules are others"
  done
  kernel_kinds
  if [ -s "$o/installed" ] || [ -s "$o/removed" ] || [ -s "$o/started" ] || [ -s "$o/stopped" ]; then kinds=$ALL_KINDS; fi
  # shellcheck disable=SC2086 # words
  refresh "$o/now.m" && kernel_state "$S" $kinds
  rm -rf "$o/proof" "$o/touched" "$o/now.e" "$o/want" "$o/now.packages" "$o/now.units" "$o/expected.cur" "$o/back" "$o/back.d"
}

different_bytes() {
  while read -r file; do
    [ ! -f "$o/undo/$file" ] || [ -L "$o/undo/$file" ] || cmp -s "$o/undo/$file" "/$file" || echo "content: /$file"
  done
}
