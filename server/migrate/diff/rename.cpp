#include "migrate/diff/rename.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "migrate/diff/display_name.h"
#include "migrate/wanted/join_table.h"
#include "migrate/wanted/table_parts.h"

namespace refract::migrate {
namespace {

using catalog::Catalog;
using catalog::QualifiedName;

bool is_named(const QualifiedName& name, std::string_view text) {
  return name.name == text || fmt::format("{}.{}", name.schema, name.name) == text;
}

// The thing of that name; "public" goes first where several schemas have one.
template <class Things>
const QualifiedName* find_named(const Things& things, std::string_view text) {
  const QualifiedName* found = nullptr;
  for (const auto& [name, thing] : things) {
    if (is_named(name, text) && (found == nullptr || name.schema == "public")) found = &name;
  }
  return found;
}

class Resolver {
 public:
  Resolver(const Catalog& before, const Catalog& wanted, const schema::Snapshot* schema)
      : before_(before), wanted_(wanted), schema_(schema) {}

  // Tables, enums and schemas; nullopt: the request is about none, or has no effect.
  std::optional<Rename> whole(const RenameRequest& request) const {
    if (const QualifiedName* table = named_or_model(before_.tables, request.from)) {
      const QualifiedName* to = named_or_model(wanted_.tables, request.to);
      if (to && !before_.find_table(*to) && !wanted_.find_table(*table) && to->schema == table->schema) {
        return Rename{RenameKind::table, *table, table->name, to->name};
      }
    }
    if (const QualifiedName* enumeration = named_or_model(before_.enums, request.from)) {
      const QualifiedName* to = named_or_model(wanted_.enums, request.to);
      if (to && !before_.find_enum(*to) && !wanted_.find_enum(*enumeration) && to->schema == enumeration->schema) {
        return Rename{RenameKind::enumeration, *enumeration, enumeration->name, to->name};
      }
    }
    const auto has = [](const Catalog& catalog, const std::string& schema) {
      return std::ranges::find(catalog.schemas, schema) != catalog.schemas.end();
    };
    if (has(before_, request.from) && has(wanted_, request.to) && !has(before_, request.to) &&
        !has(wanted_, request.from)) {
      return Rename{RenameKind::schema, {request.from, {}}, request.from, request.to};
    }
    return std::nullopt;
  }

  // Columns and enum values, given the tables and enums that are renamed.
  std::optional<Rename> member(const RenameRequest& request, std::span<const Rename> wholes) const {
    for (std::size_t dot = request.from.rfind('.'); dot != std::string::npos && dot > 0;
         dot = request.from.rfind('.', dot - 1)) {
      const std::string owner = request.from.substr(0, dot);
      const std::string name = request.from.substr(dot + 1);
      if (auto rename = column(owner, name, request.to, wholes)) return rename;
      if (auto rename = exchange(owner, name, request.to, wholes)) return rename;
      if (auto rename = value(owner, name, request.to, wholes)) return rename;
    }
    return std::nullopt;
  }

 private:
  // By its name in the database, or by that of its model or enum in the schema.
  template <class Things>
  const QualifiedName* named_or_model(const Things& things, std::string_view text) const {
    if (const QualifiedName* found = find_named(things, text)) return found;
    const schema::Placed* declaration = schema_ ? schema_->find(text) : nullptr;
    if (!declaration) return nullptr;
    const auto found = things.find(name_of(**declaration));
    return found == things.end() ? nullptr : &found->first;
  }

  // An owner's name before and after.
  struct Owner {
    QualifiedName before;
    QualifiedName wanted;
  };

  template <class Things>
  std::optional<Owner> owner_of(const Things& existing, const Things& asked, std::string_view text, RenameKind kind,
                                std::span<const Rename> wholes) const {
    const auto renamed = [&](const QualifiedName& name, bool by_new_name) {
      return std::ranges::find_if(wholes, [&](const Rename& rename) {
        return rename.kind == kind && rename.owner.schema == name.schema &&
               (by_new_name ? rename.to : rename.from) == name.name;
      });
    };
    if (const QualifiedName* before = named_or_model(existing, text)) {
      const auto rename = renamed(*before, false);
      if (rename == wholes.end()) return Owner{*before, *before};
      return Owner{*before, {before->schema, rename->to}};
    }
    if (const QualifiedName* wanted = named_or_model(asked, text)) {
      const auto rename = renamed(*wanted, true);
      if (rename != wholes.end()) return Owner{rename->owner, *wanted};
    }
    return std::nullopt;
  }

