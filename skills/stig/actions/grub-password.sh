#!/bin/sh
# Asks for a password before anybody changes a boot entry or opens the boot loader's console; starting an entry as it is stays free, so that an
# unattended boot does not wait. Gets DECISION_USER (bootadmin where it is empty) and DECISION_HASH, as grub-mkpasswd-pbkdf2 prints it.
set -eu
LC_ALL=C
export LC_ALL
own=/etc/grub.d/01_forge_password

die() {
  echo "$*" >&2
  exit 1
}

if command -v update-grub >/dev/null; then
  written=/boot/grub/grub.cfg
elif command -v grub2-mkconfig >/dev/null; then
  written=/boot/grub2/grub.cfg
else
  die "there is neither update-grub nor grub2-mkconfig on this machine"
fi
[ -d /etc/grub.d ] || die "there is no /etc/grub.d on this machine"
# shellcheck disable=SC2154 # from the decision
hash=$DECISION_HASH user=${DECISION_USER:-bootadmin}

# Somebody else's superusers would stand beside ours, and the last one that is read holds.
for other in /etc/grub.d/*; do
  [ "$other" = "$own" ] || [ ! -f "$other" ] || ! grep -qE '^[[:space:]]*set[[:space:]]+superusers=' "$other" ||
    die "$other names superusers already; remove that first"
done

# menuentry_id_option stands in every entry that the distribution's scripts write; --unrestricted in it lets them start without a password.
umask 077
cat >"$own.part" <<END
#!/bin/sh
cat <<'EOF'
set superusers="$user"
export superusers
password_pbkdf2 $user $hash
menuentry_id_option="--unrestricted \$menuentry_id_option"
export menuentry_id_option
EOF
END
chmod 700 "$own.part"
mv -f "$own.part" "$own"

cp -a "$written" "$written.before" 2>/dev/null || :
back() {
  rm -f "$own"
  [ ! -e "$written.before" ] || mv -f "$written.before" "$written"
  die "$*; the old configuration is back"
}
if command -v update-grub >/dev/null; then update-grub; else grub2-mkconfig -o "$written"; fi || back "the boot loader's configuration could not be written"
grep -qE '^[[:space:]]*menuentry .*menuentry_id_option' "$written" || back "the entries in $written do not take --unrestricted: the machine would wait for a password at each boot"
if grep -E '^[[:space:]]*menuentry ' "$written" | grep -vqE 'menuentry_id_option|--unrestricted'; then back "an entry in $written would wait for a password"; fi
grep -qE "^[[:space:]]*set superusers=\"$user\"" "$written" || back "$written names no superuser"
! command -v grub-script-check >/dev/null || grub-script-check "$written" || back "$written is not what the boot loader can read"
rm -f "$written.before"
