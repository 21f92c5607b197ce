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
    if [ -s "$H/ops/$lost/paths" ]; then eval "set -- $(cat "$H/ops/$lost/paths")"; else set --; fi
    record "$H/ops/$lost" "$@"
    write_report "$H/ops/$lost" interrupted 0 0 0
  fi
  : >"$H/current"
}

# Whether the state is the one that the operation before this one left a moment ago, in the same call: then it is known already. The rest are the
# operation's own paths: with such, what is watched differs.
follows() {
  [ -n "${after:-}" ] && [ $# -eq 0 ] && [ -e "$S/settled" ] || return 1
  read -r settled <"$S/settled"
  [ "$settled" = "$after" ] && [ ! -s "$H/ops/$after/paths" ] || return 1
  kernel_kinds
  [ -n "$kinds" ] || return 0
  [ -e "$S/kernel.settled" ] && read -r settled known <"$S/kernel.settled" && [ "$settled" = "$after" ] || return 1
  [ "$known" = "$ALL_KINDS" ] || [ "$known" = "$kinds" ]
}

# Records what the operation in folder $1 changed; a full disk gives way to the room that was kept for this. The rest are its own paths.
record() {
  [ -e "$1/journal" ] || return 0
  : >"$S/settled"
  if find_changes "$@" 2>"$1/changes.err"; then
    printf '%s\n' "${1##*/}" >"$S/settled"
    return 0
  fi
  rm -f "$H/room"
  # What the first try began must not write beside the second.
  # shellcheck disable=SC2086 # process ids
  wait "$u" $beside
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
    if ! mkdir "$o" "$o/undo" || ! printf '%s' "$script" >"$o/script" || ! printf '%s' "$7" >"$o/paths"; then
      rm -rf "$o"
      fail 91 "the operation could not be stored on the host (is the disk full?)"
    fi
    kinds=
    case $script in *sysctl* | */proc/sys* | *ufw* | *firewall*) kinds=sysctls ;; esac
    case $script in *nft* | *iptables* | *ufw* | *firewall*) kinds="$kinds nft" ;; esac
    case $script in *audit*) kinds="$kinds audit" ;; esac
    [ -z "$kinds" ] || printf '%s\n' "${kinds# }" >"$o/kernel"
    id=$1 && shift 2
    # Detached: it goes on when the connection is lost. In a session of its own, as a batch is, a shell less is enough.
    if [ "${own_session:-}" = yes ]; then
      exec_op "$id" "$@" </dev/null >/dev/null 2>&1 &
    else
      setsid sh "$H/host" _exec "$id" "$@" </dev/null >/dev/null 2>&1 &
    fi
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
    if follows "$@"; then
      : >"$o/journal" || exit 1
    elif ! take_state "$@" 2>"$o/failed.part" || ! : >"$o/journal"; then
      { echo "the state before could not be recorded; nothing was run" && cat "$o/failed.part" "$S/copy.err"; } >"$o/failed" 2>/dev/null
      exit 1
    fi
  fi
  if ! printf '%s\n' "$id" >"$H/current" || ! : >"$o/started" || ! sync "$o/started" "$H/current" "$o"; then
    rm -f "$o/started"
    exit 1
  fi
  [ "$deadman" = 0 ] || arm "$id" "$deadman"
  run_script
  record "$o" "$@"
  if write_report "$o" completed "$status" "$timed_out" "$ms" || { rm -f "$H/room" && write_report "$o" completed "$status" "$timed_out" "$ms"; }; then
    [ "${own_session:-}" = yes ] || tidy "$id"
  fi
  : >"$H/current"
}

# What only mattered until the report was written, and lists that stayed empty, go: hundreds of operations would leave thousands of files to every
# scanner that walks through the disk. One program for all operations given.
tidy() {
  gone=
  for op; do
    [ -e "$H/ops/$op/report" ] || continue
    for each in failed.part out err out.pipe err.pipe out.end err.end script apart keep copy same changes.err undo $LISTS; do
      case $each in
        started) ;;
        installed | removed | stopped | sysctls | mounts.* | files | old | new | paths) [ -s "$H/ops/$op/$each" ] || gone="$gone $op/$each" ;;
        *) [ ! -e "$H/ops/$op/$each" ] || gone="$gone $op/$each" ;;
      esac
    done
  done
  # shellcheck disable=SC2086 # names without blanks
  [ -z "$gone" ] || (cd "$H/ops" && exec rm -df -- $gone) 2>/dev/null
}

# Makes the lists that were empty again, for those who read them.
complete_lists() {
  for list in $LISTS; do [ -e "$o/$list" ] || : >"$o/$list" || return 1; done
  [ -d "$o/undo" ] || mkdir "$o/undo"
}

# Ends what a script started and left in other sessions (a package manager runs its tools on a terminal of their own): all that inherited its mark. What
# the service manager started for it has none.
end_family() {
  tries=0
  while [ "$tries" -lt 50 ] && family=$(grep -lsaF "FORGE_OPERATION=$1" /proc/[0-9]*/environ | cut -d/ -f3) && [ -n "$family" ]; do
    # shellcheck disable=SC2086 # process ids
    kill -KILL $family 2>/dev/null
    sleep 0.1
    tries=$((tries + 1))
  done
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
  FORGE_OPERATION=$id timeout -k 5 "$seconds" "$interpreter" "$o/script" </dev/null >"$o/out.pipe" 2>"$o/err.pipe" 8>&- 9>&- &
  child=$!
  wait "$child"
  status=$?
  uptime_ms
  ms=$((up - begun)) timed_out=0
  if [ "$ms" -ge $((seconds * 1000)) ] && { [ "$status" = 124 ] || [ "$status" = 137 ]; }; then
    timed_out=1
    kill -KILL "-$child" 2>/dev/null
    end_family "$id"
  fi
  # A service that the script started may hold the pipes open: what was printed by now is enough.
  tries=0
  while { [ ! -e "$o/out.end" ] || [ ! -e "$o/err.end" ]; } && [ "$tries" -lt 1050 ]; do
    [ "$tries" -lt 1000 ] || sleep 0.02
    tries=$((tries + 1))
  done
}
