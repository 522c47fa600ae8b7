// SPDX-License-Identifier: MIT
#include "cli/cli.hpp"

#include <optional>
#include <system_error>

#include "app/errors.hpp"
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/invocation.hpp"
#include "util/interrupt.hpp"
#include "util/log.hpp"
#include "util/stream.hpp"

namespace pgmend::cli {

namespace {

int dispatch(const Options& options, Outputs& outputs) {
  switch (options.command) {
    case Command::init:
      return run_init(options);
    case Command::snapshot:
      return run_snapshot(options);
    case Command::compile:
      return run_compile(options);
    case Command::fleet:
      return run_fleet(options, outputs);
    case Command::watch:
      return run_watch(options);
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

/// The one place where exceptions become words and exit codes; called while one is handled.
Ending ending_of_exception() {
  try {
    throw;
  } catch (const SpecError& error) {
    const auto& first = error.faults().front();
    return {k_exit_usage, fault_words(first), first.hint, error.faults()};
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

/// Who threw it did not know how this run was called.
Ending completed(Ending ending, const Invocation& invocation) {
  ending.hint = invocation.completed(ending.hint);
  for (auto& fault : ending.faults) fault.hint = invocation.completed(fault.hint);
  return ending;
}

/// Whoever reads stdout, a program say, is not to take half a report, or none, for a good one.
int with_stdout_checked(int exit_code) {
  const int error = stream::error_of(stdout);
  if (error == 0) return exit_code;
  const std::error_code code(error, std::generic_category());
  print_error({k_exit_usage, "the output cannot be written: " + code.message(),
               code == std::errc::no_space_on_device ? "free some space where it goes" : ""});
  return exit_code == k_exit_correct ? k_exit_usage : exit_code;
}

int run_parsed(const Parsed& parsed) {
  if (parsed.options->log_as_json) log::use_json();
  interrupt::install();
  std::optional<Outputs> outputs;
  try {
    outputs.emplace(*parsed.options);
    return dispatch(*parsed.options, *outputs);
  } catch (...) {
    const auto ending = completed(ending_of_exception(), invocation_of(*parsed.options));
    print_error(ending);
    return outputs ? outputs->finish(ending) : ending.exit_code;
  }
}

}  // namespace

int run(int argc, const char* const* argv, const char* version) {
  const auto parsed = parse(argc, argv, version);
  return with_stdout_checked(parsed.options ? run_parsed(parsed) : parsed.exit_code);
}

}  // namespace pgmend::cli
