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
  awk_knows_nul || fail 91 "awk on this host does not know records that end with NUL: install gawk, or mawk 1.3.4 or later"
  # What others did to the firewall or to kernel parameters since the last run is theirs: an undo must bring back that, and not what was known days ago.
  rm -f "$S/boot_id"
  take_state 2>"$S/claim.err" || fail 91 "the state of the host could not be recorded: $(cat "$S/claim.err" "$S/copy.err" 2>/dev/null)"
  echo "$next"
}

# What an undo would need, and what a connection that was lost left. One program for all: there may be hundreds.
forget() {
  for id; do op_folder "$id"; done
  for id; do
    for each in "$H/ops/$id"/*; do
      case ${each##*/} in
        started | report | failed | undone | undo.report | armed | disarm | disarmed | lock | installed | removed | stopped | sysctls | files | recorded) ;;
        *) printf '%s\0' "$each" ;;
      esac
    done
  done | xargs -0r rm -rf --
}

# Whether an operation ended by itself, so that the next one of its batch may run.
ended() {
  op_folder "$1"
  [ ! -e "$o/undone" ] && read -r how code late _ <"$o/report" && [ "$how" = completed ] && [ "$late" = 0 ] && [ "$code" -lt 128 ]
}

verb=$1
shift
case $verb in
  claim) claim "$@" ;;
  run) run "$@" ;;
  query) op_folder "$1" && answer "$o" ;;
  ended) ended "$1" ;;
  _none) ;;
  undo) undo "$@" ;;
  disarm) disarm "$@" ;;
  forget) forget "$@" ;;
  remove) take_lock && rm -f "$UNIT" "$WANT" && rm -rf "$H" ;;
  _exec) exec_op "$@" ;;
  _watch) watch "$@" ;;
  _boot) boot ;;
  *) fail 93 "unknown command $verb" ;;
esac
