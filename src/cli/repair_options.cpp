// SPDX-License-Identifier: MIT
#include "cli/repair_options.hpp"

#include <fmt/format.h>

#include "cli/seconds.hpp"
#include "util/text.hpp"

namespace pgmend::cli {

namespace {

void allow(Options& options, const std::string& words) {
  for (const auto word : text::split(words, ',')) {
    const auto consent = parse_consent(text::trim(word));
    if (!consent)
      throw CLI::ValidationError(
          "--allow", fmt::format("`{}` is not one of alter, replace, rewrite, drop", word));
    options.consents.insert(*consent);
  }
}

void add_duration(CLI::App& app, const char* name, std::chrono::milliseconds& target, int least,
                  const char* doc) {
  app.add_option_function<int>(
         name, [&target](int seconds) { target = std::chrono::seconds(seconds); }, doc)
      ->check(seconds_from(least))
      ->type_name("SECONDS")
      ->option_text("SECONDS");
}

}  // namespace

void add_repairs(CLI::App& app, Options& options) {
  app.add_option_function<std::vector<std::string>>(
         "--allow",
         [&options](const std::vector<std::string>& all) {
           for (const auto& words : all) allow(options, words);
         },
         "consent to more: alter, replace, rewrite, drop")
      ->type_name("WHAT,...")
      ->option_text("WHAT,...")
      ->allow_extra_args(false);
  app.add_option("--role", options.role, "act as this role (SET ROLE)")
      ->type_name("NAME")
      ->option_text("NAME");
  add_duration(app, "--patience", options.patience, 0, "give up on a lock after this long (60)");
  add_duration(app, "--build-wait", options.build_wait, 0,
               "let an index build wait for others (600)");
  add_duration(app, "--build-timeout", options.build_timeout, 1,
               "end a build or check of all rows after (14400)");
  app.add_option("--max-size", options.max_size, "do nothing long to tables larger than this")
      ->transform(CLI::AsSizeValue(false))
      ->type_name("SIZE")
      ->option_text("SIZE");
}

}  // namespace pgmend::cli
