// SPDX-License-Identifier: MIT
#include "app/database/backfill.hpp"

#include <fmt/format.h>

#include <optional>
#include <vector>

#include "app/errors.hpp"
#include "util/sql_words.hpp"
#include "util/text.hpp"

namespace pgmend::app {

Backfill parse_backfill(const std::string& text, const std::string& said_by) {
  sql::WordReader reader(text);
  std::vector<std::string> names;
  std::optional<std::size_t> behind;
  bool wants_name = true;
  while (const auto word = reader.next()) {
    if (wants_name && word->is_name())
      names.push_back(word->text);
    else if (!wants_name && word->text == "=")
      behind = word->end;
    else if (wants_name || word->text != ".")
      break;
    if (behind) break;
    wants_name = !wants_name;
  }
  const std::string expression(behind ? text::trim(std::string_view(text).substr(*behind)) : "");
  if (expression.empty() || names.size() < 2 || names.size() > 3)
    throw UsageError(fmt::format("{}: `{}` is not TABLE.COLUMN=EXPRESSION", said_by, text),
                     "for example: parcels.weight_kg=1");
  return {.schema = names.size() == 3 ? names.front() : "",
          .table = names[names.size() - 2],
          .column = names.back(),
          .expression = expression,
          .said_by = said_by};
}

}  // namespace pgmend::app
