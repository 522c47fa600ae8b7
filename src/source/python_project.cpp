// SPDX-License-Identifier: MIT
#include "source/python_project.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "source/python/script.hpp"
#include "util/file.hpp"
#include "util/subprocess.hpp"
#include "util/text.hpp"

namespace pgmend::source {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

std::string last_line(const std::string& text) {
  const auto lines = text::split(text::trim(text), '\n');
  return std::string(text::trim(lines.back()));
}

[[noreturn]] void fail(const PythonProject& project, const std::string& message,
                       const std::string& hint) {
  throw PythonError({.where = {project.source, 0, 0}, .what = {}, .message = message, .hint = hint},
                    "");
}

/// Libraries that a project with models or migrations has: without them it is the wrong Python.
bool is_of_the_tools(const std::string& module) {
  return module == "sqlalchemy" || module == "alembic";
}

/// A variable that is not set, or that pydantic does not find.
bool is_about_settings(const std::string& error) {
  return error.starts_with("KeyError") || error.find("alidationError") != std::string::npos;
}

bool is_about_extension(const std::string& error) {
  return error.starts_with("extension ") && error.ends_with("is not available");
}

std::string hint_for(const json& answer, const PythonProject& project) {
  if (auto said = answer.value("hint", ""); !said.empty()) return said;
  const auto module = answer.value("missing_module", "");
  if (is_of_the_tools(module))
    return fmt::format("{} has no {}; name the project's own Python: --python FILE",
                       project.interpreter, module);
  if (!module.empty())
    return fmt::format("imported in {} by {}; if that is the wrong Python: --python FILE",
                       project.folder.string(), project.interpreter);
  if (is_about_settings(answer.at("error")))
    return "set the variables that the project's code reads; a database's URL among them may name "
           "any PostgreSQL: nothing is connected to but the scratch database";
  const auto statement = answer.value("statement", "");
  if (is_about_extension(answer.at("error")))
    return "install it for the scratch server, or name a server that has it: --scratch URL";
  if (!statement.empty()) return "the statement: " + statement;
  return "the project's own code raised it; it was run by " + project.interpreter;
}

[[noreturn]] void fail(const PythonProject& project, const json& answer) {
  SourceLocation where = {answer.value("file", ""), answer.value("line", 0), 0};
  if (where.file.empty()) where.file = project.source;
  throw PythonError({.where = std::move(where),
                     .what = {},
                     .message = answer.at("error").get<std::string>(),
                     .hint = hint_for(answer, project)},
                    answer.value("sqlstate", ""));
}

subprocess::Command command_for(const PythonProject& project, const json& request) {
  subprocess::Command command;
  command.argv = {project.interpreter, "-"};
  command.env = subprocess::current_environment();
  (*command.env)["PGMEND_REQUEST"] = request.dump();
  (*command.env)["PYTHONDONTWRITEBYTECODE"] = "1";  // the project's folder stays as it is
  (*command.env)["PYTHONIOENCODING"] = "utf-8";
  (*command.env)["PGMEND_RUN"] = request.at("job").get<std::string>();  // not to be run from within
  command.cwd = project.folder.string();
  command.input = k_python_script;
  command.timeout = project.timeout;
  command.death_signal = SIGKILL;
  return command;
}

subprocess::Outcome run(const PythonProject& project, const json& request) {
  try {
    return subprocess::run(command_for(project, request));
  } catch (const subprocess::StartError& error) {
    fail(project, error.what(), "name the project's own Python: --python FILE");
  }
}

bool is_recording(const std::string& interpreter) {
  return interpreter.ends_with(".json");
}

/// What was answered beforehand, for the newest version that is not above the one asked for.
json recorded(const PythonProject& project, const json& request) {
  const auto unusable = [&] {
    fail(project, project.interpreter + " holds no answer to what is asked of the models",
         "name a Python: --python FILE");
  };
  const auto text = file::read_if_exists(project.interpreter);
  const auto answers = json::parse(text.value_or(""), nullptr, false);
  const auto job = request.at("job").get<std::string>();
  if (!answers.is_object() || !answers.contains(job) || !answers.at(job).is_object()) unusable();
  const json* answer = nullptr;
  int since = -1;
  for (const auto& [major, one] : answers.at(job).items()) {
    const int number = std::atoi(major.c_str());
    if (number > request.value("major", 0) || number <= since) continue;
    since = number;
    answer = &one;
  }
  if (!answer || !answer->is_object() || !answer->contains("statements")) unusable();
  return *answer;
}

json ask(const PythonProject& project, const json& request) {
  if (is_recording(project.interpreter)) return recorded(project, request);
  const auto outcome = run(project, request);
  if (outcome.timed_out)
    fail(project,
         "the project's code did not come to an end in " +
             text::count(static_cast<std::size_t>(project.timeout.count()), "second"),
         "give it longer: --python-timeout SECONDS");
  auto answer = json::parse(outcome.out, nullptr, false);
  if (answer.is_discarded() || !answer.is_object())
    fail(project,
         fmt::format("it ended with {}: {}", outcome.describe(),
                     outcome.err.empty() ? "it said nothing" : last_line(outcome.err)),
         "Python 3.7 or newer is needed; another one: --python FILE");
  if (answer.contains("error")) fail(project, answer);
  return answer;
}

std::timespec now() {
  std::timespec at = {};
  std::timespec_get(&at, TIME_UTC);
  return at;
}

PythonMadeOf made_of(const json& answer, std::timespec began) {
  PythonMadeOf result;
  result.began = began;
  result.is_known = answer.contains("made_of");
  if (!result.is_known) return result;
  for (const auto& one : answer.at("made_of"))
    result.ingredients.emplace_back(one.at(0).get<std::string>().front(), one.at(1));
  result.ran = answer.at("ran").get<std::vector<std::string>>();
  return result;
}

std::optional<std::string> in_environment(const fs::path& folder) {
  for (const auto* name : {"bin/python", "bin/python3"})
    if (fs::exists(folder / name)) return (folder / name).string();
  return std::nullopt;
}

/// The Python behind the `alembic` of this shell: what runs the migrations can read them.
std::optional<std::string> that_runs_alembic() {
  const auto program = subprocess::find_program("alembic");
  if (!program) return std::nullopt;
  std::string line;
  std::getline(std::ifstream(*program), line);
  constexpr std::string_view k_mark = "#!";
  if (!line.starts_with(k_mark)) return std::nullopt;
  const std::string interpreter(text::trim(std::string_view(line).substr(k_mark.size())));
  if (!fs::path(interpreter).filename().string().starts_with("python")) return std::nullopt;
  if (interpreter.find('/') == std::string::npos || !fs::exists(interpreter)) return std::nullopt;
  return interpreter;
}

}  // namespace

