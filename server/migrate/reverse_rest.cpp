#include "migrate/reverse_rest.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "migrate/dependents.h"
#include "migrate/words.h"

namespace refract::migrate {
namespace {

using catalog::Catalog;
using catalog::Unmanaged;

// Whether the definition is a whole statement: SQL keeps what was written, a database gives only pieces for some kinds.
bool is_statement(std::string_view definition) {
  constexpr std::array<std::string_view, 5> kVerbs = {"CREATE ", "COMMENT ", "GRANT ", "REVOKE ", "ALTER "};
  std::string begin(definition.substr(0, 8));
  std::ranges::transform(begin, begin.begin(), [](char c) { return c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c; });
  return std::ranges::any_of(kVerbs, [&](std::string_view verb) { return begin.starts_with(verb); });
}

// The things that hung on what the migration drops.
void bring_back_unmanaged(const Catalog& before, const Catalog& after, ReverseRest& rest) {
  for (const Unmanaged& object : before.unmanaged) {
    const bool stays = std::ranges::any_of(after.unmanaged, [&](const Unmanaged& other) {
      return other.kind == object.kind && other.name == object.name && other.on_table == object.on_table;
    });
    if (stays) continue;
    if (is_statement(object.definition)) {
      rest.groups.push_back({"CreateUnmanaged", {statement(catalog::CreateUnmanaged{object, false})}});
    } else {
      rest.lost.push_back(fmt::format("The {} {}{} is not brought back: write it again by hand.",
                                      kind_name(object.kind), words(object.name),
                                      object.on_table ? " of " + words(*object.on_table) : ""));
    }
  }
}

void bring_back_row_level_security(const Catalog& before, const Catalog& after, ReverseRest& rest) {
  for (const auto& [name, table] : before.tables) {
    const catalog::Table* now = after.find_table(name);
    const bool stands = now && now->row_level_security;
    if (table.row_level_security == stands || (!table.row_level_security && !now)) continue;
    rest.groups.push_back({"AlterTable", {statement(catalog::SetRowLevelSecurity{name, table.row_level_security})}});
  }
}

void tell_partitions(const Catalog& before, const Catalog& after, ReverseRest& rest) {
  for (const auto& [name, table] : before.tables) {
    if (after.find_table(name)) continue;
    if (table.partitioned) {
      rest.lost.push_back(fmt::format("Table {} was partitioned and comes back as a plain one.", words(name)));
    }
    if (!table.inherits.empty()) {
      rest.lost.push_back(fmt::format("Table {} inherited from {} and comes back as one of its own.", words(name),
                                      words(table.inherits.front())));
    }
    if (table.partition_of) {
      rest.lost.push_back(fmt::format("The partition {} of {} is not brought back: write it again by hand.",
                                      words(name), words(*table.partition_of)));
    }
  }
}

void undo_schemas_and_extensions(const Plan& forward, const Catalog& before, const Catalog& after, ReverseRest& rest) {
  for (const catalog::Step& step : forward.steps()) {
    if (const auto* made = std::get_if<catalog::CreateExtension>(&step.change)) {
      const std::string& name = made->extension.name;
      if (!before.extensions.contains(name) && after.extensions.contains(name)) {
        rest.groups.push_back({"DropExtension", {statement(catalog::DropExtension{.name = name})}});
      }
    }
    const auto* altered = std::get_if<catalog::AlterExtension>(&step.change);
    const auto known = altered ? before.extensions.find(altered->name) : before.extensions.end();
    if (known == before.extensions.end()) continue;
    const catalog::Extension& old = known->second;
    const bool moved = !altered->new_schema.empty();
    if (moved ? old.schema.empty() : old.version.empty()) {
      rest.lost.push_back(fmt::format("The {} that extension {} had before is unknown, so it stays as it is.",
                                      moved ? "schema" : "version", old.name));
    }
  }
  // A schema goes last, when nothing is in it any more.
  for (const catalog::Step& step : forward.steps()) {
    const auto* made = std::get_if<catalog::CreateSchema>(&step.change);
    if (made && std::ranges::find(before.schemas, made->name) == before.schemas.end()) {
      rest.groups.push_back({"DropSchema", {statement(catalog::DropSchema{.name = made->name})}});
    }
  }
}

}  // namespace

ReverseRest reverse_rest(const Plan& forward, const Catalog& before, const Catalog& after) {
  ReverseRest rest;
  bring_back_row_level_security(before, after, rest);
  bring_back_unmanaged(before, after, rest);
  tell_partitions(before, after, rest);
  undo_schemas_and_extensions(forward, before, after, rest);
  return rest;
}

}  // namespace refract::migrate
