// SPDX-License-Identifier: MIT
#include "report/script_blocks.hpp"

#include <fmt/format.h>

#include "util/sql.hpp"
#include "util/sql_shown.hpp"
#include "util/text.hpp"

namespace pgmend::report {

namespace {

std::string do_block(const std::string& body) {
  return "DO " + sql::dollar_quote("\n" + body + "\n");
}

}  // namespace

std::string precondition_block(const Stage& stage) {
  auto message = text::replace_all(stage.refusal, "%", "%%");
  const bool counts = message.find("{}") != std::string::npos;
  message = text::replace_all(message, "{}", "%");
  return do_block(
      fmt::format("DECLARE found text;\nBEGIN\n  EXECUTE {} INTO found;\n"
                  "  IF found IS NOT NULL THEN\n    RAISE EXCEPTION {}{};\n  END IF;\nEND",
                  sql::quote_literal(sql::printable(stage.statements.front())),
                  sql::quote_literal(text::visible(message)), counts ? ", found" : ""));
}

std::string fill_block(const Stage& stage) {
  return do_block(fmt::format(
      "DECLARE\n  after text[];\n  upto text[];\n  is_left text;\nBEGIN\n  LOOP\n"
      "    after := NULL;\n    LOOP\n      EXECUTE {} INTO upto USING after;\n"
      "      EXIT WHEN upto IS NULL;\n      EXECUTE {} USING after, upto;\n      COMMIT;\n"
      "      after := upto;\n    END LOOP;\n    EXECUTE {} INTO is_left;\n"
      "    EXIT WHEN is_left IS NULL;\n    PERFORM pg_catalog.pg_sleep(1);\n  END LOOP;\nEND",
      sql::quote_literal(sql::printable(stage.statements.at(0))),
      sql::quote_literal(sql::printable(stage.statements.at(1))),
      sql::quote_literal(sql::printable(stage.statements.at(2)))));
}

}  // namespace pgmend::report
