
# Whether the kernel takes rules here; a container has none of its own.
kernel_takes() { command -v auditctl >/dev/null && auditctl -s >/dev/null 2>&1; }

# The kernel prints a watch as it was given, and another rule with its fields in its own words: those are counted by the file alone.
loaded() {
  case $rule in
    -w\ *) auditctl -l | sed 's/ *$//' | grep -qxF -- "$rule" ;;
    *) : ;;
  esac
}

so() {
  [ -f "$file" ] && printf '%s\n' "$rule" | cmp -s - "$file" || return 1
  if kernel_takes; then loaded; fi
}

# It is loaded first: the kernel is the judge of a rule.
apply() {
  command -v auditctl >/dev/null || die "auditctl is not on this machine (package auditd or audit)"
  beside "$file"
  printf '%s\n' "$rule" >"$beside"
  chmod 640 "$beside"
  if kernel_takes; then
    # Locked until the next boot: the file counts from then on.
    if ! auditctl -s | grep -q '^enabled 2'; then
      said=$(auditctl -R "$beside" 2>&1) || case $said in *'Rule exists'*) ;; *) die "the kernel does not take the rule: $said" ;; esac
    fi
  fi
  swap "$file"
}
