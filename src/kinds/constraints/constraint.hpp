// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/kind.hpp"

/// What the rooms of constraints have in common (PostgreSQL documentation, pg_constraint in section
/// 53.13, and section 5.4 "Constraints").
namespace pgmend::kinds {

/// The section `constraints:` of pgmend.yaml. Which of the kinds a text makes, the server says.
extern const Section k_constraints_section;

/// CONSTRAINT "name" definition
std::string constraint_element(const Object& object, const std::string& definition);

/// ALTER TABLE t ADD CONSTRAINT "name" definition
std::string add_constraint(const Object& object, const std::string& definition);

/// The old one goes and the new one comes, in one statement, or in one transaction with those of
/// children: one that they have of their own keeps the parent's from coming, and theirs cannot go
/// as long as the parent's is there.
Stage exchange_constraint(const Object& object, const std::string& definition, Cost cost,
                          const std::vector<InChild>& in_children = {});

/// Whether existing rows are known to obey it, or are to.
bool is_validated(const Object& object);

/// Adds it unvalidated under a short lock, then validates under one that lets writes pass, unless
/// it is expected as NOT VALID. `offenders` looks for rows that stand against it before anything is
/// done; `also_locks` are other relations that adding it locks in the same way.
Recipe add_in_two_steps(const Object& object, const std::string& definition,
                        std::optional<Stage> offenders, Lock lock,
                        std::vector<std::string> also_locks = {});

/// " NOT VALID" where that is its state.
std::string validity(const Object& object);

/// " NOT ENFORCED" where that is its state (PostgreSQL 18).
std::string enforcement(const Object& object);

/// Adds one that is not enforced, under `lock`: there is nothing to check.
Recipe add_not_enforced(const Object& object, const std::string& definition, Lock lock,
                        const Facts& facts);

/// Makes the attribute "state" right: validates what is NOT VALID; what is enforced or not and
/// should be otherwise is dropped and added again, for few of them can be altered.
Recipe mend_state(const Object& expected, const Object& actual, const std::string& definition,
                  std::optional<Stage> offenders, const Facts& facts);

/// Puts a new constraint in the old one's place and validates it, as above.
Recipe replace_in_two_steps(const Object& object, const std::string& definition,
                            std::optional<Stage> offenders,
                            const std::vector<InChild>& in_children = {});

/// Builds the new index concurrently, and exchanges the constraints then.
Recipe replace_by_index(const Object& object, std::string_view constraint_word);

/// Sets the storage parameters of a constraint's index as expected; the table is not locked.
Recipe mend_index_options(const Object& expected, const Object& actual);

Recipe drop_constraint(const Object& object);

/// Builds the index concurrently first, then makes the constraint of it. Of one that has its name
/// (`occupant`, or null) it is made at once, or that is dropped in the same transaction.
Recipe add_by_index(const Object& object, std::string_view constraint_word,
                    const Occupant* occupant = nullptr);

/// In one statement, which builds the index while it holds the table.
Recipe add_at_once(const Object& object, std::string statement, const Facts& facts);

/// Exchanges the constraints by one statement, likewise: where no index can be built beforehand.
Recipe replace_at_once(const Object& object, std::string statement, const Facts& facts);

/// Where an index has its name: that becomes the constraint's if it is what the constraint would
/// build, or stays until that is built. Nothing for anything else. Kind::judge_taken of keys.
std::optional<Judgement> judge_index_of_its_name(const Object& expected, const Occupant& occupant);

/// Of the attribute "state": "validated", "not validated" or "not enforced".
Judgement judge_state(const Difference& difference);

/// What follows CREATE UNIQUE INDEX ... ON t, so that it becomes the key's own.
std::string index_of_key(const Object& object, std::string_view constraint_word);

/// What follows the keys of PRIMARY KEY and UNIQUE.
std::string key_definition(const Object& object, std::string_view constraint_word);

}  // namespace pgmend::kinds
