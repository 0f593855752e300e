#include "features/rename.h"

#include <fmt/format.h>

#include <algorithm>

#include "features/navigation.h"
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

// Why the symbol cannot have the name; empty: it can.
std::string why_taken(const Snapshot& snapshot, const Symbol& symbol, std::string_view name) {
  const Placed& placed = *symbol.declaration;
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
      taken = placed->find_field(name) != nullptr;
      break;
    case SymbolKind::enum_value:
      taken = placed->block->find_value(name) != nullptr;
      break;
  }
  return taken ? fmt::format("The name {} is taken; choose another.", name) : std::string();
}

std::string quoted(std::string_view name) {
  return fmt::format("\"{}\"", name);
}

// The white space that the first member of the block begins with.
std::string_view indent_of(std::string_view body) {
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
  const auto at = static_cast<text::Offset>(placed.start + block.body_range.begin + last_break + 1);
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
  }
  return std::nullopt;
}

}  // namespace

Result<RenameTarget> prepare_rename(const Snapshot& snapshot, schema::FilePosition at) {
  const auto symbol = symbol_at(snapshot, at);
  if (!symbol) return fail(ErrorCode::not_found, "There is nothing to rename here.");
  return RenameTarget{symbol->referred_from.range, symbol->name};
}

Result<std::vector<FileEdit>> rename(const Snapshot& snapshot, schema::FilePosition at, const std::string& new_name,
                                     DatabaseName database_name) {
  const auto symbol = symbol_at(snapshot, at);
  if (!symbol) return fail(ErrorCode::not_found, "There is nothing to rename here.");
  if (new_name == symbol->name) return std::vector<FileEdit>();
  if (!is_valid_name(new_name, snapshot.options().version)) {
    return fail(ErrorCode::usage,
                fmt::format("\"{}\" is not a valid name: it must begin with a letter and contain only "
                            "letters, digits and underscores.",
                            new_name));
  }
  if (std::string why = why_taken(snapshot, *symbol, new_name); !why.empty()) {
    return fail(ErrorCode::conflict, std::move(why));
  }
  std::vector<FileEdit> edits;
  for (const schema::FileRange& place : references(snapshot, *symbol, true)) {
    edits.push_back({place.file, {place.range, new_name}});
  }
  if (database_name == DatabaseName::keep) {
    if (auto map = keep_database_name(*symbol)) edits.push_back(std::move(*map));
    if (symbol->kind == SymbolKind::declaration) keep_relation_tables(snapshot, *symbol->declaration, edits);
  }
  return edits;
}

}  // namespace refract::features
