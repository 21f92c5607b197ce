# AIDE 0.18 and later reads and hashes several files at once, see num_workers in aide.conf(5); its own default is one. What it finds is the same.
set -u
folder=/etc/aide/aide.conf.d
mine=$folder/10_forge_workers
aide --help 2>&1 | grep -q -- --workers || exit 0
[ -d "$folder" ] || exit 0
# Who set it knows why.
! grep -rqs '^[[:space:]]*num_workers' /etc/aide || exit 0
printf '# One for each processor; see docs/decisions/0016-aide.md of Forge.\nnum_workers=100%%\n' >"$mine"
aide --config=/etc/aide/aide.conf --config-check >/dev/null 2>&1 || rm -f "$mine"
