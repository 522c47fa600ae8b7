// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/declaration.hpp"
#include "model/finding.hpp"
#include "model/object.hpp"
#include "model/plan.hpp"

namespace pgmend {

/// Two values of one attribute that differ, and the objects they belong to.
struct Difference {
  const Object& expected;
  const Object& actual;
  const Value& wanted;
  const Value& found;
};

/// One attribute of a kind of object.
struct Attribute {
  enum class Form {
    structural,  // the catalogs hold it as structure: equal text means equal
    text,        // an expression: different texts may mean the same, so the server is asked
    reference,   // structural; the qualified name of a relation
    fault,       // a state that nobody expects: held against its absence, whatever is expected
    directive,   // never compared: a wish of the declaration, or a fact that helps a judgement
  };

  std::string_view name;
  /// What people call it, where that is not its name: "NOT NULL".
  std::string_view words = {};
  /// One line, for people. What goes wrong where it differs stands behind its first full stop.
  std::string_view doc;
  Form form = Form::structural;
  /// The first major version of the server that has it; older ones say nothing about it.
  int since = 0;
  /// Where a source leaves it to the server, those from this major version on choose otherwise than
  /// older ones; 0: all choose the same.
  int chosen_otherwise_since = 0;
  /// What a difference in this attribute amounts to; null for directives.
  Judgement (*judge)(const Difference& difference) = nullptr;
  /// A declaration that does not state it says nothing about it: no text could ask for the default.
  bool only_if_stated = false;
  /// A state that is only worse than to be without it: where it is expected, to be without it is no
  /// difference.
  bool is_shortcoming = false;
  /// To set it takes what else is mended of the object, and its parts: an index that it names, the
  /// columns that its type prescribes.
  bool comes_last = false;
  /// A child has its own: what is done to its parent leaves it as it is.
  bool is_own_in_children = false;
  /// What rests on the object, and its parts, take it to be so: without it they cannot be made or
  /// removed.
  bool is_ground = false;
  /// A wish of the declaration: no catalog has it, and the query does not return it.
  bool is_wish = false;
  /// What a change of it comes to is tried on an empty twin of the relation (Facts::change).
  bool is_rehearsed = false;
  /// Says more of something whose presence another attribute tells: compared where both sides have
  /// it.
  bool is_detail = false;
  /// Words of people or of other programs, in which everything counts. In all else quotes around a
  /// plain name do not: which words a server quotes depends on its version.
  bool verbatim = false;
  /// Verbatim words in which names may be qualified by schemas: source text, a search_path.
  bool names_schemas = false;
  /// Whether two texts that differ mean the same on every server, by what the room knows.
  bool (*alike)(const Difference& difference) = nullptr;
  /// Objects that have it were not read at all before there was this attribute: a lock file whose
  /// writer did not know it says nothing of them.
  bool marks_newly_read = false;
  /// What its texts can be: "A|B" is one of these, "[]" an array's text form, "#" a whole number;
  /// empty: anything. In an expression (Form::text), brackets and quotes are closed besides.
  std::string_view values = {};
};

/// A place in a declared text that refers to another relation.
struct Mention {
  std::string schema;  // empty where none is written
  std::string relation;
  std::vector<std::string> parts;  // of that relation; none: whatever is its default target
  std::size_t begin = 0;           // of the relation's name in the text, in bytes
  std::size_t end = 0;
};

/// What a kind knows of texts and objects that refer to another relation.
struct Referring {
  std::vector<Mention> (*mentions)(std::string_view text);
  /// The parts that this text makes the default target of its relation; none if it does not.
  std::vector<std::string> (*stated_target)(const Declared& declared);
  /// The element that lets others refer to these parts.
  std::string (*target_element)(const std::vector<std::string>& parts, bool is_default);
  /// Whether an object rests on that part of the relation it refers to.
  bool (*rests_on)(const Object& object, const Object& other);
};

/// A kind of object: all there is to know about it, in one room of src/kinds.
///
/// `catalog_query` reads all objects of the kind at once and runs as it stands in psql on the
/// newest server. Lines carry marks for the rest:
///   … -- since 15       only sent to servers of that major version or newer
///   -- before 15: …     only sent to older ones
///   -- narrowed: …      only sent when reading a part; $1 is the oid[] of relations, or of schemas
///                       for what stands in a schema by itself
///   … -- whole          only sent when reading everything
/// It returns schema, relation, name, classid, objid, objsubid, and each attribute by its name, but
/// for wishes; NULL means absent. If some are rare, it also returns `has_rare`, which is true
/// wherever one of them is present.
struct Kind {
  enum class Home {
    relation,  // a relation, or part of one
    schema,    // stands in a schema by itself
    database,  // in no schema
  };

