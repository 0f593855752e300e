#include "protocol/lsp/selection_range.h"

#include <utility>

#include "protocol/members.h"

namespace refract::protocol {

LSP_STRUCT(SelectionRangeParams, textDocument, positions)

void to_json(Json& json, const SelectionRange& selection) {
  Json outer;
  for (auto range = selection.chain.rbegin(); range != selection.chain.rend(); ++range) {
    Json one = Json::object();
    write(one, "range", *range);
    if (!outer.is_null()) one["parent"] = std::move(outer);
    outer = std::move(one);
  }
  json = std::move(outer);
}

void from_json(const Json& json, SelectionRange& selection) {
  selection.chain.clear();
  for (const Json* one = &json;;) {
    read(*one, "range", selection.chain.emplace_back());
    const auto parent = one->find("parent");
    if (parent == one->end() || parent->is_null()) return;
    if (!parent->is_object()) throw InvalidField("an object");
    one = &*parent;
  }
}

}  // namespace refract::protocol
