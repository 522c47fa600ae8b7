// SPDX-License-Identifier: MIT
#include "cli/options.hpp"

#include <gmock/gmock.h>

#include <map>

#include "cli/description.hpp"

namespace pgmend::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Strings = std::vector<std::string>;
using std::chrono::seconds;

Parsed parse_words(const Strings& words) {
  std::vector<const char*> argv = {"pgmend"};
  for (const auto& word : words) argv.push_back(word.c_str());
  return parse(static_cast<int>(argv.size()), argv.data(), "what the program is");
}

Options options(const Strings& words) {
  auto parsed = parse_words(words);
  EXPECT_TRUE(parsed.options.has_value());
  EXPECT_EQ(parsed.exit_code, 0);
  return parsed.options.value_or(Options{});
}

struct Printed {
  int exit_code;
  std::string out;
  std::string err;
};

/// For command lines that end in parsing.
Printed printed(const Strings& words) {
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  const auto parsed = parse_words(words);
  std::fflush(stdout);
  Printed result = {parsed.exit_code, testing::internal::GetCapturedStdout(),
                    testing::internal::GetCapturedStderr()};
  EXPECT_FALSE(parsed.options.has_value());
  return result;
}

/// The message of a usage error.
std::string error(const Strings& words) {
  const auto result = printed(words);
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_EQ(result.out, "");
  return result.err;
}

TEST(Options, NameTheCommand) {
  EXPECT_EQ(options({"ensure"}).command, Command::ensure);
  EXPECT_EQ(options({"verify"}).command, Command::verify);
  EXPECT_EQ(options({"plan"}).command, Command::plan);
  EXPECT_EQ(options({"init"}).command, Command::init);
  EXPECT_EQ(options({"demo"}).command, Command::demo);
}

TEST(Options, HaveDefaults) {
  const auto defaults = options({"ensure"});
  EXPECT_EQ(defaults.database, std::nullopt);
  EXPECT_THAT(defaults.schema, IsEmpty());
  EXPECT_EQ(defaults.connect_timeout_seconds, 10);
  EXPECT_FALSE(defaults.log_sql);
  EXPECT_THAT(defaults.schema_names, IsEmpty());
  EXPECT_THAT(defaults.tables, IsEmpty());
  EXPECT_THAT(defaults.kinds, IsEmpty());
  EXPECT_FALSE(defaults.fix);
  EXPECT_FALSE(defaults.dry_run);
  EXPECT_THAT(defaults.consents, ElementsAre(Consent::add, Consent::restore));
  EXPECT_EQ(defaults.patience, seconds(60));
  EXPECT_EQ(defaults.build_wait, seconds(600));
  EXPECT_EQ(defaults.build_timeout, seconds(14400));
  EXPECT_EQ(defaults.role, std::nullopt);
  EXPECT_EQ(defaults.output, std::nullopt);
  EXPECT_FALSE(defaults.force);
  EXPECT_FALSE(defaults.keep);
  EXPECT_EQ(defaults.detail, Detail::normal);
  EXPECT_EQ(defaults.color, terminal::ColorChoice::automatic);
}

TEST(Options, Connection) {
  for (const auto* command : {"ensure", "verify", "plan", "init"}) {
    const auto parsed =
        options({command, "--database", "postgres://x/y", "--connect-timeout", "3", "--log-sql"});
    EXPECT_EQ(parsed.database, "postgres://x/y");
    EXPECT_EQ(parsed.connect_timeout_seconds, 3);
    EXPECT_TRUE(parsed.log_sql);
  }
  EXPECT_EQ(options({"verify", "-d", "x"}).database, "x");
  EXPECT_EQ(options({"verify", "--database=x=y"}).database, "x=y");
  EXPECT_EQ(options({"verify", "--database", ""}).database, "");
}

TEST(Options, Spec) {
  EXPECT_EQ(options({"plan", "--schema", "a.yaml"}).schema.at(0), "a.yaml");
  EXPECT_EQ(options({"ensure", "-s", "a.yaml"}).schema.at(0), "a.yaml");
}

TEST(Options, FiltersMayBeRepeated) {
  const auto parsed = options({"verify", "--table", "a", "--table", "b*", "--schema-name", "app",
                               "--kind", "index", "--kind", "column"});
  EXPECT_THAT(parsed.tables, ElementsAre("a", "b*"));
  EXPECT_THAT(parsed.schema_names, ElementsAre("app"));
  EXPECT_THAT(parsed.kinds, ElementsAre("index", "column"));
}

TEST(Options, OwnOfEachCommand) {
  EXPECT_TRUE(options({"verify", "--fix"}).fix);
  EXPECT_TRUE(options({"ensure", "--dry-run"}).dry_run);
  EXPECT_TRUE(options({"init", "--force"}).force);
  EXPECT_EQ(options({"init", "--output", "-"}).output, "-");
  EXPECT_EQ(options({"init", "-o", "a.yaml"}).output, "a.yaml");
  EXPECT_TRUE(options({"demo", "--keep"}).keep);
}

