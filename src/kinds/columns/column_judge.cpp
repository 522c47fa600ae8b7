// SPDX-License-Identifier: MIT
#include "kinds/columns/column_judge.hpp"

#include <fmt/format.h>

#include "kinds/support/judge.hpp"

namespace pgmend::kinds {

/// Nothing but dropping a column makes it be only inherited.
Judgement judge_inherited(const Difference& d) {
  return worth_knowing(d.wanted.is_present() ? "it is the table's own besides being inherited"
                                             : "it is not the table's own: a parent has it");
}

namespace {

/// What takes its place comes first, or with it: without either, INSERTs would fail.
Judgement judge_default_too_many(const Difference& d) {
  if (d.expected.has("serial")) return worth_knowing("it goes when the column gets its sequence");
  if (d.expected.has("identity"))
    return worth_knowing("it goes when the column becomes an identity");
  if (d.expected.has("expression"))
    return worth_knowing("it goes when the column becomes a generated one");
  return judge_part(d);
}

}  // namespace

Judgement judge_column_default(const Difference& d) {
  // nextval() of the very sequence the column owns, spelled out.
  if (d.wanted.is_present() && d.actual.has("serial") &&
      d.actual.text("raw_default") == d.wanted.text())
    return worth_knowing("the same default: the column owns this sequence");
  if (!d.wanted.is_present()) return judge_default_too_many(d);
  if (d.actual.text("raw_default") == "identity")  // its parent's
    return {.sort = Sort::different,
            .consent = Consent::never,
            .reason = "an identity column takes no default"};
  if (d.actual.has("generated"))
    return worth_knowing("it comes when the column is no longer a generated one");
  auto judgement = judge_part(d);
  if (d.actual.has("identity")) {
    judgement = judge_alter(d);
    judgement.reason = "it is an identity column";
  }
  if (!d.actual.has("serial")) return judgement;
  // That of a serial column is one, too: what differs is not missing.
  judgement = judge_alter(d);
  judgement.reason = "its default is " + d.actual.text("raw_default");
  return judgement;
}

Judgement judge_sequence(const Difference& d) {
  if (d.found.text() == "values in its way")
    return {.sort = Sort::broken,
            .consent = Consent::never,
            .weight = Weight::information,
            .reason = "further on, its sequence will meet values that are in the table already"};
  return {.sort = Sort::broken,
          .consent = Consent::restore,
          .reason = "its sequence is behind the values in the table: INSERTs will fail"};
}

Judgement judge_extra_column(const Object& column) {
  const bool fills_itself = column.has("raw_default") || column.has("identity") ||
                            column.has("generated") || column.has("serial");
  if (column.has("not_null") && !fills_itself)
    return {.sort = Sort::extra,
            .consent = Consent::drop,
            .weight = Weight::drift,
            .reason =
                "it is not expected, and being NOT NULL without a default it makes every "
                "INSERT that does not name it fail",
            .hint = "give it a default or drop its NOT NULL; or expect it"};
  return {.sort = Sort::extra,
          .consent = Consent::drop,
          .weight = Weight::information,
          .reason = "it is not expected"};
}

}  // namespace pgmend::kinds
