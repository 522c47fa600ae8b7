// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/object.hpp"

/// What Alembic's operations are called with.
namespace pgmend::report::revision {

/// key=value
std::string argument(std::string_view key, std::string_view value);

/// schema="public"
std::string in_schema(const Name& name, std::string_view key = "schema");

/// A name that a naming convention of the project's models is not to change.
std::string fixed(const std::string& name);

/// What SQL has as a name, plain or in double quotes, as a name; nothing for an expression.
std::optional<std::string> name_of(std::string_view sql);

/// All of an array's elements as names; nothing if one of them is none.
std::optional<std::vector<std::string>> names_of(const std::string& array);

/// The elements as they are, with commas between.
std::string joined(const std::string& array);

struct ColumnWords {
  std::string sql;     // what stands behind its name
  std::string python;  // sa.Column(...)
};

/// Of a column that is nothing but a type, a default, NOT NULL or an identity.
std::optional<ColumnWords> column_words(const Object& column,
                                        std::vector<std::string> further = {});

}  // namespace pgmend::report::revision
