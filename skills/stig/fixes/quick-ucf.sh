# Debian's ucf starts some hundred programs to register one configuration file of a package, and a package like AIDE brings 219: most of its installation's
# time. For this one call of apt, three scripts are found before it. They do the plain case, a file that is new to the machine, with a handful of programs,
# and leave all else to the real ones; so the first call, which keeps the lists as they were. What they write is what ucf writes.
# A file at-NAME says how far one has come in this call: free (in no list), new (made, not registered), registered; so the lists are searched once for each file.
if [ -x /usr/bin/ucf ] && [ -z "${APT_CONFIG-}${UCF_STATE_DIR-}${UCF_SOURCE_DIR-}" ] && ! grep -qs '^[[:space:]]*[^#[:space:]]' /etc/ucf.conf; then
  forge_tools=$(mktemp -d) && trap 'rm -rf "$forge_tools"' EXIT
  cat >"$forge_tools/ucf" <<'END'
#!/bin/sh
# ucf --three-way --debconf-ok NEW DEST
state=/var/lib/ucf new=${3-} dest=${4-}
real() { exec /usr/bin/ucf "$@"; }
{ [ "$#" = 4 ] && [ "$1" = --three-way ] && [ "$2" = --debconf-ok ]; } || real "$@"
case $new,$dest in *[!A-Za-z0-9/_.,-]* | *//* | */./* | */../* | *,*,*) real "$@" ;; /*,/*) ;; *) real "$@" ;; esac
{ [ -f "$new" ] && [ ! -L "$new" ] && [ ! -e "$dest" ] && [ ! -L "$dest" ] && [ -d "${dest%/*}" ] && [ -w "$state/hashfile" ] && [ -d "$state/cache" ]; } || real "$@"
[ -e "$0.called" ] || { : >"$0.called" && real "$@"; }
rest=$dest name=
while [ "$rest" != "${rest#*/}" ]; do
  name=$name${rest%%/*}:
  rest=${rest#*/}
done
mark=${0%/*}/at-$name$rest known=
[ ! -e "$mark" ] || read -r known <"$mark"
if [ "$known" != free ]; then
  grep -q -e "[[:space:]]$dest\$" -e "^$dest\$" "$state/hashfile" /var/lib/dpkg/diversions
  [ "$?" = 1 ] || real "$@"
fi
set -e
printf >&2 '\nCreating config file %s with new version\n' "$dest"
cp -pf "$new" "$dest"
sum=$(md5sum "$new")
printf '%s  %s\n' "${sum%% *}" "$dest" >>"$state/hashfile"
cp -pf "$new" "$state/cache/$name$rest"
echo new >"$mark"
END
  cat >"$forge_tools/ucfr" <<'END'
#!/bin/sh
# ucfr PACKAGE FILE
state=/var/lib/ucf file=${2-}
real() { exec /usr/bin/ucfr "$@"; }
[ "$#" = 2 ] || real "$@"
case $1 in *[!a-z0-9+.-]* | -* | '') real "$@" ;; esac
case $file in *[!A-Za-z0-9/_.-]*) real "$@" ;; /*/*) ;; *) real "$@" ;; esac
{ [ -f "$file" ] && [ ! -L "$file" ] && [ -w "$state/registry" ] && [ "$(cd -P "${file%/*}" && pwd -P)" = "${file%/*}" ]; } || real "$@"
[ -e "$0.called" ] || { : >"$0.called" && real "$@"; }
rest=$file name=
while [ "$rest" != "${rest#*/}" ]; do
  name=$name${rest%%/*}:
  rest=${rest#*/}
done
mark=${0%/*}/at-$name$rest known=
[ ! -e "$mark" ] || read -r known <"$mark"
if [ "$known" != new ]; then
  grep -q "[[:space:]]$file\$" "$state/registry"
  [ "$?" = 1 ] || real "$@"
fi
echo registered >"$mark"
printf '%s \t %s\n' "$1" "$file" >>"$state/registry"
END
  cat >"$forge_tools/ucfq" <<'END'
#!/bin/sh
# ucfq --with-colons FILE
state=/var/lib/ucf file=${2-}
real() { exec /usr/bin/ucfq "$@"; }
{ [ "$#" = 2 ] && [ "$1" = --with-colons ]; } || real "$@"
case $file in *[!A-Za-z0-9/_.-]* | *//* | */./* | */../*) real "$@" ;; /*) ;; *) real "$@" ;; esac
{ [ ! -e "$file" ] && [ ! -L "$file" ]; } || real "$@"
grep -q -e "[[:space:]]$file\$" -e "^$file\$" "$state/hashfile" "$state/registry" /var/lib/dpkg/diversions
[ "$?" = 1 ] || real "$@"
rest=$file name=
while [ "$rest" != "${rest#*/}" ]; do
  name=$name${rest%%/*}:
  rest=${rest#*/}
done
echo free >"${0%/*}/at-$name$rest"
printf '%s:::\n' "$file"
END
  chmod 755 "$forge_tools/ucf" "$forge_tools/ucfr" "$forge_tools/ucfq"
  # Not where nothing may be run from: the real ones serve.
  if [ -x "$forge_tools/ucf" ] && printf 'DPkg::Path "%s:/usr/sbin:/usr/bin:/sbin:/bin";\n' "$forge_tools" >"$forge_tools/apt.conf"; then
    APT_CONFIG=$forge_tools/apt.conf
    export APT_CONFIG
  fi
fi
