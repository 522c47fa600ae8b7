// SPDX-License-Identifier: MIT
#include "cli/seconds.hpp"

#include <fmt/format.h>

#include <charconv>

namespace pgmend::cli {

/// CLI11's own says "not in range 0.000 to" and 300 digits.
CLI::Validator seconds_from(int least) {
  return {[least](const std::string& text) {
            int number = 0;
            const auto* end = text.data() + text.size();
            const auto parsed = std::from_chars(text.data(), end, number);
            if (parsed.ec == std::errc() && parsed.ptr == end && number >= least)
              return std::string();
            return fmt::format("`{}` is not a number of seconds from {} up", text, least);
          },
          ""};
}

}  // namespace pgmend::cli
