# --- what an operation changed --------------------------------------------------------------------------------------------------------------

# Compares the state now with the state before ($S), keeps in the operation's folder $1 what undo needs, and makes now the known state.
# The rest are the operation's own paths.
find_changes() {
  o=$1
  shift
  units >"$S/units.new" &
  u=$!
  manifest "$S/after.m" "$@" || return 1
  for list in files old new installed removed started stopped sysctls mounts.old mounts.new; do : >"$o/$list" || return 1; done
  if ! cmp -s "$S/files.m" "$S/after.m"; then file_changes || return 1; fi
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
  fi
  if ! cmp -s "$S/units" "$S/units.new"; then
    for each in units units.new; do sort "$S/$each" >"$S/$each.s"; done
    comm -13 "$S/units.s" "$S/units.new.s" >"$o/started"
    comm -23 "$S/units.s" "$S/units.new.s" >"$o/stopped"
  fi
  if [ -s "$o/installed" ] || [ -s "$o/started" ] || [ -s "$o/stopped" ] || [ -e "$o/kernel" ] || { [ -s "$o/files" ] && grep -zaq sysctl "$o/files"; }; then
    kernel_changes
  fi
}

# Whether the file's text is the given one, without a program.
same_text() {
  text=
  while IFS= read -r line; do text="$text${text:+
}$line"; done <"$1"
  [ "$text" = "$2" ]
}

# Records of manifest $1 that differ in manifest $2, into the files old and new of folder $3. Files of mode-only kinds that come or go are none of ours.
records_apart() {
  comm -z -23 "$1" "$2" >"$3/old"
  comm -z -13 "$1" "$2" >"$3/new"
  grep -zaqE "^[^$A]*${A}m " "$3/old" "$3/new" || return 0
  for side in old new; do mv -f "$3/$side" "$3/$side.a"; done
  for side in old new; do path_part <"$3/$side.a" | sort -zu >"$3/$side.p"; done
  comm -z -12 "$3/old.p" "$3/new.p" >"$3/both.p"
  for side in old new; do
    {
      join -zt "$A" "$3/$side.a" "$3/both.p"
      join -zt "$A" -v 1 "$3/$side.a" "$3/both.p" | grep -zaE "^[^$A]*${A}[dflpb] "
    } | sort -z >"$3/$side"
  done
  rm -f "$3/old.a" "$3/new.a" "$3/old.p" "$3/new.p" "$3/both.p"
}

file_changes() {
  records_apart "$S/files.m" "$S/after.m" "$o"
  content_paths <"$o/old" >"$o/keep"
  if [ -s "$o/keep" ]; then
    mkdir -p "$o/undo" && (cd "$S/mirror" && sed -z 's|^/||' "$o/keep" | xargs -0r cp -al --remove-destination --parents -t "$o/undo" --) || return 1
  fi
  changed_only
  content_paths <"$o/new" >"$S/copy" || :
  adopt "$S/after.m"
}

# The names of what really differs: another record but for ctime, or other bytes under the same record.
changed_only() {
  for side in old new; do equal_part <"$o/$side" >"$o/$side.e"; done
  comm -z -3 "$o/old.e" "$o/new.e" | sed -z 's/^\t//' | path_part >"$o/diff.p"
  comm -z -12 "$o/old.e" "$o/new.e" | grep -zaE "^[^$A]*${A}f " | path_part >"$o/same.p"
  if [ -s "$o/same.p" ]; then
    (cd "$o/undo" && sed -z 's|^/||' "$o/same.p" | xargs -0r sha256sum -z) >"$o/sum.old"
    (cd / && sed -z 's|^/||' "$o/same.p" | xargs -0r sha256sum -z) >"$o/sum.new"
    comm -z -23 "$o/sum.old" "$o/sum.new" 2>/dev/null | sed -z 's|^[0-9a-f]*  |/|' >>"$o/diff.p"
  fi
  sort -zu "$o/diff.p" >"$o/files"
  rm -f "$o/diff.p" "$o/same.p" "$o/sum.old" "$o/sum.new" "$o/keep" "$o/old.e" "$o/new.e"
}

kernel_changes() {
  mkdir -p "$S/kernel" && kernel_state "$S/kernel"
  comm -23 "$S/sysctls" "$S/kernel/sysctls" >"$o/sysctls"
  for kind in nft audit; do
    if ! cmp -s "$S/$kind" "$S/kernel/$kind"; then cp -f "$S/$kind" "$o/$kind.old"; fi
  done
  mv -f "$S/kernel/sysctls" "$S/kernel/nft" "$S/kernel/audit" "$S/"
}