  std::string_view name;    // "column"
  std::string_view plural;  // "columns"
  /// One of them, where the name alone is no noun: "unique constraint".
  std::string_view noun = {};
  std::string_view doc;  // one line, for people
  Home home = Home::relation;
  /// The word behind --with that makes it be looked at; empty: it always is.
  std::string_view asked_for = {};
  std::string_view owner;  // the kind whose objects these are part of; empty if none
  std::string_view catalog_query;
  /// Returns a row wherever the database may hold an object of the kind; where it returns none, the
  /// catalog query is not sent: most schemas hold few of the kinds, and it takes the server longer
  /// to plan a query than to find nothing. Marked like a catalog query. Empty: it is always sent.
  std::string_view presence_query = {};
  /// How long reading it takes in a large schema, beside other kinds: by this, two sessions share
  /// the work. What weighs anything locks no other relations when it is printed.
  int weight = 0;
  /// To print its texts, the server opens the relation of each; a session does that once for each
  /// relation, so one session reads all such kinds.
  bool opens_relations = false;
  /// Returns a row if an object is in a state that nobody expects (Attribute::Form::fault) and that
  /// no catalog tells of, but rows or a sequence do. Empty: the catalogs tell everything.
  std::string_view faults_query = {};
  /// What reads rows (and so has the server plan a query of them) can fail by the very drift that
  /// is looked for. Sent before the catalog query once that has failed: finds out, one by one, what
  /// cannot be read, and lets the catalog query leave that out. Marked like a catalog query.
  std::string_view caution = {};
  /// Addresses that pg_depend makes no part, or not only a part, of the objects of this kind and
  /// that are: returns classid, objid, wholeclassid, wholeobjid. Marked like a catalog query.
  std::string_view parts_query = {};
  std::span<const Attribute> attributes;
  /// Attributes that most objects have; empty: all. The others are rare and looked at only where
  /// the query's `has_rare` is true: to send twenty NULLs of each of 100,000 columns takes as long
  /// as to find them.
  std::span<const std::string_view> common = {};

  /// What an application meets where it is missing: the server's error with `{name}` and
  /// `{relation}`, or other words. Empty: nothing that can be said in general.
  std::string_view without = {};
  /// What it amounts to that it is missing; null: ensure adds it.
  Judgement (*judge_missing)(const Object& expected) = nullptr;
  /// What it amounts to that it is there and not expected; null: worth knowing, not wrong.
  Judgement (*judge_extra)(const Object& actual) = nullptr;

  /// How it is declared in pgmend.yaml; null if it cannot be.
  const Section* section = nullptr;
  /// What such a text begins with, where one section serves several kinds. Tells them apart only
  /// when the server cannot be asked.
  std::string_view keyword = {};

  /// Names are made of several parts and spelled already ("f(integer)"): shown as they are, and
  /// looked up whatever plain names in them are quoted.
  bool spelled_out = false;
  /// Its objects say something of another, and have the address of that: nothing rests on them.
  bool describes = false;
  /// Acts when other objects are made, changed or removed: goes before that, and comes behind it.
  bool meddles = false;
  /// Dropping one loses what nothing can bring back.
  bool holds_data = false;
  /// Whether all its data come from others, so that it can be dropped and made again; null: never.
  bool (*is_derived)(const Object& object) = nullptr;
  /// Where the type of a column changes that it is on, the server makes it anew by itself, or
  /// leaves it.
  bool carried_along = false;
  /// What a child has of its own under the same name becomes one with it.
  bool is_one_with_parents = false;
  /// A relation that is a query: whether it has rows is not asked, for that would run it.
  bool is_query = false;
  /// A foreign key can rest on it.
  bool referable = false;
  /// Set where its objects refer to another relation.
  const Referring* referring = nullptr;
  /// What a new object is to have in common with all others of its kind in the schema: given
  /// schema, name, and `relkinds` as text[] in $1 to $3 it returns statements that are sent right
  /// after it is created (statement), and the word behind --with that they are about (about).
  std::string_view heritage_query = {};
  std::string_view relkinds = {};  // "{r,p}"
  /// The right on its relation that is enough to create it ("TRIGGER"); empty: it takes the owner.
  std::string_view right_to_create = {};
  /// Whether creating the object takes a further name in its schema, and so the right CREATE there;
  /// null: it does if its own name is one (occupants_query).
  bool (*takes_name)(const Object& object) = nullptr;
  /// That name, where it is known; empty: the server chooses it. Where something else has taken it,
  /// the object cannot be created. Unique among all that `further_occupants_query` finds, which is
  /// as occupants_query.
  std::string (*further_name)(const Object& object) = nullptr;
  std::string_view further_occupants_query = {};
  /// What the role lacks to create objects that are in no schema: given their names as text[] in
  /// $1 it returns name, problem, hint for each that cannot be created. Empty: that is not known.
  std::string_view rights_query = {};
  /// Creating it may rewrite the relation: whether it does is rehearsed on an empty twin.
  bool may_rewrite = false;