std::string find_python(const std::optional<std::string>& option, const fs::path& folder,
                        const env::Environment& environment) {
  if (option) {
    if (is_recording(*option)) return *option;
    if (const auto found = subprocess::find_program(*option)) return *found;
    throw SpecError(Fault{.where = {"--python"},
                          .message = "there is no program " + *option,
                          .hint = "name the project's own Python, such as .venv/bin/python"});
  }
  const auto active = environment("VIRTUAL_ENV").value_or("");
  if (!active.empty())
    if (const auto found = in_environment(active)) return *found;
  for (const auto* name : {".venv", "venv"})
    if (const auto found = in_environment(fs::absolute(folder) / name)) return *found;
  if (auto own = environment("PGMEND_PYTHON").value_or(""); !own.empty()) return own;
  if (auto found = that_runs_alembic()) return *found;
  for (const auto* name : {"python3", "python"})
    if (const auto found = subprocess::find_program(name)) return *found;
  throw SpecError(Fault{.where = {folder.string()},
                        .message = "there is no Python: no virtual environment, none on PATH",
                        .hint = "name the project's own: --python FILE; or compile a lock file "
                                "where it is: pgmend compile"});
}

ModelsDdl read_models(const PythonProject& project, const std::vector<std::string>& names,
                      int server_major) {
  const auto began = now();
  const auto answer = ask(project, {{"job", "models"},
                                    {"names", names},
                                    {"major", server_major},
                                    {"watch", project.is_watched}});
  return {answer.at("statements").get<std::vector<std::string>>(),
          answer.at("notes").get<std::vector<std::string>>(), made_of(answer, began)};
}

Replay replay_migrations(const PythonProject& project, const fs::path& config,
                         const pg::ConnectionParameters& scratch) {
  const auto began = now();
  const auto answer = ask(project, {{"job", "migrations"},
                                    {"config", config.string()},
                                    {"scratch", scratch},
                                    {"watch", project.is_watched}});
  Replay replay;
  replay.made_of = made_of(answer, began);
  replay.heads = answer.at("heads").get<std::vector<std::string>>();
  for (const auto& table : answer.at("version_tables"))
    replay.version_tables.push_back({table.at("schema"), table.at("table")});
  replay.connections = answer.at("connections");
  return replay;
}

}  // namespace pgmend::source
