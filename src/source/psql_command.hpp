// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "source/sql_script.hpp"

namespace pgmend::source {

/// What one of psql's own commands comes to when a file is loaded for the schema it makes.
struct PsqlCommand {
  enum class Sort {
    ignored,         // changes what is printed, not what is made
    quit,            // the file ends here
    copy,            // data
    connect,         // to another database
    include,         // `argument` is a file, from the working directory
    include_beside,  // from the folder of the file that it stands in
  };
  Sort sort = Sort::ignored;
  std::string argument;
};

/// Throws SpecError for a command whose effect on the schema cannot be known.
PsqlCommand read_psql_command(const ScriptItem& item);

}  // namespace pgmend::source
