#!/bin/sh
# Prints this machine's own Debian sources for one suite, as deb822 stanzas. No mirror is named anywhere in this repository.
# usage: apt-sources.sh SUITE [archive]
#   With "archive" only the main archive is printed (no -updates, no -security): enough to download a package from another suite.
set -eu

suite=${1:?usage: apt-sources.sh SUITE [archive]}
scope=${2:-all}

# Every source of this machine as "uri|suite|components|signed-by|options", one line for each uri and suite.
list_sources() {
  for file in /etc/apt/sources.list.d/*.sources; do
    [ -f "$file" ] || continue
    awk '
      function flush(  i, j, nu, ns, u, s) {
        if (tolower(enabled) != "no" && types ~ /(^| )deb( |$)/) {
          nu = split(uris, u, " "); ns = split(suites, s, " ")
          for (i = 1; i <= nu; i++) for (j = 1; j <= ns; j++) print u[i] "|" s[j] "|" components "|" signed
        }
        types = uris = suites = components = signed = enabled = ""
      }
      /^#/ { next }
      /^[ \t]*$/ { flush(); next }
      {
        key = tolower($0); sub(/:.*/, "", key)
        value = $0; sub(/^[^:]*:[ \t]*/, "", value)
        if (key == "types") types = value
        else if (key == "uris") uris = value
        else if (key == "suites") suites = value
        else if (key == "components") components = value
        else if (key == "signed-by") signed = value
        else if (key == "enabled") enabled = value
      }
      END { flush() }' "$file"
  done
  for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
    [ -f "$file" ] || continue
    awk '
      /^deb[ \t]/ {
        line = $0; signed = ""
        sub(/^deb[ \t]+/, "", line); sub(/[ \t]*#.*/, "", line)
        if (line ~ /^\[/) {
          options = line; sub(/\].*/, "", options); sub(/^[^]]*\][ \t]*/, "", line)
          if (match(options, /signed-by=[^ ]*/)) signed = substr(options, RSTART + 10, RLENGTH - 10)
        }
        n = split(line, word, /[ \t]+/); components = ""
        for (i = 3; i <= n; i++) components = components (i > 3 ? " " : "") word[i]
        print word[1] "|" word[2] "|" components "|" signed
      }' "$file"
  done
}

# The suite this machine runs, so that its own sources can be told from those of other vendors.
# shellcheck disable=SC1091
own=$(. /etc/os-release && printf '%s' "${VERSION_CODENAME:-}")
keyring=/usr/share/keyrings/debian-archive-keyring.gpg

list_sources | awk -F'|' -v want="$suite" -v own="$own" -v scope="$scope" -v keyring="$keyring" '
  function stanza(uri, suite, components, signed) {
    if (seen[uri "|" suite]++) return
    printf "Types: deb\nURIs: %s\nSuites: %s\nComponents: %s\nSigned-By: %s\n\n", uri, suite, components, signed == "" ? keyring : signed
  }
  {
    base = $2; sub(/[-\/].*/, "", base); tail = substr($2, length(base) + 1)
    if (base != own && base != want && base != "stable") next
    if (tail ~ /backports/) next
    if (scope == "archive" && tail != "") next
    if ((want == "sid" || want == "unstable") && tail != "") next
    stanza($1, want tail, $3, $4); found = 1
  }
  END {
    if (!found) {
      print "No source of " (own == "" ? "Debian" : own) " found in /etc/apt: add one to /etc/apt/sources.list.d, then try again." > "/dev/stderr"
      exit 1
    }
  }'
