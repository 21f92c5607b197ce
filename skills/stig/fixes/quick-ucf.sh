# Debian's ucf starts some hundred programs to register one configuration file of a package, and a package like AIDE brings 219: most of its installation's
# time. For this one call of apt, three scripts are found before it. They do the plain case, a file that is new to the machine, with a handful of programs,
# and leave all else to the real ones; so the first call, which keeps the lists as they were. What they write is what ucf writes.
# A file at-NAME says how far one has come in this call: new (made, not registered) or registered; in-FOLDER whether the lists named some or none in a folder
# before. The hash and the cached copy of a package's own file are made for all together (pending, note), before a real one runs and at the end.
if [ -x /usr/bin/ucf ] && perl -MDigest::MD5 -MTime::HiRes -e 1 2>/dev/null && [ -z "${APT_CONFIG-}${UCF_STATE_DIR-}${UCF_SOURCE_DIR-}" ] && ! grep -qs '^[[:space:]]*[^#[:space:]]' /etc/ucf.conf; then
  # shellcheck disable=SC2154 # forge_code: the trap's own
  forge_tools=$(mktemp -d) && trap 'forge_code=$?; [ ! -s "$forge_tools/pending" ] || "$forge_tools/note" || forge_code=1; rm -rf "$forge_tools"; exit "$forge_code"' EXIT
  cat >"$forge_tools/common" <<'END'
# shellcheck disable=SC2034 # for those who read it
state=/var/lib/ucf tools=${0%/*}
# real ARGUMENT...: goes on as the real one.
real() {
  [ ! -s "$tools/pending" ] || "$tools/note" || exit 1
  rm -f "$tools"/in-*
  exec "/usr/bin/${0##*/}" "$@"
}
# first ARGUMENT...: the first call is the real one's.
first() { [ -e "$0.called" ] || { : >"$0.called" && real "$@"; }; }
# name_of PATH: sets name, the path with colons for slashes, and folder, the same of its folder.
name_of() {
  rest=$1 folder=
  while [ "$rest" != "${rest#*/}" ]; do
    folder=$folder${rest%%/*}:
    rest=${rest#*/}
  done
  name=$folder$rest mark=$tools/at-$folder$rest known=
  [ ! -e "$mark" ] || read -r known <"$mark"
}
# unknown PATH LIST...: whether none of the lists names it.
unknown() {
  path=$1 count=
  shift
  if [ -e "$tools/in-$folder" ]; then
    read -r count <"$tools/in-$folder"
  else
    grep -q -e "[[:space:]]${path%/*}/" -e "^${path%/*}/" "$state/hashfile" "$state/registry" /var/lib/dpkg/diversions
    if [ "$?" = 1 ]; then count=none; else count=some; fi
    echo "$count" >"$tools/in-$folder"
  fi
  [ "$count" != none ] || return 0
  grep -q -e "[[:space:]]$path\$" -e "^$path\$" "$@"
  [ "$?" = 1 ]
}
END
  cat >"$forge_tools/ucf" <<'END'
