// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "ledger/python_assignments.hpp"

namespace pgmend::ledger {
namespace {

using Texts = std::vector<std::string>;

Assigned assigned(const std::string& source, const std::string& name = "x") {
  const auto all = top_level_assignments(read_python(source));
  const auto found = all.find(name);
  return found == all.end() ? Assigned{{"nothing was assigned"}, 0, false} : found->second;
}

Texts texts(const std::string& source) {
  const auto value = assigned(source);
  EXPECT_TRUE(value.is_literal) << source;
  return value.texts;
}

std::string fault(const std::string& source) {
  try {
    read_python(source);
  } catch (const PythonError& error) {
    return std::to_string(error.line()) + ": " + error.what();
  }
  return "";
}

TEST(PythonAssignments, AreReadWithAndWithoutAnnotation) {
  EXPECT_EQ(texts("x = 'a1'"), Texts{"a1"});
  EXPECT_EQ(texts("x: str = 'a1'"), Texts{"a1"});
  EXPECT_EQ(texts("x: Union[str, Sequence[str], None] = 'a1'"), Texts{"a1"});
  EXPECT_EQ(texts("x: dict(a=1) = 'a1'"), Texts{"a1"});
  EXPECT_EQ(texts("x: 'str | None' = None"), Texts{});
}

TEST(PythonAssignments, ReadCollections) {
  const Texts both = {"a1", "b2"};
  EXPECT_EQ(texts("x = ('a1', 'b2')"), both);
  EXPECT_EQ(texts("x = 'a1', 'b2'"), both);
  EXPECT_EQ(texts("x = ['a1', 'b2',]"), both);
  EXPECT_EQ(texts("x = {'a1', 'b2'}"), both);
  EXPECT_EQ(texts("x = (\n    'a1',  # first\n    'b2',\n)\n"), both);
  EXPECT_EQ(texts("x = ()"), Texts{});
}

TEST(PythonAssignments, ReadAllWaysToWriteAText) {
  EXPECT_EQ(texts("x = \"a1\""), Texts{"a1"});
  EXPECT_EQ(texts("x = '''a1'''"), Texts{"a1"});
  EXPECT_EQ(texts("x = \"\"\"a\n1\"\"\""), Texts{"a\n1"});
  EXPECT_EQ(texts("x = u'a1'"), Texts{"a1"});
  EXPECT_EQ(texts(R"(x = 'a\'1\\')"), Texts{R"(a'1\)"});
  EXPECT_EQ(texts(R"(x = r'a\1')"), Texts{R"(a\1)"});
  EXPECT_EQ(texts("x = 'a' '1'"), Texts{"a1"});
  EXPECT_EQ(texts("x = ('a'\n     '1')"), Texts{"a1"});
  EXPECT_EQ(texts("x = \\\n  'a1'"), Texts{"a1"});
  EXPECT_EQ(texts("x = 'a#1'  # not a comment"), Texts{"a#1"});
}

TEST(PythonAssignments, ComeFromFilesAsEditorsWriteThem) {
  EXPECT_EQ(texts("\xEF\xBB\xBFx = 'a1'\r\ny = 'b2'\r\n"), Texts{"a1"});
  EXPECT_EQ(assigned("\n\n# Gr\xFC\xDF\x65\nx = 'a1'").line, 4);
  EXPECT_EQ(assigned("\"\"\"A title\n\nof three lines\"\"\"\nx = 'a1'").line, 4);
}

TEST(PythonAssignments, FollowANameThatWasAssignedBefore) {
  EXPECT_EQ(texts("base = 'a1'\nx = base"), Texts{"a1"});
  EXPECT_FALSE(assigned("x = base").is_literal);
  EXPECT_FALSE(assigned("base = f()\nx = base").is_literal);
}

TEST(PythonAssignments, TheLastOneCounts) {
  EXPECT_EQ(texts("x = 'a1'\nx = 'b2'"), Texts{"b2"});
}

TEST(PythonAssignments, WhatIsComputedIsNotKnown) {
  for (const auto* value : {"f'a{1}'", "make_id()", "'a' + '1'", "ids[0]", "'a' if x else 'b'"})
    EXPECT_FALSE(assigned(std::string("x = ") + value).is_literal) << value;
}

TEST(PythonAssignments, OnlyTheTopLevelCounts) {
  EXPECT_FALSE(assigned("def f():\n    x = 'a1'\n").is_literal);
  EXPECT_FALSE(assigned("if True:\n    x = 'a1'\n").is_literal);
  EXPECT_FALSE(assigned("x == 'a1'").is_literal);
  EXPECT_FALSE(assigned("x.y = 'a1'").is_literal);
  EXPECT_FALSE(assigned("x: str").is_literal);
}

TEST(PythonTokens, LinesAreJoinedInsideBrackets) {
  const auto statements = read_python("f(\n  'a',\n\n  'b'\n)\ng()\n");
  ASSERT_EQ(statements.size(), 2U);
  EXPECT_EQ(statements[1].tokens[0].line, 6);
  EXPECT_EQ(statements[0].tokens[4].text, "b");
  EXPECT_EQ(statements[0].tokens[4].line, 4);
}

TEST(PythonTokens, IndentsAreCounted) {
  const auto statements = read_python("def f():\n    g()\n  # no statement\n    h(\n1)\n");
  ASSERT_EQ(statements.size(), 3U);
  EXPECT_EQ(statements[0].indent, 0U);
  EXPECT_EQ(statements[1].indent, 4U);
  EXPECT_EQ(statements[2].indent, 4U);
}

TEST(PythonTokens, WhatIsNoPythonIsToldWithItsLine) {
  EXPECT_EQ(fault("x = 'a1\ny = 2"), "1: a text whose quotes are not closed");
  EXPECT_EQ(fault("\nx = '''a1\n\n"), "2: a text whose quotes are not closed");
  EXPECT_EQ(fault("x = (\n'a1'\n"), "1: a bracket that is not closed");
  EXPECT_EQ(fault("x = 1\ny = 2)"), "2: a `)` that closes nothing");
  EXPECT_EQ(fault("x = (1]"), "1: a `]` that closes nothing");
  EXPECT_EQ(fault("x = 1\n<<<<<<< HEAD\nx = 2\n"), "2: a line that begins with `<`");
  EXPECT_EQ(fault("x = 1\n=======\nx = 2\n"), "2: a line that begins with `==`");
  EXPECT_EQ(fault("<!DOCTYPE html>"), "1: a line that begins with `<`");
  EXPECT_EQ(fault("x = $HOME"), "1: `$` is not Python");
  EXPECT_EQ(fault("x = 'it is \\"), "1: a text whose quotes are not closed");
}

TEST(PythonTokens, WhatIsPythonIsNoFault) {
  for (const auto* source :
       {"", "\n", "# nothing", "x = a != b", "@decorated\ndef f() -> None: ...", "[a, b] = f()",
        "*a, b = f()", "lambda: {1: [2]}", "x = not_a_prefix'' if 0 else 1j",
        "print(f\"{x!r:>{width}}\")", "x @= y", "while (n := f()): pass", "-x", "~x", "x = '\\\n'",
        "\f\nclass A: x: int = 1", "if x:\n\tpass\n"})
    EXPECT_EQ(fault(source), "") << source;
}

}  // namespace
}  // namespace pgmend::ledger
