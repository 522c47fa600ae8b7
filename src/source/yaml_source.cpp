// SPDX-License-Identifier: MIT
#include "source/yaml_source.hpp"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <functional>
#include <set>

#include "source/yaml_documents.hpp"
#include "source/yaml_members.hpp"
#include "source/yaml_reader.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::source {

namespace {

class Reader : private YamlReader {
 public:
  Reader(const std::string& file, std::span<const Section* const> sections)
      : YamlReader(file), m_sections(sections) {}

  YamlSpec read(const YAML::Node& root) {
    if (!root || root.IsNull())
      throw SpecError(Fault{.where = {file()},
                            .message = "the file is empty",
                            .hint = "write a first one with: pgmend init"});
    if (!root.IsMap())
      throw SpecError(Fault{.where = at(root),
                            .message = "expected keys at the top, such as `tables:`",
                            .hint = "write a first one with: pgmend init"});
    m_spec.declarations.file = file();
    m_spec.declarations.search_path = {"public"};
    check_keys(root, top_keys(), "the top of the spec");
    read_settings(root);
    for (const auto* section : sections_of(""))
      if (const auto node = root[std::string(section->name)]) read_relations(node, *section);
    const bool has_relations = !m_spec.declarations.relations.empty();
    if (faults().empty() && has_relations && !m_spec.schema.empty())
      fault(at(root["schema"]), "the spec names a source (`schema:`) and tables of its own",
            "a whole schema leaves no table to name beside it: write it as SQL in a file that "
            "`schema:` lists as well");
    if (faults().empty() && !has_relations && m_spec.schema.empty() && m_spec.members.empty() &&
        !is_settings(root))
      fault({file()}, "the spec names nothing to check",
            "add tables: write a first spec with: pgmend init");
    if (!faults().empty()) throw SpecError(take_faults());
    return std::move(m_spec);
  }

 private:
  std::vector<const Section*> sections_of(std::string_view owner) const {
    std::vector<const Section*> found;
    for (const auto* section : m_sections)
      if (section->owner == owner) found.push_back(section);
    return found;
  }

  std::vector<std::string> top_keys() const {
    std::vector<std::string> keys = {"backfill", "database",     "ignore",      "members", "role",
                                     "schema",   "schema_names", "search_path", "with"};
    for (const auto* section : sections_of("")) keys.emplace_back(section->name);
    return keys;
  }

  /// Settings for a schema that is named elsewhere. A section without anything is a mistake.
  bool is_settings(const YAML::Node& root) const {
    const auto sections = sections_of("");
    const bool has_section = std::any_of(sections.begin(), sections.end(), [&](const Section* s) {
      return root[std::string(s->name)].IsDefined();
    });
    return !has_section &&
           (m_spec.database || m_spec.role || !m_spec.ignore.empty() || !m_spec.with.empty() ||
            !m_spec.schema_names.empty() || !m_spec.backfills.empty());
  }

  void read_settings(const YAML::Node& root) {
    if (const auto node = root["database"]) {
      m_spec.database = read_text(node, "database");
      m_spec.database_where = at(node);
    }
    if (const auto node = root["role"]) {
      m_spec.role = read_text(node, "role");
      m_spec.role_where = at(node);
    }
    if (const auto node = root["with"]) read_with(node);
    if (const auto node = root["ignore"]) m_spec.ignore = read_list(node, "ignore");
    if (const auto node = root["schema"]) m_spec.schema = read_sources(node);
    if (const auto node = root["members"]) m_spec.members = read_members(*this, node);
    if (const auto node = root["schema_names"])
      m_spec.schema_names = read_list(node, "schema_names");
    if (const auto node = root["backfill"]) read_backfills(node);
    if (const auto node = root["search_path"])
      m_spec.declarations.search_path = read_list(node, "search_path");
  }

  void read_with(const YAML::Node& node) {
    const auto words = read_list(node, "with");
    if (words.size() != node.size()) return;  // told already
    for (std::size_t i = 0; i < words.size(); ++i) m_spec.with.push_back({words[i], at(node[i])});
  }

  void read_backfills(const YAML::Node& node) {
    if (!node.IsMap())
      return fault(at(node), fmt::format("backfill must be a map, not {}", type_word(node)),
                   "write a line for each column: `table.column: expression`");
    check_twice(node, "backfill", [](const std::string& key) { return key; });
    for (const auto& entry : node) {
      const auto name = entry.first.IsScalar() ? entry.first.Scalar() : "";
      const auto where = at(entry.first);
      if (const auto text = read_text(entry.second, fmt::format("`{}` of backfill", name), where))
        m_spec.backfills.push_back({fmt::format("{}={}", name, *text), where});
    }
  }

  void read_relations(const YAML::Node& node, const Section& section) {
    if (!node.IsMap())
      return fault(at(node),
                   fmt::format("{} must be a map of names, not {}", section.name, type_word(node)),
                   "indent the names below it, each with its own keys");
    check_twice(node, std::string(section.name), [&](const std::string& key) {
      const auto name = relation_name(key);
      return sql::quote_qualified(name.schema, name.name);
    });
    for (const auto& entry : node) read_relation(entry.first, entry.second, section);
  }

  Name relation_name(const std::string& text) const {
    const auto& path = m_spec.declarations.search_path;
    return parse_relation_name(text, path.empty() ? "public" : path.front());
  }

