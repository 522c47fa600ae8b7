// SPDX-License-Identifier: MIT
#include "cli/man_page.hpp"

#include <fmt/format.h>

#include "util/text.hpp"

namespace pgmend::cli {

namespace {

/// As it stands: no escape, no request at the beginning of a line, and hyphens that can be copied.
std::string for_man(std::string text) {
  text = text::replace_all(std::move(text), "\\", "\\e");
  text = text::replace_all(std::move(text), "-", "\\-");
  text = text::replace_all("\n" + std::move(text), "\n.", "\n\\&.");
  return text::replace_all(std::move(text), "\n'", "\n\\&'").substr(1);
}

/// With the line breaks that it has.
std::string as_it_stands(const std::string& footer) {
  return fmt::format(".PP\n.nf\n{}\n.fi\n", for_man(std::string(text::trim(footer))));
}

std::string tag_of(const OptionDescription& option) {
  if (option.long_name.empty()) return fmt::format("\\fI{}\\fR", for_man(option.value));
  std::string tag;
  if (!option.short_name.empty()) tag = fmt::format("\\fB\\-{}\\fR, ", option.short_name);
  tag += fmt::format("\\fB\\-\\-{}\\fR", for_man(option.long_name));
  return option.value.empty() ? tag : fmt::format("{} \\fI{}\\fR", tag, for_man(option.value));
}

std::string section_of(const CommandDescription& command) {
  auto out = fmt::format(".SS pgmend {}\n{}\n", for_man(command.name), for_man(command.summary));
  for (const auto& option : command.options)
    out += fmt::format(".TP\n{}\n{}\n", tag_of(option), for_man(option.doc));
  return out + as_it_stands(command.footer);
}

}  // namespace

std::string man_page(const ProgramDescription& program) {
  auto out = fmt::format(
      ".\\\" SPDX-License-Identifier: MIT\n"
      ".TH PGMEND 1 \"\" \"pgmend {}\" \"User Commands\"\n"
      ".SH NAME\npgmend \\- compares a PostgreSQL database with what it should be, and mends it\n"
      ".SH SYNOPSIS\n.B pgmend\n.I COMMAND\n.RI [ OPTION ]...\n"
      ".SH DESCRIPTION\n{}\n",
      PGMEND_VERSION, for_man(program.summary));
  out += as_it_stands(program.footer);
  out += ".SH COMMANDS\n";
  for (const auto& command : program.commands) out += section_of(command);
  return out;
}

}  // namespace pgmend::cli
