#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2154  # variables of lib.sh, which is sourced before
# One program that needs nothing of the system: musl, and all libraries inside. Compiled by zig's
# C++ compiler, which has musl for every architecture.

# The compilers by the names that configure and cmake want. A path of this machine stands in no
# object: programs that are built elsewhere are the same.
make_compilers() {
  local machine=$1 bin=$cache/$1/bin tools zig name
  tools=$(tools_of zig "ziglang==$zig_version")
  zig=$(echo "$tools"/lib/python3*/site-packages/ziglang/zig)
  mkdir -p "$bin"
  for name in cc c++; do
    cat >"$bin/$name.part" <<END
#!/bin/sh
export ZIG_GLOBAL_CACHE_DIR='$cache/zig' ZIG_LOCAL_CACHE_DIR='$cache/zig'
exec '$zig' $name -target $machine-linux-musl -fno-sanitize=undefined -g0 \\
  -ffile-prefix-map='$cache=.' -ffile-prefix-map='$PWD=.' "\$@"
END
  done
  for name in ar ranlib; do
    printf "#!/bin/sh\nexec '%s' %s \"\$@\"\n" "$zig" "$name" >"$bin/$name.part"
  done
  for name in cc c++ ar ranlib; do
    chmod +x "$bin/$name.part"
    # A file that is as it was is not written: make and ninja look at times.
    if cmp -s "$bin/$name.part" "$bin/$name"; then rm "$bin/$name.part"; fi
    [[ ! -e $bin/$name.part ]] || mv "$bin/$name.part" "$bin/$name"
  done
}

# library NAME MACHINE FUNCTION: built once for a version of its source.
library() {
  local name=$1 machine=$2 stamp=$cache/$2/$1.built version
  version="$(version_of_source "$name") $zig_version $(declare -f "build_${name//-/_}" by_cmake | sha256sum)"
  [[ $(cat "$stamp" 2>/dev/null) != "$version" ]] || return 0
  printf 'building %s %s for %s\n' "$name" "$(version_of_source "$name")" "$machine"
  rm -rf "$cache/$machine/build-$name"
  mkdir -p "$cache/$machine/build-$name"
  # Compilers without their path: OpenSSL keeps in the library how it was compiled.
  (cd "$cache/$machine/build-$name" && export PATH="$cache/$machine/bin:$PATH" &&
    quietly "building $name" "$cache/$machine/$name.log" "build_${name//-/_}" "$machine")
  printf '%s\n' "$version" >"$stamp"
}

# What runs in quietly() is not ended by `set -e`: hence the && of these.

# Algorithms that no server offers, plug-ins and programs are left out.
build_openssl() {
  local source=$cache/sources/openssl
  "$source/Configure" "linux-$1" --prefix=/usr --libdir=lib --openssldir=/etc/ssl \
    no-shared no-tests no-engine no-dso no-module no-legacy no-comp no-async no-camellia no-seed no-idea no-cast no-rc2 no-rc4 no-bf no-mdc2 no-whirlpool no-aria \
    no-sm2 no-sm3 no-sm4 no-gost no-srp no-dtls no-sctp no-ts no-cmp no-cms no-ct no-ssl-trace \
    CC=cc AR=ar RANLIB=ranlib -Os -ffunction-sections -fdata-sections &&
    make -j"$(nproc)" build_libs &&
    cp libcrypto.a libssl.a "$cache/$1/lib/" &&
    cp -r "$source/include/openssl" include/openssl "$cache/$1/include/"
}

# Without GSSAPI and LDAP, which would bring plug-ins of the system's with them. To try instructions
# of newer processors, zig would compile its own libraries for them first.
build_postgresql_15() {
  local source=$cache/sources/postgresql-15
  "$source/configure" "--host=$1-linux-musl" --prefix=/usr --with-ssl=openssl \
    --without-readline --without-zlib CC=cc AR=ar RANLIB=ranlib \
    pgac_cv_sse42_crc32_intrinsics_=no pgac_cv_sse42_crc32_intrinsics__msse4_2=no \
    pgac_cv_armv8_crc32c_intrinsics_=no pgac_cv_armv8_crc32c_intrinsics__march_armv8_apcrc=no \
    CFLAGS="-Os -ffunction-sections -fdata-sections" \
    CPPFLAGS="-I$cache/$1/include" LDFLAGS="-L$cache/$1/lib" &&
    make -C src/backend generated-headers &&
    make -j"$(nproc)" -C src/port all &&
    make -j"$(nproc)" -C src/common all &&
    make -j"$(nproc)" -C src/interfaces/libpq all-static-lib &&
    cp src/port/libpgport.a src/common/libpgcommon.a src/interfaces/libpq/libpq.a \
      "$cache/$1/lib/" &&
    cp "$source/src/interfaces/libpq/libpq-fe.h" "$source/src/interfaces/libpq/libpq-events.h" \
      "$source/src/include/postgres_ext.h" src/include/pg_config_ext.h src/include/pg_config.h \
      "$cache/$1/include/"
}

by_cmake() {  # by_cmake MACHINE SOURCE [OPTION...]
  cmake -G Ninja -S "$2" -B . -DCMAKE_BUILD_TYPE=Release "-DCMAKE_INSTALL_PREFIX=$cache/$1" \
    -DCMAKE_INSTALL_LIBDIR=lib "-DCMAKE_TOOLCHAIN_FILE=$cache/$1/toolchain.cmake" "${@:3}" &&
    cmake --build . &&
    cmake --install .
}

build_fmtlib() { by_cmake "$1" "$cache/sources/fmtlib" -DFMT_TEST=OFF -DFMT_DOC=OFF; }

build_yaml_cpp() {
  by_cmake "$1" "$cache/sources/yaml-cpp" -DYAML_CPP_BUILD_TESTS=OFF -DYAML_CPP_BUILD_TOOLS=OFF \
    -DYAML_BUILD_SHARED_LIBS=OFF
}

# For the tests of the static program only.
build_googletest() { by_cmake "$1" "$cache/sources/googletest"; }

# Debian has the full tree; what makes one file of it runs here, and needs tclsh.
build_sqlite3() {
  local source=$cache/sources/sqlite3
  "$source/configure" --disable-tcl --disable-readline CC=/usr/bin/cc &&
    make sqlite3.c &&
    cc -Os -ffunction-sections -fdata-sections -DSQLITE_OMIT_LOAD_EXTENSION \
      -DSQLITE_THREADSAFE=1 -DSQLITE_DQS=0 -c sqlite3.c &&
    rm -f "$cache/$1/lib/libsqlite3.a" && ar cr "$cache/$1/lib/libsqlite3.a" sqlite3.o &&
    cp sqlite3.h "$cache/$1/include/"
}

# A header alone, with TLS by the OpenSSL that is there already.
build_cpp_httplib() { cp "$cache/sources/cpp-httplib/httplib.h" "$cache/$1/include/"; }

# imported NAME VERSION TARGET [LIBRARY...]: what find_package() finds of it.
imported() {
  local folder=$prefix/lib/cmake/$1 library libraries=
  for library in "${@:4}"; do libraries+=" $prefix/lib/lib$library.a"; done
  mkdir -p "$folder"
  cat >"$folder/$1Config.cmake" <<END
set($1_FOUND TRUE)
add_library($3 INTERFACE IMPORTED)
target_include_directories($3 INTERFACE "$prefix/include")
target_link_libraries($3 INTERFACE$libraries)
END
  cat >"$folder/$1ConfigVersion.cmake" <<END
set(PACKAGE_VERSION $2)
set(PACKAGE_VERSION_COMPATIBLE TRUE)
END
}

# Headers that need no compiling are the ones that Debian's packages have put here.
write_prefix() {
  local prefix=$cache/$1
  mkdir -p "$prefix/include"
  cp -r /usr/include/CLI /usr/include/nlohmann /usr/include/toml++ "$prefix/include/"
  imported CLI11 2.3 CLI11::CLI11
  imported nlohmann_json 3.11 nlohmann_json::nlohmann_json
  imported tomlplusplus 3.3 tomlplusplus::tomlplusplus
  imported SQLite3 3.40 SQLite::SQLite3 sqlite3
  imported PostgreSQL 15 PostgreSQL::PostgreSQL pq pgcommon pgport ssl crypto
}

write_toolchain() {
  local prefix=$cache/$1
  cat >"$prefix/toolchain.cmake" <<END
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR $1)
set(CMAKE_C_COMPILER "$prefix/bin/cc")
set(CMAKE_CXX_COMPILER "$prefix/bin/c++")
set(CMAKE_AR "$prefix/bin/ar" CACHE FILEPATH "")
set(CMAKE_RANLIB "$prefix/bin/ranlib" CACHE FILEPATH "")
set(CMAKE_C_FLAGS_INIT "-ffunction-sections -fdata-sections")
set(CMAKE_CXX_FLAGS_INIT "-ffunction-sections -fdata-sections")
set(CMAKE_FIND_ROOT_PATH "$prefix")
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
set(CMAKE_FIND_PACKAGE_PREFER_CONFIG ON)
END
}

