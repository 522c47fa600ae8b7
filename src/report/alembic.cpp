// SPDX-License-Identifier: MIT
#include "report/alembic.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "report/alembic/guards.hpp"
#include "report/alembic/python.hpp"
#include "report/alembic/upgrade.hpp"
#include "report/standing.hpp"
#include "report/words.hpp"
#include "util/text.hpp"

namespace pgmend::report {

namespace {

/// The project's own, whose scripts were read; null if there are none.
const Ledger* history_of(const Report& report) {
  const auto& ledgers = report.standing.ledgers;
  const auto found = std::find_if(ledgers.begin(), ledgers.end(), [](const Ledger& ledger) {
    return ledger.tool == "Alembic" && !ledger.scripts.empty();
  });
  return found == ledgers.end() ? nullptr : &*found;
}

bool is_migrations(const std::string& source) {
  return source == "alembic" ||
         (source.starts_with("alembic:") && source.find(" + ") == std::string::npos);
}

/// Of the same changes behind the same revision it is the same.
std::string id_of(std::string_view content) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : content) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3U;
  }
  return fmt::format("{:012x}", hash >> 16U);
}

/// "What the migrations lack: users.age, index users.ix_age and 2 more".
std::string title(const Report& report) {
  constexpr std::size_t k_most_named = 2;
  std::vector<std::string> names;
  for (const auto& step : report.plan.steps())
    for (const auto position : step.findings) {
      const auto& finding = report.findings[position];
      if (finding.consequence) continue;
      auto name = object_words(*finding.kind, finding.name);
      if (std::find(names.begin(), names.end(), name) == names.end())
        names.push_back(std::move(name));
    }
  const auto named = std::min(names.size(), k_most_named);
  const auto rest = names.size() - named;
  names.resize(named);
  return fmt::format("What the migrations lack: {}{}",
                     text::join(names, rest == 0 ? " and " : ", "),
                     rest == 0 ? "" : fmt::format(" and {} more", rest));
}

constexpr std::string_view k_lacks = R"py(

def lacks(query, **names):
    """Whether the query finds nothing. Offline (--sql) nobody asks: all is written."""
    if op.get_context().as_sql:
        return True
    return op.get_bind().execute(sa.text(query), names).first() is None
)py";

constexpr std::string_view k_has = R"py(

def has(query, **names):
    """Whether the query finds something; offline as lacks()."""
    if op.get_context().as_sql:
        return True
    return op.get_bind().execute(sa.text(query), names).first() is not None
)py";

constexpr std::string_view k_refuse_if = R"py(

def refuse_if(query, message):
    """Ends it while nothing is half-done, where rows stand against what comes next."""
    if op.get_context().as_sql:
        return
    found = op.get_bind().execute(sa.text(query)).scalar()
    if found is not None:
        raise RuntimeError(message.replace("{}", str(found)))
)py";

std::string docstring(const Document& document, const std::string& id, const std::string& head) {
  const auto source = text::visible(document.report.subject.source);
  auto out = fmt::format(
      "{}\n\nRevision ID: {}\nRevises: {}\nCreate Date: {:%Y-%m-%d %H:%M:%S}+00:00\n\n"
      "Written by pgmend {} from a database that lacked it; expected was: {}\n"
      "It may run anywhere: what is there already is left as it is.\n",
      text::visible(title(document.report)), id, head,
      fmt::gmtime(std::chrono::system_clock::to_time_t(document.started)), document.version,
      source);
  // Names are data.
  out = text::replace_all(std::move(out), "\\", "\\\\");
  return "\"\"\"" + text::replace_all(std::move(out), "\"", "'") + "\"\"\"\n";
}

std::string imports(const std::string& body) {
  std::string out = "\nimport sqlalchemy as sa\nfrom alembic import op\n";
  if (body.find("postgresql.") != std::string::npos)
    out += "from sqlalchemy.dialects import postgresql\n";
  return out;
}

std::string functions(const revision::Upgrade& upgrade) {
  std::string out;
  const auto constants = revision::constants(upgrade.queries);
  if (!constants.empty()) out += "\n" + constants;
  if (upgrade.lacks) out += k_lacks;
  if (upgrade.has) out += k_has;
  if (upgrade.refuses) out += k_refuse_if;
  return out;
}

