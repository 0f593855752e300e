#include "features/completion/completion.h"

#include <fmt/compile.h>

#include <algorithm>

#include "features/completion/completion_context.h"
#include "syntax/cursor.h"
#include "syntax/other_language.h"

namespace refract::features {

CompletionItem& CompletionContext::add(CompletionKind kind, std::string_view label, std::string_view detail,
                                       std::string_view documentation, Insertion insertion, int group) {
  const std::size_t number = items.size();
  CompletionItem& item = items.emplace_back();
  item.label = label;
  item.kind = kind;
  item.detail = detail;
  item.documentation = documentation;
  item.replace = cursor.word;
  item.snippet = options.snippets && !insertion.snippet.empty();
  item.insert = item.snippet ? std::move(insertion.snippet) : std::move(insertion.plain);
  if (item.insert.empty()) item.insert = label;
  if (cursor.open_string) item.insert += '"';
  item.sort = fmt::format(FMT_COMPILE("{}{:05}"), group, number);
  return item;
}

std::vector<CompletionItem> completion(const schema::Snapshot& snapshot, schema::FilePosition at,
                                       const CompletionOptions& options) {
  const syntax::File& file = *snapshot.files()[at.file].syntax;
  if (!syntax::other_language(file.document()).empty()) return {};
  at.offset = std::min(at.offset, file.document().size());
  const syntax::Cursor cursor = syntax::cursor_at(file, at.offset);
  const CompletionLine line(file.document().text(), cursor, at.offset);
  CompletionContext context{snapshot, cursor, line, options, at};
  if (cursor.block != nullptr) context.declaration = snapshot.declaration_at({at.file, cursor.block->start});
  switch (cursor.place) {
    case syntax::CursorPlace::none:
    case syntax::CursorPlace::block_name:
      break;
    case syntax::CursorPlace::field_name:
    case syntax::CursorPlace::enum_value:
      // A name is free; on an empty line an attribute of the block may begin as well.
      if (cursor.word.empty() && line.ends()) complete_attributes(context);
      break;
    case syntax::CursorPlace::top_level:
      complete_blocks(context);
      break;
    case syntax::CursorPlace::field_type:
      complete_types(context);
      break;
    case syntax::CursorPlace::field_attribute:
    case syntax::CursorPlace::block_attribute:
      complete_attributes(context);
      break;
    case syntax::CursorPlace::attribute_argument:
    case syntax::CursorPlace::argument_value:
    case syntax::CursorPlace::array_element:
    case syntax::CursorPlace::function_argument:
    case syntax::CursorPlace::string_content:
      if (cursor.property.empty()) {
        complete_arguments(context);
      } else {
        complete_configuration(context);
      }
      break;
    case syntax::CursorPlace::property_sign:
      if (cursor.word.empty() && line.ends())
        context.add(CompletionKind::keyword, "=", {}, {}, {.plain = "= ", .snippet = {}});
      break;
    case syntax::CursorPlace::property_key:
    case syntax::CursorPlace::property_value:
      complete_configuration(context);
      break;
  }
  return std::move(context.items);
}

}  // namespace refract::features
