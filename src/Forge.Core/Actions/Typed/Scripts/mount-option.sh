
live() { findmnt -n -o "$1" -M "$point" | tail -n 1; }

mounted_so() { case ,$(live OPTIONS), in *,"$option",*) ;; *) return 1 ;; esac; }

so() {
  [ -r /etc/fstab ] || cannot_tell "/etc/fstab cannot be read"
  [ -n "$(live TARGET)" ] || cannot_tell "$point is not a file system of its own"
  in_fstab && mounted_so
}

# Tried on the mounted one first: an option that the kernel does not take never reaches the file.
apply() {
  [ -n "$(live TARGET)" ] || die "refused: $point is not a file system of its own"
  entry=
  # What systemd mounts without an entry is given one as it is mounted now; only memory needs no device.
  if [ "$(live FSTYPE)" = tmpfs ]; then
    kept=$(live OPTIONS | tr , '\n' | grep -vxE 'rw|relatime|inode64|seclabel' | grep -vxF -- "$option" | paste -sd , -)
    entry="tmpfs $point tmpfs ${kept:-defaults},$option 0 0"
  fi
  before=$(live OPTIONS)
  if ! mounted_so; then
    mount -o "remount,$option" "$point" || die "$point cannot be mounted with $option"
    mounted_so || die "the kernel does not keep $option for $point"
  fi
  (put "$entry") || {
    mount -o "remount,$before" "$point"
    exit 1
  }
}
