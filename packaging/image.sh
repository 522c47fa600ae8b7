#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2154  # variables of lib.sh, which is sourced before
# An image with the static program, Debian's certificates, a user, and a folder for temporary files.

# Those of Mozilla's that Debian's package has; this machine may trust others besides.
write_certificates() {
  local folder=$cache/certificates
  if [[ ! -d $folder/unpacked ]]; then
    rm -rf "$folder" && mkdir -p "$folder"
    (cd "$folder" && quietly "apt-get download ca-certificates" "$cache/certificates.log" \
      apt-get -q -o APT::Sandbox::User=root download ca-certificates)
    dpkg-deb --extract "$folder"/ca-certificates_*.deb "$folder/unpacked"
  fi
  (cd "$folder/unpacked/usr/share/ca-certificates/mozilla" && cat -- *.crt) >"$1"
}

make_root() {
  local root=$1
  rm -rf "$root"
  mkdir -p "$root/usr/local/bin" "$root/etc/ssl/certs" "$root/tmp"
  install -m 755 "$2" "$root/usr/local/bin/pgmend"
  write_certificates "$root/etc/ssl/certs/ca-certificates.crt"
  echo 'pgmend:x:65532:65532::/tmp:/sbin/nologin' >"$root/etc/passwd"
  echo 'pgmend:x:65532:' >"$root/etc/group"
  chmod 1777 "$root/tmp"
  find "$root" -exec touch --no-dereference -d "@$(source_date)" {} +
}

# package_image ARCHITECTURE PROGRAM FOLDER
package_image() {
  local work=$cache/image-$1 layout image date tar
  layout=$work/layout
  image=$layout:$(project_version)
  tar=$3/pgmend-image-$1.tar
  date=$(date -u -d "@$(source_date)" +%Y-%m-%dT%H:%M:%SZ)
  rm -rf "$work" && mkdir -p "$work"
  make_root "$work/root" "$2"
  umoci init --layout "$layout"
  umoci new --image "$image"
  quietly "umoci insert" "$cache/umoci.log" \
    umoci insert --rootless --no-history --image "$image" "$work/root" /
  umoci config --no-history --image "$image" --created "$date" --author "The pgmend authors" \
    --architecture "$1" --os linux --config.user 65532:65532 --config.workingdir /tmp \
    --config.entrypoint /usr/local/bin/pgmend \
    --config.label org.opencontainers.image.title=pgmend \
    --config.label org.opencontainers.image.licenses=MIT \
    --config.label "org.opencontainers.image.version=$(project_version)"
  umoci gc --layout "$layout"
  python3 packaging/image_names.py "$layout" "pgmend:$(project_version)"
  tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$(source_date)" -C "$layout" \
    -cf "$tar" .
  printf '%s\n' "$tar"
}
