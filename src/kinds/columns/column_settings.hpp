// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/kind.hpp"

/// How values of a column are stored and what the planner knows of them: what older servers can
/// only set by ALTER COLUMN.
namespace pgmend::kinds {

/// `ALTER COLUMN "name" action`
std::string alter_column(const Object& column, std::string_view action);

/// ALTER TABLE t ALTER COLUMN "name" action
std::string alter_column_sql(const Object& column, std::string_view action);

/// The same as a stage, which holds the table for the time of it.
Stage column_action(const Object& column, std::string_view action, Cost cost = Cost::catalog);

/// Those that a change of the type takes back: storage and compression.
std::vector<std::string> storage_actions(const Object& column);

/// All that differ from the default, as actions of ALTER TABLE.
std::vector<std::string> setting_actions(const Object& column);

/// The same as statements of their own: CREATE TABLE has no words for them before 16, and never for
/// some.
std::vector<std::string> setting_statements(const Object& column);

bool is_setting(std::string_view attribute);
Recipe mend_setting(const Object& expected, const Object& actual, std::string_view attribute);

/// Storage and compression come with the type.
Judgement judge_storage(const Difference& difference);

}  // namespace pgmend::kinds
