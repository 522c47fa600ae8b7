// SPDX-License-Identifier: MIT
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

/// What goes to stderr beside the report: statements, progress, errors. Each caller has its own
/// words for people; for programs all of it has this one form.
namespace pgmend::log {

/// Lines of JSON from here on; before that, and in a library's use, lines for people.
void use_json();
bool is_json();

enum class Level { debug, info, error };

using Fields = std::initializer_list<std::pair<std::string_view, std::string_view>>;

/// One line of JSON on stderr: time, level, message, and the fields that are not empty.
void write(Level level, std::string_view message, Fields fields = {});

}  // namespace pgmend::log
