#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2154  # variables of lib.sh, which is sourced before
# Debian's source packages that are compiled into the static program: those of this machine's
# release, with its patches.

# apt with lists of its own: this machine's package sources may name no source packages, and stay
# as they are.
apt_sources() {
  local tool=$1 own=$cache/apt
  "$tool" -q -o "Dir::Etc::sourcelist=$own/sources.list" -o Dir::Etc::sourceparts=/dev/null \
    -o "Dir::State::lists=$own/lists" -o "Dir::Cache=$own/cache" -o APT::Sandbox::User=root "${@:2}"
}

list_sources() {
  local own=$cache/apt keys=/usr/share/keyrings/debian-archive-keyring.gpg
  mkdir -p "$own/lists/partial" "$own/cache/archives/partial"
  # shellcheck disable=SC2016  # apt's own variables
  apt-get indextargets --format '$(ORIGIN) $(REPO_URI) $(RELEASE) $(COMPONENT)' \
    'Created-By: Packages' | sort -u |
    while read -r origin address release component; do
      [[ $origin != Debian ]] ||
        printf 'deb-src [signed-by=%s] %s %s %s\n' "$keys" "$address" "$release" "$component"
    done >"$own/sources.list"
  quietly "apt-get update (sources)" "$cache/apt.log" apt_sources apt-get update
}

# fetch_source PACKAGE: unpacks it as $cache/sources/PACKAGE. The newest version that is there: for
# some time after a security update mirrors name one that they do not have yet.
fetch_source() {
  local package=$1 folder=$cache/sources/$1 version versions
  [[ ! -d $folder ]] || return 0
  [[ -s $cache/apt/sources.list ]] || list_sources
  versions=$(apt_sources apt-cache showsrc --only-source "$package" | sed -n 's/^Version: //p' |
    sort -Vur)
  [[ -n $versions ]] || die "Debian has no source package $package here" \
    "is this Debian 12? see apt-get indextargets"
  mkdir -p "$cache/downloads/$package" "$cache/sources"
  for version in $versions; do
    if (cd "$cache/downloads/$package" &&
      apt_sources apt-get source --download-only "$package=$version") >"$cache/source.log" 2>&1; then
      quietly "dpkg-source -x $package" "$cache/unpack.log" dpkg-source --no-check -x \
        "$cache/downloads/$package/${package}_${version#*:}.dsc" "$folder.part"
      mv "$folder.part" "$folder"
      printf '%s\n' "$version" >"$folder/pgmend-version"
      return
    fi
  done
  failed "apt-get source $package" "$cache/source.log" && exit 1
}

version_of_source() { cat "$cache/sources/$1/pgmend-version"; }
