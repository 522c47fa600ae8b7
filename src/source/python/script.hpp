// SPDX-License-Identifier: MIT
#pragma once

namespace pgmend::source {

/// What pgmend runs in a project's own Python: channel.py to serve.py, one behind the other.
extern const char* const k_python_script;

}  // namespace pgmend::source
