// SPDX-License-Identifier: MIT
#include "model/object.hpp"

#include <gmock/gmock.h>

#include <stdexcept>

#include "made_up_kinds.hpp"
#include "model/finding_id.hpp"
#include "model/outline.hpp"

namespace pgmend {
namespace {

using namespace pgmend::test;  // NOLINT: builders
using testing::ElementsAre;
using testing::IsEmpty;

TEST(DisplayName, LeavesOutPublic) {
  EXPECT_EQ(display(Name{"public", "", "users"}), "users");
  EXPECT_EQ(display(Name{"public", "users", "id"}), "users.id");
  EXPECT_EQ(display(Name{"app", "", "users"}), "app.users");
  EXPECT_EQ(display(Name{"app", "users", "id"}), "app.users.id");
  EXPECT_EQ(display(Name{"", "", "users"}), "users");
}

TEST(DisplayName, QuotesWhatMustBe) {
  EXPECT_EQ(display(Name{"My App", "a.b", "Id"}), "\"My App\".\"a.b\".\"Id\"");
}

TEST(DisplayLocation, IsWhatEditorsUnderstand) {
  EXPECT_EQ(display(SourceLocation{"a.yaml", 12, 5}), "a.yaml:12:5");
  EXPECT_EQ(display(SourceLocation{"a.yaml", 0, 0}), "a.yaml");
}

TEST(Name, GroupIsTheRelation) {
  EXPECT_EQ((Name{"s", "t", "c"}).group(), "t");
  EXPECT_EQ((Name{"s", "", "t"}).group(), "t");
}

TEST(Value, HasThreeStates) {
  EXPECT_FALSE(Value::unspecified().is_specified());
  EXPECT_FALSE(Value::unspecified().is_present());
  EXPECT_TRUE(Value::absent().is_specified());
  EXPECT_FALSE(Value::absent().is_present());
  EXPECT_TRUE(Value::present("x").is_specified());
  EXPECT_TRUE(Value::present("x").is_present());
  EXPECT_EQ(Value::present("x").text(), "x");
}

TEST(Value, TellsItsStatesApart) {
  EXPECT_NE(Value::absent(), Value::unspecified());
  EXPECT_NE(Value::present(""), Value::absent());
  EXPECT_NE(Value::present("x"), Value::present("y"));
  EXPECT_EQ(Value::present("x"), Value::present("x"));
}

TEST(Object, HasValuesByName) {
  auto a = stone("a", {{"weight", "1"}});
  EXPECT_EQ(a.text("weight"), "1");
  EXPECT_TRUE(a.has("weight"));
  EXPECT_FALSE(a.has("formula"));
  a.set("formula", Value::present("x"));
  EXPECT_EQ(a.value("formula"), Value::present("x"));
}

TEST(Object, AnUnknownAttributeIsAProgrammingError) {
  auto a = stone("a");
  EXPECT_THROW(a.value("colour"), std::logic_error);
  EXPECT_THROW(a.set("colour", Value::absent()), std::logic_error);
}

TEST(Values, AreSharedUntilOneIsChanged) {
  const auto one = stone("a", {{"weight", "1"}});
  auto other = one;
  EXPECT_TRUE(other.values.shares_with(one.values));
  other.set("weight", Value::present("2"));
  EXPECT_EQ(one.text("weight"), "1");
  EXPECT_EQ(other.text("weight"), "2");
  EXPECT_NE(one.values, other.values);
  other.set("weight", Value::present("1"));
  EXPECT_EQ(one.values, other.values);
  EXPECT_THROW(other.values.at(99), std::out_of_range);
}

TEST(Schema, FindsEachOfMany) {
  Schema all;
  for (int i = 0; i < 1000; ++i) all.add(stone(std::to_string(i)));
  all.add(stone("7", {{"weight", "9"}}));  // the first of a name counts
  for (int i = 0; i < 1000; ++i) {
    const auto* found = all.find(k_stone, {"public", "chest", std::to_string(i)});
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(all.position_of(*found), static_cast<std::size_t>(i));
  }
  EXPECT_EQ(all.find(k_stone, {"public", "chest", "1000"}), nullptr);
  EXPECT_EQ(all.find(k_stone, {"public", "", "7"}), nullptr);
  EXPECT_EQ(all.find(k_cord, {"public", "chest", "7"}), nullptr);
  EXPECT_EQ(all.of_relation("public", "chest").size(), 1001U);
}

TEST(Schema, FindsByKindAndName) {
  const auto all = schema({box("chest"), stone("a"), cord("a")});
  EXPECT_EQ(all.find(k_stone, {"public", "chest", "a"})->kind, &k_stone);
  EXPECT_EQ(all.find(k_cord, {"public", "chest", "a"})->kind, &k_cord);
  EXPECT_EQ(all.find(k_box, {"public", "chest", "a"}), nullptr);
  EXPECT_EQ(all.find(k_stone, {"app", "chest", "a"}), nullptr);
}

TEST(Schema, FindsByAddress) {
  auto a = stone("a");
  a.address = {1259, 7, 1};
  auto b = stone("b");
  b.address = {1259, 7, 2};
  const auto all = schema({a, b});
  EXPECT_EQ(all.find(Address{1259, 7, 2})->name.name, "b");
  EXPECT_EQ(all.find(Address{1259, 8, 1}), nullptr);
}

TEST(Schema, KeepsTheOrderOfReading) {
  std::vector<std::string> names;
  const auto all = schema({stone("c"), cord("a"), stone("b")});
  for (const auto& object : all.objects()) names.push_back(object.name.name);
  EXPECT_THAT(names, ElementsAre("c", "a", "b"));
}

TEST(Schema, GathersARelation) {
  const auto elsewhere = object(k_stone, {"public", "crate", "a"});
  const auto all = schema({stone("z"), box("chest"), elsewhere, cord("a")});
  std::vector<std::string> names;
  for (const auto* object : all.of_relation("public", "chest")) names.push_back(object->name.name);
  EXPECT_THAT(names, ElementsAre("z", "chest", "a"));
  EXPECT_THAT(all.of_relation("app", "chest"), IsEmpty());
}

TEST(Schema, NotesDependencies) {
  auto all = schema({cord("a")});
  for (int twice = 0; twice < 2; ++twice)
    all.add_dependency(0, {&k_stone, {"public", "chest", "b"}});
  EXPECT_THAT(all.objects()[0].depends_on,
              ElementsAre(Reference{&k_stone, {"public", "chest", "b"}}));
}

TEST(Schema, NothingDependsOnItself) {
  auto all = schema({cord("a")});
  all.add_dependency(0, {&k_cord, {"public", "chest", "a"}});
  EXPECT_THAT(all.objects()[0].depends_on, IsEmpty());
}

/// Of a box and a stone in it; counts how often it is made into objects.
class CountingOutline : public Outline {
 public:
  explicit CountingOutline(int& times) : m_times(times) {}

