
text() { printf '[%s]\n%s=%s\n' "$section" "$key" "$value"; }

so() {
  [ -d /run/systemd/system ] || cannot_tell "this machine was not booted by systemd"
  [ -f "$file" ] && text | cmp -s - "$file" && systemctl show -p DropInPaths --value -- "$unit" | grep -qF "$file" && [ "$(systemctl show -p NeedDaemonReload --value -- "$unit")" = no ]
}

# The unit as it would be, in a folder that systemd-analyze reads first; what it says of other units does not count.
judge() {
  stage=$(TMPDIR=/run mktemp -d) || return 1
  mkdir "$stage/$unit.d" && text >"$stage/$unit.d/${file##*/}"
  verdict=$(SYSTEMD_UNIT_PATH="$stage:" systemd-analyze verify --recursive-errors=no -- "$unit" 2>&1 | grep -F "$stage")
  rm -r "$stage"
  [ -z "$verdict" ]
}

# One that ran has to run on; a program that cannot start shows only moments after the unit did.
runs_on() {
  systemctl try-restart -- "$unit" || return 1
  [ "$was" = active ] || return 0
  tries=0
  while [ "$tries" -lt 3 ]; do
    sleep 0.5
    case $(systemctl show -p ActiveState -p SubState --value -- "$unit" | paste -sd ' ' -) in *failed* | *auto-restart* | 'inactive dead') return 1 ;; esac
    tries=$((tries + 1))
  done
}

apply() {
  [ "$(systemctl show -p LoadState --value -- "$unit")" = loaded ] || die "there is no unit $unit on this machine"
  judge || die "systemd does not take $key=$value: $verdict"
  was=$(systemctl is-active -- "$unit")
  before=$([ ! -e "$file" ] || cat "$file"; echo x)
  beside "$file"
  text >"$beside"
  swap "$file"
  systemctl daemon-reload
  if ! runs_on; then
    # It ran before and does not run so: back.
    if [ "$before" = x ]; then rm -f "$file" && rmdir "${file%/*}" 2>/dev/null; else printf '%s' "${before%x}" >"$file"; fi
    systemctl daemon-reload
    systemctl reset-failed -- "$unit"
    systemctl start -- "$unit"
    die "$unit does not run with $key=$value; it is as it was"
  fi
}
