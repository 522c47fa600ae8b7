// SPDX-License-Identifier: MIT
#include "report/markdown.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "report/issues.hpp"
#include "report/standing.hpp"
#include "report/words.hpp"
#include "util/sql_shown.hpp"
#include "util/text.hpp"

namespace pgmend::report {

namespace {

/// A comment on GitHub holds 65,536 characters; beyond this nothing more is begun.
constexpr std::size_t k_full = 50'000;

bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/// An underscore inside a word is one, elsewhere it is emphasis.
bool is_mark(std::string_view words, std::size_t i) {
  constexpr std::string_view k_marks = "\\`*[]|~$#!";
  if (words[i] != '_') return k_marks.find(words[i]) != std::string_view::npos;
  return i == 0 || i + 1 == words.size() || !is_word(words[i - 1]) || !is_word(words[i + 1]);
}

}  // namespace

std::string plain_markdown(std::string_view text) {
  const auto words = text::visible(text);
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const char c = words[i];
    if (c == '&' || c == '<' || c == '>')
      out += fmt::format("&#{};", static_cast<int>(c));
    else if (c == '@')
      out += "@<!-- -->";
    else
      out += is_mark(words, i) ? std::string{'\\', c} : std::string{c};
  }
  return out;
}

std::string code_block(const std::string& text, std::string_view language) {
  std::string fence = "```";
  while (text.find(fence) != std::string::npos) fence += '`';
  return fmt::format("{}{}\n{}\n{}\n", fence, language, text, fence);
}

namespace {

std::string_view sign(const Issue& issue) {
  if (issue.is_settled()) return "✅";
  switch (issue.level) {
    case Issue::Level::error:
      return "❌";
    case Issue::Level::warning:
      return "⚠️";
    case Issue::Level::note:
      break;
  }
  return "ℹ️";
}

std::string_view sign(Verdict verdict) {
  switch (verdict) {
    case Verdict::correct:
      return "✅";
    case Verdict::drift:
      return "❌";
    default:
      return "⚠️";
  }
}

std::string where(const Issue& issue) {
  return issue.place.file.empty() ? "" : plain_markdown(display(issue.place));
}

std::string row(const Issue& issue) {
  return fmt::format("| {} | {} | {} |\n", sign(issue), plain_markdown(issue.title), where(issue));
}

std::string details(const Issue& issue, const Report& report) {
  auto out = fmt::format("**{}**\n\n", plain_markdown(issue.title));
  if (!issue.text.empty()) out += code_block(issue.text, "text") + "\n";
  if (!issue.finding) return out;
  const auto position = static_cast<std::size_t>(issue.finding - report.findings.data());
  auto statements = report.sql_for(position);
  if (statements.empty()) return out;
  for (auto& statement : statements) statement = sql::printable(statement);
  return out + code_block(text::join(statements, ";\n") + ";", "sql") + "\n";
}

std::string facts(const Document& document) {
  const auto& report = document.report;
  std::string out;
  const auto say = [&](std::string_view label, const std::string& words) {
    if (!words.empty()) out += fmt::format("- {}: {}\n", label, plain_markdown(words));
  };
  say("database", report.subject.target);
  say("expected", report.subject.source);
  for (const auto& [label, words] : standing_lines(report))
    say(label.empty() ? "evidence" : plain_markdown(label), words);
  for (const auto* notes : {&report.subject.notes, &report.notes})
    for (const auto& note : *notes) say("note", note);
  return out;
}

}  // namespace

std::string markdown(const Document& document) {
  const auto& report = document.report;
  auto out = fmt::format(
      "### {} pgmend: {}\n\n", sign(report.verdict()),
      plain_markdown(verdict_line(report).substr(std::string_view("verdict: ").size())));
  out += facts(document);
  const auto all = issues(document);
  if (all.empty()) return out;
  out += "\n| | what | where |\n|---|---|---|\n";
  auto next = all.begin();
  for (; next != all.end() && out.size() < k_full / 2; ++next) out += row(*next);
  if (next != all.end()) out += fmt::format("\nand {} more\n", all.end() - next);
  out += "\n<details><summary>Details</summary>\n\n";
  for (next = all.begin(); next != all.end() && out.size() < k_full; ++next)
    out += details(*next, report);
  return out + "</details>\n";
}

}  // namespace pgmend::report
