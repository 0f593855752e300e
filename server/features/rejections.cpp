#include "features/rejections.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "catalog/expression/extension_objects.h"
#include "catalog/parse/sql.h"
#include "features/parallel_lists.h"
#include "features/schema_steps.h"
#include "migrate/wanted/schema_catalog.h"

namespace refract::features {
namespace {

using schema::Placed;

bool knows_database(const migrate::History* history) {
  return history != nullptr && !history->migrations.empty() && !history->catalog->incomplete.value;
}

// What migrations made beside what schemas describe.
catalog::Catalog surroundings(const schema::Snapshot& snapshot, const migrate::History* history) {
  catalog::Catalog catalog = catalog::Catalog::empty();
  if (snapshot.has_preview_feature("postgresqlExtensions")) {
    catalog.extensions = migrate::catalog_of(snapshot).extensions;  // those that the next migration makes
  }
  if (history == nullptr) return catalog;
  catalog.extensions.insert(history->catalog->extensions.begin(), history->catalog->extensions.end());
  catalog.views = history->catalog->views;
  std::ranges::copy_if(history->catalog->unmanaged, std::back_inserter(catalog.unmanaged),
                       [](const catalog::Unmanaged& object) { return !object.on_table; });
  for (const auto& [name, sequence] : history->catalog->sequences) {
    if (!sequence.owner_table) catalog.sequences.emplace(name, sequence);
  }
  return catalog;
}

// Why a step fails without what the database does not have, and what to do; empty: it does not.
struct Lack {
  std::string why;
  std::string help = "Create the extension in a migration.";
};

Lack lack_of(const catalog::Change& change, const catalog::Catalog& catalog) {
  if (const auto* set = std::get_if<catalog::SetColumnDefault>(&change)) {
    const catalog::MissingFunction missing = catalog::missing_function(set->value.expression, catalog);
    if (missing.function.empty()) return {};
    if (!missing.instead.empty())
      return {fmt::format("function `{}` does not exist", missing.function), fmt::format("Use `{}`.", missing.instead)};
    return {fmt::format("function `{}` does not exist without the extension {}", missing.function, missing.extension)};
  }
  const auto* create = std::get_if<catalog::CreateIndex>(&change);
  if (create == nullptr) return {};
  for (const catalog::IndexColumn& part : create->index.columns) {
    const std::string_view extension = catalog::extension_of_op_class(part.op_class.value_or(""));
    if (extension.empty() || catalog.extensions.contains(std::string(extension))) continue;
    return {fmt::format("operator class `{}` does not exist without the extension {}", *part.op_class, extension)};
  }
  return {};
}

// What has its name by `@@map`, by that name.
using Renamed = std::unordered_map<std::string_view, const StepOrigin*>;

Renamed renamed_of(const std::vector<StepOrigin>& origins) {
  Renamed found;
  for (const StepOrigin& origin : origins) {
    if (origin.renamed && origin.placed != nullptr) found.emplace(origin.occupies, &origin);
  }
  return found;
}

}  // namespace

std::vector<Rejection> rejections(const schema::Snapshot& snapshot, const migrate::History* history) {
  std::vector<Rejection> found;
  if (snapshot.datasource() == nullptr) return found;
  if (snapshot.provider() == schema::Provider::mongodb) return parallel_lists(snapshot);
  if (snapshot.provider() != schema::Provider::postgresql) return found;
  SchemaSteps made = schema_steps(snapshot);
  found = std::move(made.rejected);
  catalog::Catalog catalog = surroundings(snapshot, history);
  const bool complete = knows_database(history);
  std::set<std::string> rejected;
  for (std::size_t at = 0; complete && at < made.steps.size(); ++at) {
    const StepOrigin& origin = made.origins[at];
    if (origin.placed == nullptr) continue;
    if (const Lack lack = lack_of(made.steps[at].change, catalog); !lack.why.empty())
      found.push_back(rejection_of(*origin.placed, origin.at, origin.what, lack.why, lack.help));
  }
  const Renamed renamed = renamed_of(made.origins);
  std::optional<std::size_t> last;
  for (const catalog::ReplayIssue& issue : catalog::replay(made.steps, catalog)) {
    if (!issue.error || last == issue.step) continue;
    last = issue.step;
    const StepOrigin& refused = made.origins[issue.step];
    if (!refused.makes.empty()) rejected.insert(refused.makes);
    const bool follows =
        std::ranges::any_of(refused.needs, [&](const std::string& key) { return rejected.contains(key); });
    // Of two that have one name, what `@@map` gave it.
    const auto other = refused.renamed ? renamed.end() : renamed.find(refused.occupies);
    const StepOrigin& origin = other == renamed.end() ? refused : *other->second;
    if (follows || origin.placed == nullptr || (origin.relies_on_others && !complete)) continue;
    found.push_back(rejection_of(*origin.placed, origin.at, origin.what, issue.message, origin.help));
  }
  return found;
}

std::vector<validation::Diagnostic> rejection_diagnostics(const schema::Snapshot& snapshot,
                                                          std::span<const Rejection> found) {
  std::vector<validation::Diagnostic> diagnostics;
  for (const Rejection& rejection : found) {
    const Placed* placed = snapshot.find(rejection.declaration->name);
    if (placed == nullptr || placed->declaration != rejection.declaration.get()) continue;
    diagnostics.push_back({.code = "rejected-by-database",
                           .severity = validation::Severity::warning,
                           .stage = validation::Stage::schema,
                           .at = placed->in_file(rejection.at),
                           .message = rejection.message,
                           .help = rejection.help,
                           .related = {},
                           .fixes = {},
                           .data = {{"declaration", std::string(rejection.declaration->name)}}});
  }
  return with_rejections({}, std::move(diagnostics));
}

std::vector<validation::Diagnostic> with_rejections(std::vector<validation::Diagnostic> diagnostics,
                                                    std::vector<validation::Diagnostic> rejections) {
  if (rejections.empty()) return diagnostics;
  std::ranges::move(rejections, std::back_inserter(diagnostics));
  std::ranges::stable_sort(diagnostics, {}, [](const validation::Diagnostic& one) {
    return std::tuple(one.at.file, one.at.range.begin, one.at.range.end);
  });
  return diagnostics;
}

}  // namespace refract::features
