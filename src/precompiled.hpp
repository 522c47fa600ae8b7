// SPDX-License-Identifier: MIT
// What nearly every file includes, read by the compiler once. No file relies on it: scripts/lint
// compiles them without.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/kind.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"
