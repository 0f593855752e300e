// Migrations of nested and repeated statements: parsed, replayed, judged, sent, and what leads from one to another.

#include <algorithm>
#include <span>

#include "fuzz/grammars.h"
#include "fuzz/script_promises.h"
#include "fuzz/sql_promises.h"
#include "migrate/diff/plan.h"
#include "migrate/hazards/hazards.h"
#include "migrate/hazards/suppressions.h"

namespace refract::fuzz {
namespace {

using catalog::Catalog;
using catalog::Step;

constexpr std::size_t kLongest = 12'000;  // bytes of a script

struct Script {
  std::string sql;
  std::vector<Step> steps;
  Catalog result = Catalog::empty();
};

// A second text on the same connection goes on where the first one ended; but a text is a transaction, so here one is
// open around both.
void expect_same_in_halves(const Script& script, Choices& choices) {
  const auto is_transaction = [](const Step& step) {
    return std::holds_alternative<catalog::Transaction>(step.change);
  };
  if (std::ranges::any_of(script.steps, is_transaction)) return;
  std::size_t middle = choices.below(script.steps.size() + 1);
  // The steps of one statement, and a DO block, belong together.
  while (middle > 0 && middle < script.steps.size() &&
         script.steps[middle].origin.begin < script.steps[middle - 1].origin.end) {
    ++middle;
  }
  Catalog at_once = Catalog::empty();
  Catalog halves = Catalog::empty();
  const std::span<const Step> steps(script.steps);
  const Step begin[] = {{catalog::Transaction{.kind = catalog::Transaction::Kind::begin}}};
  catalog::Replay whole(at_once);
  whole.run(begin);
  whole.run(steps);
  catalog::Replay two(halves);
  two.run(begin);
  two.run(steps.first(middle));
  two.run(steps.subspan(middle));
  expect(at_once == halves, "two texts on one connection make what one text of both makes");
}

Script script_of(Choices& choices) {
  Script script{sql_grammar().text("script", choices, kLongest), {}};
  show("script", script.sql);
  script.steps = parsed(script.sql).steps;
  expect_places(catalog::replay(script.steps, script.result), script.steps.size());
  expect_units(script.sql);
  return script;
}

void expect_hazards(const Script& script, const Catalog& before) {
  std::vector<migrate::Hazard> hazards = migrate::hazards(script.steps, before, {}, script.sql);
  for (const migrate::Hazard& hazard : hazards) {
    expect(hazard.step < script.steps.size(), "a hazard names one of the steps");
    expect(!hazard.message.empty(), "a hazard has a message");
  }
  const migrate::Sifted sifted = migrate::sift(std::move(hazards), script.steps, script.sql);
  for (const migrate::SuppressionProblem& problem : sifted.problems) {
    expect(problem.range.begin <= problem.range.end && problem.range.end <= script.sql.size(),
           "a comment lies within the text");
  }
}

void expect_plans(const Catalog& from, const Catalog& to) {
  for (const bool like_prisma : {false, true}) {
    const migrate::DiffOptions options{.like_prisma = like_prisma};
    // Prisma sets some defaults again that are there already.
    if (!like_prisma) expect(migrate::plan(from, from, options).empty(), "nothing leads from a catalog to itself");
    const migrate::Plan plan = migrate::plan(from, to, options);
    migrate::render_sql(plan);
    Catalog after = from;
    catalog::replay(plan.steps(), after);
    migrate::reverse(plan, from, after, options);
  }
}

}  // namespace

void run(std::string_view input) {
  Choices choices(input);
  const Script first = script_of(choices);
  const Script second = script_of(choices);
  expect_same_in_halves(first, choices);
  expect_hazards(first, Catalog::empty());
  expect_hazards(second, first.result);
  expect_plans(first.result, second.result);
}

}  // namespace refract::fuzz
