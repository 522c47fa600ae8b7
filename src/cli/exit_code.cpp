// SPDX-License-Identifier: MIT
#include "cli/exit_code.hpp"

namespace pgmend::cli {

int exit_code(const Report& report) {
  if (report.interrupted) return k_exit_interrupted;
  const bool any_failed = report.count(Outcome::failed) > 0;
  const bool is_left = any_failed || (report.verdict() == Verdict::drift && report.fails());
  if (report.lock_timeout && (!report.failure.empty() || is_left)) return k_exit_not_now;
  if (!report.failure.empty()) return report.repairs_tried ? k_exit_failed : k_exit_unverified;
  if (any_failed) return k_exit_failed;
  switch (report.verdict()) {
    case Verdict::correct:
      return k_exit_correct;
    case Verdict::drift:
      return report.fails() ? k_exit_drift : k_exit_correct;
    case Verdict::pending:
    case Verdict::unclear:
      return k_exit_not_now;
    case Verdict::unconfirmed:
      break;
  }
  return k_exit_unverified;
}

}  // namespace pgmend::cli
