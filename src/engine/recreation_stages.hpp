// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "model/kind.hpp"

namespace pgmend::engine {

/// The name of what stands aside until a new one has taken over from it.
std::string name_aside(const Object& object);

/// Stages in the making of what is dropped and made anew: one transaction, what has to come before
/// it, and what cannot stand in it.
class RecreationStages {
 public:
  /// What stands in the transaction; all else comes before it.
  void add(const Recipe& recipe);
  /// The transaction is that at `exchange`, with what stands around it.
  void add(const std::vector<Stage>& recipe, std::vector<Stage>::const_iterator exchange);
  /// These, in the transaction; actions of one statement together, where the first of them is.
  void add_together(const std::vector<Stage>& stages);
  void add(std::vector<std::string> statements, Cost cost = Cost::catalog);
  /// What has to come before it.
  void add_before(const std::vector<Stage>& stages);
  /// What goes, and does not come back.
  void gone(const Object& object) { m_made.push_back({object.kind, object.name}); }
  /// Another step takes away what is in the way.
  void come_after(const Reference& other) { m_needs.push_back(other); }
  /// One that is made as it is expected.
  void made(const Object& wanted);
  /// Other relations than that of `than` that the transaction locks.
  void also_lock(const std::vector<const Object*>& objects, const Object& than);
  /// The transaction takes more consent than the finding.
  void need(Consent consent) { m_consent = consent; }
  /// Returns whether all of it stands in the transaction. What only reads rows does not: it need
  /// not hold the locks of the rest.
  bool create(const Recipe& recipe, bool late);
  /// All of it.
  void put_into(Recipe& recipe) &&;

 private:
  std::vector<Stage> all() &&;
  void add_to_main(const Stage& stage);

  std::vector<Stage> m_before;
  Stage m_main = {.statements = {}, .lock = Lock::none};
  std::vector<Stage> m_after;
  std::vector<Reference> m_needs;
  std::vector<Reference> m_made;
  std::optional<Consent> m_consent;
};

}  // namespace pgmend::engine
