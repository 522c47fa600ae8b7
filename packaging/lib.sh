#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# What the parts of scripts/package have in common. Sourced after scripts/lib.sh, from the top folder.

# What was downloaded and built of others; nothing of it belongs to the checkout.
cache=${PGMEND_CACHE:-${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/pgmend}
mkdir -p "$cache"
cache=$(cd "$cache" && pwd)
# shellcheck disable=SC2034  # of those that source this
zig_version=0.17.1

machine_of() {  # as compilers call it: x86_64
  case "$1" in
    amd64) echo x86_64 ;;
    arm64) echo aarch64 ;;
    *) die "unknown architecture: $1" "amd64 or arm64" ;;
  esac
}

this_architecture() { dpkg --print-architecture; }

project_version() { sed -nE 's/^project\(pgmend VERSION ([0-9.]+).*/\1/p' CMakeLists.txt; }

# Time of the commit: what archives say of when their files were made.
source_date() { git log -1 --format=%ct 2>/dev/null || echo 1577836800; }

# quietly WHAT LOG COMMAND...: what it says goes to the log, whose end is shown if it fails.
quietly() {
  local what=$1 log=$2
  shift 2
  "$@" >"$log" 2>&1 </dev/null || { failed "$what" "$log" && exit 1; }
}

# tools_of NAME REQUIREMENT...: a virtual environment of that name with these from the package index.
tools_of() {
  local folder=$cache/tools/$1 wanted="${*:2}"
  if [[ $(cat "$folder/wanted" 2>/dev/null) != "$wanted" ]]; then
    rm -rf "$folder"
    quietly "python3 -m venv" "$cache/venv.log" python3 -m venv "$folder"
    quietly "pip install $wanted" "$cache/pip.log" "$folder/bin/pip" install "${@:2}"
    printf '%s\n' "$wanted" >"$folder/wanted"
  fi
  printf '%s' "$folder"
}
