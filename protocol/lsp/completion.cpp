#include "protocol/lsp/completion.h"

#include "protocol/members.h"
#include "protocol/text_codec.h"

namespace refract::protocol {

LSP_STRUCT(CompletionContext, triggerKind, triggerCharacter)

LSP_STRUCT(CompletionParams, textDocument, position, context)

LSP_STRUCT(CompletionItemLabelDetails, detail, description)

LSP_STRUCT(InsertReplaceEdit, newText, insert, replace)

LSP_STRUCT(CompletionItem, label, labelDetails, kind, tags, detail, documentation, deprecated, preselect, sortText,
           filterText, insertText, insertTextFormat, insertTextMode, textEdit, textEditText, additionalTextEdits,
           commitCharacters, command, data)
LSP_DEFINE_TEXT(CompletionItem)

LSP_STRUCT(CompletionItemDefaults, editRange)
LSP_DEFINE_TEXT(CompletionItemDefaults)

LSP_STRUCT(CompletionList, isIncomplete, itemDefaults, items)
LSP_DEFINE_TEXT(CompletionList)

JsonText to_text(const CompletionList& list, std::size_t count,
                 const std::function<CompletionItem(std::size_t)>& item) {
  TextBuffer out;
  {
    ObjectText json(out);
    write(json, "isIncomplete", list.isIncomplete);
    write(json, "itemDefaults", list.itemDefaults);
    append_elements(json.member("items"), count, item);
  }
  return {out.take()};
}

}  // namespace refract::protocol
