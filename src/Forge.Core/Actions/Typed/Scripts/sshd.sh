
main=/etc/ssh/sshd_config

# What the main file includes before its first Match: for all logins. Names relative to its folder (sshd_config(5)).
included() {
  awk 'tolower($1) == "match" { exit } tolower($1) == "include" { for (i = 2; i <= NF; i++) print $i }' "$1" | tr -d '"' | while read -r name; do
    case $name in /*) ;; *) name=/etc/ssh/$name ;; esac
    # shellcheck disable=SC2086 # the shell finds what the pattern means
    for each in $name; do
      if [ -f "$each" ]; then printf '%s\n' "$each"; fi
    done
  done
}

# The file with the keyword set ($2 = set) or only taken away ($2 = drop), in the part for all logins or in the Match block.
edit() {
  what=$2 awk '
    function keyword(text) { sub(/^[ \t]+/, "", text); match(text, /^[A-Za-z0-9]+/); return tolower(substr(text, 1, RLENGTH)) }
    function criteria(text) { sub(/^[ \t]*[A-Za-z]+[ \t]*=?[ \t]*/, "", text); gsub(/[ \t]+/, " ", text); sub(/ $/, "", text); return tolower(text) }
    BEGIN { key = tolower(ENVIRON["key"]); line = ENVIRON["key"] " " ENVIRON["value"]; block = ENVIRON["match"]; gsub(/ +/, " ", block); inside = block == "" }
    {
      lines[NR] = $0
      if (keyword($0) == "match") {
        if (!start) start = NR
        inside = block != "" && criteria($0) == tolower(block)
        if (inside) seen = NR
      } else if (inside && keyword($0) == key) { drop[NR] = 1; if (!first) first = NR }
    }
    END {
      indent = block == "" ? "" : "  "
      if (ENVIRON["what"] == "drop") { for (i = 1; i <= NR; i++) print (i in drop ? "# " : "") lines[i]; exit }
      for (i = 1; i <= NR; i++) {
        if (block == "" && !first && i == start) { print line; done = 1 }
        if (i == first) { print indent line; done = 1 }
        else if (!(i in drop)) print lines[i]
        if (block != "" && !first && i == seen) { print indent line; done = 1 }
      }
      if (!done && block != "") print "Match " block
      if (!done) print indent line
    }' "$1"
}

# A copy of the configuration as it would be, with names of the copies in it. Host keys stay where they are.
stage() {
  stage=$(TMPDIR=/run mktemp -d) || cannot_tell "no folder can be made in /run"
  made="$made $stage"
  [ -d /run/sshd ] || mkdir -p /run/sshd
  mkdir "$stage/new"
  n=0
  : >"$stage/list"
  if [ -z "$match" ]; then included "$main" >"$stage/list"; fi
  edit "$main" set >"$stage/main"
  while read -r each; do
    n=$((n + 1))
    edit "$each" drop >"$stage/new/$n"
  done <"$stage/list"
  # The includes of the part for all logins, by their copies in their order; in a Match block they stay.
  awk -v dir="$stage/new" -v n="$n" -v all="$([ -n "$match" ] || echo 1)" '
    tolower($1) == "match" { past = 1 }
    all && !past && tolower($1) == "include" { if (!done) for (i = 1; i <= n; i++) print "Include " dir "/" i; done = 1; next }
    { print }' "$stage/main" >"$stage/whole"
  printf '%s %s\n' "$key" "$value" >"$stage/only"
}

# What sshd makes of a file for the keyword; for a Match block of one user, as that user.
effective() {
  case $match in
    [Uu]ser\ *[!A-Za-z0-9._-]*) sshd -T -f "$1" ;;
    [Uu]ser\ *) sshd -T -f "$1" -C "user=${match#* },host=localhost,addr=127.0.0.1,laddr=127.0.0.1,lport=22" ;;
    *) sshd -T -f "$1" ;;
  esac | grep -i "^$key " | sort
}

# Whether sshd on file $1 says what it says of the wanted line alone. In a block for others than one user, only the text can tell.
holds() {
  wanted=$(effective "$stage/only" 2>/dev/null)
  [ -n "$wanted" ] || return 2
  case $match in
    '' | [Uu]ser\ *) [ "$(effective "$1" 2>/dev/null)" = "$wanted" ] ;;
  esac
}

texts_stay() {
  edit "$main" set | cmp -s - "$main" || return 1
  while read -r each; do
    edit "$each" drop | cmp -s - "$each" || return 1
  done <"$stage/list"
}

so() {
  command -v sshd >/dev/null || cannot_tell "sshd is not on this machine"
  [ -r "$main" ] || cannot_tell "$main cannot be read"
  stage
  texts_stay && holds "$main"
}

apply() {
  no_link "$main"
  stage
  said=$(sshd -t 2>&1) || die "refused: the configuration of sshd is broken already: $said"
  said=$(sshd -t -f "$stage/only" 2>&1) || die "sshd does not take $key $value: $said"
  said=$(sshd -t -f "$stage/whole" 2>&1) || die "sshd does not take the new configuration: $said"
  holds "$stage/whole" || die "sshd would not use $key $value: $(effective "$stage/whole" 2>&1 | paste -sd ' ' -)"
  n=0
  while read -r each; do
    n=$((n + 1))
    put "$each" "$stage/new/$n"
  done <"$stage/list"
  put "$main" "$stage/main"
  said=$(sshd -t 2>&1) || die "sshd does not take its configuration: $said"
  for each in ssh sshd; do
    if systemctl -q is-active "$each" 2>/dev/null; then systemctl reload "$each" && break; fi
  done
}

put() {
  beside "$1"
  cat "$2" >"$beside"
  swap "$1"
}
