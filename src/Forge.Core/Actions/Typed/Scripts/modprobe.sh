
# The lines of one module for the given directives; - and _ are one letter in names of modules (modprobe.d(5)).
current() {
  [ ! -e "$file" ] || awk '
    BEGIN { split(ENVIRON["directives"], names, " "); for (i in names) mine[names[i]] = 1; module = ENVIRON["module"]; gsub(/-/, "_", module) }
    { name = $2; gsub(/-/, "_", name); if (!(($1 in mine) && name == module)) print }' "$file"
  printf '%s\n' "$wanted"
}

so() {
  [ -e "$file" ] || return 1
  [ -r "$file" ] || cannot_tell "$file cannot be read"
  # Each wanted line stands there, and no other one for the module.
  [ "$(current | sort)" = "$(sort "$file")" ]
}

place() {
  beside "$file"
  current >"$beside" || die "$file cannot be read"
  swap "$file"
}

apply() { place; }
