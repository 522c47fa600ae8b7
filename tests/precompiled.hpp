// SPDX-License-Identifier: MIT
// What nearly every test includes, read by the compiler once. No test relies on it.
#pragma once

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "model/kind.hpp"
#include "support/database.hpp"
#include "support/matchers.hpp"
#include "support/run.hpp"
#include "support/temp_folder.hpp"
