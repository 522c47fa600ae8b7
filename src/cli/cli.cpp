// SPDX-License-Identifier: MIT
#include "cli/cli.hpp"

#include <fmt/format.h>

#include "app/errors.hpp"
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "util/interrupt.hpp"
#include "util/text.hpp"

namespace pgmend::cli {

namespace {

void print(std::string_view message, std::string_view hint) {
  std::fflush(stdout);
  fmt::print(stderr, "{}\n", text::wrap(message, 80, "  "));
  if (!hint.empty())
    fmt::print(stderr, "{}\n", text::wrap(fmt::format("hint: {}", hint), 80, "  "));
}

int dispatch(const Options& options) {
  switch (options.command) {
    case Command::init:
      return run_init(options);
    case Command::snapshot:
      return run_snapshot(options);
    case Command::compile:
      return run_compile(options);
    case Command::diff:
      return run_diff(options);
    case Command::demo:
      return run_demo(options);
    default:
      return run_check(options);
  }
}

void print_faults(const SpecError& error) {
  for (const auto& fault : error.faults()) {
    const auto what = fault.what.empty() ? "" : fault.what + ": ";
    print(fmt::format("{}: {}{}", display(fault.where), what, fault.message), fault.hint);
  }
  print("Could not verify schema - nothing was changed", "");
}

}  // namespace

int run(int argc, const char* const* argv) {
  const auto parsed = parse(argc, argv);
  if (!parsed.options) return parsed.exit_code;
  interrupt::install();
  try {
    return dispatch(*parsed.options);
  } catch (const SpecError& error) {
    print_faults(error);
    return k_exit_usage;
  } catch (const app::UsageError& error) {
    print(error.what(), error.hint());
    return k_exit_usage;
  } catch (const app::UnverifiedError& error) {
    print(fmt::format("Could not verify schema - {}", error.what()), error.hint());
    return k_exit_unverified;
  } catch (const interrupt::Interrupted&) {
    print("Interrupted - nothing was changed", "");
    return k_exit_interrupted;
  } catch (const std::exception& error) {
    print(fmt::format("Could not verify schema - {}", error.what()),
          "this is a defect of pgmend; please report it with the command and this message");
    return k_exit_unverified;
  }
}

}  // namespace pgmend::cli
