
# The kernel's file of the parameter. A dot in a name of a network device is a slash in the key (sysctl.d(5)).
node() {
  case $key in
    */*) printf '/proc/sys/%s\n' "$key" ;;
    *) printf '/proc/sys/%s\n' "$key" | tr . / ;;
  esac
}

running() { [ "$(tr -s '\t ' '  ' 2>/dev/null <"$(node)")" = "$(printf '%s' "$value" | tr -s ' ')" ]; }

# Lines that set the key, in one file: other values are commented out.
without_others() {
  awk '
    function plain(text) { gsub(/[ \t]/, "", text); sub(/^-/, "", text); gsub(/\//, ".", text); return text }
    BEGIN { key = plain(ENVIRON["key"]); wanted = ENVIRON["value"]; gsub(/[ \t]+/, " ", wanted) }
    {
      at = index($0, "=")
      if (at > 1 && $0 !~ /^[ \t]*[#;]/ && plain(substr($0, 1, at - 1)) == key) {
        said = substr($0, at + 1); gsub(/[ \t]+/, " ", said); sub(/^ /, "", said); sub(/ $/, "", said)
        if (said != wanted) { print "# " $0; next }
      }
      print
    }' "$1"
}

others() {
  for each in /etc/sysctl.conf /etc/sysctl.d/*.conf; do
    if [ -f "$each" ] && [ ! -L "$each" ] && [ "$each" != "$file" ] && ! without_others "$each" | cmp -s - "$each"; then printf '%s\n' "$each"; fi
  done
}

line() { printf '%s = %s\n' "$key" "$value"; }

so() {
  [ -e "$(node)" ] || cannot_tell "this kernel has no parameter $key"
  running && [ -e "$file" ] && line | cmp -s - "$file" && [ -z "$(others)" ]
}

# The kernel judges the value; the files follow only then.
apply() {
  [ -w "$(node)" ] || die "the kernel lets nobody write $key here"
  if ! running; then
    before=$(cat "$(node)")
    sysctl -q -w "$key=$value" || die "the kernel does not take $key = $value"
    if ! running; then
      sysctl -q -w "$key=$before"
      die "the kernel makes $(cat "$(node)") of $key = $value"
    fi
  fi
  beside "$file"
  line >"$beside"
  swap "$file"
  others | while read -r each; do
    beside "$each"
    without_others "$each" >"$beside"
    swap "$each"
  done
}
