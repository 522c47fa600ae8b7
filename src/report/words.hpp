// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "model/kind.hpp"
#include "model/report.hpp"

/// What the reports call things. No line breaks, no colours.
namespace pgmend::report {

/// "api_keys.webhook_url", with the kind in front where the name alone does not tell.
std::string object_words(const Kind& kind, const Name& name);

/// "not null" for the attribute not_null.
std::string attribute_words(const Finding& finding);

/// The headline of a run.
std::string title(const Subject& subject);

/// "missing", "default different"
std::string what_is_wrong(const Finding& finding);

/// "adding now..."
std::string doing(const Finding& finding);

/// "added successfully"
std::string_view done(const Finding& finding);

std::string value_words(const Value& value);
/// Of a finding's attribute: lists as people write them.
std::string value_words(const Attribute& attribute, const Value& value);

std::string interrupted_words(const Report& report);

/// Whether no finding is one that pgmend would repair, with whatever consent.
bool none_is_ours(const Report& report);

/// What ensure does by itself, what it has to be allowed, and what needs people, each with the
/// command that does it: that of this run's own database, source and filters.
std::string how_to_repair(const Report& report);

/// How many differences no migration names.
std::size_t unwritten_in(const Report& report);

/// Whether what is left has only to be allowed.
bool lacks_only_consent(const Report& report);

/// "2 item(s) added, 1 item(s) repaired"
std::string what_was_done(const Report& report);

/// A definition in one line, enough to know it again; all of it stands in the other forms, and
/// behind --verbose.
std::string beginning(const std::string& definition);

}  // namespace pgmend::report
