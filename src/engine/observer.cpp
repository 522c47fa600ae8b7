// SPDX-License-Identifier: MIT
#include "engine/observer.hpp"

#include <fmt/format.h>

#include "pg/transaction.hpp"
#include "util/interrupt.hpp"

namespace pgmend::engine {

namespace {

// Documentation, section 28.4.4. Most phases count blocks, those behind the scan count tuples.
constexpr std::string_view k_progress = R"sql(
SELECT coalesce(a.wait_event_type = 'Lock', false) AS waits,
       coalesce(p.phase, '') AS phase,
       coalesce(CASE WHEN p.blocks_total > 0 THEN 100 * p.blocks_done / p.blocks_total
                     WHEN p.tuples_total > 0 THEN 100 * p.tuples_done / p.tuples_total
                     WHEN p.lockers_total > 0 THEN 100 * p.lockers_done / p.lockers_total
                END::text, '') AS percent
FROM pg_catalog.pg_stat_activity a
LEFT JOIN pg_catalog.pg_stat_progress_create_index p ON p.pid = a.pid
WHERE a.pid = $1::int
)sql";

}  // namespace

std::optional<Observer::Sight> Observer::look() noexcept {
  if (m_given_up) return std::nullopt;
  try {
    return look_now();
  } catch (const interrupt::Interrupted&) {
    return std::nullopt;  // whoever waits for the statement sees it as well
  } catch (const std::exception&) {
    m_given_up = true;
    return std::nullopt;
  }
}

Observer::Sight Observer::look_now() {
  if (!m_connection) {
    m_connection = m_watched.another();
    m_pid = m_watched.backend_pid();
  }
  const pg::Transaction snapshot(*m_connection, pg::Transaction::Mode::read_only_snapshot, {});
  const auto seen = m_connection->query(std::string(k_progress), {std::to_string(m_pid)});
  Sight sight;
  if (seen.rows() == 0) return sight;
  sight.waits = seen.boolean(0, "waits");
  if (sight.waits) sight.blockers = find_blockers_of(*m_connection, m_pid);
  const auto percent = seen.str(0, "percent");
  sight.progress = seen.str(0, "phase") + (percent.empty() ? "" : fmt::format(", {} %", percent));
  return sight;
}

}  // namespace pgmend::engine
