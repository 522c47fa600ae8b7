// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/object.hpp"

namespace pgmend {

/// One thing a person wrote down as expected: free text that only the server can read.
struct Declared {
  struct Part {
    std::string text;
    SourceLocation where;
  };

  const struct Section* section = nullptr;
  Name name;
  std::map<std::string, Part, std::less<>> parts;  // by key; the short form is "definition"
  SourceLocation where;

  const Part* part(std::string_view key) const;
  bool is_short() const { return part("definition") != nullptr; }
};

/// A key that a declaration may have.
struct Key {
  enum class Form {
    text,
    boolean,
    expression,  // an SQL expression over the relation's columns, asked from the server by itself
  };
  std::string_view name;
  Form form = Form::text;
  std::string_view attribute;  // the attribute it speaks of
  std::string_view doc;
};

/// One section of pgmend.yaml below a relation, and how its texts are put before the server.
struct Section {
  std::string_view name;   // "columns"
  std::string_view owner;  // name of the section it stands in; empty at the top
  std::span<const Key> keys;
  /// The text as an element between the parentheses of the owner's twin, or null.
  std::string (*element)(const Declared& declared) = nullptr;
  /// The text as a statement on the owner's twin, `twin` being its quoted name, or null.
  std::string (*statement)(const Declared& declared, const std::string& twin) = nullptr;
  /// The attribute that the text begins with, if that is a type: it can be found out even where
  /// nothing may be written.
  std::string_view readable_attribute = {};
  /// Whether the text may bring objects of other sections along (a column's UNIQUE).
  bool brings_others = false;
};

/// What a declaring source says: the relations in the order they were written, each with its parts.
struct Declarations {
  struct Relation {
    Declared self;
    std::vector<Declared> parts;
  };
  std::vector<Relation> relations;
  std::vector<std::string> search_path;  // in which the texts are to be understood
  std::string file;
};

}  // namespace pgmend
