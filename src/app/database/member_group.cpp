// SPDX-License-Identifier: MIT
#include "app/database/member_group.hpp"

#include <fmt/format.h>

#include "util/text.hpp"

namespace pgmend::app {

std::optional<Fault> fault_of(const MemberGroup& group) {
  const bool is_spec = !group.where.file.empty();
  // "`schemas:`" of a spec is --schemas of the command line.
  const auto named = [&](std::string_view key) {
    return is_spec ? fmt::format("`{}:`", key) : fmt::format("--{}", key);
  };
  const auto fault = [&](const std::string& message, const std::string& hint) {
    const auto whose = is_spec ? fmt::format("`{}`: ", text::visible(group.name)) : std::string();
    return Fault{.where = group.where, .message = whose + message, .hint = hint};
  };
  const int choices = (group.schemas ? 1 : 0) + (group.databases ? 1 : 0) + (group.urls ? 1 : 0);
  if (choices != 1)
    return fault(
        choices == 0 ? "it is not said who the members are"
                     : "members are chosen in more than one way",
        fmt::format(
            "write one of {}, {} and {}{}", named("schemas"), named("databases"), named("urls"),
            is_spec ? " below it" : ", or name groups of them in pgmend.yaml (`members:`)"));
  const int expected =
      (group.sources.empty() ? 0 : 1) + (group.like ? 1 : 0) + (group.majority ? 1 : 0);
  if (expected > 1)
    return fault("what is expected is said in more than one way",
                 fmt::format("keep one of {}, {} and {}", named("schema"), named("like"),
                             named("majority")));
  if (group.map && !group.schemas)
    return fault(fmt::format("{} is about the schemas of a database, and the members are databases",
                             named("map")),
                 fmt::format("leave it out, or choose {}", named("schemas")));
  return std::nullopt;
}

}  // namespace pgmend::app
