// SPDX-License-Identifier: MIT
#include "support/server.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>

namespace pgmend::test {

namespace {

/// Stopped at exit, or left running for whoever wants to look at the kept databases.
class SharedServer {
 public:
  SharedServer() : m_server(options()) {}
  SharedServer(const SharedServer&) = delete;
  SharedServer& operator=(const SharedServer&) = delete;
  ~SharedServer() {
    if (!keep()) return;
    const pid_t pid = m_server.pid();
    fmt::print(stderr, "kept: {} (to stop it: kill -INT {})\n", m_server.release(), pid);
  }
  PrivateServer& get() { return m_server; }

 private:
  static bool keep() { return std::getenv("PGMEND_TEST_KEEP") != nullptr; }
  static PrivateServer::Options options() {
    auto result = server_options();
    result.detached = keep();
    return result;
  }

  PrivateServer m_server;
};

/// Databases are made by the hundred, each of some 300 files: in memory that takes a third of the
/// time. Empty where there is too little of it, as in most containers.
std::string memory_folder() {
  constexpr std::uintmax_t k_needed = std::uintmax_t{2} << 30U;
  const std::string folder = "/dev/shm";
  std::error_code error;
  const auto space = std::filesystem::space(folder, error);
  if (error || space.available < k_needed || ::access(folder.c_str(), W_OK) != 0) return {};
  return folder;
}

void take_base_backup(const PrivateServer& primary, const std::string& data_folder,
                      const std::optional<subprocess::Identity>& owner) {
  subprocess::Command backup;
  backup.argv = {primary.bin_dir() + "/pg_basebackup",
                 "--host=" + primary.folder(),
                 fmt::format("--port={}", primary.port()),
                 "--username=postgres",
                 "--pgdata=" + data_folder,
                 "--checkpoint=fast",
                 "--no-sync",
                 "--write-recovery-conf"};
  backup.cwd = primary.folder();
  backup.run_as = owner;
  const auto outcome = subprocess::run(backup);
  if (!outcome.ok()) throw std::runtime_error("pg_basebackup: " + outcome.err);
}

}  // namespace

PrivateServer& shared_server() {
  static SharedServer server;
  return server.get();
}

PrivateServer::Options server_options() {
  PrivateServer::Options options;
  options.base_folder = memory_folder();
  if (const char* folder = std::getenv("PGMEND_TEST_PG_BIN")) options.bin_dir = folder;
  return options;
}

std::unique_ptr<PrivateServer> make_standby(const PrivateServer& primary) {
  auto options = server_options();
  options.bin_dir = primary.bin_dir();
  options.fill_data_folder = [&primary](const auto& data_folder, const auto& owner) {
    take_base_backup(primary, data_folder, owner);
  };
  return std::make_unique<PrivateServer>(std::move(options));
}

}  // namespace pgmend::test
