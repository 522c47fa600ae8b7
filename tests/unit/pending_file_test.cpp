// SPDX-License-Identifier: MIT
#include "util/pending_file.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <system_error>

#include "support/temp_folder.hpp"

namespace pgmend::file {
namespace {

namespace fs = std::filesystem;

class PendingFileTest : public testing::Test {
 protected:
  void write(const std::string& text, bool commits) const {
    PendingFile file(m_folder.path("report"));
    std::fputs(text.c_str(), file.stream());
    if (commits) file.commit();
  }
  /// Files in the folder, hidden ones too.
  long entries() const {
    return std::distance(fs::directory_iterator(m_folder.path()), fs::directory_iterator());
  }

  test::TempFolder m_folder;
};

TEST_F(PendingFileTest, IsThereWhenItIsWhole) {
  write("half", false);
  EXPECT_EQ(entries(), 0);
  write("whole", true);
  EXPECT_EQ(m_folder.read("report"), "whole");
  EXPECT_EQ(entries(), 1);
}

TEST_F(PendingFileTest, WhatWasThereStaysUntilThen) {
  m_folder.write("report", "before");
  write("half", false);
  EXPECT_EQ(m_folder.read("report"), "before");
  write("after", true);
  EXPECT_EQ(m_folder.read("report"), "after");
  EXPECT_EQ(entries(), 1);
}

TEST_F(PendingFileTest, KeepsTheModeOfTheOldFile) {
  fs::permissions(m_folder.write("report", ""), fs::perms(0640));
  write("x", true);
  EXPECT_EQ(fs::status(m_folder.path("report")).permissions(), fs::perms(0640));
}

TEST_F(PendingFileTest, ANewFileIsAsAnyProgramsWouldBe) {
  const mode_t before = ::umask(027);
  write("x", true);
  ::umask(before);
  EXPECT_EQ(fs::status(m_folder.path("report")).permissions(), fs::perms(0640));
}

TEST_F(PendingFileTest, ALinkStaysALink) {
  m_folder.write("target", "before");
  fs::create_symlink("target", m_folder.path("report"));
  write("after", true);
  EXPECT_TRUE(fs::is_symlink(m_folder.path("report")));
  EXPECT_EQ(m_folder.read("target"), "after");
}

TEST_F(PendingFileTest, ADeviceIsWrittenTo) {
  PendingFile file("/dev/null");
  std::fputs("x", file.stream());
  file.commit();
  EXPECT_TRUE(fs::is_character_file("/dev/null"));
}

TEST_F(PendingFileTest, SaysAtOnceThatItCannotBeWritten) {
  EXPECT_THROW(PendingFile(m_folder.path("none/report")), std::system_error);
  EXPECT_THROW(PendingFile(m_folder.path()), std::system_error);
}

}  // namespace
}  // namespace pgmend::file
