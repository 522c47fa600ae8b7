// SPDX-License-Identifier: MIT
#pragma once

#include "app/database/read_database.hpp"
#include "app/expected/sources/sources.hpp"

namespace pgmend::app {

/// The settings of the pgmend.yaml that holds for this request: the one that is named as a source,
/// or the nearest. If it names sources itself (`schema:`) and the request none, the request gets
/// them. Where there is none, it may get the project's migrations. Throws SpecError.
Project settle_request(SourceRequest& request);

/// Reads the sources and merges them. Throws SpecError for one that cannot be read or that is in
/// conflict with another, UnverifiedError for a database or scratch that cannot be had.
SourcePart load_sources(const SourceRequest& request, Scratch& scratch);

/// The same where nothing needs a scratch database or a pgmend.yaml's settings.
Expectation load_expectation(SourceRequest request);

}  // namespace pgmend::app
