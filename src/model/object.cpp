// SPDX-License-Identifier: MIT
#include "model/object.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <mutex>
#include <stdexcept>
#include <utility>

#include "model/kind.hpp"
#include "model/outline.hpp"
#include "util/sql.hpp"
#include "util/sql_spelling.hpp"
#include "util/text.hpp"

namespace pgmend {

namespace {

std::string display_place(const Name& name) {
  std::string out;
  if (!name.schema.empty() && name.schema != "public") out += sql::display_ident(name.schema) + '.';
  if (!name.relation.empty()) out += sql::display_ident(name.relation) + '.';
  return out;
}

std::size_t mixed(std::size_t seed, std::size_t more) {
  constexpr std::size_t k_golden_ratio = 0x9e3779b97f4a7c15U;
  return (seed ^ (more + k_golden_ratio + (seed << 6U) + (seed >> 2U))) * k_golden_ratio;
}

std::size_t hash_of(std::string_view schema, std::string_view group) {
  const std::hash<std::string_view> hash;
  return mixed(hash(schema), hash(group));
}

std::size_t hash_of(const Address& address) {
  return mixed(mixed(address.classid, address.objid), static_cast<std::size_t>(address.objsubid));
}

}  // namespace

bool same_name(const Kind& kind, const NameView& a, const NameView& b) {
  if (a == b) return true;
  return kind.spelled_out && a.schema == b.schema && a.relation == b.relation &&
         sql::same_but_for_quotes(a.name, b.name);
}

std::size_t hash_of(const Kind& kind, const NameView& name) {
  const std::hash<std::string_view> hash;
  const bool may_be_quoted = kind.spelled_out && name.name.find('"') != std::string_view::npos;
  const auto own = may_be_quoted ? hash(sql::without_needless_quotes(name.name)) : hash(name.name);
  return mixed(mixed(hash_of(name.schema, name.relation), own), std::hash<const Kind*>()(&kind));
}

std::string display(const Name& name) {
  return display_place(name) + sql::display_ident(name.name);
}

std::string display(const Kind& kind, const Name& name) {
  return kind.spelled_out ? display_place(name) + text::visible(name.name) : display(name);
}

bool holds_data(const Object& object) {
  const auto& kind = *object.kind;
  return kind.holds_data && !(kind.is_derived && kind.is_derived(object));
}

std::string kind_words(const Kind& kind) {
  return kind.noun.empty() ? text::replace_all(std::string(kind.name), "_", " ")
                           : std::string(kind.noun);
}

std::string display_with_kind(const Kind& kind, const Name& name) {
  return fmt::format("{} {}", kind_words(kind), display(kind, name));
}

std::string display(const SourceLocation& where) {
  auto file = text::visible(where.file);
  if (where.line == 0) return file;
  if (where.column == 0) return fmt::format("{}:{}", file, where.line);
  return fmt::format("{}:{}:{}", file, where.line, where.column);
}

const Value& Values::at(std::size_t position) const {
  if (position >= size()) throw std::out_of_range("there is no value at this position");
  return (*m_row)[position];
}

std::vector<Value>::const_iterator Values::begin() const {
  return m_row ? m_row->begin() : std::vector<Value>::const_iterator();
}

std::vector<Value>::const_iterator Values::end() const {
  return m_row ? m_row->end() : std::vector<Value>::const_iterator();
}

void Values::set(std::size_t position, Value value) {
  std::vector<Value> row(begin(), end());
  row.at(position) = std::move(value);
  m_row = std::make_shared<const std::vector<Value>>(std::move(row));
}

bool Values::operator==(const Values& other) const {
  return m_row == other.m_row || std::equal(begin(), end(), other.begin(), other.end());
}

const Value& Object::value(std::string_view attribute) const {
  return values.at(kind->attribute_position(attribute));
}

bool Object::is_relation() const {
  return kind->home == Kind::Home::relation && name.relation.empty();
}

bool Object::is_part_of(const Object& relation) const {
  return relation.is_relation() && name.is_part_of(relation.name);
}

bool Object::rests_on(const Object& other) const {
  return std::find(depends_on.begin(), depends_on.end(), Reference{other.kind, other.name}) !=
         depends_on.end();
}

void Object::set(std::string_view attribute, Value value) {
  values.set(kind->attribute_position(attribute), std::move(value));
}

struct Schema::Pending {
  Pending(std::shared_future<std::shared_ptr<const Outline>> coming, std::size_t seeming_size)
      : about(seeming_size), m_coming(std::move(coming)) {}

  const Outline& outline() {
    const auto* here = m_here.load(std::memory_order_acquire);
    if (!here) m_here.store(here = m_coming.get().get(), std::memory_order_release);
    return *here;
  }