#!/bin/sh
# ucf --three-way --debconf-ok NEW DEST
# shellcheck disable=SC1091,SC2154 # common is written beside this one
. "${0%/*}/common"
new=${3-} dest=${4-}
{ [ "$#" = 4 ] && [ "$1" = --three-way ] && [ "$2" = --debconf-ok ]; } || real "$@"
case $new,$dest in *[!A-Za-z0-9/_.,-]* | *//* | */./* | */../* | *,*,*) real "$@" ;; /*,/*) ;; *) real "$@" ;; esac
{ [ -f "$new" ] && [ ! -L "$new" ] && [ ! -e "$dest" ] && [ ! -L "$dest" ] && [ -d "${dest%/*}" ] && [ -w "$state/hashfile" ] && [ -d "$state/cache" ]; } || real "$@"
first "$@"
name_of "$dest"
# Some packages register a file before they make it.
{ [ -z "$known" ] && unknown "$dest" "$state/hashfile" "$state/registry" /var/lib/dpkg/diversions; } || real "$@"
set -e
printf >&2 '\nCreating config file %s with new version\n' "$dest"
cp -pf "$new" "$dest"
printf '%s\t%s\n' "$new" "$dest" >>"$tools/pending"
# What is no part of a package may be gone in a moment.
case $new in /usr/*) ;; *) "$tools/note" ;; esac
echo new >"$mark"
END
  cat >"$forge_tools/ucfr" <<'END'
#!/bin/sh
# ucfr PACKAGE FILE
# shellcheck disable=SC1091,SC2154 # common is written beside this one
. "${0%/*}/common"
file=${2-}
[ "$#" = 2 ] || real "$@"
case $1 in *[!a-z0-9+.-]* | -* | '') real "$@" ;; esac
case $file in *[!A-Za-z0-9/_.-]*) real "$@" ;; /*/*) ;; *) real "$@" ;; esac
{ [ -f "$file" ] && [ ! -L "$file" ] && [ -w "$state/registry" ] && [ "$(cd -P "${file%/*}" && pwd -P)" = "${file%/*}" ]; } || real "$@"
first "$@"
name_of "$file"
[ "$known" = new ] || { [ -z "$known" ] && unknown "$file" "$state/registry"; } || real "$@"
echo registered >"$mark"
printf '%s \t %s\n' "$1" "$file" >>"$state/registry"
END
  cat >"$forge_tools/ucfq" <<'END'
#!/bin/sh
# ucfq --with-colons FILE
# shellcheck disable=SC1091,SC2154 # common is written beside this one
. "${0%/*}/common"
file=${2-}
{ [ "$#" = 2 ] && [ "$1" = --with-colons ]; } || real "$@"
case $file in *[!A-Za-z0-9/_.-]* | *//* | */./* | */../*) real "$@" ;; /*) ;; *) real "$@" ;; esac
{ [ ! -e "$file" ] && [ ! -L "$file" ]; } || real "$@"
name_of "$file"
{ [ -z "$known" ] && unknown "$file" "$state/hashfile" "$state/registry" /var/lib/dpkg/diversions; } || real "$@"
printf '%s:::\n' "$file"
END
  cat >"$forge_tools/note" <<'PERL'
#!/usr/bin/perl
# Notes what is pending: the hash of each new file, and a copy of it in the cache.
use strict;
use warnings;
use Digest::MD5;
use Time::HiRes qw(stat utime);
my $pending = $0 =~ s|[^/]*\z|pending|r;
my $state = '/var/lib/ucf';
open my $list, '<', $pending or die "$pending: $!\n";
while (my $line = <$list>) {
  my ($new, $dest) = $line =~ /^(.*)\t(.*)\n\z/ or die "$pending: a line that cannot be read\n";
  open my $in, '<:raw', $new or die "$new: $!\n";
  my @about = stat $in;
  my $content = do { local $/; <$in> } // '';
  my $cached = "$state/cache/" . $dest =~ tr|/|:|r;
  open my $hashes, '>>', "$state/hashfile" or die "$state/hashfile: $!\n";
  print $hashes Digest::MD5::md5_hex($content), "  $dest\n";
  close $hashes or die "$state/hashfile: $!\n";
  open my $out, '>:raw', $cached or die "$cached: $!\n";
  print $out $content;
  close $out or die "$cached: $!\n";
  chown $about[4], $about[5], $cached or die "$cached: $!\n";
  chmod $about[2] & 07777, $cached or die "$cached: $!\n";
  utime $about[8], $about[9], $cached or die "$cached: $!\n";
}
unlink $pending or die "$pending: $!\n";
PERL
  chmod 755 "$forge_tools/ucf" "$forge_tools/ucfr" "$forge_tools/ucfq" "$forge_tools/note"
  # Not where nothing may be run from: the real ones serve.
  if [ -x "$forge_tools/ucf" ] && printf 'DPkg::Path "%s:/usr/sbin:/usr/bin:/sbin:/bin";\n' "$forge_tools" >"$forge_tools/apt.conf"; then
    APT_CONFIG=$forge_tools/apt.conf
    export APT_CONFIG
  fi
fi
