#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2154  # variables of lib.sh, which is sourced before
# The wheel: the Python package in python/ with the static program in it.

# package_wheel ARCHITECTURE PROGRAM FOLDER
package_wheel() {
  local tools
  tools=$(tools_of wheel build==1.3.0 hatchling==1.27.0)
  PGMEND_WHEEL_ARCH=$1 PGMEND_WHEEL_PROGRAM=$2 SOURCE_DATE_EPOCH=$(source_date) \
    quietly "building the wheel" "$cache/wheel.log" \
    "$tools/bin/python" -m build --wheel --no-isolation --outdir "$3" python
  grep -o 'pgmend-.*\.whl' "$cache/wheel.log" | tail -n 1 | sed "s|^|$3/|"
}
