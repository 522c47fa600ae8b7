// SPDX-License-Identifier: MIT
// The keywords of ICU and what a language tag calls them: Unicode Technical Standard 35, section
// 3.6, and key.xml, collation.xml of CLDR.
#include "kinds/support/icu_locale.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>
#include <vector>

#include "util/text.hpp"

namespace pgmend::kinds {

namespace {

using Word = std::pair<std::string_view, std::string_view>;

constexpr std::array k_keys = {
    Word{"collation", "co"},    Word{"colstrength", "ks"},      Word{"colalternate", "ka"},
    Word{"colbackwards", "kb"}, Word{"colnormalization", "kk"}, Word{"colcaselevel", "kc"},
    Word{"colcasefirst", "kf"}, Word{"colnumeric", "kn"},       Word{"colhiraganaquaternary", "kh"},
    Word{"colreorder", "kr"},   Word{"variabletop", "vt"},      Word{"numbers", "nu"},
    Word{"calendar", "ca"},
};

constexpr std::array k_values = {
    Word{"primary", "level1"},
    Word{"secondary", "level2"},
    Word{"tertiary", "level3"},
    Word{"quaternary", "level4"},
    Word{"quarternary", "level4"},
    Word{"identical", "identic"},
    Word{"non-ignorable", "noignore"},
    Word{"dictionary", "dict"},
    Word{"gb2312han", "gb2312"},
    Word{"phonebook", "phonebk"},
    Word{"traditional", "trad"},
    Word{"yes", "true"},
    Word{"no", "false"},
};

template <std::size_t Size>
std::string translated(const std::array<Word, Size>& words, const std::string& word) {
  const auto found = std::find_if(words.begin(), words.end(),
                                  [&](const Word& each) { return each.first == word; });
  return found == words.end() ? word : std::string(found->second);
}

using Settings = std::map<std::string, std::string>;

void set(Settings& settings, const std::string& key, const std::string& value) {
  const auto name = translated(k_keys, key);
  if (!name.empty()) settings.emplace(name, translated(k_values, value));
}

/// "colCaseFirst=lower;colNumeric=yes"
void read_keywords(std::string_view text, Settings& settings) {
  for (const auto part : text::split(text, ';')) {
    const auto equals = part.find('=');
    if (equals == std::string_view::npos) continue;
    auto value = text::to_lower(text::trim(part.substr(equals + 1)));
    // Scripts that are put in another order are listed.
    std::replace(value.begin(), value.end(), '_', '-');
    set(settings, text::to_lower(text::trim(part.substr(0, equals))), value);
  }
}

/// The words behind "-u": keys have two letters, all else is the value of the key before it.
void read_extension(const std::vector<std::string>& words, std::size_t at, Settings& settings) {
  std::string key;
  std::string value;
  const auto take = [&] {
    if (!key.empty()) set(settings, key, value.empty() ? "true" : value);
    value.clear();
  };
  for (; at < words.size(); ++at) {
    if (words[at].size() == 2) {
      take();
      key = words[at];
    } else {
      value += (value.empty() ? "" : "-") + words[at];
    }
  }
  take();
}

}  // namespace

std::string language_tag(std::string_view locale) {
  const auto at = std::min(locale.find('@'), locale.size());
  auto base = text::to_lower(locale.substr(0, at));
  std::replace(base.begin(), base.end(), '_', '-');
  std::vector<std::string> words;
  for (const auto word : text::split(base, '-'))
    if (!word.empty()) words.emplace_back(word);
  const auto extension = std::find(words.begin(), words.end(), "u");
  Settings settings;
  if (extension != words.end())
    read_extension(words, static_cast<std::size_t>(extension - words.begin()) + 1, settings);
  if (at < locale.size()) read_keywords(locale.substr(at + 1), settings);
  words.erase(extension, words.end());
  if (words.empty() || words.front() == "root") words = {"und"};
  auto tag = text::join(words, "-");
  if (!settings.empty()) tag += "-u";
  for (const auto& [key, value] : settings) {
    tag += '-' + key;
    if (value != "true") tag += '-' + value;
  }
  return tag;
}

}  // namespace pgmend::kinds
