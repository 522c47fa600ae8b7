// SPDX-License-Identifier: MIT
#include "engine/question.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/declared_twin.hpp"
#include "engine/referenced.hpp"

namespace pgmend::engine {

namespace {

using Relation = Declarations::Relation;

class Question {
 public:
  Question(ProbeTransaction& probe, const Schema& actual, const Relation& relation,
           const std::vector<Object>& accepted)
      : m_probe(probe), m_actual(actual), m_relation(relation), m_accepted(accepted) {}

  /// What came of it, the declared object first. Throws pg::Error if the server refuses.
  std::vector<Object> ask(const Declared& declared) {
    const auto& self = m_relation.self;
    std::vector<Reference> known;
    auto elements = twin_elements(m_actual, self.name, {declared.name});
    for (const auto& object : m_accepted) {
      if (!object.kind->twin_element || object.name == declared.name) continue;
      known.push_back({object.kind, object.name});
      if (!m_actual.find(*object.kind, object.name))
        elements.push_back(object.kind->twin_element(object));
    }
    const auto asked = referring_to_twins(m_probe, declared);
    if (asked.section->element) elements.push_back(asked.section->element(asked));
    create_declared_twin(m_probe, self, std::move(elements));
    m_probe.parse_in(self.name.schema);
    if (asked.section->statement)
      m_probe.connection().query(asked.section->statement(asked, twin_name(self.name.name)));
    return sort_out(declared, known);
  }

 private:
  std::vector<Object> sort_out(const Declared& declared, const std::vector<Reference>& known) {
    const auto& self = m_relation.self.name;
    const auto read = m_probe.read_twins({{self.schema, self.name}});
    std::vector<Object> objects;
    for (auto& object : news_or_declared(read, declared, known)) {
      if (is_declared_as(object, declared)) {
        complete(m_probe, declared, object);
        objects.insert(objects.begin(), std::move(object));
      } else if (object.kind->section && object.kind->section->element) {
        if (!declared.section->brings_others || object.kind->section == declared.section)
          too_much(declared, fmt::format("it also declares {}", display(object.name)));
        object.where = declared.where;
        object.any_name = true;
        objects.push_back(std::move(object));
      }
    }
    if (objects.empty() || !is_declared_as(objects.front(), declared))
      too_much(declared, "it does not declare what its name says");
    if (!all_read(read, self))
      too_much(declared, "it brings something along that pgmend does not compare");
    return objects;
  }

  std::vector<Object> news_or_declared(const Schema& read, const Declared& declared,
                                       const std::vector<Reference>& known) {
    auto news = news_of(read, m_actual, m_relation.self.name, known);
    for (const auto* object :
         read.of_relation(m_relation.self.name.schema, m_relation.self.name.name))
      if (is_declared_as(*object, declared) &&
          std::none_of(news.begin(), news.end(),
                       [&](const Object& n) { return is_declared_as(n, declared); }))
        news.insert(news.begin(), *object);
    return news;
  }

  [[noreturn]] static void too_much(const Declared& declared, const std::string& message) {
    throw pg::Error({.sqlstate = "42601",
                     .message = message,
                     .detail = "",
                     .hint = "declare each thing under its own name",
                     .query = declared.name.name});
  }

  ProbeTransaction& m_probe;
  const Schema& m_actual;
  const Relation& m_relation;
  const std::vector<Object>& m_accepted;
};

}  // namespace

std::vector<Object> ask_about(const Declared& declared, ProbeTransaction& probe,
                              const Schema& actual, const Declarations::Relation& relation,
                              const std::vector<Object>& accepted) {
  return Question(probe, actual, relation, accepted).ask(declared);
}

}  // namespace pgmend::engine
