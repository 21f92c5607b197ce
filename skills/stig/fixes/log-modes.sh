# systemd-tmpfiles gives log files the modes of its own configuration again at each boot. This keeps them as they are now, and never wider than 0640.
set -u
command -v systemd-tmpfiles >/dev/null || exit 0
mkdir -p /etc/tmpfiles.d
systemd-tmpfiles --cat-config | awk '$1 ~ /^[fFwC][-+!=~^]*$/ && $2 ~ /^\/var\/log\/[^\/]*$/ && $3 ~ /^[0-7]+$/ { print $2, $3 }' | sort -u |
  while read -r path mode; do
    [ ! -f "$path" ] || mode=$(stat -c %a "$path")
    # z adjusts what is there, after all lines that create.
    printf 'z %s %04o - -\n' "$path" $((0$mode & 0640))
  done >/etc/tmpfiles.d/forge-log-modes.conf
