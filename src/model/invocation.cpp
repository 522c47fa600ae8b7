// SPDX-License-Identifier: MIT
#include "model/invocation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "model/finding.hpp"
#include "util/text.hpp"

namespace pgmend {

namespace {

constexpr std::string_view k_program = "pgmend ";

/// The options that such a command takes of those that another one was given.
std::string_view options_of(const Invocation& invocation, std::string_view command) {
  constexpr auto k_checking =
      std::to_array<std::string_view>({"ensure", "verify", "plan", "migrate"});
  if (std::find(k_checking.begin(), k_checking.end(), command) != k_checking.end())
    return invocation.options;
  return command == "init" || command == "snapshot" ? invocation.connection : std::string_view();
}

/// What goes before the name of a command.
std::string_view before(const Invocation& invocation, std::string_view command) {
  const bool is_fleets = command == "ensure" || command == "verify" || command == "plan";
  return is_fleets ? std::string_view(invocation.of_many) : std::string_view();
}

bool is_named_here(std::string_view words, std::size_t at) {
  return at == 0 || words.substr(0, at).ends_with(": ") || words[at - 1] == '`' ||
         words[at - 1] == '(';
}

/// Where the name of a command ends.
std::size_t end_of_name(std::string_view words, std::size_t at) {
  while (at < words.size() && words[at] >= 'a' && words[at] <= 'z') ++at;
  return at;
}

}  // namespace

std::string Invocation::command(std::string_view name,
                                const std::vector<std::string>& consents) const {
  std::vector<std::string> all;
  for (const auto consent : {Consent::alter, Consent::replace, Consent::rewrite, Consent::drop}) {
    const std::string word(to_string(consent));
    const auto holds = [&](const std::vector<std::string>& words) {
      return std::find(words.begin(), words.end(), word) != words.end();
    };
    if (holds(consents) || holds(allowed)) all.push_back(word);
  }
  const auto allow = all.empty() ? "" : " --allow " + text::join(all, ",");
  return fmt::format("{}{}{}{}{}", k_program, before(*this, name), name, options_of(*this, name),
                     allow);
}

std::string Invocation::completed(const std::string& words) const {
  std::string out;
  std::size_t done = 0;
  for (auto at = words.find(k_program); at != std::string::npos;
       at = words.find(k_program, at + k_program.size())) {
    if (!is_named_here(words, at)) continue;
    const auto begin = at + k_program.size();
    const auto end = end_of_name(words, begin);
    const auto missing = options_of(*this, std::string_view(words).substr(begin, end - begin));
    if (std::string_view(words).substr(end).starts_with(missing)) continue;
    out += words.substr(done, begin - done);
    out += before(*this, std::string_view(words).substr(begin, end - begin));
    out += words.substr(begin, end - begin);
    out += missing;
    done = end;
  }
  return out + words.substr(done);
}

}  // namespace pgmend
