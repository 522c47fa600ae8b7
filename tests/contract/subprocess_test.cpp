// SPDX-License-Identifier: MIT
#include "util/subprocess.hpp"

#include <gtest/gtest.h>
#include <signal.h>  // NOLINT: SIGTERM and others by number
#include <unistd.h>

#include "support/matchers.hpp"
#include "support/process.hpp"
#include "support/run.hpp"
#include "support/temp_folder.hpp"
#include "util/text.hpp"

namespace pgmend::test {

namespace {

using subprocess::Command;
using subprocess::Process;

Command shell(const std::string& script) {
  Command command;
  command.argv = {"sh", "-c", script};
  return command;
}

}  // namespace

TEST(Subprocess, TellsOutputFromErrorsAndHowItEnded) {
  const auto outcome = subprocess::run(shell("echo out; echo err >&2; exit 3"));
  EXPECT_EQ(outcome.out, "out\n");
  EXPECT_EQ(outcome.err, "err\n");
  EXPECT_EQ(outcome.exit_code, 3);
  EXPECT_EQ(outcome.describe(), "exit code 3");
}

TEST(Subprocess, TellsTheSignal) {
  const auto outcome = subprocess::run(shell("kill -TERM $$"));
  EXPECT_EQ(outcome.exit_code, -1);
  EXPECT_EQ(outcome.signal, SIGTERM);
}

TEST(Subprocess, PassesArgumentsAsTheyAre) {
  Command command;
  command.argv = {"printf", "%s|", "a b", "", "$(id)", "'\"*"};
  EXPECT_EQ(subprocess::run(command).out, "a b||$(id)|'\"*|");
}

TEST(Subprocess, GivesInputFolderAndEnvironment) {
  const TempFolder folder;
  Command command = shell("cat; pwd; echo $A-$HOME");
  command.input = std::string(200'000, 'x') + "\n";
  command.cwd = folder.path();
  command.env = {{"PATH", "/usr/bin:/bin"}, {"A", "b"}};
  EXPECT_EQ(subprocess::run(command).out, command.input + folder.path() + "\nb-\n");
}

TEST(Subprocess, MuchOutputBlocksNobody) {
  auto process = Process::start(shell("head -c 3000000 /dev/zero; head -c 2000000 /dev/zero >&2"));
  EXPECT_TRUE(process.wait_for(std::chrono::seconds(20)));
  EXPECT_EQ(process.out().size(), 3'000'000U);
  EXPECT_EQ(process.err().size(), 2'000'000U);
}

TEST(Subprocess, IsKilledAfterTheTimeout) {
  Command command = shell("echo begun; exec sleep 60");
  command.timeout = std::chrono::milliseconds(300);
  const auto outcome = subprocess::run(command);
  EXPECT_TRUE(outcome.timed_out);
  EXPECT_EQ(outcome.out, "begun\n");
  EXPECT_EQ(outcome.describe(), "timeout");
}

TEST(Subprocess, WhatCannotBeStartedIsAnError) {
  Command command;
  command.argv = {"no-such-program"};
  EXPECT_THROW(subprocess::run(command), subprocess::StartError);
  command.argv = {"/no/such/program"};
  EXPECT_THROW(subprocess::run(command), subprocess::StartError);
  command = shell("true");
  command.cwd = "/no/such/folder";
  EXPECT_THROW(subprocess::run(command), subprocess::StartError);
}

TEST(Subprocess, TakesSignalsInTheBackground) {
  auto process =
      Process::start(shell("trap 'echo caught; exit 7' TERM; echo ready; while :; do "
                           "sleep 0.05; done"));
  ASSERT_TRUE(wait_for_output(process, "ready"));
  EXPECT_FALSE(process.wait_for(std::chrono::milliseconds(10)));
  process.send(SIGTERM);
  const auto outcome = process.wait();
  EXPECT_EQ(outcome.exit_code, 7);
  EXPECT_EQ(outcome.out, "ready\ncaught\n");
}

TEST(Subprocess, IsKilledByWhoeverLetsGoOfIt) {
  pid_t pid = -1;
  {
    const auto process = Process::start(shell("exec sleep 60"));
    pid = process.pid();
    EXPECT_EQ(::kill(pid, 0), 0);
  }
  EXPECT_NE(::kill(pid, 0), 0);
}

TEST(Subprocess, ASessionEndsWithAllThatItStarted) {
  Command command = shell("trap 'echo asked' TERM; sleep 60 & echo $!; wait; exit 7");
  command.new_session = true;
  auto polite = Process::start(command);
  ASSERT_TRUE(wait_for_output(polite, "\n"));
  polite.end_session(std::chrono::seconds(10));
  EXPECT_EQ(polite.outcome().exit_code, 7);
  EXPECT_TRUE(contains(polite.out(), "asked"));

  command.argv.back() = "trap '' TERM; sleep 60 & echo $!; wait";
  auto deaf = Process::start(command);
  ASSERT_TRUE(wait_for_output(deaf, "\n"));
  deaf.end_session(std::chrono::milliseconds(100));
  EXPECT_EQ(deaf.outcome().signal, SIGKILL);
  EXPECT_TRUE(eventually([&] { return !is_running(std::string(text::trim(deaf.out()))); }));
}

TEST(Subprocess, StepsDown) {
  if (::geteuid() != 0) GTEST_SKIP() << "needs root";
  Command command = shell("id -u; id -g; id -G");
  command.run_as = subprocess::Identity{65534, 65534};
  EXPECT_EQ(subprocess::run(command).out, "65534\n65534\n65534\n");
}

TEST(Subprocess, AppendsToAFile) {
  const TempFolder folder;
  Command command = shell("echo out; echo err >&2");
  command.output_file = folder.path("log");
  EXPECT_EQ(subprocess::run(command).out, "");
  subprocess::run(command);
  EXPECT_EQ(folder.read("log"), "out\nerr\nout\nerr\n");
}

}  // namespace pgmend::test
