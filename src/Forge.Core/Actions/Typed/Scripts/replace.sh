
# A name that is a link, or leads through one, means another file than the one that was agreed on.
no_link() {
  [ "$(readlink -m -- "$1")" = "$1" ] || die "refused: $1 is a link to $(readlink -m -- "$1")"
  if [ -e "$1" ] && [ ! -f "$1" ]; then die "refused: $1 is not a file"; fi
}

# beside FILE: an empty file beside it, with its mode and owner; $beside is its name. A new one gets mode 644.
beside() {
  no_link "$1"
  [ -d "${1%/*}" ] || mkdir -p "${1%/*}" || die "the folder ${1%/*} cannot be made"
  beside=$(mktemp "${1%/*}/.forge.XXXXXX") || die "no file can be made in ${1%/*}"
  made="$made $beside"
  chmod 644 "$beside"
  [ ! -e "$1" ] || cp -a --attributes-only "$1" "$beside" || die "mode and owner of $1 cannot be kept"
}

# swap FILE: puts what is beside in its place; where both are equal nothing happens.
swap() {
  if [ -e "$1" ] && cmp -s "$beside" "$1"; then
    rm -f "$beside"
  else
    if ! sync "$beside" || ! mv -f "$beside" "$1"; then die "$1 cannot be replaced"; fi
  fi
}
