// SPDX-License-Identifier: MIT
// The shells themselves complete: bash by its function, zsh in a terminal of its own, fish by
// `complete -C`. Debian's zsh, fish and man-db are looked for, not required.
#include <filesystem>

#include "cli.hpp"
#include "util/text.hpp"

namespace pgmend::test {
namespace {

RunResult run_program(const Arguments& argv, const std::string& cwd = "/") {
  subprocess::Command command;
  command.argv = argv;
  command.env = clean_environment({{"TERM", "dumb"}});
  command.cwd = cwd;
  command.timeout = std::chrono::seconds(60);
  return subprocess::run(command);
}

bool is_installed(const std::string& program) {
  return std::filesystem::exists("/usr/bin/" + program);
}

class Completion : public testing::Test {
 protected:
  std::string script(const std::string& shell) const {
    const auto result = run_pgmend({"completion", shell});
    EXPECT_EQ(exit_correct, result.exit_code);
    return m_folder.write("completion." + shell, result.out);
  }

  /// What bash offers where the last of the words is being typed.
  std::string bash(const std::string& words) const {
    const auto result = run_program({"bash", "-c",
                                     "source " + script("bash") + "; COMP_WORDS=(pgmend " + words +
                                         "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _pgmend; "
                                         "echo \"${COMPREPLY[*]}\""},
                                    m_folder.path("."));
    EXPECT_EQ("", result.err);
    return std::string(text::trim(result.out));
  }

  std::string fish(const std::string& line) const {
    const auto result = run_program(
        {"fish", "--no-config", "-c", "source " + script("fish") + "; complete -C '" + line + "'"},
        m_folder.path("."));
    EXPECT_EQ("", result.err);
    return result.out;
  }

  /// What the line has become in the terminal after a tab.
  std::string zsh(const std::string& line, const std::string& wanted) const {
    const auto driver = m_folder.write("driver.zsh", R"(
      zmodload zsh/zpty
      zpty shell zsh -f -i
      zpty -w shell 'autoload -Uz compinit; compinit -u -D; source '$1'; print READY-$((1+1))'
      typeset out part
      repeat 300; do
        sleep 0.1; zpty -r -t shell part && out+=$part; [[ $out == *READY-2* ]] && break
      done
      out=
      zpty -n -w shell "$2"$'\t'
      repeat 100; do
        sleep 0.1; while zpty -r -t shell part; do out+=$part; done; [[ $out == *$3* ]] && break
      done
      print -r -- "$out"
      zpty -d shell)");
    return run_program({"zsh", "-f", driver, script("zsh"), line, wanted}, m_folder.path(".")).out;
  }

  const TempFolder& folder() const { return m_folder; }

