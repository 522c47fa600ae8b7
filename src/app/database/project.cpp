// SPDX-License-Identifier: MIT
#include "app/database/project.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "app/errors.hpp"
#include "kinds/kinds.hpp"
#include "source/yaml_source.hpp"
#include "util/file.hpp"

namespace pgmend::app {

namespace {

std::filesystem::path choose(const std::optional<std::string>& option) {
  if (option) return *option;
  if (const auto found = find_spec(std::filesystem::current_path())) return *found;
  throw SpecError(Fault{.where = {k_spec_name},
                        .message = "there is no such file here or in a folder above",
                        .hint = "name one with --schema FILE, or write a first one from the "
                                "database with: pgmend init"});
}

/// A path as the user would type it.
std::string shown(const std::filesystem::path& path) {
  const auto relative = path.lexically_proximate(std::filesystem::current_path());
  return relative.empty() ? path.string() : relative.string();
}

/// A file is named from the folder of the spec; what has a scheme (`alembic:`) is its own affair.
std::string seen_from_here(const std::string& source, const std::filesystem::path& spec) {
  const bool is_scheme = source == "alembic" || source == "sqlalchemy";
  if (is_scheme || source.find(':') != std::string::npos || source.starts_with('/')) return source;
  const auto path = std::filesystem::absolute(spec).parent_path() / source;
  return shown(path.lexically_normal());
}

std::string read(const std::filesystem::path& path) {
  try {
    if (std::filesystem::is_regular_file(path) || !std::filesystem::exists(path))
      if (auto text = file::read_if_exists(path)) return *text;
  } catch (const std::runtime_error& error) {
    throw SpecError(Fault{
        .where = {shown(path)}, .message = error.what(), .hint = "check the file's permissions"});
  }
  const bool exists = std::filesystem::exists(path);
  throw SpecError(Fault{.where = {shown(path)},
                        .message = exists ? "it is not a file" : "there is no such file",
                        .hint = "name a spec file with --schema FILE, or write one: pgmend init"});
}

void take_on_request(Project& project, const source::YamlWord& word) {
  std::set<std::string> known;
  for (const auto* kind : kinds::all())
    if (!kind->asked_for.empty()) known.emplace(kind->asked_for);
  if (!known.contains(word.text))
    throw SpecError(
        Fault{.where = word.where,
              .message = fmt::format("`{}` is not among what is compared on request", word.text),
              .hint = fmt::format("that is: {}", fmt::join(known, ", "))});
  if (project.with.empty()) project.with_where = word.where;
  project.with.insert(word.text);
}

MemberGroup group_of(const source::YamlMembers& members, const std::filesystem::path& spec) {
  const auto word = [&](const char* key) -> std::optional<std::string> {
    const auto found = members.words.find(key);
    if (found == members.words.end()) return std::nullopt;
    return found->second.text;
  };
  MemberGroup group;
  group.name = members.name;
  group.where = members.where;
  group.schemas = word("schemas");
  group.databases = word("databases");
  group.urls = word("urls");
  // A file, as sources are; a query holds blanks.
  if (group.urls && *group.urls != "-" && group.urls->find(' ') == std::string::npos)
    group.urls = seen_from_here(*group.urls, spec);
  group.except = members.except;
  for (const auto& source : members.schema) group.sources.push_back(seen_from_here(source, spec));
  group.map = word("map");
  group.like = word("like");
  group.majority = members.majority;
  if (const auto url = word("database"))
    group.database = {*url, fmt::format("members: {} in {}", members.name, shown(spec)),
                      members.words.at("database").where};
  return group;
}

void take_members(Project& project, const std::vector<source::YamlMembers>& all,
                  const std::filesystem::path& spec) {
  std::vector<Fault> faults;
  for (const auto& members : all) {
    const auto& group = project.members.emplace_back(group_of(members, spec));
    if (auto fault = fault_of(group)) faults.push_back(std::move(*fault));
  }
  if (!faults.empty()) throw SpecError(std::move(faults));
}

Backfill backfill_at(const source::YamlWord& word) {
  try {
    return parse_backfill(word.text, "backfill");
  } catch (const UsageError& error) {
    throw SpecError(Fault{.where = word.where, .message = error.what(), .hint = error.hint()});
  }
}

}  // namespace

std::vector<const Section*> all_sections() {
  std::vector<const Section*> sections;
  for (const auto* kind : kinds::all())
    if (kind->section &&
        std::find(sections.begin(), sections.end(), kind->section) == sections.end())
      sections.push_back(kind->section);
  return sections;
}

const Section* find_section(std::string_view name) {
  for (const auto* section : all_sections())
    if (section->name == name) return section;
  throw std::logic_error(fmt::format("there is no section {}", name));
}

Name relation_name(const std::string& text) {
  return source::parse_relation_name(text, "public");
}

std::optional<std::filesystem::path> find_spec(const std::filesystem::path& folder) {
  for (auto at = std::filesystem::absolute(folder);; at = at.parent_path()) {
    if (std::filesystem::exists(at / k_spec_name)) return at / k_spec_name;
    if (at == at.parent_path()) return std::nullopt;
  }
}

Project nearest_project() {
  const auto found = find_spec(std::filesystem::current_path());
  return found ? load_project(std::nullopt) : Project();
}

Project load_project(const std::optional<std::string>& option) {
  const auto path = choose(option);
  const auto sections = all_sections();
  auto spec = source::parse_yaml(read(path), shown(path), sections);
  Project project = {std::move(spec.declarations), std::move(spec.ignore), std::nullopt};
  if (spec.database)
    project.database = {*spec.database, "database in " + shown(path), spec.database_where,
                        option.has_value()};
  if (spec.role) project.role = {*spec.role, "role in " + shown(path), spec.role_where};
  for (const auto& word : spec.with) take_on_request(project, word);
  project.folder = std::filesystem::absolute(path).parent_path();
  for (const auto& source : spec.schema) project.sources.push_back(seen_from_here(source, path));
  take_members(project, spec.members, path);
  project.schema_names = std::move(spec.schema_names);
  for (const auto& word : spec.backfills) project.backfills.push_back(backfill_at(word));
  return project;
}

}  // namespace pgmend::app
