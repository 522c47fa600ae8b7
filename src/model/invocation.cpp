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

bool has_form(const Invocation& invocation, std::string_view command) {
  return !invocation.form.empty() && (command == "ensure" || command == "verify");
}

/// Consents are another option of a command, or another argument of a function.
std::string in_form(const Invocation& invocation, std::string_view command,
                    const std::string& allowed) {
  auto words = text::replace_all(invocation.form, "{command}", std::string(command));
  if (allowed.empty()) return words;
  if (!words.ends_with(')')) return fmt::format("{} --allow {}", words, allowed);
  words.pop_back();
  return fmt::format("{}{}allow=\"{}\")", words, words.ends_with('(') ? "" : ", ", allowed);
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
  if (has_form(*this, name)) return in_form(*this, name, text::join(all, ","));
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
    const auto name = std::string_view(words).substr(begin, end - begin);
    if (has_form(*this, name)) {
      out += words.substr(done, at - done) + in_form(*this, name, "");
      done = end;
      continue;
    }
    const auto missing = options_of(*this, name);
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
