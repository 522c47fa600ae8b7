// SPDX-License-Identifier: MIT
#pragma once

#include <compare>
#include <future>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "util/position_index.hpp"

namespace pgmend {

struct Kind;

/// Where an object lives. `relation` is empty for what stands in a schema by itself.
struct Name {
  std::string schema;
  std::string relation;
  std::string name;

  auto operator<=>(const Name&) const = default;

  /// The relation this object is part of, or is.
  const std::string& group() const { return relation.empty() ? name : relation; }
  bool is_part_of(const Name& other) const {
    return !relation.empty() && schema == other.schema && relation == other.name;
  }
};

/// The same of texts that stand elsewhere.
struct NameView {
  std::string_view schema;
  std::string_view relation;
  std::string_view name;

  NameView(std::string_view in_schema, std::string_view of_relation, std::string_view own)
      : schema(in_schema), relation(of_relation), name(own) {}
  NameView(const Name& whole) : NameView(whole.schema, whole.relation, whole.name) {}
  bool operator==(const NameView&) const = default;
  Name copy() const { return {std::string(schema), std::string(relation), std::string(name)}; }
};

/// "api_keys.webhook_url": for people; the schema only where it is not `public`.
std::string display(const Name& name);

/// PostgreSQL's own address of an object, as in pg_depend (documentation, section 53.18).
struct Address {
  unsigned classid = 0;
  unsigned objid = 0;
  int objsubid = 0;

  auto operator<=>(const Address&) const = default;
};

/// A place in a file, counted from 1; line 0 means "the file as a whole".
struct SourceLocation {
  std::string file;
  int line = 0;
  int column = 0;
};

/// "pgmend.yaml:12:5"
std::string display(const SourceLocation& where);

/// One attribute of an object: its text, the fact that there is none (no DEFAULT, say), or, on the
/// expected side of a partial source, nothing said about it, which agrees with everything.
class Value {
 public:
  static Value unspecified() { return Value(State::unspecified, {}); }
  static Value absent() { return Value(State::absent, {}); }
  static Value present(std::string text) { return Value(State::present, std::move(text)); }

  bool is_specified() const { return m_state != State::unspecified; }
  bool is_present() const { return m_state == State::present; }
  const std::string& text() const { return m_text; }

  bool operator==(const Value&) const = default;

 private:
  enum class State { unspecified, absent, present };
  Value(State state, std::string text) : m_state(state), m_text(std::move(text)) {}

  State m_state;
  std::string m_text;
};

/// The values of an object's attributes, parallel to kind->attributes. Copies share one row until
/// one of them is changed: most columns of a large schema are alike, and whoever reads them makes
/// equal rows one.
class Values {
 public:
  Values() = default;
  Values(std::vector<Value> row)
      : m_row(std::make_shared<const std::vector<Value>>(std::move(row))) {}
  Values(std::initializer_list<Value> row) : Values(std::vector<Value>(row)) {}

  std::size_t size() const { return m_row ? m_row->size() : 0; }
  const Value& operator[](std::size_t position) const { return (*m_row)[position]; }
  const Value& at(std::size_t position) const;
  std::vector<Value>::const_iterator begin() const;
  std::vector<Value>::const_iterator end() const;
  void set(std::size_t position, Value value);
  /// They are one row: known to be equal without a look.
  bool shares_with(const Values& other) const { return m_row == other.m_row; }
  bool operator==(const Values& other) const;

 private:
  std::shared_ptr<const std::vector<Value>> m_row;
};

/// Names an object across databases, where addresses do not reach.
struct Reference {
  const Kind* kind = nullptr;
  Name name;
  /// What refers to it goes when it goes; otherwise that keeps it from being dropped.
  bool goes_along = false;

  /// The same object is meant.
  bool operator==(const Reference& other) const { return kind == other.kind && name == other.name; }
};

/// Whether objects of that kind with these names are the same.
bool same_name(const Kind& kind, const NameView& a, const NameView& b);

/// By kind and name; the same names have equal hashes.
std::size_t hash_of(const Kind& kind, const NameView& name);

/// One object of a schema, expected or actual.
struct Object {
  const Kind* kind = nullptr;
  Name name;
  Values values;
  Address address;  // in the database it was read from
  std::vector<Reference> depends_on;
  SourceLocation where;   // of the declaration; expected side only
  bool any_name = false;  // the server made the name up: an equal object of another name will do

  /// By the attribute's name; a name the kind does not have is a programming error.
  const Value& value(std::string_view attribute) const;
  const std::string& text(std::string_view attribute) const { return value(attribute).text(); }
  bool has(std::string_view attribute) const { return value(attribute).is_present(); }
  /// Others can be part of it.
  bool is_relation() const;
  /// It comes and goes with this relation.
  bool is_part_of(const Object& relation) const;
  /// It stands among what this depends on.
  bool rests_on(const Object& other) const;
  void set(std::string_view attribute, Value value);
};

class Outline;

/// A set of objects in the order in which they were read, which for parts of a relation is the
/// server's own order. Several threads may read it.
class Schema {
 public:
  Schema() = default;
  /// The outline is waited for when anything is asked of it, and throws then what it took to make
  /// it; the objects are made when one of them is asked for. It cannot be added to. `about`: how
  /// many objects it seems to have.
  Schema(std::shared_future<std::shared_ptr<const Outline>> outline, std::size_t about);

  /// False if there was one of that kind and name already, which remains the one that is found.
  bool add(Object object);
  void reserve(std::size_t objects);
  const std::vector<Object>& objects() const { return made().m_objects; }

  /// What can be said of objects()[position] without making it.
  std::size_t size() const;
  /// The same, or what it seems to be: without waiting.
  std::size_t about_size() const;
  const Kind& kind_at(Position position) const;
  NameView name_at(Position position) const;
  const Values& values_at(Position position) const;
  std::optional<Position> find_position(const Kind& kind, const NameView& name) const;

  /// Notes that objects()[position] depends on another.
  void add_dependency(std::size_t position, Reference needed);
  std::size_t position_of(const Object& object) const {
    return static_cast<std::size_t>(&object - objects().data());
  }
  const Object* find(const Kind& kind, const NameView& name) const;
  const Object* find(const Address& address) const;
  /// The relation itself; null if it is not here.
  const Object* relation(const std::string& schema, const std::string& group) const;
  /// The relation itself and all that is part of it.
  std::vector<const Object*> of_relation(const std::string& schema, const std::string& group) const;

 private:
  struct Pending;
  const Schema& made() const;
  void chain(Position position);
  std::optional<Position> first_of(const std::string& schema, const std::string& group) const;

  std::shared_ptr<Pending> m_pending;  // if set, the rest is empty
  std::vector<Object> m_objects;
  PositionIndex m_by_name;
  PositionIndex m_by_address;
  PositionIndex m_by_group;      // the first of each relation: itself or a part of it
  std::vector<Position> m_next;  // for each object the next of its relation
  std::vector<Position> m_last;  // for the first of a relation the last
};

}  // namespace pgmend
