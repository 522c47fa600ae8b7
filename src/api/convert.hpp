// SPDX-License-Identifier: MIT
#pragma once

#include <pgmend/options.hpp>
#include <pgmend/report.hpp>
#include <pgmend/spec.hpp>

#include "model/declaration.hpp"
#include "model/report.hpp"

/// Between what users of the library see and what we work with. In here `Report` is theirs,
/// `pgmend::Report` ours.
namespace pgmend::api {

/// Throws SpecError for a name that is empty or stands twice, and for a spec that names nothing.
Declarations to_declarations(const Spec& spec);

Report to_public(const pgmend::Report& report);
pgmend::Consent to_model(Consent consent);

}  // namespace pgmend::api
