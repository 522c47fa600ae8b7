// SPDX-License-Identifier: MIT
#pragma once

#include <ctime>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pgmend {

/// Something outside of the program that an answer was made of, and how it was then. As long as all
/// of them are as they were, so is the answer.
struct Ingredient {
  enum class Sort {
    text,       // what is in a file
    file,       // which file it is: replaced or written to, it is another one, whatever is in it
    tree,       // all files below a folder, in the same way
    folders,    // a folder and those below it: files come and go in them, and are replaced
    variable,   // of the environment
    names,      // what is in a folder, by name
    there,      // whether there is a file or folder of this name
    variables,  // which there are in the environment, whatever they hold
  };
  Sort sort = Sort::text;
  std::string what;   // a path, or a name
  std::string state;  // how it was; whether it is the same is all that can be told by it
};

/// How it is now. `salt`: so that nobody who reads it can look up what a variable held.
std::string state_of(Ingredient::Sort sort, const std::string& what, std::string_view salt);

/// Gathers them. Where something went in that cannot be told, the answer is good for one run only.
class Ingredients {
 public:
  Ingredients();

  /// As it is now.
  void add(Ingredient::Sort sort, const std::string& what);
  /// What was read of a file, by the digest of it; so nobody can change it in between.
  void add_text(const std::filesystem::path& file, std::string digest);
  /// What something else has read since then: had it changed meanwhile, nobody would know.
  void add_read(char letter, const std::string& what, std::timespec began);
  void add_unknown() { m_is_known = false; }

  bool is_known() const { return m_is_known; }
  const std::string& salt() const { return m_salt; }
  const std::vector<Ingredient>& all() const { return m_all; }

 private:
  std::string m_salt;
  std::vector<Ingredient> m_all;
  bool m_is_known = true;
};

/// Whether all of them are as they were.
bool are_as_they_were(const std::vector<Ingredient>& ingredients, std::string_view salt);

/// As one text, and back: a line for each. Nothing if it is no such text.
std::string write_ingredients(const std::vector<Ingredient>& ingredients);
std::optional<std::vector<Ingredient>> read_ingredients(std::string_view text);

}  // namespace pgmend