  std::optional<Rename> column(const std::string& owner_text, const std::string& from, const std::string& to,
                               std::span<const Rename> wholes) const {
    const auto owner = owner_of(before_.tables, wanted_.tables, owner_text, RenameKind::table, wholes);
    if (!owner) return std::nullopt;
    const catalog::Table* existing = before_.find_table(owner->before);
    const catalog::Table* asked = wanted_.find_table(owner->wanted);
    if (!existing || !asked) return std::nullopt;
    const std::string target = asked->find_column(to) ? to : column_of_field(owner->wanted, to);
    const bool possible = existing->find_column(from) && asked->find_column(target) && !existing->find_column(target) &&
                          !asked->find_column(from);
    if (!possible) return std::nullopt;
    return Rename{RenameKind::column, owner->before, from, target};
  }

  // Of a join table whose foreign keys do not show which way round its columns are.
  std::optional<Rename> exchange(const std::string& owner_text, const std::string& from, const std::string& to,
                                 std::span<const Rename> wholes) const {
    if (!is_exchange({fmt::format("{}.{}", owner_text, from), to})) return std::nullopt;
    const auto owner = owner_of(before_.tables, wanted_.tables, owner_text, RenameKind::table, wholes);
    if (!owner) return std::nullopt;
    const catalog::Table* existing = before_.find_table(owner->before);
    const catalog::Table* asked = wanted_.find_table(owner->wanted);
    if (!existing || !asked || existing->columns.size() != 2 || asked->columns.size() != 2) return std::nullopt;
    if (existing->columns.front().name != from || existing->columns.back().name != to) return std::nullopt;
    const catalog::ForeignKey* a = join_key(*existing, 'A');
    const catalog::ForeignKey* b = join_key(*existing, 'B');
    if (a && b && a->referenced_table != b->referenced_table) return std::nullopt;
    return Rename{RenameKind::exchange, owner->before, from, to};
  }

  std::optional<Rename> value(const std::string& owner_text, const std::string& from, const std::string& to,
                              std::span<const Rename> wholes) const {
    const auto owner = owner_of(before_.enums, wanted_.enums, owner_text, RenameKind::enumeration, wholes);
    if (!owner) return std::nullopt;
    const catalog::Enum* existing = before_.find_enum(owner->before);
    const catalog::Enum* asked = wanted_.find_enum(owner->wanted);
    if (!existing || !asked) return std::nullopt;
    const auto has = [](const catalog::Enum& enumeration, const std::string& name) {
      return std::ranges::find(enumeration.values, name) != enumeration.values.end();
    };
    const std::string target = has(*asked, to) ? to : value_in_database(owner->wanted, to);
    if (!has(*existing, from) || !has(*asked, target) || has(*existing, target) || has(*asked, from)) {
      return std::nullopt;
    }
    return Rename{RenameKind::enum_value, owner->before, from, target};
  }

  const schema::Declaration* declaration_of(const QualifiedName& name) const {
    if (!schema_) return nullptr;
    const auto declarations = schema_->declarations();
    const auto found = std::ranges::find_if(
        declarations, [&](const schema::Placed& declaration) { return name_of(*declaration) == name; });
    return found == declarations.end() ? nullptr : &**found;
  }

  std::string column_of_field(const QualifiedName& table, const std::string& name) const {
    const schema::Declaration* model = declaration_of(table);
    const schema::Field* field = model ? model->find_field(name) : nullptr;
    return field && field->is_stored() ? field->database_name : std::string();
  }

  std::string value_in_database(const QualifiedName& enumeration, const std::string& name) const {
    const schema::Declaration* declaration = declaration_of(enumeration);
    if (!declaration) return {};
    const auto found = std::ranges::find(declaration->values, name, &schema::EnumValue::name);
    return found == declaration->values.end() ? std::string() : found->database_name;
  }

  const Catalog& before_;
  const Catalog& wanted_;
  const schema::Snapshot* schema_;
};

// Two renames of one thing, or to one name: the first counts.
bool clashes(const Rename& one, std::span<const Rename> others) {
  return std::ranges::any_of(others, [&](const Rename& other) {
    if (one.kind != other.kind) return false;
    if (one.kind == RenameKind::schema) return one.from == other.from || one.to == other.to;
    const bool whole = one.kind == RenameKind::table || one.kind == RenameKind::enumeration;
    if (whole) return one.owner == other.owner || (one.owner.schema == other.owner.schema && one.to == other.to);
    return one.owner == other.owner && (one.from == other.from || one.to == other.to);
  });
}

// The requests that mean something, tables and enums first; `unknown` gets the others.
std::vector<Rename> resolve(std::span<const RenameRequest> requests, const Resolver& resolver,
                            std::vector<const RenameRequest*>& unknown) {
  std::vector<Rename> renames;
  std::vector<const RenameRequest*> members;
  for (const RenameRequest& request : requests) {
    const auto rename = resolver.whole(request);
    if (!rename) {
      members.push_back(&request);
    } else if (!clashes(*rename, renames)) {
      renames.push_back(*rename);
    }
  }
  const std::vector<Rename> wholes = renames;
  for (const RenameRequest* request : members) {
    const auto rename = resolver.member(*request, wholes);
    if (!rename) {
      unknown.push_back(request);
    } else if (!clashes(*rename, renames)) {
      renames.push_back(*rename);
    }
  }
  return renames;
}

}  // namespace

Result<RenameRequest> parse_rename_request(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0 || equals + 1 == text.size()) {
    return fail(ErrorCode::usage,
                fmt::format("\"{}\" is not a rename; write it as Table.column=newColumn, Table=NewTable or "
                            "Enum.VALUE=NEW_VALUE.",
                            text));
  }
  return RenameRequest{std::string(text.substr(0, equals)), std::string(text.substr(equals + 1))};
}

