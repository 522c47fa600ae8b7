// SPDX-License-Identifier: MIT
#include "engine/rehearsal.hpp"

#include <algorithm>

#include "engine/twin.hpp"
#include "pg/transaction.hpp"

namespace pgmend::engine {

namespace {

/// The statements to send, and what the answers to them mean.
class Script {
 public:
  Script(const Schema& actual, const std::vector<const Object*>& objects) {
    auto rest = objects;
    while (!rest.empty()) {
      const auto& name = rest.front()->name;
      const auto others = std::stable_partition(rest.begin(), rest.end(), [&](const Object* other) {
        return other->name.schema == name.schema && other->name.group() == name.group();
      });
      if (const auto* relation = actual.relation(name.schema, name.group()))
        add_relation(*relation, actual, {rest.begin(), others});
      rest.erase(rest.begin(), others);
    }
  }

  const std::vector<pg::Statement>& statements() const { return m_statements; }

  void take(std::size_t number, const pg::Result& answer, std::map<const Object*, bool>& found) {
    if (!m_asks_for_file[number]) return;
    auto file = answer.str(0, "file");
    if (const auto* object = m_created[number]) found[object] = file != m_file;
    m_file = std::move(file);
  }

 private:
  /// The twin is gone with its savepoint, and so are the locks on what it refers to.
  void add_relation(const Object& relation, const Schema& actual,
                    const std::vector<const Object*>& objects) {
    add("SAVEPOINT pgmend");
    add(relation.kind->statement(on_twin(relation), twin_elements(actual, relation.name, {})));
    ask_for_file(relation, nullptr);
    for (const auto* object : objects) {
      add(object->kind->statement(on_twin(*object), {}));
      ask_for_file(relation, object);
    }
    add("ROLLBACK TO SAVEPOINT pgmend");
    add("RELEASE SAVEPOINT pgmend");
  }

  void add(std::string sql, pg::Parameters parameters = {}) {
    m_statements.push_back({std::move(sql), std::move(parameters)});
    m_created.push_back(nullptr);
    m_asks_for_file.push_back(false);
  }

  void ask_for_file(const Object& relation, const Object* created) {
    add("SELECT pg_catalog.pg_relation_filenode($1::pg_catalog.regclass) AS file",
        {twin_name(relation.name.name)});
    m_created.back() = created;
    m_asks_for_file.back() = true;
  }

  std::vector<pg::Statement> m_statements;
  std::vector<const Object*> m_created;  // by statement, the object that was created before it
  std::vector<bool> m_asks_for_file;
  std::string m_file;
};

/// Those that are the same on relations that are the same but for their names and parts come out
/// the same: one of them is tried for all.
class Alike {
 public:
  Alike(const Schema& actual, const std::vector<const Object*>& objects) {
    for (const auto* object : objects) {
      const auto* relation = actual.relation(object->name.schema, object->name.group());
      if (!relation) continue;
      const auto same = std::find_if(m_all.begin(), m_all.end(), [&](const Group& group) {
        return group.relation->kind == relation->kind &&
               group.relation->values == relation->values &&
               group.objects.front()->kind == object->kind &&
               group.objects.front()->values == object->values;
      });
      if (same != m_all.end())
        same->objects.push_back(object);
      else
        m_all.push_back({relation, {object}});
    }
  }

  std::vector<const Object*> one_of_each() const {
    std::vector<const Object*> some;
    for (const auto& group : m_all) some.push_back(group.objects.front());
    return some;
  }

  void spread(std::map<const Object*, bool>& found) const {
    for (const auto& group : m_all)
      if (const auto tried = found.find(group.objects.front()); tried != found.end())
        for (const auto* object : group.objects) found[object] = tried->second;
  }