Unwritten unwritten_head(const std::string& why, std::string hint) {
  return {.why = "no Alembic revision can be written: " + why,
          .hint = std::move(hint),
          .is_usage = true};
}

/// Why it is not known what a revision is to follow.
std::optional<Unwritten> no_place(const Document& document) {
  const auto* history = history_of(document.report);
  if (!history)
    return unwritten_head("no migration scripts were found here",
                          "run it in the project's folder, or name its configuration: "
                          "--alembic-config FILE");
  if (!history->faults.empty())
    return unwritten_head(history->faults.front(),
                          "correct that first: what it has to follow is not known until then");
  const auto& heads = history->heads;
  const auto all = text::join(heads, ", ");
  if (!document.head.empty()) {
    if (std::find(heads.begin(), heads.end(), document.head) != heads.end()) return std::nullopt;
    return unwritten_head(
        fmt::format("{} is no head of {}", text::visible(document.head), history->scripts),
        heads.empty() ? "it has no revision" : "name one: --alembic-head " + all);
  }
  if (heads.size() < 2) return std::nullopt;
  return unwritten_head(fmt::format("{} has {} heads ({}), and it can follow only one",
                                    history->scripts, heads.size(), all),
                        "name it: --alembic-head " + heads.front() +
                            "; or put them together first: alembic merge -m 'merge heads' heads");
}

/// Empty: it is the first one.
std::string head_of(const Document& document) {
  const auto* history = history_of(document.report);
  if (!document.head.empty() || !history || history->heads.empty()) return document.head;
  return history->heads.front();
}

}  // namespace

std::optional<Unwritten> no_alembic(const Document& document) {
  const auto& report = document.report;
  if (report.interrupted) return Unwritten{.why = "interrupted: no Alembic revision was written"};
  if (!report.failure.empty()) return Unwritten{.why = report.failure, .hint = report.failure_hint};
  if (report.subject.job == Job::diff)
    return Unwritten{
        .why =
            "no Alembic revision is written of a diff: it runs in databases, and one is asked "
            "what its tables hold",
        .hint =
            "name a database that has what the migrations make: pgmend plan --schema SOURCE "
            "--database URL --format alembic",
        .is_usage = true};
  if (is_migrations(report.subject.source))
    return Unwritten{
        .why =
            "no revision is to be written for what the migrations make already: a new "
            "database has it from the revision that is there",
        .hint = report.subject.invocation.completed(
            "repair this database: pgmend ensure; a revision is for what no migration makes: "
            "--schema with models (sqlalchemy:), SQL, a lock file or a database"),
        .is_usage = true};
  if (report.standing.forbids())
    return Unwritten{.why = "no Alembic revision was written: " + report.standing.reason,
                     .hint = report.standing.remedy};
  if (report.plan.steps().empty())
    return Unwritten{.why = report.open_drift() == 0
                                ? "no Alembic revision was written: there is nothing to repair"
                                : "no Alembic revision was written: nothing is planned of what "
                                  "differs",
                     .hint = report.open_drift() == 0 ? "" : remedy_words(report)};
  if (std::none_of(report.plan.steps().begin(), report.plan.steps().end(), [&](const Step& step) {
        return revision::is_for_migrations(report.findings[step.findings.front()]);
      }))
    return Unwritten{.why =
                         "no Alembic revision was written: what differs is the state of this "
                         "database alone, which no migration makes",
                     .hint = remedy_words(report)};
  return no_place(document);
}

std::string alembic(const Document& document) {
  const auto upgrade = revision::upgrade(document.report);
  const auto head = head_of(document);
  const auto follows = head.empty() ? "None" : python::literal(head);
  const auto id = id_of(follows + upgrade.body);
  return docstring(document, id, head) + imports(upgrade.body) +
         fmt::format(
             "\nrevision = {}\ndown_revision = {}\nbranch_labels = None\n"
             "depends_on = None\n",
             python::literal(id), follows) +
         functions(upgrade) + "\n\ndef upgrade():\n" + upgrade.body +
         "\n\ndef downgrade():\n"
         "    # Nothing is taken away: it may have been there before, and hold data.\n"
         "    pass\n";
}

}  // namespace pgmend::report
