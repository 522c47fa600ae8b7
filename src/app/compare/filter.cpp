// SPDX-License-Identifier: MIT
#include "app/compare/filter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "kinds/kinds.hpp"
#include "model/spec_error.hpp"
#include "util/text.hpp"

namespace pgmend::app {

namespace {

bool any_matches(const std::vector<std::string>& globs, std::string_view text) {
  return std::any_of(globs.begin(), globs.end(),
                     [&](const std::string& glob) { return text::matches_glob(glob, text); });
}

std::string joined(std::initializer_list<std::string> parts) {
  std::string out;
  for (const auto& part : parts) {
    if (!out.empty() && !part.empty()) out += '.';
    out += part;
  }
  return out;
}

/// "kind:glob" speaks of one kind; a glob is held against the name in each of its lengths.
bool is_ignored(const std::vector<std::string>& globs, std::string_view kind, const Name& name) {
  for (const std::string_view glob : globs) {
    const auto colon = glob.find(':');
    if (colon != std::string_view::npos && glob.substr(0, colon) != kind) continue;
    const auto pattern = colon == std::string_view::npos ? glob : glob.substr(colon + 1);
    for (const auto& text : {name.name, joined({name.relation, name.name}),
                             joined({name.schema, name.relation, name.name})})
      if (text::matches_glob(pattern, text)) return true;
  }
  return false;
}

}  // namespace

bool Filter::lets_all_through() const {
  return schemas.empty() && tables.empty() && kinds.empty() && ignore.empty();
}

const std::string* Filter::only_schema() const {
  const bool is_plain =
      schemas.size() == 1 && schemas.front().find_first_of("*?") == std::string::npos;
  return is_plain ? &schemas.front() : nullptr;
}

bool Filter::accepts_relation(const std::string& schema, const std::string& relation) const {
  const auto qualified = schema + '.' + relation;
  return (schemas.empty() || any_matches(schemas, schema)) &&
         (tables.empty() || any_matches(tables, relation) || any_matches(tables, qualified));
}

bool Filter::accepts(const Object& object) const {
  if (is_ignored(ignore, object.kind->name, object.name)) return false;
  if (object.kind->home != Kind::Home::relation && !tables.empty()) return false;
  return kinds.empty() || object.is_relation() ||
         std::find(kinds.begin(), kinds.end(), object.kind->name) != kinds.end();
}

namespace {

std::vector<Name> relations_of(const Expectation& expectation) {
  std::vector<Name> names;
  for (const auto& relation : expectation.declarations.relations)
    names.push_back(relation.self.name);
  if (!expectation.complete) return names;
  const auto& schema = *expectation.complete;
  for (Position at = 0; at < schema.size(); ++at)
    if (schema.kind_at(at).home == Kind::Home::relation && schema.name_at(at).relation.empty())
      names.push_back(schema.name_at(at).copy());
  return names;
}

}  // namespace

namespace {

/// A filter that lets only through what is not looked at would find that all is well.
void must_be_asked_for(const std::string& name, Kinds kinds, const Expectation& expectation) {
  const auto kind = std::find_if(kinds.begin(), kinds.end(),
                                 [&](const Kind* candidate) { return candidate->name == name; });
  const auto& known = expectation.kinds;
  if (known.empty() || std::find(known.begin(), known.end(), *kind) != known.end()) return;
  if ((*kind)->asked_for.empty()) return;
  throw SpecError(Fault{.where = {"--kind"},
                        .message = fmt::format("`{}` is compared only when asked for", name),
                        .hint = fmt::format("add: --with {}", (*kind)->asked_for)});
}

}  // namespace

void check_filter(const Filter& filter, Kinds kinds, const Expectation& expectation) {
  std::vector<std::string> known;
  for (const auto* kind : kinds) known.emplace_back(kind->name);
  for (const auto& kind : filter.kinds) {
    if (std::find(known.begin(), known.end(), kind) != known.end()) {
      must_be_asked_for(kind, kinds, expectation);
      continue;
    }
    const auto near = text::nearest(kind, known);
    throw SpecError(Fault{.where = {"--kind"},
                          .message = fmt::format("there is no kind `{}`", text::visible(kind)),
                          .hint = near ? fmt::format("did you mean `{}`?", *near)
                                       : "kinds are: " + text::join(known, ", ")});
  }
  if (filter.lets_all_through()) return;
  const auto relations = relations_of(expectation);
  const bool any = std::any_of(relations.begin(), relations.end(), [&](const Name& name) {
    return filter.accepts_relation(name.schema, name.name);
  });
  if (any || relations.empty()) return;
  std::vector<std::string> names;
  for (const auto& name : relations) names.push_back(display(name));
  const auto near =
      filter.tables.empty() ? std::nullopt : text::nearest(filter.tables.front(), names);
  throw SpecError(Fault{.where = {expectation.source},
                        .message = "no table of the spec matches --table and --schema-name",
                        .hint = near ? fmt::format("did you mean `{}`?", *near)
                                     : "it names: " + text::join(names, ", ")});
}

Declarations filtered(Declarations declarations, const Filter& filter) {
  std::erase_if(declarations.relations, [&](const Declarations::Relation& relation) {
    return !filter.accepts_relation(relation.self.name.schema, relation.self.name.name) ||
           is_ignored(filter.ignore, "table", relation.self.name);
  });
  for (auto& relation : declarations.relations)
    std::erase_if(relation.parts, [&](const Declared& declared) {
      return is_ignored(filter.ignore, "", declared.name);
    });
  return declarations;
}

namespace {

/// A schema is looked at with what stands in it.
bool is_in_reach(const Object& object, const Filter& filter) {
  const auto& [schema, relation, name] = object.name;
  if (object.kind->home == Kind::Home::relation)
    return filter.accepts_relation(schema, object.name.group());
  return filter.schemas.empty() ||
         any_matches(filter.schemas, object.kind == &kinds::k_schema ? name : schema);
}

}  // namespace

Schema filtered(const Schema& schema, const Filter& filter) {
  Schema out;
  for (const auto& object : schema.objects())
    if (is_in_reach(object, filter) && filter.accepts(object)) out.add(object);
  return out;
}

Schema filtered(Schema&& schema, const Filter& filter) {
  if (filter.lets_all_through()) return std::move(schema);
  return filtered(std::as_const(schema), filter);
}

std::vector<ToolTable> filtered(std::vector<ToolTable> tables, const Filter& filter) {
  std::erase_if(tables, [&](const ToolTable& each) {
    return !filter.accepts_relation(each.table.schema, each.table.name) ||
           is_ignored(filter.ignore, "table", each.table);
  });
  return tables;
}

std::shared_ptr<const Schema> of_kinds(const std::shared_ptr<const Schema>& schema, Kinds kinds) {
  const auto is_wanted = [&](const Kind& kind) {
    return std::find(kinds.begin(), kinds.end(), &kind) != kinds.end();
  };
  bool is_all = true;
  for (Position at = 0; at < schema->size() && is_all; ++at)
    is_all = is_wanted(schema->kind_at(at));
  if (is_all) return schema;
  auto out = std::make_shared<Schema>();
  for (const auto& object : schema->objects())
    if (is_wanted(*object.kind)) out->add(object);
  return out;
}

Expectation filtered(const Expectation& expectation, const Filter& filter) {
  if (filter.lets_all_through()) return expectation;
  auto narrowed = expectation;
  narrowed.declarations = filtered(expectation.declarations, filter);
  if (expectation.complete)
    narrowed.complete = std::make_shared<Schema>(filtered(*expectation.complete, filter));
  narrowed.left_to_tools = filtered(std::move(narrowed.left_to_tools), filter);
  narrowed.digest.clear();
  return narrowed;
}

}  // namespace pgmend::app
