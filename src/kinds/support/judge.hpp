// SPDX-License-Identifier: MIT
#pragma once

#include <initializer_list>
#include <string>

#include "model/kind.hpp"

/// Judgements that several rooms share.
namespace pgmend::kinds {

/// An optional part (DEFAULT, NOT NULL): its lack is mended by adding it, all else by altering.
Judgement judge_part(const Difference& difference);

/// ALTER changes it, and nothing is lost.
Judgement judge_alter(const Difference& difference);

/// Only a new object under the same name would do; it holds no data.
Judgement judge_replace(const Difference& difference);

/// Changing it rewrites the table, or may.
Judgement judge_rewrite(const Difference& difference);

/// Whether the object is in effect at all (an index valid, a constraint validated).
Judgement judge_effect(const Difference& difference);

/// Nothing pgmend would change.
Judgement judge_never(const Difference& difference);

/// A difference that is no drift.
Judgement worth_knowing(std::string reason);

/// Whether the two agree in these attributes.
bool agree(const Object& expected, const Object& actual,
           std::initializer_list<std::string_view> attributes);

}  // namespace pgmend::kinds
