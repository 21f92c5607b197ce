
# The fields of shadow(5) and passwd(5), by their numbers.
entry() { getent "$1" "$name" | cut -d: -f"$2"; }

so() {
  [ -n "$(getent passwd "$name")" ] || cannot_tell "there is no account $name on this machine"
  grep -q "^$(printf '%s' "$name" | sed 's/\./\\./g'):" /etc/passwd || cannot_tell "account $name is not a local one"
  case $property in
    locked)
      case $(entry shadow 2) in
        '!'* | '*'*) [ "$value" = yes ] ;;
        *) [ "$value" = no ] ;;
      esac
      ;;
    shell) [ "$(entry passwd 7)" = "$value" ] ;;
    min-days) [ "$(entry shadow 4)" = "$value" ] ;;
    max-days) [ "$(entry shadow 5)" = "$value" ] ;;
    warn-days) [ "$(entry shadow 6)" = "$value" ] ;;
    inactive-days) [ "$(entry shadow 7)" = "$value" ] || { [ "$value" = -1 ] && [ -z "$(entry shadow 7)" ]; } ;;
    *) return 2 ;;
  esac
}

apply() {
  [ "$name" != "${SUDO_USER:-root}" ] || die "refused: $name is the login that Forge uses"
  case $property in
    locked) if [ "$value" = yes ]; then usermod -L -- "$name"; else usermod -U -- "$name"; fi ;;
    shell) [ -x "$value" ] || die "there is no $value on this machine"; usermod -s "$value" -- "$name" ;;
    min-days) chage -m "$value" -- "$name" ;;
    max-days) chage -M "$value" -- "$name" ;;
    warn-days) chage -W "$value" -- "$name" ;;
    inactive-days) chage -I "$value" -- "$name" ;;
  esac || die "$property of $name cannot be set"
}
