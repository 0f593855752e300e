#include "validation/rules/whole_schema.h"

#include <unordered_map>

#include <fmt/format.h>

#include "validation/rules/schema_checks.h"

namespace refract::validation {
namespace {

using schema::Placed;

Place name_of(const Placed& placed) {
  return {placed->block.get(), placed->block->name.range};
}

struct TableKey {
  std::optional<std::string_view> database_schema;
  std::string_view name;
  bool operator==(const TableKey&) const = default;
};
struct TableKeyHash {
  std::size_t operator()(const TableKey& key) const {
    return std::hash<std::string_view>{}(key.name) * 31 +
           std::hash<std::optional<std::string_view>>{}(key.database_schema);
  }
};
using Tables = std::unordered_map<TableKey, const Placed*, TableKeyHash>;

TableKey key_of(const Placed& placed) {
  return {placed->database_schema, placed->database_name};
}

Place mark_of(const Placed& placed) {
  const syntax::Attribute* map = placed->block->find_attribute("map");
  return {placed->block.get(), map ? map->span : placed->block->range};
}

}  // namespace

void check_duplicate_names(const schema::Snapshot& snapshot, Report& report) {
  std::unordered_map<std::string_view, const Placed*> latest;
  for (const Placed& placed : snapshot.declarations()) {
    const std::string_view name = placed->name;
    if (schema::scalar_from(name)) {
      report.error("reserved-scalar-name", name_of(placed), fmt::format("`{}` is the name of a scalar type.", name))
          .advise("Choose another name; `@@map` keeps the one in the database.")
          .fact("name", std::string(name));
    }
    // Almost every name leads to its only declaration.
    if (snapshot.find(name) == &placed && latest.empty()) continue;
    if (latest.empty()) {
      for (const Placed& earlier : snapshot.declarations()) {
        if (&earlier == &placed) break;
        latest.insert_or_assign(earlier->name, &earlier);
      }
    }
    const auto [place, fresh] = latest.try_emplace(name, &placed);
    if (fresh) continue;
    report.error("duplicate-name", name_of(placed), fmt::format("`{}` is declared more than once.", name))
        .advise("Give one of them another name; `@@map` keeps the one in the database.")
        .see(name_of(*place->second), "It is declared here too.")
        .fact("name", std::string(name));
    place->second = &placed;
  }
}

void check_database_names(const Environment& environment, Report& report) {
  const auto declarations = environment.snapshot->declarations();
  Tables tables;
  tables.reserve(declarations.size());
  const auto clash = [&](const Placed& marked, const Placed& other) {
    report
        .error("duplicate-table", mark_of(marked),
               fmt::format("`{}` and `{}` are both stored in the table `{}`.", marked->name, other->name,
                           marked->database_name))
        .advise("Give one of them another `@@map`.")
        .see(name_of(other), "The other one is here.")
        .fact("table", marked->database_name);
  };
  for (const syntax::BlockKind kind : {syntax::BlockKind::model, syntax::BlockKind::view}) {
    for (const Placed& placed : declarations) {
      if (placed->kind != kind || environment.is_uncertain(placed->name)) continue;
      const auto [place, fresh] = tables.try_emplace(key_of(placed), &placed);
      if (fresh) continue;
      if (placed->mapped)
        clash(placed, *place->second);
      else
        clash(*place->second, placed);
      place->second = &placed;
    }
  }
  if (!environment.connector->enums) return;
  Tables enums;
  for (const Placed& placed : declarations) {
    if (!placed->is_enum() || environment.is_uncertain(placed->name) ||
        enums.try_emplace(key_of(placed), &placed).second)
      continue;
    report
        .error("duplicate-enum-type", {placed->block.get(), placed->block->range},
               fmt::format("Another enum is stored as `{}` too.", placed->database_name))
        .advise("Give one of them another `@@map`.")
        .fact("enum", std::string(placed->name));
  }
}

}  // namespace refract::validation
