// SPDX-License-Identifier: MIT
#include "project.hpp"

#include <fmt/format.h>

#include <csignal>
#include <filesystem>
#include <regex>
#include <stdexcept>

namespace pgmend::test {

namespace fs = std::filesystem;

Project::Project(Options options) : m_options(std::move(options)) {
  if (m_options.folder.empty()) return;
  fs::copy(fs::path(PGMEND_SOURCE_DIR) / m_options.folder, m_folder.path(),
           fs::copy_options::recursive);
  if (m_options.url_variable.empty()) write_url_into_alembic_ini();
}

void Project::write_url_into_alembic_ini() const {
  const std::regex line("sqlalchemy\\.url = .*");
  m_folder.write("alembic.ini", std::regex_replace(m_folder.read("alembic.ini"), line,
                                                   "sqlalchemy.url = " + application_url()));
}

std::string Project::application_url() const {
  return fmt::format("{}://postgres@/{}?host={}&port={}", m_options.scheme, m_database.name(),
                     m_database.server().folder(), m_database.server().port());
}

RunOptions Project::run_options() const {
  RunOptions result;
  result.cwd = m_folder.path();
  result.env = m_options.env;
  result.env["PYTHONDONTWRITEBYTECODE"] = "1";
  if (!m_options.url_variable.empty()) result.env[m_options.url_variable] = application_url();
  return result;
}

RunResult Project::run(std::vector<std::string> args, const std::string& scratch,
                       const Database& target, const RunOptions& options) const {
  args.insert(args.end(), {"--python", m_options.python});
  if (!scratch.empty()) args.insert(args.end(), {"--scratch", scratch});
  if (args.front() != "compile" && args.front() != "diff")
    args.insert(args.end(), {"--database", target.url()});
  return run_pgmend(args, options);
}

RunResult Project::pgmend_on(const Database& target, const std::vector<std::string>& args) const {
  return run(args, m_database.url(), target, run_options());
}

RunResult Project::pgmend_in(const std::string& folder,
                             const std::vector<std::string>& args) const {
  auto options = run_options();
  options.cwd = m_folder.path(folder);
  return run(args, m_database.url(), m_database, options);
}

RunResult Project::pgmend_with_scratch(const std::string& scratch,
                                       const std::vector<std::string>& args) const {
  return run(args, scratch, m_database, run_options());
}

RunResult Project::plain_pgmend(const std::vector<std::string>& args) const {
  auto options = run_options();
  options.env["PATH"] = "/nonexistent";
  auto all = args;
  all.insert(all.end(), {"--database", m_database.url()});
  return run_pgmend(all, options);
}

RunResult Project::python(std::vector<std::string> args) const {
  subprocess::Command command;
  command.argv = std::move(args);
  command.argv.insert(command.argv.begin(), m_options.python);
  const auto options = run_options();
  command.env = clean_environment(options.env);
  command.cwd = options.cwd;
  command.timeout = options.timeout;
  command.death_signal = SIGKILL;
  return subprocess::run(command);
}

void Project::must_run(std::vector<std::string> args) const {
  const auto what = args.back();
  const auto result = python(std::move(args));
  if (!result.ok()) throw std::runtime_error(what + ": " + result.err);
}

}  // namespace pgmend::test
