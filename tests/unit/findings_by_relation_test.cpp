// SPDX-License-Identifier: MIT
#include "engine/findings_by_relation.hpp"

#include <gmock/gmock.h>

#include "builders.hpp"
#include "kinds/kinds.hpp"

namespace pgmend::engine {
namespace {

using test::missing;
using test::object;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<Finding> some() {
  return {missing(object(kinds::k_column, {"public", "t", "a"})),
          missing(object(kinds::k_table, {"public", "", "u"})),
          missing(object(kinds::k_table, {"public", "", "t"})),
          missing(object(kinds::k_column, {"app", "t", "a"}))};
}

TEST(FindingsByRelation, HasARelationAndItsPartsInTheirOrder) {
  const auto findings = some();
  const FindingsByRelation index(findings);
  EXPECT_THAT(index.near({"public", "", "t"}), ElementsAre(0, 2));
  EXPECT_THAT(index.near({"public", "", "u"}), ElementsAre(1));
  EXPECT_THAT(index.near({"app", "t", "b"}), ElementsAre(3));
  EXPECT_THAT(index.near({"app", "", "u"}), IsEmpty());
}

TEST(FindingsByRelation, KnowsWhatAPartComesWith) {
  const auto findings = some();
  const FindingsByRelation index(findings);
  EXPECT_EQ(index.owner_of(findings[0]), 2U);
  EXPECT_EQ(index.owner_of(findings[2]), std::nullopt);
  EXPECT_EQ(index.owner_of(findings[3]), std::nullopt);
}

TEST(FindingsByRelation, FindsTheSame) {
  const auto findings = some();
  const FindingsByRelation index(findings);
  EXPECT_EQ(index.same_as(findings[3]), &findings[3]);
  auto other = findings[0];
  other.judgement.sort = Sort::extra;
  EXPECT_EQ(index.same_as(other), nullptr);
}

TEST(FindingsByRelation, OfNothingHasNothing) {
  const std::vector<Finding> none;
  EXPECT_THAT(FindingsByRelation(none).near({"public", "", "t"}), IsEmpty());
}

}  // namespace
}  // namespace pgmend::engine
