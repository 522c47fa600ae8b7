// SPDX-License-Identifier: MIT
#include "app/watch/webhook.hpp"

#include <fmt/format.h>
#include <httplib.h>

#include <chrono>
#include <future>
#include <memory>
#include <string_view>
#include <thread>
#include <utility>

#include "app/errors.hpp"
#include "util/interrupt.hpp"
#include "util/text.hpp"

namespace pgmend::app {

namespace {

/// One POST, made beside us: who is asked to stop does not wait for whoever does not answer.
class Posting {
 public:
  Posting(const std::string& host, std::string path, std::string json)
      : m_client(host), m_path(std::move(path)), m_json(std::move(json)) {
    m_client.set_connection_timeout(std::chrono::seconds(5));
    m_client.set_read_timeout(std::chrono::seconds(10));
  }

  /// Throws interrupt::Interrupted.
  static httplib::Result answer(const std::shared_ptr<Posting>& posting) {
    auto made = posting->m_made.get_future();
    std::thread([posting] {
      posting->m_made.set_value(
          posting->m_client.Post(posting->m_path, posting->m_json, "application/json"));
    }).detach();
    while (made.wait_for(std::chrono::milliseconds(20)) != std::future_status::ready) {
      if (!interrupt::requested()) continue;
      posting->m_client.stop();
      throw interrupt::Interrupted();
    }
    return made.get();
  }

 private:
  httplib::Client m_client;
  std::string m_path;
  std::string m_json;
  std::promise<httplib::Result> m_made;
};

std::string words_of(httplib::Error error, const std::string& host) {
  switch (error) {
    case httplib::Error::Connection:
    case httplib::Error::ConnectionTimeout:
      return fmt::format("nobody answers at {}", text::visible(host));
    case httplib::Error::Read:
      return fmt::format("{} gave no answer in time", text::visible(host));
    case httplib::Error::SSLServerVerification:
      return fmt::format(
          "the certificate of {} is of no authority that this machine trusts (SSL_CERT_FILE)",
          text::visible(host));
    default:
      return httplib::to_string(error);
  }
}

/// Whether another try may come to something else: what is refused, or led elsewhere, is so again.
bool may_pass(int status) {
  constexpr int k_request_timeout = 408;
  constexpr int k_too_many = 429;
  return status >= 500 || status < 300 || status == k_request_timeout || status == k_too_many;
}

}  // namespace

void check_webhook(const std::string& url) {
  for (const std::string_view scheme : {"http://", "https://"})
    if (url.starts_with(scheme) && url.size() > scheme.size() && url[scheme.size()] != '/') return;
  throw UsageError(fmt::format("--webhook {}: it is no URL of HTTP", text::visible(url)),
                   "write one like https://hooks.example/pgmend");
}

std::string post(const std::string& url, const std::string& json, int tries, Clock& clock) {
  const auto end = url.find('/', url.find("://") + 3);
  const auto host = url.substr(0, end);
  const auto path = end == std::string::npos ? std::string("/") : url.substr(end);
  std::string why;
  auto pause = std::chrono::milliseconds(1000);
  for (int i = 0; i < tries; ++i) {
    if (i > 0) {
      clock.sleep(pause);
      pause *= 2;
    }
    const auto answer = Posting::answer(std::make_shared<Posting>(host, path, json));
    if (!answer) {
      why = words_of(answer.error(), host);
      continue;
    }
    if (answer->status >= 200 && answer->status < 300) return "";
    why = fmt::format("it answered {}", answer->status);
    if (!may_pass(answer->status)) return why;
  }
  return why;
}

}  // namespace pgmend::app
