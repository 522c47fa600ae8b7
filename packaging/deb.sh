#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2154  # variables of lib.sh, which is sourced before
# Debian packages for the release that they are built on, with its compiler and libraries.

# package_deb FOLDER
package_deb() {
  local folder=$cache/deb release date version
  version=$(project_version)
  # shellcheck source=/dev/null
  release="1~$(. /etc/os-release && echo "${VERSION_CODENAME:-debian}")"
  date=$(LC_ALL=C date -u -R -d "@$(source_date)")
  rm -rf "$folder/packages"
  mkdir -p "$folder/packages"
  printf 'pgmend (%s-%s) unstable; urgency=medium\n\n  * Built from commit %s.\n\n -- %s  %s\n' \
    "$version" "$release" "$(git rev-parse --short HEAD 2>/dev/null || echo unknown)" \
    "The pgmend authors <pgmend@example.org>" "$date" | gzip -9n >"$folder/changelog.Debian.gz"
  printf 'building pgmend for this Debian\n'
  quietly "configuring pgmend" "$cache/deb-cmake.log" cmake --fresh -G Ninja -S . -B "$folder" \
    -DCMAKE_BUILD_TYPE=Release "-DCMAKE_CXX_FLAGS_RELEASE=-O2 -g0 -DNDEBUG" -DPGMEND_TESTS=OFF \
    "-DCMAKE_CXX_FLAGS=-ffile-prefix-map=$PWD=. -fstack-protector-strong -D_FORTIFY_SOURCE=2" \
    "-DCMAKE_EXE_LINKER_FLAGS=-Wl,-z,relro -Wl,-z,now -pie" -DCMAKE_POSITION_INDEPENDENT_CODE=ON \
    -DCMAKE_INSTALL_LIBDIR="lib/$(dpkg-architecture -qDEB_HOST_MULTIARCH)" \
    -DPGMEND_BUILD_NAME="Debian package" -DPGMEND_ZSH_FOLDER=share/zsh/vendor-completions \
    -DPGMEND_DEBIAN_PACKAGES=ON "-DPGMEND_DEB_RELEASE=$release"
  quietly "building pgmend" "$cache/deb.log" cmake --build "$folder"
  SOURCE_DATE_EPOCH=$(source_date) quietly "packing" "$cache/deb-cpack.log" \
    cpack --config "$folder/CPackConfig.cmake" -B "$folder/packages"
  cp "$folder"/packages/*.deb "$1/"
  (cd "$folder/packages" && printf "$1/%s\n" *.deb)
}
