// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "util/log.hpp"
#include "util/stream.hpp"
#include "util/text.hpp"

namespace pgmend::cli {

namespace {

constexpr const char* k_interrupted = "Interrupted - nothing was changed";

void print_as_json(const Ending& ending) {
  const auto exit_code = std::to_string(ending.exit_code);
  if (ending.faults.empty())
    return log::write(log::Level::error, ending.interrupted ? k_interrupted : ending.message,
                      {{"hint", ending.hint}, {"exit_code", exit_code}});
  for (const auto& fault : ending.faults)
    log::write(log::Level::error, fault_words(fault),
               {{"hint", fault.hint}, {"exit_code", exit_code}});
}

void print(const std::string& message, const std::string& hint) {
  stream::flush(stdout);
  print_line(stderr, message);
  if (!hint.empty()) print_line(stderr, "hint: " + hint);
}

}  // namespace

std::string fault_words(const Fault& fault) {
  const auto what = fault.what.empty() ? "" : text::visible(fault.what) + ": ";
  return fmt::format("{}: {}{}", display(fault.where), what, fault.message);
}

void print_error(const Ending& ending) {
  if (log::is_json()) return print_as_json(ending);
  if (ending.interrupted) return print(k_interrupted, "");
  if (ending.faults.empty()) {
    const auto* head = ending.exit_code == k_exit_unverified ? "Could not verify schema - " : "";
    return print(head + ending.message, ending.hint);
  }
  for (const auto& fault : ending.faults) print(fault_words(fault), fault.hint);
  print("Could not verify schema - nothing was changed", "");
}

}  // namespace pgmend::cli
