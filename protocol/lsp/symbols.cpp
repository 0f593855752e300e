#include "protocol/lsp/symbols.h"

#include "protocol/text_codec.h"

namespace refract::protocol {

template <class Out>
void members(Out& json, const DocumentSymbol& symbol) {
  write(json, "name", symbol.name);
  write(json, "detail", symbol.detail);
  write(json, "kind", symbol.kind);
  write(json, "tags", symbol.tags);
  write(json, "range", symbol.range);
  write(json, "selectionRange", symbol.selectionRange);
  write(json, "children", symbol.children);
}
void to_json(Json& json, const DocumentSymbol& symbol) {
  members(json, symbol);
}
void to_text(ObjectText& json, const DocumentSymbol& symbol) {
  members(json, symbol);
}

void from_json(const Json& json, DocumentSymbol& symbol) {
  read(json, "name", symbol.name);
  read(json, "detail", symbol.detail);
  read(json, "kind", symbol.kind);
  read(json, "tags", symbol.tags);
  read(json, "range", symbol.range);
  read(json, "selectionRange", symbol.selectionRange);
  read(json, "children", symbol.children);
}

template <class Out>
void members(Out& json, const SymbolInformation& information) {
  write(json, "name", information.name);
  write(json, "kind", information.kind);
  write(json, "tags", information.tags);
  write(json, "location", information.location);
  write(json, "containerName", information.containerName);
}
void to_json(Json& json, const SymbolInformation& information) {
  members(json, information);
}
void to_text(ObjectText& json, const SymbolInformation& information) {
  members(json, information);
}

void from_json(const Json& json, SymbolInformation& information) {
  read(json, "name", information.name);
  read(json, "kind", information.kind);
  read(json, "tags", information.tags);
  read(json, "location", information.location);
  read(json, "containerName", information.containerName);
}

void to_json(Json& json, const WorkspaceSymbolParams& params) {
  write(json, "query", params.query);
}

void from_json(const Json& json, WorkspaceSymbolParams& params) {
  read(json, "query", params.query);
}

}  // namespace refract::protocol
