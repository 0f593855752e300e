#pragma once

#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "protocol/json.h"
#include "protocol/lsp/base.h"

// LSP 3.17 "Completion Request", as far as the server answers with it.

namespace refract::protocol {

class ObjectText;
struct JsonText;

enum class CompletionTriggerKind : int { invoked = 1, trigger_character = 2, trigger_for_incomplete = 3 };
enum class InsertTextFormat : int { plain_text = 1, snippet = 2 };
enum class CompletionItemKind : int {
  text = 1,
  method,
  function,
  constructor,
  field,
  variable,
  class_,
  interface,
  module,
  property,
  unit,
  value,
  enum_,
  keyword,
  snippet,
  color,
  file,
  reference,
  folder,
  enum_member,
  constant,
  struct_,
  event,
  operator_,
  type_parameter
};

struct CompletionContext {
  CompletionTriggerKind triggerKind = CompletionTriggerKind::invoked;
  std::optional<std::string> triggerCharacter;

  bool operator==(const CompletionContext&) const = default;
};
LSP_JSON(CompletionContext)

struct CompletionParams {
  TextDocumentIdentifier textDocument;
  Position position;
  std::optional<CompletionContext> context;

  bool operator==(const CompletionParams&) const = default;
};
LSP_JSON(CompletionParams)

struct CompletionItem {
  std::string label;
  std::optional<CompletionItemKind> kind;
  std::optional<std::string> detail;
  std::optional<std::variant<std::string, MarkupContent>> documentation;
  std::optional<std::string> sortText;
  std::optional<InsertTextFormat> insertTextFormat;
  std::optional<TextEdit> textEdit;
  std::optional<std::string> textEditText;  // inserted at itemDefaults.editRange; absent: the label

  bool operator==(const CompletionItem&) const = default;
};
LSP_JSON(CompletionItem)
void to_text(ObjectText& json, const CompletionItem& item);

// Defaults for items that omit the member.
struct CompletionItemDefaults {
  std::optional<Range> editRange;

  bool operator==(const CompletionItemDefaults&) const = default;
};
LSP_JSON(CompletionItemDefaults)
void to_text(ObjectText& json, const CompletionItemDefaults& defaults);

struct CompletionList {
  bool isIncomplete = false;
  std::optional<CompletionItemDefaults> itemDefaults;
  std::vector<CompletionItem> items;

  bool operator==(const CompletionList&) const = default;
};
LSP_JSON(CompletionList)
void to_text(ObjectText& json, const CompletionList& list);

// `list` as JSON text, with `count` items, created one at a time by `item(index)`, instead of list.items.
JsonText to_text(const CompletionList& list, std::size_t count, const std::function<CompletionItem(std::size_t)>& item);

}  // namespace refract::protocol
