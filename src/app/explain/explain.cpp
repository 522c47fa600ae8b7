// SPDX-License-Identifier: MIT
#include "app/explain/explain.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/errors.hpp"
#include "app/explain/catalogue.hpp"
#include "app/explain/finding_document.hpp"
#include "app/explain/general.hpp"
#include "kinds/kinds.hpp"
#include "util/text.hpp"

namespace pgmend::app {

namespace {

using Form = report::Block::Form;
using report::Article;

std::string rendered(const Article& document, Page page) {
  return page == Page::text ? report::as_text(document) : report::as_markdown(document);
}

const Kind* find_kind(const std::string& name) {
  const auto kinds = kinds::all();
  const auto found = std::find_if(kinds.begin(), kinds.end(),
                                  [&](const Kind* kind) { return kind->name == name; });
  return found == kinds.end() ? nullptr : *found;
}

Article document_of(const std::string& topic) {
  if (auto general = general_document(topic)) return *general;
  if (const auto finding = find_topic(topic)) return finding_document(*finding);
  if (const auto* kind = find_kind(topic)) return kind_document(*kind);
  const auto near = text::nearest(topic, topics());
  throw UsageError(fmt::format("there is nothing called `{}` to explain", topic),
                   near ? fmt::format("did you mean: pgmend explain {}?", *near)
                        : "all that there is: pgmend explain");
}

}  // namespace

std::vector<std::string> finding_ids() {
  std::vector<std::string> ids;
  for (const auto* kind : kinds::all())
    for (const auto& topic : topics_of(*kind)) ids.push_back(topic.id());
  return ids;
}

std::vector<std::string> kind_names() {
  std::vector<std::string> names;
  for (const auto* kind : kinds::all()) names.emplace_back(kind->name);
  return names;
}

std::vector<std::string> topics() {
  auto all = general_topics();
  for (auto& name : kind_names()) all.push_back(std::move(name));
  for (auto& id : finding_ids()) all.push_back(std::move(id));
  return all;
}

std::string explain(const std::string& topic, Page page) {
  return rendered(document_of(topic), page);
}

std::string explain_all(Page page) {
  Article document = {{Form::heading, "Verdicts and exit codes"}};
  document.push_back({Form::paragraph, text::join(general_topics(), " ")});
  for (const auto* kind : kinds::all()) {
    std::vector<std::string> ids;
    for (const auto& topic : topics_of(*kind)) ids.push_back(topic.id());
    document.push_back({Form::heading, fmt::format("{}: {}", kind->name, kind->doc)});
    document.push_back({Form::paragraph, text::join(ids, " ")});
  }
  return rendered(document, page);
}

std::string all_findings() {
  Article document = {
      {Form::title, "Findings"},
      {Form::paragraph,
       "Each difference that pgmend reports has an id. `pgmend explain ID` prints what stands "
       "here: "
       "what it means, what breaks, what ensure does about it, with which locks, and what is never "
       "done. The SQL is what pgmend sends to PostgreSQL 18 for a table that has rows; `pgmend "
       "plan` "
       "prints it for a database of yours. How it is sent: [repairs.md](repairs.md)."}};
  const auto append = [&](const Article& more) {
    document.insert(document.end(), more.begin(), more.end());
  };
  for (const auto& topic : general_topics()) append(*general_document(topic));
  for (const auto* kind : kinds::all())
    for (const auto& topic : topics_of(*kind)) append(finding_document(topic));
  return report::as_markdown(document);
}

}  // namespace pgmend::app
