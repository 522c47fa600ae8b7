// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "model/report.hpp"

/// What a revision asks before it does something, so that it can run wherever it may be done
/// already: by ensure, by an older revision, or by itself, if it was stopped.
namespace pgmend::report::revision {

/// A question to the catalogs, and the names it is about: `COLUMN, relation="...", name="..."`.
struct Guard {
  std::string_view query;  // the constant's name in the revision
  std::string arguments;

  std::string words() const;
};

/// What tells that the finding is settled: nothing where no single row of a catalog does.
std::optional<Guard> settled(const Finding& finding);

/// What tells that the object is there at all, ready or not, where that is another question.
std::optional<Guard> begun(const Finding& finding);

/// A column whose existing rows are being filled: ensure's own mark.
Guard filling(const Finding& finding);

/// That role is there.
Guard role(const std::string& name);

/// The constants of these names, as they stand in a revision.
std::string constants(const std::set<std::string_view>& names);

}  // namespace pgmend::report::revision
