// SPDX-License-Identifier: MIT
#include "app/explain/explain.hpp"

#include <gmock/gmock.h>

#include <set>

#include "app/errors.hpp"
#include "app/explain/cases.hpp"
#include "app/explain/catalogue.hpp"
#include "app/explain/examples.hpp"
#include "kinds/kinds.hpp"
#include "model/report.hpp"

namespace pgmend::app {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::string text_of(const std::string& id) {
  return explain(id, Page::text);
}

TEST(Explain, ExamplesHoldEveryKind) {
  for (const auto* kind : kinds::all()) {
    const auto& objects = examples().objects();
    EXPECT_TRUE(std::any_of(objects.begin(), objects.end(), [&](const Object& object) {
      return object.kind == kind;
    })) << kind->name;
  }
}

TEST(Explain, EveryFindingHasAWholePage) {
  for (const auto& id : finding_ids()) {
    SCOPED_TRACE(id);
    const auto page = text_of(id);
    EXPECT_THAT(page, HasSubstr(id + ": "));
    EXPECT_THAT(page, AllOf(HasSubstr("\nWhat it means\n"), HasSubstr("\nWhat breaks\n"),
                            HasSubstr("\nWhat ensure does\n"), HasSubstr("  Example: "),
                            HasSubstr("\nWhat is never done\n")));
  }
}

TEST(Explain, EveryAttributeSaysWhatGoesWrong) {
  for (const auto* kind : kinds::all())
    for (const auto& attribute : kind->attributes)
      if (attribute.judge) {
        EXPECT_NE(attribute.doc.find(". "), std::string::npos)
            << kind->name << '.' << attribute.name;
      }
}

TEST(Explain, EveryKindSaysWhatItsLackBreaks) {
  for (const auto* kind : kinds::all())
    if (kind->name != "owner") {  // nothing is without one
      EXPECT_FALSE(kind->without.empty()) << kind->name;
    }
}

TEST(Explain, EveryAttributeHasACase) {
  for (const auto* kind : kinds::all())
    for (const auto& topic : topics_of(*kind))
      if (topic.attribute) {
        EXPECT_THAT(cases_of(*kind, *topic.attribute), Not(IsEmpty())) << topic.id();
      }
}

TEST(Explain, IdsAreTakenOnce) {
  const auto all = topics();
  EXPECT_EQ(std::set(all.begin(), all.end()).size(), all.size());
}

TEST(Explain, TellsWhatIsSentWithWhichLock) {
  const auto page = text_of("index.state");
  EXPECT_THAT(page, AllOf(HasSubstr("done by default (consent: restore)"),
                          HasSubstr("DROP INDEX CONCURRENTLY IF EXISTS"),
                          HasSubstr("CREATE INDEX CONCURRENTLY"),
                          HasSubstr("SHARE UPDATE EXCLUSIVE lock, which blocks neither"),
                          HasSubstr("while the index is built")));
}

TEST(Explain, TellsWhichConsentIsNeeded) {
  EXPECT_THAT(text_of("column.default"), AllOf(HasSubstr("done by default (consent: add)"),
                                               HasSubstr("only with --allow alter")));
  EXPECT_THAT(text_of("column.type"), HasSubstr("only with --allow rewrite"));
  EXPECT_THAT(text_of("view.definition"), HasSubstr("only with --allow replace"));
  EXPECT_THAT(text_of("table.extra"), HasSubstr("only with --allow drop"));
  EXPECT_THAT(text_of("table.form"), HasSubstr("never done by pgmend"));
}

TEST(Explain, TellsWhatIsRefused) {
  EXPECT_THAT(text_of("column.missing"), HasSubstr("refused: it is NOT NULL without a default"));
  EXPECT_THAT(text_of("unique.missing"), HasSubstr("N key(s) stand in more than one row"));
}

TEST(Explain, TellsOfVersionsAndOptions) {
  EXPECT_THAT(text_of("publication.schemas"), HasSubstr("since PostgreSQL 15"));
  EXPECT_THAT(text_of("grant.missing"), HasSubstr("looked at only with --with privileges"));
  EXPECT_THAT(text_of("check.expression"),
              HasSubstr("Another spelling of the same does not count"));
}

TEST(Explain, KindsListTheirFindings) {
  const auto page = text_of("column");
  for (const auto& topic : topics_of(kinds::k_column))
    EXPECT_THAT(page, HasSubstr("- " + topic.id()));
}

TEST(Explain, AllOfItListsEveryTopic) {
  const auto page = explain_all(Page::text);
  for (const auto& topic : topics()) EXPECT_THAT(page, HasSubstr(topic)) << topic;
}

TEST(Explain, EveryVerdictIsATopic) {
  for (const auto* verdict : {"correct", "drift", "unconfirmed", "pending", "unclear"})
    EXPECT_THAT(text_of(verdict), AllOf(HasSubstr("exit code"), HasSubstr("What to do")));
}

TEST(Explain, WhatThereIsNotIsAnErrorWithTheNearestName) {
  try {
    text_of("colum.missing");
    ADD_FAILURE();
  } catch (const UsageError& error) {
    EXPECT_STREQ(error.what(), "there is nothing called `colum.missing` to explain");
    EXPECT_EQ(error.hint(), "did you mean: pgmend explain column.missing?");
  }
}

}  // namespace
}  // namespace pgmend::app
