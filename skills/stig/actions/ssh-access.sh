#!/bin/sh
# Limits who may log in over ssh. Gets DECISION_USERS and DECISION_GROUPS, one name a line; SUDO_USER is the login that must not be locked out.
# sshd lets in whom all that is given allows: users and groups are both asked (sshd_config(5)).
set -eu
LC_ALL=C
export LC_ALL
config=/etc/ssh/sshd_config
own=/etc/ssh/sshd_config.d/00-forge-access.conf

die() {
  echo "$*" >&2
  exit 1
}

# has NAME LINES: whether NAME is one of LINES.
has() { printf '%s\n' "$2" | grep -qxF -- "$1"; }

users=${DECISION_USERS:-} groups=${DECISION_GROUPS:-}
[ -n "$users$groups" ] || die "neither users nor groups are given in the decision"
login=${SUDO_USER:-root}
if [ -n "$users" ] && ! has "$login" "$users"; then
  die "refused: $login, the login that Forge uses, is not among the users that are to be allowed"
fi
if [ -n "$groups" ]; then
  id -Gn "$login" | tr ' ' '\n' | { while read -r group; do ! has "$group" "$groups" || exit 0; done; exit 1; } ||
    die "refused: $login, the login that Forge uses, is in none of the groups that are to be allowed ($(id -Gn "$login"))"
fi
for user in $users; do getent passwd "$user" >/dev/null || die "refused: there is no user $user on this machine"; done
for group in $groups; do getent group "$group" >/dev/null || die "refused: there is no group $group on this machine"; done

sshd -t || die "the configuration of sshd is broken already"
old=$(mktemp -d)
cp -a /etc/ssh/. "$old/"
back() {
  cp -a "$old/." /etc/ssh/
  [ -e "$old/sshd_config.d/00-forge-access.conf" ] || rm -f "$own"
  die "$*; the old configuration is back"
}
trap 'rm -r "$old"' EXIT

# What was said before holds no more; the check wants one line of a kind.
for file in "$config" /etc/ssh/sshd_config.d/*.conf; do
  [ ! -e "$file" ] || sed -i --follow-symlinks -E 's/^[[:space:]]*(AllowUsers|AllowGroups)[[:space:]]/# &/I' "$file"
done
lines=$(
  [ -z "$users" ] || echo "AllowUsers $(printf '%s\n' "$users" | paste -sd ' ' -)"
  [ -z "$groups" ] || echo "AllowGroups $(printf '%s\n' "$groups" | paste -sd ' ' -)"
)
if grep -qiE '^[[:space:]]*Include[[:space:]]+/etc/ssh/sshd_config\.d/\*\.conf' "$config"; then
  printf '# Who may log in, as decided for Forge.\n%s\n' "$lines" >"$own.part"
  chmod 600 "$own.part"
  mv -f "$own.part" "$own"
else
  # First, because what follows a Match block belongs to it.
  { printf '%s\n' "$lines" && cat "$config"; } >"$config.part"
  chmod --reference="$config" "$config.part"
  mv -f "$config.part" "$config"
fi
sshd -t || back "sshd does not take the new configuration"
# The running daemon's own reading, for the login that must work.
said=$(sshd -T -C "user=$login,host=localhost,addr=127.0.0.1") || back "sshd cannot read its configuration for $login"
if [ -n "$users" ] && ! printf '%s\n' "$said" | grep -qxF "allowusers $login"; then back "sshd would not let $login in"; fi
if systemctl -q is-active ssh 2>/dev/null; then systemctl reload ssh; elif systemctl -q is-active sshd 2>/dev/null; then systemctl reload sshd; fi