# static_libraries MACHINE
static_libraries() {
  local package
  for package in openssl postgresql-15 fmtlib yaml-cpp sqlite3 cpp-httplib; do fetch_source "$package"; done
  mkdir -p "$cache/$1/lib"
  make_compilers "$1"
  write_prefix "$1"
  write_toolchain "$1"
  for package in openssl postgresql-15 fmtlib yaml-cpp sqlite3 cpp-httplib; do library "$package" "$1"; done
}

# package_static ARCHITECTURE FILE
package_static() {
  local machine folder
  machine=$(machine_of "$1")
  folder=$cache/$machine/build-pgmend
  static_libraries "$machine"
  printf 'building pgmend for %s\n' "$machine"
  configure_static "$machine" "$folder" -DPGMEND_TESTS=OFF
  quietly "building pgmend" "$cache/$machine/pgmend.log" cmake --build "$folder" --target pgmend
  mkdir -p "${2%/*}"
  install -m 755 "$folder/pgmend" "$2"
}

# configure_static MACHINE FOLDER [OPTION...]: anew each time, or what an earlier commit had for its
# defaults would stay, and the same commit would come to other bytes elsewhere.
configure_static() {
  quietly "configuring pgmend" "$cache/$1/cmake.log" cmake --fresh -G Ninja -S . -B "$2" \
    -DCMAKE_BUILD_TYPE=Release "-DCMAKE_CXX_FLAGS_RELEASE=-O2 -DNDEBUG" \
    "-DCMAKE_TOOLCHAIN_FILE=$cache/$1/toolchain.cmake" -DPGMEND_BUILD_NAME=static \
    -DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON \
    "-DCMAKE_EXE_LINKER_FLAGS=-static -s -Wl,--gc-sections -Wl,-z,stack-size=8388608" "${@:3}"
}
