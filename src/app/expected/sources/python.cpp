// SPDX-License-Identifier: MIT
#include "app/expected/sources/python.hpp"

namespace pgmend::app {

source::PythonProject python_project(const std::string& source, const SourceContext& context) {
  const auto& request = context.request;
  const auto folder = std::filesystem::absolute(request.folder).lexically_normal();
  return {source, source::find_python(request.python, folder, env::process_environment()), folder,
          request.python_timeout};
}

}  // namespace pgmend::app
