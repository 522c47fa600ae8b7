// SPDX-License-Identifier: MIT
#include "engine/planner.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "engine/preflight.hpp"
#include "engine/price.hpp"
#include "engine/recreation.hpp"
#include "engine/relation_facts.hpp"
#include "model/lacking_consent.hpp"
#include "pg/transaction.hpp"

namespace pgmend::engine {

namespace {

bool same_sql(const Recipe& a, const Recipe& b) {
  return std::equal(a.stages.begin(), a.stages.end(), b.stages.begin(), b.stages.end(),
                    [](const Stage& x, const Stage& y) { return x.sql() == y.sql(); });
}

void refuse(Finding& finding, std::string why, std::string hint) {
  finding.outcome = Outcome::refused;
  finding.outcome_text = std::move(why);
  finding.outcome_hint = std::move(hint);
}

/// Findings that become one step by being part of a relation that is created.
class Creation {
 public:
  Creation(const PlanInput& input, const std::vector<Finding>& findings)
      : m_input(input), m_findings(findings) {}

  /// The positions of the finding's parts that stand inside its own statement.
  std::vector<std::size_t> parts_of(const Finding& owner) const {
    std::vector<std::size_t> parts;
    for (std::size_t i = 0; i < m_findings.size(); ++i)
      if (is_part(m_findings[i], owner) && m_findings[i].kind->element) parts.push_back(i);
    // In the order of the list of kinds, so that what names others comes after them.
    std::stable_sort(parts.begin(), parts.end(), [&](std::size_t a, std::size_t b) {
      return place(m_findings[a].kind) < place(m_findings[b].kind);
    });
    return parts;
  }

  std::vector<std::string> elements_of(const std::vector<std::size_t>& parts) const {
    std::vector<std::string> elements;
    for (const auto part : parts) {
      const auto& finding = m_findings[part];
      const auto& kind = *finding.kind;
      if (kind.is_element && !kind.is_element(*finding.expected)) continue;
      elements.push_back(kind.element(*finding.expected));
    }
    return elements;
  }

  std::vector<std::string> after_elements_of(const std::vector<std::size_t>& parts,
                                             const Facts& facts) const {
    std::vector<std::string> statements;
    for (const auto part : parts) {
      const auto& finding = m_findings[part];
      if (!finding.kind->after_element) continue;
      for (auto& statement : finding.kind->after_element(*finding.expected, facts))
        statements.push_back(std::move(statement));
    }
    return statements;
  }

  static bool is_part(const Finding& finding, const Finding& owner) {
    return finding.consequence && finding.name.is_part_of(owner.name);
  }

 private:
  std::ptrdiff_t place(const Kind* kind) const {
    return std::find(m_input.kinds.begin(), m_input.kinds.end(), kind) - m_input.kinds.begin();
  }

  const PlanInput& m_input;
  const std::vector<Finding>& m_findings;
};

class Planner {
 public:
  Planner(pg::Connection& connection, const PlanInput& input, std::vector<Finding>& findings)
      : m_connection(connection),
        m_input(input),
        m_findings(findings),
        m_preflight(connection, input.max_size),
        m_facts(connection, input.kinds, input.expected, input.actual, input.lock_timeout),
        m_recreation(connection, input, m_facts) {}

  std::vector<Step> steps() {
    look_up();
    for (std::size_t i = 0; i < m_findings.size(); ++i)
      if (is_to_be_planned(m_findings[i]) && !m_planned[i]) plan_finding(i);
    // What is left over of a relation that is created: it gets statements of its own.
    for (std::size_t i = 0; i < m_findings.size(); ++i)
      if (m_findings[i].consequence && !m_planned[i]) plan_consequence(i);
    return std::move(m_steps);
  }

 private:
  /// What all of them need to know is asked in few questions.
  void look_up() {
    std::vector<const Finding*> planned;
    std::vector<const Object*> expected;
    std::vector<const Object*> missing;
    for (const auto& finding : m_findings) {
      if (!is_to_be_planned(finding) || finding.judgement.consent == Consent::never) continue;
      planned.push_back(&finding);
      if (!finding.expected) continue;
      expected.push_back(&*finding.expected);
      if (!finding.attribute) missing.push_back(&*finding.expected);
    }
    m_facts.look_up(expected);
    m_facts.rehearse_together(missing);
    m_preflight.look_up(planned);
  }

  bool is_to_be_planned(const Finding& finding) const {
    return (finding.is_drift() || is_to_be_removed(finding)) && finding.outcome == Outcome::open &&
           !finding.consequence;
  }

  bool is_to_be_removed(const Finding& finding) const {
    return finding.judgement.sort == Sort::extra && finding.judgement.consent == Consent::drop &&
           m_input.consents.contains(Consent::drop);
  }

