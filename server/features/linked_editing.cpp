#include "features/linked_editing.h"

#include <algorithm>

#include "syntax/locate.h"

namespace refract::features {
namespace {

using schema::Placed;

const syntax::Expression* name_in(const syntax::Field& field) {
  const syntax::Attribute* attribute = field.find_attribute("relation");
  if (attribute == nullptr) return nullptr;
  const syntax::Argument* argument = attribute->find_argument("name", true);
  if (argument == nullptr || !argument->value || argument->value->kind != syntax::ExpressionKind::string)
    return nullptr;
  return &*argument->value;
}

// Adds the name's place on each field of `from` that is of the type `to` and has this very text for a name.
void add_names(const Placed& from, std::string_view to, std::string_view text, std::vector<text::Range>& found) {
  for (const schema::Field& field : from->fields) {
    if (!field.is_relation() || field.type_name != to) continue;
    const syntax::Expression* name = name_in(*field.syntax);
    if (name == nullptr || name->text != text) continue;
    const text::Range quoted = from.in_file(name->range).range;
    found.push_back({quoted.begin + 1, quoted.end - 1});
  }
}

}  // namespace

std::vector<text::Range> linked_ranges(const schema::Snapshot& snapshot, schema::FilePosition at) {
  const Placed* placed = snapshot.declaration_at(at);
  if (placed == nullptr) return {};
  const syntax::Located word = syntax::locate(*(*placed)->block, at.offset - placed->start);
  if (word.kind != syntax::LocatedKind::string || word.field == nullptr || !word.field->type) return {};
  if (name_in(*word.field) != word.expression) return {};
  const text::Range quoted = placed->in_file(word.token.range).range;
  // Up to its closing quote, a string that is still open has no end to link.
  if (quoted.size() < 2 || word.token.text.back() != '"') return {};
  if (at.offset == quoted.begin || at.offset == quoted.end) return {};
  const Placed* other = snapshot.find(word.field->type->name.text);
  if (other == nullptr || other->file != at.file) return {};

  std::vector<text::Range> found;
  add_names(*placed, (*other)->name, word.token.text, found);
  if (other != placed) add_names(*other, (*placed)->name, word.token.text, found);
  if (found.size() < 2) return {};
  std::ranges::sort(found);
  return found;
}

}  // namespace refract::features
