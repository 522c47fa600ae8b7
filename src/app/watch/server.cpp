// SPDX-License-Identifier: MIT
#include "app/watch/server.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <httplib.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "app/errors.hpp"
#include "report/fleet/html.hpp"
#include "report/fleet/json.hpp"
#include "report/fleet/openmetrics.hpp"
#include "report/html/markup.hpp"
#include "util/text.hpp"

namespace pgmend::app {

namespace {

constexpr const char* k_metrics_type = "application/openmetrics-text; version=1.0.0; charset=utf-8";
constexpr std::chrono::milliseconds k_patience{800};
constexpr const char* k_older_type = "text/plain; version=0.0.4; charset=utf-8";

[[noreturn]] void refuse_address(const std::string& text) {
  throw UsageError(fmt::format("--listen {}: it is no address", text::visible(text)),
                   "write HOST:PORT, or a port alone for this machine only: 9187");
}

double seconds(std::chrono::system_clock::time_point at) {
  return std::chrono::duration<double>(at.time_since_epoch()).count();
}

report::fleet::Looks looks_of(const Sighting& seen) {
  return {.last_time = seconds(seen.at),
          .last_success_time = seen.last_success ? seconds(*seen.last_success) : 0,
          .count = seen.looks,
          .failed = seen.failed};
}

std::string change_table(const std::vector<Change>& changes, std::size_t begin, std::size_t end) {
  std::string rows;
  for (auto i = begin; i < end; ++i) {
    const auto& change = changes[i];
    rows += fmt::format("<tr><td>{:%Y-%m-%d %H:%M:%S}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
                        fmt::gmtime(std::chrono::system_clock::to_time_t(change.at)),
                        change.appeared ? "appeared" : "gone",
                        report::html::escape(text::visible(change.trouble.member)),
                        report::html::escape(text::visible(change.trouble.what)));
  }
  return "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"changes\">"
         "<table class=\"changes\">\n" +
         rows + "</table></div>\n";
}

/// The newest are open to see.
std::string history_section(const std::vector<Change>& recent) {
  constexpr std::size_t k_open = 10;
  std::string out = "<section aria-labelledby=\"changes\">\n<h2 id=\"changes\">Changes</h2>\n";
  if (recent.empty()) return out + "<p>None was seen yet.</p>\n</section>\n";
  const auto open = std::min(k_open, recent.size());
  out += change_table(recent, 0, open);
  if (open < recent.size())
    out += fmt::format("<details><summary>{} before</summary>\n{}</details>\n",
                       text::count(recent.size() - open, "change"),
                       change_table(recent, open, recent.size()));
  return out + "</section>\n";
}

std::string failure_section(const Sighting& seen) {
  if (seen.failure.empty()) return "";
  return "<section aria-labelledby=\"failing\">\n<h2 id=\"failing\">The last look failed</h2>\n" +
         report::html::element(
             "p", fmt::format("{:%Y-%m-%d %H:%M:%S} UTC: {}",
                              fmt::gmtime(std::chrono::system_clock::to_time_t(seen.at)),
                              text::visible(seen.failure))) +
         "\n</section>\n";
}

/// Whatever the length of what both have in common, it takes as long.
bool same_token(const std::string& given, const std::string& token) {
  unsigned different = given.size() == token.size() ? 0U : 1U;
  for (std::size_t i = 0; i < given.size(); ++i)
    different |= static_cast<unsigned char>(given[i] ^ token[i % token.size()]);
  return different == 0;
}

}  // namespace

void take_address(const std::string& text, ServerOptions& options) {
  const auto at = text.rfind(':');
  auto host = at == std::string::npos ? std::string("127.0.0.1") : text.substr(0, at);
  const auto port = at == std::string::npos ? text : text.substr(at + 1);
  if (host.empty()) host = "0.0.0.0";
  if (host.size() > 2 && host.front() == '[' && host.back() == ']')
    host = host.substr(1, host.size() - 2);
  int number = -1;
  constexpr int k_most = 65535;
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), number);
  if (error != std::errc() || end != port.data() + port.size() || number < 0 || number > k_most)
    refuse_address(text);
  options.host = host;
  options.port = number;
}

struct WatchServer::Shown {
  std::string metrics;
  std::string page;
  std::string json;
  std::string state;  // for probes
  bool is_ready = false;
};

struct WatchServer::Listener {
  std::unique_ptr<httplib::Server> server;
  int port = 0;
  int socket = -1;  // that it listens on
  std::thread thread;
};

