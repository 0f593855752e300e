#include "features/implementation.h"

#include <algorithm>

#include "syntax/locate.h"

namespace refract::features {
namespace {

using schema::Placed;
using schema::Snapshot;

void add_end(const schema::RelationEnd& end, text::Range origin, std::vector<Definition>& found) {
  if (end.model == nullptr || end.field == nullptr) return;
  const syntax::Field& field = *end.field->syntax;
  found.push_back({origin, end.model->in_file(field.range), end.model->in_file(field.name.range)});
}

void add_ends(const Snapshot& snapshot, const Placed& placed, const schema::Field& field, text::Range origin,
              std::vector<Definition>& found) {
  const auto relation = snapshot.relation_of(placed, field);
  if (!relation) return;
  add_end(relation->owner, origin, found);
  add_end(relation->other, origin, found);
}

}  // namespace

std::vector<Definition> implementations(const Snapshot& snapshot, schema::FilePosition at) {
  std::vector<Definition> found;
  if (const auto symbol = symbol_at(snapshot, at); symbol && is_declared(*symbol)) {
    if (symbol->kind != SymbolKind::field) return found;
    const Placed& placed = *symbol->declaration;
    const schema::Field& field = *placed->find_field(symbol->name);
    if (field.is_relation()) {
      add_ends(snapshot, placed, field, symbol->referred_from.range, found);
      return found;
    }
    for (const schema::Field& owner : placed->fields) {
      if (!owner.relation || std::ranges::find(owner.relation->fields, field.name) == owner.relation->fields.end())
        continue;
      add_ends(snapshot, placed, owner, symbol->referred_from.range, found);
    }
    return found;
  }
  const Placed* placed = snapshot.declaration_at(at);
  if (placed == nullptr) return found;
  const syntax::Located word = syntax::locate(*(*placed)->block, at.offset - placed->start);
  if (word.kind != syntax::LocatedKind::string || word.field == nullptr || word.attribute->name.text != "relation")
    return found;
  const schema::Field* field = (*placed)->find_field(word.field->name.text);
  if (field != nullptr) add_ends(snapshot, *placed, *field, placed->in_file(word.token.range).range, found);
  return found;
}

}  // namespace refract::features
