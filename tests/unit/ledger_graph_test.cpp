// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "ledger/revision_graph.hpp"

namespace pgmend::ledger {
namespace {

using Ids = std::vector<std::string>;

Revision revision(const std::string& id, const Ids& parents, const Ids& needs = {},
                  const Ids& labels = {}) {
  return {id, "", parents, needs, labels, {id + ".py", 3, 0}};
}

Ids ids_of(const RevisionGraph& graph) {
  Ids ids;
  for (const auto* each : graph.ordered()) ids.push_back(each->id);
  return ids;
}

std::set<std::string> ancestors(const RevisionGraph& graph, const Ids& ids) {
  return graph.with_ancestors(ids);
}

TEST(RevisionGraph, OfNothingHasNothing) {
  const RevisionGraph graph({});
  EXPECT_EQ(graph.heads(), Ids{});
  EXPECT_EQ(graph.faults(), Ids{});
}

TEST(RevisionGraph, OrdersWhatFilesHaveInAnyOrder) {
  const RevisionGraph graph({revision("c", {"b"}), revision("b", {"a"}), revision("a", {})});
  EXPECT_EQ(ids_of(graph), (Ids{"a", "b", "c"}));
  EXPECT_EQ(graph.heads(), Ids{"c"});
  EXPECT_EQ(graph.faults(), Ids{});
  EXPECT_EQ(ancestors(graph, {"b"}), (std::set<std::string>{"a", "b"}));
}

TEST(RevisionGraph, BranchesHaveTwoHeadsUntilTheyAreMerged) {
  std::vector<Revision> revisions = {revision("a", {}), revision("b", {"a"}), revision("c", {"a"})};
  EXPECT_EQ(RevisionGraph(revisions).heads(), (Ids{"b", "c"}));
  revisions.push_back(revision("m", {"b", "c"}));
  const RevisionGraph merged(revisions);
  EXPECT_EQ(merged.heads(), Ids{"m"});
  EXPECT_EQ(ancestors(merged, {"m"}), (std::set<std::string>{"a", "b", "c", "m"}));
  EXPECT_EQ(ancestors(merged, {"b"}), (std::set<std::string>{"a", "b"}));
}

// What is needed is applied first and stays a head of its own.
TEST(RevisionGraph, DependsOnIsNoParent) {
  const RevisionGraph graph({revision("a", {}, {"z"}), revision("z", {})});
  EXPECT_EQ(ids_of(graph), (Ids{"z", "a"}));
  EXPECT_EQ(graph.heads(), (Ids{"z", "a"}));
  EXPECT_EQ(ancestors(graph, {"a"}), (std::set<std::string>{"a", "z"}));
}

TEST(RevisionGraph, DependsOnMayNameABranch) {
  const RevisionGraph graph({revision("a", {}, {"billing"}), revision("b", {}, {"billing@z"}),
                             revision("z", {}, {}, {"billing"})});
  EXPECT_EQ(graph.faults(), Ids{});
  EXPECT_EQ(ancestors(graph, {"a"}), (std::set<std::string>{"a", "z"}));
  EXPECT_EQ(ancestors(graph, {"b"}), (std::set<std::string>{"b", "z"}));
}

TEST(RevisionGraph, KnowsWhatALineIsFreeOf) {
  const RevisionGraph graph({revision("a", {}), revision("b", {"a"}), revision("c", {"a"})});
  EXPECT_TRUE(graph.is_free_of({"b"}, "c"));
  EXPECT_FALSE(graph.is_free_of({"a"}, "c"));
  EXPECT_FALSE(graph.is_free_of({"c"}, "c"));
}

TEST(RevisionGraph, TwoFilesOfOneRevisionAreAFault) {
  std::vector<Revision> revisions = {revision("a", {}), revision("a", {})};
  revisions[1].where.file = "copy.py";
  const RevisionGraph graph(revisions);
  EXPECT_EQ(graph.faults(), Ids{"revision a is in two files: a.py and copy.py"});
  EXPECT_EQ(ids_of(graph), Ids{"a"});
}

TEST(RevisionGraph, APredecessorThatNoFileHasIsAFault) {
  const RevisionGraph graph({revision("b", {"gone"})});
  EXPECT_EQ(graph.faults(), Ids{"b.py:3: revision b comes after gone, which no file has"});
  EXPECT_EQ(ids_of(graph), Ids{"b"});
}

TEST(RevisionGraph, ACircleIsAFaultAndEndsNowhere) {
  const RevisionGraph graph({revision("a", {}), revision("b", {"c"}), revision("c", {"b"})});
  EXPECT_EQ(graph.faults(), Ids{"these revisions follow each other in a circle: b, c"});
  EXPECT_EQ(ids_of(graph), Ids{"a"});
  EXPECT_EQ(ancestors(graph, {"c"}), (std::set<std::string>{"b", "c"}));
  const RevisionGraph alone({revision("a", {"a"})});
  EXPECT_EQ(alone.faults(), Ids{"these revisions follow each other in a circle: a"});
  const RevisionGraph needy({revision("a", {}, {"b"}), revision("b", {"a"})});
  EXPECT_EQ(needy.faults(), Ids{"these revisions follow each other in a circle: a, b"});
}

TEST(RevisionGraph, UnknownRevisionsAreLeftOut) {
  const RevisionGraph graph({revision("a", {})});
  EXPECT_EQ(graph.find("b"), nullptr);
  EXPECT_EQ(ancestors(graph, {"b", "a"}), std::set<std::string>{"a"});
}

}  // namespace
}  // namespace pgmend::ledger
