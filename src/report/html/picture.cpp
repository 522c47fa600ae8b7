// SPDX-License-Identifier: MIT
#include "report/html/picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "model/kind.hpp"
#include "report/html/markup.hpp"
#include "report/html/svg.hpp"
#include "report/words.hpp"
#include "util/text.hpp"

namespace pgmend::report::html {

namespace {

/// Of a box: those with findings are shown before those without.
constexpr std::size_t k_most_rows = 12;

using Key = std::pair<std::string_view, Name>;  // of the kind's name, and the object's

/// How much a mark matters: the worst one stands for several.
int rank_of(const Mark& mark) {
  if (mark.tone == "bad") return 4;
  if (mark.tone == "caution") return 3;
  if (mark.tone == "good") return 2;
  return mark.sign.empty() ? 0 : 1;
}

class Painter {
 public:
  Painter(const Report& report, const Groups& groups, const Outline& outline)
      : m_groups(groups), m_outline(outline) {
    for (const auto& finding : report.findings) {
      auto& mark = m_marks[{finding.kind->name, finding.name}];
      if (const auto next = mark_of(finding); rank_of(next) > rank_of(mark)) mark = next;
    }
    for (const auto& group : groups.all())
      if (group.is_relation && !group.findings.empty())
        m_with_findings[{group.name.schema, group.name.name}] = &group;
  }

  Picture paint() {
    choose();
    for (const auto relation : m_chosen) m_picture.boxes.push_back(box(relation));
    for (const auto& link : m_outline.links) {
      const auto from = m_places.find(link.from);
      const auto to = m_places.find(link.to);
      if (from == m_places.end() || to == m_places.end()) continue;
      m_picture.links.push_back(
          {from->second, to->second, link.name.name, mark(link.kind->name, link.name)});
    }
    return std::move(m_picture);
  }

 private:
  const Group* group_of(std::size_t relation) const {
    const auto& name = m_outline.relations[relation].name;
    const auto found = m_with_findings.find({name.schema, name.name});
    return found == m_with_findings.end() ? nullptr : found->second;
  }

  Mark mark(std::string_view kind, const Name& name) const {
    const auto found = m_marks.find({kind, name});
    return found == m_marks.end() ? Mark{} : found->second;
  }

  /// What matters most comes first, then what is next to it.
  void choose() {
    std::vector<std::size_t> wrong;
    for (std::size_t i = 0; i < m_outline.relations.size(); ++i)
      if (group_of(i)) wrong.push_back(i);
    std::stable_sort(wrong.begin(), wrong.end(), [&](std::size_t a, std::size_t b) {
      return rank_of(worst(*group_of(a))) > rank_of(worst(*group_of(b)));
    });
    for (const auto relation : wrong)
      if (!take(relation)) ++m_picture.left_out;
    const auto with_findings = m_places;
    for (const auto& link : m_outline.links)
      if (with_findings.contains(link.from))
        take(link.to);
      else if (with_findings.contains(link.to))
        take(link.from);
  }

  bool take(std::size_t relation) {
    if (m_places.contains(relation)) return true;
    if (m_chosen.size() == k_most_boxes) return false;
    m_places[relation] = m_chosen.size();
    m_chosen.push_back(relation);
    return true;
  }

  static Mark worst(const Group& group) {
    Mark worst;
    for (const auto* finding : group.findings)
      if (const auto next = mark_of(*finding); rank_of(next) > rank_of(worst)) worst = next;
    return worst;
  }

  static std::string tally(const Group& group) {
    std::vector<std::pair<std::string_view, std::size_t>> counts;
    for (const auto* finding : group.findings) {
      if (finding->consequence) continue;
      const auto word = mark_of(*finding).word;
      const auto found = std::find_if(counts.begin(), counts.end(),
                                      [&](const auto& each) { return each.first == word; });
      if (found == counts.end())
        counts.emplace_back(word, 1);
      else
        ++found->second;
    }
    std::vector<std::string> parts;
    for (const auto& [word, number] : counts) parts.push_back(fmt::format("{} {}", number, word));
    return text::join(parts, ", ");
  }

