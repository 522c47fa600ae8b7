// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "model/report.hpp"

namespace pgmend::report {

/// How a run ended, as the text report says at its end.
struct Closing {
  enum class Tone { good, doubtful, bad };
  enum class Mark { none, ok, warning, bad };

  Tone tone = Tone::bad;
  Mark mark = Mark::bad;
  std::string words;
  std::string hint = {};       // what to do next; empty: nothing
  std::string aftermath = {};  // what there is to know besides
};

Closing closing(const Report& report, Detail detail);

}  // namespace pgmend::report
