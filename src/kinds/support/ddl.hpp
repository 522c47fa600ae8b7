// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/kind.hpp"

/// Pieces of DDL and of recipes that several rooms share.
namespace pgmend::kinds {

/// The quoted name of the relation that the object is part of.
std::string relation_sql(const Object& object);

/// The quoted name of an object that is part of no relation.
std::string own_sql(const Object& object);

/// "ALTER TABLE schema.relation" for the relation that the object is part of.
std::string alter_table(const Object& object);

/// SET what is expected in the attribute, RESET what is not, each behind `alter`.
std::vector<std::string> set_options(const std::string& alter, const Object& expected,
                                     const Object& actual, std::string_view attribute = "options");

/// Whether it is a partitioned table; null is none, nor is a relation of another kind.
bool is_partitioned(const Object* relation);

/// Whether it is a table, and a partition of another.
bool is_partition(const Object& relation);

/// Of a table.
bool is_foreign_table(const Object& table);

/// Whether this column tells where rows of the table go.
bool is_in_partition_key(const Object& column, const Object& table);

/// The lock that creating a view or function takes on what it reads: none if that is nothing.
Lock reading_lock(const Object& object);

/// The elements of an array's text form, joined by commas. Names in it are quoted by the server.
std::string list(std::string_view array_text);

/// The quoted or bare name that a text of the server begins with, as it stands there.
std::string leading_name(std::string_view text);

/// The name that quote_ident() was given.
std::string unquoted(const std::string& ident);

/// The elements of `texts` that are not among `others`.
std::vector<std::string> without(const std::vector<std::string>& texts,
                                 const std::vector<std::string>& others);

/// A name for something that lives only during a repair. Deterministic, so that a later run finds
/// and removes what a killed one left behind.
std::string helper_name(std::string_view purpose, const Object& object);

/// These give a type, a constraint another name (Kind::renaming).
std::string type_renaming(const Object& type, const std::string& name);
std::string constraint_renaming(const Object& constraint, const std::string& name);

Stage in_transaction(std::vector<std::string> statements, Lock lock, Cost cost);

/// One action of ALTER TABLE, which may be merged with others of the same table.
Stage alter_action(const Object& object, std::string action, Lock lock, Cost cost);

/// What it takes to hold a table for as long as its rows are read or written (Recipe::needs).
std::optional<Consent> rewrite_over_rows(const Facts& facts);

/// Statements that lock no table, all or none of them.
Recipe in_catalogs(std::vector<std::string> statements);

/// Drop it and create it again: how, and with what else, the planner knows.
Recipe made_anew();

Stage alone(std::string statement, Lock lock, Cost cost, std::string undo = {});

/// `query` returns a row, its first field a number, if the data stand against the step. In
/// `refusal`, {} is replaced by that number. `examples` returns a few of them in words.
Stage precondition(std::string query, std::string refusal, std::string hint,
                   std::string examples = {});

/// Names in pg_class are unique in a schema, whatever they name; Kind::occupants_query for all
/// kinds that live there.
extern const std::string_view k_relation_occupants;

/// Names in pg_type are unique in a schema, too; Kind::occupants_query for types that are no
/// relations.
extern const std::string_view k_type_occupants;

}  // namespace pgmend::kinds
