// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace pgmend::app {

/// A database that somebody named, for a command that is printed.
struct ShownUrl {
  std::string text;             // one word of a shell, or none if nothing can be shown of it
  bool lacks_password = false;  // it had one, which is left out
};

/// What has a password is named by an exported variable that holds it, or without the password.
ShownUrl shown_url(const std::string& url);

}  // namespace pgmend::app
