// SPDX-License-Identifier: MIT
#pragma once

#include "app/errors.hpp"

namespace pgmend::app {

/// The server is there, and the database is not.
class NoDatabaseError : public UnverifiedError {
 public:
  using UnverifiedError::UnverifiedError;
};

/// Whether that is what an attempt to connect came to.
bool is_missing_database(const pg::Error& error);

/// Its server answered nothing for as long as was waited.
class SilentServerError : public UnverifiedError {
 public:
  using UnverifiedError::UnverifiedError;
};

}  // namespace pgmend::app