  void read_relation(const YAML::Node& name, const YAML::Node& body, const Section& section) {
    Declarations::Relation relation;
    relation.self.section = &section;
    relation.self.where = at(name);
    relation.self.name = relation_name(name.Scalar());
    const auto label = fmt::format("`{}`", name.Scalar());
    if (relation.self.name.name.empty() || relation.self.name.schema.empty())
      return fault(at(name), "a name is empty", "write schema.name, or just name");
    if (body.IsMap()) {
      read_parts(body, section, relation, label);
    } else if (!body.IsNull()) {
      return fault(at(body), fmt::format("{} must be a map, not {}", label, type_word(body)),
                   "write `columns:` below it, and the columns below that");
    }
    m_spec.declarations.relations.push_back(std::move(relation));
  }

  void read_parts(const YAML::Node& body, const Section& section, Declarations::Relation& relation,
                  const std::string& label) {
    std::vector<std::string> known;
    for (const auto& key : section.keys) known.emplace_back(key.name);
    const auto inner = sections_of(section.name);
    for (const auto* part : inner) known.emplace_back(part->name);
    check_keys(body, known, label);
    for (const auto& key : section.keys)
      if (const auto node = body[std::string(key.name)]) read_key(node, key, relation.self);
    for (const auto* part : inner)
      if (const auto node = body[std::string(part->name)])
        read_section(node, *part, relation, label);
  }

  void read_section(const YAML::Node& node, const Section& section,
                    Declarations::Relation& relation, const std::string& label) {
    if (!node.IsMap())
      return fault(at(node),
                   fmt::format("{} of {} must be a map of names, not {}", section.name, label,
                               type_word(node)),
                   "write one name a line: `name: definition`");
    check_twice(node, fmt::format("{} of {}", section.name, label), sql::truncate_identifier);
    for (const auto& entry : node) {
      Declared declared;
      declared.section = &section;
      declared.name = {relation.self.name.schema, relation.self.name.name,
                       sql::truncate_identifier(entry.first.Scalar())};
      declared.where = at(entry.first);
      if (read_declaration(entry.second, declared)) relation.parts.push_back(std::move(declared));
    }
  }

  bool read_declaration(const YAML::Node& node, Declared& declared) {
    const auto before = faults().size();
    const auto label = fmt::format("`{}`", declared.name.name);
    if (declared.name.name.empty())
      fault(at(node), "a name is empty", "write `name: definition`");
    else if (!node.IsMap())
      read_key(node, declared.section->keys.front(), declared);
    else
      read_long_form(node, declared, label);
    return faults().size() == before;
  }

  void read_long_form(const YAML::Node& node, Declared& declared, const std::string& label) {
    std::vector<std::string> known;
    for (const auto& key : declared.section->keys) known.emplace_back(key.name);
    check_keys(node, known, label);
    for (const auto& key : declared.section->keys)
      if (const auto value = node[std::string(key.name)]) read_key(value, key, declared);
    const bool has_type = declared.part("type") != nullptr;
    if (!declared.is_short() && !has_type)
      fault(declared.where, fmt::format("{} has no definition", label),
            std::find(known.begin(), known.end(), "type") != known.end()
                ? "write `definition:` or `type:`"
                : "write `definition:`");
    for (const auto* key : {"type", "nullable", "default"})
      if (declared.is_short() && declared.part(key))
        fault(declared.part(key)->where,
              fmt::format("{} has both `definition` and `{}`", label, key),
              "say it once: in the definition, or in keys of their own");
  }

  void read_key(const YAML::Node& node, const Key& key, Declared& declared) {
    const auto text =
        read_text(node, fmt::format("`{}` of `{}`", key.name, declared.name.name), declared.where);
    if (!text) return;
    if (key.form == Key::Form::boolean && !is_boolean(*text))
      return fault(at(node), fmt::format("`{}` must be true or false, not `{}`", key.name, *text),
                   "write true or false");
    declared.parts[std::string(key.name)] = {*text, at(node)};
  }

  std::span<const Section* const> m_sections;
  YamlSpec m_spec;
};

}  // namespace

Name parse_relation_name(std::string_view text, const std::string& default_schema) {
  std::vector<std::string> parts(1);
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool opens = text[i] == '"' && !quoted && parts.back().empty();
    const bool closes = text[i] == '"' && quoted && (i + 1 == text.size() || text[i + 1] == '.');
    if (opens || closes)
      quoted = opens;
    else if (text[i] == '"' && quoted && i + 1 < text.size() && text[i + 1] == '"')
      parts.back() += text[i++];
    else if (text[i] == '.' && !quoted && parts.size() == 1)
      parts.emplace_back();
    else
      parts.back() += text[i];
  }
  for (auto& part : parts) part = sql::truncate_identifier(part);
  return parts.size() == 1 ? Name{default_schema, "", parts[0]} : Name{parts[0], "", parts[1]};
}

YamlSpec parse_yaml(const std::string& text, const std::string& file,
                    std::span<const Section* const> sections) {
  const auto documents = load_documents(text, file);
  for (std::size_t i = 1; i < documents.size(); ++i)
    if (!documents[i].IsNull())
      throw SpecError(
          Fault{.where = {file, documents[i].Mark().line + 1, documents[i].Mark().column + 1},
                .message = "a second document begins here",
                .hint = "a spec is one document: take away the line `---`"});
  return Reader(file, sections).read(documents.empty() ? YAML::Node() : documents.front());
}

}  // namespace pgmend::source
