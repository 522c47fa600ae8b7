// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <string>

#include "builders.hpp"

/// Kinds that exist in these tests only: a box, stones in it, and cords whose names do not matter.
namespace pgmend::test {

inline Judgement judge_by_alter(const Difference& difference) {
  return {.sort = Sort::different,
          .consent = Consent::alter,
          .reason = difference.expected.name.name + ": " + difference.wanted.text() + "/" +
                    difference.found.text()};
}

inline Judgement judge_by_restore(const Difference&) {
  return {.sort = Sort::broken, .consent = Consent::restore};
}

inline constexpr std::array k_part_attributes = {
    Attribute{.name = "weight", .doc = "", .judge = judge_by_alter},
    Attribute{.name = "formula", .doc = "", .form = Attribute::Form::text, .judge = judge_by_alter},
    Attribute{.name = "state", .doc = "", .judge = judge_by_restore},
    Attribute{.name = "wish", .doc = "", .form = Attribute::Form::directive},
    Attribute{.name = "mark", .doc = "", .judge = judge_by_alter, .comes_last = true},
};

inline std::string part_element(const Object& part) {
  return part.name.name;
}

inline Kind made_up(std::string_view name, std::string_view owner) {
  Kind kind;
  kind.name = name;
  kind.plural = name;
  kind.owner = owner;
  kind.attributes = k_part_attributes;
  return kind;
}

inline const Kind k_box = made_up("box", "");
/// Others may use its name.
inline const Kind k_stone = [] {
  auto kind = made_up("stone", "box");
  kind.element = part_element;
  kind.twin_element = part_element;
  return kind;
}();
inline const Kind k_cord = made_up("cord", "box");

inline constexpr std::array k_made_up_kinds = {&k_box, &k_stone, &k_cord};

inline Object box(const std::string& name) {
  return object(k_box, {"public", "", name});
}
inline Object stone(const std::string& name, const Texts& values = {}) {
  return object(k_stone, {"public", "chest", name}, values);
}
inline Object cord(const std::string& name, const Texts& values = {}) {
  return object(k_cord, {"public", "chest", name}, values);
}

}  // namespace pgmend::test
