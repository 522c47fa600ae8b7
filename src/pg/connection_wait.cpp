// SPDX-License-Identifier: MIT
// Waiting for the server: for the answer to a statement, and, once a signal has asked to stop, for
// it to let go of that statement.
#include <libpq-fe.h>
#include <poll.h>

#include <array>
#include <future>
#include <thread>

#include "pg/connection.hpp"
#include "util/interrupt.hpp"

namespace pgmend::pg {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

/// A request to cancel that comes too early, before the server has begun, is lost.
constexpr milliseconds k_cancel_again{100};
/// Who was told to stop waits no longer than this for a server that says nothing.
constexpr milliseconds k_last_answer{1000};

/// The server takes no such request as long as it hangs: so it is made beside us.
void cancel_beside(const std::shared_ptr<PGcancel>& request) {
  std::promise<void> promise;
  auto made = promise.get_future();
  std::thread([request, promise = std::move(promise)]() mutable {
    std::array<char, 256> ignored = {};
    PQcancel(request.get(), ignored.data(), static_cast<int>(ignored.size()));
    promise.set_value();
  }).detach();
  made.wait_for(2 * k_cancel_again);
}

}  // namespace

/// One wait for one answer.
struct Connection::Wait {
  std::optional<Clock::time_point> stop_seen = {};  // since when it is not to go on
  bool is_cancelled = false;
};

Result Connection::wait_for_result(const std::string& sql,
                                   const std::function<void(const Result& row)>& take_row) {
  Wait wait;
  std::optional<Result> last;
  // What the server said before it hung up is worth more than that it hung up.
  std::unique_ptr<pg_result, decltype(&PQclear)> failed(nullptr, &PQclear);
  for (;;) {
    while (PQisBusy(m_conn.get()) != 0) {
      wait_readable(wait);
      if (PQconsumeInput(m_conn.get()) == 0) fail(sql, failed.get());
    }
    pg_result* result = PQgetResult(m_conn.get());
    if (!result) break;
    const auto status = PQresultStatus(result);
    if (status == PGRES_SINGLE_TUPLE) {
      take_row(Result(result));
    } else if (status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE) {
      failed.reset(result);
    } else {
      last.emplace(result);
    }
  }
  if (wait.is_cancelled) throw interrupt::Interrupted();
  if (failed || !last) fail(sql, failed.get());
  return std::move(*last);
}

/// True once a stop is asked for: from then on it is waited in short turns.
bool Connection::look_at_interrupts(Wait& wait) {
  if (!interrupt::caught()) return false;
  if (!wait.stop_seen) wait.stop_seen = Clock::now();
  if (interrupt::requested() && !wait.is_cancelled) {
    cancel();
    wait.is_cancelled = true;
  }
  return true;
}

void Connection::wait_readable(Wait& wait) {
  const bool is_stopping = look_at_interrupts(wait);
  std::array<pollfd, 2> waiting = {
      {{PQsocket(m_conn.get()), POLLIN, 0}, {is_stopping ? -1 : interrupt::wake_fd(), POLLIN, 0}}};
  auto timeout = m_watch ? m_watch->m_interval : milliseconds(-1);
  if (is_stopping) timeout = k_cancel_again;
  if (::poll(waiting.data(), waiting.size(), static_cast<int>(timeout.count())) != 0) return;
  if (!is_stopping) {
    if (m_watch && !m_watch->m_tick()) cancel();
    return;
  }
  if (Clock::now() - *wait.stop_seen > k_last_answer) give_up();
  if (wait.is_cancelled) cancel();
}

void Connection::give_up() {
  m_is_given_up = true;
  if (interrupt::requested()) throw interrupt::Interrupted();
  throw_given_up("");
}

void Connection::cancel() noexcept {
  try {
    const std::shared_ptr<PGcancel> request(PQgetCancel(m_conn.get()), PQfreeCancel);
    if (request) cancel_beside(request);
  } catch (const std::exception&) {  // no thread to be had: then the next try
  }
}

/// Answers that nobody waited for, since one before them failed, are read and thrown away.
void Connection::leave_pipeline() noexcept {
  Wait wait;
  wait.is_cancelled = interrupt::requested();  // that is why we are here
  try {
    while (is_alive() && PQexitPipelineMode(m_conn.get()) == 0) {
      while (PQisBusy(m_conn.get()) != 0) {
        wait_readable(wait);
        if (PQconsumeInput(m_conn.get()) == 0) return;
      }
      PQclear(PQgetResult(m_conn.get()));
    }
  } catch (const std::exception&) {
    m_is_given_up = true;
  }
}

}  // namespace pgmend::pg
