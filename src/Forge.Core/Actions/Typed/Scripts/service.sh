
was_restarted=
unit() { systemctl show -p "$1" --value -- "$name"; }

so() {
  [ -d /run/systemd/system ] || cannot_tell "this machine was not booted by systemd"
  case $state in
    enabled) [ "$(unit LoadState)" = loaded ] && starts && runs ;;
    disabled) ! runs && ! starts ;;
    masked) [ "$(unit LoadState)" = masked ] && ! runs ;;
    restarted) [ -n "$was_restarted" ] && runs ;;
  esac
}

starts() {
  case $(systemctl is-enabled -- "$name" 2>/dev/null) in
    enabled | enabled-runtime | static | alias | indirect | generated) ;;
    *) return 1 ;;
  esac
  # Others start it; only there is nothing to enable. To be disabled it must not be enabled in any way that can be taken back.
  [ "$state" != disabled ] || case $(systemctl is-enabled -- "$name" 2>/dev/null) in static | indirect | generated) return 1 ;; esac
}

# A unit of one run (oneshot) that ended well counts as running.
runs() {
  case $(unit ActiveState) in
    active | activating | reloading) ;;
    *) [ "$state" = enabled ] && [ "$(unit Type)" = oneshot ] && [ "$(unit Result)" = success ] && [ -n "$(unit ExecMainExitTimestamp)" ] ;;
  esac
}

apply() {
  [ "$state" = masked ] || [ "$(unit LoadState)" != not-found ] || die "there is no unit $name on this machine"
  case $state in
    enabled)
      [ "$(unit LoadState)" != masked ] || systemctl -q unmask -- "$name" || die "$name cannot be unmasked"
      systemctl -q enable -- "$name" || die "$name cannot be enabled"
      systemctl start -- "$name" || die "$name does not start: $(journalctl -qn 3 -o cat -u "$name" 2>/dev/null | paste -sd ' ' -)"
      ;;
    disabled)
      systemctl stop -- "$name" || die "$name does not stop"
      systemctl -q disable -- "$name" || die "$name cannot be disabled"
      ;;
    restarted)
      systemctl restart -- "$name" || die "$name does not start again: $(journalctl -qn 3 -o cat -u "$name" 2>/dev/null | paste -sd ' ' -)"
      was_restarted=1
      ;;
    masked)
      [ "$(unit LoadState)" = not-found ] || systemctl stop -- "$name" || die "$name does not stop"
      systemctl -q mask -- "$name" || die "$name cannot be masked (a unit file of its own stands in /etc?)"
      ;;
  esac
}
