// SPDX-License-Identifier: MIT
#include "source/yaml_writer.hpp"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <map>

#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::source {

namespace {

/// A scalar as YAML wants it: plain where it can be, quoted where it must.
std::string scalar(const std::string& text) {
  YAML::Emitter emitter;
  // Written out where it stands alone, a carriage return is a line end for some readers.
  if (text.find('\r') != std::string::npos) emitter << YAML::DoubleQuoted;
  emitter << text;
  return emitter.c_str();
}

/// A part of a name as parse_relation_name() reads it.
std::string name_part(const std::string& name) {
  const bool plain = name.find('.') == std::string::npos && !name.starts_with('"');
  return plain ? name : sql::quote_ident(name);
}

/// For a comment, which a line break would end. Spaces stay: there may be SQL in it, to copy.
std::string in_comment(const std::string& text) {
  return text::replace_all(text::replace_all(text, "\n", " "), "\r", " ");
}

constexpr std::string_view k_remark = "      # ";

class Writer {
 public:
  Writer(const SpecDraft& draft, Kinds kinds) : m_draft(draft), m_kinds(kinds) {}

  std::string write() {
    head();
    for (const auto* kind : m_kinds)
      if (kind->section && kind->section->owner.empty()) relations(*kind);
    return std::move(m_out);
  }

 private:
  void head() {
    m_out += fmt::format(
        "# What pgmend expects of the database. Written from\n"
        "# {}.\n"
        "#\n"
        "# A column's text is exactly what would follow ADD COLUMN name, an index's what\n"
        "# would follow CREATE INDEX name ON table, a constraint's what would follow ADD\n"
        "# CONSTRAINT name. What is not named here is not looked at: delete what you do\n"
        "# not care about.\n"
        "#\n"
        "# Check it with `pgmend verify`, repair the database with `pgmend ensure`.\n\n"
        "# Where the database is; DATABASE_URL and others are looked at first.\n"
        "# database: ${{DATABASE_URL}}\n\n",
        in_comment(m_draft.database));
    if (!m_draft.left_out.empty())
      m_out += text::wrap("# Not in this file, for it cannot say them: " + m_draft.left_out +
                              ". A lock file holds everything: `pgmend snapshot`.",
                          80, "# ") +
               "\n\n";
    if (m_draft.search_path != std::vector<std::string>{"public"}) {
      m_out += "# Where names without a schema are looked up.\nsearch_path:\n";
      for (const auto& schema : m_draft.search_path) m_out += "  - " + scalar(schema) + '\n';
      m_out += '\n';
    }
  }

  void relations(const Kind& kind) {
    m_out += fmt::format("{}:\n", kind.section->name);
    for (const auto& object : m_draft.schema.objects())
      if (object.kind == &kind) relation(object);
  }

  void relation(const Object& relation) {
    const auto& name = relation.name;
    const auto key =
        (name.schema == m_draft.search_path.front() ? "" : name_part(name.schema) + '.') +
        name_part(name.name);
    m_out += fmt::format("  {}:\n", scalar(key));
    std::vector<const Section*> written;
    for (const auto* kind : m_kinds) {
      const auto* section = kind->section;
      if (!section || section->owner.empty()) continue;
      if (std::find(written.begin(), written.end(), section) != written.end()) continue;
      written.push_back(section);
      parts(relation, *section);
    }
    m_out += '\n';
  }

  void parts(const Object& relation, const Section& section) {
    std::string lines;
    bool only_remarks = true;
    for (const auto* part : m_draft.schema.of_relation(relation.name.schema, relation.name.name))
      if (part->kind->section == &section) {
        const auto line = part_line(*part);
        only_remarks = only_remarks && line.starts_with(k_remark);
        lines += line;
      }
    // A section that holds nothing is a fault to the reader.
    if (!lines.empty())
      m_out += fmt::format("    {}{}:\n{}", only_remarks ? "# " : "", section.name, lines);
  }

  std::string part_line(const Object& part) const {
    auto declared = part;
    for (std::size_t i = 0; i < part.values.size(); ++i) {
      if (part.kind->attributes[i].form != Attribute::Form::reference) continue;
      const auto reference = unqualified(part.values[i].text(), part.name.schema);
      if (!reference)
        return fmt::format("{}{}: {}\n", k_remark, in_comment(part.name.name),
                           in_comment(part.kind->definition(part)));
      declared.values.set(i, Value::present(*reference));
    }
    return fmt::format("      {}: {}\n", scalar(part.name.name),
                       scalar(part.kind->definition(declared)));
  }

  /// The name that finds the same relation along the search path; nothing if another of that name
  /// stands before it.
  std::optional<std::string> unqualified(const std::string& qualified,
                                         const std::string& own_schema) const {
    auto path = m_draft.search_path;
    path.insert(path.begin(), own_schema);
    for (const auto& schema : path)
      for (const auto& object : m_draft.schema.objects()) {
        if (object.name.schema != schema || !object.name.relation.empty()) continue;
        if (!qualified.ends_with('.' + sql::quote_ident(object.name.name))) continue;
        if (qualified != sql::quote_qualified(schema, object.name.name)) return std::nullopt;
        return sql::quote_ident(object.name.name);
      }
    return std::nullopt;
  }

  const SpecDraft& m_draft;
  Kinds m_kinds;
  std::string m_out;
};

}  // namespace

std::string write_yaml(const SpecDraft& draft, Kinds kinds) {
  return Writer(draft, kinds).write();
}

}  // namespace pgmend::source
