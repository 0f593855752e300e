#include "migrate/pull/pull_names.h"

#include <algorithm>

#include <fmt/format.h>

#include "migrate/wanted/schema_catalog.h"
#include "migrate/wanted/table_parts.h"
#include "support/ascii.h"

namespace refract::migrate {
namespace {

using catalog::QualifiedName;

// A generated name for an original without letters (column_1, value), or whose name without its leading digits is taken
// (value_401k).
std::string generated_name(std::string_view kind, std::string_view name) {
  std::string made(kind);
  bool gap = true;
  for (const char c : name) {
    if (!ascii::is_letter_or_digit(c)) {
      gap = true;
      continue;
    }
    if (gap) made += '_';
    gap = false;
    made += c;
  }
  return made;
}

// Distinct names for a table's columns or an enum's values. Names that the schema has already are assigned first, then
// original names that are valid, then the others.
std::map<std::string, std::string> distinct_names(const std::vector<std::string>& originals, std::string_view kind,
                                                  std::set<std::string> taken, auto known_name) {
  std::map<std::string, std::string> names;
  for (const std::string& original : originals) {
    if (const std::optional<std::string> known = known_name(original)) {
      taken.insert(*known);
      names.emplace(original, *known);
    }
  }
  for (const std::string& original : originals) {
    if (names.contains(original) || original.empty() || schema_name(original) != original ||
        !taken.insert(original).second)
      continue;
    names.emplace(original, original);
  }
  for (const std::string& original : originals) {
    if (names.contains(original)) continue;
    std::string made = schema_name(original);
    if (original.empty())
      made = "EMPTY_ENUM_VALUE";
    else if (made.empty() || (taken.contains(made) && ascii::is_digit(original.front())))
      made = generated_name(kind, original);
    names.emplace(original, distinct_name(taken, made));
  }
  return names;
}

}  // namespace

std::string schema_name(std::string_view name) {
  while (!name.empty() && !ascii::is_letter(name.front())) name.remove_prefix(1);
  std::string made;
  for (const char c : name) {
    // A character of several bytes becomes one "_".
    if ((static_cast<unsigned char>(c) & 0xc0) == 0x80) continue;
    made += ascii::is_letter_or_digit(c) || c == '_' ? c : '_';
  }
  return made;
}

std::string schema_string(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    switch (c) {
      case '"':
        quoted += "\\\"";
        break;
      case '\\':
        quoted += "\\\\";
        break;
      case '\n':
        quoted += "\\n";
        break;
      case '\r':
        quoted += "\\r";
        break;
      case '\t':
        quoted += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
          quoted += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        } else {
          quoted += c;
        }
    }
  }
  return quoted + "\"";
}

std::string distinct_name(std::set<std::string>& taken, const std::string& wanted) {
  std::string name = wanted;
  for (int number = 2; !taken.insert(name).second; ++number) name = fmt::format("{}_{}", wanted, number);
  return name;
}

PullNames::PullNames(const catalog::Catalog& database, const schema::Snapshot& existing, const PullOptions& options)
    : options_(options) {
  const schema::Datasource* datasource = existing.datasource();
  schemas_ = datasource && !datasource->schemas.empty() ? datasource->schemas : std::vector<std::string>{"public"};
  for (const schema::Placed& declaration : existing.declarations()) {
    if (existing.find(declaration->name) != &declaration) continue;
    if (declaration->is_model()) models_.emplace(name_of(*declaration), &declaration);
    if (declaration->is_enum()) enums_.emplace(name_of(*declaration), &declaration);
  }
  for (const auto& [name, table] : catalog_of(existing).tables) {
    if (!models_.contains(name)) join_tables_.insert(name);
  }
  name_declarations(database, existing);
  for (const auto& [name, table] : database.tables) {
    if (describes(table)) name_columns(table);
  }
  for (const auto& [name, enumeration] : database.enums) {
    if (describes(enumeration)) name_values(enumeration);
  }
}

bool PullNames::describes_schema(const std::string& schema) const {
  return std::ranges::find(schemas_, schema) != schemas_.end();
}

bool PullNames::describes(const catalog::Table& table) const {
  return describes_schema(table.name.schema) && !table.partition_of;
}

bool PullNames::describes(const catalog::Enum& enumeration) const {
  return describes_schema(enumeration.name.schema) && !enumeration.values.empty();
}

bool PullNames::is_reserved(std::string_view name) const {
  return options_.is_reserved(name) || schema::scalar_from(name).has_value();
}

