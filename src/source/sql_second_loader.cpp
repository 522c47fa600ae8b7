// SPDX-License-Identifier: MIT
#include "source/sql_second_loader.hpp"

#include <exception>
#include <system_error>
#include <thread>

namespace pgmend::source {

namespace {

/// Where halves fail again and again, they are not tried any more.
constexpr int k_most_failures = 3;

/// One half may have to wait for the other in a way that no name tells; it ends when both do.
constexpr const char* k_short_wait = "SET LOCAL lock_timeout = '1s'";

void run_half(pg::Connection& connection, const std::vector<const ScriptItem*>& half) {
  std::vector<pg::Statement> statements = {{"BEGIN"}, {k_short_wait}};
  for (const auto* item : half) statements.push_back({item->text});
  connection.query_all(statements, [](std::size_t, const pg::Result&) {});
}

}  // namespace

bool SecondLoader::prepare(const std::vector<std::string>& settings) {
  try {
    // What a trigger on events does, no words of the statement tell.
    if (m_first.query("SELECT FROM pg_catalog.pg_event_trigger LIMIT 1").rows() > 0) return false;
    if (!m_second) m_second.emplace(m_first.another());
    std::vector<pg::Statement> statements = {{"RESET ALL"}};
    for (const auto& setting : settings) statements.push_back({setting});
    statements.push_back({"SET lc_messages = 'C'"});
    m_second->query_all(statements);
    return true;
  } catch (const pg::Error&) {
    m_second.reset();
    return false;
  }
}

bool SecondLoader::run(const Halves& halves) {
  if (m_failures >= k_most_failures) return false;
  std::exception_ptr failure;
  std::thread beside;
  try {
    beside = std::thread([&] {
      try {
        run_half(*m_second, halves.second);
      } catch (...) {
        failure = std::current_exception();
      }
    });
  } catch (const std::system_error&) {  // there are no more threads to be had
    return false;
  }
  try {
    run_half(m_first, halves.first);
  } catch (...) {
    beside.join();
    m_first.try_query("ROLLBACK");
    m_second->try_query("ROLLBACK");
    ++m_failures;
    try {
      throw;
    } catch (const pg::ConnectionError&) {
      throw;
    } catch (const pg::Error&) {
      return false;
    }
  }
  beside.join();
  if (failure) {
    m_first.try_query("ROLLBACK");
    m_second->try_query("ROLLBACK");
    ++m_failures;
    return false;
  }
  m_first.query("COMMIT");
  m_second->query("COMMIT");
  return true;
}

}  // namespace pgmend::source
