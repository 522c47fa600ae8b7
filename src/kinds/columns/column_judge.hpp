// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "model/kind.hpp"

/// What differences between columns amount to.
namespace pgmend::kinds {

Judgement judge_inherited(const Difference& difference);
Judgement judge_column_default(const Difference& difference);

Judgement judge_sequence(const Difference& difference);

/// One without which rows cannot be inserted is drift: the application does not name it.
Judgement judge_extra_column(const Object& column);

}  // namespace pgmend::kinds
