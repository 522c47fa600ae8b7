// SPDX-License-Identifier: MIT
#pragma once

#include <arpa/inet.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>
#include <string>

namespace pgmend::test {

/// A port of 127.0.0.1 where connections are taken but nobody ever answers, or (not listening) a
/// port that is nobody's.
class DeafPort {
 public:
  explicit DeafPort(bool listening) : m_socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(m_socket, generic, size) != 0 || ::getsockname(m_socket, generic, &size) != 0 ||
        (listening && ::listen(m_socket, 20) != 0))
      throw std::runtime_error("no port");
    m_port = ntohs(address.sin_port);
  }
  ~DeafPort() { ::close(m_socket); }
  DeafPort(const DeafPort&) = delete;
  DeafPort& operator=(const DeafPort&) = delete;

  std::string url(const std::string& database = "shop") const {
    return fmt::format("postgresql://app@127.0.0.1:{}/{}", m_port, database);
  }
  /// Until the first message of a client has come.
  void wait_for_client() const {
    const int client = ::accept4(m_socket, nullptr, nullptr, SOCK_CLOEXEC);
    char byte = 0;
    EXPECT_EQ(::recv(client, &byte, 1, 0), 1);
  }

 private:
  int m_socket;
  int m_port = 0;
};

}  // namespace pgmend::test
