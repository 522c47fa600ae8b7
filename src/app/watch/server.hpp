// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "app/watch/watch.hpp"

namespace pgmend::app {

struct ServerOptions {
  std::string host = "127.0.0.1";
  int port = 0;                            // 0: any that is free
  std::optional<std::string> token;        // that requests must bear, but for /healthz
  std::optional<std::string> certificate;  // files; both or none
  std::optional<std::string> key;
  bool is_ready_on_drift = true;
};

/// "127.0.0.1:9187", "[::1]:9187", ":9187" (all addresses), "9187" (loopback). Throws UsageError.
void take_address(const std::string& text, ServerOptions& options);

/// Serves what was seen last: /metrics, /healthz, /readyz, /report.json and the page. Reads nothing
/// that is sent to it but the path and the token, and changes nothing.
class WatchServer {
 public:
  /// Throws UsageError where the address is taken or not ours, or a file of TLS cannot be used.
  explicit WatchServer(ServerOptions options);
  ~WatchServer();
  WatchServer(const WatchServer&) = delete;
  WatchServer& operator=(const WatchServer&) = delete;

  /// "http://127.0.0.1:9187".
  std::string url() const;
  /// What is served from now on. `recent`: the newest first.
  void show(const Sighting& seen, const std::vector<Change>& recent);

 private:
  struct Shown;
  struct Listener;

  ServerOptions m_options;
  mutable std::mutex m_mutex;
  std::shared_ptr<const Shown> m_shown;
  std::unique_ptr<Listener> m_listener;
};

}  // namespace pgmend::app
