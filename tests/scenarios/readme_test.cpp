// SPDX-License-Identifier: MIT
// The README's five-minute guide: see guide.hpp for what is run and compared.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "guide.hpp"
#include "support/database.hpp"
#include "support/run.hpp"
#include "util/file.hpp"
#include "util/text.hpp"

namespace pgmend::test {
namespace {

/// An empty database by the name that the guide uses.
class GuideDatabase {
 public:
  GuideDatabase() { m_home.exec("CREATE DATABASE shop TEMPLATE template0"); }
  ~GuideDatabase() {
    try {
      m_home.exec("DROP DATABASE shop WITH (FORCE)");
    } catch (const std::exception& error) {
      ADD_FAILURE() << error.what();
    }
  }
  GuideDatabase(const GuideDatabase&) = delete;
  GuideDatabase& operator=(const GuideDatabase&) = delete;

  /// As libpq and SQLAlchemy both read it.
  std::string url() const {
    const auto& server = m_home.server();
    return fmt::format("postgresql://postgres@/shop?host={}&port={}", server.folder(),
                       server.port());
  }
  std::string bin_dir() const { return m_home.server().bin_dir(); }

 private:
  Database m_home;
};

TEST(Readme, ItsGuideIsTrue) {
  const auto path = std::string(PGMEND_SOURCE_DIR) + "/README.md";
  const auto readme = file::read_if_exists(path);
  ASSERT_TRUE(readme) << "there is no " << path;

  const GuideDatabase database;
  const TempFolder programs;
  std::filesystem::create_symlink(PGMEND_BINARY, programs.path("pgmend"));
  std::filesystem::create_symlink(PGMEND_PYTHON, programs.path("python3"));
  auto environment = clean_environment({{"DATABASE_URL", database.url()}});
  environment["PATH"] = programs.path() + ":" + database.bin_dir() + ":" + environment["PATH"];

  const TempFolder folder;
  std::filesystem::copy(std::string(PGMEND_SOURCE_DIR) + "/examples", folder.path("examples"),
                        std::filesystem::copy_options::recursive);
  for (const auto& problem : guide::problems(*readme, folder, environment))
    ADD_FAILURE() << "README.md, " << problem;
}

}  // namespace
}  // namespace pgmend::test
