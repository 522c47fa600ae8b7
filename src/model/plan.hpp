// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/finding.hpp"

namespace pgmend {

/// Table-level lock modes, weakest first (PostgreSQL documentation, section 13.3.1).
enum class Lock {
  none,
  access_share,
  row_share,
  row_exclusive,
  share_update_exclusive,
  share,
  share_row_exclusive,
  exclusive,
  access_exclusive,
};

std::string_view to_string(Lock lock);

/// In plain words, what a lock keeps others from doing.
std::string_view blocks(Lock lock);

/// "SHARE lock, which blocks writes", or "no lock".
std::string lock_words(Lock lock);

/// What a stage's time depends on.
enum class Cost {
  catalog,  // nothing: catalogs only
  scan,     // reads the table once
  build,    // builds an index
  rows,     // writes rows
  rewrite,  // rewrites the table
};

std::string_view to_string(Cost cost);

/// A part of a recipe: what is sent, and committed, as one.
struct Stage {
  enum class Form {
    transaction,   // all statements in one transaction, retried whole on a lock conflict
    alone,         // one statement that refuses to run in a transaction
    batches,       // ranges of rows, each in a transaction of its own: see below
    precondition,  // one query; any row it returns is evidence against the step
  };

  Form form = Form::transaction;
  /// Of batches these three: a query that, given the text[] of the last key in $1 (NULL at first),
  /// returns the text[] of the key at the end of the next range, and no row behind the last one;
  /// the statement that changes the rows from $1 (without it) to $2, leaving out those that are
  /// locked; and a query that returns a row while any are left. Of preconditions the query, its
  /// first field a number, and optionally one for a few examples in words.
  std::vector<std::string> statements;
  /// If set, `statements` are actions of this one statement ("ALTER TABLE t"), joined by commas.
  /// Only then may stages of different findings be merged.
  std::string head = {};
  /// If set, the first so many statements free what others take that share it with this one
  /// ("partitions of t"): all of them come before all the rest, in one transaction.
  std::string shared = {};
  std::size_t freeing = 0;
  Lock lock = Lock::access_exclusive;
  /// Other relations that are locked in the same way: quoted names.
  std::vector<std::string> also_locks = {};
  Cost cost = Cost::catalog;
  std::string undo =
      {};  // sent outside a transaction when this stage fails: leaves nothing half-built
  std::string refusal = {};  // precondition: what a row means
  std::string hint = {};     // precondition: what to do then