 private:
  struct Group {
    const Object* relation;
    std::vector<const Object*> objects;
  };
  std::vector<Group> m_all;
};

/// Of the twin and what is built on it: what is rewritten has another file then. What is made anew
/// over its old file has another oid.
std::string files_of_twins(pg::Connection& connection) {
  return connection
      .query(
          "SELECT pg_catalog.array_agg(f.file ORDER BY f.file) AS files "
          "FROM pg_catalog.pg_class c, pg_catalog.pg_relation_filenode(c.oid) AS f (file) "
          "WHERE c.relnamespace = pg_catalog.pg_my_temp_schema() AND c.relkind IN ('r', 'i')")
      .str(0, "files");
}

void try_to_send(ProbeTransaction& probe, const std::string& statement) {
  pg::Savepoint scope(probe.connection());
  try {
    probe.connection().query(statement);
    scope.release();
  } catch (const pg::Error&) {
    if (!probe.connection().is_alive()) throw;
  }
}

/// What is built on the relation and carried along.
std::vector<const Object*> built_on(const Surroundings& around, const Name& relation) {
  auto parts = around.actual.of_relation(relation.schema, relation.group());
  std::erase_if(parts, [&](const Object* part) {
    const auto& kind = *part->kind;
    return !kind.carried_along || !kind.statement || kind.referring ||
           around.leaving.contains({&kind, part->name});
  });
  return parts;
}

/// What cannot stand on a twin does not count.
void build_on_twin(ProbeTransaction& probe, const Surroundings& around, const Name& relation) {
  for (const auto* part : built_on(around, relation))
    try_to_send(probe, part->kind->statement(on_twin(*part), {}));
}

/// What is to be there by then, unless it is; null if it is, or is none that could be made.
const Object* to_be_made_first(const Surroundings& around, const Reference& needed) {
  const auto* wanted = around.expected.find(*needed.kind, needed.name);
  const bool can_be_made =
      wanted && needed.name.relation.empty() && !wanted->is_relation() && needed.kind->statement;
  return can_be_made && !around.actual.find(*needed.kind, needed.name) ? wanted : nullptr;
}

/// What the object is to rest on and is not there yet, each after what that rests on.
void make_what_is_needed(ProbeTransaction& probe, const Surroundings& around, const Object& object,
                         std::set<const Object*>& seen) {
  for (const auto& needed : object.depends_on) {
    const auto* wanted = to_be_made_first(around, needed);
    if (!wanted || !seen.insert(wanted).second) continue;
    make_what_is_needed(probe, around, *wanted, seen);
    try_to_send(probe, needed.kind->statement(*wanted, {}));
  }
}

/// What the recipe does first; nothing, if that cannot be tried. `twin` as in on_twin.
std::vector<std::string> change_of(const Finding& finding, const Facts& facts,
                                   const std::string& twin) {
  const auto recipe =
      finding.kind->mend(on_twin(*finding.expected, twin), on_twin(*finding.actual, twin),
                         finding.kind->attributes[*finding.attribute].name, facts);
  const auto stage =
      std::find_if(recipe.stages.begin(), recipe.stages.end(),
                   [](const Stage& each) { return each.form == Stage::Form::transaction; });
  return stage == recipe.stages.end() ? std::vector<std::string>() : stage->sql();
}

const Object* relation_of(const Surroundings& around, const Finding& finding) {
  return around.actual.relation(finding.name.schema, finding.name.group());
}

}  // namespace

std::string rehearsal_of_any(const Surroundings& around, const Finding& finding,
                             const Facts& facts) {
  const std::string any = "any";
  const auto* relation = relation_of(around, finding);
  const auto& needed = finding.expected->depends_on;
  if (!relation || std::any_of(needed.begin(), needed.end(), [&](const Reference& each) {
        return to_be_made_first(around, each) != nullptr;
      }))
    return {};
  auto all = relation->kind->statement(on_twin(*relation, any),
                                       twin_elements(around.actual, relation->name, {}));
  int number = 0;
  for (const auto* part : built_on(around, relation->name)) {
    auto one = on_twin(*part, any);
    if (one.name.name != finding.name.name) one.name.name = std::to_string(++number);
    all += ";\n" + one.kind->statement(one, {});
  }
  for (const auto& statement : change_of(finding, facts, any)) all += ";\n" + statement;
  return all;
}

Rehearsal rehearse_change(ProbeTransaction& probe, const Surroundings& around,
                          const Finding& finding, const Facts& facts) {
  const pg::Savepoint scope(probe.connection());
  const auto* relation = relation_of(around, finding);
  const auto change = change_of(finding, facts, {});
  if (!relation || change.empty()) return {};
  probe.deparse();
  std::set<const Object*> seen;
  make_what_is_needed(probe, around, *finding.expected, seen);
  probe.create_twin(*relation, twin_elements(around.actual, relation->name, {}));
  build_on_twin(probe, around, relation->name);
  const auto before = files_of_twins(probe.connection());
  try {
    for (const auto& statement : change) probe.connection().query(statement);
  } catch (const pg::Error& error) {
    if (!probe.connection().is_alive()) throw;
    return {Rehearsed::refused, error.what()};
  }
  const bool is_same = files_of_twins(probe.connection()) == before;
  return {is_same ? Rehearsed::keeps_file : Rehearsed::rewrites};
}

std::map<const Object*, bool> rehearse(pg::Connection& connection, const Schema& actual,
                                       const std::vector<const Object*>& objects,
                                       std::chrono::milliseconds lock_timeout) {
  std::map<const Object*, bool> found;
  if (objects.empty()) return found;
  const Alike alike(actual, objects);
  Script script(actual, alike.one_of_each());
  try {
    const pg::Transaction rolled_back(
        connection, pg::Transaction::Mode::read_write,
        {.search_path = "pg_catalog, pg_temp", .lock_timeout = lock_timeout});
    connection.query_all(script.statements(), [&](std::size_t number, const pg::Result& answer) {
      script.take(number, answer, found);
    });
  } catch (const pg::Error&) {
    if (!connection.is_alive()) throw;
  }
  alike.spread(found);
  return found;
}

}  // namespace pgmend::engine
