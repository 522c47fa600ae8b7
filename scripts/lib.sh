#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# What the scripts have in common. They source it, from the top folder of the checkout.

die() {
  printf 'error: %s\n' "$1" >&2
  [[ $# -lt 2 ]] || printf 'hint: %s\n' "$2" >&2
  exit 1
}

# Whether one line can be written over and over.
on_terminal() { [[ -t 1 && ${TERM:-dumb} != dumb ]]; }

# failed WHAT LOG [HINT]: what failed, the end of its log, and where all of it is.
failed() {
  printf 'error: %s failed; the end of its log:\n' "$1" >&2
  tail -n "${PGMEND_LOG_LINES:-20}" "$2" | sed 's/^/  /' >&2
  printf 'hint: all of it is in %s%s\n' "$2" "${3:+; $3}" >&2
}

folder_of() {  # a preset's
  if [[ $1 == release ]]; then echo build; else echo "build-$1"; fi
}

# configure PRESET [OPTION...]: quiet, unless it fails or has warnings.
configure() {
  local preset=$1 log options=("${@:2}")
  # Whoever only builds it would see the false warnings of compilers that we have not tried.
  if [[ $preset == release && ${CI:-} == true ]]; then options+=(-DPGMEND_WERROR=ON); fi
  log=$(mktemp "${TMPDIR:-/tmp}/pgmend-cmake.XXXXXX")
  if ! cmake --preset "$preset" "${options[@]}" >"$log" 2>&1; then
    failed "cmake --preset $preset" "$log"
    return 1
  fi
  sed -n '/^CMake .*Warning/,$p' "$log"
  rm -f "$log"
}

# For scripts that need no tests. Where a build has them they stay: without them their objects would
# be nobody's, and scripts/test uses the same folder.
configure_product() {
  if grep -qsE '^PGMEND_TESTS:[A-Z]+=ON$' build/CMakeCache.txt; then
    configure release
  else
    configure release -DPGMEND_TESTS=OFF
  fi
}

# build PRESET [TARGET...]
#
# On a terminal Ninja shows one line by itself. Elsewhere it prints one for each step: a few tell
# as much. What compilers and linkers say is shown whole, and the exit code is the build's.
build() {
  local preset=$1 targets=()
  if [[ $# -gt 1 ]]; then targets=(--target "${@:2}"); fi
  if on_terminal; then
    cmake --build --preset "$preset" "${targets[@]}"
  else
    NINJA_STATUS='[%f/%t] ' cmake --build --preset "$preset" "${targets[@]}" 2>&1 | quarters
  fi
}

quarters() {
  local line quarter last=-1
  while IFS= read -r line || [[ -n $line ]]; do
    if [[ $line =~ ^\[([0-9]+)/([0-9]+)\]\  ]]; then
      quarter=$((4 * BASH_REMATCH[1] / BASH_REMATCH[2]))
      [[ $quarter -gt $last ]] || continue
      last=$quarter
      printf 'built %d of %d\n' "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}"
    else
      printf '%s\n' "$line"
    fi
  done
}
