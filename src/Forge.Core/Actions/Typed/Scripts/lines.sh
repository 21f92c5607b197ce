
# One line of a file: key, separator (= or a blank), value; in a section where one is given. What is said about the key elsewhere in that part goes.
# A key counts in any case of its letters only if it is written like ours.
edit() {
  awk '
    BEGIN {
      key = ENVIRON["key"]; value = ENVIRON["value"]; section = ENVIRON["section"]; equals = ENVIRON["separator"] == "="
      inside = section == ""; line = key (equals ? "=" : " ") value
    }
    function is_key(text,   at, name) {
      sub(/^[ \t]+/, "", text)
      if (text ~ /^[#;]/) return 0
      at = equals ? index(text, "=") : match(text, /[ \t]|$/)
      if (at < 1) return 0
      name = substr(text, 1, at - 1)
      sub(/[ \t]+$/, "", name)
      return name == key
    }
    function said(text) {
      sub(/^[ \t]+/, "", text)
      text = substr(text, equals ? index(text, "=") + 1 : length(key) + 1)
      gsub(/^[ \t]+|[ \t]+$/, "", text)
      return text
    }
    # A line that says the same stays as it is; another one is written like it: key = value where it was so.
    function like(text) { return said(text) == value ? text : equals && text ~ /^[ \t]*[^=]*[ \t]=[ \t]/ ? key " = " value : line }
    function put(text) { if (!done) { print text; done = 1 } }
    { lines[NR] = $0 }
    END {
      # The first line of the key keeps its place; where there is none, the end of its part is the place.
      for (i = 1; i <= NR; i++) {
        text = lines[i]
        if (section != "" && text ~ /^[ \t]*\[.*\][ \t]*$/) {
          name = text; sub(/^[ \t]*\[/, "", name); sub(/\][ \t]*$/, "", name)
          inside = name == section
          if (inside) { seen = 1; last = i }
        } else if (inside && is_key(text)) { if (!first) first = i; drop[i] = 1 }
        if (inside && text !~ /^[ \t]*$/) last = i
      }
      for (i = 1; i <= NR; i++) {
        if (i == first) put(like(lines[i]))
        else if (!(i in drop)) print lines[i]
        if (!first && section != "" && seen && i == last) put(line)
      }
      if (!done && section != "" && !seen) { if (NR) print ""; print "[" section "]" }
      put(line)
    }' "$1"
}

current() { if [ -e "$file" ]; then edit "$file"; else edit /dev/null; fi; }

so() {
  [ -e "$file" ] || return 1
  [ -r "$file" ] || cannot_tell "$file cannot be read"
  current | cmp -s - "$file"
}

apply() {
  beside "$file"
  current >"$beside" || die "$file cannot be read"
  swap "$file"
}