  const std::size_t about;
  std::once_flag once = {};
  Schema made = {};

 private:
  std::shared_future<std::shared_ptr<const Outline>> m_coming;
  std::atomic<const Outline*> m_here = nullptr;
};

Schema::Schema(std::shared_future<std::shared_ptr<const Outline>> outline, std::size_t about)
    : m_pending(std::make_shared<Pending>(std::move(outline), about)) {}

const Schema& Schema::made() const {
  if (!m_pending) return *this;
  std::call_once(m_pending->once, [this] { m_pending->made = m_pending->outline().schema(); });
  return m_pending->made;
}

std::size_t Schema::size() const {
  return m_pending ? m_pending->outline().size() : m_objects.size();
}

std::size_t Schema::about_size() const {
  return m_pending ? m_pending->about : m_objects.size();
}

const Kind& Schema::kind_at(Position position) const {
  return m_pending ? m_pending->outline().kind(position) : *m_objects[position].kind;
}

NameView Schema::name_at(Position position) const {
  return m_pending ? m_pending->outline().name(position) : m_objects[position].name;
}

const Values& Schema::values_at(Position position) const {
  return m_pending ? m_pending->outline().values(position) : m_objects[position].values;
}

std::optional<Position> Schema::find_position(const Kind& kind, const NameView& name) const {
  if (m_pending) return m_pending->outline().find(kind, name);
  return m_by_name.find(hash_of(kind, name), [&](Position at) {
    return m_objects[at].kind == &kind && same_name(kind, m_objects[at].name, name);
  });
}

bool Schema::add(Object object) {
  if (m_pending) throw std::logic_error("an outlined schema is complete");
  const auto position = static_cast<Position>(m_objects.size());
  const auto* kind = object.kind;
  const bool is_new = !find(*kind, object.name);
  if (is_new) m_by_name.insert(hash_of(*kind, object.name), position);
  if (!kind->describes && object.address != Address() && !find(object.address))
    m_by_address.insert(hash_of(object.address), position);
  m_objects.push_back(std::move(object));
  m_next.push_back(position);
  m_last.push_back(position);
  if (kind->home == Kind::Home::relation) chain(position);
  return is_new;
}

void Schema::reserve(std::size_t objects) {
  m_objects.reserve(objects);
  m_next.reserve(objects);
  m_last.reserve(objects);
  m_by_name.reserve(objects);
}

void Schema::chain(Position position) {
  const auto& name = m_objects[position].name;
  const auto first = first_of(name.schema, name.group());
  if (!first) return m_by_group.insert(hash_of(name.schema, name.group()), position);
  m_next[m_last[*first]] = position;
  m_last[*first] = position;
}

std::optional<Position> Schema::first_of(const std::string& schema,
                                         const std::string& group) const {
  return m_by_group.find(hash_of(schema, group), [&](Position at) {
    return m_objects[at].name.schema == schema && m_objects[at].name.group() == group;
  });
}

void Schema::add_dependency(std::size_t position, Reference needed) {
  auto& object = m_objects.at(position);
  auto& known = object.depends_on;
  if (Reference{object.kind, object.name} == needed) return;
  const auto same = std::find(known.begin(), known.end(), needed);
  if (same == known.end())
    known.push_back(std::move(needed));
  else
    same->goes_along = same->goes_along && needed.goes_along;
}

const Object* Schema::find(const Kind& kind, const NameView& name) const {
  const auto found = find_position(kind, name);
  return found ? &objects()[*found] : nullptr;
}

const Object* Schema::find(const Address& address) const {
  if (m_pending) return made().find(address);
  const auto found = m_by_address.find(
      hash_of(address), [&](Position at) { return m_objects[at].address == address; });
  return found ? &m_objects[*found] : nullptr;
}

const Object* Schema::relation(const std::string& schema, const std::string& group) const {
  if (m_pending) return made().relation(schema, group);
  auto at = first_of(schema, group);
  while (at && !m_objects[*at].is_relation())
    at = m_next[*at] == *at ? std::nullopt : std::optional(m_next[*at]);
  return at ? &m_objects[*at] : nullptr;
}

std::vector<const Object*> Schema::of_relation(const std::string& schema,
                                               const std::string& group) const {
  if (m_pending) return made().of_relation(schema, group);
  std::vector<const Object*> found;
  const auto first = first_of(schema, group);
  if (!first) return found;
  for (auto at = *first;; at = m_next[at]) {
    found.push_back(&m_objects[at]);
    if (m_next[at] == at) return found;
  }
}

}  // namespace pgmend
