#include "protocol/lsp/completion.h"

#include "protocol/text_codec.h"

namespace refract::protocol {

void to_json(Json& json, const CompletionContext& context) {
  write(json, "triggerKind", context.triggerKind);
  write(json, "triggerCharacter", context.triggerCharacter);
}

void from_json(const Json& json, CompletionContext& context) {
  read(json, "triggerKind", context.triggerKind);
  read(json, "triggerCharacter", context.triggerCharacter);
}

void to_json(Json& json, const CompletionParams& params) {
  write(json, "textDocument", params.textDocument);
  write(json, "position", params.position);
  write(json, "context", params.context);
}

void from_json(const Json& json, CompletionParams& params) {
  read(json, "textDocument", params.textDocument);
  read(json, "position", params.position);
  read(json, "context", params.context);
}

void to_json(Json& json, const CompletionItemLabelDetails& details) {
  write(json, "detail", details.detail);
  write(json, "description", details.description);
}

void from_json(const Json& json, CompletionItemLabelDetails& details) {
  read(json, "detail", details.detail);
  read(json, "description", details.description);
}

void to_json(Json& json, const InsertReplaceEdit& edit) {
  write(json, "newText", edit.newText);
  write(json, "insert", edit.insert);
  write(json, "replace", edit.replace);
}

void from_json(const Json& json, InsertReplaceEdit& edit) {
  read(json, "newText", edit.newText);
  read(json, "insert", edit.insert);
  read(json, "replace", edit.replace);
}

template <class Out>
void members(Out& json, const CompletionItem& item) {
  write(json, "label", item.label);
  write(json, "labelDetails", item.labelDetails);
  write(json, "kind", item.kind);
  write(json, "tags", item.tags);
  write(json, "detail", item.detail);
  write(json, "documentation", item.documentation);
  write(json, "deprecated", item.deprecated);
  write(json, "preselect", item.preselect);
  write(json, "sortText", item.sortText);
  write(json, "filterText", item.filterText);
  write(json, "insertText", item.insertText);
  write(json, "insertTextFormat", item.insertTextFormat);
  write(json, "insertTextMode", item.insertTextMode);
  write(json, "textEdit", item.textEdit);
  write(json, "textEditText", item.textEditText);
  write(json, "additionalTextEdits", item.additionalTextEdits);
  write(json, "commitCharacters", item.commitCharacters);
  write(json, "command", item.command);
  write(json, "data", item.data);
}
void to_json(Json& json, const CompletionItem& item) {
  members(json, item);
}
void to_text(ObjectText& json, const CompletionItem& item) {
  members(json, item);
}

void from_json(const Json& json, CompletionItem& item) {
  read(json, "label", item.label);
  read(json, "labelDetails", item.labelDetails);
  read(json, "kind", item.kind);
  read(json, "tags", item.tags);
  read(json, "detail", item.detail);
  read(json, "documentation", item.documentation);
  read(json, "deprecated", item.deprecated);
  read(json, "preselect", item.preselect);
  read(json, "sortText", item.sortText);
  read(json, "filterText", item.filterText);
  read(json, "insertText", item.insertText);
  read(json, "insertTextFormat", item.insertTextFormat);
  read(json, "insertTextMode", item.insertTextMode);
  read(json, "textEdit", item.textEdit);
  read(json, "textEditText", item.textEditText);
  read(json, "additionalTextEdits", item.additionalTextEdits);
  read(json, "commitCharacters", item.commitCharacters);
  read(json, "command", item.command);
  read(json, "data", item.data);
}

template <class Out>
void members(Out& json, const CompletionItemDefaults& defaults) {
  write(json, "editRange", defaults.editRange);
}
void to_json(Json& json, const CompletionItemDefaults& defaults) {
  members(json, defaults);
}
void to_text(ObjectText& json, const CompletionItemDefaults& defaults) {
  members(json, defaults);
}

void from_json(const Json& json, CompletionItemDefaults& defaults) {
  read(json, "editRange", defaults.editRange);
}

template <class Out>
void head(Out& json, const CompletionList& list) {
  write(json, "isIncomplete", list.isIncomplete);
  write(json, "itemDefaults", list.itemDefaults);
}
template <class Out>
void members(Out& json, const CompletionList& list) {
  head(json, list);
  write(json, "items", list.items);
}
void to_json(Json& json, const CompletionList& list) {
  members(json, list);
}
void to_text(ObjectText& json, const CompletionList& list) {
  members(json, list);
}

JsonText to_text(const CompletionList& list, std::size_t count,
                 const std::function<CompletionItem(std::size_t)>& item) {
  TextBuffer out;
  {
    ObjectText json(out);
    head(json, list);
    append_elements(json.member("items"), count, item);
  }
  return {out.take()};
}

void from_json(const Json& json, CompletionList& list) {
  read(json, "isIncomplete", list.isIncomplete);
  read(json, "itemDefaults", list.itemDefaults);
  read(json, "items", list.items);
}

}  // namespace refract::protocol
