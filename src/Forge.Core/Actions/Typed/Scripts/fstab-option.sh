
so() {
  [ -r /etc/fstab ] || cannot_tell "/etc/fstab cannot be read"
  in_fstab
}

apply() { put; }
