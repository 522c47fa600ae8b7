// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/recreation_stages.hpp"
#include "model/kind.hpp"

namespace pgmend::engine {

/// What happens to whom where a relation is made anew and its rows are copied: it stands aside
/// under another name with the pieces that its rows are spread over, until the new one and its
/// pieces have them.
class Copying {
 public:
  struct Side {
    const Object& relation;
    const Schema& schema;
  };
  /// One that is made with its relation.
  struct Part {
    const Object* relation;  // one of made()
    const Object* expected;
    const Object* actual;  // null if there is none yet
  };
  /// What is dropped before, and what of it comes back.
  struct Others {
    std::vector<const Object*> leaving;
    std::vector<const Object*> back;
  };

  /// Both schemas outlive this.
  Copying(const Side& expected, const Side& actual);

  /// The relation and its pieces, each after what it is a piece of.
  const std::vector<const Object*>& made() const { return m_made; }
  const std::vector<const Object*>& old() const { return m_old; }
  const std::vector<Part>& parts() const { return m_parts; }
  /// It is one of the old ones, or part of one.
  bool is_of_old(const Object& object) const;
  /// `resting`: all that rests on the old one, each after what rests on it.
  Others others(const std::vector<const Object*>& resting) const;
  /// What else is to be part of it and its pieces and was not, in the order of their kinds.
  std::vector<const Object*> new_parts(Kinds kinds) const;
  std::vector<std::string> set_aside() const;
  std::string copy_rows() const;
  std::vector<std::string> drop_what_stands_aside() const;
  /// Says what this settles; returns whether anything goes that does not come back.
  bool settle(RecreationStages& stages) const;

 private:
  const Schema& m_expected;
  const Schema& m_actual;
  std::vector<const Object*> m_made;
  std::vector<const Object*> m_old;
  std::vector<Part> m_parts;
};

}  // namespace pgmend::engine
