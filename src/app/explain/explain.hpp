// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

/// What a finding means, from the rooms' own words, judgements and recipes. Needs no database.
namespace pgmend::app {

enum class Page { text, markdown };

/// All that can be explained: finding ids, kinds, verdicts, "exit-codes".
std::vector<std::string> topics();
/// Of these the ids of findings, in the order of the kinds.
std::vector<std::string> finding_ids();

std::vector<std::string> kind_names();

/// Throws UsageError where there is no such topic.
std::string explain(const std::string& topic, Page page);

/// The list of topics, grouped.
std::string explain_all(Page page);

/// One page on every finding, for the documentation.
std::string all_findings();

}  // namespace pgmend::app
