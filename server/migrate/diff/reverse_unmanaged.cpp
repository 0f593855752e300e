#include "migrate/diff/reverse_unmanaged.h"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "migrate/diff/dependents.h"
#include "migrate/diff/display_name.h"

namespace refract::migrate {
namespace {

using catalog::Catalog;
using catalog::Unmanaged;

// Whether the definition is a whole statement. Read from SQL it is the statement as written; read from a database it is
// only a part for some kinds.
bool is_statement(std::string_view definition) {
  constexpr std::array<std::string_view, 5> kVerbs = {"CREATE ", "COMMENT ", "GRANT ", "REVOKE ", "ALTER "};
  std::string begin(definition.substr(0, 8));
  std::ranges::transform(begin, begin.begin(), [](char c) { return c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c; });
  return std::ranges::any_of(kVerbs, [&](std::string_view verb) { return begin.starts_with(verb); });
}

// Restores objects that depended on what the migration drops.
void restore_unmanaged(const Catalog& before, const Catalog& after, UnmanagedReversal& reversal) {
  const auto identity = [](const Unmanaged& object) { return std::tie(object.kind, object.name, object.on_table); };
  std::set<decltype(identity(before.unmanaged.front()))> stay;
  for (const Unmanaged& object : after.unmanaged) stay.insert(identity(object));
  for (const Unmanaged& object : before.unmanaged) {
    if (stay.contains(identity(object))) continue;
    if (is_statement(object.definition)) {
      reversal.groups.push_back({"CreateUnmanaged", {statement(catalog::CreateUnmanaged{object, false})}});
    } else {
      reversal.lost.push_back(fmt::format("The {} {}{} is not restored: recreate it by hand.", kind_name(object.kind),
                                          display_name(object.name),
                                          object.on_table ? " of " + display_name(*object.on_table) : ""));
    }
  }
}

void restore_row_level_security(const Catalog& before, const Catalog& after, UnmanagedReversal& reversal) {
  for (const auto& [name, table] : before.tables) {
    const catalog::Table* now = after.find_table(name);
    const bool enabled = now && now->row_level_security;
    if (table.row_level_security == enabled || (!table.row_level_security && !now)) continue;
    reversal.groups.push_back(
        {"AlterTable", {statement(catalog::SetRowLevelSecurity{name, table.row_level_security})}});
  }
}

void report_partitions(const Catalog& before, const Catalog& after, UnmanagedReversal& reversal) {
  for (const auto& [name, table] : before.tables) {
    if (after.find_table(name)) continue;
    if (table.partitioned) {
      reversal.lost.push_back(
          fmt::format("Table {} was partitioned and is restored as a plain table.", display_name(name)));
    }
    if (!table.inherits.empty()) {
      reversal.lost.push_back(fmt::format("Table {} inherited from {} and is restored without the inheritance.",
                                          display_name(name), display_name(table.inherits.front())));
    }
    if (table.partition_of) {
      reversal.lost.push_back(fmt::format("The partition {} of {} is not restored: recreate it by hand.",
                                          display_name(name), display_name(*table.partition_of)));
    }
  }
}

void undo_schemas_and_extensions(const Plan& forward, const Catalog& before, const Catalog& after,
                                 UnmanagedReversal& reversal) {
  for (const catalog::Step& step : forward.steps()) {
    if (const auto* made = std::get_if<catalog::CreateExtension>(&step.change)) {
      const std::string& name = made->extension.name;
      if (!before.extensions.contains(name) && after.extensions.contains(name)) {
        reversal.groups.push_back({"DropExtension", {statement(catalog::DropExtension{.name = name})}});
      }
    }
    const auto* altered = std::get_if<catalog::AlterExtension>(&step.change);
    const auto known = altered ? before.extensions.find(altered->name) : before.extensions.end();
    if (known == before.extensions.end()) continue;
    const catalog::Extension& old = known->second;
    const bool moved = !altered->new_schema.empty();
    if (moved ? old.schema.empty() : old.version.empty()) {
      reversal.lost.push_back(fmt::format("The previous {} of extension {} is unknown, so it is not changed back.",
                                          moved ? "schema" : "version", old.name));
    }
  }
  const std::set<std::string_view> existing(before.schemas.begin(), before.schemas.end());
  // A schema goes last, when nothing is in it any more.
  for (const catalog::Step& step : forward.steps()) {
    const auto* made = std::get_if<catalog::CreateSchema>(&step.change);
    if (made && !existing.contains(made->name)) {
      reversal.groups.push_back({"DropSchema", {statement(catalog::DropSchema{.name = made->name})}});
    }
  }
}

}  // namespace

UnmanagedReversal reverse_unmanaged(const Plan& forward, const Catalog& before, const Catalog& after) {
  UnmanagedReversal reversal;
  restore_row_level_security(before, after, reversal);
  restore_unmanaged(before, after, reversal);
  report_partitions(before, after, reversal);
  undo_schemas_and_extensions(forward, before, after, reversal);
  return reversal;
}

}  // namespace refract::migrate