  Picture::Box box(std::size_t position) const {
    const auto& relation = m_outline.relations[position];
    const auto* group = group_of(position);
    Picture::Box made;
    made.title = relation.kind ? display(*relation.kind, relation.name) : display(relation.name);
    if (relation.kind) {
      if (relation.kind->name != "table")
        made.title += fmt::format(" ({})", kind_words(*relation.kind));
      made.mark = mark(relation.kind->name, relation.name);
      made.is_absent = made.mark.word == "missing";
    }
    if (group) {
      made.anchor = anchor(m_groups, *group);
      made.words = tally(*group);
      if (rank_of(worst(*group)) > rank_of(made.mark)) made.mark = worst(*group);
    }
    fill(made, relation, group);
    return made;
  }

  void fill(Picture::Box& made, const Outline::Relation& relation, const Group* group) const {
    std::set<Name> parts;
    for (const auto& part : relation.parts) {
      parts.insert(part.name);
      made.rows.push_back({part.name.name, part.type, part_mark(part.name, group)});
      auto& row = made.rows.back();
      if (!row.mark.sign.empty()) row.words = row.mark.word;
    }
    if (group)
      for (const auto* finding : group->findings) {
        if (finding->name.relation.empty() || !parts.insert(finding->name).second) continue;
        const auto mark = part_mark(finding->name, group);
        made.rows.push_back(
            {kind_words(*finding->kind) + ' ' + finding->name.name, std::string(mark.word), mark});
      }
    shorten(made);
  }

  /// Names of parts and of what else belongs to a relation may be the same; the picture is small.
  static Mark part_mark(const Name& name, const Group* group) {
    Mark worst;
    if (group)
      for (const auto* finding : group->findings)
        if (const auto next = mark_of(*finding);
            finding->name == name && rank_of(next) > rank_of(worst))
          worst = next;
    return worst;
  }

  static void shorten(Picture::Box& box) {
    for (auto i = box.rows.size(); i-- > 0 && box.rows.size() > k_most_rows;) {
      if (!box.rows[i].mark.sign.empty()) continue;
      box.rows.erase(box.rows.begin() + static_cast<std::ptrdiff_t>(i));
      ++box.more;
    }
    while (box.rows.size() > 2 * k_most_rows) {
      box.rows.pop_back();
      ++box.more;
    }
  }

  const Groups& m_groups;
  const Outline& m_outline;
  std::map<Key, Mark> m_marks;
  std::map<std::pair<std::string, std::string>, const Group*> m_with_findings;
  std::vector<std::size_t> m_chosen;
  std::map<std::size_t, std::size_t> m_places;  // of relations among the chosen
  Picture m_picture;
};

std::string legend() {
  std::string out = "<ul class=\"legend\">\n";
  for (const auto& [sign, word, tone] :
       {Mark{"−", "missing", "bad"}, Mark{"≠", "different", "bad"}, Mark{"!", "broken", "bad"},
        Mark{"+", "extra", "note"}, Mark{"?", "unconfirmed", "caution"},
        Mark{"✓", "repaired", "good"}})
    out +=
        fmt::format("<li class=\"{}\"><span class=\"sign\">{}</span> {}</li>\n", tone, sign, word);
  return out + "</ul>\n";
}

}  // namespace

Picture picture_of(const Report& report, const Groups& groups, const Outline& outline) {
  return Painter(report, groups, outline).paint();
}

std::string picture_section(const Report& report, const Groups& groups, const Outline& outline) {
  const auto picture = picture_of(report, groups, outline);
  if (picture.boxes.empty()) return "";
  auto out = std::string(
      "<section aria-labelledby=\"picture\">\n<h2 id=\"picture\">The tables</h2>\n"
      "<p class=\"quiet\">Tables with findings and those next to them. A line leads from a table "
      "to the one that it refers to.</p>\n");
  out += "<div class=\"scroll\" role=\"region\" aria-labelledby=\"picture\" tabindex=\"0\">\n" +
         svg(picture) + "</div>\n" + legend();
  if (picture.left_out > 0)
    out += element("p", "quiet",
                   fmt::format("{} more with findings {} not drawn.",
                               text::count(picture.left_out, "table"),
                               picture.left_out == 1 ? "is" : "are")) +
           '\n';
  return out + "</section>\n";
}

}  // namespace pgmend::report::html