/// Or a shell would complete what is refused.
TEST(Options, EveryWordThatShellsOfferIsTaken) {
  int words = 0;
  for (const auto& command : describe().commands)
    for (const auto& option : command.options) {
      if (option.long_name.empty()) continue;
      for (const auto& word : option.words) {
        ++words;
        Strings line = {command.name, "--" + option.long_name, word};
        if (command.name == "migrate") line.insert(line.end(), {"--", "true"});
        if (command.name == "diff") line.insert(line.end(), {"a", "b"});
        EXPECT_TRUE(parse_words(line).options.has_value()) << testing::PrintToString(line);
      }
    }
  EXPECT_GT(words, 100);
}

TEST(Options, EveryTimeMayHaveAUnit) {
  for (const auto& [text, time] : std::map<std::string, seconds>{{"45", seconds(45)},
                                                                 {"45s", seconds(45)},
                                                                 {"2m", seconds(120)},
                                                                 {"1h", seconds(3600)}}) {
    EXPECT_EQ(options({"verify", "--connect-timeout", text}).connect_timeout_seconds, time.count());
    EXPECT_EQ(options({"verify", "--python-timeout", text}).python_timeout, time);
    EXPECT_EQ(options({"verify", "--wait", text}).wait, time);
    EXPECT_EQ(options({"ensure", "--patience", text}).patience, time);
    EXPECT_EQ(options({"ensure", "--build-wait", text}).build_wait, time);
    EXPECT_EQ(options({"ensure", "--build-timeout", text}).build_timeout, time);
    EXPECT_EQ(options({"migrate", "--timeout", text, "--", "true"}).timeout, time);
  }
  EXPECT_EQ(options({"ensure", "--patience", "500h"}).patience, seconds(1'800'000));
  EXPECT_EQ(options({"migrate", "--timeout", "0", "--", "true"}).timeout, seconds(0));
}

TEST(Options, WhatIsNoTimeIsRefused) {
  for (const auto* text : {"", "s", "1.5", "-1", "+1", "1d", "1 m", "1ms", "1S", "2m30s", "501h",
                           "1800001", "4294967296", "18446744073709551617"})
    EXPECT_THAT(error({"ensure", "--patience", text}),
                HasSubstr(std::string("--patience: `") + text + "` is not a time"))
        << text;
  EXPECT_THAT(error({"ensure", "--build-timeout", "0m"}), HasSubstr("`0m` is too short"));
}

TEST(Options, Detail) {
  EXPECT_EQ(options({"verify", "--quiet"}).detail, Detail::quiet);
  EXPECT_EQ(options({"verify", "-q"}).detail, Detail::quiet);
  EXPECT_EQ(options({"verify", "--verbose"}).detail, Detail::verbose);
  EXPECT_EQ(options({"verify", "-v"}).detail, Detail::verbose);
}

TEST(Options, Color) {
  EXPECT_EQ(options({"verify", "--color", "always"}).color, terminal::ColorChoice::always);
  EXPECT_EQ(options({"verify", "--color=never"}).color, terminal::ColorChoice::never);
  EXPECT_EQ(options({"verify", "--color", "auto"}).color, terminal::ColorChoice::automatic);
}

TEST(Options, Patience) {
  EXPECT_EQ(options({"ensure", "--patience", "5"}).patience, seconds(5));
  EXPECT_EQ(options({"ensure", "--patience", "0"}).patience, seconds(0));
  EXPECT_EQ(options({"ensure"}).turn_patience, seconds(600));
  EXPECT_EQ(options({"migrate", "--patience", "5", "--", "true"}).turn_patience, seconds(5));
  EXPECT_EQ(options({"ensure", "--build-wait", "0"}).build_wait, seconds(0));
  EXPECT_EQ(options({"verify", "--build-timeout", "7"}).build_timeout, seconds(7));
  EXPECT_EQ(options({"plan", "--role", "owner"}).role, "owner");
  EXPECT_EQ(options({"ensure"}).max_size, 0U);
  EXPECT_EQ(options({"ensure", "--max-size", "10GB"}).max_size, 10ULL << 30U);
}

TEST(Allow, AddsToTheDefaults) {
  EXPECT_THAT(options({"ensure", "--allow", "alter"}).consents,
              ElementsAre(Consent::add, Consent::restore, Consent::alter));
}

TEST(Allow, TakesLists) {
  const auto all = ElementsAre(Consent::add, Consent::restore, Consent::alter, Consent::replace,
                               Consent::rewrite);
  EXPECT_THAT(options({"ensure", "--allow", "alter,replace,rewrite"}).consents, all);
  EXPECT_THAT(options({"ensure", "--allow", "rewrite, replace , alter"}).consents, all);
  EXPECT_THAT(options({"ensure", "--allow", "alter", "--allow", "replace,rewrite"}).consents, all);
}

