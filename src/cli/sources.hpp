// SPDX-License-Identifier: MIT
#pragma once

#include "app/compare/filter.hpp"
#include "app/expected/late_session.hpp"
#include "app/expected/schema_source.hpp"
#include "cli/options.hpp"

/// What the commands that read sources have in common.
namespace pgmend::cli {

app::SourceRequest source_request(const Options& options, std::vector<std::string> sources);

/// Where there is no target, such as for diff.
app::Scratch scratch_without_target(const Options& options);

app::Scratch::Options scratch_options(const Options& options);

app::ConnectionRequest connection_request(const Options& options, const app::Project& project);

/// What is looked at: what the command line names, or else the spec; what either ignores is not.
app::Filter filter_of(const Options& options, const app::Project& project);

/// The target, as the options and the spec say. Both must outlive it.
app::LateSession late_session(const Options& options, const app::Project& project);

}  // namespace pgmend::cli
