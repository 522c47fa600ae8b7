// SPDX-License-Identifier: MIT
// Which Python reads a project: --python, $VIRTUAL_ENV, .venv, the first on PATH.
#include <filesystem>

#include "migrating.hpp"

namespace pgmend::test {
namespace {

class PythonChoice : public MigratingTest {
 protected:
  PythonChoice() {
    write_revision("a", "", "    op.execute('CREATE TABLE t (id int)')\n");
    // A Python without libraries comes first on PATH.
    make_python("bare/python3", "exec " + chosen_python() + " -S \"$@\"");
    // As a version manager's shim: no Python is named in it.
    make_python("bare/alembic", "exit 1");
  }

  /// A program that leaves a mark, and then is Python.
  void make_python(const std::string& path, const std::string& script) {
    const auto file =
        m_project.folder().write(path, "#!/bin/sh\ntouch \"$0.ran\"\n" + script + "\n");
    std::filesystem::permissions(file, std::filesystem::perms::owner_all);
  }

  bool ran(const std::string& path) const {
    return std::filesystem::exists(m_project.folder().path(path + ".ran"));
  }

  RunResult run(const std::vector<std::string>& further = {},
                const subprocess::Environment& env = {}) {
    RunOptions options;
    options.cwd = m_project.folder().path();
    options.env = env;
    options.env["DATABASE_URL"] = m_project.application_url();
    options.env.try_emplace("PATH", m_project.folder().path("bare") + ":/usr/bin:/bin");
    std::vector<std::string> args = {"compile",     "alembic:",  "-o",
                                     "schema.lock", "--scratch", m_project.database().url()};
    args.insert(args.end(), further.begin(), further.end());
    return run_pgmend(args, options);
  }
};

const std::string k_real = "exec " + chosen_python() + " \"$@\"";

TEST_F(PythonChoice, TheFirstOnPathIfThereIsNoOther) {
  const auto result = run();
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_TRUE(ran("bare/python3"));
  EXPECT_TRUE(contains_in_order(unwrapped(result.err),
                                {"No module named 'sqlalchemy'", "bare/python3 has no sqlalchemy",
                                 "name the project's own Python: --python FILE"}));
}

TEST_F(PythonChoice, TheOneThatRunsAlembicBeforeTheFirstOnPath) {
  make_python("elsewhere/python3", k_real);
  m_project.folder().write("bare/alembic",
                           "#!" + m_project.folder().path("elsewhere/python3") + "\nimport sys\n");
  const auto result = run();
  EXPECT_EQ(result.exit_code, 0) << testing::PrintToString(result);
  EXPECT_TRUE(ran("elsewhere/python3"));
  EXPECT_FALSE(ran("bare/python3"));
}

TEST_F(PythonChoice, TheProjectsOwnEnvironment) {
  make_python(".venv/bin/python", k_real);
  const auto result = run();
  EXPECT_EQ(result.exit_code, 0) << testing::PrintToString(result);
  EXPECT_TRUE(ran(".venv/bin/python"));
}

TEST_F(PythonChoice, TheActiveEnvironmentBeforeTheFolder) {
  make_python(".venv/bin/python", "exit 1");
  make_python("active/bin/python", k_real);
  const auto result = run({}, {{"VIRTUAL_ENV", m_project.folder().path("active")}});
  EXPECT_EQ(result.exit_code, 0) << testing::PrintToString(result);
  EXPECT_FALSE(ran(".venv/bin/python"));
}

TEST_F(PythonChoice, TheOptionBeforeAll) {
  make_python(".venv/bin/python", "exit 1");
  make_python("named", k_real);
  const auto result = run({"--python", "./named"}, {{"VIRTUAL_ENV", "/nonexistent"}});
  EXPECT_EQ(result.exit_code, 0) << testing::PrintToString(result);
  EXPECT_TRUE(ran("named"));
}

TEST_F(PythonChoice, NoneAtAllOrNotAProgram) {
  auto result = run({}, {{"PATH", "/nonexistent"}});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_TRUE(contains_in_order(
      unwrapped(result.err),
      {"there is no Python", "hint: name the project's own: --python FILE", "pgmend compile"}));
  result = run({"--python", "nosuchpython"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_TRUE(contains(unwrapped(result.err), "--python: there is no program nosuchpython"));
}

TEST_F(PythonChoice, ThePythonOfPipsPgmendBeforePath) {
  make_python("pips", k_real);
  auto result = run({}, {{"PGMEND_PYTHON", m_project.folder().path("pips")}});
  EXPECT_EQ(result.exit_code, 0) << testing::PrintToString(result);
  EXPECT_TRUE(ran("pips"));
  make_python(".venv/bin/python", k_real);
  result = run({}, {{"PGMEND_PYTHON", "/nonexistent"}});
  EXPECT_EQ(result.exit_code, 0) << testing::PrintToString(result);
}

// python/tests asks for what was answered; here is what cannot be read.
TEST_F(PythonChoice, AFileThatHoldsNoAnswers) {
  for (const auto* text : {"", "[]", R"({"models": {"99": {"statements": []}}})",
                           R"({"models": {"0": {"notes": []}}})"}) {
    m_project.folder().write("answers.json", text);
    const auto result = run({"--python", "answers.json"});
    EXPECT_EQ(result.exit_code, 2) << text;
    EXPECT_TRUE(contains(unwrapped(result.err), "answers.json holds no answer to what is asked"))
        << testing::PrintToString(result);
  }
}

TEST_F(PythonChoice, AProgramThatIsNoPython) {
  make_python("named", "echo 'not a snake' >&2; exit 3");
  const auto result = run({"--python", "./named"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_TRUE(contains(unwrapped(result.err), "it ended with exit code 3: not a snake"));
}

}  // namespace
}  // namespace pgmend::test