  void plan_finding(std::size_t position) {
    auto& finding = m_findings[position];
    if (finding.judgement.consent == Consent::never)
      return refuse(finding, finding.judgement.reason.empty() ? "pgmend does not change this" : "",
                    finding.judgement.hint);
    std::vector<std::size_t> covered = {position};
    const Creation creation(m_input, m_findings);
    const auto parts = finding.attribute ? std::vector<std::size_t>{} : creation.parts_of(finding);
    auto recipe = recipe_for(finding, creation.elements_of(parts));
    if (!recipe.stages.empty() && !parts.empty())
      for (auto& statement : creation.after_elements_of(parts, m_facts.of(*finding.expected, true)))
        recipe.stages.front().statements.push_back(std::move(statement));
    if (finding.expected && !finding.attribute) {
      strip(*finding.expected, recipe);
      add_heritage(*finding.expected, recipe);
    }
    covered.insert(covered.end(), parts.begin(), parts.end());
    add_step(std::move(recipe), std::move(covered));
  }

  /// A new object comes with no more than is said of it, from its first moment on.
  void strip(const Object& created, Recipe& recipe) {
    if (!m_input.said || created.kind->describes) return;
    const auto stage =
        std::find_if(recipe.stages.begin(), recipe.stages.end(), [](const Stage& each) {
          return each.form == Stage::Form::transaction && each.head.empty();
        });
    if (stage == recipe.stages.end()) return;
    for (const auto* kind : m_input.kinds)
      if (kind->strip)
        for (const auto& more : kind->strip(created, said_of(created)))
          stage->statements.insert(stage->statements.end(), more.statements.begin(),
                                   more.statements.end());
  }

  /// What is said of it and of what is part of it.
  std::vector<const Object*> said_of(const Object& object) {
    if (!m_said) {
      m_said.emplace();
      for (const auto& description : m_input.said->objects())
        if (description.kind->describes)
          for (const auto& needed : description.depends_on)
            m_said->insert({{needed.name.schema, needed.name.group()}, &description});
    }
    std::vector<const Object*> said;
    const auto [begin, end] = m_said->equal_range({object.name.schema, object.name.group()});
    for (auto at = begin; at != end; ++at) said.push_back(at->second);
    return said;
  }

  /// What the others of its kind have in common, unless the expected schema has its say on that.
  void add_heritage(const Object& created, Recipe& recipe) {
    const auto& kind = *created.kind;
    if (kind.heritage_query.empty() || recipe.stages.empty()) return;
    auto& stage = recipe.stages.front();
    if (stage.form != Stage::Form::transaction || !stage.head.empty()) return;
    const pg::Transaction snapshot(m_connection, pg::Transaction::Mode::read_only_snapshot, {});
    const auto result =
        m_connection.query(std::string(kind.heritage_query),
                           {created.name.schema, created.name.name, std::string(kind.relkinds)});
    for (int row = 0; row < result.rows(); ++row) {
      const auto about = result.str(row, "about");
      const bool is_asked_for =
          std::any_of(m_input.kinds.begin(), m_input.kinds.end(),
                      [&](const Kind* other) { return other->asked_for == about; });
      if (!is_asked_for) stage.statements.push_back(result.str(row, "statement"));
    }
  }

  void plan_consequence(std::size_t position) {
    auto& finding = m_findings[position];
    const auto owner =
        std::find_if(m_findings.begin(), m_findings.end(), [&](const Finding& other) {
          return Creation::is_part(finding, other) && !other.attribute;
        });
    const bool planned = owner != m_findings.end() &&
                         m_planned[static_cast<std::size_t>(owner - m_findings.begin())];
    if (planned) add_step(recipe_for(finding, {}), {position});
  }

  Recipe recipe_for(const Finding& finding, const std::vector<std::string>& elements) {
    const auto& kind = *finding.kind;
    if (!finding.expected)
      return kind.drop ? kind.drop(*finding.actual)
                       : Recipe{.stages = {}, .refusal = "pgmend does not remove this", .hint = ""};
    const auto facts = m_facts.of(*finding.expected, !finding.attribute);
    if (!finding.attribute) return kind.create(*finding.expected, elements, facts);
    if (!kind.mend) return {.stages = {}, .refusal = "pgmend does not change this", .hint = ""};
    auto recipe = kind.mend(*finding.expected, *finding.actual,
                            kind.attributes[*finding.attribute].name, facts);
    if (recipe.anew) make_anew(recipe, finding);
    return recipe;
  }

  void make_anew(Recipe& recipe, const Finding& finding) {
    if (!recipe.stages.empty()) return m_recreation.complete(recipe, *finding.actual);
    const auto needs = recipe.needs;
    recipe = m_recreation.recipe(*finding.expected, *finding.actual);
    recipe.needs = needs;
  }

  /// Adds the step if it is allowed; else the findings say what would allow it.
  void add_step(Recipe recipe, std::vector<std::size_t> covered) {
    auto& finding = m_findings[covered.front()];
    if (!recipe.refusal.empty()) return refuse(finding, recipe.refusal, recipe.hint);
    for (const auto needed : {finding.judgement.consent, recipe.needs.value_or(Consent::add)})
      if (!m_input.consents.contains(needed)) return refuse_for_consent(finding, recipe, needed);
    if (auto obstacle = m_preflight.obstacle(finding, recipe))
      return refuse(finding, std::move(obstacle->text), std::move(obstacle->hint));
    for (const auto position : covered) m_planned[position] = true;
    const auto same = std::find_if(m_steps.begin(), m_steps.end(), [&](const Step& step) {
      return step.relation == finding.name.group() && step.schema == finding.name.schema &&
             same_sql(step.recipe, recipe);
    });
    if (same != m_steps.end())
      same->findings.insert(same->findings.end(), covered.begin(), covered.end());
    else
      m_steps.push_back(
          {finding.name.schema, finding.name.group(), std::move(covered), std::move(recipe), {}});
  }

