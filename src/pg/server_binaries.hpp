// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace pgmend::pg {

/// Where the server programs of one PostgreSQL installation are.
struct Binaries {
  std::string folder;
  int major = 0;
};

/// The folder of `postgres` and `initdb`: `bin_dir` if given, else the environment's PGMEND_PG_BIN,
/// else the first that fits of: PATH, `pg_config --bindir`, where packages put them, newest first,
/// and what the Python package found beside itself (PGMEND_WHEEL_PG_BIN). `major` 0 takes any
/// version. Throws Error with a hint if there is none.
Binaries find_binaries(const std::string& bin_dir = "", int major = 0);

}  // namespace pgmend::pg
