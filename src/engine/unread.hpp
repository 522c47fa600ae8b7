// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "model/kind.hpp"
#include "pg/connection.hpp"

namespace pgmend::engine {

/// What cannot be read because somebody holds a relation locked against readers.
struct Unread {
  const Kind* kind = nullptr;  // none: the relation itself, and all that is part of it
  unsigned oid = 0;            // of the relation; or of what the query of `kind` leaves out
  std::string schema;
  std::string group;   // Name::group() of the objects
  std::string held;    // the relation that is held, for people
  std::string holder;  // who holds it, or waits to: pid, application, since when, query

  bool covers(const Object& object) const;
};

/// All of it, as things stand at the moment; waits for nobody. `locked_along_query` finds what is
/// printed together with other relations. Throws pg::Error.
std::vector<Unread> find_unread(pg::Connection& connection, Kinds kinds,
                                std::string_view locked_along_query);

/// The oids that the query of this kind has to leave out.
std::vector<unsigned> left_out(const std::vector<Unread>& unread, const Kind& kind);

/// How long a read may wait for locks, all its attempts together: each waits half of what is left,
/// so that the first, which meets most of what there is to meet, gets most of the time.
class ReadPatience {
 public:
  explicit ReadPatience(std::chrono::milliseconds all) : m_left(all) {}
  std::chrono::milliseconds next() const;
  void spend() { m_left -= next(); }
  bool is_spent() const { return m_left <= k_least; }
  std::chrono::milliseconds left() const;

 private:
  static constexpr std::chrono::milliseconds k_least{10};
  std::chrono::milliseconds m_left;
};

}  // namespace pgmend::engine
