// SPDX-License-Identifier: MIT
#include "guide.hpp"

#include <fmt/format.h>

#include <optional>
#include <regex>
#include <sstream>
#include <stdexcept>

#include "program.hpp"
#include "util/text.hpp"

namespace pgmend::test::guide {

namespace {

using Lines = std::vector<std::string>;

/// Ends the output of a command; none prints it.
constexpr char k_separator = '\x1e';

Lines lines_of(const std::string& text) {
  Lines lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::string joined(const Lines& lines) {
  std::string out;
  for (const auto& line : lines) out += "    " + line + '\n';
  return out;
}

std::optional<std::string> captured(const std::string& line, const char* pattern) {
  std::smatch match;
  if (!std::regex_search(line, match, std::regex(pattern))) return std::nullopt;
  return match[1].str();
}

class Parser {
 public:
  explicit Parser(const std::string& markdown) : m_lines(lines_of(markdown)) {}

  std::vector<Step> parse() {
    std::string above;
    for (m_at = 0; m_at < m_lines.size(); ++m_at) {
      const auto& line = m_lines[m_at];
      if (line.starts_with("```")) block(line.substr(3), above);
      if (!text::trim(line).empty()) above = line;
    }
    return std::move(m_steps);
  }

 private:
  void block(const std::string& language, const std::string& above) {
    const auto first = m_at + 1;
    for (m_at = first; m_at < m_lines.size(); ++m_at)
      if (m_lines[m_at] == "```") {
        if (language == "console")
          console(first, m_at);
        else
          file(first, m_at, above);
        return;
      }
    throw std::runtime_error(fmt::format("line {}: the block has no end", first));
  }

  void console(std::size_t first, std::size_t end) {
    bool continued = false;
    for (auto i = first; i < end; ++i) {
      const auto& line = m_lines[i];
      if (line.starts_with("$ ")) {
        m_steps.push_back({.line = i + 1, .text = line.substr(2), .file = "", .output = {}});
      } else if (i == first) {
        throw std::runtime_error(fmt::format("line {}: output without a command", i + 1));
      } else if (continued && line.starts_with("> ")) {
        m_steps.back().text += '\n' + line.substr(2);
      } else {
        m_steps.back().output.push_back(line);
      }
      continued = line.starts_with("$ ") || (continued && line.starts_with("> "));
    }
  }

  void file(std::size_t first, std::size_t end, const std::string& above) {
    auto name = captured(above, "`([^`]+\\.[a-z]+)`:$");
    if (!name && first < end) name = captured(m_lines[first], "^-- file: (\\S+)$");
    if (!name) return;
    Step step{.sort = Step::Sort::file, .line = first, .text = "", .file = *name, .output = {}};
    for (auto i = first; i < end; ++i) step.text += m_lines[i] + '\n';
    m_steps.push_back(std::move(step));
  }

  Lines m_lines;
  std::size_t m_at = 0;
  std::vector<Step> m_steps;
};

std::string quoted(const std::string& text) {
  return "'" + text::replace_all(text, "'", R"('\'')") + "'";
}

/// One script for all, so that a command finds what the ones before it have set.
std::string script_for(const std::vector<Step>& steps, const TempFolder& staged) {
  std::string script = "exec 2>&1\n";
  int files = 0;
  for (const auto& step : steps) {
    if (step.sort == Step::Sort::file) {
      const auto source = staged.write(fmt::format("file{}", ++files), step.text);
      script += fmt::format("cp {} {}\n", quoted(source), quoted(step.file));
    } else {
      script += fmt::format("eval {}\nguide_status=$?; printf '\\036'; (exit $guide_status)\n",
                            quoted(step.text));
    }
  }
  return script;
}

/// The output of each command that was reached.
std::vector<std::string> outputs(const std::string& script, const TempFolder& staged,
                                 const TempFolder& folder,
                                 const subprocess::Environment& environment) {
  RunOptions options;
  options.env = environment;
  options.cwd = folder.path();
  options.timeout = std::chrono::seconds(120);
  const auto result = run_program({"/bin/bash", staged.write("script", script)}, options);
  std::vector<std::string> found;
  for (const auto part : text::split(result.out, k_separator)) found.emplace_back(part);
  return found;
}

bool matches(const Lines& expected, const Lines& actual, std::size_t e = 0, std::size_t a = 0) {
  if (e == expected.size()) return a == actual.size();
  if (expected[e] == "...")
    return matches(expected, actual, e + 1, a) ||
           (a < actual.size() && matches(expected, actual, e, a + 1));
  return a < actual.size() && expected[e] == actual[a] && matches(expected, actual, e + 1, a + 1);
}

std::vector<std::string> compare(const std::vector<Step>& steps,
                                 const std::vector<std::string>& found) {
  std::vector<std::string> problems;
  std::size_t next = 0;
  for (const auto& step : steps) {
    if (step.sort != Step::Sort::command) continue;
    // The text behind the last separator belongs to a command that never came back.
    const bool reached = next + 1 < found.size();
    const auto actual = next < found.size() ? lines_of(found[next]) : Lines{};
    ++next;
    if (reached && matches(normalised(step.output), normalised(actual))) continue;
    problems.push_back(fmt::format(
        "line {}: $ {}\n  the guide says:\n{}  {}:\n{}", step.line, step.text, joined(step.output),
        reached ? "it prints" : "it did not end; it printed", joined(actual)));
    if (!reached) break;
  }
  return problems;
}

}  // namespace

std::vector<Step> parse(const std::string& markdown) {
  return Parser(markdown).parse();
}

std::vector<std::string> normalised(const std::vector<std::string>& lines) {
  static const std::regex k_server("^(database: \\S+) on .* as \\S+, PostgreSQL \\S+ \\(");
  static const std::regex k_duration("\\b[0-9]+(\\.[0-9]+)? (ms|s)\\b");
  const std::string margin(10, ' ');
  Lines out;
  for (const auto& line : lines) {
    const bool rest =
        !out.empty() && out.back().starts_with("database: ") && line.starts_with(margin);
    if (rest)
      out.back() += ' ' + line.substr(margin.size());
    else
      out.push_back(line);
  }
  for (auto& line : out) {
    line = std::regex_replace(line, k_server, "$1 on SERVER as USER, PostgreSQL VERSION (");
    line = std::regex_replace(line, k_duration, "TIME");
  }
  return out;
}

std::vector<std::string> problems(const std::string& markdown, const TempFolder& folder,
                                  const subprocess::Environment& environment) {
  std::vector<Step> steps;
  try {
    steps = parse(markdown);
  } catch (const std::runtime_error& error) {
    return {error.what()};
  }
  bool any = false;
  for (const auto& step : steps) any = any || step.sort == Step::Sort::command;
  if (!any) return {"there is no console block with a command"};
  const TempFolder staged;
  return compare(steps, outputs(script_for(steps, staged), staged, folder, environment));
}

}  // namespace pgmend::test::guide
