// SPDX-License-Identifier: MIT
#include "source/lock_file.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <array>

#include "made_up_kinds.hpp"
#include "model/spec_error.hpp"
#include "source/lock_value.hpp"

namespace pgmend::source {
namespace {

using namespace pgmend::test;  // NOLINT: builders
using testing::HasSubstr;

const std::vector<const Kind*> k_kinds = {&k_box, &k_stone, &k_cord};

LockFile lock_of(std::vector<Object> objects) {
  LockFile lock;
  lock.server_major = 15;
  lock.kinds = k_kinds;
  lock.schema = schema(std::move(objects));
  return lock;
}

LockFile parsed(const std::string& text) {
  return parse_lock_file(text, "schema.lock", k_kinds);
}

std::string fault(const std::string& text) {
  try {
    parsed(text).schema.size();  // waits for it
  } catch (const SpecError& error) {
    const auto& first = error.faults().at(0);
    return display(first.where) + ": " + first.message;
  }
  return "none";
}

TEST(LockFile, IsOneObjectALine) {
  const auto text = write_lock_file(lock_of({box("chest"), stone("b", {{"weight", "2"}}),
                                             stone("a", {{"weight", "1"}, {"formula", "x"}})}));
  EXPECT_THAT(text, HasSubstr("\nformat 1\nserver 15\n"
                              "kind box: weight formula state wish mark\n"));
  EXPECT_THAT(text, HasSubstr("\nbox public.chest\n"
                              "stone public.chest.b weight=\"2\"\n"
                              "stone public.chest.a weight=\"1\" formula=\"x\"\n"
                              "end 3\n"));
  EXPECT_TRUE(is_lock_file(text));
  EXPECT_FALSE(is_lock_file("tables: {}"));
}

TEST(LockFile, ReadsBackWhatItWrote) {
  const std::string odd = "a \"b\"\\n\\ \n\t\r=.# ä";
  auto needy = stone(odd, {{"weight", odd}, {"wish", ""}});
  needy.depends_on = {{&k_box, {"public", "", "chest"}}};
  const auto lock = parsed(write_lock_file(lock_of({box("chest"), needy, cord("c")})));
  ASSERT_EQ(lock.schema.objects().size(), 3U);
  const auto* read = lock.schema.find(k_stone, needy.name);
  ASSERT_NE(read, nullptr);
  EXPECT_EQ(read->values, needy.values);
  EXPECT_EQ(read->depends_on, needy.depends_on);
  EXPECT_EQ(lock.server_major, 15);
  EXPECT_EQ(lock.kinds, k_kinds);
}

TEST(LockFile, TextsMayLookLikeItsOwnWords) {
  auto needy = stone("a", {{"weight", "1 needs="}, {"formula", " needs=\"x\" state="}});
  needy.depends_on = {{&k_box, {"public", "", "chest"}}};
  const auto lock = parsed(write_lock_file(lock_of({box("chest"), needy})));
  const auto* read = lock.schema.find(k_stone, needy.name);
  ASSERT_NE(read, nullptr);
  EXPECT_EQ(read->values, needy.values);
  EXPECT_EQ(read->depends_on, needy.depends_on);
}

TEST(LockFile, RowsThatAreAlikeAreOne) {
  const auto lock =
      parsed(write_lock_file(lock_of({stone("a", {{"weight", "1"}}), stone("b", {{"weight", "1"}}),
                                      stone("c", {{"weight", "2"}}), cord("d")})));
  const auto values = [&](std::size_t i) { return lock.schema.objects()[i].values; };
  EXPECT_TRUE(values(0).shares_with(values(1)));
  EXPECT_FALSE(values(0).shares_with(values(2)));
  EXPECT_NE(values(0), values(2));
  EXPECT_EQ(lock.schema.objects()[3].values, cord("d").values);
}

TEST(LockFile, WhatItsWriterDidNotKnowIsNotCompared) {
  const auto lock =
      parsed("format 1\nserver 15\nkind stone: weight\nstone public.chest.a weight=\"1\"\nend 1\n");
  EXPECT_FALSE(lock.schema.objects().at(0).value("formula").is_specified());
  EXPECT_TRUE(lock.schema.objects().at(0).value("weight").is_present());
  EXPECT_EQ(lock.kinds, (std::vector<const Kind*>{&k_stone}));
}

TEST(LockFile, SaysWhereItIsDamaged) {
  const std::string head = "format 1\nserver 15\nkind stone: weight\n";
  EXPECT_EQ(fault(""), "schema.lock:1:1: the lock file is damaged: it does not say its format");
  EXPECT_EQ(fault("server 15\n"),
            "schema.lock:1:7: the lock file is damaged: it does not say its format first");
  EXPECT_EQ(fault("format x\n"), "schema.lock:1:9: the lock file is damaged: expected a number");
  EXPECT_THAT(fault("format 2\n"), HasSubstr("was written by a newer pgmend (format 2)"));
  EXPECT_THAT(fault(head), HasSubstr("its end is missing"));
  EXPECT_THAT(fault(head + "end 1\n"), HasSubstr("schema.lock:4:6: "));
  EXPECT_THAT(fault(head + "end 0\nend 0\n"), HasSubstr("something behind its end"));
  EXPECT_THAT(fault(head + "cord public.chest.a\nend 1\n"), HasSubstr("there is no kind `cord`"));
  EXPECT_THAT(fault(head + "stone a.b.c.d\nend 1\n"), HasSubstr("three parts at most"));
  EXPECT_THAT(fault(head + "stone a weight=\"1\nend 1\n"), HasSubstr("quotes are not closed"));
  EXPECT_THAT(fault(head + "stone a weight=\"\\x\"\nend 1\n"), HasSubstr("unknown escape"));
  EXPECT_THAT(fault(head + "stone a wight=\"1\"\nend 1\n"), HasSubstr("a stone has no wight"));
  EXPECT_THAT(fault(head + "stone a\nstone a\nend 2\n"), HasSubstr("stands in it twice"));
  EXPECT_THAT(fault("format 1\nserver 15\nkind star: weight\n"), HasSubstr("(kind star)"));
  EXPECT_THAT(fault("format 1\nserver 15\nkind stone: size\n"),
              HasSubstr("(attribute size of kind stone)"));
}

TEST(LockFile, SaysWhatNoServerCanHold) {
  const std::string head = "format 1\nserver 15\nkind stone: weight formula\n";
  EXPECT_EQ(fault(head + "stone a\nstone b weight=\"\xff\"\nend 2\n"),
            "schema.lock:5:17: the lock file is damaged: \\xff is no UTF-8");
  EXPECT_EQ(fault(head + std::string("stone a\0 weight=\"1\"\nend 1\n", 26)),
            "schema.lock:4:8: the lock file is damaged: it holds a NUL character");
  EXPECT_EQ(fault(head + "stone \u00e4 formula=\"(a > 5\"\nend 1\n"),
            "schema.lock:4:18: the lock file is damaged: `(a > 5` is no formula: a `)` is missing");
  EXPECT_THAT(fault(head + "stone a needs=\"moon public.m\"\nend 1\n"),
              HasSubstr("schema.lock:4:9: the lock file is damaged: it needs what is of no kind"));
}

TEST(LockFile, KnowsWhatTheValuesOfAnAttributeCanBe) {
  const auto why = [](std::string_view values, std::string_view text) {
    return why_impossible({.name = "state", .doc = "", .values = values}, text);
  };
  EXPECT_EQ(why("", "anything {"), "");
  EXPECT_EQ(why("valid|not valid", "not valid"), "");
  EXPECT_EQ(why("valid|not valid", "validated"), "it can be: valid, not valid");
  EXPECT_NE(why("true", ""), "");
  for (const auto* number : {"0", "-9223372036854775808", "17"}) EXPECT_EQ(why("#", number), "");
  for (const auto* none : {"", "-", "1e400", "0x1", "1.5"}) EXPECT_NE(why("#", none), "");
  for (const auto* list :
       {"{}", "{a}", "{a,\"b, \\\"c\\\" }\"}", "{{a,b},{c,\"\"}}", "{a b,NULL,d\\,e}"})
    EXPECT_EQ(why("[]", list), "") << list;
  for (const auto* none : {"", "a", "{", "}", "{a", "{a}}", "{a}b", "{,}", "{a,}", "{a,,b}",
                           "{\"a}", "{a\"b\"}", "{{a}b}", "{\"a\"b}", "{a\\"})
    EXPECT_NE(why("[]", none), "") << none;
}

TEST(LockFile, ExpressionsAreClosed) {
  const auto why = [](std::string_view text) {
    return why_impossible({.name = "default", .doc = "", .form = Attribute::Form::text}, text);
  };
  for (const auto* good : {"", "1", "(a > 5)", "'('::text", "E'\\'('::text", "(\"a)\" > $1)",
                           "(ARRAY['a'::text])[1]", "a$b$c", "date_part('day'::text, x)"})
    EXPECT_EQ(why(good), "") << good;
  EXPECT_EQ(why("(a > 5"), "a `)` is missing");
  EXPECT_EQ(why("a > 5)"), "a `)` too many");
  EXPECT_EQ(why("a[1)"), "a `)` too many");
  EXPECT_EQ(why("'a"), "a string that is not closed");
  EXPECT_EQ(why("\"a"), "a quoted name that is not closed");
}

TEST(LockFile, KnowsWhatItsWriterDidNotRead) {
  static constexpr std::array k_attributes = {
      Attribute{.name = "weight", .doc = "", .judge = judge_by_alter},
      Attribute{.name = "fallen",
                .doc = "",
                .form = Attribute::Form::directive,
                .marks_newly_read = true}};
  auto star = made_up("star", "");
  star.attributes = k_attributes;
  const std::vector<const Kind*> kinds = {&star};
  const auto older = parse_lock_file("format 1\nserver 15\nkind star: weight\nend 0\n", "", kinds);
  EXPECT_THAT(older.not_read_yet, testing::ElementsAre(&k_attributes[1]));
  const auto now =
      parse_lock_file("format 1\nserver 15\nkind star: weight fallen\nend 0\n", "", kinds);
  EXPECT_THAT(now.not_read_yet, testing::IsEmpty());
}

/// So long that two threads read it.
TEST(LockFile, ALongOneIsReadInItsOrder) {
  constexpr std::size_t k_stones = 5000;
  std::vector<Object> stones;
  for (std::size_t i = 0; i < k_stones; ++i)
    stones.push_back(stone(fmt::format("s{:04}", i), {{"weight", fmt::format("{}", i % 7)}}));
  for (std::size_t i = 0; i < k_stones; ++i)
    stones[i].depends_on = {{&k_stone, stones[(i + k_stones / 2) % k_stones].name}};
  const auto text = write_lock_file(lock_of(stones));
  const auto lock = parsed(text);
  ASSERT_EQ(lock.schema.objects().size(), k_stones);
  for (std::size_t i = 0; i < k_stones; ++i) {
    const auto& read = lock.schema.objects()[i];
    EXPECT_EQ(read.name, stones[i].name);
    EXPECT_EQ(read.values, stones[i].values);
    EXPECT_EQ(read.depends_on, stones[i].depends_on) << i;
  }
}

TEST(LockFile, TheFirstFaultOfALongOneIsTold) {
  const std::string head = "format 1\nserver 15\nkind stone: weight\n";
  const auto with = [&](std::initializer_list<std::pair<int, std::string>> damaged) {
    auto text = head;
    for (int i = 4; i < 5000; ++i) {
      const auto found = std::find_if(damaged.begin(), damaged.end(),
                                      [&](const auto& line) { return line.first == i; });
      text += found == damaged.end() ? fmt::format("stone s{}\n", i) : found->second + "\n";
    }
    return text + "end 4996\n";
  };
  EXPECT_EQ(fault(with({})), "none");
  EXPECT_THAT(fault(with({{10, "stone s!."}})), HasSubstr("schema.lock:10:"));
  EXPECT_THAT(fault(with({{4900, "stone s!."}})), HasSubstr("schema.lock:4900:"));
  EXPECT_THAT(fault(with({{2000, "stone s!."}, {4000, "stone"}})), HasSubstr("schema.lock:2000:"));
  EXPECT_THAT(fault(with({{4900, "stone s5"}})), HasSubstr("schema.lock:4900:1: "));
}

TEST(LockFile, NoCutAndNoByteOfItCrashesTheReader) {
  const auto text = write_lock_file(lock_of({box("chest"), stone("a", {{"weight", "\"1\\"}})}));
  for (std::size_t length = 0; length + 1 < text.size(); ++length)
    EXPECT_NE(fault(text.substr(0, length)), "none") << length;
  for (std::size_t at = 0; at < text.size(); ++at)
    for (const char c : {'"', '\\', '\n', ' ', '\0'}) {
      auto changed = text;
      changed[at] = c;
      fault(changed);
    }
}

}  // namespace
}  // namespace pgmend::source
