// SPDX-License-Identifier: MIT
// Waiting for the server: for the answer to a statement, and, once a signal has asked to stop, for
// it to let go of that statement.
#include <libpq-fe.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <exception>
#include <future>
#include <thread>

#include "pg/connection.hpp"
#include "util/interrupt.hpp"
#include "util/text.hpp"

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

using Failed = std::unique_ptr<pg_result, decltype(&PQclear)>;

bool is_failure(const pg_result* result) {
  const auto status = PQresultStatus(result);
  return status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE;
}

}  // namespace

/// One wait for one answer.
struct Connection::Wait {
  std::optional<Clock::time_point> knock_at = {};   // when it has been silent for too long
  std::optional<Clock::time_point> stop_seen = {};  // since when it is not to go on
  bool is_cancelled = false;
};

/// Null behind the last. What the server said before it hung up (`failed`) is worth more than that
/// it hung up.
pg_result* Connection::next_result(Wait& wait, const std::string& sql, const pg_result* failed) {
  while (PQisBusy(m_conn.get()) != 0) {
    wait_readable(wait);
    if (PQconsumeInput(m_conn.get()) == 0) fail(sql, failed);
  }
  return PQgetResult(m_conn.get());
}

Result Connection::wait_for_result(const std::string& sql) {
  Wait wait;
  std::optional<Result> last;
  Failed failed(nullptr, &PQclear);
  while (pg_result* result = next_result(wait, sql, failed.get())) {
    if (is_failure(result))
      failed.reset(result);
    else
      last.emplace(result);
  }
  if (wait.is_cancelled) throw interrupt::Interrupted();
  if (failed || !last) fail(sql, failed.get());
  return std::move(*last);
}

/// Each statement has one result, and COPY another one before that, while it lasts.
void Connection::copy_all(std::span<const std::string> statements, const TakeRow& take) {
  if (interrupt::requested()) throw interrupt::Interrupted();
  for (const auto& statement : statements) log({statement});
  if (m_is_given_up) throw_given_up("");
  if (PQsendQuery(m_conn.get(), text::join(statements, ";\n").c_str()) == 0) fail("", nullptr);
  Wait wait;
  Failed failed(nullptr, &PQclear);
  std::exception_ptr thrown;
  std::size_t number = 0;
  // What is behind a row that could not be taken is thrown away: so the session stays usable.
  const auto take_row = [&](std::string_view row) {
    if (thrown) return;
    try {
      take(number, row);
    } catch (...) {
      thrown = std::current_exception();
    }
  };
  static const std::string k_none;
  const auto sql = [&]() -> const std::string& {
    return number < statements.size() ? statements[number] : k_none;
  };
  while (pg_result* result = next_result(wait, sql(), failed.get())) {
    if (is_failure(result)) {
      failed.reset(result);
      continue;
    }
    const bool is_copy = PQresultStatus(result) == PGRES_COPY_OUT;
    PQclear(result);
    if (!is_copy) {
      ++number;
      continue;
    }
    take_copy(wait, sql(), take_row);
  }
  if (wait.is_cancelled) throw interrupt::Interrupted();
  if (thrown) std::rethrow_exception(thrown);
  if (failed) fail(sql(), failed.get());
}

/// To the end of what is being copied, or to where it failed.
void Connection::take_copy(Wait& wait, const std::string& sql,
                           const std::function<void(std::string_view row)>& take) {
  for (;;) {
    char* line = nullptr;
    const int length = PQgetCopyData(m_conn.get(), &line, 1);
    const std::unique_ptr<char, decltype(&PQfreemem)> owned(line, &PQfreemem);
    if (length > 0) {
      take({line, static_cast<std::size_t>(length) - 1});
    } else if (length == 0) {
      wait_readable(wait);
      if (PQconsumeInput(m_conn.get()) == 0) fail(sql, nullptr);
    } else {
      return;
    }
  }
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

/// A statement may take hours. Whether the server is still there, another connection tells: what
/// was sent to a machine that hangs, or can no longer be reached, is never answered.
bool Connection::is_answered() const {
  try {
    open(m_parameters, m_options);
  } catch (const ConnectTimeout&) {
    return false;
  } catch (const ConnectionError&) {         // too many clients, say: somebody said so
  } catch (const interrupt::Interrupted&) {  // heeded by whoever waits
  }
  return true;
}

/// How long until the next knock, from the last word.
milliseconds Connection::until_knock(Wait& wait) const {
  constexpr int k_times = 3;
  const auto now = Clock::now();
  if (!wait.knock_at) wait.knock_at = now + k_times * m_options.connect_timeout;
  return std::max(milliseconds(1), std::chrono::ceil<milliseconds>(*wait.knock_at - now));
}

void Connection::knock(Wait& wait) {
  if (Clock::now() < *wait.knock_at) return;
  wait.knock_at.reset();
  if (!is_answered() && !is_answered()) give_up();
}

void Connection::wait_readable(Wait& wait) {
  const bool is_stopping = look_at_interrupts(wait);
  std::array<pollfd, 2> waiting = {
      {{PQsocket(m_conn.get()), POLLIN, 0}, {is_stopping ? -1 : interrupt::wake_fd(), POLLIN, 0}}};
  auto timeout = until_knock(wait);
  if (m_watch) timeout = std::min(timeout, m_watch->m_interval);
  if (is_stopping) timeout = k_cancel_again;
  if (::poll(waiting.data(), waiting.size(), static_cast<int>(timeout.count())) != 0) {
    wait.knock_at.reset();
    return;
  }
  if (!is_stopping) {
    knock(wait);
    if (!m_watch || m_watch->m_tick()) return;
    if (m_watch->m_then == Watch::Then::give_up) give_up();
    return cancel();
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