WatchServer::WatchServer(ServerOptions options)
    : m_options(std::move(options)),
      m_shown(std::make_shared<const Shown>(Shown{
          "# EOF\n", "<!DOCTYPE html>\n<title>pgmend</title><p>The first look is being made.</p>\n",
          "null\n", "the first look is being made", false})),
      m_listener(std::make_unique<Listener>()) {
  if (m_options.certificate)
    m_listener->server = std::make_unique<httplib::SSLServer>(m_options.certificate->c_str(),
                                                              m_options.key->c_str());
  else
    m_listener->server = std::make_unique<httplib::Server>();
  auto& server = *m_listener->server;
  if (!server.is_valid())
    throw UsageError(
        fmt::format("--tls-cert {}, --tls-key {}: they cannot be used",
                    text::visible(*m_options.certificate), text::visible(*m_options.key)),
        "name a certificate and its key, both in PEM");
  constexpr std::size_t k_largest_request = 4096;
  server.set_payload_max_length(k_largest_request);
  // Nobody who holds a connection open and says nothing holds up the end, or the others for long.
  constexpr std::size_t k_at_once = 32;
  server.new_task_queue = [] { return new httplib::ThreadPool(k_at_once); };
  server.set_read_timeout(k_patience);
  server.set_write_timeout(k_patience);
  server.set_keep_alive_timeout(1);  // in seconds; also for the first request
  server.set_keep_alive_max_count(1);
  const auto is_authorized = [this](const httplib::Request& request) {
    constexpr std::string_view k_bearer = "Bearer ";
    const auto given = request.get_header_value("Authorization");
    return !m_options.token || (given.starts_with(k_bearer) &&
                                same_token(given.substr(k_bearer.size()), *m_options.token));
  };
  server.set_pre_routing_handler(
      [is_authorized](const httplib::Request& request, httplib::Response& response) {
        response.set_header("Cache-Control", "no-store");
        response.set_header("X-Content-Type-Options", "nosniff");
        if (request.method != "GET" && request.method != "HEAD") {
          response.status = 405;
          response.set_header("Allow", "GET, HEAD");
          return httplib::Server::HandlerResponse::Handled;
        }
        const bool is_allowed =
            is_authorized(request) || request.path == "/healthz" || request.path == "/readyz";
        if (is_allowed) return httplib::Server::HandlerResponse::Unhandled;
        response.status = 401;
        response.set_header("WWW-Authenticate", "Bearer");
        response.set_content("a token is needed\n", "text/plain");
        return httplib::Server::HandlerResponse::Handled;
      });
  const auto shown = [this] {
    const std::lock_guard guard(m_mutex);
    return m_shown;
  };
  server.Get("/metrics", [shown](const httplib::Request& request, httplib::Response& response) {
    const bool is_open =
        request.get_header_value("Accept").find("openmetrics") != std::string::npos;
    response.set_content(shown()->metrics, is_open ? k_metrics_type : k_older_type);
  });
  server.Get("/healthz", [](const httplib::Request&, httplib::Response& response) {
    response.set_content("ok\n", "text/plain");
  });
  // Probes have no token, and why it is not ready is not for everybody.
  server.Get("/readyz",
             [shown, is_authorized](const httplib::Request& request, httplib::Response& response) {
               const auto now = shown();
               response.status = now->is_ready ? 200 : 503;
               const auto* words = now->is_ready ? "ready" : "not ready";
               response.set_content((is_authorized(request) ? now->state : words) + "\n",
                                    "text/plain; charset=utf-8");
             });
  server.Get("/report.json", [shown](const httplib::Request&, httplib::Response& response) {
    response.set_content(shown()->json, "application/json");
  });
  server.Get("/", [shown](const httplib::Request&, httplib::Response& response) {
    response.set_content(shown()->page, "text/html; charset=utf-8");
  });
  m_listener->port = m_options.port;
  // A second program on the same port would get a part of the requests.
  server.set_socket_options([this](socket_t socket) {
    const int yes = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    m_listener->socket = socket;
  });
  const bool is_bound = m_options.port == 0
                            ? (m_listener->port = server.bind_to_any_port(m_options.host)) > 0
                            : server.bind_to_port(m_options.host, m_options.port);
  if (!is_bound)
    throw UsageError(fmt::format("--listen: {}:{} cannot be listened on",
                                 text::visible(m_options.host), m_options.port),
                     "another program may have the port: name another one, or 0 for any that is "
                     "free");
  // The library lets five wait; more would be dropped, and come again seconds later.
  ::listen(m_listener->socket, SOMAXCONN);
  m_listener->thread = std::thread([&server] { server.listen_after_bind(); });
  // What is stopped before it has begun would not be stopped.
  while (!server.is_running()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

WatchServer::~WatchServer() {
  m_listener->server->stop();
  if (m_listener->thread.joinable()) m_listener->thread.join();
}

std::string WatchServer::url() const {
  const bool is_v6 = m_options.host.find(':') != std::string::npos;
  return fmt::format("{}://{}:{}", m_options.certificate ? "https" : "http",
                     is_v6 ? "[" + m_options.host + "]" : m_options.host, m_listener->port);
}

void WatchServer::show(const Sighting& seen, const std::vector<Change>& recent) {
  const FleetDocument document = {seen.report, 0, seen.at, PGMEND_VERSION};
  Shown next;
  next.metrics = report::fleet::openmetrics(seen.report, looks_of(seen));
  next.page = report::fleet::html_with(document, failure_section(seen) + history_section(recent));
  next.json = report::fleet::json(document);
  const auto wrong = seen.report.wrong();
  next.is_ready = seen.last_success.has_value() && (m_options.is_ready_on_drift || wrong == 0);
  next.state = !seen.failure.empty() ? "the last look failed: " + text::visible(seen.failure)
               : wrong == 0          ? "all is as expected"
                            : fmt::format("{} not as expected", text::count(wrong, "member"));
  const std::lock_guard guard(m_mutex);
  m_shown = std::make_shared<const Shown>(std::move(next));
}

}  // namespace pgmend::app
