// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "app/explain/explain.hpp"
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "util/stream.hpp"

namespace pgmend::cli {

int run_explain(const Options& options) {
  const auto page = options.markdown ? app::Page::markdown : app::Page::text;
  if (options.topics.empty())
    stream::print(stdout, "{}", options.markdown ? app::all_findings() : app::explain_all(page));
  for (const auto& topic : options.topics)
    stream::print(stdout, "{}{}", &topic == &options.topics.front() ? "" : "\n",
                  app::explain(topic, page));
  return k_exit_correct;
}

}  // namespace pgmend::cli
