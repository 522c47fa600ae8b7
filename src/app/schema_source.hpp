// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/expectation.hpp"
#include "app/filter.hpp"
#include "app/project.hpp"
#include "app/session.hpp"
#include "source/lock_file.hpp"

namespace pgmend::app {

/// What the user said about where the expected schema comes from: a database URL, a lock file, or
/// a pgmend.yaml; nothing means the nearest pgmend.yaml.
struct SourceRequest {
  std::optional<std::string> source;
  int connect_timeout_seconds = 10;
  bool log_sql = false;
  std::set<std::string> with = {};  // what is compared only when asked for: Kind::asked_for
};

/// An expected schema, and the settings of the pgmend.yaml that was found, if one was.
struct LoadedSource {
  Expectation expectation;
  Project project;
};

/// Throws SpecError for a file that cannot be read, UnverifiedError for a database that cannot.
LoadedSource load_source(const SourceRequest& request);

/// The kinds that are looked at: all but those that must be asked for and are not.
std::vector<const Kind*> kinds_with(const std::set<std::string>& with);

/// Reads all of a database. Throws UnverifiedError.
source::LockFile read_database(Target& target, const Filter& filter,
                               const std::set<std::string>& with = {});

}  // namespace pgmend::app
