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

void add_patience(CLI::App& app, const char* name, std::chrono::milliseconds& target, int least,
                  const char* doc) {
  add_seconds(app, name, doc, std::chrono::seconds(least),
              [&target](std::chrono::seconds time) { target = time; });
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
  app.add_option("--backfill", options.backfills, "what rows get in a new column")
      ->type_name("TABLE.COLUMN=SQL")
      ->option_text("TABLE.COLUMN=SQL")
      ->allow_extra_args(false);
  app.add_option("--role", options.role, "act as this role (SET ROLE)")
      ->type_name("NAME")
      ->option_text("NAME");
  add_seconds(app, "--patience", "give up on a lock after this long (60s)", std::chrono::seconds(0),
              [&options](std::chrono::seconds time) {
                options.patience = time;
                options.turn_patience = time;
              });
  add_patience(app, "--build-wait", options.build_wait, 0,
               "let an index build wait for others (10m)");
  add_patience(app, "--build-timeout", options.build_timeout, 1,
               "end a build or check of all rows after (4h)");
  app.add_option("--max-size", options.max_size, "do nothing long to tables larger than this")
      ->transform(CLI::AsSizeValue(false))
      ->type_name("SIZE")
      ->option_text("SIZE");
}

}  // namespace pgmend::cli
