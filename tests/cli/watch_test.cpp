// SPDX-License-Identifier: MIT
// pgmend watch, from outside: what it serves, whom it tells, how it ends.
#include <arpa/inet.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <httplib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <filesystem>
#include <iterator>
#include <memory>
#include <regex>
#include <thread>
#include <vector>

#include "cli/fleet.hpp"
#include "util/file.hpp"

namespace pgmend::test {
namespace {

using std::chrono::seconds;
using testing::HasSubstr;

class Watch : public FleetTest {
 protected:
  Watch() : FleetTest(2) { lock_file(); }

  subprocess::Process start(Arguments more = {}, subprocess::Environment env = {},
                            const std::string& every = "1s") const {
    Arguments args = {"watch",       "--schemas", "t_*", "--schema",
                      "schema.lock", "--every",   every, "--database",
                      db().url(),    "--listen",  "0"};
    args.insert(args.end(), more.begin(), more.end());
    RunOptions options;
    options.cwd = folder().path();
    options.env = std::move(env);
    return start_pgmend(args, options);
  }
  static int port_of(const subprocess::Process& process) {
    std::smatch found;
    const auto text = process.err();
    return std::regex_search(text, found, std::regex("://127.0.0.1:([0-9]+)/"))
               ? std::stoi(found[1])
               : 0;
  }
  static bool wait_until(const std::function<bool()>& holds) {
    for (int i = 0; i < 300 && !holds(); ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    return holds();
  }
};

std::string body(httplib::Client& client, const std::string& path) {
  const auto answer = client.Get(path);
  return answer ? answer->body : "";
}

int status(httplib::Client& client, const std::string& path) {
  const auto answer = client.Get(path);
  return answer ? answer->status : 0;
}

TEST_F(Watch, TellsWhatComesAndGoes) {
  auto process = start({"--on-change", "cat > change.json", "--unready-on-drift"});
  ASSERT_TRUE(wait_for_output(process, "verdict: correct")) << process.err();
  httplib::Client client("127.0.0.1", port_of(process));
  EXPECT_TRUE(wait_until([&] { return status(client, "/readyz") == 200; }));
  EXPECT_EQ(200, status(client, "/healthz"));
  EXPECT_THAT(body(client, "/metrics"), HasSubstr("pgmend_members{state=\"correct\"} 2"));
  db().exec("ALTER TABLE t_02.users DROP COLUMN feels");
  ASSERT_TRUE(wait_for_output(process, "appeared: t_02: column.missing users.feels"))
      << process.out();
  EXPECT_TRUE(wait_until([&] { return status(client, "/readyz") == 503; }));
  EXPECT_THAT(body(client, "/metrics"),
              HasSubstr("pgmend_wrong{member=\"t_02\",state=\"drift\"} 1"));
  EXPECT_THAT(body(client, "/"), HasSubstr("column.missing users.feels"));
  const auto report = nlohmann::json::parse(body(client, "/report.json"));
  EXPECT_EQ(1, report["counts"]["drift"]);
  EXPECT_TRUE(wait_until([&] {
    const auto text = file::read_if_exists(folder().path("change.json")).value_or("");
    const auto change = nlohmann::json::parse(text, nullptr, false);
    return change.is_object() && change["appeared"][0]["member"] == "t_02";
  }));
  db().exec("ALTER TABLE t_02.users ADD COLUMN feels t_02.mood DEFAULT 'ok'");
  EXPECT_TRUE(wait_for_output(process, "gone: t_02: column.missing users.feels")) << process.out();
  const auto before = std::chrono::steady_clock::now();
  process.send(SIGTERM);
  const auto outcome = process.wait();
  EXPECT_EQ(exit_correct, outcome.exit_code) << outcome.err;
  EXPECT_LT(std::chrono::steady_clock::now() - before, seconds(5));
}

TEST_F(Watch, SaysOnceThatALookFailed) {
  auto process = start();
  ASSERT_TRUE(wait_for_output(process, "verdict: correct")) << process.err();
  httplib::Client client("127.0.0.1", port_of(process));
  db().exec("DROP SCHEMA t_01, t_02 CASCADE");
  const auto has_failed = [&](int looks) {
    return body(client, "/metrics").find(fmt::format("pgmend_failed_looks {}\n", looks)) !=
           std::string::npos;
  };
  EXPECT_TRUE(wait_until([&] { return has_failed(2); })) << body(client, "/metrics");
  process.send(SIGTERM);
  const auto outcome = process.wait();
  const std::regex words("the look failed: .*t_\\*");
  EXPECT_EQ(1, std::distance(std::sregex_iterator(outcome.out.begin(), outcome.out.end(), words),
                             std::sregex_iterator()))
      << outcome.out;
}

TEST_F(Watch, HoldsNoSessionBetweenLooks) {
  auto process = start({}, {}, "1h");
  ASSERT_TRUE(wait_for_output(process, "verdict: correct")) << process.err();
  EXPECT_TRUE(wait_until([&] {
    return db().value(
               "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'pgmend%'"
               " AND datname = current_database() AND pid <> pg_backend_pid()") == "0";
  }));
  process.send(SIGTERM);
  EXPECT_EQ(exit_correct, process.wait().exit_code);
}

TEST_F(Watch, ServesNothingWithoutTheTokenButToProbes) {
  auto process = start({}, {{"PGMEND_WATCH_TOKEN", "secret"}});
  ASSERT_TRUE(wait_for_output(process, "verdict: correct")) << process.err();
  httplib::Client client("127.0.0.1", port_of(process));
  EXPECT_EQ(200, status(client, "/healthz"));
  EXPECT_TRUE(wait_until([&] { return status(client, "/readyz") == 200; }));
  for (const auto* path : {"/", "/metrics", "/report.json", "/other"})
    EXPECT_EQ(401, status(client, path)) << path;
  for (const auto* wrong : {"Bearer", "Bearer secre", "Bearer secret1", "Basic secret", "secret"}) {
    const auto answer = client.Get("/metrics", {{"Authorization", wrong}});
    EXPECT_TRUE(answer && answer->status == 401) << wrong;
  }
  const auto answer = client.Get("/metrics", {{"Authorization", "Bearer secret"}});
  ASSERT_TRUE(answer);
  EXPECT_EQ(200, answer->status);
  EXPECT_THAT(answer->body, HasSubstr("pgmend_as_expected 1"));
  const auto post = client.Post("/", "x", "text/plain");
  EXPECT_TRUE(post && post->status == 405);
}

/// A connection that asks for the figures.
class Scrape {
 public:
  explicit Scrape(int port) : m_socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    const timeval patience = {20, 0};
    ::setsockopt(m_socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    m_is_asked =
        ::connect(m_socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
        ::send(m_socket, k_request.data(), k_request.size(), MSG_NOSIGNAL) > 0;
  }
  ~Scrape() { ::close(m_socket); }
  Scrape(const Scrape&) = delete;
  Scrape& operator=(const Scrape&) = delete;

  bool is_answered() const {
    std::string answer;
    char bytes[8192];
    for (ssize_t got = 0; (got = ::recv(m_socket, bytes, sizeof bytes, 0)) > 0;)
      answer.append(bytes, static_cast<std::size_t>(got));
    return m_is_asked && answer.starts_with("HTTP/1.1 200 OK") && answer.ends_with("# EOF\n");
  }

 private:
  static constexpr std::string_view k_request = "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n";
  int m_socket;
  bool m_is_asked = false;
};

// All of them are sent before the first answer is read.
TEST_F(Watch, AThousandScrapesAtOnceAreAllAnswered) {
  rlimit files = {};
  ::getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = std::min<rlim_t>(files.rlim_max, 4096);
  ::setrlimit(RLIMIT_NOFILE, &files);
  auto process = start();
  ASSERT_TRUE(wait_for_output(process, "verdict: correct")) << process.err();
  const int port = port_of(process);
  const auto started = std::chrono::steady_clock::now();
  std::vector<std::unique_ptr<Scrape>> scrapes;
  for (int i = 0; i < 1000; ++i) scrapes.push_back(std::make_unique<Scrape>(port));
  const auto answered = std::count_if(scrapes.begin(), scrapes.end(),
                                      [](const auto& scrape) { return scrape->is_answered(); });
  EXPECT_EQ(1000, answered);
  EXPECT_LT(std::chrono::steady_clock::now() - started, seconds(20));
}

TEST_F(Watch, APortThatIsTakenIsSaid) {
  auto first = start();
  ASSERT_TRUE(wait_for_output(first, "verdict: correct")) << first.err();
  const auto second = run({"watch", "--schemas", "t_*", "--schema", "schema.lock", "--listen",
                           std::to_string(port_of(first))});
  EXPECT_EQ(exit_usage, second.exit_code);
  EXPECT_TRUE(contains(unwrapped(second.err), "cannot be listened on")) << second.err;
}

TEST_F(Watch, WhatCannotBeServedIsRefused) {
  const auto refused = [&](Arguments more, const std::string& words,
                           const subprocess::Environment& env = {}) {
    more.insert(more.begin(), {"watch", "--schemas", "t_*", "--schema", "schema.lock"});
    const auto result = run(more, "postgres", env);
    EXPECT_EQ(exit_usage, result.exit_code) << words;
    EXPECT_TRUE(contains(unwrapped(result.err), words)) << result.err;
  };
  refused({"--webhook", "ftp://hooks.example/x"}, "it is no URL of HTTP");
  refused({"--webhook", "https:///x"}, "it is no URL of HTTP");
  refused({"--listen", "x"}, "--listen x: it is no address");
  refused({"--unready-on-drift"}, "nothing is served");
  refused({"--listen", "0", "--tls-cert", "a.pem"}, "a certificate and its key go together");
  refused({"--listen", "0", "--tls-cert", "a.pem", "--tls-key", "b.pem"}, "they cannot be used");
  refused({"--listen", "0"}, "PGMEND_WATCH_TOKEN is empty", {{"PGMEND_WATCH_TOKEN", ""}});
  refused({"--history", "no/such/folder.db"}, "unable to open");
  refused({"--every", "0"}, "--every");
  refused({"--group", "x"}, "--group is about the members that pgmend.yaml names");
}

}  // namespace
}  // namespace pgmend::test