  /// The SQL as it is sent; of batches, what changes rows.
  std::vector<std::string> sql() const;
};

/// How to make one thing right: stages in order, each restartable.
struct Recipe {
  std::vector<Stage> stages;
  std::string refusal = {};  // set instead of stages: why there is no way without a person
  std::string hint = {};
  std::optional<Consent> needs =
      {};  // beyond what the finding needs: this way of doing it costs more
  /// Set where only a superuser may do it: what it is that takes one.
  std::string superuser_for = {};
  /// The object is dropped and made anew. Without stages, but for preconditions, the planner writes
  /// them, for the object and for all that rests on it; stages that do it by themselves lose what
  /// is said of the object, and of Facts::in_children, which the planner puts back.
  bool anew = false;
  /// The object, a relation, is made anew beside the old one, and its rows are copied: the planner
  /// writes that.
  bool copies = false;
  /// The server refuses it while anything rests on the object that it does not carry along by
  /// itself (Kind::carried_along): the planner drops that before, and makes it anew behind.
  bool makes_way = false;
  /// What others rest on that it makes anew along with the object: that has to be there before.
  std::vector<Reference> also_needs = {};
  /// Those of them that come back as they are expected, whatever differed.
  std::vector<Reference> also_settles = {};
};

/// A column, quoted, and its type.
struct KeyColumn {
  std::string name;
  std::string type;
};

/// A table below a partitioned one, at whatever depth.
struct Partition {
  std::string schema;
  std::string name;
  std::string parent_schema;
  std::string parent_name;
  bool is_partitioned = false;  // and has partitions of its own
};

/// What a change came to that was rehearsed.
enum class Rehearsed {
  not_tried,
  refused,     // by the server
  keeps_file,  // neither the relation nor what is built on it was rewritten
  rewrites,
};

/// The same part of a relation that inherits from this one, or is a partition of it.
struct InChild {
  const Object* part = nullptr;
  const Object* relation = nullptr;
};

/// What has the name that a missing object is to get.
struct Occupant {
  Name name;
  std::string what;                // in words: "index"
  const Object* object = nullptr;  // null if no kind reads it as an object of its own
};

/// What a room may know of the target when it writes a recipe.
struct Facts {
  int server_version = 0;                  // 150020
  bool relation_has_rows = true;           // of the relation the object belongs to
  std::vector<KeyColumn> row_key = {};     // what tells its rows apart; empty if nothing does
  std::vector<Partition> partitions = {};  // of a partitioned table, each behind its parent
  std::string no_update = {};  // why rows of it take no UPDATE; empty: nothing is known against it
  std::string update_triggers =
      {};                      // what may change an UPDATE of a row, or keep it from being made
  bool rewrites = false;       // a rehearsal showed that the plain statement rewrites the table
  bool rewrites_bare = false;  // and so does it without its expressions (a default)
  Rehearsed change = Rehearsed::not_tried;  // of this attribute, by the first recipe of the room
  std::string obstacle = {};         // why the recipe that the room wrote then was refused as well
  const Object* relation = nullptr;  // as it is, or as it is to be created in this plan
  const Object* expected_relation = nullptr;  // as it should be; null where that is not known
  const Occupant* occupant = nullptr;     // what has the name of the missing object, if it may go
  std::vector<const Object*> parts = {};  // of the relation as it is, where one of them is changed
  /// Where children have this part of their own: as it is there, each behind its parent.
  std::vector<InChild> in_children = {};
};

/// What is made anew while others hold its values: it stands aside under another name until they
/// are moved to what has its name then, and what holds it within stands aside with it.
struct Exchange {
  const Object* anew = nullptr;
  std::vector<const Object*> aside = {};  // that one among them
  std::vector<std::string> lost = {};     // values that the new one does not have, as text
};

/// How something that holds such values is moved.
struct Move {
  std::vector<Stage> evidence = {};    // preconditions: what rows have against it
  Stage let_go = {.statements = {}};   // before anything stands aside; both one statement's actions
  Stage take_up = {.statements = {}};  // when the new one has the name
  std::string refusal = {};            // set instead: why it cannot be
  std::string hint = {};
};

/// What takes a part of a relation over to the new one that its rows are copied to.
struct Carried {
  std::vector<std::string> let_go = {};   // before the old one gets another name
  std::string element = {};               // inside the parentheses of the new one
  std::vector<std::string> take_up = {};  // when the rows are there, before the old one is dropped
};

/// One repair: the findings it settles and the recipe.
struct Step {
  std::string schema;
  std::string relation;
  std::vector<std::size_t> findings;  // positions in the report's findings
  Recipe recipe;
  /// If this step was merged from several: those, to be tried one by one when it fails.
  std::vector<Step> alternatives;
};

class Plan {
 public:
  Plan() = default;
  Plan(std::vector<Step> steps);

  const std::vector<Step>& steps() const { return m_steps; }
  /// What settles this finding (a position in the report's findings), by itself where its step was
  /// merged from several; null if nothing is planned for it.
  const Recipe* recipe_for(std::size_t finding) const;

 private:
  struct Place {
    std::size_t step = 0;
    std::optional<std::size_t> alternative = {};
  };

  std::vector<Step> m_steps;
  std::unordered_map<std::size_t, Place> m_places;  // of findings
};

}  // namespace pgmend
