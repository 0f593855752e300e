#pragma once

#include <optional>
#include <string>
#include <vector>

#include "protocol/json.h"
#include "protocol/lsp/base.h"

// LSP 3.17 "Document Symbols" (params: TextDocumentParams) and "Workspace Symbols".

namespace refract::protocol {

class ObjectText;

enum class SymbolKind : int {
  file = 1,
  module,
  namespace_,
  package,
  class_,
  method,
  property,
  field,
  constructor,
  enum_,
  interface,
  function,
  variable,
  constant,
  string,
  number,
  boolean,
  array,
  object,
  key,
  null,
  enum_member,
  struct_,
  event,
  operator_,
  type_parameter
};
enum class SymbolTag : int { deprecated = 1 };

struct DocumentSymbol {
  std::string name;
  std::optional<std::string> detail;
  SymbolKind kind = SymbolKind::file;
  std::optional<std::vector<SymbolTag>> tags;
  Range range;           // the whole declaration
  Range selectionRange;  // the name; inside `range`
  std::optional<std::vector<DocumentSymbol>> children;

  bool operator==(const DocumentSymbol&) const = default;
};
LSP_JSON(DocumentSymbol)
void to_text(ObjectText& json, const DocumentSymbol& symbol);

// The flat form, for clients without hierarchicalDocumentSymbolSupport and for workspace/symbol.
struct SymbolInformation {
  std::string name;
  SymbolKind kind = SymbolKind::file;
  std::optional<std::vector<SymbolTag>> tags;
  Location location;
  std::optional<std::string> containerName;

  bool operator==(const SymbolInformation&) const = default;
};
LSP_JSON(SymbolInformation)
void to_text(ObjectText& json, const SymbolInformation& information);

struct WorkspaceSymbolParams {
  std::string query;

  bool operator==(const WorkspaceSymbolParams&) const = default;
};
LSP_JSON(WorkspaceSymbolParams)

}  // namespace refract::protocol
