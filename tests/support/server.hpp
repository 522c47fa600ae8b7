// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include "pg/private_server.hpp"

namespace pgmend::test {

using pg::PrivateServer;

/// The server of this test process: started by the first call, stopped at exit. The environment's
/// PGMEND_TEST_PG_BIN names the folder of other binaries.
PrivateServer& shared_server();

/// Options for a test that needs a server of its own, with the binaries of shared_server().
PrivateServer::Options server_options();

/// A streaming standby of a running server, taken with pg_basebackup.
std::unique_ptr<PrivateServer> make_standby(const PrivateServer& primary);

}  // namespace pgmend::test
