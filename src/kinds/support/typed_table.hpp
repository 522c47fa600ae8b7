// SPDX-License-Identifier: MIT
#pragma once

#include "model/kind.hpp"

/// Tables whose columns a composite type prescribes (ALTER TABLE, "OF type_name").
namespace pgmend::kinds {

/// Binds the table to the type in its attribute "of_type", or lets go of any. Refuses where its
/// columns are not as the type says.
Recipe mend_of_type(const Object& table);

}  // namespace pgmend::kinds
