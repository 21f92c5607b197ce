
# The service's file with the line in it. Control may be a list in brackets with blanks in it (pam.conf(5)).
edit() {
  awk '
    function parse(text,   at) {
      entry = text; sub(/^[ \t]+/, "", entry)
      if (entry ~ /^(#|$|@)/) return 0
      match(entry, /^-?[a-z]+[ \t]+/); if (RLENGTH < 1) return 0
      kind = substr(entry, 1, RLENGTH); gsub(/[ \t]/, "", kind); dash = sub(/^-/, "", kind)
      entry = substr(entry, RLENGTH + 1)
      if (entry ~ /^\[/) at = index(entry, "]"); else { match(entry, /^[^ \t]+/); at = RLENGTH }
      control = substr(entry, 1, at); entry = substr(entry, at + 1); sub(/^[ \t]+/, "", entry)
      match(entry, /^[^ \t]+/); module = substr(entry, 1, RLENGTH); options = substr(entry, RLENGTH + 1)
      gsub(/^[ \t]+|[ \t]+$/, "", options); gsub(/[ \t]+/, " ", options)
      name = module; sub(/.*\//, "", name)
      return kind == ENVIRON["kind"]
    }
    # Ours are added, another value of one of ours goes, all others stay.
    function merged(old, ours,   n, m, i, j, mine, list, wanted, key, text, keep) {
      n = split(old, list, " "); m = split(ours, wanted, " "); text = ""
      for (i = 1; i <= n; i++) {
        key = list[i]; sub(/=.*/, "", key); keep = 1
        for (j = 1; j <= m; j++) { mine = wanted[j]; sub(/=.*/, "", mine); if (mine == key && wanted[j] != list[i]) keep = 0; if (wanted[j] == list[i]) has[list[i]] = 1 }
        if (keep) text = text " " list[i]
      }
      for (j = 1; j <= m; j++) if (!(wanted[j] in has)) text = text " " wanted[j]
      return text
    }
    { lines[NR] = $0; if (parse($0)) { if (!first) first = NR; last = NR; if (name == ENVIRON["module"] && !found) found = NR } }
    END {
      line = sprintf("%s\t%s\t%s%s", ENVIRON["kind"], ENVIRON["control"], ENVIRON["module"], ENVIRON["options"] == "" ? "" : " " ENVIRON["options"])
      for (i = 1; i <= NR; i++) {
        if (i == found) {
          parse(lines[i]); new = merged(options, ENVIRON["options"]); said = options == "" ? "" : " " options
          print control == ENVIRON["control"] && new == said ? lines[i] : (dash ? "-" : "") kind "\t" ENVIRON["control"] "\t" module new
        } else if (!found && i == first && ENVIRON["position"] == "first") { print line; print lines[i] }
        else if (!found && i == last && ENVIRON["position"] == "last") { print lines[i]; print line }
        else print lines[i]
      }
      if (!found && !first) print line
    }' "$file"
}

so() {
  [ -f "$file" ] || return 1
  [ -r "$file" ] || cannot_tell "$file cannot be read"
  edit | cmp -s - "$file"
}

# A module that is missing makes every login of the service fail.
has_module() {
  for folder in /lib/security /lib64/security /usr/lib/security /usr/lib64/security /lib/*/security /usr/lib/*/security; do
    if [ -e "$folder/$module" ]; then return 0; fi
  done
  return 1
}

apply() {
  [ -f "$file" ] || die "refused: there is no service ${file##*/} of PAM on this machine"
  has_module || die "refused: $module is not installed"
  beside "$file"
  edit >"$beside" || die "$file cannot be read"
  # PAM has no judge of its own: what came out must have all lines that were there but one, and at most one more.
  for side in '<' '>'; do
    [ "$(awk 1 "$file" | diff - "$beside" | grep -c "^$side")" -le 1 ] || die "the new $file would differ in more than one line"
  done
  swap "$file"
}
