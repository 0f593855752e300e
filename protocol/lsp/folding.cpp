#include "protocol/lsp/folding.h"

#include "protocol/text_codec.h"

namespace refract::protocol {

template <class Out>
void members(Out& json, const FoldingRange& folding_range) {
  write(json, "startLine", folding_range.startLine);
  write(json, "startCharacter", folding_range.startCharacter);
  write(json, "endLine", folding_range.endLine);
  write(json, "endCharacter", folding_range.endCharacter);
  write(json, "kind", folding_range.kind);
  write(json, "collapsedText", folding_range.collapsedText);
}
void to_json(Json& json, const FoldingRange& folding_range) {
  members(json, folding_range);
}
void to_text(ObjectText& json, const FoldingRange& folding_range) {
  members(json, folding_range);
}

void from_json(const Json& json, FoldingRange& folding_range) {
  read(json, "startLine", folding_range.startLine);
  read(json, "startCharacter", folding_range.startCharacter);
  read(json, "endLine", folding_range.endLine);
  read(json, "endCharacter", folding_range.endCharacter);
  read(json, "kind", folding_range.kind);
  read(json, "collapsedText", folding_range.collapsedText);
}

}  // namespace refract::protocol
