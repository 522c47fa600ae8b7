// SPDX-License-Identifier: MIT
#include "states.hpp"

#include <fmt/format.h>

#include <array>
#include <stdexcept>

#include "kinds/case.hpp"
#include "support/schema_text.hpp"
#include "sweep/mutations.hpp"

namespace pgmend::test {

namespace {

constexpr std::array k_schemas = {"shop", "analytics", "tenants", "zoo"};
constexpr int k_changes = 3;

template <typename Items>
const auto& one_of(const Items& items, std::mt19937& random) {
  return items[std::uniform_int_distribution<std::size_t>(0, items.size() - 1)(random)];
}

/// Those that the server refuses are passed over.
std::string change(const Database& database, std::mt19937& random) {
  const auto all = mutations(database);
  std::string words;
  for (int i = 0; i < k_changes; ++i) {
    const auto& mutation = one_of(all, random);
    try {
      apply(database, mutation);
      words += "; " + mutation.label;
    } catch (const std::exception&) {
      continue;
    }
  }
  return words;
}

}  // namespace

States::States() {
  for (const auto& one : Case::all()) {
    if (one.expected_error()) continue;
    const auto data = one.has("data.sql") ? one.path("data.sql") : "";
    m_scripts.push_back({one.name() + " actual", one.path("actual.sql"), data});
    if (one.has("wanted.sql"))
      m_scripts.push_back({one.name() + " wanted", one.path("wanted.sql"), ""});
  }
}

std::optional<std::string> States::make_pair(std::mt19937& random, const Database& wanted,
                                             const Database& actual) const {
  try {
    return random() % 4 == 0 ? of_sweep(random, wanted, actual) : of_cases(random, wanted, actual);
  } catch (const std::runtime_error&) {
    return std::nullopt;
  }
}

std::string States::of_cases(std::mt19937& random, const Database& wanted,
                             const Database& actual) const {
  const auto& there = one_of(m_scripts, random);
  const auto& expected = one_of(m_scripts, random);
  run_file(wanted, expected.file);
  run_file(actual, there.file);
  if (!there.data.empty()) run_file(actual, there.data);
  return fmt::format("from {} to {}", there.name, expected.name);
}

std::string States::of_sweep(std::mt19937& random, const Database& wanted, const Database& actual) {
  const auto* schema = one_of(k_schemas, random);
  const auto file = sweep_file(fmt::format("schemas/{}.sql", schema));
  run_file(wanted, file);
  run_file(actual, file);
  const auto in_wanted = change(wanted, random);
  const auto in_actual = change(actual, random);
  return fmt::format("{}: there{}, expected{}", schema, in_actual, in_wanted);
}

}  // namespace pgmend::test
