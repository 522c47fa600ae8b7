// SPDX-License-Identifier: MIT
#include "util/log.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "util/json_text.hpp"
#include "util/stream.hpp"

namespace pgmend::log {

namespace {

using Json = nlohmann::ordered_json;

std::atomic<bool> g_is_json{false};

std::string now() {
  const auto time = std::chrono::system_clock::now();
  const auto whole = std::chrono::floor<std::chrono::seconds>(time);
  const auto rest = std::chrono::duration_cast<std::chrono::milliseconds>(time - whole);
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(whole)), rest.count());
}

std::string_view word(Level level) {
  switch (level) {
    case Level::debug:
      return "debug";
    case Level::info:
      return "info";
    case Level::error:
      break;
  }
  return "error";
}

}  // namespace

void use_json() {
  g_is_json = true;
}

bool is_json() {
  return g_is_json;
}

void write(Level level, std::string_view message, Fields fields) {
  Json line = {{"time", now()}, {"level", word(level)}, {"message", message}};
  for (const auto& [name, value] : fields)
    if (!value.empty()) line[std::string(name)] = value;
  // In one piece: others may write there, too.
  const auto text = text::of_json(line, -1) + "\n";
  stream::write(stderr, text);
  stream::flush(stderr);
}

}  // namespace pgmend::log
