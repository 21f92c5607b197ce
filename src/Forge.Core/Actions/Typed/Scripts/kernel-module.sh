
# A module that the running machine stands on would be missing at the next boot.
in_use() {
  name=$(printf '%s' "$module" | tr - _)
  while read -r loaded _ count _; do
    if [ "$loaded" = "$name" ] && [ "$count" -gt 0 ]; then return 0; fi
  done </proc/modules
  while read -r _ _ type _; do
    if [ "$type" = "$module" ]; then return 0; fi
  done </proc/mounts
  for device in /sys/module/"$name"/drivers/*/*; do
    case ${device##*/} in bind | unbind | new_id | remove_id | module | uevent) ;; *) if [ -L "$device" ]; then return 0; fi ;; esac
  done
  return 1
}

apply() {
  if in_use; then die "refused: module $module is in use on this machine"; fi
  place
}
