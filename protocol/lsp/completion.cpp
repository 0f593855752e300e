#include "protocol/lsp/completion.h"

#include "protocol/members.h"
#include "protocol/text_codec.h"

namespace refract::protocol {

LSP_STRUCT(CompletionContext, triggerKind, triggerCharacter)

LSP_STRUCT(CompletionParams, textDocument, position, context)

LSP_STRUCT(CompletionItem, label, kind, detail, documentation, sortText, insertTextFormat, textEdit, textEditText)
LSP_DEFINE_TEXT(CompletionItem)

LSP_STRUCT(CompletionItemDefaults, editRange)
LSP_DEFINE_TEXT(CompletionItemDefaults)

LSP_STRUCT(CompletionList, isIncomplete, itemDefaults, items)
LSP_DEFINE_TEXT(CompletionList)

namespace {

// A visitor of the list's members that makes the items as it writes them.
class ListWriter {
 public:
  ListWriter(ObjectText& object, std::size_t count, const std::function<CompletionItem(std::size_t)>& item)
      : object_(object), count_(count), item_(item) {}
  template <class T, std::size_t size>
  void operator()(const char (&key)[size], const T& value) {
    if constexpr (std::is_same_v<T, std::vector<CompletionItem>>) {
      append_elements(object_.member(key), count_, item_);
    } else {
      write(object_, key, value);
    }
  }

 private:
  ObjectText& object_;
  std::size_t count_;
  const std::function<CompletionItem(std::size_t)>& item_;
};

}  // namespace

JsonText to_text(const CompletionList& list, std::size_t count,
                 const std::function<CompletionItem(std::size_t)>& item) {
  TextBuffer out;
  {
    ObjectText json(out);
    ListWriter visit(json, count, item);
    each_member(visit, list);
  }
  return {out.take()};
}

}  // namespace refract::protocol
