// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "model/document.hpp"

namespace pgmend::report {

/// One thing that a report has to say, for the formats that mark lines of files.
struct Issue {
  enum class Level { error, warning, note };

  Level level = Level::error;
  std::string id;             // finding_id(), or "run.failure" and its like
  std::string title;          // "api_keys.webhook_url missing"
  std::string text = {};      // what else there is to say, in lines; may be empty
  SourceLocation place = {};  // of the declaration, or of the migration; no file: neither is known
  std::string fingerprint = {};  // the same in every run, on whichever line it stands
  const Finding* finding = nullptr;

  /// It was repaired, or mended by others.
  bool is_settled() const { return finding != nullptr && finding->is_settled(); }
  /// The title, and the text behind it.
  std::string message() const { return text.empty() ? title : title + "\n" + text; }
};

/// What is about the run as a whole comes first. What only follows from another finding is left
/// out. Points into the document.
std::vector<Issue> issues(const Document& document);

/// "api_keys.webhook_url missing", "index api_keys.ix broken"
std::string headline(const Finding& finding);

/// Both sides, why, what became of it, where it comes from and what helps, each in a line.
std::string explanation(const Finding& finding, const Report& report);

}  // namespace pgmend::report
