#include "features/rename.h"

#include <fmt/format.h>

#include <algorithm>

#include "features/name_clashes.h"
#include "features/navigation.h"
#include "features/relation_tables.h"
#include "syntax/characters.h"
#include "text/lines.h"
#include "text/unicode.h"
#include "validation/rules/reserved_names.h"

namespace refract::features {
namespace {

using schema::Placed;
using schema::Snapshot;
using validation::FileEdit;

// A name starts with a letter and goes on with letters, ASCII digits and underscores. Letters are those of any script
// since Prisma 6.
bool is_valid_name(std::string_view name, schema::PrismaVersion version) {
  if (version == schema::PrismaVersion::v5 && !syntax::is_ascii(name)) return false;
  if (name.empty() || !text::is_letter(text::code_point_at(name, 0).value)) return false;
  return syntax::name_length(name, 0) == name.size() && name.find('-') == std::string_view::npos;
}

bool is_text(SymbolKind kind) {
  return kind == SymbolKind::relation_name || kind == SymbolKind::database_name || kind == SymbolKind::database_schema;
}

// Between the same models; and of many-to-many relations, whose table has the name, between any.
bool has_relation(const Snapshot& snapshot, const Symbol& symbol, std::string_view name) {
  const Placed& placed = *symbol.declaration;
  const auto own = snapshot.relation_of(placed, *symbol.field);
  const bool table = own && own->kind == schema::RelationKind::many_to_many;
  for (const Placed& model : snapshot.declarations()) {
    for (const schema::Field& field : model->fields) {
      const auto relation = snapshot.relation_of(model, field);
      if (!relation || relation->name != name) continue;
      if (table && relation->kind == schema::RelationKind::many_to_many) return true;
      const bool forth = &model == &placed && field.type_name == symbol.field->type_name;
      const bool back = model->name == symbol.field->type_name && field.type_name == placed->name;
      if (relation->explicitly_named && (forth || back)) return true;
    }
  }
  return false;
}

// Whether the database has the name already, as far as the schema tells.
bool is_mapped(const Snapshot& snapshot, const Symbol& symbol, std::string_view name) {
  const Placed& placed = *symbol.declaration;
  if (symbol.attribute->name.text != "map") return false;
  if (!symbol.attribute->block) {
    return std::ranges::any_of(placed->values, [&](const auto& value) { return value.database_name == name; }) ||
           std::ranges::any_of(placed->fields, [&](const schema::Field& field) {
             return field.is_stored() && field.database_name == name;
           });
  }
  return std::ranges::any_of(snapshot.declarations(), [&](const Placed& other) {
    return other->is_enum() == placed->is_enum() && other->kind != syntax::BlockKind::composite_type &&
           other->database_schema == placed->database_schema && other->database_name == name;
  });
}

bool names_mongodb_id(const Snapshot& snapshot, const Symbol& symbol) {
  return snapshot.provider() == schema::Provider::mongodb && symbol.field != nullptr && symbol.name == "_id" &&
         symbol.attribute->name.text == "map" && symbol.field->syntax->find_attribute("id") != nullptr;
}

// Why the symbol cannot have the name; empty: it can.
std::string why_taken(const Snapshot& snapshot, const Symbol& symbol, std::string_view name) {
  bool taken = false;
  switch (symbol.kind) {
    case SymbolKind::declaration:
      if (schema::scalar_from(name)) return fmt::format("{} is a scalar type; choose another name.", name);
      if (validation::is_reserved_name(name, snapshot.options().version)) {
        return fmt::format("The name {} is reserved for Prisma Client or JavaScript; choose another.", name);
      }
      taken = snapshot.find(name) != nullptr;
      break;
    case SymbolKind::field:
      taken = (*symbol.declaration)->find_field(name) != nullptr;
      break;
    case SymbolKind::enum_value:
      taken = (*symbol.declaration)->block->find_value(name) != nullptr;
      break;
    case SymbolKind::relation_name:
      taken = has_relation(snapshot, symbol, name);
      break;
    case SymbolKind::database_name:
      if (names_mongodb_id(snapshot, symbol)) return "The id of a MongoDB model is always _id in the database.";
      taken = is_mapped(snapshot, symbol, name);
      break;
    case SymbolKind::database_schema:
      taken = std::ranges::any_of(snapshot.datasources(), [&](const schema::Datasource& datasource) {
        return std::ranges::find(datasource.schemas, name) != datasource.schemas.end();
      });
      break;
    case SymbolKind::datasource:
      break;
  }
  return taken ? fmt::format("The name {} is taken; choose another.", name) : std::string();
}

// Whether a line that is not read, for a syntax error, may name the relation.
bool is_named_in_broken_line(const Placed& placed, std::string_view literal) {
  const std::string_view text = placed->block->text;
  return std::ranges::any_of(placed->block->errors, [&](const syntax::SyntaxError& error) {
    const std::string_view line = text.substr(error.range.begin, error.range.size());
    return line.contains("@relation") && line.contains(literal);
  });
}

// As the content of a string literal; what a literal cannot hold is not in a name of one line.
std::string escaped(std::string_view name) {
  std::string text;
  for (const char c : name) {
    if (c == '"' || c == '\\') text += '\\';
    text += c;
  }
  return text;
}

std::string quoted(std::string_view name) {
  return fmt::format("\"{}\"", escaped(name));
}

// Why not all places that have the name are known; empty: they are.
std::string why_unknown(const Snapshot& snapshot, const Symbol& symbol) {
  if (symbol.kind != SymbolKind::relation_name) return {};
  for (const Placed* model : {symbol.declaration, snapshot.find(symbol.field->type_name)}) {
    if (model != nullptr && is_named_in_broken_line(*model, quoted(std::string_view(symbol.name))))
      return fmt::format("A line with a syntax error in {} names the relation {}; correct that line first.",
                         (*model)->name, symbol.name);
  }
  return {};
}

// The white space that the first member of the block begins with.
std::string_view indent_of(std::string_view body) {
  body.remove_prefix(std::min(body.find('\n'), body.size()));  // what follows the opening brace
  while (!body.empty()) {
    const std::string_view line = body.substr(0, body.find('\n'));
    const std::size_t begin = line.find_first_not_of(" \t\r");
    if (begin != std::string_view::npos && begin > 0) return line.substr(0, begin);
    body.remove_prefix(std::min(body.size(), line.size() + 1));
  }
  return "  ";
}

// @@map as the last line of the block, a blank line before it where it is the first attribute of the block.
FileEdit add_block_map(const Placed& placed, std::string_view database_name) {
  const syntax::Block& block = *placed->block;
  const std::string_view text = block.text;
  const std::string_view body = text.substr(block.body_range.begin, block.body_range.size());
  const std::string_view eol = text::line_break_of(text);
  // A block's brackets are on separate lines.
  const std::size_t last_break = body.rfind('\n');
  const std::string line = fmt::format("{}@@map({}){}", indent_of(body), quoted(database_name), eol);
  const std::size_t content = body.find_last_not_of(" \t\r\n", last_break);
  const auto breaks =
      content == std::string_view::npos ? 2 : std::ranges::count(body.substr(content, last_break + 1 - content), '\n');
  const bool separate = block.attributes.empty() && breaks < 2;
  auto at = static_cast<text::Offset>(placed.start + block.body_range.begin + last_break + 1);
  // A documentation comment at the end would become the attribute's.
  const text::Offset members = block.members.empty() ? block.body_range.begin : block.members.back().content.end;
  if (const std::size_t end = text.find('\n', members); text.substr(end, block.body_range.end - end).contains("///")) {
    at = static_cast<text::Offset>(placed.start + end + 1);
    return {placed.file, {{at, at}, fmt::format("{}{}", block.attributes.empty() ? eol : "", line)}};
  }
  return {placed.file, {{at, at}, fmt::format("{}{}", separate ? eol : "", line)}};
}

// The name of a relation, given to one of its fields.
FileEdit add_relation_name(const Placed& placed, const schema::Field& field, std::string_view name) {
  const syntax::Attribute* attribute = field.syntax->find_attribute("relation");
  if (attribute == nullptr) {
    const text::Offset at = placed.start + field.syntax->range.end;
    return {placed.file, {{at, at}, fmt::format(" @relation({})", quoted(name))}};
  }
  const text::Offset at =
      placed.start + (attribute->has_arguments ? attribute->arguments_range.begin + 1 : attribute->range.end);
  const std::string given = !attribute->has_arguments      ? fmt::format("({})", quoted(name))
                            : attribute->arguments.empty() ? quoted(name)
                                                           : fmt::format("{}, ", quoted(name));
  return {placed.file, {{at, at}, given}};
}

// The table between the two models of an implicit many-to-many relation is named after them: where one of them is
// renamed, the relation keeps its name by having it written.
void keep_relation_tables(const Snapshot& snapshot, const Placed& placed, std::vector<FileEdit>& edits) {
  if (!schema::connector(snapshot.provider(), snapshot.options().version).implicit_many_to_many) return;
  for (const schema::Field& field : placed->fields) {
    const auto relation = snapshot.relation_of(placed, field);
    if (!relation || relation->kind != schema::RelationKind::many_to_many || relation->explicitly_named) continue;
    if (relation->owner.field == nullptr || relation->other.field == nullptr) continue;
    edits.push_back(add_relation_name(*relation->owner.model, *relation->owner.field, relation->name));
    if (relation->owner.field == relation->other.field) continue;
    edits.push_back(add_relation_name(*relation->other.model, *relation->other.field, relation->name));
  }
}

FileEdit add_member_map(const Placed& placed, text::Range member, std::string_view database_name) {
  const text::Offset at = placed.start + member.end;
  return {placed.file, {{at, at}, fmt::format(" @map({})", quoted(database_name))}};
}

// The edit that keeps the database as it is; nullopt where nothing has to be added.
std::optional<FileEdit> keep_database_name(const Symbol& symbol) {
  if (!is_declared(symbol)) return std::nullopt;
  const Placed& placed = *symbol.declaration;
  switch (symbol.kind) {
    case SymbolKind::declaration:
      // Composite types have no name in the database.
      if (placed->mapped || placed->kind == syntax::BlockKind::composite_type) return std::nullopt;
      return add_block_map(placed, symbol.name);
    case SymbolKind::field: {
      const schema::Field* field = placed->find_field(symbol.name);
      if (field->mapped || !field->is_stored()) return std::nullopt;
      return add_member_map(placed, field->syntax->range, symbol.name);
    }
    case SymbolKind::enum_value: {
      const syntax::EnumValue* value = placed->block->find_value(symbol.name);
      if (value->find_attribute("map") != nullptr) return std::nullopt;
      return add_member_map(placed, value->range, symbol.name);
    }
    default:
      return std::nullopt;
  }
}

// Why the database cannot stay as it is; empty: it can.
std::string why_not_kept(const Snapshot& snapshot, const Symbol& symbol, std::string_view new_name) {
  const bool migrated = snapshot.provider() == schema::Provider::postgresql;
  for (const RelationTableChange& change : relation_table_changes(snapshot, symbol, new_name)) {
    if (change.exchanges) {
      return fmt::format(
          "With the name {} for {}, columns A and B of table {} (relation {}) would change places, and its rows would "
          "be read the wrong way round. Choose a name that keeps the alphabetical order, or set rename.databaseName "
          "to \"follow\" to rename in the database too{}.",
          new_name, symbol.name, change.table, change.relation.name,
          migrated ? ": the next migration then exchanges the columns" : ", and exchange the columns in its migration");
    }
    if (symbol.kind != SymbolKind::relation_name) continue;
    return fmt::format(
        "Table {} is named after relation {} and cannot keep its name. Set rename.databaseName to \"follow\" to rename "
        "in the database too{}.",
        change.table, symbol.name,
        migrated ? ": the next migration then renames the table" : ", and rename the table in its migration");
  }
  return {};
}

std::string why_invalid(const Snapshot& snapshot, const Symbol& symbol, const std::string& name) {
  if (is_text(symbol.kind)) {
    const bool valid = !name.empty() && std::ranges::none_of(name, [](unsigned char c) { return c < 0x20; });
    return valid ? std::string() : "The new name must be a text of one line that is not empty.";
  }
  if (is_valid_name(name, snapshot.options().version)) return {};
  return fmt::format(
      "\"{}\" is not a valid name: it must begin with a letter and contain only letters, digits and underscores.",
      name);
}

}  // namespace

Result<RenameTarget> prepare_rename(const Snapshot& snapshot, schema::FilePosition at) {
  const auto symbol = symbol_at(snapshot, at);
  if (!symbol) return fail(ErrorCode::not_found, "There is nothing to rename here.");
  return RenameTarget{symbol->referred_from.range, symbol->name};
}

Result<std::vector<FileEdit>> rename(const Snapshot& snapshot, schema::FilePosition at, const std::string& new_name,
                                     DatabaseName database_name, const migrate::History* history) {
  const auto symbol = symbol_at(snapshot, at);
  if (!symbol) return fail(ErrorCode::not_found, "There is nothing to rename here.");
  if (new_name == symbol->name) return std::vector<FileEdit>();
  if (std::string why = why_invalid(snapshot, *symbol, new_name); !why.empty()) {
    return fail(ErrorCode::usage, std::move(why));
  }
  std::string why = why_unknown(snapshot, *symbol);
  if (why.empty()) why = why_taken(snapshot, *symbol, new_name);
  if (why.empty() && database_name == DatabaseName::keep) why = why_not_kept(snapshot, *symbol, new_name);
  if (!why.empty()) return fail(ErrorCode::conflict, std::move(why));
  const std::string text = is_text(symbol->kind) ? escaped(new_name) : new_name;
  std::vector<FileEdit> edits;
  for (const schema::FileRange& place : references(snapshot, *symbol, true)) {
    edits.push_back({place.file, {place.range, text}});
  }
  if (database_name == DatabaseName::keep) {
    if (auto map = keep_database_name(*symbol)) edits.push_back(std::move(*map));
    if (symbol->kind == SymbolKind::declaration) keep_relation_tables(snapshot, *symbol->declaration, edits);
  }
  // What keeps its name in the database clashes with nothing there.
  if (database_name == DatabaseName::follow || is_text(symbol->kind)) {
    why = why_name_clashes(snapshot, *symbol, new_name, edits, history);
    if (!why.empty()) return fail(ErrorCode::conflict, std::move(why));
  }
  return edits;
}

}  // namespace refract::features
