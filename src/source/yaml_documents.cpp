// SPDX-License-Identifier: MIT
#include "source/yaml_documents.hpp"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>

#include <algorithm>
#include <sstream>
#include <string_view>
#include <utility>

#include "model/spec_error.hpp"
#include "util/text.hpp"

namespace pgmend::source {

namespace {

/// Looks only where documents begin.
class DocumentStarts : public YAML::EventHandler {
 public:
  const YAML::Mark& last() const { return m_last; }

  void OnDocumentStart(const YAML::Mark& mark) override { m_last = mark; }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t,
                const std::string&) override {}
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {}
  void OnMapEnd() override {}

 private:
  YAML::Mark m_last = YAML::Mark::null_mark();
};

/// At a comma or a closing bracket in the place of a document, yaml-cpp 0.7 finds an empty document
/// and stands where it stood: LoadAll() would find such until the memory is full.
std::vector<YAML::Node> load_all(const std::string& text) {
  std::istringstream stream(text);
  YAML::Parser parser(stream);
  DocumentStarts starts;
  for (auto before = starts.last(); parser.HandleNextDocument(starts); before = starts.last())
    if (starts.last().pos == before.pos)
      throw YAML::ParserException(before, "nothing begins with this");
  return YAML::LoadAll(text);
}

/// What yaml-cpp would take for something else, or the server for nothing at all.
void check_bytes(std::string_view text, const std::string& file) {
  // UTF-16 and UTF-32, which it reads.
  if (text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff") ||
      text.starts_with(std::string_view("\0\0\xfe\xff", 4)))
    return;
  auto lone = text.find('\r');
  while (lone != std::string_view::npos && text.substr(lone + 1).starts_with('\n'))
    lone = text.find('\r', lone + 1);
  const auto bad = text::find_not_text(text);
  const auto at = std::min(bad, lone);
  if (at == std::string_view::npos) return;
  const auto before = text.substr(0, at);
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const auto column = text::width(before.substr(before.rfind('\n') + 1)) + 1;
  Fault fault;
  fault.where = {file, static_cast<int>(line), static_cast<int>(column)};
  if (at == lone) {
    fault.message = "a carriage return stands here without a line feed";
    fault.hint = "remove it, or write the file with the line ends of Unix or Windows";
  } else if (text[at] == '\0') {
    fault.message = "text cannot hold a NUL character";
    fault.hint = "remove it";
  } else {
    fault.message = fmt::format("{} is no UTF-8", text::visible(text.substr(at, 1)));
    fault.hint = "convert the file: iconv -f LATIN1 -t UTF-8 FILE";
  }
  throw SpecError(std::move(fault));
}

}  // namespace

std::vector<YAML::Node> load_documents(const std::string& text, const std::string& file) {
  check_bytes(text, file);
  try {
    return load_all(text);
  } catch (const YAML::Exception& error) {
    throw SpecError(Fault{.where = {file, error.mark.line + 1, error.mark.column + 1},
                          .message = "this is not YAML: " + error.msg,
                          .hint = "look at the indentation, quotes and colons around this place"});
  }
}

}  // namespace pgmend::source
