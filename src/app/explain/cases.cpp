// SPDX-License-Identifier: MIT
#include "app/explain/cases.hpp"

#include <algorithm>

#include "app/explain/examples.hpp"
#include "engine/compare.hpp"

namespace pgmend::app {

namespace {

/// Of a kind that the examples have no other value of.
constexpr const char* k_made_up = "?";

const Object* relation_of(const Object& object) {
  return examples().relation(object.name.schema, object.name.group());
}

bool has(const Object& object, std::string_view attribute) {
  const auto& attributes = object.kind->attributes;
  return std::any_of(attributes.begin(), attributes.end(),
                     [&](const Attribute& a) { return a.name == attribute; }) &&
         object.has(attribute);
}

bool is_partitioned(const Object& object) {
  const auto* relation = relation_of(object);
  return relation && has(*relation, "partition_key");
}

/// How much the examples hold of the relation: the richest is the one to show things on.
std::size_t weight_of(const Object& object) {
  return is_partitioned(object)
             ? 0
             : examples().of_relation(object.name.schema, object.name.group()).size();
}

/// Tables in parts need more steps, and the whole answer is long enough without them.
/// Some faults only they have.
std::vector<const Object*> examples_of(const Kind& kind, bool with_partitioned = false) {
  std::vector<const Object*> found;
  for (const auto& object : examples().objects())
    if (object.kind == &kind) found.push_back(&object);
  std::stable_sort(found.begin(), found.end(),
                   [](const Object* a, const Object* b) { return weight_of(*a) > weight_of(*b); });
  while (!with_partitioned && found.size() > 1 && is_partitioned(*found.back())) found.pop_back();
  return found;
}

/// What stands inside the statement that makes it.
std::vector<std::string> elements_of(const Object& owner) {
  std::vector<std::string> elements;
  for (const auto* part : examples().of_relation(owner.name.schema, owner.name.group())) {
    const auto& kind = *part->kind;
    if (part->name == owner.name || !kind.element) continue;
    if (!kind.is_element || kind.is_element(*part)) elements.push_back(kind.element(*part));
  }
  return elements;
}

Facts facts_of(const Object& object, bool rewrites) {
  return {.server_version = 180000,
          .relation_has_rows = true,
          .row_key = {{"\"id\"", "bigint"}},
          .rewrites = rewrites,
          .relation = relation_of(object)};
}

Recipe recipe_of(const Finding& finding, bool rewrites) {
  const auto& kind = *finding.kind;
  if (!finding.expected) return kind.drop ? kind.drop(*finding.actual) : Recipe{};
  const auto facts = facts_of(*finding.expected, rewrites);
  if (!finding.attribute)
    return kind.create(*finding.expected, elements_of(*finding.expected), facts);
  if (!kind.mend) return {};
  return kind.mend(*finding.expected, *finding.actual, kind.attributes[*finding.attribute].name,
                   facts);
}

Case case_of(Finding finding, bool rewrites = false) {
  Case made;
  made.rewrites = rewrites;
  const bool is_wanted = finding.is_drift() || finding.judgement.sort == Sort::extra;
  if (is_wanted && finding.judgement.consent != Consent::never) {
    made.recipe = recipe_of(finding, rewrites);
    made.anew = made.recipe.anew;
    made.has_own_way = !made.recipe.stages.empty();
    const auto& kind = *finding.kind;
    if (made.anew && !made.recipe.copies && made.recipe.stages.empty() && kind.drop &&
        finding.actual) {
      made.recipe.stages = kind.drop(*finding.actual).stages;
      for (auto& stage :
           kind.create(*finding.expected, {}, facts_of(*finding.expected, false)).stages)
        made.recipe.stages.push_back(std::move(stage));
    }
  }
  made.finding = std::move(finding);
  return made;
}

/// What a rehearsal of adding it to a table with rows shows: that depends on a default.
std::vector<bool> may_rewrite(const Object& object) {
  if (!object.kind->may_rewrite) return {false};
  for (const auto* filled : {"serial", "identity", "generated"})
    if (has(object, filled)) return {true};
  return has(object, "default") ? std::vector{false, true} : std::vector{false};
}

/// Whether the same would be said of both.
bool says_the_same(const Case& a, const Case& b) {
  const auto& one = a.finding.judgement;
  const auto& other = b.finding.judgement;
  const auto same_stage = [](const Stage& x, const Stage& y) {
    return x.form == y.form && x.lock == y.lock && x.cost == y.cost && x.refusal == y.refusal;
  };
  return one.sort == other.sort && one.consent == other.consent && one.weight == other.weight &&
         a.anew == b.anew && a.recipe.refusal == b.recipe.refusal &&
         a.recipe.needs == b.recipe.needs &&
         std::equal(a.recipe.stages.begin(), a.recipe.stages.end(), b.recipe.stages.begin(),
                    b.recipe.stages.end(), same_stage);
}

void add(std::vector<Case>& cases, Case next) {
  for (auto& known : cases) {
    if (!says_the_same(known, next)) continue;
    if (known.made_up_value && !next.made_up_value) known = std::move(next);
    return;
  }
  cases.push_back(std::move(next));
}

/// What the attribute may be elsewhere: as in another example, or absent.
std::vector<Value> values_of(const Kind& kind, std::size_t attribute) {
  std::vector<Value> values;
  for (const auto& object : examples().objects())
    if (object.kind == &kind && object.values[attribute].is_present() &&
        std::find(values.begin(), values.end(), object.values[attribute]) == values.end())
      values.push_back(object.values[attribute]);
  if (kind.attributes[attribute].is_detail) return values;
  values.push_back(Value::absent());
  if (values.size() < 3) values.push_back(Value::present(k_made_up));
  return values;
}

/// An object that lacks what others of its kind have to have is none.
bool is_always_there(const Kind& kind, std::size_t attribute) {
  return std::all_of(examples().objects().begin(), examples().objects().end(),
                     [&](const Object& object) {
                       return object.kind != &kind || object.values[attribute].is_present();
                     });
}

void add_difference(std::vector<Case>& cases, const Object& expected, std::size_t attribute,
                    const Value& found) {
  const auto& wanted = expected.values[attribute];
  const bool is_fault = expected.kind->attributes[attribute].form == Attribute::Form::fault;
  const bool is_detail = expected.kind->attributes[attribute].is_detail;
  const bool is_there = wanted.is_present() || found.is_present();
  if (wanted == found || !is_there || (is_fault && !found.is_present())) return;
  if (is_detail && !(wanted.is_present() && found.is_present())) return;
  auto actual = expected;
  actual.values.set(attribute, found);
  auto next = case_of(engine::difference(expected, actual, attribute));
  next.made_up_value = found.is_present() && found.text() == k_made_up;
  add(cases, std::move(next));
}

/// What has a fault is an object of which there is something to say.
void by_richness(std::vector<const Object*>& objects) {
  const auto richness = [](const Object* object) {
    return std::count_if(object->values.begin(), object->values.end(),
                         [](const Value& value) { return value.is_present(); });
  };
  std::stable_sort(objects.begin(), objects.end(),
                   [&](const Object* a, const Object* b) { return richness(a) > richness(b); });
}

/// On an example that has no such value.
void add_foreign(std::vector<Case>& cases, const Kind& kind, std::size_t attribute) {
  const auto values = foreign_values(kind, kind.attributes[attribute]);
  if (values.empty()) return;
  auto expected = *examples_of(kind).front();
  for (const auto& wanted : values) {
    expected.values.set(attribute, wanted);
    for (const auto& found : values) add_difference(cases, expected, attribute, found);
  }
}

}  // namespace

std::vector<Case> cases_of(const Kind& kind, Sort sort) {
  std::vector<Case> cases;
  for (const auto* object : examples_of(kind)) {
    if (sort == Sort::extra) add(cases, case_of(engine::extra(*object)));
    if (sort != Sort::missing) continue;
    for (const auto rewrites : may_rewrite(*object))
      add(cases, case_of(engine::missing(*object), rewrites));
    auto bare = *object;
    for (std::size_t i = 0; i < kind.attributes.size(); ++i)
      if (kind.attributes[i].form == Attribute::Form::directive)
        bare.values.set(i, Value::absent());
    if (kind.judge_missing) add(cases, case_of(engine::missing(bare)));
  }
  return cases;
}

std::vector<Case> cases_of(const Kind& kind, const Attribute& attribute) {
  const auto position = kind.attribute_position(attribute.name);
  const auto values = values_of(kind, position);
  const bool is_mandatory = is_always_there(kind, position);
  std::vector<Case> cases;
  const bool is_fault = attribute.form == Attribute::Form::fault;
  auto objects = examples_of(kind, is_fault);
  if (is_fault) by_richness(objects);
  for (const auto* object : objects) {
    for (const auto& found : values)
      if (!is_mandatory || found.is_present()) add_difference(cases, *object, position, found);
  }
  add_foreign(cases, kind, position);
  std::stable_partition(cases.begin(), cases.end(), [](const Case& one) {
    return one.finding.is_drift() && one.finding.judgement.sort != Sort::different;
  });
  return cases;
}

}  // namespace pgmend::app