TEST(Allow, RefusesOtherWords) {
  EXPECT_THAT(error({"ensure", "--allow", "everything"}),
              HasSubstr("`everything` is not one of alter, replace, rewrite, drop"));
  EXPECT_THAT(error({"ensure", "--allow", "alter,never"}), HasSubstr("`never` is not one of"));
  EXPECT_THAT(error({"ensure", "--allow", "alter,"}), HasSubstr("`` is not one of"));
  EXPECT_THAT(error({"ensure", "--allow", "Alter"}), HasSubstr("`Alter` is not one of"));
  EXPECT_THAT(error({"ensure", "--allow"}), HasSubstr("--allow"));
}

TEST(OptionErrors, WithoutACommandThereIsHelp) {
  const auto result = printed({});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("pgmend ensure"));
}

TEST(OptionErrors, UnknownCommand) {
  EXPECT_THAT(error({"enshure"}), HasSubstr("hint: did you mean: pgmend ensure?"));
  EXPECT_THAT(error({"zzzzzzzzz"}), HasSubstr("hint: see: pgmend --help"));
}

TEST(OptionErrors, UnknownOption) {
  const auto message = error({"verify", "--fxi"});
  EXPECT_THAT(message, HasSubstr("--fxi"));
  EXPECT_THAT(message, HasSubstr("hint: see: pgmend verify --help"));
}

TEST(OptionErrors, OptionsOfAnotherCommand) {
  EXPECT_THAT(error({"verify", "--dry-run"}), HasSubstr("--dry-run"));
  EXPECT_THAT(error({"ensure", "--fix"}), HasSubstr("--fix"));
  EXPECT_THAT(error({"init", "--allow", "alter"}), HasSubstr("--allow"));
  EXPECT_THAT(error({"init", "--schema", "a.yaml"}), HasSubstr("--schema"));
  EXPECT_THAT(error({"demo", "--database", "x"}), HasSubstr("--database"));
  EXPECT_THAT(error({"ensure", "--keep"}), HasSubstr("--keep"));
}

TEST(OptionErrors, TwoCommands) {
  EXPECT_THAT(error({"ensure", "verify"}), HasSubstr("verify"));
}

TEST(OptionErrors, StrayWords) {
  EXPECT_THAT(error({"verify", "users"}), HasSubstr("users"));
  EXPECT_THAT(error({"verify", "--table", "a", "b"}), HasSubstr("b"));
}

TEST(OptionErrors, ValuesOutOfRange) {
  EXPECT_THAT(error({"verify", "--connect-timeout", "0"}), HasSubstr("--connect-timeout"));
  EXPECT_THAT(error({"verify", "--connect-timeout", "soon"}), HasSubstr("--connect-timeout"));
  EXPECT_THAT(error({"ensure", "--patience", "-1"}), HasSubstr("--patience"));
  EXPECT_THAT(error({"ensure", "--patience", "1.5"}), HasSubstr("--patience"));
  EXPECT_THAT(error({"ensure", "--build-timeout", "0"}), HasSubstr("--build-timeout"));
  EXPECT_THAT(error({"ensure", "--build-wait", "long"}), HasSubstr("--build-wait"));
  EXPECT_THAT(error({"ensure", "--max-size", "large"}), HasSubstr("--max-size"));
  EXPECT_THAT(error({"verify", "--color", "sometimes"}), HasSubstr("--color"));
  EXPECT_THAT(error({"verify", "--database"}), HasSubstr("--database"));
}

TEST(OptionErrors, QuietAndVerbose) {
  EXPECT_THAT(error({"verify", "--quiet", "--verbose"}), HasSubstr("--verbose"));
}

TEST(OptionErrors, AreMessageAndHint) {
  const auto message = error({"verify", "--nope"});
  EXPECT_TRUE(message.starts_with("pgmend: ")) << message;
  EXPECT_THAT(message, HasSubstr("\nhint: "));
}

TEST(Help, IsNoError) {
  const auto result = printed({"--help"});
  EXPECT_EQ(result.exit_code, 0);
  for (const auto* part : {"ensure", "verify", "plan", "init", "demo", "Exit codes:"})
    EXPECT_THAT(result.out, HasSubstr(part));
  EXPECT_EQ(result.err, "");
}

TEST(Help, OfEachCommandShowsItsOptions) {
  EXPECT_THAT(printed({"ensure", "--help"}).out, HasSubstr("--dry-run"));
  EXPECT_THAT(printed({"verify", "--help"}).out, HasSubstr("--fix"));
  EXPECT_THAT(printed({"plan", "--help"}).out, HasSubstr("pgmend plan > repair.sql"));
  EXPECT_THAT(printed({"init", "--help"}).out, HasSubstr("--force"));
  EXPECT_THAT(printed({"demo", "--help"}).out, HasSubstr("--keep"));
}

TEST(Help, Version) {
  const auto result = printed({"--version"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(result.out, "what the program is\n");
}

}  // namespace
}  // namespace pgmend::cli
