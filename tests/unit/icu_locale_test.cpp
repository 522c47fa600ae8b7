// SPDX-License-Identifier: MIT
#include "kinds/support/icu_locale.hpp"

#include <gtest/gtest.h>

namespace pgmend::kinds {
namespace {

TEST(IcuLocale, KeywordsBecomeALanguageTag) {
  EXPECT_EQ(language_tag("@colCaseFirst=lower;colNumeric=yes"), "und-u-kf-lower-kn");
  EXPECT_EQ(language_tag("de_AT@collation=phonebook"), "de-at-u-co-phonebk");
  EXPECT_EQ(language_tag("@colStrength=secondary;colAlternate=non-ignorable"),
            "und-u-ka-noignore-ks-level2");
  EXPECT_EQ(language_tag("root@colReorder=digit_latn"), "und-u-kr-digit-latn");
  EXPECT_EQ(language_tag("@colNumeric=no"), "und-u-kn-false");
}

TEST(IcuLocale, ALanguageTagStays) {
  for (const auto* tag : {"und-u-kf-lower-kn", "de-u-co-phonebk", "und", "en-us", "und-u-kn-false",
                          "und-u-kr-digit-latn"})
    EXPECT_EQ(language_tag(tag), tag);
}

TEST(IcuLocale, SpellingsOfATagAreOne) {
  EXPECT_EQ(language_tag("en_US"), language_tag("en-US"));
  EXPECT_EQ(language_tag(""), "und");
  EXPECT_EQ(language_tag("root"), "und");
  EXPECT_EQ(language_tag("und-u-kn-true"), "und-u-kn");
  EXPECT_EQ(language_tag("und-u-kn-kf-lower"), "und-u-kf-lower-kn");
}

TEST(IcuLocale, WhatIsUnknownIsKept) {
  EXPECT_EQ(language_tag("de@colour=red"), "de-u-colour-red");
  EXPECT_NE(language_tag("de"), language_tag("de-u-co-phonebk"));
}

}  // namespace
}  // namespace pgmend::kinds
