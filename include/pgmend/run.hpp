// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "pgmend/options.hpp"
#include "pgmend/report.hpp"
#include "pgmend/spec.hpp"
#include "pgmend/where.hpp"

namespace pgmend::api {

/// Changes nothing.
Report verify(const Spec& spec, const Options& options = {});
Report verify(const Source& source, const Options& options = {});

/// Repairs what it may, then reads the catalogs again.
Report ensure(const Spec& spec, const Options& options = {});
Report ensure(const Source& source, const Options& options = {});

/// ensure() for one object; `table` is "name" or "schema.name".
Report ensure_column(const std::string& table, const std::string& column,
                     const std::string& definition, const Options& options = {},
                     const Where& where = Where::current());
Report ensure_index(const std::string& table, const std::string& index,
                    const std::string& definition, const Options& options = {},
                    const Where& where = Where::current());
Report ensure_constraint(const std::string& table, const std::string& constraint,
                         const std::string& definition, const Options& options = {},
                         const Where& where = Where::current());

/// "drift", "missing", "repaired", ...
std::string to_string(Verdict verdict);
std::string to_string(Sort sort);
std::string to_string(Weight weight);
std::string to_string(Outcome outcome);
std::string to_string(Consent consent);

}  // namespace pgmend::api
