// SPDX-License-Identifier: MIT
#include "engine/planner.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>

#include "engine/compare.hpp"
#include "engine/creation.hpp"
#include "engine/descent.hpp"
#include "engine/heritage.hpp"
#include "engine/impossible.hpp"
#include "engine/inspect.hpp"
#include "engine/lookaround.hpp"
#include "engine/merge.hpp"
#include "engine/order.hpp"
#include "engine/preflight.hpp"
#include "engine/price.hpp"
#include "engine/recreation.hpp"
#include "engine/relation_facts.hpp"
#include "model/lacking_consent.hpp"
#include "util/sql.hpp"

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

std::string quoted_relation(const Finding& finding) {
  return sql::quote_qualified(finding.name.schema, finding.name.group());
}

const Recipe k_senseless = {.stages = {},
                            .refusal = "what is expected of it makes no sense",
                            .hint =
                                "take the lock file from version control again, or write a new "
                                "one: pgmend snapshot"};

class Planner {
 public:
  Planner(pg::Connection& connection, const PlanInput& input, std::vector<Finding>& findings)
      : m_connection(connection),
        m_input(input),
        m_findings(findings),
        m_preflight(connection, input.max_size),
        m_facts(connection, input.kinds, input.expected, input.actual, input.lock_timeout),
        m_recreation(connection, input, m_facts),
        m_by_relation(findings),
        m_creation(input, findings, m_by_relation),
        m_descent(findings, m_by_relation, input.actual),
        m_heritage(connection, input) {}

  std::vector<Step> steps() {
    look_up();
    std::vector<std::size_t> followers;
    for (const auto& finding : m_findings)
      for (const auto extra : giving_way_to(finding)) m_findings[extra].gives_way = true;
    for (std::size_t i = 0; i < m_findings.size(); ++i) {
      if (!is_planned_for(m_findings[i]) || m_planned[i] || m_findings[i].gives_way) continue;
      if (m_descent.leader_of(i))
        followers.push_back(i);
      else
        plan_finding(i);
    }
    for (const auto i : followers) follow(i);
    // What is left over of a relation that is created: it gets statements of its own.
    for (std::size_t i = 0; i < m_findings.size(); ++i)
      if (m_findings[i].consequence && !m_planned[i]) plan_consequence(i);
    settle_along();
    return std::move(m_steps);
  }

 private:
  /// What all of them need to know is asked in few questions.
  void look_up() {
    for (const auto& finding : m_findings)
      if (finding.is_to_be_removed(m_input.consents))
        m_facts.leave_out(*finding.kind, finding.name);
    std::vector<const Finding*> planned;
    std::vector<const Object*> expected;
    std::vector<const Object*> missing;
    std::set<std::string> to_be_priced;
    for (const auto& finding : m_findings) {
      if (!is_planned_for(finding) || finding.judgement.consent == Consent::never) continue;
      planned.push_back(&finding);
      if (!m_input.consents.contains(finding.judgement.consent))
        to_be_priced.insert(quoted_relation(finding));
      if (!finding.expected) continue;
      expected.push_back(&*finding.expected);
      if (!finding.attribute) missing.push_back(&*finding.expected);
    }
    m_facts.look_up(expected);
    m_facts.rehearse_together(missing);
    m_preflight.look_up(planned);
    measure(to_be_priced);
  }

  /// What is too many goes when that which gets its name (this finding's object) is there, not
  /// before.
  std::vector<std::size_t> giving_way_to(const Finding& finding) const {
    std::vector<std::size_t> positions;
    const auto& taken = finding.judgement.in_place_of;
    const auto* object = taken ? occupant_of(*finding.kind, *taken, m_input.actual) : nullptr;
    if (!object) return positions;
    for (const auto i : m_by_relation.near(object->name))
      if (m_findings[i].judgement.sort == Sort::extra && !m_findings[i].attribute &&
          m_findings[i].kind == object->kind && m_findings[i].name == object->name)
        positions.push_back(i);
    return positions;
  }