  /// Names are unique among all that this query finds: given text[] in $1 it returns schema,
  /// relation, name, what. Says who has taken a missing object's name, and where else it stands.
  std::string_view occupants_query = {};
  /// What else of its relation cannot have its name, in words: "constraints". Empty: everything
  /// may.
  std::string_view named_among = {};
  /// Where a missing object's name is taken: what it takes to make the object of that, or put it in
  /// its place (Facts::occupant); nothing if that is not pgmend's to do. Null: it never is.
  std::optional<Judgement> (*judge_taken)(const Object& expected,
                                          const Occupant& occupant) = nullptr;

  /// Its form inside the owner's parentheses when both are created, or null.
  std::string (*element)(const Object& object) = nullptr;
  /// Whether it stands there when the owner is created; what does not comes by itself, or by
  /// `after_element`. Null: it always does.
  bool (*is_element)(const Object& object) = nullptr;
  /// Whether this part of a child comes and goes by what is done to the same part of its parent;
  /// null: never.
  bool (*follows_parent)(const Object& part, const Object& relation) = nullptr;
  /// Statements that say what the element, or the plain statement, cannot; sent right after the
  /// owner's. Null: there are none.
  std::vector<std::string> (*after_element)(const Object& object, const Facts& facts) = nullptr;
  /// The bare form that a twin of the owner needs so that texts which name it can be parsed; null
  /// if nothing can name it.
  std::string (*twin_element)(const Object& object) = nullptr;
  /// The one plain statement that creates it: used on twins and in rehearsals.
  std::string (*statement)(const Object& object, std::span<const std::string> elements) = nullptr;
  /// What makes the twin that its parts are put on, where `statement` makes none that takes them.
  std::string (*ground)(const Object& object) = nullptr;
  /// What follows its name in a declaration: reads back as the same object.
  std::string (*definition)(const Object& object) = nullptr;

  Recipe (*create)(const Object& expected, std::span<const std::string> elements,
                   const Facts& facts) = nullptr;
  /// Makes one attribute right.
  Recipe (*mend)(const Object& expected, const Object& actual, std::string_view attribute,
                 const Facts& facts) = nullptr;
  /// The statement that gives it another name. What holds data may have been renamed where it seems
  /// to be missing, and its rows stand under the other name; what stands under another name gets
  /// the expected one; what holds values of others stands aside under another while they are moved.
  std::string (*renaming)(const Object& actual, const std::string& name) = nullptr;
  /// Values that there are and are not expected, as text: rows may hold them. Null: to make it anew
  /// may change values, so that it is not done while they are held.
  std::vector<std::string> (*lost_values)(const Object& expected, const Object& actual) = nullptr;
  /// Holds values of others: how it is moved to new ones. `expected` is null if nothing is.
  Move (*move_over)(const Object& actual, const Object* expected, const Exchange& exchange,
                    const Facts& facts) = nullptr;
  /// A relation whose rows can be copied: the statement that puts what `from` holds (its quoted
  /// name) in these parts into those of the same names.
  std::string (*copy_rows)(const Object& to, const std::string& from,
                           std::span<const std::string> parts) = nullptr;
  /// Whether it holds a piece of the rows of what it rests on, and goes with that; null: never.
  bool (*is_piece)(const Object& relation) = nullptr;
  /// A part that rows are copied in: `actual` is the one that they come from, null if there is
  /// none.
  Carried (*carry_over)(const Object& expected, const Object* actual, const Facts& facts) = nullptr;
  /// Removes it; null: pgmend does not.
  Recipe (*drop)(const Object& actual) = nullptr;
  /// For kinds that describe: takes away what a new object comes with and is not said of it; null:
  /// nothing comes by itself.
  std::vector<Stage> (*strip)(const Object& object, std::span<const Object* const> said) = nullptr;

  std::optional<std::size_t> find_attribute(std::string_view attribute) const;
  bool is_rare(const Attribute& attribute) const;
  /// Of one that it has.
  std::size_t attribute_position(std::string_view attribute) const;
};

/// Whether dropping it loses what nothing can bring back.
bool holds_data(const Object& object);

/// "foreign key"
std::string kind_words(const Kind& kind);

/// As display(name), with names that are spelled out as they are.
std::string display(const Kind& kind, const Name& name);

/// With the kind in front: "foreign key orders.orders_user_fk".
std::string display_with_kind(const Kind& kind, const Name& name);

using Kinds = std::span<const Kind* const>;

}  // namespace pgmend
