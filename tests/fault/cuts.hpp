// SPDX-License-Identifier: MIT
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "fault/project.hpp"
#include "support/matchers.hpp"
#include "support/proxy.hpp"

namespace pgmend::test {

/// How many statements an undisturbed run takes.
inline int statements_of_a_run() {
  const Damaged project;
  Proxy proxy(project.db(), {});
  const auto result = project.start({"ensure"}, proxy.url()).wait();
  EXPECT_EQ(result.exit_code, 0) << testing::PrintToString(result);
  return proxy.count();
}

/// The server has all of statement `number`, the client gets no answer and no connection any more.
inline void expect_survives_cut(int number) {
  SCOPED_TRACE(fmt::format("cut after statement {}", number));
  const Damaged project;
  std::string sql;
  Proxy proxy(project.db(), {.after = [&](const Proxy::Statement& statement) {
                if (statement.number < number) return Proxy::Answer::pass;
                sql = statement.sql;
                return Proxy::Answer::cut;
              }});
  const auto result = project.start({"ensure"}, proxy.url()).wait();
  SCOPED_TRACE(sql);
  if (result.exit_code == 0) {
    EXPECT_EQ(project.verify().exit_code, 0) << "success is only told when it is proven";
  } else {
    EXPECT_TRUE(result.exit_code == 3 || result.exit_code == 4) << testing::PrintToString(result);
    EXPECT_TRUE(contains_match(result.out + result.err, "connection was lost|server closed"))
        << testing::PrintToString(result);
  }
  expect_next_run_finishes(project);
}

}  // namespace pgmend::test
