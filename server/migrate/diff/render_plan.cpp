#include <fmt/format.h>
#include <fmt/ranges.h>

#include "migrate/diff/plan.h"
#include "migrate/sql/render.h"

namespace refract::migrate {
namespace {

constexpr std::string_view kEmpty = "-- This is an empty migration.";

}  // namespace

std::string render_sql(const Plan& plan) {
  if (plan.empty()) return std::string(kEmpty) + "\n";
  std::vector<std::string> texts;
  for (const Group& group : plan.groups) {
    texts.push_back(fmt::format("-- {}\n{}", group.title, render_group(group, plan.spelling)));
  }
  return fmt::format("{}", fmt::join(texts, "\n"));
}

}  // namespace refract::migrate
