// SPDX-License-Identifier: MIT
#include "cli/cli.hpp"

#include <fmt/format.h>

#include <optional>

#include "app/errors.hpp"
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "util/interrupt.hpp"
#include "util/terminal.hpp"
#include "util/text.hpp"

namespace pgmend::cli {

namespace {

void print(std::string_view message, std::string_view hint) {
  std::fflush(stdout);
  fmt::print(stderr, "{}\n", text::wrap(message, terminal::k_columns, "  "));
  if (!hint.empty())
    fmt::print(stderr, "{}\n",
               text::wrap(fmt::format("hint: {}", hint), terminal::k_columns, "  "));
}

int dispatch(const Options& options, Outputs& outputs) {
  switch (options.command) {
    case Command::init:
      return run_init(options);
    case Command::snapshot:
      return run_snapshot(options);
    case Command::compile:
      return run_compile(options);
    case Command::diff:
      return run_diff(options, outputs);
    case Command::demo:
      return run_demo(options);
    case Command::completion:
      return run_completion(options);
    case Command::man:
      return run_man();
    case Command::explain:
      return run_explain(options);
    default:
      return run_check(options, outputs);
  }
}

std::string words_of(const Fault& fault) {
  const auto what = fault.what.empty() ? "" : fault.what + ": ";
  return fmt::format("{}: {}{}", display(fault.where), what, fault.message);
}

void print(const Ending& ending) {
  if (ending.interrupted) return print("Interrupted - nothing was changed", "");
  if (ending.faults.empty()) {
    const auto* head = ending.exit_code == k_exit_unverified ? "Could not verify schema - " : "";
    return print(head + ending.message, ending.hint);
  }
  for (const auto& fault : ending.faults) print(words_of(fault), fault.hint);
  print("Could not verify schema - nothing was changed", "");
}

/// The one place where exceptions become words and exit codes; called while one is handled.
Ending ending_of_exception() {
  try {
    throw;
  } catch (const SpecError& error) {
    const auto& first = error.faults().front();
    return {k_exit_usage, words_of(first), first.hint, error.faults()};
  } catch (const app::UsageError& error) {
    return {k_exit_usage, error.what(), error.hint()};
  } catch (const app::UnverifiedError& error) {
    return {k_exit_unverified, error.what(), error.hint()};
  } catch (const interrupt::Interrupted&) {
    return {k_exit_interrupted, "", "", {}, true};
  } catch (const std::exception& error) {
    return {k_exit_unverified, error.what(),
            "this is a defect of pgmend; please report it with the command and this message"};
  }
}

}  // namespace

int run(int argc, const char* const* argv) {
  const auto parsed = parse(argc, argv);
  if (!parsed.options) return parsed.exit_code;
  interrupt::install();
  std::optional<Outputs> outputs;
  try {
    outputs.emplace(*parsed.options);
    return dispatch(*parsed.options, *outputs);
  } catch (...) {
    const auto ending = ending_of_exception();
    print(ending);
    return outputs ? outputs->finish(ending) : ending.exit_code;
  }
}

}  // namespace pgmend::cli