 private:
  TempFolder m_folder;
};

TEST_F(Completion, BashCompletesCommandsAndOptions) {
  EXPECT_EQ("verify", bash("ver"));
  EXPECT_EQ(
      "ensure verify plan migrate fleet watch diff compile snapshot init demo explain completion "
      "man",
      bash("''"));
  EXPECT_EQ("--connect-timeout --color", bash("verify --co"));
  EXPECT_EQ("--version", bash("--v"));
  EXPECT_EQ("--dry-run", bash("ensure --dry"));
  EXPECT_EQ("", bash("verify --dry"));
}

TEST_F(Completion, BashCompletesValues) {
  EXPECT_EQ("auto always never", bash("verify --color ''"));
  EXPECT_EQ("auto always", bash("verify --color = a"));
  EXPECT_EQ("auto always never", bash("verify --color ="));
  EXPECT_EQ("alter,replace alter,rewrite", bash("ensure --allow alter,re"));
  EXPECT_EQ("owners", bash("verify --with ow"));
  EXPECT_EQ("materialized_view", bash("verify --kind mat"));
  EXPECT_EQ("column,materialized_view", bash("verify --kind column,mat"));
  EXPECT_EQ("json junit", bash("verify --format j"));
  EXPECT_EQ("", bash("verify --patience ''"));
}

TEST_F(Completion, BashCompletesWhatIsExplained) {
  EXPECT_EQ("index.state index.statistics", bash("explain index.st"));
  EXPECT_EQ("index.predicate", bash("explain index.pr"));
  EXPECT_EQ("pending", bash("explain pen"));
}

TEST_F(Completion, BashCompletesFilesAndCommands) {
  folder().write("expected schema.sql", "");
  for (const auto* words : {"verify --schema exp", "verify -s exp", "compile exp", "diff exp",
                            "snapshot --output exp", "migrate -- psql exp"})
    EXPECT_EQ("expected schema.sql", bash(words)) << words;
  EXPECT_TRUE(contains(bash("migrate -- tes"), "test"));
}

TEST_F(Completion, FishCompletes) {
  if (!is_installed("fish")) GTEST_SKIP() << "fish is not installed";
  folder().write("schema.sql", "");
  EXPECT_TRUE(contains_line(fish("pgmend ver"), "verify\tcheck only; --fix makes it ensure"));
  EXPECT_TRUE(contains(fish("pgmend verify --col"), "--color\t"));
  EXPECT_TRUE(contains_not(fish("pgmend verify --dry"), "--dry-run"));
  EXPECT_TRUE(contains(fish("pgmend verify --color al"), "always\t"));
  EXPECT_TRUE(contains(fish("pgmend ensure --allow alter,rew"), "alter,rewrite\t"));
  EXPECT_TRUE(contains_line(fish("pgmend explain index.st"), "index.state"));
  EXPECT_TRUE(contains(fish("pgmend verify --schema sch"), "schema.sql"));
  EXPECT_TRUE(contains(fish("pgmend compile sch"), "schema.sql"));
}

TEST_F(Completion, ZshCompletes) {
  if (!is_installed("zsh")) GTEST_SKIP() << "zsh is not installed";
  folder().write("schema.sql", "");
  const std::pair<const char*, const char*> lines[] = {
      {"pgmend ver", "pgmend verify"},
      {"pgmend verify --col", "pgmend verify --color"},
      {"pgmend verify --color=al", "--color=always"},
      {"pgmend ensure --allow alter,rew", "alter,rewrite"},
      {"pgmend explain index.st", "index.state"},
      {"pgmend verify --schema sch", "schema.sql"},
      {"pgmend compile sch", "schema.sql"},
      {"pgmend migrate -- ls sch", "schema.sql"},
  };
  for (const auto& [line, wanted] : lines) EXPECT_TRUE(contains(zsh(line, wanted), wanted)) << line;
}

TEST_F(Completion, OtherShellsAreWrongUsage) {
  const auto result = run_pgmend({"completion", "tcsh"});
  EXPECT_EQ(exit_usage, result.exit_code);
  EXPECT_TRUE(contains(result.err, "tcsh not in {bash,zsh,fish}"));
}

TEST(ManualPage, HasEveryCommandAndItsOptions) {
  const auto page = run_pgmend({"man"});
  EXPECT_EQ(exit_correct, page.exit_code);
  EXPECT_TRUE(contains_in_order(
      page.out, {".SH NAME", ".SS pgmend ensure", "\\-\\-dry\\-run", ".SS pgmend migrate",
                 "\\-\\-timeout", ".SS pgmend completion"}));
}

TEST(ManualPage, IsSetWithoutWarnings) {
  if (!is_installed("man")) GTEST_SKIP() << "man-db is not installed";
  const TempFolder folder;
  const auto page = folder.write("pgmend.1", run_pgmend({"man"}).out);
  const auto result = run_program({"man", "--warnings", "-l", page});
  EXPECT_EQ(0, result.exit_code);
  EXPECT_EQ("", result.err);
  EXPECT_TRUE(contains(result.out, "pgmend migrate -- alembic upgrade head"));
}

}  // namespace
}  // namespace pgmend::test
