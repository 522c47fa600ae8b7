// SPDX-License-Identifier: MIT
#include "cli/seconds.hpp"

#include <fmt/format.h>

#include <charconv>

namespace pgmend::cli {

namespace {

using std::chrono::seconds;

constexpr auto k_most = std::chrono::hours(500);

/// How many seconds the unit has; 0 if there is no such unit.
long long length_of(std::string_view unit) {
  if (unit.empty() || unit == "s") return 1;
  if (unit == "m") return 60;
  return unit == "h" ? 3600 : 0;
}

/// CLI11's own validators say "not in range 0.000 to" and 300 digits.
CLI::Validator a_time_from(seconds least) {
  return {[least](const std::string& text) {
            const auto time = parse_seconds(text);
            if (!time)
              return fmt::format("`{}` is not a time such as 30, 30s, 2m or 1h (500h at most)",
                                 text);
            if (*time >= least) return std::string();
            return fmt::format("`{}` is too short: it takes {}s or more", text, least.count());
          },
          ""};
}

}  // namespace

std::optional<seconds> parse_seconds(std::string_view text) {
  unsigned number = 0;
  const auto* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc()) return std::nullopt;
  const auto unit = length_of({rest, static_cast<std::size_t>(end - rest)});
  const seconds time(number * unit);
  if (unit == 0 || time > k_most) return std::nullopt;
  return time;
}

CLI::Option* add_seconds(CLI::App& app, const std::string& name, const std::string& doc,
                         seconds least, const std::function<void(seconds)>& set) {
  return app
      .add_option_function<std::string>(
          name, [set](const std::string& text) { set(*parse_seconds(text)); }, doc)
      ->check(a_time_from(least))
      ->type_name("TIME")
      ->option_text("TIME");
}

}  // namespace pgmend::cli