  /// What is made anew with another thing, as it is expected, or goes with it, is not changed,
  /// made or removed again.
  void settle_along() {
    for (std::size_t i = 0; i < m_steps.size(); ++i) {
      if (m_steps[i].findings.empty()) continue;
      const auto& settled = m_steps[i].recipe.also_settles;
      for (std::size_t other = 0; other < m_steps.size() && !settled.empty(); ++other) {
        if (other == i || !are_among(m_steps[other], settled)) continue;
        auto& findings = m_steps[i].findings;
        findings.insert(findings.end(), m_steps[other].findings.begin(),
                        m_steps[other].findings.end());
        m_steps[other].findings.clear();
      }
    }
    std::erase_if(m_steps, [](const Step& step) { return step.findings.empty(); });
  }

  bool are_among(const Step& step, const std::vector<Reference>& settled) const {
    return !step.findings.empty() &&
           std::all_of(step.findings.begin(), step.findings.end(), [&](std::size_t position) {
             const auto& finding = m_findings[position];
             return std::find(settled.begin(), settled.end(),
                              Reference{finding.kind, finding.name}) != settled.end();
           });
  }

  bool is_planned_for(const Finding& finding) const {
    return is_to_be_planned(finding, m_input.consents);
  }

  /// Where that which may be meant, or has its name, goes, it is made.
  void settle_doubt(Finding& finding) {
    const auto other_one = finding.judgement.until_gone;
    if (!other_one) return;
    const auto& near = m_by_relation.near(*other_one);
    if (std::any_of(near.begin(), near.end(), [&](std::size_t position) {
          const auto& other = m_findings[position];
          return !other.attribute && other.name == *other_one &&
                 other.kind->occupants_query == finding.kind->occupants_query &&
                 other.is_to_be_removed(m_input.consents);
        }))
      finding.judgement = missing(*finding.expected).judgement;
  }

  void plan_finding(std::size_t position) {
    auto& finding = m_findings[position];
    settle_doubt(finding);
    if (finding.judgement.consent == Consent::never)
      return refuse(finding, finding.judgement.reason.empty() ? "pgmend does not change this" : "",
                    finding.judgement.hint);
    std::vector<std::size_t> covered = {position};
    const auto parts =
        finding.attribute ? std::vector<std::size_t>{} : m_creation.parts_of(finding);
    auto recipe = recipe_for(finding, m_creation.elements_of(parts));
    if (!recipe.stages.empty() && !parts.empty())
      for (auto& statement :
           m_creation.after_elements_of(parts, m_facts.of(*finding.expected, true)))
        recipe.stages.front().statements.push_back(std::move(statement));
    if (finding.expected && !finding.attribute) m_heritage.add_to(*finding.expected, recipe);
    covered.insert(covered.end(), parts.begin(), parts.end());
    const auto leaving = giving_way_to(finding);
    covered.insert(covered.end(), leaving.begin(), leaving.end());
    add_step(std::move(recipe), std::move(covered));
    if (finding.outcome != Outcome::refused) return;
    m_recreation.forget();
    for (const auto extra : leaving)
      if (is_planned_for(m_findings[extra]))
        refuse(m_findings[extra], finding.outcome_text, finding.outcome_hint);
  }

  /// What the parent's statement does for its children, too, is not done again.
  void follow(std::size_t position) {
    auto leader = m_descent.leader_of(position);
    while (const auto next = m_descent.leader_of(*leader)) leader = next;
    const auto& first = m_findings[*leader];
    auto& finding = m_findings[position];
    const auto step = std::find_if(m_steps.begin(), m_steps.end(), [&](const Step& each) {
      return std::find(each.findings.begin(), each.findings.end(), *leader) != each.findings.end();
    });
    if (step == m_steps.end()) return refuse(finding, first.outcome_text, first.outcome_hint);
    m_planned[position] = true;
    step->findings.push_back(position);
    if (!finding.attribute && finding.expected) differ_from_parent(position, *first.expected);
  }

