#include "features/type_definition.h"

namespace refract::features {

std::optional<Definition> type_definition(const schema::Snapshot& snapshot, schema::FilePosition at) {
  auto symbol = symbol_at(snapshot, at);
  if (!symbol || !is_declared(*symbol)) return std::nullopt;
  if (symbol->kind == SymbolKind::field) {
    symbol->declaration = snapshot.find((*symbol->declaration)->find_field(symbol->name)->type_name);
    if (symbol->declaration == nullptr) return std::nullopt;
  }
  symbol->kind = SymbolKind::declaration;
  symbol->declared_at = symbol->declaration->in_file((*symbol->declaration)->block->name.range);
  return definition_of(*symbol);
}

}  // namespace refract::features
