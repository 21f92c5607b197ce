#!/bin/sh
# Sends the journal to a log host with systemd-journal-upload. Gets DECISION_URL, and DECISION_ADDRESS for a host that no name server knows.
set -eu
LC_ALL=C
export LC_ALL
config=/etc/systemd/journal-upload.conf

die() {
  echo "$*" >&2
  exit 1
}

# shellcheck disable=SC2154 # from the decision
url=$DECISION_URL address=${DECISION_ADDRESS:-}
host=${url#http://} && host=${host#https://} && host=${host%%/*}
case $host in
  '['*) host=${host#'['} && host=${host%%']'*} ;;
  *) host=${host%%:*} ;;
esac
if [ -n "$address" ]; then
  case $host in *[!0-9.]*) ;; *) die "$host is an address already; address is for a name" ;; esac
  # The name alone, wherever it stood; the rest of its line stays.
  sed "/^[[:space:]]*#/!s/[[:space:]]$(printf '%s' "$host" | sed 's/\./\\./g')\([[:space:]]\|\$\)/\1/g" /etc/hosts | sed -E '/^[0-9a-fA-F.:]+[[:space:]]*$/d' >/etc/hosts.part
  printf '%s %s\n' "$address" "$host" >>/etc/hosts.part
  chmod --reference=/etc/hosts /etc/hosts.part
  # Not renamed over: it may be a file that is mounted.
  cat /etc/hosts.part >/etc/hosts
  rm -f /etc/hosts.part
fi
getent hosts "$host" >/dev/null || die "$host has no address: give it, or let a name server know it"

if ! command -v systemctl >/dev/null || ! systemctl cat systemd-journal-upload.service >/dev/null 2>&1; then
  if command -v apt-get >/dev/null; then
    DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install systemd-journal-remote
  elif command -v dnf >/dev/null; then
    dnf -q -y install systemd-journal-remote
  else
    die "systemd-journal-upload is not installed, and no package tool that this script knows is here (apt-get, dnf)"
  fi
fi

# One line, in the section Upload of the main file; drop-ins would go before it.
for file in "$config" "$config".d/*.conf; do
  [ ! -e "$file" ] || sed -i --follow-symlinks -E 's/^[[:space:]]*URL[[:space:]]*=/#&/' "$file"
done
[ -e "$config" ] || : >"$config"
grep -q '^\[Upload\]' "$config" || printf '[Upload]\n' >>"$config"
awk -v url="$url" '{ print } /^\[Upload\]/ && !done { print "URL=" url; done = 1 }' "$config" >"$config.part"
chmod --reference="$config" "$config.part"
mv -f "$config.part" "$config"

systemctl unmask systemd-journal-upload.service
systemctl enable systemd-journal-upload.service
systemctl restart systemd-journal-upload.service
# A host that does not answer, or a certificate that does not hold, shows within moments; the unit may restart itself meanwhile.
tries=0
while [ "$tries" -lt 5 ]; do
  sleep 1
  tries=$((tries + 1))
  systemctl -q is-active systemd-journal-upload.service || die "systemd-journal-upload does not stay up: $(journalctl -qn 1 -o cat -u systemd-journal-upload.service)"
done
