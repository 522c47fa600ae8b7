// SPDX-License-Identifier: MIT
#pragma once

#include "source/sql_script.hpp"

namespace pgmend::source {

/// What is done with a statement when a schema is loaded. Told from its first words: what exactly
/// it means is the server's business.
enum class StatementSort {
  schema,       // is run
  settings,     // SET: is run, and skipped where the server does not know the setting
  data,         // rows: skipped
  transaction,  // BEGIN, COMMIT, SAVEPOINT …: is run as it stands
  roles,        // roles and who is in them: run on a private server only
  outside,      // other databases, the server's settings, tablespaces, subscriptions: skipped
};

StatementSort sort_of(const ScriptItem& statement);

/// Says who owns things or may use them: where its role is not there it can be left out, and all
/// else is still as it was.
bool is_about_privileges(const ScriptItem& statement);

/// Whether it may be tried again later, when what it misses is there. DROP would then take away
/// what came in between.
bool can_wait(const ScriptItem& statement);

/// The extension that it creates, or empty.
std::string created_extension(const ScriptItem& statement);

/// Whether it creates or changes something of this name: for telling cause from consequence.
bool may_create(const ScriptItem& statement, std::string_view name);

}  // namespace pgmend::source