void PullNames::name_declarations(const catalog::Catalog& database, const schema::Snapshot& existing) {
  struct Named {
    const QualifiedName* origin;
    bool model;
    std::string wanted;
  };
  std::vector<Named> unnamed;
  std::set<std::string> taken;
  // Prisma Client calls both a model User and a model user `prisma.user`, so only one of them is possible.
  std::set<std::string> client_names;
  const auto take = [&](const QualifiedName& origin, bool model, const schema::Placed* known) {
    if (!known) {
      unnamed.push_back({&origin, model, schema_name(origin.name)});
      return;
    }
    (model ? tables_ : enum_names_).emplace(origin, (*known)->name);
    if (model) client_names.insert(ascii::with_lower_first((*known)->name));
  };
  for (const auto& [name, table] : database.tables) {
    if (describes(table)) take(name, true, model(name));
  }
  for (const auto& [name, enumeration] : database.enums) {
    if (describes(enumeration)) take(name, false, this->enumeration(name));
  }
  for (const schema::Placed& declaration : existing.declarations()) {
    const QualifiedName origin = name_of(*declaration);
    const bool is_removed = (declaration->is_model() && !tables_.contains(origin)) ||
                            (declaration->is_enum() && !enum_names_.contains(origin));
    if (!is_removed) taken.insert(std::string(declaration->name));
  }
  std::map<std::string, int> uses;
  std::map<std::string, std::set<std::string>> schemas_of;
  for (const Named& one : unnamed) {
    ++uses[one.wanted];
    schemas_of[one.wanted].insert(one.origin->schema);
  }
  for (const std::string& name : taken) ++uses[name];
  for (Named& one : unnamed) {
    // If the clashing names are all of one schema, its name as a prefix does not help. Then a name that is valid
    // unchanged is kept.
    const bool keeps =
        one.wanted == one.origin->name && schemas_of[one.wanted].size() == 1 && !taken.contains(one.wanted);
    if (one.wanted.empty() || (uses[one.wanted] > 1 && !keeps)) {
      one.wanted = schema_name(fmt::format("{}_{}", one.origin->schema, one.origin->name));
      if (one.wanted.empty()) one.wanted = generated_name(one.model ? "model" : "enum", one.origin->name);
    }
    if (is_reserved(one.wanted)) one.wanted = "Renamed" + one.wanted;
  }
  const auto assign = [&](auto belongs) {
    for (const Named& one : unnamed) {
      if (!belongs(one)) continue;
      std::string name = one.wanted;
      for (int number = 2; taken.contains(name) || (one.model && client_names.contains(ascii::with_lower_first(name)));
           ++number) {
        name = fmt::format("{}_{}", one.wanted, number);
      }
      taken.insert(name);
      if (one.model) client_names.insert(ascii::with_lower_first(name));
      (one.model ? tables_ : enum_names_).emplace(*one.origin, name);
    }
  };
  const auto stays = [](const Named& one) { return one.wanted == one.origin->name; };
  const auto is_valid_name = [](const Named& one) { return schema_name(one.origin->name) == one.origin->name; };
  assign(stays);
  assign([&](const Named& one) { return !stays(one) && is_valid_name(one); });
  assign([&](const Named& one) { return !stays(one) && !is_valid_name(one); });
}

void PullNames::name_columns(const catalog::Table& table) {
  std::vector<std::string> originals;
  for (const catalog::Column& column : table.columns) originals.push_back(column.name);
  std::set<std::string> taken;
  if (const schema::Placed* known = model(table.name)) {
    for (const schema::Field& one : (*known)->fields) {
      if (!one.is_stored()) taken.insert(std::string(one.name));
    }
  }
  columns_.emplace(table.name, distinct_names(originals, "column", std::move(taken),
                                              [&](const std::string& column) -> std::optional<std::string> {
                                                const schema::Field* known = field(table.name, column);
                                                if (!known) return std::nullopt;
                                                return std::string(known->name);
                                              }));
}

void PullNames::name_values(const catalog::Enum& enumeration) {
  const schema::Placed* known = this->enumeration(enumeration.name);
  values_.emplace(enumeration.name, distinct_names(enumeration.values, "value", {},
                                                   [&](const std::string& value) -> std::optional<std::string> {
                                                     if (!known) return std::nullopt;
                                                     for (const schema::EnumValue& one : (*known)->values) {
                                                       if (one.database_name == value) return std::string(one.name);
                                                     }
                                                     return std::nullopt;
                                                   }));
}

std::set<std::string> PullNames::taken_fields(const QualifiedName& table) const {
  std::set<std::string> taken;
  for (const auto& [column, name] : columns_.at(table)) taken.insert(name);
  if (const schema::Placed* known = model(table)) {
    for (const schema::Field& field : (*known)->fields) {
      if (!field.is_stored()) taken.insert(std::string(field.name));
    }
  }
  return taken;
}

const schema::Placed* PullNames::model(const catalog::QualifiedName& table) const {
  const auto found = models_.find(table);
  return found == models_.end() ? nullptr : found->second;
}

const schema::Placed* PullNames::enumeration(const catalog::QualifiedName& name) const {
  const auto found = enums_.find(name);
  return found == enums_.end() ? nullptr : found->second;
}

const schema::Field* PullNames::field(const catalog::QualifiedName& table, std::string_view column) const {
  const schema::Placed* known = model(table);
  if (!known) return nullptr;
  const auto& fields = (*known)->fields;
  const auto found = std::ranges::find_if(
      fields, [&](const schema::Field& field) { return field.is_stored() && field.database_name == column; });
  return found == fields.end() ? nullptr : &*found;
}

}  // namespace refract::migrate
