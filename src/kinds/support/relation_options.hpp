// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "kinds/support/judge.hpp"
#include "model/kind.hpp"

/// What tables, views and materialized views say of themselves in the same way. `alter`: what
/// stands in front of the name ("ALTER TABLE").
namespace pgmend::kinds {

/// "WITH (a=b)" from the attribute `options`, and from `toast_options` where there is one, behind
/// `before`; empty if there are none.
std::string relation_options_sql(const Object& relation, std::string_view before);

/// Sets the options as expected and takes back what else is set.
Recipe mend_relation_options(const Object& expected, const Object& actual, std::string_view alter,
                             Lock lock, std::string_view attribute = "options");

inline constexpr Attribute k_cluster_attribute = {
    .name = "cluster",
    .doc =
        "the index that CLUSTER orders its rows by. No error: CLUSTER orders them otherwise, or "
        "not at all",
    .judge = judge_alter,
    .comes_last = true};

Recipe mend_cluster(const Object& expected, std::string_view alter);

}  // namespace pgmend::kinds
