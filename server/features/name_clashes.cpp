#include "features/name_clashes.h"

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "features/rejections.h"
#include "migrate/wanted/names.h"
#include "validation/fixes/helpful_fixes.h"

namespace refract::features {
namespace {

using schema::Placed;
using schema::Snapshot;
using validation::Analysis;
using validation::Diagnostic;

// Two things of one name in the database.
constexpr std::array<validation::Code, 4> kClashes = {"duplicate-table", "duplicate-enum-type", "duplicate-column",
                                                      "duplicate-constraint-name"};

using TableName = std::pair<std::optional<std::string>, std::string>;  // @@schema, name

// A table that two of a schema are named after, with both; empty: there is none.
struct TwiceNamed {
  std::string table;
  std::string one, other;
};

std::vector<TwiceNamed> twice_named(const Snapshot& snapshot) {
  std::map<TableName, std::string> tables;
  std::vector<TwiceNamed> found;
  const auto add = [&](TableName name, std::string what) {
    const auto [taken, added] = tables.emplace(std::move(name), what);
    if (!added) found.push_back({taken->first.second, std::move(what), taken->second});
  };
  for (const Placed& placed : snapshot.declarations()) {
    if (placed->is_model())
      add({placed->database_schema, placed->database_name}, fmt::format("model {}", placed->name));
  }
  if (!schema::connector(snapshot.provider(), snapshot.options().version).implicit_many_to_many) return found;
  for (const Placed& placed : snapshot.declarations()) {
    for (const schema::Field& field : placed->fields) {
      const auto relation = snapshot.relation_of(placed, field);
      if (!relation || relation->kind != schema::RelationKind::many_to_many || relation->owner.field != &field)
        continue;
      add({placed->database_schema, migrate::join_names(relation->name).table},
          fmt::format("relation {}", relation->name));
    }
  }
  return found;
}

std::size_t count_of(const Analysis& analysis, const validation::Code& code) {
  return static_cast<std::size_t>(std::ranges::count(analysis.diagnostics(), code, &Diagnostic::code));
}

std::string why_invalid(const Analysis& before, const Analysis& after) {
  for (const Diagnostic& diagnostic : after.diagnostics()) {
    const bool clash = std::ranges::find(kClashes, diagnostic.code) != kClashes.end();
    if (clash && count_of(after, diagnostic.code) > count_of(before, diagnostic.code)) return diagnostic.message;
  }
  return {};
}

std::string why_rejected(const Analysis& before, const Analysis& after, const migrate::History* history) {
  if (before.has_errors() || after.has_errors()) return {};
  const std::vector<Rejection> had = rejections(*before.snapshot(), history);
  const std::vector<Rejection> has = rejections(*after.snapshot(), history);
  if (has.size() <= had.size()) return {};
  std::set<std::string_view> known;
  for (const Rejection& rejection : had) known.insert(rejection.message);
  const auto added =
      std::ranges::find_if(has, [&](const Rejection& rejection) { return !known.contains(rejection.message); });
  return (added == has.end() ? has.back() : *added).message;
}

}  // namespace

std::string why_name_clashes(const Snapshot& snapshot, const Symbol& symbol, std::string_view new_name,
                             std::span<const validation::FileEdit> edits, const migrate::History* history) {
  const auto before =
      Analysis::run(Snapshot::build({snapshot.files().begin(), snapshot.files().end()}, snapshot.options()), nullptr,
                    validation::AnalysisMode::strict);
  const auto after = validation::analysis_with(before, {.title = {}, .edits = {edits.begin(), edits.end()}});
  const auto refused = [&](std::string_view why) {
    return fmt::format("The database cannot have the name {} for {}: {} Choose another name.", new_name, symbol.name,
                       why);
  };
  const std::vector<TwiceNamed> tables = twice_named(*after->snapshot());
  if (!tables.empty() && tables.size() > twice_named(*before->snapshot()).size()) {
    const TwiceNamed& last = tables.back();
    return refused(fmt::format("table {} would belong to both {} and {}.", last.table, last.other, last.one));
  }
  if (const std::string why = why_invalid(*before, *after); !why.empty()) return refused(why);
  const std::string why = why_rejected(*before, *after, history);
  return why.empty() ? why : refused(why);
}

}  // namespace refract::features
