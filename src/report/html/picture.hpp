// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "model/report.hpp"
#include "report/groups.hpp"
#include "report/html/findings.hpp"
#include "report/html/outline.hpp"

namespace pgmend::report::html {

/// What is drawn: relations with findings, and those they refer to or are referred to by.
struct Picture {
  struct Row {
    std::string name;
    std::string words;  // its type, or what is wrong with it
    Mark mark;          // no sign: nothing is
  };
  struct Box {
    std::string title;
    std::string words;  // what is wrong with it: "1 missing, 2 different"
    Mark mark;
    bool is_absent = false;  // the relation itself is missing
    std::vector<Row> rows;
    std::size_t more = 0;  // rows that are left out
    std::string anchor;    // of its findings; empty: it has none
  };
  struct Link {
    std::size_t from = 0;
    std::size_t to = 0;
    std::string name;
    Mark mark;
  };

  std::vector<Box> boxes;
  std::vector<Link> links;
  std::size_t left_out = 0;  // relations with findings that did not fit
};

/// More than this is no picture any more.
inline constexpr std::size_t k_most_boxes = 40;

Picture picture_of(const Report& report, const Groups& groups, const Outline& outline);

/// The section with the picture; empty if there is nothing to draw.
std::string picture_section(const Report& report, const Groups& groups, const Outline& outline);

}  // namespace pgmend::report::html
