// SPDX-License-Identifier: MIT
#include "app/compare/unchanged.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <ctime>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

#include "ledger/tools.hpp"
#include "pg/transaction.hpp"
#include "util/cache_folder.hpp"
#include "util/text.hpp"

namespace pgmend::app {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

/// None: there is nothing, or it says nothing.
Json read(const fs::path& path) {
  return Json::parse(cache::read(path).value_or(""), nullptr, false);
}

std::string text(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : "";
}

/// Whether something is wrong of which no catalog tells.
std::string faults_query(Kinds kinds) {
  std::vector<std::string> any = {"false"};
  for (const auto* kind : kinds)
    if (!kind->faults_query.empty()) any.push_back(fmt::format("EXISTS ({})", kind->faults_query));
  return fmt::format("SELECT {} AS fault", text::join(any, " OR "));
}

kinds::CatalogState state_of(const pg::Result& answer) {
  return {.server = answer.str(0, "server"),
          .horizon = answer.integer(0, "horizon"),
          .newest = answer.integer(0, "newest"),
          .rows = answer.str(0, "rows")};
}

}  // namespace

bool Unchanged::is_still(pg::Connection& connection) const {
  try {
    return m_state &&
           state_of(pg::read_snapshot(connection,
                                      {{kinds::catalog_state_query(connection.server_major())}})
                        .front())
               .is_still(*m_state);
  } catch (const pg::ConnectionError&) {
    throw;
  } catch (const pg::Error&) {
    return false;
  }
}

bool Unchanged::look(pg::Connection& connection, Kinds kinds) {
  const auto known = read(m_file);
  const bool is_known = known.is_object() && text(known, "question") == m_question;
  std::vector<pg::Statement> statements = {{kinds::catalog_state_query(connection.server_major())}};
  if (is_known) statements.push_back({faults_query(kinds)});
  try {
    const auto results = pg::read_snapshot(connection, statements);
    m_state = state_of(results.front());
    if (!is_known || results.back().boolean(0, "fault")) return false;
  } catch (const pg::ConnectionError&) {
    throw;
  } catch (const pg::Error&) {  // not all may call the functions that it takes
    return false;
  }
  const auto written = known.find("horizon");
  m_read_at = text(known, "read_at");
  return written != known.end() && written->is_number_integer() &&
         m_state->is_still({.server = text(known, "server"),
                            .horizon = written->get<long long>(),
                            .newest = 0,
                            .rows = text(known, "rows")});
}

void Unchanged::remember() const {
  if (!m_state) return;
  try {
    const Json known = {
        {"question", m_question},
        {"server", m_state->server},
        {"horizon", m_state->horizon},
        {"rows", m_state->rows},
        {"read_at", fmt::format("{:%Y-%m-%d %H:%M:%S} UTC", fmt::gmtime(std::time(nullptr)))}};
    cache::write(m_file, {known.dump() + '\n'});
  } catch (const std::exception&) {  // not everybody may write, and the next run is merely slower
  }
}

std::string unchanged_question(const Expectation& expectation,
                               const std::vector<ledger::OwnName>& own_names, bool strict) {
  std::string question = PGMEND_VERSION " " + expectation.digest;
  for (const auto* kind : expectation.kinds) question += fmt::format(" {}", kind->name);
  for (const auto& own : own_names) question += fmt::format(" {}={}", own.tool->name, own.name);
  return question + (strict ? " strict" : "");
}

std::optional<fs::path> unchanged_file(const std::string& target, const std::string& source) {
  const auto folder = cache::folder();
  if (!folder) return std::nullopt;
  const auto name = std::hash<std::string>()(target + '\n' + source);
  return *folder / fmt::format("{:016x}.json", name);
}

}  // namespace pgmend::app
