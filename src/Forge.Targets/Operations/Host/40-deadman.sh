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
  # Only when the time is over: one that is killed belongs to a shutdown, and the boot after it undoes.
  if [ "$?" = 124 ] && [ ! -e "$o/disarmed" ]; then undo "$1" >/dev/null 2>&1; fi
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
