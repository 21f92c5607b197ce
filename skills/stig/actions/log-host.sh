#!/bin/sh
# Sends the journal to a log host with systemd-journal-upload. Gets DECISION_URL, DECISION_ADDRESS for a host that no name server knows, and the paths
# DECISION_KEY, DECISION_CERTIFICATE, DECISION_AUTHORITY of what is on the machine already, for https.
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
key=${DECISION_KEY:-/etc/pki/systemd/private/journal-upload.pem}
certificate=${DECISION_CERTIFICATE:-/etc/pki/systemd/certs/journal-upload.pem}
authority=${DECISION_AUTHORITY:-/etc/pki/systemd/ca/trusted.pem}
files="ServerKeyFile=$key
ServerCertificateFile=$certificate
TrustedCertificateFile=$authority"
case $url in
  http://*) files= ;;
  *)
    for file in "$key" "$certificate" "$authority"; do [ -s "$file" ] || die "refused: $file is missing; https needs it (put it there, or name another one in the decision)"; done
    ;;
esac
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

# The service has an account of its own. Where systemd makes one up for the time that it runs, its files belong to a number that nobody knows, which other
# rules forbid: an account of the same name is taken instead (systemd.exec(5), DynamicUser).
account=$(systemctl show -p User --value systemd-journal-upload.service)
[ -z "$account" ] || getent passwd "$account" >/dev/null || useradd --system --user-group --no-create-home --home-dir / --shell /usr/sbin/nologin "$account"
if [ -n "$files" ] && [ -n "$account" ] && command -v runuser >/dev/null; then
  for file in "$key" "$certificate" "$authority"; do runuser -u "$account" -G systemd-journal -- test -r "$file" || die "refused: the account $account cannot read $file"; done
fi

# One line, in the section Upload of the main file; drop-ins would go before it.
for file in "$config" "$config".d/*.conf; do
  [ ! -e "$file" ] || sed -i --follow-symlinks -E "/^[[:space:]]*(URL${files:+|ServerKeyFile|ServerCertificateFile|TrustedCertificateFile})[[:space:]]*=/d" "$file"
done
[ -e "$config" ] || : >"$config"
grep -q '^\[Upload\]' "$config" || printf '[Upload]\n' >>"$config"
lines="URL=$url${files:+
$files}"
awk -v lines="$(printf '%s' "$lines" | sed 's/$/\\n/' | tr -d '\n')" '{ print } /^\[Upload\]/ && !done { printf "%s", lines; done = 1 }' "$config" >"$config.part"
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
