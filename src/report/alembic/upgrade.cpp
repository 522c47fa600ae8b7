// SPDX-License-Identifier: MIT
#include "report/alembic/upgrade.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "model/definition.hpp"
#include "model/kind.hpp"
#include "report/alembic/guards.hpp"
#include "report/alembic/operations.hpp"
#include "report/alembic/python.hpp"
#include "report/script_blocks.hpp"
#include "report/standing.hpp"
#include "report/words.hpp"
#include "util/sql_shown.hpp"
#include "util/text.hpp"

namespace pgmend::report::revision {

namespace {

constexpr std::size_t k_step = 4;

/// Waits for a lock no longer than that: others wait behind it.
constexpr std::string_view k_brief_locks = "SET LOCAL lock_timeout = '1s'";

constexpr auto k_said_again = std::to_array<std::string_view>(
    {"index", "check", "unique", "primary_key", "foreign_key", "exclusion", "sequence", "function",
     "aggregate", "view", "enum"});

/// Of a table and of its columns.
constexpr auto k_attributes_said_again = std::to_array<std::string_view>(
    {"default", "not_null", "type", "collation", "storage", "compression", "statistics", "options",
     "no_inherit", "not_valid", "row_security", "force_row_security", "toast_options",
     "persistence", "access_method", "replica_identity", "cluster"});

template <std::size_t N>
bool is_among(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// Whether its repair can be run where it was run before: a change that comes to the same again,
/// and what describes other things.
bool can_be_said_again(const Finding& finding) {
  const auto& kind = *finding.kind;
  if (kind.describes || !kind.asked_for.empty() ||
      (finding.attribute && is_among(k_said_again, kind.name)))
    return true;
  return finding.attribute && (kind.name == "table" || kind.name == "column") &&
         is_among(k_attributes_said_again, kind.attributes[*finding.attribute].name);
}

bool takes_long(const Stage& stage) {
  return stage.cost != Cost::catalog;
}

/// The role that a statement names at its end, where it is there for what the new object has in
/// common with its siblings: not every database has that role.
std::optional<std::string> role_of(const Finding& finding, std::string_view statement) {
  if (!finding.kind->asked_for.empty()) return std::nullopt;
  if (!statement.starts_with("GRANT ") && statement.find(" OWNER TO ") == std::string_view::npos)
    return std::nullopt;
  constexpr std::string_view k_before = " TO \"";
  const auto begin = statement.rfind(k_before);
  const auto end = statement.rfind('"');
  if (begin == std::string_view::npos || end < begin + k_before.size()) return std::nullopt;
  const auto name = statement.substr(begin + k_before.size(), end - begin - k_before.size());
  return text::replace_all(std::string(name), "\"\"", "\"");
}

/// A label can be used only when the transaction that added it is over.
bool adds_labels(const Finding& finding, const Stage& stage) {
  return finding.kind->name == "enum" && finding.attribute && !stage.statements.empty() &&
         stage.statements.front().find(" ADD VALUE ") != std::string::npos;
}

class Writer {
 public:
  explicit Writer(const Report& report) : m_report(report) {}

  Upgrade write() {
    for (const auto& step : m_report.plan.steps()) {
      if (step.alternatives.empty()) one(step);
      for (const auto& alternative : step.alternatives) one(alternative);
    }
    for (std::size_t i = 0; i < m_report.findings.size(); ++i) not_planned(i);
    if (m_ever_briefly) {
      m_indent = k_step;
      m_made.body += '\n';
      execute("SET LOCAL lock_timeout TO DEFAULT");
    }
    return std::move(m_made);
  }

 private:
  const Finding& finding(std::size_t position) const { return m_report.findings[position]; }

  /// The one that the rest of the step hangs on.
  const Finding& main_finding(const Step& step) const { return finding(step.findings.front()); }

  void one(const Step& step) {
    const auto& what = main_finding(step);
    m_indent = k_step;
    m_made.body += m_made.body.empty() ? "" : "\n";
    heading(step);
    if (!is_for_migrations(what))
      return comment(
          "not in this revision: it is the state of one database, and ensure repairs it");
    lock_briefly_before(step);
    const bool holds_at_top = m_locks_briefly;
    mend(step, what);
    close_block();
    // What was said within a condition may not have been said.
    m_locks_briefly = m_locks_briefly && holds_at_top;
  }

  void mend(const Step& step, const Finding& what) {
    const auto is_done = settled(what);
    if (is_done) {
      test(what.is_removal() ? "has" : "lacks", *is_done);
      if (is_filled(step) && !what.attribute) return filled(step, what);
    } else if (!can_be_said_again(what)) {
      comment("it is not asked whether this is done: it fails where it is (alembic stamp)");
    }
    const auto is_begun = begun(what);
    for (std::size_t i = 0; i < step.recipe.stages.size(); ++i) {
      const auto& next = step.recipe.stages[i];
      if (is_begun && next.form == Stage::Form::transaction && !takes_long(next) &&
          i + 1 < step.recipe.stages.size()) {
        close_block();
        const auto indent = m_indent;
        test("lacks", *is_begun);
        stage(step, what, next);
        m_indent = indent;
        continue;
      }
      stage(step, what, next);
    }
  }

  /// The mark that the column carries meanwhile tells what is left to do.
  void filled(const Step& step, const Finding& column) {
    bool begins = true;
    for (const auto& next : step.recipe.stages) {
      if (begins && next.form == Stage::Form::batches) {
        close_block();
        m_indent = k_step;
        test("has", filling(column));
        begins = false;
      }
      stage(step, column, next);
    }
  }

  static bool is_filled(const Step& step) {
    const auto& stages = step.recipe.stages;
    return std::any_of(stages.begin(), stages.end(),
                       [](const Stage& each) { return each.form == Stage::Form::batches; });
  }

  void heading(const Step& step) {
    for (const auto position : step.findings) {
      const auto& each = finding(position);
      if (each.consequence && step.findings.size() > 1) continue;
      auto words = object_words(*each.kind, each.name) + ' ' + what_is_wrong(each);
      if (each.origin && each.origin->is_sure && is_missing(each))
        words += "; it is made already, " + origin_words(each);
      comment(words);
    }
  }

  void comment(std::string_view words) { m_made.body += python::comment(words, m_indent); }

  void line(std::string_view words) {
    m_made.body += fmt::format("{}{}\n", std::string(m_indent, ' '), words);
  }

  void test(std::string_view function, const Guard& guard) {
    m_made.queries.insert(guard.query);
    (function == "has" ? m_made.has : m_made.lacks) = true;
    line(fmt::format("if {}({}):", function, guard.words()));
    m_indent += k_step;
  }

  /// At the top, so that it holds whatever is asked in between.
  void lock_briefly_before(const Step& step) {
    for (const auto& each : step.recipe.stages) {
      if (is_by_itself(each)) return;
      if (each.form == Stage::Form::transaction && each.lock > Lock::row_exclusive)
        return lock_briefly();
    }
  }

  void lock_briefly() {
    if (m_locks_briefly) return;
    execute(k_brief_locks);
    m_locks_briefly = m_ever_briefly = true;
  }

  /// Not in the revision's transaction.
  static bool is_by_itself(const Stage& stage) {
    if (stage.form == Stage::Form::precondition) return takes_long(stage);
    return stage.form != Stage::Form::transaction || (takes_long(stage) && stage.sql().size() == 1);
  }

  void stage(const Step& step, const Finding& what, const Stage& next) {
    if (is_by_itself(next) || adds_labels(what, next)) {
      open_block();
    } else {
      close_block();
      if (next.lock > Lock::row_exclusive) lock_briefly();
    }
    switch (next.form) {
      case Stage::Form::precondition:
        return refuse(next);
      case Stage::Form::batches:
        return execute(fill_block(next));
      case Stage::Form::alone:
        // What a build that failed has left behind.
        if (!next.undo.empty() && next.undo != m_last) execute(next.undo);
        [[fallthrough]];
      case Stage::Form::transaction:
        for (const auto& statement : next.sql()) send(step, what, statement);
    }
  }

  void send(const Step& step, const Finding& what, const std::string& statement) {
    m_last = statement;
    if (const auto role_name = role_of(what, statement)) {
      const auto indent = m_indent;
      test("has", role(*role_name));
      execute(statement);
      m_indent = indent;
      return;
    }
    std::vector<const Finding*> parts;
    for (const auto position : step.findings)
      if (&finding(position) != &what) parts.push_back(&finding(position));
    const auto made = what.kind->name == "table" && what.expected
                          ? table_operation(what, parts, statement)
                          : operation(what, statement);
    if (!made) return execute(statement);
    m_made.body += python::call(made->name, made->arguments, m_indent);
  }

  void execute(std::string_view statement) {
    m_made.body +=
        python::call_with_text("op.execute", python::for_text(sql::printable(statement)), m_indent);
  }

  void refuse(const Stage& stage) {
    m_made.refuses = true;
    m_made.body += python::call_with_text("refuse_if", python::for_text(stage.statements.front()),
                                          m_indent, python::literal(stage.refusal));
  }

  /// All that is open is committed at its beginning: nobody waits for the locks of what came before
  /// while something takes long, and some statements refuse to run in a transaction.
  void open_block() {
    if (m_in_block) return;
    line("with op.get_context().autocommit_block():");
    m_indent += k_step;
    m_in_block = true;
    m_locks_briefly = false;
  }

  void close_block() {
    if (!m_in_block) return;
    m_indent -= k_step;
    m_in_block = false;
  }

  void not_planned(std::size_t position) {
    const auto& each = finding(position);
    if (!each.is_drift() || each.consequence || m_report.plan.recipe_for(position)) return;
    m_indent = k_step;
    m_made.body += m_made.body.empty() ? "" : "\n";
    comment(fmt::format("not in this revision: {} {}", object_words(*each.kind, each.name),
                        what_is_wrong(each)));
    for (const auto& words : {each.judgement.reason, each.outcome_text, each.outcome_hint})
      if (!words.empty()) comment("  " + words);
  }

  const Report& m_report;
  Upgrade m_made;
  std::size_t m_indent = k_step;
  bool m_in_block = false;
  bool m_locks_briefly = false;
  bool m_ever_briefly = false;
  std::string m_last;  // statement
};

}  // namespace

bool is_for_migrations(const Finding& finding) {
  return !finding.attribute ||
         finding.kind->attributes[*finding.attribute].form != Attribute::Form::fault;
}

Upgrade upgrade(const Report& report) {
  return Writer(report).write();
}

}  // namespace pgmend::report::revision
