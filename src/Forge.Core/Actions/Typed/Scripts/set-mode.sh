
so() {
  [ -e "$path" ] || cannot_tell "$path is not on this machine"
  # shellcheck disable=SC2046 # three words
  set -- $(stat -c '%a %U %G' -- "$path")
  { [ -z "$mode" ] || [ "$1" = "$mode" ]; } && { [ -z "$owner" ] || [ "$2" = "$owner" ]; } && { [ -z "$group" ] || [ "$3" = "$group" ]; }
}

apply() {
  [ "$(readlink -m -- "$path")" = "$path" ] || die "refused: $path is a link to $(readlink -m -- "$path")"
  [ -z "$owner" ] || getent passwd "$owner" >/dev/null || die "there is no user $owner on this machine"
  [ -z "$group" ] || getent group "$group" >/dev/null || die "there is no group $group on this machine"
  # Owner first: chown takes special bits away. Without a mode they stay away: whose program runs as somebody else is not for a change of owner to say.
  [ -z "$owner$group" ] || chown -h -- "$owner${group:+:$group}" "$path" || die "the owner of $path cannot be changed"
  [ -z "$mode" ] || chmod -- "$mode" "$path" || die "the mode of $path cannot be changed"
}