  /// A child gets what its parent gets; what is to be its own comes behind.
  void differ_from_parent(std::size_t position, const Object& parents) {
    const auto& finding = m_findings[position];
    const auto& kind = *finding.kind;
    auto got = parents;
    got.name = finding.name;
    for (std::size_t i = 0; i < kind.attributes.size() && kind.mend; ++i) {
      const auto& attribute = kind.attributes[i];
      const auto& wanted = finding.expected->values[i];
      if (!attribute.judge || attribute.form == Attribute::Form::fault || !wanted.is_specified() ||
          wanted == got.values[i])
        continue;
      auto recipe =
          kind.mend(*finding.expected, got, attribute.name, m_facts.of(*finding.expected, false));
      if (recipe.refusal.empty() && !recipe.anew) add_step(std::move(recipe), {position});
    }
  }

  void plan_consequence(std::size_t position) {
    auto& finding = m_findings[position];
    const auto owner = m_by_relation.owner_of(finding);
    if (owner && m_planned[*owner]) add_step(recipe_for(finding, {}), {position});
  }

  /// A change that leaves all files as they are is one in place, whatever the room took it for.
  Facts facts_of_change(Finding& finding) {
    auto facts = m_facts.of(*finding.expected, false);
    if (!finding.kind->attributes[*finding.attribute].is_rehearsed) return facts;
    facts.change = m_facts.rehearsal_of(finding, facts).outcome;
    if (facts.change == Rehearsed::keeps_file && finding.judgement.consent == Consent::rewrite &&
        !m_input.consents.contains(Consent::rewrite))
      finding.judgement.consent = Consent::alter;
    if (facts.change != Rehearsed::refused) return facts;
    facts.obstacle = m_facts.rehearsal_of(finding, facts).error;
    return facts;
  }

  /// A value that no catalog would give (a damaged lock file) may be more than a room can make
  /// sense of.
  Recipe recipe_for(Finding& finding, const std::vector<std::string>& elements) {
    try {
      return recipe_of_kind(finding, elements);
    } catch (const std::out_of_range&) {
      return k_senseless;
    } catch (const std::invalid_argument&) {
      return k_senseless;
    }
  }

  Recipe recipe_of_kind(Finding& finding, const std::vector<std::string>& elements) {
    const auto& kind = *finding.kind;
    if (!finding.expected)
      return kind.drop ? kind.drop(*finding.actual)
                       : Recipe{.stages = {}, .refusal = "pgmend does not remove this", .hint = ""};
    if (finding.is_renamable()) return rename(finding);
    if (!finding.attribute) return create(finding, elements);
    if (!kind.mend) return {.stages = {}, .refusal = "pgmend does not change this", .hint = ""};
    const auto facts = facts_of_change(finding);
    auto recipe = kind.mend(*finding.expected, *finding.actual,
                            kind.attributes[*finding.attribute].name, facts);
    if (recipe.anew) make_anew(recipe, finding, facts);
    if (recipe.makes_way && recipe.refusal.empty()) m_recreation.make_way(recipe, *finding.actual);
    return recipe;
  }

  Recipe rename(const Finding& finding) {
    return {.stages = {{.statements = {finding.kind->renaming(*finding.actual,
                                                              finding.expected->name.name)}}}};
  }

  Recipe create(const Finding& finding, const std::vector<std::string>& elements) {
    const auto& kind = *finding.kind;
    auto facts = m_facts.of(*finding.expected, true);
    const auto& taken = finding.judgement.in_place_of;
    if (!taken) return kind.create(*finding.expected, elements, facts);
    const Occupant occupant = {*taken, "", occupant_of(kind, *taken, m_input.actual)};
    facts.occupant = &occupant;
    auto recipe = kind.create(*finding.expected, elements, facts);
    if (recipe.anew && occupant.object) m_recreation.complete(recipe, *occupant.object);
    return recipe;
  }

  void make_anew(Recipe& recipe, const Finding& finding, const Facts& facts) {
    const auto& stages = recipe.stages;
    if (std::any_of(stages.begin(), stages.end(),
                    [](const Stage& stage) { return stage.form != Stage::Form::precondition; }))
      return m_recreation.complete(recipe, *finding.actual, facts.in_children);
    auto written = recipe.copies ? m_recreation.copying(*finding.expected, *finding.actual)
                                 : m_recreation.recipe(*finding.expected, *finding.actual);
    written.stages.insert(written.stages.begin(), stages.begin(), stages.end());
    if (recipe.needs) written.needs = recipe.needs;
    recipe = std::move(written);
  }

