// SPDX-License-Identifier: MIT
#pragma once

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

/// Adds it unvalidated under a short lock, then validates under one that lets writes pass.
/// `offenders` looks for rows that stand against it before anything is done.
Recipe add_in_two_steps(const Object& object, const std::string& definition, Stage offenders);

/// Validates one that is there but NOT VALID.
Recipe validate(const Object& object, Stage offenders);

Recipe drop_constraint(const Object& object);

/// Builds the index concurrently first, then makes the constraint of it.
Recipe add_by_index(const Object& object, std::string_view constraint_word);

Judgement judge_validated(const Difference& difference);

/// What follows the keys of PRIMARY KEY and UNIQUE.
std::string key_definition(const Object& object, std::string_view constraint_word);

}  // namespace pgmend::kinds
