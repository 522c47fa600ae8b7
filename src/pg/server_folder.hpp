// SPDX-License-Identifier: MIT
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

#include "util/subprocess.hpp"

namespace pgmend::pg {

/// Takes away what runs that were killed have left in this folder.
void remove_orphaned_folders(const std::string& base);

/// The temporary folder of a private server: made with mode 0700, removed with all that is in it.
/// While this object lives it holds a lock on the folder, by which other runs know that it is in
/// use; folders without an owner are removed when the next one is made.
class ServerFolder {
 public:
  /// `base` empty: TMPDIR, else /tmp.
  explicit ServerFolder(const std::string& base);
  ~ServerFolder();
  ServerFolder(const ServerFolder&) = delete;
  ServerFolder& operator=(const ServerFolder&) = delete;

  const std::string& path() const { return m_path; }
  /// Whom the server has to step down to; nothing if it may run as we do.
  const std::optional<subprocess::Identity>& owner() const { return m_owner; }
  /// Leaves it for good.
  void keep();

  /// Creates a file of the owner's that nobody else can read.
  void write(const std::string& file, const std::string& text) const;

 private:
  std::string m_path;
  std::optional<subprocess::Identity> m_owner;
  int m_lock = -1;
  bool m_keep = false;
};

/// The server processes whose working directory is this data folder, as it is for each of them,
/// also for those that outlive a killed postmaster for a while.
std::vector<pid_t> server_processes(const std::string& data_folder);

/// SIGKILL to all of them; returns when they are gone. What a crash leaves has to go before a new
/// server can start: its shared memory is in the way.
void kill_server_processes(const std::string& data_folder);

}  // namespace pgmend::pg