  /// Adds the step if it is allowed; else the findings say what would allow it.
  void add_step(Recipe recipe, std::vector<std::size_t> covered) {
    auto& finding = m_findings[covered.front()];
    if (!recipe.refusal.empty()) return refuse(finding, recipe.refusal, recipe.hint);
    if (auto obstacle = m_preflight.obstacle(finding, recipe))
      return refuse(finding, std::move(obstacle->text), std::move(obstacle->hint));
    std::set<Consent> lacking = {finding.judgement.consent, recipe.needs.value_or(Consent::add)};
    for (const auto given : m_input.consents) lacking.erase(given);
    if (!lacking.empty()) return refuse_for_consent(finding, recipe, lacking);
    for (const auto position : covered) m_planned[position] = true;
    auto& near = m_steps_of[{finding.name.schema, finding.name.group()}];
    const auto same = std::find_if(near.begin(), near.end(), [&](std::size_t step) {
      return same_sql(m_steps[step].recipe, recipe);
    });
    if (same != near.end()) {
      auto& findings = m_steps[*same].findings;
      findings.insert(findings.end(), covered.begin(), covered.end());
      return;
    }
    near.push_back(m_steps.size());
    m_steps.push_back(
        {finding.name.schema, finding.name.group(), std::move(covered), std::move(recipe), {}});
  }

  void refuse_for_consent(Finding& finding, const Recipe& recipe,
                          const std::set<Consent>& lacking) {
    auto costs = price(recipe);
    const auto& size = size_of(finding);
    if (size && !recipe.stages.empty()) costs += "; " + size_words(finding.name.group(), *size);
    if (lacking.contains(Consent::drop)) costs += "; what it holds is lost";
    refuse(finding, consent_refusal(lacking),
           fmt::format("run with --allow {} ({})", consent_list(lacking), costs));
  }

  /// Of the finding's relation; nothing where that is not known.
  const std::optional<RelationSize>& size_of(const Finding& finding) {
    const auto relation = quoted_relation(finding);
    if (!m_sizes.contains(relation)) measure({relation});
    return m_sizes[relation];
  }

  void measure(const std::set<std::string>& relations) {
    const auto sizes = sizes_of(m_connection, {relations.begin(), relations.end()});
    for (const auto& relation : relations) {
      const auto found = sizes.find(relation);
      m_sizes[relation] = found == sizes.end() ? std::nullopt : std::optional(found->second);
    }
  }

  pg::Connection& m_connection;
  const PlanInput& m_input;
  std::vector<Finding>& m_findings;
  Preflight m_preflight;
  RelationFacts m_facts;
  Recreation m_recreation;
  FindingsByRelation m_by_relation;
  Creation m_creation;
  Descent m_descent;
  Heritage m_heritage;
  std::vector<Step> m_steps;
  std::map<RelationName, std::vector<std::size_t>> m_steps_of;
  std::map<std::size_t, bool> m_planned;
  std::map<std::string, std::optional<RelationSize>> m_sizes;  // by quoted_relation()
};

}  // namespace

bool is_to_be_planned(const Finding& finding, const std::set<Consent>& consents) {
  const bool is_asked_for = finding.is_drift() || finding.is_to_be_removed(consents) ||
                            (finding.is_renamable() && consents.contains(Consent::alter));
  return is_asked_for && finding.outcome == Outcome::open && !finding.consequence;
}

Plan make_plan(pg::Connection& connection, const PlanInput& input, std::vector<Finding>& findings) {
  auto steps = merged(Planner(connection, input, findings).steps(), findings, input.actual);
  leave_out_impossible(steps, findings, input.actual);
  return Plan(in_order(std::move(steps), findings, input.actual));
}

}  // namespace pgmend::engine
