// SPDX-License-Identifier: MIT
#include "examples.hpp"

namespace pgmend::test {

namespace fs = std::filesystem;

void write_program(const TempFolder& folder, const std::string& name, const std::string& script) {
  fs::permissions(folder.write(name, "#!/bin/sh\n" + script), fs::perms::owner_all);
}

RunResult python(const std::string& script, const std::vector<std::string>& arguments) {
  subprocess::Command command;
  command.argv = {PGMEND_PYTHON, "-c", script};
  command.argv.insert(command.argv.end(), arguments.begin(), arguments.end());
  return subprocess::run(command);
}

RunResult run_in(const Project& project, const std::string& commands,
                 const subprocess::Environment& variables) {
  const TempFolder programs;
  fs::create_symlink(PGMEND_BINARY, programs.path("pgmend"));
  fs::create_symlink(chosen_python(), programs.path("python3"));
  write_program(programs, "alembic", "exec python3 -m alembic \"$@\"\n");
  subprocess::Command command;
  command.argv = {"bash", "-ec", commands};
  command.cwd = project.folder().path();
  auto environment = clean_environment(variables);
  environment.emplace("DATABASE_URL", project.application_url());
  environment["PYTHONDONTWRITEBYTECODE"] = "1";
  environment["PATH"] = programs.path() + ":" + environment["PATH"];
  command.env = environment;
  command.timeout = std::chrono::seconds(120);
  return subprocess::run(command);
}

}  // namespace pgmend::test