  void refuse_for_consent(Finding& finding, const Recipe& recipe, Consent needed) {
    refuse(finding, consent_refusal(needed),
           fmt::format("run with --allow {} ({}{})", to_string(needed),
                       price(m_connection, finding.name.schema, finding.name.group(), recipe),
                       needed == Consent::drop ? "; what it holds is lost" : ""));
  }

  pg::Connection& m_connection;
  const PlanInput& m_input;
  std::vector<Finding>& m_findings;
  Preflight m_preflight;
  RelationFacts m_facts;
  Recreation m_recreation;
  std::vector<Step> m_steps;
  std::map<std::size_t, bool> m_planned;
  std::optional<std::multimap<RelationName, const Object*>> m_said;  // by what it is said of
};

bool is_single_action(const Step& step) {
  return step.recipe.stages.size() == 1 && !step.recipe.stages.front().head.empty();
}

bool depends(const Object& object, const Object& other) {
  return object.is_part_of(other) || object.rests_on(other);
}

bool comes_last(const Finding& finding) {
  return finding.attribute && finding.expected && finding.expected_value().is_present() &&
         finding.kind->attributes[*finding.attribute].comes_last;
}

/// It is the object itself, or part of it or of what it rests on (a partition has its parent's).
bool is_about(const Object& other, const Object& object) {
  const auto& below = object.depends_on;
  return (other.kind == object.kind && other.name == object.name) || other.is_part_of(object) ||
         std::any_of(below.begin(), below.end(),
                     [&](const Reference& needed) { return other.name.is_part_of(needed.name); });
}

/// A column that is too many stands in the way as well; an index goes when another has taken its
/// place.
bool is_needed_last(const Finding& other, const Object& object) {
  if (!other.expected) return other.actual->kind->twin_element && is_about(*other.actual, object);
  return is_about(*other.expected, object) || depends(object, *other.expected);
}

/// Whether the step has to wait for the other: what is created needs what it rests on, and what is
/// removed has to be rid of what rests on it. Nothing waits for what comes last.
bool needs(const Finding& finding, const Finding& other) {
  if (comes_last(finding) != comes_last(other))
    return comes_last(finding) && is_needed_last(other, *finding.expected);
  if (finding.expected && other.expected) return depends(*finding.expected, *other.expected);
  return !finding.expected && !other.expected && depends(*other.actual, *finding.actual);
}

bool needs(const Step& step, const Step& other, const std::vector<Finding>& findings) {
  return std::any_of(step.findings.begin(), step.findings.end(), [&](std::size_t position) {
    return std::any_of(other.findings.begin(), other.findings.end(), [&](std::size_t needed) {
      return needs(findings[position], findings[needed]);
    });
  });
}

}  // namespace

std::vector<Step> merged(std::vector<Step> steps) {
  std::vector<Step> out;
  for (auto& step : steps) {
    const auto same = std::find_if(out.begin(), out.end(), [&](const Step& other) {
      return is_single_action(step) && is_single_action(other) &&
             other.recipe.stages.front().head == step.recipe.stages.front().head;
    });
    if (same == out.end()) {
      out.push_back(std::move(step));
      continue;
    }
    if (same->alternatives.empty()) same->alternatives.push_back(*same);
    auto& into = same->recipe.stages.front();
    const auto& from = step.recipe.stages.front();
    into.statements.insert(into.statements.end(), from.statements.begin(), from.statements.end());
    into.cost = std::max(into.cost, from.cost);
    into.lock = std::max(into.lock, from.lock);
    same->findings.insert(same->findings.end(), step.findings.begin(), step.findings.end());
    same->alternatives.push_back(std::move(step));
  }
  return out;
}

std::vector<Step> in_order(std::vector<Step> steps, const std::vector<Finding>& findings) {
  std::vector<Step> ordered;
  while (!steps.empty()) {
    auto ready = std::find_if(steps.begin(), steps.end(), [&](const Step& step) {
      return std::none_of(steps.begin(), steps.end(), [&](const Step& other) {
        return &other != &step && needs(step, other, findings);
      });
    });
    if (ready == steps.end()) ready = steps.begin();  // a cycle: the server will say what it lacks
    ordered.push_back(std::move(*ready));
    steps.erase(ready);
  }
  return ordered;
}

Plan make_plan(pg::Connection& connection, const PlanInput& input, std::vector<Finding>& findings) {
  auto steps = Planner(connection, input, findings).steps();
  return {in_order(merged(std::move(steps)), findings)};
}

}  // namespace pgmend::engine
