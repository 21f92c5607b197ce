# --- what an operation changed --------------------------------------------------------------------------------------------------------------

# Compares the state now with the state before ($S), keeps in the operation's folder $1 what undo needs, and makes now the known state.
# The rest are the operation's own paths.
find_changes() {
  o=$1
  shift
  units >"$S/units.new" &
  u=$!
  kernel_kinds
  read_kinds=$kinds beside=
  if [ -n "$kinds" ]; then
    # shellcheck disable=SC2086 # words
    kernel_now $kinds &
    beside=$!
  fi
  manifest "$S/after.m" "$@" || return 1
  for list in installed removed started stopped sysctls mounts.old mounts.new; do : >"$o/$list" || return 1; done
  file_changes || return 1
  packages_file
  if [ -n "$p" ] && [ "$p" -nt "$S/packages" ]; then
    packages >"$S/packages.new" || return 1
    comm -13 "$S/packages" "$S/packages.new" >"$o/installed"
    comm -23 "$S/packages" "$S/packages.new" >"$o/removed"
    mv -f "$S/packages.new" "$S/packages"
  fi
  wait "$u"
  now_mounts=$(mounts)
  if ! same_text "$S/mounts" "$now_mounts"; then
    lines_apart -23 "$S/mounts" "$now_mounts" >"$o/mounts.old"
    lines_apart -13 "$S/mounts" "$now_mounts" >"$o/mounts.new"
    printf '%s\n' "$now_mounts" >"$S/mounts"
  fi
  if ! cmp -s "$S/units" "$S/units.new"; then
    for each in units units.new; do sort "$S/$each" >"$S/$each.s"; done
    comm -13 "$S/units.s" "$S/units.new.s" >"$o/started"
    comm -23 "$S/units.s" "$S/units.new.s" >"$o/stopped"
    mv -f "$S/units.new" "$S/units"
  fi
  kernel_kinds
  if [ -s "$o/installed" ] || [ -s "$o/started" ] || [ -s "$o/stopped" ] || [ "$of_sysctl" = yes ]; then kinds=$ALL_KINDS; fi
  [ -z "$read_kinds" ] || wait "$beside"
  [ -z "$kinds" ] || kernel_changes
}

# Whether the file's text is the given one, without a program.
same_text() {
  text=
  while IFS= read -r line; do text="$text${text:+
}$line"; done <"$1"
  [ "$text" = "$2" ]
}

# Records of manifest $1 that differ in manifest $2, into the files old and new of folder $3. Files of mode-only kinds that come or go are none of ours.
# Beside them: keep and copy, the names below / of what had and has content; files, the paths of what really differs (another record but for ctime); same, the
# names of files with the same record but for ctime, whose bytes decide. Prints what a shell is to read: of_sysctl=yes where a path has to do with sysctl, and,
# where there are few, the names in keep and copy once more as its words.
records_apart() {
  for list in old new keep copy files same; do : >"$3/$list" || return 1; done
  comm -z -3 "$1" "$2" >"$3/apart" || return 1
  [ -s "$3/apart" ] || return 0
  awk -v to="$3/" '
    BEGIN { RS = ORS = "\0" }
    function word(text) {
      gsub(/'\''/, "&\\\\&&", text)
      return "'\''" text "'\''"
    }
    function put(record, side,   part, name) {
      split(record, part, "\001")
      print record > (to side)
      if (part[2] ~ /^[flp] /) {
        name = substr(part[1], 2)
        print name > (to (side == "old" ? "keep" : "copy"))
        if (names++ < 20) words[side] = words[side] " " word(name)
      }
      if (part[1] ~ /sysctl/) seen = "yes"
    }
    function single(record, side,   part) {
      split(record, part, "\001")
      if (part[2] ~ /^m /) return
      put(record, side)
      print part[1] > (to "files")
    }
    {
      # What only the second has begins with a tab (comm); both records of a path stand one after the other.
      side = substr($0, 1, 1) == "\t" ? "new" : "old"
      record = side == "new" ? substr($0, 2) : $0
      split(record, now, "\001")
      if (held != "" && now[1] == before[1]) {
        put(held, held_side)
        put(record, side)
        if (now[2] != before[2]) print now[1] > (to "files")
        else if (now[2] ~ /^f /) print substr(now[1], 2) > (to "same")
        held = ""
      } else {
        if (held != "") single(held, held_side)
        held = record
        held_side = side
        before[1] = now[1]
        before[2] = now[2]
      }
    }
    END {
      if (held != "") single(held, held_side)
      if (names > 20) words["old"] = words["new"] = ""
      printf "of_sysctl=%s keep=%s copy=%s", seen, word(words["old"]), word(words["new"])
    }' "$3/apart"
}

# What changed of files, into the operation's folder. Once recorded it is never computed anew: what crashed after that only takes over what is there now.
file_changes() {
  of_sysctl='' keep='' copy=''
  if [ -e "$o/recorded" ]; then
    refresh "$S/after.m"
    return
  fi
  told=$(records_apart "$S/files.m" "$S/after.m" "$o") || return 1
  eval "$told"
  if [ ! -s "$o/apart" ]; then
    : >"$o/recorded"
    return
  fi
  if [ -s "$o/keep" ]; then (cd "$S/mirror" && on_names "$o/keep" "$keep" cp -al --remove-destination --parents -t "$o/undo" --) || return 1; fi
  [ ! -s "$o/same" ] || other_bytes
  : >"$o/recorded" && adopt "$S/after.m" "$o/copy" "$copy"
}

# Adds to the names of what differs the files with other bytes under the same record.
other_bytes() {
  (cd "$o/undo" && xargs -0r sha256sum -z <"$o/same") >"$o/sum.old"
  (cd / && xargs -0r sha256sum -z <"$o/same") >"$o/sum.new"
  comm -z -23 "$o/sum.old" "$o/sum.new" 2>/dev/null | sed -z 's|^[0-9a-f]*  |/|' >>"$o/files"
  sort -zu -o "$o/files" "$o/files"
  rm -f "$o/sum.old" "$o/sum.new"
}

# The state of the kernel now, of the kinds given.
kernel_now() {
  [ -d "$S/kernel" ] || mkdir "$S/kernel"
  kernel_state "$S/kernel" "$@"
}

# What changed of the kinds of kernel state. Those that the operation's script names were read beside the files ($read_kinds).
kernel_changes() {
  # shellcheck disable=SC2086 # words
  [ "$kinds" = "$read_kinds" ] || kernel_now $kinds
  for kind in $kinds; do
    if [ "$kind" = sysctls ]; then
      comm -23 "$S/sysctls" "$S/kernel/sysctls" >"$o/sysctls"
    elif ! cmp -s "$S/$kind" "$S/kernel/$kind"; then
      cp -f "$S/$kind" "$o/$kind.old"
    fi
    mv -f "$S/kernel/$kind" "$S/$kind"
  done
  printf '%s %s\n' "${o##*/}" "$kinds" >"$S/kernel.settled"
}
