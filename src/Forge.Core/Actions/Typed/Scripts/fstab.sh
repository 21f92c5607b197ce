
# fstab with the option added to the entry of the point; exit code 3 where it has no entry. What is no entry stays as it is.
with_option() {
  awk '
    BEGIN { point = ENVIRON["point"]; option = ENVIRON["option"]; name = option; sub(/=.*/, "", name) }
    /^[ \t]*(#|$)/ || $2 != point { print; next }
    {
      found = 1
      n = split($4, list, ","); text = ""; has = 0
      for (i = 1; i <= n; i++) {
        each = list[i]; short = each; sub(/=.*/, "", short)
        if (each == option) has = 1
        # Its opposite and another value of it go (mount(8)).
        else if ("no" short == name || short == name) continue
        text = text (text == "" ? "" : ",") each
      }
      if (!has) text = text (text == "" ? "" : ",") option
      if (text == $4) { print; next }
      at = match($0, /[^ \t]+[ \t]+[^ \t]+[ \t]+[^ \t]+[ \t]+/)
      rest = substr($0, RLENGTH + at); sub(/^[^ \t]*/, "", rest)
      print substr($0, 1, RLENGTH + at - 1) text rest
    }
    END { exit found ? 0 : 3 }' /etc/fstab
}

in_fstab() {
  with_option >/dev/null || return 1
  with_option | cmp -s - /etc/fstab
}

# judged FILE: what mount would make of it, against what it makes of the one that is there: faults of before are not ours.
judged() {
  faults() { findmnt --verify --tab-file "$1" 2>&1 | grep -c '\[E\]'; }
  [ "$(faults "$1")" -le "$(faults /etc/fstab)" ] || {
    findmnt --verify --tab-file "$1" 2>&1 | grep '\[E\]' >&2
    return 1
  }
}

put() {
  beside /etc/fstab
  with_option >"$beside"
  code=$?
  if [ "$code" = 3 ] && [ -n "${1:-}" ]; then
    printf '%s\n' "$1" >>"$beside"
  else
    [ "$code" = 0 ] || die "refused: /etc/fstab has no entry for $point"
  fi
  judged "$beside" || die "findmnt does not accept the new /etc/fstab"
  swap /etc/fstab
  [ ! -d /run/systemd/system ] || systemctl daemon-reload
}
