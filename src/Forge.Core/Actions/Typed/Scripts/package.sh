
installed() {
  if command -v dpkg-query >/dev/null; then
    dpkg-query -W -f '${db:Status-Status}\n' -- "$name" 2>/dev/null | grep -qx installed
  elif command -v rpm >/dev/null; then
    rpm -q --quiet -- "$name"
  else
    cannot_tell "there is neither dpkg nor rpm on this machine"
  fi
}

apt() { DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=120 -o Dpkg::Options::=--force-confold --no-install-recommends "$@"; }

# Whether the index that apt has names a newer version.
newest() {
  apt-cache policy -- "$name" | awk '$1 == "Installed:" { old = $2 } $1 == "Candidate:" { new = $2 } END { exit !(old == new && old != "" && old != "(none)") }'
}

so() {
  case $state in
    absent) if installed; then return 1; fi ;;
    present) installed || return 1 ;;
    latest)
      installed || return 1
      if command -v apt-get >/dev/null; then newest; else ! dnf -q check-update -- "$name" >/dev/null; fi
      ;;
  esac
}

# What a removal takes along is judged before: the way in, the package tool, the kernel and what boots stay.
judge_removal() {
  if command -v apt-get >/dev/null; then
    plan=$(apt -s --allow-remove-essential remove -- "$name" 2>&1) || die "refused: apt-get does not remove $name: $(printf '%s\n' "$plan" | tail -n 2 | paste -sd ' ' -)"
    gone=$(printf '%s\n' "$plan" | awk '$1 == "Remv" || $1 == "Purg" { print $2 }')
  else
    rpm -e --test -- "$name" || die "refused: other packages need $name"
    gone=$name
  fi
  for each in $gone; do
    case $each in
      openssh-* | ssh | sudo | sudo-* | login | passwd | libpam-modules* | libpam-runtime | systemd | systemd-sysv | dbus | apt | dpkg | rpm | dnf | bash | dash | coreutils | libc6 | linux-image-* | kernel* | grub*)
        die "refused: removing $name would remove $each" ;;
    esac
    # Essential and protected ones are not for removal (deb-src-control(5)).
    if command -v dpkg-query >/dev/null && dpkg-query -W -f '${Essential} ${Protected}\n' -- "$each" 2>/dev/null | grep -qw yes; then die "refused: removing $name would remove $each, which the system needs"; fi
  done
}

apply() {
  if [ "$state" = absent ]; then
    judge_removal
    if command -v apt-get >/dev/null; then apt remove -- "$name"; else dnf -q -y --setopt=clean_requirements_on_remove=False remove -- "$name"; fi
  elif command -v apt-get >/dev/null; then
    if [ "$state" = latest ] || ! apt-cache show -- "$name" >/dev/null 2>&1; then apt update >/dev/null || :; fi
    # An index that is too old names files that are gone.
    apt install -- "$name" || { apt update >/dev/null && apt install -- "$name"; }
  else
    if [ "$state" = latest ] && installed; then dnf -q -y upgrade -- "$name"; else dnf -q -y install -- "$name"; fi
  fi || die "package $name cannot be made $state"
}