  std::size_t size() const override { return m_schema.size(); }
  const Kind& kind(Position position) const override { return m_schema.kind_at(position); }
  NameView name(Position position) const override { return m_schema.name_at(position); }
  const Values& values(Position position) const override { return m_schema.values_at(position); }
  std::optional<Position> find(const Kind& kind, const NameView& name) const override {
    return m_schema.find_position(kind, name);
  }
  Schema schema() const override {
    ++m_times;
    return m_schema;
  }

 private:
  int& m_times;
  Schema m_schema = test::schema({box("chest"), stone("a", {{"weight", "1"}})});
};

std::shared_future<std::shared_ptr<const Outline>> coming(int& times) {
  std::promise<std::shared_ptr<const Outline>> promise;
  promise.set_value(std::make_shared<CountingOutline>(times));
  return promise.get_future().share();
}

TEST(Schema, OfAnOutlineMakesNoObjectsUntilOneIsAskedFor) {
  int times = 0;
  const Schema outlined(coming(times), 2);
  const auto copy = outlined;
  const auto a = stone("a");
  EXPECT_EQ(outlined.size(), 2U);
  EXPECT_EQ(&outlined.kind_at(1), &k_stone);
  EXPECT_EQ(outlined.name_at(1), NameView(a.name));
  EXPECT_EQ(outlined.values_at(1), stone("a", {{"weight", "1"}}).values);
  EXPECT_EQ(outlined.find_position(k_stone, a.name), std::optional<Position>(1));
  EXPECT_EQ(outlined.find_position(k_stone, stone("b").name), std::nullopt);
  EXPECT_EQ(times, 0);
  const auto* found = outlined.find(k_stone, a.name);
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(found->text("weight"), "1");
  EXPECT_EQ(outlined.position_of(*found), 1U);
  EXPECT_NE(outlined.relation("public", "chest"), nullptr);
  EXPECT_EQ(outlined.of_relation("public", "chest").size(), 2U);
  EXPECT_EQ(copy.objects().size(), 2U);
  EXPECT_EQ(times, 1) << "copies share them";
}

TEST(Schema, OfAnOutlineThrowsWhatItTookToMakeThat) {
  std::promise<std::shared_ptr<const Outline>> promise;
  promise.set_exception(std::make_exception_ptr(std::runtime_error("damaged")));
  const Schema outlined(promise.get_future().share(), 1);
  EXPECT_THROW(outlined.size(), std::runtime_error);
  EXPECT_THROW(outlined.objects(), std::runtime_error);
}

TEST(Schema, OfAnOutlineSaysItsSeemingSizeWithoutWaiting) {
  std::promise<std::shared_ptr<const Outline>> promise;
  const Schema outlined(promise.get_future().share(), 3);
  EXPECT_EQ(outlined.about_size(), 3U);
  EXPECT_EQ(schema({box("chest")}).about_size(), 1U);
}

TEST(Schema, OfAnOutlineCannotBeAddedTo) {
  int times = 0;
  Schema outlined(coming(times), 2);
  EXPECT_THROW(outlined.add(stone("b")), std::logic_error);
}

TEST(Finding, IsTheSameInAnotherRun) {
  const auto one = missing(stone("a"));
  EXPECT_TRUE(one.same_as(missing(stone("a", {{"weight", "9"}}))));
  EXPECT_FALSE(one.same_as(missing(stone("b"))));
  EXPECT_FALSE(one.same_as(missing(cord("a"))));
  EXPECT_FALSE(one.same_as(different(stone("a"), stone("a"), "weight", {.sort = Sort::missing})));
  auto broken = one;
  broken.judgement.sort = Sort::broken;
  EXPECT_FALSE(one.same_as(broken));
}

TEST(Finding, HasAnIdOfItsKindAndWhatIsWrong) {
  EXPECT_EQ(finding_id(missing(stone("a"))), "stone.missing");
  EXPECT_EQ(finding_id(different(stone("a"), stone("a"), "weight", {.sort = Sort::broken})),
            "stone.weight");
}

TEST(Finding, HasNoValuesAsAWhole) {
  EXPECT_EQ(missing(stone("a")).expected_value(), Value::unspecified());
  EXPECT_EQ(missing(stone("a")).actual_value(), Value::unspecified());
}

TEST(Verdict, FollowsFromWhatIsOpen) {
  Report report;
  EXPECT_EQ(report.verdict(), Verdict::correct);
  report.findings = {with_outcome(missing(stone("a")), Outcome::repaired),
                     with_outcome(missing(stone("b")), Outcome::refused)};
  EXPECT_EQ(report.verdict(), Verdict::drift);
  EXPECT_EQ(report.open_drift(), 1U);
  EXPECT_EQ(report.count(Outcome::repaired), 1U);
  report.findings[1].outcome = Outcome::gone;
  EXPECT_EQ(report.verdict(), Verdict::correct);
  report.findings[1].outcome = Outcome::open;
  report.findings[1].judgement.weight = Weight::unconfirmed;
  EXPECT_EQ(report.verdict(), Verdict::unconfirmed);
  report.findings[1].judgement.weight = Weight::information;
  EXPECT_EQ(report.verdict(), Verdict::correct);
}

TEST(Verdict, IsOpenWhenTheRunEndedEarly) {
  Report report;
  report.interrupted = true;
  EXPECT_EQ(report.verdict(), Verdict::unconfirmed);
  report.interrupted = false;
  report.failure = "connection lost";
  EXPECT_EQ(report.verdict(), Verdict::unconfirmed);
}

}  // namespace
}  // namespace pgmend
