#include "features/rename.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "features/navigation.h"

namespace refract::features {
namespace {

using schema::Placed;
using schema::Snapshot;
using validation::FileEdit;

// A name starts with a letter and goes on with letters, digits and underscores.
bool is_valid_name(std::string_view name) {
  const auto letter = [](char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; };
  return !name.empty() && letter(name.front()) && std::ranges::all_of(name, [&](char c) {
    return letter(c) || std::isdigit(static_cast<unsigned char>(c)) != 0 || c == '_';
  });
}

bool is_taken(const Snapshot& snapshot, const Symbol& symbol, std::string_view name) {
  const Placed& placed = *symbol.declaration;
  switch (symbol.kind) {
    case SymbolKind::declaration: return snapshot.find(name) != nullptr || schema::scalar_from(name).has_value();
    case SymbolKind::field: return placed->find_field(name) != nullptr;
    case SymbolKind::enum_value: return placed->block->find_value(name) != nullptr;
  }
  return false;
}

std::string quoted(std::string_view name) { return fmt::format("\"{}\"", name); }

// The line break that the block uses.
std::string_view line_break(std::string_view text) { return text.find("\r\n") != std::string_view::npos ? "\r\n" : "\n"; }

// @@map as the last line of the block, with the indent that its members have.
FileEdit add_block_map(const Placed& placed, std::string_view database_name) {
  const syntax::Block& block = *placed->block;
  const std::string_view text = block.text;
  std::size_t close = block.body_range.end;
  // The closing brace's line begins behind the last line break of the body.
  const std::size_t line = text.rfind('\n', close == 0 ? 0 : close - 1);
  close = line == std::string_view::npos ? close : line + 1;
  const std::string_view eol = line_break(text);
  const bool apart = block.attributes.empty();
  const auto at = static_cast<text::Offset>(placed.start + close);
  return {placed.file, {{at, at}, fmt::format("{}  @@map({}){}", apart ? eol : "", quoted(database_name), eol)}};
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
  if (!symbol) return fail(ErrorCode::not_found, "Nothing here has a name of its own that could be changed.");
  return RenameTarget{symbol->referred_from.range, symbol->name};
}

Result<std::vector<FileEdit>> rename(const Snapshot& snapshot, schema::FilePosition at, const std::string& new_name,
                                     DatabaseName database_name) {
  const auto symbol = symbol_at(snapshot, at);
  if (!symbol) return fail(ErrorCode::not_found, "Nothing here has a name of its own that could be changed.");
  if (new_name == symbol->name) return std::vector<FileEdit>();
  if (!is_valid_name(new_name)) {
    return fail(ErrorCode::usage, fmt::format("\"{}\" is no valid name: it has to start with a letter and hold only "
                                              "letters, digits and underscores.", new_name));
  }
  if (is_taken(snapshot, *symbol, new_name)) {
    return fail(ErrorCode::conflict, fmt::format("The name {} is taken; choose another.", new_name));
  }
  std::vector<FileEdit> edits;
  for (const schema::FileRange& place : references(snapshot, *symbol, true)) {
    edits.push_back({place.file, {place.range, new_name}});
  }
  if (database_name == DatabaseName::keep) {
    if (auto map = keep_database_name(*symbol)) edits.push_back(std::move(*map));
  }
  return edits;
}

}  // namespace refract::features
