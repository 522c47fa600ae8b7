// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "fault/project.hpp"

namespace pgmend::test {

struct FleetResult {
  RunResult result;
  nlohmann::json report;

  int count(const std::string& state) const { return report["counts"][state]; }
  std::string state(const std::string& member) const;
};

/// Schemas t_1 to t_6, of which t_1 is as it should be, and what there is to do in each of the
/// others takes recipes of several stages.
class FleetProject {
 public:
  FleetProject();

  const Database& db() const { return m_db; }
  /// `url`: another way to the database.
  subprocess::Process start_ensure(const std::string& url) const;
  FleetResult ensure(std::vector<std::string> more = {}) const;
  FleetResult verify() const;
  /// Returns the file's name.
  std::string write(const std::string& file, const std::string& text) const;
  /// All columns, indexes, constraints and rows of all tenants, without the names of these: as many
  /// different ones as there are.
  int shapes() const;
  /// What pgmend must not leave behind.
  std::string leftovers() const;

 private:
  FleetResult run(std::vector<std::string> args) const;

  Database m_db;
  TempFolder m_folder;
};

/// The next run finishes the job: nothing is doubled, nothing is lost.
void expect_fleet_finishes(const FleetProject& fleet);

/// A run that is killed when the `occurrence`-th statement that has `part` in it has reached the
/// server. Returns false if there was none.
bool expect_fleet_survives_kill(const std::string& part, int occurrence);

}  // namespace pgmend::test