bool is_exchange(const RenameRequest& request) {
  const std::size_t dot = request.from.rfind('.');
  if (dot == std::string::npos) return false;
  const std::string_view table = std::string_view(request.from).substr(0, dot);
  if (!table.substr(table.rfind('.') + 1).starts_with('_')) return false;
  const std::string_view column = std::string_view(request.from).substr(dot + 1);
  return (column == "A" && request.to == "B") || (column == "B" && request.to == "A");
}

RenameRequest inverse_exchange(const RenameRequest& request) {
  return {request.from.substr(0, request.from.rfind('.') + 1) + request.to,
          request.from.substr(request.from.rfind('.') + 1)};
}

bool has_named(const Catalog& catalog, std::string_view name) {
  if (find_named(catalog.tables, name) != nullptr || find_named(catalog.enums, name) != nullptr) return true;
  if (std::ranges::find(catalog.schemas, name) != catalog.schemas.end()) return true;
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos) return false;
  const std::string member(name.substr(dot + 1));
  if (const QualifiedName* table = find_named(catalog.tables, name.substr(0, dot))) {
    return catalog.find_table(*table)->find_column(member) != nullptr;
  }
  const QualifiedName* enumeration = find_named(catalog.enums, name.substr(0, dot));
  if (enumeration == nullptr) return false;
  const std::vector<std::string>& values = catalog.find_enum(*enumeration)->values;
  return std::ranges::find(values, member) != values.end();
}

RenameRequest request_of(const Rename& rename) {
  if (rename.kind == RenameKind::schema) return {rename.from, rename.to};
  const bool whole = rename.kind == RenameKind::table || rename.kind == RenameKind::enumeration;
  return {whole ? display_name(rename.owner) : display_name(rename.owner, rename.from), rename.to};
}

std::string display_name(const Rename& rename) {
  const auto kind = [&] {
    switch (rename.kind) {
      case RenameKind::schema:
        return "schema";
      case RenameKind::table:
        return "table";
      case RenameKind::column:
      case RenameKind::exchange:
        return "column";
      case RenameKind::enumeration:
        return "enum";
      case RenameKind::enum_value:
        return "value";
    }
    return "";
  }();
  const RenameRequest request = request_of(rename);
  return fmt::format("{} {} to {}", kind, request.from, request.to);
}

Result<std::vector<Rename>> resolve_renames(std::span<const RenameRequest> requests, const Catalog& before,
                                            const Catalog& wanted, const schema::Snapshot* schema) {
  std::vector<const RenameRequest*> unknown;
  auto renames = resolve(requests, Resolver(before, wanted, schema), unknown);
  if (unknown.empty()) return renames;
  const QualifiedName* from = find_named(before.tables, unknown.front()->from);
  const QualifiedName* to = find_named(wanted.tables, unknown.front()->to);
  if (from && to && from->schema != to->schema) {
    return fail(
        ErrorCode::usage,
        fmt::format("The rename {}={} does not apply: it would move the table to schema {}. Write ALTER TABLE … "
                    "SET SCHEMA in place of DROP TABLE and CREATE TABLE in the migration.",
                    unknown.front()->from, unknown.front()->to, to->schema));
  }
  return fail(ErrorCode::usage,
              fmt::format("The rename {}={} does not apply: this migration would have to drop {} and add {}; see the "
                          "possible renames in its summary.",
                          unknown.front()->from, unknown.front()->to, unknown.front()->from, unknown.front()->to));
}

std::vector<Rename> resolve_rename_notes(std::span<const RenameRequest> notes, const Catalog& before,
                                         const Catalog& wanted, const schema::Snapshot* schema) {
  std::vector<const RenameRequest*> done;
  return resolve(notes, Resolver(before, wanted, schema), done);
}

}  // namespace refract::migrate
